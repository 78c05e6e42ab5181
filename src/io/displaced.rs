//! What other programs saved in the moment of a save of ours, and what became of it.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::leftover;
use crate::say;
use crate::words::Sentence;

/// Texts of other programs that have lost their place. None of them is removed before it stands
/// in the log.
#[derive(Debug, Default)]
pub(super) struct Displaced {
    /// What was written at the end of a file of ours that had to give way, and the file itself.
    appended: Vec<(String, TempPath)>,
    /// Where the others are kept.
    pub copies: Vec<PathBuf>,
}

impl Displaced {
    /// Takes in what was appended to a file that holds our text else.
    pub fn append(&mut self, text: String, file: TempPath) {
        self.appended.push((text, file));
    }

    /// What must be appended to the log.
    pub fn owed(&self) -> String {
        self.appended.iter().map(|(text, _)| text.as_str()).collect()
    }

    /// It stands in the log.
    pub fn paid(&mut self) {
        self.appended.clear();
    }

    /// What was to be appended and could not be is kept.
    pub fn give_up(&mut self, log: &Path) {
        for (_, file) in std::mem::take(&mut self.appended) {
            // Where that fails it stays under its temporary name.
            let _ = self.keep(log, file);
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
