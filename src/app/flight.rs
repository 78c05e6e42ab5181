//! Changes that [`crate::tui`] was asked to save and has not answered yet.

use crate::log::edit::ChangeKey;

/// Identifies a change within this run of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangeId(pub u64);

/// Identifies a change that can be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndoId {
    /// Made in this run.
    Own(ChangeId),
    /// Made in an earlier run or by another process.
    Kept(ChangeKey),
}

/// Changes sent to be saved and not yet answered, in order.
#[derive(Debug)]
pub struct InFlight<T> {
    changes: Vec<(ChangeId, T)>,
    last: u64,
}

impl<T> Default for InFlight<T> {
    fn default() -> Self {
        Self { changes: Vec::new(), last: 0 }
    }
}

impl<T: Clone> InFlight<T> {
    /// Whether nothing is in flight.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether this change is still in flight.
    pub fn contains(&self, id: ChangeId) -> bool {
        self.changes.iter().any(|(other, _)| *other == id)
    }

    /// The changes, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.changes.iter().map(|(_, change)| change)
    }

    /// The changes, oldest first, mutable.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.changes.iter_mut().map(|(_, change)| change)
    }

    /// Records a change that `make` builds with a new id, and returns both.
    pub fn send(&mut self, make: impl FnOnce(ChangeId) -> T) -> (ChangeId, T) {
        self.last += 1;
        let id = ChangeId(self.last);
        let sent = (id, make(id));
        self.changes.push(sent.clone());
        sent
    }

    /// Removes and returns an answered change; `None` if the changes were cleared before the answer.
    pub fn answered(&mut self, id: ChangeId) -> Option<T> {
        let at = self.changes.iter().position(|(other, _)| *other == id)?;
        Some(self.changes.remove(at).1)
    }

    /// Forgets all changes. Ids are never reused.
    pub fn clear(&mut self) {
        self.changes.clear();
    }
}
