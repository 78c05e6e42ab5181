//! The built-in sample log, opened as a copy so that trying things harms nothing.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// What the sample is called on the screen.
pub const NAME: &str = "sample.md";

/// The sample's text.
pub const TEXT: &str = include_str!("../../assets/sample.md");

macro_rules! pictures {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../assets/pic/", $name)))),*]
    };
}

/// The sample's pictures by the names of their files.
const PICTURES: &[(&str, &[u8])] =
    pictures!["attention_mask.png", "contrastive.png", "lora.png", "rag.png", "scaling_laws.png", "transformer.png",];

/// A copy of the sample; removed when dropped.
#[derive(Debug)]
pub struct Sample {
    folder: TempDir,
}

impl Sample {
    /// The log of the copy.
    pub fn path(&self) -> PathBuf {
        path(self.folder.path())
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

/// Writes a copy into a new temporary folder.
///
/// # Errors
/// When no such folder can be made, or it cannot be written to.
pub fn copy() -> io::Result<Sample> {
    let folder = tempfile::Builder::new().prefix("papers-tui-sample-").tempdir()?;
    std::fs::write(path(folder.path()), TEXT)?;
    let pictures = folder.path().join("pic");
    std::fs::create_dir(&pictures)?;
    for (name, bytes) in PICTURES {
        std::fs::write(pictures.join(name), bytes)?;
    }
    Ok(Sample { folder })
}
