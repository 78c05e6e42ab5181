//! What the subcommands print: with a log, without one, with a path that does not exist, and into a closed pipe. Also
//! exit statuses, completions and colours.

use std::fmt::Write;
use std::io::Read;
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

/// Subcommands that need a log, with arguments.
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

/// Subcommands that need no log.
const OTHERS: [&[&str]; 4] = [&["completions", "bash"], &["completions", "zsh"], &["man"], &["man", "tick"]];

fn dir(log: Option<&str>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    if let Some(log) = log {
        std::fs::write(folder.path().join("log.md"), log).unwrap();
        super::of_long_ago(&folder.path().join("log.md"));
    }
    super::of_long_ago(folder.path());
    folder
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_papers-tui"));
    for name in super::terminal::USERS_OWN {
        command.env_remove(name);
    }
    command.current_dir(folder).stdin(Stdio::null());
    command
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .env("PAPERS_TUI_LANG", "en")
        .env("PAPERS_TUI_TODAY", "2031-05-18");
    command
}

/// The command, all that it printed and its status, with the folder's path replaced.
fn said(folder: &Path, arguments: &[&str], output: &Output) -> String {
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.replace(folder.canonicalize().unwrap().to_str().unwrap(), "/dir")
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

/// Runs a command in a new folder.
fn run(log: Option<&str>, arguments: &[&str], more: &[&str]) -> String {
    let dir = dir(log);
    let all: Vec<&str> = arguments.iter().chain(more).copied().collect();
    said(dir.path(), &all, &program(dir.path()).args(&all).output().unwrap())
}

/// Runs commands, each in a new folder.
fn session(log: Option<&str>, commands: &[&[&str]], more: &[&str]) -> String {
    commands.iter().map(|arguments| run(log, arguments, more)).collect()
}

#[test]
fn with_a_log() {
    // `cli::the_json_export_is_stable` covers the whole model as JSON.
    for command in COMMANDS.into_iter().filter(|command| *command != ["export", "--format", "json"]) {
        let name = command.join("_").replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        insta::assert_snapshot!(format!("with_a_log_{name}"), run(Some(LOG), command, &[]));
    }
}

#[test]
fn with_a_wrong_log() {
    let wrong: Vec<&[&str]> = COMMANDS.iter().copied().filter(|command| !command.contains(&"--json")).collect();
    insta::assert_snapshot!(session(Some(LOG), &wrong, &["--log", "nowhere.md"]));
}

/// Every command fails and says how to name a log.
#[test]
fn without_a_log() {
    insta::assert_snapshot!(session(None, &[&["list"], &["tick", "s1"]], &[]));
    for arguments in COMMANDS {
        let dir = dir(None);
        let output = program(dir.path()).args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && said.contains("--log FILE"), "{arguments:?}: {said}");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "{arguments:?} left files behind");
    }
}

/// `papers-tui log` may mean the subcommand or a folder named `log`: the error says how to open the folder.
#[test]
fn a_folder_named_like_a_subcommand_can_be_opened() {
    for (arguments, wanted) in [(&["log"] as &[&str], true), (&["list"], true), (&["list", "--log", "list"], false)] {
        let dir = dir(None);
        std::fs::create_dir(dir.path().join(arguments[0])).unwrap();
        let output = program(dir.path()).args(arguments).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        let tip = format!("write “papers-tui ./{}”", arguments[0]);
        assert_eq!((output.status.code(), error.contains(&tip)), (Some(2), wanted), "{arguments:?}: {error}");
        let output = program(dir.path()).args(["--lang", "zh"]).args(arguments).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(error.contains(&format!("请写“papers-tui ./{}”", arguments[0])), wanted, "{arguments:?}: {error}");
    }
}

#[test]
fn an_unread_pipe_is_not_an_error() {
    for arguments in COMMANDS.iter().chain(&OTHERS) {
        let dir = dir(Some(LOG));
        let mut child =
            program(dir.path()).args(*arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        // These commands have changed the log, so failing to report it is an error.
        let changes = ["tick", "add", "log"].contains(&arguments[0]);
        assert!(matches!(output.status.code(), Some(0 | 1)) && error.is_empty() || changes, "{arguments:?}: {error}");
    }
}

#[test]
fn a_pipe_closed_halfway_is_not_an_error() {
    // More than the pipe and all buffers can hold.
    let entries: String = (0..3_000).map(|number| format!("\n《Paper {number:04} on owls》\n\nowls\n")).collect();
    let items: String = (0..3_000).map(|number| format!("- [ ] item {number} on owls\n")).collect();
    let log = format!("# pending list\n\n{items}\n# 2031.5\n\n## 2031.5.17\n{entries}");
    let commands = ["list", "pending", "show --all", "search owls", "search --text owls", "stats", "check", "review"];
    for command in commands {
        for json in [&[] as &[&str], &["--json"]] {
            let dir = dir(Some(&log));
            let mut program = program(dir.path());
            let program = program.args(command.split(' ')).args(json).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = program.spawn().unwrap();
            let mut start = [0];
            let _ = child.stdout.take().unwrap().read(&mut start).unwrap();
            let output = child.wait_with_output().unwrap();
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0 | 1)) && error.is_empty(), "{command} {json:?}: {error}");
        }
    }
}

#[test]
fn the_help_of_each_command() {
    let names =
        ["", "list", "show", "search", "pending", "tick", "add", "import", "log", "undo", "review", "stats", "week"];
    let more = ["check", "refs", "library", "export", "completions", "man", "config"];
    for name in names.into_iter().chain(more) {
        let all = [name, "--help"];
        let arguments = if name.is_empty() { &all[1..] } else { &all };
        let shown = if name.is_empty() { "papers-tui" } else { name };
        insta::assert_snapshot!(format!("help_of_{shown}"), run(None, arguments, &[]));
    }
}

/// Checks which completions a shell gets for these words.
#[track_caller]
fn completes(shell: &str, words: &[&str], wanted: &[&str]) {
    let dir = dir(Some(LOG));
    let mut command = program(dir.path());
    command.env("PAPERS_TUI_COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", (words.len()).to_string());
    if shell == "bash" {
        command.env("_CLAP_COMPLETE_COMP_TYPE", "9").env("_CLAP_IFS", "\n");
    }
    let output = command.args(["--", "papers-tui"]).args(words).output().unwrap();
    let answer = String::from_utf8(output.stdout).unwrap();
    // Compare only values; some shells get options too.
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

/// The documented exit status: 0 done, 1 nothing found or problems found, 2 wrong use or failure.
#[test]
fn exit_status_matches_the_documentation() {
    for (status, arguments) in [
        (0, &["list", "--until", "2031.5.17"][..]),
        (1, &["list", "--since", "2032-01-01"]),
        (2, &["list", "--since", "someday"]),
        (0, &["show", "line:12"]),
        (0, &["show", "--all"]),
        (1, &["show", "zebra"]),
        // Letters of a title, but not a word of it.
        (1, &["show", "guamod"]),
        (2, &["show"]),
        (2, &["show", "gnu", "--all"]),
        (1, &["search", "zebra"]),
        (0, &["pending", "--all", "--json"]),
        (0, &["tick", "line:5"]),
        (0, &["tick", "--undo", "emu"]),
        (1, &["tick", "zebra"]),
        (2, &["tick", "birds or owl", "--log", "nowhere.md"]),
        (0, &["add", "Ape"]),
        (1, &["add", "Ape", "--under", "zebra"]),
        (0, &["log", "Owl", "--from", "owl", "--date", "2031-05-16"]),
        (1, &["log", "Owl", "--from", "zebra"]),
        (0, &["review", "--due", "--json"]),
        (0, &["week", "--date", "2031.5.12"]),
        (2, &["week", "--date", "may"]),
        (1, &["check"]),
        (2, &["export"]),
        (2, &["lsit"]),
        (0, &["--version"]),
        (0, &["help", "list"]),
        (0, &["help", "--help"]),
        (0, &["help", "list", "-h"]),
        (2, &["nowhere.md"]),
    ] {
        let dir = dir(Some(LOG));
        let output = program(dir.path()).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(status == 2 || output.stderr.is_empty() || status == 1, "{arguments:?}");
        assert!(status != 2 || output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn tick_can_be_undone_and_log_ticks_its_item() {
    let dir = dir(Some(LOG));
    let run = |arguments: &[&str]| {
        assert!(program(dir.path()).args(arguments).status().unwrap().success(), "{arguments:?}");
        std::fs::read_to_string(dir.path().join("log.md")).unwrap()
    };
    assert_eq!(run(&["tick", "--undo", "Emu"]), LOG.replace("[x] Emu", "[ ] Emu"));
    assert_eq!(run(&["tick", "Emu"]), LOG);
    let logged = run(&["log", "Owl: A Bird", "--from", "owl", "--date", "2031-05-16"]);
    assert!(logged.contains("- [x] Owl\n") && logged.contains("## 2031.5.16\n\n《Owl: A Bird》\n"), "{logged}");
}

#[test]
fn colours_are_for_terminals_or_on_request() {
    let dir = dir(Some(LOG));
    let is_coloured = |colour: Option<&str>, no_colour: &str| {
        let mut command = program(dir.path());
        command.args(["show", "gnu"]).args(colour.map(|when| format!("--color={when}"))).env("NO_COLOR", no_colour);
        command.output().unwrap().stdout.contains(&0x1b)
    };
    assert!(!is_coloured(None, "") && !is_coloured(Some("auto"), "") && !is_coloured(Some("never"), ""));
    assert!(is_coloured(Some("always"), "") && is_coloured(Some("always"), "1"));
    // On a terminal there are colours, unless the user turned them off.
    for (no_colour, has_colours) in [("NO_COLOR=", true), ("NO_COLOR=1", false)] {
        let arguments =
            [no_colour, "LC_ALL=C.UTF-8", env!("CARGO_BIN_EXE_papers-tui"), "show", "gnu", "--log", "log.md"];
        let mut run = super::terminal::Run::start_in(Path::new("env"), &arguments, dir.path(), (24, 80));
        assert_eq!(run.ends(), 0);
        assert_eq!(run.sent().contains("\u{1b}["), has_colours, "{no_colour}: {:?}", run.sent());
    }
}

#[test]
fn plurals_agree_with_their_number() {
    let dir = dir(Some("## 2031.5.18\n\n《Gnu》\n\n<img src=\"a.png\">\n"));
    let output = program(dir.path()).arg("stats").output().unwrap();
    let stats = String::from_utf8(output.stdout).unwrap();
    for text in ["1, 0 notes, 0 drafts, 1 figure\n", "  1 day\n", "  1 day, 2031.5.18", "reviews         none yet\n"] {
        assert!(stats.contains(text), "{text:?} is not in\n{stats}");
    }
}

/// A paper dated by month or year is listed with that month or year, not with its first day.
#[test]
fn papers_are_listed_with_the_date_that_their_section_has() {
    let log = "# Papers\n\n## 2030年\n\n- [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n\n## 2031年4月\n\n\
               - [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n\n## 2031年5月17日\n\n\
               - [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n";
    let (gnus, owls, emus) = (
        "2031.5.17   A Study of Gnus\n",
        "2031.4      Owls: Seeing at Night\n",
        "2030        Emus at Work on the Plain\n",
    );
    for (arguments, wanted) in [
        (&["list"] as &[&str], format!("{gnus}{owls}{emus}")),
        (&["list", "--since", "2031.4"], format!("{gnus}{owls}")),
        (&["list", "--since", "2031.4.2"], gnus.to_owned()),
        (&["list", "--until", "2030"], emus.to_owned()),
        (&["search", "owls"], owls.to_owned()),
    ] {
        let dir = dir(Some(log));
        let output = program(dir.path()).args(arguments).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), wanted, "{arguments:?}");
    }
}
