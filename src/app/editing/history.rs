//! Changes that were made: how to take them back, and which are not on the disk yet.

use std::collections::BTreeSet;

use crate::app::flight::{ChangeId, ChangeName, InFlight};
use crate::log::Log;
use crate::log::edit::{Intent, Made, Name};
use crate::words::Sentence;

/// A change on its way to the disk, with the one that undoes it.
#[derive(Debug, Clone)]
pub struct Change {
    /// ChangeName change.
    pub id: ChangeId,
    /// Index into [`Log::files`].
    pub file: usize,
    /// What was made so.
    pub intent: Intent,
    /// How it was before.
    pub inverse: Intent,
    /// The earlier change that it takes back.
    undoes: Option<Box<Standing>>,
}

/// A change that stands, as far as is known.
#[derive(Debug, Clone)]
pub struct Standing {
    /// ChangeName change.
    pub which: ChangeName,
    /// Index into [`Log::files`].
    pub file: usize,
    /// What it did.
    pub what: Sentence,
    /// What was made so; not known of a change of another run.
    pub intent: Option<Intent>,
    /// How it was before.
    pub inverse: Intent,
    /// When it was made, in microseconds since the beginning of 1970; not known of one of this run.
    pub when: Option<i64>,
    /// Whether the user has changed these lines in the editor since.
    pub is_written_over: bool,
    /// Whether it was said that it cannot be undone.
    pub is_refused: bool,
}

impl Standing {
    /// What tells best where it was made.
    pub fn aim(&self) -> &Intent {
        self.intent.as_ref().unwrap_or(&self.inverse)
    }

    /// Whether it ticked or unticked an item.
    pub fn is_tick(&self) -> bool {
        matches!(self.aim(), Intent::SetMark { .. } | Intent::SetDone { .. })
    }
}

/// The changes that stand, those of earlier runs included.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<Standing>,
    /// What was taken back, or undone by another program, as what would make it again.
    undone: Vec<(usize, Intent)>,
    in_flight: InFlight<Change>,
    /// Changes of other runs that were taken back here.
    taken: BTreeSet<Name>,
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

    /// The changes that stand, newest first, and whether each is on its way to the disk.
    pub fn made(&self) -> impl Iterator<Item = (&Standing, bool)> {
        self.done.iter().rev().map(|change| (change, self.is_in_flight(change)))
    }

    /// What can be made again, the next one first: the file's index, and the change.
    pub fn redoable(&self) -> impl Iterator<Item = (usize, &Intent)> {
        self.undone.iter().rev().map(|(file, intent)| (*file, intent))
    }

    fn is_in_flight(&self, change: &Standing) -> bool {
        matches!(change.which, ChangeName::Own(id) if self.in_flight.contains(id))
    }

    /// Notes a change of the user's, which ends what could be redone.
    pub fn record(&mut self, file: usize, intent: Intent, inverse: Intent) -> Change {
        self.undone.clear();
        self.note(file, intent, inverse)
    }

    /// Notes a change that was made again.
    pub fn note(&mut self, file: usize, intent: Intent, inverse: Intent) -> Change {
        let change = self.send(file, intent.clone(), inverse.clone(), None);
        self.done.push(Standing {
            which: ChangeName::Own(change.id),
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

    /// The change at a place of [`Self::made`], counted from the newest.
    pub fn nth(&self, back: usize) -> Option<&Standing> {
        self.done.iter().rev().nth(back)
    }

    /// Notes that a change was taken back; `again` would make it again.
    pub fn undone(&mut self, which: ChangeName, again: Intent) -> Option<Change> {
        let change = self.forget(which)?;
        self.undone.push((change.file, again.clone()));
        if let ChangeName::Kept(name) = which {
            self.taken.insert(name);
        }
        Some(self.send(change.file, change.inverse.clone(), again, Some(Box::new(change))))
    }

    /// Forgets a change of which nothing stands.
    pub fn forget(&mut self, which: ChangeName) -> Option<Standing> {
        let at = self.done.iter().position(|change| change.which == which)?;
        Some(self.done.remove(at))
    }

    /// Notes that it was said that a change cannot be undone.
    pub fn refuse(&mut self, which: ChangeName) {
        for change in self.done.iter_mut().filter(|change| change.which == which) {
            change.is_refused = true;
        }
    }

    /// The change to make again next; whoever makes it notes it.
    pub fn take_redo(&mut self) -> Option<(usize, Intent)> {
        self.undone.pop()
    }

    /// Takes in what can be taken back by what is kept of it, oldest first: the changes of other runs
    /// come to stand among those of this one. `gone` was taken back elsewhere.
    pub fn learn(&mut self, made: Vec<(usize, ChangeName, Made)>, gone: &[ChangeId]) {
        let is_own = |change: &Standing| matches!(change.which, ChangeName::Own(_));
        self.done.retain(|change| is_own(change) && !gone.iter().any(|&id| change.which == ChangeName::Own(id)));
        let mut at = 0;
        for (file, which, Made { name, when, what, inverse, is_refused }) in made {
            let own = self.done.iter().position(|change| change.which == which);
            if let Some(own) = own {
                at = at.max(own + 1);
            } else if which == ChangeName::Kept(name) && !self.taken.contains(&name) {
                let (when, intent, is_written_over) = (Some(when), None, false);
                let change = Standing { which, file, what, intent, inverse, when, is_written_over, is_refused };
                self.done.insert(at, change);
                at += 1;
            }
        }
    }

    /// Files have other indices now; what is known of one that is gone is kept by the shell alone.
    pub fn moved(&mut self, now: impl Fn(usize) -> Option<usize>) {
        let keep = |file: &mut usize| now(*file).map(|new| *file = new).is_some();
        self.done.retain_mut(|change| keep(&mut change.file));
        self.undone.retain_mut(|(file, _)| keep(file));
        // What is on its way to a file that is gone will be refused.
        self.in_flight.iter_mut().for_each(|change| change.file = now(change.file).unwrap_or(usize::MAX));
    }

    /// Notes that another program's save undid a change: it can be made again like one
    /// that was taken back.
    pub fn offer(&mut self, file: usize, intent: Intent) {
        self.done.retain(|change| change.file != file || change.intent.as_ref() != Some(&intent));
        self.undone.push((file, intent));
    }

    /// The user's editor has made another log of this one: notes the changes whose lines it has changed.
    pub fn written_over(&mut self, before: &Log, after: &Log) {
        for change in &mut self.done {
            let could = |log: &Log| change.inverse.can_be_found(log, change.file);
            change.is_written_over |= could(before) && !could(after);
        }
    }

    fn send(&mut self, file: usize, intent: Intent, inverse: Intent, undoes: Option<Box<Standing>>) -> Change {
        self.in_flight.send(|id| Change { id, file, intent, inverse, undoes }).1
    }

    /// A change is on the disk.
    pub fn saved(&mut self, id: ChangeId) {
        self.saved = true;
        self.in_flight.answered(id);
    }

    /// A change was not made: it is forgotten, and given back.
    pub fn refused(&mut self, id: ChangeId) -> Option<Change> {
        self.done.retain(|change| change.which != ChangeName::Own(id));
        let change = self.in_flight.answered(id)?;
        // What could not be taken back stands.
        if let Some(stands) = change.undoes.clone() {
            let again = |(file, intent): &(usize, Intent)| (*file, intent) == (change.file, &change.inverse);
            if let Some(at) = self.undone.iter().rposition(again) {
                self.undone.remove(at);
            }
            if let ChangeName::Kept(name) = stands.which {
                self.taken.remove(&name);
            }
            self.done.push(Standing { is_refused: true, ..*stands });
        }
        Some(change)
    }

    /// Makes the changes that are not on the disk yet in a log that was just read from it.
    pub fn replay(&self, log: &mut Log) {
        for change in self.in_flight.iter() {
            // One that cannot be aimed any more will be refused, and said, in a moment.
            let _ = change.intent.apply(log, change.file);
        }
    }
}
