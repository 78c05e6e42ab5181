//! How far a long work is, on standard error while that is a terminal.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// What is done sooner than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(200);

/// Between two lines.
const PAUSE: Duration = Duration::from_millis(100);

/// A line that is written over again and again, and is gone at the end.
pub struct Progress<W: Write = std::io::Stderr> {
    what: &'static str,
    done: u64,
    all: u64,
    out: W,
    /// When the line is written next; `None` where no one would see it.
    next: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// At the start of the work.
    pub fn new() -> Self {
        let out = std::io::stderr();
        let next = out.is_terminal().then(|| Instant::now() + PATIENCE);
        Self { what: "", done: 0, all: 0, out, next, shown: false }
    }
}

impl<W: Write> Progress<W> {
    /// A part of the work begins, of so many steps; none where they cannot be counted.
    pub fn begin(&mut self, what: &'static str, all: usize) {
        (self.what, self.all) = (what, all as u64);
        self.reach(0);
    }

    /// One more step is done.
    pub fn step(&mut self) {
        self.reach(self.done + 1);
    }

    /// So many steps are done.
    pub fn reach(&mut self, done: u64) {
        self.done = done;
        if self.next.is_some() {
            self.tell(Instant::now());
        }
    }

    fn tell(&mut self, now: Instant) {
        if self.next.is_some_and(|next| now >= next) {
            (self.next, self.shown) = (Some(now + PAUSE), true);
            let part = (self.done * 100).checked_div(self.all).map(|percent| format!(" {percent}%"));
            // Where it cannot be written, the work goes on without it.
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
    fn only_what_takes_long_is_said_and_it_is_gone_at_the_end() {
        let mut written = Vec::new();
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut slow = progress(&mut written, Some(start + PATIENCE));
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
        let mut fast = progress(&mut written, Some(start + PATIENCE));
        fast.tell(at(199));
        drop(fast);
        // Where no one would see it, nothing is written however long it takes.
        let mut unseen = progress(&mut written, None);
        unseen.tell(at(9_000));
        unseen.step();
        drop(unseen);
        assert_eq!(written, b"");
    }
}
