//! Reads a file that another program may be writing.
//!
//! A program that saves by truncating the file, or by deleting and recreating it, leaves it empty or partial for a
//! moment. So a file is accepted once two reads of it agree. The modification time usually saves the second read: if
//! the last change is older than the pause between reads, two reads would agree anyway. A file that is missing,
//! empty, much shorter than before, or just changed and still open for writing gets the full waiting time of
//! [`RetryPolicy`].

use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::published::folder_of;
use super::read::{DisplayText, ReadError, read_shown};
use super::writers::has_writer;

/// How long to wait for a program that is writing a file.
#[derive(Debug, Clone, Copy)]
pub struct RetryPolicy {
    /// Time between two attempts.
    pub pause: Duration,
    /// Maximum number of attempts.
    pub attempts: usize,
}

impl RetryPolicy {
    /// The default: two seconds in all.
    pub const DEFAULT: Self = Self { pause: Duration::from_millis(100), attempts: 20 };

    /// The total waiting time.
    pub(super) fn total(self) -> Duration {
        self.pause.saturating_mul(u32::try_from(self.attempts).unwrap_or(u32::MAX))
    }
}

/// Some file systems store times only to one or two seconds.
const COARSE: Duration = Duration::from_secs(2);

/// Reads a file once no one seems to be writing it, or when time runs out.
///
/// # Errors
/// If the file is missing, or cannot be read.
pub fn read_settled(path: &Path, retry: RetryPolicy) -> Result<String, ReadError> {
    let DisplayText { text, flaw } = read_settled_shown(path, retry)?;
    flaw.map_or(Ok(text), Err)
}

/// Like [`read_settled`], for display: invalid UTF-8 is replaced and reported.
///
/// # Errors
/// If the file is missing, or cannot be read.
pub(crate) fn read_settled_shown(path: &Path, retry: RetryPolicy) -> Result<DisplayText, ReadError> {
    wait(path, retry);
    let mut last = None;
    for _ in 0..retry.attempts {
        let before = std::fs::metadata(path).ok();
        let shown = read_shown(path);
        let after = std::fs::metadata(path).ok();
        match shown {
            // A partial save may end within a character.
            Ok(DisplayText { flaw: Some(_), .. }) if !is_quiet(after.as_ref(), retry.pause) => {}
            Err(ReadError::NotFound(_)) if !is_missing(path, retry) => {}
            Err(error) => return Err(error),
            Ok(shown) if is_same(before.as_ref(), after.as_ref()) || last.as_ref() == Some(&shown.text) => {
                return Ok(shown);
            }
            Ok(shown) => last = Some(shown.text),
        }
        std::thread::sleep(retry.pause);
    }
    read_shown(path)
}

/// Waits until no one seems to be writing a file that we have not read before, or until time runs out.
pub(crate) fn wait(path: &Path, retry: RetryPolicy) {
    for _ in 0..retry.attempts {
        if looks_whole(path, retry) {
            return;
        }
        std::thread::sleep(retry.pause);
    }
}

/// Waits until a folder has not changed for a moment: a program may have deleted a file to replace it.
pub(crate) fn wait_for_folder(folder: &Path, retry: RetryPolicy) {
    for _ in 0..retry.attempts {
        if is_quiet(folder.metadata().ok().as_ref(), retry.pause) {
            return;
        }
        std::thread::sleep(retry.pause);
    }
}

fn looks_whole(path: &Path, retry: RetryPolicy) -> bool {
    let file = match std::fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return is_missing(path, retry),
        // Reading the file will report the error.
        Err(_) => return true,
        Ok(file) => Some(file),
    };
    let is_long_quiet = || is_quiet(file.as_ref(), retry.total());
    match &file {
        Some(file) if !file.is_file() => true,
        Some(file) if file.len() == 0 => is_long_quiet(),
        file => is_quiet(file.as_ref(), retry.pause) && (is_long_quiet() || !has_writer(path).unwrap_or(false)),
    }
}

/// Whether a file that was not found is simply missing. A program that replaces a file by deleting it first changes the
/// folder too, so the folder must not have changed for a while. A symbolic link may lead to another folder.
fn is_missing(path: &Path, retry: RetryPolicy) -> bool {
    path.symlink_metadata().is_err() && is_quiet(folder_of(path).metadata().ok().as_ref(), retry.total())
}

/// Whether a text just read is complete. `known` is the text read before. A text of white space counts as empty, which is
/// never complete.
pub(crate) fn is_settled(path: &Path, text: &str, known: &str, retry: RetryPolicy) -> bool {
    let file = std::fs::metadata(path).ok();
    let is_whole = is_whole(text, known) || !text.trim().is_empty() && is_quiet(file.as_ref(), retry.total());
    is_whole && is_quiet(file.as_ref(), retry.pause)
}

/// Whether a text may be the complete file: half of the text known before, or less, is taken for a partial write.
pub(super) fn is_whole(text: &str, known: &str) -> bool {
    text.len() > known.len() / 2 || known.is_empty()
}

/// Whether the last modification is older than `time`. A time in the future tells nothing; it counts as old, so that
/// no one waits for it.
pub(super) fn is_quiet(file: Option<&Metadata>, time: Duration) -> bool {
    let Some(changed) = file.and_then(|file| file.modified().ok()) else { return true };
    let is_coarse = changed.duration_since(SystemTime::UNIX_EPOCH).is_ok_and(|since| since.subsec_nanos() == 0);
    let wanted = if is_coarse && !time.is_zero() { time + COARSE } else { time };
    SystemTime::now().duration_since(changed).map_or(true, |age| age >= wanted)
}

fn is_same(before: Option<&Metadata>, after: Option<&Metadata>) -> bool {
    use std::os::unix::fs::MetadataExt;
    let what = |file: &Metadata| (file.dev(), file.ino(), file.len(), file.mtime(), file.mtime_nsec());
    before.map(what) == after.map(what)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Any wait would last an hour.
    #[test]
    fn a_missing_file_in_a_quiet_folder_is_reported_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let long_ago = SystemTime::now() - Duration::from_secs(1 << 20);
        std::fs::File::open(folder.path()).and_then(|file| file.set_modified(long_ago)).expect("a folder");
        let retry = RetryPolicy { pause: Duration::from_secs(3600), attempts: 2 };
        let found = read_settled(&folder.path().join("log.md"), retry);
        assert!(matches!(found, Err(ReadError::NotFound(_))), "{found:?}");
    }

    #[test]
    fn a_file_whose_folder_has_just_changed_may_be_being_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log.md");
        assert!(!is_missing(&path, RetryPolicy { pause: Duration::from_secs(3600), attempts: 2 }));
        std::os::unix::fs::symlink("elsewhere/log.md", &path).expect("a link");
        let long_ago = SystemTime::now() - Duration::from_secs(1 << 20);
        std::fs::File::open(folder.path()).and_then(|file| file.set_modified(long_ago)).expect("a folder");
        assert!(!is_missing(&path, RetryPolicy::DEFAULT));
    }
}
