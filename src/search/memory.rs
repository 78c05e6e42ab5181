//! What terms found, so that a longer one is looked for only where it can be.

use std::sync::Arc;

use super::term::{Mark, Term};
use super::title::Kind;

/// How many terms are remembered: enough for what is typed and deleted again.
pub const REMEMBERED: usize = 24;

/// What a term found.
#[derive(Debug, Clone)]
pub struct Memory {
    /// [`Term::raw`]: what is found depends on the case in which it was typed.
    pub raw: String,
    pub mark: Mark,
    /// Ascending by slot.
    pub hits: Vec<TermHit>,
    /// Where a longer term may hit the title, as slots, ascending.
    pub titles: Vec<u32>,
    /// Where a longer term may hit something, as slots, ascending; nowhere else it can.
    pub bodies: Vec<u32>,
}

impl Memory {
    /// Adds what the same term found in later titles.
    pub fn extend(&mut self, more: Self) {
        self.hits.extend(more.hits);
        self.titles.extend(more.titles);
    }
}

/// A slot that a term hits.
#[derive(Debug, Clone, Copy)]
pub struct TermHit {
    pub slot: u32,
    pub score: u32,
    pub kind: Kind,
}

/// What the last terms found.
#[derive(Debug, Default)]
pub struct Memories(Vec<Arc<Memory>>);

impl Memories {
    /// What this very term found before.
    pub fn known(&self, term: &Term) -> Option<Arc<Memory>> {
        self.0.iter().find(|known| (&known.raw, known.mark) == (&term.raw, term.mark)).cloned()
    }

    /// What is known of the longest remembered term that this one begins with.
    pub fn shorter(&self, term: &Term) -> Option<&Memory> {
        let is_kept = matches!(term.mark, Mark::Fuzzy | Mark::Exact | Mark::Prefix);
        let shorter = |known: &&Arc<Memory>| is_kept && known.mark == term.mark && term.raw.starts_with(&known.raw);
        self.0.iter().filter(shorter).max_by_key(|known| known.raw.len()).map(|known| &**known)
    }

    /// Remembers what a term found, instead of the oldest.
    pub fn remember(&mut self, memory: &Arc<Memory>) {
        if self.0.len() == REMEMBERED {
            self.0.remove(0);
        }
        self.0.push(Arc::clone(memory));
    }
}
