//! Creates files for new entries, and deletes those files on undo. Never overwrites a file, and never deletes one
//! that has been changed.

use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::leftover;
use super::published::{folder_of, sync_folder};
use super::read::{holds, read_bytes};
use super::write_error::WriteError;
use super::writers::has_writer;
use crate::log::edit::{OwnFile, Refusal};

type Failed = WriteError<Refusal>;

/// Resolves the path of a file, which is relative to the log file `anchor`. Does not follow symbolic links.
pub fn path_of(anchor: &Path, file: &OwnFile) -> PathBuf {
    let mut folder = anchor.parent().unwrap_or(Path::new("")).to_owned();
    for _ in 0..file.up {
        if folder.file_name().is_none() || !folder.pop() {
            folder.push("..");
        }
    }
    folder.join(&file.down)
}

/// Creates a file. It is fully written before it gets its name.
///
/// # Errors
/// If the name is taken, or if writing fails.
pub(super) fn make(anchor: &Path, file: &OwnFile) -> Result<(), Failed> {
    let path = path_of(anchor, file);
    let failed = |source| WriteError::Io { path: path.display().to_string(), source };
    if path.symlink_metadata().is_ok() {
        return Err(exists(&path));
    }
    let folder = folder_of(&path);
    std::fs::create_dir_all(folder).map_err(failed)?;
    // Readable only by those who can read the log.
    let mode = std::fs::metadata(anchor).map_or(0o666, |anchor| anchor.mode() & 0o666);
    let written = leftover::temp_file(mode, folder).and_then(|mut new| {
        new.write_all(file.text.as_bytes())?;
        new.as_file().sync_all()?;
        Ok(new)
    });
    let made = match written.map(|new| new.persist_noclobber(&path)) {
        Ok(Ok(made)) => made,
        Ok(Err(error)) if error.error.kind() == ErrorKind::AlreadyExists => return Err(exists(&path)),
        Ok(Err(tempfile::PersistError { error, .. })) | Err(error) => {
            remove_folders(folder, file.folders);
            return Err(failed(error));
        }
    };
    drop(made);
    let checked = sync_folder(&path).map_err(failed).and_then(|()| match holds(&path, &file.text) {
        Ok(true) => Ok(()),
        Ok(false) => Err(WriteError::Unsettled(path.display().to_string())),
        Err(error) => Err(failed(error)),
    });
    kept_if(checked, anchor, file)
}

/// After a file was created: deletes it again if a check failed, since the error says that nothing was changed. A file
/// that another program has written since stays.
fn kept_if(checked: Result<(), Failed>, anchor: &Path, file: &OwnFile) -> Result<(), Failed> {
    if checked.is_err() {
        // The first error is the one to report.
        let _ = remove(anchor, file);
    }
    checked
}

/// Whether there is a file to delete: `false` if it is gone already.
///
/// # Errors
/// If the file's text has changed, or someone is writing to the file.
pub(super) fn can_remove(anchor: &Path, file: &OwnFile) -> Result<bool, Failed> {
    let path = path_of(anchor, file);
    let failed = |source| WriteError::Io { path: path.display().to_string(), source };
    match path.symlink_metadata() {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(false),
        Err(error) => return Err(failed(error)),
        Ok(there) if !there.is_file() => return Err(rewritten(&path)),
        Ok(_) => {}
    }
    if has_writer(&path).map_err(failed)? {
        return Err(WriteError::Unsettled(path.display().to_string()));
    }
    if holds(&path, &file.text).map_err(failed)? { Ok(true) } else { Err(rewritten(&path)) }
}

/// Deletes a file, and the folders created for it. The file is first renamed, to catch concurrent writes; if there
/// are any, it gets its name back.
///
/// # Errors
/// As [`can_remove`].
pub(super) fn remove(anchor: &Path, file: &OwnFile) -> Result<(), Failed> {
    if !can_remove(anchor, file)? {
        return Ok(());
    }
    let path = path_of(anchor, file);
    let failed = |source| WriteError::Io { path: path.display().to_string(), source };
    let apart = move_aside(&path, &file.text).map_err(failed)?;
    let is_known =
        !has_writer(&apart).unwrap_or(true) && read_bytes(&apart).is_ok_and(|text| text == file.text.as_bytes());
    if !is_known {
        // If the name is taken again, this file stays under its temporary name.
        let _ = renameat_with(CWD, &apart, CWD, &path, RenameFlags::NOREPLACE);
        return Err(rewritten(&path));
    }
    std::fs::remove_file(&apart).map_err(failed)?;
    // If this fails, a power cut may bring the file back; nothing worse.
    let _ = sync_folder(&path);
    remove_folders(folder_of(&path), file.folders);
    Ok(())
}

/// Gives a file that is about to be deleted the name of a temporary file, so that the clean-up after a kill examines
/// it before deleting it.
fn move_aside(path: &Path, text: &str) -> io::Result<PathBuf> {
    let place = leftover::temp_file(0o600, folder_of(path))?.into_temp_path();
    let place = leftover::mark_for_exchange(place, path, text.as_bytes(), text.as_bytes())?;
    std::fs::rename(path, &place)?;
    place.keep().map_err(|error| error.error)
}

/// Deletes `folder` and the folders above it, up to `count` in all, as long as they are empty.
fn remove_folders(folder: &Path, count: usize) {
    for folder in folder.ancestors().take(count) {
        if std::fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

fn exists(path: &Path) -> Failed {
    WriteError::Refused(Refusal::Exists(path.display().to_string()))
}

fn rewritten(path: &Path) -> Failed {
    WriteError::Refused(Refusal::Rewritten(path.display().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(down: &str, folders: usize) -> OwnFile {
        OwnFile { up: 0, down: down.into(), folders, title: "Emu".into(), text: "# Emu\n".into() }
    }

    #[test]
    fn a_file_is_created_once_and_removed_only_if_unchanged() {
        let folder = tempfile::tempdir().expect("a folder");
        let anchor = folder.path().join("log.md");
        std::fs::write(&anchor, "x").expect("a file");
        let emu = file("2031/05/emu.md", 2);
        make(&anchor, &emu).expect("made");
        let path = path_of(&anchor, &emu);
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), emu.text);
        assert!(matches!(make(&anchor, &emu), Err(WriteError::Refused(Refusal::Exists(_)))));
        std::fs::write(&path, "# Emus\n").expect("a file");
        assert!(matches!(remove(&anchor, &emu), Err(WriteError::Refused(Refusal::Rewritten(_)))));
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), "# Emus\n");
        std::fs::write(&path, &emu.text).expect("a file");
        remove(&anchor, &emu).expect("removed");
        assert_eq!(super::super::read::names(folder.path()).expect("names"), ["log.md"]);
        remove(&anchor, &emu).expect("gone already");
    }

    #[test]
    fn a_file_whose_check_fails_is_not_left_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let (anchor, emu) = (folder.path().join("log.md"), file("2031/emu.md", 1));
        std::fs::write(&anchor, "x").expect("a file");
        let fails = || Err(WriteError::Unsettled("emu.md".into()));
        make(&anchor, &emu).expect("made");
        assert!(matches!(kept_if(fails(), &anchor, &emu), Err(WriteError::Unsettled(_))));
        assert_eq!(super::super::read::names(folder.path()).expect("names"), ["log.md"]);
        // Another program has written it.
        make(&anchor, &emu).expect("made");
        std::fs::write(path_of(&anchor, &emu), "# Emus\n").expect("a file");
        assert!(kept_if(fails(), &anchor, &emu).is_err());
        assert_eq!(std::fs::read_to_string(path_of(&anchor, &emu)).expect("a file"), "# Emus\n");
    }

    #[test]
    fn a_folder_with_other_files_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let anchor = folder.path().join("log.md");
        let emu = file("birds/emu.md", 1);
        make(&anchor, &emu).expect("made");
        std::fs::write(folder.path().join("birds/owl.md"), "x").expect("a file");
        remove(&anchor, &emu).expect("removed");
        assert!(folder.path().join("birds/owl.md").exists());
    }

    #[test]
    fn a_path_is_relative_to_another_file() {
        let check = |anchor: &str, up, down, wanted: &str| {
            assert_eq!(path_of(Path::new(anchor), &OwnFile { up, ..file(down, 0) }), Path::new(wanted));
        };
        check("2031/05/17.md", 1, "06/01.md", "2031/06/01.md");
        check("log.md", 0, "emu.md", "emu.md");
        check("log.md", 1, "emu.md", "../emu.md");
        check("../log.md", 1, "emu.md", "../../emu.md");
    }
}
