//! What other programs saved in the moment of a save of ours, and what became of it.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::leftover::{self, hash};
use crate::say;
use crate::words::Sentence;

/// A text by its length in bytes and its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Print {
    length: usize,
    pub hash: u64,
}

impl Print {
    pub fn of(text: &[u8]) -> Self {
        Self { length: text.len(), hash: hash(text) }
    }

    /// What follows on this text, if another one begins with it and is text to its end.
    pub fn continued_by(self, text: &[u8]) -> Option<&str> {
        let (start, rest) = text.split_at_checked(self.length)?;
        std::str::from_utf8(rest).ok().filter(|_| Self::of(start) == self)
    }
}

/// A file that has lost its place.
#[derive(Debug)]
pub(super) struct Left {
    pub file: TempPath,
    /// What it held when it was last looked at. That is in the log, or was ours, or was replaced
    /// by someone who had seen it.
    pub known: Print,
}

/// Texts of other programs that have lost their place. None of them is removed before it stands
/// in the log.
#[derive(Debug, Default)]
pub(super) struct Displaced {
    /// What was written at the end of a file that had to give way, and the file itself.
    appended: Vec<(String, Left)>,
    /// What holds nothing that is not known, and may be written into yet.
    pub left: Vec<Left>,
    /// Where the others are kept.
    pub copies: Vec<PathBuf>,
}

impl Displaced {
    /// Takes in a file that holds this text, which is known.
    pub fn leave(&mut self, file: TempPath, text: &[u8]) {
        self.left.push(Left { file, known: Print::of(text) });
    }

    /// Takes in what was appended to a file that holds what is known else.
    pub fn append(&mut self, text: String, file: Left) {
        self.appended.push((text, file));
    }

    /// What must be appended to the log.
    pub fn owed(&self) -> String {
        self.appended.iter().map(|(text, _)| text.as_str()).collect()
    }

    /// It stands in the log.
    pub fn paid(&mut self) {
        self.left.extend(self.appended.drain(..).map(|(_, file)| file));
    }

    /// What was to be appended and could not be is kept.
    pub fn give_up(&mut self, log: &Path) {
        for (_, left) in std::mem::take(&mut self.appended) {
            // Where that fails it stays under its temporary name.
            let _ = self.keep(log, left.file);
        }
    }

    /// Keeps a file beside the log.
    pub fn keep(&mut self, log: &Path, file: TempPath) -> io::Result<()> {
        // Whatever happens, it is not removed: no one else has what is in it.
        let file = file.keep()?;
        self.copies.push(leftover::keep_beside(log, &file).unwrap_or(file));
        Ok(())
    }
}

/// Says where copies are that were kept.
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
    fn what_follows_on_a_text_is_told_from_another_text() {
        let known = Print::of("大a".as_bytes());
        let check = |text: &[u8], wanted| assert_eq!(known.continued_by(text), wanted, "{text:?}");
        check("大a".as_bytes(), Some(""));
        check("大ab\n".as_bytes(), Some("b\n"));
        for other in ["大", "大b", "大b\n", ""] {
            check(other.as_bytes(), None);
        }
        check(b"\xe5\xa4\xa7a\xff", None);
    }
}
