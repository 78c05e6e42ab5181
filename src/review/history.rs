//! The history of all grades, as it is kept and handed on.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::log::Key;

/// How well an entry was remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Forgotten.
    Again,
    /// Remembered with great effort.
    Hard,
    /// Remembered.
    Good,
    /// Remembered at once.
    Easy,
}

impl Grade {
    /// All grades in the order of their keys.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// The number of the key, and the grade in the formulas: 1 to 4.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

/// One grade, with all that was known of the memory after it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The entry; a changed title changes it.
    pub key: Key,
    /// The moment, with the offset of the clock on the wall.
    pub time: DateTime<FixedOffset>,
    /// The reader's own day.
    pub day: NaiveDate,
    /// The grade.
    pub grade: Grade,
    /// Days since the grade before; 0 for the first.
    pub elapsed: u32,
    /// Stability after the grade, in days.
    #[serde(deserialize_with = "finite")]
    pub stability: f32,
    /// Difficulty after the grade, from 1 to 10.
    #[serde(deserialize_with = "finite")]
    pub difficulty: f32,
    /// The day on which the entry was to be due again, as the key showed it.
    pub due: NaiveDate,
    /// What a newer version of this program has added.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// A number that is written again as one: JSON has none without end, and would say `null`, which nobody
/// could read any more.
fn finite<'de, D: Deserializer<'de>>(number: D) -> Result<f32, D::Error> {
    #[expect(clippy::cast_possible_truncation, reason = "the nearest is meant")]
    let number = Option::<f64>::deserialize(number)?.map_or(f32::MAX, |number| number as f32);
    Ok(if number.is_nan() { f32::MAX } else { number.clamp(f32::MIN, f32::MAX) })
}

impl Line {
    /// What tells a line from all others.
    pub fn id(&self) -> LineId {
        LineId { key: self.key.clone(), time: self.time }
    }
}

/// What tells a line from all others: no entry is graded twice in one moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LineId {
    /// The entry.
    pub key: Key,
    /// The moment.
    pub time: DateTime<FixedOffset>,
}

/// All that is kept of a reader's reviews.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reviews {
    /// Which schema this is: [`Self::VERSION`] or an older one.
    pub version: u64,
    /// All grades in the order in which they were given.
    pub history: Vec<Line>,
    /// Entries that do not come up.
    pub suspended: BTreeSet<Key>,
    /// Titles that were changed: the key from before → the key since. Lines bear the new
    /// ones; this is for lines that come from elsewhere, and still bear the old ones.
    pub renamed: BTreeMap<Key, Key>,
    /// What a newer version of this program has added.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// A change to what is kept, as a value: it can be made on what another process has written
/// meanwhile, and making it twice is harmless.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A grade is given.
    Grade(Line),
    /// Grades come from another history: those that are not there are added.
    Import(Vec<Line>),
    /// A grade is taken back.
    TakeBack(LineId),
    /// An entry is suspended, or comes up again.
    Suspend(Key, bool),
    /// Titles were changed: from before → since.
    Rename(Vec<(Key, Key)>),
}

impl Default for Reviews {
    fn default() -> Self {
        Self {
            version: Self::VERSION,
            history: Vec::new(),
            suspended: BTreeSet::new(),
            renamed: BTreeMap::new(),
            unknown: Map::new(),
        }
    }
}

impl Reviews {
    /// The newest schema.
    pub(crate) const VERSION: u64 = 1;

    /// Makes a change.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Grade(line) => self.grade(line),
            Change::Import(lines) => self.import(lines),
            Change::TakeBack(id) => {
                let is_meant = |line: &Line| line.key == id.key && line.time == id.time;
                if let Some(at) = self.history.iter().rposition(is_meant) {
                    self.history.remove(at);
                }
            }
            Change::Suspend(key, true) => drop(self.suspended.insert(key.clone())),
            Change::Suspend(key, false) => drop(self.suspended.remove(key)),
            Change::Rename(pairs) => self.rename(pairs),
        }
    }

    fn rename(&mut self, pairs: &[(Key, Key)]) {
        let since: HashMap<&Key, &Key> = pairs.iter().filter(|(from, to)| from != to).map(|(a, b)| (a, b)).collect();
        for line in &mut self.history {
            if let Some(&now) = since.get(&line.key) {
                line.key = now.clone();
            }
        }
        for (from, to) in since {
            if self.suspended.remove(from) {
                self.suspended.insert(to.clone());
            }
            // A title that gets its old form back ends the chain there.
            self.renamed.remove(to);
            self.renamed.insert(from.clone(), to.clone());
        }
    }

    fn grade(&mut self, line: &Line) {
        let is_there = |other: &Line| other.time == line.time && other.key == line.key;
        if !self.history.iter().any(is_there) {
            self.history.push(line.clone());
        }
    }

    /// Lines of another history find their places by time, since what is known of a memory
    /// depends on the order.
    fn import(&mut self, lines: &[Line]) {
        let mut known: HashSet<LineId> = self.history.iter().map(Line::id).collect();
        let is_new = |line: &&Line| {
            let renamed = LineId { key: self.now_called(&line.key).clone(), time: line.time };
            !known.contains(&renamed) && known.insert(line.id())
        };
        let added: Vec<Line> = lines.iter().filter(is_new).cloned().collect();
        if !added.is_empty() {
            self.history.extend(added);
            self.history.sort_by_key(|line| line.time);
        }
    }

    /// What an entry that was called `key` is called now, as far as is known.
    pub(crate) fn now_called<'a>(&'a self, key: &'a Key) -> &'a Key {
        let mut now = key;
        // As many steps as there are names: a file edited by hand may hold a ring.
        for _ in 0..self.renamed.len() {
            match self.renamed.get(now) {
                Some(next) => now = next,
                None => break,
            }
        }
        now
    }
}

/// A line of an imported history that is none.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {cause}")]
pub struct NoLine {
    /// Which line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub cause: serde_json::Error,
}

/// The history as JSON lines: an object for each grade.
pub fn to_json_lines(history: &[Line]) -> Result<String, serde_json::Error> {
    history.iter().map(|line| serde_json::to_string(line).map(|json| json + "\n")).collect()
}

/// Reads JSON lines; a byte order mark and empty lines are passed over.
///
/// # Errors
/// When a line is no grade: then nothing of the text should be taken.
pub fn from_json_lines(text: &str) -> Result<Vec<Line>, NoLine> {
    let lines = text.trim_start_matches('\u{FEFF}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| serde_json::from_str(line).map_err(|cause| NoLine { line: at + 1, cause })).collect()
}
