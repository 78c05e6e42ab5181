//! Undo history, and changes that are not saved yet.

use std::collections::BTreeSet;

use crate::app::flight::{ChangeId, InFlight, UndoId};
use crate::log::Log;
use crate::log::edit::{ChangeKey, ChangeRecord, Intent};
use crate::words::Sentence;

/// A change being saved, with its inverse.
#[derive(Debug, Clone)]
pub struct UnsavedChange {
    /// Identifies the change.
    pub id: ChangeId,
    /// Index into [`Log::files`].
    pub file: usize,
    /// The change.
    pub intent: Intent,
    /// Undoes the change.
    pub inverse: Intent,
    /// The earlier change that this undoes.
    undoes: Option<Box<UndoableChange>>,
}

/// A change that can be undone.
#[derive(Debug, Clone)]
pub struct UndoableChange {
    /// Identifies the change.
    pub which: UndoId,
    /// Index into [`Log::files`].
    pub file: usize,
    /// A summary of the change.
    pub what: Sentence,
    /// The change; `None` if another run made it.
    pub intent: Option<Intent>,
    /// Undoes the change.
    pub inverse: Intent,
    /// When it was made, in microseconds since the Unix epoch; `None` if this run made it.
    pub when: Option<i64>,
    /// Whether the user has since changed these lines in the editor.
    pub is_written_over: bool,
    /// Whether the user was told that it cannot be undone; undo then skips it.
    pub is_refused: bool,
}

impl UndoableChange {
    /// The intent that best locates the change.
    pub fn aim(&self) -> &Intent {
        self.intent.as_ref().unwrap_or(&self.inverse)
    }
}

/// The undo history, including changes of earlier runs.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<UndoableChange>,
    /// The redo stack: (file index, change). Includes changes that another program overwrote.
    undone: Vec<(usize, Intent)>,
    in_flight: InFlight<UnsavedChange>,
    /// Changes of other runs that were undone in this run.
    undone_here: BTreeSet<ChangeKey>,
    saved: bool,
}

impl History {
    /// Whether any change is still being saved.
    pub fn is_saving(&self) -> bool {
        !self.in_flight.is_empty()
    }

    /// Whether any change was saved.
    pub fn has_saved(&self) -> bool {
        self.saved
    }

    /// The changes that can be undone, newest first, as (change, whether it is still being saved).
    pub fn undoable(&self) -> impl Iterator<Item = (&UndoableChange, bool)> {
        self.done.iter().rev().map(|change| (change, self.is_in_flight(change)))
    }

    /// The redo stack, next one first, as (file index, change).
    pub fn redoable(&self) -> impl Iterator<Item = (usize, &Intent)> {
        self.undone.iter().rev().map(|(file, intent)| (*file, intent))
    }

    fn is_in_flight(&self, change: &UndoableChange) -> bool {
        matches!(change.which, UndoId::Own(id) if self.in_flight.contains(id))
    }

    /// Records a new change by the user, and clears the redo stack.
    pub fn record(&mut self, file: usize, intent: Intent, inverse: Intent) -> UnsavedChange {
        self.undone.clear();
        self.note(file, intent, inverse)
    }

    /// Records a change and keeps the redo stack, as for a redone change.
    pub fn note(&mut self, file: usize, intent: Intent, inverse: Intent) -> UnsavedChange {
        let change = self.send(file, intent.clone(), inverse.clone(), None);
        self.done.push(UndoableChange {
            which: UndoId::Own(change.id),
            file,
            what: Sentence::of(|language| intent.summary(language)),
            intent: Some(intent),
            inverse,
            when: None,
            is_written_over: false,
            is_refused: false,
        });
        change
    }

    /// The change `back` places before the newest.
    pub fn nth(&self, back: usize) -> Option<&UndoableChange> {
        self.done.iter().rev().nth(back)
    }

    /// Moves an undone change to the redo stack; `again` redoes it. Returns the undo, to be saved.
    pub fn undone(&mut self, which: UndoId, again: Intent) -> Option<UnsavedChange> {
        let change = self.forget(which)?;
        self.undone.push((change.file, again.clone()));
        if let UndoId::Kept(name) = which {
            self.undone_here.insert(name);
        }
        Some(self.send(change.file, change.inverse.clone(), again, Some(Box::new(change))))
    }

    /// Removes and returns a change that is no longer in the log.
    pub fn forget(&mut self, which: UndoId) -> Option<UndoableChange> {
        let at = self.done.iter().position(|change| change.which == which)?;
        Some(self.done.remove(at))
    }

    /// Marks a change as one that cannot be undone.
    pub fn refuse(&mut self, which: UndoId) {
        for change in self.done.iter_mut().filter(|change| change.which == which) {
            change.is_refused = true;
        }
    }

    /// Pops the redo stack; the caller records the change once it is redone.
    pub fn take_redo(&mut self) -> Option<(usize, Intent)> {
        self.undone.pop()
    }

    /// Merges the undo history kept on disk with the history of this run. `made` lists (file index, id,
    /// change), oldest first; `gone` lists changes of this run that another process undid.
    pub fn learn(&mut self, made: Vec<(usize, UndoId, ChangeRecord)>, gone: &[ChangeId]) {
        let is_own = |change: &UndoableChange| matches!(change.which, UndoId::Own(_));
        self.done.retain(|change| is_own(change) && !gone.iter().any(|&id| change.which == UndoId::Own(id)));
        let mut at = 0;
        for (file, which, ChangeRecord { name, when, what, inverse, is_refused }) in made {
            let own = self.done.iter().position(|change| change.which == which);
            if let Some(own) = own {
                at = at.max(own + 1);
            } else if which == UndoId::Kept(name) && !self.undone_here.contains(&name) {
                let (when, intent, is_written_over) = (Some(when), None, false);
                let change = UndoableChange { which, file, what, intent, inverse, when, is_written_over, is_refused };
                self.done.insert(at, change);
                at += 1;
            }
        }
    }

    /// Updates file indices, and drops changes to files that are gone from the undo and redo stacks. The undo history
    /// on disk is left alone.
    pub fn moved(&mut self, now: impl Fn(usize) -> Option<usize>) {
        let keep = |file: &mut usize| now(*file).map(|new| *file = new).is_some();
        self.done.retain_mut(|change| keep(&mut change.file));
        self.undone.retain_mut(|(file, _)| keep(file));
        // A change to a file that is gone will be rejected.
        self.in_flight.iter_mut().for_each(|change| change.file = now(change.file).unwrap_or(usize::MAX));
    }

    /// Moves a change that another program overwrote to the redo stack.
    pub fn offer(&mut self, file: usize, intent: Intent) {
        self.done.retain(|change| change.file != file || change.intent.as_ref() != Some(&intent));
        self.undone.push((file, intent));
    }

    /// Marks changes whose lines the user has since changed in the editor.
    pub fn written_over(&mut self, before: &Log, after: &Log) {
        for change in &mut self.done {
            let could = |log: &Log| change.inverse.can_be_found(log, change.file);
            change.is_written_over |= could(before) && !could(after);
        }
    }

    fn send(
        &mut self,
        file: usize,
        intent: Intent,
        inverse: Intent,
        undoes: Option<Box<UndoableChange>>,
    ) -> UnsavedChange {
        self.in_flight.send(|id| UnsavedChange { id, file, intent, inverse, undoes }).1
    }

    /// A change was saved.
    pub fn saved(&mut self, id: ChangeId) {
        self.saved = true;
        self.in_flight.answered(id);
    }

    /// A change was rejected: removes and returns it.
    pub fn refused(&mut self, id: ChangeId) -> Option<UnsavedChange> {
        self.done.retain(|change| change.which != UndoId::Own(id));
        let change = self.in_flight.answered(id)?;
        // A failed undo leaves the earlier change in place.
        if let Some(stands) = change.undoes.clone() {
            let again = |(file, intent): &(usize, Intent)| (*file, intent) == (change.file, &change.inverse);
            if let Some(at) = self.undone.iter().rposition(again) {
                self.undone.remove(at);
            }
            if let UndoId::Kept(name) = stands.which {
                self.undone_here.remove(&name);
            }
            self.done.push(UndoableChange { is_refused: true, ..*stands });
        }
        Some(change)
    }

    /// Applies the changes that are not saved yet to a log that was just read.
    pub fn replay(&self, log: &mut Log) {
        for change in self.in_flight.iter() {
            // The shell will reject a change that no longer applies, and the user will be told.
            let _ = change.intent.apply(log, change.file);
        }
    }
}
