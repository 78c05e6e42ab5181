//! The history of grades, as stored and exported.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::numbers;
use crate::log::Key;

/// How well an entry was remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Forgotten.
    Again,
    /// Remembered with much effort.
    Hard,
    /// Remembered.
    Good,
    /// Remembered immediately.
    Easy,
}

impl Grade {
    /// All grades in the order of their keys.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// The grade as a number from 1 to 4: on the keyboard, and in the FSRS formulas.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

/// One grade and the state of the memory after it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewLine {
    /// The key of the entry; updated when the entry's title changes.
    pub key: Key,
    /// The moment of grading, with the local UTC offset.
    pub time: DateTime<FixedOffset>,
    /// The user's day at that moment.
    pub day: NaiveDate,
    /// The grade.
    pub grade: Grade,
    /// Days since the previous grade; 0 for the first.
    pub elapsed: u32,
    /// FSRS stability after the grade, in days.
    #[serde(deserialize_with = "finite")]
    pub stability: f32,
    /// FSRS difficulty after the grade, from 1 to 10.
    #[serde(deserialize_with = "finite")]
    pub difficulty: f32,
    /// The day for which the next review was scheduled, as shown when grading.
    pub due: NaiveDate,
    /// Fields of newer versions.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// Reads `null` as the largest `f32`, since `serde_json` writes NaN and infinity as `null`. Clamps numbers too large
/// for `f32`.
fn finite<'de, D: Deserializer<'de>>(number: D) -> Result<f32, D::Error> {
    #[expect(clippy::cast_possible_truncation, reason = "the nearest f32 is good enough")]
    let number = Option::<f64>::deserialize(number)?.map_or(f32::MAX, |number| number as f32);
    Ok(if number.is_nan() { f32::MAX } else { number.clamp(f32::MIN, f32::MAX) })
}

impl ReviewLine {
    /// Identifies the line.
    pub fn id(&self) -> LineId {
        LineId { key: self.key.clone(), time: self.time }
    }
}

/// Identifies a line: no entry is graded twice at the same moment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LineId {
    /// The key of the entry.
    pub key: Key,
    /// The moment of grading.
    pub time: DateTime<FixedOffset>,
}

/// All stored reviews.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "StoredReviews")]
pub struct Reviews {
    /// The schema version: [`Self::VERSION`] or older.
    pub version: u64,
    /// All grades in the order in which they were given. An import puts its grades in by time.
    pub history: Vec<ReviewLine>,
    /// Entries excluded from reviews.
    pub suspended: BTreeSet<Key>,
    /// Renamed entries: old key → new key. The history already has the new keys; this map is for lines that another
    /// process or an import adds under old keys.
    pub renamed: BTreeMap<Key, Key>,
    /// Records in the history that cannot be read, such as one with an unknown grade. They are written back as they are.
    pub unreadable: Vec<Value>,
    /// Fields of newer versions.
    pub unknown: Map<String, Value>,
}

/// The reviews as stored, with a history in which some records may be unreadable.
#[derive(Deserialize)]
#[serde(default)]
struct StoredReviews {
    version: u64,
    history: Vec<StoredLine>,
    suspended: BTreeSet<Key>,
    renamed: BTreeMap<Key, Key>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// A record of the history.
#[derive(Deserialize)]
#[serde(untagged)]
enum StoredLine {
    Line(ReviewLine),
    Other(Value),
}

impl Default for StoredReviews {
    fn default() -> Self {
        let Reviews { version, suspended, renamed, unknown, .. } = Reviews::default();
        Self { version, history: Vec::new(), suspended, renamed, unknown }
    }
}

impl From<StoredReviews> for Reviews {
    fn from(stored: StoredReviews) -> Self {
        let StoredReviews { version, history: records, suspended, renamed, unknown } = stored;
        let (mut history, mut unreadable) = (Vec::with_capacity(records.len()), Vec::new());
        for record in records {
            match record {
                StoredLine::Line(line) => history.push(line),
                StoredLine::Other(record) => unreadable.push(record),
            }
        }
        Self { version, history, suspended, renamed, unreadable, unknown }
    }
}

/// Unreadable records go after the others: only the order of the grades matters.
impl Serialize for Reviews {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(untagged)]
        enum Record<'a> {
            Line(&'a ReviewLine),
            Other(&'a Value),
        }
        struct History<'a>(&'a Reviews);
        impl Serialize for History<'_> {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let lines = self.0.history.iter().map(Record::Line);
                to.collect_seq(lines.chain(self.0.unreadable.iter().map(Record::Other)))
            }
        }
        #[derive(Serialize)]
        struct Stored<'a> {
            version: u64,
            history: History<'a>,
            suspended: &'a BTreeSet<Key>,
            renamed: &'a BTreeMap<Key, Key>,
            #[serde(flatten)]
            unknown: &'a Map<String, Value>,
        }
        let Self { version, suspended, renamed, unknown, .. } = self;
        Stored { version: *version, history: History(self), suspended, renamed, unknown }.serialize(to)
    }
}

/// A change to the reviews, as a value, so that it can be applied to whatever another process has saved meanwhile.
/// Applying a change twice is harmless.
#[derive(Debug, Clone, PartialEq)]
pub enum ReviewChange {
    /// Add a grade.
    Grade(ReviewLine),
    /// Add the missing grades of another history.
    Import(Vec<ReviewLine>),
    /// Remove a grade.
    Undo(LineId),
    /// Suspend an entry (`true`), or resume it.
    Suspend(Key, bool),
    /// Rename entries. Each pair is (old, new). A pair is ignored if its new key is also renamed or its old key is also
    /// a new one: applied twice, `a → b, b → c` would move the grades of `a` to `c`.
    Rename(Vec<(Key, Key)>),
}

impl Default for Reviews {
    fn default() -> Self {
        Self {
            version: Self::VERSION,
            history: Vec::new(),
            suspended: BTreeSet::new(),
            renamed: BTreeMap::new(),
            unreadable: Vec::new(),
            unknown: Map::new(),
        }
    }
}

impl Reviews {
    /// The newest schema version.
    pub(crate) const VERSION: u64 = 1;

    /// Applies a change.
    pub fn apply(&mut self, change: &ReviewChange) {
        match change {
            ReviewChange::Grade(line) => self.grade(line),
            ReviewChange::Import(lines) => self.import(lines),
            ReviewChange::Undo(id) => self.undo(id),
            ReviewChange::Suspend(key, true) => drop(self.suspended.insert(key.clone())),
            ReviewChange::Suspend(key, false) => {
                if !self.suspended.remove(key) {
                    let now = self.now_called(key).clone();
                    self.suspended.remove(&now);
                }
            }
            ReviewChange::Rename(pairs) => self.rename(pairs),
        }
    }

    fn rename(&mut self, pairs: &[(Key, Key)]) {
        let is_chained =
            |(from, to): &(Key, Key)| pairs.iter().any(|(old, new)| old != new && (new == from || old == to));
        let pairs = pairs.iter().filter(|pair| pair.0 != pair.1 && !is_chained(pair));
        let since: HashMap<&Key, &Key> = pairs.map(|(from, to)| (from, to)).collect();
        let (mut kept, mut moved) = (HashSet::new(), false);
        for line in &mut self.history {
            if let Some(&now) = since.get(&line.key) {
                (line.key, moved) = (now.clone(), true);
            }
        }
        if moved {
            // Another process may have saved a grade under both keys.
            self.history.retain(|line| kept.insert(line.id()));
        }
        for (from, to) in since {
            if self.suspended.remove(from) {
                self.suspended.insert(to.clone());
            }
            // Renaming back to an old title must not create a cycle.
            self.renamed.remove(to);
            self.renamed.insert(from.clone(), to.clone());
        }
    }

    fn grade(&mut self, line: &ReviewLine) {
        if self.find(&line.id()).is_none() {
            self.history.push(line.clone());
        }
    }

    fn undo(&mut self, id: &LineId) {
        if let Some(at) = self.find(id) {
            self.history.remove(at);
        }
    }

    /// The index of a grade in the history. Another process may have renamed the entry since.
    pub(crate) fn find(&self, id: &LineId) -> Option<usize> {
        let under = |key: &Key| self.history.iter().rposition(|line| line.time == id.time && line.key == *key);
        under(&id.key).or_else(|| under(self.now_called(&id.key)))
    }

    /// Adds the missing lines before the first later one. Lines keep their order, here and in the import, even if the
    /// clock was set back between them: the memory model depends on the order.
    fn import(&mut self, lines: &[ReviewLine]) {
        let named = |line: &ReviewLine| LineId { key: self.now_called(&line.key).clone(), time: line.time };
        // The number of lines up to and including each; 0 for imported lines.
        let mut known: HashMap<LineId, usize> = self.history.iter().map(named).zip(1..).collect();
        let mut ahead: HashSet<LineId> = lines.iter().map(named).collect();
        let (mut merged, mut taken) = (Vec::new(), 0);
        for line in lines {
            ahead.remove(&named(line));
            let is_earlier = |ours: &&ReviewLine| ours.time <= line.time && !ahead.contains(&named(ours));
            let (id, ours) = (named(line), &self.history[taken..]);
            let earlier = match known.get(&id) {
                Some(end) => end.saturating_sub(taken),
                None => ours.iter().take_while(is_earlier).count(),
            };
            merged.extend_from_slice(&ours[..earlier]);
            taken += earlier;
            if known.insert(id, 0).is_none() {
                merged.push(line.clone());
            }
        }
        merged.extend_from_slice(&self.history[taken..]);
        self.history = merged;
    }

    /// The current key of an entry that was once called `key`.
    pub(crate) fn now_called<'a>(&'a self, key: &'a Key) -> &'a Key {
        let mut now = key;
        // Bounded, because a hand-edited file may contain a cycle.
        for _ in 0..self.renamed.len() {
            match self.renamed.get(now) {
                Some(next) => now = next,
                None => break,
            }
        }
        now
    }
}

/// An invalid line in an imported history.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {cause}")]
pub struct InvalidLine {
    /// The line number, from 1.
    pub line: usize,
    /// The parser's error.
    pub cause: serde_json::Error,
}

/// Formats the history as JSON lines, one object per grade.
pub fn to_json_lines(history: &[ReviewLine]) -> Result<String, serde_json::Error> {
    history.iter().map(|line| serde_json::to_string(line).map(|json| json + "\n")).collect()
}

/// Parses JSON lines. Skips a byte order mark and empty lines.
///
/// # Errors
/// If any line is invalid. The caller should then import nothing.
pub fn from_json_lines(text: &str) -> Result<Vec<ReviewLine>, InvalidLine> {
    let lines = text.trim_start_matches('\u{FEFF}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let parse =
        |(at, line)| serde_json::from_str(&numbers::bounded(line)).map_err(|cause| InvalidLine { line: at + 1, cause });
    lines.map(parse).collect()
}
