//! Reviewing: the entry itself is the card.
//!
//! Every grade is a [`Line`](history::Line) of a history that is only ever added to; what is known of a
//! card, when it is due and what the statistics say is computed from it. Nothing here reads a
//! clock: the day, or the moment, is an argument.
//!
//! Intervals are **days**; a day is the reader's own, which turns some hours after midnight
//! ([`day`]).

pub mod card;
pub mod day;
pub mod deck;
pub mod fsrs;
pub mod fuzz;
pub mod history;
pub mod queue;
pub mod relink;
pub mod reveal;
pub mod session;
pub mod stats;
pub mod week;

use day::Turn;

/// How the reader wants to review.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The chance of remembering, from 0 to 1, at which an entry becomes due.
    pub retention: f32,
    /// The most entries that come up on a day, due and new ones together.
    pub most_a_day: usize,
    /// How many entries that were never reviewed come in on a day.
    pub new_a_day: usize,
    /// Which of them come first.
    pub new_first: NewFirst,
    /// When a day ends.
    pub turn: Turn,
}

/// The order in which entries that were never reviewed come in, by the day they were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewFirst {
    /// What was read long ago, and is most in need of it.
    Oldest,
    /// What was read last.
    Newest,
}

impl Default for Settings {
    fn default() -> Self {
        Self { retention: 0.9, most_a_day: 20, new_a_day: 5, new_first: NewFirst::Oldest, turn: Turn::default() }
    }
}
