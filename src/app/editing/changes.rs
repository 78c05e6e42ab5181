//! Changes to the log: apply, undo, redo, and merge with changes from outside.

use std::sync::Arc;

use super::history::UndoableChange;
use super::news::{news, written};
use crate::app::flight::ChangeId;
use crate::app::keys::action::Action;
use crate::app::panes::checklist::ItemId;
use crate::app::panes::timeline::RowId;
use crate::app::{App, Effect, Status, Tone};
use crate::log::edit::{Applied, Intent, Refusal};
use crate::log::{Log, Task};
use crate::say;
use crate::words::{Say, Sentence};

impl App {
    /// Ticks a task, or unticks it if it is done or dropped.
    pub(in crate::app) fn toggle(&mut self, task: usize) -> Vec<Effect> {
        self.set_done(task, !self.log.tasks[task].is_closed())
    }

    /// Ticks or unticks a task. Does nothing if it is in this state already.
    pub(in crate::app) fn set_done(&mut self, task: usize, done: bool) -> Vec<Effect> {
        let file = self.log.tasks[task].file;
        let date = self.edit_options.done_date(&self.log, file, self.today());
        let intent = Intent::set_done_on(&self.log, task, done, date);
        intent.map_or_else(Vec::new, |intent| self.change(file, intent))
    }

    /// Applies a change to the model at once and asks the shell to save it.
    pub(in crate::app) fn change(&mut self, file: usize, intent: Intent) -> Vec<Effect> {
        match self.try_change(file, intent) {
            Ok((_, effects)) => effects,
            Err(effects) => effects,
        }
    }

    /// Like [`Self::change`], but returns (byte offset of the change in the new text, effects). If the change
    /// is refused, shows the reason and returns the effects of showing it as `Err`.
    pub(in crate::app) fn try_change(
        &mut self,
        file: usize,
        intent: Intent,
    ) -> Result<(usize, Vec<Effect>), Vec<Effect>> {
        if self.is_loading() {
            return Err(self.tell_to_wait());
        }
        match self.apply(file, &intent) {
            Ok(applied) => {
                let change = self.history.record(file, intent, applied.inverse);
                Ok((applied.at, vec![Effect::Save { id: change.id, file, intent: change.intent, undoes: None }]))
            }
            Err(refusal) => Err(self.tell_error(refusal.say(self.language))),
        }
    }

    /// Applies an intent to the model; every cursor stays on its row.
    pub(in crate::app) fn apply(&mut self, file: usize, intent: &Intent) -> Result<Applied, Refusal> {
        let place = self.timeline.place(&self.log);
        let item = self.checklist.place(&self.log);
        let length = |log: &Log| log.files.get(file).map_or(0, |file| file.text.len());
        let before = length(&self.log);
        let applied = intent.apply(Arc::make_mut(&mut self.log), file)?;
        let is_paper =
            intent.task(&self.log, file).is_ok_and(|task| task.is_some_and(|task| self.log.paper(task).is_some()));
        if !intent.kept_places(before, length(&self.log)) || is_paper {
            self.find_again(place.as_ref(), item.as_ref());
        } else if self.checklist.filter.is_on() {
            self.set_filter(self.checklist.filter.clone());
        }
        Ok(applied)
    }

    /// Applies an inverse. If that removes the entry on the page, goes back to where the user was before the
    /// entry was written.
    pub(in crate::app) fn revert(&mut self, file: usize, inverse: &Intent) -> Result<Applied, Refusal> {
        let place = self.timeline.place(&self.log);
        let applied = self.apply(file, inverse)?;
        if let Some(RowId::Entry(key)) = place
            && self.log.find(&key).is_none()
            && let Some(before) = self.jumps.back(None)
        {
            self.timeline.rebuild(&self.log, Some(&before));
        }
        Ok(applied)
    }

    /// Undoes the most recent change that is still in the log, even if another run made it.
    pub(in crate::app) fn undo(&mut self) -> Vec<Effect> {
        let mut passed = 0;
        while let Some(change) = self.history.nth(passed).cloned() {
            let stands = match change.is_refused {
                true => change.inverse.would_undo(&self.log, change.file),
                false => change.inverse.can_still_be_undone(&self.log, change.file),
            };
            match stands {
                Ok(true) => return self.undo_this(&change, passed),
                // It was already undone by hand.
                Ok(false) => _ = self.history.forget(change.which),
                Err(_) if change.is_refused => passed += 1,
                Err(refusal) => return self.refuse_undo(&change, &refusal),
            }
        }
        self.tell(self.language.pick("Nothing to undo", "没有可撤销的修改").into())
    }

    /// Undoes a change; `passed` is the number of newer ones that cannot be undone.
    fn undo_this(&mut self, change: &UndoableChange, passed: usize) -> Vec<Effect> {
        if self.is_loading() {
            return self.tell_to_wait();
        }
        let file = change.file;
        match self.revert(file, &change.inverse) {
            Ok(applied) => {
                let what = self.with_passed(change.what.get(self.language), passed);
                let taken = self.language.pick("Undone", "已撤销");
                let mut effects = self.show_change(file, &what, applied.at, taken);
                let sent = self.history.undone(change.which, applied.inverse);
                let undoes = Some(change.which);
                effects.extend(sent.map(|sent| Effect::Save { id: sent.id, file, intent: sent.intent, undoes }));
                effects
            }
            Err(refusal) => self.refuse_undo(change, &refusal),
        }
    }

    fn with_passed(&self, what: &str, passed: usize) -> String {
        match passed {
            0 => what.to_owned(),
            _ => say!(
                self.language,
                "{what} (skipped {passed} newer that cannot be undone)",
                "{what}（跳过了 {passed} 处较新的修改，它们无法撤销）"
            ),
        }
    }

    /// Explains why a change cannot be undone. The next undo skips it, unless a merge conflict is the reason.
    fn refuse_undo(&mut self, change: &UndoableChange, refusal: &Refusal) -> Vec<Effect> {
        let is_of_now = matches!(refusal, Refusal::Conflict(_));
        if !is_of_now {
            self.history.refuse(change.which);
        }
        let before = !is_of_now && self.history.undoable().any(|(other, _)| !other.is_refused);
        let reason = match change.is_written_over {
            true => say!(
                self.language,
                "you have since edited the lines of this change ({})",
                "此修改（{}）涉及的行，后来在编辑器中又有改动",
                change.what.get(self.language)
            ),
            // These reasons do not name the change.
            false if matches!(refusal, Refusal::Edited(_) | Refusal::WrittenBelow(_)) => {
                let (what, reason) = (change.what.get(self.language), refusal.reason(self.language));
                say!(self.language, "{what}: {reason}", "{what}：{reason}")
            }
            false => refusal.reason(self.language),
        };
        let undo = self.call(Action::Undo);
        let text = match before {
            true => say!(
                self.language,
                "Cannot undo: {reason}; press {undo} again to undo the change before it",
                "无法撤销：{reason}；再按 {undo} 撤销更早的一次修改"
            ),
            false => say!(self.language, "Cannot undo: {reason}", "无法撤销：{reason}"),
        };
        self.tell_error(text)
    }

    pub(in crate::app) fn redo(&mut self) -> Vec<Effect> {
        if self.is_loading() {
            return self.tell_to_wait();
        }
        let Some((file, intent)) = self.history.take_redo() else {
            return self.tell(self.language.pick("Nothing to redo", "没有可重做的修改").into());
        };
        match self.apply(file, &intent) {
            Ok(applied) => {
                let (what, made) = (intent.summary(self.language), self.language.pick("Redone", "已重做"));
                let mut effects = self.show_change(file, &what, applied.at, made);
                let change = self.history.note(file, intent, applied.inverse);
                effects.push(Effect::Save { id: change.id, file, intent: change.intent, undoes: None });
                effects
            }
            Err(refusal) => {
                self.tell_error(say!(self.language, "Cannot redo: {}", "无法重做：{}", refusal.say(self.language)))
            }
        }
    }

    /// Reports what was undone or redone, and moves the cursor to the item if a pending item was changed.
    fn show_change(&mut self, file: usize, what: &str, at: usize, done: &str) -> Vec<Effect> {
        let line = self.log.files[file].line_of(at);
        let on_line = |task: &Task| (task.file, task.line) == (file, line);
        let changed = self.log.tasks.iter().position(on_line);
        if let Some(task) = changed.filter(|&task| self.log.tasks[task].pending) {
            self.show_item(task);
        }
        self.tell(say!(self.language, "{done}: {what}", "{done}：{what}"))
    }

    /// A change was saved. Opens the editor or leaves the log, if either was waiting for the save.
    pub(in crate::app) fn saved(&mut self, id: ChangeId) -> Vec<Effect> {
        self.history.saved(id);
        let mut effects = self.open_editor();
        effects.extend(self.leave_when_saved());
        effects
    }

    /// A change was rejected.
    pub(in crate::app) fn refused(&mut self, id: ChangeId, reason: Sentence) -> Vec<Effect> {
        if let Some(change) = self.history.refused(id) {
            self.forget_new_file(&change);
            // The file will be reloaded; until then the screen must not show the change.
            let _ = self.revert(change.file, &change.inverse);
            if self.lists_problems() {
                self.update_problems();
            }
        }
        self.pending_edit = None;
        self.stay();
        self.tell_error(reason.take(self.language))
    }

    /// Replaces the log after a reload. Every cursor stays on its row; if the row is gone, edits meant for it
    /// are refused.
    pub(in crate::app) fn loaded(&mut self, mut log: Log) -> Vec<Effect> {
        self.history.replay(&mut log);
        let news = news(&self.log, &log, self.language);
        let place = self.timeline.place(&self.log);
        let entry = self.timeline.entry().map(|entry| self.log.entries[entry].name().to_owned());
        let item = self.checklist.place(&self.log);
        self.has_unseen_change |= news.is_some();
        self.log = Arc::new(log);
        self.figures.doubt();
        self.read_anew(place.as_ref());
        self.checklist.follow(&self.log, item.as_ref(), self.checklist_columns().unwrap_or(1));
        if let Some(RowId::Entry(key)) = &place
            && self.log.find(key).is_none()
        {
            self.vanished_entry = entry.map(|name| crate::text::cut(&name, 40).into_owned());
        }
        let followed = self.reviewing.follow_titles(&self.log, self.language);
        // An error shown just before is more important than the news.
        if self.status.as_ref().is_some_and(|status| status.tone == Tone::Error) {
            return Vec::new();
        }
        self.tell(
            followed
                .or(news)
                .unwrap_or_else(|| self.language.pick("Reloaded: nothing changed", "已重新读取：没有变化").into()),
        )
    }

    /// Replaces the log after files were added, removed or renamed.
    pub(in crate::app) fn moved(&mut self, log: Log, from: &[Option<usize>]) -> Vec<Effect> {
        let now = |old: usize| from.iter().position(|before| *before == Some(old));
        self.history.moved(now);
        self.pending_edit = self.pending_edit.take().and_then(|target| target.moved(now));
        let open = self.overlays.len();
        self.overlays.retain_mut(|overlay| overlay.moved(&now));
        if self.overlays.len() < open {
            let gone = self.language.pick("The file is gone, so the list was closed", "文件已不存在，相应的列表已关闭");
            _ = self.tell_error(gone.into());
        }
        self.figures.forget();
        let mut effects = self.loaded(log);
        effects.extend(self.show_new_file());
        effects
    }

    /// Replaces the log after the user's editor closed. Unlike [`Self::loaded`], reports the edits as the
    /// user's own. Earlier changes that the edits overwrote are marked, so that undo can say why it fails.
    pub(in crate::app) fn edited(&mut self, mut log: Log) -> Vec<Effect> {
        self.history.replay(&mut log);
        self.history.written_over(&self.log, &log);
        let written = written(&self.log, &log, self.language);
        let place = self.timeline.place(&self.log);
        let item = self.checklist.place(&self.log);
        self.log = Arc::new(log);
        self.figures.doubt();
        self.find_again(place.as_ref(), item.as_ref());
        let followed = self.reviewing.follow_titles(&self.log, self.language);
        let Some(said) = followed.or(written) else { return Vec::new() };
        // A notice about which editor was used is kept, after the summary.
        match self.status.take() {
            Some(Status { text, tone: Tone::Notice }) => self.tell(format!("{said} · {text}")),
            _ => self.tell(said),
        }
    }

    /// The shell has drawn the current layout.
    pub fn drawn(&mut self) {
        self.has_unseen_change = false;
    }

    /// Rebuilds every pane and today's reviews after the log changed, and restores the cursors.
    pub(in crate::app) fn find_again(&mut self, place: Option<&RowId>, item: Option<&ItemId>) {
        self.read_anew(place);
        self.reviewing.refresh(&self.log);
        self.checklist.rebuild(&self.log, item, self.checklist_columns().unwrap_or(1));
    }

    fn read_anew(&mut self, place: Option<&RowId>) {
        self.revision += 1;
        self.timeline.rebuild(&self.log, place);
        self.forget_found();
        self.keep_figure();
    }

    /// Another program's save undid a change, or the change never reached the disk: offers to redo it.
    pub(in crate::app) fn offer(&mut self, file: usize, intent: Intent) -> Vec<Effect> {
        // A narrow screen cuts the end of the message, so it starts with what to do.
        let (what, redo) = (intent.summary(self.language), self.call(Action::Redo));
        let text = say!(
            self.language,
            "Press {redo} to redo a change that another program overwrote: {what}",
            "按 {redo} 重做被其他程序覆盖的修改：{what}"
        );
        self.history.offer(file, intent);
        self.status = Some(Status { text, tone: Tone::Notice });
        Vec::new()
    }
}
