//! Where a day stands in a file, or would stand, and how its heading is written.

use chrono::{Datelike, NaiveDate};

use super::proof::What;
use super::splice::{Splice, line_start};
use super::{Plan, style};
use crate::log::date::{HeadingDate, month_of, read_heading};
use crate::log::{Log, Section, SectionKind, State, dialect, normalise};

/// Where an entry of a day goes.
pub(super) struct Place {
    /// The byte before which it is put, at the start of a line or at the end of the file.
    pub at: usize,
    /// The headings that are missing, from the outside in.
    pub headings: Vec<String>,
    /// What they read as.
    pub sections: Vec<What>,
    /// The section that is there already.
    pub section: Option<usize>,
}

/// Finds the place of a day: at the end of its section if there is one. A file without
/// headings for days keeps entries under its months.
pub(super) fn place(log: &Log, date: NaiveDate) -> Place {
    let sections = &log.sections;
    let has_days = sections.iter().any(|section| is_day(section.kind));
    let has_months = sections.iter().any(|section| matches!(section.kind, SectionKind::Month(_)));
    let covers = |section: &Section| match section.kind {
        SectionKind::Day(day) => day == date,
        SectionKind::Range(first, last) => (first..=last).contains(&date),
        SectionKind::Month(month) => !has_days && month == month_of(date),
        _ => false,
    };
    let exact = sections.iter().position(|section| section.kind == SectionKind::Day(date));
    if let Some(section) = exact.or_else(|| sections.iter().position(covers)) {
        return Place {
            at: sections[section].span.end,
            headings: Vec::new(),
            sections: Vec::new(),
            section: Some(section),
        };
    }
    let month = SectionKind::Month(month_of(date));
    let in_month = |section: &Section| section.kind.date().is_some_and(|day| month_of(day) == month_of(date));
    let needs_month = (has_months || !has_days) && !sections.iter().any(in_month);
    let mut kinds = Vec::new();
    if needs_month {
        kinds.push(month);
    }
    if has_days || !has_months {
        kinds.push(SectionKind::Day(date));
    }
    let headings: Vec<String> = kinds.iter().map(|&kind| heading(log, kind)).collect();
    let read_as = |(kind, heading): (&SectionKind, &String)| {
        What::Section(*kind, dialect::clean_title(heading.trim().trim_start_matches('#').trim()))
    };
    let read = kinds.iter().zip(&headings).map(read_as).collect();
    Place { at: position(log, date, needs_month), headings, sections: read, section: None }
}

/// Before which byte a missing day goes. With a new month it stays clear of other months.
fn position(log: &Log, date: NaiveDate, new_month: bool) -> usize {
    let dated: Vec<(usize, NaiveDate)> = log
        .sections
        .iter()
        .enumerate()
        .filter_map(|(index, section)| section.kind.date().map(|day| (index, day)))
        .collect();
    let Some(&(last, _)) = dated.last() else { return end_of_file(log) };
    let is_month = |index: usize| matches!(log.sections[index].kind, SectionKind::Month(_));
    let rank = |day: NaiveDate| if new_month { month_of(day) } else { day };
    let wanted = rank(date);
    // Days look for their place in their month only, which a stray heading may lie in.
    let block = if new_month { 0..usize::MAX } else { month_block(log, &dated, date) };
    let inside = |&&(index, _): &&(usize, NaiveDate)| block.contains(&index);
    let comparable = |&&(index, _): &&(usize, NaiveDate)| new_month || !is_month(index);
    if is_newest_first(log) {
        let next = dated.iter().filter(inside).filter(comparable).find(|(_, day)| rank(*day) < wanted);
        let end = || dated.iter().rfind(inside).map_or(last, |&(index, _)| index);
        next.map_or_else(|| log.sections[end()].span.end, |&(index, _)| start_of(log, index))
    } else {
        let before = dated.iter().filter(inside).filter(comparable).rfind(|(_, day)| rank(*day) < wanted);
        let heading = || dated.iter().filter(inside).find(|(index, _)| is_month(*index) && !new_month);
        match before.or_else(heading) {
            Some(&(index, _)) => log.sections[index].span.end,
            None => start_of(log, dated.iter().find(inside).map_or(last, |&(index, _)| index)),
        }
    }
}

/// The sections under which days of this month stand, as a range of indices: from the heading
/// of the month, or of the one that its days stand under, to the next month's.
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

/// Whether days go from new to old, as they do in most logs; neighbours are compared.
fn is_newest_first(log: &Log) -> bool {
    let days = |wanted: fn(SectionKind) -> bool| -> Vec<NaiveDate> {
        log.sections.iter().filter(|section| wanted(section.kind)).filter_map(|section| section.kind.date()).collect()
    };
    let rising = |days: &[NaiveDate]| {
        let pairs = days.windows(2);
        pairs.fold(0_isize, |sum, pair| sum + isize::from(pair[0] < pair[1]) - isize::from(pair[0] > pair[1]))
    };
    let by_days = rising(&days(is_day));
    if by_days == 0 { rising(&days(|kind| matches!(kind, SectionKind::Month(_)))) <= 0 } else { by_days < 0 }
}

fn is_day(kind: SectionKind) -> bool {
    matches!(kind, SectionKind::Day(_) | SectionKind::Range(..))
}

/// A pending list with one item: before the days where new ones go on top, else at the end.
pub(super) fn new_pending_list(log: &Log, text: &str) -> Plan {
    let ending = style::line_ending(&log.files[0]);
    let first = log.sections.iter().position(|section| section.kind.date().is_some());
    let at = match first {
        Some(first) if is_newest_first(log) => start_of(log, first),
        _ => end_of_file(log),
    };
    let level = first.map(|first| level(log, &log.sections[first])).filter(|&level| level > 0).unwrap_or(1);
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
    let inside =
        vec![What::Section(SectionKind::Pending, "pending list".into()), What::Task(normalise(text), State::Open, 1)];
    Plan { splices: vec![splice], touched: Vec::new(), inside: Some(inside), focus: (0, into) }
}

fn end_of_file(log: &Log) -> usize {
    log.files[0].text.len()
}

/// Where a section's heading begins: a byte order mark before it stays the first thing in the file.
fn start_of(log: &Log, section: usize) -> usize {
    let text = &log.files[0].text;
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    line_start(text, log.sections[section].span.start).max(mark)
}

/// How many `#` a section's heading has; none if it is written otherwise.
fn level(log: &Log, section: &Section) -> usize {
    let line = log.files[section.file].line(section.line).trim_start_matches('\u{FEFF}').trim_start();
    line.len() - line.trim_start_matches('#').len()
}

/// The heading of a day or month, written like the others of the file.
fn heading(log: &Log, kind: SectionKind) -> String {
    let (is_month, date) = match kind {
        SectionKind::Month(date) => (true, date),
        other => (false, other.date().unwrap_or_default()),
    };
    let same = |section: &&Section| matches!(section.kind, SectionKind::Month(_)) == is_month;
    let days =
        log.sections.iter().filter(|section| matches!(section.kind, SectionKind::Day(_) | SectionKind::Month(_)));
    let mut like: Vec<&Section> = days.filter(same).collect();
    // The newest speak for the habit of today.
    like.sort_by_key(|section| std::cmp::Reverse(section.kind.date()));
    let line = |section: &Section| {
        log.files[section.file].line(section.line).trim_start_matches('\u{FEFF}').trim_end().to_owned()
    };
    let padded = padding(&like.iter().map(|section| line(section)).collect::<Vec<_>>());
    let written =
        like.iter().filter_map(|section| restyle(&line(section), section.kind.date()?, date, is_month, padded));
    let is_right = |text: &String| match read_heading(text.trim_start_matches('#').trim()) {
        Some(HeadingDate::Day(day)) => !is_month && day == date,
        Some(HeadingDate::Month(month)) => is_month && month == month_of(date),
        _ => false,
    };
    let fallback = || {
        let depth = like.iter().map(|section| level(log, section)).find(|&level| level > 0);
        let marks = "#".repeat(depth.unwrap_or(if is_month { 1 } else { 2 }));
        let day = if is_month { String::new() } else { format!(".{}", date.day()) };
        format!("{marks} {}.{}{day}", date.year(), date.month())
    };
    written.into_iter().find(is_right).unwrap_or_else(fallback)
}

/// Whether months and days below ten are written with two digits; by the first heading that tells.
fn padding(lines: &[String]) -> bool {
    let numbers = lines.iter().flat_map(|line| line.split(|c: char| !c.is_ascii_digit()));
    let mut telling = numbers.filter(|number| number.len() == 1 || number.len() == 2 && number.starts_with('0'));
    match telling.next() {
        Some(number) => number.len() == 2,
        None => lines.first().is_some_and(|line| line.contains('-')),
    }
}

/// A heading with another date in the place of its own; what is about the day, and not of the
/// form, is left out. `None` when the date in it is not found.
fn restyle(line: &str, old: NaiveDate, new: NaiveDate, is_month: bool, padded: bool) -> Option<String> {
    let mut out = String::new();
    let mut rest = line;
    let (mut year, mut month, mut day) = (false, false, is_month);
    while !(year && month && day) {
        let c = rest.chars().next()?;
        let is_number = c.is_ascii_digit();
        let run = rest.find(|c: char| if is_number { !c.is_ascii_digit() } else { !c.is_ascii_alphabetic() });
        let (word, next) = rest.split_at(run.unwrap_or(rest.len()).max(c.len_utf8()));
        let number = |value: u32| if padded { format!("{value:02}") } else { value.to_string() };
        if is_number && word.len() == 8 {
            out.push_str(&new.format("%Y%m%d").to_string());
            (year, month, day) = (true, true, true);
        } else if is_number && word.len() == 4 && word.parse() == Ok(old.year()) && !year {
            out.push_str(&new.year().to_string());
            year = true;
        } else if is_number && year && !month && word.parse() == Ok(old.month()) {
            out.push_str(&number(new.month()));
            month = true;
        } else if is_number && month && !day && word.parse() == Ok(old.day()) {
            out.push_str(&number(new.day()));
            day = true;
        } else if is_number {
            // A number of its own, such as that of the week: it would be wrong for another day.
            return None;
        } else if !month
            && word.len() >= 3
            && old.format("%B").to_string().to_lowercase().starts_with(&word.to_lowercase())
        {
            let name = new.format("%B").to_string();
            let is_full = word.eq_ignore_ascii_case(&old.format("%B").to_string());
            out.push_str(if is_full { &name } else { &name[..3] });
            month = true;
        } else {
            out.push_str(word);
        }
        rest = next;
    }
    let form = |c: char| matches!(c, '日' | '号' | '月' | ':' | '：' | '*' | '_' | '#');
    let kept = rest.len() - rest.trim_start_matches(form).len();
    // Emphasis that closes, or marks that close a heading, belong to the form.
    Some(format!("{out}{}", &rest[..kept]).trim_end().to_owned())
}
