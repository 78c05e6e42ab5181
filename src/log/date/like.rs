//! Writes a date in the style of another: with the same order, separators, names and padding.

use chrono::{Datelike, NaiveDate};

/// Weekdays after `周` and similar, from Monday.
const HAN_WEEKDAYS: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];
/// Weekdays in brackets or before `曜`, from Monday.
const KANJI_WEEKDAYS: [char; 7] = ['月', '火', '水', '木', '金', '土', '日'];
/// The longest text that is rewritten, in bytes.
const LONGEST: usize = 160;

/// The dates in a text, and their replacements.
#[derive(Debug, Clone, Copy)]
pub struct DateReplacement<'a> {
    /// The day in the text, or the first and last day of a range.
    pub old: &'a [NaiveDate],
    /// The replacements, one per old date.
    pub new: &'a [NaiveDate],
    /// Whether the text has no day of the month.
    pub is_month: bool,
    /// Whether the text is only a year.
    pub is_year: bool,
    /// Whether to pad numbers below ten to two digits where the text leaves this open.
    pub padded: bool,
}

/// Replaces the dates in a text. Anything that depends on the day, such as a remark after the date, is dropped. `None`
/// if the old dates are not found in the text.
pub fn like(text: &str, dates: DateReplacement) -> Option<String> {
    if text.len() > LONGEST || dates.old.is_empty() || dates.old.len() != dates.new.len() {
        return None;
    }
    let mut writer = DateWriter { dates, at: 0, has: Has::new(dates), out: String::new(), last_word: String::new() };
    let mut rest = text;
    while !writer.is_done(rest) {
        let c = rest.chars().next()?;
        let kind = |c: char| (c.is_ascii_digit(), c.is_ascii_alphabetic());
        let run = if kind(c) == (false, false) {
            c.len_utf8()
        } else {
            rest.find(|next: char| kind(next) != kind(c)).unwrap_or(rest.len())
        };
        let (word, next) = rest.split_at(run);
        match kind(c) {
            (true, _) => writer.number(word)?,
            (_, true) => writer.word(word),
            _ => writer.sign(c),
        }
        rest = next;
    }
    Some(writer.end(rest))
}

/// The parts of the current date that are already written, or not wanted.
#[derive(Clone, Copy)]
struct Has {
    year: bool,
    month: bool,
    day: bool,
}

impl Has {
    fn new(dates: DateReplacement) -> Self {
        Self { year: false, month: dates.is_year, day: dates.is_month || dates.is_year }
    }
}

struct DateWriter<'a> {
    dates: DateReplacement<'a>,
    /// Index of the current date in [`DateReplacement`].
    at: usize,
    has: Has,
    out: String,
    /// The last word in lower case, or `#` for the number of the day; empty once anything but white space follows.
    last_word: String,
}

impl DateWriter<'_> {
    fn pair(&self) -> (NaiveDate, NaiveDate) {
        (self.dates.old[self.at], self.dates.new[self.at])
    }

    /// Whether all parts of the dates in the text have been written.
    fn is_done(&self, rest: &str) -> bool {
        let (old, _) = self.pair();
        let is_last = self.at + 1 == self.dates.old.len();
        is_last && self.has.month && self.has.day && (self.has.year || !has_year(&self.out, rest, old)) && {
            self.has.year || !self.dates.is_year
        }
    }

    fn number(&mut self, word: &str) -> Option<()> {
        if self.at + 1 < self.dates.old.len() && self.has.month && self.has.day && !self.is_year(word) {
            self.at += 1;
            self.has = Has::new(self.dates);
        }
        let (old, new) = self.pair();
        let value: u32 = word.parse().ok()?;
        let stamps = [(8, "%Y%m%d"), (6, "%y%m%d"), (6, "%Y%m"), (4, "%y%m")];
        let stamp = stamps.iter().find(|(length, form)| {
            word.len() == *length
                && old.format(form).to_string() == word
                && (form.contains("%d") != self.dates.is_month)
        });
        if let Some((_, form)) = stamp {
            self.out.push_str(&new.format(form).to_string());
            self.has = Has { year: true, month: true, day: true };
        } else if self.is_year(word) {
            self.out.push_str(&new.year().to_string());
            self.has.year = true;
        } else if !self.has.month && value == old.month() && word.len() <= 2 {
            self.two(word, new.month());
            self.has.month = true;
        } else if !self.has.day && value == old.day() && word.len() <= 2 {
            self.two(word, new.day());
            self.has.day = true;
        } else if !self.has.year && word.len() == 2 && i64::from(value) == i64::from(old.year() % 100) {
            self.out.push_str(&format!("{:02}", new.year() % 100));
            self.has.year = true;
        } else if self.last_word == "day" {
            let count = i64::from(value) + (new - old).num_days();
            self.out.push_str(&u32::try_from(count).ok()?.to_string());
        } else if matches!(self.last_word.as_str(), "w" | "week") && value == old.iso_week().week() {
            self.two(word, new.iso_week().week());
        } else {
            // An unrelated number would be wrong for another day.
            return None;
        }
        self.last_word = if self.has.day && value == old.day() { "#".to_owned() } else { String::new() };
        Some(())
    }

    fn is_year(&self, word: &str) -> bool {
        !self.has.year && word.len() == 4 && word.parse() == Ok(self.pair().0.year())
    }

    fn two(&mut self, word: &str, value: u32) {
        let padded = match word.len() {
            1 => false,
            _ => word.starts_with('0') || self.dates.padded,
        };
        self.out.push_str(&if padded { format!("{value:02}") } else { value.to_string() });
    }

    fn word(&mut self, word: &str) {
        let is_month =
            |date: &NaiveDate| date.format("%b").to_string().eq_ignore_ascii_case(word.get(..3).unwrap_or(""));
        if self.has.month && self.has.day && self.dates.old.get(self.at + 1).is_some_and(is_month) {
            self.at += 1;
            self.has = Has::new(self.dates);
        }
        let (old, new) = self.pair();
        let lower = word.to_lowercase();
        if self.last_word == "#" && matches!(lower.as_str(), "st" | "nd" | "rd" | "th") {
            self.out.push_str(ordinal(new.day()));
            self.last_word.clear();
            return;
        }
        let begins = |form: &str, text: NaiveDate| text.format(form).to_string().to_lowercase().starts_with(&lower);
        let named = if lower.len() < 3 {
            None
        } else if begins("%A", old) {
            Some("%A")
        } else if !self.has.month && begins("%B", old) {
            self.has.month = true;
            Some("%B")
        } else {
            None
        };
        self.last_word = lower.clone();
        let Some(form) = named else { return self.out.push_str(word) };
        let is_full = old.format(form).to_string().len() == word.len();
        let name = new.format(form).to_string();
        let name = if is_full { name.as_str() } else { &name[..3] };
        let is_loud = word.chars().all(|c| c.is_ascii_uppercase());
        self.out.push_str(&if is_loud { name.to_uppercase() } else { name.to_owned() });
    }

    fn sign(&mut self, c: char) {
        if !c.is_whitespace() {
            self.last_word.clear();
        }
        self.out.push(c);
    }

    /// Appends the weekday and the closing signs after a date.
    fn end(mut self, rest: &str) -> String {
        let (old, new) = self.pair();
        let mut rest = rest;
        if self.last_word == "#" && ["st", "nd", "rd", "th"].iter().any(|end| rest.starts_with(end)) {
            self.out.push_str(ordinal(new.day()));
            rest = &rest[2..];
        }
        let unit = rest.len() - rest.trim_start_matches(['日', '号', '月']).len();
        self.out.push_str(&rest[..unit]);
        rest = &rest[unit..];
        if let Some((written, length)) = weekday(rest, old, new) {
            self.out.push_str(&written);
            rest = &rest[length..];
        }
        // Closing emphasis and closing `#` belong to the style.
        if rest.chars().any(char::is_alphanumeric) && !rest.trim_start_matches(['*', '_', ':']).starts_with("</") {
            let form = |c: char| matches!(c, ':' | '：' | '*' | '_' | '#' | ')' | '）' | ']' | '】' | '`');
            rest = &rest[..rest.len() - rest.trim_start_matches(form).len()];
        }
        format!("{}{rest}", self.out).trim_end().to_owned()
    }
}

/// Whether the rest of a text contains the year of a date.
fn has_year(before: &str, rest: &str, date: NaiveDate) -> bool {
    let separators = ['-', '/', '.'];
    // `09-09-31`, but not `5.17 31 papers`.
    let short = match rest.strip_prefix(separators) {
        Some(rest) => Some(rest),
        None => before.ends_with(separators).then_some(rest),
    };
    let is_year = |rest: &str| {
        let behind = rest.strip_prefix(&format!("{:02}", date.year() % 100));
        behind.is_some_and(|behind| !behind.starts_with(|c: char| c.is_ascii_digit()))
    };
    rest.contains(&date.year().to_string()) || short.is_some_and(is_year)
}

fn ordinal(day: u32) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

/// If a text starts with the weekday of `old`: (the weekday of `new` in the same style, bytes that it replaces).
fn weekday(text: &str, old: NaiveDate, new: NaiveDate) -> Option<(String, usize)> {
    let lead = text.len() - text.trim_start_matches([' ', ',', '，', '(', '（', '.', '-']).len();
    let (signs, rest) = text.split_at(lead);
    let index = |date: NaiveDate| usize::try_from(date.weekday().num_days_from_monday()).unwrap_or(0);
    for form in ["%A", "%a"] {
        let name = old.format(form).to_string();
        if rest.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(&name)) {
            return Some((format!("{signs}{}", new.format(form)), lead + name.len()));
        }
    }
    for begins in ["星期", "周", "週", "礼拜"] {
        let name = format!("{begins}{}", HAN_WEEKDAYS[index(old)]);
        if rest.starts_with(&name) {
            return Some((format!("{signs}{begins}{}", HAN_WEEKDAYS[index(new)]), lead + name.len()));
        }
    }
    let kanji = KANJI_WEEKDAYS[index(old)];
    let is_kanji =
        rest.starts_with(kanji) && (signs.ends_with(['(', '（']) || rest[kanji.len_utf8()..].starts_with('曜'));
    is_kanji.then(|| (format!("{signs}{}", KANJI_WEEKDAYS[index(new)]), lead + kanji.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, old: &[&str], new: &[&str], wanted: Option<&str>) {
        let read = |dates: &[&str]| dates.iter().filter_map(|date| date.parse().ok()).collect::<Vec<NaiveDate>>();
        let (old, new) = (read(old), read(new));
        let is_month = wanted.is_some_and(|wanted| wanted.contains("June")) || text == "## 2031.05";
        let dates = DateReplacement { old: &old, new: &new, is_month, is_year: false, padded: true };
        assert_eq!(like(text, dates).as_deref(), wanted, "{text}");
    }

    #[test]
    fn a_date_is_written_like_another() {
        let day = |text: &str, wanted: Option<&str>| check(text, &["2031-05-17"], &["2032-11-03"], wanted);
        day("## 2031.5.17", Some("## 2032.11.3".replace(".3", ".03").as_str()));
        day("# 5/17", Some("# 11/03"));
        day("- **2031/05/17, Saturday.**", Some("- **2032/11/03, Wednesday.**"));
        day("### 2031年5月17日 周六", Some("### 2032年11月03日 周三"));
        day("## 5月17日（土）", Some("## 11月03日（水）"));
        day("#### 17th of May 2031", Some("#### 03rd of November 2032"));
        day("<b>2031-05-17</b><br>", Some("<b>2032-11-03</b><br>"));
        day("## Added 2031/05/17:", Some("## Added 2032/11/03:"));
        day("17/05/31", Some("03/11/32"));
        day("310517", Some("321103"));
        day("## 2031.5.17 a talk", Some("## 2032.11.03"));
        day("Day 4 (17-05-31)", Some("Day 540 (03-11-32)"));
        day("## 2031.6.17", None);
        check("## May 2031", &["2031-05-01"], &["2031-06-01"], Some("## June 2031"));
        check("## 2031.05", &["2031-05-01"], &["2032-11-01"], Some("## 2032.11"));
        let week = (["2031-05-11", "2031-05-17"], ["2031-05-18", "2031-05-24"]);
        let span = |text: &str, wanted: &str| check(text, &week.0, &week.1, Some(wanted));
        span("## Papers (May 11 - May 17) - 2031", "## Papers (May 18 - May 24) - 2031");
        span("**2031/05/11-2031/05/17**", "**2031/05/18-2031/05/24**");
    }
}
