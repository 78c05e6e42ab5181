//! Results of full-text search, grouped by entry or section.

use std::ops::Range;

use crate::app::panes::timeline;
use crate::log::date::format_day;
use crate::log::{Log, SectionKind};
use crate::search::text::line_at;
use crate::words::Language;

/// The result list.
#[derive(Debug, Clone, Default)]
pub struct TextResults {
    /// A heading for each group, followed by its lines with hits.
    pub(crate) rows: Vec<ResultRow>,
    /// The number of groups.
    pub groups: usize,
    /// The number of hits.
    pub hits: usize,
    /// Why the query is invalid, if it is.
    pub error: Option<String>,
    /// Whether the search is complete.
    pub is_settled: bool,
}

/// A row of the result list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ResultRow {
    /// The heading of a group: an entry or a section.
    Group {
        /// The entry's title, or the section's heading.
        title: String,
        /// A detail at the right: its date, “pending” for a pending list, or empty.
        day: String,
    },
    /// A line with hits.
    Line(MatchedLine),
}

/// A line with hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchedLine {
    /// Index into [`Log::files`].
    pub file: usize,
    /// The entry or section that contains the line.
    pub owner: Owner,
    /// The line, in bytes of the file.
    pub line: Range<usize>,
    /// The hits, in bytes of the file, ascending.
    pub hits: Vec<Range<usize>>,
}

impl TextResults {
    /// Adds the hits in one entry or section, as ascending byte ranges of the file.
    pub(crate) fn add(&mut self, log: &Log, file: usize, owner: Owner, hits: &[Range<usize>], language: Language) {
        let (title, day) = match owner {
            Owner::Entry(entry) => {
                let entry = &log.entries[entry];
                (entry.title.to_string(), entry.date.map(format_day).unwrap_or_default())
            }
            Owner::Section(section) => {
                let label = timeline::section_label(log, section, language);
                let section = &log.sections[section];
                match section.kind {
                    SectionKind::Pending => (section.heading.to_string(), language.pick("pending", "待读").to_owned()),
                    kind if log.note(section).is_empty() => {
                        (section.heading.to_string(), kind.date().map(format_day).unwrap_or_default())
                    }
                    kind => (label, kind.date().map(format_day).unwrap_or_default()),
                }
            }
        };
        self.rows.push(ResultRow::Group { title, day });
        self.groups += 1;
        self.hits += hits.len();
        for hit in hits {
            match self.rows.last_mut() {
                Some(ResultRow::Line(last)) if hit.start <= last.line.end => last.hits.push(hit.clone()),
                _ => {
                    let line = line_at(&log.files[file].text, hit.start);
                    self.rows.push(ResultRow::Line(MatchedLine { file, owner, line, hits: vec![hit.clone()] }));
                }
            }
        }
    }

    /// The distinct texts that matched in an entry or section.
    pub(super) fn words(&self, log: &Log, owner: Owner) -> Vec<String> {
        let lines = self.rows.iter().filter_map(|row| match row {
            ResultRow::Line(line) if line.owner == owner => Some(line),
            _ => None,
        });
        let hits = lines.flat_map(|line| line.hits.iter().map(|hit| &log.files[line.file].text[hit.clone()]));
        let mut words: Vec<String> = hits.map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// The entry or section that a part of a file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// An index into [`Log::entries`].
    Entry(usize),
    /// An index into [`Log::sections`].
    Section(usize),
}

/// Splits a file into (byte range, entry or section), in file order. A section owns its heading and its own
/// text.
pub fn parts(log: &Log, file: usize) -> Vec<(Range<usize>, Owner)> {
    let entries = log.entries.iter().enumerate().filter(|(_, entry)| entry.file() == file);
    let entries = entries.map(|(index, entry)| (entry.span(), Owner::Entry(index)));
    let sections = log.sections.iter().enumerate().filter(|(_, section)| section.file() == file);
    let sections = sections.flat_map(|(index, section)| {
        // A heading that is also a title belongs to the entry.
        let first = log.entries[section.entries()].first().map_or(section.body(), |entry| entry.span().start);
        let heading = std::iter::once(section.span().start..section.body().min(first));
        heading.chain(section.notes.iter().map(|note| note.range())).map(move |span| (span, Owner::Section(index)))
    });
    let mut parts: Vec<_> = entries.chain(sections).filter(|(span, _)| !span.is_empty()).collect();
    parts.sort_by_key(|(span, _)| span.start);
    parts
}
