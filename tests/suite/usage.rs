//! Slips on the command line: empty and mistyped arguments, environment variables, pasted items, logs without a place
//! for a change.

use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use super::cli::program;

const LOG: &str = "# todo\n\n- [ ] Elk\n\n## 2031.5.17\n\n《Gnu: A Model》\n\nruns\n";

struct TestDir(TempDir);

impl TestDir {
    fn new(log: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("log.md"), log).unwrap();
        super::of_long_ago(&folder.path().join("log.md"));
        super::of_long_ago(folder.path());
        Self(folder)
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.0.path().join("log.md")).unwrap()
    }

    fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
        let mut command = program(self.0.path());
        command.env("XDG_STATE_HOME", self.0.path().join("state")).args(arguments);
        for (name, value) in variables {
            command.env(name, value);
        }
        command.output().unwrap()
    }

    /// Checks the exit status, and that the output contains some words.
    #[track_caller]
    fn says(&self, arguments: &[&str], status: i32, wanted: &str) {
        self.says_with(&[], arguments, status, wanted);
    }

    #[track_caller]
    fn says_with(&self, variables: &[(&str, &str)], arguments: &[&str], status: i32, wanted: &str) {
        let output = self.run_with(variables, arguments);
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        assert!(output.status.code() == Some(status) && said.contains(wanted), "{:?}: {said}", output.status);
    }
}

#[test]
fn an_empty_text_names_nothing() {
    let dir = TestDir::new(LOG);
    for command in ["tick", "show", "search", "add"] {
        for text in ["", " ", "\t"] {
            dir.says(&[command, text], 2, "the text is empty");
        }
    }
    dir.says(&["search", "--text", ""], 2, "the text is empty");
    dir.says(&["tick", "[ ] "], 2, "the text is empty");
    dir.says(&["add", "Owl", "--under", ""], 2, "the text is empty");
    dir.says_with(&[("PAPERS_TUI_LANG", "zh")], &["show", ""], 2, "文字为空");
    assert_eq!(dir.log(), LOG);
}

#[test]
fn a_mistyped_subcommand_is_suggested() {
    let dir = TestDir::new(LOG);
    dir.says(&["pendng"], 2, "pendng: no such file; did you mean “papers-tui pending”?");
    dir.says(&["serch", "gnu"], 2, "did you mean “papers-tui search”?");
    dir.says(&["lst", "--json"], 2, "did you mean “papers-tui list”?");
    dir.says_with(&[("PAPERS_TUI_LANG", "zh")], &["lst"], 2, "是不是想输入“papers-tui list”？");
    // Not even close to one.
    let output = dir.run_with(&[], &["a.md"]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("did you mean"));
}

#[test]
fn an_unknown_filter_is_named() {
    let dir = TestDir::new(LOG);
    dir.says(&["search", "writer:zebra"], 1, "“writer:” is not a filter; try date: has: is:");
    dir.says(&["search", "gnu"], 0, "Gnu");
}

#[test]
fn empty_environment_variables_count_as_unset() {
    let dir = TestDir::new(LOG);
    let empty = ["LOG", "LANG", "CONFIG", "PICTURES", "WATCH", "TODAY"].map(|name| format!("PAPERS_TUI_{name}"));
    let empty: Vec<(&str, &str)> = empty.iter().map(|name| (name.as_str(), "")).collect();
    dir.says_with(&empty, &["list"], 0, "Gnu");
    dir.says_with(&[("PAPERS_TUI_LANG", "fr")], &["list"], 2, "PAPERS_TUI_LANG: “fr” is not one of en, zh");
    dir.says_with(&[("PAPERS_TUI_PICTURES", "x")], &["list"], 2, "PAPERS_TUI_PICTURES: “x” is not one of auto, off");
    dir.says_with(&[("PAPERS_TUI_LOG", "zebra.md")], &["list"], 2, "PAPERS_TUI_LOG: zebra.md: no such file");
    dir.says_with(&[("PAPERS_TUI_WATCH", "x")], &["list"], 2, "PAPERS_TUI_WATCH: “x” is not a number of seconds");
    dir.says_with(&[("PAPERS_TUI_TODAY", "x")], &["log", "Owl"], 2, "PAPERS_TUI_TODAY: “x” is not a date");
}

#[test]
fn a_day_may_be_named() {
    let dir = TestDir::new(LOG);
    dir.says(&["log", "Owls at Night", "--date", "yesterday"], 0, "log.md:");
    assert!(dir.log().contains("## 2031.5.17\n\n《Gnu: A Model》\n\nruns\n\n《Owls at Night》"), "{}", dir.log());
    dir.says(&["log", "Emus at Work", "--date", "Today"], 0, "log.md:");
    assert!(dir.log().contains("## 2031.5.18\n\n《Emus at Work》"), "{}", dir.log());
    dir.says(&["log", "Elks", "--date", "last month"], 2, "not a date; write it like 2031-05-17");
}

#[test]
fn a_dash_is_standard_output() {
    let dir = TestDir::new(LOG);
    dir.says(&["export", "--format", "csv", "-o", "-"], 0, "Gnu: A Model");
    assert!(!dir.0.path().join("-").exists());
}

#[test]
fn a_pasted_item_loses_its_checkbox() {
    for arguments in [&["add", "- [x] Owl"][..], &["add", "--", "- [x] Owl"], &["add", "[ ] Owl"], &["add", "* Owl"]] {
        let dir = TestDir::new(LOG);
        dir.says(arguments, 0, "added: Owl\n");
        assert_eq!(dir.log(), LOG.replace("Elk\n", "Elk\n- [ ] Owl\n"));
    }
    let dir = TestDir::new(LOG);
    dir.says(&["tick", "- [ ] Elk"], 0, "ticked: Elk");
    dir.says(&["add", "3. Ways to Count"], 0, "added: 3. Ways to Count");
}

#[test]
fn a_log_with_old_line_endings_is_refused_with_the_reason() {
    let text = LOG.replace('\n', "\r");
    let dir = TestDir::new(&text);
    for arguments in [["add", "Owl"], ["tick", "Elk"]] {
        dir.says(&arguments, 2, "the lines of this log end in CR alone (old Mac format); convert it to LF first");
    }
    assert_eq!(dir.log(), text);
}

/// The first day is a row of a table, and a list there would cut it in two.
#[test]
fn a_new_pending_list_does_not_cut_a_table() {
    let titles = ["Emus at Work on the Plain", "Owls See at Night", "A Study of Gnus in Rain", "The Long Way of Yaks"];
    let rows: String = titles
        .iter()
        .zip(1..)
        .map(|(title, back)| format!("| 2031-05-{:02} | {title} | short |\n", 18 - back))
        .collect();
    let log = format!("# Papers\n\nWhat I read.\n\n## Log\n\n| Date | Title | Note |\n|---|---|---|\n{rows}");
    let dir = TestDir::new(&log);
    dir.says(&["add", "Pending test"], 0, "added: Pending test");
    assert_eq!(dir.log(), log.replace("## Log", "## pending list\n\n- [ ] Pending test\n\n## Log"));
    dir.says(&["pending"], 0, "Pending test");
    dir.says(&["undo"], 0, "undone");
    assert_eq!(dir.log(), log);
}

#[test]
fn a_log_without_headings_takes_entries_at_its_end() {
    let item = |title: &str, id: usize| format!("- [{title}](https://arxiv.org/abs/3101.0000{id})\n");
    let log = [item("Emus at Work on the Plain", 1), item("Owls See at Night", 2), item("A Study of Gnus", 3)].concat();
    let dir = TestDir::new(&log);
    dir.says(&["log", "Moose at the River", "--log", "log.md"], 0, "log.md:4\n");
    let text = dir.log();
    let written = text.strip_prefix(&log).expect("the rest must stay");
    assert!(written.contains("Moose at the River") && written.lines().count() == 1, "{written}");

    // Every heading occurs twice.
    let log = format!("# A\n\n{log}\n# A\n\n{}", item("Bees and Their Maps", 4));
    let dir = TestDir::new(&log);
    let arguments = ["log", "Moose at the River", "--log", "log.md"];
    dir.says(&arguments, 2, "each of its headings appears more than once; write it in your editor");
    assert_eq!(dir.log(), log);
}

#[test]
fn adding_an_item_twice_is_pointed_out() {
    let dir = TestDir::new(LOG);
    dir.says(&["add", "ELK"], 0, "added: ELK (the list had it already)");
    dir.says(&["add", "Gnu"], 0, "added: Gnu\n");
}

/// Nobody waits for a file whose folder has not changed for a while.
#[test]
fn a_missing_log_is_reported_at_once() {
    let dir = TestDir::new(LOG);
    let begun = std::time::Instant::now();
    dir.says(
        &["list", "--log", "zebra.md"],
        2,
        "zebra.md: no such file; to begin a log there, create it as an empty file",
    );
    assert!(begun.elapsed() < std::time::Duration::from_secs(2), "{:?}", begun.elapsed());
    assert!(!Path::new("zebra.md").exists());
}
