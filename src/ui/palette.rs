//! The command palette: what can be done, with its keys.

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::find;
use super::theme::Theme;
use crate::app::App;
use crate::app::layout::{self, Area};
use crate::app::palette::{Command, Palette};

/// Draws the palette. Gives where the terminal's cursor belongs.
pub fn draw(app: &App, palette: &Palette, canvas: &mut Canvas<'_>, theme: &Theme) -> Position {
    let (frame, list) = palette.areas(app.size);
    let title = app.language.pick("Commands", "命令");
    let top = Area { height: 1, ..layout::inside(frame) };
    let about = app.language.pick("what to do", "要做什么");
    let cursor = find::frame(canvas, theme, frame, title, (&palette.field, about), top);
    let hits = &palette.results.hits;
    if hits.is_empty() {
        find::instead(canvas, theme, list, app.language.pick("No command is called so.", "没有这样的命令。"));
    }
    find::list(canvas, theme, list, (palette.view, hits.len(), palette.cursor), |canvas, area, index| {
        let Command { binding, keys } = &palette.commands[hits[index].item];
        let end = canvas.text_before(area.x + area.width, area.y, keys, theme.accent);
        let room = Area { width: end.saturating_sub(area.x + 1), ..area };
        let about = binding.about.get(app.language);
        let positions = palette.results.query(&hits[index]).positions(about, None);
        find::matched(canvas, theme, room, about, &positions);
    });
    cursor
}
