//! The full-text search overlay: the query and the lines that match, grouped by entry or section.

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::find;
use super::theme::Theme;
use crate::app::App;
use crate::app::finding::everywhere::Everywhere;
use crate::app::finding::text_results::{MatchedLine, ResultRow};
use crate::app::screen::layout::{self, Area};
use crate::text::cut;
use crate::words::Language;

/// Columns before each line.
const INDENT: u16 = 2;

/// Draws the overlay. Returns the position of the terminal's cursor.
pub fn draw(app: &App, everywhere: &Everywhere, canvas: &mut Canvas<'_>, theme: &Theme) -> Position {
    let areas = layout::everywhere(app.size);
    let title = app.language.pick("Full-text search", "全文查找");
    let about = app.language.pick("words, or /a regular expression/", "输入文字，或 /正则表达式/");
    let cursor = find::frame(canvas, theme, areas.frame, title, (&everywhere.field, about), areas.input);
    let list = areas.list;
    if let Some(text) = instead(everywhere, app.language) {
        find::instead(canvas, theme, list, &text);
        return cursor;
    }
    let rows = &everywhere.results.rows;
    let shown = (everywhere.view, rows.len(), everywhere.cursor);
    find::list(canvas, theme, list, shown, |canvas, area, index| match &rows[index] {
        ResultRow::Group { title, day } => {
            let end = canvas.text_before(area.x + area.width, area.y, day, theme.dim);
            let room = end.saturating_sub(area.x + 1);
            canvas.text(area.x, area.y, room, &cut(title, usize::from(room)), theme.heading);
        }
        ResultRow::Line(line) => draw_line(app, canvas, theme, area, line),
    });
    cursor
}

/// The message in place of an empty list.
fn instead(everywhere: &Everywhere, language: Language) -> Option<String> {
    let results = &everywhere.results;
    match &results.error {
        Some(error) => Some(error.clone()),
        None if !results.rows.is_empty() => None,
        None if everywhere.field.text().trim().is_empty() => {
            let about = language.pick(
                "Searches the whole log, including notes and pending items. Every word must match.",
                "查找日志的全部文字，包括随笔和待读项。每个词都必须匹配。",
            );
            Some(about.to_owned())
        }
        None if results.is_settled => {
            let none = language.pick("Nothing in the log matches.", "日志中没有匹配的文字。");
            let fewer = language.pick(" Try fewer words.", "请减少几个词再试。");
            let has_several_words = everywhere.field.text().split_whitespace().nth(1).is_some();
            Some(if has_several_words { format!("{none}{fewer}") } else { none.to_owned() })
        }
        None => Some(language.pick("searching…", "查找中…").to_owned()),
    }
}

fn draw_line(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area, line: &MatchedLine) {
    let text = &app.log.files[line.file].text;
    let area = Area { x: area.x + INDENT, width: area.width.saturating_sub(INDENT), ..area };
    find::excerpt(canvas, theme, area, text, line.line.clone(), &line.hits);
}
