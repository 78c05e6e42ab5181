//! What was typed, as terms. Every term must hit; those with `!` must not.
//!
//! | typed | the term must |
//! |---|---|
//! | `word` | be in the title, by its letters, the beginnings of its words or its pinyin, or in the text |
//! | `'word` | be there letter for letter |
//! | `^word` | begin the title or the short name |
//! | `word$` | end the title or the short name |
//! | `^word$` | be the title or the short name |
//! | `!word`, `!^word`, `!word$` | not be in, begin, or end the title |
//!
//! The marks are fzf's. A mark alone says nothing yet.

use memchr::memmem;

use super::needle::Needle;
use super::normalise::{lower, width};
use super::pinyin::Sound;
use super::title::OwnedTitle;

/// How a term is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Anything that resembles it.
    Fuzzy,
    /// Letter for letter.
    Exact,
    /// At the beginning.
    Prefix,
    /// At the end.
    Suffix,
    /// From beginning to end.
    Whole,
}

/// One term, made ready to be looked for.
#[derive(Debug, Clone)]
pub struct Term {
    /// Of plain width, in the case in which it was typed; never empty.
    pub typed: String,
    /// In lower case.
    pub text: String,
    /// In lower case, of the width in which it was typed: long text is not brought to one.
    pub(super) raw: String,
    /// How it is meant.
    pub mark: Mark,
    /// Whether it must not hit.
    pub is_not: bool,
    /// Finds it in titles in lower case.
    pub(super) finder: memmem::Finder<'static>,
    /// Finds it in text in any case.
    pub(super) needle: Needle,
    /// Hears it, if it may be pinyin.
    pub(super) sound: Option<Sound>,
}

impl Term {
    /// A word in the width in which it was typed.
    fn parse(typed: &str) -> Option<Self> {
        let narrow: String = typed.chars().map(width).collect();
        let word = narrow.as_str();
        let (is_not, word) = word.strip_prefix('!').map_or((false, word), |rest| (true, rest));
        let (is_exact, word) = word.strip_prefix('\'').map_or((is_not, word), |rest| (true, rest));
        let (is_prefix, word) = word.strip_prefix('^').map_or((false, word), |rest| (true, rest));
        let (is_suffix, word) = word.strip_suffix('$').map_or((false, word), |rest| (true, rest));
        let mark = match (is_prefix, is_suffix) {
            (true, true) => Mark::Whole,
            (true, false) => Mark::Prefix,
            (false, true) => Mark::Suffix,
            (false, false) if is_exact => Mark::Exact,
            (false, false) => Mark::Fuzzy,
        };
        let letters = word.chars().count();
        let marks_before = narrow.chars().count() - letters - usize::from(is_suffix);
        let raw = typed.chars().skip(marks_before).take(letters).map(lower).collect();
        (!word.is_empty()).then(|| Self::new(word, raw, mark, is_not))
    }

    fn new(typed: &str, raw: String, mark: Mark, is_not: bool) -> Self {
        let text: String = typed.chars().map(lower).collect();
        Self {
            finder: memmem::Finder::new(&text).into_owned(),
            needle: Needle::either(&text, &raw),
            // Nobody types pinyin in capitals.
            sound: Sound::new(&text).filter(|_| mark == Mark::Fuzzy && !typed.contains(char::is_uppercase)),
            typed: typed.to_owned(),
            raw,
            text,
            mark,
            is_not,
        }
    }

    /// The term with each of its chars left out in turn, if it is one that may be mistyped.
    fn with_one_left_out(&self) -> Vec<Self> {
        let chars: Vec<char> = self.typed.chars().collect();
        // What is left must say something: two letters do, and a Han character does.
        let fewest = if self.typed.is_ascii() { 3 } else { 2 };
        if self.mark != Mark::Fuzzy || self.is_not || chars.len() < fewest {
            return Vec::new();
        }
        let mut texts: Vec<String> = (0..chars.len())
            .map(|left_out| chars.iter().enumerate().filter(|&(at, _)| at != left_out).map(|(_, c)| c).collect())
            .collect();
        texts.dedup();
        texts.iter().map(|text| Self::new(text, text.chars().map(lower).collect(), self.mark, self.is_not)).collect()
    }
}

/// A query.
#[derive(Debug, Clone)]
pub struct Query {
    /// In the order in which they were typed.
    pub terms: Vec<Term>,
    /// The terms as a phrase, when there are several and all are [`Mark::Fuzzy`].
    pub(super) phrase: Option<memmem::Finder<'static>>,
}

impl Query {
    /// Understands what was typed; anything can be.
    pub fn new(typed: &str) -> Self {
        Self::of(typed.split_whitespace().filter_map(Term::parse).collect())
    }

    fn of(terms: Vec<Term>) -> Self {
        let is_phrase = terms.len() > 1 && terms.iter().all(|term| term.mark == Mark::Fuzzy && !term.is_not);
        let phrase = is_phrase.then(|| terms.iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(" "));
        Self { terms, phrase: phrase.map(|phrase| memmem::Finder::new(&phrase).into_owned()) }
    }

    /// Whether the query says nothing, so that everything matches it.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The chars of a title that match, ascending: what to highlight. None for what was found
    /// elsewhere.
    pub fn positions(&self, title: &str, name: Option<&str>) -> Vec<usize> {
        let title = OwnedTitle::new(title, name);
        let wanted = self.terms.iter().filter(|term| !term.is_not);
        let mut positions: Vec<usize> = wanted.flat_map(|term| term.positions(title.title())).collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    /// The query with each single char left out in turn: what is tried when it finds nothing.
    pub fn with_one_left_out(&self) -> Vec<Self> {
        let variants = self
            .terms
            .iter()
            .enumerate()
            .flat_map(|(at, term)| term.with_one_left_out().into_iter().map(move |variant| (at, variant)));
        let replaced = variants.map(|(at, variant)| {
            let mut terms = self.terms.clone();
            terms[at] = variant;
            Self::of(terms)
        });
        replaced.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, wanted: &[(&str, Mark, bool)]) {
        let query = Query::new(typed);
        let terms: Vec<_> = query.terms.iter().map(|term| (term.text.as_str(), term.mark, term.is_not)).collect();
        assert_eq!(terms, wanted, "{typed}");
    }

    #[test]
    fn marks() {
        check("ViT  大模型", &[("vit", Mark::Fuzzy, false), ("大模型", Mark::Fuzzy, false)]);
        check(
            "'a ^b c$ ^d$",
            &[
                ("a", Mark::Exact, false),
                ("b", Mark::Prefix, false),
                ("c", Mark::Suffix, false),
                ("d", Mark::Whole, false),
            ],
        );
        check(
            "!a !^b !c$ !'d",
            &[("a", Mark::Exact, true), ("b", Mark::Prefix, true), ("c", Mark::Suffix, true), ("d", Mark::Exact, true)],
        );
        check("！ｍｏｅ\u{3000}＇x", &[("moe", Mark::Exact, true), ("x", Mark::Exact, false)]);
        check("! ' ^ $ ^$ !^", &[]);
        check("a!b it's", &[("a!b", Mark::Fuzzy, false), ("it's", Mark::Fuzzy, false)]);
    }

    #[test]
    fn one_left_out() {
        let texts = |typed: &str| -> Vec<String> {
            let variants = Query::new(typed).with_one_left_out();
            let text = |query: Query| query.terms.iter().map(|term| term.text.clone()).collect::<Vec<_>>().join(" ");
            variants.into_iter().map(text).collect()
        };
        assert_eq!(texts("abbc xy"), ["bbc xy", "abc xy", "abb xy"]);
        assert_eq!(texts("推荐"), ["荐", "推"]);
        assert_eq!(texts("ab 'abcd !abcd"), [""; 0]);
    }
}
