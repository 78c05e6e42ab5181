//! Helpers shared by all forms of dates.

use super::When;
use super::cursor::{Cursor, Number};

/// How complete and unambiguous a date is; decides what may stand next to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Year, month and day.
    Full,
    /// `May 2031`, `2031年5月`.
    NamedMonth,
    /// `2031.5`, which may also be a quantity.
    Month,
    /// `May 17`, `5月17日`, `5月`.
    Named,
    /// `5/17`, `17-05-31`.
    Pair,
    /// `5.17`, which may also be a section number; `0517`, which may be any number.
    Dotted,
    /// `Week 3`, `Day 12`.
    Count,
    /// `W18`, `D12`, `2031`: a date only if it stands alone.
    Bare,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    pub when: When,
    pub form: Form,
}

impl Point {
    pub const fn new(when: When, form: Form) -> Self {
        Self { when, form }
    }

    pub fn day(year: i32, month: u32, day: u32) -> Self {
        let when =
            if is_day(Some(year), month, day) { When::Day { year: Some(year), month, day } } else { When::Impossible };
        Self::new(when, Form::Full)
    }

    pub fn yearless(month: u32, day: u32, form: Form) -> Self {
        let when = if is_day(None, month, day) { When::Day { year: None, month, day } } else { When::Impossible };
        Self::new(when, form)
    }
}

pub(super) fn is_day(year: Option<i32>, month: u32, day: u32) -> bool {
    // An unknown year counts as a leap year.
    chrono::NaiveDate::from_ymd_opt(year.unwrap_or(2000), month, day).is_some()
}

pub(super) fn is_month(month: u32) -> bool {
    (1..=12).contains(&month)
}

pub(in crate::log) fn days_in(year: Option<i32>, month: u32) -> u32 {
    (28..=31).rev().find(|&day| is_day(year, month, day)).unwrap_or(28)
}

/// A four-digit year; the limits exclude numbers as in `1024x768`.
pub(super) fn as_year(number: Number) -> Option<i32> {
    let is_year = number.digits == 4 && (1900..2200).contains(&number.value);
    if is_year { i32::try_from(number.value).ok() } else { None }
}

/// A two-digit year that is plausible for a log of papers.
pub(super) fn as_short_year(number: Number) -> Option<i32> {
    let is_year = number.digits == 2 && (5..=45).contains(&number.value);
    if is_year { i32::try_from(2000 + number.value).ok() } else { None }
}

/// Whether a date may end at the cursor: not if a number or word goes on, as in `2023.12.291`, `12.5.2031x`.
pub(super) fn ends_a_date(cursor: &Cursor) -> bool {
    let last = cursor.before().chars().next_back().unwrap_or(' ');
    if !last.is_alphanumeric() && last != '?' {
        return true;
    }
    match cursor.peek() {
        Some(c) if c.is_ascii_alphanumeric() => !last.is_ascii() && !last.is_numeric(),
        // `2031-05/2031-06` is a range.
        Some('/') if is_year_next(*cursor) => true,
        Some('.' | '/' | ',' | ':') => !cursor.second().is_some_and(|c| c.is_ascii_digit()),
        Some('%' | '+' | '^' | '\\' | '$') => false,
        _ => true,
    }
}

/// Whether a year follows the next char.
fn is_year_next(mut cursor: Cursor) -> bool {
    cursor.bump();
    cursor.number().and_then(as_year).is_some()
}

/// Skips white space, commas and signs between the parts of a date. Returns whether there were any.
pub(super) fn gap(cursor: &mut Cursor) -> bool {
    let start = cursor.at;
    for _ in 0..4 {
        cursor.eat(|c| matches!(c, ' ' | ',' | '-' | '/' | '_' | '.'));
    }
    cursor.at > start
}

/// `17`, `17th`, `31st`.
pub(super) fn ordinal(cursor: &mut Cursor) -> Option<u32> {
    let day = cursor.small()?;
    cursor.eat_word(&["st", "nd", "rd", "th"]);
    Some(day)
}

/// Skips `??` or `xx` in place of a number. Returns whether there was one.
pub(super) fn unknown(cursor: &mut Cursor) -> bool {
    let mut here = *cursor;
    let Some(first) = here.eat(|c| matches!(c, '?' | 'x' | 'X')) else { return false };
    here.eat(|c| c == first);
    if here.peek().is_some_and(|c| c.is_ascii_alphanumeric()) {
        return false;
    }
    *cursor = here;
    true
}
