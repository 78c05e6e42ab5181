//! Saves a file atomically, without losing anyone else's change.
//!
//! The file is read again, after waiting for any program that is writing it. The change is applied to the current
//! text and recorded in the journal. The new text goes to a temporary file in the same folder, which gets the old
//! file's attributes, is synced, and then exchanges names with the old file. The exchange stands only if the replaced
//! file has the text that the change was based on.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use tempfile::NamedTempFile;

use super::displaced::Displaced;
pub(crate) use super::displaced::told;
use super::exchange::Exchange;
use super::flags::Flags;
pub use super::leftover::conflict_copies;
pub(crate) use super::leftover::conflict_copies_of;
use super::open_watcher::OpenWatcher;
use super::published::{Replacement, folder_of};
use super::read::{ReadError, read_text};
use super::retired::RetiredFiles;
pub use super::saving::{ChangeKind, Written};
pub use super::settle::RetryPolicy;
use super::settle::{is_quiet, is_whole, read_settled};
pub use super::write_error::{ChangeError, WriteError};
use super::{attributes, dirs, in_place, leftover, lock, torn};
use crate::log::Log;
use crate::log::dialect::Dialect;
use crate::log::edit::Refusal;
use crate::words::{Say, Sentence};

/// Attempts before giving up on a file that others keep writing.
const TRIES: usize = 5;

/// How many times a file must be found open for writing before we assume that a program keeps it open.
const HOLDS: usize = 2;

/// Saves changes to files.
#[derive(Debug, Clone)]
pub struct Store {
    /// The state folder: for journals, undo lists, backups, locks, replaced files, and texts that could not be saved.
    pub state: PathBuf,
    /// How long to wait for a program that is writing the file.
    pub retry: RetryPolicy,
    /// The log after the last change. The next change usually starts from this log, and parsing takes longer than
    /// saving.
    pub(super) last: Arc<Mutex<Option<Log>>>,
    watcher: OpenWatcher,
    retired: RetiredFiles,
    pub(super) dialect: Arc<Dialect>,
}

/// The message after [`Store::finish_torn`].
pub(crate) fn finished() -> Sentence {
    Sentence::of(|language| {
        language
            .pick(
                "A save that had been interrupted is now finished; that change cannot be undone",
                "上次中断的保存现已完成；这次修改无法撤销",
            )
            .to_owned()
    })
}

impl Store {
    /// Creates a store with a state folder.
    pub fn new(state: PathBuf, retry: RetryPolicy) -> Self {
        let (watcher, retired) = (OpenWatcher::default(), RetiredFiles::default());
        Self { state, retry, last: Arc::default(), watcher, retired, dialect: Arc::default() }
    }

    /// Sets the dialect in which new text is written and read.
    pub(crate) fn with_dialect(self, dialect: Arc<Dialect>) -> Self {
        Self { dialect, ..self }
    }

    /// Creates a store with the user's state folder and the default retry policy.
    pub(crate) fn of_user() -> Self {
        Self::new(dirs::state(), RetryPolicy::DEFAULT)
    }

    /// Cleans up after killed processes. Files that may hold another program's text are kept beside the log and
    /// returned.
    pub fn sweep(&self, path: &Path) -> Vec<PathBuf> {
        self.finish_torn(&[path.to_owned()]);
        leftover::sweep(&resolve(path), &self.state.join(torn::BACKUPS), &self.apart())
    }

    /// Like [`sweep`](Self::sweep), for several logs. Call [`finish_torn`](Self::finish_torn) first.
    pub(crate) fn sweep_all(&self, paths: &[PathBuf]) -> Vec<PathBuf> {
        let logs: Vec<PathBuf> = paths.iter().map(|path| resolve(path)).collect();
        leftover::sweep_all(&logs, &self.state.join(torn::BACKUPS), &self.apart())
    }

    /// Finishes saves in place that a kill has interrupted. Returns whether there was any.
    pub(crate) fn finish_torn(&self, paths: &[PathBuf]) -> bool {
        if !torn::is_any(&self.state) {
            return false;
        }
        let logs: Vec<PathBuf> = paths.iter().map(|path| resolve(path)).collect();
        let finish = |save: torn::Interrupted| {
            let log = &logs[save.log];
            let _lock = lock::acquire(&self.place("locks", log, "lock"))?;
            // If it fails, the clean-up keeps the old text beside the log.
            save.finish(log).ok()
        };
        torn::interrupted(&self.state, &logs).into_iter().filter_map(finish).fold(false, |any, done| any | done)
    }

    /// When [`check_displaced`](Self::check_displaced) will next have work to do; `None` if no replaced file is left.
    pub fn due(&self, path: &Path) -> Option<Instant> {
        self.due_of(path, false)
    }

    /// Resolving a path is slow, and there is rarely a replaced file at all.
    fn due_of(&self, path: &Path, waits: bool) -> Option<Instant> {
        if self.retired.is_empty() { None } else { self.retired.due(&resolve(path), waits) }
    }

    /// Examines files that a save of this log replaced some time ago. Text that programs have written to those files
    /// since goes into the log, or into copies beside it, which are returned.
    pub(crate) fn check_displaced(&self, path: &Path) -> Vec<PathBuf> {
        if self.retired.is_empty() { Vec::new() } else { self.look_at_left(&resolve(path), false) }
    }

    /// Like [`check_displaced`](Self::check_displaced), for all replaced files. Waits until no one can write to them
    /// any more, usually some milliseconds.
    pub fn finish(&self, path: &Path) -> Vec<PathBuf> {
        let mut copies = Vec::new();
        while let Some(due) = self.due_of(path, true) {
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            copies.extend(self.look_at_left(&resolve(path), true));
        }
        copies
    }

    fn look_at_left(&self, target: &Path, waits: bool) -> Vec<PathBuf> {
        if self.retired.due(target, waits).is_none_or(|due| due > Instant::now()) {
            return Vec::new();
        }
        let _lock = lock::acquire(&self.place("locks", target, "lock"));
        let mut displaced = Displaced::default();
        self.retired.look(target, waits, self.retry, &self.watcher, &mut displaced);
        self.append_displaced(target, &mut displaced);
        displaced.copies
    }

    /// Appends to the log what other programs wrote to replaced files. The files stay until no one can write to them
    /// any more.
    fn append_displaced(&self, target: &Path, displaced: &mut Displaced) {
        for _ in 0..TRIES {
            let owed = displaced.appended_text();
            if owed.is_empty() {
                break;
            }
            let Ok(before) = read_settled(target, self.retry) else { break };
            match self.publish::<Refusal>(target, &before, &format!("{before}{owed}"), displaced) {
                Ok(Replacement::Done) => displaced.mark_saved(),
                Ok(_) => std::thread::sleep(self.retry.pause),
                Err(_) => break,
            }
        }
        displaced.keep_appended(target);
        let left = std::mem::take(&mut displaced.left);
        if !left.is_empty() {
            self.retired.add(target, &self.apart(), self.retry, &self.watcher, left);
        }
    }

    /// The folder for replaced files.
    fn apart(&self) -> PathBuf {
        self.state.join("displaced")
    }

    /// Whether this store wrote the file with this text, and no one has opened it since. If false, only reading the
    /// file can tell whether it has changed.
    pub fn is_as_written(&self, path: &Path, text: &str) -> bool {
        self.watcher.hold(&resolve(path), path, text)
    }

    /// The path of a log's state file. `kind` is its folder.
    pub(super) fn place(&self, kind: &str, target: &Path, extension: &str) -> PathBuf {
        self.state.join(kind).join(format!("{:016x}.{extension}", leftover::hash(target.as_os_str().as_bytes())))
    }

    /// Changes a file. `known` is what the caller last saw in it. `revise` receives the current text and returns the
    /// new one, or `None` if there is nothing to change; it may be called more than once.
    ///
    /// # Errors
    /// If the change was not made.
    pub fn rewrite<E: Say>(
        &self,
        path: &Path,
        known: &str,
        revise: impl FnMut(&str) -> Result<Option<String>, E>,
    ) -> Result<Written, WriteError<E>> {
        let mut displaced = Displaced::default();
        let written = self.rewrite_and_tell(path, known, &mut displaced, revise);
        written.map(|written| Written { copies: displaced.copies, ..written })
    }

    pub(super) fn rewrite_and_tell<E: Say>(
        &self,
        path: &Path,
        known: &str,
        displaced: &mut Displaced,
        mut revise: impl FnMut(&str) -> Result<Option<String>, E>,
    ) -> Result<Written, WriteError<E>> {
        let target = resolve(path);
        self.retired.look(&target, false, self.retry, &self.watcher, displaced);
        let written = self.try_to_rewrite(&target, known, displaced, &mut revise);
        // Other programs' text goes into the log even if our change does not.
        self.append_displaced(&target, displaced);
        written
    }

    fn try_to_rewrite<E: Say>(
        &self,
        target: &Path,
        known: &str,
        displaced: &mut Displaced,
        revise: &mut impl FnMut(&str) -> Result<Option<String>, E>,
    ) -> Result<Written, WriteError<E>> {
        let mut held = 0;
        for _ in 0..TRIES {
            let before = self.settled(target, known)?;
            let changed_outside = before != known;
            let done = |text| Ok(Written::of(text, changed_outside));
            let revised = revise(&before).map_err(WriteError::Refused)?;
            let owed = displaced.appended_text();
            let after = match revised {
                None if owed.is_empty() => return done(before),
                revised => revised.unwrap_or_else(|| before.clone()) + &owed,
            };
            match self.publish(target, &before, &after, displaced)? {
                Replacement::Done => {
                    displaced.mark_saved();
                    return Ok(Written::of(after, changed_outside || !owed.is_empty()));
                }
                Replacement::Overtaken => {}
                // A program that keeps the file open to append does not mind bytes being overwritten, as long as the
                // length stays. A program that was rewriting the file has finished by now.
                Replacement::Held if held == HOLDS && before.len() == after.len() => {
                    match self.write_in_place(target, &before, &after)? {
                        Replacement::Done => return done(after),
                        _ => held = 0,
                    }
                }
                Replacement::Held => {
                    held = HOLDS.min(held + 1);
                    std::thread::sleep(self.retry.pause);
                }
            }
        }
        Err(WriteError::Unsettled(target.display().to_string()))
    }

    /// Reads the file. If its text is not `known`, reads until two reads agree or no one has written for a moment.
    fn settled<E: Say>(&self, path: &Path, known: &str) -> Result<String, WriteError<E>> {
        if self.watcher.hold(path, path, known) {
            return Ok(known.to_owned());
        }
        let mut last = None;
        for _ in 0..=self.retry.attempts {
            let now = read_text(path);
            let is_quiet = || is_quiet(std::fs::metadata(path).ok().as_ref(), self.retry.pause);
            match now {
                Ok(now) if now == known => return Ok(now),
                Ok(now) if is_whole(&now, known) && (last.as_ref() == Some(&now) || is_quiet()) => return Ok(now),
                Ok(now) => last = Some(now),
                Err(ReadError::NotFound(_)) => last = None,
                // A partial save may end within a character.
                Err(ReadError::NotUtf8 { .. }) if !is_quiet() => last = None,
                Err(other) => return Err(other.into()),
            }
            std::thread::sleep(self.retry.pause);
        }
        match read_text(path) {
            Err(error) => Err(error.into()),
            Ok(_) => Err(WriteError::Unsettled(path.display().to_string())),
        }
    }

    fn publish<E: Say>(
        &self,
        path: &Path,
        before: &str,
        after: &str,
        displaced: &mut Displaced,
    ) -> Result<Replacement, WriteError<E>> {
        let failed = |source| WriteError::Io { path: path.display().to_string(), source };
        let metadata = std::fs::metadata(path).map_err(failed)?;
        if metadata.permissions().readonly() {
            return Err(WriteError::ReadOnly(path.display().to_string()));
        }
        let flags = || self.watcher.flags(path).or_else(|| Flags::of(&File::open(path).ok()?));
        // Replacing the file would leave its other hard links with the old text.
        let replacement = if metadata.nlink() > 1 { None } else { replacement(path, flags).map_err(failed)? };
        let Some(new) = replacement else { return self.write_in_place(path, before, after) };
        let (watcher, retry) = (&self.watcher, self.retry);
        match replace(new, Exchange { path, before, after, watcher, retry, displaced }) {
            // The file is a mount point, as in containers, and cannot be replaced.
            Err(error) if error.kind() == ErrorKind::ResourceBusy => self.write_in_place(path, before, after),
            published => published.map_err(failed),
        }
    }

    fn write_in_place<E: Say>(&self, path: &Path, before: &str, after: &str) -> Result<Replacement, WriteError<E>> {
        in_place::write(path, &self.state, before, after)
    }
}

/// Resolves symbolic links, so that a save changes the target and the link stays.
pub(super) fn resolve(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Creates an empty file beside the old one, with the old one's attributes and flags. `None` if the folder is not
/// writable, or an attribute or flag cannot be copied.
fn replacement(path: &Path, flags: impl FnOnce() -> Option<Flags>) -> io::Result<Option<NamedTempFile>> {
    match leftover::temp_file(0o600, folder_of(path)) {
        Ok(new) => {
            let is_given = flags().is_none_or(|flags| flags.apply_to(new.as_file()).is_ok());
            Ok((is_given && attributes::copy(path, new.as_file()).is_ok()).then_some(new))
        }
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => Ok(None),
        Err(error) => Err(error),
    }
}

fn replace(mut new: NamedTempFile, exchange: Exchange<'_>) -> io::Result<Replacement> {
    new.write_all(exchange.after.as_bytes())?;
    // After a sync, closing the file has no error left to report.
    new.as_file().sync_all()?;
    let (before, after) = (exchange.before.as_bytes(), exchange.after.as_bytes());
    let new = leftover::mark_for_exchange(new.into_temp_path(), exchange.path, before, after)?;
    exchange.publish(new)
}

/// Makes exceeding the file size limit an error, instead of a signal that kills the process.
///
/// # Errors
/// If the signal handler cannot be installed.
pub(crate) fn survive_size_limits() -> io::Result<()> {
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default()).map(|_| ())
}
