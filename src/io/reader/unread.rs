//! Why a PDF was not read.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

use nix::sys::signal::Signal;
use serde::{Deserialize, Serialize};

use super::child::{MEMORY, SECONDS, SIZE};
use crate::say;
use crate::words::{Language, Say};

/// Why a PDF was not read: the end of a sentence that begins with “cannot be read, because”.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum Unread {
    /// The system does not give it; what it says.
    File(String),
    /// It is a folder, a device or the like.
    NoFile,
    /// It holds more than is read.
    Large,
    /// It is something else.
    NoPdf,
    /// It asks for a password.
    Encrypted,
    /// It makes no sense; what the reader says.
    Broken(String),
    /// It has none, or none that can be found.
    NoPages,
    /// It takes more memory than the reader may have.
    Memory,
    /// It takes more time than the reader may have.
    Time,
    /// The reader ended without an answer.
    Crashed,
    /// This program was built without the reader.
    NotBuilt,
}

impl Unread {
    pub(super) fn of(error: &io::Error) -> Self {
        Self::File(error.to_string())
    }

    /// What the end of the reader tells.
    pub(super) fn of_end(status: ExitStatus) -> Self {
        let signal = status.signal().and_then(|signal| Signal::try_from(signal).ok());
        match signal {
            Some(Signal::SIGXCPU) => Self::Time,
            // Rust aborts where memory is refused; the system kills where it has none.
            Some(Signal::SIGABRT | Signal::SIGKILL) => Self::Memory,
            _ => Self::Crashed,
        }
    }
}

impl Say for Unread {
    fn say(&self, language: Language) -> String {
        match self {
            Self::File(error) => say!(language, "it cannot be opened: {error}", "无法打开：{error}"),
            Self::NoFile => language.pick("it is not a file", "它不是普通文件").to_owned(),
            Self::Large => {
                let most = SIZE >> 20;
                say!(language, "it is larger than {most} MB", "它大于 {most} MB")
            }
            Self::NoPdf => language.pick("it is not a PDF", "它不是 PDF").to_owned(),
            Self::Encrypted => language.pick("it asks for a password", "它需要密码").to_owned(),
            Self::Broken(error) => say!(language, "it is damaged: {error}", "它已损坏：{error}"),
            Self::NoPages => language.pick("it has no pages", "它没有页面").to_owned(),
            Self::Memory => {
                let most = MEMORY >> 20;
                say!(language, "it takes more than {most} MB of memory", "读取它需要超过 {most} MB 内存")
            }
            Self::Time => say!(language, "it takes more than {SECONDS} s", "读取它需要超过 {SECONDS} 秒"),
            Self::Crashed => language.pick("the reader failed on it", "读取程序出错").to_owned(),
            Self::NotBuilt => {
                language.pick("this program was built without PDFs", "本程序编译时未包含 PDF 功能").to_owned()
            }
        }
    }
}
