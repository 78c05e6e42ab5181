//! Dates as list items: over the papers of a day, or before each title.

use super::{DateForm, Mark, Place, Where, has_year, is_sorted, read, tail};
use crate::log::outline::Item;

/// Longest text that is looked at for a date, in bytes.
const LOOKED_AT: usize = 120;

/// The items that are dates, or begin with one, where they make a calendar.
pub(super) fn find(place: &Where) -> Vec<Mark> {
    let items = || place.outline.items.iter().filter(|item| !item.quoted && !item.text.is_empty());
    let (mut alone, mut before): (Vec<Mark>, Vec<Mark>) = (Vec::new(), Vec::new());
    let mut tops = 0_usize;
    for item in items() {
        tops += usize::from(item.depth == 1);
        let mut end = (item.text.start + LOOKED_AT).min(item.text.end);
        while !place.text.is_char_boundary(end) {
            end -= 1;
        }
        let text = place.text[item.text.start..end].split('\n').next().unwrap_or_default();
        let Some(reading) = read(text, Place::Item) else { continue };
        let behind = if reading.alone { None } else { tail(text, item.text.start, reading.span.end) };
        let name = item.text.start + reading.span.start..item.text.start + reading.span.end;
        let mark = mark(place, item, name, reading.what, behind);
        match behind {
            None => alone.push(mark),
            Some(_) => before.push(mark),
        }
    }
    let is_calendar = |marks: &[Mark], least: usize| {
        let full = marks.iter().filter(|mark| has_year(&mark.what)).count();
        marks.len() >= least && full * 2 >= marks.len() && is_sorted(marks)
    };
    if is_calendar(&alone, 1) && alone.len() >= before.len() {
        return alone;
    }
    // Before most titles, or they say something else.
    if is_calendar(&before, 2) && before.len() * 2 > tops {
        return before;
    }
    Vec::new()
}

fn mark(
    place: &Where,
    item: &Item,
    name: std::ops::Range<usize>,
    what: crate::log::date::When,
    tail: Option<usize>,
) -> Mark {
    let at = place.text[..item.span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = place.text[name.start..].find('\n').map_or(place.text.len(), |end| name.start + end + 1);
    Mark { at, after: if tail.is_some() { at } else { line_end }, name, what, tail, level: 0, form: DateForm::Items }
}
