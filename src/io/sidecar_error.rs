//! Problems with sidecar files, and their messages.

use std::io;

use super::read::ReadError;
use crate::say;
use crate::words::{Language, Say, Sentence};

/// A problem with a document on disk. No damaged file is deleted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum Notice {
    /// The document is damaged; the backup is used.
    FromCopy {
        /// The document.
        path: String,
        /// What the damage is.
        cause: Sentence,
    },
    /// The document is missing; the backup is used.
    Missing {
        /// The document.
        path: String,
        /// The backup.
        copy: String,
    },
    /// The document is damaged, and there is no backup.
    Lost {
        /// The document.
        path: String,
        /// What the damage is.
        cause: Sentence,
    },
    /// The document was written by a newer program.
    TooNew {
        /// The document.
        path: String,
        /// The document's schema version.
        version: u64,
    },
    /// Some records cannot be read. They are kept as they are.
    Unreadable {
        /// The document.
        path: String,
        /// How many records.
        count: usize,
    },
    /// Another program saved at the same moment.
    Kept {
        /// The document.
        path: String,
        /// The file with the other program's version.
        kept: String,
    },
    /// The document was damaged; a new one has replaced it.
    SetAside {
        /// The document.
        path: String,
        /// What the damage is.
        cause: Sentence,
        /// The new name of the damaged file.
        kept: String,
    },
}

impl Say for Notice {
    fn say(&self, language: Language) -> String {
        match self {
            Self::FromCopy { path, cause } => say!(
                language,
                "{path}: {}; using the backup from before the last change. The damaged file will be kept under another name",
                "{path}：{}；已改用上次修改前的备份。损坏的文件会改名保留",
                cause.get(language)
            ),
            Self::Missing { path, copy } => say!(
                language,
                "{path}: missing; using the backup {copy}. To start over, delete the backup too",
                "{path}：文件缺失；已改用备份 {copy}。要重新开始，请把备份也删除"
            ),
            Self::Lost { path, cause } => say!(
                language,
                "{path}: {}, and there is no backup; starting a new file. The damaged one will be kept under another name",
                "{path}：{}，而且没有备份；将新建文件，损坏的文件会改名保留",
                cause.get(language)
            ),
            Self::TooNew { path, version } => say!(
                language,
                "{path}: written by a newer papers-tui (version {version}); read-only until you update papers-tui",
                "{path}：由更高版本的 papers-tui 写入（版本 {version}）；升级 papers-tui 后才能修改"
            ),
            Self::Unreadable { path, count } => {
                let records = language.counted(*count, "record", "records", "条记录");
                say!(
                    language,
                    "{path}: {records} cannot be read; skipped here, and kept in the file",
                    "{path}：{records}无法读取；已忽略，但仍保留在文件中"
                )
            }
            Self::Kept { path, kept } => say!(
                language,
                "{path}: another program saved it at the same time; its version is in {kept}",
                "{path}：另一个程序同时保存了文件；它的版本在 {kept}"
            ),
            Self::SetAside { path, cause, kept } => {
                say!(language, "{path}: {}; kept as {kept}", "{path}：{}；已保留为 {kept}", cause.get(language))
            }
        }
    }
}

/// Why a document was not read or changed. The disk is unchanged.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum SidecarError {
    /// The document cannot be read.
    Read(ReadError),
    /// A newer program has written the document.
    TooNew(Notice),
    /// Another process holds the lock.
    Locked(String),
    /// Another program keeps changing the document.
    Unsettled(String),
    /// The document is a symbolic link that leads out of the folder.
    LeadsOut(String),
    /// The document has an unresolved merge conflict.
    Conflict {
        /// The document.
        path: String,
        /// The line where the conflict begins, from 1.
        line: usize,
    },
    /// A system error.
    Io {
        /// The document.
        path: String,
        /// The error.
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
                "{path}: this symbolic link leads out of its folder and is not followed; put the file itself there",
                "{path}：此符号链接指向文件夹之外，不会跟随；请把文件本身放在这里"
            ),
            Self::Conflict { path, line } => say!(
                language,
                "{path}: line {line} begins a merge conflict (“<<<<<<<”); this file is not read or written until you resolve it",
                "{path}：第 {line} 行有合并冲突（“<<<<<<<”）；解决之前不会读取或写入此文件"
            ),
            Self::Io { path, source } => {
                say!(language, "{path}: not saved: {}", "{path}：未保存：{}", source.say(language))
            }
        }
    }
}
