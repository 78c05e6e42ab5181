//! Why a file was not changed.

use std::io;
use std::path::PathBuf;

use super::displaced::told;
use super::read::ReadError;
use crate::log::edit::Refusal;
use crate::say;
use crate::words::{Language, Say};

/// Why a change was not made. The file is as it was, unless the reason says otherwise.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum WriteError<E: Say> {
    /// The file cannot be read.
    Read(#[from] ReadError),
    /// The file is empty, far shorter than before, or changes as one looks.
    Unsettled(String),
    /// No one may write the file.
    ReadOnly(String),
    /// The change cannot be made on what is there now.
    Refused(E),
    /// Another process of ours does not come to an end with it.
    Locked(String),
    /// The system says no.
    Io {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// The system said no while the file was written in place.
    HalfSaved {
        /// The file.
        path: String,
        /// The copy that was made before.
        backup: String,
        /// What the system says.
        source: io::Error,
    },
}

impl<E: Say> Say for WriteError<E> {
    fn say(&self, language: Language) -> String {
        match self {
            Self::Read(error) => error.say(language),
            Self::Unsettled(path) => say!(
                language,
                "{path}: another program seems to be writing it; nothing was changed, try again",
                "{path}：似乎有其他程序正在写入；未作修改，请重试"
            ),
            Self::ReadOnly(path) => say!(
                language,
                "{path}: the file is read-only; nothing was changed, “chmod u+w” allows it",
                "{path}：文件只读；未作修改，可用“chmod u+w”允许写入"
            ),
            Self::Refused(refusal) => refusal.say(language),
            Self::Locked(path) => say!(
                language,
                "{path}: another papers-tui is saving it and does not end; nothing was changed",
                "{path}：另一个 papers-tui 正在保存，迟迟没有结束；未作修改"
            ),
            Self::Io { path, source } => {
                say!(language, "{path}: not saved: {}", "{path}：未保存：{}", source.say(language))
            }
            Self::HalfSaved { path, backup, source } => say!(
                language,
                "{path}: may be half saved: {}; the text from before is in {backup}",
                "{path}：可能只保存了一部分：{}；之前的内容在 {backup}",
                source.say(language)
            ),
        }
    }
}

impl<E: Say> WriteError<E> {
    /// Whether the change may have come to be all the same, by another program's save of it.
    pub(super) fn may_be_done(&self) -> bool {
        !matches!(self, Self::HalfSaved { .. } | Self::Locked(_) | Self::ReadOnly(_))
    }
}

/// A change that was not made, and where the text is kept that it would have written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub struct Unmade {
    /// Why.
    #[source]
    pub error: WriteError<Refusal>,
    /// A file in the state folder, if there was a text.
    pub kept: Option<PathBuf>,
    /// What other programs saved in that moment and could not be kept in the log: files beside it.
    pub copies: Vec<PathBuf>,
}

impl Say for Unmade {
    fn say(&self, language: Language) -> String {
        let mut said = self.error.say(language);
        if let Some(path) = self.kept.as_ref().map(|path| path.display()) {
            said = say!(language, "{said}; your text is kept in {path}", "{said}；你的文字保存在 {path}");
        }
        if let Some(copies) = told(&self.copies) {
            said = say!(language, "{said}. {}", "{said}。{}", copies.get(language));
        }
        said
    }
}
