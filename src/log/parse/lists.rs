//! Finds pending lists: below headings or lines of text that are named like one.

use std::ops::Range;

use super::tasks::titles_in;
use crate::log::date::When;
use crate::log::dialect::Dialect;
use crate::log::forms::dates::{DateForm, Dates};
use crate::log::forms::{likeness, title};
use crate::log::outline::{Heading, Outline};
use crate::log::parallel::find_in_parallel;
use crate::log::pending;

/// A heading with a higher likeness than this is a paper, not a topic.
const LIKE: f32 = 0.0;

/// Headings and paragraphs named like a pending list, as ascending indices into the outline. Cached, so that names are
/// compared only once.
#[derive(Clone, Default)]
pub(super) struct NamedLists {
    headings: Vec<usize>,
    paragraphs: Vec<usize>,
}

impl NamedLists {
    pub fn find(text: &str, outline: &Outline, dialect: &Dialect) -> Self {
        let is_named =
            |at: usize| label_name(text, &outline.paragraphs[at].range()).is_some_and(|it| dialect.is_pending(it));
        let paragraphs: Vec<usize> = (0..outline.paragraphs.len()).collect();
        let span = |&at: &usize| outline.paragraphs[at].range();
        Self {
            headings: (0..outline.headings.len())
                .filter(|&at| dialect.is_pending(&outline.headings[at].text))
                .collect(),
            paragraphs: find_in_parallel(&paragraphs, span, |&at| is_named(at).then_some(at)),
        }
    }

    /// Forgets a heading above all others: in a file that is named like the list, it is only the title, and the
    /// headings below are papers.
    pub fn forget_title(&mut self, outline: &Outline) {
        let Some((first, below)) = outline.headings.split_first() else { return };
        let is_title = |heading: &&Heading| likeness::of(&title::read(&heading.text)) > LIKE;
        let titles = below.iter().filter(is_title).count();
        let is_above = below.iter().all(|heading| heading.level > first.level);
        if is_above && titles > 1 && titles * 2 > below.len() && outline.tasks.is_empty() {
            self.headings.retain(|&at| at > 0);
        }
    }

    /// Whether the heading at this index of the outline is named like a pending list.
    pub fn has_heading(&self, at: usize) -> bool {
        self.headings.binary_search(&at).is_ok()
    }
}

/// The spans of pending lists, with their headings, before the titles are known; ascending, without overlaps.
pub(super) fn pending(
    text: &str,
    outline: &Outline,
    named_lists: &NamedLists,
    dates: &Dates,
    dialect: &Dialect,
) -> Vec<Range<usize>> {
    let mut lists: Vec<Range<usize>> = Vec::new();
    // Going backwards, per heading level: the byte at which a list that starts here would end.
    let mut ends = [text.len(); 7];
    for (at, heading) in outline.headings.iter().enumerate().rev() {
        if named_lists.has_heading(at) && opens_list(text, outline, dates, dialect, heading) {
            let end = ends[usize::from(heading.level.min(6))];
            lists.push(heading.span().start..end.min(next_date(dates, heading.span().start).unwrap_or(end)));
        }
        let from = if pending::is_read(&heading.text) { 0 } else { usize::from(heading.level) };
        if heading.atx || from == 0 {
            ends.iter_mut().skip(from).for_each(|end| *end = heading.span().start);
        }
    }
    lists.extend(labels(text, outline, named_lists, dates).into_iter().map(|label| label.span.start..label.end));
    lists.sort_by_key(|list| list.start);
    lists.dedup_by(|next, list| {
        let is_joined = next.start <= list.end;
        list.end = if is_joined { list.end.max(next.end) } else { list.end };
        is_joined
    });
    lists
}

/// The byte of the first date after `at`.
fn next_date(dates: &Dates, at: usize) -> Option<usize> {
    dates.marks.get(dates.marks.partition_point(|mark| mark.at <= at)).map(|mark| mark.at)
}

/// Whether a heading opens a pending list, judged by its name.
pub(super) fn opens_list(text: &str, outline: &Outline, dates: &Dates, dialect: &Dialect, heading: &Heading) -> bool {
    if !dialect.is_pending(&heading.text) || dialect.ignores(&heading.text) || is_date(dates, heading) {
        return false;
    }
    dialect.names_pending(&heading.text) || !is_title_of_all(text, outline, dates, heading)
}

/// Whether a heading is a date: `Reading list 2031` among other years.
fn is_date(dates: &Dates, heading: &Heading) -> bool {
    let mark = dates.marks.binary_search_by_key(&heading.span().start, |mark| mark.at);
    mark.is_ok_and(|at| dates.marks[at].form == DateForm::Headings && dates.marks[at].what != When::Impossible)
}

/// Whether a heading with an ambiguous name is the title of the whole log: it comes first, and either all other
/// headings are below it or it has no items of its own.
fn is_title_of_all(text: &str, outline: &Outline, dates: &Dates, heading: &Heading) -> bool {
    let Some((first, others)) = outline.headings.split_first() else { return false };
    if first.span() != heading.span() || !pending::may_be_title(&heading.text) {
        return false;
    }
    let sibling = others.iter().find(|other| other.level <= first.level);
    sibling.is_none_or(|_| {
        let end = others[0].span().start;
        let end = next_date(dates, first.span().start).map_or(end, |date| date.min(end));
        let next = outline.items.partition_point(|item| item.span().start < first.span().end);
        outline.items.get(next).is_none_or(|item| item.span().start >= end)
            && titles_in(text, outline, &(first.span().end..end)).is_empty()
    })
}

/// A line of plain text that acts as the heading of a list: `To read:`.
pub(super) struct Label {
    /// The line.
    pub span: Range<usize>,
    /// The name of the list.
    pub name: String,
    /// Byte at which the list ends.
    pub end: usize,
    /// Whether nothing but white space follows up to the next heading, date or end of file.
    pub is_last: bool,
}

/// Lines that open a pending list: they end in a colon, are named like one, and are followed by a list or titles.
pub(super) fn labels(text: &str, outline: &Outline, named_lists: &NamedLists, dates: &Dates) -> Vec<Label> {
    named_lists.paragraphs.iter().filter_map(|&at| label(text, outline, dates, at)).collect()
}

/// The first line of a text, with any carriage return.
pub(super) fn first_line(text: &str) -> &str {
    &text[..memchr::memchr(b'\n', text.as_bytes()).unwrap_or(text.len())]
}

/// The text before the colon that ends a paragraph's first line.
fn label_name<'a>(text: &'a str, paragraph: &Range<usize>) -> Option<&'a str> {
    let line = first_line(&text[paragraph.clone()]);
    // A quick check that rejects most paragraphs.
    if !line.ends_with([':', '：', '*', '_', ' ', '\r']) {
        return None;
    }
    let name = line.trim_matches(['*', '_', ' ', '\r']).strip_suffix([':', '：'])?.trim_end_matches(['*', '_']);
    (!name.starts_with(['<', '|', '!'])).then_some(name)
}

fn label(text: &str, outline: &Outline, dates: &Dates, at: usize) -> Option<Label> {
    let paragraph = outline.paragraphs[at].range();
    let line = text[paragraph.clone()].lines().next()?;
    let name = label_name(text, &paragraph)?;
    let span = paragraph.start..paragraph.start + line.len();
    let end = list_end(text, outline, at, span.end)?;
    let next = outline.headings.partition_point(|heading| heading.span().start < span.end);
    let next = outline.headings.get(next).map_or(text.len(), |heading| heading.span().start);
    let next = next_date(dates, span.start).map_or(next, |date| date.min(next));
    let is_last = text.get(end..next).is_none_or(|rest| rest.trim_start().is_empty());
    Some(Label { span, name: name.to_owned(), end, is_last })
}

/// The byte at which the list directly below a line ends. The list consists of items, or of lines that look like
/// titles.
fn list_end(text: &str, outline: &Outline, paragraph: usize, from: usize) -> Option<usize> {
    let is_next = |at: usize| text.get(from..at).is_some_and(|between| between.trim_start().is_empty());
    let next = outline.items.partition_point(|item| item.span().start < from);
    if let Some(item) = outline.items.get(next).filter(|item| is_next(item.span().start)) {
        return outline.lists.get(usize::try_from(item.list).ok()?).map(|list| list.end());
    }
    let rest = from..outline.paragraphs[paragraph].end();
    let below = match text[rest.clone()].trim_start().is_empty() {
        true => outline.paragraphs.get(paragraph + 1).filter(|next| is_next(next.start()))?.range(),
        false => rest,
    };
    (!titles_in(text, outline, &below).is_empty()).then_some(below.end)
}
