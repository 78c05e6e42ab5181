//! A table row as a page: one line per cell, labelled with its column's name.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::offset_map::CopiedText;
use super::rest;
use crate::log::date::{self, Place, When};
use crate::log::forms::title;
use crate::log::{Entry, File};

/// The table row that holds an entry's title, as page text without that title.
pub fn copy(file: &File, entry: &Entry) -> CopiedText {
    let text = &file.text;
    let mut copied = CopiedText::default();
    let line = entry.span().start..line_end(text, entry.span().start);
    let row = cells(text, line.clone(), usize::MAX);
    let head = file.table_head(line.start).map(|head| cells(text, head, row.len())).unwrap_or_default();
    let own = row.iter().position(|cell| title::read(&text[cell.clone()]).title == *entry.title);
    if let Some(cell) = own.map(|own| row[own].clone()) {
        let parsed = title::read(&text[cell.clone()]);
        let behind = cell.start + parsed.end.min(cell.len());
        let left = rest::of(&text[behind..cell.end]);
        if !left.is_empty() {
            copied.add(text, behind + left.start..behind + left.end);
            copied.fill("\n");
        }
    }
    let says_more = |cell: &Range<usize>| says(&text[cell.clone()]) && !is_day(&text[cell.clone()], entry.date);
    let others = row.iter().enumerate().filter(|(column, cell)| Some(*column) != own && says_more(cell));
    for (column, cell) in others {
        if let Some(name) = head.get(column).map(|name| text[name.clone()].trim_matches(is_mark)) {
            let start = copied.text.len();
            copied.fill(name);
            copied.fill(if name.is_empty() || name.ends_with([':', '：']) { "" } else { ":" });
            copied.labels.extend(Some(start..copied.text.len()).filter(|label| !label.is_empty()));
            copied.fill(if name.is_empty() { "" } else { " " });
        }
        copied.add(text, cell.clone());
        copied.fill("\n");
    }
    copied
}

/// Whether a cell has content other than dashes and slashes.
fn says(cell: &str) -> bool {
    cell.chars().any(|c| !c.is_whitespace() && !"-–—/".contains(c))
}

/// Whether a cell only repeats the entry's date.
fn is_day(cell: &str, read: Option<NaiveDate>) -> bool {
    let Some((read, cell)) = read.zip(date::read(cell, Place::Cell)) else { return false };
    let of_year = |year: Option<i32>| year.is_none_or(|year| year % 100 == read.year() % 100);
    let (month, day) = (read.month(), read.day());
    match cell.what {
        When::Day { year, month: m, day: d } => of_year(year) && (m, d) == (month, day),
        When::Ambiguous { year, first, second } => {
            of_year(year) && [(first, second), (second, first)].contains(&(month, day))
        }
        _ => false,
    }
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || "*_`".contains(c)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// The first cells of a line, at most `most`, trimmed.
fn cells(text: &str, line: Range<usize>, most: usize) -> Vec<Range<usize>> {
    let trim = |part: Range<usize>| {
        let inside = &text[part.clone()];
        let start = part.start + inside.len() - inside.trim_start().len();
        start..start + inside.trim().len()
    };
    let line = trim(line);
    let mut cells = Vec::new();
    let mut start = line.start;
    let mut is_escaped = false;
    for (at, byte) in text[line.clone()].bytes().enumerate() {
        let at = line.start + at;
        if cells.len() == most {
            return cells;
        }
        if byte == b'|' && !is_escaped {
            // The leading bar separates nothing.
            if at > line.start {
                cells.push(trim(start..at));
            }
            start = at + 1;
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    if start < line.end {
        cells.push(trim(start..line.end));
    }
    cells
}
