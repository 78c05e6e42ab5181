//! Controls which program reads the terminal.

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::filter::InputFilter;

/// After the editor exits, input is discarded until none has come for this long, to drop replies to its queries.
const QUIET: Duration = Duration::from_millis(50);

/// The longest to discard input, in case a key is held down.
const LONGEST: Duration = Duration::from_secs(1);

/// The lock for reading the terminal. The input thread takes the lock for every read; holding it pauses that thread,
/// so that another program gets all keys and signals.
#[derive(Debug)]
pub struct InputLock {
    reading: Mutex<InputFilter>,
    /// Whether another program runs in the terminal.
    is_program_running: AtomicBool,
    /// Non-blocking streams that become readable after a signal.
    pub interrupts: UnixStream,
    pub stops: UnixStream,
    pub continues: UnixStream,
}

/// Keeps the input thread from reading the terminal until dropped.
pub struct InputPause<'a> {
    lock: &'a InputLock,
    filter: MutexGuard<'a, InputFilter>,
}

impl InputLock {
    /// Creates the lock; nothing is paused.
    ///
    /// # Errors
    /// When the streams cannot be set up.
    pub fn new(interrupts: UnixStream, stops: UnixStream, continues: UnixStream) -> io::Result<Self> {
        for stream in [&interrupts, &stops, &continues] {
            stream.set_nonblocking(true)?;
        }
        Ok(Self { reading: Mutex::default(), is_program_running: AtomicBool::new(false), interrupts, stops, continues })
    }

    /// Pauses the input thread, after any read in progress.
    pub fn pause(&self) -> InputPause<'_> {
        InputPause { lock: self, filter: self.take() }
    }

    /// Like [`Self::pause`], for another program that will run in the terminal.
    pub fn pause_for_program(&self) -> InputPause<'_> {
        let pause = self.pause();
        self.is_program_running.store(true, Ordering::Release);
        pause
    }

    /// Whether another program runs in the terminal.
    pub fn is_program_running(&self) -> bool {
        self.is_program_running.load(Ordering::Acquire)
    }

    /// Waits for the lock.
    pub fn take(&self) -> MutexGuard<'_, InputFilter> {
        // A panic leaves half a sequence at worst.
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the stream's signal has arrived since the last call.
pub fn came(mut stream: &UnixStream) -> bool {
    stream.read(&mut [0; 64]).is_ok_and(|read| read > 0)
}

impl InputPause<'_> {
    /// Ends the pause; call once raw mode is set again. Discards input that was meant for the other program: the rest
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

impl Drop for InputPause<'_> {
    fn drop(&mut self) {
        // The terminal signals all processes of the job. Signals received meanwhile were for the other program.
        for stream in [&self.lock.interrupts, &self.lock.stops, &self.lock.continues] {
            came(stream);
        }
        self.lock.is_program_running.store(false, Ordering::Release);
    }
}

/// Whether the file becomes readable within this time, which may be zero.
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
