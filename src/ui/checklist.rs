//! Draws the checklist of the Pending pane.

use ratatui::style::Modifier;

use super::canvas::Canvas;
use super::page;
use super::theme::Theme;
use crate::app::App;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::panes::checklist::{ChecklistRow, progress};
use crate::app::screen::layout::{Area, Pane};
use crate::app::screen::viewport::Viewport;
use crate::say;
use crate::text::{cut, width};

/// Draws the visible rows and the line below them, or a message if there are none.
pub fn draw(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let checklist = &app.checklist;
    if checklist.rows.is_empty() {
        let lines = app.empty_list(usize::from(area.width));
        return page::lines(canvas, theme, area, &lines, Viewport::default());
    }
    if let Some(foot) = app.foot() {
        let room = usize::from(area.width);
        canvas.text(
            area.x,
            area.y + area.height,
            area.width,
            &cut(&foot, room),
            theme.dim.add_modifier(Modifier::ITALIC),
        );
    }
    let cursor = checklist.cursor_rows();
    let total = checklist.rows.len();
    for (y, index) in (area.y..).zip(checklist.view.lines(usize::from(area.height), total)) {
        row(app, canvas, theme, area, y, &checklist.rows[index]);
        if cursor.contains(&index) {
            let style = if app.focus == Pane::Pending { theme.selected } else { theme.selected_elsewhere };
            canvas.style(Area { x: area.x - 1, y, width: area.width + 2, height: 1 }, style);
        }
    }
    canvas.scrollbar(area.x + area.width, area.y, area.height, checklist.view.top, total, theme.dim);
}

fn row(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area, y: u16, row: &ChecklistRow) {
    let (log, checklist) = (&app.log, &app.checklist);
    let task = row.task.map(|task| (task, &log.tasks[task]));
    let base = match task {
        Some((_, task)) if task.is_closed() => theme.dim.add_modifier(Modifier::CROSSED_OUT),
        Some(_) => theme.text,
        None => theme.dim,
    };
    page::line(canvas, theme, area, y, &row.line, base);
    if let (Some(due), Some((_, task))) = (&row.due, task)
        && task.is_open()
    {
        let is_over = due.date.zip(app.today()).is_some_and(|(date, today)| date < today);
        let style = if is_over { theme.overdue } else { theme.deadline };
        page::set_off(canvas, area, y, &row.line, &due.span, style);
    }
    if let Some(key) = app.keymap.first(Action::ToggleProse, Context::Pane(Pane::Pending)).filter(|_| row.folds) {
        let hint = match checklist.shows_prose() {
            true => say!(app.language, "{key} folds", "{key} 折叠"),
            false => say!(app.language, "{key} unfolds", "{key} 展开"),
        };
        let fits = row.line.width() + 1 + width(&hint) <= usize::from(area.width);
        canvas.text_before(area.x + area.width, y, if fits { &hint } else { &key }, theme.accent);
    }
    let (Some((index, task)), Some(_)) = (task, row.line.mark) else { return };
    page::check_box(canvas, theme, area, y, &row.line, task);
    if let Some((done, all)) = progress(log, index) {
        let fold = if checklist.is_folded(log, index) { "▸" } else { "▾" };
        let before = u16::try_from(row.line.indent).unwrap_or(0);
        canvas.text((area.x + before).saturating_sub(1), y, 1, fold, theme.dim);
        canvas.text_before(area.x + area.width, y, &format!("{done}/{all}"), theme.dim);
    }
}
