//! Letters in order with gaps between, by Skim's matcher.
//!
//! Alone it hits too much: of long titles most hold any four letters somewhere in order. Two
//! things cut its hits off. The letters must begin with a word and stand close together, which
//! is cheap to find and spares most titles the scoring; and their score must be [`LEAST`] for
//! each letter.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::normalise::first_chars;

/// The least score for each char of a term. A letter in the middle of a word is worth 16,
/// 20 after the one before it and 24 at a word's beginning, less what the gaps cost; one in
/// the other case is worth two less.
const LEAST: i64 = 14;

/// The most chars of a title that are scored: the matcher keeps a cell for each of them and each
/// letter of the term.
const MOST_CHARS: usize = 512;

/// The fewest chars of a term that is looked for in this way. Three letters in a row with
/// gaps say nothing: `moe` is in every `Model`.
const FEWEST: usize = 4;

/// How well a title, in its own case, holds the letters of a term, in lower case; `None`
/// where they are scattered. `heads` are the bytes at which its words begin.
pub fn score(title: &str, lower: &str, heads: &[u32], term: &str) -> Option<u32> {
    let (title, letters) = (first_chars(title, MOST_CHARS), term.chars().count());
    if letters < FEWEST || !is_close(lower, heads, term, letters) {
        return None;
    }
    // The matcher keeps the cells of the title before, and where a letter is doubled its
    // bonus leaks into the next score. A fresh one gives every title a score of its own.
    let score = SkimMatcherV2::default().ignore_case().fuzzy_match(title, term)?;
    (score >= LEAST * letters as i64).then(|| u32::try_from(score).unwrap_or(0))
}

/// The chars of a title that hold the letters, ascending. The matcher scores them otherwise
/// than [`score`] does for some titles; that score is not used.
pub fn positions(title: &str, term: &str) -> Vec<usize> {
    let matcher = SkimMatcherV2::default().ignore_case();
    matcher.fuzzy_indices(first_chars(title, MOST_CHARS), term).map_or_else(Vec::new, |(_, indices)| indices)
}

/// Whether the text holds these chars in this order.
pub fn holds(text: &str, term: &str) -> bool {
    if !term.is_ascii() {
        return end_of(text, term).is_some();
    }
    let mut text = text.bytes();
    term.bytes().all(|wanted| text.any(|byte| byte == wanted))
}

/// Whether from the beginning of some word on the letters stand in order within twice as
/// many chars and some.
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
