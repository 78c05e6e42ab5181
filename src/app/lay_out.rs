//! What the screen shows of the state: the page at its width, the lists scrolled to their cursors.

use super::page::flow::{Kind, Line, Role, paragraph};
use super::page::pages::Shelf;
use super::panes::checklist::{self, Room};
use super::panes::reader::Made;
use super::panes::timeline::Row;
use super::screen::layout::{self, Pane};
use super::{App, Status, Tone};
use crate::text::width;

/// The most rows of its own that a message has.
const MESSAGE_ROWS: u16 = 3;

/// Rows of the screen for each row of a message.
const ROWS_A_MESSAGE_ROW: u16 = 7;

impl App {
    /// Lays out what depends on the selection and on the size of the screen.
    pub(super) fn lay_out(&mut self) {
        self.sizes.message = if self.overlays.is_empty() { self.message_rows() } else { 0 };
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
            let rows = self.text_area(Pane::Checklist).map_or(0, |area| usize::from(area.height));
            self.checklist.fit(&self.log, self.revision, Room { columns, rows }, self.language);
        }
        self.look_up();
    }

    /// The message, in lines of the screen's width; none where there is none.
    pub fn message(&self) -> Vec<Line> {
        let text = self.message_text();
        let columns = usize::from(self.size.width.saturating_sub(2)).max(1);
        if text.is_empty() { Vec::new() } else { paragraph(&text, Role::Body, Kind::Text, columns) }
    }

    /// The message; what is wrong, and the way out, say more than a folder for which a line has no room.
    pub fn message_text(&self) -> String {
        let Some(Status { text, tone }) = &self.status else { return String::new() };
        let mut text = format!("{}{text}", if *tone == Tone::Error { "! " } else { "" });
        if width(&text) > usize::from(self.size.width.saturating_sub(2)) {
            for path in self.log.files.iter().map(|file| file.name.as_str()) {
                if let Some((_, name)) = path.rsplit_once(['/', '\\']).filter(|(_, name)| !name.is_empty()) {
                    text = text.replace(path, name);
                }
            }
        }
        text
    }

    /// Rows above the status line for the message, so that the keys stay in sight: none for one that
    /// is short and soon gone, and where something over the panes leaves no room.
    pub fn message_rows(&self) -> u16 {
        let lines = u16::try_from(self.message().len()).unwrap_or(u16::MAX);
        let is_brief = self.status.as_ref().is_some_and(|status| status.tone == Tone::News) && lines == 1;
        let end = self.size.height.saturating_sub(1);
        let free = match (self.overlays.last(), self.body()) {
            (None, _) => end / ROWS_A_MESSAGE_ROW,
            (Some(_), Some(body)) => end.saturating_sub(body.frame.y + body.frame.height),
            (Some(_), None) => 0,
        };
        if is_brief { 0 } else { lines.min(free).min(MESSAGE_ROWS) }
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

    /// Columns for the checklist's text: those of the pane, less what stands at its right.
    pub(super) fn checklist_columns(&self) -> Option<usize> {
        let area = self.pane_area(Pane::Checklist).map(|area| layout::text(area, self.sizes));
        area.map(|area| usize::from(area.width).saturating_sub(checklist::beside(&self.log)))
    }
}
