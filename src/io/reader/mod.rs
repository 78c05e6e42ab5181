//! Reads PDFs in a child process, because they are untrusted. The child is this program itself: it takes paths on
//! standard input and answers each with a line of JSON. Its memory and time are limited, and it cannot write files;
//! whatever happens to it, the caller gets an answer.

pub(crate) mod child;
mod error;
#[cfg(feature = "pdf")]
mod parse;
mod running;

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::papers::{Paper, PdfContent};
pub use error::PdfError;
use running::ChildProcess;

/// The argument that makes this program a PDF reader.
pub const ROLE: &str = "__read-pdf";
/// Another program, for PDFs in which we find no text.
const PDFTOTEXT: &str = "pdftotext";
/// Maximum wall-clock time per file: more than the limit on processor time, since the machine may be busy.
const TIMEOUT: Duration = Duration::from_secs(300);
/// Raise this if the reader extracts more or different data; cached results are then read again.
pub const VERSION: u32 = 1;

/// The answer of the child process.
#[derive(Debug, Serialize, Deserialize)]
enum ReaderAnswer {
    Read(Box<Paper>),
    Failed(PdfError),
}

/// Reads PDFs one after the other.
#[derive(Debug)]
pub struct PdfReader {
    program: PathBuf,
    running: Option<ChildProcess>,
}

impl PdfReader {
    /// Creates a reader whose child is this program.
    pub fn new() -> Self {
        // This is the running binary, even if another version was installed meanwhile.
        let own = Path::new("/proc/self/exe");
        let named = || std::env::current_exe().unwrap_or_default();
        Self::by(if own.exists() { own.to_owned() } else { named() })
    }

    /// Creates a reader whose child is the given program.
    pub fn by(program: PathBuf) -> Self {
        Self { program, running: None }
    }

    /// Reads the paper in a PDF.
    ///
    /// # Errors
    /// If the PDF cannot be read.
    pub fn read(&mut self, path: &Path) -> Result<Paper, PdfError> {
        let path = std::path::absolute(path).map_err(|error| PdfError::of(&error))?;
        let mut running = match self.running.take() {
            Some(running) => running,
            None => ChildProcess::start(&self.program, &[ROLE.as_ref()])?,
        };
        let line = running.ask(&path, TIMEOUT)?;
        let answer = serde_json::from_slice(&line).map_err(|_| PdfError::Crashed)?;
        self.running = Some(running);
        match answer {
            ReaderAnswer::Read(paper) if paper.text => Ok(*paper),
            ReaderAnswer::Read(paper) => Ok(self.read_with_pdftotext(&path).unwrap_or(*paper)),
            ReaderAnswer::Failed(reason) => Err(reason),
        }
    }

    /// Tries `pdftotext`, if installed, on a PDF in which we found no text.
    fn read_with_pdftotext(&self, path: &Path) -> Option<Paper> {
        let arguments = [ROLE.as_ref(), PDFTOTEXT.as_ref(), path.as_os_str()];
        let text = ChildProcess::start(&self.program, &arguments).ok()?.rest(TIMEOUT)?;
        let text = String::from_utf8_lossy(&text);
        let pages: Vec<String> = text.trim_end_matches('\u{C}').split('\u{C}').map(str::to_owned).collect();
        let paper = Paper::read(&PdfContent { count: pages.len(), pages, ..PdfContent::default() });
        paper.text.then_some(paper)
    }
}

impl Default for PdfReader {
    fn default() -> Self {
        Self::new()
    }
}
