//! Remembers the results of recent terms, so that after another letter is typed, only items that can still match are
//! searched.

use std::sync::Arc;

use super::term::{MatchMode, Term};
use super::title::MatchKind;

/// Number of terms to remember: enough for typing and deleting letters.
pub const REMEMBERED: usize = 24;

/// The most slots to remember, over all terms: about 8 MB. The first letters of a query can match everything in a large
/// log.
const MOST: usize = 1 << 20;

/// The results of a term.
#[derive(Debug, Clone)]
pub struct TermResults {
    /// [`Term::raw`], since the results depend on case.
    pub raw: String,
    pub mode: MatchMode,
    /// The matching slots, ascending.
    pub hits: Vec<TermHit>,
    /// Slots whose title may match a longer term that starts with this one, ascending.
    pub titles: Vec<u32>,
    /// Slots of which any part may match such a longer term, ascending.
    pub bodies: Vec<u32>,
}

impl TermResults {
    /// How many slots it takes to remember.
    fn slots(&self) -> usize {
        self.hits.len() + self.titles.len() + self.bodies.len()
    }

    /// Appends the results of the same term for later slots.
    pub fn extend(&mut self, more: Self) {
        self.hits.extend(more.hits);
        self.titles.extend(more.titles);
    }
}

/// A slot that matches a term.
#[derive(Debug, Clone, Copy)]
pub struct TermHit {
    pub slot: u32,
    pub score: u32,
    pub kind: MatchKind,
}

/// The results of the most recent terms.
#[derive(Debug, Default)]
pub struct ResultCache(Vec<Arc<TermResults>>);

impl ResultCache {
    /// The remembered results of exactly this term.
    pub fn known(&self, term: &Term) -> Option<Arc<TermResults>> {
        self.0.iter().find(|known| (&known.raw, known.mode) == (&term.raw, term.mode)).cloned()
    }

    /// The results of the longest remembered term in the same mode that is a prefix of this one. `None` if there is
    /// none, or if shorter terms in that mode tell nothing about longer ones.
    pub fn shorter(&self, term: &Term) -> Option<&TermResults> {
        let is_kept = matches!(term.mode, MatchMode::Fuzzy | MatchMode::Exact | MatchMode::Prefix);
        let shorter =
            |known: &&Arc<TermResults>| is_kept && known.mode == term.mode && term.raw.starts_with(&known.raw);
        self.0.iter().filter(shorter).max_by_key(|known| known.raw.len()).map(|known| &**known)
    }

    /// Remembers the results of a term, in place of the oldest ones if the cache is full.
    pub fn remember(&mut self, memory: &Arc<TermResults>) {
        let slots = |all: &[Arc<TermResults>]| all.iter().map(|term| term.slots()).sum::<usize>();
        let is_full = |all: &[Arc<TermResults>]| all.len() == REMEMBERED || slots(all) + memory.slots() > MOST;
        while !self.0.is_empty() && is_full(&self.0) {
            self.0.remove(0);
        }
        self.0.push(Arc::clone(memory));
    }
}
