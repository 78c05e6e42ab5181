//! What was found so far, by any reading of a query.

use super::query::Query;
use super::results::{Rank, Total};
use super::title::Kind;

/// So few titles may have the letters of a query by chance.
const BY_CHANCE: usize = 20;

/// What was found so far, by any reading of a query.
pub(super) struct Found {
    pub queries: Vec<Query>,
    /// Ascending by slot, each slot once.
    pub totals: Vec<Total>,
}

impl Found {
    /// Whether a title, and not only by letters in it, or who published it has what was typed.
    pub fn is_in_titles(&self) -> bool {
        self.totals.iter().any(|total| total.kind > Some(Kind::Letters))
    }

    /// Whether there is nothing but a few titles that may have the letters by chance.
    pub fn is_by_chance(&self) -> bool {
        self.totals.len() <= BY_CHANCE && self.totals.iter().all(|total| total.kind == Some(Kind::Letters))
    }

    /// Adds what another query finds.
    pub fn add(&mut self, query: Query, totals: Vec<Total>, rank: Rank) {
        if totals.is_empty() {
            return;
        }
        let index = self.queries.len();
        self.queries.push(query);
        self.totals.extend(totals.into_iter().map(|total| Total { query: index, rank, ..total }));
        // Of several totals of a slot the best counts, and of equals the first.
        self.totals.sort_by_key(|total| (total.slot, total.rank, std::cmp::Reverse(total.score)));
        self.totals.dedup_by_key(|total| total.slot);
    }
}
