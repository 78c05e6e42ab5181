//! The worker that searches. It is told what is wanted now; what was wanted before is dropped,
//! also in the middle of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};

use super::Input;
use crate::app::searching::{Ask, Searcher};

/// The worker.
pub struct Search {
    questions: Sender<Ask>,
    newest: Arc<AtomicU64>,
}

impl Search {
    /// Starts the worker.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn start(sender: Sender<Input>) -> std::io::Result<Self> {
        let (questions, receiver) = mpsc::channel();
        let newest = Arc::new(AtomicU64::new(0));
        let wanted = Arc::clone(&newest);
        std::thread::Builder::new().name("search".into()).spawn(move || run(&receiver, &wanted, &sender))?;
        Ok(Self { questions, newest })
    }

    /// Asks something, instead of what was asked before.
    pub fn ask(&self, ask: Ask) {
        self.newest.store(ask.generation, Ordering::Relaxed);
        // The worker ends only when this sender is gone.
        let _ = self.questions.send(ask);
    }
}

fn run(questions: &Receiver<Ask>, newest: &AtomicU64, sender: &Sender<Input>) {
    let mut searcher = Searcher::default();
    while let Ok(first) = questions.recv() {
        let ask = questions.try_iter().last().unwrap_or(first);
        let is_old = || newest.load(Ordering::Relaxed) != ask.generation;
        searcher.answer(&ask, &is_old, |message| {
            // The loop is gone only when the program ends.
            let _ = sender.send(Input::Message(message));
        });
    }
}
