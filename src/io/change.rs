//! One change of the user's, from the intent to what is kept of it: the journal, the file, and the
//! list of what can be taken back.

use std::path::{Path, PathBuf};

use super::displaced::Displaced;
use super::in_place;
use super::journal::{Journal, Record};
use super::lock;
use super::own_file;
use super::published::folder_of;
use super::saving::{Deed, Known, Written};
use super::settle::read_settled;
use super::store::{Store, resolve};
use super::undo::{self, Undo};
use super::write_error::{Unmade, WriteError};
use crate::log::edit::{self, Intent, Made, Name, Refusal};
use crate::log::{Log, parse};
use crate::words::Sentence;

impl Store {
    /// Carries intents out as one change, with everything that the write-back asks for: a
    /// turn among our own processes, the journal, the file's safety. What could not be
    /// written is kept.
    ///
    /// # Errors
    /// When the change was not made.
    pub fn make<'a>(&self, path: &Path, known: impl Into<Known<'a>>, intents: &[Intent]) -> Result<Written, Unmade> {
        let intent = match intents {
            [only] => only.clone(),
            several => Intent::All(several.to_vec()),
        };
        self.carry_out(path, known, &intent, Deed::New(Name { run: undo::run(), number: 0 }))
    }

    /// The same for one intent, which may also take an earlier change back.
    ///
    /// # Errors
    /// When the change was not made.
    pub fn carry_out<'a>(
        &self,
        path: &Path,
        known: impl Into<Known<'a>>,
        intent: &Intent,
        deed: Deed,
    ) -> Result<Written, Unmade> {
        let known = known.into();
        let target = resolve(path);
        let mut displaced = Displaced::default();
        let made = match lock::take(&self.place("locks", &target, "lock")) {
            None => Err(WriteError::Locked(path.display().to_string())),
            Some(_turn) => match self.begin(&target, intent, deed) {
                Err(refusal) => Err(WriteError::Refused(refusal)),
                Ok(gone) => {
                    let written = self.carry_out_with_files(path, known, intent, &mut displaced);
                    self.end(&target, intent, deed, gone, written)
                }
            },
        };
        let copies = displaced.copies;
        match made {
            Ok(written) => Ok(Written { copies, ..written }),
            Err(error) => Err(Unmade { error, kept: self.keep(&target, intent), copies }),
        }
    }

    /// A change that is to be taken back leaves the list before it is: were it the other way round,
    /// a kill in between would leave one there that stands no more.
    fn begin(&self, target: &Path, intent: &Intent, deed: Deed) -> Result<Option<undo::Before>, Refusal> {
        let Deed::TakeBack { name, is_own } = deed else { return Ok(None) };
        let gone = self.undo_of(target).remove(name);
        if gone.is_none() && !is_own {
            return Err(Refusal::TakenBack(Sentence::of(|language| intent.summary(language))));
        }
        Ok(gone)
    }

    /// Keeps how a change is taken back, now that it is made.
    fn end(
        &self,
        target: &Path,
        intent: &Intent,
        deed: Deed,
        gone: Option<undo::Before>,
        written: Result<(Written, Option<Intent>), WriteError<Refusal>>,
    ) -> Result<Written, WriteError<Refusal>> {
        let undo = self.undo_of(target);
        match (written, deed) {
            (Ok((written, Some(inverse))), Deed::New(name)) => {
                let made = Made::new(name, undo::now(), intent, inverse);
                Ok(Written { is_kept: undo.add(made), ..written })
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

    /// The same for the files that a change makes or removes as well. They are made first and removed last:
    /// at worst a file stays, which holds nothing but what was written into it.
    fn carry_out_with_files(
        &self,
        path: &Path,
        known: Known<'_>,
        intent: &Intent,
        displaced: &mut Displaced,
    ) -> Result<(Written, Option<Intent>), WriteError<Refusal>> {
        let (made, removed) = intent.files();
        if made.is_empty() && removed.is_empty() {
            return self.carry_out_in_turn(path, known, intent, displaced);
        }
        for file in &removed {
            own_file::may_go(path, file)?;
        }
        let mut done = Vec::new();
        let written = made.iter().try_for_each(|file| {
            own_file::make(path, file)?;
            done.push(*file);
            Ok(())
        });
        let written = written.and_then(|()| match intent.within() {
            Some(within) => self.carry_out_in_turn(path, known, &within, displaced),
            None => {
                let text = read_settled(&resolve(path), self.patience)?;
                let changed_outside = text != known.text;
                Ok((Written::of(text, changed_outside), None))
            }
        });
        let (written, inverse) = match written {
            Ok(written) => written,
            Err(error) => {
                // What keeps them from going is their own text, which is kept then.
                done.iter().for_each(|file| _ = own_file::remove(path, file));
                return Err(error);
            }
        };
        for file in removed {
            own_file::remove(path, file)?;
        }
        Ok((written, Some(intent.taken_back_by(inverse))))
    }

    /// What is on the disk then, and what takes the change back; nothing where all was so before.
    fn carry_out_in_turn(
        &self,
        path: &Path,
        known: Known<'_>,
        intent: &Intent,
        displaced: &mut Displaced,
    ) -> Result<(Written, Option<Intent>), WriteError<Refusal>> {
        let target = resolve(path);
        let journal = self.journal(&target);
        let mut records = journal.read();
        let noted = records.len();
        let mut inverse = None;
        let written = self.rewrite_and_tell(path, known.text, displaced, |text| {
            // Another program may have saved our own text, while that stood there for a moment.
            if records.get(noted).is_some_and(|record| record.is_made(text)) {
                return Ok(None);
            }
            let mut log = self.model_of(known, text);
            let Some(change) = intent.carry_out_on(&mut log)? else { return Ok(None) };
            records.truncate(noted);
            records.push(Record::new(intent.clone(), &change, text));
            journal.write(&records);
            self.remember(log);
            inverse = Some(change.inverse);
            Ok(Some(change.text))
        });
        // What is said must be what is true, however it has come about.
        let written = written.or_else(|error| {
            let record = records.get(noted).filter(|_| error.may_be_done());
            record.and_then(|record| self.seen(&target, record)).ok_or(error)
        });
        let written_down = records.len();
        match &written {
            // What this change took back is no one's loss.
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

    /// The file, if a change is in it all the same.
    fn seen(&self, target: &Path, record: &Record) -> Option<Written> {
        let text = read_settled(target, self.patience).ok()?;
        let is_done = record.is_made(&text) || matches!(record.intent.carry_out(&text), Ok(None));
        is_done.then(|| Written::of(text, true))
    }

    /// The changes to files that can be taken back, oldest first, each with its file's index.
    pub fn made(&self, paths: &[PathBuf]) -> Vec<(usize, Made)> {
        // In a folder of many files hardly any was ever changed.
        let known = undo::known(&self.state.join(undo::FOLDER));
        if known.is_empty() {
            return Vec::new();
        }
        let mut made: Vec<(usize, Made)> = Vec::new();
        for (index, path) in paths.iter().enumerate() {
            let target = resolve(path);
            let place = self.undo_place(&target);
            if place.file_name().is_some_and(|name| known.contains(name)) {
                // A change that is being made by another process is waited for.
                let _turn = lock::take(&self.place("locks", &target, "lock"));
                made.extend(Undo::at(place).read().into_iter().map(|made| (index, made)));
            }
        }
        made.sort_by_key(|(_, made)| made.when);
        made
    }

    /// Notes that a change cannot be undone, or forgets it where nothing of it stands.
    pub fn pass_over(&self, path: &Path, name: Name, stands: bool) {
        let target = resolve(path);
        if let Some(_turn) = lock::take(&self.place("locks", &target, "lock")) {
            let undo = self.undo_of(&target);
            if stands {
                undo.refuse(name);
            } else {
                undo.remove(name);
            }
        }
    }

    /// A file has another name now: what is kept of it goes with it.
    pub fn follow(&self, from: &Path, to: &Path) {
        // The file is gone; the folder mostly not.
        let folder = folder_of(from).canonicalize().ok();
        let from = folder.zip(from.file_name()).map_or_else(|| from.to_owned(), |(folder, name)| folder.join(name));
        let to = resolve(to);
        let Some(_turn) = lock::take(&self.place("locks", &to, "lock")) else { return };
        for (kind, extension) in [(undo::FOLDER, "jsonl"), ("journal", "json")] {
            let (old, new) = (self.place(kind, &from, extension), self.place(kind, &to, extension));
            // What is kept of another file of that name is not replaced.
            if !new.exists() {
                let _ = std::fs::rename(old, new);
            }
        }
    }

    /// Forgets the changes that are noted: the user has gone on from them.
    pub fn forget(&self, path: &Path) {
        let target = resolve(path);
        if let Some(_turn) = lock::take(&self.place("locks", &target, "lock")) {
            self.journal(&target).write(&[]);
        }
    }

    /// The changes of ours that are not in a text which another program has written, each
    /// told once; all others have been seen in that text and are forgotten.
    pub fn undone<'a>(&self, path: &Path, known: impl Into<Known<'a>>) -> Vec<Intent> {
        let known = known.into();
        let target = resolve(path);
        // In a folder of many files hardly any has a journal.
        if !self.journal(&target).is_there() {
            return Vec::new();
        }
        let Some(_turn) = lock::take(&self.place("locks", &target, "lock")) else { return Vec::new() };
        let journal = self.journal(&target);
        let records = journal.read();
        if records.is_empty() {
            return Vec::new();
        }
        journal.write(&[]);
        let log = self.read(known, known.text);
        records.into_iter().filter(|record| record.is_undone(&log)).map(|record| record.intent).collect()
    }

    fn model_of(&self, known: Known, text: &str) -> Log {
        let last = self.last.lock().ok().and_then(|mut last| last.take());
        let name = known.file.map_or("", |file| &file.name);
        let is_it = |log: &Log| log.files[0].text == text && log.files[0].name == name;
        last.filter(is_it).unwrap_or_else(|| self.read(known, text))
    }

    /// The model of a file's text, in the forms in which the caller has read it.
    fn read(&self, known: Known, text: &str) -> Log {
        match known.file {
            Some(file) => parse::again(file, text.into()),
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

    /// Keeps a text that could not be written.
    fn keep(&self, target: &Path, intent: &Intent) -> Option<PathBuf> {
        let text = intent.typed()?;
        let name = target.file_name().map(|name| format!("{}-", name.to_string_lossy())).unwrap_or_default();
        in_place::keep(&self.state.join("kept"), &name, &text).ok()
    }
}
