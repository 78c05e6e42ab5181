//! The shell's messages about the file of reviews.

use crate::app::flight::ChangeId;
use crate::app::{App, Effect};
use crate::review::history::Reviews;
use crate::words::Sentence;

impl App {
    /// The reviews were read.
    pub(in crate::app) fn reviews_read(&mut self, reviews: Reviews) -> Vec<Effect> {
        self.revision += 1;
        let news = self.reviewing.load(&self.log, reviews, self.language);
        news.map_or_else(Vec::new, |news| self.tell(news))
    }

    /// The reviews cannot be read; reviewing is paused.
    pub(in crate::app) fn reviews_unread(&mut self, reason: Sentence) -> Vec<Effect> {
        self.reviewing.pause(reason.clone());
        self.tell_error(reason.take(self.language))
    }

    /// A change to the reviews was saved.
    pub(in crate::app) fn review_saved(&mut self, id: ChangeId) -> Vec<Effect> {
        self.reviewing.saved(id);
        self.leave_when_saved()
    }
}
