//! The files while the user's editor is open: what is found in them from then on is what the user
//! has written, and no other program's doing.

use std::time::Instant;

use super::Input;
use super::files::Worker;
use super::lending::{ByEditor, Lending};
use crate::app::Message;
use crate::io::settle::read_settled_shown;
use crate::io::store::Store;

impl Worker {
    /// The editor begins with what is there, and whatever came before it is other programs' doing.
    pub fn lend(&mut self, lending: Lending) {
        self.by_editor = lending.by_editor;
        // Nothing is written into the log under the editor.
        self.look_again(Store::finish);
        self.look(false);
        self.is_lent = true;
        self.due = None;
        // Who asked may have given up waiting.
        let _ = lending.known.send(());
    }

    /// What the editor left is the new base: nothing of it was saved over a change of ours. What else was
    /// reported meanwhile is looked at now.
    pub fn take_back(&mut self) {
        self.is_lent = false;
        self.by_editor = ByEditor::default();
        self.due = Some(Instant::now());
        let mut is_changed = false;
        for file in &mut self.files {
            match read_settled_shown(&file.path, self.store.patience).map(|shown| shown.text) {
                Ok(text) if file.file.text == text => {}
                Ok(text) => {
                    self.store.forget(&file.path);
                    file.file = file.file.holding(text.into());
                    is_changed = true;
                }
                // It is looked at again, and told then.
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
    use crate::io::choose::Located;
    use crate::io::settle::Patience;
    use crate::log::{Source, parse};

    const LOG: &str = "## 2031.5.17\n\n《Emu》\n\nruns\n";

    struct Desk {
        folder: tempfile::TempDir,
        worker: Worker,
        told: Receiver<Input>,
    }

    impl Desk {
        fn new() -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("log.md");
            std::fs::write(&path, LOG).expect("a log");
            let log = parse::parse([Source { name: "log.md".into(), text: LOG.into() }]);
            let store = Store::new(folder.path().join("state"), Patience { pause: Duration::ZERO, looks: 1 });
            let ((sender, told), (touched, _)) = (mpsc::channel(), mpsc::channel());
            let located = Located::file(path, "log.md".into());
            Self { worker: Worker::new(located, &log, None, (store, sender, touched)), folder, told }
        }

        /// Somebody saves the log.
        fn save(&self, more: &str) {
            std::fs::write(self.folder.path().join("log.md"), format!("{LOG}{more}")).expect("a log");
        }

        /// What was told of the log since.
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
    fn what_is_found_before_the_editor_opens_is_others_doing() {
        let mut desk = Desk::new();
        let (known, is_known) = mpsc::channel();
        desk.save("fast\n");
        desk.worker.lend(Lending { known, by_editor: ByEditor::default() });
        assert_eq!((is_known.try_recv(), desk.told()), (Ok(()), vec!["outside"]));
        desk.save("fast\nmore\n");
        desk.worker.take_back();
        assert_eq!(desk.told(), ["written"]);
        desk.save("others\n");
        desk.worker.look(false);
        assert_eq!(desk.told(), ["outside"]);
    }

    /// On a slow machine the worker may hear of the editor only when that has saved.
    #[test]
    fn what_a_late_worker_finds_is_the_editors() {
        let mut desk = Desk::new();
        let mut late = None;
        Lending::ask(|lending| late = Some(lending), Duration::ZERO);
        desk.save("fast\n");
        desk.worker.lend(late.expect("the news"));
        assert_eq!(desk.told(), ["written"]);
        desk.worker.take_back();
        assert_eq!(desk.told(), [""; 0]);
        desk.save("others\n");
        desk.worker.look(false);
        assert_eq!(desk.told(), ["outside"]);
    }

    #[test]
    fn what_cannot_be_read_right_after_the_editor_is_the_editors_all_the_same() {
        let mut desk = Desk::new();
        let (known, _is_known) = mpsc::channel();
        desk.worker.lend(Lending { known, by_editor: ByEditor::default() });
        std::fs::remove_file(desk.folder.path().join("log.md")).expect("no log");
        desk.worker.take_back();
        desk.worker.look(false);
        assert_eq!(desk.told(), [""; 0]);
        desk.save("fast\n");
        desk.worker.look(false);
        assert_eq!(desk.told(), ["written"]);
        desk.save("others\n");
        desk.worker.look(false);
        assert_eq!(desk.told(), ["outside"]);
    }
}
