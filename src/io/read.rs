//! Reading a file as text, with errors that say what is wrong and what to do.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::Dir;

/// Why a file cannot be read as a log. One line each.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing is there.
    #[error("{0}: no such file; check the path")]
    NotFound(String),
    /// A folder, a device, a pipe.
    #[error("{0}: not a file; name a Markdown file")]
    NotAFile(String),
    /// Text in another encoding.
    #[error("{0}: this is UTF-16; save it as UTF-8 in your editor")]
    Utf16(String),
    /// Bytes that are no text in UTF-8.
    #[error("{path}: not UTF-8: the byte at offset {offset}, in line {line}; save it as UTF-8 in your editor")]
    NotUtf8 {
        /// The file.
        path: String,
        /// Bytes before the first one that is wrong.
        offset: usize,
        /// Its line, counted from 1.
        line: usize,
    },
    /// The system says no.
    #[error("{path}: cannot be read: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Reads a whole file. A byte order mark stays in the text: it is part of the file.
///
/// # Errors
/// When the path names no readable regular file, or the file is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    let name = || path.display().to_string();
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => ReadError::NotFound(name()),
        ErrorKind::NotADirectory => ReadError::NotFound(name()),
        _ => ReadError::Io { path: name(), source: error },
    };
    // Asked before it is opened: opening a pipe would wait for its writer.
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(ReadError::NotAFile(name()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(ReadError::Utf16(name()));
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let line = 1 + memchr::memchr_iter(b'\n', &error.as_bytes()[..offset]).count();
        ReadError::NotUtf8 { path: name(), offset, line }
    })
}

/// The names of what is in a folder; none when it cannot be read.
///
/// The standard library's reader ends the program when a folder cannot be closed.
pub(super) fn names(folder: &Path) -> Vec<OsString> {
    let listing = File::open(folder).and_then(|folder| Ok(Dir::read_from(folder)?));
    let entries = listing.into_iter().flatten().flatten();
    let names = entries.map(|entry| OsStr::from_bytes(entry.file_name().to_bytes()).to_owned());
    names.filter(|name| name != "." && name != "..").collect()
}
