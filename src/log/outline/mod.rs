//! One pass of pulldown-cmark over a file: what the structure of a log is made of.
//!
//! Only what later stages need is kept (headings, items, lines, tables, what is code or
//! comment), as spans, so that a file of any size costs one pass and little memory. Bodies are
//! parsed again, one at a time, when they are shown ([`markup`](super::markup)).

mod pieces;
mod scan;
mod tabs;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use super::task::{Sign, State};
pub(crate) use tabs::untabbed;

/// The Markdown extensions of a log. Others would change text that is meant literally
/// (`2^n`, `~`, straight quotes), and some have quadratic cases.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES);

/// The skeleton of a file. All ranges are bytes into the parsed text, in ascending order.
#[derive(Debug, Default)]
pub struct Outline {
    /// Headings outside lists and quotes.
    pub headings: Vec<Heading>,
    /// Items with a box, or with a word such as `TODO`.
    pub tasks: Vec<RawTask>,
    /// Lists, in the order in which they begin.
    pub lists: Vec<Range<usize>>,
    /// List items, outside quotes too.
    pub items: Vec<Item>,
    /// Paragraphs that stand in no list, quote or footnote.
    pub paragraphs: Vec<Range<usize>>,
    /// Rows of tables, without the header rows.
    pub rows: Vec<Row>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Cells of tables, header cells too.
    pub cells: Vec<Range<usize>>,
    /// Fenced code, comments and raw HTML: nothing in them is structure.
    pub hidden: Vec<Range<usize>>,
    /// Code spans.
    pub code: Vec<Range<usize>>,
    /// Paragraphs at the top level whose lines hang under the first (rule R3 of the page).
    pub hanging: Vec<Range<usize>>,
    /// `![alt](path)`: the range and the path.
    pub images: Vec<(Range<usize>, String)>,
}

/// A heading.
#[derive(Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its bytes, the marks included.
    pub span: Range<usize>,
    /// Without its marks.
    pub text: String,
    /// Written with `#`, and not underlined.
    pub atx: bool,
}

/// An item with a box, or with a word such as `TODO`.
#[derive(Debug)]
pub struct RawTask {
    /// What its box or word says.
    pub state: State,
    /// Whether it is a box or a word.
    pub sign: Sign,
    /// The byte between the brackets, or the first of the word.
    pub mark: usize,
    /// The item with all below it.
    pub span: Range<usize>,
    /// Nesting of lists, from 1.
    pub depth: usize,
    /// Its words.
    pub text: String,
}

impl RawTask {
    /// The bytes of what Markdown takes for text, and is none: a mark that it does not know, or a word.
    pub fn signs(&self) -> Range<usize> {
        match (self.sign, self.state) {
            (Sign::Word(length), _) => self.mark..self.mark + length + 1,
            (_, State::Open | State::Done) => self.mark..self.mark,
            _ => self.mark - 1..self.mark + 3,
        }
    }
}

/// A list item.
#[derive(Debug, Clone)]
pub struct Item {
    /// The item with all below it.
    pub span: Range<usize>,
    /// Its own text: the first block, without marker and box. Empty where it begins with a block
    /// of another kind.
    pub text: Range<usize>,
    /// Nesting of lists, from 1.
    pub depth: u16,
    /// The list that it belongs to, as an index into [`Outline::lists`].
    pub list: u32,
    /// Whether its list is numbered.
    pub ordered: bool,
    /// The task that it is, as an index into [`Outline::tasks`].
    pub task: Option<u32>,
    /// The item above it, as an index into [`Outline::items`].
    pub parent: Option<u32>,
    /// Whether it stands in a quote or footnote.
    pub quoted: bool,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its bytes.
    pub span: Range<usize>,
    /// The cells of the header row, as indices into [`Outline::cells`].
    pub header: Range<u32>,
    /// Its rows, as indices into [`Outline::rows`].
    pub rows: Range<u32>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its bytes.
    pub span: Range<usize>,
    /// Its cells, as indices into [`Outline::cells`].
    pub cells: Range<u32>,
}

impl Outline {
    /// Reads a file. At each heading `progress` is told how many bytes are behind it.
    pub fn scan(source: &str, progress: &mut dyn FnMut(usize)) -> Self {
        pieces::scan_all(source, progress)
    }

    /// Whether the offset lies in code or a comment.
    pub fn is_hidden(&self, offset: usize) -> bool {
        contains(&self.hidden, offset)
    }

    /// Whether the offset lies in a code span, or in what is hidden.
    pub fn is_literal(&self, offset: usize) -> bool {
        contains(&self.code, offset) || self.is_hidden(offset)
    }
}

fn contains(ranges: &[Range<usize>], offset: usize) -> bool {
    let next = ranges.partition_point(|range| range.start <= offset);
    next.checked_sub(1).is_some_and(|index| ranges[index].contains(&offset))
}

/// The words of a piece of Markdown, as the text of a task has them.
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
