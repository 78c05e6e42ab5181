//! Loads a log: a small one before the first frame; of a large one only the start, so that there is something to
//! show, and the rest in a thread.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::Input;
use crate::app::{Message, SavedSession};
use crate::io::album::Base;
use crate::io::choose::LogFiles;
use crate::io::corrections::Corrections;
use crate::io::read::{DisplayText, ReadError, read_start};
use crate::io::sample::{self, Sample};
use crate::io::settle::{self, RetryPolicy, read_settled_shown};
use crate::log::dialect::Dialect;
use crate::log::parse::{PASSES, ParseCache, parse_folders};
use crate::log::{Log, Source};
use crate::words::Sentence;

/// A log of up to this many bytes is loaded whole before the first frame, which takes a few milliseconds.
const SMALL: usize = 1 << 20;

/// How many bytes of a larger log are parsed for the first frame: far more than a screen.
const START: usize = 128 << 10;

/// A small file of more than this many bytes is shown from its beginning, too, if the first frame is the same.
const TINY: usize = 128 << 10;

/// How many bytes of such a file are parsed for each row of the screen. Most logs have a paper in fewer, and then the
/// timeline is full.
const ROW: usize = 1000;

/// How long loading may take before progress is shown.
const PROGRESS_DELAY: Duration = Duration::from_millis(200);

/// Rows of the screen that never show a paper: the header, the timeline's title, a month, the status line.
const OTHER_ROWS: usize = 4;

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
pub struct LoadedLog {
    /// Where its files are.
    pub files: LogFiles,
    /// Set if this is the sample: its temporary copy, deleted when dropped.
    pub sample: Option<Sample>,
    /// The dialect: the configured one, with the corrections of this log.
    dialect: Arc<Dialect>,
    /// The file of corrections.
    pub corrections: Option<Corrections>,
    /// A problem with the file of corrections.
    pub notice: Option<Sentence>,
    /// Parsed files from opened folders, once all are loaded.
    pub parse_cache: ParseCache,
    /// The texts of the files; only their starts unless `is_whole`.
    sources: Vec<Source>,
    /// The total size of all files, in bytes.
    bytes: u64,
    /// Whether every text is complete.
    is_whole: bool,
}

impl LoadedLog {
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
                return Ok(DisplayText::from(String::new()));
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
        let corrections = Corrections::of(&files, options.sidecars.as_deref(), RetryPolicy::DEFAULT);
        let known = corrections.as_ref().map(|corrections| corrections.dialect(&options.dialect));
        let (dialect, notice) = known.unwrap_or_else(|| (Arc::clone(&options.dialect), None));
        let parse_cache = ParseCache::keeping();
        Self { files, sample, dialect, corrections, notice, parse_cache, sources: Vec::new(), bytes: 0, is_whole: true }
    }

    /// Parses the part for the first frame, on a screen of `rows` rows; returns the rest if there is more. `left` is the
    /// last session.
    pub fn open(&mut self, left: Option<&SavedSession>, rows: u16) -> (Log, Option<Rest>) {
        let sources = std::mem::take(&mut self.sources);
        if self.is_whole && self.bytes <= SMALL as u64 {
            let rows = usize::from(rows);
            let room = left.map_or(0, SavedSession::bytes_above).saturating_add(rows * ROW);
            let is_larger = self.is_one_file_above(TINY.max(room.saturating_mul(2)));
            let beginning = is_larger.then(|| self.parse_beginning(&sources, room));
            let fills_timeline = |log: &Log| log.entries.len() + OTHER_ROWS >= rows;
            let is_enough =
                |log: &Log| fills_timeline(log) && begins_with_newest(log) && left.is_none_or(|left| left.is_in(log));
            return match beginning.filter(is_enough) {
                Some(beginning) => (beginning, Some(self.rest(sources))),
                None => (self.parse_cache.read(sources, &self.files.folders, &self.dialect, &mut |_| {}), None),
            };
        }
        (self.parse_beginning(&sources, START), Some(self.rest(sources)))
    }

    fn is_one_file_above(&self, bytes: usize) -> bool {
        self.files.folders.is_empty() && self.sample.is_none() && self.bytes > bytes as u64
    }

    /// The log of the first `room` bytes.
    fn parse_beginning(&self, sources: &[Source], mut room: usize) -> Log {
        let starts = sources.iter().map(|source| {
            let text = beginning(&source.text, room).to_owned();
            room -= text.len();
            Source { name: source.name.clone(), text: text.into() }
        });
        parse_folders(starts.collect::<Vec<_>>(), &self.files.folders, &self.dialect, &mut |_| {})
    }

    fn rest(&self, sources: Vec<Source>) -> Rest {
        let sources = self.is_whole.then_some(sources);
        Rest { files: self.files.clone(), dialect: Arc::clone(&self.dialect), bytes: self.bytes, sources }
    }
}

/// Whether the beginning of a log holds all that is shown first: the pending list, and then the newest days.
fn begins_with_newest(log: &Log) -> bool {
    let mut days = log.sections.iter().filter_map(|section| section.kind.date());
    let (first, last) = (days.next(), days.next_back());
    first > last && last.is_some() && log.tasks.iter().any(|task| task.pending)
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
pub type WholeLog = (Box<Log>, LogFiles, ParseCache);

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
    pub fn load(self, sender: Sender<Input>) -> std::io::Result<LoadProgress> {
        let done = Arc::new(AtomicU64::new(0));
        let loading = LoadProgress { done: Arc::clone(&done), all: self.bytes, next: Instant::now() + PROGRESS_DELAY };
        std::thread::Builder::new().name("loader".into()).spawn(move || {
            let log = self.read(&done);
            // Fails if the user has left meanwhile.
            let _ = sender.send(Input::Whole(log));
        })?;
        Ok(loading)
    }

    /// `done` counts bytes averaged over all passes: the one that reads them and those that parse them.
    fn read(mut self, done: &AtomicU64) -> Result<WholeLog, ReadError> {
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
        let mut parse_cache = ParseCache::keeping();
        let log = parse_cache.read(sources, &self.files.folders, &self.dialect, &mut |parsed| {
            done.store((read + parsed) / passes, Ordering::Relaxed);
        });
        Ok((Box::new(log), self.files, parse_cache))
    }
}

/// The progress of loading.
#[derive(Debug)]
pub struct LoadProgress {
    done: Arc<AtomicU64>,
    all: u64,
    /// When to report [`LoadProgress::progress`] next.
    pub next: Instant,
}

impl LoadProgress {
    /// The current progress.
    pub fn progress(&mut self) -> Message {
        self.next = Instant::now() + PROGRESS_INTERVAL;
        Message::Reading { done: self.done.load(Ordering::Relaxed), all: self.all }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::App;
    use crate::app::screen::layout::Size;

    /// Whether the first frame of a log of `days` days needs no more than its beginning.
    fn starts_small(day: impl Fn(usize) -> String, before: &str, after: &str, left: Option<&SavedSession>) -> bool {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log.md");
        let days: String = (0..600).map(day).collect();
        std::fs::write(&path, format!("{before}{days}{after}")).expect("a file");
        let options = LoadOptions { dialect: Arc::default(), sidecars: None };
        let files = LogFiles::file(path.clone(), "log.md".to_owned());
        let mut read = LoadedLog::start(files, None, &options).expect("a log");
        let (beginning, rest) = read.open(left, 40);
        let Some(rest) = rest else { return false };
        let (whole, ..) = rest.read(&AtomicU64::new(0)).expect("a log");
        let first = |log: &Log| log.entries.iter().take(40).map(|entry| entry.key.clone()).collect::<Vec<_>>();
        assert_eq!((first(&beginning), beginning.progress()), (first(&whole), whole.progress()));
        assert!(beginning.entries.len() * 2 < whole.entries.len());
        true
    }

    #[test]
    fn the_first_frame_of_a_small_log_needs_only_its_beginning() {
        let summary = |sentences: usize| "It counts birds. ".repeat(sentences);
        let day_of = |at: usize, sentences: usize| {
            let date = chrono::NaiveDate::from_ymd_opt(2031, 1, 1)
                .and_then(|first| first.checked_add_days(chrono::Days::new(at as u64)));
            format!("## {}\n\n《Emu {at}》\n\n{}\n\n", date.expect("a day"), summary(sentences))
        };
        let day = |at: usize| day_of(at, 20);
        let descending = |at: usize| day(600 - at);
        let pending = "# Pending\n\n- [ ] Gnu\n\n# Log\n\n";
        assert!(starts_small(descending, pending, "", None));
        assert!(!starts_small(day, pending, "", None), "the newest day is last");
        assert!(!starts_small(descending, "", pending, None), "the pending list is last");
        let long = |at: usize| day_of(600 - at, 80);
        assert!(!starts_small(long, pending, "", None), "the beginning has too few papers for the timeline");
        let mut app = App::new(Log::default(), Size { width: 80, height: 24 }, None);
        let left = |text: &str, app: &mut App| {
            app.log = Arc::new(crate::log::parse::parse([Source { name: "log.md".into(), text: text.into() }]));
            app.resume(SavedSession::default());
            app.timeline.start();
            app.session()
        };
        let near = left(&descending(0), &mut app);
        assert!(starts_small(descending, pending, "", Some(&near)));
        let far = left(&descending(500), &mut app);
        assert!(!starts_small(descending, pending, "", Some(&far)), "the last session ended further on");
    }

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
