//! The file worker while the user's editor is open: changes found then are the user's own, not another program's.

use std::time::Instant;

use super::Input;
use super::editor_notice::{ByEditor, EditorNotice};
use super::files::FilesWorker;
use crate::app::Message;
use crate::io::settle::read_settled_shown;
use crate::io::store::Store;

impl FilesWorker {
    /// Before the editor opens: reads the files once more, so that changes made until now are attributed to other
    /// programs.
    pub fn editor_opens(&mut self, notice: EditorNotice) {
        self.by_editor = notice.by_editor;
        // Finish pending merges: nothing may be written while the editor is open.
        self.check_displaced(Store::finish);
        self.refresh(false);
        self.is_editor_open = true;
        self.due = None;
        // Fails if the event loop has stopped waiting.
        let _ = notice.known.send(());
    }

    /// After the editor closed: takes the text it left as the new base, without treating it as an outside save over
    /// our changes. Then checks for other changes reported meanwhile.
    pub fn editor_closed(&mut self) {
        self.is_editor_open = false;
        self.by_editor = ByEditor::default();
        self.due = Some(Instant::now());
        let mut is_changed = false;
        for file in &mut self.files {
            match read_settled_shown(&file.path, self.store.retry).map(|shown| shown.text) {
                Ok(text) if file.file.text == text => {}
                Ok(text) => {
                    self.store.forget(&file.path);
                    file.file = file.file.holding(text.into());
                    is_changed = true;
                }
                // The file is read again soon, and the change is reported then.
                Err(_) => self.by_editor.set(),
            }
        }
        if is_changed {
            self.tell_made(0..self.files.len());
            self.tell_read(|log| Input::Message(Message::Edited(log)));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{self, Receiver};
    use std::time::Duration;

    use super::*;
    use crate::io::choose::LogFiles;
    use crate::io::settle::RetryPolicy;
    use crate::log::parse::ParseCache;
    use crate::log::{Source, parse};

    const LOG: &str = "## 2031.5.17\n\n《Emu》\n\nruns\n";

    struct WatchedDir {
        folder: tempfile::TempDir,
        worker: FilesWorker,
        told: Receiver<Input>,
    }

    impl WatchedDir {
        fn new() -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("log.md");
            std::fs::write(&path, LOG).expect("a log");
            let log = parse::parse([Source { name: "log.md".into(), text: LOG.into() }]);
            let store = Store::new(folder.path().join("state"), RetryPolicy { pause: Duration::ZERO, attempts: 1 });
            let ((sender, told), (touched, _)) = (mpsc::channel(), mpsc::channel());
            let log_files = LogFiles::file(path, "log.md".into());
            Self {
                worker: FilesWorker::new((log_files, ParseCache::default()), &log, None, (store, sender, touched)),
                folder,
                told,
            }
        }

        /// Saves the log as another program would.
        fn save(&self, more: &str) {
            std::fs::write(self.folder.path().join("log.md"), format!("{LOG}{more}")).expect("a log");
        }

        /// The kinds of messages about the log since the last call.
        fn told(&self) -> Vec<&'static str> {
            let name = |input| match input {
                Input::Message(Message::Loaded(_)) => Some("outside"),
                Input::Message(Message::Edited(_)) => Some("written"),
                _ => None,
            };
            self.told.try_iter().filter_map(name).collect()
        }
    }

    #[test]
    fn changes_before_the_editor_opens_are_by_others() {
        let mut dir = WatchedDir::new();
        let (known, is_known) = mpsc::channel();
        dir.save("fast\n");
        dir.worker.editor_opens(EditorNotice { known, by_editor: ByEditor::default() });
        assert_eq!((is_known.try_recv(), dir.told()), (Ok(()), vec!["outside"]));
        dir.save("fast\nmore\n");
        dir.worker.editor_closed();
        assert_eq!(dir.told(), ["written"]);
        dir.save("others\n");
        dir.worker.refresh(false);
        assert_eq!(dir.told(), ["outside"]);
    }

    /// On a slow machine the worker may get the notice only after the editor has saved.
    #[test]
    fn changes_found_by_a_late_worker_are_the_editors() {
        let mut dir = WatchedDir::new();
        let mut late = None;
        EditorNotice::ask(|notice| late = Some(notice), Duration::ZERO);
        dir.save("fast\n");
        dir.worker.editor_opens(late.expect("the news"));
        assert_eq!(dir.told(), ["written"]);
        dir.worker.editor_closed();
        assert_eq!(dir.told(), [""; 0]);
        dir.save("others\n");
        dir.worker.refresh(false);
        assert_eq!(dir.told(), ["outside"]);
    }

    #[test]
    fn a_file_unreadable_right_after_the_editor_is_the_editors() {
        let mut dir = WatchedDir::new();
        let (known, _is_known) = mpsc::channel();
        dir.worker.editor_opens(EditorNotice { known, by_editor: ByEditor::default() });
        std::fs::remove_file(dir.folder.path().join("log.md")).expect("no log");
        dir.worker.editor_closed();
        dir.worker.refresh(false);
        assert_eq!(dir.told(), [""; 0]);
        dir.save("fast\n");
        dir.worker.refresh(false);
        assert_eq!(dir.told(), ["written"]);
        dir.save("others\n");
        dir.worker.refresh(false);
        assert_eq!(dir.told(), ["outside"]);
    }
}
