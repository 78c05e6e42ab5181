//! Files that are missing, empty or half written: how long to wait, since another program may be saving them, and what
//! to tell the user then.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::say;
use crate::words::Sentence;

/// Debounce: a touched file is read once it has been quiet for this long.
pub(super) const DEBOUNCE: Duration = Duration::from_millis(120);
/// A file missing or empty for less than this may be in the middle of a save.
pub(super) const GRACE: Duration = Duration::from_secs(2);
/// The polling interval, if the system does not report changes.
pub(super) const POLL_INTERVAL: Duration = Duration::from_secs(3);

/// A file or folder that is missing, empty or half written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unavailable {
    /// When that was first noticed.
    pub since: Instant,
    is_told: bool,
}

/// What to do next about an unavailable file.
pub(super) struct Next {
    /// How long to wait before checking again, since the file may recover without a report.
    pub pause: Duration,
    /// Whether to tell the user now.
    pub is_told: bool,
}

impl Unavailable {
    pub fn new() -> Self {
        Self { since: Instant::now(), is_told: false }
    }

    /// Like [`new`](Self::new), if the user has been told already.
    pub fn already_told() -> Self {
        Self { since: Instant::now(), is_told: true }
    }

    /// Call when the file is still unavailable. The user is told once, after [`GRACE`], or immediately if they asked
    /// for a reload (`asked`).
    pub fn check_again(&mut self, asked: bool) -> Next {
        let is_late = self.since.elapsed() >= GRACE;
        let is_told = asked || is_late && !self.is_told;
        self.is_told |= is_told;
        Next { pause: if is_late { POLL_INTERVAL } else { DEBOUNCE }, is_told }
    }
}

/// Why a file is not used yet: it is empty, much shorter than before, or has just changed.
pub(super) fn unsettled(name: &str, is_empty: bool) -> Sentence {
    Sentence::of(|language| match is_empty {
        true => say!(language, "{name}: the file is empty", "{name}：文件为空"),
        false => say!(language, "{name}: another program seems to be writing it", "{name}：似乎有其他程序正在写入"),
    })
}

/// Why the last known text is still shown: the file or folder is missing.
pub(super) fn missing(path: &Path) -> Sentence {
    let path = path.display();
    Sentence::of(|language| say!(language, "{path}: no longer there", "{path}：已不存在"))
}
