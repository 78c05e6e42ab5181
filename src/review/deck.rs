//! All cards, with the changes that a reader makes to them.

use std::collections::HashMap;

use chrono::{DateTime, Duration, FixedOffset};

use super::Settings;
use super::card::{Card, Choice, choices};
use super::day::{days_between, later};
use super::history::{Change, Grade, Line, LineId, Reviews};
use crate::log::Key;

/// The reviews, and a card for every entry that has a history.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Deck {
    reviews: Reviews,
    /// Always what the history says.
    cards: HashMap<Key, Card>,
}

impl Deck {
    /// Computes all cards.
    pub fn new(reviews: Reviews) -> Self {
        let mut deck = Self { reviews, cards: HashMap::new() };
        deck.replay();
        deck
    }

    fn replay(&mut self) {
        self.cards.clear();
        for index in 0..self.reviews.history.len() {
            self.take_in(index);
        }
    }

    fn take_in(&mut self, index: usize) {
        let line = &self.reviews.history[index];
        match self.cards.get_mut(&line.key) {
            Some(card) => card.add(index, line),
            None => drop(self.cards.insert(line.key.clone(), Card::new(index, line))),
        }
    }

    /// All that is kept.
    pub fn reviews(&self) -> &Reviews {
        &self.reviews
    }

    /// The card of an entry that was reviewed before.
    pub fn card(&self, key: &Key) -> Option<&Card> {
        self.cards.get(key)
    }

    /// All cards, in no order.
    pub fn cards(&self) -> impl Iterator<Item = (&Key, &Card)> {
        self.cards.iter()
    }

    /// The grades of an entry, oldest first.
    pub fn history(&self, key: &Key) -> impl DoubleEndedIterator<Item = &Line> {
        let lines = self.cards.get(key).map_or([].as_slice(), |card| card.lines.as_slice());
        lines.iter().map(|&index| &self.reviews.history[index])
    }

    /// Whether an entry is kept from coming up.
    pub fn is_suspended(&self, key: &Key) -> bool {
        self.reviews.suspended.contains(key)
    }

    /// What each grade would give at this moment.
    pub fn choices(&self, key: &Key, now: DateTime<FixedOffset>, settings: &Settings) -> [Choice; 4] {
        choices(key, self.card(key), settings.turn.day_of(now), settings)
    }

    /// Grades an entry, and gives the change for the file.
    pub fn grade(&mut self, key: &Key, grade: Grade, now: DateTime<FixedOffset>, settings: &Settings) -> Change {
        let today = settings.turn.day_of(now);
        let card = self.card(key);
        let choice = self.choices(key, now, settings)[usize::from(grade.number()) - 1];
        let line = Line {
            key: key.clone(),
            time: self.free_moment(key, now),
            day: today,
            grade,
            elapsed: card.map_or(0, |card| days_between(card.last, today)),
            stability: choice.memory.stability,
            difficulty: choice.memory.difficulty,
            due: later(today, choice.days),
            unknown: serde_json::Map::new(),
        };
        self.apply(Change::Grade(line))
    }

    /// The first moment, in whole milliseconds, from `now` on at which the entry was not
    /// graded: a clock that was set back comes by the same moments again.
    fn free_moment(&self, key: &Key, now: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        let mut moment = now - Duration::nanoseconds(i64::from(now.timestamp_subsec_nanos() % 1_000_000));
        while self.history(key).any(|line| line.time == moment) {
            moment += Duration::milliseconds(1);
        }
        moment
    }

    /// Takes a grade back: everything is as if it had not been given.
    pub fn take_back(&mut self, line: LineId) -> Change {
        self.apply(Change::TakeBack(line))
    }

    /// Keeps an entry from coming up, or lets it.
    pub fn suspend(&mut self, key: &Key, suspended: bool) -> Change {
        self.apply(Change::Suspend(key.clone(), suspended))
    }

    /// Lets the schedules of changed titles follow them: from before → since.
    pub fn rename(&mut self, pairs: Vec<(Key, Key)>) -> Change {
        self.apply(Change::Rename(pairs))
    }

    /// Makes a change here, and gives it for the file.
    pub fn apply(&mut self, change: Change) -> Change {
        let before = self.reviews.history.len();
        self.reviews.apply(&change);
        match &change {
            // No card changes but this one.
            Change::Grade(_) if self.reviews.history.len() > before => self.take_in(before),
            Change::Grade(_) | Change::Suspend(..) => {}
            _ => self.replay(),
        }
        change
    }
}
