//! Ranges of dates.

use super::cursor::Cursor;
use super::point::{Form, Point, as_year, days_in, ends_a_date, is_day, ordinal};
use super::single::{point, short_day};
use super::words::month_name;
use super::{Partial, Place, When};

/// The longest range, in days, unless both its years are written.
const LONGEST: i64 = 200;

/// From the first to the last day of a week, in days.
const WEEK: i64 = 6;

/// The date at the cursor, or the range that starts with it.
pub(super) fn date(cursor: &mut Cursor, place: Place) -> Option<Point> {
    if let Some(range) = days_of_month(cursor).or_else(|| short_week(cursor)) {
        return Some(range);
    }
    let start = *cursor;
    let first = point(cursor, place)?;
    let mut here = *cursor;
    if mark(&mut here)
        && let Some(range) = until(&mut here, first, &start.rest()[..cursor.at - start.at], place)
    {
        *cursor = here;
        return Some(range);
    }
    Some(first)
}

/// Skips the sign or word between two dates. Returns whether there was one.
fn mark(cursor: &mut Cursor) -> bool {
    cursor.spaces();
    let signs = cursor.at;
    for _ in 0..3 {
        cursor.eat(|c| matches!(c, '-' | '~' | '→' | '>'));
    }
    let found = cursor.at > signs
        || cursor.peek().is_some_and(|c| c.is_alphabetic() || c == '/')
            && (cursor.eat_one_of(&["至", "到", "から", "부터"])
                || cursor.eat_word(&["to", "until", "till", "through"]).is_some()
                || cursor.eat(|c| c == '/').is_some());
    cursor.spaces();
    found
}

/// `1-7 May 2031`.
fn days_of_month(cursor: &mut Cursor) -> Option<Point> {
    let mut here = *cursor;
    let first = ordinal(&mut here)?;
    if here.peek() == Some('/') || !mark(&mut here) {
        return None;
    }
    let second = here;
    ordinal(&mut here)?;
    here.spaces();
    here.eat_word(&["of"]);
    here.spaces();
    month_name(&mut here)?;
    here = second;
    let last = point(&mut here, Place::Heading)?;
    let When::Day { year, month, day } = last.when else { return None };
    let range = range(Partial { year, month, day: first }, Partial { year, month, day }, last.form)?;
    *cursor = here;
    Some(range)
}

/// A week in two numbers of six digits: `310512-310518`. `200105-200111` could also be months, of a year long past.
fn short_week(cursor: &mut Cursor) -> Option<Point> {
    let mut here = *cursor;
    let day = |here: &mut Cursor| day_of(short_day(here.number().filter(|number| number.digits == 6)?.value)?);
    let first = day(&mut here)?;
    if !mark(&mut here) {
        return None;
    }
    let last = day(&mut here)?;
    let is_week = first.date().zip(last.date()).is_some_and(|(first, last)| (last - first).num_days() == WEEK);
    if !is_week || !ends_a_date(&here) {
        return None;
    }
    *cursor = here;
    range(first, last, Form::Full)
}

/// The range from `first` to the date at the cursor, which may omit what `written`, the text of `first`, already says.
fn until(cursor: &mut Cursor, first: Point, written: &str, place: Place) -> Option<Point> {
    let start = day_of(first.when);
    if let Some(start) = start
        && let Some(end) = rest_of(cursor, start, first.form, written)
    {
        let form = if first.form == Form::Named && end.year.is_some() { Form::Full } else { first.form };
        return range(start, end, form);
    }
    let last = point(cursor, place)?;
    if first.form == Form::Full && !matches!(last.form, Form::Full | Form::Named) {
        return None;
    }
    let form = if last.form == Form::Full { Form::Full } else { first.form };
    match (first.when, last.when) {
        (When::Ambiguous { year, first: a, second: b }, When::Ambiguous { year: other, first: c, second: d }) => {
            let (from, to) = (year.or(other), other.or(year));
            let month_first = range_of(day(from, a, b), day(to, c, d), form);
            let day_first = range_of(day(from, b, a), day(to, d, c), form);
            // Both are valid for `3/5 - 9/5`, which is a week rather than half a year.
            match (month_first, day_first) {
                (Some(one), Some(other)) if length(other) < length(one) => Some(other),
                (one, other) => one.or(other),
            }
        }
        (When::Month { year, month }, When::Month { year: other, month: last }) => {
            let year = year.or(other);
            let length = days_in(other.or(year), last);
            range(Partial { year, month, day: 1 }, Partial { year: other, month: last, day: length }, form)
        }
        (When::Year(first), When::Year(last)) if first < last && last - first < 60 => {
            let partial = |year, month, day| Partial { year: Some(year), month, day };
            range(partial(first, 1, 1), partial(last, 12, 31), Form::Bare)
        }
        _ => {
            let end = day_of(last.when)?;
            range(start?, end, form)
        }
    }
}

fn range_of(first: Option<Partial>, last: Option<Partial>, form: Form) -> Option<Point> {
    range(first?, last?, form)
}

/// The length of a range in days, counting 31 for every month.
fn length(point: Point) -> u32 {
    let When::Range { first, last } = point.when else { return u32::MAX };
    let days = |day: Partial| day.month * 31 + day.day;
    let years = last.year.zip(first.year).map_or(0, |(last, first)| (last - first).unsigned_abs());
    (days(last) + years * 12 * 31).checked_sub(days(first)).unwrap_or(u32::MAX)
}

fn day(year: Option<i32>, month: u32, day: u32) -> Option<Partial> {
    is_day(year, month, day).then_some(Partial { year, month, day })
}

fn day_of(when: When) -> Option<Partial> {
    match when {
        When::Day { year, month, day } => Some(Partial { year, month, day }),
        _ => None,
    }
}

/// An abbreviated end: `05/07` after `2031/05/01-`, `7` after `May 1-`, `7日` after `5月1日-`.
fn rest_of(cursor: &mut Cursor, start: Partial, form: Form, written: &str) -> Option<Partial> {
    let mut here = *cursor;
    let number = here.number()?;
    if let Some(sign) = written.chars().find(|c| matches!(c, '.' | '/' | '_' | '-')).filter(|_| form == Form::Full)
        && number.digits <= 2
    {
        let mut pair = here;
        if pair.eat(|c| c == sign).is_some()
            && let Some(second) = pair.small()
            && is_day(start.year, number.value, second)
            && !pair.peek().is_some_and(|c| c.is_ascii_alphanumeric() || c == sign)
        {
            *cursor = pair;
            return Some(Partial { year: None, month: number.value, day: second });
        }
    }
    // A day alone: after a date with words, or after a full date and a sign that does not occur in it.
    let sign = cursor.before().trim_end().chars().next_back();
    let is_named = form == Form::Named
        || !written.starts_with(|c: char| c.is_ascii_digit())
        || !written.ends_with(|c: char| c.is_ascii_digit());
    let is_apart = form == Form::Full && sign.is_some_and(|sign| !written.contains(sign));
    if number.digits > 2 || !(is_named || is_apart) || number.value <= start.day || as_year(number).is_some() {
        return None;
    }
    here.eat_word(&["st", "nd", "rd", "th"]);
    here.eat(|c| matches!(c, '日' | '号' | '일'));
    if here.peek().is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '月' | '월' | ':')) {
        return None;
    }
    let mut later = here;
    later.eat(|c| c == ',');
    later.spaces();
    let year = later.number().and_then(as_year).filter(|_| start.year.is_none());
    if year.is_some() {
        here = later;
    } else if later.at > here.at && month_name(&mut later).is_some() {
        return None;
    }
    *cursor = here;
    day(year.or(start.year), start.month, number.value)
}

/// The range. A missing year is taken from the other end; ends in the wrong order are swapped. `None` if the range is
/// longer than [`LONGEST`] and only one year is written.
fn range(mut first: Partial, mut last: Partial, form: Form) -> Option<Point> {
    let turns = (last.month, last.day) < (first.month, first.day);
    let is_whole = first.year.is_some() && last.year.is_some();
    match (first.year, last.year) {
        (Some(year), None) => last.year = Some(year + i32::from(turns)),
        (None, Some(year)) => first.year = Some(year - i32::from(turns)),
        _ => {}
    }
    if let (Some(start), Some(end)) = (first.date(), last.date()) {
        if end < start {
            (first, last) = (last, first);
        } else if !is_whole && (end - start).num_days() > LONGEST {
            return None;
        }
    }
    // A pair of dates is not a section number.
    let form = if form == Form::Dotted { Form::Pair } else { form };
    Some(Point { when: When::Range { first, last }, form })
}
