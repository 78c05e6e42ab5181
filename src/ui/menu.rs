//! Lists with a search field: the command palette and the list of logs.

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::find;
use super::theme::Theme;
use crate::app::App;
use crate::app::lists::menu::{Menu, MenuLine};
use crate::app::lists::palette::Palette;
use crate::app::logs::list::Logs;
use crate::app::screen::layout::{self, Area};
use crate::text::cut_words;

/// The texts around a list.
struct MenuTexts<'a> {
    /// The title in the border.
    title: &'a str,
    /// The placeholder of the search field.
    about: &'a str,
    /// The message in place of an empty list.
    instead: &'a str,
}

/// Draws the palette. Returns the position of the terminal's cursor.
pub fn palette(app: &App, palette: &Palette, canvas: &mut Canvas<'_>, theme: &Theme) -> Position {
    let words = MenuTexts {
        title: app.language.pick("Commands", "命令"),
        about: app.language.pick("search commands", "查找命令"),
        instead: app.language.pick("No matching command.", "没有匹配的命令。"),
    };
    draw(app, &palette.menu, &words, canvas, theme)
}

/// Draws the list of logs. Returns the position of the terminal's cursor.
pub fn logs(app: &App, logs: &Logs, canvas: &mut Canvas<'_>, theme: &Theme) -> Position {
    let words = MenuTexts {
        title: match app.is_choosing() {
            true => app.language.pick("Open a log", "打开日志"),
            false => app.language.pick("Open another log", "打开另一份日志"),
        },
        about: app.language.pick("part of a name or folder", "按文件名或文件夹名查找"),
        instead: logs.instead(app.language),
    };
    draw(app, &logs.menu, &words, canvas, theme)
}

fn draw(app: &App, menu: &Menu, words: &MenuTexts<'_>, canvas: &mut Canvas<'_>, theme: &Theme) -> Position {
    let (frame, list) = menu.areas(app.size);
    let top = Area { height: 1, ..layout::inside(frame) };
    let cursor = find::frame(canvas, theme, frame, words.title, (&menu.field, words.about), top);
    let hits = &menu.results.hits;
    if hits.is_empty() {
        find::instead(canvas, theme, list, words.instead);
    }
    find::list(canvas, theme, list, (menu.view, hits.len(), menu.cursor), |canvas, area, index| {
        let MenuLine { label, detail, .. } = &menu.lines[hits[index].item];
        let end = canvas.text_before(area.x + area.width, area.y, detail, theme.accent);
        let room = Area { width: end.saturating_sub(area.x + 1), ..area };
        let positions = menu.results.query(&hits[index]).positions(label, None);
        find::matched(canvas, theme, room, &cut_words(label, usize::from(room.width)), &positions);
    });
    cursor
}
