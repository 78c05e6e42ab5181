//! Files replaced, renamed, moved and relinked while the panes are open.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use papers_tui::io::watch::{Places, Touched, Watch};
use tempfile::TempDir;

use super::terminal::Run;

/// A timeout that only a failing test reaches.
const TIMEOUT: Duration = Duration::from_secs(20);

fn day(number: u32, paper: &str) -> String {
    format!("## 2031.5.{number}\n\n《{paper}》\n\nabout {paper}\n\n")
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn of_long_ago(path: &Path) {
    super::of_long_ago(path);
}

/// A folder being watched.
struct Watched {
    folder: TempDir,
    heard: mpsc::Receiver<Touched>,
    watch: Watch,
}

/// Watches these files and subfolders of a new folder, which `make` fills.
fn watched(make: impl FnOnce(&Path), files: &[&str], folders: &[&str]) -> Watched {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    let paths = |names: &[&str]| names.iter().map(|name| folder.path().join(name)).collect::<Vec<PathBuf>>();
    let (sender, heard) = mpsc::channel();
    let places = Places { files: paths(files), folders: paths(folders) };
    let watch = Watch::start(&places, move |touched| _ = sender.send(touched)).unwrap();
    Watched { folder, heard, watch }
}

impl Watched {
    /// Calls `act`, and waits until `wanted` is reported.
    #[track_caller]
    fn hears(&self, wanted: Touched, act: impl FnOnce(&Path)) -> &Self {
        act(self.folder.path());
        loop {
            match self.heard.recv_timeout(TIMEOUT) {
                Ok(heard) if heard == wanted => return self,
                Ok(_) => {}
                Err(error) => panic!("not heard: {error}"),
            }
        }
    }

    /// Checks that a first action is not reported, by waiting for a second one that is.
    #[track_caller]
    fn hears_only(&self, wanted: Touched, unreported: impl FnOnce(&Path), act: impl FnOnce(&Path)) -> &Self {
        while self.heard.try_recv().is_ok() {}
        unreported(self.folder.path());
        act(self.folder.path());
        let heard = self.heard.recv_timeout(TIMEOUT).unwrap();
        assert_eq!(heard, wanted);
        self
    }
}

fn rename(folder: &Path, from: &str, to: &str) {
    std::fs::rename(folder.join(from), folder.join(to)).unwrap();
}

#[test]
fn every_way_to_replace_a_file_is_reported() {
    let make = |folder: &Path| write(&folder.join("a/log.md"), "one");
    let watched = watched(make, &["a/log.md"], &[]);
    watched.hears(Touched::Files, |folder| write(&folder.join("a/log.md"), "two"));
    watched.hears(Touched::Files, |folder| {
        write(&folder.join("a/new"), "three");
        rename(folder, "a/new", "a/log.md");
    });
    // Changes to other files are not reported, nor is reading the log.
    let beside = |folder: &Path| {
        write(&folder.join("a/other.md"), "x");
        write(&folder.join("b/other.md"), "x");
        std::fs::read(folder.join("a/log.md")).unwrap();
    };
    watched.hears_only(Touched::Files, beside, |folder| write(&folder.join("a/log.md"), "four"));
}

#[test]
fn a_replaced_folder_is_reported() {
    let make = |folder: &Path| {
        write(&folder.join("a/b/log.md"), "one");
        write(&folder.join("new/b/log.md"), "two");
    };
    watched(make, &["a/b/log.md"], &[]).hears(Touched::Places, |folder| {
        rename(folder, "a", "old");
        rename(folder, "new", "a");
    });
    watched(make, &["a/b/log.md"], &[]).hears(Touched::Places, |folder| rename(folder, "a/b", "a/c"));
    // A folder that is missing at first.
    let none = |_: &Path| {};
    watched(none, &["a/b/log.md"], &[]).hears(Touched::Places, |folder| write(&folder.join("a/b/log.md"), "one"));
}

#[test]
fn a_watch_started_without_a_folder_is_known_to_be_incomplete() {
    let make = |folder: &Path| {
        write(&folder.join("a/b/log.md"), "one");
        symlink("a", folder.join("way")).unwrap();
    };
    let is_whole = |files: &[&str], folders: &[&str]| watched(make, files, folders).watch.is_whole();
    assert!(is_whole(&["a/b/log.md", "way/b/log.md", "a/b/none.md"], &["a/b", "way"]));
    assert!(!is_whole(&["a/c/log.md"], &[]));
    assert!(!is_whole(&[], &["a/b/c"]));
    assert!(!is_whole(&[], &["none/b"]));
}

#[test]
fn a_redirected_link_is_reported() {
    let make = |folder: &Path| {
        write(&folder.join("one/log.md"), "one");
        write(&folder.join("two/log.md"), "two");
        symlink("one", folder.join("way")).unwrap();
        symlink("way", folder.join("to")).unwrap();
        symlink("one/log.md", folder.join("log.md")).unwrap();
    };
    let relink = |folder: &Path, name: &str, target: &str| {
        symlink(target, folder.join("new")).unwrap();
        rename(folder, "new", name);
    };
    watched(make, &["to/log.md"], &[]).hears(Touched::Places, |folder| relink(folder, "way", "two"));
    watched(make, &["to/log.md"], &[]).hears(Touched::Places, |folder| relink(folder, "to", "two"));
    watched(make, &["log.md"], &[]).hears(Touched::Places, |folder| relink(folder, "log.md", "two/log.md"));
    // A link replaces a file.
    watched(make, &["one/log.md"], &[]).hears(Touched::Places, |folder| relink(folder, "one/log.md", "../two/log.md"));
    // The link's target is watched too.
    watched(make, &["log.md"], &[]).hears(Touched::Files, |folder| write(&folder.join("one/log.md"), "more"));
    watched(make, &["log.md"], &[]).hears(Touched::Places, |folder| rename(folder, "one", "gone"));
}

#[test]
fn added_and_removed_files_are_reported() {
    let make = |folder: &Path| write(&folder.join("log/a.md"), "one");
    let watched = watched(make, &["log/a.md"], &["log"]);
    watched.hears(Touched::Places, |folder| write(&folder.join("log/b.md"), "x"));
    watched.hears(Touched::Places, |folder| rename(folder, "log/b.md", "log/c.md"));
    watched.hears(Touched::Places, |folder| std::fs::create_dir(folder.join("log/d")).unwrap());
    // The rename is a single event. A second one could be merged with the removal below, and `Places` would hide
    // `Files`.
    watched.hears(Touched::Places, |folder| {
        write(&folder.join("ignored"), "c.md");
        rename(folder, "ignored", "log/.gitignore");
    });
    watched.hears(Touched::Files, |folder| std::fs::remove_file(folder.join("log/a.md")).unwrap());
    let beside = |folder: &Path| {
        write(&folder.join("log/a.txt"), "x");
        std::fs::create_dir(folder.join("log/.hidden")).unwrap();
    };
    watched.hears_only(Touched::Files, beside, |folder| write(&folder.join("log/a.md"), "x"));
}

/// Opens a log of several files in a terminal.
fn opened(files: &[(&str, String)], named: &str, watch: &str) -> (TempDir, Run) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        write(&folder.path().join(name), text);
        of_long_ago(&folder.path().join(name));
    }
    let run = Run::with(&[("PAPERS_TUI_WATCH", watch)], &[named], folder.path());
    (folder, run)
}

fn three() -> Vec<(&'static str, String)> {
    vec![("vault/a.md", day(1, "Emu")), ("vault/b.md", day(2, "Owl")), ("vault/sub/c.md", day(3, "Yak"))]
}

/// Checks that changes to a folder are noticed: by polling every `watch` seconds, or by system events if it is empty.
fn is_followed(watch: &str) {
    let (folder, mut run) = opened(&three(), "vault", watch);
    run.sees("Emu").sees("Owl").sees("Yak");
    if !watch.is_empty() {
        run.sees("files checked every 1 s");
    }
    let path = |name: &str| folder.path().join(name);
    write(&path("vault/new.md"), &day(4, "Gnu"));
    run.sees("Gnu added");
    write(&path("vault/deep/er/new.md"), &day(5, "Kiwi"));
    run.sees("Kiwi added");
    write(&path("vault/deep/er/new.md"), &(day(5, "Kiwi") + &day(6, "Moa")));
    run.sees("Moa added");
    rename(folder.path(), "vault/a.md", "vault/sub/z.md");
    run.sees("sub/z.md");
    write(&path("vault/sub/z.md"), &day(1, "Heron"));
    run.sees("Heron").sees_not("Emu");
    std::fs::remove_file(path("vault/b.md")).unwrap();
    run.sees_not("Owl");
    std::fs::write(path("vault/.gitignore"), "deep/\n").unwrap();
    run.sees_not("Kiwi");
    // Another folder replaces the vault.
    write(&path("other/a.md"), &day(7, "Ibis"));
    rename(folder.path(), "vault", "old");
    rename(folder.path(), "other", "vault");
    run.sees("Ibis").sees_not("Heron");
    write(&path("vault/a.md"), &(day(7, "Ibis") + &day(8, "Loon")));
    run.sees("Loon").quits();
}

#[test]
fn added_removed_and_renamed_files_are_followed() {
    is_followed("");
}

#[test]
fn added_removed_and_renamed_files_are_followed_by_polling() {
    is_followed("1");
}

fn is_found_where_a_link_leads(watch: &str) {
    let files = [("one/log.md", day(1, "Emu")), ("two/log.md", day(2, "Owl"))];
    let (folder, mut run) = {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in &files {
            write(&folder.path().join(name), text);
            of_long_ago(&folder.path().join(name));
        }
        symlink("one", folder.path().join("way")).unwrap();
        symlink("way/log.md", folder.path().join("log.md")).unwrap();
        let run = Run::with(&[("PAPERS_TUI_WATCH", watch)], &["log.md"], folder.path());
        (folder, run)
    };
    run.sees("Emu");
    symlink("two", folder.path().join("new")).unwrap();
    rename(folder.path(), "new", "way");
    run.sees("Owl").sees_not("Emu");
    write(&folder.path().join("two/log.md"), &day(3, "Yak"));
    run.sees("Yak");
    symlink("one/log.md", folder.path().join("new")).unwrap();
    rename(folder.path(), "new", "log.md");
    run.sees("Emu").sees_not("Yak");
    write(&folder.path().join("one/log.md"), &day(3, "Gnu"));
    run.sees("Gnu");
    // The folder of a single file is replaced.
    write(&folder.path().join("three/log.md"), &day(4, "Kiwi"));
    rename(folder.path(), "one", "gone");
    rename(folder.path(), "three", "one");
    run.sees("Kiwi");
    write(&folder.path().join("one/log.md"), &day(5, "Moa"));
    run.sees("Moa").quits();
}

#[test]
fn a_redirected_link_is_followed() {
    is_found_where_a_link_leads("");
}

#[test]
fn a_redirected_link_is_followed_by_polling() {
    is_found_where_a_link_leads("1");
}

#[test]
fn edits_go_to_the_right_file_while_files_move() {
    let mut files = three();
    files.push(("vault/todo.md", "# todo\n\n- [ ] Elk\n- [ ] Hen\n".into()));
    let (folder, mut run) = opened(&files, "vault", "");
    run.sees("Elk").types("3x").sees("☑ Elk").sees("saved");
    // The file gets another name and another position among the files.
    rename(folder.path(), "vault/todo.md", "vault/a-first.md");
    run.sees("a-first.md");
    run.types("jx").sees("☑ Hen").sees("saved");
    let now = || std::fs::read_to_string(folder.path().join("vault/a-first.md")).unwrap();
    run.wait_for("both", || now() == "# todo\n\n- [x] Elk\n- [x] Hen\n");
    run.types("UU").sees("Undone: tick “Elk”").sees("saved");
    run.wait_for("neither", || now() == "# todo\n\n- [ ] Elk\n- [ ] Hen\n");
    assert!(!folder.path().join("vault/todo.md").exists());
    run.quits();
}
