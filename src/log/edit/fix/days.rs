//! Fixes days: adds a missing month heading, corrects a year or month, merges two headings of one day.

use chrono::{Datelike, NaiveDate};

use super::super::dates::{self, Period};
use super::super::style::line_ending;
use super::{Meant, Splice, UnprovenFix};
use crate::log::check::Diagnostic;
use crate::log::date::{DateReplacement, format_day, like, month_of};
use crate::log::{Log, Section, SectionKind, parse};
use crate::say;

/// (index of the section with the finding's heading, all sections of the file).
fn section_at<'a>(log: &'a Log, finding: &Diagnostic) -> Option<(usize, &'a [Section])> {
    let sections = log.sections_of(finding.file);
    let at = sections.iter().position(|section| section.line() == finding.line)?;
    Some((at, sections))
}

fn heading_line<'a>(log: &'a Log, section: &Section) -> Option<(usize, &'a str)> {
    let file = &log.files[section.file()];
    let (start, line) = (file.start_of(section.line()), file.line(section.line()).trim_end());
    let bare = line.trim_start_matches('\u{FEFF}');
    bare.starts_with('#').then_some((start + line.len() - bare.len(), bare))
}

/// Adds the missing month heading above a day. But if a section between the day and the next month heading has no date,
/// or belongs to the month heading above, the day itself may be wrong; then its date is corrected instead. Returns
/// (whether the fix is certain, candidates).
pub(super) fn month(log: &Log, finding: &Diagnostic) -> (bool, Vec<UnprovenFix>) {
    let none = (false, Vec::new());
    let Some((at, sections)) = section_at(log, finding) else { return none };
    let day = |at: usize| sections.get(at).and_then(|section| section.kind.date());
    // A week or a year may be there on purpose.
    let Some(date) = day_of(sections[at].kind) else { return none };
    let wanted = month_of(date);
    // Only the first day of the run gets the heading.
    let is_first = at > 0 && day(at - 1).is_none_or(|before| month_of(before) != wanted);
    if !is_first {
        return none;
    }
    let is_month = |section: &Section| matches!(section.kind, SectionKind::Month(_));
    let above = sections[..at].iter().rfind(|section| is_month(section)).and_then(|month| month.kind.date());
    let below = sections[at..].iter().take_while(|section| !is_month(section));
    let all_below = below.clone().all(|section| section.kind.date().is_some_and(|day| Some(month_of(day)) != above));
    if !all_below {
        return (false, as_its_neighbours(log, sections, at, above).into_iter().collect());
    }
    if sections.iter().any(|section| section.kind == SectionKind::Month(wanted)) {
        return none;
    }
    let file = &log.files[finding.file];
    let part = parse::reparse(file, file.text.clone());
    let Some(dated) = dates::lines(&part, Period::Month, wanted).into_iter().next() else { return none };
    let Some((start, _)) = heading_line(log, &sections[at]) else { return none };
    let ending = line_ending(file);
    let gap = if dated.gap { ending } else { "" };
    let splice = Splice::insert(start, format!("{}{ending}{gap}", dated.line));
    let heading = dated.line.trim_start_matches('#').trim().to_owned();
    let label = crate::words::Sentence::of(|language| {
        say!(language, "add the heading {heading} above {}", "在 {} 上方添加标题 {heading}", format_day(date))
    });
    (true, vec![UnprovenFix { splices: vec![splice], meant: Meant::Month(wanted), label }])
}

/// The day's heading with the month of its neighbours, if it then fits between them.
fn as_its_neighbours(log: &Log, sections: &[Section], at: usize, month: Option<NaiveDate>) -> Option<UnprovenFix> {
    let section = &sections[at];
    let (month, date) = (month?, section.kind.date()?);
    let new = NaiveDate::from_ymd_opt(month.year(), month.month(), date.day())?;
    let before = sections[..at].iter().rev().find_map(|section| day_of(section.kind))?;
    let after = sections[at + 1..].iter().find_map(|section| day_of(section.kind))?;
    let is_between = before >= new && new >= after || before <= new && new <= after;
    if !is_between || month_of(before) != month || month_of(after) != month {
        return None;
    }
    redated(log, section, date, new)
}

fn day_of(kind: SectionKind) -> Option<NaiveDate> {
    match kind {
        SectionKind::Day(date) => Some(date),
        _ => None,
    }
}

/// The heading of a day, rewritten for another date.
fn redated(log: &Log, section: &Section, old: NaiveDate, new: NaiveDate) -> Option<UnprovenFix> {
    let (start, line) = heading_line(log, section)?;
    let dates =
        DateReplacement { old: &[old], new: &[new], is_month: false, is_year: false, padded: line.contains("-0") };
    let written = like(line, dates)?;
    let (from, to) = (section.heading.clone(), written.trim_start_matches('#').trim().to_owned());
    Some(UnprovenFix::one(start..start + line.len(), written, Meant::Day(new), |language| {
        say!(language, "change {from} to {to}", "将 {from} 改为 {to}")
    }))
}

/// The heading of a day, rewritten for another year.
pub(super) fn year(log: &Log, finding: &Diagnostic, year: i32) -> Option<UnprovenFix> {
    let (at, sections) = section_at(log, finding)?;
    let date = day_of(sections[at].kind)?;
    redated(log, &sections[at], date, date.with_year(year)?)
}

/// Merges the second section of a day into the first. Only the heading is removed if the first is directly above;
/// otherwise the text is moved. Returns (whether the fix is certain, candidates).
pub(super) fn twin(log: &Log, finding: &Diagnostic, first: usize) -> (bool, Vec<UnprovenFix>) {
    let candidate = || {
        let (at, sections) = section_at(log, finding)?;
        let first = sections.iter().position(|section| section.line() == first).filter(|&first| first < at)?;
        let (own, into) = (&sections[at], &sections[first]);
        // Text that belongs to no entry would become part of the last entry above.
        let is_loose = !log.note(own).trim().is_empty() && !into.entries().is_empty();
        let (start, _) = heading_line(log, own)?;
        if is_loose {
            return None;
        }
        let text = &log.files[finding.file].text;
        let body = own.body().max(start)..own.span().end;
        let gap = text[body.clone()].len() - text[body.clone()].trim_start_matches(['\n', '\r']).len();
        let day = own.heading.clone();
        let label = crate::words::Sentence::of(|language| {
            say!(language, "merge the second {day} into the first", "将第二个 {day} 并入第一个")
        });
        let heading = Splice { span: start..body.start + gap, replacement: String::new() };
        // Every section in between is of the same day.
        let is_next = sections[first..at].iter().all(|section| section.kind == own.kind);
        if is_next {
            return Some((true, UnprovenFix { splices: vec![heading], meant: Meant::NoHeading, label }));
        }
        let moved = text[body.start + gap..body.end].to_owned();
        let moved =
            if moved.ends_with('\n') { moved } else { format!("{moved}{}", line_ending(&log.files[finding.file])) };
        let splices =
            vec![Splice::insert(into.span().end, moved), Splice { span: start..body.end, replacement: String::new() }];
        Some((false, UnprovenFix { splices, meant: Meant::NoHeading, label }))
    };
    candidate().map_or((false, Vec::new()), |(is_certain, candidate)| (is_certain, vec![candidate]))
}
