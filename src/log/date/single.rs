//! Reads a single date, in digits or in words.

use std::ops::RangeInclusive;

use super::cursor::{Cursor, Number};
use super::han::han;
use super::named::words;
use super::point::{Form, Point, as_short_year, as_year, ends_a_date, is_day, is_month};
use super::small::small_led;
use super::words::week;
use super::year::year_led;
use super::{Place, When};

/// Reads the date at the cursor and advances past it.
pub(super) fn point(cursor: &mut Cursor, place: Place) -> Option<Point> {
    let mut here = *cursor;
    let first = here.peek()?;
    let found = if first.is_ascii_digit() {
        figures(&mut here, place)
    } else if first.is_ascii_alphabetic() {
        words(&mut here)
    } else if first.is_alphabetic() || first == '〇' || first == '○' {
        han(&mut here)
    } else {
        None
    }?;
    if !ends_a_date(&here) {
        return None;
    }
    *cursor = here;
    Some(found)
}

fn figures(cursor: &mut Cursor, place: Place) -> Option<Point> {
    let start = *cursor;
    let first = cursor.number()?;
    if cursor.raw().is_some_and(|c| !c.is_ascii() || c == ' ') {
        let mut here = start;
        if let Some(number) = week(&mut here) {
            *cursor = here;
            return Some(Point::new(When::Week { year: None, month: None, week: number }, Form::Count));
        }
    }
    if let Some(year) = as_year(first) {
        return year_led(cursor, year, place);
    }
    match first.digits {
        8 => packed(first.value).map(|(year, month, day)| Point::day(year, month, day)),
        6 => six_digits(first.value, place),
        4 => four_digits(first.value, place),
        1 | 2 => small_led(cursor, first, place),
        _ => None,
    }
}

/// (year, month, day) from `20310517`.
fn packed(value: u32) -> Option<(i32, u32, u32)> {
    let year = as_year(Number { value: value / 10_000, digits: 4 })?;
    let (month, day) = (value / 100 % 100, value % 100);
    is_day(Some(year), month, day).then_some((year, month, day))
}

/// In a heading, six digits that fit both `YYYYMM` and `YYMMDD` are a month only in these years.
const YEARS: RangeInclusive<i32> = 1950..=2060;

/// `310517`, or `203105` in a file name or heading. Digits that fit both are a day in a name and, in the years of
/// [`YEARS`], a month in a heading.
fn six_digits(value: u32, place: Place) -> Option<Point> {
    let day = short_day(value);
    if let Some(when) = day.filter(|_| matches!(place, Place::Name)) {
        return Some(Point::new(when, Form::Pair));
    }
    let (year, month) = (as_year(Number { value: value / 100, digits: 4 }), value % 100);
    if let Some(year) = year.filter(|year| is_month(month) && (YEARS.contains(year) || day.is_none()))
        && matches!(place, Place::Name | Place::Heading)
    {
        return Some(Point::new(When::Month { year: Some(year), month }, Form::Dotted));
    }
    day.filter(|_| place != Place::FrontMatter).map(|when| Point::new(when, Form::Dotted))
}

/// The day in six digits with a short year: `310517`.
pub(in crate::log) fn short_day(value: u32) -> Option<When> {
    let year = as_short_year(Number { value: value / 10_000, digits: 2 })?;
    let (month, day) = (value / 100 % 100, value % 100);
    is_day(Some(year), month, day).then_some(When::Day { year: Some(year), month, day })
}

/// `0517`.
fn four_digits(value: u32, place: Place) -> Option<Point> {
    let (month, day) = (value / 100, value % 100);
    let is_date = matches!(place, Place::Name | Place::Heading | Place::Line) && is_day(None, month, day);
    is_date.then(|| Point::new(When::Day { year: None, month, day }, Form::Dotted))
}
