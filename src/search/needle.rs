//! Substring search in long texts, optionally ignoring case.
//!
//! Case-sensitive search uses `memchr::memmem`. To ignore case without copying the text, we search for three rare
//! consecutive bytes of the needle in all their cases at once ([`packed`]), which is as fast. Needles that are
//! shorter or have non-ASCII letters become a regular expression. Texts with accents, ligatures and similar
//! ([`is_varied`]) always use a regular expression that allows for these.

use std::fmt::Write;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::Span;
use aho_corasick::packed::{self, Searcher};
use memchr::memmem;
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::normalise::{Folded as Form, LONGEST_LIGATURE, Variants, same_as};

/// Number of bytes of a needle to search for in all their cases.
const WINDOW: usize = 3;

/// A string to search for.
#[derive(Debug, Clone)]
pub struct Needle {
    /// Searches texts without variant letters, fast.
    quick: Quick,
    /// Searches any text. `None` if the user typed a regular expression.
    loose: Option<Loose>,
}

/// A string, with a regular expression that also matches its variants, compiled on first use.
#[derive(Debug, Clone)]
struct Loose {
    text: String,
    /// The text as typed, if normalising changed it. [`Variants`] lacks some forms of some scripts, so this makes
    /// sure that text written exactly as typed is found.
    typed: Option<String>,
    ignore_case: bool,
    joints: Vec<usize>,
    made: OnceLock<Option<Regex>>,
}

impl Loose {
    fn made(&self) -> Option<&Regex> {
        let make = || {
            let pattern = pattern_of(&self.text, self.ignore_case, &self.joints, true);
            let typed = self.typed.as_deref().map(|typed| format!("|{}", regex::escape(typed)));
            Regex::new(&(pattern + &typed.unwrap_or_default())).ok()
        };
        self.made.get_or_init(make).as_ref()
    }
}

#[derive(Debug, Clone)]
enum Quick {
    /// An exact substring.
    Exact(Box<memmem::Finder<'static>>),
    /// ASCII letters in either case.
    Folded(CaselessNeedle),
    /// Non-ASCII letters in either case, or chars that may be written in several ways.
    Pattern(Regex),
}

impl Needle {
    /// Prepares a search for `text`, which must not be empty.
    pub fn new(text: &str, ignore_case: bool) -> Self {
        let mut needle = Self::with_joints(text, ignore_case, &[]);
        if let Some(loose) = needle.loose.as_mut().filter(|loose| loose.text != text) {
            loose.typed = Some(text.to_owned());
        }
        needle
    }

    /// Like [`new`](Self::new), but a match may have a space or hyphen before each byte offset in `joints`. `text`
    /// must be normalised.
    pub fn with_joints(text: &str, ignore_case: bool, joints: &[usize]) -> Self {
        let form = if joints.is_empty() { Form::of_term(text) } else { text.to_owned() };
        let has_case = |c: char| c.is_lowercase() || c.is_uppercase();
        let ignore_case = ignore_case && form.contains(has_case);
        let quick = Quick::new(&form, ignore_case, joints);
        let loose = Loose { text: form, typed: None, ignore_case, joints: joints.to_vec(), made: OnceLock::new() };
        Self { quick, loose: Some(loose) }
    }

    /// The byte range of the first match at or after `from`, which must be a char boundary. `is_varied` says whether
    /// the text [is varied](is_varied).
    pub fn find(&self, text: &str, from: usize, is_varied: bool) -> Option<Range<usize>> {
        if let Some(regex) = self.loose.as_ref().filter(|_| is_varied).and_then(Loose::made) {
            return regex.find_at(text, from).map(|found| found.range());
        }
        let bytes = text.as_bytes();
        match &self.quick {
            Quick::Exact(finder) => {
                let at = from + finder.find(&bytes[from..])?;
                Some(at..at + finder.needle().len())
            }
            Quick::Folded(folded) => folded.find(bytes, from).map(|at| at..at + folded.needle.len()),
            Quick::Pattern(regex) => regex.find_at(text, from).map(|found| found.range()),
        }
    }
}

impl From<Regex> for Needle {
    fn from(regex: Regex) -> Self {
        Self { quick: Quick::Pattern(regex), loose: None }
    }
}

impl Quick {
    fn new(text: &str, ignore_case: bool, joints: &[usize]) -> Self {
        let is_plain = joints.is_empty() && text.chars().all(|c| same_as(c).count() == 1);
        let exact = || Self::Exact(Box::new(memmem::Finder::new(text).into_owned()));
        if is_plain && !ignore_case {
            return exact();
        }
        let is_foldable = is_plain && !text.contains(|c: char| !c.is_ascii() && (c.is_lowercase() || c.is_uppercase()));
        if let Some(folded) = CaselessNeedle::new(text).filter(|_| is_foldable) {
            return Self::Folded(folded);
        }
        Regex::new(&pattern_of(text, ignore_case, joints, false)).map_or_else(|_| exact(), Self::Pattern)
    }
}

/// A regular expression for a text in all character widths; if `is_loose`, also with any accents, ligatures and other
/// equivalent chars.
fn pattern_of(text: &str, ignore_case: bool, joints: &[usize], is_loose: bool) -> String {
    let mut pattern = String::from(if ignore_case { "(?i)" } else { "" });
    let mut rest = text;
    while !rest.is_empty() {
        let at = text.len() - rest.len();
        if joints.contains(&at) {
            pattern.push_str("[ _‐‑–-]?");
        }
        let length = if is_loose { write_ligature(&mut pattern, rest) } else { 0 };
        let first = rest.chars().next().filter(|_| length == 0);
        rest = &rest[first.map_or(length, |c| write_char(&mut pattern, c, is_loose))..];
    }
    pattern
}

/// Writes a pattern for a char and its alternatives; returns the char's length in bytes.
fn write_char(pattern: &mut String, c: char, is_loose: bool) -> usize {
    let variants = if is_loose { Variants::known().of(c) } else { &[] };
    let same: Vec<String> = same_as(c).chain(variants.iter().copied()).map(escaped).collect();
    let class = if let [only] = same.as_slice() { only.clone() } else { format!("[{}]", same.concat()) };
    let parts: String = c.nfd().collect();
    let _ = match is_loose && c.is_alphabetic() {
        // The letter may be written decomposed, such as kana with a sound mark.
        true if parts.chars().nth(1).is_some() => write!(pattern, "(?:{class}|{parts})"),
        true => write!(pattern, "{class}[\\x{{300}}-\\x{{36F}}]*"),
        false => write!(pattern, "{class}"),
    };
    c.len_utf8()
}

/// If there is a ligature for the first chars of a text, writes a pattern for these chars and returns their length in
/// bytes; otherwise returns 0.
fn write_ligature(pattern: &mut String, text: &str) -> usize {
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_LIGATURE).collect();
    let ligatures = |text: &str| Variants::known().of_several(text).iter().map(|&c| escaped(c)).collect::<String>();
    let is_one = |end: &&usize| !ligatures(&text[..**end]).is_empty();
    let Some(&end) = ends.iter().skip(1).rfind(is_one) else { return 0 };
    let apart = |text: &str| {
        let mut apart = String::new();
        for c in text.chars() {
            write_char(&mut apart, c, true);
        }
        apart
    };
    let mut ways = vec![format!("[{}]", ligatures(&text[..end])), apart(&text[..end])];
    // Perhaps only some of the chars are written as a ligature.
    for (one, other) in ends.iter().filter(|&&middle| middle < end).map(|&middle| text[..end].split_at(middle)) {
        let (first, last) = (ligatures(one), ligatures(other));
        ways.extend((!first.is_empty()).then(|| format!("[{first}]{}", apart(other))));
        ways.extend((!last.is_empty()).then(|| format!("{}[{last}]", apart(one))));
    }
    let _ = write!(pattern, "(?:{})", ways.join("|"));
    end
}

fn escaped(c: char) -> String {
    regex::escape(c.encode_utf8(&mut [0; 4]))
}
/// A needle that matches regardless of ASCII case.
#[derive(Debug, Clone)]
pub struct CaselessNeedle {
    needle: Vec<u8>,
    /// Searches for the window ([`WINDOW`] bytes of the needle) in all its cases.
    searcher: Searcher,
    /// How many bytes of the needle come before the window.
    before: usize,
}

impl CaselessNeedle {
    /// Prepares a search. `None` if the needle is too short, or if the processor lacks the vector instructions.
    fn new(text: &str) -> Option<Self> {
        let needle = text.to_ascii_lowercase().into_bytes();
        // Prefer early windows: words share endings more often than beginnings.
        let common = |at: usize, window: &[u8]| window.iter().map(|&byte| commonness(byte)).sum::<usize>() + 2 * at;
        let windows = needle.windows(WINDOW).enumerate();
        let (before, window) = windows.min_by_key(|&(at, window)| common(at, window))?;
        let searcher = packed::Config::new().builder().extend(cases(window)).build()?;
        Some(Self { searcher, before, needle })
    }

    fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        let mut span = Span { start: from + self.before, end: text.len() };
        while span.start <= span.end {
            let window = self.searcher.find_in(text, span)?.start();
            let at = window - self.before;
            let place = text.get(at..at + self.needle.len())?;
            if place.eq_ignore_ascii_case(&self.needle) {
                return Some(at);
            }
            span.start = window + 1;
        }
        None
    }
}

/// All combinations of upper and lower case of some bytes.
fn cases(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut cases = vec![Vec::new()];
    for &byte in bytes {
        let more: Vec<Vec<u8>> = match byte.to_ascii_uppercase() {
            upper if upper != byte => cases.iter().map(|case| [case.as_slice(), &[upper]].concat()).collect(),
            _ => Vec::new(),
        };
        cases.iter_mut().for_each(|case| case.push(byte));
        cases.extend(more);
    }
    cases
}

/// How common a byte is in text; higher is more common.
fn commonness(byte: u8) -> usize {
    const RISING: &[u8] = b"zqxjkvwybgpfmhdculrsnoiate";
    match RISING.iter().position(|&letter| letter == byte) {
        Some(rank) => 1 + rank,
        // The first byte of a Han character takes few values, each of them common.
        None if byte >= 0xE3 => 24,
        None if byte == b' ' => 30,
        None => 8,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::normalise::is_varied;

    fn all(needle: &Needle, text: &str) -> Vec<usize> {
        let mut from = 0;
        let next = || {
            let found = needle.find(text, from, is_varied(text))?;
            from = found.end;
            Some(found.start)
        };
        std::iter::from_fn(next).collect()
    }

    #[track_caller]
    fn check(needle: &str, ignore_case: bool, text: &str, wanted: &[usize]) {
        assert_eq!(all(&Needle::new(needle, ignore_case), text), wanted);
    }

    #[test]
    fn a_word_of_any_script_is_found_as_it_is_written() {
        check("fﬀ", true, "é fﬀ x", &[3]);
        for word in ["\u{363}", "²\u{f73}", "À\u{f9d}", "\u{1100}\u{1161}", "\u{ffc2}\u{1e01b}\u{c55}", "\u{958}"] {
            check(word, true, &format!("é {word} x"), &[3]);
        }
    }

    #[test]
    fn case_sensitivity_is_optional() {
        check("moe", true, "MoE moe Moe", &[0, 4, 8]);
        check("moe", false, "MoE moe Moe", &[4]);
        check("大模型", true, "大模型的大模型", &[0, 12]);
        check("é", true, "Éé", &[0, 2]);
        check("é", false, "Éé", &[2]);
        check("a-b", true, "A-B a\rb", &[0]);
        check("long", true, "lo", &[]);
    }

    #[test]
    fn full_width_characters_match_half_width_ones() {
        check("a:b", true, "A：b a:B", &[0, 6]);
        check("：", true, "a:：", &[1, 2]);
        check("(大", true, "（大(大", &[0, 6]);
        check("x,y", false, "x，y x、y x,y X,y", &[0, 6, 12]);
        check("ＭｏＥ", true, "moe ＭｏＥ Moe", &[0, 4, 14]);
        check("it's", true, "It’s it's", &[0, 7]);
    }

    #[test]
    fn accents_and_ligatures_are_ignored() {
        check("cafe", true, "café CAFE\u{301}, cafe", &[0, 6, 14]);
        check("café", true, "cafe", &[0]);
        check("fine", true, "ﬁne fine", &[0, 6]);
        check("office", true, "oﬃce oﬀice ofﬁce office", &[0, 7, 15, 23]);
        check("ＭｏＥ", false, "moe ＭｏＥ Moe MoE", &[4, 18]);
        check("が", true, "か が か\u{3099}é", &[4, 8]);
        check("x2", true, "x² x2", &[0, 4]);
    }

    #[test]
    fn joints_may_be_spaced() {
        let needle = Needle::with_joints("gpt4", true, &[3]);
        assert_eq!(all(&needle, "GPT-4 gpt 4 gpt4 gpt  4"), [0, 6, 12]);
    }

    /// Every char must be found in a text that contains it.
    #[test]
    fn every_char_matches_itself() {
        let is_found = |c: &char| {
            let text = format!("大 {c}x, é");
            let needle = Needle::new(&c.to_string(), true);
            [true, false].iter().all(|&varied| needle.find(&text, 0, varied || is_varied(&text)).is_some())
        };
        // Skip Han and Hangul, which are numerous and have no variants.
        let chars = ('!'..='\u{33FF}').chain('\u{A000}'..='\u{ABFF}').chain('\u{F900}'..='\u{1FFFF}');
        let lost: Vec<char> = chars.filter(|c| c.is_alphanumeric() && !is_found(c)).collect();
        assert!(lost.is_empty(), "{} {lost:?}", lost.len());
    }

    proptest! {
        #[test]
        fn finds_what_a_plain_search_finds(text in "[abAB大。 ]{0,200}", needle in "[abAB大]{1,4}") {
            let lower = text.to_ascii_lowercase();
            let plain: Vec<usize> = lower.match_indices(&needle.to_ascii_lowercase()).map(|(at, _)| at).collect();
            prop_assert_eq!(all(&Needle::new(&needle, true), &text), plain);
        }
    }
}
