//! Matches Chinese by pinyin. A term may consist of whole syllables, initials, Han characters and Latin letters in
//! any mixture: `tuijian`, `tjxt`, `tui荐`, `dmxllm`.
//!
//! A match starts at a syllable and has no gaps; the last syllable may be incomplete, since the user may still be
//! typing it. All readings of a character count, because the first is often wrong in context (重, 长). `ü` is typed as
//! `v` or `u`.

use std::ops::Range;
use std::sync::OnceLock;

use pinyin::ToPinyinMulti;

use super::normalise::{lower, width};
use crate::text::is_han;

/// The code points of the common Han block, for which a table holds the initials.
const TABLE: Range<u32> = 0x4E00..0xA000;

/// Maximum length in bytes of a pinyin term.
const LONGEST: usize = 63;

/// Characters that do not match by initial; otherwise `dmx` would match every 的模型.
const PARTICLES: &str = "的了是在和与及也就都";

/// A term to be matched as pinyin.
#[derive(Debug, Clone)]
pub struct Sound {
    term: String,
    /// The term's first char.
    start: char,
    /// The letters with which the reading of the first Han character may begin, as bits.
    first: u32,
    /// The letters with which the next character may begin, as bits; all bits if the match may end before it.
    second: u32,
}

/// A match in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinyinMatch {
    /// The byte range of the match.
    pub span: Range<usize>,
    /// The byte range of each letter or Han character in the match.
    pub chars: Vec<Range<usize>>,
}

impl PinyinMatch {
    fn new(text: &str, span: Range<usize>) -> Self {
        let chars = text[span.clone()].char_indices().filter(|(_, c)| c.is_alphanumeric());
        let chars = chars.map(|(at, c)| span.start + at..span.start + at + c.len_utf8()).collect();
        Self { span, chars }
    }
}

impl Sound {
    /// Prepares a term in lower case; `None` if it cannot be pinyin.
    pub fn new(term: &str) -> Option<Self> {
        let is_possible = (2..=LONGEST).contains(&term.len()) && term.bytes().any(|byte| byte.is_ascii_lowercase());
        let start = term.chars().next().filter(|_| is_possible)?;
        let first = if start.is_ascii_lowercase() { bit(start) } else { u32::MAX };
        Some(Self { term: term.to_owned(), start, first, second: second(term) })
    }

    /// The term, in lower case.
    pub fn term(&self) -> &str {
        &self.term
    }

    /// The first match with at least `syllables` (≥ 1) Han characters. The second value is whether there is any
    /// match, even with fewer Han characters: only then may a longer term match.
    pub fn find(&self, text: &str, syllables: usize) -> (Option<PinyinMatch>, bool) {
        let (bytes, tables) = (text.as_bytes(), tables());
        let mut is_partly = false;
        let (mut at, mut end_of_han) = (0, usize::MAX);
        // Texts may be long, so start with a cheap test that rules out most characters.
        while let Some(here) = next_beyond_ascii(bytes, at) {
            let (code, length) = decode(&bytes[here..]);
            at = here + length;
            let Some(initials) = tables.initials(code) else { continue };
            let is_itself = (initials & self.first != 0 || u32::from(self.start) == code) && self.may_go_on(text, at);
            let itself = is_itself.then_some(here);
            let word = if end_of_han == here { None } else { self.latin_word_before(text, here) };
            end_of_han = at;
            for start in word.into_iter().chain(itself) {
                let Some((end, heard)) = self.match_at(text, start) else { continue };
                is_partly = true;
                if heard >= syllables {
                    return (Some(PinyinMatch::new(text, start..end)), true);
                }
            }
        }
        (None, is_partly)
    }

    /// Whether a match may go on at this byte offset, after its first char.
    fn may_go_on(&self, text: &str, at: usize) -> bool {
        match text.as_bytes().get(at) {
            _ if self.second == u32::MAX => true,
            Some(byte) if byte.is_ascii_alphabetic() => bit(char::from(byte.to_ascii_lowercase())) & self.second != 0,
            // A match skips signs between scripts.
            Some(byte) if byte.is_ascii() => true,
            Some(_) => {
                let initials = tables().initials(decode(&text.as_bytes()[at..]).0);
                initials.is_none_or(|initials| initials & self.second != 0)
            }
            None => false,
        }
    }

    /// Whether the term can be read as pinyin of two or more Han characters.
    pub fn is_pinyin(&self) -> bool {
        self.is_made_of(true)
    }

    /// Like [`is_pinyin`](Self::is_pinyin), but with whole syllables only: no initials and no incomplete syllable.
    pub fn is_whole(&self) -> bool {
        self.is_made_of(false)
    }

    fn is_made_of(&self, in_part: bool) -> bool {
        // The byte lengths, as bits, of the term's prefixes that one syllable can match, and that two or more can.
        let (mut one, mut more) = (0_u64, 0_u64);
        for done in 0..self.term.len() {
            let is_reached = done == 0 || (one | more) & (1 << done) != 0;
            if !is_reached || !self.term.is_char_boundary(done) {
                continue;
            }
            let next = lengths(&self.term[done..], in_part) << done;
            if done == 0 { one |= next } else { more |= next }
        }
        more & (1 << self.term.len()) != 0
    }

    /// The byte offset of a Latin word that the term begins with, and that ends right before the Han character at
    /// `han`, or with one sign in between.
    fn latin_word_before(&self, text: &str, han: usize) -> Option<usize> {
        let (bytes, term) = (text.as_bytes(), self.term.as_bytes());
        let last = han.checked_sub(1)?;
        let end = match bytes[last] {
            byte if byte.is_ascii_alphanumeric() => han,
            byte if byte.is_ascii() && !parts_clauses(char::from(byte)) => last,
            _ => {
                let sign = text[..han].char_indices().next_back();
                sign.filter(|&(_, c)| !c.is_alphanumeric() && !parts_clauses(c))?.0
            }
        };
        let letters =
            bytes[..end].iter().rev().take(term.len()).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let start = end - letters;
        let is_begun = letters > 0 && letters < term.len() && bytes[start..end].eq_ignore_ascii_case(&term[..letters]);
        is_begun.then_some(start)
    }

    /// The end of a match that starts at byte `at`, and its number of Han characters, which may be 0.
    fn match_at(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        // The byte lengths of the term matched so far, as bits. Several are possible, because a letter may be an
        // initial or the start of a syllable.
        let mut heard: u64 = 1;
        let mut syllables = 0;
        for (from, c) in text[at..].char_indices().map(|(from, c)| (at + from, c)) {
            let end = from + c.len_utf8();
            let plain = if is_han(c) { c } else { lower(width(c)) };
            if !is_han(c) && !plain.is_alphanumeric() {
                match from > at && is_between_scripts(text, from, end) {
                    true => continue,
                    false => return None,
                }
            }
            heard = self.go_on(heard, plain);
            if heard == 0 {
                return None;
            }
            syllables += usize::from(is_han(c));
            if heard & (1 << self.term.len()) != 0 {
                return Some((end, syllables));
            }
        }
        None
    }

    /// The matched byte lengths of the term, as bits, after one more char `c` of the text.
    fn go_on(&self, heard: u64, c: char) -> u64 {
        let readings = || readings(c).filter(|_| is_han(c));
        let by_initial = !PARTICLES.contains(c);
        let counts = (0..self.term.len()).filter(|&done| heard & (1 << done) != 0);
        counts.fold(0, |next, done| {
            let rest = &self.term[done..];
            let same = if rest.starts_with(c) { 1 << (done + c.len_utf8()) } else { 0 };
            readings().fold(next | same, |next, syllable| next | typed(syllable, rest, by_initial) << done)
        })
    }
}

/// How many bytes of `rest`, the unmatched part of the term, a syllable may match, as bits: in full, by its initial,
/// or incomplete at the end of the term.
fn typed(syllable: &'static str, rest: &str, by_initial: bool) -> u64 {
    let unfinished = spellings(syllable).any(|spelling| spelling.starts_with(rest));
    let whole = whole(syllable, rest) | if unfinished { 1 << rest.len() } else { 0 };
    let initial = if by_initial { initial(syllable) } else { "" };
    let initials = [initial, &initial[..initial.len().min(1)]];
    let by = |initial: &str| if !initial.is_empty() && rest.starts_with(initial) { 1 << initial.len() } else { 0 };
    initials.into_iter().fold(whole, |counts, initial| counts | by(initial))
}

/// How many bytes of `rest` a syllable matches in full, as bits.
fn whole(syllable: &'static str, rest: &str) -> u64 {
    let length =
        |spelling: std::borrow::Cow<'_, str>| if rest.starts_with(&*spelling) { 1 << spelling.len() } else { 0 };
    spellings(syllable).fold(0, |counts, spelling| counts | length(spelling))
}

/// Whether a sign separates clauses, so that no word extends across it.
fn parts_clauses(sign: char) -> bool {
    matches!(width(sign), ',' | '.' | ';' | ':' | '!' | '?' | '、' | '。' | '…')
}

/// Whether the sign or space at bytes `at..end` stands between a Han character and a Latin letter or digit. Users do
/// not type those, so a match skips them, unless they separate clauses.
pub fn is_between_scripts(text: &str, at: usize, end: usize) -> bool {
    if text[at..end].contains(parts_clauses) {
        return false;
    }
    let sides = [text[..at].chars().next_back(), text[end..].chars().next()].map(|c| c.filter(|c| c.is_alphanumeric()));
    matches!(sides, [Some(before), Some(after)] if is_han(before) != is_han(after))
}

/// The spellings of a syllable on a keyboard without `ü` and `ê`.
fn spellings(syllable: &'static str) -> impl Iterator<Item = std::borrow::Cow<'static, str>> {
    let plain = syllable.is_ascii().then_some(syllable.into());
    let typed = (!syllable.is_ascii()).then(|| ["v", "u"].map(|u| syllable.replace('ü', u).replace('ê', "e").into()));
    plain.into_iter().chain(typed.into_iter().flatten())
}

/// The initial of a syllable: `zh`, `ch`, `sh`, or the first letter.
fn initial(syllable: &str) -> &str {
    let length = match syllable.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => 2,
        [first, ..] if first.is_ascii() => 1,
        _ => 0,
    };
    &syllable[..length]
}

/// The letters with which the second char of a match may begin, as bits; all bits if the first may be the last.
fn second(term: &str) -> u32 {
    let own = term.chars().next().map_or(0, char::len_utf8);
    let ends = lengths(term, true) | 1 << own;
    let ends = (0..64).filter(|end| ends & (1 << end) != 0);
    let letters = ends.map(|end| term.as_bytes().get(end).filter(|byte| byte.is_ascii_lowercase()));
    letters.fold(0, |bits, letter| bits | letter.map_or(u32::MAX, |&letter| bit(char::from(letter))))
}

/// How many bytes at the start of a term any one syllable can match, as bits. `in_part` also allows initials and
/// incomplete syllables.
pub fn lengths(term: &str, in_part: bool) -> u64 {
    let of = |syllable: &&'static str| match in_part {
        true => typed(syllable, term, true),
        false => whole(syllable, term),
    };
    let first = term.as_bytes().first();
    // Do not filter out syllables that begin with `ê`, which are typed with another first letter.
    let may_begin =
        |syllable: &&&str| syllable.as_bytes().first().is_some_and(|byte| !byte.is_ascii() || Some(byte) == first);
    tables().syllables.iter().filter(may_begin).fold(0, |lengths, syllable| lengths | of(syllable))
}

/// Decodes the first char of UTF-8 bytes: its code point and its length in bytes. Only chars of three or four bytes
/// matter, which all Han characters have.
fn decode(bytes: &[u8]) -> (u32, usize) {
    match *bytes {
        [a @ 0xE0..=0xEF, b, c, ..] => (u32::from(a & 0xF) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F), 3),
        [a @ 0xF0..=0xFF, b, c, d, ..] => {
            let low = u32::from(b & 0x3F) << 12 | u32::from(c & 0x3F) << 6 | u32::from(d & 0x3F);
            (u32::from(a & 0x7) << 18 | low, 4)
        }
        [a @ 0xC0..=0xDF, b, ..] => (u32::from(a & 0x1F) << 6 | u32::from(b & 0x3F), 2),
        [a, ..] => (a.into(), 1),
        [] => (0, 1),
    }
}

/// The offset of the next non-ASCII byte at or after `at`.
fn next_beyond_ascii(bytes: &[u8], mut at: usize) -> Option<usize> {
    if !bytes.get(at)?.is_ascii() {
        return Some(at);
    }
    while bytes[at..].first_chunk::<16>().is_some_and(|chunk| chunk.is_ascii()) {
        at += 16;
    }
    bytes[at..].iter().position(|byte| !byte.is_ascii()).map(|further| at + further)
}

/// Precomputed data about common characters.
struct PinyinTables {
    /// For each character in [`TABLE`], the first letters of its readings, as bits.
    initials: Vec<u32>,
    /// All pinyin syllables, without tones.
    syllables: Vec<&'static str>,
}

impl PinyinTables {
    fn new() -> Self {
        let chars = || TABLE.filter_map(char::from_u32);
        let mut syllables: Vec<&str> = chars().flat_map(readings).collect();
        syllables.sort_unstable();
        syllables.dedup();
        Self { initials: chars().map(read_initials).collect(), syllables }
    }

    /// The first letters of a character's readings, as bits; `None` if it is not a Han character.
    fn initials(&self, code: u32) -> Option<u32> {
        match code.checked_sub(TABLE.start).and_then(|at| self.initials.get(at as usize)) {
            Some(&initials) => Some(initials),
            None => char::from_u32(code).filter(|&c| is_han(c)).map(read_initials),
        }
    }
}

fn tables() -> &'static PinyinTables {
    static TABLES: OnceLock<PinyinTables> = OnceLock::new();
    TABLES.get_or_init(PinyinTables::new)
}

/// The first letters of a character's readings, as bits; 0 if it is not a Han character.
pub fn initials(c: char) -> u32 {
    tables().initials(c.into()).unwrap_or(0)
}

/// Builds the tables ahead of time, so that no keystroke has to wait.
pub fn prepare() {
    tables();
}

fn read_initials(c: char) -> u32 {
    readings(c)
        .filter_map(|reading| reading.chars().next())
        .map(|c| if c == 'ê' { 'e' } else { c })
        .map(bit)
        .fold(0, |a, b| a | b)
}

/// All readings of a character, without tones.
pub fn readings(c: char) -> impl Iterator<Item = &'static str> {
    c.to_pinyin_multi().into_iter().flatten().map(pinyin::Pinyin::plain)
}

fn bit(c: char) -> u32 {
    if c.is_ascii_lowercase() { 1 << (u32::from(c) - u32::from('a')) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(term: &str, text: &str, wanted: Option<&str>) {
        let heard = Sound::new(term).and_then(|sound| sound.find(text, 1).0);
        assert_eq!(heard.map(|heard| &text[heard.span]), wanted, "{term} in {text}");
    }

    #[test]
    fn syllables_initials_and_mixtures() {
        check("tuijian", "实时推荐系统", Some("推荐"));
        check("tjxt", "实时推荐系统", Some("推荐系统"));
        check("tui荐", "实时推荐系统", Some("推荐"));
        check("推jian", "实时推荐系统", Some("推荐"));
        check("tuijxitong", "实时推荐系统", Some("推荐系统"));
        check("damoxing", "一个大模型", Some("大模型"));
        check("dmx", "一个大模型", Some("大模型"));
        check("dmx", "新的模型和大模型", Some("大模型"));
        check("demx", "新的模型", Some("的模型"));
        check("dmxllm", "大模型 LLM 综述", Some("大模型 LLM"));
        check("llmzs", "大模型LLM综述", Some("LLM综述"));
        check("gptdmx", "GPT（大模型）", Some("GPT（大模型"));
        check("zhongwen", "中文", Some("中文"));
        check("zhw", "中文", Some("中文"));
        check("zw", "中文", Some("中文"));
        check("liulian", "看流量", Some("流量"));
        check("lvse", "绿色", Some("绿色"));
        check("lus", "绿色", Some("绿色"));
    }

    #[test]
    fn every_reading_of_a_character_matches() {
        check("chongqing", "重庆", Some("重庆"));
        check("changdu", "长度", Some("长度"));
        check("yinyue", "音乐", Some("音乐"));
        check("hangye", "行业", Some("行业"));
    }

    #[test]
    fn aligned_to_syllables() {
        check("uijian", "推荐", None);
        check("tuian", "推荐", None);
        check("jianx", "推荐系统", Some("荐系"));
        check("tuijian", "推 荐", None);
        check("llm", "LLM 大模型", None);
        check("lm大", "LLM大模型", None);
        check("", "大", None);
        check("é大", "大", None);
    }

    #[test]
    fn strings_that_can_only_be_pinyin() {
        let is_pinyin = |term: &str| Sound::new(term).is_some_and(|sound| sound.is_pinyin());
        assert!(["dmx", "damoxing", "tuij", "zhw", "lvse"].into_iter().all(is_pinyin));
        assert!(!["d", "dv", "llmvi", "vit", "大模"].into_iter().any(is_pinyin));
        let is_whole = |term: &str| Sound::new(term).is_some_and(|sound| sound.is_whole());
        assert!(is_whole("damoxing") && !is_whole("tuij") && !is_whole("dmx"));
    }

    #[test]
    fn chars_are_decoded() {
        for c in "aé大𠀀～".chars() {
            assert_eq!(decode(c.encode_utf8(&mut [0; 4]).as_bytes()), (u32::from(c), c.len_utf8()));
        }
    }

    #[test]
    fn no_match_is_skipped() {
        for (term, text) in [("dmx4", "大模型4"), ("d模x", "大模型"), ("大mx", "大模型"), ("agd", "a个大")]
        {
            assert!(Sound::new(term).is_some_and(|sound| sound.find(text, 1).0.is_some()), "{term}");
        }
    }
}
