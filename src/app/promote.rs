//! Read it, log it: a new entry, also out of an item of the checklist, which is settled by the
//! same change. What is not known is asked, one question after another; all that was settled
//! so far travels with the question as a [`Draft`].

use chrono::{Days, NaiveDate};

use super::edit_list::{items, open_below, short};
use super::editor::Spot;
use super::layout::Pane;
use super::pages::day;
use super::picker::{Row, Target};
use super::prompt::Purpose;
use super::{App, Effect};
use crate::log::SectionKind;
use crate::log::date::{HeadingDate, read_heading};
use crate::log::edit::{self, Intent, NewEntry, Settle, clean_title, newest_file, template};

/// How the user's changes are made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Habits {
    /// An item that becomes an entry is removed from the list; else it is ticked.
    pub removes_logged: bool,
    /// Whether the open items below one that becomes an entry are ticked with it; not set: the
    /// user is asked. They are never removed unasked.
    pub ticks_children: Option<bool>,
    /// A day is written behind an item that is ticked.
    pub writes_done_dates: bool,
    /// What the body of a new entry begins with; by default it follows the language of the log.
    pub template: Option<String>,
}

impl Habits {
    /// What is written behind an item that is ticked.
    pub fn done_date(&self, today: Option<NaiveDate>) -> Option<NaiveDate> {
        today.filter(|_| self.writes_done_dates)
    }
}

/// An entry that is about to be written, but for its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its title.
    title: String,
    /// Index into the files of the log.
    file: usize,
    /// The item that it comes from.
    from: Option<Origin>,
}

/// The item that an entry comes from, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    target: edit::Target,
    removes: bool,
    /// Those below it are ticked too.
    children: bool,
}

impl App {
    /// Begins to make an entry of the item under the cursor.
    pub(super) fn log_item(&mut self) -> Vec<Effect> {
        let Some(task) = self.item().filter(|&task| self.log.tasks[task].pending) else {
            return self.tell("Select an item of the checklist to log it; N writes an entry without one".into());
        };
        let open = open_below(&self.log, task);
        let item = &self.log.tasks[task];
        let Ok(title) = clean_title(title_in(&item.text)) else {
            return self.tell("The item has no text to make a title of".into());
        };
        let draft = |removes, children| {
            let target = edit::Target::of(&self.log, task);
            Draft { title: title.clone(), file: item.file, from: Some(Origin { target, removes, children }) }
        };
        let removes = self.habits.removes_logged;
        if open == 0 {
            return self.ask_day(draft(removes, false));
        }
        if let Some(ticks) = self.habits.ticks_children.filter(|_| !removes) {
            return self.ask_day(draft(false, ticks));
        }
        let choice =
            |label: String, removes, children| Row::choice(label, "", Target::ChooseDay(draft(removes, children)));
        let rows = if removes {
            vec![
                choice(format!("remove this and {} below it", items(open)), true, true),
                choice("tick this, and leave those below it".into(), false, false),
            ]
        } else {
            vec![
                choice("tick only this item".into(), false, false),
                choice(format!("tick this and {} below it", items(open)), false, true),
            ]
        };
        let title = format!("Log “{}”", short(item));
        self.choose_from(&title, rows, "")
    }

    /// Begins an entry that comes from no item.
    pub(super) fn log_title(&mut self, title: &str) -> Vec<Effect> {
        match clean_title(title) {
            Ok(title) => self.ask_day(Draft { title, file: newest_file(&self.log), from: None }),
            Err(_) => self.tell("Without a title nothing was written".into()),
        }
    }

    /// Asks for the day of an entry.
    pub(super) fn ask_day(&mut self, draft: Draft) -> Vec<Effect> {
        let of_day = |kind| match kind {
            SectionKind::Day(day) => Some(day),
            _ => None,
        };
        let newest = self.log.sections.iter().filter_map(|section| of_day(section.kind)).max();
        let tomorrow = self.today().and_then(|today| today.checked_add_days(Days::new(1)));
        let known = [("today", self.today()), ("tomorrow", tomorrow), ("the newest day of the log", newest)];
        let mut days: Vec<NaiveDate> = Vec::new();
        let mut rows = Vec::new();
        for (name, date) in known.into_iter().filter_map(|(name, date)| Some((name, date?))) {
            if !days.contains(&date) {
                days.push(date);
                rows.push(Row::choice(name, day(date), Target::Log(draft.clone(), date)));
            }
        }
        rows.push(Row::choice("another day…", "", Target::TypeDay(draft.clone())));
        self.choose_from(&format!("When was “{}” read?", crate::text::cut(&draft.title, 40)), rows, "")
    }

    /// Asks for the day of an entry in writing.
    pub(super) fn type_day(&mut self, draft: Draft) {
        self.ask(Purpose::Day(draft), "");
    }

    /// Takes a day that was typed.
    pub(super) fn log_on_typed_day(&mut self, draft: Draft, typed: &str) -> Vec<Effect> {
        if let Some(HeadingDate::Day(date)) = read_heading(typed) {
            return self.log(draft, date);
        }
        self.ask(Purpose::Day(draft), typed);
        self.tell_error(format!("“{typed}” is no day; write it like 2031.5.17"))
    }

    /// Writes the entry, and opens the editor in it once it is on the disk.
    pub(super) fn log(&mut self, draft: Draft, date: NaiveDate) -> Vec<Effect> {
        let Draft { title, file, from } = draft;
        let body = self.habits.template.clone().unwrap_or_else(|| template(&self.log).to_owned());
        let entry = NewEntry { title: title.clone(), date, body };
        let (intent, settled) = match from {
            None => (Intent::LogEntry(entry), ""),
            Some(Origin { target, removes, children }) => {
                let task = match target.find(&self.log, file) {
                    Ok(task) => task,
                    Err(refusal) => return self.tell_error(refusal.to_string()),
                };
                let settle = if removes { Settle::Remove } else { Settle::Tick(self.habits.done_date(self.today())) };
                let settled = if removes { ", removed from the list" } else { ", ticked" };
                (Intent::promote(&self.log, task, settle, children, entry), settled)
            }
        };
        match self.made(file, intent) {
            Ok((at, mut effects)) => {
                let line = self.log.files[file].line_of(at);
                let new = self.log.entries.iter().find(|entry| (entry.file, entry.line) == (file, line));
                if let Some(key) = new.map(|entry| entry.key.clone()) {
                    self.go_to(&key);
                    self.focus = Pane::Page;
                    self.wish = Some(Spot::Entry(key));
                }
                effects.extend(self.tell(format!("Logged on {}{settled}: {title}; U takes it back", day(date))));
                effects
            }
            Err(effects) => effects,
        }
    }
}

/// The title in an item's text: what stands between book marks, else all of it.
fn title_in(text: &str) -> &str {
    let inside = text.split_once('《').and_then(|(_, rest)| rest.split_once('》'));
    inside.map(|(title, _)| title).filter(|title| !title.trim().is_empty()).unwrap_or(text)
}
