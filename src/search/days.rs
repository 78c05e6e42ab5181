//! Parses dates in queries: `2023.12.29`, `2023-11`, `2023年11月`, `2023年`.

use std::ops::Range;

use chrono::{Datelike, Months, NaiveDate};

/// The separators in a date.
const SIGNS: [char; 6] = ['.', '-', '/', '年', '月', '日'];

/// The days that a text names, as a range of day numbers counted from the year 1; `None` if it is not a date.
pub fn read(text: &str) -> Option<Range<i64>> {
    if !may_become(text) {
        return None;
    }
    let numbers: Vec<&str> = text.trim_end_matches(['年', '月', '日']).split(SIGNS).collect();
    let is_year = numbers.first().is_some_and(|year| year.len() == 4);
    let numbers: Vec<u32> =
        numbers.iter().filter(|_| is_year).map(|number| number.parse().ok()).collect::<Option<_>>()?;
    let date = |year: u32, month, day| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    let after = |start: NaiveDate, months| start.checked_add_months(Months::new(months));
    let (start, end) = match *numbers.as_slice() {
        [year] if text.ends_with('年') => (date(year, 1, 1)?, after(date(year, 1, 1)?, 12)?),
        [year, month] => (date(year, month, 1)?, after(date(year, month, 1)?, 1)?),
        [year, month, day] => (date(year, month, day)?, date(year, month, day)?.succ_opt()?),
        _ => return None,
    };
    Some(start.num_days_from_ce().into()..end.num_days_from_ce().into())
}

/// Whether a text may become a date as more is typed.
pub fn may_become(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || SIGNS.contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: Option<(&str, i64)>) {
        let first = wanted.map(|(first, _)| first.parse::<NaiveDate>().expect("a day").num_days_from_ce().into());
        let days = read(text);
        assert_eq!(days.as_ref().map(|days| days.start), first, "{text}");
        assert_eq!(days.map(|days| days.end - days.start), wanted.map(|(_, days)| days), "{text}");
    }

    #[test]
    fn days_months_and_years() {
        check("2031.12.29", Some(("2031-12-29", 1)));
        check("2031-2", Some(("2031-02-01", 28)));
        check("2031/02", Some(("2031-02-01", 28)));
        check("2031年12月", Some(("2031-12-01", 31)));
        check("2031年2月3日", Some(("2031-02-03", 1)));
        check("2031年", Some(("2031-01-01", 365)));
        for text in ["2031", "2031.", "2031.13", "2310.06825", "1.5", "31.12.29", "2031.2.30", "2031.2.3.4", "a", ""] {
            check(text, None);
        }
    }
}
