//! Entries: papers, notes and drafts, with their pictures and references.
//!
//! A large log has many of them, so offsets and indices take four bytes, and lists that are mostly empty take eight.

use std::borrow::Cow;
use std::num::NonZero;
use std::ops::Range;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thin_vec::ThinVec;

use super::date::Published;
use super::forms::titles::TitleForm;
use super::{FigurePlace, SharedStr, dialect, normalise};
use crate::text::{Span, offset};

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
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key(pub SharedStr);

/// A title and the text below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub(super) place: Place,
    /// Identifies the entry across reloads and edits. Empty until the whole log is read.
    pub key: Key,
    /// Paper, note or draft.
    pub kind: EntryKind,
    /// How its title is written.
    pub form: TitleForm,
    /// The title without marks.
    pub title: Box<str>,
    /// The day of its section; the first one of a range.
    pub date: Option<NaiveDate>,
    /// When the paper was published, from the first line of the body.
    pub published: Option<Published>,
    /// The organisations of its authors, from the first line of the body.
    pub organisations: ThinVec<&'static str>,
    /// The tags of the pictures in the body, in bytes of the file; see [`Log::figures_of`](super::Log::figures_of).
    pub figures: ThinVec<FigurePlace>,
    /// Cross-references such as `[5036]`.
    pub references: ThinVec<Reference>,
    /// What is written beside the title, if anything is.
    pub beside: Option<Box<Beside>>,
    /// Whether the paper has been read: `false` if its own checkbox is open.
    pub read: bool,
}

/// Where an entry is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    file: u32,
    section: u32,
    line: u32,
    span: Span,
    body: u32,
    /// The index, plus 1.
    task: Option<NonZero<u32>>,
}

impl Place {
    /// The place in a file and a section, as indices into [`Log::files`](super::Log::files) and
    /// [`Log::sections`](super::Log::sections), with the title's line, counted from 1.
    pub fn new(file: usize, section: usize, line: usize) -> Self {
        let (file, section, line) = (offset(file), offset(section), offset(line));
        Self { file, section, line, span: Span::default(), body: 0, task: None }
    }

    /// With the bytes from the title to the end of the body, and the byte at which the body starts.
    pub fn covering(self, span: Range<usize>, body: usize) -> Self {
        Self { span: span.into(), body: offset(body), ..self }
    }

    /// With the entry's own task.
    pub fn with_task(self, task: Option<usize>) -> Self {
        Self { task: task.and_then(|task| NonZero::new(offset(task + 1))), ..self }
    }
}

/// What is written beside a title.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Beside {
    /// The targets of the links.
    pub links: Box<[String]>,
    /// Tags: words in code before the title, hashtags, front matter.
    pub tags: Box<[String]>,
    /// The venue, from brackets after the title or from front matter.
    pub venue: Option<Box<str>>,
}

impl Entry {
    /// An entry of which only this is known so far.
    pub(super) fn new(place: Place, title: Box<str>, kind: EntryKind, form: TitleForm) -> Self {
        Self {
            place,
            key: Key::default(),
            kind,
            form,
            title,
            date: None,
            published: None,
            organisations: ThinVec::new(),
            figures: ThinVec::new(),
            references: ThinVec::new(),
            beside: None,
            read: true,
        }
    }

    /// Index into [`Log::files`](super::Log::files).
    pub fn file(&self) -> usize {
        self.place.file as usize
    }

    /// Index into [`Log::sections`](super::Log::sections).
    pub fn section(&self) -> usize {
        self.place.section as usize
    }

    /// The title's line, counted from 1.
    pub fn line(&self) -> usize {
        self.place.line as usize
    }

    /// Bytes from the title to the end of the body.
    pub fn span(&self) -> Range<usize> {
        self.place.span.range()
    }

    /// Bytes of the body.
    pub fn body(&self) -> Range<usize> {
        self.place.body as usize..self.place.span.end()
    }

    /// The entry's own task, if its title is a list item with a checkbox, as an index into
    /// [`Log::tasks`](super::Log::tasks).
    pub fn task(&self) -> Option<usize> {
        self.place.task.map(|task| task.get() as usize - 1)
    }

    /// Puts the entry elsewhere.
    pub(super) fn set_place(&mut self, file: usize, section: usize, task: Option<usize>) {
        let line = self.line();
        self.place = Place::new(file, section, line).covering(self.span(), self.body().start).with_task(task);
    }

    /// The part of the title before the colon, if there is one.
    pub fn short_name(&self) -> Option<&str> {
        if self.kind == EntryKind::Note { None } else { dialect::short_name(&self.title) }
    }

    /// The short name, or else the title.
    pub fn name(&self) -> &str {
        self.short_name().unwrap_or(&self.title)
    }

    /// The targets of the links beside the title.
    pub fn links(&self) -> &[String] {
        self.beside.as_ref().map_or(&[], |beside| &beside.links)
    }

    /// Tags: words in code before the title, hashtags, front matter.
    pub fn tags(&self) -> &[String] {
        self.beside.as_ref().map_or(&[], |beside| &beside.tags)
    }

    /// The venue, from brackets after the title or from front matter.
    pub fn venue(&self) -> Option<&str> {
        self.beside.as_ref().and_then(|beside| beside.venue.as_deref())
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

/// A numbered cross-reference such as `[5036]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The number, as text.
    pub id: Box<str>,
    /// Line, counted from 1.
    line: u32,
    /// Bytes, with the brackets.
    span: Span,
}

impl Reference {
    pub(super) fn new(id: &str, line: usize, span: Range<usize>) -> Self {
        Self { id: id.into(), line: offset(line), span: span.into() }
    }

    /// Line, counted from 1.
    pub fn line(&self) -> usize {
        self.line as usize
    }

    /// Bytes, with the brackets.
    pub fn span(&self) -> Range<usize> {
        self.span.range()
    }
}
