//! Lookup tables that keep keystrokes fast in large logs: entries by key, entries with the same title, counts. Built
//! whenever a file is read.

use std::cmp::Ordering;
use std::fmt::Write;

use chrono::NaiveDate;

use super::{Entry, EntryKind, Key, Log, Section, SectionKind, SharedStr, SharedText, normalise};
use crate::text::{Span, offset};

/// Lookup tables for the entries and sections of a log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Index {
    /// Indices into [`Log::entries`], sorted by key; entries with the same key are in file order.
    by_key: Vec<u32>,
    counts: Counts,
}

/// How much a log contains.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Papers with a written summary.
    pub papers: usize,
    /// Days and ranges of days.
    pub days: usize,
    /// Months with entries under no particular day.
    pub months: usize,
    /// Years with entries under no particular month.
    pub years: usize,
    /// Sections without a date that have entries.
    pub sections: usize,
}

/// An entry with its title.
struct Titled {
    /// The first bytes of the title: comparing these is usually enough and avoids following the pointer.
    start: [u8; 16],
    /// The normalised title, in bytes of the text with all titles.
    title: Span,
    date: Option<NaiveDate>,
    entry: u32,
}

impl Titled {
    /// Appends the title to `titles`.
    fn of((entry, of): (usize, &Entry), titles: &mut String) -> Self {
        let from = titles.len();
        titles.push_str(&normalise(&of.title));
        let mut start = [0; 16];
        start.iter_mut().zip(titles[from..].bytes()).for_each(|(to, from)| *to = from);
        Self { start, title: (from..titles.len()).into(), date: of.date, entry: offset(entry) }
    }

    /// By title, then by date, then in file order.
    fn compare(&self, other: &Self, titles: &str) -> Ordering {
        let by_start = self.start.cmp(&other.start);
        let by_title = by_start.then_with(|| titles[self.title].cmp(&titles[other.title]));
        by_title.then_with(|| (self.date, self.entry).cmp(&(other.date, other.entry)))
    }
}

/// Numbers the entries with the same title, from the second on. `titled` is sorted by title.
fn number(titled: &mut [Titled], titles: &mut String) {
    let mut first = 0;
    while first < titled.len() {
        let title = titled[first].title.range();
        let is_twin = |twin: &&Titled| titles[twin.title.range()] == titles[title.clone()];
        let twins = titled[first..].iter().take_while(is_twin).count();
        for (number, twin) in (2..).zip(&mut titled[first + 1..first + twins]) {
            let from = titles.len();
            titles.extend_from_within(title.clone());
            _ = write!(titles, " #{number}");
            twin.title = (from..titles.len()).into();
        }
        first += twins;
    }
}

/// Identifies the day of a section: (date, 0, 0) or, without a year, (`None`, month, day). A range counts as its first
/// day.
fn day_of(section: &Section) -> Option<(Option<NaiveDate>, u32, u32)> {
    match section.kind {
        kind if kind.whole_year().is_some() => None,
        SectionKind::Day(date) | SectionKind::Range(date, _) => Some((Some(date), 0, 0)),
        SectionKind::Yearless { month, day } => Some((None, month, day?)),
        SectionKind::Month(_) | SectionKind::Pending | SectionKind::Undated => None,
    }
}

impl Log {
    /// Ends reading: sets the keys of all entries, and builds the index. Entries with the same title are numbered from the oldest, so
    /// that a new one on top of the file does not change the other keys.
    pub(super) fn name_entries(&mut self) {
        self.sections.shrink_to_fit();
        self.tasks.shrink_to_fit();
        let mut titles = String::new();
        let entries = self.entries.iter().enumerate();
        let mut titled: Vec<Titled> = entries.map(|entry| Titled::of(entry, &mut titles)).collect();
        titled.sort_unstable_by(|one, other| one.compare(other, &titles));
        number(&mut titled, &mut titles);
        titles.shrink_to_fit();
        let titles = SharedText::from(titles);
        for Titled { title, entry, .. } in &titled {
            self.entries[*entry as usize].key = Key(SharedStr::part(&titles, *title));
        }
        let mut by_key: Vec<u32> = titled.into_iter().map(|titled| titled.entry).collect();
        // The vector reuses the allocation of `titled`, whose elements are larger.
        by_key.shrink_to_fit();
        // The numbers have hardly changed the order, so a stable sort is fast.
        let key = |entry: u32| &self.entries[entry as usize].key;
        by_key.sort_by(|&one, &other| key(one).cmp(key(other)).then(one.cmp(&other)));
        self.index = Index { by_key, counts: self.count() };
    }

    pub(super) fn recount(&mut self) {
        self.index.counts = self.count();
    }

    fn count(&self) -> Counts {
        let with_entries = || self.sections.iter().filter(|section| !section.entries().is_empty());
        let is_month = |kind| matches!(kind, SectionKind::Month(_) | SectionKind::Yearless { day: None, .. });
        let mut days: Vec<(Option<NaiveDate>, u32, u32)> = self.sections.iter().filter_map(day_of).collect();
        days.sort_unstable();
        days.dedup();
        Counts {
            papers: self.read().filter(|entry| entry.kind == EntryKind::Paper).count(),
            days: days.len(),
            months: with_entries().filter(|section| is_month(section.kind)).count(),
            years: with_entries().filter(|section| section.kind.whole_year().is_some()).count(),
            sections: with_entries().filter(|section| section.kind == SectionKind::Undated).count(),
        }
    }

    /// The sections of a file, given as an index into [`Log::files`].
    pub(crate) fn sections_of(&self, file: usize) -> &[Section] {
        let sections = &self.sections;
        let first = sections.partition_point(|section| section.file() < file);
        &sections[first..first + sections[first..].partition_point(|section| section.file() == file)]
    }

    /// How much the log contains.
    pub fn counts(&self) -> Counts {
        self.index.counts
    }

    /// The index of the entry with this key.
    pub fn find(&self, key: &Key) -> Option<usize> {
        let first = *self.index.by_key[self.keys_before(&key.0)..].first()? as usize;
        (self.entries[first].key == *key).then_some(first)
    }

    /// The entries with this normalised title as their key, with or without a number, as indices in file order.
    pub(super) fn titled(&self, title: &str) -> Vec<usize> {
        let numbered = format!("{title} #");
        let is_number = |key: &str| {
            let number = &key[numbered.len()..];
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        };
        let same = self.keys_from(title).take_while(|(_, key)| *key == title);
        let numbered = self.keys_from(&numbered).take_while(|(_, key)| key.starts_with(&numbered));
        let mut found: Vec<usize> =
            same.chain(numbered.filter(|(_, key)| is_number(key))).map(|(entry, _)| entry).collect();
        found.sort_unstable();
        found
    }

    /// (first `most` entries with this normalised title, by number; how many there are), without visiting them all.
    pub(super) fn first_titled(&self, title: &str, most: usize) -> (Vec<usize>, usize) {
        let numbered = |number: usize| {
            let key = if number > 1 { format!("{title} #{number}") } else { title.to_owned() };
            self.keys_from(&key).next().filter(|(_, found)| *found == key).map(|(entry, _)| entry)
        };
        let first: Vec<usize> = (1..=most).map_while(numbered).collect();
        if first.is_empty() || first.len() < most {
            let all = first.len();
            return (first, all);
        }
        // The numbers have no gaps, but other titles such as `emu #2 x` are sorted in between.
        let (mut last, mut beyond) = (most, 2 * most);
        while numbered(beyond).is_some() {
            (last, beyond) = (beyond, 2 * beyond);
        }
        while last + 1 < beyond {
            let middle = last.midpoint(beyond);
            if numbered(middle).is_some() { last = middle } else { beyond = middle }
        }
        (first, last)
    }

    /// (entry, key) for each key at or after `text`, sorted by key.
    fn keys_from(&self, text: &str) -> impl Iterator<Item = (usize, &str)> {
        let from = &self.index.by_key[self.keys_before(text)..];
        from.iter().map(|&entry| (entry as usize, &*self.entries[entry as usize].key.0))
    }

    /// How many keys sort before `text`.
    fn keys_before(&self, text: &str) -> usize {
        self.index.by_key.partition_point(|&entry| &*self.entries[entry as usize].key.0 < text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, parse};
    use super::*;

    /// Reads titles of one day, the first one on top, and compares their keys.
    #[track_caller]
    fn check(titles: &[&str], wanted: &[&str]) -> Log {
        let text: String = titles.iter().map(|title| format!("《{title}》\n\ntext\n\n")).collect();
        let log = parse::parse([Source { name: String::new(), text: format!("## 2031.5.17\n\n{text}").into() }]);
        let keys: Vec<&str> = log.entries.iter().map(|entry| &*entry.key.0).collect();
        assert_eq!(keys, wanted);
        for (at, entry) in log.entries.iter().enumerate() {
            let first = log.entries.iter().position(|other| other.key == entry.key);
            assert_eq!(log.find(&entry.key), first, "{at}");
        }
        log
    }

    #[test]
    fn entries_are_found_by_key() {
        let log = check(
            &["Owl", "Emu", "emu", "A Title of Some Length", "Ｅmu"],
            &["owl", "emu", "emu #2", "a title of some length", "emu #3"],
        );
        assert_eq!(log.find(&Key("elk".into())), None);
        assert_eq!(log.find(&Key("zebra".into())), None);
        assert_eq!(log.counts(), Counts { papers: 5, days: 1, ..Counts::default() });
        assert_eq!((Log::default().find(&Key("".into())), Log::default().counts()), (None, Counts::default()));
    }

    #[test]
    fn a_title_may_end_in_a_number() {
        let log = check(&["Emu #2", "Emu", "Emu", "Emu # x", "Emus"], &["emu #2", "emu", "emu #2", "emu # x", "emus"]);
        assert_eq!(log.titled("emu"), [0, 1, 2]);
        assert_eq!(log.titled("emus"), [4]);
    }

    #[test]
    fn the_first_of_many_with_one_title_are_counted_with_the_rest() {
        for count in [0, 1, 2, 3, 4, 9, 10, 11, 40] {
            let mut titles = vec!["Emu"; count];
            titles.extend(["Emu # x", "Emu #1 x", "Emu #2 x", "Emu #20 and Owl", "Emu #a", "Emus"]);
            let text: String = titles.iter().map(|title| format!("《{title}》\n\ntext\n\n")).collect();
            let log = parse::parse([Source { name: String::new(), text: format!("## 2031.5.17\n\n{text}").into() }]);
            for most in [1, 2, 3, 10] {
                let (first, all) = log.first_titled("emu", most);
                assert_eq!((first.len(), all), (count.min(most), count), "{count} {most}");
            }
            assert_eq!(log.titled("emu").len(), count);
        }
    }

    #[test]
    fn untitled_entries_share_a_title_only_with_each_other() {
        let log = check(&["", "Emu", ""], &["", "emu", " #2"]);
        assert_eq!(log.titled(""), [0, 2]);
    }
}
