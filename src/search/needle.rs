//! A piece of text, found in a long one; in either case if asked.
//!
//! Where case matters this is `memchr::memmem`. Where it does not, two rare bytes of the
//! needle are looked for at their distance, many places at once in a loop that compilers turn
//! into vector instructions: as fast, and no lower-cased copy of the text is made.

use std::ops::Range;

use memchr::memmem;
use regex::Regex;

use super::normalise::same_as;

/// How many places are looked at together.
const BLOCK: usize = 64;

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
        let pattern = !is_plain || ignore_case && text.contains(|c: char| !c.is_ascii() && has_case(c));
        let pattern = pattern.then(|| Regex::new(&pattern_of(text, ignore_case, joints)).ok()).flatten();
        match pattern {
            Some(pattern) => Self::Pattern(pattern),
            None if ignore_case => Self::Folded(Folded::new(text)),
            None => Self::Exact(Box::new(memmem::Finder::new(text).into_owned())),
        }
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
    /// Offsets of two rare bytes of the needle, ascending; the same for a single byte.
    probes: [usize; 2],
}

impl Folded {
    fn new(text: &str) -> Self {
        let needle = text.to_ascii_lowercase().into_bytes();
        let mut offsets: Vec<usize> = (0..needle.len()).collect();
        offsets.sort_by_key(|&at| commonness(needle[at]));
        let first = offsets.first().copied().unwrap_or(0);
        let second = offsets.get(1).copied().unwrap_or(first);
        Self { needle, probes: [first.min(second), first.max(second)] }
    }

    fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        let last = text.len().checked_sub(self.needle.len())?;
        let mut at = from;
        while at + BLOCK <= last + 1 {
            let (first, second) = (&text[at + self.probes[0]..], &text[at + self.probes[1]..]);
            if let (Some(first), Some(second)) = (first.first_chunk(), second.first_chunk())
                && self.may_be_in(first, second)
                && let Some(found) = self.first_of(text, at, self.marks(first, second))
            {
                return Some(found);
            }
            at += BLOCK;
        }
        (at..=last).find(|&at| self.is_at(text, at))
    }

    /// Whether both bytes stand at their distance at one of these places, the bit that tells
    /// capitals from small letters put aside.
    fn may_be_in(&self, first: &[u8; BLOCK], second: &[u8; BLOCK]) -> bool {
        let [wanted_first, wanted_second] = self.probes.map(|at| self.needle[at]);
        // As few operations as can be, each of which vector units have: this is where time goes.
        let mut least = u8::MAX;
        for (a, b) in first.iter().zip(second) {
            least = least.min(((a ^ wanted_first) | (b ^ wanted_second)) & !0x20);
        }
        least == 0
    }

    /// For each of these places whether both bytes stand there.
    fn marks(&self, first: &[u8; BLOCK], second: &[u8; BLOCK]) -> [u8; BLOCK] {
        let [wanted_first, wanted_second] = self.probes.map(|at| self.needle[at] | 0x20);
        let mut marks = [0; BLOCK];
        for (mark, (a, b)) in marks.iter_mut().zip(first.iter().zip(second)) {
            *mark = u8::from(a | 0x20 == wanted_first) & u8::from(b | 0x20 == wanted_second);
        }
        marks
    }

    /// The first of the marked places behind `at` that has the needle. Eight marks are read at
    /// once, since few are set.
    fn first_of(&self, text: &[u8], at: usize, marks: [u8; BLOCK]) -> Option<usize> {
        for (group, eight) in marks.as_chunks::<8>().0.iter().enumerate() {
            let mut left = u64::from_le_bytes(*eight);
            while left != 0 {
                let place = at + 8 * group + left.trailing_zeros() as usize / 8;
                if self.is_at(text, place) {
                    return Some(place);
                }
                left &= left - 1;
            }
        }
        None
    }

    fn is_at(&self, text: &[u8], at: usize) -> bool {
        text[at..at + self.needle.len()].eq_ignore_ascii_case(&self.needle)
    }
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
