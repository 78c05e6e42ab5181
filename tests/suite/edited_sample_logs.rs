//! Edits real logs by commands and by keys: adds entries for today and for a past day; adds two items, ticks one and
//! logs the other. Each new entry adds exactly one paper, and undoing all changes restores every byte.
//!
//! `PAPERS_TUI_LOGS` names the folder with these logs; without it the tests say that they are skipped.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate};
use papers_tui::app::{Effect, Message};
use papers_tui::log::edit::{headings, is_undated, topics};
use papers_tui::log::{Log, Source, parse};
use tempfile::TempDir;

use super::cli::program;
use super::drive::Drive;
use super::teaching::{folder_of_logs, logs_of_others};
use crate::terminal::Run;

/// How many of the logs may refuse a change.
const REFUSED: usize = 3;
const TODAY: &str = "2031-08-09";
const NEW: [&str; 4] =
    ["Apes at Play: A Study", "Bears at Rest: A Study", "Cats in Boxes: A Study", "Dogs at Night: A Study"];

/// Texts by file name.
type Files = BTreeMap<String, String>;

fn read(files: &Files, is_folder: bool) -> Log {
    let sources = files.iter().map(|(name, text)| Source { name: name.clone(), text: text.as_str().into() });
    if !is_folder {
        return parse::parse(sources);
    }
    let all = 0..files.len();
    parse::parse_folders(sources, &[all], &Arc::default(), &mut |_| {})
}

fn titles(log: &Log) -> Vec<String> {
    let mut titles: Vec<String> = log.entries.iter().map(|entry| entry.title.to_string()).collect();
    titles.sort();
    titles
}

/// Where and when entries can be added.
struct Ways {
    newest: Option<NaiveDate>,
    under: Option<String>,
}

impl Ways {
    fn of(log: &Log) -> Self {
        let newest = log.sections.iter().filter_map(|section| section.kind.date()).max();
        let first = || headings(log, 0).into_iter().find(|section| !section.entries().is_empty());
        let under = topics(log).first().map(|(topic, _)| (*topic).to_owned());
        let under = under.or_else(|| first().filter(|_| is_undated(log, 0)).map(|it| it.heading.to_string()));
        Self { newest, under }
    }

    fn past(&self) -> Option<NaiveDate> {
        self.newest.and_then(|newest| newest.checked_sub_days(Days::new(3)))
    }
}

fn is_of_use(log: &Log) -> bool {
    !log.entries.is_empty() || log.sections.iter().any(|section| section.kind.is_dated())
}

/// One of the logs, in a temporary folder.
struct TestDir {
    folder: TempDir,
    is_folder: bool,
}

impl TestDir {
    fn new(files: &Files, is_folder: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
            super::of_long_ago(&path);
        }
        Self { folder, is_folder }
    }

    fn files(&self) -> Files {
        let mut files = Files::new();
        collect(&self.folder.path().join("log"), self.folder.path(), &mut files);
        files
    }

    fn model(&self) -> Log {
        read(&self.files(), self.is_folder)
    }

    fn run(&self, arguments: &[&str]) -> Result<(), String> {
        let log = if self.is_folder { "log" } else { "log/log.md" };
        let mut program = program(self.folder.path());
        program.env("XDG_STATE_HOME", self.folder.path().join("state")).env("PAPERS_TUI_LOG", log);
        let output = program.env("PAPERS_TUI_TODAY", TODAY).args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        match output.status.code() {
            Some(0) => Ok(()),
            Some(2) => Err(said),
            _ => panic!("{arguments:?}: {said}"),
        }
    }

    /// Logs a paper: the log then has one more, or the command says why not and at which line to write it.
    fn logs(&self, title: &str, more: &[&str], refused: &mut Vec<String>) {
        let before = (self.files(), titles(&self.model()));
        let arguments: Vec<&str> = ["log", title].iter().chain(more).copied().collect();
        match self.run(&arguments) {
            Ok(()) => {
                let mut wanted = before.1;
                wanted.push(title.to_owned());
                wanted.sort();
                assert_eq!(titles(&self.model()), wanted, "{arguments:?}");
            }
            Err(said) => {
                assert!(
                    said.contains("write it in your editor, at line") || said.contains("HEADING: “"),
                    "{arguments:?}: {said}"
                );
                assert_eq!(self.files(), before.0, "{arguments:?}: {said}");
                refused.push(format!("{arguments:?}: {}", said.trim()));
            }
        }
    }
}

fn collect(folder: &Path, root: &Path, files: &mut Files) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, root, files);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            files.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// All logs: name, files, and whether it is a folder.
fn logs() -> Option<Vec<(String, Files, bool)>> {
    let mut logs: Vec<(String, Files, bool)> = logs_of_others()?
        .into_iter()
        .map(|(name, text)| (name, Files::from([("log/log.md".to_owned(), text)]), false))
        .collect();
    logs.extend(folders()?);
    Some(logs)
}

/// The logs that are folders.
fn folders() -> Option<Vec<(String, Files, bool)>> {
    let folders = folder_of_logs()?.join("folders");
    let mut logs = Vec::new();
    for name in ["thesofakillers-notes", "Zhiyuan-G-2022"] {
        let folder = folders.join(name);
        if !folder.is_dir() {
            println!("skipped: no folder {name} in PAPERS_TUI_LOGS");
            continue;
        }
        let mut files = Files::new();
        collect(&folder, &folder, &mut files);
        let files = files.into_iter().map(|(path, text)| (format!("log/{path}"), text)).collect();
        logs.push((name.to_owned(), files, true));
    }
    Some(logs)
}

/// Edits a log by commands; returns what was refused.
fn by_command(files: &Files, is_folder: bool) -> Vec<String> {
    let dir = TestDir::new(files, is_folder);
    let ways = Ways::of(&dir.model());
    let mut refused = Vec::new();
    let under: Vec<&str> = ways.under.iter().flat_map(|under| ["--under", under]).collect();
    dir.logs(NEW[0], &under, &mut refused);
    if let Some(past) = ways.past().filter(|_| under.is_empty()) {
        dir.logs(NEW[1], &["--date", &past.to_string()], &mut refused);
    }
    let before = refused.len();
    for item in [NEW[2], NEW[3]] {
        dir.run(&["add", item]).unwrap_or_else(|said| refused.push(said));
    }
    dir.run(&["tick", NEW[3]]).unwrap_or_else(|said| refused.push(said));
    let model = dir.model();
    let is_done = |title: &str| model.tasks.iter().find(|task| task.text == title).map(|task| task.is_closed());
    if refused.len() == before {
        assert_eq!([NEW[2], NEW[3]].map(is_done), [Some(false), Some(true)]);
    }
    let newest = ways.newest.map(|newest| newest.to_string());
    let date: Vec<&str> = newest.iter().filter(|_| under.is_empty()).flat_map(|date| ["--date", date]).collect();
    dir.logs(NEW[2], &[&["--from", NEW[2]], &under[..], &date[..]].concat(), &mut refused);
    let mut left = 10;
    while dir.run_undo() {
        left -= 1;
        assert!(left > 0, "more changes were undone than made");
    }
    assert!(dir.files() == *files, "undo did not restore the log");
    refused
}

impl TestDir {
    /// Undoes one change; returns whether there was one.
    fn run_undo(&self) -> bool {
        let log = if self.is_folder { "log" } else { "log/log.md" };
        let mut program = program(self.folder.path());
        program.env("XDG_STATE_HOME", self.folder.path().join("state")).env("PAPERS_TUI_LOG", log);
        let output = program.args(["undo"]).output().unwrap();
        match output.status.code() {
            Some(0) => true,
            Some(1) => false,
            _ => panic!("{}", String::from_utf8_lossy(&output.stderr)),
        }
    }
}

#[test]
fn every_sample_log_can_be_edited_by_commands() {
    let mut refused = Vec::new();
    let Some(logs) = logs() else { return };
    for (name, files, is_folder) in &logs {
        if is_of_use(&read(files, *is_folder)) {
            let reasons = by_command(files, *is_folder);
            reasons.iter().for_each(|why| println!("{name}: {why}"));
            refused.extend((!reasons.is_empty()).then_some(name));
        }
    }
    assert!(refused.len() <= REFUSED, "{} of {} logs: {refused:?}", refused.len(), logs.len());
}

/// Edits a log by keys; returns what was refused.
fn by_keys(text: &str) -> Vec<String> {
    let mut drive = Drive::new(text, 140, 42);
    let now = DateTime::parse_from_rfc3339(&format!("{TODAY}T10:00:00+00:00")).unwrap();
    drive.send(Message::Time(now));
    let ways = Ways::of(&drive.app.log);
    let mut refused = Vec::new();
    logs_by_keys(&mut drive, &format!("N{}<enter><enter>", NEW[0]), NEW[0], &mut refused);
    if let Some(past) = ways.past().filter(|_| ways.under.is_none()) {
        logs_by_keys(&mut drive, &format!("N{past} {}<enter>", NEW[1]), NEW[1], &mut refused);
    }
    let item = |drive: &mut Drive, item: &str, key: &str| {
        drive.keys(&format!("3a{item}<enter>3/{item}<enter>")).sees(&format!("“{}", &item[..4])).keys(key);
    };
    item(&mut drive, NEW[3], "x");
    assert!(drive.disk.contains(&format!("[x] {}", NEW[3])), "{}", drive.disk);
    drive.keys("<esc>");
    item(&mut drive, NEW[2], "");
    logs_by_keys(&mut drive, "m<enter>", NEW[2], &mut refused);
    for _ in 0..10 {
        drive.keys("<esc>3U");
        if drive.screen().contains("Nothing to undo") {
            break;
        }
    }
    assert!(drive.disk == text, "undo did not restore the log");
    refused
}

/// Logs a paper: the log then has one more, or the editor opens at the line where it belongs.
fn logs_by_keys(drive: &mut Drive, keys: &str, title: &str, refused: &mut Vec<String>) {
    let (before, disk) = (titles(&drive.app.log), drive.disk.clone());
    drive.keys(keys);
    if drive.screen().contains("Not written: ") {
        drive.sees("write it in the editor, at line ").keys("<enter>");
        assert!(matches!(drive.effects.last(), Some(Effect::Edit { .. })));
        assert_eq!(drive.disk, disk);
        return refused.push(format!("{keys}: not written"));
    }
    let mut wanted = before;
    // Where checkboxes are papers, the item was an entry already and has now been read.
    if !wanted.iter().any(|it| it == title) {
        wanted.push(title.to_owned());
        wanted.sort();
    }
    let log = parse::parse([Source { name: "log.md".into(), text: drive.disk.as_str().into() }]);
    assert_eq!(titles(&log), wanted, "{keys} on\n{}", drive.screen());
}

#[test]
fn every_sample_log_can_be_edited_by_keys() {
    let mut refused = Vec::new();
    let Some(logs) = logs_of_others() else { return };
    for (name, text) in &logs {
        let files = Files::from([("log.md".to_owned(), text.clone())]);
        if is_of_use(&read(&files, false)) {
            let reasons = by_keys(text);
            reasons.iter().for_each(|why| println!("{name}: {why}"));
            refused.extend((!reasons.is_empty()).then_some(name));
        }
    }
    assert!(refused.len() <= REFUSED, "{} of {} logs: {refused:?}", refused.len(), logs.len());
}

/// Edits a folder in a terminal; returns what was refused.
fn by_keys_in_a_folder(files: &Files) -> Vec<String> {
    let dir = TestDir::new(files, true);
    let mut run = Run::with(&[("EDITOR", "true"), ("VISUAL", "true")], &["./log"], dir.folder.path());
    run.sees(" help");
    let mut refused = Vec::new();
    let under = Ways::of(&dir.model()).under.is_some();
    dir.logs_by_keys(&mut run, &format!("N{}\r", NEW[0]), NEW[0], &mut refused);
    if let Some(past) = Ways::of(&read(files, true)).past().filter(|_| !under) {
        dir.logs_by_keys(&mut run, &format!("N{past} {}\r", NEW[1]), NEW[1], &mut refused);
    }
    let state = |title: &str| dir.model().tasks.iter().find(|task| task.text == title).map(|task| task.is_closed());
    for item in [NEW[3], NEW[2]] {
        // An Esc typed before would turn the next key into another one, so that key does not matter.
        run.types("13").types_until("3", "the pending list", |screen| screen.contains("━ Pending"));
        run.types("a").sees("─ Add an item").types(&format!("{item}\r"));
        run.wait_for("the item to be added", || state(item) == Some(false));
        run.types(&format!("/{item}\r")).sees(&format!("“{}", &item[..4]));
        if item == NEW[3] {
            run.types("x");
            run.wait_for("the item to be ticked", || state(item) == Some(true));
            run.types_until("\x1b", "no filter", |screen| !screen.contains("“Dogs"));
        }
    }
    dir.logs_by_keys(&mut run, "m", NEW[2], &mut refused);
    run.types("\x1b\x1b3").types_until("U", "nothing to undo", |screen| screen.contains("Nothing to undo"));
    run.quits();
    assert!(dir.files() == *files, "undo did not restore the log");
    refused
}

impl TestDir {
    /// Logs a paper by keys; Enter accepts what is offered for the date and the heading.
    fn logs_by_keys(&self, run: &mut Run, keys: &str, title: &str, refused: &mut Vec<String>) {
        let (mut wanted, before) = (titles(&self.model()), self.files());
        wanted.push(title.to_owned());
        wanted.sort();
        let is_logged = || titles(&self.model()) == wanted;
        // Right after the editor closes, a key may be dropped as if it were meant for the editor. Repeating this one
        // does no harm.
        if keys.starts_with('N') {
            run.types_until("1", "the timeline", |screen| screen.contains("━ Timeline"));
        }
        run.types(keys);
        let is_over = |screen: &str| screen.contains("Not written: ") || is_logged();
        run.waits("a question or the paper", |screen| screen.contains("↵ choose") || is_over(screen));
        if !run.shows("Not written: ") && !is_logged() {
            // Accept the heading that is offered.
            run.types("\r").waits("the paper", is_over);
        }
        if !is_logged() {
            assert_eq!(self.files(), before, "{keys}");
            refused.push(format!("{keys}: not written"));
            run.types("\x1b");
        } else {
            // Wait until the editor has opened and closed.
            let (short, _) = title.split_once(':').unwrap();
            run.sees(&format!("━ {short} ━"));
        }
    }
}

#[test]
fn every_sample_folder_can_be_edited_by_keys() {
    let Some(folders) = folders() else { return };
    for (name, files, _) in folders {
        assert_eq!(by_keys_in_a_folder(&files), [""; 0], "{name}");
    }
}
