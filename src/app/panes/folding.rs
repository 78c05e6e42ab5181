//! Folding in the checklist. The text above the list folds to one line; in a low pane so does the text
//! between items, and each item but the selected one is cut to one or two rows.

use super::rows::ChecklistRow;
use crate::app::page::flow::{BlockKind, PageLine, SpanRole};
use crate::say;
use crate::text::{cut, width};
use crate::words::Language;

/// Rows of an unselected item in a low pane.
const FOLDED: usize = 2;

/// Other items to keep visible with the selected one in a low pane.
pub(super) const OTHERS: usize = 4;

/// Columns kept free beside folded text for the hint `KEY unfolds`.
const HINT: usize = 10;
/// With fewer columns than this for the first words of folded text, only its number of lines is shown.
const WORDS: usize = 8;

/// How rows are folded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Folding {
    /// The selected item, as an index into [`crate::log::Log::tasks`].
    pub cursor: Option<usize>,
    /// The pane's height if it is too low to show everything.
    pub low: Option<usize>,
    /// Whether text above and between items is left unfolded.
    pub shows_prose: bool,
    /// Columns at the right that are reserved for item rows; the summary line of folded text may use them.
    pub free: usize,
}

impl Folding {
    /// Folds rows at a width in columns.
    pub fn of(self, all: &[ChecklistRow], columns: usize, language: Language) -> Vec<ChecklistRow> {
        let limit = self.limit(all);
        let has_items = all.iter().any(|row| row.task.is_some());
        let mut rows = Vec::new();
        let mut start = 0;
        for part in all.chunk_by(|one, next| one.task == next.task) {
            let is_selected = part[0].task == self.cursor;
            let folds = has_items && (self.low.is_some() || start == 0);
            match (part[0].task, prose(part).filter(|_| folds)) {
                (None, Some(end)) if self.shows_prose => {
                    rows.push(unfolded(&part[..end], language));
                    rows.extend_from_slice(part);
                }
                (None, Some(end)) => {
                    rows.push(summed_up(&part[..end], columns + self.free, language));
                    let is_blank = |row: &&ChecklistRow| row.line.spans.is_empty();
                    let gap = part[end..].iter().take_while(|row| self.low.is_some() && is_blank(row)).count();
                    rows.extend_from_slice(&part[end + gap..]);
                }
                (Some(_), _) if !is_selected => rows.extend(cut_to(part, limit, columns)),
                _ => rows.extend_from_slice(part),
            }
            start += part.len();
        }
        rows
    }

    /// The most rows of an unselected item: only one if the selected item is long, so that others stay
    /// visible.
    fn limit(self, all: &[ChecklistRow]) -> usize {
        let Some(room) = self.low else { return usize::MAX };
        let selected = all.iter().filter(|row| row.task.is_some() && row.task == self.cursor).count();
        if selected + OTHERS * FOLDED <= room { FOLDED } else { 1 }
    }
}

/// The first rows of an item, ending in `…` if some are cut.
fn cut_to(item: &[ChecklistRow], limit: usize, columns: usize) -> Vec<ChecklistRow> {
    let mut rows = item[..item.len().min(limit)].to_vec();
    if let Some(last) = rows.last_mut().filter(|_| limit < item.len()) {
        last.line.elide(columns);
        let end = last.line.text().trim_end_matches('…').len();
        last.due.take_if(|due| due.span.end > end);
    }
    rows
}

/// The end of foldable text above or between items, if it has more than one row. Headings right above the
/// next item are not part of it.
fn prose(rows: &[ChecklistRow]) -> Option<usize> {
    let is_prose = |row: &ChecklistRow| !row.line.spans.is_empty() && row.line.kind != BlockKind::Heading;
    let end = rows.iter().rposition(is_prose)? + 1;
    (rows[..end].iter().filter(|row| is_prose(row)).count() > 1).then_some(end)
}

/// Whether any text above or between items can be folded.
pub(super) fn has_prose(rows: &[ChecklistRow]) -> bool {
    let mut parts = rows.chunk_by(|one, next| one.task == next.task);
    rows.iter().any(|row| row.task.is_some()) && parts.any(|part| part[0].task.is_none() && prose(part).is_some())
}

/// The line for folded text: its number of lines, and its first words if there is room.
fn summed_up(rows: &[ChecklistRow], columns: usize, language: Language) -> ChecklistRow {
    let said = |row: &ChecklistRow| -> String {
        let spans = row.line.spans.iter().filter(|span| span.role != SpanRole::Marker);
        spans.map(|span| span.text.as_str()).collect::<String>().trim().to_owned()
    };
    let first = rows.iter().map(said).find(|text| !text.is_empty()).unwrap_or_default();
    let count = count(rows, language);
    let text = match columns.saturating_sub(width(&count) + 5 + HINT) {
        0..WORDS => format!("▸ {count}"),
        room => format!("▸ {count} · {}", cut(&first, room)),
    };
    let line = PageLine::of(BlockKind::Text, SpanRole::Fact, &text);
    ChecklistRow { line, folds: true, ..ChecklistRow::default() }
}

/// The line above unfolded text, which folds it again.
fn unfolded(rows: &[ChecklistRow], language: Language) -> ChecklistRow {
    let line = PageLine::of(BlockKind::Text, SpanRole::Fact, &format!("▾ {}", count(rows, language)));
    ChecklistRow { line, folds: true, ..ChecklistRow::default() }
}

/// `10 lines`: the number of rows that are not empty.
fn count(rows: &[ChecklistRow], language: Language) -> String {
    let lines = rows.iter().filter(|row| !row.line.spans.is_empty()).count();
    say!(language, "{lines} lines", "{lines} 行")
}
