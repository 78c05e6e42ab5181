//! While a large log is being read: its beginning is shown, and nothing is done that needs all
//! of it. What is changed, counted or looked for in half a log would be wrong.

use std::sync::Arc;

use crate::app::keys::action::Action;
use crate::app::{App, Effect, Session};
use crate::log::Log;
use crate::say;

/// A log of which the beginning is shown.
#[derive(Debug)]
pub(in crate::app) struct Loading {
    /// Where the log was left, to go on there.
    left: Option<Session>,
    /// Whether the user has done anything that was taken in.
    touched: bool,
    /// Bytes that are read, and all of them, once it takes long.
    bytes: Option<(u64, u64)>,
    /// That something must wait, as it was said last.
    told: Option<String>,
}

impl App {
    /// What is open is the beginning of a log that is still being read. `left` is where it was left.
    pub fn begin(&mut self, left: Option<Session>) {
        if let Some(left) = left.clone() {
            self.resume(left);
        }
        self.loading = Some(Loading { left, touched: false, bytes: None, told: None });
    }

    /// Whether only the beginning of the log is here yet.
    pub fn is_loading(&self) -> bool {
        self.loading.is_some()
    }

    /// How much of the log is read, in hundredths, where that takes long.
    pub fn percent(&self) -> Option<u64> {
        let (done, all) = self.loading.as_ref()?.bytes?;
        // All of it is read when it is here, and not before.
        Some((done.saturating_mul(100) / all.max(1)).min(99))
    }

    /// Whether all of the log may be here in a moment: then it is as if it had been there from the
    /// start.
    pub(in crate::app) fn is_loading_briefly(&self) -> bool {
        self.loading.as_ref().is_some_and(|loading| loading.bytes.is_none())
    }

    /// The user does something.
    pub(in crate::app) fn touch(&mut self) {
        if let Some(loading) = &mut self.loading {
            loading.touched = true;
        }
    }

    /// So much is read by now: it takes long.
    pub(in crate::app) fn progressed(&mut self, done: u64, all: u64) {
        if let Some(loading) = &mut self.loading {
            loading.bytes = Some((done, all));
        }
    }

    /// All of the log is here. Who has done nothing yet is where the log was left, or at its
    /// newest paper; for others everything stays where it is.
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

    /// Whether something must wait until all of the log is here.
    pub(in crate::app) fn must_wait(&self, action: Action) -> bool {
        self.is_loading() && needs_all(action)
    }

    /// Says that it must.
    pub(in crate::app) fn tell_to_wait(&mut self) -> Vec<Effect> {
        let percent = self.percent().map(|percent| format!(" ({percent}%)")).unwrap_or_default();
        let text = say!(self.language, "Not yet: still loading the log{percent}", "请稍候：日志仍在读入{percent}");
        if let Some(loading) = &mut self.loading {
            loading.told = Some(text.clone());
        }
        self.tell(text)
    }
}

/// Whether something changes the log or what is kept of it, or says something of all of it. What is
/// not listed does.
fn needs_all(action: Action) -> bool {
    !matches!(
        action,
        Action::Quit
            | Action::Stop
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
            | Action::ListAddresses
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
