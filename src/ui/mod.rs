//! The view: draws the [`App`] into a buffer of cells. Changes no state and does no I/O.

mod calendar;
mod canvas;
mod checklist;
mod everywhere;
mod field;
mod figure;
mod find;
mod finder;
mod menu;
mod page;
mod panes;
mod picker;
pub mod pictures;
mod prompt;
mod quiz;
mod sheet;
mod statistics;
mod status;
mod teach;
pub mod theme;
mod timeline;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::app::keys::action::Action;
use crate::app::screen::layout::{self, Pane};
use crate::app::{App, Overlay};
use crate::say;
use canvas::Canvas;
use pictures::{NoPictures, ReadyPictures};
use theme::Theme;

/// Draws the whole screen. Returns the position of the terminal's cursor if text is being typed.
///
/// Only the top overlay shows pictures: a terminal does not restore the part of a picture that something
/// had covered.
pub fn view(app: &App, theme: &Theme, pictures: &dyn ReadyPictures, buffer: &mut Buffer) -> Option<Position> {
    let mut canvas = Canvas::new(buffer, theme.text);
    if app.is_too_small() {
        too_small(app, &mut canvas, theme);
        return None;
    }
    if !app.is_choosing() {
        status::header(app, &mut canvas, theme);
        panes::frames(app, &mut canvas, theme);
    }
    for pane in Pane::ALL {
        if let Some(area) = app.text_area(pane).filter(|_| !app.is_choosing()) {
            match pane {
                Pane::Timeline => timeline::draw(app, &mut canvas, theme, area),
                Pane::Summary if app.finder().is_some() => {}
                Pane::Summary if app.overlays.is_empty() => page::draw(app, pictures, &mut canvas, theme, area),
                Pane::Summary => page::draw(app, &NoPictures, &mut canvas, theme, area),
                Pane::Pending => checklist::draw(app, &mut canvas, theme, area),
            }
        }
    }
    let mut cursor = None;
    for (index, overlay) in app.overlays.iter().enumerate() {
        let pictures = if index + 1 == app.overlays.len() { pictures } else { &NoPictures };
        match overlay {
            Overlay::Finder(finder) => cursor = Some(finder::draw(app, finder, pictures, &mut canvas, theme)),
            Overlay::Everywhere(everywhere) => cursor = Some(everywhere::draw(app, everywhere, &mut canvas, theme)),
            Overlay::Palette(palette) => cursor = Some(menu::palette(app, palette, &mut canvas, theme)),
            Overlay::Logs(logs) => cursor = Some(menu::logs(app, logs, &mut canvas, theme)),
            Overlay::Picker(picker) => {
                picker::draw(app, picker, &mut canvas, theme);
                cursor = None;
            }
            Overlay::Prompt(prompt) => cursor = Some(prompt::draw(app, prompt, &mut canvas, theme)),
            Overlay::Quiz(quiz) => quiz::draw(app, quiz, &mut canvas, theme),
            Overlay::Calendar(calendar) => calendar::draw(app, calendar, &mut canvas, theme),
            Overlay::Statistics(statistics) => statistics::draw(app, statistics, &mut canvas, theme),
            Overlay::Teach(teach) => {
                teach::draw(app, teach, &mut canvas, theme);
                cursor = None;
            }
            Overlay::Sheet(sheet) => {
                sheet::draw(app, sheet, &mut canvas, theme);
                cursor = None;
            }
            Overlay::Figure(index) => {
                figure::draw(app, *index, pictures, &mut canvas, theme);
                cursor = None;
            }
        }
    }
    status::line(app, &mut canvas, theme);
    cursor
}

fn too_small(app: &App, canvas: &mut Canvas<'_>, theme: &Theme) {
    let layout::Size { width, height } = layout::SMALLEST;
    // While text is typed, only a key without a letter quits.
    let context = Some(app.context()).filter(|context| context.takes_text());
    let quit = context.map_or_else(|| app.call(Action::Quit), |context| app.keymap.call(Action::Quit, context));
    let lines = [
        say!(app.language, "{}×{} is too small.", "窗口太小：{}×{}", app.size.width, app.size.height),
        say!(app.language, "Minimum: {width}×{height}", "至少需要 {width}×{height}"),
        say!(app.language, "{quit} quits", "按 {quit} 退出"),
    ];
    for (row, line) in (0..app.size.height).zip(lines) {
        canvas.text(0, row, app.size.width, &line, theme.text);
    }
}
