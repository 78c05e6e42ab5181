//! File metadata that shows whether a file may have changed since it was read, so that only changed files are read
//! again, not thousands.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use super::settle::is_quiet;

/// The coarsest resolution in which file systems store times.
const COARSE: Duration = Duration::from_secs(2);

/// Metadata of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStamp {
    /// Device and inode: they change when the file is replaced.
    pub inode: (u64, u64),
    length: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    is_sure: bool,
}

impl FileStamp {
    /// Reads the metadata; call it before reading the file. `None` if the file is missing.
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

    /// Whether the content is certain to be the same as when `known` was taken.
    pub fn is_as(&self, known: Option<&Self>) -> bool {
        known.is_some_and(|known| known.is_sure && known == self)
    }
}

/// Whether the last inode change is so old that the next is certain to get a different time.
fn is_quiet_by_change(file: &Metadata) -> bool {
    let now = std::time::SystemTime::now().duration_since(std::time::SystemTime::UNIX_EPOCH).unwrap_or_default();
    let changed = u64::try_from(file.ctime()).map(Duration::from_secs).unwrap_or_default();
    now.checked_sub(changed).is_some_and(|age| age > COARSE)
}
