//! One sitting: entry after entry, until none is left or the reader leaves.
//!
//! Every grade is in the deck at once; leaving loses nothing.

use std::collections::VecDeque;

use chrono::{DateTime, FixedOffset};

use super::Settings;
use super::deck::Deck;
use super::history::{Change, Grade, LineId};
use crate::log::Key;

/// What is still to come up in a sitting, and what was done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Session {
    upcoming: VecDeque<Key>,
    graded: Vec<Graded>,
}

/// A grade, with what undoes it.
#[derive(Debug, Clone, PartialEq)]
struct Graded {
    line: LineId,
    grade: Grade,
    /// What was to come up before it.
    before: VecDeque<Key>,
}

impl Session {
    /// A sitting with these entries, in this order.
    pub fn new(entries: impl IntoIterator<Item = Key>) -> Self {
        Self { upcoming: entries.into_iter().collect(), graded: Vec::new() }
    }

    /// Goes on with these entries; what was graded before can still be taken back.
    pub(crate) fn go_on(&mut self, entries: impl IntoIterator<Item = Key>) {
        self.upcoming = entries.into_iter().collect();
    }

    /// The grade given last.
    pub fn last(&self) -> Option<&LineId> {
        self.graded.last().map(|graded| &graded.line)
    }

    /// The entry that is up; `None` at the end.
    pub fn current(&self) -> Option<&Key> {
        self.upcoming.front()
    }

    /// How many entries are still to come up, the present one included.
    pub fn left(&self) -> usize {
        self.upcoming.len()
    }

    /// How many grades were given, by grade.
    pub fn tally(&self) -> [usize; 4] {
        Grade::ALL.map(|grade| self.graded.iter().filter(|graded| graded.grade == grade).count())
    }

    /// Grades the present entry. A forgotten one comes up again at the end.
    pub fn grade(
        &mut self,
        deck: &mut Deck,
        grade: Grade,
        now: DateTime<FixedOffset>,
        settings: &Settings,
    ) -> Option<Change> {
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

    /// Takes the last grade of this sitting back; its entry is up again.
    pub fn take_back(&mut self, deck: &mut Deck) -> Option<Change> {
        let Graded { line, before, .. } = self.graded.pop()?;
        self.upcoming = before;
        Some(deck.take_back(line))
    }

    /// Suspends the present entry and goes on.
    pub fn suspend(&mut self, deck: &mut Deck) -> Option<Change> {
        let key = self.upcoming.pop_front()?;
        // Taking an earlier grade back does not bring it up either.
        self.keep(|other| *other != key);
        Some(deck.suspend(&key, true))
    }

    /// Lets entries go that are in the log no more.
    pub fn keep(&mut self, is_there: impl Fn(&Key) -> bool) {
        self.upcoming.retain(&is_there);
        for graded in &mut self.graded {
            graded.before.retain(&is_there);
        }
    }
}
