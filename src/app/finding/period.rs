//! Parses periods: `2023`, `2023.11`, `2023-10..2023-12`, `last month`.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::log::date::month_of;

/// Named periods, and the words that they begin with, without separators.
const NAMES: [&str; 21] = [
    "today",
    "今天",
    "yesterday",
    "昨天",
    "thisweek",
    "本周",
    "这周",
    "lastweek",
    "上周",
    "thismonth",
    "本月",
    "这个月",
    "lastmonth",
    "上月",
    "上个月",
    "thisyear",
    "今年",
    "lastyear",
    "去年",
    "last",
    "this",
];

/// A name without separators between its words.
fn joined(value: &str) -> String {
    value.replace([' ', '-', '_'], "")
}

/// Whether text that is not a period may become one as the user types on.
pub(super) fn may_become(value: &str) -> bool {
    let last = match value.split_once("..") {
        Some((first, _)) if !first.is_empty() && days(first, NaiveDate::default()).is_none() => return false,
        Some((_, last)) => last,
        None => value,
    };
    let numbers: Vec<&str> = last.split(['.', '-', '/']).collect();
    let is_number = |number: &&str| number.bytes().all(|byte| byte.is_ascii_digit());
    let is_begun = numbers.len() <= 3 && numbers[0].len() <= 4 && numbers.iter().all(is_number);
    // A two-digit number or a four-digit year is complete, so it is either a date or invalid.
    let is_open = match numbers.as_slice() {
        [year] => year.len() < 4,
        [.., last] => last.is_empty() || *last == "0",
        [] => true,
    };
    is_begun && is_open || NAMES.iter().any(|name| name.starts_with(&joined(last)))
}

/// The week of a day, from Monday to Sunday.
fn week(day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let week = day.week(Weekday::Mon);
    Some((week.checked_first_day()?, week.checked_last_day()?))
}

/// Parses a year, month, day, range with `..` or name; returns the first and last day.
pub fn days(value: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    if let Some((first, last)) = value.split_once("..") {
        let first = if first.is_empty() { NaiveDate::MIN } else { days(first, today)?.0 };
        let last = if last.is_empty() { NaiveDate::MAX } else { days(last, today)?.1 };
        return Some((first, last));
    }
    let month = |date: NaiveDate| period(date.year(), Some(date.month()), None);
    match joined(value).as_str() {
        "today" | "今天" => Some((today, today)),
        "yesterday" | "昨天" => today.pred_opt().map(|day| (day, day)),
        "thisweek" | "本周" | "这周" => week(today),
        "lastweek" | "上周" => week(today.checked_sub_days(Days::new(7))?),
        "thismonth" | "本月" | "这个月" => month(today),
        "lastmonth" | "上月" | "上个月" => month(month_of(today).pred_opt()?),
        "thisyear" | "今年" => period(today.year(), None, None),
        "lastyear" | "去年" => period(today.year() - 1, None, None),
        _ => {
            let mut parts = value.split(['.', '-', '/']);
            let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
            let mut part = || parts.next().map(|part| part.parse::<u32>().ok());
            let (month, day) = (part(), part());
            let is_over = parts.next().is_some();
            if is_over || month == Some(None) || day == Some(None) {
                return None;
            }
            period(year, month.flatten(), day.flatten())
        }
    }
}

/// The first and last day of a year, month or day.
fn period(year: i32, month: Option<u32>, day: Option<u32>) -> Option<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
    let next = match (month, day) {
        (_, Some(_)) => return Some((first, first)),
        (Some(_), None) => first.checked_add_months(Months::new(1)),
        (None, None) => first.checked_add_months(Months::new(12)),
    };
    Some((first, next?.pred_opt()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, wanted: Option<(&str, &str)>) {
        let today = NaiveDate::from_ymd_opt(2031, 3, 10).unwrap_or_default();
        let found = days(typed, today).map(|(first, last)| (first.to_string(), last.to_string()));
        assert_eq!(found.as_ref().map(|(first, last)| (first.as_str(), last.as_str())), wanted, "{typed}");
    }

    #[test]
    fn periods_are_parsed() {
        check("2031", Some(("2031-01-01", "2031-12-31")));
        check("2031.2", Some(("2031-02-01", "2031-02-28")));
        check("2031-02", Some(("2031-02-01", "2031-02-28")));
        check("2031.2.9", Some(("2031-02-09", "2031-02-09")));
        check("2030-10..2030.12", Some(("2030-10-01", "2030-12-31")));
        check("last-month", Some(("2031-02-01", "2031-02-28")));
        check("last month", Some(("2031-02-01", "2031-02-28")));
        check("上个月", Some(("2031-02-01", "2031-02-28")));
        check("去年", Some(("2030-01-01", "2030-12-31")));
        check("last-week", Some(("2031-03-03", "2031-03-09")));
        check("last-year..2031.1.5", Some(("2030-01-01", "2031-01-05")));
        for nothing in ["203", "2031.13", "2031.2.30", "2031.x", "2031.1.1.1", "x..y", "99999999999"] {
            check(nothing, None);
        }
    }

    #[test]
    fn an_incomplete_period_is_not_an_error() {
        for begun in
            ["2", "203", "2031.", "2031.1.", "2031-10..", "2031-10..20", "las", "last", "last mo", "昨", "2031.0"]
        {
            assert!(may_become(begun) || days(begun, NaiveDate::MIN).is_some(), "{begun}");
        }
        for wrong in ["soon", "lastmonths", "2031.13", "2031.2.30", "2031.x", "2031.1.1.1", "x..y", "20315"] {
            assert!(!may_become(wrong), "{wrong}");
        }
    }
}
