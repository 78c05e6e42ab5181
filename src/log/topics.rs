//! The research topics that the user follows: those listed in a pending section, below a line such as `领域主线：`, and
//! those in the configuration.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::dialect::stands_alone;
use super::{Log, SectionKind};

/// Topics from the configuration: each name with its words.
pub type ConfiguredTopics = BTreeMap<String, Vec<String>>;

/// A topic and its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The name, as listed.
    pub name: String,
    /// Words that assign an entry to the topic.
    pub words: Vec<String>,
    /// Entries with at least one of the words, as indices into [`Log::entries`].
    pub entries: Vec<usize>,
}

/// Suffixes that say nothing about the topic.
const ENDINGS: [&str; 5] = ["系列", "方向", "相关", "等等", "等"];

/// (name, words) of each topic: first the topics in the log, then those in the configuration. A topic in the
/// configuration is merged into an earlier topic with the same name, or with that name among its words.
pub(crate) fn named(log: &Log, topics: &ConfiguredTopics) -> Vec<(String, Vec<String>)> {
    let mut named: Vec<(String, Vec<String>)> = names(log).map(|name| (name.to_owned(), words(name))).collect();
    for (name, words) in topics {
        let words = words.iter().filter(|word| !word.is_empty()).cloned();
        let is_one = |word: &String| word.to_lowercase() == name.to_lowercase();
        match named.iter_mut().find(|(known, words)| is_one(known) || words.iter().any(is_one)) {
            Some((_, known)) => known.extend(words),
            None => named.push((name.clone(), words.collect())),
        }
    }
    named.retain(|(_, words)| !words.is_empty());
    named
}

/// The topics with their entries. An entry can be in several.
pub fn find(log: &Log, topics: &ConfiguredTopics) -> Vec<Topic> {
    let named = named(log, topics).into_iter();
    let mut found: Vec<Topic> = named.map(|(name, words)| Topic { words, name, entries: Vec::new() }).collect();
    let words: Vec<String> = found.iter().flat_map(|topic| &topic.words).flat_map(|word| spellings(word)).collect();
    let of: Vec<Vec<usize>> = words
        .iter()
        .map(|word| (0..found.len()).filter(|&at| found[at].words.iter().any(|it| holds(word, it))).collect())
        .collect();
    // Building a DFA takes quadratic time for a word that repeats itself many times.
    let mut builder = AhoCorasick::builder();
    builder.kind(Some(AhoCorasickKind::ContiguousNFA)).match_kind(MatchKind::LeftmostLongest);
    let Ok(matcher) = builder.build(words) else { return found };
    for (index, entry) in log.entries.iter().enumerate() {
        let text = &log.files[entry.file()].text[entry.span()];
        for hit in matcher.find_iter(text).filter(|hit| stands_alone(text, hit.range())) {
            for &topic in &of[hit.pattern().as_usize()] {
                let entries = &mut found[topic].entries;
                if entries.last() != Some(&index) {
                    entries.push(index);
                }
            }
        }
    }
    found
}

/// A word as listed, in lower case, in upper case and capitalised. Searching these exactly is several times faster than
/// a case-insensitive search.
fn spellings(word: &str) -> BTreeSet<String> {
    let lower = word.to_lowercase();
    let first = lower.chars().next().map_or(0, char::len_utf8);
    let capital = lower[..first].to_uppercase() + &lower[first..];
    [word.to_owned(), word.to_uppercase(), capital, lower].into()
}

/// Whether a word contains another: an entry with `图神经网络` also belongs to `神经网络`.
fn holds(word: &str, other: &str) -> bool {
    let (word, other) = (word.to_lowercase(), other.to_lowercase());
    word.match_indices(&other).any(|(at, _)| stands_alone(&word, at..at + other.len()))
}

/// The numbered items directly below a line that ends in a colon, in pending sections.
fn names(log: &Log) -> impl Iterator<Item = &str> {
    let pending = log.sections.iter().filter(|section| section.kind == SectionKind::Pending);
    pending.flat_map(|section| {
        let lines = log.note_lines(section).map(str::trim).filter(|line| !line.is_empty());
        let list = lines.skip_while(|line| !line.ends_with(['：', ':'])).skip(1);
        list.map_while(numbered)
    })
}

fn numbered(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let topic = rest.strip_prefix(['.', ')', '、', '．'])?;
    (rest.len() < line.len()).then(|| topic.trim())
}

/// The words of a topic's name: `大模型（NLP, CV, 多模态等)` → 大模型, NLP, CV, 多模态.
fn words(name: &str) -> Vec<String> {
    let parts = name.split(|c: char| "（）()【】[],，、;；/|+＋&：:。".contains(c));
    let words = parts.map(|part| {
        let mut word = part.trim();
        while let Some(shorter) = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending)) {
            word = shorter.trim_end();
        }
        word.to_owned()
    });
    // A single letter would match every entry.
    words.filter(|word| word.chars().count() > 1 || !word.is_ascii() && !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_matches_any_spelling_and_inside_longer_words() {
        let text = "# todo\n\n领域：\n\n1. 神经网络\n2. 图神经网络\n3. GNN 方向\n4. anomaly detection\n\n## 2031.5.17\n\n\
                    《A》\n\n图神经网络，gnn\n\n《B》\n\nAnomaly detection in CGNNs\n\n《C》\n\n神经网络\n";
        let log = crate::log::parse::parse([crate::log::Source { name: String::new(), text: text.into() }]);
        let found: Vec<Vec<usize>> =
            find(&log, &ConfiguredTopics::new()).into_iter().map(|topic| topic.entries).collect();
        assert_eq!(found, [vec![0, 2], vec![0], vec![0], vec![1]]);
    }

    #[test]
    fn topics_from_settings_follow_those_of_the_log() {
        let text = "# todo\n\n领域：\n\n1. GNN\n\n## 2031.5.17\n\n《A》\n\nCLIP\n\n《B》\n\nGCN\n";
        let log = crate::log::parse::parse([crate::log::Source { name: String::new(), text: text.into() }]);
        let topic = |name: &str, word: &str| (name.to_owned(), vec![word.to_owned()]);
        let topics = ConfiguredTopics::from([topic("多模态", "clip"), topic("GNN", "GCN"), topic("none", "")]);
        let found = find(&log, &topics).into_iter().map(|topic| (topic.name, topic.entries));
        assert_eq!(found.collect::<Vec<_>>(), [("GNN".to_owned(), vec![1]), ("多模态".to_owned(), vec![0])]);
    }

    #[test]
    fn words_of_a_topic() {
        assert_eq!(words("大模型（NLP, CV, 多模态等)"), ["大模型", "NLP", "CV", "多模态"]);
        assert_eq!(words("Anomaly Detection 系列"), ["Anomaly Detection"]);
        assert_eq!(words("搜广推（+智能运营)"), ["搜广推", "智能运营"]);
        assert_eq!(words("（A)"), [""; 0]);
    }
}
