//! One pass of pulldown-cmark over a file, collecting its structure.
//!
//! Only what later stages need is kept, as spans: headings, items, lines, tables, code and comments. A file of any size
//! thus costs one pass and little memory. Bodies are parsed again, one at a time, when they are shown
//! ([`markup`](super::markup)).

mod pieces;
mod repaired;
mod scan;

use std::num::NonZero;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use super::task::{Sign, State};
use crate::text::Span;
pub(crate) use repaired::repaired;

/// The Markdown extensions in use. The others would change literal text (`2^n`, `~`, straight quotes), and some have
/// quadratic cases.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES);

/// The structure of a file. All ranges are bytes of the parsed text, in ascending order.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// Headings outside lists and quotes.
    pub headings: Vec<Heading>,
    /// Items with a checkbox or a state word such as `TODO`.
    pub tasks: Vec<RawTask>,
    /// Lists, including nested ones.
    pub lists: Vec<Span>,
    /// List items, including those in quotes.
    pub items: Vec<Item>,
    /// Paragraphs outside lists, quotes and footnotes.
    pub paragraphs: Vec<Span>,
    /// Rows of tables, without the header rows.
    pub rows: Vec<Row>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Table cells, including header cells.
    pub cells: Vec<Span>,
    /// Fenced code, comments, and HTML such as `<pre>`: nothing in them is structure.
    pub hidden: Vec<Span>,
    /// Code spans.
    pub code: Vec<Span>,
    /// Top-level paragraphs whose continuation lines are indented.
    pub hanging: Vec<Span>,
    /// (bytes, path) of each `![alt](path)`.
    pub images: Vec<(Range<usize>, String)>,
}

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    span: Span,
    /// The text, without `#`.
    pub text: Box<str>,
    /// Whether the heading is written with `#` rather than underlined.
    pub atx: bool,
}

/// An item with a checkbox or a state word such as `TODO`.
#[derive(Debug, Clone)]
pub struct RawTask {
    /// The state given by the checkbox or word.
    pub state: State,
    /// Whether a checkbox or a word gives the state.
    pub sign: Sign,
    /// Byte of the mark between the brackets, or of the state word.
    pub mark: usize,
    /// The item with everything below it.
    pub span: Range<usize>,
    /// Nesting of lists, from 1.
    pub depth: usize,
    /// The item's text without Markdown.
    pub text: String,
}

impl RawTask {
    /// The checkbox or state word where Markdown reads it as text; empty if Markdown knows the checkbox.
    pub fn signs(&self) -> Range<usize> {
        match (self.sign, self.state) {
            (Sign::Word(length) | Sign::Label(length), _) => self.mark..self.mark + length + 1,
            (_, State::Open | State::Done) => self.mark..self.mark,
            _ => self.mark - 1..self.mark + 3,
        }
    }
}

/// A list item.
#[derive(Debug, Clone)]
pub struct Item {
    span: Span,
    text: Span,
    /// Nesting of lists, from 1.
    pub depth: u16,
    /// The list that the item belongs to, as an index into [`Outline::lists`].
    pub list: u32,
    /// Whether the list is numbered.
    pub ordered: bool,
    /// The index, plus 1.
    task: Option<NonZero<u32>>,
    /// The index, plus 1.
    parent: Option<NonZero<u32>>,
    /// Whether the item is in a quote or footnote.
    pub quoted: bool,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    span: Span,
    /// The cells of the header row, as indices into [`Outline::cells`].
    pub header: Range<u32>,
    /// Its rows, as indices into [`Outline::rows`].
    pub rows: Range<u32>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    span: Span,
    /// Its cells, as indices into [`Outline::cells`].
    pub cells: Range<u32>,
}

impl Heading {
    /// The heading's bytes, with `#`.
    pub fn span(&self) -> Range<usize> {
        self.span.range()
    }
}

impl Item {
    /// The item with everything below it.
    pub fn span(&self) -> Range<usize> {
        self.span.range()
    }

    /// The bytes of the item's first block, without marker, checkbox and state word; empty if that block is not a
    /// paragraph.
    pub fn text(&self) -> Range<usize> {
        self.text.range()
    }

    /// The item's task, as an index into [`Outline::tasks`].
    pub fn task(&self) -> Option<u32> {
        self.task.map(|task| task.get() - 1)
    }

    /// The parent item, as an index into [`Outline::items`].
    pub fn parent(&self) -> Option<u32> {
        self.parent.map(|parent| parent.get() - 1)
    }
}

impl Table {
    /// The table's bytes.
    pub fn span(&self) -> Range<usize> {
        self.span.range()
    }
}

impl Row {
    /// The row's bytes.
    pub fn span(&self) -> Range<usize> {
        self.span.range()
    }
}

impl Outline {
    /// Scans a file. `progress` is called from time to time with the estimated number of bytes scanned.
    pub fn scan(source: &str, progress: &mut dyn FnMut(usize)) -> Self {
        pieces::scan_all(source, progress)
    }

    /// Frees the parts that are no longer needed once the titles are known.
    pub(super) fn forget_lists(&mut self) {
        (self.items, self.lists, self.paragraphs) = Default::default();
        (self.rows, self.tables, self.cells, self.hanging) = Default::default();
    }

    /// Whether an offset is in fenced code, a comment, or HTML such as `<pre>`.
    pub fn is_hidden(&self, offset: usize) -> bool {
        contains(&self.hidden, offset)
    }

    /// Whether an offset is in a code span or hidden.
    pub fn is_literal(&self, offset: usize) -> bool {
        contains(&self.code, offset) || self.is_hidden(offset)
    }
}

fn contains(spans: &[Span], offset: usize) -> bool {
    let next = spans.partition_point(|span| span.start() <= offset);
    next.checked_sub(1).is_some_and(|index| offset < spans[index].end())
}

/// The plain text of a piece of Markdown, as in [`RawTask::text`].
pub fn words(source: &str) -> String {
    let mut words = String::new();
    for event in Parser::new_ext(source, OPTIONS) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}
