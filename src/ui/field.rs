//! A single-line text field.

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::lists::field::Field;
use crate::app::screen::layout::Area;
use crate::text::cut;

/// Draws the field into the first row of an area; `about` is a placeholder. Returns the position of the
/// terminal's cursor.
pub fn draw(field: &Field, canvas: &mut Canvas<'_>, theme: &Theme, area: Area, about: &str) -> Position {
    let (shown, column) = field.window(usize::from(area.width));
    if field.text().is_empty() {
        canvas.text(area.x, area.y, area.width, &cut(about, usize::from(area.width)), theme.dim);
    } else {
        canvas.text(area.x, area.y, area.width, shown, theme.text);
    }
    Position { x: area.x + u16::try_from(column).unwrap_or(area.width).min(area.width), y: area.y }
}
