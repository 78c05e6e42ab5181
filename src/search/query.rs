//! Parses a query into terms. All terms must match; those with `!` must not.
//!
//! | typed | the term must |
//! |---|---|
//! | `word` | match the title, by its letters, the starts of its words or pinyin; or the text, the organisation, or the date |
//! | `'word` | match literally |
//! | `^word` | match the start of the title or the short name |
//! | `word$` | match the end of the title or the short name |
//! | `^word$` | equal the title or the short name |
//! | `!word`, `!^word`, `!word$` | not match the title, its start, or its end |
//!
//! The marks are those of fzf. A mark on its own and a sign between words are ignored. `《》` and `**` around a title
//! copied from a log are dropped.
//!
//! Anything may be pasted, so queries are bounded ([`MOST_CHARS`], [`MOST_WORDS`], [`LONGEST`]): only the first words
//! of a long text are used, long words are matched literally, and expensive readings are tried only for short queries
//! ([`FEW`]).
//!
//! A query can be split into terms differently ([`Query::joined`], [`Query::apart`], [`Query::halves`]), and variants
//! allow for typos and superfluous words ([`Query::shortened`], [`Query::mistyped`]).

use std::sync::Arc;

use super::cache::REMEMBERED;
use super::normalise::{LONGEST, first_chars, normalise, width};
use super::pinyin::Sound;
use super::term::{MatchMode, Term};
use super::title::OwnedTitle;
use crate::text::is_han;

/// How a query was derived from the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derivation {
    /// As typed.
    Typed,
    /// With the same letters, but split into words differently.
    Divided,
    /// Without short words and numbers, without one of the words, or with only the first words.
    Shortened,
    /// With two adjacent letters swapped.
    Swapped,
    /// With a letter left out.
    LeftOut,
}

/// A query.
#[derive(Debug, Clone)]
pub struct Query {
    /// The terms, in input order.
    pub terms: Vec<Term>,
    /// How the query was derived from the input.
    pub derivation: Derivation,
    /// The normalised input, if it is long enough to be pasted text that may contain a title.
    pub(super) pasted: Option<Arc<str>>,
}

impl Query {
    /// Parses any input.
    pub fn new(typed: &str) -> Self {
        let typed = first_chars(typed, MOST_CHARS);
        let words = typed.split(|c: char| c.is_whitespace() || matches!(c, '《' | '》' | '*'));
        let mut terms = words.flat_map(clauses).map(paper_number).filter_map(Term::parse);
        let mut first: Vec<Term> = terms.by_ref().take(MOST_WORDS).collect();
        let is_more = terms.next().is_some();
        if first.iter().any(Term::has_letters) {
            first.retain(Term::has_letters);
        }
        let is_pasted = typed.chars().nth(FEWEST_PASTED).is_some();
        let pasted = is_pasted.then(|| spaced(&normalise(typed)).into());
        let derivation = if is_more { Derivation::Shortened } else { Derivation::Typed };
        Self { terms: first, derivation, pasted }
    }

    /// Like [`new`](Self::new), but keeps all signs as typed.
    pub(crate) fn literal(typed: &str) -> Self {
        let words = first_chars(typed, MOST_CHARS).split_whitespace();
        Self::of(words.filter_map(Term::parse).take(MOST_WORDS).collect(), Derivation::Typed)
    }

    fn of(terms: Vec<Term>, derivation: Derivation) -> Self {
        Self { terms, derivation, pasted: None }
    }

    /// Whether the query is short enough to try expensive readings.
    pub(super) fn is_short(&self) -> bool {
        let chars: usize = self.terms.iter().map(|term| term.text.chars().count()).sum();
        self.terms.len() <= FEW.words && chars <= FEW.chars
    }

    /// Whether there are no terms, so that everything matches.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether the query's matches are only approximate.
    pub(crate) fn is_relaxed(&self) -> bool {
        !matches!(self.derivation, Derivation::Typed | Derivation::Divided)
    }

    /// Whether every term that may be pinyin consists of whole syllables.
    pub(super) fn has_whole_syllables(&self) -> bool {
        self.terms.iter().filter_map(|term| term.sound.as_ref()).all(Sound::is_whole)
    }

    /// The same query without pinyin.
    pub(super) fn without_pinyin(mut self) -> Self {
        self.terms.iter_mut().for_each(|term| term.sound = None);
        self
    }

    /// Whether a lower-case title contains the terms one after the other, with nothing but signs and spaces between
    /// them. False for a single term.
    pub(super) fn is_phrase_in(&self, title: &str) -> bool {
        let Some((first, others)) = self.terms.split_first() else { return false };
        if others.is_empty() || !self.terms.iter().all(Term::is_free) {
            return false;
        }
        let goes_on = |at: usize| {
            let mut rest = &title[at + first.text.len()..];
            others.iter().all(|term| {
                let next = [rest, rest.trim_start(), rest.trim_start_matches(|c: char| !c.is_alphanumeric())];
                let found = next.into_iter().find_map(|rest| rest.strip_prefix(term.text.as_str()));
                rest = found.unwrap_or(rest);
                found.is_some()
            })
        };
        first.finder.find_iter(title.as_bytes()).any(goes_on)
    }

    /// The indices of the matching chars of a title, ascending: what to highlight. Empty if the match is not in the
    /// title.
    pub fn positions(&self, title: &str, name: Option<&str>) -> Vec<usize> {
        let title = OwnedTitle::new(title, name);
        let wanted = self.terms.iter().filter(|term| !term.is_not);
        let mut positions: Vec<usize> =
            wanted.flat_map(|term| term.positions(title.title())).flat_map(|at| title.origin(at)).collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    /// Joins numbers to the word before: `llama 2` also matches `llama2` and `llama-2`. `None` if there is no such
    /// number.
    pub(super) fn joined(&self) -> Option<Self> {
        let mut terms: Vec<Term> = Vec::new();
        for term in &self.terms {
            let is_number = term.is_free() && term.text.len() <= 3 && term.text.contains(|c: char| c.is_ascii_digit());
            match terms.last_mut().filter(|last| is_number && last.is_free()) {
                Some(last) => *last = last.joined(term),
                None => terms.push(term.clone()),
            }
        }
        (terms.len() < self.terms.len()).then(|| Self::of(terms, Derivation::Divided))
    }

    /// Separates Han and other characters: `clip模型` becomes `clip 模型`. `None` if no term has both.
    pub(super) fn apart(&self) -> Option<Self> {
        let mut terms = Vec::new();
        for term in &self.terms {
            let chars: Vec<char> = term.raw.chars().filter(|_| term.is_free()).collect();
            let runs: Vec<String> = chars.chunk_by(|&a, &b| is_han(a) == is_han(b)).map(String::from_iter).collect();
            // A single letter among Han characters is a typo.
            let is_slip = runs.iter().any(|run| run.len() < 2);
            match runs.len() {
                0 | 1 => terms.push(term.clone()),
                _ if is_slip => terms.push(term.clone()),
                _ => terms.extend(runs.iter().map(|run| Term::new(run, MatchMode::Fuzzy)).filter(Term::has_letters)),
            }
        }
        (terms.len() > self.terms.len()).then(|| Self::of(terms, Derivation::Divided))
    }

    /// Variants with one term split into a Latin word and a pinyin word, in either order: `dmxllm` becomes `llm dmx`,
    /// each of which may be anywhere in the text. At each split, the Latin word is first assumed to be the second half.
    pub(super) fn halves(&self) -> impl Iterator<Item = Self> + '_ {
        let may_be_two = |term: &Term| {
            let is_latin = term.text.bytes().all(|c| c.is_ascii_alphanumeric());
            self.is_short() && term.is_free() && term.sound.is_some() && is_latin
        };
        let terms = self.terms.iter().enumerate().filter(move |(_, term)| may_be_two(term));
        let cuts = terms.flat_map(|(at, term)| {
            let cuts = FEWEST_OF_A_HALF..(term.text.len() + 1).saturating_sub(FEWEST_OF_A_HALF);
            cuts.map(|cut| term.text.split_at(cut)).flat_map(move |(a, b)| [(at, b, a), (at, a, b)])
        });
        cuts.filter_map(|(at, latin, heard)| {
            let heard = Term::new(heard, MatchMode::Pinyin);
            let mut terms = heard.sound.as_ref().filter(|sound| sound.is_pinyin()).map(|_| self.terms.clone())?;
            terms.splice(at..=at, [Term::new(latin, MatchMode::Word), heard]);
            Some(Self::of(terms, Derivation::Divided))
        })
    }

    /// Drops words of one or two letters, and version numbers: `beit v3` and `beit3` become `beit`. `None` if there
    /// is nothing to drop, or if nothing would be left.
    pub(super) fn shortened(&self) -> Option<Self> {
        let mut terms: Vec<Term> = Vec::new();
        let mut is_shorter = false;
        for term in &self.terms {
            let text = term.text.as_str();
            let letters = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
            let word = letters.strip_suffix('v').filter(|_| letters.len() < text.len()).unwrap_or(letters);
            let word = word.trim_end_matches('-');
            let kept = if !term.is_free() || !text.is_ascii() { text } else { word };
            if term.is_free() && text.is_ascii() && kept.len() < 3 {
                is_shorter = true;
            } else if kept.len() < text.len() {
                is_shorter = true;
                terms.push(Term::new(kept, MatchMode::Fuzzy));
            } else {
                terms.push(term.clone());
            }
        }
        let is_query = is_shorter && terms.iter().any(|term| !term.is_not);
        is_query.then(|| Self::of(terms, Derivation::Shortened))
    }

    /// Variants without one of the terms each, if at least two terms remain.
    pub(super) fn without_one(&self) -> Vec<Self> {
        let wanted = self.terms.iter().filter(|term| !term.is_not).count();
        let free = (0..self.terms.len()).filter(|&at| wanted > 2 && self.terms[at].is_free());
        let without = |left_out| self.terms.iter().enumerate().filter(move |&(at, _)| at != left_out);
        let queries = free.map(|at| without(at).map(|(_, term)| term.clone()).collect());
        queries.map(|terms| Self::of(terms, Derivation::Shortened)).collect()
    }

    /// Variants with two adjacent chars of one term swapped, or one char left out. Terms shorter than `fewest` have
    /// none, since too little would be left. Long queries have none, since there would be too many.
    pub(super) fn mistyped(&self, fewest: Fewest) -> impl Iterator<Item = Self> + '_ {
        let free = self.terms.iter().enumerate().filter(|(_, term)| self.is_short() && term.is_free());
        free.flat_map(move |(at, term)| {
            slips(term, fewest).map(move |(raw, derivation)| {
                let mut terms = self.terms.clone();
                terms[at] = Term::new(&raw, MatchMode::Fuzzy);
                Self::of(terms, derivation)
            })
        })
    }
}

/// What the user may have meant by a term with a typo.
fn slips(term: &Term, fewest: Fewest) -> impl Iterator<Item = (String, Derivation)> {
    let chars: Vec<char> = term.raw.chars().collect();
    let least = if term.typed.is_ascii() { 3 } else { 2 };
    let swaps = if chars.len() >= least.max(fewest.to_swap) { 1..chars.len() } else { 0..0 };
    // Leave at least two chars: a single one, such as a Han character, means nothing.
    let leaves = if chars.len() >= fewest.to_leave_out.max(3) { 0..chars.len() } else { 0..0 };
    let swapped = |chars: &[char], second: usize| {
        let mut swapped = chars.to_vec();
        swapped.swap(second - 1, second);
        (swapped != chars).then(|| (swapped.into_iter().collect(), Derivation::Swapped))
    };
    // Leaving out either of two equal neighbours gives the same term.
    let left_out = |chars: &[char], left_out: usize| {
        let is_first = left_out == 0 || chars[left_out - 1] != chars[left_out];
        let rest = || chars.iter().enumerate().filter(|&(at, _)| at != left_out).map(|(_, c)| c).collect();
        is_first.then(|| (rest(), Derivation::LeftOut))
    };
    let all = chars.clone();
    swaps.filter_map(move |at| swapped(&chars, at)).chain(leaves.filter_map(move |at| left_out(&all, at)))
}

/// Maximum length of a query in chars: as long as a long abstract.
pub(super) const MOST_CHARS: usize = 4_096;

/// Maximum number of words to search for.
const MOST_WORDS: usize = REMEMBERED;

/// Input of at least this many chars may be pasted text that contains more than a title.
const FEWEST_PASTED: usize = 24;

/// Limits for trying expensive readings, such as a typo at every letter.
const FEW: Few = Few { words: 8, chars: 64 };

/// See [`FEW`].
struct Few {
    words: usize,
    chars: usize,
}

/// Collapses white space.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Splits a long non-ASCII word into clauses, since Chinese has no spaces; returns other words whole.
fn clauses(word: &str) -> impl Iterator<Item = &str> {
    let is_text = word.chars().nth(LONGEST).is_some() && !word.is_ascii();
    let is_between = move |c: char| is_text && matches!(width(c), ',' | '.' | ';' | ':' | '!' | '?' | '(' | ')');
    word.split(is_between)
}

/// Minimum number of Latin letters in either half of a split term.
const FEWEST_OF_A_HALF: usize = 3;

/// Minimum lengths of a term to suspect a typo.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fewest {
    /// In chars, to swap neighbours.
    pub to_swap: usize,
    /// In chars, to leave one out.
    pub to_leave_out: usize,
}

/// Extracts the id from an arXiv URL or `arXiv:` reference; returns other words unchanged.
fn paper_number(word: &str) -> &str {
    let (Some(at), true) = (word.to_ascii_lowercase().rfind("arxiv"), word.contains(['.', ':'])) else { return word };
    let number = word[at..].rsplit(['/', ':']).next().unwrap_or_default().trim_end_matches(".pdf");
    let number = number.rsplit_once('v').map_or(number, |(number, _)| number);
    let is_number = number.len() >= 9 && number.bytes().all(|c| c.is_ascii_digit() || c == b'.');
    if is_number { number } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, wanted: &[(&str, MatchMode, bool)]) {
        let query = Query::new(typed);
        let terms: Vec<_> = query.terms.iter().map(|term| (term.text.as_str(), term.mode, term.is_not)).collect();
        assert_eq!(terms, wanted, "{typed}");
    }

    #[test]
    fn marks() {
        check("ViT  大模型", &[("vit", MatchMode::Fuzzy, false), ("大模型", MatchMode::Fuzzy, false)]);
        check(
            "'a ^b c$ ^d$",
            &[
                ("a", MatchMode::Exact, false),
                ("b", MatchMode::Prefix, false),
                ("c", MatchMode::Suffix, false),
                ("d", MatchMode::Whole, false),
            ],
        );
        check(
            "!a !^b !c$ !'d",
            &[
                ("a", MatchMode::Exact, true),
                ("b", MatchMode::Prefix, true),
                ("c", MatchMode::Suffix, true),
                ("d", MatchMode::Exact, true),
            ],
        );
        check("！ｍｏｅ\u{3000}＇x", &[("moe", MatchMode::Exact, true), ("x", MatchMode::Exact, false)]);
        check("! ' ^ $ ^$ !^", &[]);
        check("a!b it's", &[("a!b", MatchMode::Fuzzy, false), ("it's", MatchMode::Fuzzy, false)]);
    }

    fn texts(queries: impl IntoIterator<Item = Query>) -> Vec<String> {
        let text = |query: Query| query.terms.iter().map(|term| term.text.clone()).collect::<Vec<_>>().join(" ");
        queries.into_iter().map(text).collect()
    }

    #[test]
    fn mistyped() {
        let mistyped =
            |typed: &str, to_swap, to_leave_out| texts(Query::new(typed).mistyped(Fewest { to_swap, to_leave_out }));
        assert_eq!(mistyped("abbc xy", 9, 0), ["bbc xy", "abc xy", "abb xy"]);
        assert_eq!(mistyped("abbc xy", 0, 9), ["babc xy", "abcb xy"]);
        assert_eq!(mistyped("推荐", 0, 0), ["荐推"]);
        assert_eq!(mistyped("ab 'abcd !abcd", 0, 0), [""; 0]);
    }

    #[test]
    fn words_joined_or_split_differently() {
        assert_eq!(texts(Query::new("code llama 2").joined()), ["code llama2"]);
        assert_eq!(texts(Query::new("BEiT v3 'x 2").joined()), ["beitv3 x 2"]);
        assert_eq!(texts(Query::new("llama x").joined()), [""; 0]);
        assert_eq!(texts(Query::new("clip模型 '大a").apart()), ["clip 模型 大a"]);
        assert_eq!(texts(Query::new("clip 模型").apart()), [""; 0]);
        assert_eq!(texts(Query::new("推x荐").apart()), [""; 0]);
        assert!(texts(Query::new("dmxllm").halves()).contains(&"llm dmx".to_owned()));
        assert_eq!(texts(Query::new("DMXLLM").halves()), [""; 0]);
    }

    #[test]
    fn shortened() {
        let shortened = |typed: &str| texts(Query::new(typed).shortened());
        assert_eq!(shortened("beit v3"), ["beit"]);
        assert_eq!(shortened("llama2"), ["llama"]);
        assert_eq!(shortened("beitv3"), ["beit"]);
        assert_eq!(shortened("gpt-3.5 x"), ["gpt"]);
        assert_eq!(shortened("clip"), [""; 0]);
        assert_eq!(shortened("v3 2"), [""; 0]);
        assert_eq!(texts(Query::new("a b c").without_one()), ["b c", "a c", "a b"]);
        assert_eq!(texts(Query::new("a b !c").without_one()), [""; 0]);
    }

    #[test]
    fn pasted_queries() {
        assert_eq!(texts([Query::new("《**Emu** : A Model》")]), ["emu a model"]);
        assert_eq!(texts([Query::new("https://arxiv.org/abs/2310.06825v2")]), ["2310.06825"]);
        assert_eq!(texts([Query::new("arXiv:2310.06825")]), ["2310.06825"]);
        assert_eq!(texts([Query::new("arxiv.org ：")]), ["arxiv.org"]);
        assert_eq!(texts([Query::new("：")]), [":"]);
        assert_eq!(texts([Query::literal("《**Emu** :")]), ["《**emu** :"]);
    }

    #[test]
    fn phrases_across_punctuation() {
        let check = |typed: &str, title: &str| Query::new(typed).is_phrase_in(title);
        assert!(
            check("vision language", "a vision-language model") && check("language model", "vision-language model")
        );
        assert!(!check("vision model", "a vision-language model") && !check("vision", "vision"));
    }
}
