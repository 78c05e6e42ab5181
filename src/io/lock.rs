//! An advisory lock, so that only one of our processes at a time changes a log.

use std::fs::{File, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;

use crate::say;
use crate::words::Sentence;

/// How long to wait for another process. A save takes milliseconds.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Time between two attempts.
const PAUSE: Duration = Duration::from_millis(2);

/// A held lock; released when dropped or when the process dies.
#[derive(Debug)]
pub(super) struct Lock {
    _file: Option<File>,
}

/// Waits for the lock; `None` on timeout. `file` is a separate lock file, because a save replaces the log's own file.
///
/// Without a writable state folder there is no lock: changes still work, and concurrent changes to the file are
/// noticed anyway.
pub(super) fn acquire(file: &Path) -> Option<Lock> {
    let made = file.parent().map(std::fs::create_dir_all);
    let Ok(lock) = made.unwrap_or(Ok(())).and_then(|()| open(file)) else { return Some(Lock { _file: None }) };
    let start = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Some(Lock { _file: Some(lock) }),
            Err(TryLockError::WouldBlock) if start.elapsed() < TIMEOUT => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return None,
            Err(TryLockError::Error(_)) => return Some(Lock { _file: None }),
        }
    }
}

/// Opens or creates a lock file. Does not follow links, and does not block on a pipe in its place.
///
/// # Errors
/// If the file cannot be opened, or is not a regular file.
pub(super) fn open(file: &Path) -> io::Result<File> {
    let flags = (OFlags::NONBLOCK | OFlags::NOFOLLOW).bits().cast_signed();
    let lock = File::options().write(true).create(true).truncate(false).custom_flags(flags).open(file)?;
    if lock.metadata()?.is_file() {
        return Ok(lock);
    }
    Err(io::Error::other(Sentence::of(|language| {
        say!(language, "{} is not a regular file; remove it", "{} 不是普通文件；请删除它", file.display())
    })))
}
