//! The update function: message in, state changed, effects out.

use super::finding::everywhere::Everywhere;
use super::keys::action::Action;
use super::keys::context::Context;
use super::keys::key::{Code, KeyPress};
use super::keys::keymap::Bound;
use super::lists::palette::Palette;
use super::lists::prompt::Purpose;
use super::lists::sheet::{Sheet, Subject};
use super::screen::layout::Pane;
use super::{App, Effect, Message, MouseKind, Overlay, Status, Tone};
use crate::say;

/// How long a [`Tone::News`] message stays, in milliseconds.
const MESSAGE: u64 = 4_000;

/// The largest count before a key.
const MOST: usize = 99_999;

impl App {
    /// Applies a message and returns what the shell must do.
    #[must_use = "an effect that is dropped never happens"]
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let mut effects = self.defer(message).map_or_else(Vec::new, |message| self.take_in(message));
        while let Some(message) = self.next_deferred() {
            effects.extend(self.take_in(message));
        }
        effects
    }

    fn take_in(&mut self, message: Message) -> Vec<Effect> {
        let cursors = self.cursors();
        let (is_input, row) = (matches!(message, Message::Key(_) | Message::Mouse { .. }), self.timeline.cursor);
        let (open, alarm) = (self.overlays.len(), self.alarm);
        let mut effects = self.react(message);
        // News from before would hide the keys of what has just been opened.
        if is_input && self.overlays.len() > open && self.alarm == alarm {
            self.end_news(alarm);
        }
        if is_input && self.timeline.cursor != row {
            self.vanished_entry = None;
        }
        let search = self.update_search();
        self.lay_out();
        self.follow_hit();
        if self.cursors() != cursors {
            self.show_cursors();
        }
        effects.dedup();
        effects.extend(search);
        effects.extend(self.want_figures());
        effects
    }

    fn react(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Mouse { .. } if self.is_too_small() => {}
            Message::Mouse { kind: MouseKind::Press, .. } if self.has_unseen_change => return self.tell_unseen(),
            Message::Key(key) => return self.key(key),
            Message::Pasted(text) => return self.pasted(&text),
            Message::Mouse { at, kind } => {
                self.touch();
                let said = self.status.clone();
                let effects = self.mouse(at, kind);
                // A click also dismisses a message that waits for a key, unless the click set it.
                let is_answer = kind == MouseKind::Press && self.status == said;
                self.status.take_if(|status| is_answer && status.tone != Tone::News);
                return effects;
            }
            Message::Resized(size) => self.size = size,
            Message::Reading { done, all } => self.progressed(done, all),
            Message::Whole(log) => self.whole(*log),
            Message::LogsFound(offers) => self.logs_found(offers),
            Message::LogRead => return self.log_read(),
            Message::LogUnread(reason) => return self.log_unread(reason),
            Message::Pointed(offers) => return self.pointed(offers),
            Message::Corrected(log, said) => return self.corrected(*log, said),
            Message::Loaded(log) => return self.loaded(*log),
            Message::Moved { log, from } => return self.moved(*log, &from),
            Message::Watched(seconds) => self.poll_seconds = seconds,
            Message::Edited(log) => return self.edited(*log),
            Message::Linked(links) => {
                self.links = *links;
                self.revision += 1;
            }
            Message::ReadingPapers { done, all } => self.reading_papers = Some((done, all)),
            Message::Papers(index) => self.papers_read(*index),
            Message::PdfRead { typed, found } => return self.pdf_read(typed, found),
            Message::Named(aliases) => {
                self.aliases = aliases;
                self.revision += 1;
            }
            Message::Done(text) => return self.tell(text.take(self.language)),
            // Said only once, so it must not disappear by itself.
            Message::Failed(text) | Message::Kept(text) => return self.tell_error(text.take(self.language)),
            Message::Unavailable(text) => self.tell_unavailable(text.take(self.language)),
            Message::Available => self.available(),
            Message::Noticed(text) => {
                self.status = Some(Status { text: text.take(self.language), tone: Tone::Notice });
            }
            Message::Saved(id) => return self.saved(id),
            Message::Refused(id, reason) => return self.refused(id, reason),
            Message::Changes { made, gone } => self.history.learn(made, &gone),
            Message::Undone { file, intent } => return self.offer(file, intent),
            Message::Surveyed(disk) => return self.list_problems(disk),
            Message::Pictures(cell) => self.figures.set_cell(cell),
            Message::Figure(figure, found) => self.figures.insert(figure, found),
            Message::Found { generation, found } => self.found(generation, found),
            Message::Time(now) => self.revision += u64::from(self.reviewing.set_time(&self.log, now)),
            Message::Reviews(reviews) => return self.reviews_read(*reviews),
            Message::NoReviews(reason) => return self.reviews_unread(reason),
            Message::Reviewed(id) => return self.review_saved(id),
            Message::ReviewRefused(_, reason) => return self.review_refused(&reason),
            Message::Asked(action) => return self.perform(action),
            Message::Alarm(id) => self.end_news(id),
        }
        Vec::new()
    }

    /// When any of these change, the cursor is scrolled into view. The wheel changes none of them.
    fn cursors(&self) -> impl PartialEq + use<> {
        let overlay = self.body().and_then(|body| Some((body.cursor?, body.total)));
        let timeline = (self.timeline.cursor, self.timeline.rows.len());
        let checklist = (self.checklist.cursor, self.checklist.rows.len());
        (timeline, checklist, overlay, self.size, self.focus)
    }

    pub(super) fn key(&mut self, key: KeyPress) -> Vec<Effect> {
        self.touch();
        if self.is_too_small() {
            return self.key_unseen(key);
        }
        let context = self.context();
        let (typed, bound) = self.bound(key);
        let pressed = typed.last().copied().unwrap_or(key);
        if self.status.as_ref().is_some_and(|status| status.tone != Tone::News) {
            self.status = None;
        }
        let is_alone = std::mem::take(&mut self.typed).is_empty();
        if is_alone && context.takes_counts() && self.take_digit(pressed, bound) {
            return Vec::new();
        }
        let effects = match bound {
            Bound::Beginning => {
                self.typed = typed;
                return Vec::new();
            }
            Bound::Action(action) => self.perform(action),
            // An incomplete sequence is dropped; its last key is not tried on its own.
            Bound::Nothing if !is_alone && pressed.code == Code::Esc => Vec::new(),
            Bound::Nothing if !is_alone => self.tell_unbound(&typed),
            Bound::Nothing if self.remove_last_filter(key) => Vec::new(),
            Bound::Nothing if context.takes_text() => self.edit(|field| field.key(key)),
            Bound::Nothing => self.tell_unbound(&typed),
        };
        self.count = None;
        effects
    }

    /// Handles a key while the window is too small to show anything: only typing and leaving are possible.
    fn key_unseen(&mut self, key: KeyPress) -> Vec<Effect> {
        let context = self.context();
        let is_typing = context.takes_text();
        let (context, pressed) = if is_typing { (context, key) } else { (Context::Pane(self.focus), key.half_width()) };
        match self.keymap.look_up(context, &[pressed]) {
            Bound::Action(action @ (Action::Quit | Action::SuspendToShell)) => self.perform(action),
            Bound::Nothing if is_typing => self.edit(|field| field.key(key)),
            _ => Vec::new(),
        }
    }

    /// The keys typed so far including this one, and what they are bound to.
    pub(super) fn bound(&self, key: KeyPress) -> (Vec<KeyPress>, Bound) {
        let context = self.context();
        let pressed = if context.takes_text() { key } else { key.half_width() };
        let typed: Vec<KeyPress> = self.typed.iter().copied().chain([pressed]).collect();
        let bound = self.keymap.look_up(context, &typed);
        (typed, bound)
    }

    /// Tells the user that keys do nothing in this pane, and which pane they work in, if any. Overlays show
    /// their keys in the status line, so nothing is said there.
    fn tell_unbound(&mut self, typed: &[KeyPress]) -> Vec<Effect> {
        let Context::Pane(here) = self.context() else { return Vec::new() };
        let keys = typed.iter().map(KeyPress::to_string).collect::<Vec<_>>().join(" ");
        let is_bound = |pane| matches!(self.keymap.look_up(Context::Pane(pane), typed), Bound::Action(_));
        let elsewhere = Pane::ALL.into_iter().filter(|&pane| pane != here && is_bound(pane));
        let named = |pane: Pane| {
            let (name, focus) = (pane.name(self.language), self.call(Action::Focus(pane)));
            say!(self.language, "{name} (press {focus})", "“{name}”窗格（按 {focus}）")
        };
        let names: Vec<String> = elsewhere.map(named).collect();
        let text = match names.is_empty() {
            false => {
                let names = names.join(self.language.pick(" and ", "和"));
                say!(self.language, "{keys} works in {names}", "{keys} 用于{names}")
            }
            true => {
                let help = self.call(Action::ShowHelp);
                say!(
                    self.language,
                    "{keys} does nothing here; press {help} for the keys",
                    "{keys} 在这里无效；按 {help} 查看快捷键"
                )
            }
        };
        // A notice disappears with the next key, so unlike news it needs no timer.
        self.status = Some(Status { text, tone: Tone::Notice });
        Vec::new()
    }

    /// Adds a digit to the count and returns true; returns false for a key that is not part of a count. A
    /// count cannot start with 0 or with a bound digit: 1, 2 and 3 focus panes.
    fn take_digit(&mut self, key: KeyPress, bound: Bound) -> bool {
        let Code::Char(c @ '0'..='9') = key.code else { return false };
        let digit = c.to_digit(10).map_or(0, |digit| digit as usize);
        match self.count {
            None if digit == 0 || bound != Bound::Nothing => return false,
            count => self.count = Some((count.unwrap_or(0) * 10 + digit).min(MOST)),
        }
        true
    }

    #[expect(clippy::too_many_lines, reason = "one line per action")]
    pub(super) fn perform(&mut self, action: Action) -> Vec<Effect> {
        if self.must_wait(action) {
            return self.tell_to_wait();
        }
        if self.has_unseen_change && acts_on_what_is_seen(action) {
            return self.tell_unseen();
        }
        let times = isize::try_from(self.count.unwrap_or(1)).unwrap_or(1);
        match action {
            Action::Quit if self.has_unsaved_input() && !self.is_too_small() => return self.tell_unsaved_input(),
            Action::Quit => return vec![Effect::Quit],
            Action::SuspendToShell => return vec![Effect::Suspend],
            Action::ShowHelp => self.overlays.push(Overlay::Sheet(Sheet::new(Subject::Keys(self.context())))),
            Action::Cancel => return self.cancel(),
            Action::Focus(pane) => self.focus = pane,
            Action::Zoom => self.sizes.zoomed = !self.sizes.zoomed,
            Action::MoveDivider(by) => self.move_divider(by),
            Action::Heighten(by) => return self.heighten(by),
            Action::ToggleProse => return self.toggle_prose(),
            Action::FocusNext if self.context() == Context::Teach => self.next_file(),
            Action::FocusNext => self.focus_by(1),
            Action::FocusPrevious => self.focus_by(2),
            Action::Move(by) => self.move_by(by * times),
            Action::MoveHalfPages(by) => self.move_by(by * times * self.half_page()),
            Action::MoveToTop => self.move_by(-(isize::MAX / 2)),
            Action::MoveToBottom => self.move_by(isize::MAX / 2),
            Action::Fold => self.fold(),
            Action::Unfold => self.unfold(),
            Action::Open => return self.open(),
            Action::SearchPage if self.context() == Context::Sheet => self.ask(Purpose::NarrowSheet, ""),
            Action::SearchPage => self.search_page(),
            Action::NextHit => return self.step_hit(times),
            // With no search in the page, the key starts an entry, as it does in the lists.
            Action::PreviousHit if self.reader.search.is_none() && !self.must_wait(Action::LogTitle) => {
                self.ask(Purpose::Title, "");
            }
            Action::PreviousHit => return self.step_hit(-times),
            Action::ListLinks => return self.list_links(),
            Action::ListHeadings => return self.list_headings(),
            Action::ListUrls => return self.list_urls(),
            Action::NameReference => return self.name_reference(),
            Action::GoBack => return self.go_back(),
            Action::GoForward => return self.go_forward(),
            Action::CopyTitle => return self.copy_title(),
            Action::CopyEntry => return self.copy_entry(),
            Action::OpenPdf => return self.open_pdf(),
            Action::ListLibrary => return self.list_library(),
            Action::MovePapers(by) => self.timeline.move_entries(by * times),
            Action::MoveMonths(by) => self.move_months(by * times),
            Action::MoveDays(by) => self.move_days(by, times),
            Action::Review => return self.review(),
            Action::Reveal => self.reveal(),
            Action::RevealAll => self.show_steps(usize::MAX),
            Action::Grade(grade) => return self.grade(grade),
            Action::UndoGrade => return self.undo_grade(),
            Action::SuspendReview => return self.suspend(),
            Action::ShowCalendar => return self.show_calendar(),
            Action::ShowStatistics => return self.show_statistics(),
            Action::ShowWeek => return self.show_week(),
            Action::Find => self.find_papers(Vec::new()),
            Action::FindSorted(order) => self.find_papers(vec![order.chip(self.language).to_owned()]),
            Action::ToggleTask if self.focus == Pane::Summary => return self.toggle_on_page(),
            Action::ToggleTask => return self.toggle_item(),
            Action::AddItem if self.context() == Context::Library => return self.add_pdf(),
            Action::AddItem => return self.ask_for_item(false),
            Action::AddChild => return self.ask_for_item(true),
            Action::EditItem => return self.ask_for_text(),
            Action::DeleteItem => return self.delete_item(),
            Action::MoveItem(to) => return self.move_item(to),
            Action::FilterItems => self.filter_items(),
            Action::CycleShow => self.cycle_show(),
            Action::SortByCitations => return self.sort_by_citations(),
            Action::LogItem if self.context() == Context::Library => return self.log_pdf(),
            Action::LogItem => return self.log_item(),
            Action::LogTitle => self.ask(Purpose::Title, ""),
            Action::ListTodo => return self.list_todo(),
            Action::ListChanges => return self.list_changes(),
            Action::ListParts => return self.list_parts(),
            Action::Check => return vec![Effect::Survey],
            Action::Fix => return self.fix(),
            Action::FixAll => return self.fix_all(),
            Action::ShowReading => self.overlays.push(Overlay::Sheet(Sheet::new(Subject::Reading))),
            Action::Teach => return self.teach(),
            Action::Forget => return self.forget(),
            Action::Edit => return self.edit_here(),
            Action::FindEverywhere => self.overlays.push(Overlay::Everywhere(Everywhere::default())),
            Action::ShowPalette => {
                let palette = Palette::new(self.focus, &self.used, &self.keymap, self.language);
                self.overlays.push(Overlay::Palette(Box::new(palette)));
            }
            Action::ListThisDay => return self.list_this_day(),
            Action::GoToRandom => return self.go_to_any(),
            Action::ShowFigures => return self.show_figures(),
            Action::MoveFigures(by) => self.move_figures(by * times),
            Action::OpenOutside => return self.open_outside(),
            Action::Undo => return self.undo(),
            Action::Redo => return self.redo(),
            Action::ListThemes => return self.list_themes(),
            Action::SwitchLanguage => return self.switch_language(),
            Action::ListLogs => return self.list_logs(),
            Action::Reload => return vec![Effect::Reload],
        }
        Vec::new()
    }

    /// Refuses an action that the user chose on an outdated screen.
    fn tell_unseen(&mut self) -> Vec<Effect> {
        self.tell_error(
            self.language
                .pick(
                    "Another program has just changed the log, so nothing was done. Check and try again",
                    "日志刚被其他程序修改，未执行操作。请确认后重试",
                )
                .into(),
        )
    }

    /// Shows a message for a few seconds.
    pub(super) fn tell(&mut self, text: String) -> Vec<Effect> {
        self.alarm += 1;
        self.status = Some(Status { text, tone: Tone::News });
        vec![Effect::SetAlarm { id: self.alarm, milliseconds: MESSAGE }]
    }

    /// Removes the message that this alarm was set for, unless a newer message replaced it.
    fn end_news(&mut self, id: u64) {
        let is_news = |status: &Status| status.tone == Tone::News;
        if id == self.alarm {
            self.status.take_if(|status| is_news(status));
        }
    }

    /// Shows an error until a key is pressed.
    pub(super) fn tell_error(&mut self, text: String) -> Vec<Effect> {
        self.status = Some(Status { text, tone: Tone::Error });
        Vec::new()
    }
}

/// Whether an action changes the selected item or entry, and so must not run on an outdated screen.
fn acts_on_what_is_seen(action: Action) -> bool {
    matches!(
        action,
        Action::ToggleTask
            | Action::AddItem
            | Action::AddChild
            | Action::EditItem
            | Action::DeleteItem
            | Action::MoveItem(_)
            | Action::LogItem
            | Action::Edit
            | Action::Grade(_)
            | Action::SuspendReview
            | Action::NameReference
    )
}
