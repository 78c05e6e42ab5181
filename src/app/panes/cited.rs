//! Citation counts of pending items: shown after each item, and used to sort the list.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::rows::ChecklistRow;
use crate::app::page::flow::{BOX, BlockKind, PageLine, Span, SpanRole};
use crate::log::Log;
use crate::say;
use crate::text::width;
use crate::words::Language;

/// The number of read papers that cite an item, by the item's text.
pub type Cited = HashMap<String, usize>;

/// The number of read papers that cite an item; 0 unless it is open.
pub(super) fn count(log: &Log, cited: &Cited, task: usize) -> usize {
    let task = &log.tasks[task];
    if task.is_open() { cited.get(&task.text).copied().unwrap_or(0) } else { 0 }
}

/// Appends the citation count to each cited item: at the end of its last line, or on a line of its own.
pub(super) fn counted(
    rows: Vec<ChecklistRow>,
    log: &Log,
    cited: &Cited,
    columns: usize,
    language: Language,
) -> Vec<ChecklistRow> {
    if cited.is_empty() {
        return rows;
    }
    let mut all = Vec::with_capacity(rows.len());
    for part in rows.chunk_by(|one, next| one.task == next.task) {
        all.extend_from_slice(part);
        let Some(task) = part[0].task else { continue };
        let count = count(log, cited, task);
        if count == 0 {
            continue;
        }
        let said = say!(language, "cited by {count}", "被 {count} 篇引用");
        let filled = all.iter().rposition(|row: &ChecklistRow| !row.line.spans.is_empty()).unwrap_or(0);
        let last = &mut all[filled].line;
        if last.width() + width(&said) + 3 <= columns {
            last.spans.push(Span { text: format!(" · {said}"), role: SpanRole::Fact, ..Span::default() });
            continue;
        }
        let column = part[0].line.box_column().map_or(last.indent, |column| column + BOX);
        let line = PageLine { indent: column.min(columns / 2), ..PageLine::of(BlockKind::Text, SpanRole::Fact, &said) };
        all.insert(filled + 1, ChecklistRow { line, task: Some(task), ..ChecklistRow::default() });
    }
    all
}

/// Sorts items by citation count, most cited first. A group ranks by the most cited item in it.
pub(super) fn most_first(mut rows: Vec<ChecklistRow>, log: &Log, cited: &Cited) -> Vec<ChecklistRow> {
    let mut most: Vec<usize> = (0..log.tasks.len()).map(|task| count(log, cited, task)).collect();
    for task in (0..most.len()).rev() {
        if let Some(parent) = log.tasks[task].parent {
            most[parent] = most[parent].max(most[task]);
        }
    }
    let order = |row: &ChecklistRow| {
        let path = std::iter::successors(row.task, |&task| log.tasks[task].parent);
        let mut path: Vec<_> = path.map(|task| (Reverse(most[task]), task)).collect();
        path.reverse();
        path
    };
    rows.sort_by_cached_key(order);
    rows
}
