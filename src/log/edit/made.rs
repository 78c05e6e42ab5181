//! A change that was made, as it is kept to be taken back at any later time.
//!
//! What is kept is the change that undoes it: what stood there before, with as much around it
//! as proves that it still fits, and never the log's text as a whole.

use serde::{Deserialize, Serialize};

use super::patch::brief;
use super::{Intent, Refusal};
use crate::log::Log;
use crate::words::Sentence;

/// Tells one change from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name {
    /// The run of the program that has made it: a random number.
    pub run: u64,
    /// Which change of that run.
    pub number: u64,
}

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Which one.
    pub name: Name,
    /// When, in microseconds since the beginning of 1970.
    pub when: i64,
    /// What it did, for people.
    pub what: Sentence,
    /// What undoes it.
    pub inverse: Intent,
    /// Whether it was said that it cannot be undone: then the one before it may be.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_refused: bool,
}

impl Made {
    /// A change by an intent, with what undoes it. `when` is in microseconds since the beginning of 1970.
    pub fn new(name: Name, when: i64, intent: &Intent, inverse: Intent) -> Self {
        let what = brief(|language| intent.summary(language));
        Self { name, when, what, inverse: inverse.lean(), is_refused: false }
    }
}

impl Intent {
    /// The same with no more of the text than it needs: what is kept beside a log is no copy of it.
    fn lean(self) -> Self {
        match self {
            Self::Patch(patch) => Self::Patch(patch.lean()),
            Self::All(all) => Self::All(all.into_iter().map(Self::lean).collect()),
            other => other,
        }
    }

    /// Whether the change that this takes back still stands in a file of a log; not so where
    /// everything is as it was before. What this says is proved when it is carried out.
    ///
    /// # Errors
    /// When the change was changed in turn, so that it cannot be undone.
    pub fn has_something_to_take_back(&self, log: &Log, file: usize) -> Result<bool, Refusal> {
        match self {
            Self::SetMark { target, mark, from } => {
                let task = target.find(log, file)?;
                super::mark::may_become(log, task, *from, *mark)?;
                Ok(log.mark(task) != *mark)
            }
            Self::Patch(patch) => patch.has_something_to_take_back(&log.files[file].text),
            Self::All(all) => {
                let mut stands = false;
                for intent in all {
                    stands |= intent.has_something_to_take_back(log, file)?;
                }
                Ok(stands)
            }
            Self::RemoveFile(_) => self.removes_something(log, file),
            other => other.task(log, file).map(|_| true),
        }
    }
}
