//! Collects the results of all readings of a query.

use super::query::Query;
use super::results::{Rank, Total};
use super::title::MatchKind;

/// At most this many matches, all by scattered letters ([`MatchKind::Letters`]), may be chance.
const BY_CHANCE: usize = 20;

/// The results so far, over all readings of a query.
pub(super) struct MergedHits {
    pub queries: Vec<Query>,
    /// The results, ascending by slot, at most one per slot.
    pub totals: Vec<Total>,
}

impl MergedHits {
    /// Whether any match is in a title or organisation or by date, and better than one by scattered letters.
    pub fn is_in_titles(&self) -> bool {
        self.totals.iter().any(|total| total.kind > Some(MatchKind::Letters))
    }

    /// Whether there are only a few matches, all by scattered letters.
    pub fn is_by_chance(&self) -> bool {
        self.totals.len() <= BY_CHANCE && self.totals.iter().all(|total| total.kind == Some(MatchKind::Letters))
    }

    /// Adds the results of another reading.
    pub fn add(&mut self, query: Query, totals: Vec<Total>, rank: Rank) {
        if totals.is_empty() {
            return;
        }
        let index = self.queries.len();
        self.queries.push(query);
        self.totals.extend(totals.into_iter().map(|total| Total { query: index, rank, ..total }));
        // Of several totals for a slot, keep the best; on a tie, the first.
        self.totals.sort_by_key(|total| (total.slot, total.rank, std::cmp::Reverse(total.score)));
        self.totals.dedup_by_key(|total| total.slot);
    }
}
