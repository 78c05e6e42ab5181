//! Dates: what a text says about time, and when papers were published.
//!
//! [`read`] takes one text on its own, in whatever form people write dates;
//! [`sequence`] fills in what a file's dates leave out. No reading here depends on the locale.

mod after;
mod clock;
mod cursor;
mod han;
mod heading;
mod like;
mod named;
mod point;
mod published;
mod range;
mod reading;
pub(crate) mod sequence;
mod single;
mod small;
mod words;
mod year;

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::words::Language;

pub use heading::{HeadingDate, read_heading};
pub use like::{Dates, like};
pub use published::Published;
pub use reading::read;

/// What a text says about time, before its neighbours are asked for what it leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The date.
    pub what: When,
    /// Bytes of the text that are the date (day counter, weekday, brackets around it included).
    pub span: Range<usize>,
    /// What stands before and after is no more than decoration: the text is a date and
    /// nothing else.
    pub alone: bool,
}

/// A date as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// `2031-05-17`, `5月17日`.
    Day {
        /// The year, if it is written.
        year: Option<i32>,
        /// From 1.
        month: u32,
        /// From 1.
        day: u32,
    },
    /// `5/6`, `05-06-2031`: which is the month only the file as a whole tells. One of them may
    /// be above 12, which then is the day and tells it.
    Ambiguous {
        /// The year, if it is written.
        year: Option<i32>,
        /// The number that is written first.
        first: u32,
        /// The other.
        second: u32,
    },
    /// `2031-05`, `July`.
    Month {
        /// The year, if it is written.
        year: Option<i32>,
        /// From 1.
        month: u32,
    },
    /// `2031`.
    Year(i32),
    /// First and last day.
    Range {
        /// The first day.
        first: Partial,
        /// The last day.
        last: Partial,
    },
    /// `2031-W18`, `Week 3`; `5月第2周`, a week of a month.
    Week {
        /// The year, if it is written.
        year: Option<i32>,
        /// The month of which it is a week.
        month: Option<u32>,
        /// From 1.
        week: u32,
    },
    /// `Day 12`, `第12天` without any date beside it.
    Counter(u32),
    /// It has the shape of a date that no calendar holds: `2031.2.30`, `11 ?`.
    Impossible,
}

/// A day that may lack its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partial {
    /// The year, if it is known.
    pub year: Option<i32>,
    /// From 1.
    pub month: u32,
    /// From 1.
    pub day: u32,
}

impl Partial {
    /// The day, where its year is known.
    pub fn date(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month, self.day)
    }
}

/// Where a text stands, which decides what may stand beside a date in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A heading: up to three words before a full date, a topic after any.
    Heading,
    /// A line of its own: a short topic after a separator.
    Line,
    /// A table's cell: a date, at most with a remark in brackets.
    Cell,
    /// A list item: as a line.
    Item,
    /// The stem of a file's name or a folder's: words around a full date.
    Name,
    /// A value of the front matter: anything after.
    FrontMatter,
}

/// The first day of a date's month.
pub(crate) fn month_of(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// A day as logs write it: `2031.5.17`.
pub fn format_day(date: NaiveDate) -> String {
    format!("{}.{}.{}", date.year(), date.month(), date.day())
}

/// A month of no known year: `May`, `5月`.
pub(crate) fn month_name(month: u32, language: Language) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = usize::try_from(month).ok().and_then(|month| NAMES.get(month.checked_sub(1)?));
    language.pick(name.copied().unwrap_or_default().to_owned(), format!("{month}月"))
}

/// A month as `2031.5`, or words for what has no date.
pub(crate) fn format_month(month: Option<NaiveDate>, language: Language) -> String {
    month.map_or_else(
        || language.pick("no date", "无日期").to_owned(),
        |month| format!("{}.{}", month.year(), month.month()),
    )
}

#[cfg(test)]
mod tests;
