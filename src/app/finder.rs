//! The finder: titles by fuzzy search, the summary following the selection.

use super::field::Field;
use super::timeline::Place;
use super::viewport::Viewport;
use crate::log::Log;
use crate::search::fuzzy::Query;

/// The finder's state.
#[derive(Debug)]
pub struct Finder {
    /// What was typed.
    pub field: Field,
    /// Entries that match, best first, as indices into [`Log::entries`].
    pub hits: Vec<usize>,
    /// Index into the hits.
    pub cursor: usize,
    /// Scrolling.
    pub view: Viewport,
    /// Where one was: the place in the timeline, and how far the page was scrolled.
    pub origin: (Option<Place>, Viewport),
}

impl Finder {
    /// A finder with nothing typed yet.
    pub fn new(log: &Log, origin: (Option<Place>, Viewport)) -> Self {
        let mut finder =
            Self { field: Field::default(), hits: Vec::new(), cursor: 0, view: Viewport::default(), origin };
        finder.search(log);
        finder
    }

    /// Ranks all titles anew; with nothing typed the newest come first.
    pub fn search(&mut self, log: &Log) {
        let query = self.query();
        let mut newest: Vec<usize> = (0..log.entries.len()).collect();
        newest.sort_by_key(|&entry| std::cmp::Reverse(log.entries[entry].date));
        let candidates = newest.iter().map(|&entry| {
            let entry = &log.entries[entry];
            (entry.title.as_str(), entry.short_name.as_deref())
        });
        self.hits = query.rank(candidates).into_iter().map(|index| newest[index]).collect();
        (self.cursor, self.view) = (0, Viewport::default());
    }

    /// The query as it stands.
    pub fn query(&self) -> Query {
        Query::new(self.field.text())
    }

    /// The entry under the cursor, as an index into [`Log::entries`].
    pub fn entry(&self) -> Option<usize> {
        self.hits.get(self.cursor).copied()
    }

    /// Moves by titles.
    pub fn move_by(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.hits.len().saturating_sub(1));
    }
}
