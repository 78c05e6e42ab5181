//! What a query finds, in order.

use super::catalogue::Catalogue;
use super::query::Query;
use super::title::Kind;

/// Something that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its index among the items that the catalogue was given.
    pub item: usize,
    /// How the term hits that hits worst: where to look when the title does not show it.
    /// `None` when nothing was asked for.
    pub kind: Option<Kind>,
    /// Which of [`Results::queries`] hits it.
    pub query: usize,
}

/// What a query finds.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The best first.
    pub hits: Vec<Hit>,
    /// The query as it was typed; behind it others that it may be taken for.
    pub queries: Vec<Query>,
    /// Whether this is all: else only the newest titles, or only titles, have been looked at so far.
    pub is_settled: bool,
}

impl Results {
    /// The query that hits.
    pub fn query(&self, hit: &Hit) -> &Query {
        &self.queries[hit.query]
    }

    /// Whether a hit has not quite what was typed.
    pub fn is_relaxed(&self, hit: &Hit) -> bool {
        self.query(hit).is_relaxed()
    }
}

/// A slot with the sum of its scores.
#[derive(Debug, Clone, Copy)]
pub(super) struct Total {
    pub slot: u32,
    pub score: u32,
    pub kind: Option<Kind>,
    /// Index into the queries.
    pub query: usize,
    /// All of a rank stand above all of a later one.
    pub rank: Rank,
}

/// How much a hit is what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// It has what was typed.
    Typed,
    /// It has the letters that were typed, the words divided otherwise.
    Divided,
    /// It has nearly what was typed.
    Nearly,
    /// It has the letters that were typed, scattered over its title; others are nearer.
    Scattered,
    /// It has nearly what was typed, or resembles it; nothing is nearer.
    Hardly,
}

/// Puts in order what is ascending by slot.
pub(super) fn results(catalogue: &Catalogue, mut totals: Vec<Total>, queries: Vec<Query>, is_settled: bool) -> Results {
    // The sort is stable, so equals stay in the order of their slots.
    totals.sort_by_key(|total| (total.rank, std::cmp::Reverse(total.score)));
    let hit = |total: &Total| Hit { item: catalogue.item(total.slot), kind: total.kind, query: total.query };
    Results { hits: totals.iter().map(hit).collect(), queries, is_settled }
}
