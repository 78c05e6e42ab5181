//! How publishing a text ends, and what tells.

use std::fs::File;
use std::io;
use std::path::Path;

/// How an attempt to publish a text ended.
pub(super) enum Published {
    /// It is on the disk.
    Done,
    /// The file is not what the change was made on any more.
    Overtaken,
    /// Another program has it open for writing: a file in its place would miss what it writes.
    Held,
}

/// Brings a new name in a folder to the disk.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder_of(path))?.sync_all()
}

/// The folder that a file stands in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
