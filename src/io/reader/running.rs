//! A child process that is asked and answers, within a time.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use super::Unread;

/// The longest answer, in bytes.
const LONGEST: u64 = 8 << 20;

/// A process that ends with this value.
#[derive(Debug)]
pub(super) struct Running {
    child: Child,
    input: Option<ChildStdin>,
    answers: Receiver<Vec<u8>>,
}

impl Running {
    /// Starts a program.
    pub(super) fn start(program: &Path, arguments: &[&OsStr]) -> Result<Self, Unread> {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        // Nothing of it is needed there, and it is not to hold a folder.
        command.current_dir("/").env_remove("RUST_BACKTRACE");
        let mut child = command.spawn().map_err(|error| Unread::of(&error))?;
        let (sender, answers) = channel();
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let running = Self { child, input, answers };
        // It ends with the process.
        std::thread::spawn(move || {
            if let Some(output) = output {
                forward(output, &|answer| sender.send(answer).is_ok());
            }
        });
        Ok(running)
    }

    /// Asks about a file.
    pub(super) fn ask(&mut self, path: &Path, patience: Duration) -> Result<Vec<u8>, Unread> {
        let question = [path.as_os_str().as_bytes(), &[0]].concat();
        // Where it has ended its end says why.
        let _ = self.input.as_mut().map(|input| input.write_all(&question).and_then(|()| input.flush()));
        match self.answers.recv_timeout(patience) {
            Ok(answer) if answer.ends_with(b"\n") => Ok(answer),
            Ok(_) => Err(Unread::Crashed),
            Err(RecvTimeoutError::Timeout) => Err(Unread::Time),
            Err(RecvTimeoutError::Disconnected) => Err(self.child.wait().map_or(Unread::Crashed, Unread::of_end)),
        }
    }

    /// All that it still says, if it ends well and in time.
    pub(super) fn rest(mut self, patience: Duration) -> Option<Vec<u8>> {
        self.input = None;
        let mut all = Vec::new();
        loop {
            match self.answers.recv_timeout(patience) {
                Ok(part) if all.len() as u64 + part.len() as u64 <= LONGEST => all.extend(part),
                Ok(_) => return None,
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.child.wait().ok()?.success().then_some(all)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends lines on until there is no more, or more than can be an answer.
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
