//! Matches letters in order with gaps, scored by Skim's matcher.
//!
//! On its own, that would match too much: most long titles contain any four letters in order. So there are two
//! conditions. The letters must start at a word and be close together, which is cheap to check and saves scoring most
//! titles; and the score must be at least [`LEAST`] per letter.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::normalise::first_chars;

/// Minimum score per char of a term. Skim gives 16 for a letter in the middle of a word, 20 after the previous letter
/// and 24 at the start of a word, minus gap penalties; a letter whose case differs gives two less.
const LEAST: i64 = 14;

/// Maximum number of chars of a title to score: the matcher allocates a cell for each pair of a char of the title and
/// a char of the term.
const MOST_CHARS: usize = 512;

/// Minimum number of chars in a term. Three letters with gaps mean nothing: `moe` is in every `Model`.
const FEWEST: usize = 4;

/// The score of a term for a title; `None` if the letters are too scattered. `title` is in its own case, `lower` and
/// `term` in lower case; `heads` are the byte offsets of the title's words.
pub fn score(title: &str, lower: &str, heads: &[u32], term: &str) -> Option<u32> {
    let (title, letters) = (first_chars(title, MOST_CHARS), term.chars().count());
    if letters < FEWEST || !is_close(lower, heads, term, letters) {
        return None;
    }
    // Skim reuses cells of the previous title, and a doubled letter leaks its bonus into the next score.
    // A fresh matcher makes the score independent of the previous title.
    let score = SkimMatcherV2::default().ignore_case().fuzzy_match(title, term)?;
    (score >= LEAST * letters as i64).then(|| u32::try_from(score).unwrap_or(0))
}

/// The indices of the matching chars of a title, ascending. Ignores the score that Skim computes here, which for some
/// titles differs from [`score`].
pub fn positions(title: &str, term: &str) -> Vec<usize> {
    let matcher = SkimMatcherV2::default().ignore_case();
    matcher.fuzzy_indices(first_chars(title, MOST_CHARS), term).map_or_else(Vec::new, |(_, indices)| indices)
}

/// Whether the text contains the term's chars in order, with any gaps.
pub fn holds(text: &str, term: &str) -> bool {
    if !term.is_ascii() {
        return end_of(text, term).is_some();
    }
    let mut text = text.bytes();
    term.bytes().all(|wanted| text.any(|byte| byte == wanted))
}

/// Whether the letters occur in order, starting at a word, within about twice as many chars.
fn is_close(lower: &str, heads: &[u32], term: &str, letters: usize) -> bool {
    let room = 2 * letters + 2;
    let first = term.as_bytes().first();
    let starts = heads.iter().map(|&head| head as usize).filter(|&head| lower.as_bytes().get(head) == first);
    starts.into_iter().any(|start| end_of(first_chars(&lower[start..], room), term).is_some())
}

fn end_of(text: &str, term: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let mut end = None;
    for wanted in term.chars() {
        let (at, c) = chars.find(|&(_, c)| c == wanted)?;
        end = Some(at + c.len_utf8());
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::normalise::normalise;
    use crate::search::words;

    fn of(title: &str, term: &str) -> Option<u32> {
        let heads: Vec<u32> = words::heads(title).map(|at| at as u32).collect();
        score(title, &normalise(title), &heads, term)
    }

    #[track_caller]
    fn check(title: &str, term: &str, hits: bool) {
        assert_eq!(of(title, term).is_some(), hits, "{term} in {title}");
    }

    #[test]
    fn close_letters_hit_and_scattered_ones_do_not() {
        check("Attention Is All You Need", "attn", true);
        check("A Transformer", "trnsfmr", true);
        check("Benchmarks for every robot", "bert", false);
        check("Model", "moe", false);
        check("BEiT", "BEIT".to_lowercase().as_str(), true);
        check("a b c d a_b_c_d", "abcd", true);
        check("Question-answering", "swin", false);
        check("", "abcd", false);
    }

    #[test]
    fn a_score_does_not_depend_on_the_title_before() {
        let score = || of("A small follow-up", "small");
        let first = score();
        let _ = of("ssmmaallll", "small");
        assert_eq!(score(), first);
    }

    #[test]
    fn positions_count_characters() {
        assert_eq!(positions("大模型 Attention", "attn"), [4, 5, 6, 8]);
    }
}
