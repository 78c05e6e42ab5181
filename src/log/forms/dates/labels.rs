//! Dates after a label below a title: `* Reading date: 17/05/2031`.

use std::ops::Range;

use super::{DateForm, DateInput, DateMark, Place, has_year, read};
use crate::log::date::{ParsedDate, When};
use crate::log::outline::Heading;

/// Labels of a date that may be of reading or of publication.
const UNSURE: &[&str] = &["date", "日期", "日付", "날짜"];
/// Labels of a reading date, in lower case.
const LABELS: &[&str] = &[
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
    "finished on",
    "date finished",
    "last read",
    "阅读日期",
    "阅读时间",
    "閱讀日期",
    "閱讀時間",
    "读于",
    "読んだ日",
    "読了日",
    "읽은 날짜",
    "gelesen",
    "gelesen am",
    "date de lecture",
    "lu le",
    "fecha de lectura",
    "inicio de lectura",
    "leído el",
    "data da leitura",
    "data di lettura",
    "дата чтения",
    "прочитано",
];
/// Verbs before the day of reading in a remark.
const REMARKS: &[&str] = &["记于", "读于", "看于"];
/// How far below its heading a label may be, in bytes.
const NEAR: usize = 1200;

/// The headings of a level, if at least half of them have a dated label below. Those without one are marked as undated.
pub(super) fn find(input: &DateInput) -> Vec<DateMark> {
    let headings = &input.outline.headings;
    let items = input.outline.items.iter().map(|item| item.text());
    let mut labels: Vec<(usize, Range<usize>, When)> = items
        .chain(input.outline.paragraphs.iter().map(|it| it.range()))
        .flat_map(|range| lines(input.text, range))
        .collect();
    labels.sort_by_key(|(at, ..)| *at);
    let mut dated: Vec<(usize, Range<usize>, When)> = Vec::new();
    for (at, name, what) in labels {
        let above = headings.partition_point(|heading| heading.span().start < at);
        let Some(heading) = above.checked_sub(1).filter(|&heading| at < headings[heading].span().end + NEAR) else {
            continue;
        };
        if dated.last().is_none_or(|(last, ..)| *last != heading) {
            dated.push((heading, name, what));
        }
    }
    let Some(level) = dated.first().map(|(heading, ..)| headings[*heading].level) else { return Vec::new() };
    let all = headings.iter().filter(|heading| heading.level == level).count();
    dated.retain(|(heading, ..)| headings[*heading].level == level);
    if dated.len() * 2 < all && input.dialect.dates() != Some(DateForm::Labels) {
        return Vec::new();
    }
    let mut dated = dated.into_iter().peekable();
    let siblings = headings.iter().enumerate().filter(|(_, heading)| heading.level == level);
    siblings
        .map(|(index, heading)| match dated.next_if(|(own, ..)| *own == index) {
            Some((_, name, what)) => mark(input.text, heading, name, what),
            None => mark(input.text, heading, heading.span().end..heading.span().end, When::Impossible),
        })
        .collect()
}

/// The dated labels in a range, as (start of the line, span of the date, date).
fn lines(text: &str, range: Range<usize>) -> Vec<(usize, Range<usize>, When)> {
    let mut at = range.start;
    let mut found = Vec::new();
    for line in text[range].split_inclusive('\n') {
        found.extend(labelled(line).map(|it| (at, at + it.span.start..at + it.span.end, it.what)));
        at += line.len();
    }
    found
}

/// The day on which the paper of a file was read: after a label, `Read date: [[2031-05-17]]`, in a remark,
/// `笔记记于2031/5/17，……`, or below a heading, `## Date`.
pub(crate) fn day_of_reading(text: &str) -> Option<When> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_start_matches(['-', '*', '+', ' ']);
        let labelled = || labelled(line).filter(|it| it.is_of_reading).map(|it| it.what);
        let found = labelled().or_else(|| remarked(line)).or_else(|| below_heading(line, lines.peek()?));
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The day on the line below a heading that is a label.
fn below_heading(heading: &str, below: &str) -> Option<When> {
    let name = heading.strip_prefix('#')?.trim_matches(['#', ' ', ':', '：', '*']).to_lowercase();
    let is_label = LABELS.contains(&name.as_str()) || UNSURE.contains(&name.as_str());
    let day = below.trim_matches(['*', '_', ' ', '-', '`']);
    let parsed = is_label.then(|| read(day, Place::FrontMatter))??;
    (parsed.alone && has_year(&parsed.what)).then_some(parsed.what)
}

/// The day in a remark on when a paper was read: `笔记记于2031/5/17`.
fn remarked(line: &str) -> Option<When> {
    let after = REMARKS.iter().find_map(|verb| line.split_once(verb))?.1.trim_start();
    let what = after.starts_with(|c: char| c.is_ascii_digit()).then(|| read(after, Place::FrontMatter))??.what;
    matches!(what, When::Day { year: Some(_), .. }).then_some(what)
}

/// The date of a linked page in a folder: `[[read date/2031/may]]`.
fn page_in_folder(value: &str) -> Option<ParsedDate> {
    let (_, page) = value.strip_prefix("[[")?.strip_suffix("]]")?.split_once('/')?;
    read(page, Place::Cell)
}

/// A date after a label.
pub(super) struct LabelledDate {
    /// The date, as bytes of the line.
    pub span: Range<usize>,
    pub what: When,
    /// Whether the label says that the paper was read then.
    pub is_of_reading: bool,
}

/// The date on a line that starts with a label.
pub(super) fn labelled(line: &str) -> Option<LabelledDate> {
    let (label, _) = line.split_once([':', '：'])?;
    let is_mark = |c: char| matches!(c, '*' | '_' | ' ' | '`' | '-' | '>');
    if label.len() > 40 {
        return None;
    }
    // Obsidian and Logseq join the words of a field: `date-read::`.
    let name = label.trim_matches(is_mark).to_lowercase().replace(['-', '_'], " ");
    let is_of_reading = LABELS.contains(&name.as_str());
    if !is_of_reading && !UNSURE.contains(&name.as_str()) {
        return None;
    }
    let behind = line[label.len()..].trim_start_matches([':', '：']).trim_matches(is_mark).trim();
    let value = behind.trim_matches(is_mark).trim_end();
    let parsed = read(value, Place::Cell).or_else(|| read(value, Place::FrontMatter)).or_else(|| page_in_folder(value));
    let what = parsed?.what;
    let is_day = !matches!(what, When::Year(_) | When::Counter(_) | When::Impossible);
    let start = line.find(value)?;
    is_day.then_some(LabelledDate { span: start..start + value.len(), what, is_of_reading })
}

fn mark(text: &str, heading: &Heading, name: Range<usize>, what: When) -> DateMark {
    let at = heading.span().start;
    let start = at + text[heading.span()].find(&*heading.text).unwrap_or(0);
    DateMark { at, after: at, name, what, title_start: Some(start), level: heading.level, form: DateForm::Labels }
}
