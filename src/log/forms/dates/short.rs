//! Dates of three two-digit numbers, `24-04-22`: only the whole file shows whether the year comes first or last.

use std::collections::HashSet;

use super::{DateMark, has_year, hint, is_sorted};
use crate::log::date::{When, short_day};

/// The first and last two-digit number that may be a year, as for other short years.
const YEARS: std::ops::RangeInclusive<u32> = 5..=45;

/// Reads all such dates with the year first or all with the year last: whichever gives more years that other dates of
/// the file have, or else fewer different years.
pub(super) fn settle(text: &str, marks: &mut [DateMark]) {
    let all: Vec<(usize, [u32; 3])> =
        (0..marks.len()).filter_map(|at| Some((at, numbers(text.get(marks[at].name.clone())?)?))).collect();
    let is_other = |at: &usize| all.binary_search_by_key(at, |(short, _)| *short).is_err();
    let others = (0..marks.len()).filter(is_other).map(|at| &marks[at].what);
    let known: HashSet<i32> = others.filter(|what| has_year(what)).filter_map(|what| hint(what).year).collect();
    if all.is_empty() || all.len() < 2 && known.is_empty() {
        return;
    }
    let first = |[first, second, third]: [u32; 3]| short_day(first * 10_000 + second * 100 + third);
    let last = |[first, second, third]: [u32; 3]| {
        let is_date = YEARS.contains(&third)
            && (short_day(third * 10_000 + first * 100 + second).is_some()
                || short_day(third * 10_000 + second * 100 + first).is_some());
        is_date.then_some(When::Ambiguous { year: i32::try_from(2000 + third).ok(), first, second })
    };
    let dates = |read: &dyn Fn([u32; 3]) -> Option<When>| {
        all.iter().map(|&(at, numbers)| Some((at, read(numbers)?))).collect::<Option<Vec<_>>>()
    };
    let (with_first, with_last) = (dates(&first), dates(&last));
    let chosen = match (with_first, with_last) {
        (Some(first), Some(last)) => {
            let fits = |dates: &[(usize, When)]| {
                let years = dates.iter().filter_map(|(_, what)| hint(what).year);
                years.filter(|year| known.contains(year)).count()
            };
            let years = |at: usize| all.iter().map(|(_, numbers)| numbers[at]).collect::<HashSet<_>>().len();
            match fits(&last).cmp(&fits(&first)).then(years(0).cmp(&years(2))) {
                std::cmp::Ordering::Less => first,
                std::cmp::Ordering::Greater => last,
                std::cmp::Ordering::Equal if goes_well(marks, &last) => last,
                std::cmp::Ordering::Equal => first,
            }
        }
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => return,
    };
    for (at, what) in chosen {
        marks[at].what = what;
    }
}

/// Whether the dates are sorted if they are read like this.
fn goes_well(marks: &[DateMark], dates: &[(usize, When)]) -> bool {
    let read: Vec<DateMark> = dates.iter().map(|(at, what)| DateMark { what: *what, ..marks[*at].clone() }).collect();
    is_sorted(&read)
}

/// Three numbers of two digits with the same sign between them, and no digit after them.
fn numbers(text: &str) -> Option<[u32; 3]> {
    let bytes = text.trim_start_matches(|c: char| !c.is_alphanumeric()).as_bytes();
    let digits = bytes.get(..8)?;
    let is_one = [0, 1, 3, 4, 6, 7].iter().all(|&at| digits[at].is_ascii_digit())
        && matches!(digits[2], b'-' | b'/' | b'.')
        && digits[5] == digits[2]
        && !bytes.get(8).is_some_and(u8::is_ascii_digit);
    let number = |at: usize| u32::from(digits[at] - b'0') * 10 + u32::from(digits[at + 1] - b'0');
    is_one.then(|| [number(0), number(3), number(6)])
}
