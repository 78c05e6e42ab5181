//! What is wrong with a document beside the log, and why one was not changed.

use std::io;

use super::read::ReadError;
use crate::say;
use crate::words::{Language, Say, Sentence};

/// What is wrong with a document on the disk. Nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum Notice {
    /// It cannot be understood, and the copy from before is used.
    FromCopy {
        /// The document.
        path: String,
        /// Why it cannot be used.
        cause: Sentence,
    },
    /// It is not there, but the copy from before is.
    Missing {
        /// The document.
        path: String,
        /// The copy.
        copy: String,
    },
    /// It cannot be understood, and there is no copy.
    Lost {
        /// The document.
        path: String,
        /// Why it cannot be used.
        cause: Sentence,
    },
    /// A newer program has written it.
    TooNew {
        /// The document.
        path: String,
        /// The version of its schema.
        version: u64,
    },
    /// Another program wrote it in the moment of a change, and has lost its place.
    Kept {
        /// The document.
        path: String,
        /// The file that holds what it wrote.
        kept: String,
    },
    /// It was damaged, and was set aside.
    SetAside {
        /// The document.
        path: String,
        /// Why it could not be used.
        cause: Sentence,
        /// The name of the damaged file now.
        kept: String,
    },
}

impl Say for Notice {
    fn say(&self, language: Language) -> String {
        match self {
            Self::FromCopy { path, cause } => say!(
                language,
                "{path}: {}; the copy from before the last change is used, and the next change keeps the damaged file",
                "{path}：{}；已改用上次修改前的副本，下次修改时会保留损坏的文件",
                cause.get(language)
            ),
            Self::Missing { path, copy } => say!(
                language,
                "{path}: missing; the copy beside it, {copy}, is used: to begin anew, remove that one too",
                "{path}：文件缺失；已改用旁边的副本 {copy}：要重新开始，请把副本也删除"
            ),
            Self::Lost { path, cause } => say!(
                language,
                "{path}: {}, and there is no copy; the next change keeps the damaged file and begins a new one",
                "{path}：{}，且没有副本；下次修改时会保留损坏的文件并新建",
                cause.get(language)
            ),
            Self::TooNew { path, version } => say!(
                language,
                "{path}: written by a newer papers-tui (version {version}); it is only read, update papers-tui to change it",
                "{path}：由更新版本的 papers-tui 写入（版本 {version}）；现为只读，升级 papers-tui 后才能修改"
            ),
            Self::Kept { path, kept } => say!(
                language,
                "{path}: another program wrote it at the same time; what it wrote is in {kept}",
                "{path}：另一个程序同时写入了文件；它写入的内容在 {kept}"
            ),
            Self::SetAside { path, cause, kept } => {
                say!(language, "{path}: {}; it is kept as {kept}", "{path}：{}；已保留为 {kept}", cause.get(language))
            }
        }
    }
}

/// Why a document was not read or not changed. On the disk all is as it was.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum SidecarError {
    /// It cannot be read.
    Read(ReadError),
    /// A newer program has written it.
    TooNew(Notice),
    /// Another process holds the lock.
    Locked(String),
    /// Another program writes it all the time.
    Unsettled(String),
    /// It is a symbolic link that leads elsewhere.
    LeadsOut(String),
    /// The system says no.
    Io {
        /// The document.
        path: String,
        /// What the system says.
        source: io::Error,
    },
}

impl Say for SidecarError {
    fn say(&self, language: Language) -> String {
        match self {
            Self::Read(error) => error.say(language),
            Self::TooNew(notice) => notice.say(language),
            Self::Locked(path) => say!(
                language,
                "{path}: another papers-tui is saving; nothing was changed, try again",
                "{path}：另一个 papers-tui 正在保存；未作修改，请重试"
            ),
            Self::Unsettled(path) => say!(
                language,
                "{path}: another program is writing it; nothing was changed, try again",
                "{path}：另一个程序正在写入；未作修改，请重试"
            ),
            Self::LeadsOut(path) => say!(
                language,
                "{path}: a symbolic link that leads out of its folder is not followed; put the file itself there",
                "{path}：不跟随指向文件夹之外的符号链接；请把文件本身放在那里"
            ),
            Self::Io { path, source } => {
                say!(language, "{path}: not saved: {}", "{path}：未保存：{}", source.say(language))
            }
        }
    }
}
