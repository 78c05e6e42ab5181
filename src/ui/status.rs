//! The line above the panes and the line below them.

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::finding::places::Places;
use crate::app::keys::action::Action;
use crate::app::keys::keymap;
use crate::app::page::flow::{Kind, Line, Role, paragraph};
use crate::app::screen::layout::{self, Area, Arrangement, Pane};
use crate::app::{App, Overlay, Status, Tone};
use crate::say;
use crate::text::{cut, cut_quote, width};
use crate::words::Language;

/// Columns for the filter's name on a narrow screen.
const FILTER: usize = 16;

/// Columns of the bar that says how much of a log is read.
const GAUGE: usize = 12;

/// Draws what the log is and how it stands.
pub fn header(app: &App, canvas: &mut Canvas<'_>, theme: &Theme) {
    let area = layout::header(app.size);
    if app.is_loading() {
        return loading(app, canvas, theme, area);
    }
    for part in app.header() {
        let style = if part.is_name { theme.heading } else { theme.dim };
        canvas.text(part.columns.start, area.y, area.width.saturating_sub(part.columns.start), &part.text, style);
    }
}

/// Draws what the log is, and how much of it is read once that takes long. What it holds is not
/// known yet.
fn loading(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let end = area.width.saturating_sub(1);
    let end = match app.percent() {
        Some(percent) => {
            let done = usize::try_from(percent).unwrap_or(0) * GAUGE / 100;
            let (bar, rest) = ("█".repeat(done), "░".repeat(GAUGE - done));
            let gauge = say!(app.language, "reading {bar}{rest} {percent:2}%", "读入 {bar}{rest} {percent:2}%");
            canvas.text_before(end, area.y, &gauge, theme.accent)
        }
        None => end,
    };
    let room = end.saturating_sub(2);
    canvas.text(1, area.y, room, &cut(&app.name(), usize::from(room)), theme.heading);
}

/// Draws what the keys do here, or a message; and where one is.
pub fn line(app: &App, canvas: &mut Canvas<'_>, theme: &Theme) {
    let area = layout::status(app.size);
    canvas.clear(area);
    let position = position(app);
    let end = canvas.text_before(area.width.saturating_sub(1), area.y, &position, theme.dim);
    let room = end.saturating_sub(2);
    // What is said of the line that is typed stands in its frame.
    let is_typing = matches!(app.overlays.last(), Some(Overlay::Prompt(_)));
    let status = app.status.as_ref().filter(|status| !is_typing || status.tone != Tone::Error);
    let rows = app.message_rows();
    if let Some(status) = status.filter(|_| rows > 0) {
        let area = Area { y: area.y.saturating_sub(rows), height: rows, ..area };
        canvas.clear(area);
        message(app, status, canvas, theme, Area { x: 1, width: area.width.saturating_sub(2), ..area });
    }
    if let Some(typed) = app.typed() {
        canvas.text(1, area.y, room, &format!("{typed}…"), theme.accent);
    } else if let Some(status) = status.filter(|_| rows == 0) {
        message(app, status, canvas, theme, Area { x: 1, width: room, ..area });
    } else if !is_typing {
        hints(app, canvas, theme, room);
    }
}

/// Draws the message into the rows above the status line that it has, or into the status line.
fn message(app: &App, status: &Status, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let style = match status.tone {
        Tone::News => theme.text,
        Tone::Notice => theme.accent,
        Tone::Error => theme.error,
    };
    let (columns, rows) = (usize::from(area.width), usize::from(area.height));
    let mut lines = app.message();
    if lines.len() > rows || lines.iter().any(|line| line.width() > columns) {
        let text = app.message_text();
        // Lines do not fill up to the last column: what is cut is cut until it fits.
        let fits = |lines: &[Line]| lines.len() <= rows;
        let cut = |room| match rows {
            1 => vec![Line::of(Kind::Text, Role::Body, &cut_quote(&text, columns))],
            _ => paragraph(&cut_quote(&text, room), Role::Body, Kind::Text, columns),
        };
        lines = (0..=columns)
            .map(|less| cut((columns * rows).saturating_sub(less)))
            .find(|lines| fits(lines))
            .unwrap_or_default();
    }
    for (y, line) in (area.y..).zip(&lines) {
        canvas.text(area.x, y, area.width, &line.text(), style);
    }
}

/// What the keys do here, as far as there is room; the way to all the others has its place.
fn hints(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, room: u16) {
    let y = layout::status(app.size).y;
    let mut x = 1;
    let hints = keymap::hints(&app.keymap, app.context(), app.language);
    let (help, others): (Vec<_>, Vec<_>) =
        hints.filter(|(action, ..)| app.is_of_use(*action)).partition(|(action, ..)| *action == Action::ShowHelp);
    let columns = |key: &str, word: &str| u16::try_from(width(key) + 1 + width(word)).unwrap_or(u16::MAX);
    let end = room.saturating_add(1);
    let kept = help.first().map_or(0, |(_, key, word)| columns(key, word).saturating_add(2));
    let mut is_full = false;
    for (action, key, word) in others.into_iter().chain(help) {
        // Where there is no log yet there is nothing to go back to.
        let quits = action == Action::Cancel && app.is_choosing();
        let word = if quits { app.language.pick("quit", "退出") } else { word };
        let columns = columns(&key, word);
        // The first says most.
        let kept = if x == 1 || action == Action::ShowHelp { 0 } else { kept };
        is_full |= x + columns + kept > end && action != Action::ShowHelp;
        if x + columns > end || is_full && action != Action::ShowHelp {
            continue;
        }
        x += canvas.text(x, y, columns, &key, theme.accent) + 1;
        x += canvas.text(x, y, columns, word, theme.dim) + 2;
    }
}

/// How far down one is in what has the focus.
fn position(app: &App) -> String {
    match app.overlays.last() {
        Some(Overlay::Everywhere(everywhere)) => {
            let Places { hits, groups, .. } = everywhere.places;
            let found = || say!(app.language, "{hits} in {groups}", "{groups} 处共 {hits} 个");
            return if hits == 0 { String::new() } else { found() };
        }
        Some(Overlay::Figure(index)) => return format!("{}/{}", index + 1, app.page_figures().1.len()),
        Some(Overlay::Quiz(quiz)) if quiz.page.steps > 0 => return format!("{}/{}", quiz.shown, quiz.page.steps),
        Some(Overlay::Quiz(_) | Overlay::Calendar(_)) => return String::new(),
        _ => {}
    }
    if let Some(body) = app.body() {
        return match body.place() {
            Some((_, 0)) => String::new(),
            Some((at, all)) => format!("{at}/{all}"),
            None => part(body.view.top, body.below(), app.language),
        };
    }
    if let Some(search) = app.reader.search.as_ref().filter(|search| !search.query.is_empty()) {
        return match search.hits.len() {
            0 => app.language.pick("no hit", "无匹配").to_owned(),
            all => say!(app.language, "hit {}/{all}", "匹配 {}/{all}", search.current + 1),
        };
    }
    let height = app.text_area(app.focus).map_or(0, |area| usize::from(area.height));
    let (at, all) = match app.focus {
        Pane::Timeline => (app.timeline.cursor, app.timeline.rows.len().saturating_sub(1)),
        Pane::Page => (app.reader.view.top, app.reader.lines.len().saturating_sub(height)),
        Pane::Checklist => {
            let tasks = app.checklist.tasks();
            let at = tasks.iter().position(|&task| Some(task) == app.checklist.cursor);
            (at.unwrap_or(0), tasks.len().saturating_sub(1))
        }
    };
    let part = part(at, all, app.language);
    // Tabs have no room for what is filtered; elsewhere the pane's title says it.
    if app.focus == Pane::Checklist && app.arrangement() == Arrangement::Narrow {
        let filter = app.checklist.filter.name(app.language);
        return format!("{} {part}", cut(filter.trim_start_matches(" · "), FILTER)).trim_start().to_owned();
    }
    part
}

/// How far down one is, of all that there is to go.
fn part(at: usize, all: usize, language: Language) -> String {
    (at * 100).checked_div(all).map_or_else(|| language.pick("all", "全部").to_owned(), |percent| format!("{percent}%"))
}
