//! What the files of a folder have in common: headings that several have are not titles.

use std::collections::{HashMap, HashSet};

use super::Member;
use crate::log::date::{self, Place, When};

/// What several files have in common.
#[derive(Default)]
pub(super) struct SharedHeadings {
    files: usize,
    /// The number of files with each heading, in lower case and without its number.
    headings: HashMap<String, usize>,
}

impl SharedHeadings {
    pub fn of(members: &[Member]) -> Self {
        let mut headings = HashMap::new();
        for member in members {
            let own = member.page.outline.headings.iter();
            let own: HashSet<String> = own.map(|heading| unnumbered(&heading.text)).collect();
            own.into_iter().for_each(|heading| *headings.entry(heading).or_insert(0) += 1);
        }
        Self { files: members.len(), headings }
    }

    /// Whether many files have this heading.
    pub fn is_common(&self, heading: &str) -> bool {
        let files = self.files_with(heading);
        files > 2 && files * 5 >= self.files
    }

    /// How many files have this heading.
    pub fn files_with(&self, heading: &str) -> usize {
        self.headings.get(&unnumbered(heading)).copied().unwrap_or(0)
    }
}

/// A heading in lower case, without its number or day: some notes write `1. Introduction`, others `Introduction`; days of
/// a diary, `May 17, 2031 Research Log`.
fn unnumbered(heading: &str) -> String {
    let heading = undated(heading.trim());
    let behind = heading.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '、'));
    let number = &heading[..heading.len() - behind.len()];
    let is_number = !number.is_empty() && (behind.starts_with(' ') || number.ends_with('、'));
    let text = if is_number && !behind.trim().is_empty() { behind.trim() } else { heading };
    text.to_lowercase()
}

/// A heading without the day before its other words.
fn undated(heading: &str) -> &str {
    let parsed = date::read(heading, Place::Heading).filter(|parsed| !parsed.alone && parsed.span.start == 0);
    let is_day = |what: When| matches!(what, When::Day { year: Some(_), .. } | When::Ambiguous { year: Some(_), .. });
    let day = parsed.filter(|parsed| is_day(parsed.what));
    day.map_or(heading, |day| heading[day.span.end..].trim_start_matches(|c: char| !c.is_alphanumeric()))
}
