//! Finds out from `/proc` whether a program has a file open for writing. Without `/proc`, the answer is always
//! `false`.

use std::ffi::{CStr, OsStr, OsString};
use std::io;
use std::os::fd::BorrowedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::{AtFlags, Dir, Mode, OFlags, open, readlinkat, stat, statat};
use rustix::io::Errno;

use super::read::names;

/// Whether any process has the file open for writing.
///
/// # Errors
/// If the limit on open files prevents the search. The answer is then unknown.
pub(super) fn has_writer(file: &Path) -> io::Result<bool> {
    let wanted = match stat(file) {
        Err(Errno::NOENT) => return Ok(false),
        wanted => wanted?,
    };
    let is_it = |folder: BorrowedFd<'_>, link: &CStr| {
        // Compare names first, which is cheapest. The permissions of the link tell how the file was opened.
        readlinkat(folder, link, Vec::new()).is_ok_and(|target| {
            let target = Path::new(OsStr::from_bytes(target.as_bytes()));
            target.file_name() == file.file_name()
        }) && statat(folder, link, AtFlags::empty())
            .is_ok_and(|it| (it.st_dev, it.st_ino) == (wanted.st_dev, wanted.st_ino))
            && statat(folder, link, AtFlags::SYMLINK_NOFOLLOW).is_ok_and(|link| link.st_mode & 0o200 != 0)
    };
    let is_process = |name: &OsString| name.as_bytes().iter().all(u8::is_ascii_digit);
    let processes = match names(Path::new("/proc")) {
        Err(error) if is_exhausted(&error) => return Err(error),
        processes => processes.unwrap_or_default(),
    };
    for process in processes.into_iter().filter(is_process) {
        let folder = Path::new("/proc").join(process).join("fd");
        // Open each folder once, since there are many processes.
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let mut listing = match open(&folder, flags, Mode::empty()).and_then(Dir::new) {
            Ok(listing) => listing,
            Err(error) if is_exhausted(&error.into()) => return Err(error.into()),
            // The process has ended, or belongs to another user.
            Err(_) => continue,
        };
        while let Some(Ok(link)) = listing.next() {
            if listing.fd().is_ok_and(|folder| is_it(folder, link.file_name())) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether the limit on open files, of this process or of the system, is reached.
fn is_exhausted(error: &io::Error) -> bool {
    [Errno::MFILE, Errno::NFILE].iter().any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
}
