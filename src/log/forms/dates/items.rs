//! Dates in list items: above the papers of a day, or before each title.

use super::{DateForm, DateInput, DateMark, Place, has_year, is_sorted, read, title_start};
use crate::log::date::{ParsedDate, Partial, When, days_in, may_start, short_day};
use crate::log::forms::title;
use crate::log::outline::Item;
use crate::log::parallel::find_in_parallel;
use crate::text::prefix;

/// How much of an item's text is searched for a date, in bytes.
const LOOKED_AT: usize = 120;

/// The longest month before a colon, in bytes.
const MONTH: usize = 24;

/// The most years between two months of a log.
const YEARS: u32 = 2;

/// How many days without any year form a calendar.
const YEARLESS: usize = 3;

/// Whether all dates are days with a named month, before titles: `5月17日 Emus`. `5/17` may be a fraction or a score.
fn are_named_days(marks: &[DateMark]) -> bool {
    marks.len() >= YEARLESS
        && marks.iter().all(|mark| matches!(mark.what, When::Day { .. }) && mark.title_start.is_some())
}

/// The items that are dates or start with one, if they form a calendar. `heading_dates` has one entry per heading.
pub(super) fn find(input: &DateInput, heading_dates: &[Option<ParsedDate>]) -> Vec<DateMark> {
    let items = || input.outline.items.iter().filter(|item| !item.quoted && !item.text().is_empty());
    let found = find_in_parallel(&input.outline.items, |item| item.span(), |item| starts_with_date(input, item));
    let (alone, mut before): (Vec<DateMark>, Vec<DateMark>) =
        found.into_iter().partition(|mark| mark.title_start.is_none());
    // `2906-2907: Emus` is a range of months only among days such as `290517: Owls`.
    let from_date = |mark: &DateMark| prefix(&input.text[mark.name.start..], LOOKED_AT);
    if !before.iter().any(|mark| compact(from_date(mark)).is_some()) {
        before.retain(|mark| compact_months(from_date(mark)).is_none());
    }
    let is_short = |mark: &DateMark| short_month(from_date(mark)).is_some();
    if !before.iter().all(is_short) || !are_near(&before) {
        before.retain(|mark| !is_short(mark));
    }
    // A month in brackets before a title with a link to the paper tells when the paper was published.
    let in_brackets = |mark: &DateMark| bracketed_month(from_date(mark)).is_some();
    let (mut months, mut linked) = (0, 0);
    for mark in before.iter().filter(|mark| in_brackets(mark)) {
        months += 1;
        linked += usize::from(title::links_to_paper(first_line(input, mark.name.start)));
    }
    if linked * 2 >= months.max(1) {
        before.retain(|mark| !in_brackets(mark));
    }
    // Below headings with a year, items need no year.
    let is_wide = |what: When| matches!(what, When::Year(_) | When::Month { year: Some(_), .. });
    let mut headings = input.outline.headings.iter().zip(heading_dates);
    let first_year = headings.find(|(_, parsed)| parsed.as_ref().is_some_and(|it| is_wide(it.what)));
    let first_year = first_year.map_or(usize::MAX, |(heading, _)| heading.span().start);
    let is_calendar = |marks: &[DateMark], least: usize| {
        let full = marks.iter().filter(|mark| has_year(&mark.what) || first_year < mark.at).count();
        input.dialect.dates() == Some(DateForm::Items)
            || marks.len() >= least
                && (full * 2 >= marks.len() || full == 0 && are_named_days(marks))
                && (is_sorted(marks) || is_sorted_in_parts(input, marks, is_no_fact))
    };
    if is_calendar(&alone, 1) && alone.len() >= before.len() {
        return alone;
    }
    // Only if most items start with a date.
    if is_calendar(&before, 2) {
        let (first, last) = (before[0].at, before[before.len() - 1].at);
        let among = items().filter(|item| item.depth == 1 && (first..=last).contains(&item.span().start)).count();
        if before.len() * 2 > among || input.dialect.dates() == Some(DateForm::Items) {
            return before;
        }
    }
    Vec::new()
}

/// The date that an item is or starts with.
fn starts_with_date(input: &DateInput, item: &Item) -> Option<DateMark> {
    if item.quoted || item.text().is_empty() {
        return None;
    }
    let text = prefix(&input.text[item.text()], LOOKED_AT);
    let text = &text[..memchr::memchr(b'\n', text.as_bytes()).unwrap_or(text.len())];
    let parsed = may_start(text)
        .then(|| {
            read(text, Place::Item)
                .or_else(|| before_link(text))
                .or_else(|| before_bar(text))
                .or_else(|| before_words(text))
                .or_else(|| before_colon(text))
                .or_else(|| short_month(text))
                .or_else(|| bracketed_month(text))
        })
        .flatten();
    let months = compact_months(text);
    // Keep the months in the title: the rest may be too short for one.
    let is_whole = months.is_some();
    let parsed = parsed.or_else(|| compact(text)).or(months)?;
    // A year such as `2031` or a counter such as `Day 3` groups other items; it is no day of reading.
    if matches!(parsed.what, When::Year(_) | When::Counter(_) | When::Impossible) {
        return None;
    }
    let behind = match parsed.alone {
        true => None,
        false if is_whole => Some(item.text().start),
        false => title_start(text, item.text().start, parsed.span.end),
    };
    let name = item.text().start + parsed.span.start..item.text().start + parsed.span.end;
    Some(mark(input, item, name, parsed.what, behind))
}

/// Whether dates are sorted within most parts of the file, one per heading. Only parts for which `counts` is true are
/// judged.
pub(super) fn is_sorted_in_parts(input: &DateInput, marks: &[DateMark], counts: impl Fn(&&[DateMark]) -> bool) -> bool {
    let headings = &input.outline.headings;
    let part = |mark: &DateMark| headings.partition_point(|heading| heading.span().start <= mark.at);
    let parts: Vec<&[DateMark]> = marks.chunk_by(|one, other| part(one) == part(other)).filter(counts).collect();
    parts.len() > 1 && parts.iter().filter(|part| is_sorted(part)).count() * 10 >= parts.len() * 7
}

/// Whether the dates below a heading are more than a single month, which would tell when a paper was published.
fn is_no_fact(part: &&[DateMark]) -> bool {
    part.len() > 1 || !matches!(part[0].what, When::Month { .. })
}

/// A date before a link or emphasis: `May 17, 2031: [Emus](emus.md)`, `05/17/2031 **Emus**`.
fn before_link(text: &str) -> Option<ParsedDate> {
    let end = text.find(['[', '*', '<', '《'])?;
    let date = text[..end].trim_end_matches([' ', ':', '：', '-', '–', ',']);
    let parsed = read(date, Place::Cell)?;
    Some(ParsedDate { alone: false, span: parsed.span.start..date.len(), ..parsed })
}

/// A date before a title and more, between bars: `2031-05-17 | Emus | read twice`.
fn before_bar(text: &str) -> Option<ParsedDate> {
    let date = text.split_once(" | ")?.0.trim_end();
    let parsed = read(date, Place::Cell).filter(|parsed| parsed.alone && has_year(&parsed.what))?;
    Some(ParsedDate { alone: false, span: parsed.span.start..date.len(), ..parsed })
}

/// A full date before words that begin like a title: `2031-05-17 Emus at Work`. A sentence goes on in lower case.
fn before_words(text: &str) -> Option<ParsedDate> {
    let (date, rest) = text.split_once(' ')?;
    let parsed = read(date, Place::Cell).filter(|parsed| parsed.alone)?;
    let is_full = matches!(parsed.what, When::Day { year: Some(_), .. } | When::Ambiguous { year: Some(_), .. });
    // `2031-05-17 以前…` speaks of a time.
    let is_time = ["以前", "以后", "以來", "以来", "以後", "之前", "之后"].iter().any(|word| rest.starts_with(word));
    let begins =
        rest.trim_start_matches(['"', '“', '\'']).chars().next().filter(|c| c.is_alphabetic() && !c.is_lowercase());
    (is_full && begins.is_some() && !is_time).then_some(ParsedDate {
        alone: false,
        span: parsed.span.start..date.len(),
        ..parsed
    })
}

/// A month before a colon and a title: `2031.05: Emus at Work`.
fn before_colon(text: &str) -> Option<ParsedDate> {
    let (month, _) = text.split_once([':', '：']).filter(|(month, _)| month.len() <= MONTH)?;
    let parsed = read(month.trim_end(), Place::Cell).filter(|parsed| parsed.alone)?;
    let is_month = matches!(parsed.what, When::Month { year: Some(_), .. });
    is_month.then_some(ParsedDate { alone: false, span: parsed.span.start..month.len(), ..parsed })
}

/// A month with a short year before a colon, `31.05: Emus at Work`, if it cannot be a month and a day.
fn short_month(text: &str) -> Option<ParsedDate> {
    let digits = text.split_once([':', '：']).filter(|(digits, _)| digits.len() == 5)?.0;
    let (year, month) = digits.split_once('.')?;
    let number = |digits: &str| Some(digits).filter(|it| it.len() == 2)?.parse::<u32>().ok();
    let (year, month) = (number(year).filter(|year| (13..=45).contains(year))?, number(month)?);
    let what = When::Month { year: i32::try_from(2000 + year).ok(), month };
    (1..=12).contains(&month).then_some(ParsedDate { what, span: 0..digits.len(), alone: false })
}

/// Whether several months follow each other within [`YEARS`]. In days such as `19.01` and `20.01`, which are no months, the
/// second number stays the same from one to the next.
fn are_near(months: &[DateMark]) -> bool {
    let parts = |mark: &DateMark| match mark.what {
        When::Month { year: Some(year), month } => (year, i32::try_from(month).unwrap_or(0)),
        _ => (0, 0),
    };
    let pairs = || months.windows(2).map(|two| (parts(&two[0]), parts(&two[1])));
    let is_near = |((year, month), (next, other)): ((i32, i32), (i32, i32))| {
        (year * 12 + month).abs_diff(next * 12 + other) <= YEARS * 12
    };
    let like_days = pairs().filter(|((year, month), (next, other))| year != next && month == other).count();
    months.len() > 1 && like_days * 2 < months.len() && pairs().all(is_near)
}

/// A month in brackets before a title: `(2031.05) Emus at Work`.
fn bracketed_month(text: &str) -> Option<ParsedDate> {
    let (month, title) = match text.chars().next()? {
        '(' => text[1..].split_once(')')?,
        '[' => text[1..].split_once(']')?,
        _ => return None,
    };
    let what = read(month, Place::Cell).filter(|parsed| parsed.alone)?.what;
    let is_month = matches!(what, When::Month { year: Some(_), .. });
    let is_title = title.trim_start().starts_with(|c: char| c.is_alphabetic() || matches!(c, '[' | '*' | '"' | '“'));
    let span = 0..month.len() + 2;
    (is_month && is_title).then_some(ParsedDate { what, span, alone: false })
}

/// The rest of the line from byte `at`.
fn first_line<'a>(input: &DateInput<'a>, at: usize) -> &'a str {
    let text = &input.text[at..];
    &text[..memchr::memchr(b'\n', text.as_bytes()).unwrap_or(text.len())]
}

/// Six digits before a title: `310517: Emus`, `310517-310519: Emus`, `310517-: Emus`.
fn compact(text: &str) -> Option<ParsedDate> {
    let start = text.len() - text.trim_start_matches(['*', '_']).len();
    let digits = |from: usize| text.get(from..from + 6).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let day = digits(start)?;
    let mut end = start + day.len();
    if text[end..].starts_with(['-', '~']) {
        end += 1;
        end += digits(end).map_or(0, str::len);
    }
    if !text[end..].starts_with([':', '：']) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| day[range].parse::<u32>().ok();
    let (year, month, day) = (number(0..2)?, number(2..4)?, number(4..6)?);
    let is_day = (1..=12).contains(&month) && (1..=31).contains(&day);
    let what = When::Day { year: Some(2000 + i32::try_from(year).ok()?), month, day };
    is_day.then_some(ParsedDate { what, span: start..end, alone: false })
}

/// Months with a short year before a title: `3105-3107: Emus`.
fn compact_months(text: &str) -> Option<ParsedDate> {
    let start = text.len() - text.trim_start_matches(['*', '_']).len();
    if !text[start..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let end = start + text[start..].find([':', '：'])?;
    let (first, last) = text[start..end].split_once(['-', '~'])?;
    let month = |digits: &str| {
        let number = Some(digits).filter(|it| it.len() == 4 && it.bytes().all(|byte| byte.is_ascii_digit()))?;
        let number: u32 = number.parse().ok()?;
        match short_day(number * 100 + 1)? {
            When::Day { year, month, .. } => Some(Partial { year, month, day: 1 }),
            _ => None,
        }
    };
    let (first, last) = (month(first)?, month(last)?);
    let last = Partial { day: days_in(last.year, last.month), ..last };
    let is_range = (first.year, first.month) < (last.year, last.month);
    is_range.then_some(ParsedDate { what: When::Range { first, last }, span: start..end, alone: false })
}

fn mark(
    input: &DateInput,
    item: &Item,
    name: std::ops::Range<usize>,
    what: When,
    title_start: Option<usize>,
) -> DateMark {
    let at = input.text[..item.span().start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = input.text[name.start..].find('\n').map_or(input.text.len(), |end| name.start + end + 1);
    DateMark {
        at,
        after: if title_start.is_some() { at } else { line_end },
        name,
        what,
        title_start,
        level: 0,
        form: DateForm::Items,
    }
}
