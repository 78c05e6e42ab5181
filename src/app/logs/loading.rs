//! A large log while it loads: its start is shown, and actions that need the whole log must wait, since
//! changes, counts and searches in half a log would be wrong.

use std::sync::Arc;

use crate::app::keys::action::Action;
use crate::app::{App, Effect, SavedSession};
use crate::log::Log;
use crate::say;

/// The state of loading.
#[derive(Debug)]
pub(in crate::app) struct LoadingState {
    /// The last session, to restore once the log has loaded.
    left: Option<SavedSession>,
    /// Whether the user has pressed a key or used the mouse.
    touched: bool,
    /// (bytes read, bytes in total); set once loading takes long.
    bytes: Option<(u64, u64)>,
    /// The last message that told the user to wait.
    told: Option<String>,
}

impl App {
    /// Starts with the beginning of a log that is still loading. `left` is the last session.
    pub fn begin(&mut self, left: Option<SavedSession>) {
        if let Some(left) = left.clone() {
            self.resume(left);
        }
        self.loading = Some(LoadingState { left, touched: false, bytes: None, told: None });
    }

    /// Whether only the start of the log has been read yet.
    pub(crate) fn is_loading(&self) -> bool {
        self.loading.is_some()
    }

    /// Loading progress in percent, once loading takes long.
    pub(crate) fn percent(&self) -> Option<u64> {
        let (done, all) = self.loading.as_ref()?.bytes?;
        // 100 % only once the whole log is shown.
        Some((done.saturating_mul(100) / all.max(1)).min(99))
    }

    /// Whether the log is loading but has not taken long yet. Input is then deferred, as if the log had been
    /// there from the start.
    pub(in crate::app) fn is_loading_briefly(&self) -> bool {
        self.loading.as_ref().is_some_and(|loading| loading.bytes.is_none())
    }

    /// Notes that the user has pressed a key or used the mouse.
    pub(in crate::app) fn touch(&mut self) {
        if let Some(loading) = &mut self.loading {
            loading.touched = true;
        }
    }

    /// Stores the progress, in bytes.
    pub(in crate::app) fn progressed(&mut self, done: u64, all: u64) {
        if let Some(loading) = &mut self.loading {
            loading.bytes = Some((done, all));
        }
    }

    /// Switches to the whole log. If the user has done nothing yet, restores the last session or goes to the
    /// newest paper; otherwise everything stays in place.
    pub(in crate::app) fn whole(&mut self, log: Log) {
        let Some(loading) = self.loading.take() else { return };
        let place = self.timeline.place(&self.log);
        let item = self.checklist.place(&self.log);
        let above = self.timeline.cursor.saturating_sub(self.timeline.view.top);
        self.log = Arc::new(log);
        self.figures.doubt();
        self.find_again(place.as_ref(), item.as_ref());
        self.timeline.view.top = self.timeline.cursor.saturating_sub(above);
        if !loading.touched {
            self.timeline.start();
            self.lay_out();
            match loading.left {
                Some(left) => self.resume(left),
                None => self.introduce(),
            }
        }
        if self.status.as_ref().map(|status| &status.text) == loading.told.as_ref() {
            self.status = None;
        }
    }

    /// Whether an action must wait until the log has loaded.
    pub(in crate::app) fn must_wait(&self, action: Action) -> bool {
        self.is_loading() && needs_all(action)
    }

    pub(in crate::app) fn tell_to_wait(&mut self) -> Vec<Effect> {
        let percent = self.percent().map(|percent| say!(self.language, " ({percent}%)", "（{percent}%）"));
        let percent = percent.unwrap_or_default();
        let text = say!(
            self.language,
            "The log is still loading{percent}; try again in a moment",
            "请稍候：正在读取日志{percent}"
        );
        if let Some(loading) = &mut self.loading {
            loading.told = Some(text.clone());
        }
        self.tell(text)
    }
}

/// Whether an action needs the whole log, because it changes or searches it. True unless listed here.
fn needs_all(action: Action) -> bool {
    !matches!(
        action,
        Action::Quit
            | Action::SuspendToShell
            | Action::ShowHelp
            | Action::Cancel
            | Action::Focus(_)
            | Action::Zoom
            | Action::MoveDivider(_)
            | Action::FocusNext
            | Action::FocusPrevious
            | Action::Move(_)
            | Action::MoveHalfPages(_)
            | Action::MoveToTop
            | Action::MoveToBottom
            | Action::Fold
            | Action::Unfold
            | Action::Open
            | Action::MovePapers(_)
            | Action::MoveMonths(_)
            | Action::ShowPalette
            | Action::SearchPage
            | Action::NextHit
            | Action::PreviousHit
            | Action::ListHeadings
            | Action::ListUrls
            | Action::GoBack
            | Action::GoForward
            | Action::CopyTitle
            | Action::CopyEntry
            | Action::OpenPdf
            | Action::ShowFigures
            | Action::MoveFigures(_)
            | Action::OpenOutside
            | Action::ListThemes
            | Action::SwitchLanguage
            | Action::ListLogs
    )
}
