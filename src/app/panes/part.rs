//! A part of the log to which the timeline can be narrowed: a file, a folder or a tag.

use std::collections::BTreeMap;

use crate::log::{Entry, Log, Section};

/// The part of the log that the timeline shows. Identified by name, so that it survives a reload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A file, by name.
    File(String),
    /// A folder, by name with a trailing slash.
    Folder(String),
    /// Entries with a tag.
    Tag(String),
}

impl Part {
    /// Whether a section's own text is in this part.
    pub fn has_section(&self, log: &Log, section: &Section) -> bool {
        let name = &log.files[section.file()].name;
        match self {
            Self::File(file) => name == file,
            Self::Folder(folder) => name.starts_with(folder.as_str()),
            Self::Tag(_) => false,
        }
    }

    /// Whether an entry is in this part.
    pub fn has(&self, log: &Log, entry: &Entry) -> bool {
        match self {
            Self::Tag(tag) => entry.tags().contains(tag),
            _ => self.has_section(log, &log.sections[entry.section()]),
        }
    }

    /// A short label for the pane's title: the last component of the name.
    pub fn label(&self) -> String {
        let last = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
        match self {
            Self::File(file) => last(file),
            Self::Folder(folder) => last(folder.trim_end_matches('/')) + "/",
            Self::Tag(tag) => format!("#{}", tag.trim_start_matches('#')),
        }
    }
}

/// The folders, tags and files of a log, in this order, each as (part, number of papers read) and sorted by
/// name.
pub fn parts(log: &Log) -> [Vec<(Part, usize)>; 3] {
    let (mut folders, mut tags, mut files) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for entry in log.read() {
        let name = log.files[entry.file()].name.as_str();
        *files.entry(name).or_insert(0) += 1;
        for (end, _) in name.match_indices('/') {
            *folders.entry(&name[..=end]).or_insert(0) += 1;
        }
        for tag in entry.tags() {
            *tags.entry(tag.as_str()).or_insert(0) += 1;
        }
    }
    // A part that contains everything would not narrow anything.
    let all = log.read().count();
    let parts = |counts: BTreeMap<&str, usize>, make: fn(String) -> Part| {
        let parts = counts.into_iter().filter(|(_, count)| *count < all);
        parts.map(|(name, count)| (make(name.to_owned()), count)).collect()
    };
    [parts(folders, Part::Folder), parts(tags, Part::Tag), parts(files, Part::File)]
}
