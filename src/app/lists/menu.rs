//! A list with a search field above it, for commands and logs.

use std::sync::Arc;

use super::field::Field;
use crate::app::screen::body::Body;
use crate::app::screen::layout::{self, Area, Size};
use crate::app::screen::viewport::Viewport;
use crate::search::{Catalogue, Query, Results, SearchItem, SearchSession};
use crate::text::width;

/// Columns between a label and its detail.
const GAP: usize = 4;

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuLine {
    /// The text, which is searched.
    pub label: String,
    /// A detail at the right.
    pub detail: String,
    /// A name that also matches but is not shown.
    pub name: Option<&'static str>,
    /// More search terms that are not shown; may be empty.
    pub words: String,
}

/// The state of the list.
#[derive(Debug)]
pub struct Menu {
    /// The query.
    pub field: Field,
    /// The results, as indices into the lines.
    pub results: Results,
    /// Index into the hits.
    pub cursor: usize,
    /// The scroll position.
    pub view: Viewport,
    /// All lines. Lines that match equally well keep this order.
    pub lines: Vec<MenuLine>,
    session: SearchSession,
}

impl Menu {
    /// A list with an empty query.
    pub fn new(lines: Vec<MenuLine>) -> Self {
        let titles: Vec<String> = lines.iter().map(|line| format!("{} {}", line.label, line.words)).collect();
        let items = lines.iter().zip(&titles).zip(0..).map(|((line, title), at)| SearchItem {
            title: title.trim_end(),
            name: line.name,
            organisations: Vec::new(),
            body: None,
            recency: -at,
        });
        let session = SearchSession::new(Arc::new(Catalogue::new(items)));
        let (field, results, view) = (Field::default(), Results::default(), Viewport::default());
        let mut menu = Self { field, results, cursor: 0, view, lines, session };
        menu.search();
        menu
    }

    /// Runs the query here, since the list is too short to need a worker.
    pub fn search(&mut self) {
        let query = Query::new(self.field.text());
        self.results = self.session.search(&query, &[], &|| false, |_| {}).unwrap_or_default();
        (self.cursor, self.view) = (0, Viewport::default());
    }

    /// The selected line, as an index into the lines.
    pub fn chosen(&self) -> Option<usize> {
        self.results.hits.get(self.cursor).map(|hit| hit.item)
    }

    /// The scrollable body.
    pub(in crate::app) fn body(&self, size: Size) -> Body<'_> {
        Body::list(self.areas(size), self.view, self.cursor, self.results.hits.len())
    }

    /// The frame and the list inside it, sized for all lines so that typing does not resize them.
    pub fn areas(&self, size: Size) -> (Area, Area) {
        let columns = self.lines.iter().map(|line| width(&line.label) + GAP + width(&line.detail)).max();
        let columns = u16::try_from(columns.unwrap_or(0)).unwrap_or(u16::MAX).max(LEAST.width);
        let rows = u16::try_from(self.lines.len() + 2).unwrap_or(u16::MAX).max(LEAST.height);
        let frame = layout::overlay(size, columns, rows.min(size.height.saturating_sub(8).max(8)));
        (frame, layout::inside(frame).without_top(2))
    }
}

/// The minimum size, with room for a message in place of an empty list.
const LEAST: Size = Size { width: 36, height: 6 };
