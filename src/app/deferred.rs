//! Holds back input that comes too early, and replays it in order. Input is too early while the log has only
//! just started to load, while the reviews that a key needs are loading, while Enter waits for search
//! results, while a PDF's title is being read, and while a grade is being saved.

use std::collections::VecDeque;

use super::keys::action::Action;
use super::keys::context::Context;
use super::keys::keymap::Bound;
use super::{App, Message, MouseKind, Overlay, Status, Tone};

#[derive(Debug, Default)]
pub(super) struct Deferred {
    messages: VecDeque<Message>,
    /// Whether the input was typed in a review. If the review has closed before the replay, the input is
    /// dropped: its keys mean something else in the panes.
    is_for_review: bool,
}

impl App {
    /// Defers input that came too early, and returns `None`; returns any other message unchanged. Quitting is
    /// never deferred.
    pub(super) fn defer(&mut self, message: Message) -> Option<Message> {
        let bound = match &message {
            Message::Key(key) => self.bound(*key).1,
            Message::Pasted(_) | Message::Mouse { .. } => Bound::Nothing,
            _ => return Some(message),
        };
        if bound == Bound::Action(Action::Cancel)
            && (self.awaits_answer() || self.awaits_reviews() || self.awaits_pdf())
        {
            self.deferred.messages.clear();
            return Some(message);
        }
        let is_early = self.is_loading_briefly()
            || self.is_saving_grade()
            || self.awaits_reviews()
            || self.awaits_pdf()
            || self.is_before_reviews(&message)
            || self.awaits_answer() && (bound == Bound::Action(Action::Open) || !self.deferred.messages.is_empty());
        if !is_early || bound == Bound::Action(Action::Quit) {
            return Some(message);
        }
        if self.deferred.messages.is_empty() {
            self.deferred.is_for_review = self.context() == Context::Quiz;
        }
        if self.deferred.messages.is_empty() && self.is_before_reviews(&message) {
            let text = self.language.pick("Loading reviews…", "正在读取复习记录…").to_owned();
            self.status = Some(Status { text, tone: Tone::Notice });
        }
        self.deferred.messages.push_back(message);
        None
    }

    /// Removes and returns the next deferred message; `None` if there is none or it must still wait.
    pub(super) fn next_deferred(&mut self) -> Option<Message> {
        let is_early = self.is_loading_briefly()
            || self.is_saving_grade()
            || self.awaits_answer()
            || self.awaits_reviews()
            || self.awaits_pdf();
        if self.deferred.messages.is_empty() || is_early {
            return None;
        }
        if self.deferred.is_for_review && self.context() != Context::Quiz {
            self.deferred.messages.clear();
        }
        self.deferred.messages.pop_front()
    }

    /// Whether the first deferred message waits for the reviews.
    fn awaits_reviews(&self) -> bool {
        self.deferred.messages.front().is_some_and(|message| self.is_before_reviews(message))
    }

    /// Whether a key or click needs the reviews, and they are still loading.
    fn is_before_reviews(&self, message: &Message) -> bool {
        // While the log itself is loading, these actions tell the user to wait for the log.
        self.reviewing.is_awaited()
            && !self.is_loading()
            && matches!(self.asked_by(message), Some(Action::Review | Action::SuspendReview))
    }

    /// The action that a message would run: a key in the panes, or Enter or a second click on a command of
    /// the palette.
    fn asked_by(&self, message: &Message) -> Option<Action> {
        let bound = match message {
            Message::Key(key) => self.bound(*key).1,
            _ => Bound::Nothing,
        };
        match (self.overlays.last(), bound, message) {
            (None, Bound::Action(action), _) => Some(action),
            (Some(Overlay::Palette(palette)), Bound::Action(Action::Open), _) => Some(palette.command()?.action),
            (Some(Overlay::Palette(palette)), _, Message::Mouse { at: (column, row), kind: MouseKind::Press }) => {
                let body = self.body()?;
                let is_again = body.cursor.is_some() && body.row_at(*column, *row) == body.cursor;
                palette.command().filter(|_| is_again).map(|binding| binding.action)
            }
            _ => None,
        }
    }

    fn is_saving_grade(&self) -> bool {
        self.context() == Context::Quiz && self.reviewing.is_saving()
    }
}
