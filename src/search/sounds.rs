//! An index of the letters and initials in a long text, so that most terms that are absent from it need no search.
//!
//! A match of [`Sound`](super::pinyin::Sound) is a sequence of units. A unit is a Latin letter or digit, or a Han
//! character typed as at least the first letter of its pinyin. The index stores the first letters of every four
//! consecutive units. If every split of a term into units contains four consecutive ones that are not in the index, the
//! text cannot match. For terms with fewer units or with other letters, the index cannot tell.

use unicode_normalization::UnicodeNormalization;

use super::normalise::{self, is_accent, is_varied, lower, width};
use super::pinyin::{self, is_between_scripts};
use super::spread::Stop;
use crate::text::is_han;

/// How many bytes to index between two checks of `stop`.
const STOP_INTERVAL: usize = 1 << 16;

/// Number of consecutive units per index entry.
const ROW: usize = 4;

/// Number of letters and digits.
const ALPHABET: usize = 36;

/// Maximum number of units to try when splitting a term; beyond that, any text may match.
const MOST: usize = 10_000;

/// The index of a text: a bit for each possible sequence of units, 210 kB whatever the length of the text.
#[derive(Debug, Clone)]
pub struct SoundIndex {
    rows: Vec<u64>,
    is_varied: bool,
}

impl SoundIndex {
    /// Indexes a text; `None` if stopped. Checks `stop` often.
    pub fn of(text: &str, stop: Stop<'_>) -> Option<Self> {
        let mut asked = 0;
        let mut sounds = Self { rows: vec![0; ALPHABET.pow(4).div_ceil(64)], is_varied: is_varied(text) };
        // For each of the last four units, the letters with which it may begin, as bits.
        let (mut row, mut length) = ([0; ROW], 0);
        for (at, c) in text.char_indices() {
            if at >= asked {
                if stop() {
                    return None;
                }
                asked = at + STOP_INTERVAL;
            }
            let mut units = units(c, sounds.is_varied).peekable();
            if units.peek().is_none() && !is_accent(c) && !is_between_scripts(text, at, at + c.len_utf8()) {
                length = 0;
            }
            for letters in units {
                row = [row[1], row[2], row[3], letters];
                length += 1;
                if length >= ROW {
                    sounds.insert(&row, 0);
                }
            }
        }
        Some(sounds)
    }

    fn insert(&mut self, row: &[u64], index: usize) {
        let Some((first, rest)) = row.split_first() else {
            self.rows[index / 64] |= 1 << (index % 64);
            return;
        };
        let mut left = *first;
        while left != 0 {
            self.insert(rest, index * ALPHABET + left.trailing_zeros() as usize);
            left &= left - 1;
        }
    }

    fn has(&self, index: usize) -> bool {
        self.rows[index / 64] & (1 << (index % 64)) != 0
    }

    /// Whether the text contains letters with variants.
    pub(crate) fn is_varied(&self) -> bool {
        self.is_varied
    }

    /// Whether the text may contain this lower-case term literally.
    pub(crate) fn may_contain(&self, term: &str) -> bool {
        let is_known = term.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let index = |row: &[u8]| row.iter().fold(0, |index, &byte| index * ALPHABET + letter(byte));
        !is_known || term.as_bytes().windows(ROW).all(|row| self.has(index(row)))
    }

    /// Whether the text may match a lower-case term as pinyin with at least two Han characters.
    pub(crate) fn may_contain_pinyin(&self, term: &str) -> bool {
        if !term.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
            return true;
        }
        let lengths = (0..term.len()).map(|at| pinyin::lengths(&term[at..], true)).collect();
        let mut tried = Tried { sounds: self, term: term.as_bytes(), lengths, row: Vec::new(), left: MOST };
        tried.divide(0, 0)
    }
}

/// A search through the splits of a term.
struct Tried<'a> {
    sounds: &'a SoundIndex,
    term: &'a [u8],
    /// For each byte offset in the term, the byte lengths that one syllable starting there may match, as bits.
    lengths: Vec<u64>,
    /// The first letters of the units so far.
    row: Vec<usize>,
    /// How many more units to try.
    left: usize,
}

impl Tried<'_> {
    fn divide(&mut self, at: usize, syllables: usize) -> bool {
        if at == self.term.len() {
            return syllables >= 2;
        }
        let Some(left) = self.left.checked_sub(1) else { return true };
        self.left = left;
        let letter = letter(self.term[at]);
        let mut lengths = self.lengths[at];
        while lengths != 0 {
            let length = lengths.trailing_zeros() as usize;
            if self.try_unit(letter, at + length, syllables + 1) {
                return true;
            }
            lengths &= lengths - 1;
        }
        self.try_unit(letter, at + 1, syllables)
    }

    fn try_unit(&mut self, letter: usize, end: usize, syllables: usize) -> bool {
        self.row.push(letter);
        let is_there = self
            .row
            .last_chunk::<ROW>()
            .is_none_or(|row| self.sounds.has(row.iter().fold(0, |index, letter| index * ALPHABET + letter)));
        let found = is_there && self.divide(end, syllables);
        self.row.pop();
        found
    }
}

/// The units of a char, each as the letters with which it may begin; a ligature has several.
fn units(c: char, is_varied: bool) -> impl Iterator<Item = u64> {
    let varies = is_varied && normalise::is_varied(c.encode_utf8(&mut [0; 4]));
    let several = varies.then(|| c.nfkd().filter_map(unit));
    let own = if varies { None } else { unit(c) };
    own.into_iter().chain(several.into_iter().flatten())
}

/// The letters with which a unit may begin, as bits; `None` if the char is not a unit.
fn unit(c: char) -> Option<u64> {
    if is_han(c) {
        return Some(pinyin::initials(c).into());
    }
    let byte = u8::try_from(lower(width(c))).ok()?;
    byte.is_ascii_alphanumeric().then(|| 1 << letter(byte))
}

/// The number of a letter or digit.
fn letter(byte: u8) -> usize {
    usize::from(if byte.is_ascii_digit() { byte - b'0' + 26 } else { byte.wrapping_sub(b'a') % 26 })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::pinyin::Sound;
    use super::*;

    fn of(text: &str) -> SoundIndex {
        SoundIndex::of(text, &|| false).expect("nobody stops it")
    }

    #[test]
    fn absent_sounds_are_skipped() {
        let sounds = of("一个实时推荐系统，和大模型（LLM）的综述");
        for there in ["shishituijian", "sstj", "tjxt", "dmx", "damoxingllm", "llmdzs"] {
            assert!(sounds.may_contain_pinyin(there), "{there}");
        }
        for absent in ["zebrafish", "attention", "transformer", "tuijiandamoxing"] {
            assert!(!sounds.may_contain_pinyin(absent), "{absent}");
            assert!(!sounds.may_contain(absent), "{absent}");
        }
        let varied = of("Café ﬁnest cafe\u{301}s");
        assert!(["cafe", "fines", "cafes"].into_iter().all(|there| varied.may_contain(there)));
        assert!(SoundIndex::of("大模型", &|| true).is_none());
    }

    proptest! {
        #[test]
        fn written_terms_may_be_present(text in "[大abAB4（ ，-]{0,24}", term in "[ab4]{1,6}") {
            prop_assert!(!text.to_lowercase().contains(&term) || of(&text).may_contain(&term));
        }

        #[test]
        fn pinyin_terms_may_be_present(text in "[大模型推荐系统重长的Aab4（ ，]{0,24}", term in "[damotxjngsyuch4b]{2,9}") {
            let heard = Sound::new(&term).and_then(|sound| sound.find(&text, 2).0);
            prop_assert!(heard.is_none() || of(&text).may_contain_pinyin(&term));
        }

        /// A term derived from the text itself is never ruled out.
        #[test]
        fn present_text_is_never_ruled_out(text in "[大模型推荐系统重长的Aab4（ ，]{0,16}", cuts in prop::collection::vec(0..3_usize, 16)) {
            let typed = text.chars().zip(cuts).filter(|(c, _)| c.is_alphanumeric()).map(|(c, cut)| {
                let reading = pinyin::readings(c).next().unwrap_or_default();
                match (is_han(c), cut) {
                    (true, 0) => reading.to_owned(),
                    (true, _) => reading.chars().take(1).collect(),
                    _ => c.to_ascii_lowercase().to_string(),
                }
            });
            let term: String = typed.collect();
            let heard = Sound::new(&term).and_then(|sound| sound.find(&text, 2).0);
            prop_assert!(heard.is_none() || of(&text).may_contain_pinyin(&term));
        }
    }
}
