//! Reading a file that someone may be writing just now.
//!
//! A program that saves by emptying the file, or by removing it and making another, leaves it for
//! a moment with nothing, or with a part, in it. So a file is taken as it is once two looks some
//! time apart find the same. Its time of change spares the second look mostly: a file that was
//! last changed longer ago than that is what it was at a look before, and reading it costs
//! nothing more. One that is missing, empty, far shorter than what is known of it, or held open
//! by whoever changed it a moment ago, is given the whole of one's patience.

use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::held::is_held;
use super::published::folder_of;
use super::read::{ReadError, Shown, read_shown};

/// How long to wait for someone who is writing a file.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Between two looks.
    pub pause: Duration,
    /// The most looks.
    pub looks: usize,
}

impl Patience {
    /// As users have it: two seconds.
    pub const USUAL: Self = Self { pause: Duration::from_millis(100), looks: 20 };

    /// All of it.
    pub(super) fn whole(self) -> Duration {
        self.pause.saturating_mul(u32::try_from(self.looks).unwrap_or(u32::MAX))
    }
}

/// Times of change are kept in whole seconds, or pairs of them, by some file systems.
const COARSE: Duration = Duration::from_secs(2);

/// Reads a file once no one seems to be writing it; after all one's patience, as it is then.
///
/// # Errors
/// When it is not there, or cannot be read.
pub fn read_settled(path: &Path, patience: Patience) -> Result<String, ReadError> {
    let Shown { text, flaw } = read_settled_shown(path, patience)?;
    flaw.map_or(Ok(text), Err)
}

/// The same, to be shown: what is not UTF-8 in it is replaced, and told.
///
/// # Errors
/// When it is not there, or cannot be read.
pub(crate) fn read_settled_shown(path: &Path, patience: Patience) -> Result<Shown, ReadError> {
    wait(path, patience);
    let mut last = None;
    for _ in 0..patience.looks {
        let before = std::fs::metadata(path).ok();
        let shown = read_shown(path);
        let after = std::fs::metadata(path).ok();
        match shown {
            // Half a save may end within a character.
            Ok(Shown { flaw: Some(_), .. }) if !is_quiet(after.as_ref(), patience.pause) => {}
            Err(ReadError::NotFound(_)) => {}
            Err(error) => return Err(error),
            Ok(shown) if is_same(before.as_ref(), after.as_ref()) || last.as_ref() == Some(&shown.text) => {
                return Ok(shown);
            }
            Ok(shown) => last = Some(shown.text),
        }
        std::thread::sleep(patience.pause);
    }
    read_shown(path)
}

/// Waits until no one seems to be writing a file of which nothing is known yet; after all one's
/// patience in any case.
pub fn wait(path: &Path, patience: Patience) {
    for _ in 0..patience.looks {
        if looks_whole(path, patience) {
            return;
        }
        std::thread::sleep(patience.pause);
    }
}

/// Waits until nothing has come or gone in a folder for a moment: whoever replaces a file removes it
/// first, maybe.
pub(crate) fn wait_for_folder(folder: &Path, patience: Patience) {
    for _ in 0..patience.looks {
        if is_quiet(folder.metadata().ok().as_ref(), patience.pause) {
            return;
        }
        std::thread::sleep(patience.pause);
    }
}

fn looks_whole(path: &Path, patience: Patience) -> bool {
    let file = match std::fs::metadata(path) {
        // In a folder where nothing has come or gone for a while no one is replacing it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return is_quiet(folder_of(path).metadata().ok().as_ref(), patience.whole());
        }
        // What cannot be read is told by reading it.
        Err(_) => return true,
        Ok(file) => Some(file),
    };
    let is_long_quiet = || is_quiet(file.as_ref(), patience.whole());
    match &file {
        Some(file) if !file.is_file() => true,
        Some(file) if file.len() == 0 => is_long_quiet(),
        file => is_quiet(file.as_ref(), patience.pause) && (is_long_quiet() || !is_held(path).unwrap_or(false)),
    }
}

/// Whether a text that was just read may be taken for all of a file, of which another text is known.
pub(crate) fn is_settled(path: &Path, text: &str, known: &str, patience: Patience) -> bool {
    let file = std::fs::metadata(path).ok();
    let is_whole = is_whole(text, known) || !text.is_empty() && is_quiet(file.as_ref(), patience.whole());
    is_whole && is_quiet(file.as_ref(), patience.pause)
}

/// Whether a text may be all of the file: half of it or less is a file that is being written.
pub(super) fn is_whole(text: &str, known: &str) -> bool {
    text.len() > known.len() / 2 || known.is_empty()
}

/// Whether a file was last changed longer ago than that, as far as its time of change tells. One
/// that lies ahead tells nothing, and must not keep anyone waiting.
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
