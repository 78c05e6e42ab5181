//! Chinese by its pinyin: whole syllables, initials, and both mixed with Han characters and
//! Latin letters: `tuijian`, `tjxt`, `tui荐`, `dmxllm`.
//!
//! A match begins at a syllable and runs on without a gap; the last syllable may be unfinished,
//! since it is still being typed. Every reading of a character counts, since the first one is
//! often not the one that is meant (重, 长). `ü` is typed as `v` or `u`.

use std::ops::Range;
use std::sync::OnceLock;

use pinyin::ToPinyinMulti;

use super::normalise::{is_han, lower, width};

/// The characters whose first letters are kept in a table: the common Han block.
const TABLE: Range<u32> = 0x4E00..0xA000;

/// The longest term, in bytes, that is read as pinyin.
const LONGEST: usize = 63;

/// Characters that nobody means by an initial; else `dmx` would find every 的模型.
const PARTICLES: &str = "的了是在和与及也就都";

/// A term that may be pinyin.
#[derive(Debug, Clone)]
pub struct Sound {
    term: String,
    /// Its first char.
    start: char,
    /// The letters with which a character may begin, as bits.
    first: u32,
}

/// What a text holds of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The bytes of the match.
    pub span: Range<usize>,
    /// The bytes of each char in it that is part of the match.
    pub chars: Vec<Range<usize>>,
}

impl Heard {
    fn new(text: &str, span: Range<usize>) -> Self {
        let chars = text[span.clone()].char_indices().filter(|(_, c)| c.is_alphanumeric());
        let chars = chars.map(|(at, c)| span.start + at..span.start + at + c.len_utf8()).collect();
        Self { span, chars }
    }
}

impl Sound {
    /// A term in lower case; `None` when it holds no letter that could begin a syllable.
    pub fn new(term: &str) -> Option<Self> {
        let is_possible = (2..=LONGEST).contains(&term.len()) && term.bytes().any(|byte| byte.is_ascii_lowercase());
        let start = term.chars().next().filter(|_| is_possible)?;
        let first = if start.is_ascii_lowercase() { bit(start) } else { u32::MAX };
        Some(Self { term: term.to_owned(), start, first })
    }

    /// The first match of at least this many Han characters, which is at least one; and
    /// whether there is one of fewer, from which a longer term could go on.
    pub fn find(&self, text: &str, syllables: usize) -> (Option<Heard>, bool) {
        let mut is_partly = false;
        let mut is_after_han = false;
        // Long texts are heard: what most characters fail is looked at first, and is cheap.
        for (at, c) in text.char_indices() {
            let was_after_han = std::mem::replace(&mut is_after_han, is_han(c));
            if !is_after_han {
                continue;
            }
            let word = if was_after_han { None } else { self.latin_word_before(text, at) };
            let itself = (initials(c) & self.first != 0 || self.start == c).then_some(at);
            for start in word.into_iter().chain(itself) {
                let Some((end, heard)) = self.match_at(text, start) else { continue };
                is_partly = true;
                if heard >= syllables {
                    return (Some(Heard::new(text, start..end)), true);
                }
            }
        }
        (None, is_partly)
    }

    /// Where a Latin word begins with which the term may begin and after which a Han
    /// character stands.
    fn latin_word_before(&self, text: &str, han: usize) -> Option<usize> {
        let before = |at: usize| text[..at].char_indices().next_back();
        let (mut at, mut c) = before(han)?;
        if !c.is_alphanumeric() {
            (at, c) = before(at)?;
        }
        let mut start = None;
        while c.is_ascii_alphanumeric() {
            start = Some(at);
            let Some(next) = before(at) else { break };
            (at, c) = next;
        }
        start.filter(|&start| {
            self.term.as_bytes().first() == text.as_bytes().get(start).map(u8::to_ascii_lowercase).as_ref()
        })
    }

    /// The end of a match that begins here, and its number of Han characters, which is 0 where
    /// the term ends in a Latin word.
    fn match_at(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        // How many bytes of the term have been heard, as bits: several counts are possible
        // as long as a letter may be an initial or begin a syllable.
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

    /// The counts of bytes after one more char.
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

/// How many bytes of the rest of a term this syllable may stand for, as bits: whole, by its
/// initial, or unfinished at the end of the term.
fn typed(syllable: &'static str, rest: &str, by_initial: bool) -> u64 {
    let whole = spellings(syllable).fold(0, |counts, spelling| {
        let is_whole = rest.starts_with(&*spelling);
        let is_unfinished = spelling.starts_with(rest);
        counts | if is_whole { 1 << spelling.len() } else { 0 } | if is_unfinished { 1 << rest.len() } else { 0 }
    });
    let initial = if by_initial { initial(syllable) } else { "" };
    let initials = [initial, &initial[..initial.len().min(1)]];
    let by = |initial: &str| if !initial.is_empty() && rest.starts_with(initial) { 1 << initial.len() } else { 0 };
    initials.into_iter().fold(whole, |counts, initial| counts | by(initial))
}

/// Whether this char, no letter, has a Han character on one side and a Latin one on the
/// other: such punctuation and spaces are not typed.
fn is_between_scripts(text: &str, at: usize, end: usize) -> bool {
    let sides = [text[..at].chars().next_back(), text[end..].chars().next()].map(|c| c.filter(|c| c.is_alphanumeric()));
    matches!(sides, [Some(before), Some(after)] if is_han(before) != is_han(after))
}

/// The ways to type a syllable on a keyboard without `ü` and `ê`.
fn spellings(syllable: &'static str) -> impl Iterator<Item = std::borrow::Cow<'static, str>> {
    let plain = syllable.is_ascii().then_some(syllable.into());
    let typed = (!syllable.is_ascii()).then(|| ["v", "u"].map(|u| syllable.replace('ü', u).replace('ê', "e").into()));
    plain.into_iter().chain(typed.into_iter().flatten())
}

/// `zh`, `ch` and `sh`, else the first letter.
fn initial(syllable: &str) -> &str {
    let length = match syllable.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => 2,
        [first, ..] if first.is_ascii() => 1,
        _ => 0,
    };
    &syllable[..length]
}

/// The first letters of a character's readings, as bits; none for what is no Han character.
pub fn initials(c: char) -> u32 {
    static INITIALS: OnceLock<Vec<u32>> = OnceLock::new();
    let table = || TABLE.map(|code| char::from_u32(code).map_or(0, read_initials)).collect();
    let code = u32::from(c);
    if TABLE.contains(&code) {
        return INITIALS.get_or_init(table)[(code - TABLE.start) as usize];
    }
    if is_han(c) { read_initials(c) } else { 0 }
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
    fn every_reading() {
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
}
