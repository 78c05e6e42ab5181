//! The list of everything still to do, and the list of changes.

use chrono::DateTime;

use super::picker::{PickerRow, PickerTarget};
use crate::app::editing::history::UndoableChange;
use crate::app::keys::action::Action;
use crate::app::panes::checklist::ItemId;
use crate::app::panes::timeline::RowId;
use crate::app::screen::layout::Pane;
use crate::app::{App, Effect};
use crate::log::date::{format_day, format_month};
use crate::log::edit::Intent;
use crate::log::{Entry, EntryKind, SectionKind, Task};
use crate::papers::index::Unread;
use crate::say;

impl App {
    /// Lists drafts, unread papers that are cited, lines dated by month only, and open tasks and items.
    pub(in crate::app) fn list_todo(&mut self) -> Vec<Effect> {
        let mut rows = Vec::new();
        group(&mut rows, self.language.pick("Drafts", "待写的笔记"), self.drafts());
        group(
            &mut rows,
            self.language.pick("Unread, but cited by papers you have read", "未读，但被已读论文引用"),
            self.cited(),
        );
        group(
            &mut rows,
            self.language.pick("Notes with a month but no day", "写在月份下、没有具体日期的文字"),
            self.loose_lines(),
        );
        group(&mut rows, self.language.pick("Open tasks in summaries", "笔记中未完成的任务"), self.open_tasks(false));
        group(&mut rows, self.language.pick("Open items in Pending", "未完成的待读项"), self.open_tasks(true));
        self.choose_from(
            self.language.pick("Still to do", "待办"),
            rows,
            self.language
                .pick("Nothing left to do: no open items, no drafts", "没有待办：待读项都已完成，笔记都已写好"),
        )
    }

    fn drafts(&self) -> Vec<PickerRow> {
        let is_placeholder = |entry: &&Entry| entry.read && entry.kind == EntryKind::Draft;
        self.log.entries.iter().filter(is_placeholder).map(PickerRow::entry).collect()
    }

    fn cited(&self) -> Vec<PickerRow> {
        let row = |unread: Unread| {
            let target = match (unread.entry, unread.task) {
                (_, Some(task)) => PickerTarget::Item(ItemId::of(&self.log, task)),
                (Some(entry), None) => PickerTarget::Entry(self.log.entries[entry].key.clone()),
                (None, None) => PickerTarget::Nothing,
            };
            let count = unread.count;
            let by = say!(self.language, "cited by {count}", "被 {count} 篇引用");
            PickerRow::choice(unread.title(&self.log), by, target)
        };
        self.papers.unread(&self.log).into_iter().map(row).collect()
    }

    fn loose_lines(&self) -> Vec<PickerRow> {
        let mut rows = Vec::new();
        for section in &self.log.sections {
            let SectionKind::Month(month) = section.kind else { continue };
            let place = RowId::from(&section.name());
            for line in self.log.note(section).lines().filter(|line| !line.trim().is_empty()) {
                let line = line.trim();
                let text = ["- ", "* ", "+ "].iter().find_map(|marker| line.strip_prefix(marker));
                rows.push(PickerRow::choice(
                    text.unwrap_or(line),
                    format_month(Some(month), self.language),
                    PickerTarget::Place(place.clone()),
                ));
            }
        }
        rows
    }

    fn open_tasks(&self, pending: bool) -> Vec<PickerRow> {
        let open = self.log.tasks.iter().enumerate().filter(|(_, task)| task.is_open() && task.pending == pending);
        let row = |(index, task): (usize, &Task)| {
            let section = &self.log.sections[task.section];
            let (detail, target) = match task.entry.map(|entry| &self.log.entries[entry]) {
                _ if pending => (String::new(), PickerTarget::Item(ItemId::of(&self.log, index))),
                Some(entry) => (entry.name().to_owned(), PickerTarget::Entry(entry.key.clone())),
                None => {
                    let place = RowId::from(&section.name());
                    (section.heading.to_string(), PickerTarget::Place(place))
                }
            };
            PickerRow::choice(task.text.clone(), detail, target)
        };
        open.map(row).collect()
    }

    /// Lists the changes that can be redone, then those that can be undone, newest first.
    pub(in crate::app) fn list_changes(&mut self) -> Vec<Effect> {
        let again = |(file, intent): (usize, &Intent)| {
            PickerRow::choice(intent.summary(self.language), "", self.where_changed(file, intent))
        };
        let back = |(change, is_waiting): (&UndoableChange, bool)| {
            let state = match change.when.map(DateTime::from_timestamp_micros) {
                _ if is_waiting => self.language.pick("saving…", "保存中…").to_owned(),
                Some(Some(when)) => self
                    .reviewing
                    .now()
                    .map_or_else(String::new, |now| format_day(when.with_timezone(now.offset()).date_naive())),
                _ => String::new(),
            };
            PickerRow::choice(
                change.what.get(self.language).clone(),
                state,
                self.where_changed(change.file, change.aim()),
            )
        };
        let mut rows = Vec::new();
        let (redo, undo) = (self.call(Action::Redo), self.call(Action::Undo));
        let heading =
            say!(self.language, "Undone (in a pane, {redo} redoes the top)", "已撤销（在窗格中按 {redo} 重做第一项）");
        group(&mut rows, &heading, self.history.redoable().map(again).collect());
        let heading = say!(
            self.language,
            "Newest first (in a pane, {undo} undoes the top)",
            "可撤销，新的在前（在窗格中按 {undo}）"
        );
        group(&mut rows, &heading, self.history.undoable().map(back).collect());
        self.choose_from(
            self.language.pick("Changes", "修改记录"),
            rows,
            self.language.pick("Nothing to undo or redo", "没有可撤销或重做的修改"),
        )
    }

    fn where_changed(&self, file: usize, intent: &Intent) -> PickerTarget {
        if let Ok(Some(task)) = intent.task(&self.log, file) {
            return match self.log.tasks[task].entry {
                Some(entry) => PickerTarget::Entry(self.log.entries[entry].key.clone()),
                None => PickerTarget::Item(ItemId::of(&self.log, task)),
            };
        }
        PickerTarget::Nothing
    }

    /// Goes to a pending item.
    pub(in crate::app) fn go_to_item(&mut self, item: &ItemId) {
        if let Some(task) = item.find(&self.log) {
            self.focus = Pane::Pending;
            self.show_item(task);
        }
    }
}

/// Adds rows under a heading, if there are any.
fn group(rows: &mut Vec<PickerRow>, heading: &str, choices: Vec<PickerRow>) {
    if !choices.is_empty() {
        rows.push(PickerRow::Heading(heading.to_owned()));
        rows.extend(choices);
    }
}
