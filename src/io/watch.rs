//! Says when a file of a log may have changed, or may stand elsewhere.
//!
//! Folders are watched, not files: an editor that saves by renaming puts another file in a file's
//! place, and a watch on the file would go deaf. A watch on a folder goes deaf in the same way when
//! another folder takes its place, or when a link on the way to it is made to point elsewhere; so
//! the folders and links above are watched too, for nothing but that.
//!
//! Where the system does not report what happens, starting a watch is an error, and the files must
//! be looked at now and then.

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

/// What may have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touched {
    /// A file of the log holds something else, or is gone.
    Files,
    /// Files or folders have come or gone, or stand elsewhere: whoever listens should watch anew.
    Places,
}

/// What is to be watched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The files of the log.
    pub files: Vec<PathBuf>,
    /// Folders of which every Markdown file belongs to the log.
    pub folders: Vec<PathBuf>,
}

impl Places {
    /// The folders of the second kind, by their whole paths.
    fn whole(&self) -> BTreeSet<PathBuf> {
        self.folders.iter().map(|folder| absolute(folder)).collect()
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Whether a name in a folder of a log, that is no file of the log yet, may come to be one or hold some.
fn may_matter(name: &OsStr, is_folder: bool) -> bool {
    let is_hidden = name.as_encoded_bytes().starts_with(b".");
    !is_hidden && (is_folder || is_markdown(Path::new(name)))
}
