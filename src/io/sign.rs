//! Whether a file can have changed since it was read, by what the system says of it: of thousands of files
//! only those are read again of which it cannot be excluded.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use super::settle::is_quiet;

/// Times that a file system keeps may be as coarse as that.
const COARSE: Duration = Duration::from_secs(2);

/// What the system says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// The file system and the file in it: the same as long as it is not replaced.
    pub inode: (u64, u64),
    length: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    is_sure: bool,
}

impl Sign {
    /// That of a file, to be taken before it is read; `None` where it is missing.
    pub fn of(path: &Path) -> Option<Self> {
        let file = std::fs::metadata(path).ok()?;
        let is_sure = is_quiet(Some(&file), COARSE) && is_quiet_by_change(&file);
        Some(Self {
            inode: (file.dev(), file.ino()),
            length: file.len(),
            modified: (file.mtime(), file.mtime_nsec()),
            changed: (file.ctime(), file.ctime_nsec()),
            is_sure,
        })
    }

    /// Whether a file with this sign now holds what it held when the other was taken.
    pub fn is_as(&self, known: Option<&Self>) -> bool {
        known.is_some_and(|known| known.is_sure && known == self)
    }
}

/// Whether a file was last changed long enough ago for the next change to have another time.
fn is_quiet_by_change(file: &Metadata) -> bool {
    let now = std::time::SystemTime::now().duration_since(std::time::SystemTime::UNIX_EPOCH).unwrap_or_default();
    let changed = u64::try_from(file.ctime()).map(Duration::from_secs).unwrap_or_default();
    now.checked_sub(changed).is_some_and(|age| age > COARSE)
}
