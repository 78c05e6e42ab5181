//! Handles pasted text: finds the papers whose titles it contains, or else those that match most of its words.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

use super::cache::TermResults;
use super::found::MergedHits;
use super::normalise::letters;
use super::query::{Derivation, Query};
use super::results::{Rank, Total};
use super::session::SearchSession;
use super::spread::{Stop, spread};
use super::title::MatchKind;
use crate::text::is_han;

/// Minimum length in bytes of a title to look for in pasted text. A title of one word occurs in many texts.
const SHORTEST_TITLE: usize = 12;

impl SearchSession {
    /// Adds the titles that the pasted text contains. If there are none and nothing else was found, adds the items that
    /// match most of its first words.
    pub(super) fn read_pasted(&self, query: &Query, found: &mut MergedHits, stop: Stop<'_>) -> Option<()> {
        let Some(pasted) = &query.pasted else { return Some(()) };
        let near = Query { derivation: Derivation::Shortened, ..query.clone() };
        let named = self.named_in(pasted, stop)?;
        let is_named = !named.is_empty();
        found.add(near.clone(), named, Rank::Nearly);
        if !is_named && !query.is_short() && found.totals.is_empty() {
            found.add(near, self.with_most(query), Rank::Hardly);
        }
        Some(())
    }

    /// The titles that occur in a normalised text as whole words; longer titles score higher.
    fn named_in(&self, text: &str, stop: Stop<'_>) -> Option<Vec<Total>> {
        let all = letters(text);
        let (named, _) = spread(self.all(), 2_048, stop, |slot, named: &mut Vec<Total>, _: &mut Vec<()>| {
            let title = self.catalogue.title(slot).lower.trim();
            let is_name = title.len() >= SHORTEST_TITLE && self.catalogue.may_be_within(slot, all);
            let is_whole = |at: usize| is_apart(text, at..at + title.len());
            if is_name && memmem::find_iter(text.as_bytes(), title).any(is_whole) {
                let score = u32::try_from(title.len()).unwrap_or(u32::MAX);
                named.push(Total { slot, score, kind: Some(MatchKind::Word), query: 0, rank: Rank::Nearly });
            }
        })?;
        Some(named)
    }

    /// The items that match at least three quarters of the query's words, according to the remembered results of each
    /// word.
    fn with_most(&self, query: &Query) -> Vec<Total> {
        let wanted = query.terms.iter().filter(|term| !term.is_not);
        let found: Vec<Arc<TermResults>> = wanted.filter_map(|term| self.cache.known(term)).collect();
        let mut totals: BTreeMap<u32, (usize, Total)> = BTreeMap::new();
        for hit in found.iter().flat_map(|memory| &memory.hits) {
            let none = Total { slot: hit.slot, score: 0, kind: Some(hit.kind), query: 0, rank: Rank::Hardly };
            let (words, total) = totals.entry(hit.slot).or_insert((0, none));
            *words += 1;
            total.score += hit.score;
            total.kind = total.kind.min(Some(hit.kind));
        }
        totals.into_values().filter(|(words, _)| words * 4 >= found.len() * 3).map(|(_, total)| total).collect()
    }
}

/// Whether a range has no letter or digit next to it, other than Han characters, which need no separation.
fn is_apart(text: &str, range: Range<usize>) -> bool {
    let is_word = |c: char| c.is_alphanumeric() && !is_han(c);
    let (before, after) = (text[..range.start].chars().next_back(), text[range.end..].chars().next());
    let touches =
        |inside: Option<char>, beside: Option<char>| inside.is_some_and(is_word) && beside.is_some_and(is_word);
    let title = &text[range];
    !touches(title.chars().next(), before) && !touches(title.chars().next_back(), after)
}
