//! Keeps replaced files until no program can write to them any more.
//!
//! A program may look up the log's name before an exchange but open the file only afterwards. Neither the list of
//! open files nor the watch shows such a program in time, and it then writes to a file that no longer has the log's
//! name. So a replaced file is not deleted at once: the file is moved to the state folder if possible, and examined
//! again later. Appended text goes into the log; any other text is kept as a copy beside the log.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::displaced::{Displaced, Fingerprint, Replaced};
use super::leftover::{self, GRACE};
use super::open_watcher::OpenWatcher;
use super::read::{ReadError, read_bytes};
use super::settle::RetryPolicy;
use super::writers::has_writer;

/// How long to keep a file, unless the program is about to exit.
const IDLE_DELAY: Duration = Duration::from_millis(200);

/// The replaced files of one store; clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct RetiredFiles(Arc<Mutex<Waiting>>);

#[derive(Debug, Default)]
struct Waiting(Vec<RetiredFile>);

#[derive(Debug)]
struct RetiredFile {
    left: Replaced,
    /// The log whose name the file had.
    log: PathBuf,
    since: Instant,
    /// When to examine the file, unless the program is about to exit.
    due: Instant,
    /// When to stop waiting for a program that keeps the file open.
    end: Instant,
}

/// The result of examining a file.
enum RetiredState {
    Known,
    Held,
    Continued(String, Fingerprint),
    Other,
}

impl RetiredFiles {
    /// Adds replaced files, and moves them to `folder` if possible.
    pub fn add(&self, log: &Path, folder: &Path, retry: RetryPolicy, watcher: &OpenWatcher, left: Vec<Replaced>) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = Instant::now();
        waiting.0.extend(left.into_iter().map(|Replaced { file, known }| {
            let name = file.to_path_buf();
            let file = leftover::move_apart(file, folder, log, known.hash);
            watcher.follow(&name, &file);
            let left = Replaced { file, known };
            RetiredFile {
                left,
                log: log.to_owned(),
                since,
                due: since + IDLE_DELAY,
                end: since + GRACE + retry.total(),
            }
        }));
    }

    /// Whether no file waits.
    pub fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0.is_empty()
    }

    /// When the next file of this log is to be examined. Sooner if `waits`, that is, if the caller waits until all
    /// files are gone.
    pub fn due(&self, log: &Path, waits: bool) -> Option<Instant> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let dues = waiting.0.iter().filter(|file| file.log == log);
        dues.map(|file| if waits { file.due.min(file.since + GRACE) } else { file.due }).min()
    }

    /// Examines the files that are due: those still open in a program wait longer, those without new text are deleted,
    /// and the others go to `displaced`. `waits` as for [`due`](Self::due).
    pub fn look(&self, log: &Path, waits: bool, retry: RetryPolicy, watcher: &OpenWatcher, displaced: &mut Displaced) {
        let now = Instant::now();
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = |file: &mut RetiredFile| {
            let due = if waits { file.due.min(file.since + GRACE) } else { file.due };
            file.log == log && due <= now
        };
        let due: Vec<RetiredFile> = waiting.0.extract_if(.., is_due).collect();
        for mut file in due {
            match look_at(&file.left, watcher) {
                // An error means that the answer is unknown, so wait as well.
                Ok(RetiredState::Held) | Err(_) if now < file.end => {
                    (file.since, file.due) = (now, now + retry.pause.max(GRACE));
                    waiting.0.push(file);
                    continue;
                }
                Ok(RetiredState::Known) => watcher.forget(&file.left.file),
                Ok(RetiredState::Continued(text, known)) => {
                    displaced.add_appended(text, Replaced { known, ..file.left })
                }
                Ok(RetiredState::Held | RetiredState::Other) | Err(_) => {
                    watcher.forget(&file.left.file);
                    // If this fails, the next start finds the file where it is.
                    let _ = displaced.keep(log, file.left.file);
                }
            }
        }
    }
}

fn look_at(left: &Replaced, watcher: &OpenWatcher) -> io::Result<RetiredState> {
    if watcher.is_untouched(&left.file) {
        return Ok(RetiredState::Known);
    }
    if has_writer(&left.file)? {
        return Ok(RetiredState::Held);
    }
    let text = match read_bytes(&left.file) {
        Ok(text) => text,
        // Another program has deleted it.
        Err(ReadError::NotFound(_)) => return Ok(RetiredState::Known),
        Err(error) => return Err(io::Error::other(error)),
    };
    Ok(match left.known.continued_by(&text) {
        Some("") => RetiredState::Known,
        Some(rest) => RetiredState::Continued(rest.to_owned(), Fingerprint::of(&text)),
        None if text.is_empty() => RetiredState::Known,
        None => RetiredState::Other,
    })
}

impl Drop for Waiting {
    /// Leaves the files for the next start to examine.
    fn drop(&mut self) {
        for file in self.0.drain(..) {
            let _ = file.left.file.keep();
        }
    }
}
