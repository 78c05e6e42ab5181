//! Text measured in columns of a terminal, and made safe to draw there.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that a tab takes.
const TAB: &str = "    ";

/// Text that can do nothing to a terminal: controls become their pictures (`␛`), tabs
/// spaces; marks of direction and invisible characters go. The log is not changed by it.
pub fn safe(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str(TAB),
            '\0'..='\u{1F}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('�')),
            '\u{7F}' => out.push('␡'),
            '\u{80}'..='\u{9F}' => out.push('�'),
            c if is_unsafe(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}')
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}')
        || matches!(c, '\u{E0000}'..='\u{E007F}')
}

/// Columns that text takes, grapheme by grapheme as it is drawn.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// Text cut with `…` to at most `columns`, never through a character.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else { return Cow::Borrowed("") };
    let mut taken = 0;
    let end = text.grapheme_indices(true).find_map(|(at, grapheme)| {
        taken += grapheme.width();
        (taken > room).then_some(at)
    });
    Cow::Owned(format!("{}…", text[..end.unwrap_or(text.len())].trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal() {
        assert_eq!(safe("a\x1b[31m\tb\u{202E}c\u{9B}d\u{7F}"), "a␛[31m    bc�d␡");
        assert!(matches!(safe("注意力 is all 👩‍💻"), Cow::Borrowed(_)));
    }

    #[test]
    fn cutting_keeps_characters_whole() {
        for (columns, wanted) in [(0, ""), (1, "…"), (2, "…"), (3, "注…"), (4, "注…"), (5, "注意…"), (6, "注意力")]
        {
            let shown = cut("注意力", columns);
            assert_eq!(shown, wanted);
            assert!(width(&shown) <= columns);
        }
        assert_eq!(cut("a b c", 3), "a…");
    }
}
