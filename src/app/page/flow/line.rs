//! What a page is made of once it is laid out.

use unicode_segmentation::UnicodeSegmentation;

use crate::app::screen::layout::Size;
use crate::log::markup::{Link, Style};
use crate::text::{safe, width};

/// A line of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Columns left free at the start.
    pub indent: usize,
    /// What the line is part of.
    pub kind: Kind,
    /// Its text.
    pub spans: Vec<Span>,
    /// For a line that goes on with the one above: what stood between them, a space or nothing.
    pub joint: Option<&'static str>,
    /// For the first line of a task: the offset in the file, in bytes, of the mark in its box.
    pub mark: Option<usize>,
    /// For such a line: the index of the span that leaves room for the box.
    pub box_span: usize,
    /// For a line of a figure: which one, and what of it.
    pub figure: Option<FigureLine>,
}

/// What a line shows of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureLine {
    /// Index into the figures of the page.
    pub figure: usize,
    /// A row of the picture, which begins after the line's spans; else it is the label.
    pub slice: Option<Slice>,
}

/// A row of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// Which row, from 0.
    pub row: u16,
    /// The cells of the whole picture.
    pub picture: Size,
}

/// What a line is part of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// A paragraph, or nothing.
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
    /// A rule.
    Rule,
}

/// Text of one role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// The characters, safe to draw.
    pub text: String,
    /// What they are.
    pub role: Role,
    /// How the author set them.
    pub style: Style,
    /// Where they lead.
    pub link: Option<Link>,
}

/// What a span is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Role {
    /// What the author wrote.
    #[default]
    Body,
    /// The title, or a heading.
    Heading,
    /// A list's marker, a quote's bar, a rule: drawn less strongly.
    Marker,
    /// A fact about the paper, a caption: drawn less strongly.
    Fact,
    /// A bar, a shade of a heat map.
    Chart,
}

impl Line {
    /// A line of one span.
    pub fn of(kind: Kind, role: Role, text: &str) -> Self {
        let span = Span { text: safe(text).into_owned(), role, ..Span::default() };
        Self { kind, spans: vec![span], ..Self::default() }
    }

    /// Columns that the line takes, its indentation included.
    pub fn width(&self) -> usize {
        self.indent + self.spans.iter().map(|span| width(&span.text)).sum::<usize>()
    }

    /// The column at which the box of a task is drawn, if the line has room for one.
    pub fn box_column(&self) -> Option<usize> {
        let before = self.spans.get(..self.box_span)?;
        self.spans.get(self.box_span).filter(|_| self.mark.is_some())?;
        Some(self.indent + before.iter().map(|span| width(&span.text)).sum::<usize>())
    }

    /// Where the text in a column leads, counted from the start of the indentation.
    pub fn link_at(&self, column: usize) -> Option<&Link> {
        let mut end = self.indent;
        let span = self.spans.iter().find(|span| {
            end += width(&span.text);
            column < end
        });
        span.filter(|_| column >= self.indent)?.link.as_ref()
    }

    /// Ends it with `…`, in at most so many columns.
    pub fn elide(&mut self, columns: usize) {
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

    /// The characters of the line, without its indentation.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}
