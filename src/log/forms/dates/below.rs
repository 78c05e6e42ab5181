//! Dates below the titles of a list: after a label (`- date: 2031-05-17`), or on the second line of the item.

use std::collections::HashMap;
use std::ops::Range;

use super::items::is_sorted_in_parts;
use super::labels::{LabelledDate, labelled};
use super::{DateForm, DateInput, DateMark, Place, has_year, is_sorted, read};
use crate::log::date::When;
use crate::log::outline::Item;
use crate::text::prefix;

/// How much of an item's text is searched, in bytes.
const LOOKED_AT: usize = 600;

/// How many items above a label are searched for its title, if the label has no parent item.
const POINTS: usize = 20;

/// A date, and the item that it belongs to.
struct DatedItem {
    /// Index of the item.
    item: usize,
    name: Range<usize>,
    what: When,
    /// Whether the date follows a label.
    has_label: bool,
    /// Whether the label says that this is the day of reading.
    is_of_reading: bool,
}

/// (marks, number of dated items). An item with a date below is marked with it. An item without one is marked as
/// undated only where it would otherwise take the date of the item before.
pub(super) fn find(input: &DateInput) -> (Vec<DateMark>, usize) {
    let items = &input.outline.items;
    let mut dated: Vec<DatedItem> = (0..items.len()).filter_map(|at| of_item(input, at)).collect();
    dated.sort_by_key(|it| (it.item, it.name.start));
    dated.dedup_by_key(|it| it.item);
    let mut depths: HashMap<u16, usize> = HashMap::new();
    dated.iter().for_each(|it| *depths.entry(items[it.item].depth).or_default() += 1);
    let Some((&depth, _)) = depths.iter().max_by_key(|(depth, count)| (**count, u16::MAX - **depth)) else {
        return (Vec::new(), 0);
    };
    dated.retain(|it| items[it.item].depth == depth);
    let count = dated.len();
    if !are_of_reading(input, &dated) {
        // Count the labels, so that the same dates are not used for the headings either.
        return (Vec::new(), dated.iter().filter(|it| it.has_label).count());
    }
    let is_ordered = dated.first().is_some_and(|it| items[it.item].ordered);
    let is_sibling = |item: &Item| item.depth == depth && item.ordered == is_ordered && !item.quoted;
    let mut marks: Vec<DateMark> = Vec::new();
    let mut dated = dated.into_iter().peekable();
    for (at, item) in items.iter().enumerate() {
        if let Some(it) = dated.next_if(|it| it.item == at) {
            marks.push(mark(input, item, it.name, it.what));
        } else if is_sibling(item) && marks.last().is_some_and(|last| last.what != When::Impossible) {
            marks.push(mark(input, item, item.span().start..item.span().start, When::Impossible));
        }
    }
    (marks, count)
}

/// The date on a line below an item's title. If the item itself is a label: its date, for the item that it is about.
fn of_item(input: &DateInput, at: usize) -> Option<DatedItem> {
    let item = &input.outline.items[at];
    if item.quoted || item.text().is_empty() {
        return None;
    }
    let text = prefix(&input.text[item.text()], LOOKED_AT);
    let first = memchr::memchr(b'\n', text.as_bytes()).map_or(text.len(), |newline| newline + 1);
    if let Some(label) = labelled(&text[..first]) {
        return owner(input, at).map(|owner| with_label(owner, item.text().start, label));
    }
    let mut start = first;
    for line in text[first..].split_inclusive('\n') {
        if let Some(label) = labelled(line) {
            return Some(with_label(at, item.text().start + start, label));
        }
        start += line.len();
    }
    let (name, what) = begins_with_day(text[first..].lines().next()?)?;
    let start = item.text().start + first;
    let name = start + name.start..start + name.end;
    Some(DatedItem { item: at, name, what, has_label: false, is_of_reading: false })
}

/// The item that a label is about: its parent. A label that is not indented enough to have one is about the nearest
/// item above of the other kind, such as a numbered title above bullets.
fn owner(input: &DateInput, label: usize) -> Option<usize> {
    let items = &input.outline.items;
    let item = &items[label];
    if let Some(parent) = item.parent() {
        return usize::try_from(parent).ok();
    }
    let first = label.saturating_sub(POINTS);
    let is_title = |other: &Item| other.depth == item.depth && other.ordered != item.ordered && !other.quoted;
    let title = first + items[first..label].iter().rposition(is_title)?;
    let headings = &input.outline.headings;
    let next = headings.partition_point(|heading| heading.span().start < items[title].span().start);
    headings.get(next).is_none_or(|heading| heading.span().start > item.span().start).then_some(title)
}

fn with_label(item: usize, line: usize, label: LabelledDate) -> DatedItem {
    let name = line + label.span.start..line + label.span.end;
    DatedItem { item, name, what: label.what, has_label: true, is_of_reading: label.is_of_reading }
}

/// The day that a line starts with, or is, possibly in code: `17/05/2031, Birds`.
fn begins_with_day(line: &str) -> Option<(Range<usize>, When)> {
    let start = line.len() - line.trim_start_matches([' ', '\t', '`', '*', '_']).len();
    let length = line[start..].find([',', '`', '|', ';', '·', '<']).unwrap_or(line.len() - start);
    let text = line[start..start + length].trim_end_matches(['\\', ' ', '*', '_', '\r']);
    let what = read(text, Place::Cell).filter(|parsed| parsed.alone)?.what;
    let is_day = matches!(what, When::Day { .. } | When::Ambiguous { .. }) && has_year(&what);
    is_day.then_some((start..start + text.len(), what))
}

/// Whether dates are the days of reading: because their labels say so, or because they are in order, as dates of
/// publication rarely are. If most have no label, at least half of the items must be dated.
fn are_of_reading(input: &DateInput, dated: &[DatedItem]) -> bool {
    let items = &input.outline.items;
    if input.dialect.dates() == Some(DateForm::Labels) {
        return true;
    }
    let Some(first) = dated.first().filter(|_| dated.len() > 1) else { return false };
    let depth = items[first.item].depth;
    let without_label = dated.iter().filter(|it| !it.has_label).count();
    let siblings = || items.iter().filter(|item| item.depth == depth && !item.quoted).count();
    if without_label * 2 > dated.len() && dated.len() * 2 < siblings() {
        return false;
    }
    let marks: Vec<DateMark> = dated.iter().map(|it| mark(input, &items[it.item], it.name.clone(), it.what)).collect();
    dated.iter().filter(|it| it.is_of_reading).count() * 2 > dated.len()
        || is_sorted(&marks)
        || is_sorted_in_parts(input, &marks, |part| part.len() > 1)
}

fn mark(input: &DateInput, item: &Item, name: Range<usize>, what: When) -> DateMark {
    let at = input.text[..item.span().start].rfind('\n').map_or(0, |newline| newline + 1);
    DateMark { at, after: at, name, what, title_start: Some(at), level: 0, form: DateForm::Labels }
}
