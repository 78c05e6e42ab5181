//! Mouse input: what a click, a drag or the wheel does at a cell of the screen.

use super::message::MouseKind;
use super::page::flow::PageLine;
use super::screen::layout::{self, Arrangement, Pane};
use super::{App, Effect, Overlay};

impl App {
    pub(super) fn mouse(&mut self, (column, row): (u16, u16), kind: MouseKind) -> Vec<Effect> {
        match (self.overlays.last(), kind) {
            (None, MouseKind::Drag) => self.drag(column, row),
            (None, MouseKind::Wheel(by)) => self.wheel(column, row, by),
            (None, MouseKind::Press) => return self.press(column, row),
            (Some(Overlay::Prompt(_)), MouseKind::Press) => return self.press_prompt(column, row),
            (Some(Overlay::Prompt(_)), _) | (_, MouseKind::Drag) => {}
            (Some(Overlay::Figure(_)), MouseKind::Wheel(by)) => self.move_figures(by.signum()),
            (Some(Overlay::Figure(_)), MouseKind::Press) => return self.cancel(),
            (Some(Overlay::Quiz(_)), MouseKind::Press) => return self.press_quiz(column, row),
            (Some(Overlay::Calendar(_) | Overlay::Statistics(_)), _) => return self.mouse_on_days(column, row, kind),
            (Some(Overlay::Sheet(_)), MouseKind::Press) => return self.press_sheet(column, row),
            (Some(Overlay::Finder(_)), MouseKind::Wheel(by)) => return self.wheel_in_finder(column, row, by),
            (Some(_), _) => return self.mouse_in_body(column, row, kind),
        }
        Vec::new()
    }

    /// A click selects a row and a second click opens it; a click outside the overlay closes it.
    fn mouse_in_body(&mut self, column: u16, row: u16, kind: MouseKind) -> Vec<Effect> {
        let Some(body) = self.body() else { return Vec::new() };
        match (kind, body.row_at(column, row)) {
            (MouseKind::Wheel(by), _) => {
                drop(body);
                self.go(|body| body.scroll(by));
            }
            (MouseKind::Press, Some(at)) if body.cursor == Some(at) => {
                drop(body);
                return self.enter();
            }
            (MouseKind::Press, Some(at)) => {
                drop(body);
                self.go(|body| body.select(at));
            }
            (MouseKind::Press, None) if !body.frame.contains(column, row) => {
                drop(body);
                return self.cancel();
            }
            (MouseKind::Press, None) | (MouseKind::Drag, _) => {}
        }
        Vec::new()
    }

    /// Scrolls the page if the pointer is over it, otherwise the list.
    fn wheel_in_finder(&mut self, column: u16, row: u16, by: isize) -> Vec<Effect> {
        match self.page_area().filter(|page| page.contains(column, row)) {
            Some(page) => self.reader.view.scroll(by, usize::from(page.height), self.reader.lines.len()),
            None => self.go(|body| body.scroll(by)),
        }
        Vec::new()
    }

    /// A click outside the prompt closes it, unless that would lose typed text.
    fn press_prompt(&mut self, column: u16, row: u16) -> Vec<Effect> {
        let Some(Overlay::Prompt(prompt)) = self.overlays.last() else { return Vec::new() };
        if self.prompt_area(prompt).contains(column, row) {
            return Vec::new();
        }
        if prompt.field.text() == prompt.begun {
            return self.cancel();
        }
        self.tell_unsaved_input()
    }

    fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        let is_there = |&pane: &Pane| self.pane_area(pane).is_some_and(|area| area.contains(column, row));
        Pane::ALL.into_iter().find(is_there)
    }

    /// Scrolls the pane under the pointer without moving its cursor.
    fn wheel(&mut self, column: u16, row: u16, by: isize) {
        let Some(pane) = self.pane_at(column, row) else { return };
        let height = self.text_area(pane).map_or(0, |area| usize::from(area.height));
        let (view, total) = match pane {
            Pane::Timeline => (&mut self.timeline.view, self.timeline.rows.len()),
            Pane::Summary => (&mut self.reader.view, self.reader.lines.len()),
            Pane::Pending => (&mut self.checklist.view, self.checklist.rows.len()),
        };
        view.scroll(by, height, total);
    }

    /// Moves the divider that was pressed.
    fn drag(&mut self, column: u16, row: u16) {
        if let Some(divider) = self.dragged {
            self.sizes = self.sizes.with_divider(self.size, divider, (column, row));
        }
    }

    /// Follows the link under the pointer, if any.
    fn press_sheet(&mut self, column: u16, row: u16) -> Vec<Effect> {
        let Some((Overlay::Sheet(sheet), body)) = self.overlays.last().zip(self.body()) else { return Vec::new() };
        let line = body.row_at(column, row).and_then(|at| sheet.lines.get(at));
        let link = line.and_then(|line| line.link_at(usize::from(column.saturating_sub(body.list.x)))).cloned();
        drop(body);
        match link {
            Some(link) => {
                self.overlays.pop();
                self.follow(&link)
            }
            None => self.mouse_in_body(column, row, MouseKind::Press),
        }
    }

    fn press(&mut self, column: u16, row: u16) -> Vec<Effect> {
        if layout::header(self.size).contains(column, row) {
            return self.press_header(column);
        }
        self.dragged = layout::divider(self.size, self.sizes, column, row);
        if self.arrangement() == Arrangement::Narrow && row == 1 {
            let tab = self.tabs().find(|(.., columns)| columns.contains(&column));
            self.focus = tab.map_or(self.focus, |(pane, ..)| pane);
            return Vec::new();
        }
        let Some(pane) = self.pane_at(column, row) else { return Vec::new() };
        self.focus = pane;
        let Some(text) = self.text_area(pane).filter(|text| row >= text.y) else { return Vec::new() };
        let line = usize::from(row - text.y);
        let column = usize::from(column.saturating_sub(text.x));
        match pane {
            Pane::Timeline => self.press_timeline(line),
            Pane::Summary => return self.press_page(line, column),
            Pane::Pending => return self.press_checklist(line, column),
        }
        Vec::new()
    }

    /// Selects a row; a second click on a group folds or unfolds it.
    fn press_timeline(&mut self, line: usize) {
        let row = self.timeline.view.top + line;
        if row < self.timeline.rows.len() {
            let again = self.timeline.cursor == row;
            self.timeline.cursor = row;
            if self.timeline.entry().is_none() && again && !self.timeline.unfold(&self.log) {
                self.timeline.fold(&self.log);
            }
        }
    }

    /// Follows a link, shows a figure full screen, or ticks or unticks the task whose box was clicked.
    fn press_page(&mut self, line: usize, column: usize) -> Vec<Effect> {
        let Some(line) = self.reader.lines.get(self.reader.view.top + line) else { return Vec::new() };
        if let Some(link) = line.link_at(column).cloned() {
            return self.follow(&link);
        }
        if let Some(figure) = line.figure {
            self.overlays.push(Overlay::Figure(figure.figure));
            return Vec::new();
        }
        let file = self.page_file();
        let task = line.mark.filter(|_| on_box(line, column)).zip(file);
        match task.and_then(|(mark, file)| self.log.task_at(file, mark)) {
            Some(task) => self.toggle(task),
            None => Vec::new(),
        }
    }

    /// Selects an item; a click on its box ticks it. A click on the text above the list folds or unfolds the
    /// text.
    fn press_checklist(&mut self, line: usize, column: usize) -> Vec<Effect> {
        let Some(row) = self.checklist.rows.get(self.checklist.view.top + line) else { return Vec::new() };
        let Some(task) = row.task else {
            return if row.folds { self.toggle_prose() } else { Vec::new() };
        };
        let ticks = on_box(&row.line, column);
        self.checklist.choose(task);
        if ticks { self.toggle(task) } else { Vec::new() }
    }
}

/// Whether the column is on the line's box or the space after it.
fn on_box(line: &PageLine, column: usize) -> bool {
    line.box_column().is_some_and(|start| (start..start + super::page::flow::BOX).contains(&column))
}
