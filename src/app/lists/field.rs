//! A line of text that is typed: a query, an item, a title.

use tui_input::{Input, InputRequest as Request};
use unicode_width::UnicodeWidthChar;

use crate::app::keys::key::{Code, Key};
use crate::text::is_safe;

/// A line of text with a cursor in it.
#[derive(Debug, Clone, Default)]
pub struct Field {
    input: Input,
}

impl Field {
    /// A field that holds this text, the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self { input: Input::new(text.to_owned()) }
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Takes a key; whether the text is another one now. The keys are those of a shell's line.
    pub fn key(&mut self, key: Key) -> bool {
        let request = match (key.code, key.ctrl || key.alt) {
            (Code::Char(c), false) if !c.is_control() => Request::InsertChar(c),
            (Code::Backspace, false) | (Code::Char('h'), true) => Request::DeletePrevChar,
            (Code::Backspace, true) | (Code::Char('w'), true) => Request::DeletePrevWord,
            (Code::Delete, _) | (Code::Char('d'), true) => Request::DeleteNextChar,
            (Code::Char('u'), true) => Request::DeleteFromStart,
            (Code::Left, false) | (Code::Char('b'), true) => Request::GoToPrevChar,
            (Code::Right, false) | (Code::Char('f'), true) => Request::GoToNextChar,
            (Code::Left, true) => Request::GoToPrevWord,
            (Code::Right, true) => Request::GoToNextWord,
            (Code::Home, _) | (Code::Char('a'), true) => Request::GoToStart,
            (Code::End, _) | (Code::Char('e'), true) => Request::GoToEnd,
            _ => return false,
        };
        self.input.handle(request).is_some_and(|changed| changed.value)
    }

    /// Takes pasted text: line ends become spaces, controls go. Whether there was any.
    pub fn paste(&mut self, text: &str) -> bool {
        let text = text.replace(['\n', '\r', '\t'], " ");
        for c in text.chars().filter(|c| is_safe(c.encode_utf8(&mut [0; 4]))) {
            self.input.handle(Request::InsertChar(c));
        }
        !text.is_empty()
    }

    /// Whether the cursor stands before everything.
    pub fn is_at_start(&self) -> bool {
        self.input.cursor() == 0
    }

    /// The part of the text that fits into so many columns, and the column of the cursor in it.
    pub fn window(&self, columns: usize) -> (&str, usize) {
        let scroll = self.input.visual_scroll(columns.saturating_sub(1));
        let mut skipped = 0;
        let start = self.text().char_indices().find(|(_, c)| {
            let is_inside = skipped >= scroll;
            skipped += c.width().unwrap_or(0);
            is_inside
        });
        let shown = start.map_or("", |(at, _)| &self.text()[at..]);
        (shown, self.input.visual_cursor().saturating_sub(scroll).min(columns))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_in_a_window_of_wide_characters() {
        let mut field = Field::new("注意力就是");
        assert_eq!(field.window(20), ("注意力就是", 10));
        let (shown, cursor) = field.window(5);
        assert!(shown.ends_with('是') && cursor <= 5, "{shown} {cursor}");
        assert!(field.key(Key::plain(Code::Char('x'))) && !field.key(Key::plain(Code::Home)));
        assert_eq!(field.window(5).1, 0);
    }

    #[test]
    fn what_is_pasted_is_one_clean_line() {
        let mut field = Field::default();
        field.paste("a\x1b\u{202E}b\n\tc");
        assert_eq!(field.text(), "ab  c");
    }
}
