//! The words of a list of references, and the pieces of it that may be titles.

use std::collections::HashMap;
use std::ops::Range;

use super::squash::{is_chinese, squash};

/// The least and the most words of a piece.
const FEWEST: usize = 3;
const MOST: usize = 30;
/// How many parts between commas a title may have.
const PARTS: usize = 5;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it is compared.
    pub text: String,
    /// Bytes of the text.
    pub span: Range<usize>,
    /// What stands between it and the word before.
    pub before: Gap,
}

/// What parts two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Blanks, hyphens and the like.
    None,
    /// A colon: what stands before it is no title by itself.
    Colon,
    /// A comma, a semicolon, a bracket: part of a title, or its end.
    Weak,
    /// A full stop, a question mark, a quotation mark: the end of a title.
    Strong,
}

/// The words of a text as they are compared: short forms spelled out, without the s of a plural.
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

/// Combining marks belong to the letter before.
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
    // `Gan` is somebody's name.
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

/// What the field's short forms stand for.
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

/// The pieces of a list that may be titles, as ranges of its words: what stands between strong gaps, whole and cut
/// at weak gaps.
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
            // One short form alone is no title.
            .filter(|range| words[range.start].span != words[range.end - 1].span)
            .filter(|range| words.get(range.end).is_none_or(|next| next.before != Gap::Colon))
            .collect();
        ranges
    })
}

/// Numbers for words, so that they are compared at once.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    known: HashMap<String, u32>,
}

impl Numbers {
    /// The number of a word, a new one where it is not known yet.
    pub fn add(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.known.get(word) {
            return number;
        }
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.known.insert(word.to_owned(), number);
        number
    }

    /// The number of a word that is known.
    pub fn get(&self, word: &str) -> Option<u32> {
        self.known.get(word).copied()
    }

    /// How many words are known.
    pub fn len(&self) -> usize {
        self.known.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_in_one_form() {
        let text = |text: &str| words(text).into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
        assert_eq!(text("Deep CNNs for Emus"), "deep convolutional neural network for emu");
        assert_eq!(text("Fine-tuned LLMs, less loss: 鸟类"), "fine tuned large language model less loss 鸟 类");
        assert_eq!(text("Gan, Z. and Rnn nets"), "gan z and rnn network");
        assert_eq!(text(""), "");
    }

    #[test]
    fn pieces_end_at_full_stops_and_may_end_at_commas() {
        let list = words("A. Emu, B. Gnu, The walking of birds, in: Birds of 2019. Next one here");
        let pieces: Vec<String> = pieces(&list)
            .map(|range| list[range].iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "))
            .collect();
        for wanted in ["the walking of bird", "gnu the walking of bird", "next one here"] {
            assert!(pieces.iter().any(|piece| piece == wanted), "{wanted}: {pieces:?}");
        }
    }
}
