//! The help, generated from the keymap.

use super::palette::words;
use crate::app::keys::context::Context;
use crate::app::keys::keymap::{self, Keymap};
use crate::app::page::flow::{Kind, Line, Role, Span};
use crate::app::page::wrap::wrap;
use crate::text::width;
use crate::words::Language;

/// Columns of the keys.
const KEYS: usize = 18;

/// The minimum width of the descriptions.
const ABOUT: usize = 16;

/// The lines of the help, the current context first. `shows` filters bindings by a text of their keys,
/// description, name and synonyms.
pub fn lines(
    keymap: &Keymap,
    place: Context,
    language: Language,
    columns: usize,
    shows: impl Fn(&str) -> bool,
) -> Vec<Line> {
    let room = columns.saturating_sub(KEYS).max(ABOUT);
    let mut lines = Vec::new();
    for (title, mut bindings) in keymap::help(keymap, place, language) {
        bindings.retain(|(keys, binding)| {
            let (about, name, others) = (binding.about.get(language), binding.action.name(), words(binding, language));
            shows(&format!("{keys} {about} {name} {others}"))
        });
        if bindings.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::of(Kind::Heading, Role::Heading, title));
        for (keys, binding) in bindings {
            let about = *binding.about.get(language);
            for (row, range) in wrap(about, room).into_iter().enumerate() {
                let keys = if row == 0 { keys.as_str() } else { "" };
                let gap = " ".repeat(KEYS.saturating_sub(width(keys)).max(1));
                let mut line = Line::of(Kind::Text, Role::Body, &format!("{keys}{gap}"));
                line.spans.push(Span { text: about[range].to_owned(), role: Role::Fact, ..Span::default() });
                lines.push(line);
            }
        }
    }
    lines
}
