//! The worker that reads and writes the log's files, one thing after another, so that what
//! it reports is in the order in which it happened.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::Input;
use super::past::Past;
use crate::app::{ChangeId, ChangeName, Message};
use crate::io::read::{holds, read_text};
use crate::io::settle::{is_settled, read_settled};
use crate::io::store::{Store, conflict_copies_of, told};
use crate::io::watch::{Watch, watch};
use crate::log::edit::{Intent, conflict};
use crate::log::links::Links;
use crate::log::{File, Log, Source, parse};
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
        /// The earlier change that it takes back.
        undoes: Option<ChangeName>,
    },
    /// Read everything again and report it in any case.
    Reload,
    /// A file may have changed.
    Touched,
    /// The user's editor is open from now on: what is saved is what the user writes. The answer
    /// says that this is known.
    Lend(Sender<()>),
    /// The editor has ended: what it left is taken in as what it is.
    TakeBack,
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
            let known = |(path, file): (PathBuf, &File)| Known { path, file: file.clone() };
            let files = paths.into_iter().zip(&log.files).map(known).collect();
            let folders = log.folders.clone();
            let past = Past::default();
            Worker { files, folders, store, sender, past, due: None, odd_since: None, is_lent: false }
                .run(log, &receiver);
        })?;
        Ok(Self { jobs, thread, _watch: watch })
    }

    /// Asks for something; it is done after everything asked for before.
    pub fn ask(&self, job: Job) {
        // The worker ends only when this sender is gone.
        let _ = self.jobs.send(job);
    }

    /// Says that the user's editor is about to be opened, and waits until that is known.
    pub fn lend(&self) {
        let (known, is_known) = mpsc::channel();
        self.ask(Job::Lend(known));
        let _ = is_known.recv_timeout(GRACE);
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
    /// With the forms in which it was read.
    file: File,
}

struct Worker {
    files: Vec<Known>,
    /// Which of them stand in folders that were read as a whole.
    folders: Vec<Range<usize>>,
    store: Store,
    sender: Sender<Input>,
    past: Past,
    /// When to look at the files.
    due: Option<Instant>,
    /// Since when a file is missing or empty.
    odd_since: Option<Instant>,
    /// Whether the user's editor is open.
    is_lent: bool,
}

impl Worker {
    fn run(&mut self, log: Arc<Log>, jobs: &Receiver<Job>) {
        // What had to be kept is named with all that lies beside the log.
        let paths: Vec<PathBuf> = self.files.iter().map(|file| file.path.clone()).collect();
        self.store.sweep_all(&paths);
        self.tell(Message::Linked(Box::new(Links::find(&log))));
        // While two have it, a change would copy it.
        drop(log);
        // What changed between the first reading and the watch made no event.
        self.look(false);
        self.greet();
        while let Some(job) = self.next(jobs) {
            match job {
                Job::Save { id, file, intent, undoes } => self.save(id, file, &intent, undoes),
                Job::Reload => self.look(true),
                Job::Touched if self.is_lent => {}
                Job::Touched => self.due = Some(Instant::now() + QUIET),
                Job::Lend(known) => {
                    self.lend();
                    // Who asked may have given up waiting.
                    let _ = known.send(());
                }
                Job::TakeBack => self.take_back(),
                Job::Finish => break,
            }
        }
        self.look_again(Store::finish);
    }

    /// Says what is not as it should be with the files at the start.
    fn greet(&mut self) {
        for (index, file) in self.files.iter().enumerate() {
            if let Some(line) = conflict(&file.file.text) {
                self.tell(Message::Noticed(Sentence::of(|language| {
                    say!(
                        language,
                        "{}: line {line} begins an unfinished merge (“<<<<<<<”): the log is read-only until it is resolved",
                        "{}：第 {line} 行有未完成的合并（“<<<<<<<”）：解决之前日志只读",
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

    /// Names other versions of the log that lie beside it.
    fn name_copies(&self, names: &[String]) {
        let Some(first) = names.first() else { return };
        let more = names.len() - 1;
        self.tell(Message::Noticed(Sentence::of(|language| match more {
            0 => say!(
                language,
                "{first} is beside the log: another version, from a conflict; it is not shown",
                "日志旁有 {first}：冲突时保留的另一个版本；该文件不显示"
            ),
            more => say!(
                language,
                "{first} and {more} more are beside the log: other versions, from conflicts; they are not shown",
                "日志旁有 {first} 及另外 {more} 个文件：冲突时保留的其他版本；这些文件不显示"
            ),
        })));
    }

    /// The editor begins with what is there, and whatever came before it is other programs' doing.
    fn lend(&mut self) {
        // Nothing is written into the log under the editor.
        self.look_again(Store::finish);
        self.look(false);
        self.is_lent = true;
        self.due = None;
    }

    /// What the editor left is the new base: nothing of it was saved over a change of ours.
    fn take_back(&mut self) {
        self.is_lent = false;
        let mut is_changed = false;
        for file in &mut self.files {
            match read_settled(&file.path, self.store.patience) {
                Ok(text) if file.file.text == text => {}
                Ok(text) => {
                    self.store.forget(&file.path);
                    file.file = file.file.holding(text.into());
                    is_changed = true;
                }
                // It is looked at again, and told then.
                Err(_) => self.due = Some(Instant::now()),
            }
        }
        if is_changed {
            self.tell_made(0..self.files.len());
            let log = self.log();
            let links = Links::find(&log);
            self.tell(Message::Edited(Box::new(log)));
            self.tell(Message::Linked(Box::new(links)));
        }
    }

    /// Offers changes of ours again that are not in a text which someone else has written.
    fn tell_undone(&self, file: usize) {
        let known = &self.files[file];
        for intent in self.store.undone(&known.path, &known.file) {
            self.tell(Message::Undone { file, intent });
        }
    }

    /// Says what can be taken back of what these files hold, whoever has written it.
    fn tell_made(&mut self, files: Range<usize>) {
        let paths: Vec<PathBuf> = self.files[files.clone()].iter().map(|file| file.path.clone()).collect();
        let made = self.store.made(&paths);
        self.past.read(files, made).into_iter().for_each(|past| self.tell(past));
    }

    /// The next job; meanwhile looks at the files when they have been quiet long enough.
    fn next(&mut self, jobs: &Receiver<Job>) -> Option<Job> {
        loop {
            let left = self.files.iter().filter(|_| !self.is_lent).filter_map(|file| self.store.due(&file.path));
            let Some(due) = left.chain(self.due).min() else { return jobs.recv().ok() };
            match jobs.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(job) => return Some(job),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {
                    self.look_again(Store::look_again);
                    if self.due.is_some_and(|due| due <= Instant::now()) {
                        self.due = None;
                        self.look(false);
                    }
                }
            }
        }
    }

    /// Looks at what lost its place to saves of ours.
    fn look_again(&self, look: impl Fn(&Store, &Path) -> Vec<PathBuf>) {
        let copies: Vec<PathBuf> = self.files.iter().flat_map(|file| look(&self.store, &file.path)).collect();
        self.tell_kept(&copies);
    }

    fn tell_kept(&self, copies: &[PathBuf]) {
        told(copies).map(Message::Kept).into_iter().for_each(|kept| self.tell(kept));
    }

    fn save(&mut self, id: ChangeId, file: usize, intent: &Intent, undoes: Option<ChangeName>) {
        let Some(known) = self.files.get_mut(file) else { return };
        match self.store.carry_out(&known.path, &known.file, intent, self.past.deed(id, undoes)) {
            Ok(written) => {
                self.past.saved(id, file, undoes, written.is_kept);
                known.file = known.file.holding(written.text.into());
                self.tell(Message::Saved(id));
                if written.changed_outside {
                    self.tell_made(file..file + 1);
                    self.tell_log();
                } else if !intent.keeps_places() {
                    self.tell(Message::Linked(Box::new(Links::find(&self.log()))));
                }
                self.tell_kept(&written.copies);
            }
            Err(error) => {
                self.tell(Message::Refused(id, error.sentence()));
                self.look(false);
            }
        }
    }

    /// Reads all files, and reports them if one has changed, or in any case if `asked`.
    fn look(&mut self, asked: bool) {
        match self.read(asked) {
            Ok(changed) => {
                self.odd_since = None;
                if !changed.is_empty() || asked {
                    self.tell_log();
                }
                for file in changed {
                    self.tell_made(file..file + 1);
                    self.tell_undone(file);
                }
            }
            Err(reason) => self.odd(&reason, asked),
        }
    }

    /// Reads all files; which have changed, as indices, or why one cannot be taken as it is.
    fn read(&mut self, asked: bool) -> Result<Vec<usize>, Sentence> {
        let mut changed = Vec::new();
        for (index, Known { path, file }) in self.files.iter_mut().enumerate() {
            // Our own save, which the watch reports like any other; or nothing, as mostly at the
            // start: then a large log is not in memory once more.
            if self.store.is_as_written(path, &file.text) || holds(path, &file.text).unwrap_or(false) {
                continue;
            }
            let text = read_text(path).map_err(|error| error.sentence())?;
            if file.text == text {
                continue;
            }
            let is_settled = is_settled(path, &text, &file.text, self.store.patience);
            if !is_settled && (!asked || text.is_empty()) {
                return Err(unsettled(&file.name, text.is_empty()));
            }
            *file = file.holding(text.into());
            changed.push(index);
        }
        Ok(changed)
    }

    /// A file that cannot be read, or is empty or far shorter all of a sudden, may be in the middle
    /// of being saved: it is looked at again for a while before anything is said.
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
        let source = |known: &Known| Source { name: known.file.name.clone(), text: known.file.text.clone() };
        let dialect = self.files.first().map(|known| Arc::clone(&known.file.dialect)).unwrap_or_default();
        parse::parse_folders(self.files.iter().map(source), &self.folders, &dialect, &mut |_| {})
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

/// Why a file is not taken as it is.
fn unsettled(name: &str, is_empty: bool) -> Sentence {
    Sentence::of(|language| match is_empty {
        true => say!(language, "{name}: the file is empty", "{name}：文件为空"),
        false => say!(language, "{name}: another program seems to be writing it", "{name}：似乎有其他程序正在写入"),
    })
}
