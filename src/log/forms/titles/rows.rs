//! Titles in table rows. The title column is the one whose cells are most like titles.

use std::ops::Range;

use super::{Candidate, TitleInput};
use crate::log::forms::{likeness, title, words};
use crate::log::outline::{Outline, Row, Table};
use crate::log::pending;
use crate::text::Span;

/// How many rows are judged to find the title column.
const LOOKED_AT: usize = 12;
/// The minimum score for a column to contain titles; below it, the table is about something else.
const LEAST: f32 = -0.6;
/// The penalty for empty cells.
const EMPTY: f32 = 4.0;
/// The bonus for a header that names titles, and for one that names nothing else.
const HEAD: f32 = 1.5;
const TITLE_HEAD: f32 = 4.0;
/// Headers that name nothing but titles, in lower case.
const TITLES: &[&str] =
    &["title", "paper title", "标题", "题目", "论文标题", "论文题目", "タイトル", "題名", "제목", "titel", "titre"];

/// The rows of all tables with a title column.
pub(super) fn find(input: &TitleInput) -> Vec<Candidate> {
    let outline = input.outline;
    let mut found = Vec::new();
    for table in &outline.tables {
        if input.is_pending_list(table.span().start) {
            continue;
        }
        let Some(column) = column(input.text, outline, table) else { continue };
        let header = &outline.cells[indices(&table.header)];
        let head = header.get(column);
        let is_named =
            head.is_some_and(|head| names_titles(&input.text[*head])) || is_topic(input.text, header, column);
        let state = ReadColumn::of(input, table);
        for row in &outline.rows[indices(&table.rows)] {
            let cells = &outline.cells[indices(&row.cells)];
            let Some(cell) = cells.get(column) else { continue };
            // A line of text right below a table counts as a row of it.
            let is_text = table.header.len() > 1 && !input.text[row.span()].contains('|');
            if is_text || input.text[*cell].trim().is_empty() {
                continue;
            }
            let start = input.line_start(row.span().start);
            let end =
                input.text[row.span().start..].find('\n').map_or(input.text.len(), |at| row.span().start + at + 1);
            let is_unread = state.as_ref().is_some_and(|state| state.says_unread(input, cells));
            let title = Candidate::new(start..end, cell.range());
            found.push(Candidate { is_named, is_unread, ..title.ending(end) });
        }
    }
    found
}

/// The cells with the titles in a table of papers, without the white space around them.
pub(crate) fn title_cells(text: &str, outline: &Outline, table: &Table) -> Vec<Range<usize>> {
    let Some(column) = column(text, outline, table) else { return Vec::new() };
    let rows = outline.rows[indices(&table.rows)].iter();
    let cells = rows.filter_map(|row| outline.cells[indices(&row.cells)].get(column));
    let trimmed = cells.map(|cell| {
        let said = &text[*cell];
        let start = cell.start() + said.len() - said.trim_start().len();
        start..start + said.trim().len()
    });
    trimmed.filter(|cell| !cell.is_empty()).collect()
}

pub(super) fn indices(range: &Range<u32>) -> Range<usize> {
    let index = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    index(range.start)..index(range.end)
}

/// The index of the title column of a table.
fn column(text: &str, outline: &Outline, table: &Table) -> Option<usize> {
    let rows = &outline.rows[indices(&table.rows)];
    let step = rows.len().div_ceil(LOOKED_AT).max(1);
    let header = &outline.cells[indices(&table.header)];
    // Rows with nothing but a date are still to be filled in.
    let is_filled = |row: &&Row| {
        let cells = outline.cells[indices(&row.cells)].iter();
        cells.filter(|cell| !text[**cell].trim().is_empty()).nth(1).is_some() || header.len() < 2
    };
    let mut best: Option<(f32, usize)> = None;
    for (at, head) in header.iter().enumerate() {
        let mut sum = 0.0;
        let mut count = 0.0;
        let mut texts: Vec<String> = Vec::new();
        for row in rows.iter().step_by(step) {
            let Some(cell) = outline.cells[indices(&row.cells)].get(at) else { continue };
            let said = &text[*cell];
            if said.trim().is_empty() {
                continue;
            }
            let parsed = title::read(said);
            sum += likeness::of(&parsed).clamp(-4.0, 4.0);
            count += 1.0;
            texts.push(parsed.title);
        }
        if count == 0.0 {
            continue;
        }
        if names_venues(&texts) {
            continue;
        }
        // Repeated values are a category, year or venue.
        texts.sort_unstable();
        texts.dedup();
        let distinct = u16::try_from(texts.len()).map_or(1.0, f32::from) / count;
        let named = match &text[*head] {
            head if TITLES.contains(&plain(head).as_str()) => TITLE_HEAD,
            head if names_titles(head) || is_topic(text, header, at) => HEAD,
            _ => 0.0,
        };
        let filled = count / u16::try_from(rows.iter().step_by(step).filter(is_filled).count()).map_or(1.0, f32::from);
        let worth = sum / count + named - (1.0 - distinct) * 2.0 - (1.0 - filled) * EMPTY;
        if worth > LEAST && best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, at));
        }
    }
    best.map(|(_, at)| at)
}

/// Words in the names of venues that titles hardly ever have.
const VENUES: &[&str] = &["conference", "symposium", "workshop", "journal", "transactions", "proceedings"];

/// Whether at least half of some short texts are names of venues: `Journal of Birds`.
fn names_venues(texts: &[String]) -> bool {
    let is_venue = |text: &&String| {
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.clone().count() < 12 && words.any(|word| VENUES.iter().any(|venue| word.eq_ignore_ascii_case(venue)))
    };
    texts.len() > 1 && texts.iter().filter(is_venue).count() * 2 >= texts.len()
}

/// The column of a table that tells which papers have been read.
struct ReadColumn {
    column: usize,
    /// Whether an empty cell means that the paper has not been read.
    marks_read: bool,
}

impl ReadColumn {
    fn of(input: &TitleInput, table: &Table) -> Option<Self> {
        let outline = input.outline;
        let heads = &outline.cells[indices(&table.header)];
        let name = |head: Span| input.text[head].trim_matches(['*', '_', ' ', '?', '？']).to_lowercase();
        let column = heads.iter().position(|head| words::names_state(&name(*head)))?;
        let is_filled = |row: &Row| {
            let cell = outline.cells[indices(&row.cells)].get(column);
            cell.is_some_and(|cell| !input.text[*cell].trim().is_empty())
        };
        let asks = matches!(&*name(heads[column]), "read" | "done" | "已读" | "是否已读" | "既読" | "읽음");
        Some(Self { column, marks_read: asks && outline.rows[indices(&table.rows)].iter().any(is_filled) })
    }

    fn says_unread(&self, input: &TitleInput, cells: &[Span]) -> bool {
        let state = cells.get(self.column).map_or("", |cell| input.text[*cell].trim());
        pending::is_unread(state) || self.marks_read && state.is_empty()
    }
}

/// Whether a column is named `Topic` in the schedule of a group that meets to discuss papers: there is a column of dates
/// and none of titles.
fn is_topic(text: &str, header: &[Span], column: usize) -> bool {
    const TOPICS: &[&str] = &["topic", "topics", "主题", "主題", "内容", "题材", "テーマ", "주제"];
    const DATES: &[&str] = &["date", "日期", "时间", "日付", "날짜"];
    let name = |head: &Span| plain(&text[*head]);
    header.get(column).is_some_and(|head| TOPICS.contains(&name(head).as_str()))
        && header.iter().any(|head| DATES.contains(&name(head).as_str()))
        && !header.iter().any(|head| names_titles(&text[*head]))
}

/// The name of a column, in lower case.
fn plain(head: &str) -> String {
    head.trim().trim_matches(['*', '_', ' ']).to_lowercase()
}

/// Whether a column's header names titles.
fn names_titles(head: &str) -> bool {
    let head = plain(head);
    words::names_titles(&head) || (words::is_link_label(&head) && head.starts_with("paper"))
}
