//! The input and output of a save.

use std::path::PathBuf;

use crate::log::File;
use crate::log::edit::ChangeKey;
use crate::words::Sentence;

/// What the caller last saw in a file.
#[derive(Debug, Clone, Copy)]
pub struct LastSeen<'a> {
    pub(super) text: &'a str,
    /// The parsed file with its dialect and forms, if known.
    pub(super) file: Option<&'a File>,
}

impl<'a> From<&'a File> for LastSeen<'a> {
    fn from(file: &'a File) -> Self {
        Self { text: &file.text, file: Some(file) }
    }
}

impl<'a> From<&'a str> for LastSeen<'a> {
    fn from(text: &'a str) -> Self {
        Self { text, file: None }
    }
}

impl<'a> From<&'a String> for LastSeen<'a> {
    fn from(text: &'a String) -> Self {
        Self::from(text.as_str())
    }
}

/// How a change affects the undo list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// A new change, added under this name.
    New(ChangeKey),
    /// Undoes a change.
    Undo {
        /// The change to undo.
        name: ChangeKey,
        /// Whether the caller itself made that change. If so, the change need not be in the list.
        is_own: bool,
    },
}

/// The result of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text on disk.
    pub text: String,
    /// Whether the file had changed since the caller saw it.
    pub changed_outside: bool,
    /// Copies of other programs' concurrent saves whose text could not go into the log.
    pub copies: Vec<PathBuf>,
    /// Whether the change is in the undo list.
    pub is_kept: bool,
    /// Why the change cannot be undone later, if it is not in that list although it should be.
    pub no_undo: Option<Sentence>,
}

impl Written {
    pub(super) fn of(text: String, changed_outside: bool) -> Self {
        Self { text, changed_outside, copies: Vec::new(), is_kept: false, no_undo: None }
    }
}
