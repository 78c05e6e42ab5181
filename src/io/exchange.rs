//! Putting a new file in an old one's place so that what was there is seen, not lost.
//!
//! Comparing and then renaming leaves a window of some microseconds in which another
//! program's save would vanish. Exchanging the two names at once leaves none: whatever stood
//! there now stands under our temporary name, and is looked at. If it is not what the change was made on, the names are exchanged back.
//!
//! A program that opened the old file before the exchange may still write into it. Such a
//! program is looked for (on Linux, in `/proc`) after the exchange and before the look at
//! what was displaced: either it is found, or it has closed the file and all that it wrote
//! is seen.
//!
//! Where the system cannot exchange, the file is compared once more and renamed, and the
//! window stays.

use std::ffi::OsString;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::{Errno, retry_on_intr};
use tempfile::NamedTempFile;

use super::read::names;
use super::store::{Published, holds, sync_folder};
use crate::say;
use crate::words::Sentence;

/// How often names are exchanged back when others save all the time.
const ROUNDS: usize = 8;

/// Puts `new`, which holds `after` and is on the disk in full, in the place of `path`, which
/// should hold `before`.
pub(super) fn publish(path: &Path, new: NamedTempFile, before: &str, after: &str) -> io::Result<Published> {
    if !holds(path, before) {
        return Ok(Published::Overtaken);
    }
    match exchange(new.path(), path) {
        Ok(()) => {}
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => return rename(path, new, before, after),
        Err(Errno::NOENT) => return Ok(Published::Overtaken),
        // It may have happened all the same: what counts is what is there.
        Err(error) if !holds(path, after) => return Err(error.into()),
        Err(_) => {}
    }
    let is_held = is_held_by_another(new.path());
    if is_held || !holds(new.path(), before) {
        give_back(path, new, after)?;
        return Ok(if is_held { Published::Held } else { Published::Overtaken });
    }
    // The file is the new one already; what may fail is that a power cut leaves it so.
    match sync_folder(path) {
        Err(error) if !holds(path, after) => Err(error),
        _ => Ok(Published::Done),
    }
}

fn exchange(one: &Path, other: &Path) -> Result<(), Errno> {
    retry_on_intr(|| renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE))
}

/// Gives another program's save its place back. If meanwhile someone saved over ours, that
/// is the newer one, and stays.
fn give_back(path: &Path, new: NamedTempFile, after: &str) -> io::Result<()> {
    for _ in 0..ROUNDS {
        match exchange(new.path(), path) {
            Ok(()) if holds(new.path(), after) => break,
            Ok(()) => {}
            // Nothing stands there: someone is just replacing it, and means to.
            Err(Errno::NOENT) => break,
            Err(error) => {
                // What was displaced is someone's text: it must not go with the temporary file.
                let kept = new.into_temp_path().keep().map_err(|error| error.error)?;
                let text = Sentence::of(|language| {
                    let kept = kept.display();
                    say!(
                        language,
                        "{error}; another program's text is in {kept}",
                        "{error}；另一程序写入的内容在 {kept}"
                    )
                });
                return Err(io::Error::new(io::Error::from(error).kind(), text));
            }
        }
    }
    Ok(())
}

/// The second best.
fn rename(path: &Path, new: NamedTempFile, before: &str, after: &str) -> io::Result<Published> {
    if !holds(path, before) {
        return Ok(Published::Overtaken);
    }
    new.persist(path).map_err(|error| error.error)?;
    match sync_folder(path) {
        Err(error) if !holds(path, after) => Err(error),
        _ => Ok(Published::Done),
    }
}

/// Whether another process has a file open for writing, as far as `/proc` tells.
pub(super) fn is_held_by_another(file: &Path) -> bool {
    let Ok(wanted) = std::fs::metadata(file) else { return false };
    let own = std::process::id().to_string();
    let is_other = |name: &OsString| name.to_str().is_some_and(|name| name != own && name.parse::<u32>().is_ok());
    let is_it = |link: &Path| {
        // The name first, which costs least. The link's own mode tells how the file was opened.
        std::fs::read_link(link).is_ok_and(|target| target.file_name() == file.file_name())
            && std::fs::metadata(link).is_ok_and(|it| (it.dev(), it.ino()) == (wanted.dev(), wanted.ino()))
            && std::fs::symlink_metadata(link).is_ok_and(|link| link.permissions().mode() & 0o200 != 0)
    };
    names(Path::new("/proc")).into_iter().filter(is_other).any(|process| {
        let folder = Path::new("/proc").join(process).join("fd");
        names(&folder).into_iter().any(|link| is_it(&folder.join(link)))
    })
}
