//! What the history says of one entry.

use chrono::NaiveDate;

use super::Settings;
use super::day::{days_between, later};
use super::fsrs::Memory;
use super::fuzz;
use super::history::{Grade, Line};
use crate::log::Key;

/// An entry's lines, and what follows from them.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Indices into [`Reviews::history`](super::history::Reviews), in order. Never empty.
    pub lines: Vec<usize>,
    /// The memory, computed over all lines.
    pub memory: Memory,
    /// The day of the first grade.
    pub first: NaiveDate,
    /// The day of the last grade.
    pub last: NaiveDate,
    /// The day from which on the entry is due, as it was promised with the last grade.
    pub due: NaiveDate,
    /// How often it was forgotten after the first time.
    pub lapses: usize,
}

/// What a grade would give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// The grade.
    pub grade: Grade,
    /// Days until the entry is due again; 0 is once more today.
    pub days: u32,
    /// The memory after it.
    pub memory: Memory,
}

impl Card {
    /// The card after its first line, which is the line at `index` of the history.
    pub fn new(index: usize, line: &Line) -> Self {
        let memory = Memory::first(line.grade);
        Self { lines: vec![index], memory, first: line.day, last: line.day, due: due(line), lapses: 0 }
    }

    /// Takes another line into account.
    pub fn add(&mut self, index: usize, line: &Line) {
        self.lines.push(index);
        self.memory = self.memory.after(days_between(self.last, line.day), line.grade);
        self.lapses += usize::from(line.grade == Grade::Again);
        (self.last, self.due) = (line.day, due(line));
    }

    /// The chance, from 0 to 1, that the entry is remembered on a day.
    pub(crate) fn retrievability(&self, today: NaiveDate) -> f32 {
        self.memory.retrievability(days_between(self.last, today))
    }

    /// Whether the entry should come up.
    ///
    /// One whose last grade lies in the days to come does too: the clock was wrong then, and
    /// the day that was promised may be decades away. A day ahead is a journey westwards.
    pub fn is_due(&self, today: NaiveDate) -> bool {
        self.due <= today || self.last > later(today, 1)
    }
}

/// The day that a line promises, which is none that no one will see: no memory lasts longer than that.
fn due(line: &Line) -> NaiveDate {
    line.due.min(later(line.day, fuzz::LONGEST))
}

/// What each grade would give today, for an entry with this card or with none yet.
///
/// A forgotten entry comes up once more on the same day: it was just read again, and whether
/// that has stuck is told by the next grade. For the others an interval is at least a day.
pub fn choices(key: &Key, card: Option<&Card>, today: NaiveDate, settings: &Settings) -> [Choice; 4] {
    let seed = fuzz::seed(&key.0, card.map_or(0, |card| card.lines.len()));
    Grade::ALL.map(|grade| {
        let memory = match card {
            None => Memory::first(grade),
            Some(card) => card.memory.after(days_between(card.last, today), grade),
        };
        let days = match grade {
            Grade::Again => 0,
            _ => fuzz::spread(memory.interval(settings.retention), seed),
        };
        Choice { grade, days, memory }
    })
}
