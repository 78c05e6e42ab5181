//! What everything search has found: places in the text, grouped by what they belong to.

use std::ops::Range;

use crate::app::panes::timeline;
use crate::log::date::format_day;
use crate::log::{Log, SectionKind};
use crate::search::text::line_at;
use crate::words::Language;

/// What was found, as rows.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// A heading for each group, and below it the lines with hits.
    pub rows: Vec<Row>,
    /// How many groups there are.
    pub groups: usize,
    /// How many hits there are.
    pub hits: usize,
    /// Why nothing can be found.
    pub error: Option<String>,
    /// Whether this is all.
    pub is_settled: bool,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Stands over the lines of one entry or section.
    Group {
        /// The entry's title, or the section's heading.
        title: String,
        /// The day, for people.
        day: String,
    },
    /// A line of a file.
    Place(Place),
}

/// A line with hits in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Index into [`Log::files`].
    pub file: usize,
    /// What the line belongs to.
    pub owner: Owner,
    /// Bytes of the file: the line.
    pub line: Range<usize>,
    /// Bytes of the file: what matched, ascending.
    pub hits: Vec<Range<usize>>,
}

impl Places {
    /// Adds what was found in a part of a file; the hits are ascending bytes of it.
    pub fn add(&mut self, log: &Log, file: usize, owner: Owner, hits: &[Range<usize>], language: Language) {
        let (title, day) = match owner {
            Owner::Entry(entry) => {
                let entry = &log.entries[entry];
                (entry.title.clone(), entry.date.map(format_day).unwrap_or_default())
            }
            Owner::Section(section) => {
                let label = timeline::section_label(log, section, language);
                let section = &log.sections[section];
                match section.kind {
                    SectionKind::Pending => (section.heading.clone(), language.pick("pending", "待读").to_owned()),
                    kind if log.note(section).is_empty() => {
                        (section.heading.clone(), kind.date().map(format_day).unwrap_or_default())
                    }
                    kind => (label, kind.date().map(format_day).unwrap_or_default()),
                }
            }
        };
        self.rows.push(Row::Group { title, day });
        self.groups += 1;
        self.hits += hits.len();
        for hit in hits {
            match self.rows.last_mut() {
                Some(Row::Place(place)) if hit.start <= place.line.end => place.hits.push(hit.clone()),
                _ => {
                    let line = line_at(&log.files[file].text, hit.start);
                    self.rows.push(Row::Place(Place { file, owner, line, hits: vec![hit.clone()] }));
                }
            }
        }
    }

    /// The text that matched in what a place belongs to, each once.
    pub(super) fn words(&self, log: &Log, owner: Owner) -> Vec<String> {
        let places = self.rows.iter().filter_map(|row| match row {
            Row::Place(place) if place.owner == owner => Some(place),
            _ => None,
        });
        let hits = places.flat_map(|place| place.hits.iter().map(|hit| &log.files[place.file].text[hit.clone()]));
        let mut words: Vec<String> = hits.map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// What a part of a file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// An index into [`Log::entries`].
    Entry(usize),
    /// An index into [`Log::sections`].
    Section(usize),
}

/// The parts of a file that text can belong to, as bytes, in order. Together they are all of it:
/// a section's are its heading and its note.
pub fn parts(log: &Log, file: usize) -> Vec<(Range<usize>, Owner)> {
    let entries = log.entries.iter().enumerate().filter(|(_, entry)| entry.file == file);
    let entries = entries.map(|(index, entry)| (entry.span.clone(), Owner::Entry(index)));
    let sections = log.sections.iter().enumerate().filter(|(_, section)| section.file == file);
    let sections = sections.flat_map(|(index, section)| {
        // A heading that is a title too is the entry's.
        let first = log.entries[section.entries.clone()].first().map_or(section.body, |entry| entry.span.start);
        let heading = std::iter::once(section.span.start..section.body.min(first));
        heading.chain(section.notes.iter().cloned()).map(move |span| (span, Owner::Section(index)))
    });
    let mut parts: Vec<_> = entries.chain(sections).filter(|(span, _)| !span.is_empty()).collect();
    parts.sort_by_key(|(span, _)| span.start);
    parts
}
