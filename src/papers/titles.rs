//! An index of a log's titles, to find them in reference lists and on first pages.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::Paper;
use super::forms::{self, TitleVariant};
use super::pieces::{self, Numbers};
use super::squash::{Squashed, squash};

/// For titles with at least this many letters, only one end of a match must be where a title can begin or end.
const LONG: usize = 40;
/// Minimum number of letters in a title that is looked for in the opening of a first page.
const SURE: usize = 25;
/// Minimum similarity of words (Dice's coefficient), in percent.
const ALIKE: usize = 84;
/// Titles with at most this many words must agree in every word.
const SHORT: usize = 4;
/// If the part after a short name follows more than this many different names in the log, it is a phrase, such as “a
/// survey”, and identifies no title.
const MOST_NAMES: usize = 3;
/// A word that would be looked up for more than `MOST_KEYS` keys, and for more than 1/`PARTS` of all keys, belongs to
/// a phrase that many titles share. Looking it up would take long and decide nothing, so it is dropped.
const MOST_KEYS: usize = 200;
const PARTS: usize = 20;

/// An index of titles. Results are indices in the order in which the titles were given.
#[derive(Debug, Clone, Default)]
pub struct TitleIndex {
    exact: Option<AhoCorasick>,
    /// The keys: for each pattern of `exact`, the index of its title and the form of the title that it matches.
    keys: Vec<(usize, TitleVariant)>,
    numbers: Numbers,
    /// For each key, the numbers of its words, ascending.
    words: Vec<Vec<u32>>,
    /// For each word, the keys to look up by that word. A similar text contains at least one of a key's rarest words,
    /// so only those are indexed.
    by_word: Vec<Vec<usize>>,
}

impl TitleIndex {
    /// Builds the index.
    pub fn of<'a>(titles: impl IntoIterator<Item = &'a str>) -> Self {
        let mut keys: Vec<(usize, TitleVariant)> = titles
            .into_iter()
            .enumerate()
            .flat_map(|(index, title)| forms::of(title).into_iter().map(move |key| (index, key)))
            .collect();
        drop_phrases(&mut keys);
        // Building a DFA takes quadratic time for a title that repeats itself many times.
        let exact = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::Standard)
            .build(keys.iter().map(|(_, key)| &key.letters));
        let mut all = Self { exact: exact.ok(), keys, ..Self::default() };
        all.index_words();
        all
    }

    fn index_words(&mut self) {
        let words: Vec<Vec<u32>> = self
            .keys
            .iter()
            .map(|(_, key)| {
                let words = pieces::words(&key.text);
                let mut numbers: Vec<u32> = words.iter().map(|word| self.numbers.add(&word.text)).collect();
                numbers.sort_unstable();
                numbers
            })
            .collect();
        let mut counts = vec![0_usize; self.numbers.len()];
        words.iter().flatten().for_each(|&word| counts[word as usize] += 1);
        self.by_word = vec![Vec::new(); self.numbers.len()];
        for (key, words) in words.iter().enumerate() {
            let mut rarest = words.clone();
            rarest.sort_by_key(|&word| (counts[word as usize], word));
            // A similar text has at least 3/4 as many words as the key, and shares at least 0.735 of the key's words.
            // The others may be missing from it.
            let missing = words.len() - (words.len() * 735).div_ceil(1000).min(words.len());
            rarest.truncate(missing + 1);
            rarest.dedup();
            rarest.iter().for_each(|&word| self.by_word[word as usize].push(key));
        }
        let most = (words.len() / PARTS).max(MOST_KEYS);
        self.by_word.iter_mut().filter(|keys| keys.len() > most).for_each(Vec::clear);
        self.words = words;
    }

    /// The titles that a list of references contains, ascending.
    pub fn cited(&self, references: &str) -> Vec<usize> {
        let mut found = BTreeSet::new();
        let mut taken = Vec::new();
        let squashed = Squashed::of(references);
        for hit in self.exact.iter().flat_map(|exact| exact.find_overlapping_iter(&squashed.text)) {
            let (index, key) = &self.keys[hit.pattern().as_usize()];
            let place = TitleMatch::of(references, &squashed, hit.range());
            if place.is_cited(key) {
                found.insert(*index);
                taken.push(place.span);
            }
        }
        self.resembling(references, &taken, &mut found);
        found.into_iter().collect()
    }

    /// Adds the titles that are similar to a piece of the list. Skips pieces that overlap an exact match (`taken`).
    fn resembling(&self, references: &str, taken: &[Range<usize>], found: &mut BTreeSet<usize>) {
        let words = pieces::words(references);
        let numbers: Vec<Option<u32>> = words.iter().map(|word| self.numbers.get(&word.text)).collect();
        for range in pieces::pieces(&words) {
            let known = numbers[range.clone()].iter().flatten().count();
            // As in `index_words`: at least 0.735 of the words must be shared.
            if known * 1000 < range.len() * 735 {
                continue;
            }
            let span = words[range.start].span.start..words[range.end - 1].span.end;
            if taken.iter().any(|taken| taken.start < span.end && span.start < taken.end) {
                continue;
            }
            let alike = self.alike(&numbers[range]).map(|key| &self.keys[key]);
            let place = TitleMatch { before: &references[..span.start], after: &references[span.end..], span };
            found.extend(alike.filter(|(_, key)| place.begins(key)).map(|(index, _)| *index));
        }
    }

    /// The key that is most similar to these words, if it is similar enough. `numbers` has `None` for each word that is
    /// not in the index.
    fn alike(&self, numbers: &[Option<u32>]) -> Option<usize> {
        let mut sorted: Vec<u32> = numbers.iter().flatten().copied().collect();
        sorted.sort_unstable();
        let candidates: BTreeSet<usize> =
            sorted.iter().flat_map(|&word| &self.by_word[word as usize]).copied().collect();
        let scored: Vec<(usize, usize)> =
            candidates.into_iter().filter_map(|key| Some((self.likeness(key, &sorted, numbers.len())?, key))).collect();
        let &(most, first) = scored.iter().max_by_key(|&&(likeness, key)| (likeness, Reverse(key)))?;
        let is_other = |key: usize| {
            let ((one, title), (other, form)) = (&self.keys[first], &self.keys[key]);
            one != other && title.letters != form.letters
        };
        // Words that are equally similar to two titles identify neither.
        let is_one = !scored.iter().any(|&(likeness, key)| likeness == most && is_other(key));
        is_one.then_some(first)
    }

    /// The similarity of a key to a text, in percent; `None` if it is too low. `sorted` holds the text's known words,
    /// ascending; `count` is the number of all its words.
    fn likeness(&self, key: usize, sorted: &[u32], count: usize) -> Option<usize> {
        let own = &self.words[key];
        let (fewer, more) = (own.len().min(count), own.len().max(count));
        if fewer < 3 || 4 * fewer < 3 * more {
            return None;
        }
        let shared = shared(own, sorted);
        let likeness = 200 * shared / (own.len() + count);
        let is_alike = if fewer <= SHORT { shared == more } else { likeness >= ALIKE };
        is_alike.then_some(likeness)
    }

    /// The titles that are this paper's, according to its first page: none, or several if they are equal.
    pub fn of_paper(&self, paper: &Paper) -> Vec<usize> {
        let [first, rest @ ..] = &paper.titles[..] else { return self.opening(&paper.opening) };
        let tries =
            [self.called(first), self.resembles(first)].into_iter().chain(rest.iter().map(|it| self.called(it)));
        tries.chain([self.opening(&paper.opening)]).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The titles that match exactly, as a whole or, if none does, without a short name.
    pub fn called(&self, title: &str) -> Vec<usize> {
        let found = forms::of(title).into_iter().map(|key| {
            // Different names before the same words mean different papers.
            let agrees = |other: &TitleVariant| match (&other.name, &key.name) {
                (Some(one), Some(other)) => one == other || key.letters.chars().count() >= LONG,
                _ => true,
            };
            let same = self.keys.iter().filter(|(_, other)| other.letters == key.letters && agrees(other));
            same.map(|(index, _)| *index).collect::<BTreeSet<usize>>()
        });
        found.into_iter().find(|found| !found.is_empty()).into_iter().flatten().collect()
    }

    /// The titles with this short name, if they are all equal.
    pub fn named(&self, name: &str) -> Vec<usize> {
        let name = squash(name);
        let named = self.keys.iter().filter(|(_, key)| key.name.as_deref() == Some(name.as_str()));
        let named: Vec<&(usize, TitleVariant)> = named.collect();
        let is_one = named.iter().all(|(_, key)| key.letters == named[0].1.letters);
        let titles = named.iter().map(|(index, _)| *index).collect::<BTreeSet<usize>>();
        if is_one { titles.into_iter().collect() } else { Vec::new() }
    }

    fn resembles(&self, title: &str) -> Vec<usize> {
        let words = pieces::words(title);
        let numbers: Vec<Option<u32>> = words.iter().map(|word| self.numbers.get(&word.text)).collect();
        self.alike(&numbers).map_or_else(Vec::new, |key| self.called(&self.keys[key].1.text))
    }

    /// The titles that occur in the opening of a first page, if they are all equal.
    fn opening(&self, opening: &str) -> Vec<usize> {
        let letters = squash(opening);
        let hits = self.exact.iter().flat_map(|exact| exact.find_overlapping_iter(&letters));
        let found: BTreeSet<&str> = hits
            .filter(|hit| hit.len() >= SURE)
            .map(|hit| self.keys[hit.pattern().as_usize()].1.letters.as_str())
            .collect();
        // A title and its part after the short name count as equal.
        let longest = found.iter().max_by_key(|letters| letters.len());
        let is_one = longest.is_some_and(|longest| found.iter().all(|letters| longest.ends_with(letters)));
        let named = longest.filter(|_| is_one).into_iter().flat_map(|longest| {
            self.keys.iter().filter(move |(_, key)| key.letters == **longest).map(|(index, _)| *index)
        });
        named.collect::<BTreeSet<usize>>().into_iter().collect()
    }
}

/// Drops keys that are only a phrase, such as “a survey”; see [`MOST_NAMES`].
fn drop_phrases(keys: &mut Vec<(usize, TitleVariant)>) {
    let mut names: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (_, key) in keys.iter() {
        if let Some(name) = &key.name {
            names.entry(&key.letters).or_default().insert(name);
        }
    }
    let phrases: HashSet<String> =
        names.into_iter().filter(|(_, names)| names.len() > MOST_NAMES).map(|(part, _)| part.to_owned()).collect();
    keys.retain(|(_, key)| key.name.is_none() || !phrases.contains(&key.letters));
}

/// The number of elements that two ascending lists have in common, counting repetitions.
fn shared(one: &[u32], other: &[u32]) -> usize {
    let (mut a, mut b, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (one.get(a), other.get(b)) {
        shared += usize::from(x == y);
        (a, b) = (a + usize::from(x <= y), b + usize::from(y <= x));
    }
    shared
}

/// A match of a title in a list of references.
struct TitleMatch<'a> {
    before: &'a str,
    after: &'a str,
    span: Range<usize>,
}

impl<'a> TitleMatch<'a> {
    fn of(text: &'a str, squashed: &Squashed, hit: Range<usize>) -> Self {
        let start = squashed.from[hit.start];
        let last = squashed.from[hit.end - 1];
        let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
        Self { before: &text[..start], after: &text[end..], span: start..end }
    }

    /// Whether the match is a whole title, not a part of another title.
    fn is_cited(&self, key: &TitleVariant) -> bool {
        let is_long = key.letters.chars().count() >= LONG;
        let (before, after) = (self.begins(key), self.ends());
        if is_long { before || after } else { before && after }
    }

    /// Whether a title can start here.
    fn begins(&self, key: &TitleVariant) -> bool {
        let before = self.before.trim_end_matches([' ', '(', '{']);
        let Some(last) = before.chars().next_back() else { return true };
        match last {
            ':' | '：' => self.follows_name(before, key),
            '.' | '?' | '!' | '"' | '“' | '”' | '‘' | '\'' | '`' | '[' | ']' | ',' | '，' | '。' | '．' | '《'
            | '「' | '\n' | ';' | ')' | '）' => true,
            _ => ends_in_year(before),
        }
    }

    /// Whether the text before a colon is this title's short name or its authors, rather than another title's short
    /// name: `Emu: A model of birds` is not `Gnu: A model of birds`.
    fn follows_name(&self, before: &str, key: &TitleVariant) -> bool {
        let before = before.trim_end_matches([':', '：', ' ']);
        if key.letters.chars().count() >= LONG || before.ends_with(['.', ')', ']', '"', '”']) || ends_in_year(before)
        {
            return true;
        }
        let name = before.rsplit(['.', ',', '?', '!', '"', '“', ']', '\n', ';']).next().unwrap_or_default();
        key.name.as_deref().is_some_and(|own| squash(name) == own)
    }

    /// Whether a title can end here.
    fn ends(&self) -> bool {
        let after = self.after.trim_start_matches([' ', ')', '}', '\'', '’', '*']);
        let Some(first) = after.chars().next() else { return true };
        match first {
            '.' | ',' | '?' | '!' | '"' | '”' | '“' | '»' | ';' | '，' | '。' | '．' | '》' | '」' | '\n' | '/' => {
                true
            }
            // Chinese reference lists give the type of document in brackets: `[J]`.
            '[' => after[1..].starts_with(|c: char| c.is_ascii_uppercase()),
            '(' | '（' => begins_with_year(&after[first.len_utf8()..]),
            _ => {
                let starts = |word: &str| {
                    after.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
                };
                ["In", "arXiv", "CoRR", "ArXiv"].into_iter().any(starts) || begins_with_year(after)
            }
        }
    }
}

fn begins_with_year(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && (text.starts_with("19") || text.starts_with("20"))
}

fn ends_in_year(text: &str) -> bool {
    let text = text.trim_end_matches([')', ']', ' ']);
    // A letter may distinguish works of one year: 2019b.
    let text = text.strip_suffix(['a', 'b', 'c', 'd', 'e', 'f']).unwrap_or(text);
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    digits == 4 && begins_with_year(&text[text.len() - 4..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLES: [&str; 9] = [
        "Emu: A Model of Birds",
        "Long short-term walking",
        "FM：Flying machines",
        "T5/Owl: Exploring the Limits of Flying with a Unified Wing-to-Wing Bird Transformer",
        "Birdnet classification with Deep CNN",
        "Very deep conversational networks for large-scale bird recognition",
        "DIG: Deep Interest in Gnus for Flying-Through Rate Prediction",
        "GAB: Generative Adversarial Birds",
        "大规模鸸鹋模型综述",
    ];

    #[track_caller]
    fn check(references: &str, wanted: &[usize]) {
        assert_eq!(TitleIndex::of(TITLES).cited(references), wanted, "{references}");
    }

    #[test]
    fn a_title_is_found_however_it_is_cited() {
        check("[1] A. Gnu. Emu: A model of birds. In Birds, 2019.", &[0]);
        check("Gnu, A. (2019). A model of birds. Birds, 3.", &[0]);
        check("Gnu A 2019 A model of birds Birds 3: 1", &[]);
        check("A. Gnu, “A model of birds,” in Proc. Birds", &[0]);
        check("Gnu, A.: A model of birds. In: Birds", &[0]);
        check("A. Gnu and B. Owl. Long short-term walking. Neural walking, 9(8), 1997.", &[1]);
        check("[J] 张三. 大规模鸸鹋模型综述[J]. 鸟类学报, 2019", &[8]);
        check("A. Gnu. 2016. Flying Machines. In Birds", &[2]);
        check("A. Gnu. Exploring the limits of flying with a uniﬁed wing-towing bird trans former. JMLR", &[3]);
    }

    #[test]
    fn a_part_of_another_title_is_not_a_match() {
        check("A. Gnu. Long short-term walking networks for machine flying. 2016.", &[]);
        check("A. Gnu. Flying machines with libFM. 2012.", &[]);
        check("A. Gnu. Attentional flying machines. 2012.", &[]);
        check("A. Gnu. Owl: A model of birds. 2012.", &[]);
        check("A. Gnu. DeepFM: Flying machines. 2012.", &[]);
        check("A. Gnu. Long short-term walking: a tutorial. 2012.", &[]);
    }

    #[test]
    fn a_part_that_follows_many_names_identifies_none() {
        let part = "Learning to Fly in the Night and over the Wide and Open Plain";
        let titles: Vec<String> = (0..10).map(|n| format!("Bird{n}: {part}")).collect();
        let cited = |titles: &[String], text: &str| TitleIndex::of(titles.iter().map(String::as_str)).cited(text);
        assert_eq!(cited(&titles, &format!("A. Gnu. {part}. In Birds, 2019.")), [0; 0]);
        assert_eq!(cited(&titles, &format!("A. Gnu. Bird7: {part}. In Birds, 2019.")), [7]);
        let many: Vec<String> = (0..1_000).map(|n| format!("Bird{n}: {part}")).collect();
        assert_eq!(cited(&many, &format!("A. Gnu. Bird700: {part}. In Birds, 2019.")), [700]);
        assert_eq!(cited(&titles[..1], &format!("A. Gnu. {part}. In Birds, 2019.")), [0]);
    }

    #[test]
    fn a_long_title_matches_by_one_end() {
        check("by Gnu Exploring the limits of flying with a unified wing-to-wing bird transformer. JMLR", &[3]);
    }

    #[test]
    fn a_title_matches_with_small_differences() {
        check("A. Owl. Birdnet classification with deep convolutional neural networks. In NIPS, 2012.", &[4]);
        check("A. Owl. Very deep convolutional networks for large-scale bird recognition. 2014", &[5]);
        check("A. Owl. Generative adversarial bird. 2014", &[7]);
        check("A. Owl. Conditional generative adversarial birds. 2014", &[]);
    }

    #[test]
    fn an_exact_match_is_not_another_title() {
        let titles = [
            "Deep interest network for click-through rate prediction",
            "Deep interest evolution network for click-through rate prediction",
        ];
        let titles = TitleIndex::of(titles);
        assert_eq!(
            titles.cited("Z. Emu. Deep interest evolution network for click-through rate prediction. 2019."),
            [1]
        );
    }

    #[test]
    fn a_paper_is_recognised_by_its_first_page() {
        let titles = TitleIndex::of(TITLES);
        let of = |names: &[&str], opening: &str| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            titles.of_paper(&Paper { titles: names, opening: opening.to_owned(), ..Paper::default() })
        };
        assert_eq!(of(&["EMU: A MODEL OF BIRDS"], ""), [0]);
        assert_eq!(of(&["A Model of Birds"], ""), [0]);
        assert_eq!(of(&["Owl: A Model of Birds"], ""), [0; 0]);
        assert_eq!(of(&["Very deep convolutional networks for large-scale bird recognition"], ""), [5]);
        assert_eq!(of(&["BIRDS", "Long Short-Term Walking"], ""), [1]);
        assert_eq!(
            of(&[], "BIRDS Exploring the Limits of Flying with a Unified Wing-to-Wing Bird Transformer A. Gnu"),
            [3]
        );
        assert_eq!(of(&["Long short-term walking networks"], ""), [0; 0]);
        assert_eq!(of(&[], ""), [0; 0]);
    }
}
