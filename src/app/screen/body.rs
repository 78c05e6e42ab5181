//! Movement and scrolling in the list or text of an overlay.

use super::layout::Area;
use super::viewport::Viewport;

/// The geometry of an overlay's list or text: what movement, scrolling and clicks need.
pub struct Body<'a> {
    /// The overlay with its border; a click outside closes it.
    pub frame: Area,
    /// The area of the rows.
    pub list: Area,
    /// The scroll position.
    pub view: Viewport,
    /// The selected row; `None` for text.
    pub cursor: Option<usize>,
    /// The number of rows.
    pub total: usize,
    /// Whether a row is a heading, which the cursor skips.
    is_heading: Box<dyn Fn(usize) -> bool + 'a>,
}

impl<'a> Body<'a> {
    /// A text of `total` rows.
    pub fn text(frame: Area, list: Area, view: Viewport, total: usize) -> Self {
        Self { frame, list, view, cursor: None, total, is_heading: Box::new(|_| false) }
    }

    /// A list of `total` rows.
    pub fn list((frame, list): (Area, Area), view: Viewport, cursor: usize, total: usize) -> Self {
        Self { cursor: Some(cursor), ..Self::text(frame, list, view, total) }
    }

    /// Marks rows as headings.
    pub fn with_headings(self, is_heading: impl Fn(usize) -> bool + 'a) -> Self {
        Self { is_heading: Box::new(is_heading), ..self }
    }

    fn height(&self) -> usize {
        usize::from(self.list.height)
    }

    /// Half the height, at least one row.
    pub fn half_page(&self) -> isize {
        isize::from(self.list.height.cast_signed() / 2).max(1)
    }

    /// Moves the cursor by rows, skipping headings; scrolls a text.
    pub fn move_by(&mut self, by: isize) {
        let Some(cursor) = self.cursor else { return self.scroll(by) };
        let is_row = |at: &usize| !(self.is_heading)(*at);
        let above = 0..cursor.min(self.total);
        let here = (cursor..self.total).find(is_row).or_else(|| above.clone().rfind(is_row)).unwrap_or(0);
        let moved = match by {
            0.. => (here + 1..self.total).filter(is_row).take(by.unsigned_abs()).last(),
            _ => (0..here).rev().filter(is_row).take(by.unsigned_abs()).last(),
        };
        self.cursor = Some(moved.unwrap_or(here));
    }

    /// Selects a row, or the next one if it is a heading.
    pub fn select(&mut self, at: usize) {
        if self.cursor.is_some() {
            self.cursor = Some(at);
            self.move_by(0);
        }
    }

    /// Scrolls by rows without moving the cursor.
    pub fn scroll(&mut self, by: isize) {
        self.view.scroll(by, self.height(), self.total);
    }

    /// Scrolls to the cursor and the heading right above it.
    pub fn show_cursor(&mut self) {
        let Some(cursor) = self.cursor else { return };
        let above = cursor.saturating_sub(1);
        let start = if above < self.total && (self.is_heading)(above) { above } else { cursor };
        self.view.show(start..cursor + 1, self.height(), self.total);
    }

    /// Scrolls back so that no empty rows are shown below the end.
    pub fn clamp(&mut self) {
        self.view.clamp(self.height(), self.total);
    }

    /// The row at a cell.
    pub fn row_at(&self, column: u16, row: u16) -> Option<usize> {
        let at = self.list.contains(column, row).then(|| self.view.top + usize::from(row - self.list.y))?;
        (at < self.total).then_some(at)
    }

    /// Returns (position of the cursor from 1, number of rows), both without headings; `None` for text.
    pub fn place(&self) -> Option<(usize, usize)> {
        let cursor = self.cursor?;
        let rows = |to: usize| (0..to).filter(|&at| !(self.is_heading)(at)).count();
        Some((rows((cursor + 1).min(self.total)), rows(self.total)))
    }

    /// How many rows the text can be scrolled down from the top.
    pub fn below(&self) -> usize {
        self.total.saturating_sub(self.height())
    }
}
