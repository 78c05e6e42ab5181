//! Actions that change the checklist. Each is reverted by a single undo, and the cursor stays on the item.

use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::lists::picker::{PickerRow, PickerTarget};
use crate::app::lists::prompt::{Prompt, Purpose};
use crate::app::panes::checklist::{ItemId, below, items, open_below, short};
use crate::app::panes::filter::ItemFilter;
use crate::app::screen::layout::Pane;
use crate::app::{App, Effect, Overlay};
use crate::log::Task;
use crate::log::edit::{self, Direction, InsertAt, Intent, item_line, one_line};
use crate::say;

/// The context in which items are changed.
const CHECKLIST: Context = Context::Pane(Pane::Pending);

impl App {
    /// The item under the cursor, as an index into [`Log::tasks`](crate::log::Log::tasks).
    pub(in crate::app) fn item(&self) -> Option<usize> {
        self.checklist.cursor.filter(|&task| task < self.log.tasks.len())
    }

    /// Reports that no item is selected.
    pub(in crate::app) fn no_item(&mut self) -> Vec<Effect> {
        if let Some(text) = self.checklist.lost() {
            let text = crate::text::cut(text, 40).into_owned();
            return self.tell_gone(&text);
        }
        let add = self.keymap.call(Action::AddItem, CHECKLIST);
        self.tell(say!(self.language, "No item is selected; press “{add}” to add one", "没有选中待读项；按 {add} 添加"))
    }

    /// Reports that nothing was done, since the item or entry is gone.
    pub(in crate::app) fn tell_gone(&mut self, text: &str) -> Vec<Effect> {
        self.tell_error(say!(
            self.language,
            "“{text}” is gone: another program changed or removed it. Nothing was done",
            "“{text}”已被其他程序修改或删除，未执行操作"
        ))
    }

    /// Ticks or unticks the item under the cursor. Before ticking an item with open sub-items, asks whether to
    /// tick them too.
    pub(in crate::app) fn toggle_item(&mut self) -> Vec<Effect> {
        let Some(task) = self.item() else { return self.no_item() };
        let open = open_below(&self.log, task);
        if self.log.tasks[task].is_closed() || open == 0 {
            return self.toggle(task);
        }
        let item = ItemId::of(&self.log, task);
        let tick = |children| PickerTarget::Tick { item: item.clone(), children };
        let rows = vec![
            PickerRow::choice(self.language.pick("only this item", "仅此项"), "", tick(false)),
            PickerRow::choice(
                say!(self.language, "this and its {}", "此项及其 {}", items(open, self.language)),
                "",
                tick(true),
            ),
        ];
        self.choose_from(&say!(self.language, "Tick “{}”", "勾选“{}”", short(&self.log.tasks[task])), rows, "")
    }

    /// Ticks an item and its descendants if `children`; otherwise ticks or unticks the item alone.
    pub(in crate::app) fn tick(&mut self, item: &ItemId, children: bool) -> Vec<Effect> {
        let Some(task) = item.find(&self.log) else { return self.tell_gone(&crate::text::cut(item.text(), 40)) };
        if !children {
            return self.toggle(task);
        }
        let file = self.log.tasks[task].file;
        let target = edit::Target::of(&self.log, task);
        let date = self.edit_options.done_date(&self.log, file, self.today());
        self.change(file, Intent::SetDone { target, done: true, children, date })
    }

    /// Ticks or unticks the page's only task, or the only one in view; otherwise asks which one.
    pub(in crate::app) fn toggle_on_page(&mut self) -> Vec<Effect> {
        if let Some(gone) = self.vanished_entry.take() {
            return self.tell_gone(&gone);
        }
        let height = self.page_area().map_or(0, |area| usize::from(area.height));
        let in_sight = self.reader.view.lines(height, self.reader.lines.len());
        let Some(file) = self.page_file() else { return self.no_task() };
        let lines = self.reader.lines.iter().enumerate();
        let tasks = lines.filter_map(|(line, text)| Some((line, self.log.task_at(file, text.mark?)?)));
        let tasks: Vec<(usize, usize)> = tasks.collect();
        let seen: Vec<usize> =
            tasks.iter().filter(|(line, _)| in_sight.contains(line)).map(|&(_, task)| task).collect();
        match (tasks.as_slice(), seen.as_slice()) {
            ([], _) => self.no_task(),
            ([(_, only)], _) | (_, [only]) => self.toggle(*only),
            _ => {
                let row = |&(_, index): &(usize, usize)| {
                    let task = &self.log.tasks[index];
                    let label = format!("{} {}", if task.is_done() { "☑" } else { "☐" }, task.text);
                    PickerRow::choice(label, "", PickerTarget::Toggle(ItemId::of(&self.log, index)))
                };
                let rows: Vec<PickerRow> = tasks.iter().map(row).collect();
                let first = tasks.iter().position(|(_, task)| seen.first() == Some(task)).unwrap_or(0);
                let effects = self.choose_from(self.language.pick("Tick or untick", "勾选或取消勾选"), rows, "");
                self.go(|body| body.move_by(first.cast_signed()));
                effects
            }
        }
    }

    fn no_task(&mut self) -> Vec<Effect> {
        self.tell(self.language.pick("This summary has no task to tick", "这篇笔记没有可勾选的任务").into())
    }

    /// Asks for the text of a new item. It goes after the item under the cursor or, if `as_child`, becomes
    /// its sub-item. Without an item under the cursor, it goes to the end of the list, which is created if
    /// needed.
    pub(in crate::app) fn ask_for_item(&mut self, as_child: bool) -> Vec<Effect> {
        let (file, place) = match self.item() {
            None if self.checklist.lost().is_some() => return self.no_item(),
            Some(task) => {
                let target = edit::Target::of(&self.log, task);
                let place = if as_child { InsertAt::Under(target) } else { InsertAt::After(target) };
                (self.log.tasks[task].file, place)
            }
            None => (edit::file_of_list(&self.log), InsertAt::End),
        };
        self.ask(Purpose::AddItem { file, place }, "");
        Vec::new()
    }

    /// Adds an item with the typed text.
    pub(in crate::app) fn add_item(&mut self, file: usize, place: InsertAt, text: &str) -> Vec<Effect> {
        match item_line(text) {
            Ok(text) => {
                let undo = self.call(Action::Undo);
                let said =
                    say!(self.language, "Added “{text}”; press {undo} to undo", "已添加“{text}”；按 {undo} 撤销");
                let address = self.facts_of_address(&text).map_or_else(String::new, |(id, _)| self.no_pdf_note(&id));
                let said = format!("{said}{address}");
                let text = edit::added_on(&self.log, file, &text, self.today());
                self.change_item(file, Intent::AddTask { text, place }, said)
            }
            Err(_) => {
                self.tell(self.language.pick("Nothing typed, so nothing was added", "没有输入内容，未添加").into())
            }
        }
    }

    /// Asks for new text for the item under the cursor.
    pub(in crate::app) fn ask_for_text(&mut self) -> Vec<Effect> {
        let Some(task) = self.item() else { return self.no_item() };
        let (file, target) = (self.log.tasks[task].file, edit::Target::of(&self.log, task));
        let text = edit::source(&self.log, task);
        self.ask(Purpose::EditItem { file, target }, &text);
        Vec::new()
    }

    /// Replaces an item's text with the typed text.
    pub(in crate::app) fn reword(&mut self, file: usize, target: edit::Target, text: &str) -> Vec<Effect> {
        match one_line(text) {
            Ok(text) if target.find(&self.log, file).is_ok_and(|task| edit::source(&self.log, task) == text) => {
                self.tell(self.language.pick("The text is unchanged", "文字没有变化").into())
            }
            Ok(text) => {
                let undo = self.call(Action::Undo);
                let said =
                    say!(self.language, "Reworded to “{text}”; press {undo} to undo", "已改为“{text}”；按 {undo} 撤销");
                self.change_item(file, Intent::EditTask { target, text }, said)
            }
            Err(_) => {
                let delete = self.keymap.call(Action::DeleteItem, CHECKLIST);
                self.tell(say!(
                    self.language,
                    "An item needs some text; press {delete} to delete it",
                    "待读项不能为空；按 {delete} 删除"
                ))
            }
        }
    }

    /// Deletes the item under the cursor and its descendants.
    pub(in crate::app) fn delete_item(&mut self) -> Vec<Effect> {
        let Some(task) = self.item() else { return self.no_item() };
        let below = match below(&self.log, task).count() {
            0 => String::new(),
            count => say!(self.language, " and its {}", "及其 {}", items(count, self.language)),
        };
        let undo = self.call(Action::Undo);
        let said = say!(
            self.language,
            "Deleted “{}”{below}; press {undo} to undo",
            "已删除“{}”{below}；按 {undo} 撤销",
            short(&self.log.tasks[task])
        );
        let file = self.log.tasks[task].file;
        let intent = Intent::DeleteTask { target: edit::Target::of(&self.log, task) };
        match self.try_change(file, intent) {
            Ok((_, effects)) => self.said(effects, said),
            Err(effects) => effects,
        }
    }

    /// Moves the item under the cursor and its descendants.
    pub(in crate::app) fn move_item(&mut self, to: Direction) -> Vec<Effect> {
        let Some(task) = self.item() else { return self.no_item() };
        if self.checklist.filter.most_cited {
            let sort = self.keymap.call(Action::SortByCitations, CHECKLIST);
            return self.tell(say!(
                self.language,
                "Items sorted by citations cannot be moved; press {sort} to restore file order",
                "清单正按被引次数排序；按 {sort} 恢复文件中的顺序后才能移动"
            ));
        }
        let (file, target) = (self.log.tasks[task].file, edit::Target::of(&self.log, task));
        let (name, undo) = (short(&self.log.tasks[task]), self.call(Action::Undo));
        let said = say!(self.language, "Moved “{name}”; press {undo} to undo", "已移动“{name}”；按 {undo} 撤销");
        self.change_item(file, Intent::MoveTask { target, to }, said)
    }

    /// Changes an item, moves the cursor to it, and confirms.
    fn change_item(&mut self, file: usize, intent: Intent, said: String) -> Vec<Effect> {
        let typed = intent.typed();
        match self.try_change(file, intent) {
            Ok((at, effects)) => {
                if let Some(task) = self.pending_at(file, at) {
                    self.show_item(task);
                }
                self.said(effects, said)
            }
            Err(effects) => {
                // The item is gone. Offer to add the typed text as a new item, so that it is not lost.
                if let Some(text) = typed {
                    let file = if file < self.log.files.len() { file } else { 0 };
                    self.ask(Purpose::AddItem { file, place: InsertAt::End }, &text);
                }
                effects
            }
        }
    }

    fn said(&mut self, mut effects: Vec<Effect>, said: String) -> Vec<Effect> {
        effects.extend(self.tell(said));
        effects
    }

    /// The pending item on the line of a file that contains byte `at`, as an index into
    /// [`Log::tasks`](crate::log::Log::tasks).
    pub(in crate::app) fn pending_at(&self, file: usize, at: usize) -> Option<usize> {
        let line = self.log.files[file].line_of(at);
        let is_there = |task: &Task| task.pending && (task.file, task.line) == (file, line);
        self.log.tasks.iter().position(is_there)
    }

    /// Moves the checklist's cursor to an item.
    pub(in crate::app) fn show_item(&mut self, task: usize) {
        let columns = self.checklist_columns().unwrap_or(1);
        self.checklist.show(&self.log, task, columns);
    }

    /// Opens the prompt for the checklist's filter.
    pub(in crate::app) fn filter_items(&mut self) {
        let before = self.checklist.filter.clone();
        let query = before.query.clone();
        self.ask(Purpose::FilterItems { before }, &query);
    }

    pub(in crate::app) fn set_filter(&mut self, filter: ItemFilter) {
        let columns = self.checklist_columns().unwrap_or(1);
        self.checklist.set_filter(&self.log, filter, columns);
    }

    /// Cycles through all, open and done items.
    pub(in crate::app) fn cycle_show(&mut self) {
        let filter = self.checklist.filter.clone();
        self.set_filter(ItemFilter { show: filter.show.next(), ..filter });
    }

    /// Toggles between most-cited-first and file order.
    pub(in crate::app) fn sort_by_citations(&mut self) -> Vec<Effect> {
        let filter = self.checklist.filter.clone();
        let most_cited = !filter.most_cited;
        if most_cited && self.checklist.cited.is_empty() {
            let text = self.language.pick(
                "No pending item is cited in the PDFs of papers you have read",
                "已读论文的 PDF 都没有引用待读清单中的论文",
            );
            return self.tell(text.to_owned());
        }
        self.set_filter(ItemFilter { most_cited, ..filter });
        Vec::new()
    }

    pub(in crate::app) fn ask(&mut self, purpose: Purpose, answer: &str) {
        self.overlays.push(Overlay::Prompt(Prompt::new(purpose, answer)));
    }
}
