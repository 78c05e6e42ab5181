//! Changes on their way to the disk, until the shell has answered.

use crate::log::edit::Name;

/// Names a change of this run of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangeId(pub u64);

/// A change that can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeName {
    /// Of this run.
    Own(ChangeId),
    /// Of an earlier run, or of another process.
    Kept(Name),
}

/// Changes that were given to the shell and not answered yet, in order.
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
    /// Whether every change was answered.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether this change was not answered yet.
    pub fn contains(&self, id: ChangeId) -> bool {
        self.changes.iter().any(|(other, _)| *other == id)
    }

    /// The changes, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.changes.iter().map(|(_, change)| change)
    }

    /// The same, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.changes.iter_mut().map(|(_, change)| change)
    }

    /// Gives a change its name and notes it.
    pub fn send(&mut self, make: impl FnOnce(ChangeId) -> T) -> (ChangeId, T) {
        self.last += 1;
        let id = ChangeId(self.last);
        let sent = (id, make(id));
        self.changes.push(sent.clone());
        sent
    }

    /// The shell has answered: the change, unless it was forgotten before.
    pub fn answered(&mut self, id: ChangeId) -> Option<T> {
        let at = self.changes.iter().position(|(other, _)| *other == id)?;
        Some(self.changes.remove(at).1)
    }

    /// Forgets all changes; no later one gets the name of an earlier one.
    pub fn clear(&mut self) {
        self.changes.clear();
    }
}
