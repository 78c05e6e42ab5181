//! Checks whether the paper that an item names may already be in the log.

use std::collections::BTreeSet;

use memchr::memmem;

use super::dialect::stands_alone;
use super::{EntryKind, Log, normalise};

/// The shortest partial match between a title and a text that counts, in chars.
const SHORTEST_PART: usize = 8;

/// The shortest short name that is searched for, in bytes: single letters match too often.
const SHORTEST_NAME: usize = 2;

/// The titles and short names of a log, sorted so that lookups stay fast in a large log.
#[derive(Debug)]
pub struct Titles {
    titles: Texts,
    names: Texts,
}

impl Titles {
    /// Indexes all papers that have been read.
    pub fn of(log: &Log) -> Self {
        let is_paper = |entry: &super::Entry| entry.read && entry.kind != EntryKind::Note;
        let entries = || log.entries.iter().enumerate().filter(|(_, entry)| is_paper(entry));
        let names = entries().filter_map(|(index, entry)| Some((index, entry.short_name()?)));
        Self {
            titles: Texts::of(entries().map(|(index, entry)| (index, entry.normalised_title()))),
            names: Texts::of(names.filter(|(_, name)| name.len() >= SHORTEST_NAME)),
        }
    }

    /// The papers that a text may refer to, as indices into [`Log::entries`], best first: entries whose title contains
    /// the text or is in it, then entries whose short name is in the text.
    ///
    /// Titles are compared in normalised form, short names case-sensitively; both must match at word boundaries.
    pub fn already_read(&self, text: &str) -> Vec<usize> {
        let wanted = normalise(text);
        let is_long = |part: &str| part.chars().count() >= SHORTEST_PART;
        let within = self.titles.within(&wanted).into_iter().filter(|(_, title)| is_long(title) || *title == wanted);
        let mut by_title: BTreeSet<usize> = within.map(|(entry, _)| entry).collect();
        if is_long(&wanted) {
            by_title
                .extend(self.titles.around(&wanted).filter(|(_, title)| is_meant(&wanted, title)).map(|(at, _)| at));
        }
        let by_name: BTreeSet<usize> = self.names.within(text).into_iter().map(|(entry, _)| entry).collect();
        let by_name = by_name.difference(&by_title).copied().collect::<Vec<_>>();
        by_title.into_iter().chain(by_name).collect()
    }
}

/// A searchable set of texts, each belonging to an entry.
#[derive(Debug, Default)]
struct Texts {
    /// All texts, one per line.
    lines: String,
    /// For each text, (its end in `lines`, its entry), in the order of the entries.
    ends: Vec<(usize, usize)>,
    /// Indices into `ends`, sorted by text.
    sorted: Vec<usize>,
}

impl Texts {
    fn of(of_entries: impl Iterator<Item = (usize, impl AsRef<str>)>) -> Self {
        let mut texts = Self::default();
        for (entry, text) in of_entries {
            texts.lines.push_str(text.as_ref());
            texts.ends.push((texts.lines.len(), entry));
            texts.lines.push('\n');
        }
        let mut sorted: Vec<usize> = (0..texts.ends.len()).collect();
        sorted.sort_unstable_by_key(|&at| texts.text(at));
        Self { sorted, ..texts }
    }

    fn text(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].0 + 1);
        &self.lines[start..self.ends[at].0]
    }

    /// (entry, text) for each text that occurs in `whole`, at word boundaries.
    fn within(&self, whole: &str) -> Vec<(usize, &str)> {
        let mut found = Vec::new();
        for (start, c) in whole.char_indices() {
            // Matches do not start inside a word.
            if c.is_ascii_alphanumeric() && !stands_alone(whole, start..whole.len()) {
                continue;
            }
            for at in self.beginnings(&whole[start..]) {
                let text = self.text(at);
                if stands_alone(whole, start..start + text.len()) {
                    found.push((self.ends[at].1, text));
                }
            }
        }
        found
    }

    /// The non-empty texts that `whole` starts with, as indices into `ends`.
    fn beginnings(&self, whole: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let mut rest = whole;
        while !rest.is_empty() {
            let (before, _) = self.sorted.split_at(self.sorted.partition_point(|&at| self.text(at) <= rest));
            let Some(&last) = before.last() else { break };
            let text = self.text(last);
            // Any shorter match must be a prefix of the part that `rest` and `text` share.
            let same = rest.chars().zip(text.chars()).take_while(|(one, other)| one == other);
            let common: usize = same.map(|(c, _)| c.len_utf8()).sum();
            let shorter = if common == text.len() {
                found.extend(before.iter().rev().take_while(|&&at| self.text(at) == text));
                rest[..common].char_indices().next_back().map_or(0, |(start, _)| start)
            } else {
                common
            };
            rest = &rest[..shorter];
        }
        found
    }

    /// (entry, text) for each text that contains `part`, at word boundaries.
    fn around(&self, part: &str) -> impl Iterator<Item = (usize, &str)> {
        let alone = memmem::find_iter(self.lines.as_bytes(), part).filter(|&at| {
            // Line breaks around a text count as word boundaries.
            stands_alone(&self.lines, at..at + part.len())
        });
        alone.map(|at| {
            let text = self.ends.partition_point(|&(end, _)| end < at);
            (self.ends[text].1, self.text(text))
        })
    }
}

/// Whether an item means the title that contains it: a single word, such as a topic, is in many titles, so it must be
/// the short name.
fn is_meant(item: &str, title: &str) -> bool {
    let is_word = item.is_ascii() && !item.contains(' ');
    !is_word || title.strip_prefix(item).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::log::{Entry, Source, parse};

    #[test]
    fn titles_and_short_names() {
        let text = "## 2031.5.17\n《CLIP: Learning from Text》\nx\n《AI: A Survey of Minds》\nx\n《Emu》\nx\n";
        let log = parse::parse([Source { name: String::new(), text: text.into() }]);
        let titles = Titles::of(&log);
        let check = |text: &str, wanted: &[usize]| assert_eq!(titles.already_read(text), wanted, "{text}");
        check("读 clip: learning  from text 一遍", &[0]);
        check("CLIP 得分", &[0]);
        check("BLIP and CLIPPER", &[]);
        check("a survey of minds", &[1]);
        check("clipper", &[]);
        check("Learning", &[]);
        check("clip: learning from text", &[0]);
        check("emu", &[2]);
        check("emus and MAIL", &[]);
        check("CLIP, and AI: A Survey of Minds", &[1, 0]);
        check("", &[]);
    }

    /// A simple implementation to compare with, title by title.
    fn one_by_one(log: &Log, text: &str) -> Vec<usize> {
        let wanted = normalise(text);
        let holds =
            |whole: &str, part: &str| whole.match_indices(part).any(|(at, _)| stands_alone(whole, at..at + part.len()));
        let is_long = |part: &str| part.chars().count() >= SHORTEST_PART;
        let papers = || log.entries.iter().enumerate().filter(|(_, entry)| entry.kind != EntryKind::Note);
        let is_meant = |entry: &Entry| {
            let title = normalise(&entry.title);
            let is_same = title == wanted && !title.is_empty();
            is_same
                || is_long(&title) && holds(&wanted, &title)
                || is_long(&wanted) && holds(&title, &wanted) && is_meant(&wanted, &title)
        };
        let is_named =
            |entry: &Entry| entry.short_name().is_some_and(|name| name.len() >= SHORTEST_NAME && holds(text, name));
        let by_title = papers().filter(|(_, entry)| is_meant(entry));
        let by_name = papers().filter(|(_, entry)| !is_meant(entry) && is_named(entry));
        by_title.chain(by_name).map(|(index, _)| index).collect()
    }

    proptest! {
        #[test]
        fn every_title_is_found(
            titles in prop::collection::vec("(Emu|emu|大模型|A|AB|12|: |：|-| | #2|é){1,6}", 1..12),
            text in "(Emu|emu|大模型|A|AB|12|: |：|-| | #2|é){1,10}",
        ) {
            let entries: String = titles.iter().map(|title| format!("《{title}》\n\nx\n\n")).collect();
            let log = parse::parse([Source { name: String::new(), text: format!("## 2031.5.17\n\n{entries}").into() }]);
            prop_assert_eq!(Titles::of(&log).already_read(&text), one_by_one(&log, &text));
        }
    }
}
