//! Changes that were made: how to take them back, and which are not on the disk yet.

use crate::app::flight::{ChangeId, InFlight};
use crate::log::Log;
use crate::log::edit::Intent;
use crate::words::Language;

/// A change with the one that takes it back.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which change.
    pub id: ChangeId,
    /// Index into [`Log::files`].
    pub file: usize,
    /// What was made so.
    pub intent: Intent,
    /// How it was before.
    pub inverse: Intent,
    /// Whether the user has changed these lines in the editor since.
    pub is_written_over: bool,
}

/// The changes of this run.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<Change>,
    /// What was taken back, or undone by another program, as what would make it again.
    undone: Vec<(usize, Intent)>,
    in_flight: InFlight<Change>,
    saved: bool,
}

impl History {
    /// Whether changes are on their way to the disk.
    pub fn is_saving(&self) -> bool {
        !self.in_flight.is_empty()
    }

    /// Whether a change reached the disk.
    pub fn has_saved(&self) -> bool {
        self.saved
    }

    /// The changes of this run that stand, oldest first, each in a few words.
    pub fn changes(&self, language: Language) -> impl Iterator<Item = String> + '_ {
        self.done.iter().map(move |change| change.intent.summary(language))
    }

    /// The changes that stand, newest first: the file's index, the change, and whether it is on
    /// its way to the disk.
    pub fn made(&self) -> impl Iterator<Item = (usize, &Intent, bool)> {
        self.done.iter().rev().map(move |change| (change.file, &change.intent, self.in_flight.contains(change.id)))
    }

    /// What can be made again, the next one first, in the same form.
    pub fn redoable(&self) -> impl Iterator<Item = (usize, &Intent, bool)> {
        self.undone.iter().rev().map(|(file, intent)| (*file, intent, false))
    }

    /// Notes a change of the user's, which ends what could be redone.
    pub fn record(&mut self, file: usize, intent: Intent, inverse: Intent) -> Change {
        self.undone.clear();
        self.note(file, intent, inverse)
    }

    /// Notes a change that was made again.
    pub fn note(&mut self, file: usize, intent: Intent, inverse: Intent) -> Change {
        let change = self.send(file, intent, inverse);
        self.done.push(change.clone());
        change
    }

    /// The change to take back next.
    pub fn next_undo(&self) -> Option<Change> {
        self.done.last().cloned()
    }

    /// Notes that the last change was taken back; `again` would make it again.
    pub fn undone(&mut self, again: Intent) -> Option<Change> {
        let change = self.done.pop()?;
        self.undone.push((change.file, again.clone()));
        Some(self.send(change.file, change.inverse, again))
    }

    /// The change to make again next; whoever makes it notes it.
    pub fn take_redo(&mut self) -> Option<(usize, Intent)> {
        self.undone.pop()
    }

    /// Notes that another program's save undid a change: it can be made again like one
    /// that was taken back.
    pub fn offer(&mut self, file: usize, intent: Intent) {
        self.done.retain(|change| (change.file, &change.intent) != (file, &intent));
        self.undone.push((file, intent));
    }

    /// The user's editor has made another log of this one: notes the changes whose lines it has changed.
    pub fn written_over(&mut self, before: &Log, after: &Log) {
        for change in &mut self.done {
            let could = |log: &Log| change.inverse.can_be_aimed(log, change.file);
            change.is_written_over |= could(before) && !could(after);
        }
    }

    fn send(&mut self, file: usize, intent: Intent, inverse: Intent) -> Change {
        self.in_flight.send(|id| Change { id, file, intent, inverse, is_written_over: false }).1
    }

    /// A change is on the disk.
    pub fn saved(&mut self, id: ChangeId) {
        self.saved = true;
        self.in_flight.answered(id);
    }

    /// A change was not made: it is forgotten, and given back.
    pub fn refused(&mut self, id: ChangeId) -> Option<Change> {
        self.done.retain(|change| change.id != id);
        self.in_flight.answered(id)
    }

    /// Makes the changes that are not on the disk yet in a log that was just read from it.
    pub fn replay(&self, log: &mut Log) {
        for change in self.in_flight.iter() {
            // One that cannot be aimed any more will be refused, and said, in a moment.
            let _ = change.intent.apply(log, change.file);
        }
    }
}
