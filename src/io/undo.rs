//! The list of changes to a file that can be undone, kept between runs. Each change is a line of JSON, in a file that
//! only the user may read.
//!
//! A change is added after it is on disk and removed before it is undone, so a kill loses at worst the last change.
//! Like the `journal`, the file is replaced as a whole but not synced; after a power cut, as always, each change is
//! compared with the log before it is undone.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::exchange::exchange;
use super::read::{names, read_bytes};
use crate::log::edit::{ChangeKey, ChangeRecord};

/// The name of the folder for undo lists, in the state folder.
pub(super) const FOLDER: &str = "undo";

/// Maximum number of changes per file.
const MOST: usize = 100;

/// Maximum size of the list in bytes. The newest change is kept whatever its size, and older ones make room for it.
const BYTES: usize = 1 << 20;

/// The bytes of the list before a change was removed.
pub(super) struct Before(Vec<u8>);

/// The undo list of one file.
#[derive(Debug)]
pub(super) struct Undo {
    file: PathBuf,
}

impl Undo {
    pub fn at(file: PathBuf) -> Self {
        Self { file }
    }

    /// The changes, oldest first. Lines that cannot be parsed are skipped; a newer version may have written
    /// them.
    pub fn read(&self) -> Vec<ChangeRecord> {
        lines(&self.bytes()).filter_map(parse).collect()
    }

    /// Adds a change. An unwritable state folder must not prevent changes. If the change cannot be stored, the older
    /// ones are set aside: undo would take one of those back instead.
    ///
    /// # Errors
    /// If the change cannot be undone later.
    pub fn add(&self, mut made: ChangeRecord) -> std::io::Result<()> {
        let bytes = self.bytes();
        let mut all: Vec<&[u8]> = lines(&bytes).collect();
        // Keep the times ascending even if the clock was set back.
        let last = all.last().and_then(|line| parse(line));
        made.when = last.map_or(made.when, |last| made.when.max(last.when + 1));
        let new = serde_json::to_vec(&made)?;
        let mut room = BYTES.saturating_sub(new.len());
        let fitting = all.iter().rev().take(MOST - 1).take_while(|line| {
            let fits = line.len() < room;
            room = room.saturating_sub(line.len() + 1);
            fits
        });
        let first = all.len() - fitting.count();
        all.drain(..first);
        all.push(&new);
        self.try_write(&all).inspect_err(|_| {
            // Renaming needs no space. If this fails too, nothing in the state folder can be changed.
            let _ = std::fs::rename(&self.file, self.file.with_extension("jsonl.old"));
        })
    }

    /// Removes a change. Returns the previous list, or `None` if the change is not in it.
    pub fn remove(&self, name: ChangeKey) -> Option<Before> {
        let bytes = self.bytes();
        let is_it = |line: &&[u8]| parse(line).is_some_and(|made| made.name == name);
        let rest: Vec<&[u8]> = lines(&bytes).filter(|line| !is_it(line)).collect();
        if rest.len() == lines(&bytes).count() {
            return None;
        }
        self.write(&rest);
        Some(Before(bytes))
    }

    /// Restores the list that [`Self::remove`] returned.
    pub fn put_back(&self, before: &Before) {
        self.write(&lines(&before.0).collect::<Vec<_>>());
    }

    /// Marks a change as not undoable, but keeps it in the list.
    pub fn refuse(&self, name: ChangeKey) {
        let bytes = self.bytes();
        let refused = |line: &[u8]| {
            let made = parse(line).filter(|made| made.name == name)?;
            serde_json::to_vec(&ChangeRecord { is_refused: true, ..made }).ok()
        };
        let all: Vec<Vec<u8>> = lines(&bytes).map(|line| refused(line).unwrap_or_else(|| line.to_vec())).collect();
        self.write(&all.iter().map(Vec::as_slice).collect::<Vec<_>>());
    }

    fn bytes(&self) -> Vec<u8> {
        read_bytes(&self.file).unwrap_or_default()
    }

    fn write(&self, lines: &[&[u8]]) {
        // If it fails, the user has been told already that changes cannot be stored.
        let _ = self.try_write(lines);
    }

    fn try_write(&self, lines: &[&[u8]]) -> std::io::Result<()> {
        if lines.is_empty() {
            return std::fs::remove_file(&self.file);
        }
        let folder = self.file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        let mut text = lines.join(&b'\n');
        text.push(b'\n');
        new.write_all(&text)?;
        match exchange(new.path(), &self.file) {
            Ok(()) => Ok(()),
            Err(_) => new.persist(&self.file).map(|_| ()).map_err(|error| error.error),
        }
    }
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty())
}

fn parse(line: &[u8]) -> Option<ChangeRecord> {
    serde_json::from_slice(line).ok()
}

/// The file names of all undo lists.
pub(super) fn known(folder: &Path) -> BTreeSet<OsString> {
    names(folder).map(|names| names.into_iter().collect()).unwrap_or_default()
}

/// A random id for this run of the program.
pub fn run() -> u64 {
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_u32(std::process::id());
    hasher.write_i64(now());
    hasher.finish()
}

/// The current time, in microseconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::edit::{InsertAt, Intent};
    use crate::words::Sentence;

    fn made(number: u64, bytes: usize) -> ChangeRecord {
        let text = "x".repeat(bytes);
        ChangeRecord {
            name: ChangeKey { run: 1, number },
            when: 0,
            what: Sentence::default(),
            inverse: Intent::AddTask { text, place: InsertAt::End },
            is_refused: false,
        }
    }

    fn numbers(undo: &Undo) -> Vec<u64> {
        undo.read().iter().map(|made| made.name.number).collect()
    }

    #[test]
    fn the_newest_change_is_kept_whatever_its_size() {
        let folder = tempfile::tempdir().expect("a folder");
        let undo = Undo::at(folder.path().join("undo/log.jsonl"));
        for (number, bytes) in [(0, 10), (1, 80 << 10), (2, 300 << 10)] {
            undo.add(made(number, bytes)).expect("kept");
        }
        assert_eq!(numbers(&undo), [0, 1, 2]);
        undo.add(made(3, 800 << 10)).expect("kept");
        assert_eq!(numbers(&undo), [3]);
        undo.add(made(4, 5 << 20)).expect("kept");
        assert_eq!(numbers(&undo), [4]);
        undo.add(made(5, 10)).expect("kept");
        assert_eq!(numbers(&undo), [5]);
    }
}
