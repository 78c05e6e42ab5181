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
mod entry;
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
mod section;
mod shared;
mod spellings;
pub mod stats;
mod task;
pub(crate) mod template;
pub mod topics;
pub(crate) mod wiki;

use std::borrow::Cow;
use std::ops::Range;

use entry::Place;
pub use entry::{Beside, Entry, EntryKind, Key, Reference};
pub use figures::{Figure, FigurePlace};
pub use file::{File, Role, Source};
pub(crate) use file::{FileReading, Shape, TitleFrom};
pub(crate) use index::Counts;
use normal::spaced;
pub(crate) use normal::{has_two_spaces, normalise};

pub use section::{Section, SectionKind, SectionName};
pub(crate) use shared::{SharedStr, SharedText};
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

impl Log {
    /// The source text of an entry's body.
    pub fn body(&self, entry: &Entry) -> &str {
        &self.files[entry.file()].text[entry.body()]
    }

    /// The text of a section that belongs to no entry; its pieces are separated by blank lines.
    pub fn note(&self, section: &Section) -> Cow<'_, str> {
        let text = &self.files[section.file()].text;
        let mut pieces = section.notes.iter().map(|&note| text[note].trim()).filter(|note| !note.is_empty());
        let Some(first) = pieces.next() else { return Cow::Borrowed("") };
        match pieces.next() {
            None => Cow::Borrowed(first),
            Some(second) => [first, second].into_iter().chain(pieces).collect::<Vec<_>>().join("\n\n").into(),
        }
    }

    /// The lines of a section that belong to no entry.
    pub(crate) fn note_lines<'a>(&'a self, section: &'a Section) -> impl Iterator<Item = &'a str> {
        let text = self.files[section.file()].text.as_str();
        section.notes.iter().flat_map(|&note| text[note].lines())
    }

    /// The index of the task whose mark is at this byte of a file.
    pub(crate) fn task_at(&self, file: usize, mark: usize) -> Option<usize> {
        let at = self.tasks.partition_point(|task| (task.file, task.mark) < (file, mark));
        (self.tasks.get(at).map(|task| (task.file, task.mark)) == Some((file, mark))).then_some(at)
    }

    /// The tasks of an entry, as indices in file order.
    pub fn tasks_of(&self, entry: usize) -> impl Iterator<Item = usize> + '_ {
        let (file, span) = (self.entries[entry].file(), self.entries[entry].span());
        let first = self.tasks.partition_point(|task| (task.file, task.mark) < (file, span.start));
        let inside = self.tasks[first..].iter().take_while(move |task| task.file == file && task.mark < span.end);
        (first..).zip(inside).filter(move |(_, task)| task.entry == Some(entry)).map(|(index, _)| index)
    }

    /// The direct children of a task, as indices.
    pub(crate) fn children(&self, task: usize) -> impl Iterator<Item = usize> + '_ {
        // Descendants follow a task directly, and their parents do not come before it.
        let below = (task + 1..self.tasks.len()).take_while(move |&index| self.tasks[index].parent >= Some(task));
        below.filter(move |&index| self.tasks[index].parent == Some(task))
    }

    /// The entry whose title is this task, as an index into [`Log::entries`].
    pub fn paper(&self, task: usize) -> Option<usize> {
        self.tasks[task].entry.filter(|&entry| self.entries[entry].task() == Some(task))
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
