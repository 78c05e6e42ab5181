//! Signals, as streams that have something to read.

use std::io;
use std::os::unix::net::UnixStream;

use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGWINCH,
    SIGXCPU,
};
use signal_hook::low_level::emulate_default_handler;

/// All that would end the program unasked, without a word to the terminal.
const QUIT: [i32; 8] = [SIGHUP, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU];

/// Signals that are caught from when this is made: one that comes before anyone listens waits.
pub struct Signals {
    pub quit: UnixStream,
    pub interrupt: UnixStream,
    pub stop: UnixStream,
    pub go_on: UnixStream,
    pub resized: UnixStream,
}

impl Signals {
    /// Begins to catch them.
    ///
    /// # Errors
    /// When the system does not allow it.
    pub fn catch() -> io::Result<Self> {
        Ok(Self {
            quit: caught(&QUIT)?,
            interrupt: caught(&[SIGINT, SIGQUIT])?,
            stop: caught(&[SIGTSTP])?,
            go_on: caught(&[SIGCONT])?,
            resized: caught(&[SIGWINCH])?,
        })
    }
}

/// A stream that has something to read after one of these signals.
fn caught(signals: &[i32]) -> io::Result<UnixStream> {
    let (ours, theirs) = UnixStream::pair()?;
    for &signal in signals {
        signal_hook::low_level::pipe::register(signal, theirs.try_clone()?)?;
    }
    Ok(ours)
}

/// Whether a shell started this program in a job of its own, and could go on while it is stopped.
/// Where it is alone in its terminal, nobody could wake it.
pub fn has_shell() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Stops this process until it is continued.
pub fn stop() {
    // Who cannot be stopped goes on.
    let _ = emulate_default_handler(SIGTSTP);
}

/// The same for all programs of the job, such as a script that has started this one.
pub fn stop_job() {
    let _ = kill_current_process_group(Signal::TSTP);
    stop();
}
