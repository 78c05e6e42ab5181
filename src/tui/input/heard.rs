//! What is heard of the terminal.

use crossterm::event::Event;

use crate::tui::protocol::Answer;
use crate::ui::theme::Shade;

/// What the filter lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A key, the mouse, or a paste.
    Event(Event),
    /// The terminal has, or now has, a light or dark background.
    Background(Shade),
    /// The terminal says what it is.
    Answer(Answer),
}
