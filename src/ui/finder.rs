//! The finder: query, titles, and the summary of the one that is selected.

use ratatui::layout::Position;
use unicode_segmentation::UnicodeSegmentation;

use super::canvas::Canvas;
use super::everywhere::excerpt;
use super::pictures::Pictures;
use super::theme::Theme;
use super::{field, page};
use crate::app::App;
use crate::app::field::Field;
use crate::app::finder::Finder;
use crate::app::flow::{self, Role, paragraph};
use crate::app::layout::{self, Area};
use crate::app::viewport::Viewport;
use crate::log::Entry;
use crate::search::text::line_at;
use crate::search::title::Kind;
use crate::search::{Hit, Query};
use crate::text::{cut, width};
use crate::words::Language;

/// What stands before the query.
const PROMPT: &str = "› ";

/// What stands before a title that has not quite what was typed.
const NEARLY: &str = "≈ ";

/// The most columns that organisations take.
const ORGANISATIONS: usize = 20;

/// Columns of a title that matter more than who published it.
const TITLE: u16 = 28;

/// Draws the finder. Gives where the terminal's cursor belongs.
pub fn draw(app: &App, finder: &Finder, pictures: &dyn Pictures, canvas: &mut Canvas<'_>, theme: &Theme) -> Position {
    let areas = layout::finder(app.size, app.sizes);
    canvas.dim(theme.dim);
    canvas.clear(areas.frame);
    canvas.frame(areas.frame, app.language.pick("Find a paper", "查找论文"), theme.dim, theme.accent);
    let about = app.language.pick(
        "letters of its title; date:2023.11  is:note  org:…",
        "标题中的字母、汉字或拼音；date:2023.11  is:note  org:…",
    );
    let cursor = input(&finder.field, canvas, theme, areas.input, about);
    canvas.rule(areas.frame, areas.input.y + 1, theme.dim);
    chips(app, finder, canvas, theme, areas.input);
    if finder.results.hits.is_empty() {
        let lines =
            paragraph(instead(finder, app.language), Role::Fact, flow::Kind::Text, usize::from(areas.list.width));
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
            canvas.rule(areas.frame, page_area.y - 1, theme.dim);
        }
        page::draw(app, pictures, canvas, theme, page_area);
    }
    cursor
}

/// What is said where there is nothing to show.
fn instead(finder: &Finder, language: Language) -> &'static str {
    match finder.results.is_settled {
        true if finder.filters.is_empty() => language.pick(
            "No title and no summary has this. Fewer letters, or another word, may find it.",
            "标题和笔记中都没有。减少几个字母或换个词试试。",
        ),
        true => language.pick(
            "Nothing is left by these filters. Backspace takes the last one out.",
            "这些筛选条件下没有结果。按 Backspace 去掉最后一个。",
        ),
        false => language.pick("searching…", "查找中…"),
    }
}

/// Draws the filters into the rule below the query, what is known of one that is being typed,
/// and at the rule's end how hits were found.
fn chips(app: &App, finder: &Finder, canvas: &mut Canvas<'_>, theme: &Theme, input: Area) {
    let y = input.y + 1;
    let mut end = input.x + input.width;
    if finder.results.hits.iter().any(|hit| finder.results.is_relaxed(hit)) {
        end = canvas.text_before(end, y, app.language.pick(" ≈ nearly so ", " ≈ 近似 "), theme.accent);
    }
    let mut x = input.x;
    for filter in &finder.filters {
        let chip = format!(" {filter} ");
        x += canvas.text(x, y, end.saturating_sub(x), &chip, theme.selected_elsewhere) + 1;
    }
    if let Some(advice) = app.finder_advice(finder) {
        canvas.text(x, y, end.saturating_sub(x), &format!(" {advice} "), theme.dim);
    }
}

/// Draws the line that is typed. Gives where the terminal's cursor belongs.
pub fn input(text: &Field, canvas: &mut Canvas<'_>, theme: &Theme, area: Area, about: &str) -> Position {
    let prompt = canvas.text(area.x, area.y, area.width, PROMPT, theme.accent);
    let area = Area { x: area.x + prompt, width: area.width.saturating_sub(prompt), ..area };
    field::draw(text, canvas, theme, area, about)
}

fn titles(app: &App, finder: &Finder, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let shown = finder.view.lines(usize::from(area.height), finder.results.hits.len());
    for (y, index) in (area.y..).zip(shown) {
        let hit = finder.results.hits[index];
        let query = finder.results.query(&hit);
        let mark = if query.is_relaxed() { NEARLY } else { "" };
        let x = area.x + canvas.text(area.x, y, area.width, mark, theme.accent);
        let row = Area { x, y, height: 1, width: (area.x + area.width).saturating_sub(x) };
        title(app, canvas, theme, row, &app.log.entries[hit.item], hit, query);
        if index == finder.cursor {
            canvas.style(Area { x: area.x - 1, y, width: area.width + 2, height: 1 }, theme.selected);
        }
    }
    canvas.scrollbar(area.x + area.width, area.y, area.height, finder.view.top, finder.results.hits.len(), theme.dim);
}

/// A title with the letters that matched, and its day; with several files also the file. Where
/// there is room, who published it; and what matched when that is not in the title.
fn title(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area, entry: &Entry, hit: Hit, query: &Query) {
    let day = entry.date.map(crate::app::pages::day).unwrap_or_default();
    let file = if app.log.files.len() > 1 { format!("{}  ", app.log.files[entry.file].name) } else { String::new() };
    let mut end = canvas.text_before(area.x + area.width, area.y, &format!("{file}{day}"), theme.dim);
    let room = |end: u16| end.saturating_sub(area.x + 1);
    let organisations = cut(&entry.organisations.join(", "), ORGANISATIONS).into_owned();
    let columns = u16::try_from(width(&organisations)).unwrap_or(u16::MAX);
    let is_by_organisation = matches!(hit.kind, Some(Kind::Organisation | Kind::OrganisationPart));
    if columns > 0 && room(end).saturating_sub(columns + 2) >= if is_by_organisation { 8 } else { TITLE } {
        let style = if is_by_organisation { theme.hit } else { theme.dim };
        let start = end - 2 - columns;
        canvas.text(start, area.y, columns, &organisations, style);
        end = start;
    }
    let name = entry.short_name.as_deref();
    let is_in_text = hit.kind.is_some_and(Kind::is_in_text);
    let place = is_in_text.then(|| query.place_in_text(&entry.title, name, app.log.body(entry))).flatten();
    let room = room(end);
    let taken = if place.is_some() { room / 2 } else { room };
    // Of one word that names an organisation or a day the title's letters say nothing.
    let is_elsewhere = query.terms.len() == 1 && (is_by_organisation || hit.kind == Some(Kind::Day));
    let positions = if is_elsewhere { Vec::new() } else { query.positions(&entry.title, name) };
    let left = matched(canvas, theme, Area { width: taken, ..area }, &entry.title, &positions);
    if let Some(place) = place {
        let place = entry.body.start + place.start..entry.body.start + place.end;
        let text = &app.log.files[entry.file].text;
        let x = area.x + left + 2;
        let area = Area { x, width: (area.x + room).saturating_sub(x), ..area };
        excerpt(canvas, theme, area, text, line_at(text, place.start), &[place]);
    }
}

/// Draws as much of a text as fits, the chars at these positions as what matched. Gives the
/// columns it took.
pub fn matched(canvas: &mut Canvas<'_>, theme: &Theme, area: Area, text: &str, positions: &[usize]) -> u16 {
    let mut x = area.x;
    let mut at = 0;
    for grapheme in cut(text, usize::from(area.width)).graphemes(true) {
        let characters = at..at + grapheme.chars().count();
        let is_hit = positions.iter().any(|position| characters.contains(position));
        let style = if is_hit { theme.hit } else { theme.text };
        x += canvas.text(x, area.y, (area.x + area.width).saturating_sub(x), grapheme, style);
        at = characters.end;
    }
    x - area.x
}
