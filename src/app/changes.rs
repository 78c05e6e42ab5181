//! Changes to the log: made, taken back, made again, and met by changes from outside.

use super::history::Change;
use super::news::news;
use super::{App, Effect, Overlay, Tone};
use crate::log::Log;
use crate::log::edit::Intent;

impl App {
    /// Ticks or unticks a task: in the model at once, then on the disk.
    pub(super) fn toggle(&mut self, task: usize) -> Vec<Effect> {
        let file = self.log.tasks[task].file;
        let done = !self.log.tasks[task].done;
        let Some(intent) = Intent::set_done(&self.log, task, done) else { return Vec::new() };
        match intent.apply(&mut self.log, file) {
            Ok(inverse) => {
                let change = self.history.record(file, intent, inverse);
                vec![Effect::Save { id: change.id, file, intent: change.intent }]
            }
            Err(refusal) => self.tell_error(refusal.to_string()),
        }
    }

    pub(super) fn undo(&mut self) -> Vec<Effect> {
        match self.history.undo() {
            Some(change) => self.make(change, "Taken back"),
            None => self.tell("Nothing to take back".into()),
        }
    }

    pub(super) fn redo(&mut self) -> Vec<Effect> {
        match self.history.redo() {
            Some(change) => self.make(change, "Made again"),
            None => self.tell("Nothing to make again".into()),
        }
    }

    /// Makes a change from the history, and shows where.
    fn make(&mut self, change: Change, done: &str) -> Vec<Effect> {
        let Change { id, file, intent, .. } = change;
        let mut effects = match intent.apply(&mut self.log, file).and_then(|_| intent.task(&self.log, file)) {
            Ok(task) => {
                if self.log.tasks[task].pending {
                    self.checklist.cursor = Some(task);
                }
                self.tell(format!("{done}: {}", self.log.tasks[task].text))
            }
            // The disk has the last word: it may have what is not known here yet.
            Err(_) => Vec::new(),
        };
        effects.push(Effect::Save { id, file, intent });
        effects
    }

    /// Takes a new reading in; every cursor stays on what it was on.
    pub(super) fn loaded(&mut self, mut log: Log) -> Vec<Effect> {
        self.history.replay(&mut log);
        let news = news(&self.log, &log);
        let place = self.timeline.place(&self.log);
        let item = self.checklist.place(&self.log);
        self.log = log;
        self.revision += 1;
        self.timeline.rebuild(&self.log, place.as_ref());
        self.checklist.rebuild(&self.log, item.as_deref(), self.checklist_columns().unwrap_or(1));
        if let Some(Overlay::Finder(finder)) = self.overlays.last_mut() {
            let cursor = finder.cursor;
            finder.search(&self.log);
            finder.cursor = cursor.min(finder.hits.len().saturating_sub(1));
        }
        // A refusal that came before it says more than the news.
        if self.status.as_ref().is_some_and(|status| status.tone == Tone::Error) {
            return Vec::new();
        }
        self.tell(news.unwrap_or_else(|| "Read again: nothing has changed".into()))
    }
}
