//! One term of a query, prepared for matching.

use std::ops::Range;

use memchr::memmem;

use super::days;
use super::needle::Needle;
use super::normalise::{Folded, LONGEST, letters, lower, width};
use super::pinyin::Sound;

/// How a term is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchMode {
    /// In any way: by letters, by pinyin, in the text and so on.
    Fuzzy,
    /// Literally.
    Exact,
    /// At the start of the title or the short name.
    Prefix,
    /// At the end of the title or the short name.
    Suffix,
    /// As the whole title or short name.
    Whole,
    /// As a separate word. There is no sign for it: it marks the Latin half of a split term.
    Word,
    /// By pinyin. There is no sign for it: it marks the other half of a split term.
    Pinyin,
}

/// One term, prepared for matching.
#[derive(Debug, Clone)]
pub struct Term {
    /// The term, normalised, in its own case; never empty.
    pub typed: String,
    /// Like `typed`, but in lower case.
    pub text: String,
    /// The term as the user typed it, without marks.
    pub(super) written: String,
    /// Like `typed`, but with a space in a term joined from two words.
    pub(super) raw: String,
    /// How the term is matched.
    pub mode: MatchMode,
    /// Whether the term is forbidden: whether it must not match.
    pub is_not: bool,
    /// Searches titles in lower case.
    pub(super) finder: memmem::Finder<'static>,
    /// Searches text in any case.
    pub(super) needle: Needle,
    /// Matches the term as pinyin; `None` if it cannot be pinyin.
    pub(super) sound: Option<Sound>,
    /// The term without signs, if it has any: `gpt4` for `gpt-4`.
    pub(super) unsigned: Option<Box<Term>>,
    /// The singular, if the term is a plural: `transformer` for `transformers`.
    pub(super) singular: Option<Box<Term>>,
    /// The days that the term names, if it is a date, as day numbers like [`Item::recency`](super::Item::recency).
    pub(super) days: Option<Range<i64>>,
    /// The letters that a title must have to match by letters or pinyin, as a bit set.
    pub(super) letters: u64,
}

impl Term {
    /// Parses a word as typed, with its marks, in any character width. `None` if only marks were typed.
    pub(super) fn parse(typed: &str) -> Option<Self> {
        let narrow: String = typed.chars().map(width).collect();
        let word = narrow.as_str();
        let (is_not, word) = word.strip_prefix('!').map_or((false, word), |rest| (true, rest));
        let (is_exact, word) = word.strip_prefix('\'').map_or((is_not, word), |rest| (true, rest));
        let (is_prefix, word) = word.strip_prefix('^').map_or((false, word), |rest| (true, rest));
        let (is_suffix, word) = word.strip_suffix('$').map_or((false, word), |rest| (true, rest));
        let mode = match (is_prefix, is_suffix) {
            (true, true) => MatchMode::Whole,
            (true, false) => MatchMode::Prefix,
            (false, true) => MatchMode::Suffix,
            (false, false) if is_exact || word.chars().nth(LONGEST).is_some() => MatchMode::Exact,
            (false, false) => MatchMode::Fuzzy,
        };
        let letters = word.chars().count();
        let marks_before = narrow.chars().count() - letters - usize::from(is_suffix);
        let raw: String = typed.chars().skip(marks_before).take(letters).collect();
        (!word.is_empty()).then(|| Self { is_not, ..Self::new(&raw, mode) })
    }

    /// Prepares a term with its other forms, such as the singular.
    pub(super) fn new(raw: &str, mode: MatchMode) -> Self {
        let is_fuzzy = mode == MatchMode::Fuzzy;
        let mut term = Self::bare(raw, mode);
        let Some((body, joints)) = is_fuzzy.then(|| split_at_hyphens(&term.typed)).filter(|(body, _)| !body.is_empty())
        else {
            return term;
        };
        let singular = singular(&term.text).map(str::to_owned);
        let in_text = if singular.is_some() { &body[..body.len() - 1] } else { &body };
        term.needle = Needle::with_joints(in_text, true, &joints);
        let unsigned: String = term.text.chars().filter(|c| c.is_alphanumeric()).collect();
        term.letters = letters(singular.as_deref().unwrap_or(&unsigned));
        term.days = days::read(&term.text);
        let form = |text: &str| Some(Box::new(Self::bare(text, mode)));
        term.singular = singular.and_then(|text| form(&text));
        term.unsigned = (unsigned != term.text && !unsigned.is_empty()).then(|| form(&unsigned)).flatten();
        term
    }

    /// Prepares a term without other forms.
    fn bare(raw: &str, mode: MatchMode) -> Self {
        let typed = Folded::of_term(raw);
        let text: String = typed.chars().map(lower).collect();
        // Pinyin is not typed in capitals.
        let may_sound = matches!(mode, MatchMode::Fuzzy | MatchMode::Pinyin) && !typed.contains(char::is_uppercase);
        Self {
            finder: memmem::Finder::new(&text).into_owned(),
            needle: Needle::new(&typed, true),
            sound: Sound::new(&text).filter(|_| may_sound),
            written: raw.to_owned(),
            raw: typed.clone(),
            letters: letters(&text),
            unsigned: None,
            singular: None,
            days: None,
            is_not: false,
            typed,
            text,
            mode,
        }
    }

    /// This term joined with the next. A match may have a space or hyphen between them.
    pub(super) fn joined(&self, next: &Self) -> Self {
        let whole = format!("{}{}", self.typed, next.typed);
        let mut term = Self::new(&whole, MatchMode::Fuzzy);
        term.needle = Needle::with_joints(&whole, true, &[self.typed.len()]);
        // Terms as typed contain no spaces, so this cannot be confused with one in the cache.
        term.raw = format!("{} {}", self.raw, next.raw);
        term.written = format!("{} {}", self.written, next.written);
        term
    }

    /// Whether the term has letters or digits, rather than only signs.
    pub(super) fn has_letters(&self) -> bool {
        self.text.contains(char::is_alphanumeric)
    }

    /// Whether the term may be matched in any way, and read differently.
    pub(super) fn is_free(&self) -> bool {
        self.mode == MatchMode::Fuzzy && !self.is_not
    }
}

/// A term without its hyphens, and the byte offsets in it at which text may have a space or hyphen: where a hyphen
/// was typed, and where digits follow a word.
fn split_at_hyphens(raw: &str) -> (String, Vec<usize>) {
    let is_hyphen = |c: char| matches!(width(c), '-' | '_' | '/' | '·');
    let (mut body, mut joints) = (String::new(), Vec::new());
    let mut word = 0;
    for c in raw.trim_matches(is_hyphen).chars() {
        if is_hyphen(c) || c.is_ascii_digit() && word >= WORD {
            joints.push(body.len());
        }
        word = if c.is_ascii_alphabetic() { word + 1 } else { 0 };
        if !is_hyphen(c) {
            body.push(c);
        }
    }
    (body, joints)
}

/// Minimum number of letters before a digit to allow a space or hyphen between them: `gpt4` matches `GPT-4`, but `t5`
/// does not match `T-5`.
const WORD: usize = 3;

/// Strips the `s` of an English plural; `None` if the text is not one.
fn singular(text: &str) -> Option<&str> {
    let stem = text.strip_suffix('s').filter(|_| text.len() >= 4 && text.bytes().all(|c| c.is_ascii_alphabetic()))?;
    (!stem.ends_with(['a', 'i', 'o', 's', 'u', 'y'])).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let forms = |raw: &str| {
            let term = Term::new(raw, MatchMode::Fuzzy);
            (term.unsigned.map(|form| form.text), term.singular.map(|form| form.text))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(forms("GPT-4"), (some("gpt4"), None));
        assert_eq!(forms("transformers"), (None, some("transformer")));
        assert_eq!(forms("emu2:"), (some("emu2"), None));
        assert_eq!(forms("atlas"), (None, None));
        assert_eq!(forms("vit"), (None, None));
        assert_eq!(forms("-"), (None, None));
    }

    #[test]
    fn terms_that_may_be_split() {
        assert_eq!(split_at_hyphens("gpt4"), ("gpt4".into(), vec![3]));
        assert_eq!(split_at_hyphens("gpt-4"), ("gpt4".into(), vec![3]));
        assert_eq!(split_at_hyphens("t5"), ("t5".into(), vec![]));
        assert_eq!(split_at_hyphens("-vision-language-"), ("visionlanguage".into(), vec![6]));
        assert_eq!(split_at_hyphens("--"), (String::new(), vec![]));
    }
}
