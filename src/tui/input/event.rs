//! Input from the terminal.

use crossterm::event::Event;

use crate::tui::protocol::TerminalReply;
use crate::ui::theme::Shade;

/// An event that passes the filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalEvent {
    /// A key, mouse event or paste.
    Event(Event),
    /// The terminal's background is light or dark.
    Background(Shade),
    /// The terminal's name or attributes.
    Answer(TerminalReply),
}
