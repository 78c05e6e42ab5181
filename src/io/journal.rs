//! What was to be done to a log, kept until it has been seen in another program's save.
//!
//! A change is noted before it is published, so that one which a kill prevented is known at
//! the next start; and it stays noted afterwards, so that an editor which saves an older
//! text over it is noticed. The journal is not forced to the disk: it outlives processes,
//! and after a power cut the log itself is the truth.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::exchange::exchange;
use super::leftover::hash;
use super::read::read_bytes;
use crate::log::Log;
use crate::log::edit::{Change, Intent, Patch};

/// The most changes that are noted; older ones have been seen long since.
const MOST: usize = 32;

/// A change that was made, or was to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// What would make it again.
    pub intent: Intent,
    /// The lines before and after.
    effect: Patch,
    /// A hash of the text on which it was made.
    base: u64,
}

impl Record {
    pub fn new(intent: Intent, change: &Change, base: &str) -> Self {
        Self { intent, effect: change.effect.clone(), base: hash(base.as_bytes()) }
    }

    /// Whether a log is one in which the change is not made: the text that it was made on,
    /// or one with the same lines; and an item is looked for wherever it stands now.
    pub fn is_undone(&self, log: &Log) -> bool {
        let text = &log.files[0].text;
        hash(text.as_bytes()) == self.base || self.effect.fits(text) || self.intent.is_unticked(log)
    }

    /// Whether a text is one in which the change has been made already.
    pub fn is_made(&self, text: &str) -> bool {
        self.effect.is_made(text)
    }

    /// Whether a later change of ours is meant to stand in its place.
    pub fn gives_way_to(&self, later: &Self, text: &str) -> bool {
        self.effect.fits(text) || self.intent.has_same_target(&later.intent)
    }
}

/// The journal of one log.
#[derive(Debug)]
pub(super) struct Journal {
    file: PathBuf,
}

impl Journal {
    pub fn at(file: PathBuf) -> Self {
        Self { file }
    }

    /// Whether anything is noted.
    pub fn is_there(&self) -> bool {
        self.file.exists()
    }

    /// What is noted, oldest first. A journal that cannot be read is as good as none.
    pub fn read(&self) -> Vec<Record> {
        read_bytes(&self.file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Notes these, in place of what was noted. A state folder that cannot be written must not
    /// keep anyone from changing the log.
    pub fn write(&self, records: &[Record]) {
        let records = &records[records.len().saturating_sub(MOST)..];
        let _ = self.try_write(records);
    }

    fn try_write(&self, records: &[Record]) -> std::io::Result<()> {
        if records.is_empty() {
            return std::fs::remove_file(&self.file);
        }
        let folder = self.file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        new.write_all(&serde_json::to_vec(records)?)?;
        // Renaming over a file makes ext4 bring the new one to the disk at once, which takes as
        // long as saving the log; exchanging does not.
        match exchange(new.path(), &self.file) {
            Ok(()) => Ok(()),
            Err(_) => new.persist(&self.file).map(|_| ()).map_err(|error| error.error),
        }
    }
}
