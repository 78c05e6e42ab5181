//! The file worker while the user's editor is open: changes found then are the user's own, not another program's.

use std::path::Path;
use std::time::Instant;

use super::Input;
use super::editor_notice::{ByEditor, EditorNotice};
use super::files::FilesWorker;
use super::unavailable::Unavailable;
use crate::app::Message;
use crate::io::settle::read_settled_shown;
use crate::io::store::Store;
use crate::say;
use crate::words::Sentence;

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
        let (mut is_changed, mut emptied) = (false, Vec::new());
        for file in &mut self.files {
            match read_settled_shown(&file.path, self.store.retry).map(|shown| shown.text) {
                Ok(text) if file.file.text == text => {}
                // Probably a slip. Until the file has text again, its last version stays on screen.
                Ok(text) if text.trim().is_empty() && !file.file.text.trim().is_empty() => {
                    let kept = self.store.keep_text(&file.path, &file.file.text);
                    file.unavailable = Some(Unavailable::already_told());
                    emptied.push((file.file.name.clone(), kept));
                    self.by_editor.set();
                }
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
        for (name, kept) in emptied {
            self.tell(Message::Failed(was_emptied(&name, kept.as_deref())));
        }
    }
}

/// The message for a file that the editor has left empty. `kept` is the copy of the text from before.
fn was_emptied(name: &str, kept: Option<&Path>) -> Sentence {
    Sentence::of(|language| match kept.map(Path::display) {
        Some(kept) => say!(
            language,
            "{name} is empty after the editor; showing the last version, which is kept in {kept}",
            "编辑后 {name} 为空；显示的是之前的内容，副本在 {kept}"
        ),
        None => say!(
            language,
            "{name} is empty after the editor; showing the last version",
            "编辑后 {name} 为空；显示的是之前的内容"
        ),
    })
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
    fn a_log_emptied_in_the_editor_stays_on_screen_and_is_kept() {
        for empty in ["", "\n"] {
            let mut dir = WatchedDir::new();
            let (known, _is_known) = mpsc::channel();
            dir.worker.editor_opens(EditorNotice { known, by_editor: ByEditor::default() });
            let path = dir.folder.path().join("log.md");
            std::fs::write(&path, empty).expect("a log");
            dir.worker.editor_closed();
            let failed = |input| match input {
                Input::Message(Message::Failed(said)) => Some(said.to_string()),
                _ => None,
            };
            let said = dir.told.try_iter().find_map(failed).expect("a message");
            let kept = said.split("kept in ").nth(1).expect("a copy");
            assert!(said.starts_with("log.md is empty after the editor"), "{said}");
            assert_eq!(std::fs::read_to_string(kept).expect("a copy"), LOG);
            assert_eq!(dir.worker.files[0].file.text.as_str(), LOG);
            dir.save("fast\n");
            dir.worker.refresh(false);
            assert_eq!(dir.told(), ["written"]);
        }
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
