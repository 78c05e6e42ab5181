//! The header and the status line.

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::finding::text_results::TextResults;
use crate::app::keys::action::Action;
use crate::app::keys::guide;
use crate::app::page::flow::{BlockKind, PageLine, SpanRole, paragraph};
use crate::app::screen::layout::{self, Area, Arrangement, Pane};
use crate::app::{App, Overlay, Status, Tone};
use crate::say;
use crate::text::{cut, cut_quote, width};

/// Columns for the filter's description on a narrow screen.
const FILTER: usize = 16;

/// Columns of the loading bar.
const GAUGE: usize = 12;

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

/// Draws the header while the log loads: the log's name, and the progress once loading takes long. Counts are
/// not known yet.
fn loading(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let end = area.width.saturating_sub(1);
    let end = match app.percent() {
        Some(percent) => {
            let done = usize::try_from(percent).unwrap_or(0) * GAUGE / 100;
            let (bar, rest) = ("█".repeat(done), "░".repeat(GAUGE - done));
            let gauge = say!(app.language, "loading {bar}{rest} {percent:2}%", "读取 {bar}{rest} {percent:2}%");
            canvas.text_before(end, area.y, &gauge, theme.accent)
        }
        None => end,
    };
    let room = end.saturating_sub(2);
    canvas.text(1, area.y, room, &cut(&app.name(), usize::from(room)), theme.heading);
}

/// Draws the status line: key hints or a message, and the position.
pub fn line(app: &App, canvas: &mut Canvas<'_>, theme: &Theme) {
    let area = layout::status(app.size);
    canvas.clear(area);
    let position = position(app);
    let end = canvas.text_before(area.width.saturating_sub(1), area.y, &position, theme.dim);
    let room = end.saturating_sub(2);
    // An error about the prompt's input is shown in the prompt.
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

/// Draws a message into its own rows above the status line, or into the status line.
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
        // Wrapped lines are not filled to the last column, so shorten the text until its lines fit.
        let fits = |lines: &[PageLine]| lines.len() <= rows;
        let cut = |room| match rows {
            1 => vec![PageLine::of(BlockKind::Text, SpanRole::Body, &cut_quote(&text, columns))],
            _ => paragraph(&cut_quote(&text, room), SpanRole::Body, BlockKind::Text, columns),
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

/// Draws as many key hints as fit. The help key comes last, but its room is reserved after the first hint.
fn hints(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, room: u16) {
    let y = layout::status(app.size).y;
    let mut x = 1;
    let hints = guide::hints(&app.keymap, app.context(), app.language);
    let (help, others): (Vec<_>, Vec<_>) =
        hints.filter(|(action, ..)| app.is_of_use(*action)).partition(|(action, ..)| *action == Action::ShowHelp);
    let columns = |key: &str, word: &str| u16::try_from(width(key) + 1 + width(word)).unwrap_or(u16::MAX);
    let end = room.saturating_add(1);
    let kept = help.first().map_or(0, |(_, key, word)| columns(key, word).saturating_add(2));
    let mut is_full = false;
    for (action, key, word) in others.into_iter().chain(help) {
        let word = match action {
            // Without a log there is nothing to go back to.
            Action::Cancel if app.is_choosing() => app.language.pick("quit", "退出"),
            Action::Open if app.choice_is_a_place() => app.language.pick("go to it", "转到"),
            _ => word,
        };
        let columns = columns(&key, word);
        // The first hint is the most useful, so it may take the room for help.
        let kept = if x == 1 || action == Action::ShowHelp { 0 } else { kept };
        is_full |= x + columns + kept > end && action != Action::ShowHelp;
        if x + columns > end || is_full && action != Action::ShowHelp {
            continue;
        }
        x += canvas.text(x, y, columns, &key, theme.accent) + 1;
        x += canvas.text(x, y, columns, word, theme.dim) + 2;
    }
}

/// The position within the focused pane or overlay, as text.
fn position(app: &App) -> String {
    match app.overlays.last() {
        Some(Overlay::Everywhere(everywhere)) => {
            let TextResults { hits, groups, .. } = everywhere.results;
            let entries = crate::words::counted(groups, "entry", "entries");
            let found = || say!(app.language, "{hits} in {entries}", "{groups} 个条目中 {hits} 处匹配");
            return if hits == 0 { String::new() } else { found() };
        }
        Some(Overlay::Figure(index)) => return format!("{}/{}", index + 1, app.page_figures().1.len()),
        Some(Overlay::Quiz(quiz)) if quiz.page.steps > 0 => {
            return say!(app.language, "point {}/{}", "要点 {}/{}", quiz.shown, quiz.page.steps);
        }
        Some(Overlay::Quiz(_) | Overlay::Calendar(_)) => return String::new(),
        _ => {}
    }
    if let Some(body) = app.body() {
        return match body.place() {
            Some((_, 0)) => String::new(),
            Some((at, all)) => format!("{at}/{all}"),
            None => part(body.view.top, body.below()),
        };
    }
    if let Some(search) = app.reader.search.as_ref().filter(|search| !search.query.is_empty()) {
        return match search.hits.len() {
            0 => app.language.pick("no match", "无匹配").to_owned(),
            all => say!(app.language, "match {}/{all}", "匹配 {}/{all}", search.current + 1),
        };
    }
    let height = app.text_area(app.focus).map_or(0, |area| usize::from(area.height));
    let (at, all) = match app.focus {
        Pane::Timeline => (app.timeline.cursor, app.timeline.rows.len().saturating_sub(1)),
        Pane::Summary => (app.reader.view.top, app.reader.lines.len().saturating_sub(height)),
        Pane::Pending => {
            let tasks = app.checklist.tasks();
            let at = tasks.iter().position(|&task| Some(task) == app.checklist.cursor);
            (at.unwrap_or(0), tasks.len().saturating_sub(1))
        }
    };
    let part = part(at, all);
    // Tabs have no room for the filter; elsewhere it is in the pane's title.
    if app.focus == Pane::Pending && app.arrangement() == Arrangement::Narrow {
        let filter = app.checklist.filter.name(app.language);
        return format!("{} {part}", cut(filter.trim_start_matches(" · "), FILTER)).trim_start().to_owned();
    }
    part
}

/// A position in percent; 100 if nothing can be scrolled.
fn part(at: usize, all: usize) -> String {
    format!("{}%", (at * 100).checked_div(all).unwrap_or(100))
}
