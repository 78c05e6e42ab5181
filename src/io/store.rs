//! Changing a file so that it is always the old or the new one, and no one else's change is
//! lost.
//!
//! The file is read again, and someone who is just writing it is waited for. The change is
//! made on what is there now. The new text goes into a temporary file beside the old one,
//! gets its attributes, is on the disk in full before it takes the old one's place, and only
//! does so if the old one is still what the change was made on.
//!
//! Between that last comparison and the rename lies a window of some microseconds in which
//! another program's save would be lost; exchanging the two files and looking at what was
//! displaced will close it.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy;
use tempfile::NamedTempFile;

use super::read::{ReadError, read_text};
use super::{attributes, in_place};

/// How often a change starts over when others write the file all the time.
const TRIES: usize = 5;

/// What the names of our temporary files begin with; the number of the process follows.
pub(super) const PREFIX: &str = ".papers-tui-";

/// Writes files.
#[derive(Debug, Clone)]
pub struct Store {
    /// Where a copy is kept while a file is written in place.
    pub backups: PathBuf,
    /// How long someone who is writing the file is waited for.
    pub patience: Patience,
}

/// How long to wait for someone who is writing the file.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Between two looks.
    pub pause: Duration,
    /// The most looks.
    pub looks: usize,
}

/// A file after its change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What is on the disk.
    pub text: String,
    /// Whether the file was not what the caller knew.
    pub changed_outside: bool,
}

/// Why a change was not made. The file is as it was, unless the reason says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum WriteError<E> {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file is empty, far shorter than before, or changes as one looks.
    #[error("{0}: another program seems to be writing it; nothing was changed, try again")]
    Unsettled(String),
    /// No one may write the file.
    #[error("{0}: the file is read-only; nothing was changed, “chmod u+w” allows it")]
    ReadOnly(String),
    /// The change cannot be made on what is there now.
    #[error("{0}")]
    Refused(E),
    /// The system says no.
    #[error("{path}: not saved: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// The system said no while the file was written in place.
    #[error("{path}: may be half saved: {source}; the text from before is in {backup}")]
    HalfSaved {
        /// The file.
        path: String,
        /// The copy that was made before.
        backup: String,
        /// What the system says.
        source: io::Error,
    },
}

/// How an attempt to publish a text ended.
pub(super) enum Published {
    /// It is on the disk.
    Done,
    /// The file is not what the change was made on any more.
    Overtaken,
}

impl Store {
    /// With the user's own state folder, and patience of two seconds.
    pub fn of_user() -> Self {
        let state = etcetera::choose_base_strategy().ok().and_then(|base| base.state_dir());
        let backups = state.unwrap_or_else(std::env::temp_dir).join("papers-tui").join("backups");
        Self { backups, patience: Patience { pause: Duration::from_millis(100), looks: 20 } }
    }

    /// Changes a file. `known` is what the caller last saw in it; `revise` is given what is
    /// there now, perhaps more than once, and gives the new text, or `None` when there is
    /// nothing to change.
    ///
    /// # Errors
    /// When the change was not made.
    pub fn rewrite<E>(
        &self,
        path: &Path,
        known: &str,
        mut revise: impl FnMut(&str) -> Result<Option<String>, E>,
    ) -> Result<Written, WriteError<E>> {
        // A symbolic link stays one: the file that it points to is changed.
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        for _ in 0..TRIES {
            let before = self.settled(&target, known)?;
            let changed_outside = before != known;
            let Some(after) = revise(&before).map_err(WriteError::Refused)? else {
                return Ok(Written { text: before, changed_outside });
            };
            if let Published::Done = self.publish(&target, &before, &after)? {
                return Ok(Written { text: after, changed_outside });
            }
        }
        Err(WriteError::Unsettled(path.display().to_string()))
    }

    /// Reads the file; where it is not what is known, until two readings agree.
    fn settled<E>(&self, path: &Path, known: &str) -> Result<String, WriteError<E>> {
        let mut last = None;
        for _ in 0..=self.patience.looks {
            let now = read_text(path);
            match now {
                Ok(now) if now == known => return Ok(now),
                Ok(now) if is_whole(&now, known) && last.as_ref() == Some(&now) => return Ok(now),
                Ok(now) => last = Some(now),
                Err(ReadError::NotFound(_)) => last = None,
                Err(other) => return Err(other.into()),
            }
            std::thread::sleep(self.patience.pause);
        }
        match read_text(path) {
            Err(error) => Err(error.into()),
            Ok(_) => Err(WriteError::Unsettled(path.display().to_string())),
        }
    }

    fn publish<E>(&self, path: &Path, before: &str, after: &str) -> Result<Published, WriteError<E>> {
        let failed = |source| WriteError::Io { path: path.display().to_string(), source };
        let old = File::open(path).map_err(failed)?;
        let metadata = old.metadata().map_err(failed)?;
        if metadata.permissions().readonly() {
            return Err(WriteError::ReadOnly(path.display().to_string()));
        }
        // Other names of the file would go on showing the old one.
        let replacement = if metadata.nlink() > 1 { None } else { replacement(path, &old).map_err(failed)? };
        match replacement {
            Some(new) => replace(path, new, before, after).map_err(failed),
            None => in_place::write(path, &self.backups, before, after),
        }
    }
}

/// Whether a text may be all of the file: half of it or less is a file that is being written.
fn is_whole(text: &str, known: &str) -> bool {
    text.len() > known.len() / 2 || known.is_empty()
}

/// An empty file beside the old one, with all its attributes; `None` when the folder or the
/// attributes do not allow one.
fn replacement(path: &Path, old: &File) -> io::Result<Option<NamedTempFile>> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let prefix = format!("{PREFIX}{}-", std::process::id());
    match tempfile::Builder::new().prefix(&prefix).tempfile_in(folder) {
        Ok(new) => Ok(attributes::copy(old, new.as_file()).is_ok().then_some(new)),
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => Ok(None),
        Err(error) => Err(error),
    }
}

fn replace(path: &Path, mut new: NamedTempFile, before: &str, after: &str) -> io::Result<Published> {
    new.write_all(after.as_bytes())?;
    // After this nothing is left that closing the file could still report.
    new.as_file().sync_all()?;
    if !holds(path, before) {
        return Ok(Published::Overtaken);
    }
    new.persist(path).map_err(|error| error.error)?;
    // The file is the new one already; what may fail is that a power cut leaves it so.
    match sync_folder(path) {
        Err(error) if !holds(path, after) => Err(error),
        _ => Ok(Published::Done),
    }
}

/// Whether the file holds exactly this text.
pub(super) fn holds(path: &Path, text: &str) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes())
}

/// Brings a new name in a folder to the disk.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// Removes temporary files that processes left in this folder when they were killed.
pub fn sweep(folder: &Path) {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for file in files.filter(|file| file.file_type().is_ok_and(|kind| kind.is_file())) {
        let name = file.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.split_once('-')?.0.parse().ok());
        if process.is_some_and(is_dead) {
            // One that cannot be removed harms nothing.
            let _ = std::fs::remove_file(file.path());
        }
    }
}

fn is_dead(process: i32) -> bool {
    let process = rustix::process::Pid::from_raw(process);
    process.is_some_and(|process| rustix::process::test_kill_process(process) == Err(rustix::io::Errno::SRCH))
}
