//! Parts of a year: quarters, halves, seasons and terms.

use super::cursor::Cursor;
use super::point::{Form, Point, as_short_year, as_year, days_in, gap};
use super::words::quarter;
use super::{Partial, When};

/// The first and last month of a part of a year.
type Months = (u32, u32);

/// Seasons, and the terms named after them: (English names, Han character, months). The months do not overlap, so that
/// a list of terms stays sorted; winter is the term after New Year's.
const SEASONS: [(&[&str], char, Months); 4] = [
    (&["spring"], '春', (3, 5)),
    (&["summer"], '夏', (6, 8)),
    (&["fall", "autumn"], '秋', (9, 12)),
    (&["winter"], '冬', (1, 2)),
];

/// Words for a term after a season, in CJK; longest first.
const TERMS: &[&str] = &["季学期", "季學期", "学期", "學期", "季", "期"];

/// Reads `Q2`, `H1`, `Spring`, `fall semester`, `春季学期`, without the year.
fn part(cursor: &mut Cursor) -> Option<Months> {
    if let Some(number) = quarter(cursor) {
        return Some((number * 3 - 2, number * 3));
    }
    half(cursor).or_else(|| season(cursor))
}

/// `H2`: the second half.
fn half(cursor: &mut Cursor) -> Option<Months> {
    let mut here = *cursor;
    here.eat(|c| c == 'H')?;
    let half = here.small().filter(|half| (1..=2).contains(half))?;
    *cursor = here;
    Some((half * 6 - 5, half * 6))
}

fn season(cursor: &mut Cursor) -> Option<Months> {
    let word = cursor.word();
    let is_it = |(names, _, _): &&(&[&str], char, Months)| names.iter().any(|name| name.eq_ignore_ascii_case(word));
    if let Some((_, _, months)) = SEASONS.iter().find(is_it) {
        cursor.at += word.len();
        let mut here = *cursor;
        here.spaces();
        if here.eat_word(&["term", "semester", "quarter", "season", "break"]).is_some() {
            *cursor = here;
        }
        return Some(*months);
    }
    let first = cursor.raw()?;
    let (_, _, months) = SEASONS.iter().find(|(_, sign, _)| *sign == first)?;
    cursor.bump();
    cursor.eat_one_of(TERMS);
    Some(*months)
}

/// Reads a part of a year that is already known: `Q2` after `2031`.
pub(super) fn part_of(cursor: &mut Cursor, year: i32) -> Option<Point> {
    part(cursor).map(|months| in_year(year, months))
}

/// Reads a part of a year and its year: `Q2 2031`, `Spring '31`, `Winter 2030-2031`.
pub(super) fn part_and_year(cursor: &mut Cursor) -> Option<Point> {
    let mut here = *cursor;
    let months = part(&mut here)?;
    gap(&mut here);
    if here.eat_word(&["of"]).is_some() {
        gap(&mut here);
    }
    let year = match here.eat(|c| c == '\'' || c == '’') {
        Some(_) => as_short_year(here.number()?)?,
        None => as_year(here.number()?)?,
    };
    *cursor = here;
    // A winter that spans two years begins in December of the first.
    let is_winter = months == (1, 2);
    if is_winter && here.eat(|c| matches!(c, '-' | '/')).is_some() {
        let next = here.number().and_then(|number| as_year(number).or(as_short_year(number)));
        if next == Some(year + 1) {
            *cursor = here;
            let first = Partial { year: Some(year), month: 12, day: 1 };
            let last = last_day(year + 1, 2);
            return Some(Point { when: When::Range { first, last }, form: Form::NamedMonth });
        }
    }
    Some(in_year(year, months))
}

fn in_year(year: i32, (first, last): Months) -> Point {
    let first = Partial { year: Some(year), month: first, day: 1 };
    Point { when: When::Range { first, last: last_day(year, last) }, form: Form::NamedMonth }
}

fn last_day(year: i32, month: u32) -> Partial {
    Partial { year: Some(year), month, day: days_in(Some(year), month) }
}
