//! How a log is written: where its dates stand, and what its titles look like.
//!
//! Nobody is asked. Every form is held against the whole file (a large one: against samples), and
//! what fits best is taken; the choice, its score and the runner-up stay in the model. Each form
//! of dates and of titles is a module with a row in a table ([`titles::FORMS`]).

pub(crate) mod choice;
pub mod dates;
mod evidence;
pub(crate) mod front;
pub(crate) mod hashtags;
pub(crate) mod inline;
pub(crate) mod likeness;
pub(crate) mod names;
pub(crate) mod sets;
pub(crate) mod title;
pub mod titles;
pub(crate) mod words;

use std::ops::Range;

use super::dialect::Dialect;
use super::outline::Outline;

/// What the forms are held against: one file, its dates found.
pub struct Material<'a> {
    /// The file's text without byte order mark and front matter.
    pub text: &'a str,
    /// Its skeleton.
    pub outline: &'a Outline,
    /// What its owner has said.
    pub dialect: &'a Dialect,
    /// What the file is called.
    pub name: &'a str,
    /// What its front matter says.
    pub front: &'a front::FrontMatter,
    /// Where lines begin that are dates, ascending, and where a title begins behind one, in bytes.
    pub dates: &'a [(usize, Option<usize>)],
    /// The pending lists, in bytes, ascending and apart.
    pub pending: &'a [Range<usize>],
}

impl Material<'_> {
    /// The start of the line that holds a byte.
    pub(crate) fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// Whether the line that holds a byte is a date, and nothing else.
    pub(crate) fn is_date(&self, at: usize) -> bool {
        self.date(at).is_some_and(|(_, tail)| tail.is_none())
    }

    /// Where a title begins behind the date on the line that holds a byte.
    pub fn tail(&self, at: usize) -> Option<usize> {
        self.date(at)?.1
    }

    fn date(&self, at: usize) -> Option<(usize, Option<usize>)> {
        if self.dates.is_empty() {
            return None;
        }
        let found = self.dates.binary_search_by_key(&self.line_start(at), |(start, _)| *start);
        found.ok().map(|index| self.dates[index])
    }

    /// Whether a byte lies in a pending list.
    pub(crate) fn is_pending_list(&self, at: usize) -> bool {
        let next = self.pending.partition_point(|list| list.start <= at);
        next.checked_sub(1).is_some_and(|list| at < self.pending[list].end)
    }
}
