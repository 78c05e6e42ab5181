//! The timeline's rows.

use super::canvas::Canvas;
use super::page;
use super::theme::Theme;
use crate::app::App;
use crate::app::page::pages::untitled;
use crate::app::panes::timeline::{Row, section_label};
use crate::app::screen::layout::{Area, Pane};
use crate::app::screen::viewport::Viewport;
use crate::log::{Entry, EntryKind};
use crate::text::{cut, width};

/// Columns before a title: a margin, and the day.
const DAY: u16 = 5;

/// What comes up for review.
pub const DUE: &str = "⌛";

/// Draws the part of the timeline that is on the screen.
pub fn draw(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let timeline = &app.timeline;
    let total = timeline.rows.len();
    // The page says it where there is one.
    if total == 0 && app.text_area(Pane::Page).is_none() {
        return page::lines(canvas, theme, area, &app.empty_page(usize::from(area.width)), Viewport::default());
    }
    for (y, index) in (area.y..).zip(timeline.view.lines(usize::from(area.height), total)) {
        row(app, canvas, theme, area, y, timeline.rows[index]);
        if index == timeline.cursor {
            let style = if app.focus == Pane::Timeline { theme.selected } else { theme.selected_elsewhere };
            canvas.style(Area { x: area.x - 1, y, width: area.width + 2, height: 1 }, style);
        }
    }
    canvas.scrollbar(area.x + area.width, area.y, area.height, timeline.view.top, total, theme.dim);
}

fn row(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area, y: u16, row: Row) {
    let end = area.x + area.width;
    match row {
        Row::Group(index) => {
            let group = &app.timeline.groups[index];
            let fold = if app.timeline.is_folded(index) { "▸" } else { "▾" };
            let count = group.entries.to_string();
            let room = area.width.saturating_sub(columns(&count) + 1);
            let label = format!("{fold} {}", group.label(&app.log, app.language));
            canvas.text(area.x, y, room, &cut(&label, usize::from(room)), theme.heading);
            canvas.text_before(end, y, &count, theme.dim);
        }
        Row::Entry(entry, day) => {
            let mark = if app.reviewing.comes_up(entry) { DUE } else { mark(&app.log.entries[entry]) };
            let entry = &app.log.entries[entry];
            date(canvas, theme, area, y, day);
            let name = if entry.name().is_empty() { untitled(app.language) } else { entry.name() };
            let room = area.width.saturating_sub(DAY + if mark.is_empty() { 0 } else { columns(mark) + 1 });
            canvas.text(area.x + DAY, y, room, &cut(name, usize::from(room)), theme.text);
            canvas.text_before(end, y, mark, theme.dim);
        }
        Row::Section(section, day) => {
            date(canvas, theme, area, y, day);
            let room = area.width.saturating_sub(DAY + 2);
            let label = section_label(&app.log, section, app.language);
            canvas.text(area.x + DAY, y, room, &cut(&label, usize::from(room)), theme.dim);
            canvas.text_before(end, y, "·", theme.dim);
        }
    }
}

fn date(canvas: &mut Canvas<'_>, theme: &Theme, area: Area, y: u16, day: Option<u32>) {
    if let Some(day) = day {
        canvas.text(area.x, y, DAY, &format!("  {day:>2}"), theme.dim);
    }
}

fn columns(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}

/// What can be told of an entry at a glance, in one column.
fn mark(entry: &Entry) -> &'static str {
    match entry.kind {
        EntryKind::Placeholder => "…",
        EntryKind::Note => "·",
        EntryKind::Paper if !entry.figures.is_empty() => "▪",
        EntryKind::Paper => "",
    }
}
