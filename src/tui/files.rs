//! The worker that reads and writes the log's files, one job at a time, so that it reports changes in the order in
//! which they happened.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::Input;
use super::editor_notice::{ByEditor, EditorNotice};
use super::unavailable::{DEBOUNCE, GRACE, Unavailable};
use super::undo_history::UndoHistory;
use crate::app::{ChangeId, Message, UndoId};
use crate::io::choose::LogFiles;
use crate::io::citations;
use crate::io::corrections::Corrections;
use crate::io::stamp::FileStamp;
use crate::io::store::{Store, conflict_copies_of, finished, told};
use crate::io::watch::{Places, Touched, Watch};
use crate::log::edit::{Intent, conflict};
use crate::log::links::Links;
use crate::log::parse::ParseCache;
use crate::log::parse::offer::CorrectionChange;
use crate::log::{File, Log};
use crate::say;
use crate::words::{Say, Sentence};

/// The longest that further changes may delay reading a touched file.
const PUT_OFF: Duration = Duration::from_millis(300);

/// A job for the worker.
pub enum FileJob {
    /// Save a change.
    Save {
        /// The change's id.
        id: ChangeId,
        /// The file's path when the change was made.
        path: PathBuf,
        /// The change.
        intent: Intent,
        /// The earlier change that this one undoes, if any.
        undoes: Option<UndoId>,
    },
    /// Add or remove a correction, and parse the log accordingly.
    Correct {
        /// What to add and remove.
        change: CorrectionChange,
        /// The confirmation to show.
        said: Sentence,
    },
    /// Read everything again, and report it even if unchanged.
    Reload,
    /// A file may have changed or moved.
    Touched(Touched),
    /// The user's editor is about to open; changes from then on are the user's own.
    EditorOpens(EditorNotice),
    /// The editor has exited; read what it has saved.
    EditorClosed,
    /// Exit after all earlier jobs.
    Finish,
}

/// Handle of the worker.
pub struct Files {
    jobs: Sender<FileJob>,
    thread: Option<JoinHandle<()>>,
}

impl Files {
    /// Starts the worker, which also watches the files. `log` is what was parsed from them.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn start(
        (log_files, log, parse_cache): (LogFiles, Arc<Log>, ParseCache),
        corrections: Option<Corrections>,
        store: Store,
        sender: Sender<Input>,
    ) -> std::io::Result<Self> {
        let (jobs, receiver) = mpsc::channel();
        let touched = jobs.clone();
        let thread = std::thread::Builder::new().name("files".into()).spawn(move || {
            let worker = FilesWorker::new((log_files, parse_cache), &log, corrections, (store, sender, touched));
            worker.run(log, &receiver);
        })?;
        Ok(Self { jobs, thread: Some(thread) })
    }

    /// Queues a job.
    pub fn ask(&self, job: FileJob) {
        // Fails only after `FileJob::Finish`.
        let _ = self.jobs.send(job);
    }

    /// Announces the user's editor, and waits briefly until the worker has checked the files.
    pub fn editor_opens(&self) {
        EditorNotice::ask(|notice| self.ask(FileJob::EditorOpens(notice)), GRACE);
    }

    /// Waits until all queued jobs are done.
    pub fn finish(mut self) {
        self.ask(FileJob::Finish);
        // A panic would already have ended the program.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// The watch holds a sender for jobs too, so the channel never closes by itself.
impl Drop for Files {
    fn drop(&mut self) {
        self.ask(FileJob::Finish);
    }
}

/// A file of the log, with its text as last read or written.
pub(super) struct KnownFile {
    pub path: PathBuf,
    /// The text and its dialect.
    pub file: File,
    /// The file's metadata, taken before it was read.
    pub stamp: Option<FileStamp>,
    /// Set while the file is missing, empty or half written.
    pub unavailable: Option<Unavailable>,
}

pub(super) struct FilesWorker {
    pub files: Vec<KnownFile>,
    /// Where the log's files are, and how they were found.
    pub log_files: LogFiles,
    /// Parsed files from opened folders, reused while unchanged.
    pub parse_cache: ParseCache,
    /// The file of corrections.
    pub corrections: Option<Corrections>,
    /// New paths of renamed files, by their old paths.
    pub moved: HashMap<PathBuf, PathBuf>,
    pub store: Store,
    pub sender: Sender<Input>,
    /// The watch sends its reports here.
    pub touched: Sender<FileJob>,
    pub watch: Option<Watch>,
    /// The files and folders being watched.
    pub watched: Places,
    /// The polling interval; `None` while the system reports changes.
    pub pause: Option<Duration>,
    /// When to poll next; `None` while the system reports changes.
    pub next_poll: Option<Instant>,
    pub undo_history: UndoHistory,
    /// When to read the files, after a reported change.
    pub due: Option<Instant>,
    /// When the earliest change that has not been read yet was reported.
    pub touched_since: Option<Instant>,
    /// Whether files may have moved.
    pub is_moved: bool,
    /// Set while files are missing from the log's folder.
    pub lost: Option<Unavailable>,
    /// Whether the user was told that files cannot be read, and they still cannot be.
    pub is_unavailable_told: bool,
    /// Whether the user was told that changes cannot be undone after this run.
    pub is_no_undo_told: bool,
    /// Whether the user's editor is open.
    pub is_editor_open: bool,
    /// Set while changes found may be the editor's.
    pub by_editor: ByEditor,
}

impl FilesWorker {
    /// Links between entries, including citation keys from bibliographies beside the log.
    pub(super) fn links(&self, log: &Log) -> Links {
        let paths: Vec<PathBuf> = self.files.iter().map(|file| file.path.clone()).collect();
        Links::citing(log, &citations::beside(&paths))
    }

    /// Creates a worker that watches nothing yet. `sender` is for its reports, `touched` for those of the watch.
    pub fn new(
        (log_files, parse_cache): (LogFiles, ParseCache),
        log: &Log,
        corrections: Option<Corrections>,
        (store, sender, touched): (Store, Sender<Input>, Sender<FileJob>),
    ) -> Self {
        // Copying a large log is slow, so it is done here and not in the event loop.
        let known = |(path, file): (&PathBuf, &File)| KnownFile {
            path: path.clone(),
            file: file.clone(),
            stamp: None,
            unavailable: None,
        };
        Self {
            files: log_files.paths.iter().zip(&log.files).map(known).collect(),
            log_files,
            parse_cache,
            corrections,
            moved: HashMap::new(),
            store,
            sender,
            touched,
            watch: None,
            watched: Places::default(),
            pause: None,
            next_poll: None,
            undo_history: UndoHistory::default(),
            due: None,
            touched_since: None,
            is_moved: false,
            lost: None,
            is_unavailable_told: false,
            is_no_undo_told: false,
            is_editor_open: false,
            by_editor: ByEditor::default(),
        }
    }

    pub(super) fn run(mut self, log: Arc<Log>, jobs: &Receiver<FileJob>) {
        // The files that this keeps become conflict copies; `report_at_start` reports all of those.
        let paths: Vec<PathBuf> = self.files.iter().map(|file| file.path.clone()).collect();
        let is_finished = self.store.finish_torn(&paths);
        self.store.sweep_all(&paths);
        self.tell(Message::Linked(Box::new(self.links(&log))));
        // If this thread kept its reference, the next change in the application would have to copy the log.
        drop(log);
        // Changes made between the first read and the start of the watch were not reported.
        self.is_moved = true;
        self.refresh(false);
        self.report_at_start();
        if is_finished {
            self.tell(Message::Noticed(finished()));
        }
        while let Some(job) = self.next(jobs) {
            match job {
                FileJob::Save { id, path, intent, undoes } => self.save(id, path, &intent, undoes),
                FileJob::Reload => self.refresh(true),
                FileJob::Correct { change, said } => self.correct(&change, said),
                FileJob::Touched(what) => self.touched(what),
                FileJob::EditorOpens(notice) => self.editor_opens(notice),
                FileJob::EditorClosed => self.editor_closed(),
                FileJob::Finish => break,
            }
        }
        self.check_displaced(Store::finish);
    }

    pub(super) fn touched(&mut self, what: Touched) {
        self.is_moved |= what == Touched::Places;
        if !self.is_editor_open {
            let now = Instant::now();
            let since = *self.touched_since.get_or_insert(now);
            self.due = Some((now + DEBOUNCE).min(since + PUT_OFF));
        }
    }

    /// Reports problems with the files at the start.
    fn report_at_start(&mut self) {
        for (index, file) in self.files.iter().enumerate() {
            if let Some(line) = conflict(&file.file.text) {
                self.tell(Message::Noticed(Sentence::of(|language| {
                    say!(
                        language,
                        "{}: line {line} begins a merge conflict (“<<<<<<<”): the log is read-only until it is resolved",
                        "{}：第 {line} 行有合并冲突（“<<<<<<<”）：解决之前日志只读",
                        file.file.name
                    )
                })));
            }
            self.tell_undone(index);
        }
        self.tell_made(0..self.files.len());
        let paths: Vec<&Path> = self.files.iter().map(|file| file.path.as_path()).collect();
        self.name_copies(&conflict_copies_of(&paths));
    }

    /// Reports conflict copies of the log beside it.
    fn name_copies(&self, names: &[String]) {
        let Some(first) = names.first() else { return };
        let more = names.len() - 1;
        self.tell(Message::Noticed(Sentence::of(|language| match more {
            0 => say!(
                language,
                "{first} beside the log is a conflict copy; it is not shown",
                "日志旁有 {first}：同步冲突产生的另一个版本，不会显示"
            ),
            more => say!(
                language,
                "{first} and {more} more beside the log are conflict copies; they are not shown",
                "日志旁有 {first} 及另外 {more} 个文件：同步冲突产生的其他版本，不会显示"
            ),
        })));
    }

    /// Offers to redo our changes that another program's save has overwritten.
    pub(super) fn tell_undone(&self, file: usize) {
        let known = &self.files[file];
        for intent in self.store.undone(&known.path, &known.file) {
            self.tell(Message::Undone { file, intent });
        }
    }

    /// Reports the undo history of the files with these indices.
    pub(super) fn tell_made(&mut self, files: Range<usize>) {
        let paths: Vec<PathBuf> = self.files[files.clone()].iter().map(|file| file.path.clone()).collect();
        let made = self.store.made(&paths);
        self.undo_history.read(files, &paths, made).into_iter().for_each(|message| self.tell(message));
    }

    /// Waits for the next job; meanwhile, reads touched files once they have been quiet for long enough.
    fn next(&mut self, jobs: &Receiver<FileJob>) -> Option<FileJob> {
        loop {
            // Reports come in great numbers when many files change at once.
            match jobs.try_recv() {
                Ok(FileJob::Touched(what)) => {
                    self.touched(what);
                    continue;
                }
                Ok(job) => return Some(job),
                Err(TryRecvError::Disconnected) => return None,
                Err(TryRecvError::Empty) => {}
            }
            let left = self.files.iter().filter(|_| !self.is_editor_open).filter_map(|file| self.store.due(&file.path));
            let polls = self.due.into_iter().chain(self.next_poll).filter(|_| !self.is_editor_open);
            let Some(due) = left.chain(polls).min() else { return jobs.recv().ok() };
            match jobs.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(job) => return Some(job),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {
                    self.check_displaced(Store::check_displaced);
                    if self.due.into_iter().chain(self.next_poll).any(|due| due <= Instant::now()) {
                        self.refresh(false);
                    }
                }
            }
        }
    }

    /// Checks the files that our saves have replaced, since other programs may have written to them later.
    pub(super) fn check_displaced(&self, look: impl Fn(&Store, &Path) -> Vec<PathBuf>) {
        let copies: Vec<PathBuf> = self.files.iter().flat_map(|file| look(&self.store, &file.path)).collect();
        self.tell_kept(&copies);
    }

    fn tell_kept(&self, copies: &[PathBuf]) {
        told(copies).map(Message::Kept).into_iter().for_each(|kept| self.tell(kept));
    }

    fn save(&mut self, id: ChangeId, path: PathBuf, intent: &Intent, undoes: Option<UndoId>) {
        let now = |worker: &Self, path: PathBuf| worker.moved.get(&path).cloned().unwrap_or(path);
        let mut path = now(self, path);
        // The file may have been renamed a moment ago.
        if !path.exists() {
            self.is_moved = true;
            self.refresh(false);
            path = now(self, path);
        }
        let Some(file) = self.files.iter().position(|known| known.path == path) else {
            return self.tell(Message::Refused(id, gone(&path)));
        };
        let known = &mut self.files[file];
        match self.store.apply(&known.path, &known.file, intent, self.undo_history.change_kind(id, undoes)) {
            Ok(written) => {
                self.undo_history.saved(id, (file, &known.path), undoes, written.is_kept);
                let no_undo = written.no_undo.filter(|_| !std::mem::replace(&mut self.is_no_undo_told, true));
                let kept_places = intent.kept_places(known.file.text.len(), written.text.len());
                known.file = known.file.holding(written.text.into());
                self.tell(Message::Saved(id));
                no_undo.into_iter().for_each(|why| self.tell(Message::Noticed(why)));
                if written.changed_outside {
                    self.tell_made(file..file + 1);
                    self.tell_log();
                } else if !kept_places {
                    let log = self.log();
                    self.tell(Message::Linked(Box::new(self.links(&log))));
                }
                self.tell_kept(&written.copies);
                let (made, removed) = intent.files();
                if !made.is_empty() || !removed.is_empty() {
                    // The rescan finds the files that this change created or removed.
                    self.is_moved = true;
                    self.refresh(false);
                }
            }
            Err(error) => {
                self.tell(Message::Refused(id, error.sentence()));
                self.refresh(false);
            }
        }
    }

    pub(super) fn tell(&self, message: Message) {
        // Fails only when the program exits.
        let _ = self.sender.send(Input::Message(message));
    }
}

/// Why a change to a missing file is rejected.
fn gone(path: &Path) -> Sentence {
    Sentence::of(|language| {
        say!(language, "{}: the file is gone. Nothing was written", "{}：文件已不存在。未写入任何内容", path.display())
    })
}
