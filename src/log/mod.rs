//! The ground floor: a reading log as data.
//!
//! [`parse`](parse::parse) turns Markdown text into a [`Log`]; it never fails and never
//! touches a file, a clock or a screen. Every piece of the model knows its place in the
//! text as a byte span, so that a change to the log is a splice of bytes ([`edit`]) and
//! never a rewriting of the whole.
//!
//! Offsets and spans are **bytes** into [`File::text`]; lines count from 1.

pub(crate) mod address;
pub mod aliases;
pub mod check;
pub mod date;
pub(crate) mod deadline;
pub mod dialect;
pub mod edit;
pub mod explain;
mod figures;
mod file;
pub mod forms;
mod images;
mod index;
mod join;
pub(crate) mod known;
mod lines;
pub(crate) mod link_name;
pub mod links;
pub(crate) mod marks;
pub mod markup;
mod name;
mod notes;
mod outline;
mod parallel;
pub mod parse;
pub(crate) mod pending;
mod shared;
pub mod stats;
mod task;
pub mod taught;
pub(crate) mod template;
pub mod tracks;
mod wiki;

use std::borrow::Cow;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::words::Language;
use date::{format_day, format_month, month_name};

pub use file::{File, Reading, Role, Shape, Source, TitleFrom};
pub use index::Counts;
pub use shared::SharedText;
pub use task::{Sign, State, Task};

/// One or several files, read as one log.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Log {
    /// The files in the order in which they were given.
    pub files: Vec<File>,
    /// Parts of the files: together they cover every byte, and none overlaps another.
    pub sections: Vec<Section>,
    /// Papers, notes and placeholders, in file order.
    pub entries: Vec<Entry>,
    /// Everything to tick, in file order.
    pub tasks: Vec<Task>,
    /// Which files stand in a folder that was read as a whole, as indices into [`Log::files`].
    pub folders: Vec<Range<usize>>,
    /// Of the entries and sections, which only another reading changes.
    index: index::Index,
}

/// What a section is, and which days it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// A day's papers.
    Day(NaiveDate),
    /// A month heading and the text before its first day; the first of the month.
    Month(NaiveDate),
    /// A span of days, first and last included.
    Range(NaiveDate, NaiveDate),
    /// The list of what to read.
    Pending,
    /// A day or month of which nothing in the file tells the year.
    Yearless {
        /// From 1.
        month: u32,
        /// From 1; `None` for a whole month.
        day: Option<u32>,
    },
    /// Text under no date.
    Undated,
}

impl SectionKind {
    /// The (first) day of the section.
    pub fn date(self) -> Option<NaiveDate> {
        match self {
            Self::Day(date) | Self::Month(date) | Self::Range(date, _) => Some(date),
            Self::Pending | Self::Undated | Self::Yearless { .. } => None,
        }
    }

    /// Whether it is a day, a month or a span of days, though its year may be unknown.
    pub fn is_dated(self) -> bool {
        !matches!(self, Self::Pending | Self::Undated)
    }

    /// The year that a section is of as a whole: `#### 2031`.
    pub(crate) fn whole_year(self) -> Option<i32> {
        let Self::Range(first, last) = self else { return None };
        let is_year = first.ordinal() == 1 && last.succ_opt().is_none_or(|next| next.ordinal() == 1);
        (is_year && first.year() == last.year()).then(|| first.year())
    }

    /// The date as logs write it, as exactly as it is known: `2031.5.17`, `2031.5`, `5.17`, `May`, `2031`.
    pub(crate) fn describe(self, language: Language) -> Option<String> {
        Some(match self {
            Self::Day(date) => format_day(date),
            Self::Month(date) => format_month(Some(date), language),
            Self::Range(first, last) => self
                .whole_year()
                .map_or_else(|| format!("{}–{}", format_day(first), format_day(last)), |year| year.to_string()),
            Self::Yearless { month, day: Some(day) } => format!("{month}.{day}"),
            Self::Yearless { month, day: None } => month_name(month, language),
            Self::Pending | Self::Undated => return None,
        })
    }

    /// The date in ISO form, as exactly as it is known: `2031-05-17`, `2031-05`, `--05-17`, `--05`.
    pub fn stamp(self) -> Option<String> {
        match self {
            Self::Day(date) | Self::Range(date, _) => Some(date.to_string()),
            Self::Month(date) => Some(date.format("%Y-%m").to_string()),
            Self::Yearless { month, day: Some(day) } => Some(format!("--{month:02}-{day:02}")),
            Self::Yearless { month, day: None } => Some(format!("--{month:02}")),
            Self::Pending | Self::Undated => None,
        }
    }
}

/// A heading and what follows it, up to the next heading that structures the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Index into [`Log::files`].
    pub file: usize,
    /// What the section is.
    pub kind: SectionKind,
    /// The heading's text without its marks; empty for text before the first heading.
    pub heading: String,
    /// The heading's line, counted from 1.
    pub line: usize,
    /// Bytes from the heading to the next section.
    pub span: Range<usize>,
    /// Where what stands under the heading begins.
    pub body: usize,
    /// What belongs to no entry, in pieces, in order.
    pub notes: Vec<Range<usize>>,
    /// Pictures of the note.
    pub figures: Vec<Figure>,
    /// Indices into [`Log::entries`].
    pub entries: Range<usize>,
}

/// What a section is called whatever lines move: by its first day and its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionName {
    /// The first day.
    pub date: Option<NaiveDate>,
    /// The heading's text without its marks.
    pub heading: String,
}

impl Section {
    /// What it is called.
    pub fn name(&self) -> SectionName {
        SectionName { date: self.kind.date(), heading: self.heading.clone() }
    }
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A paper that was read.
    Paper,
    /// The reader's own text, about no single paper.
    Note,
    /// A title whose summary is still to be written.
    Placeholder,
}

/// The identity of an entry: its normalised title, with an ordinal for twins.
///
/// Dates are no part of it, since authors rename days later.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key(pub String);

/// A titled text of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Index into [`Log::files`].
    pub file: usize,
    /// Index into [`Log::sections`].
    pub section: usize,
    /// Identity across reloads and edits.
    pub key: Key,
    /// What the entry is.
    pub kind: EntryKind,
    /// How its title is written.
    pub form: forms::titles::TitleForm,
    /// The title without marks.
    pub title: String,
    /// The name before the colon, if the title has one.
    pub short_name: Option<String>,
    /// The day of the section.
    pub date: Option<NaiveDate>,
    /// The title's line, counted from 1.
    pub line: usize,
    /// Bytes from the title to the end of the body.
    pub span: Range<usize>,
    /// Bytes of the body.
    pub body: Range<usize>,
    /// When the paper was published, as far as its first line says.
    pub published: Option<date::Published>,
    /// Who published it, as far as its first line says.
    pub organisations: Vec<&'static str>,
    /// Pictures of the body.
    pub figures: Vec<Figure>,
    /// Cross-references such as `[5036]`.
    pub references: Vec<Reference>,
    /// Indices into [`Log::tasks`].
    pub tasks: Vec<usize>,
    /// Where the links beside its title lead.
    pub links: Vec<String>,
    /// Words in code before its title.
    pub tags: Vec<String>,
    /// Where it was published, as brackets behind its title say.
    pub venue: Option<String>,
    /// Whether it was read: an entry with an open box was not.
    pub read: bool,
    /// The task that it is, as an index into [`Log::tasks`].
    pub task: Option<usize>,
}

impl Entry {
    /// The short name, or else the title.
    pub fn name(&self) -> &str {
        self.short_name.as_deref().unwrap_or(&self.title)
    }

    /// The title in the form in which titles are compared: the key, but for the number of a twin.
    pub(crate) fn normalised_title(&self) -> Cow<'_, str> {
        let key = self.key.0.as_str();
        let before = key.trim_end_matches(|c: char| c.is_ascii_digit());
        // Where a title ends in such a number itself, only the title can tell.
        let may_be_twin = before.len() < key.len() && before.ends_with(" #");
        if may_be_twin { Cow::Owned(normalise(&self.title)) } else { Cow::Borrowed(key) }
    }
}

/// A picture that the log refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The path or address as written.
    pub path: String,
    /// The line above it, when that line introduces it.
    pub caption: Option<String>,
    /// Declared width in pixels.
    pub width: Option<u32>,
    /// Declared height in pixels.
    pub height: Option<u32>,
    /// Line, counted from 1.
    pub line: usize,
    /// Bytes of the tag.
    pub span: Range<usize>,
    /// Whether the tag breaks the rules of HTML.
    pub malformed: bool,
}

/// A reference to something by its number. Ids are opaque.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The digits.
    pub id: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Bytes, brackets included.
    pub span: Range<usize>,
}

impl Log {
    /// The source text of an entry's body.
    pub fn body(&self, entry: &Entry) -> &str {
        &self.files[entry.file].text[entry.body.clone()]
    }

    /// The text of a section that belongs to no entry; its pieces are parted by blank lines.
    pub fn note(&self, section: &Section) -> Cow<'_, str> {
        let text = &self.files[section.file].text;
        let mut pieces = section.notes.iter().map(|note| text[note.clone()].trim()).filter(|note| !note.is_empty());
        let Some(first) = pieces.next() else { return Cow::Borrowed("") };
        match pieces.next() {
            None => Cow::Borrowed(first),
            Some(second) => [first, second].into_iter().chain(pieces).collect::<Vec<_>>().join("\n\n").into(),
        }
    }

    /// The lines of a section that belong to no entry.
    pub(crate) fn note_lines<'a>(&'a self, section: &'a Section) -> impl Iterator<Item = &'a str> {
        let text = &self.files[section.file].text;
        section.notes.iter().flat_map(|note| text[note.clone()].lines())
    }

    /// The index of the task whose mark stands at this offset of a file, in bytes.
    pub(crate) fn task_at(&self, file: usize, mark: usize) -> Option<usize> {
        let at = self.tasks.partition_point(|task| (task.file, task.mark) < (file, mark));
        (self.tasks.get(at).map(|task| (task.file, task.mark)) == Some((file, mark))).then_some(at)
    }

    /// The tasks right below a task, as indices.
    pub fn children(&self, task: usize) -> impl Iterator<Item = usize> + '_ {
        // All that is below it follows it at once, and has a parent that comes no earlier.
        let below = (task + 1..self.tasks.len()).take_while(move |&index| self.tasks[index].parent >= Some(task));
        below.filter(move |&index| self.tasks[index].parent == Some(task))
    }

    /// The paper that a task is, as an index into [`Log::entries`].
    pub fn paper(&self, task: usize) -> Option<usize> {
        self.tasks[task].entry.filter(|&entry| self.entries[entry].task == Some(task))
    }

    /// The entries that were read.
    pub fn read(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.read)
    }

    /// Done and all tasks of the pending list.
    pub fn progress(&self) -> (usize, usize) {
        let pending = self.tasks.iter().filter(|task| task.pending);
        pending.fold((0, 0), |(done, all), task| (done + usize::from(task.is_closed()), all + 1))
    }
}

/// Brings text to the form in which titles and items are compared: compatibility
/// characters folded, lower case, runs of white space as one space.
pub(crate) fn normalise(text: &str) -> String {
    use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};
    if text.is_ascii() {
        let mut folded = spaced(text);
        folded.make_ascii_lowercase();
        return folded;
    }
    let lower = char::to_lowercase;
    // To find that nothing is to be folded takes a fraction of folding.
    let folded: String = match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => text.chars().flat_map(lower).collect(),
        _ => text.nfkc().flat_map(lower).collect(),
    };
    spaced(&folded)
}

/// The words of a text with one space between them.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &str) {
        use unicode_normalization::UnicodeNormalization;
        let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
        assert_eq!(folded.split_whitespace().collect::<Vec<_>>().join(" "), wanted, "{text:?} step by step");
        assert_eq!(normalise(text), wanted, "{text:?}");
    }

    #[test]
    fn what_is_compared_has_one_form() {
        check("", "");
        check(" \t\n", "");
        check("Emu:\u{b}A  Model\r\n", "emu: a model");
        check("ＥＭＵ　鸸鹋：ﬁne", "emu 鸸鹋:fine");
        check("鸸鹋 Éclair\u{a0}İ", "鸸鹋 éclair i\u{307}");
        check("E\u{301}", "é");
        check("가\u{1100}\u{1161}", "가가");
    }

    #[test]
    fn a_twin_has_the_title_of_the_first() {
        let text = "## 2031.5.17\n《Emu》\n1\n《ＥＭＵ》\n2\n《Room #2》\n3\n《》\n4\n《》\n5\n《C#2》\n6\n";
        let log = parse::parse([Source { name: String::new(), text: text.into() }]);
        for entry in &log.entries {
            assert_eq!(entry.normalised_title(), normalise(&entry.title), "{entry:?}");
        }
    }

    #[test]
    fn a_log_is_called_by_its_title_its_heading_or_its_file() {
        let name = |text: &str| parse::parse([Source { name: "notes/log.md".into(), text: text.into() }]).name();
        assert_eq!(name("---\ntitle: \"Owls\"\n---\n\n# Emus\n"), "Owls");
        assert_eq!(name("# Emus\n\n## 2031.5.17\n"), "Emus");
        assert_eq!(name("## 2031.5.17\n\n《Gnu》\n\nx\n"), "log.md");
    }
}
