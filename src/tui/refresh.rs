//! How the file worker reads changes made by other programs.

use std::time::{Duration, Instant};

use super::Input;
use super::editor_notice::ByEditor;
use super::files::{FileJob, FilesWorker, KnownFile};
use super::unavailable::{DEBOUNCE, Next, POLL_INTERVAL, Unavailable, unsettled};
use crate::app::Message;
use crate::io::log_files::damage;
use crate::io::read::{DisplayText, ReadError, holds, read_shown};
use crate::io::settle::is_settled;
use crate::io::stamp::FileStamp;
use crate::io::watch::Watch;
use crate::log::{Log, Source};
use crate::say;
use crate::words::{Say, Sentence};

impl FilesWorker {
    /// Starts watching the files, or polling if that is not possible or `PAPERS_TUI_WATCH` is set. Reports a change of
    /// the polling interval.
    pub fn restart_watch(&mut self) {
        let touched = self.touched.clone();
        self.watched = self.log_files.places();
        let wanted = std::env::var("PAPERS_TUI_WATCH").ok().and_then(|seconds| seconds.parse().ok());
        let pause = wanted.filter(|seconds| *seconds > 0).map(Duration::from_secs);
        let start = || {
            // Fails only when the program exits.
            Watch::start(&self.watched, move |what| _ = touched.send(FileJob::Touched(what)))
        };
        self.watch = if pause.is_none() { start().ok() } else { None };
        let before = self.pause;
        self.pause = if self.watch.is_some() { None } else { Some(pause.unwrap_or(POLL_INTERVAL)) };
        self.next_poll = self.pause.map(|pause| Instant::now() + pause);
        if before != self.pause {
            self.tell(Message::Watched(self.pause.map(|pause| pause.as_secs())));
        }
    }

    /// Checks all files and reads those that may have changed; reports the log if any has changed. If the user asked
    /// for a reload (`asked`), reports it even if unchanged.
    pub fn refresh(&mut self, asked: bool) {
        (self.due, self.touched_since) = (None, None);
        let is_polling = self.pause.is_some();
        self.next_poll = self.pause.map(|pause| Instant::now() + pause);
        if self.is_moved || asked {
            self.restart_watch();
        }
        let found = match self.is_moved || is_polling || asked {
            true => self.rescan(asked),
            false => Ok(None),
        };
        let (from, mut unavailable) = match found {
            Ok(from) => {
                self.lost = None;
                // Changes before a folder was watched were not reported, so check again.
                let is_whole = self.watch.as_ref().is_none_or(Watch::is_whole);
                self.is_moved = self.watch.is_some() && (!is_whole || self.watched != self.log_files.places());
                self.due = self.is_moved.then(|| Instant::now() + DEBOUNCE);
                (from, Vec::new())
            }
            Err(reason) => {
                self.is_moved = true;
                (None, vec![(self.lost.get_or_insert_with(Unavailable::new).check_again(asked), reason)])
            }
        };
        let changed = self.read(asked, &mut unavailable);
        if unavailable.is_empty() && std::mem::take(&mut self.is_unavailable_told) {
            self.tell(Message::Available);
        }
        if let Some(from) = from {
            let files = self.log_files.clone();
            self.tell_read(|log| Input::Moved { log, files, from });
            self.tell_made(0..self.files.len());
        } else if !changed.is_empty() || asked && unavailable.is_empty() {
            self.tell_log();
        }
        for (file, flaw) in changed {
            self.tell_made(file..file + 1);
            self.tell_undone(file);
            flaw.iter().for_each(|flaw| self.tell(Message::Noticed(damage(flaw))));
        }
        match unavailable.is_empty() {
            true => self.by_editor = ByEditor::default(),
            false => self.tell_unavailable(unavailable),
        }
    }

    /// Reads the files that may have changed. Returns the indices of those that have, each with its damage, if any.
    /// Files that cannot be used as they are go to `unavailable`, with the reason.
    fn read(&mut self, asked: bool, unavailable: &mut Vec<(Next, Sentence)>) -> Vec<(usize, Option<ReadError>)> {
        let mut changed = Vec::new();
        for index in 0..self.files.len() {
            let found = self.read_one(index, asked);
            let known = &mut self.files[index];
            match found {
                Ok(flaw) => {
                    known.unavailable = None;
                    changed.extend(flaw.map(|flaw| (index, flaw)));
                }
                Err(reason) => unavailable
                    .push((known.unavailable.get_or_insert_with(Unavailable::new).check_again(asked), reason)),
            }
        }
        changed
    }

    /// Reads a file if it may have changed. `None` if it has not; otherwise `Some` with its damage, if any.
    ///
    /// # Errors
    /// When the file cannot be used as it is: the reason.
    fn read_one(&mut self, index: usize, asked: bool) -> Result<Option<Option<ReadError>>, Sentence> {
        let known = &mut self.files[index];
        let (path, file) = (&known.path, &known.file);
        let stamp = FileStamp::of(path);
        if stamp.is_some_and(|stamp| stamp.is_as(known.stamp.as_ref())) {
            return Ok(None);
        }
        // Either our own save, which the watch reports too, or no change, which is the usual case at the start. This
        // compares without reading a large log into memory again.
        if self.store.is_as_written(path, &file.text) || holds(path, &file.text).unwrap_or(false) {
            known.stamp = stamp;
            return Ok(None);
        }
        let DisplayText { text, flaw } = match read_shown(path) {
            Ok(shown) => shown,
            Err(error) => {
                // The file may have been renamed within its folder.
                self.is_moved = true;
                return Err(error.sentence());
            }
        };
        if file.text == text {
            known.stamp = stamp;
            return Ok(None);
        }
        let is_settled = is_settled(path, &text, &file.text, self.store.retry);
        if !is_settled && (!asked || text.trim().is_empty()) {
            return Err(unsettled(&file.name, text.trim().is_empty()));
        }
        (known.file, known.stamp) = (file.holding(text.into()), stamp);
        Ok(Some(flaw))
    }

    /// Reports files that cannot be read, or are suddenly empty or far shorter. A save may be in progress, so they are
    /// checked again for a while before the user is told.
    fn tell_unavailable(&mut self, unavailable: Vec<(Next, Sentence)>) {
        let due = unavailable.iter().map(|(next, _)| Instant::now() + next.pause).min();
        self.due = self.due.into_iter().chain(due).min();
        let mut told = unavailable.into_iter().filter(|(next, _)| next.is_told).map(|(_, reason)| reason);
        let Some(first) = told.next() else { return };
        let more = told.count();
        let text = move |language| {
            let reason = first.get(language);
            match more {
                0 => say!(language, "{reason}. Showing the last version loaded", "{reason}。显示的是上次读取的内容"),
                more => say!(
                    language,
                    "{reason} (and {more} more). Showing the last versions loaded",
                    "{reason}（另有 {more} 个文件）。显示的是上次读取的内容"
                ),
            }
        };
        self.is_unavailable_told = true;
        self.tell(Message::Unavailable(Sentence::of(text)));
    }

    /// Parses the log from the known texts. Of opened folders, only files that have changed are parsed again.
    pub fn log(&mut self) -> Log {
        let source = |known: &KnownFile| Source { name: known.file.name.clone(), text: known.file.text.clone() };
        let dialect = self.files.first().map(|known| known.file.dialect.of_log()).unwrap_or_default();
        self.parse_cache.read(self.files.iter().map(source), &self.log_files.folders, &dialect, &mut |_| {})
    }

    pub fn tell_log(&mut self) {
        let message = if self.by_editor.get() { Message::Edited } else { Message::Loaded };
        self.tell_read(|log| Input::Message(message(log)));
    }

    /// Parses the log and sends it, wrapped by `told`. Later edits use the forms found by this parse, so the parsed
    /// files are kept.
    pub fn tell_read(&mut self, told: impl FnOnce(Box<Log>) -> Input) {
        let log = self.log();
        for (known, file) in self.files.iter_mut().zip(&log.files) {
            known.file = file.clone();
        }
        let links = self.links(&log);
        // Fails only when the program exits.
        let _ = self.sender.send(told(Box::new(log)));
        self.tell(Message::Linked(Box::new(links)));
    }
}

#[cfg(test)]
mod tests;
