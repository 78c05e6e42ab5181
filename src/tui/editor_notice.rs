//! Tells the file worker that the user's editor is about to open.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

/// A flag shared by the event loop and the file worker: changes found in the files may be the editor's.
#[derive(Debug, Clone, Default)]
pub(super) struct ByEditor(Arc<AtomicBool>);

impl ByEditor {
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// From now on, changes may be the editor's.
    pub fn set(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// The notice that the user's editor is about to open.
pub struct EditorNotice {
    /// The worker acknowledges the notice here.
    pub(super) known: Sender<()>,
    /// The worker checks this for every change found from now on.
    pub(super) by_editor: ByEditor,
}

impl EditorNotice {
    /// Sends the notice with `bring` and waits up to `timeout` for the acknowledgement. Without one, the worker has
    /// not read the files before the editor opens and can no longer tell earlier changes from the editor's, so
    /// [`ByEditor`] is set.
    pub(super) fn ask(bring: impl FnOnce(Self), timeout: Duration) {
        let (known, is_known) = mpsc::channel();
        let by_editor = ByEditor::default();
        bring(Self { known, by_editor: by_editor.clone() });
        if is_known.recv_timeout(timeout).is_err() {
            by_editor.set();
        }
    }
}
