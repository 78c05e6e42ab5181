//! Undo: after a restart, by another process, and never wrongly.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use papers_tui::app::{ChangeId, Message, UndoId};
use papers_tui::io::store::{ChangeKind, RetryPolicy, Store};
use papers_tui::log::edit::{ChangeKey, ChangeRecord, InsertAt, Intent};
use papers_tui::log::{Log, Source, parse};
use tempfile::TempDir;

use super::cli::program;
use super::drive::Drive;

const LOG: &str = "# todo\n\n- [ ] Elk\n- [ ] birds\n  - [ ] Owl\n  - [ ] Emu\n\n## 2031.5.17\n\n《Gnu》\n\n正文\n";

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// A folder with a log, and a user's state.
struct TestDir(TempDir);

impl TestDir {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("log.md"), text).unwrap();
        super::of_long_ago(&folder.path().join("log.md"));
        super::of_long_ago(folder.path());
        Self(folder)
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("log.md")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.path()).unwrap()
    }

    /// Another program saved the log some time ago.
    fn outside(&self, from: &str, to: &str) {
        let text = self.text();
        assert!(text.contains(from), "no {from:?} in\n{text}");
        std::fs::write(self.path(), text.replace(from, to)).unwrap();
        super::of_long_ago(&self.path());
    }

    /// The exit status and the output.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let state = self.0.path().join("state");
        let output = program(self.0.path()).env("XDG_STATE_HOME", state).args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code().unwrap(), said)
    }

    #[track_caller]
    fn does(&self, arguments: &[&str], wanted: &str) {
        let (status, said) = self.run(arguments);
        assert!(status == 0 && said.contains(wanted), "{status} {said}");
    }

    #[track_caller]
    fn refuses(&self, wanted: &[&str]) {
        let before = self.text();
        let (status, said) = self.run(&["undo"]);
        assert!(status == 2 && wanted.iter().all(|words| said.contains(words)), "{status} {said}");
        assert_eq!(self.text(), before);
    }
}

fn store(folder: &Path) -> Store {
    Store::new(folder.join("state"), RetryPolicy { pause: Duration::ZERO, attempts: 3 })
}

fn change(store: &Store, path: &Path, number: u64, make: impl FnOnce(&Log) -> Intent) {
    let known = std::fs::read_to_string(path).unwrap();
    let intent = make(&read(&known));
    store.apply(path, &known, &intent, ChangeKind::New(ChangeKey { run: 1, number })).unwrap();
}

/// Undoes changes as `undo` does, until none is left; returns the texts, the current one first.
fn take_all_back(store: &Store, path: &Path) -> Vec<String> {
    let mut texts = vec![std::fs::read_to_string(path).unwrap()];
    while let Some((_, made)) = store.made(&[path.to_owned()]).pop() {
        let known = texts.last().unwrap().clone();
        if made.inverse.can_still_be_undone(&read(&known), 0) == Ok(true) {
            let kind = ChangeKind::Undo { name: made.name, is_own: false };
            texts.push(store.apply(path, &known, &made.inverse, kind).unwrap().text);
        } else {
            store.pass_over(path, made.name, false);
        }
    }
    texts
}

#[test]
fn the_undo_command_restores_the_exact_bytes() {
    for ending in ["\n", "\r\n"] {
        let log = LOG.replace('\n', ending);
        let dir = TestDir::new(&log);
        let mut texts = vec![dir.text()];
        for arguments in [
            &["tick", "Elk"][..],
            &["tick", "Owl", "Emu"],
            &["tick", "--undo", "Owl"],
            &["add", "Hen", "--under", "birds"],
            &["log", "Owl: A Bird", "--from", "Owl"],
            &["log", "Kiwi", "--date", "2030-01-02"],
        ] {
            dir.does(arguments, "");
            texts.push(dir.text());
        }
        let (_, list) = dir.run(&["undo", "--list"]);
        let lines: Vec<&str> = list.lines().map(|line| line.rsplit_once("  ").unwrap().1).collect();
        let newest = ["log “Kiwi” on 2030.1.2", "tick “Owl”, log “Owl: A Bird” on 2031.5.18", "add “Hen”"];
        assert_eq!(lines.len(), texts.len() - 1, "{list}");
        for (line, wanted) in lines.iter().zip(newest) {
            assert!(line.split(", ").all(|part| wanted.contains(part)), "{line}");
        }
        while let Some(now) = texts.pop() {
            assert_eq!(dir.text(), now);
            if !texts.is_empty() {
                dir.does(&["undo"], "undone: ");
            }
        }
        assert_eq!(dir.run(&["undo"]), (1, "papers-tui: nothing to undo\n".to_owned()));
        assert_eq!(dir.run(&["undo", "--list", "--json"]), (1, "[]\n".to_owned()));
    }
}

#[test]
fn undo_refuses_with_a_reason_and_then_offers_an_earlier_change() {
    let dir = TestDir::new(LOG);
    dir.does(&["tick", "Elk"], "ticked");
    dir.does(&["add", "Hen"], "added");
    dir.outside("Hen", "Hens, of all kinds");
    let (_, list) = dir.run(&["undo", "--list", "--json"]);
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!((&list[0]["stands"], &list[1]["stands"]), (&false.into(), &true.into()), "{list}");
    let (_, chinese) = dir.run(&["--lang", "zh", "undo", "--list", "--json"]);
    let chinese: serde_json::Value = serde_json::from_str(&chinese).unwrap();
    assert_eq!(chinese, list, "output for programs does not depend on the language");
    let wanted = ["cannot be undone: add “Hen”", "no longer in the log", "again to undo the change before it"];
    dir.refuses(&wanted);
    dir.does(&["undo"], "undone: tick “Elk”");
    assert_eq!(dir.run(&["undo"]).0, 1);
    // A change that fits again can be undone.
    dir.outside("Hens, of all kinds", "Hen");
    dir.does(&["undo"], "add “Hen”");
    assert_eq!(dir.text(), LOG);

    // A mark that someone else has set since is left alone.
    dir.does(&["tick", "Elk"], "ticked");
    dir.outside("[x] Elk", "[-] Elk");
    dir.refuses(&["the checkbox of “Elk” has been changed since. Nothing was written"]);
    assert_eq!(dir.run(&["undo"]).0, 1);
    // A change undone by hand no longer counts, even if it is made by hand again.
    dir.outside("[-] Elk", "[x] Elk");
    dir.does(&["add", "Hen"], "added");
    dir.outside("[x] Elk", "[ ] Elk");
    dir.does(&["undo"], "add “Hen”");
    assert_eq!(dir.run(&["undo"]).0, 1);
    dir.outside("[ ] Elk", "[x] Elk");
    assert_eq!(dir.run(&["undo"]).0, 1);
    // A file with a merge conflict is not written, and the change can be undone later.
    dir.does(&["tick", "Owl"], "ticked");
    dir.outside("## 2031", "<<<<<<< ours\n## 2031");
    dir.refuses(&["line 8 begins a merge conflict"]);
    dir.outside("<<<<<<< ours\n", "");
    dir.does(&["undo"], "tick “Owl”");
}

#[test]
fn changes_to_several_files_are_undone_in_order() {
    let dir = TestDir::new(LOG);
    std::fs::write(dir.0.path().join("more.md"), LOG.replace("Elk", "Yak").replace("Gnu", "Ape")).unwrap();
    super::of_long_ago(&dir.0.path().join("more.md"));
    let both = ["--log", "log.md", "--log", "more.md"];
    let run = |arguments: &[&str]| dir.does(&[arguments, &both].concat(), "");
    run(&["tick", "Elk"]);
    run(&["tick", "Yak"]);
    run(&["add", "Hen", "--under", "Elk"]);
    for wanted in ["Hen", "Yak", "Elk"] {
        dir.does(&[&["undo"][..], &both].concat(), wanted);
    }
    assert_eq!(dir.text(), LOG);
}

#[test]
fn undo_data_are_bounded_private_and_no_copy_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let (path, store) = (folder.path().join("log.md"), store(folder.path()));
    // Almost the whole log is one line, and a word is added at its end.
    let text = LOG.replace("Elk", &"an Elk of many words 麋鹿 ".repeat(2000));
    std::fs::write(&path, &text).unwrap();
    change(&store, &path, 0, |log| {
        let target = papers_tui::log::edit::Target::of(log, 0);
        Intent::EditTask { target, text: format!("{} more", log.tasks[0].text) }
    });
    let kept = std::fs::read_dir(folder.path().join("state/undo")).unwrap().next().unwrap().unwrap();
    assert_eq!(kept.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(kept.metadata().unwrap().len() < 4096, "{}", std::fs::read_to_string(kept.path()).unwrap());
    assert_eq!(take_all_back(&store, &path).pop().unwrap(), text);
    assert!(!kept.path().exists());

    std::fs::write(&path, LOG).unwrap();
    for number in 1..150 {
        change(&store, &path, number, |log| Intent::set_done(log, 0, !log.tasks[0].is_done()).unwrap());
    }
    let made = store.made(std::slice::from_ref(&path));
    let numbers: Vec<u64> = made.iter().map(|(_, made)| made.name.number).collect();
    assert_eq!(numbers, (50..150).collect::<Vec<_>>());
    assert_eq!(take_all_back(&store, &path).len(), 101);
    // A change of very many lines is recorded too.
    let many = "- [ ] birds\n".to_owned() + &"  - [ ] some bird\n".repeat(5000);
    let text = format!("# todo\n\n{many}- [ ] Elk\n");
    std::fs::write(&path, &text).unwrap();
    change(&store, &path, 200, |log| Intent::set_done(log, log.tasks.len() - 1, true).unwrap());
    change(&store, &path, 201, |log| {
        let target = papers_tui::log::edit::Target::of(log, 0);
        Intent::DeleteTask { target }
    });
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "# todo\n\n- [x] Elk\n");
    assert_eq!(take_all_back(&store, &path)[1..], [text.replace("[ ] Elk", "[x] Elk"), text]);
}

/// Two processes that undo the same change do it once.
#[test]
fn a_change_is_undone_only_once() {
    let folder = tempfile::tempdir().unwrap();
    let (path, store) = (folder.path().join("log.md"), store(folder.path()));
    std::fs::write(&path, LOG).unwrap();
    change(&store, &path, 0, |_| Intent::AddTask { text: "Hen".into(), place: InsertAt::End });
    let known = std::fs::read_to_string(&path).unwrap();
    let (_, made) = store.made(std::slice::from_ref(&path)).pop().unwrap();
    let undo = |is_own| {
        let kind = ChangeKind::Undo { name: made.name, is_own };
        store.apply(&path, &known, &made.inverse, kind)
    };
    assert_eq!(undo(false).unwrap().text, LOG);
    // Someone adds the same item by hand: that one is not ours to undo.
    std::fs::write(&path, &known).unwrap();
    let error = undo(false).unwrap_err().to_string();
    assert!(error.contains("was already undone"), "{error}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), known);
}

#[test]
fn a_damaged_undo_list_is_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let (path, store) = (folder.path().join("log.md"), store(folder.path()));
    std::fs::write(&path, LOG).unwrap();
    change(&store, &path, 0, |log| Intent::set_done(log, 0, true).unwrap());
    let ticked = std::fs::read_to_string(&path).unwrap();
    change(&store, &path, 1, |_| Intent::AddTask { text: "Hen".into(), place: InsertAt::End });
    let kept = std::fs::read_dir(folder.path().join("state/undo")).unwrap().next().unwrap().unwrap().path();
    let (whole, after) = (std::fs::read(&kept).unwrap(), std::fs::read_to_string(&path).unwrap());
    let allowed = [after.clone(), ticked, after.replace("[x] Elk", "[ ] Elk"), LOG.to_owned()];
    for cut in (0..whole.len()).step_by(7) {
        for torn in [whole[..cut].to_vec(), [&whole[..cut], &vec![0; whole.len() - cut]].concat()] {
            std::fs::write(&kept, torn).unwrap();
            std::fs::write(&path, &after).unwrap();
            for text in take_all_back(&store, &path) {
                assert!(allowed.contains(&text), "{cut}: {text}");
            }
        }
    }
    std::fs::write(&kept, [b"{\"version\":9}\n", &whole[..]].concat()).unwrap();
    std::fs::write(&path, &after).unwrap();
    assert_eq!(take_all_back(&store, &path).pop().unwrap(), LOG);
}

/// How many processes to kill; `PAPERS_TUI_KILLS` sets it.
fn kills() -> u64 {
    std::env::var("PAPERS_TUI_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(8)
}

#[test]
fn a_kill_loses_at_most_the_last_undo() {
    for round in 0..kills() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("log.md"), LOG).unwrap();
        let mut victim = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "undo::child_that_changes", "--ignored", "--nocapture", "--test-threads", "1"])
            .env("PAPERS_TUI_VICTIM", folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines();
        let mut texts: Vec<String> = vec![LOG.to_owned()];
        while texts.len() < 6 {
            let line = lines.next().unwrap().unwrap();
            if let Some(text) = line.strip_prefix("is ") {
                texts.push(text.replace("\\n", "\n"));
            }
        }
        // Kill the process at some moment during the next changes.
        (0..round * 79 % 128 * 20_000).for_each(|_| std::hint::spin_loop());
        victim.kill().unwrap();
        victim.wait().unwrap();
        let (path, store) = (folder.path().join("log.md"), store(folder.path()));
        store.sweep(&path);
        let back = take_all_back(&store, &path);
        let last = back.last().unwrap();
        let is_back = |text: &str| text == LOG;
        // Only the change at the kill may be left: one added or ticked item.
        let left = last.lines().filter(|line| !LOG.lines().any(|known| known == *line)).count();
        assert!(is_back(last) || left == 1, "round {round}:\n{}", back.join("----\n"));
        assert!(back.len() + 1 >= texts.len(), "round {round}: {} of {}", back.len(), texts.len());
    }
}

#[test]
#[ignore = "run and killed by the test above"]
fn child_that_changes() {
    let Some(folder) = std::env::var_os("PAPERS_TUI_VICTIM").map(PathBuf::from) else { return };
    let (path, store) = (folder.join("log.md"), store(&folder));
    println!();
    for number in 0.. {
        change(&store, &path, number, |log| match number % 2 {
            0 => Intent::AddTask { text: format!("bird {number}"), place: InsertAt::End },
            _ => Intent::set_done(log, 0, !log.tasks[0].is_done()).unwrap(),
        });
        let text = std::fs::read_to_string(&path).unwrap().replace('\n', "\\n");
        let mut out = std::fs::File::options().write(true).open("/dev/stdout").unwrap();
        out.write_all(format!("is {text}\n").as_bytes()).unwrap();
    }
}

/// The text after a change by another run, and that change as the files worker reports it.
fn made(text: &str, number: u64, intent: &Intent) -> (String, (usize, UndoId, ChangeRecord)) {
    let change = intent.apply_to_text(text).unwrap().unwrap();
    let name = ChangeKey { run: 7, number };
    let when = i64::try_from(number).unwrap() * 86_400_000_000;
    let made = ChangeRecord::new(name, when, intent, change.inverse);
    (change.text, (0, UndoId::Kept(name), made))
}

#[test]
fn the_panes_undo_changes_of_other_runs() {
    let (one, first) = made(LOG, 1, &Intent::set_done(&read(LOG), 0, true).unwrap());
    let (two, second) = made(&one, 2, &Intent::AddTask { text: "Hen".into(), place: InsertAt::End });
    let mut drive = Drive::new(&two, 140, 42);
    drive.send(Message::Changes { made: vec![first.clone(), second.clone()], gone: vec![] });
    drive.keys("C").sees("Changes").sees("add “Hen”").sees("tick “Elk”").keys("<esc>");
    drive.keys("U").sees("Undone: add “Hen”");
    assert_eq!(drive.disk, one);
    // An outdated list does not bring back the change that was undone.
    drive.send(Message::Changes { made: vec![first.clone(), second], gone: vec![] });
    drive.keys("U").sees("Undone: tick “Elk”").keys("U").sees("Nothing to undo");
    assert_eq!(drive.disk, LOG);
    drive.keys("<c-r><c-r>").sees("Redone");
    assert_eq!(drive.disk, two);

    // A change by another process is listed by its time among our own.
    let mut drive = Drive::new(LOG, 140, 42);
    drive.keys("3jjx");
    let own = drive.disk.clone();
    let (both, other) = made(&own, 1, &Intent::set_done(&read(&own), 0, true).unwrap());
    let mine = (0, UndoId::Own(ChangeId(1)), ChangeRecord { name: ChangeKey { run: 8, number: 1 }, ..other.2.clone() });
    drive.outside(&own, &both).send(Message::Changes { made: vec![mine, other], gone: vec![] });
    drive.keys("U").sees("Undone: tick “Elk”").keys("U").sees("Undone: tick “Owl”");
    assert_eq!(drive.disk, LOG);

    // A change undone by another process is not offered.
    let mut drive = Drive::new(LOG, 140, 42);
    drive.keys("3xjjx").outside("[x] Owl", "[ ] Owl").send(Message::Changes { made: vec![], gone: vec![ChangeId(2)] });
    drive.keys("U").sees("Undone: tick “Elk”").keys("U").sees("Nothing to undo");
}

#[test]
fn the_panes_refuse_an_undo_and_offer_an_earlier_one() {
    let mut drive = Drive::new(LOG, 140, 42);
    drive.keys("3xjjErenamed<enter>").outside("Owlrenamed", "Owls");
    drive.keys("U").sees("Cannot undo: “Owlrenamed” is no");
    drive.keys("U").sees("Undone: tick “Elk”").keys("U").sees("Nothing to undo");
    assert_eq!(drive.disk, LOG.replace("Owl", "Owls"));
    // If saving an undo is refused, the change stays, and there is nothing to redo.
    let mut drive = Drive::new(LOG, 140, 42);
    drive.keys("3x").hold().keys("U");
    drive.disk = drive.disk.replace("[x] Elk", "[?] Elk");
    drive.release().sees("has been changed since").keys("<c-r>").sees("Nothing to redo");
    drive.outside("[?] Elk", "[x] Elk").keys("U").sees("Undone: tick “Elk”");
    assert_eq!(drive.disk, LOG);
}
