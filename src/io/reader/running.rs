//! A child process that answers questions within a time limit.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use super::PdfError;

/// Maximum length of an answer in bytes.
const LONGEST: u64 = 8 << 20;

/// A running process; killed when dropped.
#[derive(Debug)]
pub(super) struct ChildProcess {
    child: Child,
    input: Option<ChildStdin>,
    answers: Receiver<Vec<u8>>,
}

impl ChildProcess {
    /// Starts a program.
    pub(super) fn start(program: &Path, arguments: &[&OsStr]) -> Result<Self, PdfError> {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        // Keep neither our working directory, which could not be unmounted, nor backtraces, which the child does not
        // need.
        command.current_dir("/").env_remove("RUST_BACKTRACE");
        let mut child = command.spawn().map_err(|error| PdfError::of(&error))?;
        let (sender, answers) = channel();
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let running = Self { child, input, answers };
        // The thread ends when the process does.
        std::thread::spawn(move || {
            if let Some(output) = output {
                forward(output, &|answer| sender.send(answer).is_ok());
            }
        });
        Ok(running)
    }

    /// Sends the path of a file and waits for the answer, one line.
    pub(super) fn ask(&mut self, path: &Path, timeout: Duration) -> Result<Vec<u8>, PdfError> {
        let question = [path.as_os_str().as_bytes(), &[0]].concat();
        // If the process has ended, its exit status says why.
        let _ = self.input.as_mut().map(|input| input.write_all(&question).and_then(|()| input.flush()));
        match self.answers.recv_timeout(timeout) {
            Ok(answer) if answer.ends_with(b"\n") => Ok(answer),
            Ok(_) => Err(PdfError::Crashed),
            Err(RecvTimeoutError::Timeout) => Err(PdfError::Time),
            Err(RecvTimeoutError::Disconnected) => Err(self.child.wait().map_or(PdfError::Crashed, PdfError::of_end)),
        }
    }

    /// The remaining output, if the process exits successfully in time.
    pub(super) fn rest(mut self, timeout: Duration) -> Option<Vec<u8>> {
        self.input = None;
        let mut all = Vec::new();
        loop {
            match self.answers.recv_timeout(timeout) {
                Ok(part) if all.len() as u64 + part.len() as u64 <= LONGEST => all.extend(part),
                Ok(_) => return None,
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.child.wait().ok()?.success().then_some(all)
    }
}

impl Drop for ChildProcess {
    fn drop(&mut self) {
        // The process may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Passes each line to `send`, in pieces if it is too long, until the output ends or `send` returns `false`.
fn forward(output: ChildStdout, send: &dyn Fn(Vec<u8>) -> bool) {
    let mut output = BufReader::new(output);
    loop {
        let mut line = Vec::new();
        match output.by_ref().take(LONGEST).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) if !send(line) => return,
            Ok(_) => {}
        }
    }
}
