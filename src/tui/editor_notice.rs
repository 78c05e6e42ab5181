//! Tells the worker for files that the user's editor is about to open.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

/// Whether changes found in the files may be the editor's. Shared by event loop and worker.
#[derive(Debug, Clone, Default)]
pub(super) struct ByEditor(Arc<AtomicBool>);

impl ByEditor {
    /// Whether they may be.
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// From now on they may be.
    pub fn set(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// The notice that the user's editor is about to open.
pub struct EditorNotice {
    /// Acknowledges the notice.
    pub(super) known: Sender<()>,
    /// To be checked for every change found from now on.
    pub(super) by_editor: ByEditor,
}

impl EditorNotice {
    /// Sends the notice and waits for the acknowledgement, up to `timeout`. If the worker has not checked the
    /// files by then, it can no longer tell earlier changes from the editor's.
    pub(super) fn ask(bring: impl FnOnce(Self), timeout: Duration) {
        let (known, is_known) = mpsc::channel();
        let by_editor = ByEditor::default();
        bring(Self { known, by_editor: by_editor.clone() });
        if is_known.recv_timeout(timeout).is_err() {
            by_editor.set();
        }
    }
}
