//! The error shown while files of the log cannot be read.

use crate::app::{App, Status, Tone};

/// Between two errors shown together.
const BETWEEN: &str = " · ";

impl App {
    /// Shows that files cannot be read, after an error that the user has not read yet.
    pub(in crate::app) fn tell_unavailable(&mut self, text: String) {
        let unread = self.status.take().filter(|status| status.tone == Tone::Error).map(|status| status.text);
        let unread = unread.map(|unread| self.without_unavailable(unread)).filter(|unread| !unread.is_empty());
        let text = &*self.unavailable.insert(text);
        let shown = unread.map_or_else(|| text.clone(), |unread| format!("{unread}{BETWEEN}{text}"));
        self.status = Some(Status { text: shown, tone: Tone::Error });
    }

    /// All files can be read again: removes the error, since its cause is gone.
    pub(in crate::app) fn available(&mut self) {
        if let Some(Status { text, tone }) = self.status.take() {
            let text = self.without_unavailable(text);
            self.status = (!text.is_empty()).then_some(Status { text, tone });
        }
        self.unavailable = None;
    }

    /// A message without the error about unavailable files at its end.
    fn without_unavailable(&self, mut message: String) -> String {
        let before = self.unavailable.as_ref().and_then(|text| message.strip_suffix(text.as_str()));
        if let Some(length) = before.map(|before| before.trim_end_matches(BETWEEN).len()) {
            message.truncate(length);
        }
        message
    }
}
