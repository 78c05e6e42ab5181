//! The fields that the log's author follows: a list beside the pending items, under a line
//! such as `领域主线：`.

use aho_corasick::AhoCorasick;

use super::dialect::stands_alone;
use super::{Log, SectionKind};

/// A field, and what was read of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// As it is listed.
    pub name: String,
    /// Words by which an entry shows that it belongs to the field.
    pub words: Vec<String>,
    /// Entries that hold one of the words, as indices into [`Log::entries`].
    pub entries: Vec<usize>,
}

/// Endings that say nothing about the field.
const ENDINGS: [&str; 5] = ["系列", "方向", "相关", "等等", "等"];

/// The fields in the order of the list, each with its entries. An entry may belong to several.
pub fn tracks(log: &Log) -> Vec<Track> {
    let mut tracks: Vec<Track> = names(log)
        .map(|name| Track { words: words(name), name: name.to_owned(), entries: Vec::new() })
        .filter(|track| !track.words.is_empty())
        .collect();
    let words = tracks.iter().enumerate().flat_map(|(at, track)| track.words.iter().map(move |word| (at, word)));
    let (of, words): (Vec<usize>, Vec<&String>) = words.unzip();
    let Ok(matcher) = AhoCorasick::builder().ascii_case_insensitive(true).build(words) else { return tracks };
    for (index, entry) in log.entries.iter().enumerate() {
        let text = &log.files[entry.file].text[entry.span.clone()];
        for hit in matcher.find_overlapping_iter(text) {
            let entries = &mut tracks[of[hit.pattern().as_usize()]].entries;
            if entries.last() != Some(&index) && stands_alone(text, hit.range()) {
                entries.push(index);
            }
        }
    }
    tracks
}

/// The numbered items right below a line that ends in a colon, in the pending sections.
fn names(log: &Log) -> impl Iterator<Item = &str> {
    let pending = log.sections.iter().filter(|section| section.kind == SectionKind::Pending);
    pending.flat_map(|section| {
        let lines = log.note(section).lines().map(str::trim).filter(|line| !line.is_empty());
        let list = lines.skip_while(|line| !line.ends_with(['：', ':'])).skip(1);
        list.map_while(numbered)
    })
}

fn numbered(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let topic = rest.strip_prefix(['.', ')', '、', '．'])?;
    (rest.len() < line.len()).then(|| topic.trim())
}

/// `大模型（NLP, CV, 多模态等)` → 大模型, NLP, CV, 多模态.
fn words(name: &str) -> Vec<String> {
    let parts = name.split(|c: char| "（）()【】[],，、;；/|+＋&：:。".contains(c));
    let words = parts.map(|part| {
        let mut word = part.trim();
        while let Some(shorter) = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending)) {
            word = shorter.trim_end();
        }
        word.to_owned()
    });
    // A single letter would be in every entry.
    words.filter(|word| word.chars().count() > 1 || !word.is_ascii() && !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_topic() {
        assert_eq!(words("大模型（NLP, CV, 多模态等)"), ["大模型", "NLP", "CV", "多模态"]);
        assert_eq!(words("Anomaly Detection 系列"), ["Anomaly Detection"]);
        assert_eq!(words("搜广推（+智能运营)"), ["搜广推", "智能运营"]);
        assert_eq!(words("（A)"), [""; 0]);
    }
}
