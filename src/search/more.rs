//! What else may have been meant by a query: the same letters otherwise divided, and where they
//! find little, a slip of the fingers.
//!
//! What stands for a query as it was typed is never changed here; others are put below it.
//! One case is the other way round: a few titles over which the letters lie scattered are no
//! reason to hide the one that a slip explains better.

use super::found::Found;
use super::query::{Fewest, Query, Reading};
use super::results::Rank;
use super::session::Session;
use super::spread::Stop;
use super::title::Kind;

/// The fewest chars of a term that is taken for mistyped although a title has its letters: of
/// short ones, which abbreviate, a letter less is another word.
const SCATTERED: Fewest = Fewest { to_swap: 4, to_leave_out: 6 };

/// The same when nothing has them.
const ABSENT: Fewest = Fewest { to_swap: 0, to_leave_out: 0 };

impl Session {
    /// Adds what other readings of the first query find; `None` when stopped.
    pub(super) fn look_further(&self, found: &mut Found, texts: &[&str], stop: Stop<'_>) -> Option<()> {
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
            true => self.forgive(&query, found, texts, stop),
            false if found.is_by_chance() => self.explain(&query, found, stop),
            false => Some(()),
        }
    }

    fn add(&self, found: &mut Found, query: Query, rank: Rank, texts: &[&str], stop: Stop<'_>) -> Option<()> {
        let totals = self.scan(&query, Some(texts), stop)?;
        found.add(query, totals, rank);
        Some(())
    }

    /// Adds titles that have nearly what was typed, and have it well.
    fn add_nearly(&self, found: &mut Found, query: Query, stop: Stop<'_>) -> Option<()> {
        let mut totals = self.scan(&query, None, stop)?;
        totals.retain(|total| total.kind > Some(Kind::Letters));
        found.add(query, totals, Rank::Nearly);
        Some(())
    }

    /// Where a few titles have the letters by chance: those that a slip explains come first.
    fn explain(&self, query: &Query, found: &mut Found, stop: Stop<'_>) -> Option<()> {
        for total in &mut found.totals {
            total.rank = Rank::Scattered;
        }
        for query in query.mistyped(SCATTERED) {
            let mut totals = self.scan(&query, None, stop)?;
            totals.retain(|total| total.kind > Some(Kind::Letters));
            if query.reading == Reading::LeftOut {
                // What has all the letters needs no letter left out: it is an abbreviation of it.
                for total in std::mem::take(&mut totals) {
                    match found.totals.binary_search_by_key(&total.slot, |known| known.slot) {
                        Ok(known) if found.totals[known].query == 0 => found.totals[known].rank = Rank::Nearly,
                        _ => totals.push(total),
                    }
                }
            }
            found.add(query, totals, Rank::Nearly);
        }
        // By chance or not, they are all that there is.
        if found.totals.iter().all(|total| total.query == 0) {
            for total in &mut found.totals {
                total.rank = Rank::Typed;
            }
        }
        Some(())
    }

    /// Where nothing has what was typed: titles that a slip explains, or else text; and where
    /// there is none either, titles that have all words but one.
    fn forgive(&self, query: &Query, found: &mut Found, texts: &[&str], stop: Stop<'_>) -> Option<()> {
        for query in query.mistyped(ABSENT) {
            let totals = self.scan(&query, None, stop)?;
            found.add(query, totals, Rank::Hardly);
        }
        if !found.totals.is_empty() {
            return Some(());
        }
        for query in query.mistyped(ABSENT) {
            // A text of some length has any few initials.
            let query = if query.has_whole_syllables() { query } else { query.unheard() };
            self.add(found, query, Rank::Hardly, texts, stop)?;
        }
        if !found.totals.is_empty() {
            return Some(());
        }
        for query in query.without_one() {
            let mut totals = self.scan(&query, None, stop)?;
            totals.retain(|total| total.kind > Some(Kind::Letters));
            found.add(query, totals, Rank::Hardly);
        }
        Some(())
    }
}
