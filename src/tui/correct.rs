//! Adds and removes corrections of how the log is read, in the file worker.

use super::files::FilesWorker;
use crate::app::Message;
use crate::log::parse::offer::{CorrectionChange, changed};
use crate::words::{Say, Sentence};

impl FilesWorker {
    /// Stores the change before parsing the log with it, so that the screen shows what the next start will show.
    pub(super) fn correct(&mut self, change: &CorrectionChange, said: Sentence) {
        let notice = match self.corrections.as_ref().map(|corrections| corrections.change(change)) {
            Some(Ok(notice)) => notice,
            Some(Err(error)) => return self.tell(Message::Failed(error.sentence())),
            None => None,
        };
        let log = changed(&self.log(), change);
        for (known, file) in self.files.iter_mut().zip(&log.files) {
            known.file = file.clone();
        }
        let links = self.links(&log);
        self.tell(Message::Corrected(Box::new(log), said));
        self.tell(Message::Linked(Box::new(links)));
        notice.map(Message::Noticed).into_iter().for_each(|notice| self.tell(notice));
    }
}
