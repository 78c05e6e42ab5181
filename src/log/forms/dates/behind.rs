//! Dates after titles: `### Emus at Work (2031-05-17)`, `- [Emus at Work](a.pdf) — 2031/5/17`.

use std::collections::HashMap;
use std::ops::Range;

use super::{DateForm, DateInput, DateMark, Place, is_sorted, read};
use crate::log::date::When;
use crate::log::forms::words;
use crate::text::prefix;

/// How much of an item's first line is searched, in bytes.
const LOOKED_AT: usize = 600;
/// The longest venue before a date, in bytes.
const VENUE: usize = 32;
/// Signs before a date that is not in brackets.
const DASHES: &[&str] = &[" - ", " – ", " — ", " -- ", " | "];

/// A heading or an item.
struct HeadingOrItem {
    /// The level of a heading; for an item, a number above [`DEEPEST`] that grows with its depth.
    level: u8,
    /// Byte at which the line starts.
    at: usize,
    /// Its text.
    text: Range<usize>,
    date: Option<(Range<usize>, When)>,
}

/// How many items of one section must end in a day if most items of other sections do not.
const LISTED: usize = 3;

/// The titles of the heading level or item depth with most dates, if at least two of them, and half of all, end in a
/// day; one is enough if the form is a correction, or if a venue with its year tells when the paper was published. Those
/// without a date are marked as undated. Months and years do not count, since they usually tell when a paper was
/// published. Items may end in a day in some sections only.
pub(super) fn find(input: &DateInput) -> Vec<DateMark> {
    let titles: Vec<HeadingOrItem> = headings(input).chain(items(input)).collect();
    let mut levels: HashMap<u8, (usize, usize)> = HashMap::new();
    for title in &titles {
        let (dated, all) = levels.entry(title.level).or_default();
        *dated += usize::from(title.date.is_some());
        *all += 1;
    }
    let is_corrected = input.dialect.dates() == Some(DateForm::Behind);
    let is_enough = |level: u8, dated: usize| dated > 1 || dated == 1 && has_venue(input, &titles, level);
    let is_usual = |(level, (dated, all)): &(&u8, &(usize, usize))| {
        is_corrected && *dated > 0 || *dated * 2 >= *all && is_enough(**level, *dated)
    };
    let best = levels.iter().filter(is_usual).max_by_key(|(level, (dated, _))| (*dated, u8::MAX - **level));
    let Some(&level) = best.map(|(level, _)| level) else { return in_sections(input, titles) };
    let marks: Vec<DateMark> = titles.into_iter().filter(|title| title.level == level).map(mark).collect();
    let dated: Vec<DateMark> = marks.iter().filter(|mark| mark.what != When::Impossible).cloned().collect();
    // Unsorted dates after list items are probably dates of publication. After headings, which have notes below, any
    // order is accepted.
    if level > DEEPEST && !is_corrected && !is_sorted(&dated) { Vec::new() } else { marks }
}

/// The outermost items of the sections in which at least half of them, and [`LISTED`], end in a day.
fn in_sections(input: &DateInput, titles: Vec<HeadingOrItem>) -> Vec<DateMark> {
    let section = |title: &HeadingOrItem| input.outline.headings.partition_point(|it| it.span().start <= title.at);
    let items: Vec<HeadingOrItem> = titles.into_iter().filter(|title| title.level == OUTERMOST).collect();
    // For each section, (dated items, all items).
    let mut counts: HashMap<usize, (usize, usize)> = HashMap::new();
    for item in &items {
        let (dated, all) = counts.entry(section(item)).or_default();
        *dated += usize::from(item.date.is_some());
        *all += 1;
    }
    let is_list = |item: &HeadingOrItem| {
        counts.get(&section(item)).is_some_and(|(dated, all)| *dated >= LISTED && *dated * 2 >= *all)
    };
    let marks: Vec<DateMark> = items.into_iter().filter(is_list).map(mark).collect();
    let days: Vec<DateMark> = marks.iter().filter(|mark| mark.what != When::Impossible).cloned().collect();
    if is_sorted(&days) { marks } else { Vec::new() }
}

/// Whether the first dated title of a heading level has a venue with its year right before the date:
/// `### Emus at Work (ICML 2030) (2031-05-17)`.
fn has_venue(input: &DateInput, titles: &[HeadingOrItem], level: u8) -> bool {
    let mut dated = titles.iter().filter(|title| title.level == level && level <= DEEPEST);
    dated.find_map(|title| Some((title, title.date.as_ref()?))).is_some_and(|(title, (date, _))| {
        let before = input.text[title.text.start..date.start].trim_end_matches(['(', '（', '[', '【', ' ']);
        let venue = in_brackets(before).map_or("", |inside| &before[inside]);
        venue.len() <= VENUE && venue.split(|c: char| !c.is_ascii_digit()).any(|year| year.len() == 4)
    })
}

/// The deepest level of headings, and the level of items outside others, whose depth is 1.
const DEEPEST: u8 = 6;
const OUTERMOST: u8 = DEEPEST + 2;

fn headings<'a>(input: &'a DateInput) -> impl Iterator<Item = HeadingOrItem> + 'a {
    input.outline.headings.iter().map(|heading| {
        let line = &input.text[heading.span()];
        let start = heading.span().start + line.find(&*heading.text).unwrap_or(0);
        let text = start..start + heading.text.len();
        HeadingOrItem { level: heading.level, at: heading.span().start, date: date(input.text, &text), text }
    })
}

fn items<'a>(input: &'a DateInput) -> impl Iterator<Item = HeadingOrItem> + 'a {
    let items = input.outline.items.iter().filter(|item| !item.quoted && !item.text().is_empty());
    items.map(|item| {
        let line = prefix(&input.text[item.text()], LOOKED_AT).split('\n').next().unwrap_or_default();
        let text = item.text().start..item.text().start + line.len();
        let at = input.text[..item.span().start].rfind('\n').map_or(0, |newline| newline + 1);
        let level = DEEPEST.saturating_add(u8::try_from(item.depth).unwrap_or(u8::MAX)).saturating_add(1);
        HeadingOrItem { level, at, date: date(input.text, &text), text }
    })
}

/// (span, day) of the day at the end of a title. Only links and marks may follow it.
fn date(text: &str, range: &Range<usize>) -> Option<(Range<usize>, When)> {
    let line = &text[range.clone()];
    // A quick check that rejects most lines.
    if line.bytes().filter(u8::is_ascii_digit).count() < 6 {
        return None;
    }
    let kept = without_links(line);
    let behind_dash = || {
        let behind = DASHES.iter().filter_map(|sign| kept.rfind(sign).map(|at| at + sign.len())).max()?;
        day(kept, behind..kept.len())
    };
    let (inside, what) = day_in_brackets(kept).or_else(|| day(kept, in_tag(line)?)).or_else(behind_dash)?;
    let has_title = kept[..inside.start.min(kept.len())].chars().filter(|c| c.is_alphabetic()).count() > 2;
    has_title.then_some((range.start + inside.start..range.start + inside.end, what))
}

/// The day in the last brackets of a text, or in those before a remark in brackets: `(2031-05-17) (read twice)`. In its
/// brackets a remark may follow the day: `(2031-05-17 with the group)`.
fn day_in_brackets(text: &str) -> Option<(Range<usize>, When)> {
    let last = in_brackets(text)?;
    if let Some(found) = day(text, last.clone()) {
        return Some(found);
    }
    let (first, remark) = text[last.clone()].split_once(' ').unwrap_or_default();
    let is_remark = !remark.contains(|c: char| c.is_ascii_digit()) && words::venue(remark).is_none();
    let before_remark = is_remark.then(|| day(text, last.start..last.start + first.len())).flatten();
    before_remark.or_else(|| {
        let open = text[..last.start].char_indices().next_back()?.0;
        let before = text[..open].trim_end();
        day(text, in_brackets(before)?)
    })
}

/// The range with its day, if it is nothing but a day with a year.
fn day(text: &str, range: Range<usize>) -> Option<(Range<usize>, When)> {
    let what = read(text.get(range.clone())?, Place::Cell).filter(|parsed| parsed.alone)?.what;
    let is_day = matches!(what, When::Day { year: Some(_), .. } | When::Ambiguous { year: Some(_), .. });
    is_day.then_some((range, what))
}

/// The bytes inside a tag that ends a text: `<sub>&nbsp;2031-05-17</sub>`.
fn in_tag(text: &str) -> Option<Range<usize>> {
    let end = text.trim_end().strip_suffix('>')?.rfind("</")?;
    let open = text[..end].rfind('>')? + 1;
    let said = text[open..end].trim_start_matches("&nbsp;").trim_start();
    Some(end - said.len()..end)
}

/// A line without the links, badges and marks at its end.
fn without_links(line: &str) -> &str {
    let mut line = line;
    loop {
        let rest = line.trim_end_matches([' ', '\t', '*', '_', '\\', '.', '`']);
        let rest = rest.strip_suffix(']').filter(|rest| rest.ends_with(')')).unwrap_or(rest);
        let target = rest.strip_suffix("]]").and_then(|rest| rest.rfind("[["));
        let link = rest.strip_suffix(')').and_then(|rest| rest.rfind("](")).filter(|&at| !rest[at..].contains(' '));
        let shorter = target
            .or_else(|| link.and_then(|at| rest[..at].rfind('[')))
            .map(|at| rest[..at].trim_end_matches(['[', '!']));
        match shorter {
            // A link at the start is the title.
            Some(shorter) if shorter.chars().any(char::is_alphanumeric) => line = shorter,
            _ => return rest,
        }
    }
}

/// The bytes inside brackets at the end of a text.
fn in_brackets(text: &str) -> Option<Range<usize>> {
    let close = text.chars().next_back()?;
    let open = match close {
        ')' => '(',
        '）' => '（',
        ']' => '[',
        '】' => '【',
        '>' => '<',
        _ => return None,
    };
    let at = text.rfind(open)?;
    Some(at + open.len_utf8()..text.len() - close.len_utf8())
}

fn mark(title: HeadingOrItem) -> DateMark {
    let (name, what) = title.date.unwrap_or((title.text.start..title.text.start, When::Impossible));
    let level = if title.level > DEEPEST { 0 } else { title.level };
    DateMark {
        at: title.at,
        after: title.at,
        name,
        what,
        title_start: Some(title.text.start),
        level,
        form: DateForm::Behind,
    }
}
