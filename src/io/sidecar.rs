//! Small documents beside the log, such as the reviews: JSON in a folder of its own.
//!
//! A document is changed under a lock, on what is on the disk at that moment, so two
//! processes lose nothing of each other's. The new text takes the old one's place at once or
//! not at all, and the one before stays as `….bak`: whoever still writes into that one writes into
//! the copy. What another program, such as one that syncs, saves in that moment is put back, and the
//! change made on it. A document that is damaged is never
//! taken for an empty one: it is set aside under another name, the copy is used, and
//! [`Notice`] says so. One of a newer version is only read.

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
use super::published::{Published, sync_folder};
use super::read::{ReadError, holds_bytes, read_bytes, read_text};
use super::settle::Patience;
pub use super::sidecar_error::{Notice, SidecarError};
use super::{attributes, json, leftover, lock};
use crate::log::aliases::Aliases;
use crate::log::taught::Taught;
use crate::papers::biblio::Biblio;
use crate::review::history::Reviews;
use crate::say;
use crate::words::Sentence;

/// How often a change starts over when another program writes the document all the time.
const TRIES: usize = 5;

/// The folder beside the log.
const FOLDER: &str = ".papers-tui";

/// What a sidecar can hold.
///
/// A document has a field `version`, and keeps what it does not know (`#[serde(flatten)]`
/// into a map), so that an older program takes nothing away that a newer one has added
/// within a version.
pub trait Document: Serialize + DeserializeOwned + Default {
    /// The file's name.
    const NAME: &'static str;
    /// The newest version of the schema that this program understands. It rises when an
    /// older program would misunderstand.
    const VERSION: u64;
}

impl Document for Reviews {
    const NAME: &'static str = "reviews.json";
    const VERSION: u64 = Self::VERSION;
}

impl Document for Aliases {
    const NAME: &'static str = "aliases.json";
    const VERSION: u64 = Self::VERSION;
}

impl Document for Taught {
    const NAME: &'static str = "taught.json";
    const VERSION: u64 = Self::VERSION;
}

impl Document for Biblio {
    const NAME: &'static str = "references.json";
    const VERSION: u64 = Self::VERSION;
}

/// A document's place.
#[derive(Debug, Clone)]
pub struct Sidecar<D> {
    folder: PathBuf,
    patience: Patience,
    document: PhantomData<D>,
}

/// A document as it is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded<D> {
    /// The document; an empty one if there is none yet.
    pub document: D,
    /// What the reader must be told.
    pub notice: Option<Notice>,
}

/// A text as it was understood.
enum Understood<D> {
    Good(D),
    TooNew { document: D, version: u64 },
    Damaged(Sentence),
}

#[derive(Deserialize)]
struct Version {
    version: u64,
}

/// The folder for a log's documents: beside it, or in a folder of the user's own.
pub fn folder(log: &Path, elsewhere: Option<&Path>) -> PathBuf {
    let log = std::path::absolute(log).unwrap_or_else(|_| log.to_owned());
    // A log that is reached through a link has one history, however it is reached.
    let log = log.canonicalize().unwrap_or(log);
    let beside = log.parent().unwrap_or(Path::new("/"));
    match elsewhere {
        None => beside.join(FOLDER),
        Some(elsewhere) => elsewhere.join(beside.strip_prefix("/").unwrap_or(beside)),
    }
}

impl<D: Document> Sidecar<D> {
    /// The document in a folder, which need not exist.
    pub fn new(folder: PathBuf, patience: Patience) -> Self {
        Self { folder, patience, document: PhantomData }
    }

    /// Where the document is.
    pub fn path(&self) -> PathBuf {
        self.folder.join(D::NAME)
    }

    fn copy_path(&self) -> PathBuf {
        self.folder.join(format!("{}.bak", D::NAME))
    }

    /// Reads the document. Nothing on the disk is changed, whatever is found.
    ///
    /// # Errors
    /// When something is there that cannot be read as a file.
    pub fn load(&self) -> Result<Loaded<D>, SidecarError> {
        let (document, notice) = match self.understand(&self.path())? {
            None => match self.understand(&self.copy_path())? {
                Some(Understood::Good(document)) => {
                    let copy = self.copy_path().display().to_string();
                    (document, Some(Notice::Missing { path: self.name(), copy }))
                }
                _ => (D::default(), None),
            },
            Some(Understood::Good(document)) => (document, None),
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

    /// Changes the document as it is on the disk, and gives it back as it is then. The
    /// folder and the file are made when they are not there.
    ///
    /// # Errors
    /// When nothing was changed.
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

    /// The same, unless another program changes the document meanwhile.
    fn try_to_change(&self, change: &mut impl FnMut(&mut D)) -> Result<Option<Loaded<D>>, SidecarError> {
        let failed = |source| SidecarError::Io { path: self.name(), source };
        let before = read_bytes(&self.target()).ok();
        let Loaded { mut document, notice } = self.load()?;
        let (is_good, notice) = match notice {
            None => (true, None),
            Some(notice @ Notice::TooNew { .. }) => return Err(SidecarError::TooNew(notice)),
            Some(Notice::FromCopy { cause, .. } | Notice::Lost { cause, .. }) => {
                let kept = self.set_aside().map_err(failed)?;
                (false, Some(Notice::SetAside { path: self.name(), cause, kept: kept.display().to_string() }))
            }
            Some(notice) => (false, Some(notice)),
        };
        change(&mut document);
        let published = self.publish(&document, before.as_deref(), is_good).map_err(failed)?;
        Ok(matches!(published, Published::Done).then_some(Loaded { document, notice }))
    }

    /// Puts a document in the place of what is there; if that is not what it was, leaves it there.
    fn publish(&self, document: &D, before: Option<&[u8]>, is_good: bool) -> io::Result<Published> {
        let (text, path) = (json::lines(document)?, self.target());
        let new = self.write(&text)?;
        let Some(before) = before else {
            return match new.persist_noclobber(&path) {
                Ok(_) => sync_folder(&path).map(|()| Published::Done),
                Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(Published::Overtaken),
                Err(error) => Err(error.error),
            };
        };
        let new = leftover::for_exchange(new.into_temp_path(), &path, before, &text)?;
        match exchange(&new, &path) {
            Ok(()) => {}
            Err(Errno::NOENT) => return Ok(Published::Overtaken),
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => {
                if is_good {
                    self.keep_copy()?;
                }
                new.persist(&path).map_err(|error| error.error)?;
                return sync_folder(&path).map(|()| Published::Done);
            }
            Err(error) => return Err(error.into()),
        }
        let is_expected = holds_bytes(&new, before);
        if !matches!(is_expected, Ok(true)) {
            if let Err(error) = exchange(&new, &path) {
                // The next change finds it.
                new.keep()?;
                return Err(error.into());
            }
            // Had someone replaced ours in turn, that would be here now.
            if !holds_bytes(&new, &text).unwrap_or(false) {
                leftover::keep_beside(&path, &new.keep()?)?;
            }
            return is_expected.map(|_| Published::Overtaken);
        }
        if is_good {
            new.persist(self.copy_path()).map_err(|error| error.error)?;
        }
        sync_folder(&path).map(|()| Published::Done)
    }

    /// The file itself, where the document's name is a symbolic link.
    fn target(&self) -> PathBuf {
        self.path().canonicalize().unwrap_or_else(|_| self.path())
    }

    fn name(&self) -> String {
        self.path().display().to_string()
    }

    /// What a file holds; `None` when there is none.
    fn understand(&self, path: &Path) -> Result<Option<Understood<D>>, SidecarError> {
        self.ensure_inside(path)?;
        let text = match read_text(path) {
            Ok(text) => text,
            Err(ReadError::NotFound(_)) => return Ok(None),
            Err(ReadError::NotUtf8 { .. } | ReadError::Utf16(_)) => {
                return Ok(Some(Understood::Damaged(Sentence::new("not UTF-8".to_owned(), "不是 UTF-8".to_owned()))));
            }
            Err(other) => return Err(SidecarError::Read(other)),
        };
        let text = text.trim_start_matches('\u{FEFF}');
        if text.trim().is_empty() {
            return Ok(Some(Understood::Damaged(Sentence::new("empty".to_owned(), "文件为空".to_owned()))));
        }
        if text.bytes().all(|byte| byte == 0) {
            return Ok(Some(Understood::Damaged(Sentence::new(
                "nothing but NUL bytes".to_owned(),
                "全是 NUL 字节".to_owned(),
            ))));
        }
        let damaged = |cause: serde_json::Error| {
            let say = |language| say!(language, "no valid document: {cause}", "文件内容无效：{cause}");
            Understood::Damaged(Sentence::of(say))
        };
        let version = match serde_json::from_str::<Version>(text) {
            Ok(Version { version }) => version,
            Err(cause) => return Ok(Some(damaged(cause))),
        };
        let document = serde_json::from_str(text);
        Ok(Some(if version > D::VERSION {
            // As much as this program can make of it.
            Understood::TooNew { document: document.unwrap_or_default(), version }
        } else {
            document.map_or_else(damaged, Understood::Good)
        }))
    }

    /// A link is followed within the folder only: a folder that came with someone's log must not
    /// lead to the user's other files.
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

    /// Waits for other processes that change the document. The lock ends when the file is closed.
    fn lock(&self) -> Result<File, SidecarError> {
        let failed = |source| SidecarError::Io { path: self.name(), source };
        // A file of its own: a rename puts another one in the document's place.
        let path = self.folder.join(format!("{}.lock", D::NAME));
        let file = lock::open(&path).map_err(failed)?;
        for _ in 0..=self.patience.looks {
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                // Some network file systems have no locks: there the last change wins.
                Ok(()) | Err(Errno::NOTSUP | Errno::NOLCK) => return Ok(file),
                Err(Errno::WOULDBLOCK) => std::thread::sleep(self.patience.pause),
                Err(other) => return Err(failed(other.into())),
            }
        }
        Err(SidecarError::Locked(self.name()))
    }

    /// Gives the damaged document a second name that nothing has yet. The new document then
    /// takes the first one.
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
            "损坏的文件没有可用的新名称".to_owned(),
        )))
    }

    /// Lets the document be the copy, too, before another takes its name.
    fn keep_copy(&self) -> io::Result<()> {
        let new = self.folder.join(format!("{}{}-copy", leftover::PREFIX, std::process::id()));
        // One that an earlier attempt has left is ours alone.
        let _ = std::fs::remove_file(&new);
        match second_name(&self.target(), &new) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            done => done?,
        }
        std::fs::rename(&new, self.copy_path())?;
        // A rename onto another name of the same file leaves both.
        match std::fs::remove_file(new) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Writes the document to the disk under a name for the time being.
    fn write(&self, text: &[u8]) -> io::Result<NamedTempFile> {
        let path = self.target();
        // As the user's other new files are; the file that is replaced has the last word.
        let mut new = leftover::own(0o666, path.parent().unwrap_or(&self.folder))?;
        if path.exists() {
            attributes::copy(&path, new.as_file())?;
        }
        new.write_all(text)?;
        new.as_file().sync_all()?;
        Ok(new)
    }
}

/// Gives a file another name; a copy where the file system allows no two.
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
