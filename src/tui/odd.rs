//! Files that are missing, empty or half written: for how long they are taken for files that are being saved,
//! and what is said of them then.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::say;
use crate::words::Sentence;

/// After a file was touched, how long nothing more must happen before it is read.
pub(super) const QUIET: Duration = Duration::from_millis(120);
/// How long a file that is missing, or empty, is taken for one that is being written.
pub(super) const GRACE: Duration = Duration::from_secs(2);
/// How often files are looked at where the system does not report what happens to them.
pub(super) const LOOK: Duration = Duration::from_secs(3);

/// Something that cannot be taken as it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Odd {
    /// Since when.
    pub since: Instant,
    is_told: bool,
}

/// What follows from it.
pub(super) struct Next {
    /// How long to wait before the next look: it may be as it should be at any time, and nobody may report that.
    pub pause: Duration,
    /// Whether it is told now.
    pub is_told: bool,
}

impl Odd {
    pub fn new() -> Self {
        Self { since: Instant::now(), is_told: false }
    }

    /// It is still so, and told once it has been for some time, or when it is `asked` for.
    pub fn go_on(&mut self, asked: bool) -> Next {
        let is_late = self.since.elapsed() >= GRACE;
        let is_told = asked || is_late && !self.is_told;
        self.is_told |= is_told;
        Next { pause: if is_late { LOOK } else { QUIET }, is_told }
    }
}

/// Why a file is not taken as it is.
pub(super) fn unsettled(name: &str, is_empty: bool) -> Sentence {
    Sentence::of(|language| match is_empty {
        true => say!(language, "{name}: the file is empty", "{name}：文件为空"),
        false => say!(language, "{name}: another program seems to be writing it", "{name}：似乎有其他程序正在写入"),
    })
}

/// Why what is known is kept.
pub(super) fn missing(path: &Path) -> Sentence {
    let path = path.display();
    Sentence::of(|language| say!(language, "{path}: no longer there", "{path}：已不存在"))
}
