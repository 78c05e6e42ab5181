//! What happened → the new state, and what must be done about it.

use super::action::Action;
use super::finder::Finder;
use super::help;
use super::keymap::{self, Code, Context, Key};
use super::layout::{self, Pane};
use super::news::news;
use super::viewport::Viewport;
use super::{App, Effect, Message, Overlay, Status, Tone};
use crate::log::Log;
use crate::log::edit::Intent;
use crate::text::safe;

/// How long a message stays, in milliseconds.
const MESSAGE: u64 = 4_000;

/// The longest count before a key.
const MOST: usize = 99_999;

impl App {
    /// Takes in what happened, and says what the shell must do.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let cursors = self.cursors();
        let mut effects = match message {
            Message::Key(key) => self.key(key),
            Message::Pasted(text) => self.paste(&text),
            Message::Mouse { at, kind } => self.mouse(at, kind),
            Message::Resized(size) => {
                self.size = size;
                Vec::new()
            }
            Message::Loaded(log) => self.loaded(*log),
            Message::Unreadable(reason) => self.tell_error(reason),
            Message::Saved(id) => {
                self.history.saved(id);
                Vec::new()
            }
            Message::Refused(id, reason) => {
                if let Some(change) = self.history.refused(id) {
                    // The file's own state follows; until then the screen must not lie.
                    let _ = change.inverse.apply(&mut self.log, change.file);
                }
                self.tell_error(reason)
            }
            Message::Alarm(id) => {
                if id == self.alarm && self.status.as_ref().is_some_and(|status| status.tone == Tone::News) {
                    self.status = None;
                }
                Vec::new()
            }
        };
        self.lay_out();
        if self.cursors() != cursors {
            self.show_cursors();
        }
        effects.dedup();
        effects
    }

    /// What, when it changes, must be brought into view; the wheel changes none of it.
    fn cursors(&self) -> impl PartialEq + use<> {
        let finder = self.finder().map(|finder| (finder.cursor, finder.hits.len()));
        (self.timeline.cursor, self.timeline.rows.len(), self.checklist.cursor, finder, self.size, self.focus)
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        let context = self.context();
        if self.status.as_ref().is_some_and(|status| status.tone != Tone::News) {
            self.status = None;
        }
        if context != Context::Finder && self.takes_digit(key.half_width()) {
            return Vec::new();
        }
        let action = keymap::action(context, key);
        let effects = match action {
            Some(action) => self.perform(action),
            None if context == Context::Finder => {
                self.type_in_finder(key);
                Vec::new()
            }
            None => Vec::new(),
        };
        self.count = None;
        effects
    }

    /// Digits count. Since 1, 2 and 3 alone are the panes, a count begins with 4 to 9.
    fn takes_digit(&mut self, key: Key) -> bool {
        let Code::Char(c @ '0'..='9') = key.code else { return false };
        let digit = c.to_digit(10).map_or(0, |digit| digit as usize);
        match self.count {
            None if digit < 4 => return false,
            count => self.count = Some((count.unwrap_or(0) * 10 + digit).min(MOST)),
        }
        true
    }

    fn perform(&mut self, action: Action) -> Vec<Effect> {
        let times = isize::try_from(self.count.unwrap_or(1)).unwrap_or(1);
        match action {
            Action::Quit => return vec![Effect::Quit],
            Action::ShowHelp => self.overlays.push(Overlay::Help(Viewport::default())),
            Action::Cancel => self.cancel(),
            Action::Focus(pane) => self.focus = pane,
            Action::FocusNext => self.focus_by(1),
            Action::FocusPrevious => self.focus_by(2),
            Action::Move(by) => self.move_by(by * times),
            Action::MoveHalfPages(by) => self.move_by(by * times * self.half_page()),
            Action::MoveToTop => self.move_by(-(isize::MAX / 2)),
            Action::MoveToBottom => self.move_by(isize::MAX / 2),
            Action::Fold => self.fold(),
            Action::Unfold => self.unfold(),
            Action::Open => self.open(),
            Action::MovePapers(by) => self.timeline.move_entries(by * times),
            Action::MoveMonths(by) => self.timeline.move_months(by * times),
            Action::Find => {
                let origin = (self.timeline.place(&self.log), self.reader.view);
                self.overlays.push(Overlay::Finder(Finder::new(&self.log, origin)));
            }
            Action::ToggleTask => match self.checklist.cursor {
                Some(task) => return self.toggle(task),
                None => return self.tell("There is nothing to tick: add an item such as “- [ ] a paper”".into()),
            },
            Action::Undo => return self.undo(),
            Action::Redo => return self.redo(),
            Action::Reload => return vec![Effect::Reload],
        }
        Vec::new()
    }

    fn focus_by(&mut self, by: usize) {
        let at = Pane::ALL.iter().position(|&pane| pane == self.focus).unwrap_or(0);
        self.focus = Pane::ALL[(at + by) % Pane::ALL.len()];
    }

    /// Lines that half a page of what has the focus holds.
    fn half_page(&self) -> isize {
        let area = match self.overlays.last() {
            Some(Overlay::Finder(_)) => Some(layout::finder(self.size).list),
            Some(Overlay::Help(_)) => Some(layout::inside(help::area(self.size))),
            None => self.text_area(self.focus),
        };
        area.map_or(1, |area| isize::from(area.height.cast_signed() / 2).max(1))
    }

    /// Moves the cursor of what has the focus, or scrolls it where there is none.
    pub(super) fn move_by(&mut self, by: isize) {
        let page = self.text_area(Pane::Page).map_or(0, |area| usize::from(area.height));
        let pending = self.text_area(Pane::Checklist).map_or(0, |area| usize::from(area.height));
        let help = usize::from(layout::inside(help::area(self.size)).height);
        match self.overlays.last_mut() {
            Some(Overlay::Finder(finder)) => return finder.move_by(by),
            Some(Overlay::Help(view)) => return view.scroll(by, help, help::lines().len()),
            None => {}
        }
        match self.focus {
            Pane::Timeline => {
                let last = self.timeline.rows.len().saturating_sub(1);
                self.timeline.cursor = self.timeline.cursor.saturating_add_signed(by).min(last);
            }
            Pane::Page => self.reader.view.scroll(by, page, self.reader.lines.len()),
            Pane::Checklist if self.checklist.cursor.is_none() => {
                self.checklist.view.scroll(by, pending, self.checklist.rows.len());
            }
            Pane::Checklist => self.checklist.move_by(by),
        }
    }

    fn fold(&mut self) {
        let columns = self.checklist_columns().unwrap_or(1);
        let folded = match self.focus {
            Pane::Timeline => self.timeline.fold(&self.log),
            Pane::Checklist => self.checklist.fold(&self.log, columns),
            Pane::Page => false,
        };
        if !folded && self.focus != Pane::Timeline {
            self.focus_by(2);
        }
    }

    fn unfold(&mut self) {
        let columns = self.checklist_columns().unwrap_or(1);
        let unfolded = match self.focus {
            Pane::Timeline => self.timeline.unfold(&self.log),
            Pane::Checklist => self.checklist.unfold(&self.log, columns),
            Pane::Page => false,
        };
        if !unfolded && self.focus != Pane::Checklist {
            self.focus_by(1);
        }
    }

    fn open(&mut self) {
        let columns = self.checklist_columns().unwrap_or(1);
        match (self.context(), self.focus) {
            (Context::Finder, _) => self.go_to_hit(),
            (_, Pane::Timeline) if self.timeline.is_on_month() => {
                if !self.timeline.unfold(&self.log) {
                    self.timeline.fold(&self.log);
                }
            }
            (_, Pane::Timeline) => self.focus = Pane::Page,
            (_, Pane::Checklist) => {
                if !self.checklist.unfold(&self.log, columns) && self.checklist.is_on_group(&self.log) {
                    self.checklist.fold(&self.log, columns);
                }
            }
            (_, Pane::Page) => {}
        }
    }

    /// Closes the topmost overlay; the finder takes one back to where one was.
    pub(super) fn cancel(&mut self) {
        match self.overlays.pop() {
            Some(Overlay::Finder(finder)) => {
                let (place, view) = finder.origin;
                self.timeline.rebuild(&self.log, place.as_ref());
                self.lay_out();
                self.reader.view = view;
            }
            Some(Overlay::Help(_)) => {}
            None => self.status = None,
        }
    }

    /// Goes from the finder to the paper that is selected there.
    pub(super) fn go_to_hit(&mut self) {
        let Some(entry) = self.finder().and_then(Finder::entry) else { return };
        let key = self.log.entries[entry].key.clone();
        self.overlays.pop();
        self.timeline.go_to(&self.log, &key);
        self.focus = Pane::Page;
    }

    fn type_in_finder(&mut self, key: Key) {
        use tui_input::InputRequest as Request;
        let request = match (key.code, key.ctrl || key.alt) {
            (Code::Char(c), false) if !c.is_control() => Request::InsertChar(c),
            (Code::Backspace, false) => Request::DeletePrevChar,
            (Code::Backspace, true) | (Code::Char('w'), true) => Request::DeletePrevWord,
            (Code::Delete, _) | (Code::Char('d'), true) => Request::DeleteNextChar,
            (Code::Char('u'), true) => Request::DeleteFromStart,
            (Code::Left, false) | (Code::Char('b'), true) => Request::GoToPrevChar,
            (Code::Right, false) | (Code::Char('f'), true) => Request::GoToNextChar,
            (Code::Left, true) => Request::GoToPrevWord,
            (Code::Right, true) => Request::GoToNextWord,
            (Code::Home, _) | (Code::Char('a'), true) => Request::GoToStart,
            (Code::End, _) | (Code::Char('e'), true) => Request::GoToEnd,
            _ => return,
        };
        if let Some(Overlay::Finder(finder)) = self.overlays.last_mut() {
            let before = finder.input.value().to_owned();
            finder.input.handle(request);
            if finder.input.value() != before {
                finder.search(&self.log);
            }
        }
    }

    /// Pasted text goes where text is typed: line ends become spaces, controls go.
    fn paste(&mut self, text: &str) -> Vec<Effect> {
        let text: String = text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect();
        if let Some(Overlay::Finder(finder)) = self.overlays.last_mut() {
            for c in safe(&text).chars().filter(|c| !matches!(c, '\u{2400}'..='\u{2421}')) {
                finder.input.handle(tui_input::InputRequest::InsertChar(c));
            }
            finder.search(&self.log);
        }
        Vec::new()
    }

    /// Ticks or unticks a task: in the model at once, then on the disk.
    pub(super) fn toggle(&mut self, task: usize) -> Vec<Effect> {
        let file = self.log.tasks[task].file;
        let done = !self.log.tasks[task].done;
        let Some(intent) = Intent::set_done(&self.log, task, done) else { return Vec::new() };
        match intent.apply(&mut self.log, file) {
            Ok(inverse) => {
                let change = self.history.record(file, intent, inverse);
                vec![Effect::Save { id: change.id, file, intent: change.intent }]
            }
            Err(refusal) => self.tell_error(refusal.to_string()),
        }
    }

    fn undo(&mut self) -> Vec<Effect> {
        match self.history.undo() {
            Some(change) => self.make(change, "Taken back"),
            None => self.tell("Nothing to take back".into()),
        }
    }

    fn redo(&mut self) -> Vec<Effect> {
        match self.history.redo() {
            Some(change) => self.make(change, "Made again"),
            None => self.tell("Nothing to make again".into()),
        }
    }

    /// Makes a change from the history, and shows where.
    fn make(&mut self, change: super::history::Change, done: &str) -> Vec<Effect> {
        let super::history::Change { id, file, intent, .. } = change;
        let mut effects = match intent.apply(&mut self.log, file).and_then(|_| intent.task(&self.log, file)) {
            Ok(task) => {
                if self.log.tasks[task].pending {
                    self.checklist.cursor = Some(task);
                }
                self.tell(format!("{done}: {}", self.log.tasks[task].text))
            }
            // The disk has the last word: it may have what is not known here yet.
            Err(_) => Vec::new(),
        };
        effects.push(Effect::Save { id, file, intent });
        effects
    }

    /// Takes a new reading in; every cursor stays on what it was on.
    fn loaded(&mut self, mut log: Log) -> Vec<Effect> {
        self.history.replay(&mut log);
        let news = news(&self.log, &log);
        let place = self.timeline.place(&self.log);
        let item = self.checklist.place(&self.log);
        self.log = log;
        self.revision += 1;
        self.timeline.rebuild(&self.log, place.as_ref());
        self.checklist.rebuild(&self.log, item.as_deref(), self.checklist_columns().unwrap_or(1));
        if let Some(Overlay::Finder(finder)) = self.overlays.last_mut() {
            let cursor = finder.cursor;
            finder.search(&self.log);
            finder.cursor = cursor.min(finder.hits.len().saturating_sub(1));
        }
        // A refusal that came before it says more than the news.
        if self.status.as_ref().is_some_and(|status| status.tone == Tone::Error) {
            return Vec::new();
        }
        self.tell(news.unwrap_or_else(|| "Read again: nothing has changed".into()))
    }

    /// Says something for a few seconds.
    fn tell(&mut self, text: String) -> Vec<Effect> {
        self.alarm += 1;
        self.status = Some(Status { text, tone: Tone::News });
        vec![Effect::SetAlarm { id: self.alarm, milliseconds: MESSAGE }]
    }

    /// Says something that stays until a key is pressed.
    fn tell_error(&mut self, text: String) -> Vec<Effect> {
        self.status = Some(Status { text, tone: Tone::Error });
        Vec::new()
    }
}
