//! Draws laid-out lines: the page, sheets, notes.

use std::ops::Range;

use ratatui::style::{Modifier, Style};

use super::canvas::Canvas;
use super::pictures::ReadyPictures;
use super::theme::Theme;
use crate::app::App;
use crate::app::page::flow::{PageLine, Span, SpanRole};
use crate::app::screen::layout::Area;
use crate::app::screen::viewport::Viewport;
use crate::log::{Sign, State, Task};
use crate::text::width;

/// Draws the visible part of the page.
pub fn draw(app: &App, pictures: &dyn ReadyPictures, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let view = app.reader.view;
    lines(canvas, theme, area, &app.reader.lines, view);
    let file = app.page_file();
    let shown = view.lines(usize::from(area.height), app.reader.lines.len());
    for (y, at) in (area.y..).zip(shown) {
        let line = &app.reader.lines[at];
        highlight(app, canvas, theme, area, y, at);
        let task = line.mark.zip(file).and_then(|(mark, file)| app.log.task_at(file, mark));
        if let Some(task) = task {
            check_box(canvas, theme, area, y, line, &app.log.tasks[task]);
        }
    }
    self::pictures(app, pictures, canvas, theme, area);
}

/// Draws the visible rows of pictures.
fn pictures(app: &App, pictures: &dyn ReadyPictures, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let lines = &app.reader.lines;
    let shown = app.reader.view.lines(usize::from(area.height), lines.len());
    let follows = |upper: &PageLine, lower: &PageLine| match (upper.figure, lower.figure) {
        (Some(upper), Some(lower)) => {
            upper.figure == lower.figure && upper.slice.map(|slice| slice.row + 1) == lower.slice.map(|slice| slice.row)
        }
        _ => false,
    };
    let mut y = area.y;
    for rows in lines[shown].chunk_by(follows) {
        let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
        let figure = rows[0].figure;
        if let Some((id, slice)) = figure.and_then(|line| app.figure_id(line.figure).zip(line.slice)) {
            let indent = u16::try_from(rows[0].width()).unwrap_or(area.width).min(area.width);
            let width = slice.picture.width.min(area.width - indent);
            let area = Area { x: area.x + indent, y, width, height };
            if !canvas.picture(pictures, &id, slice.picture, slice.row, area) {
                corners(canvas, theme, area, slice.row, slice.picture.height);
            }
        }
        y += height;
    }
}

/// Draws the corners of a picture that is not ready; `top` is its first visible row.
pub fn corners(canvas: &mut Canvas<'_>, theme: &Theme, area: Area, top: u16, rows: u16) {
    let last = area.x + area.width.saturating_sub(1);
    for (y, row) in (area.y..area.y + area.height).zip(top..) {
        let (left, right) = match row {
            0 => ("┌", "┐"),
            row if row + 1 == rows => ("└", "┘"),
            _ => continue,
        };
        canvas.text(area.x, y, 1, left, theme.dim);
        canvas.text(last, y, 1, right, theme.dim);
    }
}

/// Highlights the hits on the page's line `at`; the current hit looks like a selected row.
fn highlight(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area, y: u16, at: usize) {
    let Some(search) = &app.reader.search else { return };
    let line = &app.reader.lines[at];
    for (index, hit) in search.hits.iter().enumerate() {
        let style = if index == search.current { theme.selected } else { theme.hit };
        for (_, range) in hit.iter().filter(|(line, _)| *line == at) {
            set_off(canvas, area, y, line, range, style);
        }
    }
}

/// Styles a byte range of a line that is already drawn.
pub fn set_off(canvas: &mut Canvas<'_>, area: Area, y: u16, line: &PageLine, bytes: &Range<usize>, style: Style) {
    let text = line.text();
    let cells = |text: &str| u16::try_from(width(text)).unwrap_or(u16::MAX);
    let x = area.x + cells(&text[..bytes.start]) + u16::try_from(line.indent).unwrap_or(0);
    canvas.style(Area { x, y, width: cells(&text[bytes.clone()]), height: 1 }, style);
}

/// Draws the visible lines, and a scrollbar if there are more.
pub fn lines(canvas: &mut Canvas<'_>, theme: &Theme, area: Area, lines: &[PageLine], view: Viewport) {
    let shown = view.lines(usize::from(area.height), lines.len());
    for (y, index) in (area.y..).zip(shown) {
        line(canvas, theme, area, y, &lines[index], theme.text);
    }
    canvas.scrollbar(area.x + area.width, area.y, area.height, view.top, lines.len(), theme.dim);
}

/// Draws a line. Its spans' styles are applied over `base`.
pub fn line(canvas: &mut Canvas<'_>, theme: &Theme, area: Area, y: u16, line: &PageLine, base: Style) {
    let end = area.x + area.width;
    let mut x = area.x + u16::try_from(line.indent).unwrap_or(area.width).min(area.width);
    for span in &line.spans {
        x += canvas.text(x, y, end - x, &span.text, base.patch(style(theme, span)));
    }
}

/// Draws a task's box or bullet in the span reserved for it.
pub fn check_box(canvas: &mut Canvas<'_>, theme: &Theme, area: Area, y: u16, line: &PageLine, task: &Task) {
    let Some(column) = line.box_column() else { return };
    let x = area.x + u16::try_from(column).unwrap_or(area.width).min(area.width);
    let (symbol, style) = match task.state {
        State::Done => ("☑", theme.dim),
        State::Open if matches!(task.sign, Sign::Box | Sign::Word(_) | Sign::Label(_)) => ("☐", theme.text),
        // No box yet, or a custom mark that speaks for itself.
        _ => ("•", theme.dim),
    };
    canvas.text(x, y, (area.x + area.width).saturating_sub(x), symbol, style);
}

fn style(theme: &Theme, span: &Span) -> Style {
    let mut style = match span.role {
        SpanRole::Body => Style::new(),
        SpanRole::Heading => theme.heading,
        SpanRole::Marker | SpanRole::Fact => theme.dim,
        SpanRole::Chart => theme.chart,
    };
    let set = [
        (span.style.italic, Modifier::ITALIC),
        (span.style.bold, Modifier::BOLD),
        (span.style.strike, Modifier::CROSSED_OUT),
    ];
    for (_, modifier) in set.into_iter().filter(|(is_set, _)| *is_set) {
        style = style.add_modifier(modifier);
    }
    if span.style.code || span.style.formula {
        style = style.patch(theme.code);
    }
    if span.link.is_some() {
        style = style.patch(theme.link).remove_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED);
    }
    style
}
