//! Remembers the results of recent terms, so that a longer term is searched only where it can match.

use std::sync::Arc;

use super::term::{Mark, Term};
use super::title::Kind;

/// Number of terms to remember: enough for typing and deleting.
pub const REMEMBERED: usize = 24;

/// The results of a term.
#[derive(Debug, Clone)]
pub struct TermResults {
    /// [`Term::raw`]: the result depends on case.
    pub raw: String,
    pub mark: Mark,
    /// Ascending by slot.
    pub hits: Vec<TermHit>,
    /// Slots whose title may match a longer term, ascending.
    pub titles: Vec<u32>,
    /// Slots that may match a longer term at all, ascending.
    pub bodies: Vec<u32>,
}

impl TermResults {
    /// Appends the results of the same term in later titles.
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
    pub kind: Kind,
}

/// The results of the last terms.
#[derive(Debug, Default)]
pub struct ResultCache(Vec<Arc<TermResults>>);

impl ResultCache {
    /// The remembered results of exactly this term.
    pub fn known(&self, term: &Term) -> Option<Arc<TermResults>> {
        self.0.iter().find(|known| (&known.raw, known.mark) == (&term.raw, term.mark)).cloned()
    }

    /// The results of the longest remembered term that is a prefix of this one.
    pub fn shorter(&self, term: &Term) -> Option<&TermResults> {
        let is_kept = matches!(term.mark, Mark::Fuzzy | Mark::Exact | Mark::Prefix);
        let shorter =
            |known: &&Arc<TermResults>| is_kept && known.mark == term.mark && term.raw.starts_with(&known.raw);
        self.0.iter().filter(shorter).max_by_key(|known| known.raw.len()).map(|known| &**known)
    }

    /// Remembers the results of a term, in place of the oldest.
    pub fn remember(&mut self, memory: &Arc<TermResults>) {
        if self.0.len() == REMEMBERED {
            self.0.remove(0);
        }
        self.0.push(Arc::clone(memory));
    }
}
