//! A progress line on standard error, if that is a terminal.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Work that is done sooner than this shows no progress.
const DELAY: Duration = Duration::from_millis(200);

/// Time between two updates.
const INTERVAL: Duration = Duration::from_millis(100);

/// A progress line. Each update overwrites the line, and dropping this value erases it.
pub struct Progress<W: Write = std::io::Stderr> {
    what: &'static str,
    done: u64,
    all: u64,
    out: W,
    /// Time of the next update; `None` if standard error is not a terminal.
    next: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// Starts the timer.
    pub fn new() -> Self {
        let out = std::io::stderr();
        let next = out.is_terminal().then(|| Instant::now() + DELAY);
        Self { what: "", done: 0, all: 0, out, next, shown: false }
    }
}

impl<W: Write> Progress<W> {
    /// Starts a phase called `what`. `all` is its number of steps, or 0 if unknown.
    pub fn begin(&mut self, what: &'static str, all: usize) {
        (self.what, self.all) = (what, all as u64);
        self.set(0);
    }

    /// Counts one more step.
    pub fn step(&mut self) {
        self.set(self.done + 1);
    }

    /// Sets the number of finished steps.
    pub fn set(&mut self, done: u64) {
        self.done = done;
        if self.next.is_some() {
            self.tell(Instant::now());
        }
    }

    fn tell(&mut self, now: Instant) {
        if self.next.is_some_and(|next| now >= next) {
            (self.next, self.shown) = (Some(now + INTERVAL), true);
            let part = (self.done * 100).checked_div(self.all).map(|percent| format!(" {percent}%"));
            // Progress is optional, so a failed write is ignored.
            let _ = write!(self.out, "\r\x1b[K{}{}", self.what, part.unwrap_or_else(|| "…".to_owned()));
        }
    }
}

impl<W: Write> Drop for Progress<W> {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(self.out, "\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(out: &mut Vec<u8>, next: Option<Instant>) -> Progress<&mut Vec<u8>> {
        Progress { what: "writing", done: 0, all: 8, out, next, shown: false }
    }

    #[test]
    fn progress_appears_only_if_slow_and_is_cleared() {
        let mut written = Vec::new();
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut slow = progress(&mut written, Some(start + DELAY));
        for time in [0, 199, 200, 250, 299, 300] {
            slow.done += 1;
            slow.tell(at(time));
        }
        (slow.what, slow.all) = ("checking", 0);
        slow.tell(at(400));
        drop(slow);
        let wanted = "\r\x1b[Kwriting 37%\r\x1b[Kwriting 75%\r\x1b[Kchecking…\r\x1b[K";
        assert_eq!(String::from_utf8_lossy(&written), wanted);
        written.clear();
        let mut fast = progress(&mut written, Some(start + DELAY));
        fast.tell(at(199));
        drop(fast);
        // Without a terminal, nothing is written, however long the work takes.
        let mut unseen = progress(&mut written, None);
        unseen.tell(at(9_000));
        unseen.step();
        drop(unseen);
        assert_eq!(written, b"");
    }
}
