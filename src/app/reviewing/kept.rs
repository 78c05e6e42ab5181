//! What the shell says of the reviews on the disk.

use crate::app::flight::ChangeId;
use crate::app::{App, Effect};
use crate::review::history::Reviews;
use crate::words::Sentence;

impl App {
    /// They were read.
    pub(in crate::app) fn reviews_read(&mut self, reviews: Reviews) -> Vec<Effect> {
        self.revision += 1;
        let news = self.reviewing.load(&self.log, reviews, self.language);
        news.map_or_else(Vec::new, |news| self.tell(news))
    }

    /// They cannot be used.
    pub(in crate::app) fn reviews_unread(&mut self, reason: Sentence) -> Vec<Effect> {
        self.reviewing.pause(reason.clone());
        self.tell_error(reason.take(self.language))
    }

    /// A change to them is on the disk.
    pub(in crate::app) fn review_saved(&mut self, id: ChangeId) -> Vec<Effect> {
        self.reviewing.saved(id);
        self.leave_when_saved()
    }
}
