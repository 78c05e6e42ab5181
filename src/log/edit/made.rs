//! An applied change, recorded so that it can be undone at any later time.
//!
//! The record holds the inverse intent with just enough context to prove that it still fits, never the whole text of
//! the log.

use serde::{Deserialize, Serialize};

use super::patch::brief;
use super::{Intent, Refusal};
use crate::log::{Log, parse};
use crate::words::Sentence;

/// Identifies a change across runs of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ChangeKey {
    /// The random number of the run that made the change.
    pub run: u64,
    /// The number of the change in that run.
    pub number: u64,
}

/// A change that was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRecord {
    /// The change's id.
    pub name: ChangeKey,
    /// When, in microseconds since 1970.
    pub when: i64,
    /// What the change did, for people.
    pub what: Sentence,
    /// The intent that undoes the change.
    pub inverse: Intent,
    /// Whether an undo of this change was refused. If it still does not fit, undo skips to the previous change.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_refused: bool,
}

impl ChangeRecord {
    /// Records a change; `when` is in microseconds since 1970.
    pub fn new(name: ChangeKey, when: i64, intent: &Intent, inverse: Intent) -> Self {
        let what = brief(|language| intent.summary(language));
        Self { name, when, what, inverse: inverse.trimmed(), is_refused: false }
    }
}

impl Intent {
    /// Drops text that is not needed to find the change again: a record beside the log must not become a copy of it.
    fn trimmed(self) -> Self {
        match self {
            Self::Patch(patch) => Self::Patch(patch.trimmed()),
            Self::All(all) => Self::All(all.into_iter().map(Self::trimmed).collect()),
            other => other,
        }
    }

    /// Like [`Self::can_still_be_undone`], but complete: tries the undo.
    ///
    /// # Errors
    /// If the change cannot be undone.
    pub fn would_undo(&self, log: &Log, file: usize) -> Result<bool, Refusal> {
        let stands = self.can_still_be_undone(log, file)?;
        if let Some(within) = self.within().filter(|_| stands) {
            let known = &log.files[file];
            within.apply_to_file(&mut parse::reparse(known, known.text.clone()))?;
        }
        Ok(stands)
    }

    /// Whether the change that this undoes is still in the file; `false` if everything is already as before. This
    /// is only a quick check: applying the intent verifies again that it fits.
    ///
    /// # Errors
    /// If the changed text has been edited since, so that the change cannot be undone.
    pub fn can_still_be_undone(&self, log: &Log, file: usize) -> Result<bool, Refusal> {
        match self {
            Self::SetMark { target, mark, from } => {
                let task = target.find(log, file)?;
                super::mark::may_become(log, task, *from, *mark)?;
                Ok(log.mark(task) != *mark)
            }
            Self::Patch(patch) => patch.can_still_be_undone(&log.files[file].text),
            Self::All(all) => {
                let mut stands = false;
                for intent in all {
                    stands |= intent.can_still_be_undone(log, file)?;
                }
                Ok(stands)
            }
            Self::RemoveFile(_) => self.removes_something(log, file),
            other => other.task(log, file).map(|_| true),
        }
    }
}
