//! Reading a log: a small one at once; of a large one the beginning, so that there is something
//! to see, and all of it in a thread.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::Input;
use crate::app::Message;
use crate::io::album::Base;
use crate::io::choose::Located;
use crate::io::read::{ReadError, Shown, read_start};
use crate::io::sample::{self, Sample};
use crate::io::settle::{self, Patience, read_settled_shown};
use crate::io::taught::Lessons;
use crate::log::dialect::Dialect;
use crate::log::parse::{PASSES, parse_folders};
use crate::log::{Log, Source};
use crate::words::Sentence;

/// Bytes of a log that is read and parsed before anything is shown: some milliseconds.
const SMALL: usize = 1 << 20;

/// Bytes of a larger one that are parsed before anything is shown: some screens.
const START: usize = 256 << 10;

/// How long reading may take before it is said how far it is.
const PATIENCE: Duration = Duration::from_millis(200);

/// How long it takes until that is said again.
const PAUSE: Duration = Duration::from_millis(100);

/// How a log is read.
#[derive(Debug, Clone)]
pub struct Manner {
    /// What the user has said of how logs are written.
    pub dialect: Arc<Dialect>,
    /// The folder for what is otherwise kept beside the log.
    pub sidecars: Option<PathBuf>,
}

/// A log as far as it is read.
#[derive(Debug)]
pub struct Read {
    /// Where its files stand.
    pub files: Located,
    /// The copy of the sample, if it is that. It lives as long as this.
    pub sample: Option<Sample>,
    /// What the user has said of how logs are written, and what was taught of this one.
    dialect: Arc<Dialect>,
    /// Where that is kept.
    pub lessons: Option<Lessons>,
    /// What is wrong with it.
    pub notice: Option<Sentence>,
    /// The texts of the files, or their beginnings.
    sources: Vec<Source>,
    /// Of all files together.
    bytes: u64,
    /// Whether the texts are whole.
    is_whole: bool,
}

impl Read {
    /// Its files, each with where its figures may be.
    pub fn bases(&self) -> Vec<Base> {
        self.files.bases()
    }

    /// Reads as much as is to be shown first.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn start(files: Located, sample: Option<Sample>, manner: &Manner) -> Result<Self, ReadError> {
        let mut read = Self::none(files, sample, manner);
        let (mut room, is_sample) = (SMALL, read.sample.is_some());
        read.sources = read.files.read(|path| {
            if room == 0 {
                // It is read with all that is not shown yet.
                read.is_whole = false;
                read.bytes += path.metadata().map_or(0, |file| file.len());
                return Ok(Shown::from(String::new()));
            }
            if !is_sample {
                settle::wait(path, Patience::USUAL);
            }
            let (shown, bytes) = read_start(path, room)?;
            let length = shown.text.len();
            read.is_whole &= bytes <= room as u64;
            read.bytes += bytes.max(length as u64);
            room -= length.min(room);
            Ok(shown)
        })?;
        Ok(read)
    }

    /// Reads all of it.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn all(files: Located, sample: Option<Sample>, manner: &Manner) -> Result<Self, ReadError> {
        let mut read = Self::none(files, sample, manner);
        read.sources = read.files.read(|path| {
            let shown = read_settled_shown(path, Patience::USUAL)?;
            read.bytes += shown.text.len() as u64;
            Ok(shown)
        })?;
        Ok(read)
    }

    /// Reads a copy of the sample.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn sample(sample: Sample, manner: &Manner) -> Result<Self, ReadError> {
        Self::all(Located::file(sample.path(), sample::NAME.to_owned()), Some(sample), manner)
    }

    fn none(files: Located, sample: Option<Sample>, manner: &Manner) -> Self {
        let lessons = Lessons::of(&files, manner.sidecars.as_deref(), Patience::USUAL);
        let known = lessons.as_ref().map(|lessons| lessons.dialect(&manner.dialect));
        let (dialect, notice) = known.unwrap_or_else(|| (Arc::clone(&manner.dialect), None));
        Self { files, sample, dialect, lessons, notice, sources: Vec::new(), bytes: 0, is_whole: true }
    }

    /// What is to be shown first; and how all of it is read, where that is not all.
    pub fn open(&mut self) -> (Log, Option<Rest>) {
        let sources = std::mem::take(&mut self.sources);
        let parse = |sources: Vec<Source>| parse_folders(sources, &self.files.folders, &self.dialect, &mut |_| {});
        if self.is_whole && self.bytes <= SMALL as u64 {
            return (parse(sources), None);
        }
        let mut room = START;
        let starts: Vec<Source> = sources
            .iter()
            .map(|source| {
                let text = beginning(&source.text, room).to_owned();
                room -= text.len();
                Source { name: source.name.clone(), text: text.into() }
            })
            .collect();
        let sources = self.is_whole.then_some(sources);
        let dialect = Arc::clone(&self.dialect);
        let rest = Rest { files: self.files.clone(), dialect, bytes: self.bytes, sources };
        (parse(starts), Some(rest))
    }
}

/// The beginning of a text, of so many bytes at most: up to a heading, so that no summary seems to
/// end where it does not.
fn beginning(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let most = (0..=most).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let cut = text[..most].rfind("\n#").or_else(|| text[..most].rfind('\n'));
    &text[..cut.map_or(0, |newline| newline + 1)]
}

/// What is left to be read of a log.
#[derive(Debug)]
pub struct Rest {
    files: Located,
    dialect: Arc<Dialect>,
    bytes: u64,
    /// The texts, where they are here already.
    sources: Option<Vec<Source>>,
}

impl Rest {
    /// Reads all of the log in a thread, which sends it, or why it cannot be read.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn load(self, sender: Sender<Input>) -> std::io::Result<Loading> {
        let done = Arc::new(AtomicU64::new(0));
        let loading = Loading { done: Arc::clone(&done), all: self.bytes, next: Instant::now() + PATIENCE };
        std::thread::Builder::new().name("loader".into()).spawn(move || {
            let log = self.read(&done);
            // Who has left does not wait for it.
            let _ = sender.send(Input::Whole(log));
        })?;
        Ok(loading)
    }

    /// The bytes are gone through once to read them, and then to parse them.
    fn read(mut self, done: &AtomicU64) -> Result<(Box<Log>, Located), ReadError> {
        let passes = 1 + PASSES as u64;
        let sources = match self.sources {
            Some(sources) => sources,
            None => {
                let mut read = 0;
                self.files.read(|path| {
                    let shown = read_settled_shown(path, Patience::USUAL)?;
                    read += shown.text.len() as u64;
                    done.store(read / passes, Ordering::Relaxed);
                    Ok(shown)
                })?
            }
        };
        let read = self.bytes;
        let log = parse_folders(sources, &self.files.folders, &self.dialect, &mut |parsed| {
            done.store((read + parsed) / passes, Ordering::Relaxed);
        });
        Ok((Box::new(log), self.files))
    }
}

/// A log that is being read, and when its progress is said next.
#[derive(Debug)]
pub struct Loading {
    done: Arc<AtomicU64>,
    all: u64,
    /// When [`Loading::progress`] is to be said.
    pub next: Instant,
}

impl Loading {
    /// How far it is by now.
    pub fn progress(&mut self) -> Message {
        self.next = Instant::now() + PAUSE;
        Message::Reading { done: self.done.load(Ordering::Relaxed), all: self.all }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_ends_before_a_heading() {
        #[track_caller]
        fn check(text: &str, most: usize, wanted: &str) {
            assert_eq!(beginning(text, most), wanted);
        }
        check("# a\nb\n# c\nd\n", 99, "# a\nb\n# c\nd\n");
        check("# a\nb\n# c\nd\n", 9, "# a\nb\n");
        check("a\n大大\n", 7, "a\n");
        check("大大", 5, "");
        check("a", 0, "");
    }
}
