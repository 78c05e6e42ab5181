//! What goes into a save, and what comes out of it.

use std::path::PathBuf;

use crate::log::File;
use crate::log::edit::Name;

/// What a caller last saw in a file.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub(super) text: &'a str,
    /// With the forms in which it was read, where that is known.
    pub(super) file: Option<&'a File>,
}

impl<'a> From<&'a File> for Known<'a> {
    fn from(file: &'a File) -> Self {
        Self { text: &file.text, file: Some(file) }
    }
}

impl<'a> From<&'a str> for Known<'a> {
    fn from(text: &'a str) -> Self {
        Self { text, file: None }
    }
}

impl<'a> From<&'a String> for Known<'a> {
    fn from(text: &'a String) -> Self {
        Self::from(text.as_str())
    }
}

/// What a change is for the list of those that can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// It goes to its end, under this name.
    New(Name),
    /// It takes one of them back.
    TakeBack {
        /// Which one.
        name: Name,
        /// Whether the caller has made it: then it need not be in the list.
        is_own: bool,
    },
}

/// A file after its change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What is on the disk.
    pub text: String,
    /// Whether the file was not what the caller knew.
    pub changed_outside: bool,
    /// What other programs saved in that moment and could not be kept in the log: files beside it.
    pub copies: Vec<PathBuf>,
    /// Whether it is kept how the change is taken back.
    pub is_kept: bool,
}

impl Written {
    pub(super) fn of(text: String, changed_outside: bool) -> Self {
        Self { text, changed_outside, copies: Vec::new(), is_kept: false }
    }
}
