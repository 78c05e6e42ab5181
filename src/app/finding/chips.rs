//! Filters of the finder: words such as `date:2023.11` that say what an entry must be, and
//! `sort:` that says in which order entries come.

use std::cmp::Reverse;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::app::keys::action::Order;
use crate::log::date::month_of;
use crate::log::tracks::{Topics, tracks};
use crate::log::{Entry, EntryKind, Log};
use crate::papers::behind::{Behind, OfEntry};
use crate::say;
use crate::search::Results;
use crate::search::normalise::normalise;
use crate::words::{Both, Language};

/// The names of filters in both languages, each with what it may be followed by.
const NAMES: [(Both<&str>, Both<&str>); 7] = [
    (
        Both::new("date", "日期"),
        Both::new("2023.11  2023-10..2023-12  last month", "2023.11  2023-10..2023-12  上个月"),
    ),
    (Both::new("has", "有"), Both::new("figures  pdf", "图  pdf")),
    (
        Both::new("is", "是"),
        Both::new("due  new  unreviewed  unread  placeholder  note  paper", "到期  新  未复习  未读  待写  笔记  论文"),
    ),
    (Both::new("org", "机构"), Both::new("a part of the organisation's name", "机构名的一部分")),
    (
        Both::new("author", "作者"),
        Both::new("a part of an author's name, as the PDF has it", "作者名的一部分（据 PDF）"),
    ),
    (Both::new("track", "主线"), Both::new("a word of the track", "主线中的一个词")),
    (Both::new("sort", "排序"), Both::new("date  published  title", "日期  发表  标题")),
];

/// A filter as it was typed, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// What was typed.
    pub word: String,
    meaning: Meaning,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Meaning {
    /// Read between these days, both included.
    Read(NaiveDate, NaiveDate),
    HasFigures,
    Is(EntryKind),
    /// Its box is not ticked yet.
    Unread,
    /// One of these, ascending: what comes up for review.
    OneOf(Vec<usize>),
    Organisation(String),
    Track(String),
    Sort(Order),
}

/// What filters are relative to.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// What dates such as `last-month` count from.
    pub today: NaiveDate,
    /// Entries that come up again today, as indices.
    pub due: &'a [usize],
    /// Entries that come up today for the first time.
    pub new: &'a [usize],
    /// Papers that were never reviewed, ascending.
    pub unreviewed: &'a [usize],
    /// The log.
    pub log: &'a Log,
    /// What the PDFs behind it say.
    pub papers: &'a Behind,
}

/// Whether a word begins like a filter, so that it is none of the title's.
pub fn is_filter(word: &str) -> bool {
    split(word).is_some()
}

fn split(word: &str) -> Option<(&'static str, &str)> {
    let (typed, value) = word.split_once([':', '：'])?;
    let is_meant = |name: &Both<&str>| [Language::English, Language::Chinese].iter().any(|it| *name.get(*it) == typed);
    let (name, _) = NAMES.iter().find(|(name, _)| is_meant(name))?;
    Some((name.get(Language::English), value))
}

/// The words of what was typed, each with the space behind it; `date:last month` is one.
pub fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let end = start + word.len();
        let goes_on = words.last().is_some_and(|before| {
            let is_open = matches!(split(before.trim_end()), Some(("date", "last" | "this")));
            is_open && ["week", "month", "year"].iter().any(|period| period.starts_with(word.trim_end()))
        });
        let before = if goes_on { words.pop().map_or(0, str::len) } else { 0 };
        words.push(&text[start - before..end]);
        start = end;
    }
    words
}

/// What a user may want to know who is typing this: the names of filters before anything is
/// typed, and what may follow one that says nothing yet.
pub fn advice(text: &str, setting: Setting<'_>, language: Language) -> Option<String> {
    if text.trim().is_empty() {
        let names = NAMES.map(|(name, _)| format!("{}:", name.take(language)));
        return Some(say!(language, "filters: {}", "过滤：{}", names.join(" ")));
    }
    let word = words(text).pop()?.trim_end();
    let (name, _) = split(word).filter(|_| Filter::read(word, setting).is_none())?;
    let known = NAMES.iter().find(|(known, _)| *known.get(Language::English) == name)?;
    Some(known.1.take(language).to_owned())
}

impl Filter {
    /// Understands a word; `None` when it says nothing.
    pub fn read(word: &str, setting: Setting<'_>) -> Option<Self> {
        let (name, value) = split(word)?;
        let value = normalise(value);
        let meaning = match (name, value.as_str()) {
            (_, "") => return None,
            ("date", value) => days(value, setting.today).map(|(first, last)| Meaning::Read(first, last))?,
            ("has", "figures" | "figure" | "图") => Meaning::HasFigures,
            ("has", "pdf" | "pdfs") => Meaning::OneOf(of_papers(setting, |of| !of.pdfs.is_empty())),
            ("author", _) => {
                Meaning::OneOf(of_papers(setting, |of| of.authors.iter().any(|name| normalise(name).contains(&value))))
            }
            ("is", "placeholder" | "待写") => Meaning::Is(EntryKind::Placeholder),
            ("is", "note" | "笔记") => Meaning::Is(EntryKind::Note),
            ("is", "paper" | "论文") => Meaning::Is(EntryKind::Paper),
            ("is", "unread" | "未读") => Meaning::Unread,
            ("is", "due" | "到期") => Meaning::OneOf(ascending(setting.due)),
            ("is", "new" | "新") => Meaning::OneOf(ascending(setting.new)),
            ("is", "unreviewed" | "未复习") => Meaning::OneOf(setting.unreviewed.to_vec()),
            ("org", _) => Meaning::Organisation(value),
            ("track", _) => Meaning::Track(value),
            ("sort", "date" | "日期") => Meaning::Sort(Order::Date),
            ("sort", "published" | "发表") => Meaning::Sort(Order::Published),
            ("sort", "title" | "标题") => Meaning::Sort(Order::Title),
            _ => return None,
        };
        Some(Self { word: word.to_owned(), meaning })
    }
}

/// The entries of whose papers something is true, ascending.
fn of_papers(setting: Setting<'_>, is_meant: impl Fn(&OfEntry) -> bool) -> Vec<usize> {
    let is_of = |entry: &Entry| setting.papers.entry(&entry.key).is_some_and(&is_meant);
    setting.log.entries.iter().enumerate().filter(|(_, entry)| is_of(entry)).map(|(index, _)| index).collect()
}

fn ascending(entries: &[usize]) -> Vec<usize> {
    let mut entries = entries.to_vec();
    entries.sort_unstable();
    entries
}

/// Days as they are typed: a year, month or day, two of them with `..` between, or a name.
fn days(value: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    if let Some((first, last)) = value.split_once("..") {
        let first = if first.is_empty() { NaiveDate::MIN } else { days(first, today)?.0 };
        let last = if last.is_empty() { NaiveDate::MAX } else { days(last, today)?.1 };
        return Some((first, last));
    }
    let month = |date: NaiveDate| period(date.year(), Some(date.month()), None);
    match value.replace(' ', "-").as_str() {
        "today" | "今天" => Some((today, today)),
        "yesterday" | "昨天" => today.pred_opt().map(|day| (day, day)),
        "last-week" | "上周" => Some((today.checked_sub_days(Days::new(7))?, today.pred_opt()?)),
        "this-month" | "本月" | "这个月" => month(today),
        "last-month" | "上月" | "上个月" => month(month_of(today).pred_opt()?),
        "this-year" | "今年" => period(today.year(), None, None),
        "last-year" | "去年" => period(today.year() - 1, None, None),
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

/// First and last day of a year, a month or a day.
fn period(year: i32, month: Option<u32>, day: Option<u32>) -> Option<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
    let next = match (month, day) {
        (_, Some(_)) => return Some((first, first)),
        (Some(_), None) => first.checked_add_months(Months::new(1)),
        (None, None) => first.checked_add_months(Months::new(12)),
    };
    Some((first, next?.pred_opt()?))
}

/// Takes the hits out that a filter forbids, and brings the rest into the order that the last
/// `sort:` asks for.
pub fn narrow(log: &Log, topics: &Topics, filters: &[Filter], results: &mut Results) {
    for Filter { meaning, .. } in filters {
        let members = match meaning {
            Meaning::Track(word) => &in_track(log, topics, word),
            Meaning::OneOf(members) => members,
            _ => {
                results.hits.retain(|hit| meaning.fits(&log.entries[hit.item]));
                continue;
            }
        };
        results.hits.retain(|hit| members.binary_search(&hit.item).is_ok());
    }
    let order = filters.iter().rev().find_map(|filter| match filter.meaning {
        Meaning::Sort(order) => Some(order),
        _ => None,
    });
    let entry = |item: usize| &log.entries[item];
    match order {
        Some(Order::Date) => results.hits.sort_by_key(|hit| Reverse(entry(hit.item).date)),
        Some(Order::Published) => results.hits.sort_by_key(|hit| Reverse(entry(hit.item).published)),
        Some(Order::Title) => results.hits.sort_by_cached_key(|hit| entry(hit.item).title.to_lowercase()),
        None => {}
    }
}

/// The entries of the tracks that have this word, ascending.
fn in_track(log: &Log, topics: &Topics, word: &str) -> Vec<usize> {
    let is_meant = |name: &String| normalise(name).contains(word);
    let meant =
        tracks(log, topics).into_iter().filter(|track| is_meant(&track.name) || track.words.iter().any(is_meant));
    let mut members: Vec<usize> = meant.flat_map(|track| track.entries).collect();
    members.sort_unstable();
    members
}

impl Meaning {
    fn fits(&self, entry: &Entry) -> bool {
        match self {
            Self::Read(first, last) => entry.date.is_some_and(|date| (*first..=*last).contains(&date)),
            Self::HasFigures => !entry.figures.is_empty(),
            Self::Is(kind) => entry.kind == *kind,
            Self::Unread => !entry.read,
            Self::Organisation(part) => entry.organisations.iter().any(|name| normalise(name).contains(part)),
            Self::OneOf(_) | Self::Track(_) | Self::Sort(_) => true,
        }
    }
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
    fn days_are_understood() {
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
    fn only_names_that_are_known_are_filters() {
        assert!(
            is_filter("date:")
                && is_filter("org：x")
                && is_filter("日期：上月")
                && !is_filter("clip:")
                && !is_filter("date")
        );
    }

    #[test]
    fn words_keep_their_spaces() {
        assert_eq!(words("date:last month a  b"), ["date:last month ", "a ", " ", "b"]);
        assert_eq!(words("date:last mo"), ["date:last mo"]);
        assert_eq!(words("date:last foo"), ["date:last ", "foo"]);
        assert_eq!(words("is:due　清华"), ["is:due　", "清华"]);
    }
}
