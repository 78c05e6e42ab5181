//! Reports when files of a log may have changed or moved.
//!
//! Watches folders, not files: an editor that saves by renaming replaces the file, and a watch on the file would stay
//! with the old one. A watch on a folder has the same problem if the folder is replaced, or reached through a link
//! that changes, so parent folders and links are watched too.
//!
//! Where the system reports no changes, starting a watch fails, and the caller must poll the files.

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
    /// The content of a file of the log may have changed, or a file may be gone.
    Files,
    /// Files or folders were added, removed or moved; the caller should start a new watch.
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
    /// The absolute paths of [`folders`](Self::folders).
    fn whole(&self) -> BTreeSet<PathBuf> {
        self.folders.iter().map(|folder| absolute(folder)).collect()
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Whether a name that appeared in a folder of the log may be a file of the log, or a folder that contains some.
fn may_matter(name: &OsStr, is_folder: bool) -> bool {
    let is_hidden = name.as_encoded_bytes().starts_with(b".");
    !is_hidden && (is_folder || is_markdown(Path::new(name)))
}
