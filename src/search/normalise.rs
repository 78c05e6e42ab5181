//! One character to one character: what was typed and what stands in the log in one form,
//! with every index kept.
//!
//! Char *n* of the result is char *n* of the text, so a place found in the one is a place in
//! the other. [`lower`] also keeps the length in bytes of what [`width`] gives.

/// The ASCII form of a full-width or typographic sign; `U+3000` is a space. Others stay.
pub fn width(c: char) -> char {
    match c {
        '\u{3000}' | '\u{A0}' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '、' => ',',
        '。' => '.',
        '【' => '[',
        '】' => ']',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '‐'..='―' | '−' => '-',
        _ => c,
    }
}

/// The signs of which [`width`] makes this one, itself first. Letters and digits are rarely
/// written otherwise, so of them only what was typed counts.
pub fn same_as(c: char) -> impl Iterator<Item = char> {
    let plain = width(c);
    let full = Some(plain).filter(char::is_ascii_punctuation).and_then(|c| char::from_u32(u32::from(c) + 0xFEE0));
    let others = match plain {
        ',' => "、",
        '.' => "。",
        '[' => "【",
        ']' => "】",
        '\'' => "‘’",
        '"' => "“”",
        '-' => "‐‑‒–—―−",
        _ => "",
    };
    let typed = (plain != c && full != Some(c) && !others.contains(c)).then_some(c);
    std::iter::once(plain).chain(full).chain(others.chars()).chain(typed)
}

/// The lower case of a character, where that is one character of as many bytes. Others stay.
pub fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(only), None) if only.len_utf8() == c.len_utf8() => only,
        _ => c,
    }
}

/// Text of plain width and in lower case, of as many chars as it had.
pub fn normalise(text: &str) -> String {
    text.chars().map(|c| lower(width(c))).collect()
}

/// Whether a character is written without spaces between words, so that each begins one.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '々' | '〇')
}

/// The letters of a text in lower case, as bits: a letter or digit each has its own, other
/// chars share some.
pub(super) fn letters(text: &str) -> u64 {
    text.chars().fold(0, |letters, c| letters | letter(c))
}

fn letter(c: char) -> u64 {
    let bit = match c {
        'a'..='z' => u32::from(c) - u32::from('a'),
        '0'..='9' => 26 + u32::from(c) - u32::from('0'),
        _ => 36 + u32::from(c) % 28,
    };
    1 << bit
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_form_for_what_looks_alike() {
        assert_eq!(normalise("ＢＥｉＴ：\u{3000}Ａ（２）"), "beit: a(2)");
        assert_eq!(normalise("“a—b”、Rock’n’Roll。"), "\"a-b\",rock'n'roll.");
        assert_eq!(normalise("ÉCOLE Ωμέγα İ ß 大模型"), "école ωμέγα İ ß 大模型");
    }

    #[test]
    fn signs_that_are_one() {
        for c in "：:（、。—’“a大".chars() {
            assert!(same_as(c).any(|same| same == c), "{c}");
            assert!(same_as(c).all(|same| width(same) == width(c)), "{c}");
        }
        assert_eq!(same_as('a').collect::<String>(), "a");
        assert_eq!(same_as('ａ').collect::<String>(), "aａ");
        assert_eq!(same_as('：').collect::<String>(), ":：");
    }

    proptest! {
        #[test]
        fn indices_survive(text in "\\PC*") {
            prop_assert_eq!(normalise(&text).chars().count(), text.chars().count());
            for c in text.chars() {
                prop_assert_eq!(lower(c).len_utf8(), c.len_utf8());
            }
        }
    }
}
