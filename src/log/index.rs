//! What is looked up of a log for every key that is pressed: which entry has a key, which share a
//! title, how many papers and days there are. It is made once when a log is read, so that none of
//! it takes longer in a larger log.

use chrono::NaiveDate;

use super::{Entry, EntryKind, Key, Log, Section, SectionKind, normalise};

/// What is looked up of the entries and sections of one reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Index {
    /// Indices into [`Log::entries`], in the order of their keys; those of one key in file order.
    by_key: Vec<usize>,
    counts: Counts,
}

/// What a log holds, in figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Entries that are papers, their summary written.
    pub papers: usize,
    /// Days, and spans of days.
    pub days: usize,
    /// Months that hold entries of no day.
    pub months: usize,
    /// Years that hold entries of no month.
    pub years: usize,
    /// Sections without a date that hold entries.
    pub sections: usize,
}

/// An entry by its title. The order is that of the fields.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Titled {
    /// The title's first bytes: most titles are told apart by them, which spares looking them up.
    start: [u8; 16],
    /// Normalised.
    title: String,
    date: Option<NaiveDate>,
    entry: usize,
}

impl Titled {
    fn new((entry, of): (usize, &Entry)) -> Self {
        let title = normalise(&of.title);
        let mut start = [0; 16];
        start.iter_mut().zip(title.bytes()).for_each(|(to, from)| *to = from);
        Self { start, title, date: of.date, entry }
    }
}

/// What sets a day apart from others; a span of days counts as its first.
fn day_of(section: &Section) -> Option<(Option<NaiveDate>, u32, u32)> {
    match section.kind {
        kind if kind.whole_year().is_some() => None,
        SectionKind::Day(date) | SectionKind::Range(date, _) => Some((Some(date), 0, 0)),
        SectionKind::Yearless { month, day } => Some((None, month, day?)),
        SectionKind::Month(_) | SectionKind::Pending | SectionKind::Undated => None,
    }
}

impl Log {
    /// Gives every entry its key, and makes the index. Twins are numbered from the oldest, so that
    /// a new one on top of the file takes no one else's key.
    pub(super) fn name_entries(&mut self) {
        let mut titled: Vec<Titled> = self.entries.iter().enumerate().map(Titled::new).collect();
        titled.sort_unstable();
        for twins in titled.chunk_by_mut(|one, other| one.title == other.title) {
            for (number, twin) in (1..).zip(twins) {
                let title = std::mem::take(&mut twin.title);
                self.entries[twin.entry].key = Key(if number > 1 { format!("{title} #{number}") } else { title });
            }
        }
        let mut by_key: Vec<usize> = titled.into_iter().map(|titled| titled.entry).collect();
        // It was collected in the place of what is larger.
        by_key.shrink_to_fit();
        // The numbers of twins have changed little in the order.
        by_key.sort_by(|&one, &other| self.entries[one].key.cmp(&self.entries[other].key).then(one.cmp(&other)));
        self.index = Index { by_key, counts: self.count() };
    }

    /// Counts again what was read.
    pub(super) fn recount(&mut self) {
        self.index.counts = self.count();
    }

    fn count(&self) -> Counts {
        let with_entries = || self.sections.iter().filter(|section| !section.entries.is_empty());
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
    pub fn sections_of(&self, file: usize) -> &[Section] {
        let sections = &self.sections;
        let first = sections.partition_point(|section| section.file < file);
        &sections[first..first + sections[first..].partition_point(|section| section.file == file)]
    }

    /// What the log holds, in figures.
    pub fn counts(&self) -> Counts {
        self.index.counts
    }

    /// The index of the entry with this key.
    pub fn find(&self, key: &Key) -> Option<usize> {
        let first = *self.index.by_key[self.keys_before(&key.0)..].first()?;
        (self.entries[first].key == *key).then_some(first)
    }

    /// The entries whose key is this normalised title, or that with a number behind it, as
    /// indices in file order.
    pub(super) fn titled(&self, title: &str) -> Vec<usize> {
        let numbered = format!("{title} #");
        let is_number = |key: &str| key[numbered.len()..].bytes().all(|byte| byte.is_ascii_digit());
        let same = self.keys_from(title).take_while(|(_, key)| *key == title);
        let numbered = self.keys_from(&numbered).take_while(|(_, key)| key.starts_with(&numbered));
        let mut found: Vec<usize> =
            same.chain(numbered.filter(|(_, key)| is_number(key))).map(|(entry, _)| entry).collect();
        found.sort_unstable();
        found
    }

    /// So many of them, in the order of their numbers, and how many there are; without looking at all.
    pub(super) fn first_titled(&self, title: &str, most: usize) -> (Vec<usize>, usize) {
        let numbered = (2..=most).map(|number| format!("{title} #{number}"));
        let keys = std::iter::once(title.to_owned()).chain(numbered);
        let first = keys.map_while(|key| self.keys_from(&key).next().filter(|(_, found)| *found == key));
        let first: Vec<usize> = first.map(|(entry, _)| entry).collect();
        // Behind the digits stands the colon.
        let more = self.keys_before(&format!("{title} #:")) - self.keys_before(&format!("{title} #"));
        let all = first.len().min(1) + more;
        (first, all)
    }

    /// The entries from the first on whose key is not before a text, in the order of their keys.
    fn keys_from(&self, text: &str) -> impl Iterator<Item = (usize, &str)> {
        let from = &self.index.by_key[self.keys_before(text)..];
        from.iter().map(|&entry| (entry, self.entries[entry].key.0.as_str()))
    }

    /// How many keys are before a text.
    fn keys_before(&self, text: &str) -> usize {
        self.index.by_key.partition_point(|&entry| self.entries[entry].key.0.as_str() < text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, parse};
    use super::*;

    /// Titles of a day, the first one on top of the file; the keys that they get.
    #[track_caller]
    fn check(titles: &[&str], wanted: &[&str]) -> Log {
        let text: String = titles.iter().map(|title| format!("《{title}》\n\ntext\n\n")).collect();
        let log = parse::parse([Source { name: String::new(), text: format!("## 2031.5.17\n\n{text}").into() }]);
        let keys: Vec<&str> = log.entries.iter().map(|entry| entry.key.0.as_str()).collect();
        assert_eq!(keys, wanted);
        for (at, entry) in log.entries.iter().enumerate() {
            let first = log.entries.iter().position(|other| other.key == entry.key);
            assert_eq!(log.find(&entry.key), first, "{at}");
        }
        log
    }

    #[test]
    fn entries_are_found_by_their_keys() {
        let log = check(
            &["Owl", "Emu", "emu", "A Title of Some Length", "Ｅmu"],
            &["owl", "emu", "emu #2", "a title of some length", "emu #3"],
        );
        assert_eq!(log.find(&Key("elk".into())), None);
        assert_eq!(log.find(&Key("zebra".into())), None);
        assert_eq!(log.counts(), Counts { papers: 5, days: 1, ..Counts::default() });
        assert_eq!((Log::default().find(&Key(String::new())), Log::default().counts()), (None, Counts::default()));
    }

    #[test]
    fn a_number_may_be_part_of_a_title() {
        let log = check(&["Emu #2", "Emu", "Emu", "Emu # x", "Emus"], &["emu #2", "emu", "emu #2", "emu # x", "emus"]);
        assert_eq!(log.titled("emu"), [0, 1, 2]);
        assert_eq!(log.titled("emus"), [4]);
    }

    #[test]
    fn untitled_entries_are_twins_of_one_another_only() {
        let log = check(&["", "Emu", ""], &["", "emu", " #2"]);
        assert_eq!(log.titled(""), [0, 2]);
    }
}
