//! Finds related papers by their words: BM25 over the summaries of a log and the reference lists of its PDFs. This
//! relates papers even if neither mentions or cites the other.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::log::{EntryKind, Key, Log};

/// BM25 term frequency saturation.
const K1: f32 = 1.2;
/// BM25 length normalisation, from 0 to 1.
const B: f32 = 0.75;
/// How many terms of a text to query with: the most specific ones.
const ASKED: usize = 60;
/// Terms that occur in more texts than this are skipped: they say little and take long.
const MOST: usize = 500;
/// Weight of the reference lists, relative to the summaries.
const REFERENCES: f32 = 0.5;
/// How often the title counts, relative to the summary.
const TITLE: usize = 3;
/// Maximum size of the log in bytes. Larger logs would take too long, so their entries get no related ones.
const BYTES: usize = 8 << 20;

/// Stop words.
const COMMON: [&str; 36] = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "is",
    "for",
    "with",
    "on",
    "by",
    "an",
    "as",
    "are",
    "that",
    "this",
    "from",
    "we",
    "be",
    "it",
    "at",
    "or",
    "can",
    "which",
    "et",
    "al",
    "arxiv",
    "preprint",
    "proceedings",
    "conference",
    "pages",
    "model",
    "paper",
    "http",
    "https",
    "img",
    "src",
];

/// For each entry, the most related other entries, nearest first, at most `most`. `references` returns the reference
/// list in the PDF of the entry with that index.
pub fn near<'a>(log: &'a Log, references: &dyn Fn(usize) -> Option<&'a str>, most: usize) -> HashMap<Key, Vec<Key>> {
    let bytes: usize = log.files.iter().map(|file| file.text.len()).sum();
    if bytes > BYTES {
        return HashMap::new();
    }
    let body = |entry: usize| Cow::Borrowed(log.body(&log.entries[entry]));
    let all = scored(log, &body, references, most);
    let key = |entry: usize| log.entries[entry].key.clone();
    let named = all.into_iter().enumerate().filter(|(_, near)| !near.is_empty());
    named.map(|(entry, near)| (key(entry), near.into_iter().map(key).collect())).collect()
}

/// Like [`near`], but with indices in place of keys. `body` returns the summary of an entry, so that tests can
/// replace it.
fn scored<'a>(
    log: &Log,
    body: &dyn Fn(usize) -> Cow<'a, str>,
    references: &dyn Fn(usize) -> Option<&'a str>,
    most: usize,
) -> Vec<Vec<usize>> {
    let entries = 0..log.entries.len();
    let is_paper = |entry: usize| log.entries[entry].kind == EntryKind::Paper;
    let summary = |entry: usize| {
        let title = &*log.entries[entry].title;
        let mut text: String = [title, "\n"].concat().repeat(TITLE);
        text.push_str(&body(entry));
        if is_paper(entry) { text } else { String::new() }
    };
    let summaries = TermIndex::of(entries.clone().map(summary));
    let lists = TermIndex::of(entries.clone().map(|entry| references(entry).unwrap_or_default().to_owned()));
    entries
        .map(|entry| {
            let mut scores = summaries.scores(entry);
            for (other, score) in lists.scores(entry) {
                *scores.entry(other).or_default() += REFERENCES * score;
            }
            scores.remove(&entry);
            let mut scores: Vec<(usize, f32)> = scores.into_iter().filter(|(other, _)| is_paper(*other)).collect();
            scores.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
            scores.into_iter().take(most).map(|(other, _)| other).collect()
        })
        .collect()
}

/// An inverted index.
#[derive(Debug, Default)]
struct TermIndex {
    /// For each text, its terms with their counts, ascending by term.
    texts: Vec<Vec<(usize, usize)>>,
    /// For each term, the texts that contain it, with the counts.
    having: Vec<Vec<(usize, usize)>>,
    /// For each text, its number of terms.
    lengths: Vec<usize>,
    /// Average number of terms in the texts that have any.
    average: f32,
}

impl TermIndex {
    fn of(texts: impl Iterator<Item = String>) -> Self {
        let (mut all, mut known) = (Self::default(), HashMap::<String, usize>::new());
        for (at, text) in texts.enumerate() {
            let mut counts: HashMap<usize, usize> = HashMap::new();
            for term in terms(&text) {
                let next = known.len();
                *counts.entry(*known.entry(term).or_insert(next)).or_default() += 1;
            }
            all.having.resize(known.len(), Vec::new());
            let mut counts: Vec<(usize, usize)> = counts.into_iter().collect();
            counts.sort_unstable();
            counts.iter().for_each(|&(term, count)| all.having[term].push((at, count)));
            all.lengths.push(counts.iter().map(|(_, count)| count).sum());
            all.texts.push(counts);
        }
        let filled = all.lengths.iter().filter(|&&length| length > 0).count().max(1);
        all.average = all.lengths.iter().sum::<usize>() as f32 / filled as f32;
        all
    }

    /// The inverse document frequency of a term.
    fn weight(&self, term: usize) -> f32 {
        let (all, having) = (self.texts.len() as f32, self.having[term].len() as f32);
        (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
    }

    /// The score of each text that shares a term with this one.
    fn scores(&self, text: usize) -> HashMap<usize, f32> {
        let is_telling = |&(term, _): &(usize, usize)| (2..=MOST).contains(&self.having[term].len());
        let said = |&(term, count): &(usize, usize)| (term, self.weight(term) * (count as f32).sqrt());
        let mut asked: Vec<(usize, f32)> = self.texts[text].iter().filter(|term| is_telling(term)).map(said).collect();
        asked.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let mut scores: HashMap<usize, f32> = HashMap::new();
        for (term, _) in asked.into_iter().take(ASKED) {
            for &(other, count) in &self.having[term] {
                let length = 1.0 - B + B * self.lengths[other] as f32 / self.average.max(1.0);
                let count = count as f32;
                *scores.entry(other).or_default() += self.weight(term) * count * (K1 + 1.0) / (count + K1 * length);
            }
        }
        scores
    }
}

/// The terms of a text: lower-case Latin words without plural s, and Chinese bigrams.
fn terms(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
            let first = rest.chars().next()?;
            if is_han(first) {
                let mut chars = rest.chars().skip(1);
                let next = chars.next().filter(|&c| is_han(c));
                rest = &rest[first.len_utf8()..];
                match next {
                    Some(next) => return Some([first, next].iter().collect()),
                    None => continue,
                }
            }
            let end = rest.find(|c: char| !c.is_alphanumeric() || is_han(c)).unwrap_or(rest.len());
            let word = rest[..end].to_lowercase();
            rest = &rest[end..];
            let word = word.strip_suffix('s').filter(|word| word.len() > 3).unwrap_or(&word).to_owned();
            let is_telling = word.chars().count() > 1 && !word.chars().all(char::is_numeric);
            if is_telling && !COMMON.contains(&word.as_str()) {
                return Some(word);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::links::Links;
    use crate::log::{Source, parse};

    fn read(text: String) -> Log {
        parse::parse([Source { name: "log.md".into(), text: text.into() }])
    }

    #[test]
    fn entries_that_share_rare_words_are_related() {
        let entry = |title: &str, text: &str| format!("《{title}》\n\n{text}\n\n");
        let log = read(
            [
                "## 2031.5.17\n\n".to_owned(),
                entry("Emu", "Emus hatch their eggs in the dry season, with warm sand."),
                entry("Owl", "Owls hunt at night above fields."),
                entry("Gnu", "Herds run across fields at night; gnus and yaks."),
                entry("Egg", "An egg needs warm sand to hatch."),
                entry("鸟巢", "鸟类的筑巢行为与温度有关。"),
                entry("巢温", "研究筑巢行为，温度影响孵化。"),
            ]
            .concat(),
        );
        let near = near(&log, &|_| None, 1);
        let of = |name: &str| near.get(&Key(name.into())).map(|near| &*near[0].0);
        assert_eq!((of("emu"), of("egg"), of("owl")), (Some("egg"), Some("emu"), Some("gnu")));
        assert_eq!(of("鸟巢"), Some("巢温"));
    }

    #[test]
    fn reference_lists_count_as_words() {
        let log = read("## 2031.5.17\n\n《Emu》\n\nx\n\n《Owl》\n\ny\n\n《Gnu》\n\nz\n".to_owned());
        let references = ["Flying machines of bronze. 2019.", "Bread of barley. 2018.", "Bronze machines. 2017."];
        let near = near(&log, &|entry| Some(references[entry]), 3);
        assert_eq!(near.get(&Key("emu".into())), Some(&vec![Key("gnu".into())]));
        assert_eq!(near.get(&Key("owl".into())), None);
    }

    /// Even with the papers' names removed from the texts, at least half of the papers that an entry mentions are
    /// among its ten nearest.
    #[test]
    fn an_entry_about_a_topic_is_related_without_naming_it() {
        let Some(path) = std::env::var_os("PAPERS_TUI_REAL_LOG") else {
            return println!("skipped: PAPERS_TUI_REAL_LOG is not set");
        };
        let log = read(std::fs::read_to_string(path).expect("the log"));
        let links = Links::find(&log);
        let index = |key: &Key| log.find(key).expect("an entry");
        let mentioned: Vec<Vec<usize>> =
            log.entries.iter().map(|entry| links.mentions(&entry.key).iter().map(index).collect()).collect();
        let body = |entry: usize| {
            let mut text = log.body(&log.entries[entry]).to_owned();
            for &other in &mentioned[entry] {
                text = text.replace(log.entries[other].name(), " ").replace(&*log.entries[other].title, " ");
            }
            Cow::Owned(text)
        };
        let near = scored(&log, &body, &|_| None, 10);
        let all: usize = mentioned.iter().map(Vec::len).sum();
        let found = mentioned.iter().zip(&near).flat_map(|(wanted, near)| wanted.iter().filter(|it| near.contains(it)));
        let found = found.count();
        println!("{found} of {all}");
        assert!(all > 50 && found * 100 >= all * 50, "{found} of {all}");
    }
}
