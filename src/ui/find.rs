//! Shared parts of the search overlays: the frame with its query, the list below, highlighted matches.

use std::ops::Range;

use ratatui::layout::Position;
use unicode_segmentation::UnicodeSegmentation;

use super::canvas::Canvas;
use super::theme::Theme;
use super::{field, page};
use crate::app::lists::field::Field;
use crate::app::page::flow::{BlockKind, SpanRole, paragraph};
use crate::app::screen::layout::Area;
use crate::app::screen::viewport::Viewport;
use crate::text::{cut, cut_words, width};

/// The symbol before the query.
const PROMPT: &str = "› ";

/// Draws the frame over the dimmed panes, with the query and a rule below it. `about` is a placeholder for
/// an empty query. Returns the position of the terminal's cursor.
pub fn frame(
    canvas: &mut Canvas<'_>,
    theme: &Theme,
    frame: Area,
    title: &str,
    (typed, about): (&Field, &str),
    input: Area,
) -> Position {
    canvas.dim(theme.dim);
    canvas.clear(frame);
    canvas.frame(frame, title, theme.dim, theme.accent);
    let prompt = canvas.text(input.x, input.y, input.width, PROMPT, theme.accent);
    let line = Area { x: input.x + prompt, width: input.width.saturating_sub(prompt), ..input };
    let cursor = field::draw(typed, canvas, theme, line, about);
    canvas.rule(frame, input.y + 1, theme.dim);
    cursor
}

/// Draws a message in place of an empty list.
pub fn instead(canvas: &mut Canvas<'_>, theme: &Theme, area: Area, text: &str) {
    let lines = paragraph(text, SpanRole::Fact, BlockKind::Text, usize::from(area.width));
    page::lines(canvas, theme, area, &lines, Viewport::default());
}

/// Draws the visible rows with `row`, highlights the one under the cursor, and adds a scrollbar.
pub fn list(
    canvas: &mut Canvas<'_>,
    theme: &Theme,
    area: Area,
    (view, total, cursor): (Viewport, usize, usize),
    mut row: impl FnMut(&mut Canvas<'_>, Area, usize),
) {
    for (y, index) in (area.y..).zip(view.lines(usize::from(area.height), total)) {
        row(canvas, Area { y, height: 1, ..area }, index);
        if index == cursor {
            canvas.style(Area { x: area.x - 1, y, width: area.width + 2, height: 1 }, theme.selected);
        }
    }
    canvas.scrollbar(area.x + area.width, area.y, area.height, view.top, total, theme.dim);
}

/// Draws a text truncated to the area, with the chars at `positions` highlighted. Returns the number of
/// columns drawn.
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

/// Draws as much of a line as fits around its first hit, without the line's spaces at both ends. All ranges are
/// bytes of `text`; hits are ascending, and may reach into these spaces or beyond the line.
pub fn excerpt(
    canvas: &mut Canvas<'_>,
    theme: &Theme,
    area: Area,
    text: &str,
    line: Range<usize>,
    hits: &[Range<usize>],
) {
    let line_text = text[line.clone()].trim_end();
    let end = line.start + line_text.len();
    let mut start = end - line_text.trim_start().len();
    let first = hits.first().map_or(start, |hit| hit.start).clamp(start, end);
    let room = usize::from(area.width);
    let mut x = area.x;
    if width(&text[start..end]) > room && width(&text[start..first]) > room / 3 {
        let before = text[start..first].grapheme_indices(true).rev();
        let mut columns = 0;
        let kept = before.take_while(|(_, grapheme)| {
            columns += width(grapheme);
            columns <= room / 3
        });
        start += kept.last().map_or(first - start, |(at, _)| at);
        start += to_next_word(text, start, first);
        x += canvas.text(x, area.y, area.width, "…", theme.dim);
    }
    let right = area.x + area.width;
    let room = usize::from(right.saturating_sub(x));
    let shown = &text[start..end];
    let is_cut = width(shown) > room;
    let hit = hits.first().map_or(start, |hit| hit.end).min(end);
    // Cut between words, unless that hides the hit.
    let kept = |part: &str| start + part.strip_suffix('…').unwrap_or(part).len();
    let end = match is_cut {
        true => Some(kept(&cut_words(shown, room))).filter(|end| *end >= hit),
        false => Some(end),
    };
    let end = end.unwrap_or_else(|| kept(&cut(shown, room)));
    for (at, grapheme) in text[start..end].grapheme_indices(true) {
        let is_hit = hits.iter().any(|hit| hit.start < start + at + grapheme.len() && start + at < hit.end);
        x += canvas.text(x, area.y, right.saturating_sub(x), grapheme, if is_hit { theme.hit } else { theme.text });
    }
    if is_cut {
        canvas.text(x, area.y, 1, "…", theme.dim);
    }
}

/// The number of bytes from `start` to the next word, if `start` is inside a word that ends before `until`;
/// otherwise 0.
fn to_next_word(text: &str, start: usize, until: usize) -> usize {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let is_inside = is_letter(text[..start].chars().next_back()) && is_letter(text[start..].chars().next());
    let space = text[start..until].find(' ').filter(|_| is_inside);
    space.map_or(0, |space| space + 1)
}
