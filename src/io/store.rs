//! Changing a file so that it is always the old or the new one, and no one else's change is
//! lost.
//!
//! The file is read again, and someone who is just writing it is waited for. The change is
//! made on what is there now, and noted in the journal. The new text goes into a temporary file beside the old one,
//! gets its attributes, is on the disk in full before it takes the old one's place, and only
//! stays there if what it displaced is what the change was made on.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::NamedTempFile;

use super::journal::{Journal, Record, hash};
use super::read::{ReadError, names, read_text};
use super::vigil::Vigils;
use super::{attributes, exchange, in_place, lock, places};
use crate::log::Log;
use crate::log::edit::{self, Intent, Refusal};
use crate::say;
use crate::words::{Language, Say};

/// How often a change starts over when others write the file all the time.
const TRIES: usize = 5;

/// How often a file is found open for writing before it is taken as kept open.
const HOLDS: usize = 2;

/// What the names of our temporary files begin with; the number of the process follows.
pub(super) const PREFIX: &str = ".papers-tui-";

/// Writes files.
#[derive(Debug, Clone)]
pub struct Store {
    /// The folder for copies of files that are written in place, the journal, locks, and
    /// texts that could not be written.
    pub state: PathBuf,
    /// How long someone who is writing the file is waited for.
    pub patience: Patience,
    /// What the last change has led to: the next one mostly begins there, and reading a log
    /// takes longer than writing it.
    last: Arc<Mutex<Option<Log>>>,
    vigils: Vigils,
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
#[error("{}", self.say(Language::English))]
pub enum WriteError<E: Say> {
    /// The file cannot be read.
    Read(#[from] ReadError),
    /// The file is empty, far shorter than before, or changes as one looks.
    Unsettled(String),
    /// No one may write the file.
    ReadOnly(String),
    /// The change cannot be made on what is there now.
    Refused(E),
    /// Another process of ours does not come to an end with it.
    Locked(String),
    /// The system says no.
    Io {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// The system said no while the file was written in place.
    HalfSaved {
        /// The file.
        path: String,
        /// The copy that was made before.
        backup: String,
        /// What the system says.
        source: io::Error,
    },
}

impl<E: Say> Say for WriteError<E> {
    fn say(&self, language: Language) -> String {
        match self {
            Self::Read(error) => error.say(language),
            Self::Unsettled(path) => say!(
                language,
                "{path}: another program seems to be writing it; nothing was changed, try again",
                "{path}：似乎有其他程序正在写入；未作修改，请重试"
            ),
            Self::ReadOnly(path) => say!(
                language,
                "{path}: the file is read-only; nothing was changed, “chmod u+w” allows it",
                "{path}：文件只读；未作修改，可用“chmod u+w”允许写入"
            ),
            Self::Refused(refusal) => refusal.say(language),
            Self::Locked(path) => say!(
                language,
                "{path}: another papers-tui is saving it and does not end; nothing was changed",
                "{path}：另一个 papers-tui 正在保存，迟迟没有结束；未作修改"
            ),
            Self::Io { path, source } => {
                say!(language, "{path}: not saved: {}", "{path}：未保存：{}", source.say(language))
            }
            Self::HalfSaved { path, backup, source } => say!(
                language,
                "{path}: may be half saved: {}; the text from before is in {backup}",
                "{path}：可能只保存了一部分：{}；之前的内容在 {backup}",
                source.say(language)
            ),
        }
    }
}

/// How an attempt to publish a text ended.
pub(super) enum Published {
    /// It is on the disk.
    Done,
    /// The file is not what the change was made on any more.
    Overtaken,
    /// Another program has it open for writing: a file in its place would miss what it writes.
    Held,
}

/// A change that was not made, and where the text is kept that it would have written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub struct Unmade {
    /// Why.
    #[source]
    pub error: WriteError<Refusal>,
    /// A file in the state folder, if there was a text.
    pub kept: Option<PathBuf>,
}

impl Say for Unmade {
    fn say(&self, language: Language) -> String {
        let error = self.error.say(language);
        match self.kept.as_ref().map(|path| path.display()) {
            Some(path) => say!(language, "{error}; your text is kept in {path}", "{error}；你的文字保存在 {path}"),
            None => error,
        }
    }
}

impl Store {
    /// With a state folder.
    pub fn new(state: PathBuf, patience: Patience) -> Self {
        Self { state, patience, last: Arc::default(), vigils: Vigils::default() }
    }

    /// With the user's own state folder, and patience of two seconds.
    pub fn of_user() -> Self {
        Self::new(places::state(), Patience { pause: Duration::from_millis(100), looks: 20 })
    }

    /// Carries intents out as one change, with everything that the write-back asks for: a
    /// turn among our own processes, the journal, the file's safety. What could not be
    /// written is kept.
    ///
    /// # Errors
    /// When the change was not made.
    pub fn make(&self, path: &Path, known: &str, intents: &[Intent]) -> Result<Written, Unmade> {
        let target = resolve(path);
        let intent = match intents {
            [only] => only.clone(),
            several => Intent::All(several.to_vec()),
        };
        let unmade = |error| Unmade { error, kept: self.keep(&target, &intent) };
        let Some(_turn) = lock::take(&self.place("locks", &target, "lock")) else {
            return Err(unmade(WriteError::Locked(path.display().to_string())));
        };
        let journal = self.journal(&target);
        let mut records = journal.read();
        let noted = records.len();
        let written = self.rewrite(path, known, |text| {
            let mut log = self.model_of(text);
            let Some(change) = intent.carry_out_on(&mut log)? else { return Ok(None) };
            records.truncate(noted);
            records.push(Record::new(intent.clone(), &change, text));
            journal.write(&records);
            self.remember(log);
            Ok(Some(change.text))
        });
        let written_down = records.len();
        match &written {
            // What this change took back is no one's loss.
            Ok(written) => {
                if let Some(new) = records.get(noted).cloned() {
                    records.retain(|record| *record == new || !record.gives_way_to(&new, &written.text));
                }
            }
            Err(_) => records.truncate(noted),
        }
        if records.len() != written_down {
            journal.write(&records);
        }
        written.map_err(unmade)
    }

    /// The changes of ours that are not in a text which another program has written, each
    /// told once; all others have been seen in that text and are forgotten.
    pub fn undone(&self, path: &Path, text: &str) -> Vec<Intent> {
        let target = resolve(path);
        let Some(_turn) = lock::take(&self.place("locks", &target, "lock")) else { return Vec::new() };
        let journal = self.journal(&target);
        let records = journal.read();
        if records.is_empty() {
            return Vec::new();
        }
        journal.write(&[]);
        let log = edit::read(text);
        records.into_iter().filter(|record| record.is_undone(&log)).map(|record| record.intent).collect()
    }

    /// Whether a file is what it was when this store wrote that text, which no one has opened
    /// since. Where this says no, only reading it can tell.
    pub fn is_as_written(&self, path: &Path, text: &str) -> bool {
        self.vigils.hold(&resolve(path), path, text)
    }

    fn model_of(&self, text: &str) -> Log {
        let last = self.last.lock().ok().and_then(|mut last| last.take());
        last.filter(|log| log.files[0].text == text).unwrap_or_else(|| edit::read(text))
    }

    fn remember(&self, log: Log) {
        if let Ok(mut last) = self.last.lock() {
            *last = Some(log);
        }
    }

    fn journal(&self, target: &Path) -> Journal {
        Journal::at(self.place("journal", target, "json"))
    }

    /// A file of the state folder for this log.
    fn place(&self, kind: &str, target: &Path, extension: &str) -> PathBuf {
        self.state.join(kind).join(format!("{:016x}.{extension}", hash(target)))
    }

    /// Keeps a text that could not be written.
    fn keep(&self, target: &Path, intent: &Intent) -> Option<PathBuf> {
        let text = intent.typed()?;
        let name = target.file_name().map(|name| format!("{}-", name.to_string_lossy())).unwrap_or_default();
        in_place::keep(&self.state.join("kept"), &name, &text).ok()
    }

    /// Changes a file. `known` is what the caller last saw in it; `revise` is given what is
    /// there now, perhaps more than once, and gives the new text, or `None` when there is
    /// nothing to change.
    ///
    /// # Errors
    /// When the change was not made.
    pub fn rewrite<E: Say>(
        &self,
        path: &Path,
        known: &str,
        mut revise: impl FnMut(&str) -> Result<Option<String>, E>,
    ) -> Result<Written, WriteError<E>> {
        let target = resolve(path);
        let mut held = 0;
        for _ in 0..TRIES {
            let before = self.settled(&target, known)?;
            let changed_outside = before != known;
            let Some(after) = revise(&before).map_err(WriteError::Refused)? else {
                return Ok(Written { text: before, changed_outside });
            };
            match self.publish(&target, &before, &after)? {
                Published::Done => return Ok(Written { text: after, changed_outside }),
                Published::Overtaken => {}
                // One byte where a byte was disturbs no one who keeps the file open, to append
                // to it; one who is just writing it anew has done so by then.
                Published::Held if held == HOLDS && before.len() == after.len() => {
                    match self.write_in_place(&target, &before, &after)? {
                        Published::Done => return Ok(Written { text: after, changed_outside }),
                        _ => held = 0,
                    }
                }
                Published::Held => {
                    held = HOLDS.min(held + 1);
                    std::thread::sleep(self.patience.pause);
                }
            }
        }
        Err(WriteError::Unsettled(path.display().to_string()))
    }

    /// Reads the file; where it is not what is known, until two readings agree.
    fn settled<E: Say>(&self, path: &Path, known: &str) -> Result<String, WriteError<E>> {
        if self.vigils.hold(path, path, known) {
            return Ok(known.to_owned());
        }
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

    fn publish<E: Say>(&self, path: &Path, before: &str, after: &str) -> Result<Published, WriteError<E>> {
        let failed = |source| WriteError::Io { path: path.display().to_string(), source };
        let metadata = std::fs::metadata(path).map_err(failed)?;
        if metadata.permissions().readonly() {
            return Err(WriteError::ReadOnly(path.display().to_string()));
        }
        // Other names of the file would go on showing the old one.
        let replacement = if metadata.nlink() > 1 { None } else { replacement(path).map_err(failed)? };
        match replacement {
            Some(new) => replace(path, new, before, after, &self.vigils).map_err(failed),
            None => self.write_in_place(path, before, after),
        }
    }

    fn write_in_place<E: Say>(&self, path: &Path, before: &str, after: &str) -> Result<Published, WriteError<E>> {
        in_place::write(path, &self.state.join("backups"), before, after)
    }
}

/// The file itself: a symbolic link stays one, and the file that it points to is changed.
fn resolve(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Whether a text may be all of the file: half of it or less is a file that is being written.
fn is_whole(text: &str, known: &str) -> bool {
    text.len() > known.len() / 2 || known.is_empty()
}

/// An empty file beside the old one, with all its attributes; `None` when the folder or the
/// attributes do not allow one.
fn replacement(path: &Path) -> io::Result<Option<NamedTempFile>> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let prefix = format!("{PREFIX}{}-", std::process::id());
    match tempfile::Builder::new().prefix(&prefix).tempfile_in(folder) {
        Ok(new) => Ok(attributes::copy(path, new.as_file()).is_ok().then_some(new)),
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => Ok(None),
        Err(error) => Err(error),
    }
}

fn replace(path: &Path, mut new: NamedTempFile, before: &str, after: &str, vigils: &Vigils) -> io::Result<Published> {
    new.write_all(after.as_bytes())?;
    // After this nothing is left that closing the file could still report.
    new.as_file().sync_all()?;
    exchange::publish(path, new, before, after, vigils)
}

/// Brings a new name in a folder to the disk.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// Removes temporary files that processes left in this folder when they were killed.
pub fn sweep(folder: &Path) {
    for name in names(folder) {
        let process = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.split_once('-')?.0.parse().ok());
        let file = folder.join(&name);
        if process.is_some_and(is_dead) && std::fs::symlink_metadata(&file).is_ok_and(|file| file.is_file()) {
            // One that cannot be removed harms nothing.
            let _ = std::fs::remove_file(file);
        }
    }
}

/// The names of files beside the log which a sync program made of a conflict with it
/// (Syncthing, Dropbox, Nextcloud). They are no part of the log.
pub fn conflict_copies(path: &Path) -> Vec<String> {
    let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else { return Vec::new() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let is_copy = |name: &String| {
        name.strip_prefix(stem).is_some_and(|rest| rest.contains(".sync-conflict-") || rest.contains("conflicted copy"))
    };
    let names = names(folder).into_iter().filter_map(|name| name.into_string().ok());
    let mut names: Vec<String> = names.filter(is_copy).collect();
    names.sort();
    names
}

/// Makes a file that grows beyond a limit an error, and not the end of the process.
///
/// # Errors
/// When the signal cannot be caught.
pub fn survive_size_limits() -> io::Result<()> {
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default()).map(|_| ())
}

fn is_dead(process: i32) -> bool {
    let process = rustix::process::Pid::from_raw(process);
    process.is_some_and(|process| rustix::process::test_kill_process(process) == Err(rustix::io::Errno::SRCH))
}
