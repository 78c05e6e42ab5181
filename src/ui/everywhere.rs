//! Everything search: the query, and lines with what matched, below what they belong to.

use std::ops::Range;

use ratatui::layout::Position;
use unicode_segmentation::UnicodeSegmentation;

use super::canvas::Canvas;
use super::finder::input;
use super::page;
use super::theme::Theme;
use crate::app::App;
use crate::app::everywhere::{Everywhere, Place, Row};
use crate::app::flow::{Kind, Role, paragraph};
use crate::app::layout::{self, Area};
use crate::app::viewport::Viewport;
use crate::text::{cut, width};
use crate::words::Language;

/// Columns before each line.
const INDENT: u16 = 2;

/// Draws the search. Gives where the terminal's cursor belongs.
pub fn draw(app: &App, everywhere: &Everywhere, canvas: &mut Canvas<'_>, theme: &Theme) -> Position {
    let areas = layout::everywhere(app.size);
    canvas.dim(theme.dim);
    canvas.clear(areas.frame);
    canvas.frame(areas.frame, app.language.pick("Find everywhere", "全文查找"), theme.dim, theme.accent);
    let about = app.language.pick("words, or /a regular expression/", "输入文字，或 /正则表达式/");
    let cursor = input(&everywhere.field, canvas, theme, areas.input, about);
    canvas.rule(areas.frame, areas.input.y + 1, theme.dim);
    let list = areas.list;
    if let Some(text) = instead(everywhere, app.language) {
        let lines = paragraph(&text, Role::Fact, Kind::Text, usize::from(list.width));
        page::lines(canvas, theme, list, &lines, Viewport::default());
        return cursor;
    }
    let rows = &everywhere.places.rows;
    for (y, index) in (list.y..).zip(everywhere.view.lines(usize::from(list.height), rows.len())) {
        match &rows[index] {
            Row::Group { title, day } => {
                let end = canvas.text_before(list.x + list.width, y, day, theme.dim);
                let room = end.saturating_sub(list.x + 1);
                canvas.text(list.x, y, room, &cut(title, usize::from(room)), theme.heading);
            }
            Row::Place(place) => line(app, canvas, theme, Area { y, height: 1, ..list }, place),
        }
        if index == everywhere.cursor {
            canvas.style(Area { x: list.x - 1, y, width: list.width + 2, height: 1 }, theme.selected);
        }
    }
    canvas.scrollbar(list.x + list.width, list.y, list.height, everywhere.view.top, rows.len(), theme.dim);
    cursor
}

/// What is said where there is nothing to show.
fn instead(everywhere: &Everywhere, language: Language) -> Option<String> {
    let places = &everywhere.places;
    match &places.error {
        Some(error) => Some(error.clone()),
        None if !places.rows.is_empty() => None,
        None if everywhere.field.text().trim().is_empty() => {
            let about = language.pick(
                "All text of the log, its notes and pending items: every word must be there.",
                "在日志的全部文字、随笔和待读条目中查找：每个词都须出现。",
            );
            Some(about.to_owned())
        }
        None if places.is_settled => {
            let none =
                language.pick("Nothing in the log has this. Fewer words may find it.", "日志中没有。减少几个词试试。");
            Some(none.to_owned())
        }
        None => Some(language.pick("searching…", "查找中…").to_owned()),
    }
}

fn line(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area, place: &Place) {
    let text = &app.log.files[place.file].text;
    let area = Area { x: area.x + INDENT, width: area.width.saturating_sub(INDENT), ..area };
    excerpt(canvas, theme, area, text, place.line.clone(), &place.hits);
}

/// Draws a line of a text, as much of it as fits around the first hit. All ranges are bytes of
/// the text; the hits are ascending.
pub fn excerpt(
    canvas: &mut Canvas<'_>,
    theme: &Theme,
    area: Area,
    text: &str,
    line: Range<usize>,
    hits: &[Range<usize>],
) {
    let shown = text[line.clone()].trim_end();
    let end = line.start + shown.len();
    let mut start = end - shown.trim_start().len();
    let first = hits.first().map_or(start, |hit| hit.start).max(start);
    let room = usize::from(area.width);
    let mut x = area.x;
    if width(&text[start..end]) > room && width(&text[start..first]) > room / 3 {
        let before = text[start..first].grapheme_indices(true).rev();
        let mut columns = 0;
        let kept = before.take_while(|(_, grapheme)| {
            columns += width(grapheme);
            columns <= room / 3
        });
        start += kept.last().map_or(first - start, |(at, _)| at);
        x += canvas.text(x, area.y, area.width, "…", theme.dim);
    }
    let right = area.x + area.width;
    let is_cut = width(&text[start..end]) > usize::from(right.saturating_sub(x));
    let edge = if is_cut { right.saturating_sub(1) } else { right };
    for (at, grapheme) in text[start..end].grapheme_indices(true) {
        let columns = u16::try_from(width(grapheme)).unwrap_or(u16::MAX);
        if x.saturating_add(columns) > edge {
            break;
        }
        let is_hit = hits.iter().any(|hit| hit.start < start + at + grapheme.len() && start + at < hit.end);
        x += canvas.text(x, area.y, edge - x, grapheme, if is_hit { theme.hit } else { theme.text });
    }
    if is_cut {
        canvas.text(x, area.y, 1, "…", theme.dim);
    }
}
