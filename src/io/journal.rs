//! Keeps a record of our changes to a log until another program saves the log and we can check whether the changes
//! survived.
//!
//! A change is recorded before the file is replaced, so the next run knows about it even if this one is killed in
//! between. The record stays afterwards, so that we notice if an editor saves an older text over the change. The
//! journal is not synced to the disk: it survives a kill, but after a power cut only the log itself counts.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::exchange::exchange;
use super::leftover::hash;
use super::read::read_bytes;
use crate::log::Log;
use crate::log::edit::{Change, Intent, Patch};

/// Maximum number of records; the oldest are dropped.
const MOST: usize = 32;

/// A change that was made or was about to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct JournalRecord {
    /// The intent that makes the change again.
    pub intent: Intent,
    /// The changed lines, before and after.
    effect: Patch,
    /// Hash of the text before the change.
    base: u64,
}

impl JournalRecord {
    pub fn new(intent: Intent, change: &Change, base: &str) -> Self {
        Self { intent, effect: change.effect.clone(), base: hash(base.as_bytes()) }
    }

    /// Whether the log lacks the change: the whole text or the changed lines are as before the change, or the item's
    /// mark (wherever the item is now) is not what the change set.
    pub fn is_undone(&self, log: &Log) -> bool {
        let text = &log.files[0].text;
        hash(text.as_bytes()) == self.base || self.effect.fits(text) || self.intent.is_unticked(log)
    }

    /// Whether the text contains the change.
    pub fn is_made(&self, text: &str) -> bool {
        self.effect.is_made(text)
    }

    /// Whether a later change of ours undoes or replaces this one. `text` is the text after the later change.
    pub fn gives_way_to(&self, later: &Self, text: &str) -> bool {
        self.effect.fits(text) || self.intent.has_same_target(&later.intent)
    }
}

/// The journal of one log file.
#[derive(Debug)]
pub(super) struct Journal {
    file: PathBuf,
}

impl Journal {
    pub fn at(file: PathBuf) -> Self {
        Self { file }
    }

    /// Whether the journal exists; an empty one is deleted.
    pub fn is_there(&self) -> bool {
        self.file.exists()
    }

    /// The records, oldest first. An unreadable journal counts as empty.
    pub fn read(&self) -> Vec<JournalRecord> {
        read_bytes(&self.file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Replaces the records. Errors are ignored: an unwritable state folder must not prevent changes.
    pub fn write(&self, records: &[JournalRecord]) {
        let records = &records[records.len().saturating_sub(MOST)..];
        let _ = self.try_write(records);
    }

    fn try_write(&self, records: &[JournalRecord]) -> std::io::Result<()> {
        if records.is_empty() {
            return std::fs::remove_file(&self.file);
        }
        let folder = self.file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        new.write_all(&serde_json::to_vec(records)?)?;
        // On ext4, renaming over an existing file syncs the new one, which takes as long as saving the log.
        // Exchanging names does not sync.
        match exchange(new.path(), &self.file) {
            Ok(()) => Ok(()),
            Err(_) => new.persist(&self.file).map(|_| ()).map_err(|error| error.error),
        }
    }
}
