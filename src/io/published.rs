//! The result of replacing a file, and helpers for its folder.

use std::fs::File;
use std::io;
use std::path::Path;

/// The result of replacing a file.
pub(super) enum Replacement {
    /// The new text is on disk.
    Done,
    /// The file has changed since the change was computed.
    Overtaken,
    /// Another program has the file open for writing; replacing it would lose what the program writes.
    Held,
}

/// Syncs the folder of a file, so that its new name survives a power cut.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder_of(path))?.sync_all()
}

/// The folder of a file.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
