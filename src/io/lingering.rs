//! What has lost its place to a save is kept until no one can write into it any more.
//!
//! A program that has looked the log's name up before an exchange may come to open the file only
//! after it. In between neither the list of open files nor the watch over them shows it, and what
//! it writes then goes into a file that no longer has the log's name. So such a file is not removed
//! at once: it is put apart, in the state folder where that is possible, and looked at again after
//! a while. What was appended to it goes into the log; another text is kept beside the log.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::displaced::{Displaced, Left, Print};
use super::held::is_held;
use super::leftover::{self, GRACE};
use super::read::{ReadError, read_bytes};
use super::settle::Patience;
use super::vigil::Vigils;

/// How long a file stays where no one waits for its removal.
const LEISURE: Duration = Duration::from_millis(200);

/// The files that have lost their places to saves of one store; its clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct Lingering(Arc<Mutex<Waiting>>);

#[derive(Debug, Default)]
struct Waiting(Vec<Linger>);

#[derive(Debug)]
struct Linger {
    left: Left,
    /// The log whose name it had.
    log: PathBuf,
    since: Instant,
    /// When to look at it, where no one waits.
    due: Instant,
    /// How long one who keeps it open is waited for.
    end: Instant,
}

/// What a look at such a file finds.
enum Found {
    Known,
    Held,
    Continued(String, Print),
    Other,
}

impl Lingering {
    /// Takes files in, and puts them apart, into a folder, if that is possible.
    pub fn add(&self, log: &Path, folder: &Path, patience: Patience, vigils: &Vigils, left: Vec<Left>) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = Instant::now();
        waiting.0.extend(left.into_iter().map(|Left { file, known }| {
            let name = file.to_path_buf();
            let file = leftover::put_apart(file, folder, log, known.hash);
            vigils.follow(&name, &file);
            let left = Left { file, known };
            Linger { left, log: log.to_owned(), since, due: since + LEISURE, end: since + GRACE + patience.whole() }
        }));
    }

    /// When something that had the name of this log is to be looked at; where someone waits for it,
    /// that is sooner.
    pub fn due(&self, log: &Path, waits: bool) -> Option<Instant> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let dues = waiting.0.iter().filter(|linger| linger.log == log);
        dues.map(|linger| if waits { linger.due.min(linger.since + GRACE) } else { linger.due }).min()
    }

    /// Looks at what is due, removes what holds nothing new, and hands over the rest.
    pub fn look(&self, log: &Path, waits: bool, patience: Patience, vigils: &Vigils, displaced: &mut Displaced) {
        let now = Instant::now();
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = |linger: &mut Linger| {
            let due = if waits { linger.due.min(linger.since + GRACE) } else { linger.due };
            linger.log == log && due <= now
        };
        let due: Vec<Linger> = waiting.0.extract_if(.., is_due).collect();
        for mut linger in due {
            match look_at(&linger.left, vigils) {
                // As little is known where the system does not say.
                Ok(Found::Held) | Err(_) if now < linger.end => {
                    (linger.since, linger.due) = (now, now + patience.pause.max(GRACE));
                    waiting.0.push(linger);
                    continue;
                }
                Ok(Found::Known) => vigils.forget(&linger.left.file),
                Ok(Found::Continued(text, known)) => displaced.append(text, Left { known, ..linger.left }),
                Ok(Found::Held | Found::Other) | Err(_) => {
                    vigils.forget(&linger.left.file);
                    // Where that fails it stays under its name of now, and is found at the next start.
                    let _ = displaced.keep(log, linger.left.file);
                }
            }
        }
    }
}

fn look_at(left: &Left, vigils: &Vigils) -> io::Result<Found> {
    if vigils.is_untouched(&left.file) {
        return Ok(Found::Known);
    }
    if is_held(&left.file)? {
        return Ok(Found::Held);
    }
    let text = match read_bytes(&left.file) {
        Ok(text) => text,
        // Someone has removed it.
        Err(ReadError::NotFound(_)) => return Ok(Found::Known),
        Err(error) => return Err(io::Error::other(error)),
    };
    Ok(match left.known.continued_by(&text) {
        Some("") => Found::Known,
        Some(rest) => Found::Continued(rest.to_owned(), Print::of(&text)),
        None if text.is_empty() => Found::Known,
        None => Found::Other,
    })
}

impl Drop for Waiting {
    /// What is not looked at any more in this run is looked at in the next one.
    fn drop(&mut self) {
        for linger in self.0.drain(..) {
            let _ = linger.left.file.keep();
        }
    }
}
