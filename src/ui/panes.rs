//! Titles of the panes and the dividers between them, or the tabs of a narrow screen.

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::screen::layout::{Area, Arrangement, Pane};
use crate::say;
use crate::text::{cut, width};

/// Draws titles and dividers or, on a narrow screen, tabs.
pub fn frames(app: &App, canvas: &mut Canvas<'_>, theme: &Theme) {
    let area = |pane| app.pane_area(pane);
    match app.arrangement() {
        Arrangement::Narrow => return tabs(app, canvas, theme),
        Arrangement::TooSmall => return,
        Arrangement::Medium | Arrangement::Wide => {}
    }
    for pane in Pane::ALL {
        if let Some(area) = area(pane) {
            title(app, canvas, theme, pane, area);
        }
    }
    let Some(page) = area(Pane::Summary) else { return };
    divider(canvas, theme, page.x.saturating_sub(1), page);
    match area(Pane::Pending) {
        Some(pending) if pending.x > page.x => divider(canvas, theme, pending.x - 1, pending),
        Some(pending) => {
            canvas.text(pending.x + pending.width, pending.y, 1, "┤", theme.dim);
        }
        None => {}
    }
}

fn divider(canvas: &mut Canvas<'_>, theme: &Theme, x: u16, beside: Area) {
    canvas.text(x, beside.y, 1, "┬", theme.dim);
    for y in beside.y + 1..beside.y + beside.height {
        canvas.text(x, y, 1, "│", theme.dim);
    }
}

/// Draws a pane's title row. The focused one has a heavy line, not just another colour.
fn title(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, pane: Pane, area: Area) {
    let has_focus = app.focus == pane;
    let (line, heading) = if has_focus { ("━", theme.accent) } else { ("─", theme.dim) };
    canvas.text(
        area.x,
        area.y,
        area.width,
        &line.repeat(usize::from(area.width)),
        if has_focus { theme.accent } else { theme.dim },
    );
    let name = name(app, pane);
    let facts = facts(app, pane, usize::from(area.width).saturating_sub(width(&name) + 8));
    let room = area.width.saturating_sub(6 + u16::try_from(width(&facts)).unwrap_or(0));
    let name = cut(&name, usize::from(room));
    canvas.text(area.x + 1, area.y, room + 2, &format!(" {name} "), heading);
    if !facts.is_empty() {
        canvas.text_before(area.x + area.width - 1, area.y, &format!(" {facts} "), heading);
    }
}

fn name(app: &App, pane: Pane) -> String {
    let entry = app.timeline.entry().map(|entry| app.log.entries[entry].name());
    match (pane, entry) {
        (Pane::Summary, Some(name)) if !name.is_empty() => name.to_owned(),
        (Pane::Timeline, _) => match app.part() {
            Some(part) => part.name,
            None => pane.name(app.language).to_owned(),
        },
        (Pane::Pending, _) => format!("{}{}", pane.name(app.language), app.checklist.filter.name(app.language)),
        _ => pane.name(app.language).to_owned(),
    }
}

/// The text at the right of a title: a count and, if the timeline is narrowed, the key that shows all of it. Shortened
/// if there is no room.
fn facts(app: &App, pane: Pane, room: usize) -> String {
    let (long, short) = match pane {
        Pane::Timeline if app.part().is_some() => {
            let part = app.part().unwrap_or_default();
            (format!("{} · {}", part.shown, part.reset_hint), part.reset_hint)
        }
        Pane::Timeline => {
            let papers = app.counts().papers;
            (app.language.counted(papers, "paper", "papers", "篇论文"), papers.to_string())
        }
        Pane::Summary => return String::new(),
        Pane::Pending => match app.log.progress() {
            (_, 0) => return String::new(),
            (done, all) => (say!(app.language, "{done}/{all} done", "完成 {done}/{all}"), format!("{done}/{all}")),
        },
    };
    if width(&long) <= room { long } else { short }
}

/// Draws the tabs of a narrow screen.
fn tabs(app: &App, canvas: &mut Canvas<'_>, theme: &Theme) {
    let y = 1;
    let mut free = 0;
    for (pane, label, columns) in app.tabs() {
        let style = if app.focus == pane { theme.selected } else { theme.dim };
        canvas.text(columns.start, y, columns.end - columns.start, &label, style);
        free = columns.end;
    }
    let end = app.size.width.saturating_sub(1);
    let room = usize::from(end.saturating_sub(free + 1));
    let facts = match app.keymap.first(Action::Zoom, Context::Pane(app.focus)) {
        // Zoomed: show the key that brings the other panes back.
        Some(key) if app.sizes.zoomed => {
            let long = say!(app.language, "{key} shows all panes", "按 {key} 显示所有窗格");
            let short = say!(app.language, "{key} all", "{key} 全部");
            if width(&long) <= room { long } else { short }
        }
        _ => facts(app, app.focus, room),
    };
    if width(&facts) <= room {
        canvas.text_before(end, y, &facts, theme.dim);
    }
}
