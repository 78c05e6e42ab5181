//! Dates after a label below a title: `* Reading date: 17/05/2031`.

use std::ops::Range;

use super::{DateForm, Mark, Place, Where, read};
use crate::log::date::When;
use crate::log::outline::Heading;

/// Labels of a reading date, in lower case; not those of a publication date.
const LABELS: &[&str] = &[
    "date",
    "date read",
    "read date",
    "reading date",
    "date of reading",
    "read",
    "read on",
    "read at",
    "review date",
    "reviewed",
    "reviewed on",
    "finished",
    "日期",
    "阅读日期",
    "阅读时间",
    "读于",
    "読んだ日",
    "日付",
    "읽은 날짜",
    "날짜",
];
/// How far below its heading a label may be, in bytes.
const NEAR: usize = 1200;

/// The headings of a level, if at least half of them have a dated label below. A heading without one has no day.
pub(super) fn find(place: &Where) -> Vec<Mark> {
    let headings = &place.outline.headings;
    let items = place.outline.items.iter().map(|item| item.text.clone());
    let mut labels: Vec<(usize, Range<usize>, When)> =
        items.chain(place.outline.paragraphs.iter().cloned()).flat_map(|range| lines(place.text, range)).collect();
    labels.sort_by_key(|(at, ..)| *at);
    let mut dated: Vec<(usize, Range<usize>, When)> = Vec::new();
    for (at, name, what) in labels {
        let above = headings.partition_point(|heading| heading.span.start < at);
        let Some(heading) = above.checked_sub(1).filter(|&heading| at < headings[heading].span.end + NEAR) else {
            continue;
        };
        if dated.last().is_none_or(|(last, ..)| *last != heading) {
            dated.push((heading, name, what));
        }
    }
    let Some(level) = dated.first().map(|(heading, ..)| headings[*heading].level) else { return Vec::new() };
    let all = headings.iter().filter(|heading| heading.level == level).count();
    dated.retain(|(heading, ..)| headings[*heading].level == level);
    if dated.len() * 2 < all && place.dialect.dates() != Some(DateForm::Labels) {
        return Vec::new();
    }
    let mut dated = dated.into_iter().peekable();
    let siblings = headings.iter().enumerate().filter(|(_, heading)| heading.level == level);
    siblings
        .map(|(index, heading)| match dated.next_if(|(own, ..)| *own == index) {
            Some((_, name, what)) => mark(place.text, heading, name, what),
            None => mark(place.text, heading, heading.span.end..heading.span.end, When::Impossible),
        })
        .collect()
}

/// The dated labels in a range, as (start of the line, span of the date, date).
fn lines(text: &str, range: Range<usize>) -> Vec<(usize, Range<usize>, When)> {
    let mut at = range.start;
    let mut found = Vec::new();
    for line in text[range].split_inclusive('\n') {
        found.extend(labelled(line).map(|(inside, what)| (at, at + inside.start..at + inside.end, what)));
        at += line.len();
    }
    found
}

/// (span, date) of the date on a line that starts with a label.
fn labelled(line: &str) -> Option<(Range<usize>, When)> {
    let (label, _) = line.split_once([':', '：'])?;
    let is_mark = |c: char| matches!(c, '*' | '_' | ' ' | '`' | '-' | '>');
    if label.len() > 40 || !LABELS.contains(&label.trim_matches(is_mark).to_lowercase().as_str()) {
        return None;
    }
    let behind = line[label.len()..].trim_start_matches([':', '：']).trim_matches(is_mark).trim();
    let value = behind.trim_matches(is_mark).trim_end();
    let what = read(value, Place::Cell).or_else(|| read(value, Place::FrontMatter)).map(|reading| reading.what)?;
    let is_day = !matches!(what, When::Year(_) | When::Counter(_) | When::Impossible);
    let start = line.find(value)?;
    is_day.then_some((start..start + value.len(), what))
}

fn mark(text: &str, heading: &Heading, name: Range<usize>, what: When) -> Mark {
    let at = heading.span.start;
    let start = at + text[heading.span.clone()].find(heading.text.as_str()).unwrap_or(0);
    Mark { at, after: at, name, what, tail: Some(start), level: heading.level, form: DateForm::Labels }
}
