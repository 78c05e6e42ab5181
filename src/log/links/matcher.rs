//! Finds many names in texts, ignoring the case of ASCII letters. Of names that start at the same byte, finds the
//! longest.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};

/// An automaton for a list of names.
#[derive(Clone)]
pub(super) enum Matcher {
    /// Built in linear time.
    Fast(DoubleArrayAhoCorasick<u32>),
    /// Needs less memory, but is built in quadratic time if most names begin alike.
    Small(AhoCorasick),
}

impl Matcher {
    /// `None` if no automaton can be built: for too many names, or (`Fast`) for none.
    pub fn of(names: &[&str], saves_memory: bool) -> Option<Self> {
        if saves_memory {
            let mut builder = AhoCorasick::builder();
            // Other kinds would be faster, but building them from this one takes twice the memory.
            let builder = builder.kind(Some(AhoCorasickKind::NoncontiguousNFA)).dense_depth(1);
            let builder = builder.match_kind(aho_corasick::MatchKind::LeftmostLongest).ascii_case_insensitive(true);
            return builder.build(names).ok().map(Self::Small);
        }
        let mut seen = HashSet::new();
        let lower = (0..).zip(names).map(|(at, name)| (name.to_ascii_lowercase(), at));
        let patterns: Vec<(String, u32)> = lower.filter(|(name, _)| seen.insert(name.clone())).collect();
        let builder = DoubleArrayAhoCorasickBuilder::new().match_kind(daachorse::MatchKind::LeftmostLongest);
        builder.build_with_values(patterns).ok().map(Self::Fast)
    }

    /// The names in a text, in order: (bytes, index of the name). Of names that differ only in case, the first.
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        match self {
            Self::Fast(matcher) => {
                let hits = matcher.leftmost_find_iter(text.to_ascii_lowercase());
                hits.filter_map(|hit| Some((hit.start()..hit.end(), usize::try_from(hit.value()).ok()?))).collect()
            }
            Self::Small(matcher) => {
                matcher.find_iter(text).map(|hit| (hit.range(), hit.pattern().as_usize())).collect()
            }
        }
    }
}

impl fmt::Debug for Matcher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Matcher")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_automata_find_the_same() {
        let names = ["Emu", "Emu Net", "EMU", "gnu", "大鸟"];
        let text = "the emu net of EMU and Gnus, 大鸟 too";
        for saves_memory in [false, true] {
            let found =
                |names: &[&str]| Matcher::of(names, saves_memory).map_or_else(Vec::new, |matcher| matcher.find(text));
            assert_eq!(found(&names), [(4..11, 1), (15..18, 0), (23..26, 3), (29..35, 4)]);
            assert!(found(&[]).is_empty());
        }
    }
}
