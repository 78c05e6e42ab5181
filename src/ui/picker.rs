//! Lists to choose from.

use super::canvas::Canvas;
use super::find;
use super::theme::Theme;
use crate::app::App;
use crate::app::lists::picker::{Picker, PickerChoice, PickerRow, PickerTarget};
use crate::app::screen::layout::{self, Area};
use crate::text::{cut, cut_quote};

pub fn draw(app: &App, picker: &Picker, canvas: &mut Canvas<'_>, theme: &Theme) {
    let frame = picker.area(app.size);
    // The panes preview the selected theme, so they are not dimmed.
    if !matches!(picker.choice(), Some(PickerChoice { target: PickerTarget::Theme(_), .. })) {
        canvas.dim(theme.dim);
    }
    canvas.clear(frame);
    let title = cut_quote(&picker.title, usize::from(frame.width.saturating_sub(6)));
    canvas.frame(frame, &title, theme.dim, theme.accent);
    let area = layout::inside(frame);
    let shown = (picker.view, picker.rows.len(), picker.cursor);
    find::list(canvas, theme, area, shown, |canvas, area, index| row(canvas, theme, area, &picker.rows[index]));
}

fn row(canvas: &mut Canvas<'_>, theme: &Theme, area: Area, row: &PickerRow) {
    let y = area.y;
    match row {
        PickerRow::Heading(text) => {
            canvas.text(area.x, y, area.width, &cut(text, usize::from(area.width)), theme.dim);
        }
        PickerRow::Choice(choice) => {
            let end = canvas.text_before(area.x + area.width, y, &choice.detail, theme.dim);
            let gap = if choice.detail.is_empty() { 0 } else { 2 };
            let room = end.saturating_sub(area.x + 2 + gap);
            canvas.text(area.x + 2, y, room, &cut_quote(&choice.label, usize::from(room)), theme.text);
        }
    }
}
