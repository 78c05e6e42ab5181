//! Text: ranges of bytes, width in terminal columns, and what is safe to draw.

mod safe;
mod span;

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub(crate) use safe::{Safe, copied, is_safe, safe, safe_json, safe_lines};
pub use span::Span;
pub(crate) use span::offset;

/// The width of text in columns, summed over its graphemes as they are drawn.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    symbols(text).map(|(_, columns)| columns).sum()
}

/// The symbols to draw for a text, each with its width in columns.
pub(crate) fn symbols(text: &str) -> impl Iterator<Item = (&str, usize)> {
    // Most text can do without segmentation, which is slow.
    let is_plain = text.chars().all(stands_alone);
    let symbol = |(at, c): (usize, char)| (&text[at..at + c.len_utf8()], c.width().unwrap_or(0));
    let plain = is_plain.then(|| text.char_indices().map(symbol));
    let others = (!is_plain).then(|| text.graphemes(true).map(drawable));
    plain.into_iter().flatten().chain(others.into_iter().flatten())
}

/// Whether a character is certain to be a grapheme of its own, beside others that are: true for ASCII, lines and
/// blocks, and most CJK and full-width characters.
fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{2010}'..='\u{2027}' | '\u{2500}'..='\u{25FF}' | '\u{3001}'..='\u{3029}')
        || matches!(c, '\u{3030}'..='\u{3098}')
        || matches!(c, '\u{309B}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}')
}

/// The text to draw for a grapheme, and its width in columns. If the grapheme's width differs from the sum of its
/// characters' widths, terminals disagree on it, so only the base character is drawn.
pub(crate) fn drawable(grapheme: &str) -> (&str, usize) {
    let columns = grapheme.width();
    let mut characters = grapheme.chars();
    let base = characters.next().map_or(0, char::len_utf8);
    if characters.next().is_none() || columns == grapheme.chars().filter_map(UnicodeWidthChar::width).sum::<usize>() {
        return (grapheme, columns);
    }
    (&grapheme[..base], grapheme[..base].width())
}

/// The start of a text, of at most this many bytes.
pub(crate) fn prefix(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Truncates text to at most `columns`, ending in `…`; never splits a grapheme.
pub(crate) fn cut(text: &str, columns: usize) -> Cow<'_, str> {
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

/// Like [`cut`], but cuts between words if that keeps more than half. For messages and quotations. Columns of titles
/// use [`cut`], to show as much as fits.
pub(crate) fn cut_words(text: &str, columns: usize) -> Cow<'_, str> {
    let cut = cut(text, columns);
    let Some(kept) = cut.strip_suffix('…').filter(|kept| text.starts_with(kept) && kept.len() < text.len()) else {
        return cut;
    };
    if !text[kept.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return cut;
    }
    let whole = kept.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
    match whole.len() * 2 > kept.len() && whole.len() < kept.len() {
        true => Cow::Owned(format!("{}…", whole.trim_end())),
        false => cut,
    }
}

/// Fits a message into `columns`. Shortens the part in “quotes” first, since the words around a long title matter
/// more than the end of the title.
pub(crate) fn cut_quote(text: &str, columns: usize) -> Cow<'_, str> {
    let Some(over) = width(text).checked_sub(columns).filter(|over| *over > 0) else { return Cow::Borrowed(text) };
    let quote = text.split_once('“').and_then(|(before, rest)| rest.split_once('”').map(|parts| (before, parts)));
    match quote {
        Some((before, (quoted, after))) if width(quoted) >= over + QUOTE => {
            let quoted = cut(quoted, width(quoted) - over);
            Cow::Owned(format!("{before}“{quoted}”{after}"))
        }
        _ => cut_words(text, columns),
    }
}

/// Minimum width of a shortened quotation in columns; below that, nobody would recognise it.
const QUOTE: usize = 8;

/// Truncates text, or pads it with spaces, to exactly `columns`.
pub(crate) fn padded(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(&text))))
}

/// Whether a character is a Han ideograph. Chinese has no spaces, so each ideograph may start a word.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '々' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_matches_what_is_drawn() {
        for (text, wanted) in [("注意a", 5), ("👩‍💻", 2), ("❤️", 1), ("e\u{301}", 1), ("が", 2), ("か\u{3099}", 2)]
        {
            assert_eq!(width(text), wanted, "{text}");
        }
    }

    #[test]
    fn segmentation_changes_nothing_where_it_is_left_out() {
        for c in ('\0'..='\u{FFFF}').filter(|c| stands_alone(*c)) {
            let text = format!("a{c}大{c}{c} ");
            let segmented: Vec<(&str, usize)> = text.graphemes(true).map(drawable).collect();
            assert_eq!(symbols(&text).collect::<Vec<_>>(), segmented, "{c:?}");
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
    fn messages_are_cut_between_words() {
        assert_eq!(cut_words("fold a month, a group", 21), "fold a month, a group");
        assert_eq!(cut_words("fold a month, a group", 18), "fold a month, a…");
        assert_eq!(cut_words("fold a month", 7), "fold a…");
        assert_eq!(cut_words("unfolding all", 7), "unfold…");
        assert_eq!(cut_words("折叠月份", 5), "折叠…");
        assert_eq!(cut_words("模型结构（attention）", 14), "模型结构（…");
    }

    #[test]
    fn quotes_are_cut_before_the_rest_of_a_message() {
        let text = "Deleted “A Very Long Title”; U undoes it";
        assert_eq!(cut_quote(text, 44), text);
        assert_eq!(cut_quote(text, 34), "Deleted “A Very Long…”; U undoes it".replace("Long…", "Lon…"));
        assert_eq!(cut_quote(text, 20), "Deleted “A Very…");
        assert_eq!(cut_quote("no quotation here", 8), "no quot…");
    }
}
