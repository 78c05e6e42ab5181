//! JSON documents: beside the log in a folder `.papers-tui`, such as the reviews, or in the state folder.
//!
//! A document is changed under a lock, starting from its current content, so concurrent processes lose nothing. It is
//! replaced atomically, and the previous file stays as `….bak`: a program that still has that file open writes to the
//! backup. If another program, such as a sync program, saves at the same moment, its version is restored and the
//! change is applied to that version. A damaged document never counts as empty: it is renamed, the backup is used,
//! and a [`Notice`] reports the damage. A document of a newer version is read-only, and one with an unresolved merge
//! conflict is not read at all.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::exchange::exchange;
use super::published::{Replacement, sync_folder};
use super::read::{ReadError, holds_bytes, read_bytes, read_text};
use super::settle::RetryPolicy;
pub use super::sidecar_error::{Notice, SidecarError};
use super::{attributes, json, leftover, lock};
use crate::log::aliases::Aliases;
use crate::log::corrections::StoredCorrections;
use crate::log::edit::conflict;
use crate::papers::biblio::Biblio;
use crate::review::history::Reviews;
use crate::review::numbers;
use crate::say;
use crate::words::{Both, Sentence};

/// Attempts before giving up on a document that another program keeps writing.
const TRIES: usize = 5;

/// The folder for documents, beside the log.
const FOLDER: &str = ".papers-tui";

/// A type that can be stored in a sidecar file.
///
/// The type has a field `version`, and keeps unknown fields in a map (`#[serde(flatten)]`), so that an older program
/// does not drop fields that a newer one has added without raising the version.
pub trait Document: Serialize + DeserializeOwned + Default {
    /// The file name.
    const NAME: &'static str;
    /// The newest schema version that this program understands. Raise it when an older program would misinterpret a
    /// document.
    const VERSION: u64;
    /// What is wrong with a file that is JSON, but not such a document.
    const OTHER: Both<&'static str> = Both::new("not a file of papers-tui", "不是 papers-tui 的文件");

    /// The number of records that cannot be read. They are kept as they are.
    fn unreadable(&self) -> usize {
        0
    }
}

impl Document for Reviews {
    const NAME: &'static str = "reviews.json";
    const VERSION: u64 = Self::VERSION;
    const OTHER: Both<&'static str> = Both::new("not a review file", "不是复习记录文件");

    fn unreadable(&self) -> usize {
        self.unreadable.len()
    }
}

impl Document for Aliases {
    const NAME: &'static str = "aliases.json";
    const VERSION: u64 = Self::VERSION;
}

impl Document for StoredCorrections {
    const NAME: &'static str = "taught.json";
    const VERSION: u64 = Self::VERSION;
}

impl Document for Biblio {
    const NAME: &'static str = "references.json";
    const VERSION: u64 = Self::VERSION;
}

/// A sidecar file with a document of type `D`.
#[derive(Debug, Clone)]
pub struct Sidecar<D> {
    folder: PathBuf,
    retry: RetryPolicy,
    document: PhantomData<D>,
}

/// A document as read from disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded<D> {
    /// The document; empty if there is none yet.
    pub document: D,
    /// A problem to report to the user, if any.
    pub notice: Option<Notice>,
}

/// A parsed document.
enum Understood<D> {
    Good(D),
    TooNew { document: D, version: u64 },
    Damaged(Sentence),
}

#[derive(Deserialize)]
struct Version {
    version: u64,
}

/// The folder for the documents of a log: beside the log, or below the folder `elsewhere` if that is given.
pub fn folder(log: &Path, elsewhere: Option<&Path>) -> PathBuf {
    let log = std::path::absolute(log).unwrap_or_else(|_| log.to_owned());
    // Resolve links, so that a log has one history however it is opened.
    let log = log.canonicalize().unwrap_or(log);
    let beside = log.parent().unwrap_or(Path::new("/"));
    match elsewhere {
        None => beside.join(FOLDER),
        Some(elsewhere) => elsewhere.join(beside.strip_prefix("/").unwrap_or(beside)),
    }
}

impl<D: Document> Sidecar<D> {
    /// The document in `folder`, which need not exist.
    pub fn new(folder: PathBuf, retry: RetryPolicy) -> Self {
        Self { folder, retry, document: PhantomData }
    }

    /// The path of the document.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.join(D::NAME)
    }

    fn copy_path(&self) -> PathBuf {
        self.folder.join(format!("{}.bak", D::NAME))
    }

    /// Reads the document, without changing anything on disk.
    ///
    /// # Errors
    /// If something other than a readable file is there.
    pub fn load(&self) -> Result<Loaded<D>, SidecarError> {
        let (document, notice) = match self.understand(&self.path())? {
            None => match self.understand(&self.copy_path())? {
                Some(Understood::Good(document)) => {
                    let copy = self.copy_path().display().to_string();
                    (document, Some(Notice::Missing { path: self.name(), copy }))
                }
                _ => (D::default(), None),
            },
            Some(Understood::Good(document)) => {
                let count = document.unreadable();
                (document, (count > 0).then(|| Notice::Unreadable { path: self.name(), count }))
            }
            Some(Understood::TooNew { document, version }) => {
                (document, Some(Notice::TooNew { path: self.name(), version }))
            }
            Some(Understood::Damaged(cause)) => match self.understand(&self.copy_path())? {
                Some(Understood::Good(document)) => (document, Some(Notice::FromCopy { path: self.name(), cause })),
                _ => (D::default(), Some(Notice::Lost { path: self.name(), cause })),
            },
        };
        Ok(Loaded { document, notice })
    }

    /// Applies a change to the current document on disk and returns the result. Creates the folder and the
    /// file if necessary.
    ///
    /// # Errors
    /// If nothing was changed.
    pub fn change(&self, mut change: impl FnMut(&mut D)) -> Result<Loaded<D>, SidecarError> {
        let failed = |source| SidecarError::Io { path: self.name(), source };
        self.make_folder().map_err(failed)?;
        let _lock = self.lock()?;
        leftover::sweep_own(&self.folder);
        let kept = leftover::sweep_beside(&self.target()).pop();
        let kept = kept.map(|kept| Notice::Kept { path: self.name(), kept: kept.display().to_string() });
        for _ in 0..TRIES {
            if let Some(loaded) = self.try_to_change(&mut change)? {
                let notice = loaded.notice.or(kept);
                return Ok(Loaded { notice, ..loaded });
            }
        }
        Err(SidecarError::Unsettled(self.name()))
    }

    /// One attempt of [`change`](Self::change). `None` if another program changed the document meanwhile.
    fn try_to_change(&self, change: &mut impl FnMut(&mut D)) -> Result<Option<Loaded<D>>, SidecarError> {
        let failed = |source| SidecarError::Io { path: self.name(), source };
        let before = read_bytes(&self.target()).ok();
        let Loaded { mut document, notice } = self.load()?;
        let (is_good, notice) = match notice {
            // The user was told on loading.
            None | Some(Notice::Unreadable { .. }) => (true, None),
            Some(notice @ Notice::TooNew { .. }) => return Err(SidecarError::TooNew(notice)),
            Some(Notice::FromCopy { cause, .. } | Notice::Lost { cause, .. }) => {
                let kept = self.set_aside().map_err(failed)?;
                (false, Some(Notice::SetAside { path: self.name(), cause, kept: kept.display().to_string() }))
            }
            Some(notice) => (false, Some(notice)),
        };
        change(&mut document);
        let published = self.publish(&document, before.as_deref(), is_good).map_err(failed)?;
        Ok(matches!(published, Replacement::Done).then_some(Loaded { document, notice }))
    }

    /// Replaces the document, unless it has changed since it was read as `before`.
    fn publish(&self, document: &D, before: Option<&[u8]>, is_good: bool) -> io::Result<Replacement> {
        let (text, path) = (json::lines(document)?, self.target());
        let new = self.write(&text)?;
        let Some(before) = before else {
            return match new.persist_noclobber(&path) {
                Ok(_) => sync_folder(&path).map(|()| Replacement::Done),
                Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(Replacement::Overtaken),
                Err(error) => Err(error.error),
            };
        };
        let new = leftover::mark_for_exchange(new.into_temp_path(), &path, before, &text)?;
        match exchange(&new, &path) {
            Ok(()) => {}
            Err(Errno::NOENT) => return Ok(Replacement::Overtaken),
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => {
                if is_good {
                    self.keep_copy()?;
                }
                new.persist(&path).map_err(|error| error.error)?;
                return sync_folder(&path).map(|()| Replacement::Done);
            }
            Err(error) => return Err(error.into()),
        }
        let is_expected = holds_bytes(&new, before);
        if !matches!(is_expected, Ok(true)) {
            if let Err(error) = exchange(&new, &path) {
                // The next change finds and examines the file.
                new.keep()?;
                return Err(error.into());
            }
            // Another program may have replaced our version in turn. If so, keep theirs.
            if !holds_bytes(&new, &text).unwrap_or(false) {
                leftover::keep_beside(&path, &new.keep()?)?;
            }
            return is_expected.map(|_| Replacement::Overtaken);
        }
        if is_good {
            new.persist(self.copy_path()).map_err(|error| error.error)?;
        }
        sync_folder(&path).map(|()| Replacement::Done)
    }

    /// The path of the document, with symbolic links resolved.
    fn target(&self) -> PathBuf {
        self.path().canonicalize().unwrap_or_else(|_| self.path())
    }

    fn name(&self) -> String {
        self.path().display().to_string()
    }

    /// Parses a file; `None` if there is none.
    fn understand(&self, path: &Path) -> Result<Option<Understood<D>>, SidecarError> {
        self.ensure_inside(path)?;
        let text = match read_text(path) {
            Ok(text) => text,
            Err(ReadError::NotFound(_)) => return Ok(None),
            Err(ReadError::NotUtf8 { .. } | ReadError::Wide { .. }) => {
                return Ok(Some(Understood::Damaged(Sentence::new("not UTF-8".to_owned(), "不是 UTF-8".to_owned()))));
            }
            Err(other) => return Err(SidecarError::Read(other)),
        };
        let text = text.trim_start_matches('\u{FEFF}');
        if text.trim().is_empty() {
            return Ok(Some(Understood::Damaged(Sentence::new("empty".to_owned(), "文件为空".to_owned()))));
        }
        if let Some(line) = conflict(text) {
            return Err(SidecarError::Conflict { path: path.display().to_string(), line });
        }
        if text.bytes().all(|byte| byte == 0) {
            return Ok(Some(Understood::Damaged(Sentence::new(
                "nothing but NUL bytes".to_owned(),
                "全是 NUL 字节".to_owned(),
            ))));
        }
        let text = &*numbers::bounded(text);
        let damaged = |cause: serde_json::Error| {
            let say = |language| say!(language, "invalid document: {cause}", "文件内容无效：{cause}");
            Understood::Damaged(Sentence::of(say))
        };
        let version = match serde_json::from_str::<Version>(text) {
            Ok(Version { version }) => version,
            Err(cause) if cause.is_data() => {
                let say = |language| D::OTHER.take(language).to_owned();
                return Ok(Some(Understood::Damaged(Sentence::of(say))));
            }
            Err(cause) => return Ok(Some(damaged(cause))),
        };
        let document = serde_json::from_str(text);
        Ok(Some(if version > D::VERSION {
            // Use as much of the document as this version understands.
            Understood::TooNew { document: document.unwrap_or_default(), version }
        } else {
            document.map_or_else(damaged, Understood::Good)
        }))
    }

    /// A symbolic link must stay in the folder: a link that came with someone else's log must not lead to the user's
    /// other files.
    fn ensure_inside(&self, path: &Path) -> Result<(), SidecarError> {
        let is_link = std::fs::symlink_metadata(path).is_ok_and(|file| file.is_symlink());
        let is_inside = || {
            let (target, folder) = (path.canonicalize().ok()?, self.folder.canonicalize().ok()?);
            Some(target.parent()? == folder)
        };
        if is_link && is_inside() != Some(true) {
            return Err(SidecarError::LeadsOut(path.display().to_string()));
        }
        Ok(())
    }

    fn make_folder(&self) -> io::Result<()> {
        if !self.folder.is_dir() {
            std::fs::create_dir_all(&self.folder)?;
            sync_folder(&self.folder)?;
        }
        Ok(())
    }

    /// Locks the document; waits while other processes change it. Closing the returned file releases the lock.
    fn lock(&self) -> Result<File, SidecarError> {
        let failed = |source| SidecarError::Io { path: self.name(), source };
        // The lock file is separate, because a rename replaces the document.
        let path = self.folder.join(format!("{}.lock", D::NAME));
        let file = lock::open(&path).map_err(failed)?;
        for _ in 0..=self.retry.attempts {
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                // Some network file systems have no locks. On those, the last change wins.
                Ok(()) | Err(Errno::NOTSUP | Errno::NOLCK) => return Ok(file),
                Err(Errno::WOULDBLOCK) => std::thread::sleep(self.retry.pause),
                Err(other) => return Err(failed(other.into())),
            }
        }
        Err(SidecarError::Locked(self.name()))
    }

    /// Keeps the damaged document under an unused second name, which is returned. The new document then takes over
    /// the original name.
    fn set_aside(&self) -> io::Result<PathBuf> {
        let path = self.target();
        for number in 1.. {
            let kept = self.folder.join(format!("{}.damaged-{number}", D::NAME));
            match second_name(&path, &kept) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                done => return done.map(|()| kept),
            }
        }
        Err(io::Error::other(Sentence::new(
            "no free name for the damaged file".to_owned(),
            "无法为损坏的文件另取文件名".to_owned(),
        )))
    }

    /// Makes the current file the backup too, before a new one replaces the document.
    fn keep_copy(&self) -> io::Result<()> {
        let new = self.folder.join(format!("{}{}-copy", leftover::PREFIX, std::process::id()));
        // This may be left from an earlier attempt; it is ours alone.
        let _ = std::fs::remove_file(&new);
        match second_name(&self.target(), &new) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            done => done?,
        }
        std::fs::rename(&new, self.copy_path())?;
        // Renaming onto another link of the same file does nothing.
        match std::fs::remove_file(new) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Writes the text to a temporary file beside the document and syncs it.
    fn write(&self, text: &[u8]) -> io::Result<NamedTempFile> {
        let path = self.target();
        // A new document gets the default permissions; an existing one keeps its own.
        let mut new = leftover::temp_file(0o666, path.parent().unwrap_or(&self.folder))?;
        if path.exists() {
            attributes::copy(&path, new.as_file())?;
        }
        new.write_all(text)?;
        new.as_file().sync_all()?;
        Ok(new)
    }
}

/// Hard-links a file, or copies it if the file system has no hard links.
fn second_name(file: &Path, name: &Path) -> io::Result<()> {
    match std::fs::hard_link(file, name) {
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::Unsupported) => {
            let mut new = File::create_new(name)?;
            io::copy(&mut File::open(file)?, &mut new)?;
            new.sync_all()
        }
        done => done,
    }
}
