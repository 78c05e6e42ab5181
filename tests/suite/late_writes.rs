//! A program may look up the log's name before our save and open the file only after it. What it writes then must not
//! be lost with the replaced file.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use papers_tui::io::store::{RetryPolicy, Store, conflict_copies};
use papers_tui::log::edit::Intent;
use papers_tui::log::{Source, parse};

const LOG: &str = "# todo\n\n- [ ] Elk\n- [ ] Owl\n- [ ] Fox\n\n## 2031.5.17\n\n《Gnu》\n\n正文\n";

struct TestDir {
    folder: tempfile::TempDir,
    store: Store,
}

impl TestDir {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("log.md"), LOG).unwrap();
        let retry = RetryPolicy { pause: Duration::from_millis(1), attempts: 400 };
        let store = Store::new(folder.path().join("state"), retry);
        Self { folder, store }
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log.md")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap()
    }

    #[track_caller]
    fn tick(&self, item: &str) {
        let known = self.text();
        let log = parse::parse([Source { name: String::new(), text: known.as_str().into() }]);
        let task = log.tasks.iter().position(|task| task.text == item).unwrap();
        let written = self.store.make(&self.log(), &known, &[Intent::set_done(&log, task, true).unwrap()]).unwrap();
        assert_eq!(written.copies, [] as [PathBuf; 0]);
    }

    /// Replaced files, kept for late writes.
    fn displaced(&self) -> Vec<PathBuf> {
        let names = std::fs::read_dir(self.folder.path().join("state/displaced")).into_iter().flatten();
        names.map(|name| name.unwrap().path()).collect()
    }

    /// Checks that a save left nothing beside the log, and no replaced file in the state folder.
    #[track_caller]
    fn is_clean(&self) {
        let names = std::fs::read_dir(self.folder.path()).unwrap().map(|name| name.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        assert_eq!((names, self.displaced()), (vec!["log.md".to_owned(), "state".to_owned()], vec![]));
    }
}

fn append(path: &Path, text: &str) {
    File::options().append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

#[test]
fn a_late_append_goes_into_the_log() {
    let dir = TestDir::new();
    // The first save replaces another program's file, the second our own.
    let mut wanted = LOG.to_owned();
    for item in ["Elk", "Owl"] {
        dir.tick(item);
        assert_eq!(dir.displaced().len(), 1);
        append(&dir.displaced()[0], &format!("after {item}\n"));
        assert_eq!(dir.store.finish(&dir.log()), [] as [PathBuf; 0]);
        wanted = wanted.replace(&format!("[ ] {item}"), &format!("[x] {item}")) + &format!("after {item}\n");
        assert_eq!(dir.text(), wanted);
        dir.is_clean();
    }
}

/// Another program has the replaced file open and writes while we finish.
#[test]
fn a_program_that_is_still_writing_is_waited_for() {
    let dir = TestDir::new();
    dir.tick("Elk");
    let late = dir.displaced().remove(0);
    let mut second = File::options().append(true).open(&late).unwrap();
    append(&late, "first\n");
    let finishing = std::thread::spawn({
        let (store, log) = (dir.store.clone(), dir.log());
        move || store.finish(&log)
    });
    std::thread::sleep(Duration::from_millis(80));
    second.write_all(b"second\n").unwrap();
    drop(second);
    assert_eq!(finishing.join().unwrap(), [] as [PathBuf; 0]);
    assert_eq!(dir.text(), LOG.replace("[ ] Elk", "[x] Elk") + "first\nsecond\n");
    dir.is_clean();
}

#[test]
fn a_late_rewrite_is_kept_beside_the_log_and_named() {
    let dir = TestDir::new();
    dir.tick("Elk");
    let theirs = LOG.replace("正文", "theirs");
    std::fs::write(&dir.displaced()[0], &theirs).unwrap();
    let copies = dir.store.finish(&dir.log());
    assert_eq!(copies.len(), 1);
    assert_eq!(std::fs::read_to_string(&copies[0]).unwrap(), theirs);
    assert_eq!(conflict_copies(&dir.log()), [copies[0].file_name().unwrap().to_str().unwrap()]);
    assert_eq!(dir.text(), LOG.replace("[ ] Elk", "[x] Elk"));
    std::fs::remove_file(&copies[0]).unwrap();
    dir.is_clean();
}

/// The reverted save had put our file in the log's place for a moment.
#[test]
fn a_late_write_after_a_reverted_save_is_kept() {
    let dir = TestDir::new();
    let keeps_it_open = File::options().append(true).open(dir.log()).unwrap();
    dir.tick("Elk");
    drop(keeps_it_open);
    let reverted = dir.displaced();
    assert!(!reverted.is_empty());
    reverted.iter().for_each(|file| append(file, "late\n"));
    assert_eq!(dir.store.finish(&dir.log()), [] as [PathBuf; 0]);
    assert_eq!(dir.text(), LOG.replace("[ ] Elk", "[x] Elk") + &"late\n".repeat(reverted.len()));
    dir.is_clean();
}

/// Unlike `finish`, a save does not wait for late writes; it includes those to files that are due by then.
#[test]
fn the_next_save_includes_a_late_append() {
    let dir = TestDir::new();
    dir.tick("Elk");
    append(&dir.displaced()[0], "late\n");
    std::thread::sleep(dir.store.due(&dir.log()).unwrap().saturating_duration_since(std::time::Instant::now()));
    dir.tick("Owl");
    assert_eq!(dir.text(), LOG.replace("[ ] Elk", "[x] Elk").replace("[ ] Owl", "[x] Owl") + "late\n");
    assert_eq!(dir.store.finish(&dir.log()), [] as [PathBuf; 0]);
    dir.is_clean();
}

/// The next start finds the replaced file of a process that was killed.
#[test]
fn the_next_start_handles_files_left_by_a_kill() {
    let dir = TestDir::new();
    for (late, copies) in [("", 0), ("late\n", 1)] {
        dir.tick(if late.is_empty() { "Elk" } else { "Owl" });
        let file = dir.displaced().remove(0);
        let name = file.file_name().unwrap().to_str().unwrap();
        let dead = name.replacen(&std::process::id().to_string(), "2147483646", 1);
        let dead = file.with_file_name(dead);
        std::fs::rename(&file, &dead).unwrap();
        append(&dead, late);
        let kept = dir.store.sweep(&dir.log());
        assert_eq!(kept.len(), copies);
        for copy in kept {
            assert!(std::fs::read_to_string(&copy).unwrap().ends_with(late));
            std::fs::remove_file(copy).unwrap();
        }
        assert_eq!(dir.store.finish(&dir.log()), [] as [PathBuf; 0]);
        dir.is_clean();
    }
}
