//! Dates with the name of a month, and weeks.

use super::When;
use super::cursor::Cursor;
use super::point::{Form, Point, as_short_year, as_year, gap, ordinal};
use super::season::part_and_year;
use super::words::{month_name, short_week, week};

pub(super) fn words(cursor: &mut Cursor) -> Option<Point> {
    if cursor.eat_word(&["the"]).is_some() {
        cursor.spaces();
        let day = cursor.small()?;
        return day_and_name(cursor, day);
    }
    if let Some(month) = month_name(cursor) {
        return Some(named(cursor, month));
    }
    if let Some(part) = part_and_year(cursor) {
        return Some(part);
    }
    if let Some(number) = short_week(cursor) {
        let year = year_after(cursor);
        let form = if year.is_some() { Form::NamedMonth } else { Form::Bare };
        return Some(Point::new(When::Week { year, month: None, week: number }, form));
    }
    week(cursor).map(|number| {
        let (month, year) = of_month(cursor);
        let year = year.or_else(|| year_after(cursor));
        Point::new(When::Week { year, month, week: number }, Form::Count)
    })
}

/// (month, year) from `of May` or `of May 2031` after a week.
fn of_month(cursor: &mut Cursor) -> (Option<u32>, Option<i32>) {
    let mut here = *cursor;
    gap(&mut here);
    if here.eat_word(&["of", "in"]).is_some() {
        gap(&mut here);
    }
    let Some(month) = month_name(&mut here) else { return (None, None) };
    // `Week 3: May 12` is a day, which is more exact than the week.
    let year = year_after(&mut here);
    let mut next = here;
    gap(&mut next);
    if next.number().is_some() || cursor.peek() != Some(' ') {
        return (None, None);
    }
    *cursor = here;
    (Some(month), year)
}

/// `, 2031`, ` of 2031`, ` '31`.
fn year_after(cursor: &mut Cursor) -> Option<i32> {
    let mut here = *cursor;
    gap(&mut here);
    if here.eat_word(&["of"]).is_some() {
        gap(&mut here);
    }
    let year = if here.eat(|c| c == '\'' || c == '’').is_some() {
        as_short_year(here.number()?)?
    } else {
        as_year(here.number()?)?
    };
    *cursor = here;
    Some(year)
}

/// The rest of a date after a month's name: `May 17, 2031`, `May 17`, `May 2031`, `May`.
fn named(cursor: &mut Cursor, month: u32) -> Point {
    if let Some(year) = year_after(cursor) {
        return week_of(cursor, Some(year), month)
            .unwrap_or_else(|| Point::new(When::Month { year: Some(year), month }, Form::NamedMonth));
    }
    let mut here = *cursor;
    gap(&mut here);
    if here.eat_word(&["the"]).is_some() {
        gap(&mut here);
    }
    let Some(day) = ordinal(&mut here) else {
        return week_of(cursor, None, month)
            .unwrap_or_else(|| Point::new(When::Month { year: None, month }, Form::Named));
    };
    *cursor = here;
    match year_after(cursor) {
        Some(year) => Point::day(year, month, day),
        None => Point::yearless(month, day, Form::Named),
    }
}

/// The week after a month: `5月第2周`, `2022/Feb/week1`.
pub(super) fn week_of(cursor: &mut Cursor, year: Option<i32>, month: u32) -> Option<Point> {
    let mut here = *cursor;
    gap(&mut here);
    let number = week(&mut here).or_else(|| short_week(&mut here)).filter(|week| *week <= 6)?;
    *cursor = here;
    Some(Point::new(When::Week { year, month: Some(month), week: number }, Form::Count))
}

/// `17 May 2031`, `31st of December 2024`, `17 May`.
pub(super) fn day_and_name(cursor: &mut Cursor, day: u32) -> Option<Point> {
    let mut here = *cursor;
    here.eat_word(&["st", "nd", "rd", "th"]);
    gap(&mut here);
    if here.eat_word(&["of"]).is_some() {
        gap(&mut here);
    }
    let month = month_name(&mut here)?;
    *cursor = here;
    Some(match year_after(cursor) {
        Some(year) => Point::day(year, month, day),
        None => Point::yearless(month, day, Form::Named),
    })
}
