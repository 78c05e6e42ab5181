//! Days out of place: under the wrong month, in the wrong year, listed twice, or in the future.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate, TimeDelta};

use super::{Diagnostic, Problem};
use crate::log::date::{HeadingDate, Place, When, month_of, read, read_heading};
use crate::log::{Log, Section, SectionKind};

/// How far in the future a day may be: authors prepare a day the evening before, and may live in another time zone.
const AHEAD: Days = Days::new(2);

/// A longer range is no week or two.
pub(super) const MONTH: TimeDelta = TimeDelta::days(31);

/// Wrong years are only reported in a file with at least this many days.
const SOME: usize = 5;

/// The longest run of days that may share one wrong year.
const RUN: usize = 31;

/// Reports days that contradict the heading above, their neighbours or the calendar.
pub fn find(log: &Log, today: Option<NaiveDate>, found: &mut Vec<Diagnostic>) {
    let mut years = HashMap::new();
    for file in 0..log.files.len() {
        let days = Day::all(log, file);
        years.extend(other_years(&days, today));
        twins(log, &days, found);
    }
    months(log, today, &years, found);
}

fn months(log: &Log, today: Option<NaiveDate>, years: &HashMap<usize, (i32, bool)>, found: &mut Vec<Diagnostic>) {
    let latest = today.and_then(|today| today.checked_add_days(AHEAD));
    let mut month: Option<&Section> = None;
    for (index, section) in log.sections.iter().enumerate() {
        let heading = || section.heading.to_string();
        let mut tell = |problem| found.push(Diagnostic { file: section.file(), line: section.line(), problem });
        let (first, last) = match section.kind {
            SectionKind::Month(_) => {
                month = Some(section);
                continue;
            }
            SectionKind::Day(date) => (date, date),
            SectionKind::Range(first, last) => (first, last),
            SectionKind::Undated if read_heading(&section.heading) == Some(HeadingDate::Impossible) => {
                tell(Problem::ImpossibleDate(heading()));
                continue;
            }
            SectionKind::Pending | SectionKind::Undated | SectionKind::Yearless { .. } => {
                month = None;
                continue;
            }
        };
        // Report a slip once: a wrong year also looks like a wrong month.
        if let Some(&(year, is_sure)) = years.get(&index) {
            tell(Problem::OtherYear { day: heading(), year, is_sure });
            continue;
        }
        if latest.is_some_and(|latest| first > latest) {
            tell(Problem::FutureDate(heading()));
        }
        // A range of several months is no part of the month above.
        if month_of(first) != month_of(last) && last - first > MONTH {
            month = None;
            continue;
        }
        let Some(above) = month.filter(|above| above.file() == section.file()) else { continue };
        // A month at the level of the days is one of their siblings, and holds none of them.
        if level(log, above).zip(level(log, section)).is_some_and(|(above, own)| own <= above) {
            month = None;
            continue;
        }
        if above.kind.date().is_some_and(|above| above != month_of(first) && above != month_of(last)) {
            tell(Problem::OtherMonth { day: heading(), month: above.heading.to_string() });
        }
    }
}

/// The level of a section's heading; `None` if it is not written with `#`.
fn level(log: &Log, section: &Section) -> Option<usize> {
    let line = log.files[section.file()].line(section.line());
    Some(line.len() - line.trim_start_matches('#').len()).filter(|level| *level > 0)
}

/// A day that has its own heading with the year in it.
struct Day<'a> {
    /// Index into [`Log::sections`].
    index: usize,
    section: &'a Section,
    date: NaiveDate,
}

impl<'a> Day<'a> {
    fn all(log: &'a Log, file: usize) -> Vec<Self> {
        let has_year = |section: &Section| {
            let reading = read(&section.heading, Place::Heading);
            matches!(reading.map(|reading| reading.what), Some(When::Day { year: Some(_), .. }))
        };
        let days = log.sections.iter().enumerate().filter(|(_, section)| section.file() == file);
        let days = days.filter_map(|(index, section)| match section.kind {
            SectionKind::Day(date) => Some(Day { index, section, date }),
            _ => None,
        });
        days.filter(|day| has_year(day.section)).collect()
    }
}

/// Days that would be in order in another year: (section, (that year, whether neighbours on both sides confirm it)).
fn other_years(days: &[Day], today: Option<NaiveDate>) -> Vec<(usize, (i32, bool))> {
    let mut found = Vec::new();
    if days.len() < SOME {
        return found;
    }
    let falls = |pair: &[Day]| pair[0].date > pair[1].date;
    let falling = days.windows(2).filter(|pair| falls(pair)).count();
    let is_falling = falling * 2 >= days.len();
    // Oldest first, whichever way the file runs.
    let mut dates: Vec<(usize, NaiveDate)> = days.iter().map(|day| (day.index, day.date)).collect();
    if is_falling {
        dates.reverse();
    }
    let breaks: Vec<usize> = (1..dates.len()).filter(|&at| dates[at - 1].1 > dates[at].1).collect();
    // If many days are out of order, the order proves nothing.
    if breaks.len() > 2.max(days.len() / 10) {
        return found;
    }
    for &at in &breaks {
        let (early, late) = (run_back(&dates, at), run_on(&dates, at));
        let wrong = [(late, 1), (early, -1)].into_iter().find_map(|(run, by)| fits(&dates, run, by, today));
        if let Some((run, year, is_sure)) = wrong {
            found.extend(dates[run].iter().map(|(index, _)| (*index, (year, is_sure))));
        }
    }
    found
}

/// The run of in-order days of one year that starts at `at`.
fn run_on(dates: &[(usize, NaiveDate)], at: usize) -> std::ops::Range<usize> {
    let year = dates[at].1.year();
    let more = dates[at..].windows(2).take_while(|pair| pair[0].1 <= pair[1].1 && pair[1].1.year() == year);
    let before = dates[at - 1].1;
    // A day no earlier than the one before the break is in order again, so it ends the run.
    let length = 1 + more.take_while(|pair| pair[1].1 < before).count();
    at..at + length
}

/// The run of in-order days of one year that ends just before `at`.
fn run_back(dates: &[(usize, NaiveDate)], at: usize) -> std::ops::Range<usize> {
    let (year, after) = (dates[at - 1].1.year(), dates[at].1);
    let back = (0..at - 1).rev().take_while(|&index| {
        dates[index].1.year() == year && dates[index].1 <= dates[index + 1].1 && dates[index].1 > after
    });
    at - 1 - back.count()..at
}

/// If a run fits between its neighbours once shifted by `by` years: (the run, its new year, whether it has neighbours
/// on both sides).
fn fits(
    dates: &[(usize, NaiveDate)],
    run: std::ops::Range<usize>,
    by: i32,
    today: Option<NaiveDate>,
) -> Option<(std::ops::Range<usize>, i32, bool)> {
    if run.len() > RUN || run.len() * 4 > dates.len() {
        return None;
    }
    let moved = |date: NaiveDate| date.with_year(date.year() + by);
    let (first, last) = (moved(dates[run.start].1)?, moved(dates[run.end - 1].1)?);
    let before = run.start.checked_sub(1).map(|at| dates[at].1);
    let after = dates.get(run.end).map(|(_, date)| *date);
    let fits = before.is_none_or(|before| before <= first) && after.is_none_or(|after| last <= after);
    // Neighbours half a year away confirm nothing.
    let is_near = |one: NaiveDate, other: NaiveDate| (other - one).num_days().abs() < 180;
    let near = before.is_none_or(|before| is_near(before, first)) && after.is_none_or(|after| is_near(last, after));
    let is_past = today.is_none_or(|today| last <= today);
    let both = before.is_some() && after.is_some();
    (fits && near && is_past).then_some((run, first.year(), both))
}

/// Reports headings that repeat an earlier one of the same day.
fn twins(log: &Log, days: &[Day], found: &mut Vec<Diagnostic>) {
    let mut known: HashMap<(NaiveDate, &str), usize> = HashMap::new();
    let mut last = None;
    for day in days {
        // A day may be listed again under another topic.
        let between = last.map_or(day.index, |last: usize| last + 1)..day.index;
        if !log.sections[between].iter().all(|section| section.kind.is_dated()) {
            known.clear();
        }
        last = Some(day.index);
        let line = log.files[day.section.file()].line(day.section.line());
        if !line.trim_start_matches('\u{FEFF}').starts_with('#') {
            continue;
        }
        match known.get(&(day.date, &*day.section.heading)) {
            Some(&line) => {
                let problem = Problem::TwinDay { day: day.section.heading.to_string(), line };
                found.push(Diagnostic { file: day.section.file(), line: day.section.line(), problem });
            }
            None => _ = known.insert((day.date, &day.section.heading), day.section.line()),
        }
    }
}
