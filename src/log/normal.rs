//! Normal forms of text: with white space collapsed, and for comparing titles and items.

/// Normalises a text to compare it as a title or item: compatibility chars folded (NFKC), lower case, white space
/// collapsed.
pub(crate) fn normalise(text: &str) -> String {
    use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};
    if text.is_ascii() {
        let mut folded = spaced(text);
        folded.make_ascii_lowercase();
        return folded;
    }
    let lower = char::to_lowercase;
    // The quick check takes a fraction of the time of folding.
    let folded: String = match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => text.chars().flat_map(lower).collect(),
        _ => text.nfkc().flat_map(lower).collect(),
    };
    spaced(&folded)
}

/// A text with white space collapsed.
pub(super) fn spaced(text: &str) -> String {
    if is_spaced(text) {
        return text.to_owned();
    }
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

/// Whether white space in a text is already collapsed, as in most titles.
fn is_spaced(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return true };
    let has_other = bytes.iter().fold(false, |found, &byte| found | (byte.wrapping_sub(b'\t') < 5));
    if has_other || has_two_spaces(text) || *first == b' ' || *last == b' ' {
        return false;
    }
    // White space outside ASCII starts with one of these bytes.
    let mut may_be_space = memchr::memchr3_iter(0xC2, 0xE2, 0xE3, bytes).chain(memchr::memchr_iter(0xE1, bytes));
    !may_be_space.any(|at| text[at..].starts_with(char::is_whitespace))
}

/// Whether a text has two spaces in a row.
pub(crate) fn has_two_spaces(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without branches, many bytes are compared at once.
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    pairs.fold(false, |found, (&one, &next)| found | (one == b' ') & (next == b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &str) {
        use unicode_normalization::UnicodeNormalization;
        let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
        assert_eq!(folded.split_whitespace().collect::<Vec<_>>().join(" "), wanted, "{text:?} step by step");
        assert_eq!(normalise(text), wanted, "{text:?}");
    }

    #[test]
    fn normalising_unifies_equivalent_text() {
        check("", "");
        check(" \t\n", "");
        check("Emu:\u{b}A  Model\r\n", "emu: a model");
        check("ＥＭＵ　鸸鹋：ﬁne", "emu 鸸鹋:fine");
        check("鸸鹋 Éclair\u{a0}İ", "鸸鹋 éclair i\u{307}");
        check("E\u{301}", "é");
        check("가\u{1100}\u{1161}", "가가");
    }

    #[test]
    fn all_white_space_is_collapsed() {
        for c in (0..=0x3000).filter_map(char::from_u32) {
            let between = spaced(&format!("emu{c}gnu"));
            assert_eq!(between == "emu gnu", c.is_whitespace(), "{c:?}");
            assert_eq!(spaced(&format!("鸟 {c}")) == "鸟", c.is_whitespace(), "{c:?}");
            assert_eq!(spaced(&format!("{c}鸟")) == "鸟", c.is_whitespace(), "{c:?}");
        }
        assert_eq!((spaced("").as_str(), spaced(" ").as_str(), spaced("a  b").as_str()), ("", "", "a b"));
    }
}
