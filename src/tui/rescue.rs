//! Restores the terminal when the program aborts: on a double panic, when memory runs out, or when a thread's stack
//! overflows.
//!
//! An aborting thread runs no more of our code, and a signal handler may do hardly anything. So another thread waits
//! with everything prepared. The handler of SIGABRT writes to two pipes: the first wakes the thread; the second is
//! full, and so blocks the failed thread until the terminal is restored and the program has ended. A parent process
//! could do the same, but would interfere with signals, job control and startup.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use nix::sys::signal::{SigSet, Signal};
use rustix::stdio::{stderr, stdin, stdout};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::SIGABRT;
use signal_hook::low_level::{emulate_default_handler, pipe};

use super::input::lock::is_ready_to_write;
use crate::words::Language;

/// How long to wait for a terminal that accepts no output.
const TIMEOUT: Duration = Duration::from_secs(1);

/// Starts the thread. Must be called before raw mode is set. `restore` holds the escape sequences that undo
/// everything but raw mode; they are written only if `is_taken`, that is, while the program controls the terminal.
/// `language` is for the message about the crash.
///
/// # Errors
/// When the system does not allow it.
pub fn stand_by(restore: Vec<u8>, is_taken: &'static AtomicBool, language: Language) -> io::Result<()> {
    let modes = tcgetattr(stdin())?;
    let (mut woken, wake) = UnixStream::pair()?;
    let (never_read, mut full) = io::pipe()?;
    let hold = full.try_clone()?;
    pipe::register(SIGABRT, wake)?;
    pipe::register(SIGABRT, hold)?;
    // Fill the pipe while it is non-blocking; then make writes block.
    while full.write(&[0; 4096]).is_ok() {}
    while full.write(&[0]).is_ok() {}
    rustix::io::ioctl_fionbio(&full, false)?;
    let report = language.pick(
        "papers-tui: the program has crashed; everything saved so far is safe\n",
        "papers-tui：程序崩溃；已保存的内容不受影响\n",
    );
    let (ready, is_ready) = mpsc::channel();
    std::thread::Builder::new().name("rescue".into()).spawn(move || {
        // A SIGABRT from another process may go to any thread. In this one, the handler would block the rescue
        // itself.
        let _ = SigSet::from(Signal::SIGABRT).thread_block();
        let _ = ready.send(());
        if woken.read_exact(&mut [0]).is_ok() {
            if is_taken.load(Ordering::Acquire) {
                give_back(&restore, &modes);
            }
            if is_ready_to_write(&stderr(), TIMEOUT) {
                let _ = rustix::io::write(stderr(), report.as_bytes());
            }
            let _ = emulate_default_handler(SIGABRT);
        }
        drop((never_read, full));
    })?;
    // Wait until the thread runs, since it cannot start later: a thread whose stack overflowed holds a lock that
    // starting one needs.
    is_ready.recv().map_err(io::Error::other)
}

/// Restores the terminal. Takes no locks and allocates nothing, since the failed thread may hold any lock.
fn give_back(restore: &[u8], modes: &Termios) {
    if is_ready_to_write(&stdout(), TIMEOUT) {
        let _ = rustix::io::write(stdout(), restore);
    }
    let _ = tcsetattr(stdin(), OptionalActions::Now, modes);
}
