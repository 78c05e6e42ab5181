//! One review session: entry after entry, until none is left or the user leaves.
//!
//! Grades go into the deck at once, so leaving loses nothing.

use std::collections::VecDeque;

use chrono::{DateTime, FixedOffset};

use super::ReviewSettings;
use super::deck::Deck;
use super::history::{Grade, LineId, ReviewChange};
use crate::log::Key;

/// A review session: the remaining entries, and the grades given so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReviewSession {
    upcoming: VecDeque<Key>,
    graded: Vec<Graded>,
}

/// A grade and what is needed to undo it.
#[derive(Debug, Clone, PartialEq)]
struct Graded {
    line: LineId,
    grade: Grade,
    /// The remaining entries before this grade.
    before: VecDeque<Key>,
}

impl ReviewSession {
    /// A session with these entries, in order.
    pub fn new(entries: impl IntoIterator<Item = Key>) -> Self {
        Self { upcoming: entries.into_iter().collect(), graded: Vec::new() }
    }

    /// Continues with these entries; earlier grades can still be undone.
    pub(crate) fn go_on(&mut self, entries: impl IntoIterator<Item = Key>) {
        self.upcoming = entries.into_iter().collect();
    }

    /// The last grade of this session.
    pub fn last(&self) -> Option<&LineId> {
        self.graded.last().map(|graded| &graded.line)
    }

    /// The current entry; `None` at the end of the session.
    pub fn current(&self) -> Option<&Key> {
        self.upcoming.front()
    }

    /// The number of remaining entries, including the current one.
    pub fn left(&self) -> usize {
        self.upcoming.len()
    }

    /// The number of grades of each kind.
    pub fn tally(&self) -> [usize; 4] {
        Grade::ALL.map(|grade| self.graded.iter().filter(|graded| graded.grade == grade).count())
    }

    /// Grades the current entry. A forgotten entry comes up again at the end.
    pub fn grade(
        &mut self,
        deck: &mut Deck,
        grade: Grade,
        now: DateTime<FixedOffset>,
        settings: &ReviewSettings,
    ) -> Option<ReviewChange> {
        let before = self.upcoming.clone();
        let key = self.upcoming.pop_front()?;
        let change = deck.grade(&key, grade, now, settings);
        let line = deck.history(&key).next_back()?.id();
        if grade == Grade::Again {
            self.upcoming.push_back(key);
        }
        self.graded.push(Graded { line, grade, before });
        Some(change)
    }

    /// Undoes the last grade of this session, whose entry becomes the current one. `None` if there is no grade.
    pub fn undo(&mut self, deck: &mut Deck) -> Option<ReviewChange> {
        let Graded { line, before, .. } = self.graded.pop()?;
        self.upcoming = before;
        Some(deck.undo(line))
    }

    /// Suspends the current entry. `None` at the end of the session.
    pub(crate) fn suspend(&mut self, deck: &mut Deck) -> Option<ReviewChange> {
        let key = self.upcoming.pop_front()?;
        // Undoing an earlier grade must not bring the entry back.
        self.keep(|other| *other != key);
        Some(deck.suspend(&key, true))
    }

    /// Drops the entries for which `is_there` is false, so that undoing does not bring them back either.
    pub(crate) fn keep(&mut self, is_there: impl Fn(&Key) -> bool) {
        self.upcoming.retain(&is_there);
        for graded in &mut self.graded {
            graded.before.retain(&is_there);
        }
    }
}
