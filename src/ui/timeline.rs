//! Draws the timeline.

use super::canvas::Canvas;
use super::page;
use super::theme::Theme;
use crate::app::App;
use crate::app::page::pages::untitled;
use crate::app::panes::timeline::{Timeline, TimelineRow, section_label};
use crate::app::screen::layout::{Area, Pane};
use crate::app::screen::viewport::Viewport;
use crate::log::{Entry, EntryKind, Log};
use crate::text::{cut, width};
use crate::words::Language;

/// Columns before a title: a margin and the day.
const DAY: u16 = 5;

/// Marks an entry to review today. A letter, because suitable symbols are two columns wide or missing in fonts. No
/// key is bound to it, so the mark is not mistaken for a key hint.
const DUE: &str = "D";

/// Marks an entry with a PDF, by the key that opens it.
const PDF: &str = "p";

/// Draws the visible part of the timeline.
pub fn draw(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let timeline = &app.timeline;
    let total = timeline.rows.len();
    // If the page is visible, it shows the message.
    if total == 0 && app.text_area(Pane::Summary).is_none() {
        return page::lines(canvas, theme, area, &app.empty_page(usize::from(area.width)), Viewport::default());
    }
    let source = TimelineSource { log: &app.log, timeline, language: app.language };
    let marks = |entry| Marks { is_due: app.reviewing.comes_up(entry), has_pdf: app.has_pdf(entry) };
    rows(&source, &marks, canvas, theme, area);
    let shown = timeline.view.lines(usize::from(area.height), total);
    if let Some(y) = shown.contains(&timeline.cursor).then(|| timeline.cursor - shown.start) {
        let y = area.y + u16::try_from(y).unwrap_or(area.height);
        let style = if app.focus == Pane::Timeline { theme.selected } else { theme.selected_elsewhere };
        canvas.style(Area { x: area.x - 1, y, width: area.width + 2, height: 1 }, style);
    }
}

/// A timeline and its log.
pub struct TimelineSource<'a> {
    pub log: &'a Log,
    pub timeline: &'a Timeline,
    pub language: Language,
}

/// Marks of an entry that come from outside the log.
#[derive(Debug, Clone, Copy, Default)]
pub struct Marks {
    /// Whether the entry is to be reviewed today.
    pub is_due: bool,
    /// Whether a PDF of the entry was found.
    pub has_pdf: bool,
}

/// Draws the visible rows.
pub fn rows(
    source: &TimelineSource<'_>,
    marks: &dyn Fn(usize) -> Marks,
    canvas: &mut Canvas<'_>,
    theme: &Theme,
    area: Area,
) {
    let Timeline { rows, view, .. } = source.timeline;
    for (y, index) in (area.y..).zip(view.lines(usize::from(area.height), rows.len())) {
        row(source, marks, canvas, theme, Area { y, ..area }, rows[index]);
    }
    canvas.scrollbar(area.x + area.width, area.y, area.height, view.top, rows.len(), theme.dim);
}

fn row(
    source: &TimelineSource<'_>,
    marks: &dyn Fn(usize) -> Marks,
    canvas: &mut Canvas<'_>,
    theme: &Theme,
    area: Area,
    row: TimelineRow,
) {
    let y = area.y;
    let TimelineSource { log, timeline, language } = *source;
    let end = area.x + area.width;
    match row {
        TimelineRow::Group(index) => {
            let group = &timeline.groups[index];
            let fold = if timeline.is_folded(index) { "▸" } else { "▾" };
            let count = group.entries.to_string();
            let room = area.width.saturating_sub(columns(&count) + 1);
            let label = format!("{fold} {}", group.label(log, language));
            canvas.text(area.x, y, room, &cut(&label, usize::from(room)), theme.heading);
            canvas.text_before(end, y, &count, theme.dim);
        }
        TimelineRow::Entry(entry, day) => {
            let Marks { is_due, has_pdf } = marks(entry);
            let mark = if is_due { DUE } else { mark(&log.entries[entry]) };
            let mark = &format!("{mark}{}", if has_pdf { PDF } else { "" });
            let entry = &log.entries[entry];
            date(canvas, theme, area, y, day);
            let name = if entry.name().is_empty() { untitled(language) } else { entry.name() };
            let room = area.width.saturating_sub(DAY + if mark.is_empty() { 0 } else { columns(mark) + 1 });
            canvas.text(area.x + DAY, y, room, &cut(name, usize::from(room)), theme.text);
            canvas.text_before(end, y, mark, theme.dim);
        }
        TimelineRow::Section(section, day) => {
            date(canvas, theme, area, y, day);
            let room = area.width.saturating_sub(DAY + 2);
            let label = section_label(log, section, language);
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

/// A mark for the kind of entry, of one column at most.
fn mark(entry: &Entry) -> &'static str {
    match entry.kind {
        _ if !entry.read => "☐",
        EntryKind::Draft => "…",
        EntryKind::Note => "·",
        EntryKind::Paper if !entry.figures.is_empty() => "▪",
        EntryKind::Paper => "",
    }
}
