//! Controls which program reads the terminal.

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::filter::Filter;

/// After the editor, input is discarded until none has come for this long, to drop replies to it.
const QUIET: Duration = Duration::from_millis(50);

/// The limit for that, in case a key is held down.
const LONGEST: Duration = Duration::from_secs(1);

/// The lock for reading the terminal. The input thread holds it, unless the terminal is lent to another
/// program, which then gets all keys and signals.
#[derive(Debug)]
pub struct Turn {
    reading: Mutex<Filter>,
    /// Whether another program runs in the terminal.
    is_lent_out: AtomicBool,
    /// Non-blocking streams that become readable after a signal.
    pub interrupts: UnixStream,
    pub stops: UnixStream,
    pub continues: UnixStream,
}

/// A loan of the terminal, until dropped.
pub struct Lent<'a> {
    turn: &'a Turn,
    filter: MutexGuard<'a, Filter>,
}

impl Turn {
    /// Creates the lock, not lent.
    ///
    /// # Errors
    /// When the streams cannot be set up.
    pub fn new(interrupts: UnixStream, stops: UnixStream, continues: UnixStream) -> io::Result<Self> {
        for stream in [&interrupts, &stops, &continues] {
            stream.set_nonblocking(true)?;
        }
        Ok(Self { reading: Mutex::default(), is_lent_out: AtomicBool::new(false), interrupts, stops, continues })
    }

    /// Takes the terminal from the input thread, after any read in progress.
    pub fn lend(&self) -> Lent<'_> {
        Lent { turn: self, filter: self.take() }
    }

    /// Like [`Self::lend`], for another program that will run in the terminal.
    pub fn lend_out(&self) -> Lent<'_> {
        let lent = self.lend();
        self.is_lent_out.store(true, Ordering::Release);
        lent
    }

    /// Whether another program runs in the terminal.
    pub fn is_lent_out(&self) -> bool {
        self.is_lent_out.load(Ordering::Acquire)
    }

    /// Waits for the lock.
    pub fn take(&self) -> MutexGuard<'_, Filter> {
        // After a panic at worst half a sequence is left.
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether there was a signal since the last call.
pub fn came(mut stream: &UnixStream) -> bool {
    stream.read(&mut [0; 64]).is_ok_and(|read| read > 0)
}

impl Lent<'_> {
    /// Ends the loan, once raw mode is set again. Discards input that was meant for the other program: the rest
    /// of a reply, or keys that it did not read.
    pub fn end(mut self) {
        let stdin = io::stdin();
        let start = Instant::now();
        while start.elapsed() < LONGEST && is_readable(&stdin, QUIET) {
            if !matches!(rustix::io::read(&stdin, &mut [0; 4096][..]), Ok(1..) | Err(rustix::io::Errno::INTR)) {
                break;
            }
        }
        self.filter.begin_anew();
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        // The terminal signals all processes of the job; these were for the other program.
        for stream in [&self.turn.interrupts, &self.turn.stops, &self.turn.continues] {
            came(stream);
        }
        self.turn.is_lent_out.store(false, Ordering::Release);
    }
}

/// Whether the file becomes readable within this time.
pub fn is_readable(file: &impl AsFd, within: Duration) -> bool {
    is_ready(file, PollFlags::IN, within)
}

/// Whether the file becomes writable within this time.
pub fn is_ready_to_write(file: &impl AsFd, within: Duration) -> bool {
    is_ready(file, PollFlags::OUT, within)
}

fn is_ready(file: &impl AsFd, wanted: PollFlags, within: Duration) -> bool {
    let within = Timespec::try_from(within).ok();
    poll(&mut [PollFd::new(file, wanted)], within.as_ref()).is_ok_and(|ready| ready > 0)
}
