//! Dates in a table column: each row has its own day.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::{DateForm, DateInput, DateMark, Place, evidence, read};
use crate::log::date::{When, days_in};
use crate::log::outline::{Row, Table};
use crate::log::parallel::find_in_parallel;
use crate::log::pending;

/// How many rows of a table are judged to find its date column, at most.
const SAMPLE: usize = 4_000;
/// The fewest days of a term.
const LONG: i64 = 27;
/// How far the days of a table may lie outside the term above it, in days.
const SLACK: i64 = 45;
/// Words in the header of columns with publication dates; lower case.
const PUBLISHED: &[&str] = &["publi", "released", "submitted", "发表", "发布", "出版", "発表"];
/// Words in the headers of columns about the publication of a paper; lower case.
const ABOUT_PUBLICATION: &[&str] =
    &["author", "venue", "conference", "journal", "作者", "会议", "期刊", "著者", "저자"];
/// Words in the header of a column with days of reading; lower case.
const OF_READING: &[&str] =
    &["read", "finished", "done", "completed", "added", "logged", "noted", "读", "完成", "记录", "読", "읽", "완료"];
/// The fewest dates of publication beside such columns: if bare years stand among them, and if the dates are not sorted.
const WITH_YEARS: usize = 4;
const UNSORTED: usize = 6;
/// Dates are sorted if at least this share of the steps between them goes in one direction.
const SORTED: f32 = 0.75;
/// The fewest years that dates of publication span.
const YEARS: i32 = 4;
/// Words in the header of columns with days by which to read; lower case.
const PLANNED: &[&str] = &["deadline", "due", "planned", "plan to", "截止", "期限", "计划", "締切", "마감"];

/// The rows of tables with a date column, outside dated sections. Rows without a date are marked as undated.
pub(super) fn find(input: &DateInput, marks: &[DateMark]) -> Vec<DateMark> {
    let mut found = Vec::new();
    let has_years = have_years(input);
    for table in &input.outline.tables {
        // A table below a date belongs to that day, unless a correction says where the dates are, or the only date is
        // that of an item.
        let above = marks[..marks.partition_point(|mark| mark.at < table.span().start)].last();
        let above = above.filter(|mark| input.dialect.dates().is_none() && (marks.len() > 1 || mark.level > 0));
        if above.is_some_and(|above| span(&above.what).is_none()) || is_to_read(input, table) {
            continue;
        }
        if let Some(column) = column(input, table) {
            let from = found.len();
            rows(input, table, column, &mut found);
            let may_be_of_publication = is_about_publication(input, table) && !is_about_reading(input, table, column);
            if may_be_of_publication && (has_years || are_unsorted(&found[from..])) {
                found.truncate(from);
                continue;
            }
            // Below a month or term, a column of days is more exact, unless its days lie elsewhere.
            let Some((above, span)) = above.and_then(|above| Some((above, span(&above.what)?))) else { continue };
            if !are_within(&found[from..], span) {
                found.truncate(from);
            }
            // A row without a day is of the month or term.
            found[from..]
                .iter_mut()
                .filter(|mark| mark.what == When::Impossible)
                .for_each(|mark| mark.what = above.what);
        }
    }
    found
}

/// The heads of a table's columns, in lower case.
fn heads<'a>(input: &'a DateInput, table: &'a Table) -> impl Iterator<Item = String> + 'a {
    input.outline.cells[indices(&table.header)].iter().map(|&cell| input.text[cell].to_lowercase())
}

/// Whether a table has columns about the publication of its papers.
fn is_about_publication(input: &DateInput, table: &Table) -> bool {
    let is_about = |head: String| ABOUT_PUBLICATION.iter().any(|word| head.contains(word));
    input.dialect.dates().is_none() && heads(input, table).any(is_about)
}

/// Whether the head of a column is about reading.
fn is_about_reading(input: &DateInput, table: &Table, column: usize) -> bool {
    heads(input, table).nth(column).is_some_and(|head| OF_READING.iter().any(|word| head.contains(word)))
}

/// Whether bare years stand among the dates that may be of publication, in all tables.
fn have_years(input: &DateInput) -> bool {
    let mut marks = Vec::new();
    for table in input.outline.tables.iter().filter(|table| is_about_publication(input, table)) {
        if let Some(column) = column(input, table).filter(|&column| !is_about_reading(input, table, column)) {
            rows(input, table, column, &mut marks);
        }
    }
    let is_year = |mark: &DateMark| matches!(mark.what, When::Year(_));
    dated(&marks) >= WITH_YEARS && years_between(&marks) >= YEARS && marks.iter().any(is_year)
}

/// Whether the dates of a table are hardly sorted.
fn are_unsorted(marks: &[DateMark]) -> bool {
    let is_sorted = || evidence::alone(marks).is_some_and(|it| it.in_order >= SORTED);
    dated(marks) >= UNSORTED && years_between(marks) >= YEARS && !is_sorted()
}

/// How many marks have a date.
fn dated(marks: &[DateMark]) -> usize {
    marks.iter().filter(|mark| mark.what != When::Impossible).count()
}

/// The number of years between the first and the last date.
fn years_between(marks: &[DateMark]) -> i32 {
    let year = |mark: &DateMark| match mark.what {
        When::Year(year) => Some(year),
        When::Month { year, .. } | When::Day { year, .. } | When::Ambiguous { year, .. } => year,
        _ => None,
    };
    let years = || marks.iter().filter_map(year);
    years().max().zip(years().min()).map_or(0, |(last, first)| last - first)
}

/// (first day, last day).
type DayRange = (NaiveDate, NaiveDate);

/// The days of a month, term or year; `None` for any other date.
fn span(what: &When) -> Option<DayRange> {
    let day = NaiveDate::from_ymd_opt;
    match *what {
        When::Year(year) => Some((day(year, 1, 1)?, day(year, 12, 31)?)),
        When::Month { year: Some(year), month } => {
            Some((day(year, month, 1)?, day(year, month, days_in(Some(year), month))?))
        }
        When::Range { first, last } => {
            let (first, last) = (day(first.year?, first.month, first.day)?, day(last.year?, last.month, last.day)?);
            (last - first >= TimeDelta::days(LONG)).then_some((first, last))
        }
        _ => None,
    }
}

/// Whether nearly all dates are days in a span, or not long before or after it, as terms have no exact ends.
fn are_within(marks: &[DateMark], (first, last): DayRange) -> bool {
    let slack = TimeDelta::days(SLACK);
    let is_inside = |year: Option<i32>, month: u32, day: u32| {
        let years = year.map_or(first.year()..=last.year(), |year| year..=year);
        let mut days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
        days.any(|date| first - slack <= date && date <= last + slack)
    };
    let is_one = |mark: &&DateMark| match mark.what {
        When::Day { year, month, day } => is_inside(year, month, day),
        When::Ambiguous { year, first, second } => is_inside(year, first, second) || is_inside(year, second, first),
        _ => false,
    };
    let dated = marks.iter().filter(|mark| mark.what != When::Impossible).count();
    marks.iter().filter(is_one).count() * 5 >= dated * 4
}

/// Whether a table stands below the heading of a pending list: its dates are not reading dates.
fn is_to_read(input: &DateInput, table: &Table) -> bool {
    let headings = &input.outline.headings;
    let before = headings.partition_point(|heading| heading.span().start < table.span().start);
    let mut level = u8::MAX;
    headings[..before].iter().rev().any(|heading| {
        let is_above = heading.level < level;
        level = level.min(heading.level);
        let is_named = input.dialect.is_pending(&heading.text) && !pending::may_be_title(&heading.text);
        is_above && (is_named || input.dialect.names_pending(&heading.text))
    })
}

fn indices(range: &Range<u32>) -> Range<usize> {
    let index = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    index(range.start)..index(range.end)
}

/// The index of the column in which most cells are dates.
fn column(input: &DateInput, table: &Table) -> Option<usize> {
    let outline = input.outline;
    let width = indices(&table.header).len();
    let share = |at: usize| {
        let head = outline.cells[indices(&table.header)].get(at).map_or("", |&head| &input.text[head]);
        let is_named = head.to_lowercase().contains("read");
        let is_day = |what: &When| match what {
            When::Counter(_) | When::Impossible => false,
            When::Year(_) => is_named,
            _ => true,
        };
        let (mut dates, mut all) = (0_usize, 0_usize);
        let rows = &outline.rows[indices(&table.rows)];
        for row in rows.iter().step_by(rows.len().div_ceil(SAMPLE).max(1)) {
            let Some(cell) = outline.cells[indices(&row.cells)].get(at) else { continue };
            let text = input.text[*cell].trim();
            // `-` stands for no date.
            all += usize::from(text.chars().any(char::is_alphanumeric));
            dates += usize::from(read(text, Place::Cell).is_some_and(|parsed| is_day(&parsed.what)));
        }
        (dates, all)
    };
    let is_of_reading = |at: &usize| {
        let head = outline.cells[indices(&table.header)].get(*at).map_or("", |&head| &input.text[head]);
        let head = head.to_lowercase();
        !PUBLISHED.iter().chain(PLANNED).any(|word| head.contains(word))
    };
    let columns = (0..width).filter(is_of_reading).map(|at| (share(at), at));
    let dated = columns.filter(|((dates, all), _)| *dates > 0 && dates * 2 > *all);
    dated.max_by_key(|((dates, _), at)| (*dates, usize::MAX - at)).map(|(_, at)| at)
}

/// Adds the dates of a table's rows. Of equal dates in consecutive rows, only the first counts.
fn rows(input: &DateInput, table: &Table, column: usize, found: &mut Vec<DateMark>) {
    let rows = &input.outline.rows[indices(&table.rows)];
    let mut marks = find_in_parallel(rows, |row| row.span(), |row| Some(mark(input, row, column)));
    marks.dedup_by(|next, mark| input.text[next.name.clone()] == input.text[mark.name.clone()]);
    found.append(&mut marks);
}

fn mark(input: &DateInput, row: &Row, column: usize) -> DateMark {
    let cell = input.outline.cells[indices(&row.cells)].get(column).map(|cell| cell.range());
    let cell = cell.unwrap_or(row.span().start..row.span().start);
    let text = input.text[cell.clone()].trim();
    let start = cell.start + input.text[cell].find(|c: char| !c.is_whitespace()).unwrap_or(0);
    let at = memchr::memrchr(b'\n', &input.text.as_bytes()[..row.span().start]).map_or(0, |newline| newline + 1);
    DateMark {
        at,
        after: at,
        name: start..start + text.len(),
        what: read(text, Place::Cell).map_or(When::Impossible, |parsed| parsed.what),
        title_start: Some(at),
        level: 0,
        form: DateForm::Cells,
    }
}
