//! Why a PDF cannot be read.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

use nix::sys::signal::Signal;
use serde::{Deserialize, Serialize};

use super::child::{MEMORY, SECONDS, SIZE};
use crate::say;
use crate::words::{Language, Say};

/// Why a PDF cannot be read; worded to follow “cannot be read: ” or “cannot be read, because ”.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum PdfError {
    /// A system error.
    File(String),
    /// A folder, device or the like.
    NoFile,
    /// The file is too large.
    Large,
    /// Not a PDF.
    NoPdf,
    /// A password is required.
    Encrypted,
    /// The PDF is damaged, with the parser's message.
    Broken(String),
    /// There are no pages.
    NoPages,
    /// The memory limit was exceeded.
    Memory,
    /// The time limit was exceeded.
    Time,
    /// The child ended without an answer.
    Crashed,
    /// Compiled without the `pdf` feature.
    NotBuilt,
}

impl PdfError {
    pub(super) fn of(error: &io::Error) -> Self {
        Self::File(error.to_string())
    }

    /// The reason that the child's exit status suggests.
    pub(super) fn of_end(status: ExitStatus) -> Self {
        let signal = status.signal().and_then(|signal| Signal::try_from(signal).ok());
        match signal {
            Some(Signal::SIGXCPU) => Self::Time,
            // Rust aborts if an allocation fails; the kernel kills a process if memory runs out.
            Some(Signal::SIGABRT | Signal::SIGKILL) => Self::Memory,
            _ => Self::Crashed,
        }
    }
}

impl Say for PdfError {
    fn say(&self, language: Language) -> String {
        match self {
            Self::File(error) => error.clone(),
            Self::NoFile => language.pick("it is not a file", "不是普通文件").to_owned(),
            Self::Large => {
                let most = SIZE >> 20;
                say!(language, "it is larger than {most} MB", "文件大于 {most} MB")
            }
            Self::NoPdf => language.pick("it is not a PDF", "不是 PDF").to_owned(),
            Self::Encrypted => language.pick("it needs a password", "需要密码").to_owned(),
            Self::Broken(error) => say!(language, "it is damaged: {error}", "文件已损坏：{error}"),
            Self::NoPages => language.pick("it has no pages", "没有页面").to_owned(),
            Self::Memory => {
                let most = MEMORY >> 20;
                say!(language, "reading it takes more than {most} MB of memory", "读取时需要超过 {most} MB 内存")
            }
            Self::Time => say!(language, "reading it takes more than {SECONDS} s", "读取时间超过 {SECONDS} 秒"),
            Self::Crashed => language.pick("the PDF reader crashed", "PDF 读取程序崩溃").to_owned(),
            Self::NotBuilt => {
                language.pick("papers-tui was built without PDF support", "编译时未启用 PDF 支持").to_owned()
            }
        }
    }
}
