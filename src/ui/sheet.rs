//! The overlay for sheets of scrollable text, such as the key help.

use super::canvas::Canvas;
use super::page;
use super::theme::Theme;
use crate::app::App;
use crate::app::lists::sheet::{self, Sheet};
use crate::app::screen::layout;

pub fn draw(app: &App, sheet: &Sheet, canvas: &mut Canvas<'_>, theme: &Theme) {
    let area = sheet::area(app.size, &sheet.lines);
    canvas.dim(theme.dim);
    canvas.clear(area);
    canvas.frame(area, sheet.subject.title(app.language), theme.dim, theme.accent);
    page::lines(canvas, theme, layout::inside(area), &sheet.lines, sheet.view);
}
