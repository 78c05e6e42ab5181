//! The review screen: a title in the middle, and its summary as the user reveals it.

use super::canvas::Canvas;
use super::page;
use super::theme::Theme;
use crate::app::App;
use crate::app::reviewing::quiz::{self, Offered, Quiz};
use crate::app::screen::layout;
use crate::app::screen::layout::Area;
use crate::app::screen::viewport::Viewport;
use crate::say;
use crate::text::width;

pub fn draw(app: &App, quiz: &Quiz, canvas: &mut Canvas<'_>, theme: &Theme) {
    let size = app.size;
    canvas.clear(Area { x: 0, y: 0, width: size.width, height: size.height });
    header(app, canvas, theme);
    let area = quiz::area(size);
    let page = &quiz.page;
    if quiz.shown == 0 && page.lines.len() <= usize::from(area.height) {
        // The title alone is placed slightly above the middle.
        let rows = u16::try_from(page.lines.len()).unwrap_or(u16::MAX);
        let y = area.y + area.height.saturating_sub(rows) * 2 / 5;
        for (y, line) in (y..area.y + area.height).zip(&page.lines) {
            let free = usize::from(area.width).saturating_sub(line.width()) / 2;
            let x = area.x + u16::try_from(free).unwrap_or(0);
            page::line(canvas, theme, Area { x, ..area }, y, line, theme.text);
        }
    } else {
        page::lines(canvas, theme, area, &page.lines, quiz.view);
        boxes(app, quiz, canvas, theme, area, quiz.view);
    }
    let style = if quiz.shown == 0 { theme.dim } else { theme.text };
    for Offered { key, label, area, .. } in app.grades() {
        let columns = canvas.text(area.x, area.y, area.width, &key, theme.accent);
        canvas.text(area.x + columns, area.y, area.width - columns, &label, style);
    }
    let place = quiz::confirmation(size);
    let text = app.confirmation();
    let columns = u16::try_from(width(&text)).unwrap_or(u16::MAX).min(place.width.saturating_sub(2));
    let shown = crate::text::cut(&text, usize::from(columns));
    canvas.text((place.width - columns) / 2, place.y, columns, &shown, theme.dim);
}

fn header(app: &App, canvas: &mut Canvas<'_>, theme: &Theme) {
    let area = layout::header(app.size);
    canvas.text(1, area.y, area.width, app.language.pick("Review", "复习"), theme.heading);
    let session = &app.reviewing.session;
    let done: usize = session.tally().iter().sum();
    let facts = say!(app.language, "{done} done   {} to go", "已复习 {done}   剩余 {}", session.left());
    let facts = match app.reviewing.queue.put_off {
        0 => facts,
        put_off => say!(app.language, "{facts}   {put_off} put off", "{facts}   顺延 {put_off}"),
    };
    canvas.text_before(area.width.saturating_sub(1), area.y, &facts, theme.dim);
}

/// Draws the boxes of the tasks in a summary.
fn boxes(app: &App, quiz: &Quiz, canvas: &mut Canvas<'_>, theme: &Theme, area: Area, view: Viewport) {
    let entry = app.reviewing.session.current().and_then(|key| app.log.find(key));
    let Some(file) = entry.map(|entry| app.log.entries[entry].file()) else { return };
    for (y, at) in (area.y..).zip(view.lines(usize::from(area.height), quiz.page.lines.len())) {
        let line = &quiz.page.lines[at];
        if let Some(task) = line.mark.and_then(|mark| app.log.task_at(file, mark)) {
            page::check_box(canvas, theme, area, y, line, &app.log.tasks[task]);
        }
    }
}
