//! Replaces a file without losing what another program saved meanwhile.
//!
//! Compare-then-rename has a window of some microseconds in which another program's save would be lost. Exchanging
//! the two names (`RENAME_EXCHANGE`) has none: afterwards, the old file has our temporary name and can be examined.
//! If its text is not what the change was based on, the names are exchanged back. The file displaced by that is
//! examined too, because someone may have opened it meanwhile. In the end, the newest text that anyone has saved has
//! the log's name. The other file goes to [`Displaced`], which examines it once more before deleting it.
//!
//! A program that opened the old file before the exchange may still write to it. So after the exchange we first look
//! for such writers ([`writers`](super::writers)), then read the file: either we find the writer, or it has already
//! closed the file and we read everything that it wrote. A file that we wrote and that no one has opened since needs
//! no check ([`open_watcher`](super::open_watcher)).
//!
//! On systems without `RENAME_EXCHANGE` we compare and rename, and the window remains.

use std::io;
use std::path::Path;

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::{Errno, retry_on_intr};
use tempfile::TempPath;

use super::displaced::{Displaced, Fingerprint, Replaced};
use super::leftover;
use super::open_watcher::OpenWatcher;
use super::published::{Replacement, sync_folder};
use super::read::{holds, read_bytes};
use super::settle::RetryPolicy;
use super::writers::has_writer;

/// Maximum number of exchanges back and forth before the last text is kept as a copy.
const MOST: usize = 8;

/// A file to replace.
pub(super) struct Exchange<'a> {
    /// The path of the file.
    pub path: &'a Path,
    /// The text that the file should have now.
    pub before: &'a str,
    /// The file's new text.
    pub after: &'a str,
    pub watcher: &'a OpenWatcher,
    /// How long to wait for a program that has opened the new file.
    pub retry: RetryPolicy,
    /// Collects the files that are replaced.
    pub displaced: &'a mut Displaced,
}

/// What the replaced file turned out to be.
enum ReplacedState {
    /// It has the expected text, and no one can change that any more.
    Expected,
    /// Another program has it open for writing.
    Held,
    /// It has another text.
    Other,
}

impl Exchange<'_> {
    /// Moves a fully written new file into place.
    pub fn publish(mut self, new: TempPath) -> io::Result<Replacement> {
        let name = new.to_path_buf();
        self.watcher.begin(&name);
        let published = self.try_to_publish(new);
        if let Ok(Replacement::Done) = published {
            self.watcher.exchange(&name, self.path);
        }
        // Programs may still write to a file that is left, so keep watching that.
        if !self.displaced.left.iter().any(|left| *left.file == *name) {
            self.watcher.forget(&name);
        }
        published
    }

    fn try_to_publish(&mut self, new: TempPath) -> io::Result<Replacement> {
        let (path, before, after) = (self.path, self.before, self.after);
        if !self.watcher.hold(path, path, before) && !holds(path, before)? {
            return Ok(Replacement::Overtaken);
        }
        match exchange(&new, path) {
            Ok(()) => {}
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => return self.rename(new),
            Err(Errno::NOENT) => return Ok(Replacement::Overtaken),
            // The exchange may have happened despite the error: see what the file contains.
            Err(error) if !holds(path, after)? => return Err(error.into()),
            Err(_) => {}
        }
        let found =
            if self.watcher.hold(path, &new, before) { Ok(ReplacedState::Expected) } else { look(&new, before) };
        let published = match found {
            Ok(ReplacedState::Expected) => {
                self.displaced.add_known(new, before.as_bytes());
                return synced(path, after);
            }
            Ok(ReplacedState::Held) => Ok(Replacement::Held),
            Ok(ReplacedState::Other) => Ok(Replacement::Overtaken),
            Err(error) => Err(error),
        };
        self.give_back(new)?;
        published
    }

    /// Gives the log's name back to another program's file (`displaced`) after we have replaced it.
    fn give_back(&mut self, displaced: TempPath) -> io::Result<()> {
        // The text that the next exchange should displace: our own at first, then what the previous round restored.
        let mut expected = self.after.as_bytes().to_vec();
        for round in 0..MOST {
            let given = read_bytes(&displaced);
            match exchange(&displaced, self.path) {
                Ok(()) => {}
                // The name is gone: someone is deliberately replacing the file right now.
                Err(Errno::NOENT) => break,
                Err(error) => {
                    self.set_aside(displaced)?;
                    return Err(error.into());
                }
            }
            if round == 0 && self.watcher.hold(&displaced, &displaced, self.after) {
                // No one has opened our text.
                self.displaced.add_known(displaced, self.after.as_bytes());
                return Ok(());
            }
            let text = if self.wait_for_writers(&displaced)? { read_bytes(&displaced).ok() } else { None };
            match (text, given) {
                (Some(text), _) if text == expected => break,
                (Some(text), _) if round == 0 && Fingerprint::of(&expected).continued_by(&text).is_some() => {
                    let appended = String::from_utf8_lossy(&text[expected.len()..]).into_owned();
                    self.displaced.add_appended(appended, Replaced { file: displaced, known: Fingerprint::of(&text) });
                    return Ok(());
                }
                // What we displaced is newer than what we restored, or still being written: exchange again.
                (_, Ok(given)) => expected = given,
                (_, Err(_)) => break,
            }
        }
        self.set_aside(displaced)
    }

    /// Hands over a replaced file for deletion if its text is known; otherwise keeps the file as a copy.
    fn set_aside(&mut self, displaced: TempPath) -> io::Result<()> {
        let text = if self.wait_for_writers(&displaced).unwrap_or(false) { read_bytes(&displaced).ok() } else { None };
        match text.filter(|text| [self.before, self.after].iter().any(|known| known.as_bytes() == text)) {
            Some(text) => self.displaced.add_known(displaced, &text),
            None => self.displaced.keep(self.path, displaced)?,
        }
        Ok(())
    }

    /// Waits until no one has the file open for writing; returns `false` on timeout. New writers cannot appear,
    /// because no one knows the temporary name.
    fn wait_for_writers(&self, file: &Path) -> io::Result<bool> {
        for _ in 0..self.retry.attempts {
            if !has_writer(file)? {
                return Ok(true);
            }
            std::thread::sleep(self.retry.pause);
        }
        has_writer(file).map(|has_writer| !has_writer)
    }

    /// Fallback for systems without `RENAME_EXCHANGE`. A hard link keeps the old file, if the file system supports
    /// that.
    fn rename(&mut self, new: TempPath) -> io::Result<Replacement> {
        let old = leftover::second_name(&new, self.path);
        if !holds(self.path, self.before)? {
            return Ok(Replacement::Overtaken);
        }
        new.persist(self.path).map_err(|error| error.error)?;
        old.into_iter().for_each(|old| self.displaced.add_known(old, self.before.as_bytes()));
        synced(self.path, self.after)
    }
}

/// Exchanges two names atomically.
pub(super) fn exchange(one: &Path, other: &Path) -> Result<(), Errno> {
    retry_on_intr(|| renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE))
}

fn look(displaced: &Path, expected: &str) -> io::Result<ReplacedState> {
    Ok(match () {
        () if has_writer(displaced)? => ReplacedState::Held,
        () if holds(displaced, expected)? => ReplacedState::Expected,
        () => ReplacedState::Other,
    })
}

/// Syncs the folder once the new file is in place; only durability can fail at this point.
fn synced(path: &Path, after: &str) -> io::Result<Replacement> {
    match sync_folder(path) {
        Err(error) if !holds(path, after)? => Err(error),
        _ => Ok(Replacement::Done),
    }
}
