//! Matches a term against the text below a title.

use std::collections::HashSet;
use std::ops::Range;

use super::normalise::is_varied;
use super::query::Query;
use super::term::{MatchMode, Term};
use super::title::{MatchKind, OwnedTitle};

/// ASCII terms of this many bytes match only at the start of a word, since `moe` is inside many words; shorter ones
/// match only whole words.
const SHORT: usize = 3;

/// For a match by pinyin in text, a term must have at least `FEWEST_LETTERS` chars and match at least
/// `FEWEST_SYLLABLES` Han characters. Shorter terms match any long text.
const FEWEST_LETTERS: usize = 3;
const FEWEST_SYLLABLES: usize = 2;

/// The result of matching a term against a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextMatch {
    /// How the term matches; `None` if it does not.
    pub kind: Option<MatchKind>,
    /// Whether a longer term that starts with this one may match.
    pub may_grow: bool,
}

impl Term {
    /// Matches the term against `body`.
    pub(super) fn grade_text(&self, body: &str) -> TextMatch {
        if !self.is_for_text() {
            return TextMatch { kind: None, may_grow: true };
        }
        let found = |kind| TextMatch { kind: Some(kind), may_grow: true };
        let mut may_grow = self.text.chars().count() < FEWEST_LETTERS;
        let is_varied = is_varied(body);
        if self.mode != MatchMode::Pinyin
            && let Some(first) = self.needle.find(body, 0, is_varied)
        {
            may_grow = true;
            if let Some(place) = self.places_from(body, first.start, is_varied).next() {
                let is_first_line = body[..place.start].trim_start().bytes().all(|byte| byte != b'\n');
                return found(if is_first_line { MatchKind::FirstLine } else { MatchKind::Text });
            }
        }
        match self.hear(body) {
            (Some(_), _) => found(MatchKind::TextSound),
            (None, is_partly) => TextMatch { kind: None, may_grow: may_grow || is_partly },
        }
    }

    /// The byte range of the first match, literal or, if there is none, by pinyin.
    pub(super) fn place_in_text(&self, body: &str) -> Option<Range<usize>> {
        if !self.is_for_text() {
            return None;
        }
        let is_seen = self.mode != MatchMode::Pinyin;
        is_seen.then(|| self.places_from(body, 0, is_varied(body)).next()).flatten().or_else(|| self.hear(body).0)
    }

    /// The distinct strings that the term matches in a body.
    fn words_in_text(&self, body: &str) -> Vec<String> {
        let (mut words, mut known) = (Vec::new(), HashSet::new());
        let mut add = |word: &str| {
            if known.insert(word.to_owned()) {
                words.push(word.to_owned());
            }
        };
        if self.is_for_text() && self.mode != MatchMode::Pinyin {
            self.places_from(body, 0, is_varied(body)).for_each(|place| add(&body[place]));
        }
        let mut from = 0;
        while self.is_for_text()
            && let Some(place) = self.hear(&body[from..]).0
        {
            add(&body[from..][place.clone()]);
            from += place.end;
        }
        words
    }

    /// Whether the term is searched for in text at all. A single ASCII char is not: it is everywhere.
    fn is_for_text(&self) -> bool {
        matches!(self.mode, MatchMode::Fuzzy | MatchMode::Exact | MatchMode::Word | MatchMode::Pinyin)
            && self.text.len() != 1
    }

    fn places_from<'a>(
        &'a self,
        text: &'a str,
        mut from: usize,
        is_varied: bool,
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        let is_word = self.mode == MatchMode::Word;
        let is_short = is_word || self.text.is_ascii() && self.text.len() <= SHORT;
        let is_whole = is_word || self.text.is_ascii() && self.text.len() < SHORT;
        let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        std::iter::from_fn(move || {
            loop {
                let place = self.needle.find(text, from, is_varied)?;
                from = place.end;
                let before = place.start.checked_sub(1).and_then(|at| text.as_bytes().get(at));
                let is_inside = is_short && is_letter(before);
                let is_longer = is_whole && is_letter(text.as_bytes().get(place.end));
                if !is_inside && !is_longer {
                    return Some(place);
                }
            }
        })
    }

    fn hear(&self, body: &str) -> (Option<Range<usize>>, bool) {
        let sound = self.sound.as_ref().filter(|_| self.text.chars().count() >= FEWEST_LETTERS);
        let Some(sound) = sound.filter(|_| !body.is_ascii()) else { return (None, false) };
        let (heard, is_partly) = sound.find(body, FEWEST_SYLLABLES);
        (heard.map(|heard| heard.span), is_partly)
    }
}

impl Query {
    /// The byte range in a body that matches a term missing from the title. Used for the excerpt of an item that was
    /// found by its text.
    pub(crate) fn place_in_text(&self, title: &str, name: Option<&str>, body: &str) -> Option<Range<usize>> {
        self.missing(title, name).into_iter().find_map(|term| term.place_in_text(body))
    }

    /// The distinct strings in a body that match terms missing from the title: what to highlight.
    pub(crate) fn words_in_text(&self, title: &str, name: Option<&str>, body: &str) -> Vec<String> {
        self.missing(title, name).into_iter().flat_map(|term| term.words_in_text(body)).collect()
    }

    /// The terms that do not match a title.
    fn missing(&self, title: &str, name: Option<&str>) -> Vec<&Term> {
        let title = OwnedTitle::new(title, name);
        self.terms.iter().filter(|term| !term.is_not && term.grade(title.title()).is_none()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, body: &str, kind: Option<MatchKind>, hit: &str) {
        let query = Query::new(typed);
        assert_eq!(query.terms[0].grade_text(body).kind, kind, "{typed}");
        assert_eq!(query.place_in_text("A title", None, body).map_or("", |place| &body[place]), hit, "{typed}");
    }

    #[test]
    fn places_of_a_match_in_a_text() {
        let body = "\n\n2031.2 谷歌的一篇文章\n\n1. 训练用了 MoE，MMoE 和 RoPE\n2. 大模型\n";
        check("文章", body, Some(MatchKind::FirstLine), "文章");
        check("moe", body, Some(MatchKind::Text), "MoE");
        check("mmo", body, Some(MatchKind::Text), "MMo");
        check("ope", body, None, "");
        check("mo", body, None, "");
        check("m", body, None, "");
        check("models", "2031 一个 Model", Some(MatchKind::FirstLine), "Model");
        check("gpt4", "x\nGPT-4", Some(MatchKind::Text), "GPT-4");
        check("gpt-4", "x\ngpt4", Some(MatchKind::Text), "gpt4");
        check("训练：", "x\n训练:", Some(MatchKind::Text), "训练:");
        check("dmx", body, Some(MatchKind::TextSound), "大模型");
        check("da", body, None, "");
        check("xun", body, None, "");
        check("title", body, None, "");
        check("xunlian", body, Some(MatchKind::TextSound), "训练");
        check("'dmx", body, None, "");
        check("cafe", "x\nthe cafe\u{301}s", Some(MatchKind::Text), "cafe\u{301}");
        check("^训", body, None, "");
    }
}
