//! The prompt: a framed text field with a note and its keys.

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::lists::prompt::{NOTED, Prompt, TYPED};
use crate::app::page::flow::{BlockKind, SpanRole, paragraph};
use crate::app::screen::layout;
use crate::app::{App, Tone};
use crate::text::{cut, cut_quote};

/// Draws the prompt with its input, note and keys. Returns the position of the terminal's cursor.
pub fn draw(app: &App, prompt: &Prompt, canvas: &mut Canvas<'_>, theme: &Theme) -> Position {
    let area = app.prompt_area(prompt);
    let inside = layout::inside(area);
    canvas.clear(area);
    let title = prompt.title(app.language);
    canvas.frame(area, &cut_quote(&title, usize::from(area.width.saturating_sub(6))), theme.accent, theme.accent);
    keys(app, prompt, canvas, theme, area);
    let (rows, (row, column)) = prompt.field.rows(usize::from(inside.width));
    let top = (row + 1).saturating_sub(TYPED.min(usize::from(inside.height)));
    let mut end = inside.y;
    for (y, text) in (inside.y..inside.y + inside.height).zip(rows[top..].iter().take(TYPED)) {
        canvas.text(inside.x, y, inside.width, text, theme.text);
        end = y + 1;
    }
    if let Some((note, tone)) = app.prompt_note() {
        let style = if tone == Tone::Error { theme.error } else { theme.accent };
        let lines = paragraph(&note, SpanRole::Fact, BlockKind::Text, usize::from(inside.width));
        for (y, line) in (end..inside.y + inside.height).zip(lines.iter().take(NOTED)) {
            canvas.text(inside.x, y, inside.width, &line.text(), style);
        }
    }
    let at = |start: u16, by: usize| start.saturating_add(u16::try_from(by).unwrap_or(u16::MAX));
    Position { x: at(inside.x, column), y: at(inside.y, row - top) }
}

/// Draws what Enter and Esc do, in the bottom line of the frame.
fn keys(app: &App, prompt: &Prompt, canvas: &mut Canvas<'_>, theme: &Theme, area: layout::Area) {
    let call = |action| app.keymap.first(action, Context::Prompt);
    let words = [(Action::Open, prompt.done(app.language)), (Action::Cancel, app.language.pick("cancel", "取消"))];
    let keys = words.into_iter().filter_map(|(action, word)| Some(format!("{} {word}", call(action)?)));
    let text = keys.collect::<Vec<_>>().join("  ");
    let room = usize::from(area.width.saturating_sub(6));
    canvas.text_before(
        area.x + area.width - 2,
        area.y + area.height - 1,
        &format!(" {} ", cut(&text, room)),
        theme.dim,
    );
}
