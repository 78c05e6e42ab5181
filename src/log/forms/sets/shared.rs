//! What the files of a folder have in common: headings that several have are not titles.

use std::collections::{HashMap, HashSet};

use super::Member;

/// What several files have in common.
#[derive(Default)]
pub(super) struct Shared {
    files: usize,
    /// The number of files with each heading, by [`name`].
    headings: HashMap<String, usize>,
}

impl Shared {
    pub fn of(members: &[Member]) -> Self {
        let mut headings = HashMap::new();
        for member in members {
            let own = member.page.outline.headings.iter();
            let own: HashSet<String> = own.map(|heading| name(&heading.text)).collect();
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
        self.headings.get(&name(heading)).copied().unwrap_or(0)
    }
}

/// A heading in lower case, without its number: `1. Introduction`.
fn name(heading: &str) -> String {
    let heading = heading.trim();
    let rest = heading.trim_start_matches(|c: char| c.is_ascii_digit() || ". 、)）:：".contains(c));
    if rest.is_empty() { heading.to_lowercase() } else { rest.to_lowercase() }
}
