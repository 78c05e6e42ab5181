//! Finds the words of a title, and matches terms that are spelled by the starts of words.

use std::ops::Range;

use crate::text::is_han;

/// Maximum length in bytes of a term that may be spelled by the starts of words.
const LONGEST: usize = 31;

/// Maximum number of words of a title to examine.
const MOST_WORDS: usize = 64;

/// The byte offsets of the words of a title, in its own case.
///
/// A word starts after a char that is not a letter or digit, at a capital after a small letter or digit
/// (`ActionCLIP`), where the script changes, and at every Han character.
pub fn heads(title: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = None;
    title.char_indices().filter(move |&(_, c)| is_head(before.replace(c), c)).map(|(at, _)| at)
}

/// Whether a word starts at this byte offset.
pub fn begins(title: &str, at: usize) -> bool {
    let (before, after) = (title[..at].chars().next_back(), title[at..].chars().next());
    after.is_some_and(|after| is_head(before, after))
}

/// Whether the word before this byte offset ends there.
pub fn ends(title: &str, at: usize) -> bool {
    let after = title[at..].chars().next();
    after.is_none_or(|after| !after.is_alphanumeric()) || begins(title, at)
}

fn is_head(before: Option<char>, after: char) -> bool {
    let Some(before) = before.filter(|before| before.is_alphanumeric()) else { return after.is_alphanumeric() };
    let is_hump = after.is_uppercase() && (before.is_lowercase() || before.is_numeric());
    is_hump || is_han(after) || after.is_alphanumeric() && is_han(before)
}

/// A way in which the starts of words may spell a term.
struct Way {
    /// Minimum length in chars of a term spelled in this way.
    fewest: usize,
    /// Maximum number of words of the title that are skipped in between.
    left_out: usize,
    /// How many chars each word may contribute.
    chars: Range<usize>,
}

/// The ways, best first: initials, then more letters of each word. With more letters, a word may be skipped only if
/// every word used contributes at least three: otherwise `moe` would match any `Models with Evaluation`.
const WAYS: [Way; 4] = [
    Way { fewest: 2, left_out: 0, chars: 1..2 },
    Way { fewest: 2, left_out: 1, chars: 1..2 },
    Way { fewest: 3, left_out: 0, chars: 1..usize::MAX },
    Way { fewest: 6, left_out: 1, chars: 3..usize::MAX },
];

/// The byte ranges of the starts of words that spell a term, and the index of the way in [`WAYS`]. For `moe` the
/// index is 0 in `Mixture-of-Experts` and 1 in `Mixture-of-Local-Experts`.
///
/// `title` is in lower case, `heads` are the byte offsets of its words.
pub fn spell(title: &str, heads: &[u32], term: &str) -> Option<(Vec<Range<usize>>, usize)> {
    let letters = term.chars().count();
    if term.len() > LONGEST || letters < 2 {
        return None;
    }
    let heads = &heads[..heads.len().min(MOST_WORDS)];
    WAYS.iter().enumerate().filter(|(_, way)| letters >= way.fewest).find_map(|(rank, way)| {
        let mut spelling = Spelling { title, heads, term, way, failed: [[0; MOST_WORDS]; 2], runs: Vec::new() };
        let found = (0..heads.len()).any(|word| spelling.spell(word, 0, way.left_out));
        found.then_some((spelling.runs, rank))
    })
}

/// A depth-first search for a spelling, which remembers what failed.
struct Spelling<'a> {
    title: &'a str,
    heads: &'a [u32],
    term: &'a str,
    way: &'a Way,
    /// By number of remaining skips and by word: the byte offsets in the term, as bits, from which the rest of the
    /// term cannot be spelled starting at that word.
    failed: [[u32; MOST_WORDS]; 2],
    runs: Vec<Range<usize>>,
}

impl Spelling<'_> {
    /// Whether this word and later ones spell the term from byte `done` on, skipping at most `left_out` words.
    fn spell(&mut self, word: usize, done: usize, left_out: usize) -> bool {
        let start = self.heads[word] as usize;
        let same = self.term.as_bytes()[done] == self.title.as_bytes()[start];
        same && self.failed[left_out][word] & (1 << done) == 0 && self.spell_on(word, start, done, left_out)
    }

    fn spell_on(&mut self, word: usize, start: usize, done: usize, left_out: usize) -> bool {
        let (title, term) = (&self.title.as_bytes()[start..], &self.term[done..]);
        let common = term.bytes().zip(title).take_while(|(a, b)| a == *b).count();
        let ends = (1..=common).filter(|&end| term.is_char_boundary(end)).zip(1..self.way.chars.end);
        for (end, _) in ends.filter(|&(_, chars)| chars >= self.way.chars.start) {
            self.runs.push(start..start + end);
            if end == term.len() || self.go_on(word, start + end, done + end, left_out) {
                return true;
            }
            self.runs.pop();
        }
        self.failed[left_out][word] |= 1 << done;
        false
    }

    fn go_on(&mut self, word: usize, end: usize, done: usize, left_out: usize) -> bool {
        let next = self.heads[word..].iter().position(|&head| head as usize >= end);
        let Some(next) = next.map(|next| word + next) else { return false };
        let words = (next..self.heads.len()).zip((0..=left_out).rev());
        words.into_iter().any(|(word, left_out)| self.spell(word, done, left_out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::normalise::normalise;

    #[track_caller]
    fn words(title: &str, wanted: &[&str]) {
        let heads: Vec<usize> = heads(title).collect();
        let ends = heads.iter().skip(1).copied().chain([title.len()]);
        let found: Vec<&str> = heads.iter().zip(ends).map(|(&at, end)| title[at..end].trim_end()).collect();
        assert_eq!(found, wanted);
        assert!(
            (0..title.len())
                .filter(|&at| title.is_char_boundary(at))
                .all(|at| begins(title, at) == heads.contains(&at))
        );
    }

    #[test]
    fn word_starts_are_detected() {
        words("ActionCLIP: A New", &["Action", "CLIP:", "A", "New"]);
        words("CLIP4Clip", &["CLIP4", "Clip"]);
        words("a大模型LLM", &["a", "大", "模", "型", "LLM"]);
        words("", &[]);
    }

    #[track_caller]
    fn check(title: &str, term: &str, wanted: Option<&[&str]>) {
        let heads: Vec<u32> = heads(title).map(|at| at as u32).collect();
        let found = spell(&normalise(title), &heads, term);
        let found = found.map(|(runs, _)| runs.into_iter().map(|run| &title[run]).collect::<Vec<_>>());
        assert_eq!(found.as_deref(), wanted, "{term} in {title}");
    }

    #[test]
    fn initials_match() {
        check("Mixture-of-Experts", "moe", Some(&["M", "o", "E"]));
        check("Mixture-of-Local-Experts", "moe", Some(&["M", "o", "E"]));
        check("Multilingual Evaluation on Human Eval", "moe", None);
        check("Models", "moe", None);
        check("Models with Evaluation", "moe", None);
        check("Models in Evaluation", "moin", Some(&["Mo", "in"]));
        check("Vision Transformer", "vit", Some(&["Vi", "T"]));
        check("大模型综述", "模综", Some(&["模", "综"]));
        check("大大", "大大大", None);
        check("Chain of Thought", "chainthought", Some(&["Chain", "Thought"]));
        check("Alpha beta gamma delta", "ad", None);
        check("Alpha", "a", None);
    }

    #[test]
    fn repetitive_text_is_bounded() {
        check(&"aaa ".repeat(64), &format!("{}b", "a".repeat(30)), None);
    }
}
