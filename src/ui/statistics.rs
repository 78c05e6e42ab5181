//! The statistics overlay.

use super::canvas::Canvas;
use super::page;
use super::theme::Theme;
use crate::app::App;
use crate::app::habit::statistics::Statistics;
use crate::app::screen::layout;

pub fn draw(app: &App, statistics: &Statistics, canvas: &mut Canvas<'_>, theme: &Theme) {
    let frame = statistics.area(app.size);
    canvas.dim(theme.dim);
    canvas.clear(frame);
    canvas.frame(frame, app.language.pick("Statistics", "统计"), theme.dim, theme.accent);
    page::lines(canvas, theme, layout::inside(frame), &statistics.lines, statistics.view);
    if let Some(cell) = statistics.cell(app.size) {
        canvas.style(cell, theme.selected);
    }
}
