//! A file of a log: its text, its lines, and how it was read.

use std::ops::Range;
use std::sync::Arc;

use super::SectionKind;
use super::dialect::Dialect;
use super::forms::choice::Choice;
use super::forms::dates::{self, OrderGuess, Years};
use super::line_index::LineIndex;
use super::shared::SharedText;

/// A file's text before parsing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name in messages and exports.
    pub name: String,
    /// The whole text, with any byte order mark.
    pub text: SharedText,
}

/// A file of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// The name in messages and exports.
    pub name: String,
    /// The whole text, with any byte order mark.
    pub text: SharedText,
    /// The title in the front matter, if any.
    pub title: Option<String>,
    /// What the user configured or corrected about the file's form.
    pub dialect: Arc<Dialect>,
    /// How the file was read.
    pub reading: FileReading,
    lines: LineIndex,
    /// Where its tables start, in bytes, ascending.
    tables: Vec<usize>,
}

/// How a file was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FileReading {
    /// Where its dates are written.
    pub dates: Vec<dates::DateEvidence>,
    /// The best place for dates that was not chosen.
    pub other_dates: Option<dates::DateEvidence>,
    /// How its titles are written.
    pub titles: Choice,
    /// The assumed order of day and month, if nothing proves it.
    pub order: Option<OrderGuess>,
    /// Where missing years were taken from.
    pub years: Years,
    /// Texts among dates that are not readable as dates, in file order.
    pub unread: Vec<Range<usize>>,
    /// The starts of table rows with an empty date cell.
    pub dateless: Vec<usize>,
    /// The starts of lines that have the form of the titles but are probably not titles.
    pub rejected: Vec<usize>,
    /// Length in bytes of the byte order mark and the front matter.
    pub front: usize,
    /// How many headings, items and rows the file has.
    pub shape: Shape,
    /// The file's role in its folder.
    pub role: Role,
    /// First lines of titles that are not entries, since these papers have files of their own.
    pub with_own_files: Vec<String>,
}

/// The role of a file in its folder.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Role {
    /// An ordinary log.
    #[default]
    Log,
    /// A file about one paper.
    Paper {
        /// Where its title is.
        title: TitleFrom,
        /// The title, if it is in an index.
        named: Option<String>,
        /// The folder that the file is in, used as the heading of its section.
        topic: String,
        /// Whether the name or folders of the file may provide its date.
        is_dated_by_name: bool,
        /// The dated section of an index that links to the file.
        listed: Option<SectionKind>,
        /// How likely this is, in log-odds.
        score: f32,
    },
    /// No papers: an index of other files, a template, or another subject.
    Other,
}

/// Where the title of a file about one paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TitleFrom {
    /// In the front matter.
    Front,
    /// In the first heading.
    Heading,
    /// In the first line, above all headings.
    Line,
    /// In the file's name or its folder's.
    Name,
    /// In an index that links to the file.
    Index,
}

/// Counts of the structural elements in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shape {
    /// Headings.
    pub headings: usize,
    /// List items.
    pub items: usize,
    /// Rows of tables.
    pub rows: usize,
}

impl File {
    pub(super) fn new(source: Source, title: Option<String>, dialect: Arc<Dialect>, tables: Vec<usize>) -> Self {
        let lines = LineIndex::of(&source.text);
        Self { name: source.name, text: source.text, title, dialect, reading: FileReading::default(), lines, tables }
    }

    /// The bytes of the header row of the table that contains the row at byte `offset`.
    pub(crate) fn table_head(&self, offset: usize) -> Option<Range<usize>> {
        let start = self.table_start(offset)?;
        let end = self.text[start..].find('\n').map_or(self.text.len(), |end| start + end);
        Some(start..end)
    }

    /// The start of the table that contains the row at byte `offset`.
    pub(super) fn table_start(&self, offset: usize) -> Option<usize> {
        let after = self.tables.partition_point(|&start| start <= offset);
        after.checked_sub(1).map(|at| self.tables[at])
    }

    /// A file that has not been read yet, with only its text.
    pub(crate) fn unread(text: SharedText, dialect: Arc<Dialect>) -> Self {
        Self::new(Source { name: String::new(), text }, None, dialect, Vec::new())
    }

    /// The file with another text, which has not been read yet.
    pub(crate) fn holding(&self, text: SharedText) -> Self {
        let source = Source { name: self.name.clone(), text };
        let reading = self.reading.clone();
        Self { reading, ..Self::new(source, self.title.clone(), Arc::clone(&self.dialect), Vec::new()) }
    }

    /// The line, counted from 1, with the byte at `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.lines.line_of(&self.text, offset)
    }

    /// Where a line, counted from 1, starts in bytes; the end of the text if there is no such line.
    pub(crate) fn start_of(&self, line: usize) -> usize {
        self.lines.start(&self.text, line).unwrap_or(self.text.len())
    }

    /// The number of lines, including an empty last one.
    pub(crate) fn line_count(&self) -> usize {
        self.lines.ends + 1
    }

    /// A line, counted from 1, without its line ending.
    pub fn line(&self, line: usize) -> &str {
        let Some(start) = self.lines.start(&self.text, line) else { return "" };
        let rest = &self.text[start..];
        rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())].trim_end_matches('\r')
    }

    /// How lines end: `lf`, `crlf` or `mixed`.
    pub(crate) fn line_ending(&self) -> &'static str {
        let crlf = memchr::memmem::find_iter(self.text.as_bytes(), b"\r\n").count();
        match self.lines.ends {
            _ if crlf == 0 => "lf",
            all if crlf == all => "crlf",
            _ => "mixed",
        }
    }
}
