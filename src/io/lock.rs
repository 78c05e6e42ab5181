//! Our own processes take turns at a log.

use std::fs::{File, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;

use crate::say;
use crate::words::Sentence;

/// How long another process of ours is waited for. A save takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(2);

/// A turn at a log; it ends when this is dropped, or the process dies.
#[derive(Debug)]
pub(super) struct Turn {
    _file: Option<File>,
}

/// Waits for a turn; `None` when another process of ours does not end its own. The lock is on a file
/// of its own, since a save puts another file in the log's place.
///
/// Where the state folder allows no files there is no lock: the log can be changed all the
/// same, and what others do to it is noticed in any case.
pub(super) fn take(file: &Path) -> Option<Turn> {
    let made = file.parent().map(std::fs::create_dir_all);
    let Ok(lock) = made.unwrap_or(Ok(())).and_then(|()| open(file)) else { return Some(Turn { _file: None }) };
    let start = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Some(Turn { _file: Some(lock) }),
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return None,
            Err(TryLockError::Error(_)) => return Some(Turn { _file: None }),
        }
    }
}

/// Opens a file that locks are taken on, and makes it if there is none. What else may stand there is never
/// waited for, nor followed elsewhere: opening a pipe would wait for someone at its other end.
///
/// # Errors
/// When it cannot be opened, or is no file.
pub(super) fn open(file: &Path) -> io::Result<File> {
    let flags = (OFlags::NONBLOCK | OFlags::NOFOLLOW).bits().cast_signed();
    let lock = File::options().write(true).create(true).truncate(false).custom_flags(flags).open(file)?;
    if lock.metadata()?.is_file() {
        return Ok(lock);
    }
    Err(io::Error::other(Sentence::of(|language| {
        say!(language, "{} is no file; remove it", "{} 不是普通文件；请将它删除", file.display())
    })))
}
