//! Putting a new file in an old one's place so that what was there is seen, not lost.
//!
//! Comparing and then renaming leaves a window of some microseconds in which another
//! program's save would vanish. Exchanging the two names at once leaves none: whatever stood
//! there now stands under our temporary name, and is looked at. If it is not what the change was made on, the names are exchanged back.
//!
//! A program that opened the old file before the exchange may still write into it. Such a
//! program is looked for (on Linux, in `/proc`) after the exchange and before the look at
//! what was displaced: either it is found, or it has closed the file and all that it wrote
//! is seen. A file that we wrote ourselves and that no one has opened since needs no such look
//! ([`vigil`](super::vigil)).
//!
//! Where the system cannot exchange, the file is compared once more and renamed, and the
//! window stays.

use std::ffi::{CStr, OsStr, OsString};
use std::io;
use std::os::fd::BorrowedFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, Dir, Mode, OFlags, RenameFlags, open, readlinkat, renameat_with, statat};
use rustix::io::{Errno, retry_on_intr};
use tempfile::NamedTempFile;

use super::published::{Published, sync_folder};
use super::read::{holds, names};
use super::vigil::Vigils;
use crate::say;
use crate::words::Sentence;

/// Puts `new`, which holds `after` and is on the disk in full, in the place of `path`, which
/// should hold `before`.
pub(super) fn publish(
    path: &Path,
    new: NamedTempFile,
    before: &str,
    after: &str,
    vigils: &Vigils,
) -> io::Result<Published> {
    let name = new.path().to_owned();
    vigils.begin(&name);
    let published = try_to_publish(path, new, before, after, vigils);
    match published {
        Ok(Published::Done) => vigils.settle(&name, path),
        _ => vigils.forget(&name),
    }
    published
}

fn try_to_publish(
    path: &Path,
    new: NamedTempFile,
    before: &str,
    after: &str,
    vigils: &Vigils,
) -> io::Result<Published> {
    if !vigils.hold(path, path, before) && !holds(path, before) {
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
    let is_untouched = vigils.hold(path, new.path(), before);
    let is_held = !is_untouched && is_held(new.path());
    if is_held || !is_untouched && !holds(new.path(), before) {
        let is_known = |displaced: &Path| !is_held && holds(displaced, before);
        give_back(path, new, after, is_known)?;
        return Ok(if is_held { Published::Held } else { Published::Overtaken });
    }
    // The file is the new one already; what may fail is that a power cut leaves it so.
    match sync_folder(path) {
        Err(error) if !holds(path, after) => Err(error),
        _ => Ok(Published::Done),
    }
}

/// Exchanges two names at once.
pub(super) fn exchange(one: &Path, other: &Path) -> Result<(), Errno> {
    retry_on_intr(|| renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE))
}

/// Gives another program's save its place back. If meanwhile someone saved over ours, or into
/// it, that is the newer one and stays; then what was displaced is kept beside it, unless its
/// text is known.
fn give_back(path: &Path, new: NamedTempFile, after: &str, is_known: impl Fn(&Path) -> bool) -> io::Result<()> {
    let failed = match exchange(new.path(), path) {
        Ok(()) if holds(new.path(), after) => return Ok(()),
        Ok(()) => exchange(new.path(), path).err(),
        // Nothing stands there: someone is just replacing it, and means to.
        Err(Errno::NOENT) => None,
        Err(error) => Some(error),
    };
    if failed.is_none() && is_known(new.path()) {
        return Ok(());
    }
    let kept = conflict_copy(path);
    new.persist_noclobber(&kept).map_err(|error| error.error)?;
    let text = Sentence::of(|language| {
        let kept = kept.display();
        let reason = failed.map(|error| error.to_string());
        let reason = reason
            .unwrap_or_else(|| language.pick("two other programs saved it at once", "另有两个程序同时保存").to_owned());
        say!(language, "{reason}; the text of one is in {kept}", "{reason}；其中一个写入的内容在 {kept}")
    });
    Err(io::Error::other(text))
}

/// A name beside the file for a text that has lost its place. It is told like those which sync
/// programs make.
fn conflict_copy(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    path.with_file_name(format!("{stem} (conflicted copy {}).md", now.as_nanos()))
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

/// Whether a file is open for writing in any process, as far as `/proc` tells.
pub(super) fn is_held(file: &Path) -> bool {
    let Ok(wanted) = std::fs::metadata(file) else { return false };
    let is_it = |folder: BorrowedFd<'_>, link: &CStr| {
        // The name first, which costs least. The link's own mode tells how the file was opened.
        readlinkat(folder, link, Vec::new()).is_ok_and(|target| {
            let target = Path::new(OsStr::from_bytes(target.as_bytes()));
            target.file_name() == file.file_name()
        }) && statat(folder, link, AtFlags::empty())
            .is_ok_and(|it| (it.st_dev, it.st_ino) == (wanted.dev(), wanted.ino()))
            && statat(folder, link, AtFlags::SYMLINK_NOFOLLOW).is_ok_and(|link| link.st_mode & 0o200 != 0)
    };
    let is_process = |name: &OsString| name.as_bytes().iter().all(u8::is_ascii_digit);
    names(Path::new("/proc")).into_iter().filter(is_process).any(|process| {
        let folder = Path::new("/proc").join(process).join("fd");
        // There are many processes: each folder is opened once.
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let Ok(mut listing) = open(&folder, flags, Mode::empty()).and_then(Dir::new) else { return false };
        while let Some(Ok(link)) = listing.next() {
            if listing.fd().is_ok_and(|folder| is_it(folder, link.file_name())) {
                return true;
            }
        }
        false
    })
}
