//! Adds and removes lessons (what the user taught about a log's format) in the file worker.

use super::files::FilesWorker;
use crate::app::Message;
use crate::log::parse::offer::{Change, changed};
use crate::words::{Say, Sentence};

impl FilesWorker {
    /// Stores the change before parsing the log with it, so that the screen shows what the next start will show.
    pub(super) fn learn(&mut self, change: &Change, said: Sentence) {
        let notice = match self.lessons.as_ref().map(|lessons| lessons.change(change)) {
            Some(Ok(notice)) => notice,
            Some(Err(error)) => return self.tell(Message::Failed(error.sentence())),
            None => None,
        };
        let log = changed(&self.log(), change);
        for (known, file) in self.files.iter_mut().zip(&log.files) {
            known.file = file.clone();
        }
        let links = self.links(&log);
        self.tell(Message::Learnt(Box::new(log), said));
        self.tell(Message::Linked(Box::new(links)));
        notice.map(Message::Noticed).into_iter().for_each(|notice| self.tell(notice));
    }
}
