//! Reduces text to the form in which titles are compared (“squashed”): letters and digits, without case and accents.

use unicode_normalization::UnicodeNormalization;

/// A squashed text with the position of each letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Squashed {
    /// Letters and digits in lower case.
    pub text: String,
    /// For each byte of `text`, the byte offset of the char it comes from.
    pub from: Vec<usize>,
}

/// Squashes a text.
pub fn squash(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| fold(c, &mut out));
    out
}

impl Squashed {
    /// Squashes a text and records positions.
    pub fn of(text: &str) -> Self {
        let mut all = Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices() {
            fold(c, &mut all.text);
            all.from.resize(all.text.len(), at);
        }
        all
    }
}

/// Appends the squashed form of a char.
fn fold(c: char, out: &mut String) {
    if c.is_ascii() {
        out.extend(c.is_ascii_alphanumeric().then_some(c.to_ascii_lowercase()));
    } else {
        let parts = std::iter::once(c).nfkd().filter(|part| part.is_alphanumeric());
        out.extend(parts.flat_map(char::to_lowercase));
    }
}

/// Whether a char is Chinese; each counts as a word.
pub fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squashing_ignores_hyphens_spaces_ligatures_case_and_accents() {
        for text in ["Éclair: A Fine-Tuned Model", "E\u{301}clair a ﬁne tuned MODEL", "éclairafinetu-\nnedmodel"] {
            assert_eq!(squash(text), "eclairafinetunedmodel", "{text}");
        }
        assert_eq!(squash("大模型 综述！２０"), "大模型综述20");
    }

    #[test]
    fn every_letter_keeps_its_position() {
        let text = "A ﬁn é-x";
        let squashed = Squashed::of(text);
        assert_eq!(squashed.text, "afinex");
        let places: Vec<&str> = squashed.from.iter().map(|&at| &text[at..]).collect();
        assert_eq!(places, ["A ﬁn é-x", "ﬁn é-x", "ﬁn é-x", "n é-x", "é-x", "x"]);
    }
}
