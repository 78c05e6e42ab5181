//! The review state of one entry, computed from its history.

use chrono::NaiveDate;

use super::ReviewSettings;
use super::day::{days_between, later};
use super::fsrs::Memory;
use super::fuzz;
use super::history::{Grade, ReviewLine};
use crate::log::Key;

/// A reviewed entry: its grades, and the state computed from them.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The grades, as ascending indices into [`Reviews::history`](super::history::Reviews). Never empty.
    pub lines: Vec<usize>,
    /// The memory after the last grade.
    pub memory: Memory,
    /// The day of the first grade.
    pub first: NaiveDate,
    /// The day of the last grade.
    pub last: NaiveDate,
    /// The day from which the entry is due, as scheduled by the last grade.
    pub due: NaiveDate,
    /// How often the entry was forgotten after the first grade.
    pub lapses: usize,
}

/// The outcome that one of the four grades would have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GradeOutcome {
    /// The grade.
    pub grade: Grade,
    /// Days until the entry is due again; 0 means again today.
    pub days: u32,
    /// The memory after the grade.
    pub memory: Memory,
}

impl Card {
    /// The card after the first grade, at `index` of the history.
    pub(crate) fn new(index: usize, line: &ReviewLine) -> Self {
        let memory = Memory::first(line.grade);
        Self { lines: vec![index], memory, first: line.day, last: line.day, due: due(line), lapses: 0 }
    }

    /// Adds a grade, at `index` of the history.
    pub(crate) fn add(&mut self, index: usize, line: &ReviewLine) {
        self.lines.push(index);
        self.memory = self.memory.after(days_between(self.last, line.day), line.grade);
        self.lapses += usize::from(line.grade == Grade::Again);
        (self.last, self.due) = (line.day, due(line));
    }

    /// The recall probability on a day, from 0 to 1.
    pub(crate) fn retrievability(&self, today: NaiveDate) -> f32 {
        self.memory.retrievability(days_between(self.last, today))
    }

    /// Whether the entry is due on a day.
    ///
    /// An entry whose last grade is in the future is due too: the clock was wrong when it was graded, and the
    /// scheduled day may be decades away. A grade one day ahead is allowed, for travellers who have flown west.
    pub fn is_due(&self, today: NaiveDate) -> bool {
        self.due <= today || self.last > later(today, 1)
    }
}

/// The scheduled day, but no later than the longest interval, in case the stored day is damaged.
fn due(line: &ReviewLine) -> NaiveDate {
    line.due.min(later(line.day, fuzz::LONGEST))
}

/// The outcome of each grade today. `card` is `None` for an entry that was never reviewed.
///
/// A forgotten entry comes up again on the same day, because the user has just re-read it, and only another grade
/// tells whether that helped. Other intervals are at least a day.
pub fn choices(key: &Key, card: Option<&Card>, today: NaiveDate, settings: &ReviewSettings) -> [GradeOutcome; 4] {
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
        GradeOutcome { grade, days, memory }
    })
}
