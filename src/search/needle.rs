//! A piece of text, found in a long one; in either case if asked.
//!
//! Where case matters this is `memchr::memmem`. Where it does not, three rare bytes of the needle
//! in a row are looked for in all their cases at once ([`packed`]), which is as fast; what is
//! shorter, or has letters beyond ASCII, is a regular expression. No lower-cased copy of the text
//! is made.

use std::ops::Range;

use aho_corasick::Span;
use aho_corasick::packed::{self, Searcher};
use memchr::memmem;
use regex::Regex;

use super::normalise::same_as;

/// How many bytes of a needle are looked for in all their cases.
const WINDOW: usize = 3;

/// A piece of text to find.
#[derive(Debug, Clone)]
pub enum Needle {
    /// Byte for byte.
    Exact(Box<memmem::Finder<'static>>),
    /// Latin letters in either case.
    Folded(Folded),
    /// Letters beyond ASCII in either case, or what may be written in several ways.
    Pattern(Regex),
}

impl Needle {
    /// Finds `text`, which must not be empty; letters in either case when `ignore_case`. A sign
    /// is found in every width ([`same_as`]), a letter in its own and the plain one.
    pub fn new(text: &str, ignore_case: bool) -> Self {
        Self::with_joints(text, ignore_case, &[])
    }

    /// The same, where a space or a hyphen may stand before each of these bytes of the text.
    pub fn with_joints(text: &str, ignore_case: bool, joints: &[usize]) -> Self {
        let has_case = |c: char| c.is_lowercase() || c.is_uppercase();
        let ignore_case = ignore_case && text.contains(has_case);
        let is_plain = joints.is_empty() && text.chars().all(|c| same_as(c).count() == 1);
        let exact = || Self::Exact(Box::new(memmem::Finder::new(text).into_owned()));
        if is_plain && !ignore_case {
            return exact();
        }
        let is_foldable = is_plain && !text.contains(|c: char| !c.is_ascii() && has_case(c));
        if let Some(folded) = Folded::new(text).filter(|_| is_foldable) {
            return Self::Folded(folded);
        }
        Regex::new(&pattern_of(text, ignore_case, joints)).map_or_else(|_| exact(), Self::Pattern)
    }

    /// The bytes of the first place at or after `from`, which is at a char.
    pub fn find(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let bytes = text.as_bytes();
        match self {
            Self::Exact(finder) => {
                let at = from + finder.find(&bytes[from..])?;
                Some(at..at + finder.needle().len())
            }
            Self::Folded(folded) => folded.find(bytes, from).map(|at| at..at + folded.needle.len()),
            Self::Pattern(regex) => regex.find_at(text, from).map(|found| found.range()),
        }
    }
}

/// A regular expression for a text in all its widths.
fn pattern_of(text: &str, ignore_case: bool, joints: &[usize]) -> String {
    let mut pattern = String::from(if ignore_case { "(?i)" } else { "" });
    for (at, c) in text.char_indices() {
        if joints.contains(&at) {
            pattern.push_str("[ _‐‑–-]?");
        }
        let same: Vec<String> = same_as(c).map(|same| regex::escape(same.encode_utf8(&mut [0; 4]))).collect();
        match same.as_slice() {
            [only] => pattern.push_str(only),
            several => pattern.extend(["[", &several.concat(), "]"]),
        }
    }
    pattern
}

/// A needle of which the case of Latin letters does not matter.
#[derive(Debug, Clone)]
pub struct Folded {
    needle: Vec<u8>,
    /// Finds the window in all its cases.
    searcher: Searcher,
    /// Bytes of the needle before the window.
    before: usize,
}

impl Folded {
    /// `None` for what is too short, and where the machine has no vector units for it.
    fn new(text: &str) -> Option<Self> {
        let needle = text.to_ascii_lowercase().into_bytes();
        // Words end alike more often than they begin alike.
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

/// Some bytes with their letters in either case, in every combination.
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

/// How often a byte is met in text: the higher, the more often.
fn commonness(byte: u8) -> usize {
    const RISING: &[u8] = b"zqxjkvwybgpfmhdculrsnoiate";
    match RISING.iter().position(|&letter| letter == byte) {
        Some(rank) => 1 + rank,
        // Of the bytes of Han characters the first takes few values.
        None if byte >= 0xE3 => 24,
        None if byte == b' ' => 30,
        None => 8,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(needle: &Needle, text: &str) -> Vec<usize> {
        let mut from = 0;
        let next = || {
            let found = needle.find(text, from)?;
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
    fn case_is_minded_or_not() {
        check("moe", true, "MoE moe Moe", &[0, 4, 8]);
        check("moe", false, "MoE moe Moe", &[4]);
        check("大模型", true, "大模型的大模型", &[0, 12]);
        check("é", true, "Éé", &[0, 2]);
        check("a-b", true, "A-B a\rb", &[0]);
        check("long", true, "lo", &[]);
    }

    #[test]
    fn signs_of_every_width() {
        check("a:b", true, "A：b a:B", &[0, 6]);
        check("：", true, "a:：", &[1, 2]);
        check("(大", true, "（大(大", &[0, 6]);
        check("x,y", false, "x，y x、y x,y X,y", &[0, 6, 12]);
        check("ＭｏＥ", true, "moe ＭｏＥ Moe", &[0, 4, 14]);
        check("it's", true, "It’s it's", &[0, 7]);
    }

    #[test]
    fn joints_may_be_open() {
        let needle = Needle::with_joints("gpt4", true, &[3]);
        assert_eq!(all(&needle, "GPT-4 gpt 4 gpt4 gpt  4"), [0, 6, 12]);
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
