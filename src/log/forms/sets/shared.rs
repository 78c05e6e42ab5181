//! What the files of a folder have in common: headings that several have are not titles.

use std::collections::{HashMap, HashSet};

use super::Member;

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

/// A heading in lower case, without its number: some notes write `1. Introduction`, others `Introduction`.
fn unnumbered(heading: &str) -> String {
    let heading = heading.trim();
    let behind = heading.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '、'));
    let number = &heading[..heading.len() - behind.len()];
    let is_number = !number.is_empty() && (behind.starts_with(' ') || number.ends_with('、'));
    let text = if is_number && !behind.trim().is_empty() { behind.trim() } else { heading };
    text.to_lowercase()
}
