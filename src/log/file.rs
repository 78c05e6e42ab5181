//! A file of a log: its text, where its lines begin, how it was understood.

use std::ops::Range;
use std::sync::Arc;

use super::dialect::Dialect;
use super::forms::choice::Choice;
use super::forms::dates::{self, OrderGuess, Years};
use super::lines::Lines;
use super::shared::SharedText;

/// The text of one file, before it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What the file is called in messages and exports.
    pub name: String,
    /// The whole text, a byte order mark included.
    pub text: SharedText,
}

/// A file of the log with its text.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// What the file is called in messages and exports.
    pub name: String,
    /// The whole text, a byte order mark included.
    pub text: SharedText,
    /// The title that front matter gives, if any.
    pub title: Option<String>,
    /// What its owner has said of how it is written.
    pub dialect: Arc<Dialect>,
    /// How it was understood.
    pub reading: Reading,
    lines: Lines,
    /// Where its tables begin, ascending, in bytes.
    tables: Vec<usize>,
}

/// How a file was understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Where its dates stand.
    pub dates: Vec<dates::Found>,
    /// Where other dates stand that were not taken for dates of the log.
    pub other_dates: Option<dates::Found>,
    /// What its titles look like.
    pub titles: Choice,
    /// Which number was taken for the month, where nothing tells for sure.
    pub order: Option<OrderGuess>,
    /// What tells the years that dates leave out.
    pub years: Years,
    /// What looks like its dated siblings and is no date, as it is written, in file order.
    pub unread: Vec<Range<usize>>,
    /// Where rows of tables begin that leave their date empty.
    pub dateless: Vec<usize>,
    /// Where lines begin that have the form of the titles, and do not look like one.
    pub rejected: Vec<usize>,
    /// Bytes of byte order mark and front matter.
    pub front: usize,
    /// What the file is made of.
    pub shape: Shape,
    /// What it is among the files of its folder.
    pub role: Role,
}

/// What a file is among the files of its folder.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Role {
    /// A log like any other.
    #[default]
    Log,
    /// All of it is about one paper.
    Paper {
        /// Where its title stands.
        title: TitleFrom,
        /// The folder that it stands in, as its section is called.
        topic: String,
        /// Whether its name and folders may date it.
        is_dated_by_name: bool,
        /// How much speaks for that, in log-odds.
        score: f32,
    },
    /// It holds no papers of its own: an index of other files, a template, a page about something else.
    Other,
}

/// Where the title of a file that is about one paper stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TitleFrom {
    /// In the front matter.
    Front,
    /// In the first heading.
    Heading,
    /// In the first line, above all headings.
    Line,
    /// In the file's name, or its folder's.
    Name,
}

/// How much of each kind a file holds.
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
        let lines = Lines::of(&source.text);
        Self { name: source.name, text: source.text, title, dialect, reading: Reading::default(), lines, tables }
    }

    /// The head of the table that holds the row at `offset`, a line in bytes.
    pub fn table_head(&self, offset: usize) -> Option<Range<usize>> {
        let after = self.tables.partition_point(|&start| start <= offset);
        let start = self.tables[after.checked_sub(1)?];
        let end = self.text[start..].find('\n').map_or(self.text.len(), |end| start + end);
        Some(start..end)
    }

    /// A file of which no more is known than its text.
    pub fn unread(text: SharedText, dialect: Arc<Dialect>) -> Self {
        Self::new(Source { name: String::new(), text }, None, dialect, Vec::new())
    }

    /// The same file with another text, before that is read.
    pub fn holding(&self, text: SharedText) -> Self {
        let source = Source { name: self.name.clone(), text };
        let reading = self.reading.clone();
        Self { reading, ..Self::new(source, self.title.clone(), Arc::clone(&self.dialect), Vec::new()) }
    }

    /// The line, counted from 1, that holds the byte at `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.lines.line_of(&self.text, offset)
    }

    /// Where a line begins, counted from 1, in bytes; the end of the text where there is none.
    pub fn start_of(&self, line: usize) -> usize {
        self.lines.start(&self.text, line).unwrap_or(self.text.len())
    }

    /// How many lines there are, an empty one at the end included.
    pub fn line_count(&self) -> usize {
        self.lines.ends + 1
    }

    /// The bytes of a line counted from 1, without its line ending.
    pub fn line(&self, line: usize) -> &str {
        let Some(start) = self.lines.start(&self.text, line) else { return "" };
        let rest = &self.text[start..];
        rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())].trim_end_matches('\r')
    }

    /// How lines end: `lf`, `crlf` or `mixed`.
    pub fn line_ending(&self) -> &'static str {
        let crlf = memchr::memmem::find_iter(self.text.as_bytes(), b"\r\n").count();
        match self.lines.ends {
            _ if crlf == 0 => "lf",
            all if crlf == all => "crlf",
            _ => "mixed",
        }
    }
}
