//! Reads headings that contain a complete date.
//!
//! Dates that depend on their neighbours, such as `5/17` below a year, are not handled here.

use chrono::{NaiveDate, Weekday};

/// The date in a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadingDate {
    /// One day.
    Day(NaiveDate),
    /// A month, given by its first day.
    Month(NaiveDate),
    /// A range of days, both ends included.
    Range(NaiveDate, NaiveDate),
    /// Looks like a day but is not in the calendar.
    Impossible,
}

/// Reads a heading's text. `None` if it contains no date.
///
/// A full date may have up to two words before it and a topic after it. A month must stand alone, so that `2031.5
/// billion` is not one.
pub fn read_heading(heading: &str) -> Option<HeadingDate> {
    let text = strip_decoration(heading);
    let mut rest = text.as_str();
    for _ in 0..3 {
        if let Some(found) = full(rest) {
            return Some(found);
        }
        let Some((_, next)) = rest.split_once(' ') else { break };
        rest = next.trim_start();
    }
    month(&text).or_else(|| week(&text))
}

fn strip_decoration(heading: &str) -> String {
    let is_text = |c: char| c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_punctuation();
    let kept: String = heading
        .chars()
        .map(|c| if c == '\u{3000}' { ' ' } else { c })
        .filter(|&c| !matches!(c, '*' | '`' | '#') && (is_text(c) || ('\u{2000}'..'\u{FFFF}').contains(&c)))
        .collect();
    kept.trim().trim_end_matches([':', '：']).trim_end().to_owned()
}

fn full(text: &str) -> Option<HeadingDate> {
    if let Some(range) = range(text) {
        return Some(range);
    }
    let (parts, rest) = numeric(text).or_else(|| named(text))?;
    ends_a_date(rest).then(|| parts.day())
}

#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub year: u32,
    pub month: u32,
    pub day: u32,
}

impl Parts {
    fn day(self) -> HeadingDate {
        self.date().map_or(HeadingDate::Impossible, HeadingDate::Day)
    }

    pub fn date(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(i32::try_from(self.year).ok()?, self.month, self.day)
    }
}

/// Whether a date may end before `rest`: not if a number goes on, as in `2023.12.291`.
fn ends_a_date(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.' && rest.len() > 1)
}

/// (date, rest of the text) for `2031-05-17` with any mix of `-`, `.`, `/` and `_`, `2031年5月17日`, `20310517`.
fn numeric(text: &str) -> Option<(Parts, &str)> {
    let (digits, rest) = number(text)?;
    if digits.len() == 8 {
        let (year, monthday) = (digits[..4].parse().ok()?, &digits[4..]);
        let (month, day) = (monthday[..2].parse().ok()?, monthday[2..].parse().ok()?);
        let parts = Parts { year, month, day };
        return (is_year(year) && parts.date().is_some()).then_some((parts, rest));
    }
    let (year, rest) = (year(digits)?, separator(rest, '年')?);
    let (month, rest) = small_number(rest)?;
    let (day, rest) = small_number(separator(rest, '月')?)?;
    let rest = rest.trim_start_matches(' ').strip_prefix(['日', '号']).unwrap_or(rest);
    Some((Parts { year, month, day }, rest))
}

/// (date, rest of the text) for `May 17, 2031`, `17 May 2031`.
fn named(text: &str) -> Option<(Parts, &str)> {
    let (month, day, rest) = if let Some((month, rest)) = month_name(text) {
        let (day, rest) = ordinal(rest.trim_start())?;
        (month, day, rest)
    } else {
        let (day, rest) = ordinal(text)?;
        let (month, rest) = month_name(rest.trim_start())?;
        (month, day, rest)
    };
    let (digits, rest) = number(rest.trim_start_matches([',', ' ']))?;
    Some((Parts { year: year(digits)?, month, day }, rest))
}

/// `2031/05/01-05/07`, separated by `-`, `~`, `–`, `—`, `至` or `to`.
fn range(text: &str) -> Option<HeadingDate> {
    let (first, rest) = numeric(text)?;
    let rest = rest.trim_start();
    let rest = ["-", "~", "–", "—", "至", "to"].iter().find_map(|mark| rest.strip_prefix(mark))?.trim_start();
    let last = match numeric(rest) {
        Some((parts, _)) => parts,
        None => {
            let (month, rest) = small_number(rest)?;
            let (day, _) = small_number(separator(rest, '月')?)?;
            Parts { month, day, ..first }
        }
    };
    let (first, last) = (first.date()?, last.date()?);
    (first <= last).then_some(HeadingDate::Range(first, last))
}

/// `2031-05`, `2031.5`, `2031年5月`, `May 2031`; only a bracket or colon may follow.
fn month(text: &str) -> Option<HeadingDate> {
    let (year, month, rest) = if let Some((month, rest)) = month_name(text) {
        let (digits, rest) = number(rest.trim_start_matches([',', ' ']))?;
        (year(digits)?, month, rest)
    } else {
        let (digits, rest) = number(text)?;
        let (month, rest) = small_number(separator(rest, '年')?)?;
        (year(digits)?, month, rest.trim_start().strip_prefix('月').unwrap_or(rest))
    };
    let rest = rest.trim_start();
    if !rest.is_empty() && !rest.starts_with(['(', '（', ':', '：', '[']) {
        return None;
    }
    Some(HeadingDate::Month(Parts { year, month, day: 1 }.date()?))
}

/// `2031-W18`.
fn week(text: &str) -> Option<HeadingDate> {
    let (digits, rest) = number(text)?;
    let rest = rest.trim_start_matches(['-', ' ']).strip_prefix(['W', 'w'])?;
    let (week, rest) = small_number(rest)?;
    let year = i32::try_from(year(digits)?).ok()?;
    let first = NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)?;
    ends_a_date(rest).then(|| HeadingDate::Range(first, first + chrono::Days::new(6)))
}

pub(super) fn number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

pub(super) fn small_number(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = number(text.trim_start_matches(' '))?;
    (digits.len() <= 2).then(|| digits.parse().ok().map(|value| (value, rest)))?
}

fn ordinal(text: &str) -> Option<(u32, &str)> {
    let (day, rest) = small_number(text)?;
    let suffix = ["st", "nd", "rd", "th"].iter().find_map(|suffix| rest.strip_prefix(suffix));
    Some((day, suffix.unwrap_or(rest)))
}

pub(super) fn year(digits: &str) -> Option<u32> {
    let year = (digits.len() == 4).then(|| digits.parse().ok())??;
    is_year(year).then_some(year)
}

/// Whether a year is plausible, so that `1024x768` and `3.1.4` are not dates.
pub(super) fn is_year(year: u32) -> bool {
    (1900..2200).contains(&year)
}

fn separator(text: &str, han: char) -> Option<&str> {
    let text = text.trim_start_matches(' ');
    text.strip_prefix(['-', '.', '/', '_', han]).map(|rest| rest.trim_start_matches(' '))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month_name(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let word = word.to_ascii_lowercase();
    let matches =
        |name: &str| word.len() >= 3 && (name.starts_with(&word) || word == "sept" && name.starts_with("sep"));
    let index = MONTHS.iter().position(|name| matches(name))?;
    Some((u32::try_from(index).ok()? + 1, rest.strip_prefix('.').unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(heading: &str, wanted: &str) {
        let shown = match read_heading(heading) {
            Some(HeadingDate::Day(date)) => date.to_string(),
            Some(HeadingDate::Month(date)) => date.format("%Y-%m").to_string(),
            Some(HeadingDate::Range(first, last)) => format!("{first}..{last}"),
            Some(HeadingDate::Impossible) => "impossible".into(),
            None => "none".into(),
        };
        assert_eq!(shown, wanted, "{heading}");
    }

    #[test]
    fn days_in_every_form() {
        for heading in [
            "2031.5.17",
            "2031-05-17",
            "2031/5/17",
            "2031_05.17",
            "**2031.5.17**",
            "2031年5月17日",
            "2031 年 5 月 17 号",
            "20310517",
            "May 17, 2031",
            "17 May 2031",
            "May 17th 2031:",
            "Added 2031/05/17:",
            "Day 4: May 17, 2031",
            "2031.5.17 周六",
            "🎉 2031.5.17",
            "2031.05.17：",
        ] {
            check(heading, "2031-05-17");
        }
    }

    #[test]
    fn months_and_ranges() {
        for heading in ["2031.5", "2031-05", "2031年5月", "May 2031", "2031.5 (ICLR)"] {
            check(heading, "2031-05");
        }
        check("2031/05/01-05/07", "2031-05-01..2031-05-07");
        check("2031.5.1 ~ 2031.6.2", "2031-05-01..2031-06-02");
        check("2031-W18", "2031-04-28..2031-05-04");
    }

    #[test]
    fn what_only_looks_like_a_date() {
        for heading in ["3.1 Method", "2031.5 billion tokens", "1024x768", "Results", "", "2031", "12.5.2031x", "99.99"]
        {
            check(heading, "none");
        }
        check("2031.2.30", "impossible");
        check("2031.13.1", "impossible");
    }
}
