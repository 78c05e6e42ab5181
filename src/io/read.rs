//! Reads text files. Errors say what is wrong and what to do.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::string::FromUtf8Error;

use super::encoding::wide_encoding;
use crate::say;
use crate::words::{Language, Say};
use rustix::fs::{Dir, OFlags};

/// How many bytes to compare at a time.
const PART: usize = 256 << 10;

/// Why a file cannot be read as a log.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum ReadError {
    /// There is no such file.
    NotFound(String),
    /// A folder, device or pipe.
    NotAFile(String),
    /// A file of 4 GiB or more: bytes are counted in four bytes ([`Span`](crate::text::Span)).
    TooLarge(String),
    /// Text in UTF-16 or UTF-32.
    Wide {
        /// The file.
        path: String,
        /// The name of its encoding.
        encoding: &'static str,
    },
    /// Bytes that are not valid UTF-8.
    NotUtf8 {
        /// The file.
        path: String,
        /// Offset of the first invalid byte.
        offset: usize,
        /// The line of that byte, from 1.
        line: usize,
    },
    /// A system error.
    Io {
        /// The file.
        path: String,
        /// The error.
        source: std::io::Error,
    },
}

impl Say for ReadError {
    fn say(&self, language: Language) -> String {
        match self {
            Self::NotFound(path) => {
                say!(language, "{path}: no such file", "{path}：没有这个文件")
            }
            Self::NotAFile(path) => {
                say!(language, "{path}: not a file; open a Markdown file", "{path}：不是文件；请打开 Markdown 文件")
            }
            Self::TooLarge(path) => say!(
                language,
                "{path}: larger than 4 GiB; split it into several files and open their folder",
                "{path}：超过 4 GiB；请拆成几个文件，再打开它们所在的文件夹"
            ),
            Self::Wide { path, encoding } => say!(
                language,
                "{path}: this is {encoding}; save it as UTF-8 in your editor",
                "{path}：编码为 {encoding}；请在编辑器中另存为 UTF-8"
            ),
            Self::NotUtf8 { path, offset, line } => say!(
                language,
                "{path}: invalid UTF-8 on line {line}, at byte {offset}; save it as UTF-8 in your editor",
                "{path}：第 {line} 行不是有效的 UTF-8（字节偏移 {offset}）；请在编辑器中另存为 UTF-8"
            ),
            Self::Io { path, source } => {
                say!(language, "{path}: cannot be read: {}", "{path}：无法读取：{}", source.say(language))
            }
        }
    }
}

/// A text for display, possibly with repaired damage.
#[derive(Debug)]
pub(crate) struct DisplayText {
    /// The text, with U+FFFD for invalid bytes.
    pub text: String,
    /// The damage, if any. A damaged file is shown but never written.
    pub flaw: Option<ReadError>,
}

impl From<String> for DisplayText {
    fn from(text: String) -> Self {
        Self { text, flaw: None }
    }
}

/// Reads a whole file for display; invalid UTF-8 is replaced and reported.
///
/// # Errors
/// If the path is not a readable regular file, or the file is UTF-16 or UTF-32.
pub(crate) fn read_shown(path: &Path) -> Result<DisplayText, ReadError> {
    let (bytes, _) = read_part(path, None)?;
    shown(path, bytes)
}

fn shown(path: &Path, bytes: Vec<u8>) -> Result<DisplayText, ReadError> {
    Ok(match decoded(path, bytes)? {
        Ok(text) => DisplayText::from(text),
        Err(error) => DisplayText {
            text: String::from_utf8_lossy(error.as_bytes()).into_owned(),
            flaw: Some(not_utf8(path, error.as_bytes(), &error.utf8_error())),
        },
    })
}

/// Decodes a file's bytes. UTF-16 and UTF-32 are looked for only where there are NULs or invalid bytes, since nearly all
/// files are UTF-8.
fn decoded(path: &Path, bytes: Vec<u8>) -> Result<Result<String, FromUtf8Error>, ReadError> {
    let decoded = String::from_utf8(bytes);
    let bytes = decoded.as_ref().map_or_else(FromUtf8Error::as_bytes, String::as_bytes);
    let is_plain = decoded.is_ok() && memchr::memchr(0, bytes).is_none();
    match if is_plain { None } else { wide_encoding(bytes) } {
        Some(encoding) => Err(ReadError::Wide { path: path.display().to_string(), encoding }),
        None => Ok(decoded),
    }
}

/// Reads a whole file. A byte order mark stays, since it is part of the file.
///
/// # Errors
/// If the path is not a readable regular file, or the file is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    let (bytes, _) = read_part(path, None)?;
    decoded(path, bytes)?.map_err(|error| not_utf8(path, error.as_bytes(), &error.utf8_error()))
}

/// Whether a regular file contains exactly this text. Compares in chunks, to save memory.
///
/// # Errors
/// If the file cannot be compared. Answering `false` would blame another program for a change.
pub(crate) fn holds(path: &Path, text: &str) -> std::io::Result<bool> {
    holds_bytes(path, text.as_bytes())
}

/// Like [`holds`], for bytes.
///
/// # Errors
/// As [`holds`].
pub(super) fn holds_bytes(path: &Path, text: &[u8]) -> std::io::Result<bool> {
    let is_missing = |error: &std::io::Error| matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory);
    // The length usually decides.
    match std::fs::metadata(path) {
        Ok(file) if file.is_file() && file.len() == text.len() as u64 => {}
        Err(error) if !is_missing(&error) => return Err(error),
        _ => return Ok(false),
    }
    match open(path) {
        Ok(file) => is_read_from(file, text),
        Err(error) if is_missing(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Reads a regular file.
///
/// # Errors
/// If the path is not a regular file, or cannot be read.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    read_part(path, None).map(|(bytes, _)| bytes)
}

fn is_read_from(mut file: File, mut wanted: &[u8]) -> std::io::Result<bool> {
    let mut part = vec![0; PART];
    loop {
        let read = match file.read(&mut part) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read?,
        };
        match wanted.strip_prefix(&part[..read]) {
            Some(rest) if read > 0 => wanted = rest,
            Some(rest) => return Ok(rest.is_empty()),
            None => return Ok(false),
        }
    }
}

/// Reads at most `most` bytes from the start of a file for display, without cutting a character. Also returns the
/// size of the whole file in bytes.
///
/// # Errors
/// As [`read_shown`].
pub(crate) fn read_start(path: &Path, most: usize) -> Result<(DisplayText, u64), ReadError> {
    let (mut bytes, all) = read_part(path, Some(most))?;
    // Drop the last character if the limit has cut it.
    if bytes.len() >= most
        && let Err(error) = std::str::from_utf8(&bytes)
        && error.error_len().is_none()
    {
        bytes.truncate(error.valid_up_to());
    }
    Ok((shown(path, bytes)?, all))
}

fn not_utf8(path: &Path, bytes: &[u8], error: &std::str::Utf8Error) -> ReadError {
    let offset = error.valid_up_to();
    let line = 1 + memchr::memchr_iter(b'\n', &bytes[..offset]).count();
    ReadError::NotUtf8 { path: path.display().to_string(), offset, line }
}

/// Opens a file for reading. Does not block, in case it has become a pipe since it was examined.
fn open(path: &Path) -> std::io::Result<File> {
    File::options().read(true).custom_flags(OFlags::NONBLOCK.bits().cast_signed()).open(path)
}

/// The first `most` bytes of a file, or all of it, and the size of the whole file.
fn read_part(path: &Path, most: Option<usize>) -> Result<(Vec<u8>, u64), ReadError> {
    let name = || path.display().to_string();
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => ReadError::NotFound(name()),
        ErrorKind::NotADirectory => ReadError::NotFound(name()),
        _ => ReadError::Io { path: name(), source: error },
    };
    // Checked before opening, since even opening a device can have an effect.
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(ReadError::NotAFile(name()));
    }
    if metadata.len() >= u64::from(u32::MAX) {
        return Err(ReadError::TooLarge(name()));
    }
    let all = usize::try_from(metadata.len()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(most.map_or(all, |most| all.min(most)) + 1);
    let most = most.and_then(|most| u64::try_from(most).ok()).unwrap_or(u64::MAX);
    open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(failed)?;
    Ok((bytes, metadata.len()))
}

/// The names in a folder, as many as can be read. Unlike `std::fs::ReadDir`, does not abort the process if closing
/// the folder fails.
///
/// # Errors
/// If the folder cannot be opened.
pub(crate) fn names(folder: &Path) -> std::io::Result<Vec<OsString>> {
    let entries = Dir::read_from(File::open(folder)?)?.flatten();
    let names = entries.map(|entry| OsStr::from_bytes(entry.file_name().to_bytes()).to_owned());
    Ok(names.filter(|name| name != "." && name != "..").collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_four_gigabytes_is_refused_unread() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log.md");
        File::create(&path).and_then(|file| file.set_len(1 << 32)).expect("a sparse file");
        let refused = read_shown(&path).expect_err("too large").to_string();
        assert!(refused.ends_with("log.md: larger than 4 GiB; split it into several files and open their folder"));
    }

    #[test]
    fn a_file_is_compared_with_a_text() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log.md");
        let long = "大b".repeat(PART / 4 + 7);
        for text in ["", "a", "大", &long, &long[..PART]] {
            std::fs::write(&path, text).expect("a file");
            let mut other = text.to_owned();
            other.pop();
            for (wanted, held) in [(text, true), (&other, text.is_empty()), (&format!("{other}x"), text == "x")] {
                assert_eq!(holds(&path, wanted).expect("a file"), held, "{} {}", text.len(), wanted.len());
            }
        }
        assert!(!holds(folder.path(), "").expect("a folder"), "a folder holds no text");
        assert!(!holds(&folder.path().join("none"), "").expect("nothing"));
    }

    #[test]
    fn a_start_ends_at_a_character_boundary() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log.md");
        let check = |bytes: &[u8], most, wanted: Option<&str>| {
            std::fs::write(&path, bytes).expect("a file");
            let read = read_start(&path, most).ok().map(|(shown, all)| (shown.text, shown.flaw.is_some(), all));
            let is_damaged = wanted.is_some_and(|text| text.contains('\u{FFFD}'));
            let wanted = wanted.map(|text| (text.to_owned(), is_damaged, bytes.len() as u64));
            assert_eq!(read, wanted, "{bytes:?} {most}");
        };
        let text = "a大b";
        for (most, wanted) in [(0, ""), (1, "a"), (2, "a"), (3, "a"), (4, "a大"), (5, text), (6, text)] {
            check(text.as_bytes(), most, Some(wanted));
        }
        // A character truncated in the file itself, and an invalid byte.
        check("a大".as_bytes().split_last().expect("bytes").1, 9, Some("a\u{FFFD}"));
        check(b"a\xffb", 3, Some("a\u{FFFD}b"));
        check(b"a\xffb", 1, Some("a"));
        check(b"\xff\xfea\0", 2, None);
    }
}
