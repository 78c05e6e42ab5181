//! Each subcommand by its whole output: with a log, without one, with a wrong one, and into a
//! pipe that no one reads.

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const LOG: &str = "\
# pending list

- [ ] Elk: the first
- [ ] birds
  - [ ] Owl
  - [x] Emu

# 2031.5

## 2031.5.17

《Gnu: A Model》

2031.4 Google 的一篇文章，like Yak，see [5036]

1. 要点

<img src=\"pic/gnu.png\" width=\"400\">

## 2031.4.2

《Yak》

TBD
";

/// Every subcommand, with what it is given.
const COMMANDS: [&[&str]; 20] = [
    &["list"],
    &["list", "--json"],
    &["show", "gnu"],
    &["show", "--all", "--json"],
    &["search", "gnu"],
    &["search", "--text", "yak"],
    &["pending"],
    &["pending", "--all", "--json"],
    &["tick", "owl"],
    &["add", "Ape", "--under", "birds"],
    &["log", "Owl: A Bird", "--from", "owl"],
    &["review", "--due"],
    &["stats"],
    &["stats", "--json"],
    &["week"],
    &["check"],
    &["check", "--json"],
    &["export", "--format", "csv"],
    &["export", "--format", "bibtex"],
    &["export", "--format", "json"],
];

/// What needs no log.
const OTHERS: [&[&str]; 4] = [&["completions", "bash"], &["completions", "zsh"], &["man"], &["man", "tick"]];

fn desk(log: Option<&str>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    if let Some(log) = log {
        std::fs::write(folder.path().join("log.md"), log).unwrap();
    }
    folder
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_papers-tui"));
    command.current_dir(folder).env_remove("PAPERS_TUI_LOG").env_remove("XDG_CONFIG_HOME").stdin(Stdio::null());
    command
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .env("PAPERS_TUI_LANG", "en")
        .env("PAPERS_TUI_TODAY", "2031-05-18");
    command
}

/// All that was said, with the folder's name left out.
fn said(folder: &Path, arguments: &[&str], output: &Output) -> String {
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.replace(folder.canonicalize().unwrap().to_str().unwrap(), "/desk")
    };
    let mut said = format!("$ papers-tui {}\n{}", arguments.join(" "), text(&output.stdout));
    for line in text(&output.stderr).lines() {
        let _ = writeln!(said, "! {line}");
    }
    if output.status.code() != Some(0) {
        let _ = writeln!(said, "= {}", output.status.code().map_or("killed".into(), |code| code.to_string()));
    }
    said + "\n"
}

/// Each command on a fresh desk.
fn session(log: Option<&str>, commands: &[&[&str]], more: &[&str]) -> String {
    let run = |arguments: &&[&str]| {
        let desk = desk(log);
        let all: Vec<&str> = arguments.iter().chain(more).copied().collect();
        said(desk.path(), &all, &program(desk.path()).args(&all).output().unwrap())
    };
    commands.iter().map(run).collect()
}

#[test]
fn with_a_log() {
    insta::assert_snapshot!(session(Some(LOG), &COMMANDS, &[]));
}

#[test]
fn with_a_wrong_log() {
    let wrong: Vec<&[&str]> = COMMANDS.iter().copied().filter(|command| !command.contains(&"--json")).collect();
    insta::assert_snapshot!(session(Some(LOG), &wrong, &["--log", "nowhere.md"]));
}

/// Then there is the sample, which no command changes.
#[test]
fn without_a_log() {
    let changing: [&[&str]; 3] = [&["tick", "s1"], &["add", "Ape"], &["log", "Ape"]];
    insta::assert_snapshot!(session(None, &changing, &[]));
    for arguments in COMMANDS.iter().filter(|command| !["tick", "add", "log"].contains(&command[0])) {
        let desk = desk(None);
        let output = program(desk.path()).args(*arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() != Some(2), "{arguments:?}: {said}");
        assert_eq!(std::fs::read_dir(desk.path()).unwrap().count(), 0, "{arguments:?} leaves something");
    }
}

#[test]
fn a_pipe_that_no_one_reads_is_no_failure() {
    for arguments in COMMANDS.iter().chain(&OTHERS) {
        let desk = desk(Some(LOG));
        let mut child =
            program(desk.path()).args(*arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        // What was changed was changed: that its result cannot be said is a failure.
        let changes = ["tick", "add", "log"].contains(&arguments[0]);
        assert!(matches!(output.status.code(), Some(0 | 1)) && error.is_empty() || changes, "{arguments:?}: {error}");
    }
}

#[test]
fn the_help_of_each_command() {
    let names = ["", "list", "show", "search", "pending", "tick", "add", "log", "review", "stats", "week"];
    let more = ["check", "export", "completions", "man", "config"];
    let commands: Vec<Vec<&str>> = names.into_iter().chain(more).map(|name| vec![name, "--help"]).collect();
    let commands: Vec<&[&str]> =
        commands.iter().map(|line| if line[0].is_empty() { &line[1..] } else { line }).collect();
    insta::assert_snapshot!(session(None, &commands, &[]));
}

/// What a shell is told at a Tab after these words.
#[track_caller]
fn completes(shell: &str, words: &[&str], wanted: &[&str]) {
    let desk = desk(Some(LOG));
    let mut command = program(desk.path());
    command.env("PAPERS_TUI_COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", (words.len()).to_string());
    if shell == "bash" {
        command.env("_CLAP_COMPLETE_COMP_TYPE", "9").env("_CLAP_IFS", "\n");
    }
    let output = command.args(["--", "papers-tui"]).args(words).output().unwrap();
    let answer = String::from_utf8(output.stdout).unwrap();
    // After nothing that is typed the options follow.
    let answer = answer.lines().filter(|line| !line.starts_with("--"));
    assert_eq!(answer.collect::<Vec<_>>(), wanted, "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn shells_complete_titles_and_items() {
    completes("bash", &["show", "g"], &["Gnu:\\ A\\ Model"]);
    completes("zsh", &["show", "g"], &["Gnu\\: A Model"]);
    completes("fish", &["tick", "--log", "log.md", ""], &["Elk: the first", "birds", "Owl"]);
    completes("zsh", &["add", "x", "--under", "b"], &["birds"]);
    completes("bash", &["tick", "--log", "nowhere.md", "O"], &[]);
    completes("bash", &["che"], &["check"]);
}

/// The script is read by a real shell, where there is one, and asks the program.
#[test]
fn bash_completes_from_the_script() {
    let desk = desk(Some(LOG));
    let bin = Path::new(env!("CARGO_BIN_EXE_papers-tui")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let script = "source <(papers-tui completions bash); COMP_WORDS=(papers-tui show Gn); COMP_CWORD=2; COMP_TYPE=9; \
                  _clap_complete_papers_tui papers-tui Gn show; printf '%s\\n' \"${COMPREPLY[@]}\"";
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", script]).env("PATH", path).env("HOME", desk.path()).env_remove("PAPERS_TUI_LOG");
    let Ok(output) = bash.current_dir(desk.path()).output() else {
        println!("skipped: there is no bash");
        return;
    };
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Gnu:\\ A\\ Model\n", "{output:?}");
}
