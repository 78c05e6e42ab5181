//! A change in one file is reported, whatever else the same check finds or cannot read.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::app::Message;
use crate::io::choose::files_of;
use crate::io::read::read_shown;
use crate::io::settle::RetryPolicy;
use crate::io::store::Store;
use crate::io::watch::Touched;
use crate::log::parse::ParseCache;
use crate::log::{Log, Source, parse};
use crate::tui::Input;
use crate::tui::editor_notice::{ByEditor, EditorNotice};
use crate::tui::files::{FileJob, FilesWorker};

/// A folder of files with one paper each, and the worker that watches them.
struct RefreshedDir {
    folder: TempDir,
    worker: FilesWorker,
    told: Receiver<Input>,
    /// The titles of the papers in the log last reported.
    shown: Vec<String>,
}

impl RefreshedDir {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, paper) in files {
            std::fs::write(folder.path().join(name), text(paper)).expect("a file");
        }
        let named = [folder.path().to_owned()];
        Self::of(folder, &named)
    }

    /// Like `new`, for a log of the given files and folders.
    fn of(folder: TempDir, named: &[PathBuf]) -> Self {
        let mut log_files = files_of(named).expect("files");
        let sources: Vec<Source> = log_files.read(read_shown).expect("texts");
        let log = parse::parse_folders(sources, &log_files.folders, &Arc::default(), &mut |_| {});
        let store = Store::new(folder.path().join(".state"), RetryPolicy { pause: Duration::ZERO, attempts: 1 });
        let ((sender, told), (touched, _)) = (mpsc::channel(), mpsc::channel());
        let mut worker = FilesWorker::new((log_files, ParseCache::keeping()), &log, None, (store, sender, touched));
        worker.restart_watch();
        let mut dir = Self { folder, worker, told, shown: Vec::new() };
        dir.show(&log);
        dir
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, paper: &str) -> &Self {
        std::fs::write(self.path(name), if paper.is_empty() { String::new() } else { text(paper) }).expect("a file");
        self
    }

    fn show(&mut self, log: &Log) {
        self.shown = log.entries.iter().map(|entry| entry.title.to_string()).collect();
    }

    /// Handles a report of the watch; returns the titles that the panes then show.
    fn looks(&mut self, touched: Touched) -> &[String] {
        self.worker.touched(touched);
        self.worker.refresh(false);
        self.takes_in()
    }

    fn takes_in(&mut self) -> &[String] {
        for input in self.told.try_iter().collect::<Vec<_>>() {
            match input {
                Input::Moved { log, .. } | Input::Message(Message::Loaded(log) | Message::Edited(log)) => {
                    self.show(&log);
                }
                _ => {}
            }
        }
        &self.shown
    }
}

fn text(paper: &str) -> String {
    format!("## 2031.5.17\n\n《{paper}》\n\nx\n")
}

#[test]
fn a_change_found_with_a_new_file_is_reported() {
    let mut dir = RefreshedDir::new(&[("a.md", "Emu"), ("b.md", "Gnu")]);
    dir.write("a.md", "Kea").write("c.md", "Owl");
    assert_eq!(dir.looks(Touched::Places), ["Kea", "Gnu", "Owl"]);
}

#[test]
fn a_change_found_with_a_removed_file_is_reported() {
    let mut dir = RefreshedDir::new(&[("a.md", "Emu"), ("b.md", "Gnu")]);
    std::fs::rename(dir.path("b.md"), dir.path("c.md")).expect("a file");
    dir.write("a.md", "Kea");
    assert_eq!(dir.looks(Touched::Places), ["Kea", "Gnu"]);
}

#[test]
fn an_unreadable_file_does_not_hide_changes_of_others() {
    for (unavailable, changed) in [("a.md", "b.md"), ("b.md", "a.md")] {
        let mut dir = RefreshedDir::new(&[("a.md", "Emu"), ("b.md", "Gnu")]);
        dir.write(unavailable, "").write(changed, "Kea");
        dir.looks(Touched::Files);
        assert!(dir.shown.contains(&"Kea".to_owned()), "{changed} beside {unavailable}: {:?}", dir.shown);
        // The file itself is reported as soon as it has content.
        dir.write(unavailable, "Owl");
        dir.looks(Touched::Files);
        dir.shown.sort();
        assert_eq!(dir.shown, ["Kea", "Owl"], "{unavailable}");
    }
}

#[test]
fn it_is_told_when_a_file_is_missing_and_when_it_is_back() {
    let mut dir = RefreshedDir::new(&[("a.md", "Emu"), ("b.md", "Gnu")]);
    let told = |dir: &mut RefreshedDir| {
        dir.worker.refresh(true);
        let inputs: Vec<Input> = dir.told.try_iter().collect();
        let is = |wanted: fn(&Message) -> bool| {
            inputs.iter().any(|input| matches!(input, Input::Message(message) if wanted(message)))
        };
        (is(|message| matches!(message, Message::Unavailable(_))), is(|message| matches!(message, Message::Available)))
    };
    dir.write("a.md", "");
    assert_eq!((told(&mut dir), told(&mut dir)), ((true, false), (true, false)));
    dir.write("a.md", "Kea");
    assert_eq!((told(&mut dir), told(&mut dir)), ((false, true), (false, false)));
}

#[test]
fn a_missing_folder_does_not_hide_changes_in_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
    for (folder, paper) in [(&one, "Emu"), (&other, "Gnu")] {
        std::fs::create_dir(folder).expect("a folder");
        std::fs::write(folder.join("a.md"), text(paper)).expect("a file");
    }
    let mut dir = RefreshedDir::of(folder, &[one, other]);
    std::fs::rename(dir.path("one"), dir.path("away")).expect("a folder");
    dir.write("other/a.md", "Kea");
    assert_eq!(dir.looks(Touched::Places), ["Emu", "Kea"]);
}

#[test]
fn changes_while_the_editor_is_open_are_found_afterwards() {
    let mut dir = RefreshedDir::new(&[("a.md", "Emu")]);
    let (known, _is_known) = mpsc::channel();
    dir.worker.editor_opens(EditorNotice { known, by_editor: ByEditor::default() });
    dir.write("b.md", "Gnu");
    dir.worker.touched(Touched::Places);
    dir.worker.editor_closed();
    assert!(dir.worker.due.is_some(), "nobody reports it again");
    dir.worker.refresh(false);
    assert_eq!(dir.takes_in(), ["Emu", "Gnu"]);
}

/// As after a `git checkout` in a large folder. The time for each report must not depend on the number of files.
#[test]
fn thousands_of_reports_are_taken_in_quickly() {
    let names: Vec<String> = (0..1500).map(|at| format!("{at}.md")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "Emu")).collect();
    let RefreshedDir { worker, folder: _folder, told: _told, .. } = RefreshedDir::new(&files);
    let (jobs, receiver) = mpsc::channel();
    (0..5000).for_each(|_| jobs.send(FileJob::Touched(Touched::Files)).expect("a receiver"));
    jobs.send(FileJob::Finish).expect("a receiver");
    let start = Instant::now();
    worker.run(Arc::default(), &receiver);
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
}
