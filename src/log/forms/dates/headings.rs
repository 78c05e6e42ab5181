//! Dates in headings.

use super::{DateForm, DateInput, DateMark, Place, has_year, read, title_start, years};
use crate::log::date::{ParsedDate, When, short_day};
use crate::log::outline::Heading;
use crate::log::{pending, spaced};
use crate::text::Span;
use std::borrow::Cow;
use std::collections::HashMap;

/// Dates without a year count only if more than one in this many headings of their level are dates.
const SIBLINGS: usize = 2;
/// How many headings must share the words before their dates.
const NAMED: usize = 3;
/// An earlier year cannot be a reading date.
const OLDEST: i32 = 1950;
/// The longest heading that may be an unreadable date, in chars.
const SHORT: usize = 16;

/// Statistics on the headings of one level.
#[derive(Default, Clone, Copy)]
struct Level {
    all: usize,
    dates: usize,
    full: usize,
}

/// The headings that are dates, and unreadable headings that look like dates. `heading_dates` has one per heading.
pub(super) fn find(input: &DateInput, heading_dates: &[Option<ParsedDate>]) -> Vec<DateMark> {
    let headings = &input.outline.headings;
    let is_other = |heading: &Heading| input.dialect.ignores(&heading.text) || input.dialect.is_pending(&heading.text);
    let own = headings.iter().zip(heading_dates);
    let heading_dates: Vec<Option<ParsedDate>> =
        own.map(|(heading, parsed)| parsed.clone().filter(|_| !is_other(heading))).collect();
    let mut heading_dates = as_days(headings, as_months(headings, behind_names(headings, heading_dates)));
    let lists = years::add(headings, &mut heading_dates);
    // `Reading list 2031` may be a year among others; `To read 2031` is not.
    for (heading, parsed) in headings.iter().zip(&mut heading_dates) {
        let is_pending = || input.dialect.is_pending(&heading.text) && !pending::may_be_title(&heading.text);
        if parsed.is_some() && (input.dialect.names_pending(&heading.text) || is_pending()) {
            *parsed = None;
        }
    }
    let mut levels = [Level::default(); 7];
    for (heading, parsed) in headings.iter().zip(&heading_dates) {
        let level = &mut levels[usize::from(heading.level.min(6))];
        level.all += 1;
        level.dates += usize::from(parsed.is_some());
        level.full += usize::from(parsed.as_ref().is_some_and(|parsed| is_full(&parsed.what)));
    }
    let mut parents: Vec<(u8, bool)> = Vec::new();
    let mut marks = Vec::new();
    for (at, (heading, parsed)) in headings.iter().zip(heading_dates).enumerate() {
        parents.retain(|(level, _)| *level < heading.level);
        let level = levels[usize::from(heading.level.min(6))];
        let is_dated_above = parents.iter().any(|(_, dated)| *dated);
        parents.push((heading.level, parsed.as_ref().is_some_and(|parsed| has_year(&parsed.what))));
        match parsed {
            Some(parsed)
                if is_date(&parsed, level, is_dated_above) && !is_in_title(heading, &parsed, level)
                    || is_corrected(input, &parsed)
                    || lists.binary_search(&at).is_ok() =>
            {
                marks.push(mark(input, heading, &parsed))
            }
            None if is_unreadable(heading, level) => {
                let parsed = ParsedDate { what: When::Impossible, span: 0..heading.text.len(), alone: true };
                marks.push(mark(input, heading, &parsed));
            }
            _ => {}
        }
    }
    let mut more = without_space(input, &marks);
    marks.append(&mut more);
    marks.sort_by_key(|mark| mark.at);
    marks
}

/// Lines that would be dated headings with a space after the `#` signs: `##2031-05-17` among `## 2031-05-18`.
fn without_space(input: &DateInput, marks: &[DateMark]) -> Vec<DateMark> {
    let mut levels = [false; 7];
    for mark in marks.iter().filter(|mark| is_full(&mark.what)) {
        levels[usize::from(mark.level.min(6))] = true;
    }
    let as_heading = |&paragraph: &Span| {
        let line = input.text[paragraph].split_inclusive('\n').next().filter(|line| line.starts_with('#'))?;
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let text = line[level..].trim_end();
        let is_dated = text.starts_with(|c: char| c.is_ascii_digit()) && levels.get(level) == Some(&true);
        let what = is_dated.then(|| read(text, Place::Heading))?.filter(|it| it.alone && is_full(&it.what))?.what;
        let start = paragraph.start() + level;
        Some(DateMark {
            at: paragraph.start(),
            after: paragraph.start() + line.len(),
            name: start..start + text.len(),
            what,
            title_start: None,
            level: u8::try_from(level).ok()?,
            form: DateForm::Headings,
        })
    };
    if marks.is_empty() { Vec::new() } else { input.outline.paragraphs.iter().filter_map(as_heading).collect() }
}

/// Dates after words that several headings of a level share: `Papers of the week (May 11 - May 17) - 2031`.
fn behind_names(headings: &[Heading], mut heading_dates: Vec<Option<ParsedDate>>) -> Vec<Option<ParsedDate>> {
    let mut shared: HashMap<(u8, &str), Vec<usize>> = HashMap::new();
    for (at, heading) in headings.iter().enumerate().filter(|(at, _)| heading_dates[*at].is_none()) {
        let end = heading.text.find(|c: char| c == '(' || c.is_ascii_digit()).unwrap_or(0);
        if end > 0 {
            shared.entry((heading.level, &heading.text[..end])).or_default().push(at);
        }
    }
    let is_named = |name: &str, all: &[usize]| all.len() >= NAMED || name.to_lowercase().contains("week");
    for ((_, name), all) in shared.into_iter().filter(|((_, name), all)| is_named(name, all)) {
        let is_common = all.len() >= NAMED;
        for at in all {
            let parsed = behind_name(&headings[at].text, name);
            // In a young log, few headings share the words: only the days of a week are surely a date.
            heading_dates[at] = parsed.filter(|parsed| is_common || is_full_range(&parsed.what));
        }
    }
    heading_dates
}

/// The date after the words that a heading shares with others.
fn behind_name(heading: &str, name: &str) -> Option<ParsedDate> {
    let mut date = Cow::Borrowed(&heading[name.len()..]);
    if date.contains(['(', ')']) {
        date = date.replace(['(', ')'], " ").into();
    }
    let mut date = spaced(&date);
    if date.contains('-') {
        date = date.replace(" - 20", ", 20");
    }
    read(&date, Place::Cell).map(|read| ParsedDate { span: 0..heading.len(), alone: true, ..read })
}

/// Whether a date is a range of days with a year.
fn is_full_range(what: &When) -> bool {
    matches!(what, When::Range { first, last } if first.year.or(last.year).is_some())
}

/// Reads `1911`, `2002` as months rather than years, if one of them would be a year too long ago.
fn as_months(headings: &[Heading], mut heading_dates: Vec<Option<ParsedDate>>) -> Vec<Option<ParsedDate>> {
    for level in 1..=6 {
        let of_level = || (0..headings.len()).filter(|&at| headings[at].level == level);
        let year = |parsed: &Option<ParsedDate>| match parsed.as_ref().map(|parsed| parsed.what) {
            Some(When::Year(year)) => Some(year),
            _ => None,
        };
        let years: Vec<i32> = of_level().filter_map(|at| year(&heading_dates[at])).collect();
        if years.len() < 2
            || years.iter().all(|&year| year >= OLDEST)
            || years.iter().any(|year| !(1..=12).contains(&(year % 100)))
        {
            continue;
        }
        for at in of_level() {
            if let (Some(year), Some(parsed)) = (year(&heading_dates[at]), heading_dates[at].as_mut()) {
                parsed.what = When::Month { year: Some(2000 + year / 100), month: year.unsigned_abs() % 100 };
            }
        }
    }
    heading_dates
}

/// Reads `200503`, `200517` as days with a short year rather than months, if one of them cannot be a month.
fn as_days(headings: &[Heading], mut heading_dates: Vec<Option<ParsedDate>>) -> Vec<Option<ParsedDate>> {
    let mut seen: [Vec<(usize, When)>; 7] = Default::default();
    for (at, (heading, parsed)) in headings.iter().zip(&heading_dates).enumerate() {
        if let Some(parsed) = parsed
            && let Some(day) = six_digits(&heading.text[parsed.span.clone()]).and_then(short_day)
        {
            seen[usize::from(heading.level.min(6))].push((at, day));
        }
    }
    for level in seen {
        let is_day =
            |(at, _): &(usize, When)| matches!(heading_dates[*at].as_ref().map(|it| it.what), Some(When::Day { .. }));
        if !level.iter().any(is_day) {
            continue;
        }
        for (at, day) in level {
            if let Some(parsed) = heading_dates[at].as_mut() {
                parsed.what = day;
            }
        }
    }
    heading_dates
}

/// The number in a text of six digits and nothing else but decoration.
fn six_digits(text: &str) -> Option<u32> {
    let digits = text.trim_matches(|c: char| !c.is_alphanumeric());
    let is_one = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_one.then(|| digits.parse().ok())?
}

/// Whether a date is a day, month or range with its year.
fn is_full(what: &When) -> bool {
    has_year(what) && !matches!(what, When::Year(_))
}

/// Whether a correction says that headings are dates, and this heading is one.
fn is_corrected(input: &DateInput, parsed: &ParsedDate) -> bool {
    let is_day = !matches!(parsed.what, When::Impossible | When::Counter(_));
    input.dialect.dates() == Some(DateForm::Headings) && parsed.alone && is_day
}

fn is_date(parsed: &ParsedDate, level: Level, is_dated_above: bool) -> bool {
    let most = level.dates * SIBLINGS > level.all;
    match parsed.what {
        When::Impossible => level.full > 0 || level.dates > 1,
        // Courses also have `Day 3`: it counts only if most headings of its level are dates or counters.
        When::Counter(_) => most && level.dates > 2,
        When::Year(_) => {
            parsed.alone && (most || level.full > 0) && (level.dates > 1 || is_dated_above || level.all == 1)
        }
        _ if is_full(&parsed.what) => true,
        _ => most && (level.dates > 1 || is_dated_above || level.all == 1) || is_dated_above && parsed.alone,
    }
}

/// Whether a date stands among the words of a linked title, and most headings of its level have none.
fn is_in_title(heading: &Heading, parsed: &ParsedDate, level: Level) -> bool {
    let text = heading.text.trim_start();
    let is_behind_words = heading.text[..parsed.span.start].contains(char::is_alphanumeric);
    is_behind_words && level.dates * SIBLINGS <= level.all && text.starts_with('[') && text.contains("](")
}

/// Whether a heading looks like its dated siblings: short, and starting with a digit.
fn is_unreadable(heading: &Heading, level: Level) -> bool {
    level.dates > 3
        && level.dates * 10 > level.all * 7
        && heading.text.chars().count() <= SHORT
        && heading.text.starts_with(|c: char| c.is_ascii_digit())
}

fn mark(input: &DateInput, heading: &Heading, parsed: &ParsedDate) -> DateMark {
    let line = &input.text[heading.span()];
    let start = heading.span().start + line.find(&*heading.text).unwrap_or(0);
    DateMark {
        at: heading.span().start,
        after: heading.span().end,
        name: start..start + heading.text.len(),
        what: parsed.what,
        title_start: if parsed.alone { None } else { title_start(&heading.text, start, parsed.span.end) },
        level: heading.level,
        form: DateForm::Headings,
    }
}
