//! What happened, and what the shell must do about it.

use super::keymap::Key;
use super::layout::Size;
use crate::log::Log;
use crate::log::edit::Intent;

/// Something that happened outside.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Pasted(String),
    /// The mouse was used at a cell.
    Mouse {
        /// Column and row, from 0.
        at: (u16, u16),
        /// How.
        kind: MouseKind,
    },
    /// The terminal has another size now.
    Resized(Size),
    /// The files were read, since one of them had changed or it was asked for.
    Loaded(Box<Log>),
    /// A file that was asked for, or that had changed, cannot be read.
    Unreadable(String),
    /// A change is on the disk.
    Saved(ChangeId),
    /// A change was not made, for this reason.
    Refused(ChangeId, String),
    /// The time of an alarm has come.
    Alarm(u64),
}

/// How the mouse was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Press,
    /// The wheel was turned by so many lines, downwards if positive.
    Wheel(isize),
}

/// A change of this run of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeId(pub u64);

/// Something that the shell must do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Carry a change out on a file, and answer with `Saved` or `Refused`.
    Save {
        /// Which change.
        id: ChangeId,
        /// Index into [`Log::files`].
        file: usize,
        /// The change.
        intent: Intent,
    },
    /// Read all files again, and answer with `Loaded` or `Unreadable`.
    Reload,
    /// Answer with `Alarm` after this many milliseconds.
    SetAlarm {
        /// To be given back.
        id: u64,
        /// From now.
        milliseconds: u64,
    },
    /// Leave the program.
    Quit,
}
