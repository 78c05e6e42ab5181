//! How the loop tells the worker for the files that the user's editor is about to be opened.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

/// Whether the user's editor may have written what is found in the files. The loop and the worker share it.
#[derive(Debug, Clone, Default)]
pub(super) struct ByEditor(Arc<AtomicBool>);

impl ByEditor {
    /// Whether it may have.
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// From now on it may have.
    pub fn set(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// The news that the user's editor is about to be opened.
pub struct Lending {
    /// Says that it is known.
    pub(super) known: Sender<()>,
    /// What the worker must ask about all that it finds from now on.
    pub(super) by_editor: ByEditor,
}

impl Lending {
    /// Brings the news to the worker, and waits until it is known, for a time at most. A worker that has
    /// not looked at the files by then cannot tell what it finds from what the editor writes.
    pub(super) fn ask(bring: impl FnOnce(Self), patience: Duration) {
        let (known, is_known) = mpsc::channel();
        let by_editor = ByEditor::default();
        bring(Self { known, by_editor: by_editor.clone() });
        if is_known.recv_timeout(patience).is_err() {
            by_editor.set();
        }
    }
}
