//! The help screen.

use super::canvas::Canvas;
use super::page;
use super::theme::Theme;
use crate::app::viewport::Viewport;
use crate::app::{App, help, layout};

/// Draws the keys over everything else.
pub fn draw(app: &App, view: Viewport, canvas: &mut Canvas<'_>, theme: &Theme) {
    let area = help::area(app.size);
    canvas.dim(theme.dim);
    canvas.clear(area);
    canvas.frame(area, "Keys", theme.dim, theme.accent);
    page::lines(canvas, theme, layout::inside(area), &help::lines(), view);
}
