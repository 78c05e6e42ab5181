//! Overwrites a file in place, for files that must not be replaced: those with several hard links, with an owner or
//! attributes that a new file cannot have, or in a read-only folder. The old text and the new one stay in the state
//! folder until the write is verified: with both, [`torn`] finishes a write that a kill has interrupted.
//!
//! Text that others append meanwhile is kept, except in the few microseconds between the last check of
//! the length and the write.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

use crate::words::Say;

use super::leftover::backup_name;
use super::published::{Replacement, sync_folder};
use super::read::{holds, read_bytes};
use super::torn;
use super::write_error::WriteError;
use crate::words::Sentence;

/// Replaces `before` with `after`, unless the file has changed.
pub(super) fn write<E: Say>(
    path: &Path,
    state: &Path,
    before: &str,
    after: &str,
) -> Result<Replacement, WriteError<E>> {
    let failed = |source| WriteError::Io { path: path.display().to_string(), source };
    let file = OpenOptions::new().read(true).write(true).open(path).map_err(failed)?;
    let kept = |folder: &str, text| {
        let folder = state.join(folder);
        keep(&folder, &backup_name(path, before, after), text).map_err(|source| WriteError::NoBackup {
            path: path.display().to_string(),
            folder: folder.display().to_string(),
            source,
        })
    };
    let backup = kept(torn::BACKUPS, before)?;
    let new = kept(torn::FOLDER, after).inspect_err(|_| drop(std::fs::remove_file(&backup)))?;
    // Files that cannot be removed are harmless; the next start removes them.
    let remove = || [&new, &backup].into_iter().for_each(|file| drop(std::fs::remove_file(file)));
    let is_as_long = || file.metadata().map(|now| now.len() == before.len() as u64);
    // Check the length last: while we compare a long text, someone may append to the file.
    match holds(path, before).and_then(|holds| Ok(holds && is_as_long()?)) {
        Ok(true) => {}
        other => {
            remove();
            return other.map(|_| Replacement::Overtaken).map_err(failed);
        }
    }
    let written = overwrite(&file, before, after).and_then(|()| verify(path, &file, after));
    let published = written.map_err(|source| WriteError::HalfSaved {
        path: path.display().to_string(),
        backup: backup.display().to_string(),
        source,
    })?;
    remove();
    Ok(published)
}

/// Writes text to a new file in `folder` and syncs it. The file's name starts with `name`.
pub(super) fn keep(folder: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(name).suffix(".md").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    let (_, kept) = file.keep().map_err(|error| error.error)?;
    sync_folder(&kept)?;
    Ok(kept)
}

/// Writes only the bytes that differ.
fn overwrite(file: &File, before: &str, after: &str) -> io::Result<()> {
    let (before, after) = (before.as_bytes(), after.as_bytes());
    let start = before.iter().zip(after).take_while(|(old, new)| old == new).count();
    let same_end = if before.len() == after.len() {
        before[start..].iter().rev().zip(after[start..].iter().rev()).take_while(|(old, new)| old == new).count()
    } else {
        0
    };
    file.write_all_at(&after[start..after.len() - same_end], start as u64)?;
    // A longer text needs no `set_len`, which would cut off what others append.
    if after.len() < before.len() {
        let mut appended = vec![0; usize::try_from(file.metadata()?.len()).unwrap_or(0).saturating_sub(before.len())];
        file.read_exact_at(&mut appended, before.len() as u64)?;
        file.write_all_at(&appended, after.len() as u64)?;
        file.set_len((after.len() + appended.len()) as u64)?;
    }
    file.sync_all()
}

/// Checks that the file starts with `text` (others may have appended) and has not been replaced
/// meanwhile.
fn verify(path: &Path, file: &File, text: &str) -> io::Result<Replacement> {
    let (ours, there) = (file.metadata()?, std::fs::metadata(path)?);
    if (ours.dev(), ours.ino()) != (there.dev(), there.ino()) {
        return Ok(Replacement::Overtaken);
    }
    if holds(path, text)? || read_bytes(path).is_ok_and(|now| now.starts_with(text.as_bytes())) {
        return Ok(Replacement::Done);
    }
    let other = Sentence::new(
        "the file on disk differs from what was written".to_owned(),
        "磁盘上的内容与写入的内容不一致".to_owned(),
    );
    Err(io::Error::other(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::edit::Refusal;

    #[test]
    fn a_backup_that_cannot_be_written_names_its_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, state) = (folder.path().join("log.md"), folder.path().join("state"));
        std::fs::write(&path, "- [ ] Elk\n").expect("a file");
        // A file in place of the state folder; permissions would not stop root.
        std::fs::write(&state, "").expect("a file");
        let Err(error) = write::<Refusal>(&path, &state, "- [ ] Elk\n", "- [x] Elk\n") else {
            panic!("written without a backup")
        };
        let said = error.to_string();
        assert!(said.contains("log.md: not saved: the backup cannot be written to "), "{said}");
        assert!(said.contains("state/backups: "), "{said}");
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), "- [ ] Elk\n");
    }

    #[test]
    fn text_appended_by_others_survives_a_shorter_rewrite() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log.md");
        let before = "- [ ] Elk\n- [ ] Owl\n";
        for after in ["- [ ] Owl\n", "- [x] Elk\n- [ ] Owl\n", ""] {
            std::fs::write(&path, format!("{before}theirs\n")).expect("a file");
            let file = OpenOptions::new().read(true).write(true).open(&path).expect("a file");
            overwrite(&file, before, after).expect("a disk that works");
            assert_eq!(std::fs::read_to_string(&path).expect("a file"), format!("{after}theirs\n"));
            assert!(matches!(verify(&path, &file, after), Ok(Replacement::Done)));
        }
    }
}
