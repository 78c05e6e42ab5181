//! Catches signals: each makes a stream readable.

use std::io;
use std::os::unix::net::UnixStream;

use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGWINCH,
    SIGXCPU,
};
use signal_hook::low_level::emulate_default_handler;

/// Signals that would kill the program without restoring the terminal.
const QUIT: [i32; 8] = [SIGHUP, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU];

/// Streams of caught signals. Signals that arrive before anyone reads are kept.
pub struct Signals {
    pub quit: UnixStream,
    pub interrupt: UnixStream,
    pub stop: UnixStream,
    pub go_on: UnixStream,
    pub resized: UnixStream,
}

impl Signals {
    /// Installs the handlers.
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

/// A stream that becomes readable after one of these signals.
fn caught(signals: &[i32]) -> io::Result<UnixStream> {
    let (ours, theirs) = UnixStream::pair()?;
    for &signal in signals {
        signal_hook::low_level::pipe::register(signal, theirs.try_clone()?)?;
    }
    Ok(ours)
}

/// Whether a shell with job control started this program. Without such a shell, nothing would continue the program
/// after a stop.
pub fn has_shell() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Stops this process until it is continued.
pub fn stop() {
    // If the process cannot be stopped, it just carries on.
    let _ = emulate_default_handler(SIGTSTP);
}

/// Stops the whole job, such as a script that started this program.
pub fn stop_job() {
    let _ = kill_current_process_group(Signal::TSTP);
    stop();
}
