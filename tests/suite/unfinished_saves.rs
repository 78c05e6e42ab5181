//! Files that are being written, and leftovers of a kill in the middle of a save.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use papers_tui::io::settle::{RetryPolicy, read_settled};
use papers_tui::io::store::{Store, conflict_copies};
use papers_tui::log::edit::Intent;

use super::of_long_ago;

const LOG: &str = "# todo\n\n- [ ] Elk\n- [ ] Owl\n\n## 2031.5.17\n\n《Gnu》\n\n正文\n";

struct TestDir {
    folder: tempfile::TempDir,
}

impl TestDir {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("log")).unwrap();
        let dir = Self { folder };
        std::fs::write(dir.log(), text).unwrap();
        of_long_ago(&dir.log());
        dir
    }

    fn log(&self) -> PathBuf {
        self.beside("log.md")
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join("log").join(name)
    }

    /// The log's text; while it is written in place, it may end inside a char.
    fn text(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(self.log()).unwrap()).into_owned()
    }

    fn store(&self) -> Store {
        Store::new(self.folder.path().join("state/papers-tui"), RetryPolicy { pause: Duration::ZERO, attempts: 3 })
    }

    fn command(&self, before: &[&str], arguments: &[&str]) -> Command {
        let all: Vec<&str> = before.iter().copied().chain([env!("CARGO_BIN_EXE_papers-tui")]).collect();
        let mut command = Command::new(all[0]);
        command.args(&all[1..]).args(arguments).arg("--log").arg(self.log());
        command.env("XDG_STATE_HOME", self.folder.path().join("state")).env("XDG_CONFIG_HOME", self.folder.path());
        command.env_remove("PAPERS_TUI_LOG").env_remove("PAPERS_TUI_CONFIG").env("PAPERS_TUI_LANG", "en");
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, before: &[&str], arguments: &[&str]) -> Output {
        self.command(before, arguments).output().unwrap()
    }

    /// The names beside the log.
    fn others(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.folder.path().join("log")).unwrap();
        let mut names: Vec<String> = names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != "log.md");
        names.sort();
        names
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The start of a temporary file's name, with an id larger than any process id.
const DEAD: &str = ".papers-tui-2147483646-";

#[test]
fn an_unchanged_file_is_read_without_waiting() {
    let dir = TestDir::new(LOG);
    // If the file were read a second time, the test would hang for half an hour.
    let retry = RetryPolicy { pause: Duration::from_secs(1800), attempts: 1 };
    assert_eq!(read_settled(&dir.log(), retry).unwrap(), LOG);
    std::fs::write(dir.log(), "").unwrap();
    of_long_ago(&dir.log());
    assert_eq!(read_settled(&dir.log(), RetryPolicy { pause: Duration::from_secs(1800), attempts: 2 }).unwrap(), "");
    assert!(read_settled(&dir.folder.path().join("none"), RetryPolicy { pause: Duration::ZERO, attempts: 0 }).is_err());
}

/// Another program has emptied or removed the log, or written half of it.
#[test]
fn a_command_waits_for_a_log_that_is_being_written() {
    for half in [Some(0), Some(LOG.find('文').unwrap() + 1), Some(40), None] {
        let dir = TestDir::new(LOG);
        let mut writer = match half {
            Some(half) => {
                let mut file = File::create(dir.log()).unwrap();
                file.write_all(&LOG.as_bytes()[..half]).unwrap();
                Some((file, half))
            }
            None => {
                std::fs::remove_file(dir.log()).unwrap();
                None
            }
        };
        let child = dir.command(&[], &["list"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(250));
        match writer.take() {
            Some((mut file, half)) => file.write_all(&LOG.as_bytes()[half..]).unwrap(),
            None => std::fs::write(dir.log(), LOG).unwrap(),
        }
        let output = child.wait_with_output().unwrap();
        assert!(String::from_utf8_lossy(&output.stdout).contains("Gnu"), "{half:?}: {output:?}");
    }
}

#[test]
fn cleanup_deletes_only_redundant_files() {
    let outside = LOG.replace("正文", "theirs");
    let dir = TestDir::new(LOG);
    for (name, text) in [("new-a", "half of"), ("b", LOG), ("c", ""), ("d", outside.as_str())] {
        std::fs::write(dir.beside(&format!("{DEAD}{name}")), text).unwrap();
    }
    // Another log's files are left alone.
    let other = format!("{DEAD}0000000000000001-0000000000000002-0000000000000003-e");
    std::fs::write(dir.beside(&other), "another log's").unwrap();
    let kept = dir.store().sweep(&dir.log());
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(std::fs::read_to_string(&kept[0]).unwrap(), outside);
    let copies = conflict_copies(&dir.log());
    assert_eq!(copies.len(), 1);
    assert_eq!(dir.others(), [other, copies[0].clone()]);
    assert_eq!(dir.store().sweep(&dir.log()), [] as [PathBuf; 0]);
    assert_eq!(dir.text(), LOG);
}

#[test]
fn commands_clean_up_and_name_kept_files() {
    for command in [&["list"][..], &["pending"], &["tick", "Owl"]] {
        let dir = TestDir::new(LOG);
        std::fs::write(dir.beside(&format!("{DEAD}a")), "an outside save\n").unwrap();
        std::fs::write(dir.beside(&format!("{DEAD}new-b")), "ours").unwrap();
        let output = dir.run(&[], command);
        let copies = conflict_copies(&dir.log());
        assert_eq!(dir.others(), copies);
        assert_eq!(copies.len(), 1, "{output:?}");
        assert!(output.status.success() && said(&output).contains(&copies[0]), "{output:?}");
        assert_eq!(said(&dir.run(&[], command)), "", "kept files must be named only once");
    }
}

/// A conflict copy is neither the log nor part of it.
#[test]
fn a_conflict_copy_is_not_opened_as_a_log() {
    let dir = TestDir::new(LOG);
    let more = LOG.replace("《Gnu》", "《Ape》\n\nx\n\n《Yak》");
    std::fs::write(dir.beside("log (conflicted copy 2031-05-17 101112).md"), &more).unwrap();
    let logs = papers_tui::io::choose::logs_of(&dir.folder.path().join("log"));
    assert_eq!(logs, [dir.log()]);
}

/// Kills the program at each removal of a file. The next run removes the backup of an in-place save, or keeps it beside
/// the log if the log has neither the old nor the new text.
#[test]
fn backups_of_finished_saves_are_removed() {
    if Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        return println!("skipped: no strace");
    }
    let mut caught = 0;
    for at in 1..=3 {
        let dir = TestDir::new(LOG);
        std::fs::hard_link(dir.log(), dir.folder.path().join("twin.md")).unwrap();
        let backups = dir.folder.path().join("state/papers-tui/backups");
        let count = || std::fs::read_dir(&backups).map_or(0, Iterator::count);
        let inject = format!("inject=unlink,unlinkat:signal=KILL:when={at}");
        let killed = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=unlink,unlinkat", "-e", &inject];
        dir.run(&killed, &["tick", "Owl"]);
        if count() > 0 {
            caught += 1;
            let done = dir.text();
            std::fs::write(dir.log(), "torn").unwrap();
            let kept = dir.store().sweep(&dir.log());
            assert_eq!((kept.len(), count()), (1, 0));
            assert_eq!(std::fs::read_to_string(&kept[0]).unwrap(), LOG, "the text from before");
            std::fs::remove_file(&kept[0]).unwrap();
            std::fs::write(dir.log(), done).unwrap();
            dir.run(&killed, &["tick", "Owl", "--undo"]);
        }
        assert!(dir.run(&[], &["list"]).status.success());
        assert_eq!((count(), dir.others().len()), (0, 0), "{at}");
    }
    assert!(caught > 0, "no kill left a backup");
}

/// A kill in the middle of a save in place leaves the start of the new text and the rest of the old one.
#[test]
fn a_save_in_place_torn_by_a_kill_is_finished() {
    if Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        return println!("skipped: no strace");
    }
    let names = |folder: &Path| {
        let names = std::fs::read_dir(folder).into_iter().flatten();
        names.map(|name| name.unwrap().path()).collect::<Vec<_>>()
    };
    for (arguments, after) in [
        (["add", "Hen"], LOG.replace("- [ ] Owl\n", "- [ ] Owl\n- [ ] Hen\n")),
        (["tick", "Owl"], LOG.replace("[ ] Owl", "[x] Owl")),
    ] {
        let dir = TestDir::new(LOG);
        std::fs::hard_link(dir.log(), dir.folder.path().join("twin.md")).unwrap();
        let state = dir.folder.path().join("state/papers-tui");
        let (new, old) = (state.join("unfinished"), state.join("backups"));
        // Killed when it removes the two texts, after the log was written.
        let inject = "inject=unlink,unlinkat:signal=KILL";
        dir.run(&["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=unlink,unlinkat", "-e", inject], &arguments);
        assert_eq!((dir.text(), names(&old).len()), (after.clone(), 1));
        let name = names(&old)[0].file_name().unwrap().to_str().unwrap().to_owned();
        std::fs::remove_file(&names(&old)[0]).unwrap();
        // The same save, and the one that would lead back.
        let mut back: Vec<&str> = name.split('-').collect();
        back.swap(3, 4);
        for (name, before, after) in [(name.clone(), LOG, after.as_str()), (back.join("-"), &after, LOG)] {
            for cut in 0..=after.len() {
                let rest = before.as_bytes().get(cut..).unwrap_or_default();
                let torn = [&after.as_bytes()[..cut], rest].concat();
                let is_torn = torn != before.as_bytes();
                std::fs::write(dir.log(), torn).unwrap();
                std::fs::write(new.join(&name), after).unwrap();
                std::fs::write(old.join(&name), before).unwrap();
                assert!(dir.store().sweep(&dir.log()).is_empty());
                assert_eq!(dir.text(), if is_torn { after } else { before }, "{cut}");
                assert_eq!((names(&new).len(), names(&old).len(), dir.others().len()), (0, 0, 0));
            }
            // Anything else is another program's text.
            std::fs::write(dir.log(), "theirs\n").unwrap();
            std::fs::write(new.join(&name), after).unwrap();
            std::fs::write(old.join(&name), before).unwrap();
            assert!(said(&dir.run(&[], &["list"])).contains("conflicted copy"));
            assert_eq!((dir.text().as_str(), names(&new).len(), dir.others().len()), ("theirs\n", 0, 1));
            std::fs::remove_file(dir.beside(&dir.others()[0])).unwrap();
        }
    }
}

/// Runs a command under strace, which delays a system call or makes it fail; `None` without strace.
fn under_strace(dir: &TestDir, inject: &str, arguments: &[&str]) -> Option<std::process::Child> {
    Command::new("strace").arg("-V").stdout(Stdio::null()).status().ok()?;
    let before = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=renameat2,ftruncate", "-e", inject];
    dir.command(&before, arguments).spawn().ok()
}

fn wait_until(what: &str, happened: impl Fn() -> bool) {
    let start = std::time::Instant::now();
    while !happened() {
        assert!(start.elapsed() < Duration::from_secs(30), "never {what}");
        std::thread::yield_now();
    }
}

fn appender(log: &Path) -> File {
    File::options().append(true).open(log).unwrap()
}

/// One program has the log open, so our save is reverted. Before the revert, a second program opens the file that we had
/// just moved into place. Both then append.
#[test]
fn an_append_during_a_reverted_save_is_kept() {
    let dir = TestDir::new(LOG);
    let mut first = appender(&dir.log());
    // The first `renameat2` is the journal's, the second is the save, and the third reverts the save.
    let inject = "inject=renameat2:delay_enter=300000:when=3";
    let Some(child) = under_strace(&dir, inject, &["tick", "Owl"]) else { return println!("skipped: no strace") };
    wait_until("ticked", || dir.text().contains("[x] Owl"));
    let mut second = appender(&dir.log());
    first.write_all(b"first\n").unwrap();
    drop(first);
    wait_until("taken back", || !dir.text().contains("[x] Owl"));
    second.write_all(b"second\n").unwrap();
    drop(second);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(dir.text(), LOG.replace("[ ] Owl", "[x] Owl") + "first\nsecond\n");
    assert_eq!(dir.others(), [] as [&str; 0]);
}

/// A log with two names is written in place, and others append to the same file.
#[test]
fn an_append_during_an_in_place_save_is_kept() {
    let dir = TestDir::new(LOG);
    std::fs::hard_link(dir.log(), dir.folder.path().join("twin.md")).unwrap();
    let inject = "inject=ftruncate:delay_enter=300000";
    let Some(child) = under_strace(&dir, inject, &["add", "Hen"]) else { return println!("skipped: no strace") };
    wait_until("added", || dir.text().contains("Hen"));
    appender(&dir.log()).write_all(b"theirs\n").unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
    assert_eq!(dir.text(), LOG.replace("- [ ] Owl\n", "- [ ] Owl\n- [ ] Hen\n") + "theirs\n");
}

/// As in `an_append_during_a_reverted_save_is_kept`, but the second program writes a whole text.
#[test]
fn a_rewrite_during_a_reverted_save_is_kept() {
    let dir = TestDir::new(LOG);
    let mut first = appender(&dir.log());
    let inject = "inject=renameat2:delay_enter=300000:when=3";
    let Some(child) = under_strace(&dir, inject, &["tick", "Owl"]) else { return println!("skipped: no strace") };
    wait_until("ticked", || dir.text().contains("[x] Owl"));
    first.write_all(b"first\n").unwrap();
    drop(first);
    std::fs::write(dir.log(), LOG.replace("正文", "theirs")).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let copies = conflict_copies(&dir.log());
    assert_eq!(dir.text(), LOG.replace("[ ] Owl", "[x] Owl").replace("正文", "theirs"));
    assert_eq!(std::fs::read_to_string(dir.beside(&copies[0])).unwrap(), format!("{LOG}first\n"));
    assert!(said(&output).contains(&copies[0]), "{output:?}");
    assert_eq!(dir.others(), copies);
}

/// Reverting fails, so the change stays: it is reported as made, and the replaced file is named.
#[test]
fn a_saved_change_is_not_reported_as_unsaved() {
    let dir = TestDir::new(LOG);
    let mut first = appender(&dir.log());
    let inject = "inject=renameat2:error=EIO:when=3";
    let Some(child) = under_strace(&dir, inject, &["tick", "Owl"]) else { return println!("skipped: no strace") };
    wait_until("ticked", || dir.text().contains("[x] Owl"));
    first.write_all(b"first\n").unwrap();
    drop(first);
    let output = child.wait_with_output().unwrap();
    let copies = conflict_copies(&dir.log());
    assert!(output.status.success(), "{output:?}");
    assert!(dir.text().contains("[x] Owl"));
    assert_eq!(copies.len(), 1);
    assert!(said(&output).contains(&copies[0]), "{output:?}");
}

/// An error of the system is not blamed on another program.
#[test]
fn too_many_open_files_is_reported_as_such() {
    for limit in 3..14 {
        let dir = TestDir::new(LOG);
        let script = format!("ulimit -n {limit}; exec \"$@\"");
        let output = dir.run(&["sh", "-c", &script, "sh"], &["tick", "Owl"]);
        let said = said(&output);
        assert!(!said.contains("another program"), "{limit}: {said}");
        let now = dir.text();
        match output.status.success() {
            true => assert_eq!(now, LOG.replace("[ ] Owl", "[x] Owl"), "{limit}"),
            false => assert_eq!(now, LOG, "{limit}: {said}"),
        }
        assert_eq!(dir.others(), [] as [&str; 0], "{limit}: {said}");
    }
}

#[test]
fn changes_from_the_users_editor_are_never_offered_for_redo() {
    let dir = TestDir::new(LOG);
    let log = papers_tui::log::parse::parse([papers_tui::log::Source { name: String::new(), text: LOG.into() }]);
    let tick = Intent::set_done(&log, 0, true).unwrap();
    dir.store().make(&dir.log(), LOG, &[tick]).unwrap();
    dir.store().forget(&dir.log());
    assert_eq!(dir.store().undone(&dir.log(), LOG), []);
}
