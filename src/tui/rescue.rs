//! Gives the terminal back when the program is aborted: by a panic in a panic, where there is no
//! memory, or when the stack of a thread overflows (for which Rust's runtime aborts).
//!
//! No code can go on after that, and next to none may run in the signal's handler. So a thread
//! waits for it that has all it needs: two pipes are written to by the handler of SIGABRT. The
//! first wakes the thread. The second is full, and holds the failed thread where it is until the
//! terminal is given back and the program has ended. A process around this one could do the same,
//! but would be in the way of every signal, of the shell's jobs, and of the start.

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

use super::input::turn::is_ready_to_write;
use crate::words::Language;

/// Longest that a terminal which takes nothing is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// Waits for it from now on, in a thread, to say it in this language. `restore` is what undoes all
/// but raw mode, if the terminal is taken then. It is not yet raw.
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
    // It was told never to wait; once it is full, it must.
    while full.write(&[0; 4096]).is_ok() {}
    while full.write(&[0]).is_ok() {}
    rustix::io::ioctl_fionbio(&full, false)?;
    let report = language.pick(
        "papers-tui: a fault in the program has ended it; what was saved is safe\n",
        "papers-tui：程序出错，已终止；已保存的内容不受影响\n",
    );
    let (ready, is_ready) = mpsc::channel();
    std::thread::Builder::new().name("rescue".into()).spawn(move || {
        // The system may hand the signal of another program to any thread. This one would hold itself.
        let _ = SigSet::from(Signal::SIGABRT).thread_block();
        let _ = ready.send(());
        if woken.read_exact(&mut [0]).is_ok() {
            if is_taken.load(Ordering::Acquire) {
                give_back(&restore, &modes);
            }
            if is_ready_to_write(&stderr(), PATIENCE) {
                let _ = rustix::io::write(stderr(), report.as_bytes());
            }
            let _ = emulate_default_handler(SIGABRT);
        }
        drop((never_read, full));
    })?;
    // A thread that has overflowed holds a lock that others need to start.
    is_ready.recv().map_err(io::Error::other)
}

/// Takes no lock and no memory: the thread that has failed may hold any of them.
fn give_back(restore: &[u8], modes: &Termios) {
    if is_ready_to_write(&stdout(), PATIENCE) {
        let _ = rustix::io::write(stdout(), restore);
    }
    let _ = tcsetattr(stdin(), OptionalActions::Now, modes);
}
