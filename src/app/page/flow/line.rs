//! Lines and spans: the result of laying out a page.

use unicode_segmentation::UnicodeSegmentation;

use crate::app::screen::layout::Size;
use crate::log::markup::{Link, Style};
use crate::text::{safe, width};

/// A line of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageLine {
    /// Empty columns at the start.
    pub indent: usize,
    /// The block that the line is part of.
    pub kind: BlockKind,
    /// The text, in order.
    pub spans: Vec<Span>,
    /// For a line that continues the line above: what wrapping dropped between the two, a space or nothing.
    /// `None` if the line does not continue the one above.
    pub joint: Option<&'static str>,
    /// For the first line of a task: the byte offset of its mark in the file.
    pub mark: Option<usize>,
    /// For the first line of a task: the index of the span reserved for the box.
    pub box_span: usize,
    /// The part of a figure that the line shows, if any.
    pub figure: Option<FigureLine>,
}

/// The part of a figure that a line shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureLine {
    /// Index into the page's figures.
    pub figure: usize,
    /// A row of the picture, drawn after the line's spans; `None` for the label.
    pub slice: Option<Slice>,
}

/// A row of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// The row, counted from 0.
    pub row: u16,
    /// The size of the whole picture in cells.
    pub picture: Size,
}

/// The kind of block that a line is part of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph, or an empty line.
    #[default]
    Text,
    /// A heading, or the title of the page.
    Heading,
    /// An item of a list.
    Item,
    /// A block quote.
    Quote,
    /// Code.
    Code,
    /// A figure.
    Figure,
    /// A row of a table.
    Table,
    /// A horizontal rule.
    Rule,
}

/// A run of text with one role, style and link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// The text, safe to draw.
    pub text: String,
    /// Its role, from which the theme chooses a colour.
    pub role: SpanRole,
    /// The author's emphasis.
    pub style: Style,
    /// The link's target.
    pub link: Option<Link>,
}

/// The role of a span.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SpanRole {
    /// The author's text.
    #[default]
    Body,
    /// A title or heading.
    Heading,
    /// A list marker, a quote's bar or a rule; drawn dim, skipped by search.
    Marker,
    /// A fact about the paper or a caption; drawn dim.
    Fact,
    /// A bar or a cell of a heat map.
    Chart,
}

impl PageLine {
    /// A line with a single span.
    pub(crate) fn of(kind: BlockKind, role: SpanRole, text: &str) -> Self {
        let span = Span { text: safe(text).into_owned(), role, ..Span::default() };
        Self { kind, spans: vec![span], ..Self::default() }
    }

    /// The width in columns, including indentation.
    pub fn width(&self) -> usize {
        self.indent + self.spans.iter().map(|span| width(&span.text)).sum::<usize>()
    }

    /// The column of a task's box, if the line has one.
    pub(crate) fn box_column(&self) -> Option<usize> {
        let before = self.spans.get(..self.box_span)?;
        self.spans.get(self.box_span).filter(|_| self.mark.is_some())?;
        Some(self.indent + before.iter().map(|span| width(&span.text)).sum::<usize>())
    }

    /// The link at a column, counted from the start of the indentation.
    pub(crate) fn link_at(&self, column: usize) -> Option<&Link> {
        let mut end = self.indent;
        let span = self.spans.iter().find(|span| {
            end += width(&span.text);
            column < end
        });
        span.filter(|_| column >= self.indent)?.link.as_ref()
    }

    /// Truncates the line to fit in `columns` and ends it with `…`.
    pub(crate) fn elide(&mut self, columns: usize) {
        while self.width() >= columns {
            let Some(span) = self.spans.last_mut() else { return };
            match span.text.grapheme_indices(true).next_back() {
                Some((at, _)) => span.text.truncate(at),
                None => drop(self.spans.pop()),
            }
        }
        if let Some(span) = self.spans.last_mut() {
            span.text.push('…');
        }
    }

    /// The text without indentation.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}
