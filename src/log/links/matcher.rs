//! Finds many names in texts, ignoring the case of ASCII letters. A name counts only where it stands alone; of names
//! that start at the same byte, the longest counts. But where a longer name ends in a number that goes on, as `GPT-4`
//! does in `GPT-4o`, another version is meant.
//!
//! An automaton for the names of a large log takes 150 bytes a name. Names stand alone, so it is enough to look up the
//! word at which one may start in a sorted list, which takes 12.

use std::cmp::Ordering;
use std::num::NonZero;
use std::ops::Range;

use crate::log::dialect::stands_alone;
use crate::text::offset;

/// Bits in the filter for each name: most words begin no name, and should cost only a look at one bit.
const BITS: usize = 16;

/// An index of a list of names. The list itself is kept by the caller.
#[derive(Debug, Clone, Default)]
pub(super) struct Matcher {
    /// (hash of the first word, index of the name), sorted by hash, then by the name in lower case.
    sorted: Vec<(u32, u32)>,
    /// For each of `sorted`: the longest other name that it starts with, as an index into `sorted`, plus 1.
    shorter: Vec<Option<NonZero<u32>>>,
    /// A bit for each hash, at its value modulo the number of bits, which is a power of two.
    filter: Vec<u64>,
}

impl Matcher {
    /// Indexes the names. Of names that differ only in case, the first counts.
    pub fn of<'a>(count: usize, name: impl Fn(usize) -> &'a str) -> Self {
        let named = |at: u32| name(at as usize);
        let first_word = |at: usize| hash(&name(at)[..word_end(name(at), 0)]);
        let mut sorted: Vec<(u32, u32)> = (0..count).map(|at| (first_word(at), offset(at))).collect();
        sorted.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| compare(named(one.1), named(other.1))));
        sorted.dedup_by(|next, kept| next.0 == kept.0 && compare(named(next.1), named(kept.1)).is_eq());
        let mut shorter = Vec::with_capacity(sorted.len());
        // The names that the current one starts with.
        let mut open: Vec<usize> = Vec::new();
        for (at, &(_, this)) in sorted.iter().enumerate() {
            while open.pop_if(|last| !starts_with(named(this), named(sorted[*last].1))).is_some() {}
            shorter.push(open.last().and_then(|last| NonZero::new(offset(last + 1))));
            open.push(at);
        }
        let mut filter = vec![0; (sorted.len() * BITS).next_power_of_two().div_ceil(64)];
        for &(hash, _) in &sorted {
            let (word, bit) = place(&filter, hash);
            filter[word] |= 1 << bit;
        }
        Self { sorted, shorter, filter }
    }

    /// The names in a text, in order: (bytes, index of the name).
    pub fn find<'a>(&self, text: &str, name: impl Fn(usize) -> &'a str) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let end = word_end(text, at);
            at = match self.longest(text, at..end, &name) {
                Some((range, index)) => {
                    let end = range.end;
                    found.push((range, index));
                    end
                }
                None => end,
            };
        }
        found
    }

    /// The longest name that starts with a word of the text.
    fn longest<'a>(
        &self,
        text: &str,
        word: Range<usize>,
        name: impl Fn(usize) -> &'a str,
    ) -> Option<(Range<usize>, usize)> {
        let start = word.start;
        let hash = hash(&text[word]);
        let (at, bit) = place(&self.filter, hash);
        if self.filter.get(at)? & (1 << bit) == 0 {
            return None;
        }
        let rest = &text[start..];
        let named = |at: usize| name(self.sorted[at].1 as usize);
        // All names between one that the text starts with and the text itself start with that name too.
        let after = self
            .sorted
            .partition_point(|&(other, at)| other.cmp(&hash).then_with(|| compare(name(at as usize), rest)).is_le());
        let mut next = after.checked_sub(1).filter(|&last| self.sorted[last].0 == hash);
        while let Some(at) = next {
            let range = start..start + named(at).len();
            if starts_with(rest, named(at)) {
                if stands_alone(text, range.clone()) {
                    return Some((range, self.sorted[at].1 as usize));
                }
                if named(at).ends_with(|c: char| c.is_ascii_digit()) {
                    return None;
                }
            }
            next = self.shorter[at].map(|shorter| shorter.get() as usize - 1);
        }
        None
    }
}

/// The end of the word of ASCII letters and digits that starts at a byte, or of the one character there.
fn word_end(text: &str, at: usize) -> usize {
    let rest = &text.as_bytes()[at..];
    match rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len()) {
        0 => at + text[at..].chars().next().map_or(0, char::len_utf8),
        letters => at + letters,
    }
}

/// The FNV-1a hash of a word in lower case.
fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}

/// (index, bit) of a hash in a filter.
fn place(filter: &[u64], hash: u32) -> (usize, u32) {
    let at = hash as usize & (filter.len() * 64).wrapping_sub(1);
    (at / 64, hash % 64)
}

fn compare(one: &str, other: &str) -> Ordering {
    let lower = |byte: u8| byte.to_ascii_lowercase();
    one.bytes().map(lower).cmp(other.bytes().map(lower))
}

fn starts_with(text: &str, start: &str) -> bool {
    text.as_bytes().get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start.as_bytes()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(names: &[&str], text: &str) -> Vec<(Range<usize>, usize)> {
        Matcher::of(names.len(), |at| names[at]).find(text, |at| names[at])
    }

    #[test]
    fn the_longest_name_that_stands_alone_counts() {
        let names = ["Emu", "Emu Net", "EMU", "gnu", "大鸟", "C++", "Emu Net on Hills"];
        let text = "the emu net of EMU and Gnus, 大鸟 too, C++ emu networks";
        assert_eq!(found(&names, text), [(4..11, 1), (15..18, 0), (29..35, 4), (41..44, 5), (45..48, 0)]);
        assert!(found(&[], text).is_empty() && found(&names, "").is_empty());
    }

    #[test]
    fn another_version_is_not_the_name_without_one() {
        let text = "GPT, GPT-4, GPT-4o, Emu 24, Emu Networks";
        assert_eq!(found(&["GPT", "GPT-4", "Emu", "Emu 2", "Emu Net"], text), [(0..3, 0), (5..10, 1), (28..31, 2)]);
    }

    proptest! {
        #[test]
        fn names_are_found_as_by_trying_each(
            names in prop::collection::vec("[aAb鸟+]{1,3}( [ab]{1,2})?", 0..12),
            text in "[aAbB鸟+ ]{0,30}",
        ) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let mut wanted = Vec::new();
            let mut at = 0;
            while at < text.len() {
                let fits = |name: &&&str| {
                    starts_with(&text[at..], name) && stands_alone(&text, at..at + name.len())
                };
                match names.iter().filter(fits).map(|name| name.len()).max() {
                    Some(length) => {
                        let same = |name: &&str| name.eq_ignore_ascii_case(&text[at..at + length]);
                        wanted.push((at..at + length, names.iter().position(same).unwrap_or_default()));
                        at += length;
                    }
                    None => at = word_end(&text, at),
                }
            }
            prop_assert_eq!(found(&names, &text), wanted);
        }
    }
}
