//! Reports when files of a log may have changed or moved.
//!
//! Watches folders, not files: an editor that saves by renaming replaces the file, and a watch on the file
//! would stay with the old one. The same happens to a watch on a folder that is replaced, or reached by a
//! link that is changed, so parent folders and links are watched for that too.
//!
//! Where the system reports no changes, starting a watch fails, and the files must be polled.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod other;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::folder::is_markdown;
#[cfg(target_os = "linux")]
pub use linux::Watch;
#[cfg(not(target_os = "linux"))]
pub use other::Watch;

/// The kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touched {
    /// The content of a file of the log may have changed, or a file is gone.
    Files,
    /// Files or folders were added, removed or moved; start a new watch.
    Places,
}

/// What to watch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The files of the log.
    pub files: Vec<PathBuf>,
    /// Folders whose Markdown files all belong to the log.
    pub folders: Vec<PathBuf>,
}

impl Places {
    /// The absolute paths of `folders`.
    fn whole(&self) -> BTreeSet<PathBuf> {
        self.folders.iter().map(|folder| absolute(folder)).collect()
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Whether a new name in a folder of the log may be a log file or contain some.
fn may_matter(name: &OsStr, is_folder: bool) -> bool {
    let is_hidden = name.as_encoded_bytes().starts_with(b".");
    !is_hidden && (is_folder || is_markdown(Path::new(name)))
}
