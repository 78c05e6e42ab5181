//! Our own processes take turns at a log.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

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
    let Ok(lock) =
        made.unwrap_or(Ok(())).and_then(|()| File::options().write(true).create(true).truncate(false).open(file))
    else {
        return Some(Turn { _file: None });
    };
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
