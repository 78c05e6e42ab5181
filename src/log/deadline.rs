//! The deadline in an item's text: `目标：7月底`, `by 2024-01-31`.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::date::{HeadingDate, read_heading};
use super::item_dates::ItemDate;
use super::spellings::Spellings;

/// A deadline found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Its byte range in the text, including the introducing word.
    pub span: Range<usize>,
    /// The last day, if known.
    pub date: Option<NaiveDate>,
}

/// Words that introduce a deadline. Those in Latin letters must not touch another letter or digit.
const WORDS: [&str; 9] = ["目标", "截止", "期限", "ddl", "deadline", "due", "by", "before", "📅"];

/// Finds the deadline in a text. A date without a year gets `year`; if that is `None`, the deadline has no date.
pub fn deadline(text: &str, year: Option<i32>) -> Option<Deadline> {
    if let Some(found) = ItemDate::Due.find(text) {
        return Some(Deadline { span: found.span, date: Some(found.date) });
    }
    static KNOWN: LazyLock<Spellings> = LazyLock::new(|| Spellings::folded(WORDS.into_iter()));
    KNOWN.places(text).find_map(|word| {
        let start = word.start;
        if !super::dialect::stands_alone(text, word.clone()) {
            return None;
        }
        let after = &text[word.end..];
        let rest = after.trim_start_matches([':', '：', ' ', '日', '期']);
        let (length, date) = when(rest, year)?;
        Some(Deadline { span: start..text.len() - rest.len() + length, date })
    })
}

/// (length in bytes, date if known) of a day at the start of a text.
fn when(text: &str, year: Option<i32>) -> Option<(usize, Option<NaiveDate>)> {
    let is_date = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '/' | '_' | '年' | '月' | '日' | '号');
    let length = text.find(|c: char| !is_date(c)).unwrap_or(text.len());
    let written = text[..length].trim_end_matches(['.', '-', '/', '_']);
    if let Some(HeadingDate::Day(day)) = read_heading(written) {
        return Some((written.len(), Some(day)));
    }
    if let Some(rest) = text.strip_prefix("年底") {
        return Some((text.len() - rest.len(), year.and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31))));
    }
    let (year, month_text) = match text.split_once('年') {
        Some((digits, rest)) if digits.len() == 4 => (digits.parse().ok().or(year), rest),
        _ => (year, text),
    };
    let (digits, rest) = month_text.split_once('月')?;
    let month: u32 = digits.trim().parse().ok().filter(|month| (1..=12).contains(month))?;
    let first = year.and_then(|year| NaiveDate::from_ymd_opt(year, month, 1));
    let day = |day: u32| first.and_then(|first| first.with_day(day));
    let last = first
        .and_then(|first| first.checked_add_months(Months::new(1)))
        .and_then(|next| next.checked_sub_days(Days::new(1)));
    let number = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (length, date) = match rest {
        _ if rest.starts_with("底") || rest.starts_with("末") => ("底".len(), last),
        _ if rest.starts_with("初") => ("初".len(), day(10)),
        _ if rest.starts_with("中旬") => ("中旬".len(), day(20)),
        _ if number > 0 => {
            let unit = if rest[number..].starts_with(['日', '号']) { "日".len() } else { 0 };
            (number + unit, rest[..number].parse().ok().and_then(day))
        }
        _ => (0, last),
    };
    Some((text.len() - rest.len() + length, date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: Option<(&str, Option<&str>)>) {
        let found = deadline(text, Some(2031));
        let found = found.map(|found| (text[found.span].to_owned(), found.date.map(|date| date.to_string())));
        assert_eq!(found, wanted.map(|(span, date)| (span.to_owned(), date.map(str::to_owned))), "{text}");
    }

    #[test]
    fn deadlines() {
        check("综述（目标：7月底写一篇）", Some(("目标：7月底", Some("2031-07-31"))));
        check("survey by 2024-01-31, short", Some(("by 2024-01-31", Some("2024-01-31"))));
        check("due: 2024.1.31.", Some(("due: 2024.1.31", Some("2024-01-31"))));
        check("截止 2月29日", Some(("截止 2月29日", None)));
        check("目标：2032年2月底", Some(("目标：2032年2月底", Some("2032-02-29"))));
        check("ddl 年底", Some(("ddl 年底", Some("2031-12-31"))));
        check("Emu ➕ 2031-05-01 📅 2031-05-17", Some(("📅 2031-05-17", Some("2031-05-17"))));
        check("Emu [due:: 2031-05-17]", Some(("[due:: 2031-05-17]", Some("2031-05-17"))));
        check("Emu due: 2031-05-17", Some(("due: 2031-05-17", Some("2031-05-17"))));
        check("baby 2024-01-31", None);
        check("learning by doing", None);
        check("目标检测", None);
        assert_eq!(deadline("目标：7月底", None), Some(Deadline { span: 0..16, date: None }));
    }
}
