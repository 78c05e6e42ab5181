//! Dates written with Chinese, Japanese or Korean characters.

use super::When;
use super::clock::time;
use super::cursor::Cursor;
use super::named::week_of;
use super::point::{Form, Point, is_month, unknown};
use super::season::part_of;
use super::words::{han_year, short_week, small, week};

/// A date that starts with a Han numeral or an ordinal: `五月`, `第3周`, `令和13年5月`.
pub(super) fn han(cursor: &mut Cursor) -> Option<Point> {
    if let Some(year) = han_year(cursor) {
        return Some(after_year(cursor, year));
    }
    if let Some(number) = week(cursor) {
        return Some(Point::new(When::Week { year: None, month: None, week: number }, Form::Count));
    }
    let month = small(cursor)?;
    cursor.eat(|c| matches!(c, '月' | '월'))?;
    is_month(month).then(|| after_month(cursor, None, month))
}

/// The rest of `5月` or `5月17日`, after the sign for the month.
pub(super) fn after_month(cursor: &mut Cursor, year: Option<i32>, month: u32) -> Point {
    if cursor.eat(|c| c == '份').is_some() {
        return Point::new(When::Month { year, month }, if year.is_some() { Form::NamedMonth } else { Form::Named });
    }
    if let Some(point) = week_of(cursor, year, month) {
        return point;
    }
    let mut here = *cursor;
    let is_apart = here.spaces();
    if let Some(day) = small(&mut here) {
        here.spaces();
        let has_unit = here.eat(|c| matches!(c, '日' | '号' | '號' | '일')).is_some();
        if has_unit || !is_apart {
            *cursor = here;
            if !has_unit {
                cursor.at = cursor.before().trim_end().len();
            }
            time(cursor);
            return match year {
                Some(year) => Point::day(year, month, day),
                None => Point::yearless(month, day, Form::Named),
            };
        }
    }
    here = *cursor;
    if unknown(&mut here) && here.eat(|c| matches!(c, '日' | '号' | '일')).is_some() {
        *cursor = here;
        if year.is_none() {
            return Point::new(When::Impossible, Form::Bare);
        }
    }
    Point::new(When::Month { year, month }, if year.is_some() { Form::NamedMonth } else { Form::Named })
}

/// What follows `2031年`: a month and day, a week, or nothing.
pub(super) fn after_year(cursor: &mut Cursor, year: i32) -> Point {
    let bare = Point::new(When::Year(year), Form::Bare);
    cursor.eat(|c| c == '度');
    let mut here = *cursor;
    here.spaces();
    let mut probe = here;
    if let Some(part) = part_of(&mut probe, year) {
        *cursor = probe;
        return part;
    }
    if let Some(number) = week(&mut probe).or_else(|| short_week(&mut probe)) {
        *cursor = probe;
        return Point::new(When::Week { year: Some(year), month: None, week: number }, Form::Count);
    }
    let Some(month) = small(&mut here) else { return bare };
    here.spaces();
    if here.eat(|c| matches!(c, '月' | '월')).is_some() {
        *cursor = here;
        if !is_month(month) {
            return Point::new(When::Impossible, Form::Full);
        }
        return after_month(cursor, Some(year), month);
    }
    // `2031年5/17`
    if here.eat(|c| matches!(c, '.' | '/' | '-')).is_some()
        && let Some(day) = here.small()
    {
        *cursor = here;
        return Point::day(year, month, day);
    }
    if is_month(month) && here.eat(|c| matches!(c, '周' | '週')).is_none() {
        cursor.spaces();
        if small(cursor).is_some() {
            return Point::new(When::Month { year: Some(year), month }, Form::Month);
        }
    }
    bare
}
