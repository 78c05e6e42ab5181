//! The command palette: what can be done, with its keys.

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::finder::{input, matched};
use super::page;
use super::theme::Theme;
use crate::app::App;
use crate::app::flow::{Kind, Role, paragraph};
use crate::app::layout::{self, Area};
use crate::app::palette::{Command, Palette};
use crate::app::viewport::Viewport;

/// Draws the palette. Gives where the terminal's cursor belongs.
pub fn draw(app: &App, palette: &Palette, canvas: &mut Canvas<'_>, theme: &Theme) -> Position {
    let (frame, list) = palette.areas(app.size);
    canvas.dim(theme.dim);
    canvas.clear(frame);
    canvas.frame(frame, app.language.pick("Commands", "命令"), theme.dim, theme.accent);
    let top = Area { height: 1, ..layout::inside(frame) };
    let cursor = input(&palette.field, canvas, theme, top, app.language.pick("what to do", "要做什么"));
    canvas.rule(frame, top.y + 1, theme.dim);
    let hits = &palette.results.hits;
    if hits.is_empty() {
        let lines = paragraph(
            app.language.pick("No command is called so.", "没有这样的命令。"),
            Role::Fact,
            Kind::Text,
            usize::from(list.width),
        );
        page::lines(canvas, theme, list, &lines, Viewport::default());
    }
    for (y, index) in (list.y..).zip(palette.view.lines(usize::from(list.height), hits.len())) {
        let Command { binding, keys } = &palette.commands[hits[index].item];
        let end = canvas.text_before(list.x + list.width, y, keys, theme.accent);
        let room = Area { y, width: end.saturating_sub(list.x + 1), height: 1, ..list };
        let about = binding.about.get(app.language);
        let positions = palette.results.queries[hits[index].query].positions(about, None);
        matched(canvas, theme, room, about, &positions);
        if index == palette.cursor {
            canvas.style(Area { x: list.x - 1, y, width: list.width + 2, height: 1 }, theme.selected);
        }
    }
    canvas.scrollbar(list.x + list.width, list.y, list.height, palette.view.top, hits.len(), theme.dim);
    cursor
}
