//! The built-in sample log. It is opened as a temporary copy, so that users can safely try things out.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::words::Language;

/// The sample's display name.
pub const NAME: &str = "sample.md";

/// The Chinese sample.
pub const TEXT: &str = include_str!("../../assets/sample.md");

/// The English sample.
pub const ENGLISH: &str = include_str!("../../assets/sample.en.md");

macro_rules! pictures {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../assets/pic/", $name)))),*]
    };
}

/// The sample's pictures, by file name.
const PICTURES: &[(&str, &[u8])] =
    pictures!["attention_mask.png", "contrastive.png", "lora.png", "rag.png", "scaling_laws.png", "transformer.png",];

/// A copy of the sample, deleted when dropped.
#[derive(Debug)]
pub struct Sample {
    folder: TempDir,
}

impl Sample {
    /// The path of the copied log.
    pub fn path(&self) -> PathBuf {
        path(self.folder.path())
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

/// Copies the sample in this language to a new temporary folder.
///
/// # Errors
/// If the folder cannot be created or written.
pub fn copy(language: Language) -> io::Result<Sample> {
    let folder = tempfile::Builder::new().prefix("papers-tui-sample-").tempdir()?;
    std::fs::write(path(folder.path()), language.pick(ENGLISH, TEXT))?;
    let pictures = folder.path().join("pic");
    std::fs::create_dir(&pictures)?;
    for (name, bytes) in PICTURES {
        std::fs::write(pictures.join(name), bytes)?;
    }
    Ok(Sample { folder })
}
