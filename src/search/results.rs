//! The ranked results of a query.

use super::catalogue::Catalogue;
use super::query::Query;
use super::title::MatchKind;

/// A matching item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The item, as an index into the list that the catalogue was built from.
    pub item: usize,
    /// The worst kind of match among the terms, which tells where the match is if it does not show in the title.
    /// `None` for an empty query.
    pub kind: Option<MatchKind>,
    /// The query that the item matches, as an index into [`Results::queries`].
    pub query: usize,
}

/// The results of a search.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The matching items, best first.
    pub hits: Vec<Hit>,
    /// The query as typed, then its other readings.
    pub queries: Vec<Query>,
    /// Whether the search is complete; otherwise only the newest titles, or only titles, were searched so far.
    pub is_settled: bool,
}

impl Results {
    /// The query that a hit matches.
    pub(crate) fn query(&self, hit: &Hit) -> &Query {
        &self.queries[hit.query]
    }

    /// Whether a hit matches only approximately.
    pub fn is_relaxed(&self, hit: &Hit) -> bool {
        self.query(hit).is_relaxed()
    }
}

/// The result for a slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Total {
    pub slot: u32,
    pub score: u32,
    pub kind: Option<MatchKind>,
    /// The query that the slot matches, as an index into the queries.
    pub query: usize,
    /// How well the slot matches. Totals are sorted by rank, then by score.
    pub rank: Rank,
}

/// How well a hit matches the input. All hits of a rank come before all hits of later ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Matches as typed.
    Typed,
    /// Matches with the words split differently.
    Divided,
    /// Matches approximately.
    Nearly,
    /// Matches by scattered letters only, while a better match was found.
    Scattered,
    /// Matches approximately; nothing better was found.
    Hardly,
}

/// Sorts totals, which must be ascending by slot, into results.
pub(super) fn results(catalogue: &Catalogue, mut totals: Vec<Total>, queries: Vec<Query>, is_settled: bool) -> Results {
    // A stable sort keeps ties in slot order.
    totals.sort_by_key(|total| (total.rank, std::cmp::Reverse(total.score)));
    let hit = |total: &Total| Hit { item: catalogue.item(total.slot), kind: total.kind, query: total.query };
    Results { hits: totals.iter().map(hit).collect(), queries, is_settled }
}
