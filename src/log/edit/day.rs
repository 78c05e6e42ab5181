//! Finds a day's place in a file, or where a missing day goes.

use chrono::{Datelike, NaiveDate};

use super::dates::{self, DateLine, Period, level};
use super::proof::Element;
use super::splice::{Splice, line_start};
use super::{Plan, style};
use crate::log::date::month_of;
use crate::log::{Log, Section, SectionKind, State, normalise};

/// Where an entry goes.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// Insert before this byte: a line start or the end of the file.
    pub at: usize,
    /// Whether the entry belongs to the text above, rather than to the text below.
    pub ends: bool,
    /// The date lines to add, outermost first.
    pub lines: Vec<DateLine>,
    /// The section, if it exists.
    pub section: Option<usize>,
}

/// Candidates for where an entry of a day goes: at the end of the day's section, if there is one. A file without days
/// keeps entries under its weeks or months. The candidates differ only in how the date is written.
pub(super) fn slots(log: &Log, date: NaiveDate) -> Vec<Slot> {
    let count = |span| log.sections.iter().filter(|section| Period::of(section.kind) == Some(span)).count();
    let (by_day, weeks, months, years) =
        (count(Period::Day), count(Period::Week), count(Period::Month), count(Period::Year));
    if let Some(section) = covering(log, date, by_day + weeks > 0, months > 0) {
        let at = log.sections[section].span().end;
        return vec![Slot { at, ends: true, lines: Vec::new(), section: Some(section) }];
    }
    let has_days = by_day + weeks > 0;
    let in_month = |section: &Section| {
        let days = dates::days(section.kind, date).filter(|_| section.kind.whole_year().is_none());
        days.is_some_and(|(day, _)| month_of(day) == month_of(date))
    };
    let has_year = log.sections.iter().any(|section| section.kind.whole_year() == Some(date.year()));
    let needs_year = years > 0 && has_days | (months > 0) && !has_year && are_above(log, Period::Year);
    let has_months = months > 0 && (!has_days || are_above(log, Period::Month));
    let needs_month = (has_months || !has_days && years == 0) && !log.sections.iter().any(in_month);
    let mut spans = Vec::new();
    if needs_year || years > 0 && !has_days && months == 0 {
        spans.push(Period::Year);
    }
    if needs_month {
        spans.push(Period::Month);
    }
    if has_days || months == 0 && years == 0 {
        spans.push(if weeks > by_day { Period::Week } else { Period::Day });
    }
    let (at, ends) = position(log, date, needs_month || needs_year, needs_year);
    let mut ways: Vec<Vec<DateLine>> = vec![Vec::new()];
    for span in spans {
        let lines = dates::lines(log, span, date);
        let join = |way: &Vec<DateLine>| {
            let way = way.clone();
            lines.iter().map(move |line| way.iter().cloned().chain([line.clone()]).collect()).collect::<Vec<_>>()
        };
        ways = ways.iter().flat_map(join).collect();
    }
    ways.into_iter().map(|lines| Slot { at, ends, lines, section: None }).collect()
}

/// Where the first day of a log goes: at its end, below its title if it has one.
pub(super) fn first(log: &Log, date: NaiveDate) -> Slot {
    let text = &log.files[0].text;
    let is_list = |at: usize| {
        log.sections.iter().any(|section| section.kind == SectionKind::Pending && section.span().start == at)
    };
    let headings: Vec<(usize, usize)> = heading_lines(text).collect();
    let top = headings.iter().map(|&(_, level)| level).min().unwrap_or(1);
    let mut on_top = headings.iter().filter(|(_, level)| *level == top);
    let is_below_title = on_top.next().is_some_and(|&(at, _)| !is_list(at)) && on_top.next().is_none();
    let marks = "#".repeat((top + usize::from(is_below_title)).min(5));
    let day = DateLine { line: format!("{marks} {date}"), kind: SectionKind::Day(date), gap: true, item: false };
    Slot { at: end_of_file(log), ends: true, lines: vec![day], section: None }
}

/// The existing section that an entry of this day belongs to.
fn covering(log: &Log, date: NaiveDate, has_days: bool, has_months: bool) -> Option<usize> {
    let covers = |section: &Section| match section.kind {
        SectionKind::Day(day) => day == date,
        SectionKind::Range(first, last) => {
            (first..=last).contains(&date) && (section.kind.whole_year().is_none() || !has_days && !has_months)
        }
        SectionKind::Month(month) => !has_days && month == month_of(date),
        SectionKind::Yearless { month, day: Some(day) } => (month, day) == (date.month(), date.day()),
        SectionKind::Yearless { month, day: None } => !has_days && month == date.month(),
        _ => false,
    };
    let is_day = |section: &Section| match section.kind {
        SectionKind::Day(day) => day == date,
        SectionKind::Yearless { day: Some(_), .. } => covers(section),
        _ => false,
    };
    // If a day has several sections in a row, use the last one.
    let sections = &log.sections;
    let Some(first) = sections.iter().position(is_day) else { return sections.iter().position(covers) };
    let last = sections[first..].iter().position(|section| section.kind != sections[first].kind);
    Some(last.map_or(sections.len(), |last| first + last) - 1)
}

/// Whether sections of this period have shallower headings than sections of shorter periods.
fn are_above(log: &Log, span: Period) -> bool {
    let shallowest = |wanted: &dyn Fn(Period) -> bool| {
        let sections = log.sections.iter().filter(|section| Period::of(section.kind).is_some_and(wanted));
        sections.map(|section| level(log, section)).min()
    };
    let finer = shallowest(&|other| other != span && other != Period::Year);
    shallowest(&|other| other == span).zip(finer).is_some_and(|(own, finer)| own > 0 && (finer == 0 || own < finer))
}

/// (byte before which a missing day goes, [`Slot::ends`]). A new month never goes inside another.
fn position(log: &Log, date: NaiveDate, new_month: bool, new_year: bool) -> (usize, bool) {
    let is_year = |section: &Section| section.kind.whole_year().is_some();
    let has_finer = log.sections.iter().any(|section| section.kind.is_dated() && !is_year(section));
    let day_of = |section: &Section| {
        let (first, _) = dates::days(section.kind, date)?;
        (new_year || !has_finer || !is_year(section)).then_some(first)
    };
    let dated: Vec<(usize, NaiveDate)> =
        log.sections.iter().enumerate().filter_map(|(index, section)| Some((index, day_of(section)?))).collect();
    let Some(&(last, _)) = dated.last() else { return (end_of_file(log), true) };
    let is_month = |index: usize| Period::of(log.sections[index].kind) == Some(Period::Month);
    let rank = |day: NaiveDate| if new_month { month_of(day) } else { day };
    let wanted = rank(date);
    // A day is placed within its month only: other headings may be out of order.
    let block = if new_month { 0..usize::MAX } else { month_block(log, &dated, date) };
    let inside = |&&(index, _): &&(usize, NaiveDate)| block.contains(&index);
    let comparable = |&&(index, _): &&(usize, NaiveDate)| new_month || !is_month(index);
    let end = |index: usize| (log.sections[index].span().end, true);
    if is_newest_first(log) {
        let next = dated.iter().filter(inside).filter(comparable).find(|(_, day)| rank(*day) < wanted);
        let Some(&(mut index, _)) = next else {
            return end(dated.iter().rfind(inside).map_or(last, |&(index, _)| index));
        };
        // A year heading belongs to what is below it.
        while index > 0 && log.sections[index - 1].kind.whole_year().is_some_and(|year| year != date.year()) {
            index -= 1;
        }
        (start_of(log, index), false)
    } else {
        let before = dated.iter().filter(inside).filter(comparable).rfind(|(_, day)| rank(*day) < wanted);
        let heading = || dated.iter().filter(inside).find(|(index, _)| is_month(*index) && !new_month);
        match before.or_else(heading) {
            Some(&(index, _)) => end(index),
            None => (start_of(log, dated.iter().find(inside).map_or(last, |&(index, _)| index)), false),
        }
    }
}

/// The sections that hold the days of a month, as a range of indices: from the month's heading (or the month heading
/// that its days are under) to the next month heading.
fn month_block(log: &Log, dated: &[(usize, NaiveDate)], date: NaiveDate) -> std::ops::Range<usize> {
    let is_month = |index: usize| matches!(log.sections[index].kind, SectionKind::Month(_));
    let own = dated.iter().find(|&&(index, day)| is_month(index) && month_of(day) == month_of(date));
    let Some(&(first, _)) = own.or_else(|| dated.iter().find(|(_, day)| month_of(*day) == month_of(date))) else {
        return 0..usize::MAX;
    };
    let start = dated.iter().rev().map(|&(index, _)| index).find(|&index| index <= first && is_month(index));
    let end = dated.iter().map(|&(index, _)| index).find(|&index| index > first && is_month(index));
    start.unwrap_or(0)..end.unwrap_or(usize::MAX)
}

/// Whether days run from new to old, as in most logs; decided by comparing neighbours.
fn is_newest_first(log: &Log) -> bool {
    let any = NaiveDate::default();
    let rising = |wanted: fn(Period) -> bool| -> isize {
        let dated = log.sections.iter().filter(|section| Period::of(section.kind).is_some_and(wanted));
        let days: Vec<NaiveDate> = dated.filter_map(|section| Some(dates::days(section.kind, any)?.0)).collect();
        let pairs = days.windows(2);
        pairs.fold(0, |sum, pair| sum + isize::from(pair[0] < pair[1]) - isize::from(pair[0] > pair[1]))
    };
    let by_days = rising(|span| matches!(span, Period::Day | Period::Week));
    let by_months = if by_days == 0 { rising(|span| span == Period::Month) } else { by_days };
    let rising = if by_months == 0 { rising(|span| span == Period::Year) } else { by_months };
    rising <= 0
}

/// New pending lists with one item: before the days if new days go on top, otherwise at the end; then before the
/// heading above the first day, which may be inside a table; then after the introduction, and at the end. The first one
/// that is proved is used.
pub(super) fn new_pending_lists(log: &Log, text: &str) -> Vec<Plan> {
    // If the whole file is one day, its first section has no heading to insert before.
    let start = log.files[0].reading.front;
    let is_day = |section: &Section| section.kind.date().is_some() && section.body() > start;
    let first = log.sections.iter().position(is_day);
    let usual = match first {
        Some(first) if is_newest_first(log) => start_of(log, first),
        _ => end_of_file(log),
    };
    let file = &log.files[0].text;
    let headings = || heading_lines(file).filter(|(at, _)| *at > start);
    let above = headings().take_while(|(at, _)| *at <= usual).last();
    // The first heading is often the title of the whole log.
    let after_introduction = headings().nth(1).filter(|(at, _)| *at < usual);
    let own = first.map(|first| level(log, &log.sections[first])).filter(|&level| level > 0).unwrap_or(1);
    let top = headings().map(|(_, level)| level).min().unwrap_or(1);
    let mut places = vec![(usual, own)];
    places.extend(above);
    places.extend(after_introduction);
    places.extend([(end_of_file(log), own), (end_of_file(log), top), (end_of_file(log), 1)]);
    let mut tried = Vec::new();
    places.retain(|place| {
        let is_new = !tried.contains(place);
        tried.push(*place);
        is_new
    });
    places.into_iter().map(|(at, level)| pending_list(log, text, at, level)).collect()
}

/// The `#` headings of a text, as (byte offset of the line, level). Some may be inside code.
fn heading_lines(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let level = line.len() - line.trim_start_matches('#').len();
        ((1..=6).contains(&level) && line[level..].starts_with([' ', '\t'])).then_some((start, level))
    })
}

/// A new pending list with one item, before byte `at`.
fn pending_list(log: &Log, text: &str, at: usize, level: usize) -> Plan {
    let ending = style::line_ending(&log.files[0]);
    let heading = format!("{} pending list", "#".repeat(level));
    let (before, after) = log.files[0].text.split_at(at);
    let lead = match before {
        _ if before.trim_start_matches('\u{FEFF}').is_empty() => String::new(),
        _ if !before.ends_with('\n') => ending.repeat(2),
        _ if before.ends_with("\n\n") || before.ends_with("\n\r\n") => String::new(),
        _ => ending.to_owned(),
    };
    let tail = if after.is_empty() { "" } else { ending };
    let into = lead.len() + heading.len() + 2 * ending.len();
    let splice = Splice::insert(at, format!("{lead}{heading}{ending}{ending}- [ ] {text}{ending}{tail}"));
    let inside = vec![
        Element::Section(SectionKind::Pending, "pending list".into()),
        Element::Task(normalise(text), State::Open, 1),
    ];
    Plan { splices: vec![splice], touched: Vec::new(), inside: Some(inside), focus: (0, into) }
}

fn end_of_file(log: &Log) -> usize {
    log.files[0].text.len()
}

/// Where a section's heading begins. A byte order mark must stay first in the file.
fn start_of(log: &Log, section: usize) -> usize {
    let text = &log.files[0].text;
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    line_start(text, log.sections[section].span().start).max(mark)
}
