//! Dates in a table column: each row has its own day.

use std::ops::Range;

use super::{DateForm, Mark, Place, Where, read};
use crate::log::date::When;
use crate::log::outline::{Row, Table};
use crate::log::parallel::in_parallel;

/// Words in the header of columns with publication dates; lower case.
const PUBLISHED: &[&str] = &["publi", "released", "submitted", "发表", "发布", "出版", "発表"];

/// The rows of tables with a date column, outside dated sections. A row without a date has no day.
pub(super) fn find(place: &Where, marks: &[Mark]) -> Vec<Mark> {
    let mut found = Vec::new();
    for table in &place.outline.tables {
        // A table below a date belongs to that day.
        if marks.first().is_some_and(|first| first.at < table.span.start) && place.dialect.dates().is_none() {
            continue;
        }
        if let Some(column) = column(place, table) {
            rows(place, table, column, &mut found);
        }
    }
    found
}

fn indices(range: &Range<u32>) -> Range<usize> {
    let index = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    index(range.start)..index(range.end)
}

/// The column in which most cells are dates.
fn column(place: &Where, table: &Table) -> Option<usize> {
    let outline = place.outline;
    let width = indices(&table.header).len();
    let share = |at: usize| {
        let head = outline.cells[indices(&table.header)].get(at).map_or("", |head| &place.text[head.clone()]);
        let is_named = head.to_lowercase().contains("read");
        let is_day = |what: &When| match what {
            When::Counter(_) | When::Impossible => false,
            When::Year(_) => is_named,
            _ => true,
        };
        let count = |rows: &[Row], _: &mut dyn FnMut(usize)| {
            let (mut dates, mut all) = (0_usize, 0_usize);
            for row in rows {
                let Some(cell) = outline.cells[indices(&row.cells)].get(at) else { continue };
                let text = place.text[cell.clone()].trim();
                // `-` stands for no date.
                all += usize::from(text.chars().any(char::is_alphanumeric));
                dates += usize::from(read(text, Place::Cell).is_some_and(|reading| is_day(&reading.what)));
            }
            (dates, all)
        };
        let rows = &outline.rows[indices(&table.rows)];
        let counts = in_parallel(rows, |row| row.span.clone(), &mut |_| {}, count);
        counts.into_iter().fold((0, 0), |sums, (dates, all)| (sums.0 + dates, sums.1 + all))
    };
    let is_of_reading = |at: &usize| {
        let head = outline.cells[indices(&table.header)].get(*at).map_or("", |head| &place.text[head.clone()]);
        !PUBLISHED.iter().any(|word| head.to_lowercase().contains(word))
    };
    let columns = (0..width).filter(is_of_reading).map(|at| (share(at), at));
    let dated = columns.filter(|((dates, all), _)| *dates > 0 && dates * 2 > *all);
    dated.max_by_key(|((dates, _), at)| (*dates, usize::MAX - at)).map(|(_, at)| at)
}

fn rows(place: &Where, table: &Table, column: usize, found: &mut Vec<Mark>) {
    let outline = place.outline;
    let mut last: Option<String> = None;
    for row in &outline.rows[indices(&table.rows)] {
        let cell = outline.cells[indices(&row.cells)].get(column).cloned().unwrap_or(row.span.start..row.span.start);
        let text = place.text[cell.clone()].trim();
        if last.as_deref() == Some(text) {
            continue;
        }
        last = Some(text.to_owned());
        let start = cell.start + place.text[cell.clone()].find(text).unwrap_or(0);
        let at = place.text[..row.span.start].rfind('\n').map_or(0, |newline| newline + 1);
        found.push(Mark {
            at,
            after: at,
            name: start..start + text.len(),
            what: read(text, Place::Cell).map_or(When::Impossible, |reading| reading.what),
            tail: Some(at),
            level: 0,
            form: DateForm::Cells,
        });
    }
}
