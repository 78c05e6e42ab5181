//! What the user does before it is known what it means. It waits, in order, while a log is read
//! that will be there in a moment, while what Enter goes to is still searched for, and while a
//! grade is on its way to the disk.

use std::collections::VecDeque;

use super::keys::action::Action;
use super::keys::context::Context;
use super::keys::keymap::Bound;
use super::{App, Message};

/// What waits.
#[derive(Debug, Default)]
pub(super) struct Held {
    messages: VecDeque<Message>,
    /// Whether it was meant for a review: in the panes it means something else.
    is_for_review: bool,
}

impl App {
    /// Keeps back what the user does, if it comes too early; else gives it back. To leave is never
    /// too early.
    pub(super) fn hold(&mut self, message: Message) -> Option<Message> {
        let bound = match &message {
            Message::Key(key) => self.bound(*key).1,
            Message::Pasted(_) | Message::Mouse { .. } => Bound::Nothing,
            _ => return Some(message),
        };
        if bound == Bound::Action(Action::Cancel) && self.awaits_answer() {
            self.held.messages.clear();
            return Some(message);
        }
        let is_early = self.is_loading_briefly()
            || self.is_saving_grade()
            || self.awaits_answer() && (bound == Bound::Action(Action::Open) || !self.held.messages.is_empty());
        if !is_early || bound == Bound::Action(Action::Quit) {
            return Some(message);
        }
        if self.held.messages.is_empty() {
            self.held.is_for_review = self.context() == Context::Quiz;
        }
        self.held.messages.push_back(message);
        None
    }

    /// The next of what was kept back, once it is not too early any more.
    pub(super) fn next_held(&mut self) -> Option<Message> {
        if self.held.messages.is_empty() || self.is_loading_briefly() || self.is_saving_grade() || self.awaits_answer()
        {
            return None;
        }
        if self.held.is_for_review && self.context() != Context::Quiz {
            self.held.messages.clear();
        }
        self.held.messages.pop_front()
    }

    fn is_saving_grade(&self) -> bool {
        self.context() == Context::Quiz && self.reviewing.is_saving()
    }
}
