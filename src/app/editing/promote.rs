//! Logging a paper as a new entry, from a typed title or from a pending item. Logging an item also ticks or
//! removes the item, in the same change. Missing facts are asked for one by one; a [`PlannedEntry`] holds
//! the answers so far.

use chrono::{Days, NaiveDate};

use super::editor::EditTarget;
use crate::app::keys::action::Action;
use crate::app::lists::picker::{Picker, PickerRow, PickerTarget};
use crate::app::lists::prompt::Purpose;
use crate::app::panes::checklist::{items, open_below, short};
use crate::app::panes::part::Part;
use crate::app::screen::layout::Pane;
use crate::app::{App, Effect, Overlay};
use crate::log::date::{HeadingDate, format_day, read_heading};
use crate::log::dialect::marked_title;
use crate::log::edit::{
    self, Intent, ItemOutcome, NewEntry, Origin, PlannedEntry, Wanted, clean_title, headings, is_undated, newest_file,
    template, writes_done_dates,
};
use crate::log::template::{Facts, filled};
use crate::log::{Log, Role, Section, SectionKind, normalise};
use crate::say;
use crate::words::Say;

/// Settings for how changes are written to the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EditOptions {
    /// Whether a logged item is removed from the list instead of ticked.
    pub removes_logged: bool,
    /// Whether the open children of a logged item are ticked with it; `None` asks. Open children are never
    /// removed without asking.
    pub ticks_children: Option<bool>,
    /// Whether the date is appended to a ticked item.
    pub writes_done_dates: bool,
    /// The body of a new entry; `None` for the default, which follows the log's language.
    pub template: Option<String>,
}

impl EditOptions {
    /// The date to append to a ticked item; `None` unless the settings ask for it or other items of the file
    /// have such a date.
    pub(crate) fn done_date(&self, log: &Log, file: usize, today: Option<NaiveDate>) -> Option<NaiveDate> {
        today.filter(|_| self.writes_done_dates || writes_done_dates(log, file))
    }
}

impl App {
    /// Logs the item under the cursor.
    pub(in crate::app) fn log_item(&mut self) -> Vec<Effect> {
        let Some(task) = self.item().filter(|&task| self.log.tasks[task].pending) else {
            return self.tell_no_item_to_log();
        };
        if let Some(paper) = self.log.paper(task) {
            return self.read_paper(task, paper);
        }
        let open = open_below(&self.log, task);
        let item = &self.log.tasks[task];
        let Ok(title) = clean_title(title_in(&item.text)) else {
            return self
                .tell(self.language.pick("This item has no text for a title", "此项没有可用作标题的文字").into());
        };
        let facts = self.facts_of_item(&item.text);
        let planned = |removes, children| {
            let target = edit::Target::of(&self.log, task);
            let from = Some(Box::new(Origin { target, removes, children }));
            PlannedEntry { title: title.clone(), file: item.file, day: None, from, facts: facts.clone() }
        };
        let removes = self.edit_options.removes_logged;
        if open == 0 {
            return self.ask_day(planned(removes, false));
        }
        if let Some(ticks) = self.edit_options.ticks_children.filter(|_| !removes) {
            return self.ask_day(planned(false, ticks));
        }
        let choice = |label: String, removes, children| {
            PickerRow::choice(label, "", PickerTarget::ChooseDay(planned(removes, children)))
        };
        let rows = if removes {
            vec![
                choice(
                    say!(self.language, "remove this and its {}", "移除此项及其 {}", items(open, self.language)),
                    true,
                    true,
                ),
                choice(
                    self.language.pick("tick this, and leave its sub-items", "勾选此项，保留子项").into(),
                    false,
                    false,
                ),
            ]
        } else {
            vec![
                choice(self.language.pick("only this item", "仅此项").into(), false, false),
                choice(say!(self.language, "this and its {}", "此项及其 {}", items(open, self.language)), false, true),
            ]
        };
        let title = match removes {
            true => say!(self.language, "Log “{}” and:", "将“{}”记为已读，并且：", short(item)),
            false => say!(self.language, "Log “{}” and tick:", "将“{}”记为已读，并勾选：", short(item)),
        };
        self.choose_from(&title, rows, "")
    }

    /// For an item that is itself the title of an entry: ticks the item, unless it is done, and shows the entry.
    fn read_paper(&mut self, task: usize, paper: usize) -> Vec<Effect> {
        let (key, title) = (self.log.entries[paper].key.clone(), short(&self.log.tasks[task]));
        let was_read = self.log.entries[paper].read;
        let mut effects = if was_read { Vec::new() } else { self.set_done(task, true) };
        if self.log.find(&key).is_some_and(|paper| self.log.entries[paper].read) {
            self.go_to(&key);
            self.focus = Pane::Summary;
        }
        if !was_read && self.focus == Pane::Summary {
            let undo = self.call(Action::Undo);
            effects.extend(self.tell(say!(
                self.language,
                "“{title}” is already in the log, so the item was ticked; press {undo} to undo",
                "“{title}”已在日志中，已勾选此项；按 {undo} 撤销"
            )));
        }
        effects
    }

    /// Explains why there is no item to log.
    fn tell_no_item_to_log(&mut self) -> Vec<Effect> {
        if let Some(text) = self.checklist.lost().map(|text| crate::text::cut(text, 40).into_owned()) {
            return self.tell_gone(&text);
        }
        let new = self.call(Action::LogTitle);
        self.tell(say!(
            self.language,
            "Select an item in Pending to log it, or press {new} for a new title",
            "请先在待读清单中选中一项；按 {new} 可直接新建条目"
        ))
    }

    /// Logs a typed title, which may have a date before it.
    pub(in crate::app) fn log_title(&mut self, typed: &str, facts: Facts) -> Vec<Effect> {
        let (file, undated) = match self.line_here() {
            Some((file, _)) if is_undated(&self.log, file) => (file, true),
            _ => (self.shown_file().unwrap_or_else(|| newest_file(&self.log)), false),
        };
        let undated = undated || is_undated(&self.log, file) || !edit::topics(&self.log).is_empty();
        // In a log without days the date is part of the title.
        let (day, title) = if undated { (None, typed) } else { day_before(typed) };
        match clean_title(title) {
            Ok(title) => {
                let facts = self.facts_of_address(&title).map_or(facts, |(_, facts)| facts);
                self.ask_day(PlannedEntry { title, file, day, from: None, facts })
            }
            Err(_) => self.tell(self.language.pick("No title, so nothing was written", "没有标题，未写入").into()),
        }
    }

    /// The file to which the timeline is narrowed, if entries can be written into it.
    fn shown_file(&self) -> Option<usize> {
        let Some(Part::File(name)) = &self.timeline.part else { return None };
        self.log.files.iter().position(|file| file.name == *name && file.reading.role == Role::Log)
    }

    /// Asks for the day of a new entry. If its title is in the log already, first asks whether the old entry
    /// was meant.
    pub(in crate::app) fn ask_day(&mut self, planned: PlannedEntry) -> Vec<Effect> {
        let wanted = normalise(&planned.title);
        let twins = self.log.entries.iter().filter(|entry| entry.normalised_title() == wanted);
        let mut rows: Vec<PickerRow> = twins
            .map(|entry| {
                let date = entry.date.map(format_day).unwrap_or_default();
                PickerRow::choice(
                    self.language.pick("go to it", "转到该条目"),
                    date,
                    PickerTarget::Entry(entry.key.clone()),
                )
            })
            .collect();
        if rows.is_empty() {
            return self.ask_day_of_any(planned);
        }
        let title =
            say!(self.language, "“{}” is already in the log", "“{}”已在日志中", crate::text::cut(&planned.title, 40));
        rows.push(PickerRow::choice(
            self.language.pick("write another entry with this title", "用此标题再写一条"),
            "",
            PickerTarget::LogAgain(planned),
        ));
        self.choose_from(&title, rows, "")
    }

    /// Writes a new entry if its day is known; otherwise asks for its day, heading or topic. Its title may be
    /// in the log already.
    pub(in crate::app) fn ask_day_of_any(&mut self, planned: PlannedEntry) -> Vec<Effect> {
        if let Some(day) = planned.day {
            return self.log(planned, day);
        }
        if is_undated(&self.log, planned.file) {
            return self.ask_heading(planned);
        }
        if let Some(effects) = self.ask_topic(&planned) {
            return effects;
        }
        let of_day = |kind| match kind {
            SectionKind::Day(day) => Some(day),
            _ => None,
        };
        let newest = self.log.sections.iter().filter_map(|section| of_day(section.kind)).max();
        let tomorrow = self.today().and_then(|today| today.checked_add_days(Days::new(1)));
        let known = [
            (self.language.pick("today", "今天"), self.today()),
            (self.language.pick("tomorrow", "明天"), tomorrow),
            (self.language.pick("the latest day in the log", "日志中最新的一天"), newest),
        ];
        let mut days: Vec<NaiveDate> = Vec::new();
        let mut rows = Vec::new();
        for (name, date) in known.into_iter().filter_map(|(name, date)| Some((name, date?))) {
            if !days.contains(&date) {
                days.push(date);
                rows.push(PickerRow::choice(name, format_day(date), PickerTarget::Log(planned.clone(), date)));
            }
        }
        rows.push(PickerRow::choice(
            self.language.pick("another day…", "其他日期…"),
            "",
            PickerTarget::TypeDay(planned.clone()),
        ));
        let title = crate::text::cut(&planned.title, 40);
        let path = &self.log.files[planned.file].name;
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let question = if self.log.files.len() > 1 && self.log.folders.is_empty() {
            say!(self.language, "Which day for “{title}”, in {file}?", "“{title}”记在 {file} 的哪一天？")
        } else {
            say!(self.language, "Which day for “{title}”?", "“{title}”记在哪一天？")
        };
        self.choose_from(&question, rows, "")
    }

    /// Asks for the heading of a new entry in a log without days, listing the heading of the selected paper
    /// first.
    fn ask_heading(&mut self, planned: PlannedEntry) -> Vec<Effect> {
        let current = self.page_section().map(|section| self.log.sections[section].heading.clone());
        let mut sections = headings(&self.log, planned.file);
        sections.sort_by_key(|section| current.as_ref() != Some(&section.heading));
        let row = |section: &&Section| {
            let papers = self.language.counted(section.entries().len(), "paper", "papers", "篇论文");
            let begin = self.language.pick("above the first heading", "第一个标题之前");
            let label = if section.heading.is_empty() { begin } else { &section.heading };
            PickerRow::choice(label, papers, PickerTarget::LogUnder(planned.clone(), section.heading.to_string()))
        };
        let rows: Vec<PickerRow> = sections.iter().map(row).collect();
        self.choose_from(
            &say!(
                self.language,
                "Which heading for “{}”?",
                "“{}”写到哪个标题下？",
                crate::text::cut(&planned.title, 40)
            ),
            rows,
            self.language.pick(
                "Every heading of this log appears more than once, so nothing was written",
                "日志中每个标题都出现多次，无法确定位置，未写入",
            ),
        )
    }

    /// Writes an entry under a heading.
    pub(in crate::app) fn log_under(&mut self, planned: PlannedEntry, heading: String) -> Vec<Effect> {
        let date = self.today().unwrap_or_default();
        self.log_at(planned, date, Some(heading))
    }

    /// Opens a prompt for the day of an entry.
    pub(in crate::app) fn type_day(&mut self, planned: PlannedEntry) {
        self.ask(Purpose::Day(planned), "");
    }

    /// Writes the entry on a typed day, or asks again if the text is not a date.
    pub(in crate::app) fn log_on_typed_day(&mut self, planned: PlannedEntry, typed: &str) -> Vec<Effect> {
        if let Some(HeadingDate::Day(date)) = read_heading(typed) {
            return self.log(planned, date);
        }
        self.ask(Purpose::Day(planned), typed);
        self.tell_error(say!(
            self.language,
            "“{typed}” is not a date; write it like 2031.5.17",
            "“{typed}”不是日期；请按 2031.5.17 的格式输入"
        ))
    }

    /// Writes the entry, and opens it in the editor once it is saved.
    pub(in crate::app) fn log(&mut self, planned: PlannedEntry, date: NaiveDate) -> Vec<Effect> {
        self.log_at(planned, date, None)
    }

    fn log_at(&mut self, planned: PlannedEntry, date: NaiveDate, under: Option<String>) -> Vec<Effect> {
        let PlannedEntry { title, file, from, facts, .. } = planned;
        let body =
            filled(self.edit_options.template.as_deref().unwrap_or_else(|| template(&self.log, self.language)), &facts);
        let entry = NewEntry { title: title.clone(), date, body, under: under.clone() };
        let (file, written) = match self.written(file, from.is_some(), &entry) {
            Ok(written) => written,
            Err(effects) => return effects,
        };
        let own = written.files().0.first().map(|own| (*own).clone());
        let (intent, settled) = match from.map(|from| *from) {
            None => (written, ""),
            Some(Origin { target, removes, children }) => {
                let task = match target.find(&self.log, file) {
                    Ok(task) => task,
                    Err(refusal) => return self.tell_error(refusal.say(self.language)),
                };
                let settle = if removes {
                    ItemOutcome::Remove
                } else {
                    ItemOutcome::Tick(self.edit_options.done_date(&self.log, file, self.today()))
                };
                let settled = match removes {
                    true => self.language.pick(" and removed the item", "，已移出清单"),
                    false => self.language.pick(" and ticked the item", "，已勾选"),
                };
                (Intent::promote_as(&self.log, task, settle, children, written), settled)
            }
        };
        if let Some(own) = own {
            return match self.try_change(file, intent) {
                Ok((_, effects)) => {
                    self.await_new_file(file, &own, settled);
                    effects
                }
                Err(effects) => effects,
            };
        }
        match self.try_change(file, intent) {
            Ok((at, mut effects)) => {
                let line = self.log.files[file].line_of(at);
                let new = self.log.entries.iter().find(|entry| (entry.file(), entry.line()) == (file, line));
                if let Some(key) = new.map(|entry| entry.key.clone()) {
                    self.go_to(&key);
                    self.focus = Pane::Summary;
                    self.pending_edit = Some(EditTarget::Text(key));
                }
                effects.extend(self.tell_logged(file, &title, (date, under.as_deref()), settled));
                effects
            }
            Err(effects) if self.is_loading() => effects,
            Err(effects) => {
                // Only an ordinary log has a line for another entry: not a file about one paper, or one without papers.
                if self.log.files[file].reading.role == Role::Log {
                    self.offer_editor(file, &entry);
                }
                effects
            }
        }
    }

    /// Returns (index of the file to change, change that writes the entry). The change may create a new file
    /// for the entry instead.
    fn written(&mut self, file: usize, is_from_item: bool, entry: &NewEntry) -> Result<(usize, Intent), Vec<Effect>> {
        let near = self.line_here().map(|(file, _)| file);
        let anchor = is_from_item.then_some(file);
        let wanted = Wanted { entry, anchor, near, is_own_body: self.edit_options.template.is_some() };
        let into = match edit::own_file(&self.log, wanted) {
            Ok(Some(own)) => return Ok((own.anchor, Intent::CreateFile(own.file))),
            Ok(None) if entry.under.is_none() => edit::file_of_day(&self.log, entry.date),
            Ok(None) => None,
            Err(refusal) => return Err(self.tell_error(refusal.say(self.language))),
        };
        if into.is_some_and(|into| is_from_item && into != file) {
            return Err(self.tell_error(
                self.language
                    .pick(
                        "The item and this day are in different files, and a change can only edit one. Nothing was written",
                        "待读项和这一天不在同一个文件中，而一次修改只能改一个文件。未写入",
                    )
                    .into(),
            ));
        }
        Ok((into.unwrap_or(file), Intent::LogEntry(entry.clone())))
    }

    fn tell_logged(
        &mut self,
        file: usize,
        title: &str,
        (date, under): (NaiveDate, Option<&str>),
        settled: &str,
    ) -> Vec<Effect> {
        let (day, undo) = (format_day(date), self.call(Action::Undo));
        let address = self.facts_of_address(title).map_or_else(String::new, |(id, _)| self.no_pdf_note(&id));
        let name = &self.log.files[file].name;
        let said = match under {
            // The start of a file without headings is all of it.
            Some("") if self.log.sections_of(file).len() < 2 => say!(
                self.language,
                "Logged “{title}” at the end of {name}{settled}; press {undo} to undo",
                "已将“{title}”记入 {name} 末尾{settled}；按 {undo} 撤销"
            ),
            Some("") => say!(
                self.language,
                "Logged “{title}” above the first heading{settled}; press {undo} to undo",
                "已将“{title}”记录到第一个标题之前{settled}；按 {undo} 撤销"
            ),
            Some(heading) => say!(
                self.language,
                "Logged “{title}” under “{heading}”{settled}; press {undo} to undo",
                "已将“{title}”记录到“{heading}”下{settled}；按 {undo} 撤销"
            ),
            None => say!(
                self.language,
                "Logged “{title}” on {day}{settled}; press {undo} to undo",
                "已将“{title}”记录到 {day}{settled}；按 {undo} 撤销"
            ),
        };
        self.tell(format!("{said}{address}"))
    }

    /// If an entry cannot be written reliably, offers to open the editor at the line where it belongs.
    fn offer_editor(&mut self, file: usize, entry: &NewEntry) {
        let line = edit::line_for(&self.log, file, entry);
        let name = &self.log.files[file].name;
        let edit = match self.log.files.len() {
            1 => say!(self.language, "write it in the editor, at line {line}", "用编辑器在第 {line} 行写入"),
            _ => say!(
                self.language,
                "write it in the editor, at {name}, line {line}",
                "用编辑器在 {name} 第 {line} 行写入"
            ),
        };
        let rows = vec![
            PickerRow::choice(edit, "", PickerTarget::Edit { file, line }),
            PickerRow::choice(self.language.pick("cancel", "取消"), "", PickerTarget::Nothing),
        ];
        let title = say!(self.language, "Not written: “{}”", "未写入：“{}”", crate::text::cut(&entry.title, 40));
        self.overlays.extend(Picker::new(title, rows).map(Overlay::Picker));
    }
}

/// Splits off a date before a title: `2031-05-17 Emu`.
fn day_before(typed: &str) -> (Option<NaiveDate>, &str) {
    let Some((first, rest)) = typed.trim().split_once(char::is_whitespace) else { return (None, typed) };
    match read_heading(first.trim_end_matches([':', '：', ','])) {
        Some(HeadingDate::Day(day)) if !rest.trim().is_empty() => (Some(day), rest.trim()),
        _ => (None, typed),
    }
}

/// The title in an item's text: the part in book-title marks, or else all of it.
fn title_in(text: &str) -> &str {
    marked_title(text).filter(|title| !title.trim().is_empty()).unwrap_or(text)
}
