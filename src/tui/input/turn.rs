//! Whose turn it is to read the terminal.

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::filter::Filter;

/// Input is discarded until none has come for so long: the end of an answer to the editor.
const QUIET: Duration = Duration::from_millis(50);

/// Nobody waits longer than this for it, as where a key is held down.
const LONGEST: Duration = Duration::from_secs(1);

/// Whose turn it is to read the terminal: that of the keys' thread, unless it is lent to
/// another program. What is typed then is that program's alone, and so are its signals.
#[derive(Debug)]
pub struct Turn {
    reading: Mutex<Filter>,
    /// Whether another program runs in the terminal.
    is_lent_out: AtomicBool,
    /// Each has something to read after a signal, and never waits.
    pub interrupts: UnixStream,
    pub stops: UnixStream,
    pub continues: UnixStream,
}

/// The terminal, lent until this is dropped.
pub struct Lent<'a> {
    turn: &'a Turn,
    filter: MutexGuard<'a, Filter>,
}

impl Turn {
    /// A turn that is the keys'.
    ///
    /// # Errors
    /// When the streams cannot be set up.
    pub fn new(interrupts: UnixStream, stops: UnixStream, continues: UnixStream) -> io::Result<Self> {
        for stream in [&interrupts, &stops, &continues] {
            stream.set_nonblocking(true)?;
        }
        Ok(Self { reading: Mutex::default(), is_lent_out: AtomicBool::new(false), interrupts, stops, continues })
    }

    /// Waits until no key is being read, and takes the terminal from the keys.
    pub fn lend(&self) -> Lent<'_> {
        Lent { turn: self, filter: self.take() }
    }

    /// The same for another program that now runs in the terminal.
    pub fn lend_out(&self) -> Lent<'_> {
        let lent = self.lend();
        self.is_lent_out.store(true, Ordering::Release);
        lent
    }

    /// Whether another program runs in the terminal.
    pub fn is_lent_out(&self) -> bool {
        self.is_lent_out.load(Ordering::Acquire)
    }

    /// Waits for the turn.
    pub fn take(&self) -> MutexGuard<'_, Filter> {
        // The worst that a panic leaves behind is half a sequence.
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether there was a signal since this was last asked.
pub fn came(mut stream: &UnixStream) -> bool {
    stream.read(&mut [0; 64]).is_ok_and(|read| read > 0)
}

impl Lent<'_> {
    /// The terminal is ours again, and raw. What has come meanwhile was not meant for us: the
    /// rest of an answer to the other program, or a key that it did not take.
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
        // The terminal sends signals to all who use it; these were meant for the other program.
        for stream in [&self.turn.interrupts, &self.turn.stops, &self.turn.continues] {
            came(stream);
        }
        self.turn.is_lent_out.store(false, Ordering::Release);
    }
}

/// Whether there is something to read within this time.
pub fn is_readable(file: &impl AsFd, within: Duration) -> bool {
    is_ready(file, PollFlags::IN, within)
}

/// Whether something can be written within this time.
pub fn is_ready_to_write(file: &impl AsFd, within: Duration) -> bool {
    is_ready(file, PollFlags::OUT, within)
}

fn is_ready(file: &impl AsFd, wanted: PollFlags, within: Duration) -> bool {
    let within = Timespec::try_from(within).ok();
    poll(&mut [PollFd::new(file, wanted)], within.as_ref()).is_ok_and(|ready| ready > 0)
}
