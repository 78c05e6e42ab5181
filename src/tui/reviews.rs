//! The worker that reads and changes the reviews, one job at a time. It reports changes only once they are saved.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;

use super::Input;
use crate::app::{ChangeId, Message};
use crate::io::sidecar::{self, Sidecar};
use crate::io::store::Store;
use crate::review::history::{self, ReviewChange};
use crate::say;
use crate::words::{Say, Sentence};

/// A job for the worker.
pub enum ReviewJob {
    /// Read and report the reviews.
    Load,
    /// Change the reviews.
    Change {
        /// The id that the answer refers to.
        id: ChangeId,
        /// The change.
        change: ReviewChange,
    },
    /// Exit after all earlier jobs.
    Finish,
}

/// Handle of the worker.
pub struct ReviewsWorker {
    jobs: Sender<ReviewJob>,
    thread: JoinHandle<()>,
}

impl ReviewsWorker {
    /// Starts the worker, which first loads the reviews from a folder and then sends `then`.
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
        let sidecar = Sidecar::new(folder, store.retry);
        let mut worker = ReviewsThread { sidecar, known: history::Reviews::default(), sender };
        let thread = std::thread::Builder::new().name("reviews".into()).spawn(move || {
            worker.load();
            then.into_iter().for_each(|message| worker.tell(message));
            worker.run(&receiver);
        })?;
        Ok(Self { jobs, thread })
    }

    /// Queues a job.
    pub fn ask(&self, job: ReviewJob) {
        // Fails only if the worker has panicked, which ends the program.
        let _ = self.jobs.send(job);
    }

    /// Waits until all queued jobs are done.
    pub fn finish(self) {
        self.ask(ReviewJob::Finish);
        // A panic would already have ended the program.
        let _ = self.thread.join();
    }
}

struct ReviewsThread {
    sidecar: Sidecar<history::Reviews>,
    /// The reviews as last reported to the application.
    known: history::Reviews,
    sender: Sender<Input>,
}

impl ReviewsThread {
    fn run(&mut self, jobs: &Receiver<ReviewJob>) {
        while let Ok(job) = jobs.recv() {
            match job {
                ReviewJob::Load => self.load(),
                ReviewJob::Change { id, change } => self.change(id, &change),
                ReviewJob::Finish => return,
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
                say!(language, "Reviewing is paused: {}", "复习暂不可用：{}", error.say(language))
            }))),
        }
    }

    fn change(&mut self, id: ChangeId, change: &ReviewChange) {
        match self.sidecar.change(|reviews| reviews.apply(change)) {
            Ok(loaded) => {
                self.tell(Message::Reviewed(id));
                self.known.apply(change);
                if loaded.document != self.known {
                    // Another process has changed the reviews too.
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
        // Fails only when the program exits.
        let _ = self.sender.send(Input::Message(message));
    }
}
