//! How a log is written: the forms of its dates and titles.
//!
//! The user is not asked. Every form is tried on the whole file (on samples of a large one) and the best ones are used;
//! the choice, its score and the runner-up are kept, to explain how the file was read. Forms of titles are listed in
//! [`titles::FORMS`].

pub(crate) mod choice;
mod chosen;
mod compare;
pub mod dates;
mod evidence;
pub(crate) mod front;
pub(crate) mod hashtags;
pub(crate) mod inline;
pub(crate) mod likeness;
pub(crate) mod names;
mod overview;
mod prior;
pub(crate) mod sets;
mod small;
mod strays;
pub(crate) mod title;
pub mod titles;
pub(crate) mod words;
mod work;

pub(crate) use evidence::{ADDRESS_BELOW, has_address_below};

use std::ops::Range;

use super::dialect::Dialect;
use super::outline::Outline;

/// The input for forms of titles: a file whose dates are known.
pub struct TitleInput<'a> {
    /// The file's text without byte order mark and front matter.
    pub text: &'a str,
    /// The structure of `text`.
    pub outline: &'a Outline,
    /// The user's words and corrections for the file.
    pub dialect: &'a Dialect,
    /// The file's name.
    pub name: &'a str,
    /// The file's front matter.
    pub front: &'a front::FrontMatter,
    /// (start of a dated line, start of the title after the date), in bytes; ascending.
    pub dates: &'a [(usize, Option<usize>)],
    /// The spans of pending lists, ascending, without overlaps.
    pub pending: &'a [Range<usize>],
}

impl TitleInput<'_> {
    /// The start of the line with byte `at`.
    pub(crate) fn line_start(&self, at: usize) -> usize {
        memchr::memrchr(b'\n', &self.text.as_bytes()[..at]).map_or(0, |newline| newline + 1)
    }

    /// The end of the line with byte `at`, with its newline.
    pub(crate) fn line_end(&self, at: usize) -> usize {
        memchr::memchr(b'\n', &self.text.as_bytes()[at..]).map_or(self.text.len(), |newline| at + newline + 1)
    }

    /// Whether the line with byte `at` is only a date.
    pub(crate) fn is_date(&self, at: usize) -> bool {
        self.date(at).is_some_and(|(_, title)| title.is_none())
    }

    /// The start of the title after a date on the line with byte `at`.
    pub(crate) fn title_start(&self, at: usize) -> Option<usize> {
        self.date(at)?.1
    }

    fn date(&self, at: usize) -> Option<(usize, Option<usize>)> {
        if self.dates.is_empty() {
            return None;
        }
        let found = self.dates.binary_search_by_key(&self.line_start(at), |(start, _)| *start);
        found.ok().map(|index| self.dates[index])
    }

    /// Whether byte `at` is in a pending list.
    pub(crate) fn is_pending_list(&self, at: usize) -> bool {
        let next = self.pending.partition_point(|list| list.start <= at);
        next.checked_sub(1).is_some_and(|list| at < self.pending[list].end)
    }
}
