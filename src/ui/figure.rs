//! A figure shown full screen.

use super::canvas::Canvas;
use super::page;
use super::pictures::ReadyPictures;
use super::theme::Theme;
use crate::app::App;
use crate::app::page::figures::FigureAnswer;
use crate::app::page::flow::{BlockKind, SpanRole, paragraph};
use crate::app::screen::layout::{self, Area};
use crate::app::screen::viewport::Viewport;
use crate::say;
use crate::text::cut;

/// Draws a figure of the page: the picture centred, with its caption, path and size below.
pub fn draw(app: &App, index: usize, pictures: &dyn ReadyPictures, canvas: &mut Canvas<'_>, theme: &Theme) {
    let areas = layout::figure_view(app.size);
    let (_, figures) = app.page_figures();
    canvas.clear(areas.frame);
    canvas.frame(
        areas.frame,
        &say!(app.language, "Figure {} of {}", "图 {}/{}", index + 1, figures.len()),
        theme.dim,
        theme.accent,
    );
    let (Some(figure), Some(id)) = (figures.get(index), app.figure_id(index)) else { return };
    match app.full_size(index) {
        Ok(cells) => {
            let area = middle(areas.picture, cells.width, cells.height);
            if !canvas.picture(pictures, &id, cells, 0, area) {
                page::corners(canvas, theme, area, 0, cells.height);
            }
        }
        // The reason is shown in full, so that the user sees a URL before opening it.
        Err(reason) => {
            let lines =
                paragraph(reason.get(app.language), SpanRole::Body, BlockKind::Text, usize::from(areas.picture.width));
            let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            let area = middle(areas.picture, areas.picture.width, rows);
            page::lines(canvas, theme, area, &lines, Viewport::default());
        }
    }
    let caption = figure.caption.as_deref().unwrap_or_default().trim_end_matches([':', '：']);
    let size = match app.figures.found(&id) {
        Some(FigureAnswer::File(Some((width, height)))) => {
            say!(app.language, " · {width}×{height} pixels", " · {width}×{height} 像素")
        }
        _ => String::new(),
    };
    let Area { x, y, width, height } = areas.label;
    let facts = format!("{}{size}", figure.path);
    for (y, (text, style)) in (y..y + height).zip([(caption, theme.text), (facts.as_str(), theme.dim)]) {
        canvas.text(x, y, width, &cut(text, usize::from(width)), style);
    }
}

/// Centres a size within an area, cropped if it does not fit.
fn middle(area: Area, width: u16, height: u16) -> Area {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Area { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}
