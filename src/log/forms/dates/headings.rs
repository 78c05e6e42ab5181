//! Dates as headings.

use super::{DateForm, Mark, Place, Where, has_year, read, tail};
use crate::log::date::{Reading, When};
use crate::log::outline::Heading;

/// The least share of dates among the headings of a level that lets dates without a year stand.
const SIBLINGS: usize = 2;
/// Longest heading, in characters, that may be a date nobody can read.
const SHORT: usize = 16;

/// What the headings of one level are.
#[derive(Default, Clone, Copy)]
struct Level {
    all: usize,
    dates: usize,
    full: usize,
}

/// The headings that are dates; and those that look like these, and cannot be read.
pub(super) fn find(place: &Where) -> Vec<Mark> {
    let headings = &place.outline.headings;
    let readings: Vec<Option<Reading>> = headings.iter().map(|heading| reading(place, heading)).collect();
    let mut levels = [Level::default(); 7];
    for (heading, reading) in headings.iter().zip(&readings) {
        let level = &mut levels[usize::from(heading.level.min(6))];
        level.all += 1;
        level.dates += usize::from(reading.is_some());
        level.full += usize::from(reading.as_ref().is_some_and(|reading| is_full(&reading.what)));
    }
    let mut parents: Vec<(u8, bool)> = Vec::new();
    let mut marks = Vec::new();
    for (heading, reading) in headings.iter().zip(readings) {
        parents.retain(|(level, _)| *level < heading.level);
        let level = levels[usize::from(heading.level.min(6))];
        let is_dated_above = parents.iter().any(|(_, dated)| *dated);
        parents.push((heading.level, reading.as_ref().is_some_and(|reading| has_year(&reading.what))));
        match reading {
            Some(reading) if is_date(&reading, level, is_dated_above) => marks.push(mark(place, heading, &reading)),
            None if is_unreadable(heading, level) => {
                let reading = Reading { what: When::Impossible, span: 0..heading.text.len(), alone: true };
                marks.push(mark(place, heading, &reading));
            }
            _ => {}
        }
    }
    marks
}

fn reading(place: &Where, heading: &Heading) -> Option<Reading> {
    if place.dialect.ignores(&heading.text) || place.dialect.is_pending(&heading.text) {
        return None;
    }
    read(&heading.text, Place::Heading)
}

/// A day, month or span of days with its year.
fn is_full(what: &When) -> bool {
    has_year(what) && !matches!(what, When::Year(_))
}

fn is_date(reading: &Reading, level: Level, is_dated_above: bool) -> bool {
    let most = level.dates * SIBLINGS > level.all;
    match reading.what {
        When::Impossible => level.full > 0 || level.dates > 1,
        // `Week 3` and `Day 3` head the parts of a course as well; among dates they are dates.
        When::Counter(_) => most && level.dates > 2,
        When::Year(_) => {
            reading.alone && (most || level.full > 0) && (level.dates > 1 || is_dated_above || level.all == 1)
        }
        _ if is_full(&reading.what) => true,
        _ => most && (level.dates > 1 || is_dated_above || level.all == 1) || is_dated_above && reading.alone,
    }
}

/// Whether a heading looks like its dated siblings: it is short, and begins with a digit.
fn is_unreadable(heading: &Heading, level: Level) -> bool {
    level.dates > 3
        && level.dates * 10 > level.all * 7
        && heading.text.chars().count() <= SHORT
        && heading.text.starts_with(|c: char| c.is_ascii_digit())
}

fn mark(place: &Where, heading: &Heading, reading: &Reading) -> Mark {
    let line = &place.text[heading.span.clone()];
    let start = heading.span.start + line.find(heading.text.as_str()).unwrap_or(0);
    Mark {
        at: heading.span.start,
        after: heading.span.end,
        name: start..start + heading.text.len(),
        what: reading.what,
        tail: if reading.alone { None } else { tail(&heading.text, start, reading.span.end) },
        level: heading.level,
        form: DateForm::Headings,
    }
}
