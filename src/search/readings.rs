//! Tries other readings of a query: the same letters split into words differently and, if that finds little, variants
//! that allow for typos.
//!
//! Results of other readings are ranked below those of the query as typed. There is one exception: if only a few
//! titles match, all by scattered letters, titles that match better with a typo corrected are ranked above them.

use super::found::MergedHits;
use super::query::{Derivation, Fewest, Query};
use super::results::Rank;
use super::session::SearchSession;
use super::spread::Stop;
use super::title::MatchKind;

/// Minimum lengths of a term to suspect a typo even though some title contains its letters. Not lower, since a short
/// abbreviation without one of its letters is another word.
const SCATTERED: Fewest = Fewest { to_swap: 4, to_leave_out: 6 };

/// Minimum lengths to suspect a typo if no title contains the letters.
const ABSENT: Fewest = Fewest { to_swap: 0, to_leave_out: 0 };

impl SearchSession {
    /// Adds the results of other readings of the first query; `None` if stopped.
    pub(super) fn try_readings(&self, found: &mut MergedHits, texts: &[&str], stop: Stop<'_>) -> Option<()> {
        let query = found.queries[0].clone();
        if !query.terms.iter().any(|term| !term.is_not) {
            return Some(());
        }
        if let Some(joined) = query.joined() {
            self.add(found, joined, Rank::Divided, texts, stop)?;
        }
        if found.is_in_titles() {
            return Some(());
        }
        self.read_pasted(&query, found, stop)?;
        if let Some(apart) = query.apart() {
            self.add(found, apart, Rank::Divided, texts, stop)?;
        }
        if found.totals.is_empty() {
            for halves in query.halves() {
                self.add(found, halves, Rank::Divided, texts, stop)?;
            }
        }
        if found.is_in_titles() {
            return Some(());
        }
        if let Some(shortened) = query.shortened() {
            self.add_nearly(found, shortened, stop)?;
        }
        match found.totals.is_empty() {
            true => self.try_typos(&query, found, texts, stop),
            false if found.is_by_chance() => self.explain(&query, found, stop),
            false => Some(()),
        }
    }

    fn add(&self, found: &mut MergedHits, query: Query, rank: Rank, texts: &[&str], stop: Stop<'_>) -> Option<()> {
        let totals = self.scan(&query, Some(texts), stop)?;
        found.add(query, totals, rank);
        Some(())
    }

    /// Adds titles that match approximately, and not only by scattered letters.
    fn add_nearly(&self, found: &mut MergedHits, query: Query, stop: Stop<'_>) -> Option<()> {
        let mut totals = self.scan(&query, None, stop)?;
        totals.retain(|total| total.kind > Some(MatchKind::Letters));
        found.add(query, totals, Rank::Nearly);
        Some(())
    }

    /// Called if only a few titles match, all by scattered letters. Titles that match better with a typo corrected are
    /// ranked above them.
    fn explain(&self, query: &Query, found: &mut MergedHits, stop: Stop<'_>) -> Option<()> {
        for total in &mut found.totals {
            total.rank = Rank::Scattered;
        }
        for query in query.mistyped(SCATTERED) {
            let mut totals = self.scan(&query, None, stop)?;
            totals.retain(|total| total.kind > Some(MatchKind::Letters));
            if query.derivation == Derivation::LeftOut {
                // If a title has all the letters, the query abbreviates it and has no typo.
                for total in std::mem::take(&mut totals) {
                    match found.totals.binary_search_by_key(&total.slot, |known| known.slot) {
                        Ok(known) if found.totals[known].query == 0 => found.totals[known].rank = Rank::Nearly,
                        _ => totals.push(total),
                    }
                }
            }
            found.add(query, totals, Rank::Nearly);
        }
        // Without a better explanation, the scattered matches rank as typed.
        if found.totals.iter().all(|total| total.query == 0) {
            for total in &mut found.totals {
                total.rank = Rank::Typed;
            }
        }
        Some(())
    }

    /// Called if nothing matches. Adds titles that match with a typo corrected; else texts that do; else titles that
    /// match all words but one.
    fn try_typos(&self, query: &Query, found: &mut MergedHits, texts: &[&str], stop: Stop<'_>) -> Option<()> {
        for query in query.mistyped(ABSENT) {
            let totals = self.scan(&query, None, stop)?;
            found.add(query, totals, Rank::Hardly);
        }
        if !found.totals.is_empty() {
            return Some(());
        }
        for query in query.mistyped(ABSENT) {
            // Skip pinyin initials here: almost any long text contains any few of them.
            let query = if query.has_whole_syllables() { query } else { query.without_pinyin() };
            self.add(found, query, Rank::Hardly, texts, stop)?;
        }
        if !found.totals.is_empty() {
            return Some(());
        }
        for query in query.without_one() {
            let mut totals = self.scan(&query, None, stop)?;
            totals.retain(|total| total.kind > Some(MatchKind::Letters));
            found.add(query, totals, Rank::Hardly);
        }
        Some(())
    }
}
