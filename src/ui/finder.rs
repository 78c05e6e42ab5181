//! The finder: query, titles, and a preview of the selected entry.

use std::ops::Range;

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::pictures::ReadyPictures;
use super::theme::Theme;
use super::{find, page};
use crate::app::App;
use crate::app::finding::chips::{self, Advice};
use crate::app::finding::finder::Finder;
use crate::app::screen::layout::{self, Area};
use crate::log::Entry;
use crate::say;
use crate::search::text::line_at;
use crate::search::title::MatchKind;
use crate::search::{Hit, Query};
use crate::text::{cut, width};

/// Marks a title that matches only approximately.
const NEARLY: &str = "≈ ";

/// The most columns for organisations.
const ORGANISATIONS: usize = 20;

/// Organisations are shown only if at least this many columns are left for the title.
const TITLE: u16 = 28;

/// Draws the finder. Returns the position of the terminal's cursor.
pub fn draw(
    app: &App,
    finder: &Finder,
    pictures: &dyn ReadyPictures,
    canvas: &mut Canvas<'_>,
    theme: &Theme,
) -> Position {
    let areas = layout::finder(app.size, app.sizes);
    let title = app.language.pick("Find a paper", "查找论文");
    let about = app.language.pick(
        "part of a title; date:2023.11  is:note  org:…",
        "标题或笔记中的字词、拼音；日期:2023.11  是:随笔  机构:…",
    );
    let cursor = find::frame(canvas, theme, areas.frame, title, (&finder.field, about), areas.input);
    chips(app, finder, canvas, theme, areas.input);
    if finder.results.hits.is_empty() {
        find::instead(canvas, theme, areas.list, &instead(app, finder));
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

/// The message in place of an empty list: why nothing was found, and what to change.
fn instead(app: &App, finder: &Finder) -> String {
    let language = app.language;
    if let Some(advice) = app.finder_advice(finder).filter(|advice| advice.is_fault) {
        return advice.text;
    }
    if !finder.results.is_settled {
        return language.pick("searching…", "查找中…").to_owned();
    }
    if let Some(name) = chips::unknown_name(finder.field.text()) {
        let names = chips::names(language);
        return say!(
            language,
            "“{name}:” is not a filter; try {names}. No title or summary contains it either.",
            "标题和笔记中没有匹配的内容。“{name}:”也不是筛选条件；可用：{names}"
        );
    }
    let words = || chips::words(finder.field.text()).into_iter().map(str::trim).filter(|word| !word.is_empty());
    let has_filters = !finder.filters.is_empty() || words().any(chips::is_filter);
    let text = match (!has_filters, words().all(chips::is_filter)) {
        (true, _) => language.pick(
            "No title or summary matches. Try fewer letters or another word.",
            "标题和笔记中没有匹配的内容。请少输几个字，或换个词再试。",
        ),
        (false, true) => language.pick(
            "No paper matches these filters. Press Backspace to remove the last one.",
            "没有符合筛选条件的论文。按 Backspace 删除最后一个条件。",
        ),
        (false, false) => language.pick(
            "No paper with these filters matches. Shorten the search, or clear it and press Backspace to remove the last \
             filter.",
            "符合筛选条件的论文中没有匹配的内容。请少输几个字，或清空输入后按 Backspace 删除最后一个条件。",
        ),
    };
    text.to_owned()
}

/// Draws onto the rule below the query: the filters, a hint or error, and at the right the meaning of `≈` if any hit
/// is approximate.
fn chips(app: &App, finder: &Finder, canvas: &mut Canvas<'_>, theme: &Theme, input: Area) {
    let y = input.y + 1;
    let mut end = input.x + input.width;
    if finder.results.hits.iter().any(|hit| finder.results.is_relaxed(hit)) {
        end = canvas.text_before(end, y, app.language.pick(" ≈ similar ", " ≈ 近似 "), theme.accent);
    }
    let mut x = input.x;
    for filter in &finder.filters {
        let chip = format!(" {filter} ");
        x += canvas.text(x, y, end.saturating_sub(x), &chip, theme.selected_elsewhere) + 1;
    }
    // If the list is empty, the error is shown in its place.
    let is_said_below = |advice: &Advice| advice.is_fault && finder.results.hits.is_empty();
    if let Some(Advice { text, is_fault }) = app.finder_advice(finder).filter(|advice| !is_said_below(advice)) {
        let room = end.saturating_sub(x);
        let text = format!(" {} ", cut(&text, usize::from(room.saturating_sub(2))));
        canvas.text(x, y, room, &text, if is_fault { theme.error } else { theme.dim });
    }
}

fn titles(app: &App, finder: &Finder, canvas: &mut Canvas<'_>, theme: &Theme, area: Area) {
    let shown = (finder.view, finder.results.hits.len(), finder.cursor);
    find::list(canvas, theme, area, shown, |canvas, row, index| {
        let hit = finder.results.hits[index];
        let query = finder.results.query(&hit);
        let mark = if query.is_relaxed() { NEARLY } else { "" };
        let x = row.x + canvas.text(row.x, row.y, row.width, mark, theme.accent);
        let row = Area { x, width: (row.x + row.width).saturating_sub(x), ..row };
        title(app, canvas, theme, row, &app.log.entries[hit.item], hit, query);
    });
}

/// Draws a title with its matches highlighted, its date and, with several files, its file. If there is
/// room, also its organisations, and the text that matched if the title did not.
fn title(app: &App, canvas: &mut Canvas<'_>, theme: &Theme, area: Area, entry: &Entry, hit: Hit, query: &Query) {
    let day = entry.date.map(crate::log::date::format_day).unwrap_or_default();
    let file = if app.log.files.len() > 1 { format!("{}  ", app.log.files[entry.file()].name) } else { String::new() };
    let mut end = canvas.text_before(area.x + area.width, area.y, &format!("{file}{day}"), theme.dim);
    let room = |end: u16| end.saturating_sub(area.x + 1);
    let organisations = cut(&entry.organisations.join(app.language.comma()), ORGANISATIONS).into_owned();
    let columns = u16::try_from(width(&organisations)).unwrap_or(u16::MAX);
    let is_by_organisation = matches!(hit.kind, Some(MatchKind::Organisation | MatchKind::OrganisationPart));
    if columns > 0 && room(end).saturating_sub(columns + 2) >= if is_by_organisation { 8 } else { TITLE } {
        let style = if is_by_organisation { theme.hit } else { theme.dim };
        let start = end - 2 - columns;
        canvas.text(start, area.y, columns, &organisations, style);
        end = start;
    }
    let name = entry.short_name();
    let is_in_text = hit.kind.is_some_and(MatchKind::is_in_text);
    let place = is_in_text.then(|| query.place_in_text(&entry.title, name, app.log.body(entry))).flatten();
    let room = room(end);
    // If the only word names an organisation or a day, matching letters in the title are accidental.
    let is_elsewhere = query.terms.len() == 1 && (is_by_organisation || hit.kind == Some(MatchKind::Day));
    let positions = if is_elsewhere { Vec::new() } else { query.positions(&entry.title, name) };
    let hidden = if place.is_none() { hidden_matches(&entry.title, &positions, room) } else { Vec::new() };
    let taken = if place.is_some() || !hidden.is_empty() { room / 2 } else { room };
    let left = find::matched(canvas, theme, Area { width: taken, ..area }, &entry.title, &positions);
    let x = area.x + left + 2;
    let rest = Area { x, width: (area.x + room).saturating_sub(x), ..area };
    if let Some(place) = place {
        let place = entry.body().start + place.start..entry.body().start + place.end;
        let text = &app.log.files[entry.file()].text;
        find::excerpt(canvas, theme, rest, text, line_at(text, place.start), &[place]);
    } else if !hidden.is_empty() {
        find::excerpt(canvas, theme, rest, &entry.title, 0..entry.title.len(), &hidden);
    }
}

/// The matched bytes of a title, if a title cut to `columns` would show none of them.
fn hidden_matches(title: &str, positions: &[usize], columns: u16) -> Vec<Range<usize>> {
    let columns = usize::from(columns);
    // Without the `…` at its end.
    let shown = cut(title, columns).chars().count().saturating_sub(1);
    if width(title) <= columns || positions.iter().any(|&position| position < shown) {
        return Vec::new();
    }
    let characters = title.char_indices().enumerate().filter(|(index, _)| positions.contains(index));
    characters.map(|(_, (at, character))| at..at + character.len_utf8()).collect()
}
