//! Normalises queries and text, so that they can be compared.
//!
//! The normalised form is NFKC without accents: `café` in either encoding is `cafe`, `ﬁne` is `fine`, `ＭｏＥ` is `MoE`.
//! Typographic signs become ASCII. [`Folded`] maps each char back to its original. Lower-casing with [`lower`] keeps
//! byte offsets.

use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Terms longer than this, in chars, are searched only literally.
pub const LONGEST: usize = 48;

/// The ASCII form of a full-width or typographic sign; `U+3000` is a space. Other chars stay.
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

/// The signs that [`width`] maps to the same char as `c`; first that char itself. Full-width letters and digits, and
/// spaces, are left out.
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
    std::iter::once(plain).chain(full).chain(others.chars())
}

/// The lower-case form if that is a single char of the same length in bytes; otherwise `c` itself.
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

/// The first `count` chars of a text.
pub fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

/// The normalised text, in lower case.
pub fn normalise(text: &str) -> String {
    Folded::new(text).text.chars().map(lower).collect()
}

/// Normalised text in its own case, with the original chars behind each char.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The normalised text.
    pub text: String,
    /// For each char, the range of original chars it comes from; `None` if the mapping is one to one.
    origins: Option<Vec<Range<usize>>>,
}

impl Folded {
    /// Normalises a text.
    pub fn new(text: &str) -> Self {
        if !is_varied(text) {
            return Self { text: text.chars().map(width).collect(), origins: None };
        }
        let (mut folded, mut origins, mut at) = (String::with_capacity(text.len()), Vec::new(), 0);
        for grapheme in text.graphemes(true) {
            let chars = grapheme.chars().count();
            let before = folded.len();
            // Decide by grapheme, so that the form of a grapheme does not depend on the text around it.
            match is_varied(grapheme) {
                true => folded.extend(plain(grapheme).map(width)),
                false => folded.extend(grapheme.chars().map(width)),
            }
            origins.extend(folded[before..].chars().map(|_| at..at + chars));
            at += chars;
        }
        Self { text: folded, origins: Some(origins) }
    }

    /// Normalises a search term. A term that consists only of accents stays as it is, since nothing would be left.
    pub fn of_term(term: &str) -> String {
        let text = Self::new(term).text;
        if text.is_empty() { term.to_owned() } else { text }
    }

    /// The range of original chars that the normalised char at `index` comes from.
    pub fn origin(&self, index: usize) -> Range<usize> {
        match &self.origins {
            None => index..index + 1,
            Some(origins) => origins.get(index).cloned().unwrap_or_default(),
        }
    }
}

/// Removes accents and folds compatibility characters.
pub fn plain(text: &str) -> impl Iterator<Item = char> {
    text.nfkd().filter(|&c| !is_accent(c)).nfc()
}

/// Whether a char is an accent of European scripts. In other scripts, marks make different letters and are kept.
pub fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Whether a text may contain letters that [`plain`] changes: accents, ligatures, full-width letters. A text without
/// them can be compared as it is, which is much faster.
pub fn is_varied(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        if first.is_ascii() {
            at += 1;
            while bytes.get(at..at + 16).is_some_and(<[u8]>::is_ascii) {
                at += 16;
            }
            continue;
        }
        let (second, third) = (bytes.get(at + 1).copied().unwrap_or(0), bytes.get(at + 2).copied().unwrap_or(0));
        if may_vary(first, second, third) {
            return true;
        }
        at += match first {
            0xF0.. => 4,
            0xE0..0xF0 => 3,
            _ => 2,
        };
    }
    false
}

/// Whether [`plain`] may change a char whose UTF-8 starts with these bytes. Excludes common chars: those that it does
/// not change, such as Han characters and Greek letters, and signs, most of which [`width`] maps.
fn may_vary(first: u8, second: u8, third: u8) -> bool {
    match first {
        0xC2 => matches!(second, 0xB2 | 0xB3 | 0xB9),
        0xC3..=0xCD => true,
        0xCE => matches!(second, 0x80..=0x90 | 0xAA..=0xB0),
        0xCF => matches!(second, 0x8A..=0x8E | 0x90..=0x96 | 0xB0..),
        0xD0 => matches!(second, 0x80 | 0x81 | 0x83 | 0x87 | 0x8C..=0x8E | 0x99 | 0xB9),
        0xD1 => matches!(second, 0x90 | 0x91 | 0x93 | 0x97 | 0x9C..=0x9E),
        0xE1 => matches!(second, 0x84..=0x87 | 0xB4..),
        0xE2 => matches!(second, 0x81 | 0x82 | 0x84 | 0x85 | 0x91..=0x93),
        0xE3 => second == 0x82 && matches!(third, 0x99 | 0x9A),
        0xEF => match second {
            0xA4..=0xAD | 0xBE | 0xBF => true,
            0xBC => matches!(third, 0x90..=0x99 | 0xA1..=0xBA),
            0xBD => matches!(third, 0x81..=0x9A | 0xA6..),
            _ => false,
        },
        0xF0 => second == 0x9D,
        _ => false,
    }
}

/// The chars that normalise to a given char or string.
#[derive(Debug, Default)]
pub struct Variants {
    of_char: HashMap<char, Vec<char>>,
    of_several: HashMap<String, Vec<char>>,
}

/// Blocks with chars that [`plain`] changes: Latin, Greek, Cyrillic, number forms, letter-like symbols, ligatures,
/// compatibility Han characters, full and half width, mathematical letters.
const VARIED: [RangeInclusive<u32>; 9] = [
    0xAA..=0x45F,
    0x1D00..=0x1FFF,
    0x2070..=0x209F,
    0x2100..=0x217F,
    0x2460..=0x24FF,
    0xF900..=0xFAFF,
    0xFB00..=0xFB7F,
    0xFF01..=0xFFEE,
    0x1D400..=0x1D7FF,
];

/// Maximum number of chars that a ligature may stand for.
pub const LONGEST_LIGATURE: usize = 4;

impl Variants {
    /// The table, built on first use.
    pub fn known() -> &'static Self {
        static KNOWN: OnceLock<Variants> = OnceLock::new();
        KNOWN.get_or_init(|| {
            let mut variants = Self::default();
            for c in VARIED.into_iter().flatten().filter_map(char::from_u32) {
                let plain: String = plain(c.encode_utf8(&mut [0; 4])).collect();
                let mut chars = plain.chars();
                match (chars.next(), chars.next()) {
                    (Some(only), None) if only != c => variants.of_char.entry(only).or_default().push(c),
                    (Some(_), Some(_)) if plain.chars().count() <= LONGEST_LIGATURE => {
                        variants.of_several.entry(plain).or_default().push(c);
                    }
                    _ => {}
                }
            }
            variants
        })
    }

    /// The chars other than `c` that normalise to `c`.
    pub fn of(&self, c: char) -> &[char] {
        self.of_char.get(&c).map_or(&[], Vec::as_slice)
    }

    /// The chars that normalise to this string.
    pub fn of_several(&self, text: &str) -> &[char] {
        self.of_several.get(text).map_or(&[], Vec::as_slice)
    }
}

/// The letters of a lower-case text, as a bit set. Each ASCII letter and digit has a bit of its own; other chars
/// share bits.
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
    fn look_alikes_have_one_form() {
        assert_eq!(normalise("ＢＥｉＴ：\u{3000}Ａ（２）"), "beit: a(2)");
        assert_eq!(normalise("“a—b”、Rock’n’Roll。"), "\"a-b\",rock'n'roll.");
        assert_eq!(normalise("ÉCOLE Ωμέγα ß 大模型"), "ecole ωμεγα ß 大模型");
        assert_eq!(normalise("cafe\u{301} ﬁne Ⅳ ² 𝐀"), "cafe fine iv 2 a");
        assert_eq!(normalise("か\u{3099} が は ひ"), "が が は ひ");
    }

    #[test]
    fn chars_keep_their_origin() {
        let folded = Folded::new("ﬁe\u{301}大");
        assert_eq!(folded.text, "fie大");
        assert_eq!([0, 1, 2, 3].map(|at| folded.origin(at)), [0..1, 0..1, 1..3, 3..4]);
    }

    #[test]
    fn equivalent_signs_are_unified() {
        for c in "：:（、。—’“a大".chars() {
            assert!(same_as(c).any(|same| same == c), "{c}");
            assert!(same_as(c).all(|same| width(same) == width(c)), "{c}");
        }
        assert_eq!(same_as('a').collect::<String>(), "a");
        assert_eq!(same_as('：').collect::<String>(), ":：");
    }

    #[test]
    fn variable_characters_are_detected() {
        let variants = Variants::known().of_char.values().flatten();
        // Only signs and chars below À may go unnoticed, since nobody searches for their variants.
        let unnoticed =
            variants.filter(|c| c.is_alphanumeric() && u32::from(**c) >= 0xC0 && !is_varied(&c.to_string()));
        let unnoticed: Vec<_> = unnoticed.collect();
        assert!(unnoticed.is_empty(), "{unnoticed:?}");
        for plain in ["plain text", "大模型，的：（系统）。", "“quotes” — dash… →α β·"] {
            assert!(!is_varied(plain), "{plain}");
        }
    }

    proptest! {
        #[test]
        fn every_char_has_an_origin(text in "\\PC*") {
            let folded = Folded::new(&text);
            let all = text.chars().count();
            let origins: Vec<_> = (0..folded.text.chars().count()).map(|at| folded.origin(at)).collect();
            prop_assert!(origins.iter().all(|origin| !origin.is_empty() && origin.end <= all));
            prop_assert!(origins.is_sorted_by_key(|origin| origin.start));
            for c in text.chars() {
                prop_assert_eq!(lower(c).len_utf8(), c.len_utf8());
            }
        }
    }
}
