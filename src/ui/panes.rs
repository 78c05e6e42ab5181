//! Titles of the panes, and the lines that part them.

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use crate::app::screen::layout::{Area, Arrangement, Pane};
use crate::text::cut;

/// Draws what surrounds the text of the panes.
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
    let Some(page) = area(Pane::Page) else { return };
    divider(canvas, theme, page.x.saturating_sub(1), page);
    match area(Pane::Checklist) {
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

/// The title in a line: heavy, and not only coloured, where the focus is.
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
    let facts = facts(app, pane);
    let room = area.width.saturating_sub(6 + u16::try_from(facts.len()).unwrap_or(0));
    let name = cut(&name(app, pane), usize::from(room)).into_owned();
    canvas.text(area.x + 1, area.y, room + 2, &format!(" {name} "), heading);
    if !facts.is_empty() {
        canvas.text_before(area.x + area.width - 1, area.y, &format!(" {facts} "), heading);
    }
}

fn name(app: &App, pane: Pane) -> String {
    let entry = app.timeline.entry().map(|entry| app.log.entries[entry].name());
    match (pane, entry) {
        (Pane::Page, Some(name)) if !name.is_empty() => name.to_owned(),
        (Pane::Checklist, _) => format!("{}{}", pane.name(app.language), app.checklist.filter.name(app.language)),
        _ => pane.name(app.language).to_owned(),
    }
}

/// What stands at the right of a title.
fn facts(app: &App, pane: Pane) -> String {
    match pane {
        Pane::Timeline => app.log.read().count().to_string(),
        Pane::Page => String::new(),
        Pane::Checklist => {
            let (done, all) = app.log.progress();
            if all == 0 { String::new() } else { format!("{done}/{all}") }
        }
    }
}

/// The panes by name, the one with the focus in brackets of its own colour.
fn tabs(app: &App, canvas: &mut Canvas<'_>, theme: &Theme) {
    let y = 1;
    let mut free = 0;
    for (pane, label, columns) in app.tabs() {
        let style = if app.focus == pane { theme.selected } else { theme.dim };
        canvas.text(columns.start, y, columns.end - columns.start, &label, style);
        free = columns.end;
    }
    let facts = facts(app, app.focus);
    let end = app.size.width.saturating_sub(1);
    if usize::from(end.saturating_sub(free)) > facts.len() {
        canvas.text_before(end, y, &facts, theme.dim);
    }
}
