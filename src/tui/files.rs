//! The worker that reads and writes the log's files, one thing after another, so that what
//! it reports is in the order in which it happened.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::Input;
use crate::app::{ChangeId, Message};
use crate::io::read::{holds, read_text};
use crate::io::store::{Store, conflict_copies, sweep};
use crate::io::watch::{Watch, watch};
use crate::log::dialect::Dialect;
use crate::log::edit::{Intent, conflict};
use crate::log::links::Links;
use crate::log::{File, Log, SharedText, Source, parse};
use crate::say;
use crate::words::{Say, Sentence};

/// After a file was touched, how long nothing more must happen before it is read.
const QUIET: Duration = Duration::from_millis(120);
/// How long a file that is missing, or empty, is taken for one that is being written.
const GRACE: Duration = Duration::from_secs(2);

/// What the worker can be asked for.
pub enum Job {
    /// Carry a change out.
    Save {
        /// Which change.
        id: ChangeId,
        /// Index into the files.
        file: usize,
        /// The change.
        intent: Intent,
    },
    /// Read everything again and report it in any case.
    Reload,
    /// Read everything again now and report what has changed, if anything.
    Look,
    /// A file may have changed.
    Touched,
    /// End when everything asked for before is done.
    Finish,
}

/// The worker.
pub struct Files {
    jobs: Sender<Job>,
    thread: JoinHandle<()>,
    _watch: Option<Watch>,
}

impl Files {
    /// Starts the worker and the watch. The log is what was read from the files.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn start(paths: Vec<PathBuf>, log: Arc<Log>, store: Store, sender: Sender<Input>) -> std::io::Result<Self> {
        let (jobs, receiver) = mpsc::channel();
        let touched = jobs.clone();
        let watch = watch(&paths, move || {
            // The worker is gone only when the program ends.
            let _ = touched.send(Job::Touched);
        });
        let watch = watch
            .map_err(|error| {
                let text = Sentence::of(|language| {
                    say!(
                        language,
                        "Changes made outside will not be seen until the log is read again: {error}",
                        "外部修改要重新读取日志后才能看到：{error}"
                    )
                });
                let _ = sender.send(Input::Message(Message::Failed(text)));
            })
            .ok();
        let thread = std::thread::Builder::new().name("files".into()).spawn(move || {
            // To copy a large log takes time, and here nobody waits for it.
            let files = paths.into_iter().zip(&log.files).map(Known::new).collect();
            Worker { files, store, sender, due: None, odd_since: None }.run(log, &receiver);
        })?;
        Ok(Self { jobs, thread, _watch: watch })
    }

    /// Asks for something; it is done after everything asked for before.
    pub fn ask(&self, job: Job) {
        // The worker ends only when this sender is gone.
        let _ = self.jobs.send(job);
    }

    /// Waits until everything that was asked for is done.
    pub fn finish(self) {
        self.ask(Job::Finish);
        // Had it panicked, the program would have ended.
        let _ = self.thread.join();
    }
}

/// A file and what it held when it was last read or written.
struct Known {
    path: PathBuf,
    name: String,
    text: SharedText,
    dialect: Arc<Dialect>,
}

impl Known {
    fn new((path, file): (PathBuf, &File)) -> Self {
        Self { path, name: file.name.clone(), text: file.text.clone(), dialect: Arc::clone(&file.dialect) }
    }
}

struct Worker {
    files: Vec<Known>,
    store: Store,
    sender: Sender<Input>,
    /// When to look at the files.
    due: Option<Instant>,
    /// Since when a file is missing or empty.
    odd_since: Option<Instant>,
}

impl Worker {
    fn run(&mut self, log: Arc<Log>, jobs: &Receiver<Job>) {
        for file in &self.files {
            if let Some(folder) = file.path.canonicalize().ok().as_deref().and_then(std::path::Path::parent) {
                sweep(folder);
            }
        }
        self.tell(Message::Linked(Box::new(Links::find(&log))));
        // While two have it, a change would copy it.
        drop(log);
        // What changed between the first reading and the watch made no event.
        self.look(false);
        self.greet();
        while let Some(job) = self.next(jobs) {
            match job {
                Job::Save { id, file, intent } => self.save(id, file, &intent),
                Job::Reload => self.look(true),
                Job::Look => self.look(false),
                Job::Touched => self.due = Some(Instant::now() + QUIET),
                Job::Finish => return,
            }
        }
    }

    /// Says what is not as it should be with the files at the start.
    fn greet(&self) {
        for (index, file) in self.files.iter().enumerate() {
            if let Some(line) = conflict(&file.text) {
                self.tell(Message::Noticed(Sentence::of(|language| {
                    say!(
                        language,
                        "{}: line {line} begins an unfinished merge (“<<<<<<<”): the log is read-only until it is resolved",
                        "{}：第 {line} 行有未完成的合并（“<<<<<<<”）：解决之前日志只读",
                        file.name
                    )
                })));
            }
            if let Some(copy) = conflict_copies(&file.path).first() {
                self.tell(Message::Noticed(Sentence::of(|language| {
                    say!(
                        language,
                        "{copy} is beside the log: a sync program kept two versions; it is not shown",
                        "日志旁有 {copy}：同步程序保留了两个版本；该文件不显示"
                    )
                })));
            }
            self.tell_undone(index);
        }
    }

    /// Offers changes of ours again that are not in a text which someone else has written.
    fn tell_undone(&self, file: usize) {
        let known = &self.files[file];
        for intent in self.store.undone(&known.path, &known.text) {
            self.tell(Message::Undone { file, intent });
        }
    }

    /// The next job; meanwhile looks at the files when they have been quiet long enough.
    fn next(&mut self, jobs: &Receiver<Job>) -> Option<Job> {
        loop {
            let Some(due) = self.due else { return jobs.recv().ok() };
            match jobs.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(job) => return Some(job),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {
                    self.due = None;
                    self.look(false);
                }
            }
        }
    }

    fn save(&mut self, id: ChangeId, file: usize, intent: &Intent) {
        let Some(known) = self.files.get_mut(file) else { return };
        let intents = std::slice::from_ref(intent);
        match self.store.make(&known.path, &known.text, intents) {
            Ok(written) => {
                known.text = written.text.into();
                self.tell(Message::Saved(id));
                if written.changed_outside {
                    self.tell_log();
                } else if !intent.keeps_places() {
                    self.tell(Message::Linked(Box::new(Links::find(&self.log()))));
                }
            }
            Err(error) => {
                self.tell(Message::Refused(id, error.sentence()));
                self.look(false);
            }
        }
    }

    /// Reads all files, and reports them if one has changed, or in any case if `asked`.
    fn look(&mut self, asked: bool) {
        match self.read() {
            Ok(changed) => {
                self.odd_since = None;
                if !changed.is_empty() || asked {
                    self.tell_log();
                }
                for file in changed {
                    self.tell_undone(file);
                }
            }
            Err(reason) => self.odd(&reason, asked),
        }
    }

    /// Reads all files; which have changed, as indices, or why one cannot be taken as it is.
    fn read(&mut self) -> Result<Vec<usize>, Sentence> {
        let mut changed = Vec::new();
        for (index, file) in self.files.iter_mut().enumerate() {
            // Our own save, which the watch reports like any other; or nothing, as mostly at the
            // start: then a large log is not in memory once more.
            if self.store.is_as_written(&file.path, &file.text) || holds(&file.path, &file.text) {
                continue;
            }
            let text = read_text(&file.path).map_err(|error| error.sentence())?;
            if text.is_empty() && !file.text.is_empty() {
                return Err(Sentence::of(|language| {
                    say!(language, "{}: the file is empty", "{}：文件为空", file.name)
                }));
            }
            if file.text != text {
                file.text = text.into();
                changed.push(index);
            }
        }
        Ok(changed)
    }

    /// A file that cannot be read, or is empty all of a sudden, may be in the middle of being
    /// saved: it is looked at again for a while before anything is said.
    fn odd(&mut self, reason: &Sentence, asked: bool) {
        let since = *self.odd_since.get_or_insert_with(Instant::now);
        if asked || since.elapsed() >= GRACE {
            let text = |language| {
                let reason = reason.get(language);
                say!(language, "{reason}. Shown is what was read before", "{reason}。显示的是之前读取的内容")
            };
            self.tell(Message::Failed(Sentence::of(text)));
        } else {
            self.due = Some(Instant::now() + QUIET);
        }
    }

    fn log(&self) -> Log {
        let source = |file: &Known| Source { name: file.name.clone(), text: file.text.clone() };
        let dialect = self.files.first().map(|file| Arc::clone(&file.dialect)).unwrap_or_default();
        parse::parse_as(self.files.iter().map(source), &dialect)
    }

    fn tell_log(&self) {
        let log = self.log();
        let links = Links::find(&log);
        self.tell(Message::Loaded(Box::new(log)));
        self.tell(Message::Linked(Box::new(links)));
    }

    fn tell(&self, message: Message) {
        // The loop is gone only when the program ends.
        let _ = self.sender.send(Input::Message(message));
    }
}
