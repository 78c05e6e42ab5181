//! Dates: of headings (which day a section is) and of papers (when they were published).
//!
//! No reading here depends on the locale.

mod heading;
mod published;

use chrono::{Datelike, NaiveDate};

use crate::words::Language;

pub use heading::{HeadingDate, read_heading};
pub use published::Published;

/// The first day of a date's month.
pub fn month_of(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// A day as logs write it: `2031.5.17`.
pub fn format_day(date: NaiveDate) -> String {
    format!("{}.{}.{}", date.year(), date.month(), date.day())
}

/// A month as `2031.05`, or words for what has no date.
pub fn format_month(month: Option<NaiveDate>, language: Language) -> String {
    month.map_or_else(
        || language.pick("no date", "无日期").to_owned(),
        |month| format!("{}.{:02}", month.year(), month.month()),
    )
}
