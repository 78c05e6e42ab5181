//! Makes one change to a log: takes the lock, writes the journal, saves the file, updates the undo list.

use std::path::{Path, PathBuf};

use super::displaced::Displaced;
use super::in_place;
use super::journal::{Journal, JournalRecord};
use super::lock;
use super::own_file;
use super::published::folder_of;
use super::saving::{ChangeKind, LastSeen, Written};
use super::settle::read_settled;
use super::store::{Store, resolve};
use super::undo::{self, Undo};
use super::write_error::{ChangeError, WriteError};
use crate::log::edit::{self, ChangeKey, ChangeRecord, Intent, Refusal};
use crate::log::{Log, parse};
use crate::say;
use crate::words::{Say, Sentence};

impl Store {
    /// Applies intents as one new change. `known` is what the caller last saw in the file. If the change fails, any
    /// text that it would have added is kept in the state folder.
    ///
    /// # Errors
    /// If the change was not made.
    pub fn make<'a>(
        &self,
        path: &Path,
        known: impl Into<LastSeen<'a>>,
        intents: &[Intent],
    ) -> Result<Written, ChangeError> {
        let intent = match intents {
            [only] => only.clone(),
            several => Intent::All(several.to_vec()),
        };
        self.apply(path, known, &intent, ChangeKind::New(ChangeKey { run: undo::run(), number: 0 }))
    }

    /// Like [`make`](Self::make), for one intent that may undo an earlier change.
    ///
    /// # Errors
    /// If the change was not made.
    pub fn apply<'a>(
        &self,
        path: &Path,
        known: impl Into<LastSeen<'a>>,
        intent: &Intent,
        kind: ChangeKind,
    ) -> Result<Written, ChangeError> {
        let known = known.into();
        let target = resolve(path);
        let mut displaced = Displaced::default();
        let made = match lock::acquire(&self.place("locks", &target, "lock")) {
            None => Err(WriteError::Locked(path.display().to_string())),
            Some(_lock) => match self.begin(&target, intent, kind) {
                Err(refusal) => Err(WriteError::Refused(refusal)),
                Ok(gone) => {
                    let written = self.apply_with_files(path, known, intent, &mut displaced);
                    self.end(&target, intent, kind, gone, written)
                }
            },
        };
        let copies = displaced.copies;
        match made {
            Ok(written) => Ok(Written { copies, ..written }),
            Err(error) => Err(ChangeError { error, kept: self.keep(&target, intent), copies }),
        }
    }

    /// Removes the change to undo from the undo list. Done before the undo itself, so that a kill in between loses
    /// one possible undo instead of leaving one for a change that is gone. Returns the list as it was, to be restored
    /// if the undo fails.
    fn begin(&self, target: &Path, intent: &Intent, kind: ChangeKind) -> Result<Option<undo::Before>, Refusal> {
        let ChangeKind::Undo { name, is_own } = kind else { return Ok(None) };
        let gone = self.undo_of(target).remove(name);
        if gone.is_none() && !is_own {
            return Err(Refusal::AlreadyUndone(Sentence::of(|language| intent.summary(language))));
        }
        Ok(gone)
    }

    /// Adds a finished change to the undo list, or restores the list if the undo failed. `gone` is what
    /// [`begin`](Self::begin) returned.
    fn end(
        &self,
        target: &Path,
        intent: &Intent,
        kind: ChangeKind,
        gone: Option<undo::Before>,
        written: Result<(Written, Option<Intent>), WriteError<Refusal>>,
    ) -> Result<Written, WriteError<Refusal>> {
        let undo = self.undo_of(target);
        match (written, kind) {
            (Ok((written, Some(inverse))), ChangeKind::New(name)) => {
                let made = ChangeRecord::new(name, undo::now(), intent, inverse);
                let no_undo = undo.add(made).err().map(|why| self.no_undo(&why));
                Ok(Written { is_kept: no_undo.is_none(), no_undo, ..written })
            }
            (Ok((written, _)), _) => Ok(written),
            (Err(error), _) => {
                if let Some(gone) = gone {
                    undo.put_back(&gone);
                }
                Err(error)
            }
        }
    }

    /// What to say about a change that could not be added to the undo list.
    fn no_undo(&self, why: &std::io::Error) -> Sentence {
        let folder = self.state.join(undo::FOLDER);
        Sentence::of(|language| {
            say!(
                language,
                "the change cannot be undone later: {} cannot be written: {}",
                "此修改以后无法撤销：无法写入 {}：{}",
                folder.display(),
                why.say(language)
            )
        })
    }

    /// Applies an intent, and creates and removes the files that it calls for. Creates first and removes last: a kill
    /// may leave a file too many, never one too few.
    fn apply_with_files(
        &self,
        path: &Path,
        known: LastSeen<'_>,
        intent: &Intent,
        displaced: &mut Displaced,
    ) -> Result<(Written, Option<Intent>), WriteError<Refusal>> {
        let (made, removed) = intent.files();
        if made.is_empty() && removed.is_empty() {
            return self.apply_locked(path, known, intent, displaced);
        }
        for file in &removed {
            own_file::can_remove(path, file)?;
        }
        let mut done = Vec::new();
        let written = made.iter().try_for_each(|file| {
            own_file::make(path, file)?;
            done.push(*file);
            Ok(())
        });
        let written = written.and_then(|()| match intent.within() {
            Some(within) => self.apply_locked(path, known, &within, displaced),
            None => {
                let text = read_settled(&resolve(path), self.retry)?;
                let changed_outside = text != known.text;
                Ok((Written::of(text, changed_outside), None))
            }
        });
        let (written, inverse) = match written {
            Ok(written) => written,
            Err(error) => {
                // Removal fails only if someone has written to the file, and then the file must stay.
                done.iter().for_each(|file| _ = own_file::remove(path, file));
                return Err(error);
            }
        };
        for file in removed {
            own_file::remove(path, file)?;
        }
        Ok((written, Some(intent.inverse_with(inverse))))
    }

    /// Applies an intent under the lock that the caller holds. Also returns the inverse intent, or `None` if nothing
    /// had to change.
    fn apply_locked(
        &self,
        path: &Path,
        known: LastSeen<'_>,
        intent: &Intent,
        displaced: &mut Displaced,
    ) -> Result<(Written, Option<Intent>), WriteError<Refusal>> {
        let target = resolve(path);
        let journal = self.journal(&target);
        let mut records = journal.read();
        let noted = records.len();
        let mut inverse = None;
        let written = self.rewrite_and_tell(path, known.text, displaced, |text| {
            // Our change may have been on disk for a moment, and another program may have saved a text that includes
            // it.
            if records.get(noted).is_some_and(|record| record.is_made(text)) {
                return Ok(None);
            }
            let mut log = self.model_of(known, text);
            let Some(change) = intent.apply_to_file(&mut log)? else { return Ok(None) };
            records.truncate(noted);
            records.push(JournalRecord::new(intent.clone(), &change, text));
            journal.write(&records);
            self.remember(log);
            inverse = Some(change.inverse);
            Ok(Some(change.text))
        });
        // The change may be in the file despite the error. Report what the file says.
        let written = written.or_else(|error| {
            let record = records.get(noted).filter(|_| error.may_be_done());
            record.and_then(|record| self.seen(&target, record)).ok_or(error)
        });
        let written_down = records.len();
        match &written {
            // Drop the records that this change undoes or replaces, so that they are not reported as lost.
            Ok(written) => {
                if let Some(new) = records.get(noted).cloned() {
                    records.retain(|record| *record == new || !record.gives_way_to(&new, &written.text));
                }
            }
            Err(_) => records.truncate(noted),
        }
        if records.len() != written_down {
            journal.write(&records);
        }
        written.map(|written| (written, inverse))
    }

    /// The file's current text, if the change is in it despite an error.
    fn seen(&self, target: &Path, record: &JournalRecord) -> Option<Written> {
        let text = read_settled(target, self.retry).ok()?;
        let is_done = record.is_made(&text) || matches!(record.intent.apply_to_text(&text), Ok(None));
        is_done.then(|| Written::of(text, true))
    }

    /// The changes to these files that can be undone, oldest first, each with the index of its file in `paths`.
    pub fn made(&self, paths: &[PathBuf]) -> Vec<(usize, ChangeRecord)> {
        // Most files of a large folder were never changed.
        let known = undo::known(&self.state.join(undo::FOLDER));
        if known.is_empty() {
            return Vec::new();
        }
        let mut made: Vec<(usize, ChangeRecord)> = Vec::new();
        for (index, path) in paths.iter().enumerate() {
            let target = resolve(path);
            let place = self.undo_place(&target);
            if place.file_name().is_some_and(|name| known.contains(name)) {
                // Wait for a change that another process is making.
                let _lock = lock::acquire(&self.place("locks", &target, "lock"));
                made.extend(Undo::at(place).read().into_iter().map(|made| (index, made)));
            }
        }
        made.sort_by_key(|(_, made)| made.when);
        made
    }

    /// Updates the undo list for a change that cannot be undone now. If it `stands`, that is, if the file still
    /// contains it, marks it as not undoable; otherwise removes it.
    pub fn pass_over(&self, path: &Path, name: ChangeKey, stands: bool) {
        let target = resolve(path);
        if let Some(_lock) = lock::acquire(&self.place("locks", &target, "lock")) {
            let undo = self.undo_of(&target);
            if stands {
                undo.refuse(name);
            } else {
                undo.remove(name);
            }
        }
    }

    /// Moves the journal and the undo list of a renamed file to its new name.
    pub(crate) fn follow(&self, from: &Path, to: &Path) {
        // The old file is gone, but its folder is probably still there.
        let folder = folder_of(from).canonicalize().ok();
        let from = folder.zip(from.file_name()).map_or_else(|| from.to_owned(), |(folder, name)| folder.join(name));
        let to = resolve(to);
        let Some(_lock) = lock::acquire(&self.place("locks", &to, "lock")) else { return };
        for (kind, extension) in [(undo::FOLDER, "jsonl"), ("journal", "json")] {
            let (old, new) = (self.place(kind, &from, extension), self.place(kind, &to, extension));
            // Do not overwrite the state of another file that had the new name before.
            if !new.exists() {
                let _ = std::fs::rename(old, new);
            }
        }
    }

    /// Clears the journal, because the user has accepted the file's current state.
    pub fn forget(&self, path: &Path) {
        let target = resolve(path);
        if let Some(_lock) = lock::acquire(&self.place("locks", &target, "lock")) {
            self.journal(&target).write(&[]);
        }
    }

    /// Our changes that are missing from a text that another program has saved (`known`). Clears the journal, so each
    /// is reported once; changes that survived need no record any more.
    pub fn undone<'a>(&self, path: &Path, known: impl Into<LastSeen<'a>>) -> Vec<Intent> {
        let known = known.into();
        let target = resolve(path);
        // Most files of a large folder have no journal.
        if !self.journal(&target).is_there() {
            return Vec::new();
        }
        let Some(_lock) = lock::acquire(&self.place("locks", &target, "lock")) else { return Vec::new() };
        let journal = self.journal(&target);
        let records = journal.read();
        if records.is_empty() {
            return Vec::new();
        }
        journal.write(&[]);
        let log = self.read(known, known.text);
        records.into_iter().filter(|record| record.is_undone(&log)).map(|record| record.intent).collect()
    }

    fn model_of(&self, known: LastSeen, text: &str) -> Log {
        let last = self.last.lock().ok().and_then(|mut last| last.take());
        let name = known.file.map_or("", |file| &file.name);
        let is_it = |log: &Log| log.files[0].text == text && log.files[0].name == name;
        last.filter(is_it).unwrap_or_else(|| self.read(known, text))
    }

    /// Parses the text with the dialect and forms that the caller knows of, if any.
    fn read(&self, known: LastSeen, text: &str) -> Log {
        match known.file {
            Some(file) => parse::reparse(file, text.into()),
            None => edit::read(text, &self.dialect),
        }
    }

    fn remember(&self, log: Log) {
        if let Ok(mut last) = self.last.lock() {
            *last = Some(log);
        }
    }

    fn journal(&self, target: &Path) -> Journal {
        Journal::at(self.place("journal", target, "json"))
    }

    fn undo_of(&self, target: &Path) -> Undo {
        Undo::at(self.undo_place(target))
    }

    fn undo_place(&self, target: &Path) -> PathBuf {
        self.place(undo::FOLDER, target, "jsonl")
    }

    /// Keeps the text of a file that the user's editor has emptied: saves it in the state folder and returns the path.
    pub(crate) fn keep_text(&self, path: &Path, text: &str) -> Option<PathBuf> {
        let name = path.file_name().map(|name| format!("{}-", name.to_string_lossy())).unwrap_or_default();
        in_place::keep(&self.state.join("kept"), &name, text).ok()
    }

    /// Keeps text that could not be written to the log: saves it in the state folder and returns the path. `None` if
    /// the intent has no text.
    fn keep(&self, target: &Path, intent: &Intent) -> Option<PathBuf> {
        self.keep_text(target, &intent.typed()?)
    }
}
