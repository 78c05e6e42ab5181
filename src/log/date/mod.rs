//! Dates: reading them, writing them in the style of another, and dates of publication.
//!
//! [`read`] reads a single text in any common form; [`sequence`] completes dates from the other dates of a file.
//! Nothing here depends on the locale.

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
mod season;
pub(crate) mod sequence;
mod single;
mod small;
mod words;
mod year;

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::words::Language;

pub use heading::{HeadingDate, read_heading};
pub(crate) use like::{DateReplacement, like};
pub(in crate::log) use point::days_in;
pub(crate) use published::Published;
pub(crate) use reading::may_start;
pub(crate) use reading::read;
pub(in crate::log) use single::short_day;

/// The date in a text, before its neighbours supply missing parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ParsedDate {
    /// The date.
    pub what: When,
    /// Bytes of the date, with its day counter, weekday and brackets.
    pub span: Range<usize>,
    /// Whether there is nothing else in the text but decoration.
    pub alone: bool,
}

/// A date as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// `2031-05-17`, `5月17日`.
    Day {
        /// The year, if it is written.
        year: Option<i32>,
        /// From 1.
        month: u32,
        /// From 1.
        day: u32,
    },
    /// `5/6`, `05-06-2031`: only the whole file shows which number is the month, unless one of them is above 12.
    Ambiguous {
        /// The year, if it is written.
        year: Option<i32>,
        /// The first number.
        first: u32,
        /// The second number.
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
    /// A range of days, both ends included.
    Range {
        /// The first day.
        first: Partial,
        /// The last day.
        last: Partial,
    },
    /// `2031-W18`, `Week 3`; or `5月第2周`, a week within a month.
    Week {
        /// The year, if it is written.
        year: Option<i32>,
        /// The month, for a week within a month.
        month: Option<u32>,
        /// From 1.
        week: u32,
    },
    /// `Day 12`, `第12天` without a date.
    Counter(u32),
    /// Looks like a date but is not in the calendar: `2031.2.30`, `11 ?`.
    Impossible,
}

impl When {
    /// Takes a missing year from the week that the date belongs to: `2031年第20周（5.12-5.18）`.
    fn in_year_of(self, week: Self) -> Self {
        let Self::Week { year: Some(of_week), .. } = week else { return self };
        let with_year = |part: Partial| Partial { year: part.year.or(Some(of_week)), ..part };
        match self {
            Self::Day { year: None, month, day } => Self::Day { year: Some(of_week), month, day },
            Self::Range { first, last } if first.month <= last.month => {
                Self::Range { first: with_year(first), last: with_year(last) }
            }
            other => other,
        }
    }
}

/// A day whose year may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Partial {
    /// The year, if it is known.
    pub year: Option<i32>,
    /// From 1.
    pub month: u32,
    /// From 1.
    pub day: u32,
}

impl Partial {
    /// The date, if the year is known.
    pub fn date(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month, self.day)
    }
}

/// Where a text stands in a file; decides what else may be in it besides a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A heading: up to three words before a full date, and a topic after any date.
    Heading,
    /// A separate line: a short topic after a separator.
    Line,
    /// A table cell: only a remark in brackets.
    Cell,
    /// A list item: same as a line.
    Item,
    /// The name of a file without extension, or of a folder: words around a full date.
    Name,
    /// A value in front matter: anything after the date.
    FrontMatter,
}

/// The first day of a date's month.
pub(crate) fn month_of(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// A day in the usual form of logs: `2031.5.17`.
pub fn format_day(date: NaiveDate) -> String {
    format!("{}.{}.{}", date.year(), date.month(), date.day())
}

/// A month without its year: `May`, `5月`.
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

/// A month as `2031.5`, or “no date”.
pub(crate) fn format_month(month: Option<NaiveDate>, language: Language) -> String {
    month.map_or_else(
        || language.pick("no date", "无日期").to_owned(),
        |month| format!("{}.{}", month.year(), month.month()),
    )
}

#[cfg(test)]
mod tests;
