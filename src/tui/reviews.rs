//! The worker that reads and changes the reviews, one thing after another: what it reports
//! is on the disk.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;

use super::Input;
use crate::app::{ChangeId, Message};
use crate::io::sidecar::{self, Sidecar};
use crate::io::store::Store;
use crate::review::history::{self, Change};
use crate::say;
use crate::words::{Say, Sentence};

/// What the worker can be asked for.
pub enum Job {
    /// Read the reviews, and report them.
    Load,
    /// Change them.
    Change {
        /// Which change.
        id: ChangeId,
        /// The change.
        change: Change,
    },
    /// End when everything asked for before is done.
    Finish,
}

/// The worker.
pub struct Reviews {
    jobs: Sender<Job>,
    thread: JoinHandle<()>,
}

impl Reviews {
    /// Starts the worker for the reviews that are kept in a folder, and lets it read them; `then` is what is
    /// to be said after that.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn start(
        folder: PathBuf,
        store: &Store,
        then: Option<Message>,
        sender: Sender<Input>,
    ) -> std::io::Result<Self> {
        let (jobs, receiver) = mpsc::channel();
        let sidecar = Sidecar::new(folder, store.patience);
        let mut worker = Worker { sidecar, known: history::Reviews::default(), sender };
        let thread = std::thread::Builder::new().name("reviews".into()).spawn(move || {
            worker.load();
            then.into_iter().for_each(|message| worker.tell(message));
            worker.run(&receiver);
        })?;
        Ok(Self { jobs, thread })
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

struct Worker {
    sidecar: Sidecar<history::Reviews>,
    /// What the application knows of.
    known: history::Reviews,
    sender: Sender<Input>,
}

impl Worker {
    fn run(&mut self, jobs: &Receiver<Job>) {
        while let Ok(job) = jobs.recv() {
            match job {
                Job::Load => self.load(),
                Job::Change { id, change } => self.change(id, &change),
                Job::Finish => return,
            }
        }
    }

    fn load(&mut self) {
        match self.sidecar.load() {
            Ok(loaded) => {
                self.take(loaded.document);
                self.notice(loaded.notice);
            }
            Err(error) => self.tell(Message::NoReviews(Sentence::of(|language| {
                say!(language, "Reviewing is paused: {}", "复习已停用：{}", error.say(language))
            }))),
        }
    }

    fn change(&mut self, id: ChangeId, change: &Change) {
        match self.sidecar.change(|reviews| reviews.apply(change)) {
            Ok(loaded) => {
                self.tell(Message::Reviewed(id));
                self.known.apply(change);
                if loaded.document != self.known {
                    // Another process has changed them, too.
                    self.take(loaded.document);
                }
                self.notice(loaded.notice);
            }
            Err(error) => self.tell(Message::ReviewRefused(id, error.sentence())),
        }
    }

    fn take(&mut self, reviews: history::Reviews) {
        self.known = reviews.clone();
        self.tell(Message::Reviews(Box::new(reviews)));
    }

    fn notice(&self, notice: Option<sidecar::Notice>) {
        notice.into_iter().for_each(|notice| self.tell(Message::Noticed(notice.sentence())));
    }

    fn tell(&self, message: Message) {
        // The loop is gone only when the program ends.
        let _ = self.sender.send(Input::Message(message));
    }
}
