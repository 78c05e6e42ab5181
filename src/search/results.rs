//! The ranked results of a query.

use super::catalogue::Catalogue;
use super::query::Query;
use super::title::Kind;

/// A result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The item, as an index into the list that the catalogue was built from.
    pub item: usize,
    /// The worst match kind of the terms, which tells where to look when the title does not show the match. `None`
    /// for an empty query.
    pub kind: Option<Kind>,
    /// The matching query, as an index into [`Results::queries`].
    pub query: usize,
}

/// The results of a search.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// Best first.
    pub hits: Vec<Hit>,
    /// The query as typed, then its other readings.
    pub queries: Vec<Query>,
    /// Whether the search is complete; otherwise only the newest titles, or only titles, were searched so far.
    pub is_settled: bool,
}

impl Results {
    /// The query that a hit matches.
    pub fn query(&self, hit: &Hit) -> &Query {
        &self.queries[hit.query]
    }

    /// Whether a hit matches only approximately.
    pub fn is_relaxed(&self, hit: &Hit) -> bool {
        self.query(hit).is_relaxed()
    }
}

/// The total score of a slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Total {
    pub slot: u32,
    pub score: u32,
    pub kind: Option<Kind>,
    /// Index into the queries.
    pub query: usize,
    /// All of a rank come before all of a later one.
    pub rank: Rank,
}

/// How well a hit matches the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Matches as typed.
    Typed,
    /// Matches with the words split differently.
    Divided,
    /// Matches approximately.
    Nearly,
    /// Matches by scattered letters only, and another rank explains the input better.
    Scattered,
    /// Matches approximately; nothing better was found.
    Hardly,
}

/// Sorts totals that are ascending by slot.
pub(super) fn results(catalogue: &Catalogue, mut totals: Vec<Total>, queries: Vec<Query>, is_settled: bool) -> Results {
    // A stable sort keeps ties in slot order.
    totals.sort_by_key(|total| (total.rank, std::cmp::Reverse(total.score)));
    let hit = |total: &Total| Hit { item: catalogue.item(total.slot), kind: total.kind, query: total.query };
    Results { hits: totals.iter().map(hit).collect(), queries, is_settled }
}
