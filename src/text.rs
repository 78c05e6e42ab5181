//! Text measured in columns of a terminal, and made safe to draw there.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a tab takes.
const TAB: &str = "    ";

/// Marks that one character may carry; a flood of them would cover the lines above.
const MARKS: usize = 4;

/// Text that can do nothing to a terminal. The log is not changed by it.
///
/// Controls become their pictures (`␛`), tabs and separators of lines spaces, marks of
/// direction, tags and other invisible characters `�`; hyphens and spaces of no width
/// go. Joiners stay between emoji, variation selectors and a few marks on their base.
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_control()) || !text.contains(is_suspect) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        if c.width() == Some(0) && !is_unsafe(c) {
            marks += 1;
            if marks > MARKS || c == JOINER && !out.ends_with(is_emoji) {
                continue;
            }
            out.push(c);
            continue;
        }
        marks = if c.width() == Some(0) { marks } else { 0 };
        match c {
            '\t' => out.push_str(TAB),
            '\0'..='\u{1F}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('�')),
            '\u{7F}' => out.push('␡'),
            '\u{2028}' | '\u{2029}' => out.push(' '),
            '\u{AD}' | '\u{180E}' | '\u{200B}' | '\u{200C}' | '\u{2060}' | '\u{FEFF}' => {}
            '\u{E0000}'..='\u{E007F}' if out.ends_with(['�', '\u{1F3F4}']) => {}
            c if is_unsafe(c) => out.push('�'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Joins emoji.
const JOINER: char = '\u{200D}';

/// What a joiner may follow: an emoji, or what makes one of a sign.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// What is looked at more closely: anything unsafe, and anything of no width.
fn is_suspect(c: char) -> bool {
    !matches!(c, ' '..='~' | '\u{3000}'..='\u{3029}' | '\u{3400}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}')
        && (is_unsafe(c) || c.width() == Some(0))
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}')
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
        || matches!(c, '\u{E0000}'..='\u{E007F}')
}

/// Columns that text takes, grapheme by grapheme as it is drawn.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    if text.chars().all(stands_alone) {
        return text.chars().filter_map(UnicodeWidthChar::width).sum();
    }
    text.graphemes(true).map(|grapheme| drawable(grapheme).1).sum()
}

/// Whether a character is a grapheme by itself, whatever is beside it: ASCII, Chinese,
/// Japanese and full-width signs, but for those that combine.
fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3029}' | '\u{3030}'..='\u{3098}')
        || matches!(c, '\u{309B}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}')
}

/// What is drawn for a grapheme, and its columns. Where its width is not the sum of its
/// characters' widths, terminals disagree: its base character alone is drawn.
pub fn drawable(grapheme: &str) -> (&str, usize) {
    let columns = grapheme.width();
    let mut characters = grapheme.chars();
    let base = characters.next().map_or(0, char::len_utf8);
    if characters.next().is_none() || columns == grapheme.chars().filter_map(UnicodeWidthChar::width).sum::<usize>() {
        return (grapheme, columns);
    }
    (&grapheme[..base], grapheme[..base].width())
}

/// Text cut with `…` to at most `columns`, never through a character.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else { return Cow::Borrowed("") };
    let mut taken = 0;
    let end = text.grapheme_indices(true).find_map(|(at, grapheme)| {
        taken += drawable(grapheme).1;
        (taken > room).then_some(at)
    });
    Cow::Owned(format!("{}…", text[..end.unwrap_or(text.len())].trim_end()))
}

/// A sentence in at most so many columns: what it quotes is cut first, so that what is said of
/// it stays whole.
pub fn cut_quote(text: &str, columns: usize) -> Cow<'_, str> {
    let Some(over) = width(text).checked_sub(columns).filter(|over| *over > 0) else { return Cow::Borrowed(text) };
    let quote = text.split_once('“').and_then(|(before, rest)| rest.split_once('”').map(|parts| (before, parts)));
    match quote {
        Some((before, (quoted, after))) if width(quoted) >= over + QUOTE => {
            let quoted = cut(quoted, width(quoted) - over);
            Cow::Owned(format!("{before}“{quoted}”{after}"))
        }
        _ => cut(text, columns),
    }
}

/// Columns of a quotation that are needed to know what it is.
const QUOTE: usize = 8;

/// A text at exactly so many columns: cut, or with blanks behind it.
pub fn padded(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(&text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal() {
        assert_eq!(safe("a\x1b[31m\tb\u{202E}c\u{9B}d\u{7F}"), "a␛[31m    b�c�d␡");
        assert_eq!(safe("\u{FEFF}a\u{AD}b\u{2028}c\u{2066}d\u{E0061}\u{E0062}e"), "ab c�d�e");
        assert_eq!(safe("a\u{200D}b"), "ab");
        assert_eq!(safe("👩‍💻 ❤️ e\u{301} 🏴\u{E0067}\u{E007F}"), "👩‍💻 ❤️ e\u{301} 🏴");
        assert_eq!(safe(&format!("a{}b", "\u{301}".repeat(99))), "a\u{301}\u{301}\u{301}\u{301}b");
        assert!(matches!(safe("注意力 is all “you” need…"), Cow::Borrowed(_)));
    }

    #[test]
    fn text_is_as_wide_as_it_is_drawn() {
        for (text, wanted) in [("注意a", 5), ("👩‍💻", 2), ("❤️", 1), ("e\u{301}", 1), ("が", 2), ("か\u{3099}", 2)]
        {
            assert_eq!(width(text), wanted, "{text}");
        }
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

    #[test]
    fn what_is_quoted_is_cut_before_what_is_said_of_it() {
        let text = "Deleted “A Very Long Title”; U takes it back";
        assert_eq!(cut_quote(text, 44), text);
        assert_eq!(cut_quote(text, 38), "Deleted “A Very Long…”; U takes it back".replace("Long…", "Lon…"));
        assert_eq!(cut_quote(text, 20), "Deleted “A Very Lon…");
        assert_eq!(cut_quote("no quotation here", 8), "no quot…");
    }
}
