//! Dates in digits that start with the year.

use super::clock::time;
use super::cursor::Cursor;
use super::han::{after_month, after_year};
use super::named::week_of;
use super::point::{Form, Point, ends_a_date, gap, is_day, is_month, ordinal, unknown};
use super::season::part_of;
use super::words::{month_name, short_week, week};
use super::{Place, When};

/// Skips a separator and the spaces around it; spaces alone count as one. Returns (separator, whether a space came
/// first).
fn separator(cursor: &mut Cursor) -> Option<(char, bool)> {
    let mut here = *cursor;
    let is_apart = here.spaces();
    let sign = here.eat(|c| matches!(c, '-' | '.' | '/' | '_'));
    if sign.is_none() && !is_apart {
        return None;
    }
    if sign.is_some() {
        here.spaces();
    }
    *cursor = here;
    Some((sign.unwrap_or(' '), is_apart))
}

/// Reads the rest of a date after a four-digit year.
pub(super) fn year_led(cursor: &mut Cursor, year: i32, place: Place) -> Option<Point> {
    let mut here = *cursor;
    here.spaces();
    if here.eat(|c| matches!(c, '年' | '년')).is_some() {
        *cursor = here;
        return Some(after_year(cursor, year));
    }
    let bare = Some(Point::new(When::Year(year), Form::Bare));
    here = *cursor;
    if let Some(number) = short_week(&mut here) {
        *cursor = here;
        return Some(Point::new(When::Week { year: Some(year), month: None, week: number }, Form::NamedMonth));
    }
    if let Some(part) = part_of(&mut here, year) {
        *cursor = here;
        return Some(part);
    }
    let Some((sign, is_apart)) = separator(&mut here) else { return bare };
    if let Some(part) = part_of(&mut here, year) {
        *cursor = here;
        return Some(part);
    }
    let found = behind_separator(&mut here, year, (sign, is_apart), place);
    if found.is_some() {
        *cursor = here;
    }
    found.or(bare)
}

/// What follows `2031-`; `None` if it is not part of a date.
fn behind_separator(cursor: &mut Cursor, year: i32, separator: (char, bool), place: Place) -> Option<Point> {
    let (sign, _) = separator;
    let mut here = *cursor;
    let mut probe = here;
    if let Some(number) = short_week(&mut probe).or_else(|| week(&mut probe)) {
        *cursor = probe;
        return Some(Point::new(When::Week { year: Some(year), month: None, week: number }, Form::NamedMonth));
    }
    if let Some(month) = month_name(&mut here) {
        *cursor = here;
        return Some(year_and_name(cursor, year, month));
    }
    if unknown(&mut here) {
        if here.eat(|c| c == sign).is_some() {
            unknown(&mut here);
        }
        *cursor = here;
        return Some(Point::new(When::Year(year), Form::Bare));
    }
    let month = here.number()?;
    if month.digits == 4 && sign != ' ' && matches!(place, Place::Name | Place::Heading) {
        let (month, day) = (month.value / 100, month.value % 100);
        if is_day(Some(year), month, day) {
            *cursor = here;
            return Some(Point::day(year, month, day));
        }
    }
    if month.digits > 2 {
        return None;
    }
    if let Some(point) = day_after(&mut here, (year, month.value), separator, place) {
        *cursor = here;
        return Some(point);
    }
    if sign == ' ' || !is_month(month.value) {
        return None;
    }
    *cursor = here;
    if cursor.eat(|c| c == '月').is_some() {
        return Some(after_month(cursor, Some(year), month.value));
    }
    let month = month.value;
    let point = week_of(cursor, Some(year), month);
    point.or(Some(Point::new(When::Month { year: Some(year), month }, Form::Month)))
}

/// Reads the day that follows `2031-05`.
fn day_after(
    cursor: &mut Cursor,
    (year, month): (i32, u32),
    (sign, is_apart): (char, bool),
    place: Place,
) -> Option<Point> {
    let mut here = *cursor;
    let (second, is_second_apart) = separator(&mut here)?;
    let is_one_style = is_second_apart == is_apart || is_apart && (second == '/' || second == sign);
    if !is_one_style || second == ' ' && sign != ' ' {
        return None;
    }
    if unknown(&mut here) {
        *cursor = here;
        let when = if is_month(month) { When::Month { year: Some(year), month } } else { When::Impossible };
        return Some(Point::new(when, Form::Full));
    }
    // In a file name such as `2031-05-3d-emus`, a number with a letter after it is not a day.
    let day = here.small()?;
    if here.peek().is_some_and(|c| c.is_ascii_alphabetic()) && matches!(place, Place::Name) && here.peek() != Some('T')
    {
        return None;
    }
    here.eat(|c| matches!(c, '日' | '号'));
    *cursor = here;
    time(cursor);
    Some(Point::day(year, month, day))
}

/// `2031 May 17`, `2031-May`.
fn year_and_name(cursor: &mut Cursor, year: i32, month: u32) -> Point {
    if let Some(point) = week_of(cursor, Some(year), month) {
        return point;
    }
    let mut here = *cursor;
    gap(&mut here);
    if let Some(day) = ordinal(&mut here).filter(|_| ends_a_date(&here)) {
        *cursor = here;
        return Point::day(year, month, day);
    }
    Point::new(When::Month { year: Some(year), month }, Form::NamedMonth)
}
