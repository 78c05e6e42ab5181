//! Putting a new file in an old one's place so that what was there is seen, not lost.
//!
//! Comparing and then renaming leaves a window of some microseconds in which another
//! program's save would vanish. Exchanging the two names at once leaves none: whatever stood
//! there now stands under our temporary name, and is looked at. If it is not what the change was
//! made on, the names are exchanged back; and what is displaced by that is looked at just the
//! same, since someone may have opened it by the log's name meanwhile, and it must be waited for.
//! In the end the newest text that anyone has saved stands under the log's name. What is left under
//! the temporary one goes to [`Displaced`]: it is looked at once more before it is removed, even if
//! it holds nothing that is not known.
//!
//! A program that opened the old file before the exchange may still write into it. Such a
//! program is looked for ([`held`](super::held)) after the exchange and before the look at
//! what was displaced: either it is found, or it has closed the file and all that it wrote
//! is seen. A file that we wrote ourselves and that no one has opened since needs no such look
//! ([`vigil`](super::vigil)).
//!
//! Where the system cannot exchange, the file is compared once more and renamed, and the
//! window stays.

use std::io;
use std::path::Path;

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::{Errno, retry_on_intr};
use tempfile::TempPath;

use super::displaced::{Displaced, Left, Print};
use super::held::is_held;
use super::leftover;
use super::published::{Published, sync_folder};
use super::read::{holds, read_bytes};
use super::settle::Patience;
use super::vigil::Vigils;

/// How often two programs may overtake one another before the last one's text is kept beside.
const MOST: usize = 8;

/// A text that is to take another one's place.
pub(super) struct Exchange<'a> {
    /// The file's name.
    pub path: &'a Path,
    /// What it should hold.
    pub before: &'a str,
    /// What it shall hold.
    pub after: &'a str,
    pub vigils: &'a Vigils,
    /// How long someone who has opened the new file is waited for.
    pub patience: Patience,
    /// Where other programs' texts go that lose their place.
    pub displaced: &'a mut Displaced,
}

/// What stands under the temporary name after an exchange.
enum Found {
    /// What was expected, and no one can write into it any more.
    Expected,
    /// Another program has it open for writing.
    Held,
    /// Another text.
    Other,
}

impl Exchange<'_> {
    /// Publishes a file that is on the disk in full.
    pub fn publish(mut self, new: TempPath) -> io::Result<Published> {
        let name = new.to_path_buf();
        self.vigils.begin(&name);
        let published = self.try_to_publish(new);
        if let Ok(Published::Done) = published {
            self.vigils.exchange(&name, self.path);
        }
        // What is still there may be written into yet.
        if !self.displaced.left.iter().any(|left| *left.file == *name) {
            self.vigils.forget(&name);
        }
        published
    }

    fn try_to_publish(&mut self, new: TempPath) -> io::Result<Published> {
        let (path, before, after) = (self.path, self.before, self.after);
        if !self.vigils.hold(path, path, before) && !holds(path, before)? {
            return Ok(Published::Overtaken);
        }
        match exchange(&new, path) {
            Ok(()) => {}
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => return self.rename(new),
            Err(Errno::NOENT) => return Ok(Published::Overtaken),
            // It may have happened all the same: what counts is what is there.
            Err(error) if !holds(path, after)? => return Err(error.into()),
            Err(_) => {}
        }
        let found = if self.vigils.hold(path, &new, before) { Ok(Found::Expected) } else { look(&new, before) };
        let published = match found {
            Ok(Found::Expected) => {
                self.displaced.leave(new, before.as_bytes());
                return synced(path, after);
            }
            Ok(Found::Held) => Ok(Published::Held),
            Ok(Found::Other) => Ok(Published::Overtaken),
            Err(error) => Err(error),
        };
        self.give_back(new)?;
        published
    }

    /// Gives another program's save its place back.
    fn give_back(&mut self, displaced: TempPath) -> io::Result<()> {
        // What is expected to be displaced next: our own text, and then what was put there in its stead.
        let mut expected = self.after.as_bytes().to_vec();
        for round in 0..MOST {
            let given = read_bytes(&displaced);
            match exchange(&displaced, self.path) {
                Ok(()) => {}
                // Nothing stands there: someone is just replacing it, and means to.
                Err(Errno::NOENT) => break,
                Err(error) => {
                    self.set_aside(displaced)?;
                    return Err(error.into());
                }
            }
            if round == 0 && self.vigils.hold(&displaced, &displaced, self.after) {
                // No one has opened it so far.
                self.displaced.leave(displaced, self.after.as_bytes());
                return Ok(());
            }
            let text = if self.is_let_go(&displaced)? { read_bytes(&displaced).ok() } else { None };
            match (text, given) {
                (Some(text), _) if text == expected => break,
                (Some(text), _) if round == 0 && Print::of(&expected).continued_by(&text).is_some() => {
                    let appended = String::from_utf8_lossy(&text[expected.len()..]).into_owned();
                    self.displaced.append(appended, Left { file: displaced, known: Print::of(&text) });
                    return Ok(());
                }
                // Newer than what stands there now, or still being written.
                (_, Ok(given)) => expected = given,
                (_, Err(_)) => break,
            }
        }
        self.set_aside(displaced)
    }

    /// Leaves what is under the temporary name if that is known, and keeps it else.
    fn set_aside(&mut self, displaced: TempPath) -> io::Result<()> {
        let text = if self.is_let_go(&displaced).unwrap_or(false) { read_bytes(&displaced).ok() } else { None };
        match text.filter(|text| [self.before, self.after].iter().any(|known| known.as_bytes() == text)) {
            Some(text) => self.displaced.leave(displaced, &text),
            None => self.displaced.keep(self.path, displaced)?,
        }
        Ok(())
    }

    /// Waits until no one has a file open for writing; `false` when someone keeps it so. No one
    /// can open it any more who does not know its temporary name.
    fn is_let_go(&self, file: &Path) -> io::Result<bool> {
        for _ in 0..self.patience.looks {
            if !is_held(file)? {
                return Ok(true);
            }
            std::thread::sleep(self.patience.pause);
        }
        is_held(file).map(|is_held| !is_held)
    }

    /// The second best. What gives way keeps a second name, where the file system has such.
    fn rename(&mut self, new: TempPath) -> io::Result<Published> {
        let old = leftover::second_name(&new, self.path);
        if !holds(self.path, self.before)? {
            return Ok(Published::Overtaken);
        }
        new.persist(self.path).map_err(|error| error.error)?;
        old.into_iter().for_each(|old| self.displaced.leave(old, self.before.as_bytes()));
        synced(self.path, self.after)
    }
}

/// Exchanges two names at once.
pub(super) fn exchange(one: &Path, other: &Path) -> Result<(), Errno> {
    retry_on_intr(|| renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE))
}

fn look(displaced: &Path, expected: &str) -> io::Result<Found> {
    Ok(match () {
        () if is_held(displaced)? => Found::Held,
        () if holds(displaced, expected)? => Found::Expected,
        () => Found::Other,
    })
}

/// The file is the new one already; what may fail is that a power cut leaves it so.
fn synced(path: &Path, after: &str) -> io::Result<Published> {
    match sync_folder(path) {
        Err(error) if !holds(path, after)? => Err(error),
        _ => Ok(Published::Done),
    }
}
