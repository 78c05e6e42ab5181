//! How far a long work is, on standard error while that is a terminal.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// What is done sooner than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(200);

/// Between two lines.
const PAUSE: Duration = Duration::from_millis(100);

/// A line that is written over again and again, and is gone at the end.
pub struct Progress {
    what: &'static str,
    done: usize,
    all: usize,
    /// When the line is written next; `None` where no one would see it.
    next: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// At the start of so many steps.
    pub fn new(what: &'static str, all: usize) -> Self {
        let next = std::io::stderr().is_terminal().then(|| Instant::now() + PATIENCE);
        Self { what, done: 0, all, next, shown: false }
    }

    /// One more step is done.
    pub fn step(&mut self) {
        self.done += 1;
        let now = Instant::now();
        if self.next.is_some_and(|next| now >= next) {
            (self.next, self.shown) = (Some(now + PAUSE), true);
            // Where it cannot be written, the work goes on without it.
            let _ = write!(std::io::stderr(), "\r{} {}/{}", self.what, self.done, self.all);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
