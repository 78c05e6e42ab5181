//! Why a change to a file failed.

use std::io;
use std::path::PathBuf;

use super::displaced::told;
use super::read::ReadError;
use crate::log::edit::Refusal;
use crate::say;
use crate::words::{Language, Say};

/// Why a file was not changed. The file is as before, unless the variant says otherwise.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum WriteError<E: Say> {
    /// The file cannot be read.
    Read(#[from] ReadError),
    /// The file is empty, much shorter than before, keeps changing, or is open for writing.
    Unsettled(String),
    /// The file is read-only.
    ReadOnly(String),
    /// The change does not apply to the current text.
    Refused(E),
    /// Another of our processes holds the lock.
    Locked(String),
    /// A system error.
    Io {
        /// The file.
        path: String,
        /// The error.
        source: io::Error,
    },
    /// The file must be written in place, and the backup for that cannot be written.
    NoBackup {
        /// The file.
        path: String,
        /// The folder for backups.
        folder: String,
        /// The error.
        source: io::Error,
    },
    /// A system error while writing in place. The file may be partly written.
    HalfSaved {
        /// The file.
        path: String,
        /// The backup of the text before the write.
        backup: String,
        /// The error.
        source: io::Error,
    },
}

impl<E: Say> Say for WriteError<E> {
    fn say(&self, language: Language) -> String {
        match self {
            Self::Read(error) => error.say(language),
            Self::Unsettled(path) => say!(
                language,
                "{path}: another program seems to be writing this file; nothing was changed, try again",
                "{path}：似乎有其他程序正在写入此文件；未作修改，请重试"
            ),
            Self::ReadOnly(path) => say!(
                language,
                "{path}: the file is read-only; nothing was changed (“chmod u+w” makes it writable)",
                "{path}：文件是只读的；未作修改（可用“chmod u+w”改为可写）"
            ),
            Self::Refused(refusal) => refusal.say(language),
            Self::Locked(path) => say!(
                language,
                "{path}: another papers-tui is still saving this file; nothing was changed",
                "{path}：另一个 papers-tui 仍在保存此文件；未作修改"
            ),
            Self::Io { path, source } => {
                say!(language, "{path}: not saved: {}", "{path}：未保存：{}", source.say(language))
            }
            Self::NoBackup { path, folder, source } => say!(
                language,
                "{path}: not saved: the backup cannot be written to {folder}: {}; make that folder writable",
                "{path}：未保存：无法将备份写入 {folder}：{}；请使该文件夹可写",
                source.say(language)
            ),
            Self::HalfSaved { path, backup, source } => say!(
                language,
                "{path}: may be only partly saved: {}; the previous text is in {backup}",
                "{path}：可能只保存了一部分：{}；之前的内容在 {backup}",
                source.say(language)
            ),
        }
    }
}

impl<E: Say> WriteError<E> {
    /// Whether the change may be in the file despite the error, since another program may have saved it.
    pub(super) fn may_be_done(&self) -> bool {
        !matches!(self, Self::HalfSaved { .. } | Self::NoBackup { .. } | Self::Locked(_) | Self::ReadOnly(_))
    }
}

/// Why a change failed, and where its text was kept.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub struct ChangeError {
    /// The cause.
    #[source]
    pub error: WriteError<Refusal>,
    /// The file in the state folder that keeps the change's new text, if it had any.
    pub kept: Option<PathBuf>,
    /// Copies of other programs' concurrent saves whose text could not go into the log.
    pub copies: Vec<PathBuf>,
}

impl Say for ChangeError {
    fn say(&self, language: Language) -> String {
        let mut said = self.error.say(language);
        if let Some(path) = self.kept.as_ref().map(|path| path.display()) {
            said = say!(language, "{said}; what you typed is saved in {path}", "{said}；你输入的文字保存在 {path}");
        }
        if let Some(copies) = told(&self.copies) {
            said = say!(language, "{said}. {}", "{said}。{}", copies.get(language));
        }
        said
    }
}
