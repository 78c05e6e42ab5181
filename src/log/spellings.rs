//! Finds the words of a list in a text.
//!
//! Lists have up to a few hundred words, and nearly all text has none of them. An automaton would take longer to build
//! than this takes to search the beginning of a log.

use std::cmp::Reverse;
use std::ops::Range;

/// A list of words, and a quick check for where one may start.
pub(super) struct Spellings {
    /// (first two bytes, word, index in the list) of all words of at least two bytes; sorted by these bytes, then
    /// longest first.
    sorted: Vec<(u16, &'static str, usize)>,
    /// A bit per pair of bytes, set if the pair starts a word, in upper or lower case if case is ignored.
    pairs: Box<[u64; 1024]>,
    /// Whether the case of ASCII letters is ignored.
    is_folded: bool,
}

impl Spellings {
    /// A list of words, matched case-sensitively.
    pub fn of(words: impl Iterator<Item = &'static str>) -> Self {
        Self::new(words, false)
    }

    /// A list of words, matched ignoring the case of ASCII letters.
    pub fn folded(words: impl Iterator<Item = &'static str>) -> Self {
        Self::new(words, true)
    }

    fn new(words: impl Iterator<Item = &'static str>, is_folded: bool) -> Self {
        let mut new = Self { sorted: Vec::new(), pairs: Box::new([0; 1024]), is_folded };
        let words = words.enumerate().filter(|(_, word)| word.len() > 1);
        new.sorted = words.map(|(at, word)| (new.pair(word.as_bytes()), word, at)).collect();
        new.sorted.sort_by_key(|(pair, word, _)| (*pair, Reverse(word.len())));
        for &(pair, ..) in &new.sorted {
            let [one, other] = pair.to_be_bytes();
            let upper = |byte: u8| if is_folded { byte.to_ascii_uppercase() } else { byte };
            for pair in [[one, other], [upper(one), other], [one, upper(other)], [upper(one), upper(other)]] {
                let pair = u16::from_be_bytes(pair);
                new.pairs[usize::from(pair >> 6)] |= 1 << (pair & 63);
            }
        }
        new
    }

    /// The first two bytes of a text, in lower case if case is ignored.
    fn pair(&self, text: &[u8]) -> u16 {
        let byte = |byte: u8| if self.is_folded { byte.to_ascii_lowercase() } else { byte };
        u16::from_be_bytes([byte(text[0]), byte(text[1])])
    }

    /// The first byte at or after `from` at which a word may start.
    pub fn next(&self, text: &str, from: usize) -> Option<usize> {
        let may_start = |pair: u16| self.pairs[usize::from(pair >> 6)] >> (pair & 63) & 1 == 1;
        let (first, rest) = text.as_bytes().get(from..)?.split_first()?;
        let mut pair = u16::from(*first);
        let found = rest.iter().position(|&byte| {
            pair = pair << 8 | u16::from(byte);
            may_start(pair)
        });
        found.map(|after| from + after)
    }

    /// (length in bytes, index in the list) of each word that starts at byte `at`, the longest first; `at` must come
    /// from [`next`](Self::next).
    pub fn at(&self, text: &str, at: usize) -> impl Iterator<Item = (usize, usize)> {
        let text = &text.as_bytes()[at..];
        let begin = self.pair(text);
        let first = self.sorted.partition_point(|(pair, ..)| *pair < begin);
        let same = self.sorted[first..].iter().take_while(move |(pair, ..)| *pair == begin);
        let is_there = |word: &str| {
            let there = text.get(..word.len());
            there.is_some_and(|it| it == word.as_bytes() || self.is_folded && it.eq_ignore_ascii_case(word.as_bytes()))
        };
        same.filter(move |(_, word, _)| is_there(word)).map(|(_, word, at)| (word.len(), *at))
    }

    /// The indices in the list of all words in a text, overlapping ones included.
    pub fn all(&self, text: &str) -> impl Iterator<Item = usize> {
        self.starts(text).flat_map(|at| self.at(text, at).map(|(_, place)| place))
    }

    /// The byte ranges of all words in a text, overlapping ones included; the longest first where several start.
    pub fn places(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        self.starts(text).flat_map(move |at| self.at(text, at).map(move |(length, _)| at..at + length))
    }

    fn starts(&self, text: &str) -> impl Iterator<Item = usize> {
        std::iter::successors(self.next(text, 0), |at| self.next(text, at + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_wherever_they_start() {
        let words = ["emu", "emus", "鸟", "Mu", "us ", "x"];
        let places = |list: Spellings, text: &str| list.all(text).collect::<Vec<_>>();
        assert_eq!(places(Spellings::of(words.into_iter()), "An emus 鸟 Emu"), [1, 0, 4, 2]);
        assert_eq!(places(Spellings::folded(words.into_iter()), "An EMUs 鸟"), [1, 0, 3, 4, 2]);
        for text in ["", "x", "e", "鸸鹋", "em"] {
            assert_eq!(places(Spellings::of(words.into_iter()), text), [0; 0], "{text}");
        }
    }
}
