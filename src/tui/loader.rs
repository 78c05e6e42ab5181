//! Loads a log: a small one before the first frame; of a large one only the start, so that there is something to
//! show, and the rest in a thread.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::Input;
use crate::app::Message;
use crate::io::album::Base;
use crate::io::choose::LogFiles;
use crate::io::read::{ReadError, Shown, read_start};
use crate::io::sample::{self, Sample};
use crate::io::settle::{self, RetryPolicy, read_settled_shown};
use crate::io::taught::Lessons;
use crate::log::dialect::Dialect;
use crate::log::parse::{PASSES, Readings, parse_folders};
use crate::log::{Log, Source};
use crate::words::Sentence;

/// A log of up to this many bytes is loaded whole before the first frame, which takes a few milliseconds.
const SMALL: usize = 1 << 20;

/// How many bytes of a larger log are parsed for the first frame: far more than a screen.
const START: usize = 256 << 10;

/// How long loading may take before progress is shown.
const PROGRESS_DELAY: Duration = Duration::from_millis(200);

/// The interval between progress updates.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(100);

/// Options for reading logs.
#[derive(Debug, Clone)]
pub struct LoadOptions {
    /// The dialect from the configuration.
    pub dialect: Arc<Dialect>,
    /// Where to keep the files that otherwise go beside the log.
    pub sidecars: Option<PathBuf>,
}

/// A log, or the part of it that has been read.
#[derive(Debug)]
pub struct Read {
    /// Where its files are.
    pub files: LogFiles,
    /// Set if this is the sample: its temporary copy, deleted when dropped.
    pub sample: Option<Sample>,
    /// The dialect: the configured one, with what was taught about this log.
    dialect: Arc<Dialect>,
    /// The file of taught forms.
    pub lessons: Option<Lessons>,
    /// A problem with the file of taught forms.
    pub notice: Option<Sentence>,
    /// Parsed files from opened folders, once all are loaded.
    pub readings: Readings,
    /// The texts of the files; only their starts unless `is_whole`.
    sources: Vec<Source>,
    /// The total size of all files, in bytes.
    bytes: u64,
    /// Whether every text is complete.
    is_whole: bool,
}

impl Read {
    /// The log's files, each with the folder that its figures may be in.
    pub fn bases(&self) -> Vec<Base> {
        self.files.bases()
    }

    /// Reads as much as the first frame needs.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn start(files: LogFiles, sample: Option<Sample>, options: &LoadOptions) -> Result<Self, ReadError> {
        let mut read = Self::none(files, sample, options);
        let (mut room, is_sample) = (SMALL, read.sample.is_some());
        read.sources = read.files.read(|path| {
            if room == 0 {
                // This file will be read with the rest.
                read.is_whole = false;
                read.bytes += path.metadata().map_or(0, |file| file.len());
                return Ok(Shown::from(String::new()));
            }
            if !is_sample {
                settle::wait(path, RetryPolicy::DEFAULT);
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

    /// Reads the whole log.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn all(files: LogFiles, sample: Option<Sample>, options: &LoadOptions) -> Result<Self, ReadError> {
        let mut read = Self::none(files, sample, options);
        read.sources = read.files.read(|path| {
            let shown = read_settled_shown(path, RetryPolicy::DEFAULT)?;
            read.bytes += shown.text.len() as u64;
            Ok(shown)
        })?;
        Ok(read)
    }

    /// Reads a copy of the sample.
    ///
    /// # Errors
    /// When the copy cannot be read.
    pub fn sample(sample: Sample, options: &LoadOptions) -> Result<Self, ReadError> {
        Self::all(LogFiles::file(sample.path(), sample::NAME.to_owned()), Some(sample), options)
    }

    fn none(files: LogFiles, sample: Option<Sample>, options: &LoadOptions) -> Self {
        let lessons = Lessons::of(&files, options.sidecars.as_deref(), RetryPolicy::DEFAULT);
        let known = lessons.as_ref().map(|lessons| lessons.dialect(&options.dialect));
        let (dialect, notice) = known.unwrap_or_else(|| (Arc::clone(&options.dialect), None));
        let readings = Readings::kept();
        Self { files, sample, dialect, lessons, notice, readings, sources: Vec::new(), bytes: 0, is_whole: true }
    }

    /// Parses the part for the first frame; returns the rest if there is more.
    pub fn open(&mut self) -> (Log, Option<Rest>) {
        let sources = std::mem::take(&mut self.sources);
        let (folders, dialect) = (&self.files.folders, &self.dialect);
        if self.is_whole && self.bytes <= SMALL as u64 {
            return (self.readings.read(sources, folders, dialect, &mut |_| {}), None);
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
        let beginning = parse_folders(starts, folders, dialect, &mut |_| {});
        let sources = self.is_whole.then_some(sources);
        let dialect = Arc::clone(&self.dialect);
        let rest = Rest { files: self.files.clone(), dialect, bytes: self.bytes, sources };
        (beginning, Some(rest))
    }
}

/// The start of a text, at most `most` bytes. Cut before a heading if possible, so that no summary looks shorter than
/// it is.
fn beginning(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let most = (0..=most).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let cut = text[..most].rfind("\n#").or_else(|| text[..most].rfind('\n'));
    &text[..cut.map_or(0, |newline| newline + 1)]
}

/// The whole log, where its files are, and the parsed files from opened folders.
pub type Whole = (Box<Log>, LogFiles, Readings);

/// The part of a log that has not been loaded.
#[derive(Debug)]
pub struct Rest {
    files: LogFiles,
    dialect: Arc<Dialect>,
    bytes: u64,
    /// The texts, if they have been read already.
    sources: Option<Vec<Source>>,
}

impl Rest {
    /// Loads the whole log in a thread, which sends the log or the error to `sender`.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn load(self, sender: Sender<Input>) -> std::io::Result<Loading> {
        let done = Arc::new(AtomicU64::new(0));
        let loading = Loading { done: Arc::clone(&done), all: self.bytes, next: Instant::now() + PROGRESS_DELAY };
        std::thread::Builder::new().name("loader".into()).spawn(move || {
            let log = self.read(&done);
            // Fails if the user has left meanwhile.
            let _ = sender.send(Input::Whole(log));
        })?;
        Ok(loading)
    }

    /// `done` counts bytes averaged over all passes: the one that reads them and those that parse them.
    fn read(mut self, done: &AtomicU64) -> Result<Whole, ReadError> {
        let passes = 1 + PASSES as u64;
        let sources = match self.sources {
            Some(sources) => sources,
            None => {
                let mut read = 0;
                self.files.read(|path| {
                    let shown = read_settled_shown(path, RetryPolicy::DEFAULT)?;
                    read += shown.text.len() as u64;
                    done.store(read / passes, Ordering::Relaxed);
                    Ok(shown)
                })?
            }
        };
        let read = self.bytes;
        let mut readings = Readings::kept();
        let log = readings.read(sources, &self.files.folders, &self.dialect, &mut |parsed| {
            done.store((read + parsed) / passes, Ordering::Relaxed);
        });
        Ok((Box::new(log), self.files, readings))
    }
}

/// The progress of loading.
#[derive(Debug)]
pub struct Loading {
    done: Arc<AtomicU64>,
    all: u64,
    /// When to report [`Loading::progress`] next.
    pub next: Instant,
}

impl Loading {
    /// The current progress.
    pub fn progress(&mut self) -> Message {
        self.next = Instant::now() + PROGRESS_INTERVAL;
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
