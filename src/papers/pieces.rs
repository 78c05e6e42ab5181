//! Splits a list of references into words, and into pieces that may be titles.

use std::collections::HashMap;
use std::ops::Range;

use super::squash::{is_chinese, squash};

/// Minimum (`FEWEST`) and maximum (`MOST`) number of words in a piece.
const FEWEST: usize = 3;
const MOST: usize = 30;
/// Maximum number of parts, separated by colons, commas or brackets, that make up a piece.
const PARTS: usize = 5;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The normalised word.
    pub text: String,
    /// Byte range in the text.
    pub span: Range<usize>,
    /// The separator before the word.
    pub before: Gap,
}

/// A separator between words, from weakest to strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Spaces, hyphens and similar.
    None,
    /// A colon: the part before it is not a title on its own.
    Colon,
    /// A comma, semicolon or bracket: inside a title, or at its end.
    Weak,
    /// A full stop, question mark or quotation mark: at the end of a title.
    Strong,
}

/// The normalised words of a text: acronyms expanded, plural s removed.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut gap = Gap::Strong;
    let mut start = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, c) in ends {
        let is_letter = c.is_alphanumeric() && !is_chinese(c) || start.is_some() && is_mark(c);
        if is_letter && start.is_none() {
            start = Some(at);
        } else if !is_letter && let Some(start) = start.take() {
            add(&text[start..at], start..at, gap, &mut words);
            gap = Gap::None;
        }
        if is_chinese(c) {
            words.push(Word { text: c.to_string(), span: at..at + c.len_utf8(), before: gap });
            gap = Gap::None;
        } else if !is_letter {
            gap = gap.max(gap_of(c));
        }
    }
    words
}

/// Whether a char is a combining mark, which belongs to the previous letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

fn gap_of(c: char) -> Gap {
    match c {
        '.' | '?' | '!' | '"' | '“' | '”' | '\n' | '。' | '．' | '？' | '！' | '[' | ']' => Gap::Strong,
        ',' | ';' | '(' | ')' | '，' | '；' | '（' | '）' | '/' => Gap::Weak,
        ':' | '：' => Gap::Colon,
        _ => Gap::None,
    }
}

fn add(text: &str, span: Range<usize>, before: Gap, words: &mut Vec<Word>) {
    let word = singular(squash(text));
    let mut gap = before;
    // Only a word in capitals is an acronym: `Gan` is a family name.
    let is_short_form = text.trim_end_matches('s').chars().all(char::is_uppercase);
    for part in spelled_out(&word, is_short_form).split(' ') {
        words.push(Word { text: part.to_owned(), span: span.clone(), before: gap });
        gap = Gap::None;
    }
}

fn singular(mut word: String) -> String {
    if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") {
        word.pop();
    }
    word
}

/// Expands common acronyms of the field.
fn spelled_out(word: &str, is_short_form: bool) -> &str {
    match word {
        "net" => "network",
        _ if !is_short_form => word,
        "cnn" => "convolutional neural network",
        "rnn" => "recurrent neural network",
        "dnn" => "deep neural network",
        "gnn" => "graph neural network",
        "gan" => "generative adversarial network",
        "llm" => "large language model",
        _ => word,
    }
}

/// The pieces that may be titles, as ranges of words: the segments between strong gaps, and their parts between
/// weaker gaps.
pub fn pieces(words: &[Word]) -> impl Iterator<Item = Range<usize>> {
    let starts = |strong: Gap| move |&at: &usize| at == words.len() || words[at].before >= strong;
    let ends: Vec<usize> = (0..=words.len()).filter(starts(Gap::Strong)).collect();
    let segments: Vec<Range<usize>> = ends.windows(2).map(|pair| pair[0]..pair[1]).collect();
    segments.into_iter().flat_map(move |segment| {
        let inner = (segment.start + 1..segment.end).filter(|&at| words[at].before >= Gap::Colon);
        let cuts: Vec<usize> = [segment.start].into_iter().chain(inner).chain([segment.end]).collect();
        let pairs =
            (0..cuts.len()).flat_map(|from| (from + 1..cuts.len().min(from + 1 + PARTS)).map(move |to| (from, to)));
        let ranges: Vec<Range<usize>> = pairs
            .map(|(from, to)| cuts[from]..cuts[to])
            .filter(|range| (FEWEST..=MOST).contains(&range.len()))
            // A single acronym, expanded to several words, is not a title.
            .filter(|range| words[range.start].span != words[range.end - 1].span)
            .filter(|range| words.get(range.end).is_none_or(|next| next.before != Gap::Colon))
            .collect();
        ranges
    })
}

/// Interns words as numbers, for fast comparison.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    known: HashMap<String, u32>,
}

impl Numbers {
    /// The number of a word; assigns a new one to an unknown word.
    pub fn add(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.known.get(word) {
            return number;
        }
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.known.insert(word.to_owned(), number);
        number
    }

    /// The number of a known word.
    pub fn get(&self, word: &str) -> Option<u32> {
        self.known.get(word).copied()
    }

    /// The number of known words.
    pub fn len(&self) -> usize {
        self.known.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_normalised() {
        let text = |text: &str| words(text).into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
        assert_eq!(text("Deep CNNs for Emus"), "deep convolutional neural network for emu");
        assert_eq!(text("Fine-tuned LLMs, less loss: 鸟类"), "fine tuned large language model less loss 鸟 类");
        assert_eq!(text("Gan, Z. and Rnn nets"), "gan z and rnn network");
        assert_eq!(text(""), "");
    }

    #[test]
    fn pieces_end_at_full_stops_and_optionally_at_commas() {
        let list = words("A. Emu, B. Gnu, The walking of birds, in: Birds of 2019. Next one here");
        let pieces: Vec<String> = pieces(&list)
            .map(|range| list[range].iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "))
            .collect();
        for wanted in ["the walking of bird", "gnu the walking of bird", "next one here"] {
            assert!(pieces.iter().any(|piece| piece == wanted), "{wanted}: {pieces:?}");
        }
    }
}
