//! The finder: titles by fuzzy search, the summary following the selection.

use std::sync::Arc;

use chrono::Datelike;

use super::field::Field;
use super::timeline::Place;
use super::viewport::Viewport;
use crate::log::Log;
use crate::search::{Body, Catalogue, Item, Query, Results, Session};

/// The finder's state.
#[derive(Debug)]
pub struct Finder {
    /// What was typed.
    pub field: Field,
    /// What was found; the items are indices into [`Log::entries`].
    pub results: Results,
    /// Index into the hits.
    pub cursor: usize,
    /// Scrolling.
    pub view: Viewport,
    /// Where one was: the place in the timeline, and how far the page was scrolled.
    pub origin: (Option<Place>, Viewport),
    session: Session,
}

impl Finder {
    /// A finder with nothing typed yet.
    pub fn new(log: &Log, origin: (Option<Place>, Viewport)) -> Self {
        let mut finder = Self {
            field: Field::default(),
            results: Results::default(),
            cursor: 0,
            view: Viewport::default(),
            origin,
            session: Session::new(Arc::new(catalogue(log))),
        };
        finder.search();
        finder
    }

    /// Finds what is typed; with nothing typed the newest come first.
    pub fn search(&mut self) {
        let query = Query::new(self.field.text());
        self.results = self.session.search(&query, &|| false, |_| {}).unwrap_or_default();
        (self.cursor, self.view) = (0, Viewport::default());
    }

    /// Finds it in a log that has changed.
    pub fn search_again(&mut self, log: &Log) {
        let cursor = self.cursor;
        self.session = Session::new(Arc::new(catalogue(log)));
        self.search();
        self.cursor = cursor.min(self.results.hits.len().saturating_sub(1));
    }

    /// The entry under the cursor, as an index into [`Log::entries`].
    pub fn entry(&self) -> Option<usize> {
        self.results.hits.get(self.cursor).map(|hit| hit.item)
    }

    /// Moves by titles.
    pub fn move_by(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.results.hits.len().saturating_sub(1));
    }
}

/// The entries of a log as the finder knows them.
pub fn catalogue(log: &Log) -> Catalogue {
    let texts = log.files.iter().map(|file| file.text.as_str().into()).collect();
    let items = log.entries.iter().map(|entry| Item {
        title: &entry.title,
        name: entry.short_name.as_deref(),
        organisations: &entry.organisations,
        body: Some(Body { text: entry.file, span: entry.body.clone() }),
        recency: entry.date.map_or(i64::MIN, |date| date.num_days_from_ce().into()),
    });
    Catalogue::new(texts, items)
}
