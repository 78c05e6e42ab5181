//! A list that what is typed above it narrows: commands, logs.

use std::sync::Arc;

use super::field::Field;
use crate::app::screen::body::Body;
use crate::app::screen::layout::{self, Area, Size};
use crate::app::screen::viewport::Viewport;
use crate::search::{Catalogue, Item, Query, Results, Session};
use crate::text::width;

/// Columns between the two parts of a line.
const GAP: usize = 4;

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What is looked for.
    pub label: String,
    /// Said at the right.
    pub detail: String,
    /// What finds it as well, but is not shown.
    pub name: Option<&'static str>,
    /// More words that find it, and are not shown; may be empty.
    pub words: String,
}

/// The list's state.
#[derive(Debug)]
pub struct Menu {
    /// What was typed.
    pub field: Field,
    /// What was found; the items are indices into the lines.
    pub results: Results,
    /// Index into the hits.
    pub cursor: usize,
    /// Scrolling.
    pub view: Viewport,
    /// All lines. Where nothing tells two apart, the one that stands first is found first.
    pub lines: Vec<Line>,
    session: Session,
}

impl Menu {
    /// A list of these lines, with nothing typed.
    pub fn new(lines: Vec<Line>) -> Self {
        let titles: Vec<String> = lines.iter().map(|line| format!("{} {}", line.label, line.words)).collect();
        let items = lines.iter().zip(&titles).zip(0..).map(|((line, title), at)| Item {
            title: title.trim_end(),
            name: line.name,
            organisations: Vec::new(),
            body: None,
            recency: -at,
        });
        let session = Session::new(Arc::new(Catalogue::new(items)));
        let (field, results, view) = (Field::default(), Results::default(), Viewport::default());
        let mut menu = Self { field, results, cursor: 0, view, lines, session };
        menu.search();
        menu
    }

    /// Finds what is typed. There is so little that it needs no worker.
    pub fn search(&mut self) {
        let query = Query::new(self.field.text());
        self.results = self.session.search(&query, &[], &|| false, |_| {}).unwrap_or_default();
        (self.cursor, self.view) = (0, Viewport::default());
    }

    /// What the cursor is on, as an index into the lines.
    pub fn chosen(&self) -> Option<usize> {
        self.results.hits.get(self.cursor).map(|hit| hit.item)
    }

    /// The list.
    pub(in crate::app) fn body(&self, size: Size) -> Body<'_> {
        Body::list(self.areas(size), self.view, self.cursor, self.results.hits.len())
    }

    /// The frame, and the list in it: as large as all lines need, whatever is typed.
    pub fn areas(&self, size: Size) -> (Area, Area) {
        let columns = self.lines.iter().map(|line| width(&line.label) + GAP + width(&line.detail)).max();
        let columns = u16::try_from(columns.unwrap_or(0)).unwrap_or(u16::MAX).max(LEAST.width);
        let rows = u16::try_from(self.lines.len() + 2).unwrap_or(u16::MAX).max(LEAST.height);
        let frame = layout::overlay(size, columns, rows.min(size.height.saturating_sub(8).max(8)));
        (frame, layout::inside(frame).without_top(2))
    }
}

/// The least that the list and what stands above it take: a list with nothing in it says why.
const LEAST: Size = Size { width: 36, height: 6 };
