//! Reading PDFs. They are strangers' files, so another process reads them: this program itself, which takes paths
//! on its standard input and answers each with a line of JSON. It may use so much memory and time, and write nothing;
//! whatever becomes of it, there is an answer.

pub(crate) mod child;
#[cfg(feature = "pdf")]
mod parse;
mod running;
mod unread;

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::papers::{Paper, Source};
use running::Running;
pub use unread::Unread;

/// The argument with which this program reads PDFs for another of its kind.
pub const ROLE: &str = "__read-pdf";
/// Another program that knows the text of a PDF, asked where we find none.
const OTHER: &str = "pdftotext";
/// How long a file may take, on the clock: more than its processor time, since others use the machine too.
const PATIENCE: Duration = Duration::from_secs(300);
/// Raised when more, or something else, is read of the same file: what was kept before is then read again.
pub const VERSION: u32 = 1;

/// What the other process answers.
#[derive(Debug, Serialize, Deserialize)]
enum Answer {
    Read(Box<Paper>),
    Unread(Unread),
}

/// Has PDFs read, one after the other.
#[derive(Debug)]
pub struct Reader {
    program: PathBuf,
    running: Option<Running>,
}

impl Reader {
    /// By this program.
    pub fn new() -> Self {
        // What runs is meant, also when another version was installed since.
        let own = Path::new("/proc/self/exe");
        let named = || std::env::current_exe().unwrap_or_default();
        Self::by(if own.exists() { own.to_owned() } else { named() })
    }

    /// By a program of this kind.
    pub fn by(program: PathBuf) -> Self {
        Self { program, running: None }
    }

    /// What a PDF says of its paper.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&mut self, path: &Path) -> Result<Paper, Unread> {
        let path = std::path::absolute(path).map_err(|error| Unread::of(&error))?;
        let mut running = match self.running.take() {
            Some(running) => running,
            None => Running::start(&self.program, &[ROLE.as_ref()])?,
        };
        let line = running.ask(&path, PATIENCE)?;
        let answer = serde_json::from_slice(&line).map_err(|_| Unread::Crashed)?;
        self.running = Some(running);
        match answer {
            Answer::Read(paper) if paper.text => Ok(*paper),
            Answer::Read(paper) => Ok(self.read_by_other(&path).unwrap_or(*paper)),
            Answer::Unread(reason) => Err(reason),
        }
    }

    /// What another program, if there is one, finds in a file without text.
    fn read_by_other(&self, path: &Path) -> Option<Paper> {
        let arguments = [ROLE.as_ref(), OTHER.as_ref(), path.as_os_str()];
        let text = Running::start(&self.program, &arguments).ok()?.rest(PATIENCE)?;
        let text = String::from_utf8_lossy(&text);
        let pages: Vec<String> = text.trim_end_matches('\u{C}').split('\u{C}').map(str::to_owned).collect();
        let paper = Paper::read(&Source { count: pages.len(), pages, ..Source::default() });
        paper.text.then_some(paper)
    }
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}
