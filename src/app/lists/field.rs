//! A single-line text field.

use tui_input::{Input, InputRequest as Request};
use unicode_segmentation::UnicodeSegmentation;

use crate::app::keys::key::{Code, KeyPress};
use crate::text::{copied, drawable, width};

/// A text field with its cursor.
#[derive(Debug, Clone, Default)]
pub struct Field {
    input: Input,
}

impl Field {
    /// A field with this text and the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self { input: Input::new(text.to_owned()) }
    }

    /// The current text.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Handles a key with readline's bindings, except that Ctrl and Alt are treated alike: Alt-B, Alt-F and Alt-D move or
    /// delete by character. Returns whether the text changed.
    pub fn key(&mut self, key: KeyPress) -> bool {
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

    /// Inserts pasted text as one line, without dangerous characters; combining characters are kept. Returns
    /// whether anything was inserted.
    pub fn paste(&mut self, text: &str) -> bool {
        let text = copied(&text.replace(['\n', '\r', '\t'], " ")).into_owned();
        let (before, after) = self.text().split_at(self.cursor());
        let cursor = before.chars().count() + text.chars().count();
        self.input = Input::new(format!("{before}{text}{after}")).with_cursor(cursor);
        !text.is_empty()
    }

    /// The cursor's byte offset.
    fn cursor(&self) -> usize {
        let at = self.text().char_indices().nth(self.input.cursor());
        at.map_or(self.text().len(), |(at, _)| at)
    }

    /// Whether the cursor is at the start.
    pub fn is_at_start(&self) -> bool {
        self.input.cursor() == 0
    }

    /// The text wrapped into rows of `columns`, and the cursor's (row, column). There is always room for the
    /// cursor after the last character.
    pub fn rows(&self, columns: usize) -> (Vec<&str>, (usize, usize)) {
        let (text, at) = (self.text(), self.cursor());
        let (mut rows, mut start, mut column, mut cursor) = (Vec::new(), 0, 0, (0, 0));
        for (index, grapheme) in text.grapheme_indices(true) {
            let wide = drawable(grapheme).1;
            if column + wide > columns && column > 0 {
                rows.push(&text[start..index]);
                (start, column) = (index, 0);
            }
            if index == at {
                cursor = (rows.len(), column);
            }
            column += wide;
        }
        let is_full = column >= columns && column > 0;
        rows.push(&text[start..]);
        if at == text.len() && is_full {
            rows.push("");
        }
        if at == text.len() {
            cursor = (rows.len() - 1, if is_full { 0 } else { column });
        }
        (rows, cursor)
    }

    /// The text and the cursor's column. The start of the text is cut so that the cursor is within `columns`;
    /// the caller clips the end.
    pub fn window(&self, columns: usize) -> (&str, usize) {
        let (before, _) = self.text().split_at(self.cursor());
        let room = columns.saturating_sub(1);
        let (mut start, mut column) = (0, width(before));
        for grapheme in before.graphemes(true) {
            if column <= room {
                break;
            }
            start += grapheme.len();
            column = column.saturating_sub(drawable(grapheme).1);
        }
        (&self.text()[start..], column.min(columns))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_visible_among_wide_characters() {
        let mut field = Field::new("注意力就是");
        assert_eq!(field.window(20), ("注意力就是", 10));
        let (shown, cursor) = field.window(5);
        assert!(shown.ends_with('是') && cursor <= 5, "{shown} {cursor}");
        assert!(field.key(KeyPress::plain(Code::Char('x'))) && !field.key(KeyPress::plain(Code::Home)));
        assert_eq!(field.window(5).1, 0);
    }

    #[test]
    fn the_cursor_moves_by_graphemes() {
        for text in ["❤️", "1️⃣", "🇩🇪", "👨‍👩‍👧", "e\u{301}", "हि", "か\u{3099}"] {
            let columns = width(text);
            let mut field = Field::new(&format!("{text}x"));
            assert_eq!(field.window(20).1, columns + 1, "{text}");
            field.key(KeyPress::plain(Code::Left));
            assert_eq!(field.window(20).1, columns, "{text}");
            field.key(KeyPress::plain(Code::Left));
            assert_eq!(field.window(20).1, 0, "{text}");
            field.key(KeyPress::plain(Code::Right));
            assert_eq!(field.window(20).1, columns, "{text}");
            field.key(KeyPress::plain(Code::Backspace));
            assert_eq!(field.text(), "x", "{text}");
        }
    }

    #[test]
    fn long_text_wraps_around_the_cursor() {
        assert_eq!(Field::new("").rows(4), (vec![""], (0, 0)));
        assert_eq!(Field::new("abc").rows(4), (vec!["abc"], (0, 3)));
        assert_eq!(Field::new("abcd").rows(4), (vec!["abcd", ""], (1, 0)));
        let mut field = Field::new("ab注意力");
        assert_eq!(field.rows(5), (vec!["ab注", "意力"], (1, 4)));
        field.key(KeyPress::plain(Code::Left));
        field.key(KeyPress::plain(Code::Left));
        assert_eq!(field.rows(5).1, (1, 0));
    }

    #[test]
    fn pasting_keeps_combining_characters() {
        let texts = [
            "cafe\u{301}",
            "हिन्दी क्\u{200D}ष",
            "ภาษาไทย",
            "שָׁלוֹם",
            "می\u{200C}خواهم",
            "👨‍👩‍👧 ❤️ 1️⃣ 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "각",
        ];
        for text in texts {
            let mut field = Field::new("ab");
            field.key(KeyPress::plain(Code::Left));
            assert!(field.paste(text));
            assert_eq!(field.text(), format!("a{text}b"));
        }
    }

    #[test]
    fn pasting_removes_control_characters_and_line_breaks() {
        let mut field = Field::default();
        field.paste("a\x1b\u{202E}b\n\tc");
        assert_eq!(field.text(), "ab  c");
    }
}
