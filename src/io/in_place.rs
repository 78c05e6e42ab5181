//! Writing a file in place, for files that must not be replaced: those with several names,
//! with an owner or attributes that a new file cannot have, or in a folder that allows no
//! new ones. A full copy lies in the state folder until the change is verified.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::words::Say;

use super::published::{Published, sync_folder};
use super::read::holds;
use super::write_error::WriteError;
use crate::words::Sentence;

/// Writes `after` where `before` was.
pub(super) fn write<E: Say>(
    path: &Path,
    backups: &Path,
    before: &str,
    after: &str,
) -> Result<Published, WriteError<E>> {
    let failed = |source| WriteError::Io { path: path.display().to_string(), source };
    let file = OpenOptions::new().write(true).open(path).map_err(failed)?;
    let backup = back_up(path, backups, before).map_err(failed)?;
    if !holds(path, before) {
        let _ = std::fs::remove_file(&backup);
        return Ok(Published::Overtaken);
    }
    overwrite(&file, before, after).and_then(|()| verify(path, after)).map_err(|source| WriteError::HalfSaved {
        path: path.display().to_string(),
        backup: backup.display().to_string(),
        source,
    })?;
    // The change is there; a copy that cannot be removed harms nothing.
    let _ = std::fs::remove_file(&backup);
    Ok(Published::Done)
}

fn back_up(path: &Path, backups: &Path, text: &str) -> io::Result<PathBuf> {
    let name = path.file_name().map(|name| format!("{}-", name.to_string_lossy())).unwrap_or_default();
    keep(backups, &name, text)
}

/// Writes a text into a new file of a folder, so that it is on the disk.
pub(super) fn keep(folder: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(name).suffix(".md").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    let (_, kept) = file.keep().map_err(|error| error.error)?;
    sync_folder(&kept)?;
    Ok(kept)
}

/// Writes from the first byte that differs on, to the last one if the length stays.
fn overwrite(file: &File, before: &str, after: &str) -> io::Result<()> {
    let (before, after) = (before.as_bytes(), after.as_bytes());
    let start = before.iter().zip(after).take_while(|(old, new)| old == new).count();
    let same_end = if before.len() == after.len() {
        before[start..].iter().rev().zip(after[start..].iter().rev()).take_while(|(old, new)| old == new).count()
    } else {
        0
    };
    file.write_all_at(&after[start..after.len() - same_end], start as u64)?;
    if before.len() != after.len() {
        file.set_len(after.len() as u64)?;
    }
    file.sync_all()
}

fn verify(path: &Path, text: &str) -> io::Result<()> {
    if holds(path, text) {
        return Ok(());
    }
    let other = Sentence::new(
        "what is on the disk is not what was written".to_owned(),
        "磁盘上的内容与写入的不一致".to_owned(),
    );
    Err(io::Error::other(other))
}
