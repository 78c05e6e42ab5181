//! Undo never moves what someone has written since below what a change added.

use std::path::Path;

use papers_tui::log::edit::{InsertAt, Intent, NewEntry, Refusal};
use papers_tui::log::{Log, Source, parse};

use super::cli::program;
use super::drive::Drive;
use super::terminal::Run;

const LOG: &str = "# Papers I read\n\n## 2031-05-16\n\n### Emus at Work\nThey count.\n\n## 2031-05-17\n\n### Owls of Old\n\
                   They watch.\n";

const BODY: &str = "YYYY.M, by whom, on what; main points:\n\n1. \n2. \n\nOverall, ";

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

fn log(title: &str, date: &str) -> Intent {
    Intent::LogEntry(NewEntry { title: title.into(), date: date.parse().unwrap(), body: BODY.into(), under: None })
}

fn add(text: &str) -> Intent {
    Intent::AddTask { text: text.into(), place: InsertAt::End }
}

/// What someone does to the text.
type Edit<'a> = &'a dyn Fn(&str) -> String;

/// Makes changes, lets someone edit the text, and undoes the last change.
#[track_caller]
fn undo(text: &str, changes: &[Intent], edit: impl Fn(&str) -> String) -> Result<String, Refusal> {
    let mut now = text.to_owned();
    let mut inverse = None;
    for change in changes {
        let made = change.apply_to_text(&now).unwrap().expect("something changes");
        (now, inverse) = (made.text, Some(made.inverse));
    }
    let edited = edit(&now);
    let inverse = inverse.unwrap();
    let undone = inverse.apply_to_text(&edited).map(|undone| undone.expect("something is undone").text);
    // The command and the panes first check whether there is anything to undo.
    assert_eq!(inverse.would_undo(&read(&edited), 0).err(), undone.as_ref().err().cloned());
    undone
}

#[track_caller]
fn refuses(text: &str, changes: &[Intent], edit: impl Fn(&str) -> String, wanted: &Refusal) {
    assert_eq!(undo(text, changes, edit).as_ref(), Err(wanted));
}

fn below(line: &str) -> Refusal {
    Refusal::WrittenBelow(line.into())
}

#[test]
fn notes_below_a_logged_entry_do_not_move_to_another() {
    let both = [log("Gnus on the Plains", "2031-05-17"), log("Kiwis in the Dark", "2031-05-17")];
    refuses(LOG, &both, |now| format!("{now}\nMy own notes on B.\n"), &below("My own notes on B."));
    // The first entry of a day, below which it would lose its entry, and its day.
    refuses(LOG, &[log("Kiwis in the Dark", "2031-05-18")], |now| format!("{now}\n- mine\n"), &below("- mine"));
    // Also where the log has windows' line endings.
    let windows = LOG.replace('\n', "\r\n");
    refuses(&windows, &both, |now| format!("{now}\r\nMine.\r\n"), &below("Mine."));
    // Text elsewhere is no obstacle.
    let elsewhere = |now: &str| now.replace("They count.\n", "They count.\n\nAnd work.\n");
    assert_eq!(undo(LOG, &both[..1], elsewhere), Ok(elsewhere(LOG)));
}

#[test]
fn a_heading_stays_for_what_was_written_below_it() {
    let own = "\n### Written by hand\nMine.\n";
    let made = undo(LOG, &[log("Kiwis in the Dark", "2031-05-18")], |now| format!("{now}{own}"));
    assert_eq!(made, Ok(format!("{LOG}\n## 2031-05-18\n{own}")));
    // A month, which holds a day written by hand.
    let made =
        undo("", &[log("暗处的鸟", "2031-05-18")], |now| format!("{now}\n## 2031.5.19\n\n《Mine》\n\nnotes\n"));
    assert_eq!(made.unwrap(), "# 2031.5\n\n## 2031.5.19\n\n《Mine》\n\nnotes\n");
    // The heading of a pending list.
    let made = undo(LOG, &[add("Kiwis")], |now| format!("{now}- [ ] my own\n"));
    assert_eq!(made, Ok(format!("{LOG}\n## pending list\n\n- [ ] my own\n")));
    // An item below the added one would become another's.
    let (one, other) = (format!("{LOG}\n## pending list\n\n- [ ] Elk\n"), [add("Kiwis")]);
    refuses(&one, &other, |now| format!("{now}  of my own\n"), &below("of my own"));
    assert!(undo(&one, &other, |now| format!("{now}  - [ ] my own\n")).is_err());
    let bare = one.replace("- [ ] ", "- ");
    refuses(&bare, &other, |now| format!("{now}  of my own\n"), &below("of my own"));
}

#[test]
fn the_reason_names_the_line_that_was_edited() {
    let made = [log("Kiwis in the Dark", "2031-05-18")];
    let edited = Refusal::Edited("YYYY.M, by whom, on what; main points:".into());
    refuses(LOG, &made, |now| now.replace("YYYY.M, by whom", "2031.5, by Ada"), &edited);
    refuses(LOG, &made, |now| now.replace("1. \n", "1. \nwords\n"), &Refusal::Edited("2031-05-18".into()));
    refuses(LOG, &[add("Hen")], |now| now.replace("Hen", "Hens"), &Refusal::Edited("Hen".into()));
}

/// A change at the end of the file counts as undone by hand only if nothing of it is left.
#[test]
fn an_edited_change_is_not_taken_for_one_undone_by_hand() {
    let stands = |change: &Intent, edit: Edit<'_>| {
        let made = change.apply_to_text(LOG).unwrap().unwrap();
        made.inverse.can_still_be_undone(&read(&edit(&made.text)), 0)
    };
    let entry = log("Kiwis in the Dark", "2031-05-17");
    assert!(stands(&entry, &|now| now.replace("Overall, ", "Overall, good")).is_err());
    assert!(stands(&entry, &|now| now.replace("### Kiwis", "### All Kiwis")).is_err());
    assert!(stands(&add("Hen"), &|now| now.replace("Hen", "Hens")).is_err());
    assert_eq!(stands(&entry, &|_| LOG.to_owned()), Ok(false));
    assert_eq!(stands(&entry, &|_| format!("{LOG}\n\n")), Ok(false));
    assert_eq!(stands(&add("Hen"), &|_| LOG.to_owned()), Ok(false));
    // The entry above ends with the same lines of the template.
    let first = log("Apes at Night", "2031-05-17").apply_to_text(LOG).unwrap().unwrap().text;
    let second = entry.apply_to_text(&first).unwrap().unwrap();
    let retitled = second.text.replace("Kiwis in the Dark", "Mine");
    assert!(second.inverse.can_still_be_undone(&read(&retitled), 0).is_err());
    // The list had an item with the same text.
    let list = format!("{LOG}\n## pending list\n\n- [ ] Owl\n");
    let added = add("Owl").apply_to_text(&list).unwrap().unwrap();
    let (above, own) = added.text.rsplit_once("Owl").unwrap();
    let reworded = format!("{above}Owlet{own}");
    assert!(added.inverse.can_still_be_undone(&read(&reworded), 0).is_err());
    assert!(added.inverse.apply_to_text(&reworded).is_err());
    // Moved and edited: the title is still there.
    let moved = |_: &str| LOG.replace("\n## 2031-05-17", "\n### Kiwis in the Dark\nMine.\n\n## 2031-05-17");
    assert!(stands(&entry, &moved).is_err());
    let long = LOG.replace("They watch.", &"They watch. ".repeat(400));
    let made = entry.apply_to_text(&long).unwrap().unwrap();
    assert!(made.inverse.can_still_be_undone(&read(&made.text.replace("Overall, ", "Good")), 0).is_err());
}

#[test]
fn the_panes_refuse_to_move_notes_and_go_on_to_an_earlier_change() {
    let mut drive = Drive::new(LOG, 140, 42);
    drive.keys("3aHen<enter>a<esc>").keys("3aOwl<enter>");
    let text = drive.disk.clone();
    drive.outside("- [ ] Owl\n", "- [ ] Owl\n  of my own\n");
    drive.keys("U").sees("Cannot undo: add “Owl”: “of my own” was written below it since");
    drive.keys("U").sees("Undone: add “Hen” (skipped 1 newer that cannot be undone)");
    assert_eq!(drive.disk, text.replace("- [ ] Hen\n", "").replace("Owl\n", "Owl\n  of my own\n"));
    drive.keys("U").sees("Nothing to undo");
}

/// The exit status, and what a command says, with state in this folder.
fn run(folder: &Path, state: &str, arguments: &[&str]) -> (i32, String, String) {
    let output = program(folder).env("XDG_STATE_HOME", folder.join(state)).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_command_refuses_to_move_notes_and_then_says_what_it_skips() {
    let notes = |now: &str| format!("{now}\nMy own notes.\n");
    let words = |now: &str| format!("{}1. fine\n2. \n", now.rsplit_once("1. \n").unwrap().0);
    let cases: [(Edit<'_>, &str); 2] = [
        (&notes, "“My own notes.” was written below it since"),
        (&words, "the text that it wrote has been edited since"),
    ];
    for (edit, reason) in cases {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.md");
        std::fs::write(&path, LOG).unwrap();
        let run = |arguments: &[&str]| run(folder.path(), "state", arguments);
        for title in ["Gnus on the Plains", "Kiwis in the Dark"] {
            assert_eq!(run(&["log", title, "--date", "2031-05-17"]).0, 0);
        }
        let edited = edit(&std::fs::read_to_string(&path).unwrap());
        std::fs::write(&path, &edited).unwrap();
        super::of_long_ago(&path);
        let (_, list, _) = run(&["undo", "--list"]);
        assert!(list.lines().next().unwrap().contains(reason), "{list}");
        let (status, _, said) = run(&["undo"]);
        let wanted = ["cannot be undone: log “Kiwis in the Dark”", reason, "again to undo the change before it"];
        assert!(status == 2 && wanted.iter().all(|words| said.contains(words)), "{status} {said}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), edited);
        // The next undo goes on to the change before it, and names what it skips, also later.
        assert_eq!(run(&["add", "Hen"]).0, 0);
        assert!(run(&["undo"]).1.contains("undone: add “Hen”"));
        let (status, done, said) = run(&["undo"]);
        assert!(status == 0 && done.contains("undone: log “Gnus on the Plains”"), "{status} {done} {said}");
        assert!(said.contains("skipped, cannot be undone: log “Kiwis in the Dark”"), "{said}");
    }
}

#[test]
fn it_is_told_if_a_change_cannot_be_undone_later() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("log.md"), LOG).unwrap();
    // A file in place of the folder; permissions would not stop root.
    std::fs::write(folder.path().join("state"), "").unwrap();
    let (status, done, said) = run(folder.path(), "state", &["add", "Hen"]);
    assert!(status == 0 && done.contains("added: Hen"), "{status} {done}");
    assert!(said.contains("the change cannot be undone later: ") && said.lines().count() == 1, "{said}");
    assert_eq!(run(folder.path(), "elsewhere", &["add", "Owl"]).2, "");
    // The panes say it once.
    let state = folder.path().join("state");
    let mut panes = Run::with(&[("XDG_STATE_HOME", state.to_str().unwrap())], &["log.md"], folder.path());
    panes
        .sees("Emus at Work")
        .types("3x")
        .sees("cannot be undone later")
        .types("x")
        .waits("gone", |screen| !screen.contains("cannot be undone later"));
    panes.quits();
}
