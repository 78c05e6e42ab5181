//! What a click or a turn of the wheel means at a cell.

use super::finding::everywhere::Everywhere;
use super::lists::picker;
use super::lists::sheet::{self, Subject};
use super::message::MouseKind;
use super::page::flow::Line;
use super::screen::layout::{self, Arrangement, Pane};
use super::{App, Effect, Overlay};
use crate::log::Key;

impl App {
    pub(super) fn mouse(&mut self, (column, row): (u16, u16), kind: MouseKind) -> Vec<Effect> {
        match (self.overlays.last(), kind) {
            (None, MouseKind::Drag) => self.drag(column),
            (_, MouseKind::Drag) => {}
            (Some(Overlay::Sheet(_)), MouseKind::Wheel(by)) => self.move_by(by),
            (Some(Overlay::Sheet(_)), MouseKind::Press) => self.press_sheet(column, row),
            (Some(Overlay::Figure(_)), MouseKind::Wheel(by)) => self.move_figures(by.signum()),
            (Some(Overlay::Figure(_)), MouseKind::Press) => return self.cancel(),
            (Some(Overlay::Finder(_)), _) => self.mouse_in_finder(column, row, kind),
            (Some(Overlay::Everywhere(_) | Overlay::Palette(_) | Overlay::Logs(_)), _) => {
                return self.mouse_in_list(column, row, kind);
            }
            (Some(Overlay::Picker(_)), _) => return self.mouse_in_picker(column, row, kind),
            (Some(Overlay::Prompt(_)), _) => {}
            (Some(Overlay::Quiz(_)), MouseKind::Wheel(by)) => self.move_by(by),
            (Some(Overlay::Quiz(_)), MouseKind::Press) => return self.press_quiz(column, row),
            (Some(Overlay::Calendar(_) | Overlay::Statistics(_)), _) => return self.mouse_on_days(column, row, kind),
            (None, MouseKind::Wheel(by)) => self.wheel(column, row, by),
            (None, MouseKind::Press) => return self.press(column, row),
        }
        Vec::new()
    }

    fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        let is_there = |&pane: &Pane| self.pane_area(pane).is_some_and(|area| area.contains(column, row));
        Pane::ALL.into_iter().find(is_there)
    }

    /// Scrolls the pane under the pointer; its cursor stays.
    fn wheel(&mut self, column: u16, row: u16, by: isize) {
        let Some(pane) = self.pane_at(column, row) else { return };
        let height = self.text_area(pane).map_or(0, |area| usize::from(area.height));
        let (view, total) = match pane {
            Pane::Timeline => (&mut self.timeline.view, self.timeline.rows.len()),
            Pane::Page => (&mut self.reader.view, self.reader.lines.len()),
            Pane::Checklist => (&mut self.checklist.view, self.checklist.rows.len()),
        };
        view.scroll(by, height, total);
    }

    /// The line between panes that was pressed goes with the mouse.
    fn drag(&mut self, column: u16) {
        if let Some(divider) = self.held {
            self.sizes = self.sizes.with_divider(self.size, divider, column);
        }
    }

    /// A paper in a week's digest is gone to; a click beside the text closes it.
    fn press_sheet(&mut self, column: u16, row: u16) {
        let Some(Overlay::Sheet(sheet)) = self.overlays.last() else { return };
        let (subject, lines) = (sheet.subject, sheet.subject.lines(self));
        let frame = sheet::area(self.size, &lines);
        let inside = layout::inside(frame);
        if !frame.contains(column, row) {
            self.overlays.pop();
        } else if let Subject::Week(_) = subject
            && inside.contains(column, row)
            && let Some(line) = lines.get(sheet.view.top + usize::from(row - inside.y))
            && let Some(key) = self.entry_in(&line.text())
        {
            self.overlays.pop();
            self.go_to(&key);
        }
    }

    /// The entry that a line of a list names, also where its title goes on in the next one.
    fn entry_in(&self, line: &str) -> Option<Key> {
        let named = line.trim().trim_start_matches("• ");
        let is_named = |title: &str| !title.is_empty() && (named.starts_with(title) || title.starts_with(named));
        let entry = self.log.entries.iter().find(|entry| !named.is_empty() && is_named(&entry.title));
        entry.map(|entry| entry.key.clone())
    }

    fn press(&mut self, column: u16, row: u16) -> Vec<Effect> {
        self.held = layout::divider(self.size, self.sizes, column, row);
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
            Pane::Page => return self.press_page(line, column),
            Pane::Checklist => return self.press_checklist(line, column),
        }
        Vec::new()
    }

    /// Selects; a month folds or unfolds.
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

    /// A task in a summary is ticked by its box; a link is followed; a figure is shown alone.
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

    /// Selects; the box ticks.
    fn press_checklist(&mut self, line: usize, column: usize) -> Vec<Effect> {
        let Some(row) = self.checklist.rows.get(self.checklist.view.top + line) else { return Vec::new() };
        let Some(task) = row.task else { return Vec::new() };
        let ticks = on_box(&row.line, column);
        self.checklist.cursor = Some(task);
        if ticks { self.toggle(task) } else { Vec::new() }
    }

    /// Selects; what is selected is chosen. A click beside the list closes it.
    fn mouse_in_picker(&mut self, column: u16, row: u16, kind: MouseKind) -> Vec<Effect> {
        let Some(Overlay::Picker(picker)) = self.overlays.last_mut() else { return Vec::new() };
        let frame = picker.area(self.size);
        let inside = layout::inside(frame);
        match kind {
            MouseKind::Wheel(by) => picker.view.scroll(by, usize::from(inside.height), picker.rows.len()),
            MouseKind::Press if inside.contains(column, row) => {
                let at = picker.view.top + usize::from(row - inside.y);
                if at == picker.cursor {
                    return self.choose();
                }
                if matches!(picker.rows.get(at), Some(picker::Row::Choice(_))) {
                    picker.cursor = at;
                }
            }
            MouseKind::Press if !frame.contains(column, row) => return self.cancel(),
            MouseKind::Press | MouseKind::Drag => {}
        }
        Vec::new()
    }

    /// Selects in everything search, the palette or the logs; what is selected is opened.
    fn mouse_in_list(&mut self, column: u16, row: u16, kind: MouseKind) -> Vec<Effect> {
        let everywhere = layout::everywhere(self.size);
        let (frame, list, view, cursor, total) = match self.overlays.last_mut() {
            Some(Overlay::Everywhere(Everywhere { view, cursor, places, .. })) => {
                (everywhere.frame, everywhere.list, view, cursor, places.rows.len())
            }
            Some(overlay) => match overlay.menu_mut() {
                Some(menu) => {
                    let (frame, list) = menu.areas(self.size);
                    (frame, list, &mut menu.view, &mut menu.cursor, menu.results.hits.len())
                }
                None => return Vec::new(),
            },
            None => return Vec::new(),
        };
        match kind {
            MouseKind::Wheel(by) => view.scroll(by, usize::from(list.height), total),
            MouseKind::Press if list.contains(column, row) => {
                let at = view.top + usize::from(row - list.y);
                if at == *cursor {
                    return self.open();
                }
                if at < total {
                    *cursor = at;
                    self.move_by(0);
                }
            }
            MouseKind::Press if !frame.contains(column, row) => return self.cancel(),
            MouseKind::Press | MouseKind::Drag => {}
        }
        Vec::new()
    }

    fn mouse_in_finder(&mut self, column: u16, row: u16, kind: MouseKind) {
        let areas = layout::finder(self.size, self.sizes);
        let in_page = areas.page.filter(|page| page.contains(column, row));
        let Some(Overlay::Finder(finder)) = self.overlays.last_mut() else { return };
        match kind {
            MouseKind::Wheel(by) => match in_page {
                Some(page) => self.reader.view.scroll(by, usize::from(page.height), self.reader.lines.len()),
                None => finder.view.scroll(by, usize::from(areas.list.height), finder.results.hits.len()),
            },
            MouseKind::Press if areas.list.contains(column, row) => {
                let hit = finder.view.top + usize::from(row - areas.list.y);
                match hit < finder.results.hits.len() {
                    true if finder.cursor == hit => self.go_to_hit(),
                    true => finder.cursor = hit,
                    false => {}
                }
            }
            MouseKind::Press if !areas.frame.contains(column, row) => drop(self.cancel()),
            MouseKind::Press | MouseKind::Drag => {}
        }
    }
}

/// Whether the column is that of a box, or of the space after it.
fn on_box(line: &Line, column: usize) -> bool {
    line.box_column().is_some_and(|start| (start..start + super::page::flow::BOX).contains(&column))
}
