//! Dates in digits that start with a month or a day.

use super::clock::time;
use super::cursor::{Cursor, Number};
use super::han::{after_month, after_year};
use super::named::day_and_name;
use super::point::{Form, Point, as_short_year, as_year, is_day, is_month, unknown};
use super::{Place, When};

/// Reads the rest of a date that starts with a month or a day in digits.
pub(super) fn small_led(cursor: &mut Cursor, first: Number, place: Place) -> Option<Point> {
    let mut here = *cursor;
    here.spaces();
    if here.eat(|c| matches!(c, '月' | '월')).is_some() {
        *cursor = here;
        return is_month(first.value).then(|| after_month(cursor, None, first.value));
    }
    // `31年5月17日`
    if let Some(year) = as_short_year(first).filter(|_| matches!(here.peek(), Some('年' | '년'))) {
        here.bump();
        let point = after_year(&mut here, year);
        *cursor = here;
        return (point.form != Form::Bare).then_some(point);
    }
    if let Some(point) = day_and_name(cursor, first.value) {
        return Some(point);
    }
    if let Some(point) = in_doubt(cursor, first.value) {
        return Some(point);
    }
    if let Some(point) = spaced_month(cursor, first.value) {
        return Some(point);
    }
    let sign = cursor.eat(|c| matches!(c, '-' | '.' | '/' | '_'))?;
    if sign == '.' {
        cursor.spaces();
    }
    let second = cursor.number()?;
    if let Some(year) = as_year(second).filter(|_| is_month(first.value)) {
        return Some(Point::new(When::Month { year: Some(year), month: first.value }, Form::Month));
    }
    if second.digits > 2 {
        return None;
    }
    here = *cursor;
    if here.eat(|c| c == sign).is_some() {
        if sign == '.' {
            here.spaces();
        }
        if let Some(third) = here.number() {
            *cursor = here;
            return three_numbers([first, second, third], sign, place, cursor);
        }
    }
    pair(first.value, second.value, sign, cursor)
}

/// `5/ 2031`, `5 / 2031`
fn spaced_month(cursor: &mut Cursor, month: u32) -> Option<Point> {
    let mut here = *cursor;
    here.spaces();
    here.eat(|c| c == '/')?;
    here.spaces();
    let year = here.number().and_then(as_year).filter(|_| is_month(month))?;
    *cursor = here;
    Some(Point::new(When::Month { year: Some(year), month }, Form::Month))
}

/// `11 ?`, `11/?`: an unfinished date.
fn in_doubt(cursor: &mut Cursor, first: u32) -> Option<Point> {
    let mut here = *cursor;
    here.eat(|c| matches!(c, ' ' | '/' | '.' | '-'));
    let is_question = here.peek() == Some('?') && unknown(&mut here);
    if !is_question || !(1..=31).contains(&first) {
        return None;
    }
    *cursor = here;
    Some(Point::new(When::Impossible, Form::Bare))
}

/// `05-06-2031`, `09-09-18`, `25.3.5`.
fn three_numbers(numbers: [Number; 3], sign: char, place: Place, cursor: &mut Cursor) -> Option<Point> {
    let [first, second, third] = numbers;
    if let Some(year) = as_year(third) {
        time(cursor);
        let (first, second) = (first.value, second.value);
        let is_date = is_day(Some(year), first, second) || is_day(Some(year), second, first);
        let when = if is_date { When::Ambiguous { year: Some(year), first, second } } else { When::Impossible };
        return Some(Point::new(when, Form::Full));
    }
    let year_first = as_short_year(first)
        .filter(|year| third.digits <= 2 && is_day(Some(*year), second.value, third.value))
        .map(|year| When::Day { year: Some(year), month: second.value, day: third.value });
    let year_last = as_short_year(third)
        .filter(|year| is_day(Some(*year), first.value, second.value) || is_day(Some(*year), second.value, first.value))
        .map(|year| When::Ambiguous { year: Some(year), first: first.value, second: second.value });
    // `1.2.10` is a version; dotted dates that end in their year are padded.
    let is_padded = first.digits == 2 && second.digits == 2;
    let when = if matches!(place, Place::Name) || sign == '.' {
        year_first.filter(|_| first.value > 12).or(year_last.filter(|_| sign != '.' || is_padded))
    } else {
        year_last.or(year_first)
    }?;
    Some(Point::new(when, if sign == '.' { Form::Dotted } else { Form::Pair }))
}

/// `5/17`, `6.9`.
fn pair(first: u32, second: u32, sign: char, cursor: &Cursor) -> Option<Point> {
    if !(1..=31).contains(&first) || !(1..=31).contains(&second) || first > 12 && second > 12 {
        return None;
    }
    let is_date = is_day(None, first, second) || is_day(None, second, first);
    if !is_date {
        return Some(Point::new(When::Impossible, Form::Bare));
    }
    // `6.9` is month and day in East Asia; `9.6.` and `17.6` are day and month in Europe.
    if sign == '.' && first <= 12 && cursor.peek() != Some('.') {
        return Some(Point::yearless(first, second, Form::Dotted));
    }
    let form = if sign == '.' { Form::Dotted } else { Form::Pair };
    Some(Point::new(When::Ambiguous { year: None, first, second }, form))
}
