//! The finder: query, titles, and the summary of the one that is selected.

use ratatui::layout::Position;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::canvas::Canvas;
use super::pictures::Pictures;
use super::theme::Theme;
use super::{field, page};
use crate::app::App;
use crate::app::finder::Finder;
use crate::app::flow::{Kind, Role, paragraph};
use crate::app::layout::{self, Area};
use crate::app::viewport::Viewport;
use crate::log::Entry;
use crate::search::Query;
use crate::text::cut;

/// What stands before the query.
const PROMPT: &str = "› ";

/// Draws the finder. Gives where the terminal's cursor belongs.
pub fn draw(app: &App, finder: &Finder, pictures: &dyn Pictures, canvas: &mut Canvas<'_>, theme: &Theme) -> Position {
    let areas = layout::finder(app.size);
    canvas.dim(theme.dim);
    canvas.clear(areas.frame);
    canvas.frame(areas.frame, "Find a paper", theme.dim, theme.accent);
    let cursor = input(finder, canvas, theme, areas.input);
    let below = areas.input.y + 1;
    let inside = usize::from(areas.frame.width.saturating_sub(2));
    canvas.text(areas.frame.x + 1, below, areas.frame.width - 2, &"─".repeat(inside), theme.dim);
    if finder.results.hits.is_empty() {
        let text = "No title and no summary has this. Fewer letters, or another word, may find it.";
        let lines = paragraph(text, Role::Fact, Kind::Text, usize::from(areas.list.width));
        page::lines(canvas, theme, areas.list, &lines, Viewport::default());
        return cursor;
    }
    titles(app, finder, canvas, theme, areas.list);
    if let Some(page_area) = areas.page {
        if page_area.x > areas.list.x {
            for y in page_area.y..page_area.y + page_area.height {
                canvas.text(page_area.x - 2, y, 1, "│", theme.dim);
            }
        } else {
            canvas.text(areas.frame.x + 1, page_area.y - 1, areas.frame.width - 2, &"─".repeat(inside), theme.dim);
        }
        page::draw(app, pictures, canvas, theme, page_area);
    }
    cursor
}

fn input(finder: &Finder, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) -> Position {
    let prompt = canvas.text(area.x, area.y, area.width, PROMPT, theme.accent);
    let area = Area { x: area.x + prompt, width: area.width.saturating_sub(prompt), ..area };
    field::draw(&finder.field, canvas, theme, area, "letters of its title")
}

fn titles(app: &App, finder: &Finder, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let shown = finder.view.lines(usize::from(area.height), finder.results.hits.len());
    for (y, index) in (area.y..).zip(shown) {
        let hit = finder.results.hits[index];
        let query = &finder.results.queries[hit.query];
        title(app, canvas, theme, area, y, &app.log.entries[hit.item], query);
        if index == finder.cursor {
            canvas.style(Area { x: area.x - 1, y, width: area.width + 2, height: 1 }, theme.selected);
        }
    }
    canvas.scrollbar(area.x + area.width, area.y, area.height, finder.view.top, finder.results.hits.len(), theme.dim);
}

/// A title with the letters that matched, and its day; with several files also the file.
fn title(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area, y: u16, entry: &Entry, query: &Query) {
    let day = entry.date.map(crate::app::pages::day).unwrap_or_default();
    let file = if app.log.files.len() > 1 { format!("{}  ", app.log.files[entry.file].name) } else { String::new() };
    let end = canvas.text_before(area.x + area.width, y, &format!("{file}{day}"), theme.dim);
    let room = end.saturating_sub(area.x + 1);
    let positions = query.positions(&entry.title, entry.short_name.as_deref());
    let shown = cut(&entry.title, usize::from(room));
    let mut x = area.x;
    let mut at = 0;
    for grapheme in shown.graphemes(true) {
        let characters = at..at + grapheme.chars().count();
        let is_hit = positions.iter().any(|position| characters.contains(position));
        let style: Style = if is_hit { theme.hit } else { theme.text };
        x += canvas.text(x, y, (area.x + room).saturating_sub(x), grapheme, style);
        at = characters.end;
    }
}
