//! The help screen, made from the keymap.

use super::flow::{Kind, Line, Role, Span};
use super::keymap::{self, Keymap};
use crate::text::width;
use crate::words::Language;

/// Columns for the keys.
const KEYS: usize = 18;

/// The lines of the help screen.
pub fn lines(keymap: &Keymap, language: Language) -> Vec<Line> {
    let mut lines = Vec::new();
    for (index, (title, bindings)) in keymap::help(keymap, language).into_iter().enumerate() {
        if index > 0 {
            lines.push(Line::default());
        }
        lines.push(Line::of(Kind::Heading, Role::Heading, title));
        for (keys, about) in bindings {
            let gap = " ".repeat(KEYS.saturating_sub(width(&keys)).max(1));
            let mut line = Line::of(Kind::Text, Role::Body, &format!("{keys}{gap}"));
            line.spans.push(Span { text: about.to_owned(), role: Role::Fact, ..Span::default() });
            lines.push(line);
        }
    }
    lines
}
