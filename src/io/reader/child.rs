//! The process that reads PDFs. It limits its own resources before it opens the first PDF.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufRead, Read, Write};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use rustix::process::{Resource, Rlimit};

use super::{PDFTOTEXT, PdfError, ReaderAnswer};

/// Maximum file size in bytes.
pub const SIZE: u64 = 200 << 20;
/// Maximum memory in bytes.
pub const MEMORY: u64 = 768 << 20;
/// Maximum processor time per file in seconds.
pub const SECONDS: u64 = 20;
/// The process's nice value, so that reading PDFs does not slow the interface down.
const NICE: i32 = 10;

/// Runs as the reader process if the arguments say so; `None` otherwise.
pub fn run_if_child(mut arguments: impl Iterator<Item = OsString>) -> Option<ExitCode> {
    if arguments.nth(1)? != super::ROLE {
        return None;
    }
    let code = match (arguments.next(), arguments.next()) {
        (None, _) => serve(),
        (Some(other), Some(path)) if other == PDFTOTEXT => exec_pdftotext(&path),
        _ => return Some(ExitCode::from(2)),
    };
    Some(code)
}

/// Reads NUL-terminated paths from standard input and answers each with a line of JSON.
fn serve() -> ExitCode {
    limit();
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut path = Vec::new();
    loop {
        path.clear();
        match input.read_until(0, &mut path) {
            Ok(0) | Err(_) => return ExitCode::SUCCESS,
            Ok(_) => path.truncate(path.len() - usize::from(path.ends_with(&[0]))),
        }
        limit_time();
        let answer = match read(&PathBuf::from(OsString::from_vec(path.clone()))) {
            Ok(paper) => ReaderAnswer::Read(Box::new(paper)),
            Err(reason) => ReaderAnswer::Failed(reason),
        };
        let mut line = serde_json::to_vec(&answer).unwrap_or_default();
        line.push(b'\n');
        if output.write_all(&line).and_then(|()| output.flush()).is_err() {
            return ExitCode::FAILURE;
        }
    }
}

/// Replaces this process with `pdftotext`, under the same limits.
fn exec_pdftotext(path: &OsStr) -> ExitCode {
    limit();
    limit_time();
    // Returns only if the program cannot be run, usually because it is not installed.
    let _ = Command::new(PDFTOTEXT).args(["-q", "-enc", "UTF-8"]).arg(path).arg("-").exec();
    ExitCode::FAILURE
}

/// Sets the resource limits that the system supports.
fn limit() {
    let set = |resource, most| {
        let _ = rustix::process::setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    };
    set(Resource::As, MEMORY);
    set(Resource::Core, 0);
    // No file may be written; pipes are exempt.
    set(Resource::Fsize, 0);
    let _ = rustix::process::nice(NICE);
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

/// Extends the limit on processor time for one more file.
fn limit_time() {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec;
    let most = u64::try_from(used).unwrap_or(0) + SECONDS;
    let _ = rustix::process::setrlimit(Resource::Cpu, Rlimit { current: Some(most), maximum: None });
}

fn read(path: &Path) -> Result<crate::papers::Paper, PdfError> {
    let of = |error: io::Error| PdfError::of(&error);
    let found = std::fs::metadata(path).map_err(of)?;
    if !found.is_file() {
        return Err(PdfError::NoFile);
    }
    if found.len() > SIZE {
        return Err(PdfError::Large);
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(of)?.take(SIZE).read_to_end(&mut bytes).map_err(of)?;
    parsed(bytes)
}

#[cfg(feature = "pdf")]
fn parsed(bytes: Vec<u8>) -> Result<crate::papers::Paper, PdfError> {
    super::parse::parse(bytes).map(|source| crate::papers::Paper::read(&source))
}

#[cfg(not(feature = "pdf"))]
fn parsed(_: Vec<u8>) -> Result<crate::papers::Paper, PdfError> {
    Err(PdfError::NotBuilt)
}
