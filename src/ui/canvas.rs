//! The only way to draw into the screen's cells.
//!
//! All text is made safe, clipped at cell borders, and never leaves half of a wide character behind.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pictures::ReadyPictures;
use crate::app::page::figures::FigureId;
use crate::app::screen::layout::{Area, Size};
use crate::text::{safe, symbols};

/// The symbol of the second cell of a wide character. Empty, not a blank: otherwise ratatui's diff would not
/// redraw the cell when a narrow character and a blank replace the wide one.
const COVERED: &str = "";

/// The cells of a frame.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    /// The style under everything.
    base: Style,
}

impl<'a> Canvas<'a> {
    /// Starts a frame with a base style under everything.
    pub fn new(buffer: &'a mut Buffer, base: Style) -> Self {
        buffer.set_style(buffer.area, base);
        Self { buffer, base }
    }

    /// Draws text at a cell, clipped to `columns`. Returns the number of columns drawn.
    pub fn text(&mut self, x: u16, y: u16, columns: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y < area.y || y >= area.bottom() {
            return 0;
        }
        let end = x.saturating_add(columns).min(area.right());
        let mut at = x;
        for (symbol, width) in symbols(&safe(text)) {
            let Ok(width @ 1..) = u16::try_from(width) else { continue };
            if at + width > end {
                break;
            }
            self.part(at, y);
            self.part(at + width, y);
            self.buffer[(at, y)].set_symbol(symbol).set_style(style);
            for rest in at + 1..at + width {
                self.buffer[(rest, y)].reset();
                self.buffer[(rest, y)].set_symbol(COVERED).set_style(self.base).set_style(style);
            }
            at += width;
        }
        at - x
    }

    /// Draws a picture scaled to `cells`, from its row `top` on. Returns whether the picture was ready.
    pub fn picture(
        &mut self,
        pictures: &dyn ReadyPictures,
        figure: &FigureId,
        cells: Size,
        top: u16,
        area: Area,
    ) -> bool {
        let area = rect(area).intersection(self.buffer.area);
        !area.is_empty() && pictures.draw(figure, cells, top, area, self.buffer)
    }

    /// Removes a wide character that crosses the left edge of a cell.
    fn part(&mut self, x: u16, y: u16) {
        let area = self.buffer.area;
        if x <= area.x || x >= area.right() || self.buffer[(x, y)].symbol() != COVERED {
            return;
        }
        self.buffer[(x - 1, y)].set_symbol(" ");
        self.buffer[(x, y)].set_symbol(" ");
    }

    /// Draws text right-aligned before column `end`. Returns the text's first column.
    pub fn text_before(&mut self, end: u16, y: u16, text: &str, style: Style) -> u16 {
        let columns = u16::try_from(crate::text::width(&safe(text))).unwrap_or(u16::MAX);
        let x = end.saturating_sub(columns);
        self.text(x, y, end - x, text, style);
        x
    }

    /// Styles cells that are already drawn.
    pub fn style(&mut self, area: Area, style: Style) {
        self.buffer.set_style(rect(area), style);
    }

    /// Clears an area for an overlay. A wide character on its edge is removed as a whole (ratatui #2526 leaves
    /// half of it).
    pub fn clear(&mut self, area: Area) {
        let area = rect(area).intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            self.part(area.left(), y);
            self.part(area.right(), y);
            for x in area.left()..area.right() {
                self.buffer[(x, y)].reset();
                self.buffer[(x, y)].set_style(self.base);
            }
        }
    }

    /// Dims everything drawn so far.
    pub fn dim(&mut self, style: Style) {
        for cell in &mut self.buffer.content {
            cell.set_style(Style::reset()).set_style(self.base).set_style(style);
        }
    }

    /// Draws a frame around an area, with a title in its top line.
    pub fn frame(&mut self, area: Area, title: &str, border: Style, heading: Style) {
        let (right, bottom) = (area.x + area.width.saturating_sub(1), area.y + area.height.saturating_sub(1));
        let line = "─".repeat(usize::from(area.width.saturating_sub(2)));
        self.text(area.x, area.y, area.width, &format!("┌{line}┐"), border);
        self.text(area.x, bottom, area.width, &format!("└{line}┘"), border);
        for y in area.y + 1..bottom {
            self.text(area.x, y, 1, "│", border);
            self.text(right, y, 1, "│", border);
        }
        self.text(area.x + 2, area.y, area.width.saturating_sub(4), &format!(" {title} "), heading);
    }

    /// Draws a horizontal rule across a frame.
    pub fn rule(&mut self, frame: Area, y: u16, style: Style) {
        let columns = frame.width.saturating_sub(2);
        self.text(frame.x + 1, y, columns, &"─".repeat(usize::from(columns)), style);
    }

    /// Draws a scrollbar for `total` lines, or nothing if they all fit.
    pub fn scrollbar(&mut self, x: u16, y: u16, height: u16, top: usize, total: usize, style: Style) {
        let rows = usize::from(height);
        if total <= rows || rows == 0 {
            return;
        }
        let length = (rows * rows / total).max(1);
        let start = (top * (rows - length)).div_ceil(total - rows).min(rows - length);
        // The scrollbar keeps the base background, even beside a highlighted row.
        let style = self.base.patch(style);
        for row in start..start + length {
            self.text(x, y + u16::try_from(row).unwrap_or(height), 1, "▐", style);
        }
    }
}

fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}
