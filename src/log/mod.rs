//! A reading log as data; everything else builds on this module.
//!
//! [`parse`](parse::parse) turns Markdown text into a [`Log`]. It never fails, and never touches files, the clock or
//! the screen. Every element of the model has a byte span in the text, so that a change to the log is a splice of bytes
//! ([`edit`]) rather than a new text.
//!
//! Offsets and spans are **bytes** into [`File::text`]; lines count from 1.

pub(crate) mod address;
pub mod aliases;
pub(crate) mod already_read;
mod blocks;
pub mod check;
pub mod corrections;
pub mod date;
pub(crate) mod deadline;
pub mod dialect;
pub mod edit;
pub(crate) mod embeds;
pub mod explain;
mod figures;
mod file;
pub mod forms;
mod images;
mod index;
pub(crate) mod item_dates;
mod join;
mod line_index;
pub(crate) mod link_name;
pub mod links;
pub mod markup;
mod name;
mod normal;
mod notes;
mod outline;
mod parallel;
pub mod parse;
pub(crate) mod pending;
mod shared;
mod spellings;
pub mod stats;
mod task;
pub(crate) mod template;
pub mod topics;
pub(crate) mod wiki;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::words::Language;
use date::{format_day, format_month, month_name};

pub use file::{File, Role, Source};
pub(crate) use file::{FileReading, Shape, TitleFrom};
pub(crate) use index::Counts;
use normal::spaced;
pub(crate) use normal::{has_two_spaces, normalise};
pub(crate) use shared::SharedText;
pub use task::{Sign, State, Task};

/// One or several files, read as one log.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Log {
    /// The files, in the order given.
    pub files: Vec<File>,
    /// Sections of the files: they cover every byte and do not overlap.
    pub sections: Vec<Section>,
    /// Papers, notes and drafts, in file order.
    pub entries: Vec<Entry>,
    /// Everything that can be ticked, in file order.
    pub tasks: Vec<Task>,
    /// The files of each folder that was opened as a whole, as indices into [`Log::files`].
    pub folders: Vec<Range<usize>>,
    /// Lookup tables, rebuilt when a file is read again.
    index: index::Index,
}

/// The kind of a section, and the days it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// A single day.
    Day(NaiveDate),
    /// A month, given by its first day; holds the text above the month's first day heading.
    Month(NaiveDate),
    /// A range of days, both ends included.
    Range(NaiveDate, NaiveDate),
    /// The pending list.
    Pending,
    /// A day or month whose year is unknown.
    Yearless {
        /// Counted from 1.
        month: u32,
        /// Counted from 1; `None` for a whole month.
        day: Option<u32>,
    },
    /// Text without a date.
    Undated,
}

impl SectionKind {
    /// The first day that the section covers.
    pub fn date(self) -> Option<NaiveDate> {
        match self {
            Self::Day(date) | Self::Month(date) | Self::Range(date, _) => Some(date),
            Self::Pending | Self::Undated | Self::Yearless { .. } => None,
        }
    }

    /// Whether the section is a day, month or range, even without a year.
    pub fn is_dated(self) -> bool {
        !matches!(self, Self::Pending | Self::Undated)
    }

    /// The year, if the section covers a whole year: `#### 2031`.
    pub(crate) fn whole_year(self) -> Option<i32> {
        let Self::Range(first, last) = self else { return None };
        let is_year = first.ordinal() == 1 && last.succ_opt().is_none_or(|next| next.ordinal() == 1);
        (is_year && first.year() == last.year()).then(|| first.year())
    }

    /// The date in the usual form of logs, as far as it is known: `2031.5.17`, `2031.5`, `5.17`, `May`, `2031`.
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

    /// The date in ISO form, as far as it is known: `2031-05-17`, `2031-05`, `--05-17`, `--05`. For a range, its first
    /// day.
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

/// A heading and the text below it, up to the next heading that structures the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Index into [`Log::files`].
    pub file: usize,
    /// Day, month, pending list, or another kind.
    pub kind: SectionKind,
    /// The heading's text without `#`; empty for text before the first heading.
    pub heading: String,
    /// The heading's line, counted from 1.
    pub line: usize,
    /// Bytes from the heading to the next section.
    pub span: Range<usize>,
    /// Byte at which the text below the heading starts.
    pub body: usize,
    /// Spans of the text that belongs to no entry, in order.
    pub notes: Vec<Range<usize>>,
    /// Pictures in the text that belongs to no entry.
    pub figures: Vec<Figure>,
    /// Indices into [`Log::entries`].
    pub entries: Range<usize>,
}

/// Identifies a section even if lines move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionName {
    /// The first day that the section covers.
    pub date: Option<NaiveDate>,
    /// The heading's text without `#`.
    pub heading: String,
}

impl Section {
    /// The name that survives line changes.
    pub(crate) fn name(&self) -> SectionName {
        SectionName { date: self.kind.date(), heading: self.heading.clone() }
    }
}

/// The kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A paper with a written summary.
    Paper,
    /// The reader's own text, not about a single paper.
    Note,
    /// A draft: a title whose summary is not written yet.
    Draft,
}

/// Identifies an entry: its normalised title, with a number if other entries have the same title.
///
/// Dates are not part of the key, since authors correct days later.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key(pub Arc<str>);

/// A title and the text below it. Fields that do not grow are boxed to save memory: a large log has many entries.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Index into [`Log::files`].
    pub file: usize,
    /// Index into [`Log::sections`].
    pub section: usize,
    /// Identifies the entry across reloads and edits.
    pub key: Key,
    /// Paper, note or draft.
    pub kind: EntryKind,
    /// How its title is written.
    pub form: forms::titles::TitleForm,
    /// The title without marks.
    pub title: String,
    /// The part of the title before the colon, if there is one.
    pub short_name: Option<Box<str>>,
    /// The day of its section; the first one of a range.
    pub date: Option<NaiveDate>,
    /// The title's line, counted from 1.
    pub line: usize,
    /// Bytes from the title to the end of the body.
    pub span: Range<usize>,
    /// Bytes of the body.
    pub body: Range<usize>,
    /// When the paper was published, from the first line of the body.
    pub published: Option<date::Published>,
    /// The organisations of its authors, from the first line of the body.
    pub organisations: Box<[&'static str]>,
    /// Pictures in the body.
    pub figures: Box<[Figure]>,
    /// Cross-references such as `[5036]`.
    pub references: Box<[Reference]>,
    /// Indices into [`Log::tasks`].
    pub tasks: Vec<usize>,
    /// The targets of the links beside the title.
    pub links: Box<[String]>,
    /// Tags: words in code before the title, hashtags, front matter.
    pub tags: Box<[String]>,
    /// The venue, from brackets after the title or from front matter.
    pub venue: Option<Box<str>>,
    /// Whether the paper has been read: `false` if its own checkbox is open.
    pub read: bool,
    /// The entry's own task, if its title is a list item with a checkbox, as an index into [`Log::tasks`].
    pub task: Option<usize>,
}

impl Entry {
    /// The short name, or else the title.
    pub fn name(&self) -> &str {
        self.short_name.as_deref().unwrap_or(&self.title)
    }

    /// The normalised title: the key without its number.
    pub(crate) fn normalised_title(&self) -> Cow<'_, str> {
        let key = &*self.key.0;
        let before = key.trim_end_matches(|c: char| c.is_ascii_digit());
        // The key does not tell whether the title itself ends in ` #2`.
        let may_be_twin = before.len() < key.len() && before.ends_with(" #");
        if may_be_twin { Cow::Owned(normalise(&self.title)) } else { Cow::Borrowed(key) }
    }
}

/// A picture in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The path or URL as written.
    pub path: String,
    /// The line above, if it is a caption.
    pub caption: Option<Box<str>>,
    /// Width in pixels, if given in the tag.
    pub width: Option<u32>,
    /// Height in pixels, if given in the tag.
    pub height: Option<u32>,
    /// Line, counted from 1.
    pub line: usize,
    /// Bytes of the tag or Markdown image.
    pub span: Range<usize>,
    /// Whether the tag is not valid HTML.
    pub malformed: bool,
}

/// A numbered cross-reference such as `[5036]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The number, as text.
    pub id: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Bytes, with the brackets.
    pub span: Range<usize>,
}

impl Log {
    /// The source text of an entry's body.
    pub fn body(&self, entry: &Entry) -> &str {
        &self.files[entry.file].text[entry.body.clone()]
    }

    /// The text of a section that belongs to no entry; its pieces are separated by blank lines.
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

    /// The index of the task whose mark is at this byte of a file.
    pub(crate) fn task_at(&self, file: usize, mark: usize) -> Option<usize> {
        let at = self.tasks.partition_point(|task| (task.file, task.mark) < (file, mark));
        (self.tasks.get(at).map(|task| (task.file, task.mark)) == Some((file, mark))).then_some(at)
    }

    /// The direct children of a task, as indices.
    pub(crate) fn children(&self, task: usize) -> impl Iterator<Item = usize> + '_ {
        // Descendants follow a task directly, and their parents do not come before it.
        let below = (task + 1..self.tasks.len()).take_while(move |&index| self.tasks[index].parent >= Some(task));
        below.filter(move |&index| self.tasks[index].parent == Some(task))
    }

    /// The entry whose title is this task, as an index into [`Log::entries`].
    pub fn paper(&self, task: usize) -> Option<usize> {
        self.tasks[task].entry.filter(|&entry| self.entries[entry].task == Some(task))
    }

    /// The entries that have been read.
    pub fn read(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.read)
    }

    /// (closed tasks, all tasks) of the pending list.
    pub fn progress(&self) -> (usize, usize) {
        let pending = self.tasks.iter().filter(|task| task.pending);
        pending.fold((0, 0), |(done, all), task| (done + usize::from(task.is_closed()), all + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_numbered_duplicate_has_the_same_title() {
        let text = "## 2031.5.17\n《Emu》\n1\n《ＥＭＵ》\n2\n《Room #2》\n3\n《》\n4\n《》\n5\n《C#2》\n6\n";
        let log = parse::parse([Source { name: String::new(), text: text.into() }]);
        for entry in &log.entries {
            assert_eq!(entry.normalised_title(), normalise(&entry.title), "{entry:?}");
        }
    }

    #[test]
    fn a_log_is_named_by_title_heading_or_file() {
        let name = |text: &str| parse::parse([Source { name: "notes/log.md".into(), text: text.into() }]).name();
        assert_eq!(name("---\ntitle: \"Owls\"\n---\n\n# Emus\n"), "Owls");
        assert_eq!(name("# Emus\n\n## 2031.5.17\n"), "Emus");
        assert_eq!(name("## 2031.5.17\n\n《Gnu》\n\nx\n"), "log.md");
    }
}
