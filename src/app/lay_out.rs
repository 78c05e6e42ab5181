//! What the screen shows of the state: the page at its width, the lists scrolled to their cursors.

use super::App;
use super::page::pages::Shelf;
use super::panes::checklist;
use super::panes::reader::Made;
use super::panes::timeline::Row;
use super::screen::layout::{self, Pane};

impl App {
    /// Lays out what depends on the selection and on the size of the screen.
    pub(super) fn lay_out(&mut self) {
        let row = self.page_row();
        if let Some(area) = self.page_area() {
            let subject = row.map(|row| self.timeline.place_of(&self.log, row));
            let made = Made {
                columns: usize::from(area.width),
                rows: area.height,
                revision: self.revision,
                figures: self.figures.revision(),
                is_first: row.is_some() && row == self.timeline.rows.first().copied(),
            };
            let reviews = match row {
                Some(Row::Entry(entry, _)) => self.reviewing.facts(&self.log.entries[entry], self.language),
                _ => Vec::new(),
            };
            // What pages are made from is all but the reader.
            let mut reader = std::mem::take(&mut self.reader);
            reader.turn_to(Shelf { reviews: &reviews, ..self.shelf() }, &self.timeline.groups, row, subject, made);
            self.reader = reader;
            self.reader.view.clamp(usize::from(area.height), self.reader.lines.len());
        }
        self.lay_out_overlays();
        if let Some(columns) = self.checklist_columns() {
            self.checklist.fit(&self.log, self.revision, columns, self.language);
        }
        self.look_up();
    }

    /// Scrolls every list so that its cursor is seen.
    pub(super) fn show_cursors(&mut self) {
        if let Some(area) = self.text_area(Pane::Timeline) {
            let cursor = self.timeline.cursor;
            self.timeline.view.show(cursor..cursor + 1, usize::from(area.height), self.timeline.rows.len());
        }
        if let Some(area) = self.text_area(Pane::Checklist) {
            self.checklist.reveal(usize::from(area.height));
        }
        self.go(|body| body.show_cursor());
    }

    /// Columns for the checklist's text: those of the pane, less what progress needs.
    pub(super) fn checklist_columns(&self) -> Option<usize> {
        let area = self.pane_area(Pane::Checklist).map(|area| layout::text(area, self.sizes));
        area.map(|area| usize::from(area.width).saturating_sub(checklist::PROGRESS))
    }
}
