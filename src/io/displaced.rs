//! Files that our saves have replaced, which may hold text that other programs saved at the same moment.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::leftover::{self, hash};
use crate::say;
use crate::words::Sentence;

/// Identifies a text by its length in bytes and its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint {
    length: usize,
    pub hash: u64,
}

impl Fingerprint {
    pub fn of(text: &[u8]) -> Self {
        Self { length: text.len(), hash: hash(text) }
    }

    /// If `text` starts with the text of this fingerprint, the rest of it. `None` if it does not, or if the rest is
    /// not UTF-8.
    pub fn continued_by(self, text: &[u8]) -> Option<&str> {
        let (start, rest) = text.split_at_checked(self.length)?;
        std::str::from_utf8(rest).ok().filter(|_| Self::of(start) == self)
    }
}

/// A file that a save has replaced.
#[derive(Debug)]
pub(super) struct Replaced {
    pub file: TempPath,
    /// The content when last read. Safe to lose: it is in the log, we wrote it, or a program that had seen it has
    /// replaced it.
    pub known: Fingerprint,
}

/// Replaced files that may contain text of other programs. No file is deleted before its text is in the log.
#[derive(Debug, Default)]
pub(super) struct Displaced {
    /// Replaced files that other programs appended to, each with the appended text.
    appended: Vec<(String, Replaced)>,
    /// Files without new text so far; programs may still write to them.
    pub left: Vec<Replaced>,
    /// Paths of the files kept as copies beside the log.
    pub copies: Vec<PathBuf>,
}

impl Displaced {
    /// Adds a file whose text is safe to lose.
    pub fn add_known(&mut self, file: TempPath, text: &[u8]) {
        self.left.push(Replaced { file, known: Fingerprint::of(text) });
    }

    /// Adds a file with appended text that must go into the log.
    pub fn add_appended(&mut self, text: String, file: Replaced) {
        self.appended.push((text, file));
    }

    /// The text to append to the log.
    pub fn appended_text(&self) -> String {
        self.appended.iter().map(|(text, _)| text.as_str()).collect()
    }

    /// Call when the appended text is in the log.
    pub fn mark_saved(&mut self) {
        self.left.extend(self.appended.drain(..).map(|(_, file)| file));
    }

    /// Keeps the files whose text could not be appended to the log.
    pub fn keep_appended(&mut self, log: &Path) {
        for (_, left) in std::mem::take(&mut self.appended) {
            // If this fails, the file stays under its temporary name.
            let _ = self.keep(log, left.file);
        }
    }

    /// Keeps a file as a copy beside the log, or under its temporary name if moving it fails.
    pub fn keep(&mut self, log: &Path, file: TempPath) -> io::Result<()> {
        // Disarm the deletion first: this may be the only copy of the text.
        let file = file.keep()?;
        self.copies.push(leftover::keep_beside(log, &file).unwrap_or(file));
        Ok(())
    }
}

/// A message that says where the copies are; `None` if there are none.
pub fn told(copies: &[PathBuf]) -> Option<Sentence> {
    let first = copies.first()?.display();
    let more = copies.len() - 1;
    Some(Sentence::of(|language| match more {
        0 => say!(
            language,
            "Another program saved at the same time; what it wrote is in {first}",
            "另一个程序同时保存了文件；它写入的内容在 {first}"
        ),
        more => say!(
            language,
            "Other programs saved at the same time; what they wrote is in {first} and {more} more",
            "其他程序同时保存了文件；它们写入的内容在 {first} 及另外 {more} 个文件中"
        ),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_appended_text_is_told_from_another_text() {
        let known = Fingerprint::of("大a".as_bytes());
        let check = |text: &[u8], wanted| assert_eq!(known.continued_by(text), wanted, "{text:?}");
        check("大a".as_bytes(), Some(""));
        check("大ab\n".as_bytes(), Some("b\n"));
        for other in ["大", "大b", "大b\n", ""] {
            check(other.as_bytes(), None);
        }
        check(b"\xe5\xa4\xa7a\xff", None);
    }
}
