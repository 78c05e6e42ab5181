//! Spaced repetition in which each entry of the log is a card.
//!
//! Every grade is a [`ReviewLine`](history::ReviewLine) of the history; cards, due days and statistics are computed from
//! it. Nothing here reads a clock: days and moments are arguments.
//!
//! Intervals are in **days**. A day is the user's day, which ends some hours after midnight ([`day`]).

pub mod card;
pub mod day;
pub mod deck;
pub mod fsrs;
pub mod fuzz;
pub mod history;
pub(crate) mod numbers;
pub mod queue;
pub mod relink;
pub mod reveal;
pub mod session;
pub mod stats;
pub mod week;

use day::DayStart;

/// The user's review settings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReviewSettings {
    /// The recall probability, from 0 to 1, at which an entry becomes due.
    pub retention: f32,
    /// Maximum number of reviews per day, due and new entries together.
    pub max_per_day: usize,
    /// Maximum number of new (never reviewed) entries per day.
    pub new_per_day: usize,
    /// Which new entries come first.
    pub new_first: NewFirst,
    /// When a new day starts.
    pub day_start: DayStart,
}

/// The order of new entries, by the day they were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewFirst {
    /// Oldest first, since they are most likely to be forgotten.
    Oldest,
    /// Newest first.
    Newest,
}

impl Default for ReviewSettings {
    fn default() -> Self {
        Self {
            retention: 0.9,
            max_per_day: 20,
            new_per_day: 5,
            new_first: NewFirst::Oldest,
            day_start: DayStart::default(),
        }
    }
}
