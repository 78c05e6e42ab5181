//! All cards, and the changes that reviewing makes to them.

use std::collections::HashMap;

use chrono::{DateTime, Duration, FixedOffset};

use super::ReviewSettings;
use super::card::{Card, GradeOutcome, choices};
use super::day::{days_between, later};
use super::history::{Grade, LineId, ReviewChange, ReviewLine, Reviews};
use crate::log::Key;

/// The reviews, with a card for every reviewed entry.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Deck {
    reviews: Reviews,
    /// The cards, computed from the history.
    cards: HashMap<Key, Card>,
}

impl Deck {
    /// Computes the cards from the history.
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

    /// The stored reviews.
    pub fn reviews(&self) -> &Reviews {
        &self.reviews
    }

    /// The card of an entry, if it was reviewed.
    pub fn card(&self, key: &Key) -> Option<&Card> {
        self.cards.get(key)
    }

    /// All cards, unordered.
    pub fn cards(&self) -> impl Iterator<Item = (&Key, &Card)> {
        self.cards.iter()
    }

    /// The grades of an entry, oldest first.
    pub fn history(&self, key: &Key) -> impl DoubleEndedIterator<Item = &ReviewLine> {
        let lines = self.cards.get(key).map_or([].as_slice(), |card| card.lines.as_slice());
        lines.iter().map(|&index| &self.reviews.history[index])
    }

    /// One grade, even if its entry was renamed since.
    pub fn line(&self, id: &LineId) -> Option<&ReviewLine> {
        self.reviews.find(id).map(|index| &self.reviews.history[index])
    }

    /// Whether the entry is excluded from reviews.
    pub fn is_suspended(&self, key: &Key) -> bool {
        self.reviews.suspended.contains(key)
    }

    /// The outcome that each grade would have for an entry at a moment.
    pub fn choices(&self, key: &Key, now: DateTime<FixedOffset>, settings: &ReviewSettings) -> [GradeOutcome; 4] {
        choices(key, self.card(key), settings.day_start.day_of(now), settings)
    }

    /// Grades an entry. Returns the change to save.
    pub fn grade(
        &mut self,
        key: &Key,
        grade: Grade,
        now: DateTime<FixedOffset>,
        settings: &ReviewSettings,
    ) -> ReviewChange {
        let today = settings.day_start.day_of(now);
        let card = self.card(key);
        let choice = self.choices(key, now, settings)[usize::from(grade.number()) - 1];
        let line = ReviewLine {
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
        self.apply(ReviewChange::Grade(line))
    }

    /// `now` in whole milliseconds, or the next moment at which the entry has no grade yet: after the clock is set
    /// back, the same moment occurs again.
    fn free_moment(&self, key: &Key, now: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        let mut moment = now - Duration::nanoseconds(i64::from(now.timestamp_subsec_nanos() % 1_000_000));
        while self.line(&LineId { key: key.clone(), time: moment }).is_some() {
            moment += Duration::milliseconds(1);
        }
        moment
    }

    /// Removes a grade.
    pub(crate) fn undo(&mut self, line: LineId) -> ReviewChange {
        self.apply(ReviewChange::Undo(line))
    }

    /// Excludes an entry from reviews, or includes it again.
    pub fn suspend(&mut self, key: &Key, suspended: bool) -> ReviewChange {
        self.apply(ReviewChange::Suspend(key.clone(), suspended))
    }

    /// Moves the schedules of renamed entries to their new keys. Each pair is (old, new).
    pub fn rename(&mut self, pairs: Vec<(Key, Key)>) -> ReviewChange {
        self.apply(ReviewChange::Rename(pairs))
    }

    /// Applies a change. Returns the change, to be saved.
    pub fn apply(&mut self, change: ReviewChange) -> ReviewChange {
        let before = self.reviews.history.len();
        self.reviews.apply(&change);
        match &change {
            // A new grade changes only its own card.
            ReviewChange::Grade(_) if self.reviews.history.len() > before => self.take_in(before),
            ReviewChange::Grade(_) | ReviewChange::Suspend(..) => {}
            _ => self.replay(),
        }
        change
    }
}
