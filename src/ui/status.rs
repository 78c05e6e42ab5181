//! The line above the panes and the line below them.

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::finding::places::Places;
use crate::app::keys::action::Action;
use crate::app::keys::keymap;
use crate::app::page::flow::{Kind, Line, Role, paragraph};
use crate::app::screen::layout::{self, Area, Arrangement, Pane};
use crate::app::{App, Overlay, Status, Tone};
use crate::log::Counts;
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
    let (done, all) = app.log.progress();
    let pending =
        if all == 0 { String::new() } else { say!(app.language, "☐ {} pending", "☐ {} 待读", all - done) };
    let saved = match (app.is_saving(), app.has_saved()) {
        (true, _) => app.language.pick("saving…", "保存中…"),
        (false, true) => app.language.pick("saved", "已保存"),
        (false, false) => "",
    };
    let due = up(app);
    let looks = app.looks.map_or_else(String::new, |seconds| {
        say!(app.language, "files checked every {seconds} s", "每 {seconds} 秒检查文件")
    });
    let pdfs = app.reading_papers.map_or_else(String::new, |(done, all)| {
        say!(app.language, "reading PDFs {done}/{all}", "正在读 PDF {done}/{all}")
    });
    let right = [pdfs.as_str(), looks.as_str(), due.as_str(), pending.as_str(), saved]
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join("   ");
    let end = canvas.text_before(area.width.saturating_sub(1), area.y, &right, theme.dim);
    let facts = counts(app.counts(), app.language);
    let room = usize::from(end.saturating_sub(2));
    let name = cut(&app.name(), room).into_owned();
    let x = 1 + canvas.text(1, area.y, end.saturating_sub(1), &name, theme.heading);
    if width(&name) + width(&facts) <= room {
        canvas.text(x, area.y, end.saturating_sub(x), &facts, theme.dim);
    }
}

/// What there is to review: what is due, and new. Which of it comes up today is said by the review.
fn up(app: &App) -> String {
    let (queue, language) = (&app.reviewing.queue, app.language);
    match (queue.due.len(), queue.new.len()) {
        (0, 0) => String::new(),
        (due, 0) => say!(language, "{due} due", "{due} 篇到期"),
        (0, new) => say!(language, "{new} new to review", "{new} 篇待首次复习"),
        (due, new) => say!(language, "{due} due, {new} new", "到期 {due}，新 {new}"),
    }
}

/// How much the log holds: its papers, and what they stand under.
fn counts(counts: Counts, language: Language) -> String {
    let Counts { papers, days, months, years, sections } = counts;
    let under = if days == 0 && months == 0 && years == 0 {
        (sections > 1).then(|| language.counted(sections, "section", "sections", "个部分"))
    } else if days >= months.max(years) {
        Some(language.counted(days, "day", "days", "天"))
    } else if months >= years {
        Some(language.counted(months, "month", "months", "个月"))
    } else {
        Some(language.counted(years, "year", "years", "年"))
    };
    let papers = language.counted(papers, "paper", "papers", "篇论文");
    std::iter::once(papers).chain(under).map(|count| format!(" · {count}")).collect()
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

fn hints(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, room: u16) {
    let y = layout::status(app.size).y;
    let mut x = 1;
    let hints = keymap::hints(&app.keymap, app.context(), app.language);
    for (action, key, word) in hints.filter(|(action, ..)| app.is_of_use(*action)) {
        // Where there is no log yet there is nothing to go back to.
        let quits = action == Action::Cancel && app.is_choosing();
        let word = if quits { app.language.pick("quit", "退出") } else { word };
        let columns = u16::try_from(width(&key) + 1 + width(word)).unwrap_or(u16::MAX);
        if x + columns > room + 1 {
            break;
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
