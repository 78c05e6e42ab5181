//! Fuzzy matching of titles, letters in order with gaps between.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// What a title gains when it holds the query in one piece, when its short name begins with
/// it, and when it is the short name.
///
/// A title of some hundred letters can gather more from scattered letters than a name of
/// four from being the very word, so these are set above any score of the matcher.
const CONTAINS: i64 = 1_000;
const BEGINS: i64 = 2_000;
const EQUALS: i64 = 3_000;

/// A query, ready to be held against titles.
pub struct Query {
    matcher: SkimMatcherV2,
    whole: String,
    words: Vec<String>,
}

impl Query {
    /// Words may come in any order; all must match. Case never matters.
    pub fn new(query: &str) -> Self {
        let words = query.split_whitespace().map(str::to_owned).collect();
        Self { matcher: SkimMatcherV2::default().ignore_case(), whole: query.trim().to_lowercase(), words }
    }

    /// Whether the query says nothing, so that everything matches it.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well a title matches; `None` when it does not.
    pub fn score(&self, title: &str, name: Option<&str>) -> Option<i64> {
        let scores = self.words.iter().map(|word| self.matcher.fuzzy_match(title, word));
        let score = scores.sum::<Option<i64>>()?;
        let name = name.unwrap_or_default().to_lowercase();
        let bonus = match name.strip_prefix(self.whole.as_str()) {
            _ if self.is_empty() => 0,
            Some("") => EQUALS,
            Some(_) => BEGINS,
            None if title.to_lowercase().contains(&self.whole) => CONTAINS,
            None => 0,
        };
        Some(score + bonus)
    }

    /// The matched characters of a title, counted in chars, ascending. The score that the
    /// matcher gives beside them differs from [`score`](Self::score) for some titles; it
    /// is not used.
    pub fn positions(&self, title: &str) -> Vec<usize> {
        let found = self.words.iter().filter_map(|word| self.matcher.fuzzy_indices(title, word));
        let mut positions: Vec<usize> = found.flat_map(|(_, indices)| indices).collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    /// The indices of the candidates (title and short name) that match, best first; among
    /// equals the order in which they came.
    pub fn rank<'a>(&self, candidates: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> Vec<usize> {
        let scored = candidates.enumerate();
        let mut hits: Vec<(i64, usize)> =
            scored.filter_map(|(index, (title, name))| Some((self.score(title, name)?, index))).collect();
        hits.sort_by_key(|&(score, index)| (std::cmp::Reverse(score), index));
        hits.into_iter().map(|(_, index)| index).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLES: [(&str, Option<&str>); 4] = [
        ("Emulating what the brain understands", None),
        ("Emu2: Generative Models", Some("Emu2")),
        ("Emu: A Model", Some("Emu")),
        ("大模型综述", None),
    ];

    #[track_caller]
    fn check(query: &str, wanted: &[usize]) {
        assert_eq!(Query::new(query).rank(TITLES.into_iter()), wanted, "{query}");
    }

    #[test]
    fn the_name_itself_comes_first() {
        check("emu", &[2, 1, 0]);
        check("EMU2", &[1]);
        check("model a", &[2, 1]);
        check("models", &[1]);
        check("模综", &[3]);
        check("", &[0, 1, 2, 3]);
        check("zzz", &[]);
    }

    #[test]
    fn positions_count_characters() {
        assert_eq!(Query::new("综 大").positions("大模型综述"), [0, 3]);
    }
}
