//! The command line, run as a program.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const LOG: &str = "\
# todo

- [ ] Elk: the first
- [ ] birds
  - [ ] Owl
  - [x] Emu
- [ ] Elk: the second

## 2031.5.17

《Gnu: A Model》

2031.4 Google 的一篇文章，like Yak，see [5036]

结构：

<img src=\"pic/gnu.png\" width=\"400\" height=\"300\">

## 2031.5.2

《Yak》

TBD
";

/// A folder with a log in it.
struct TestDir {
    folder: TempDir,
}

impl TestDir {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("log.md"), LOG).unwrap();
        super::of_long_ago(&folder.path().join("log.md"));
        super::of_long_ago(folder.path());
        Self { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.path().join("log.md")).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        program(self.path()).args(arguments).output().unwrap()
    }

    /// Checks the exit status, standard output and standard error.
    #[track_caller]
    fn check(&self, arguments: &[&str], status: i32, out: &str, error: &str) {
        let output = self.run(arguments);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!((text(&output.stdout).as_str(), text(&output.stderr).as_str()), (out, error));
        assert_eq!(output.status.code(), Some(status));
    }

    /// Checks that a command fails with status 2 and one line on standard error that contains these words.
    #[track_caller]
    fn fails(&self, arguments: &[&str], wanted: &[&str]) {
        let output = self.run(arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.starts_with("papers-tui: ") && error.lines().count() == 1, "{error}");
        assert!(wanted.iter().all(|word| error.contains(word)), "{error}");
        assert!(output.stdout.is_empty());
    }
}

pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_papers-tui"));
    for name in super::terminal::USERS_OWN {
        command.env_remove(name);
    }
    command.current_dir(folder).env("PAPERS_TUI_LANG", "en").env("HOME", folder).env("TMPDIR", folder);
    command.env("PAPERS_TUI_TODAY", "2031-05-18").stdin(Stdio::null());
    command
}

#[test]
fn list_limits_entries_to_a_period() {
    let dir = TestDir::new();
    let (gnu, yak) = ("2031.5.17   Gnu: A Model\n", "2031.5.2    Yak (no summary yet)\n");
    dir.check(&["list"], 0, &format!("{gnu}{yak}"), "");
    dir.check(&["list", "--log", "log.md", "--since", "2031-05-03"], 0, gnu, "");
    dir.check(&["list", "--until", "2031.5.2"], 0, yak, "");
    dir.check(&["list", "--since", "2032-01-01"], 1, "", "");
    let json: serde_json::Value = serde_json::from_slice(&dir.run(&["list", "--json"]).stdout).unwrap();
    assert_eq!(json[1]["kind"], "placeholder");
}

#[test]
fn search_finds_titles_items_and_summaries() {
    let dir = TestDir::new();
    let gnu = "2031.5.17   Gnu: A Model\n";
    let place = "2031.5.17   Gnu: A Model  · line 13: 2031.4 Google 的一篇文章，like Yak，see [5036]\n";
    dir.check(&["search", "gnu"], 0, gnu, "");
    dir.check(&["search", "model", "GNU"], 0, gnu, "");
    dir.check(&["search", "owl"], 0, "pending     Owl\n", "");
    dir.check(&["search", "yak"], 0, &format!("2031.5.2    Yak\n{place}"), "");
    dir.check(&["search", "wenzhang"], 0, place, "");
    let relaxed = "papers-tui: ≈ marks approximate matches of “gnux”\n";
    dir.check(&["search", "gnux"], 0, "2031.5.17   ≈ Gnu: A Model\n", relaxed);
    dir.check(&["search", "zebra"], 1, "", "");
    // An option after the query is not taken for part of it.
    dir.check(&["search", "gnu", "--log", "log.md"], 0, gnu, "");
    let json: serde_json::Value = serde_json::from_slice(&dir.run(&["search", "--json", "modl"]).stdout).unwrap();
    assert_eq!((&json[0]["matched"], &json[0]["positions"]), (&"title".into(), &serde_json::json!([7, 8, 9, 11])));
}

#[test]
fn search_understands_the_filters_of_the_finder() {
    let dir = TestDir::new();
    let (gnu, yak) = ("2031.5.17   Gnu: A Model\n", "2031.5.2    Yak\n");
    for (query, wanted) in [
        ("org:google", gnu),
        ("org:谷歌", gnu),
        ("has:figures gnu", gnu),
        ("date:2031-05-02", yak),
        ("is:draft", yak),
        ("日期:2031.5 is:paper", gnu),
    ] {
        dir.check(&["search", query], 0, wanted, "");
    }
    dir.check(&["search", "sort:title", "date:2031"], 0, &format!("{gnu}{yak}"), "");
    dir.check(&["search", "date:2030"], 1, "", "");
    dir.fails(&["search", "has:xyz"], &["“has:xyz” is not a filter", "figures"]);
    dir.fails(&["search", "date:lastmonths"], &["“lastmonths” is not a date", "last month"]);
    dir.fails(&["search", "is:", "gnu"], &["is:"]);
}

#[test]
fn dates_are_read_as_in_the_finder() {
    let dir = TestDir::new();
    let (gnu, yak) = ("2031.5.17   Gnu: A Model\n", "2031.5.2    Yak (no summary yet)\n");
    dir.check(&["list", "--since", "2031.5.3"], 0, gnu, "");
    dir.check(&["list", "--until", "2031-05-03"], 0, yak, "");
    dir.check(&["list", "--since", "2031", "--until", "2031.5"], 0, &format!("{gnu}{yak}"), "");
    dir.fails(&["list", "--since", "soon"], &["“soon” is not a date", "last month"]);
}

#[test]
fn search_text_shows_the_lines_that_match() {
    let dir = TestDir::new();
    let gnu = "2031.5.17   Gnu: A Model\n    13: 2031.4 Google 的一篇文章，like Yak，see [5036]\n";
    let yak = "2031.5.2    Yak\n    21: 《Yak》\n";
    dir.check(&["search", "--text", "yak"], 0, &format!("{gnu}\n{yak}"), "");
    dir.check(&["search", "--text", "wenzhang"], 0, gnu, "");
    dir.check(&["search", "--text", "/g..gle .{4}/"], 0, gnu, "");
    dir.check(&["search", "--text", "GOOGLE"], 1, "", "");
    dir.check(&["search", "--text", "owl"], 0, "            todo\n     5: - [ ] Owl\n", "");
    dir.fails(&["search", "--text", "/(/"], &["“/(/”", "unclosed group"]);
    let json: serde_json::Value =
        serde_json::from_slice(&dir.run(&["search", "--text", "--json", "5036"]).stdout).unwrap();
    let span = LOG.find("5036").unwrap();
    assert_eq!(json[0]["lines"][0]["spans"], serde_json::json!([[span, span + 4]]));
}

#[test]
fn pending_lists_open_items_or_all() {
    let dir = TestDir::new();
    let open = "    3  [ ] Elk: the first\n    4  [ ] birds\n    5    [ ] Owl\n    7  [ ] Elk: the second\n";
    dir.check(&["pending"], 0, open, "");
    let all = open.replace("    7", "    6    [x] Emu\n    7");
    dir.check(&["pending", "--all"], 0, &all, "");
    let json: serde_json::Value = serde_json::from_slice(&dir.run(&["pending", "--all", "--json"]).stdout).unwrap();
    assert_eq!((&json[2]["text"], &json[2]["parent"], &json[2]["depth"]), (&"Owl".into(), &1.into(), &2.into()));
}

#[test]
fn tick_and_untick_change_only_the_boxes() {
    let dir = TestDir::new();
    dir.check(&["tick", "owl"], 0, "ticked: Owl\n", "");
    assert_eq!(dir.log(), LOG.replace("[ ] Owl", "[x] Owl"));
    dir.check(&["tick", "owl"], 0, "already done: Owl\n", "");
    dir.check(&["tick", "--undo", "line:5"], 0, "unticked: Owl\n", "");
    assert_eq!(dir.log(), LOG);
    dir.check(&["tick", "Elk: the first", "the second"], 0, "ticked: Elk: the first\nticked: Elk: the second\n", "");
}

#[test]
fn tick_is_all_or_nothing() {
    let dir = TestDir::new();
    dir.fails(&["tick", "Owl", "elk"], &["line:3 Elk: the first", "line:7 Elk: the second"]);
    dir.check(&["tick", "Owl", "zebra"], 1, "", "papers-tui: no item matches “zebra”; see “papers-tui pending”\n");
    dir.check(&["tick", "line:4", "line:1"], 1, "", "papers-tui: no item matches “line:1”; see “papers-tui pending”\n");
    assert_eq!(dir.log(), LOG);
}

#[test]
fn the_json_export_is_stable() {
    let dir = TestDir::new();
    let output = dir.run(&["export", "--format", "json"]);
    let folder = dir.path().canonicalize().unwrap();
    let json = String::from_utf8(output.stdout).unwrap().replace(folder.to_str().unwrap(), "/dir");
    // One snapshot per top-level key.
    let is_key = |line: &&str| line.starts_with("  \"") || *line == "{";
    let lines: Vec<&str> = json.split_inclusive('\n').collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|&at| is_key(&lines[at].trim_end_matches('\n'))).collect();
    for (number, &start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(lines.len());
        let key = lines[start].split('"').nth(1).unwrap_or("begin");
        insta::assert_snapshot!(format!("export_{key}"), lines[start..end].concat());
    }
    dir.check(&["export", "--format", "json", "-o", "out.json"], 0, "", "");
    let written = std::fs::read(dir.path().join("out.json")).unwrap();
    assert_eq!(written, dir.run(&["export", "--format", "json"]).stdout);
}

#[test]
fn the_log_is_found() {
    let dir = TestDir::new();
    // Files with fewer papers, or none, are not mistaken for the log.
    std::fs::write(dir.path().join("README.md"), "# 2031-05-17\n\n- [ ] todo\n\n```\n## 2031.5.17\n《x》\n```\n")
        .unwrap();
    std::fs::write(dir.path().join("CHANGELOG.md"), "## 2031-05-17\n\n- something\n").unwrap();
    std::fs::create_dir_all(dir.path().join(".git")).unwrap();
    std::fs::create_dir_all(dir.path().join("deep/er")).unwrap();
    let inside = program(&dir.path().join("deep/er")).arg("list").output().unwrap();
    assert!(String::from_utf8_lossy(&inside.stdout).contains("Gnu"));
    let named = program(&dir.path().join("deep")).arg("list").env("PAPERS_TUI_LOG", "../log.md").output().unwrap();
    assert!(String::from_utf8_lossy(&named.stdout).contains("Gnu"));
    // A folder opens all the logs in it.
    std::fs::write(dir.path().join("old.md"), "## 2030.1.1\n\n《Ant》\n\nx\n").unwrap();
    let folder = dir.run(&["list", "--log", "."]);
    assert!(
        String::from_utf8_lossy(&folder.stdout).contains("Gnu")
            && String::from_utf8_lossy(&folder.stdout).contains("Ant")
    );
}

#[test]
fn without_a_log_a_command_says_how_to_specify_one() {
    let dir = TestDir::new();
    std::fs::remove_file(dir.path().join("log.md")).unwrap();
    let commands: [&[&str]; 13] = [
        &["list"],
        &["show", "--all"],
        &["search", "emu"],
        &["pending"],
        &["tick", "s1"],
        &["add", "Emu"],
        &["log", "Emu"],
        &["review", "--due"],
        &["stats"],
        &["week"],
        &["check"],
        &["export", "--format", "json"],
        &["--lang", "zh", "list"],
    ];
    for command in commands {
        let output = dir.run(command);
        assert!(output.stdout.is_empty(), "{command:?}");
        dir.fails(command, &["--log FILE", "$PAPERS_TUI_LOG"]);
    }
    let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().collect();
    assert!(left.is_empty(), "files were left behind: {left:?}");
}

#[test]
fn a_log_that_cannot_be_opened_is_a_one_line_error() {
    let dir = TestDir::new();
    std::fs::write(dir.path().join("wide.md"), b"\xFF\xFEa\0").unwrap();
    std::fs::create_dir(dir.path().join("empty")).unwrap();
    dir.fails(&["nowhere.md"], &["nowhere.md", "no such file"]);
    dir.fails(&["empty"], &["empty", "no log found"]);
    dir.fails(&["wide.md"], &["wide.md", "UTF-16"]);
    dir.fails(&["/dev/null"], &["/dev/null", "not a file"]);
    dir.fails(&["log.md"], &["needs a terminal"]);
    dir.fails(&["export", "--format", "json", "-o", "no/such/place"], &["no/such/place"]);
}

#[test]
fn usage_errors_exit_with_two_and_closed_pipes_with_zero() {
    let dir = TestDir::new();
    for arguments in [&["tick"][..], &["list", "--since", "soon"], &["export", "--format", "xml"], &["--nonsense"]] {
        assert_eq!(dir.run(arguments).status.code(), Some(2), "{arguments:?}");
    }
    let mut child = program(dir.path()).args(["export", "--format", "json"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_tick_command_ticks_every_task_of_the_real_log() {
    let Some(real) = std::env::var_os("PAPERS_TUI_REAL_LOG") else {
        println!("skipped: PAPERS_TUI_REAL_LOG names no log");
        return;
    };
    let dir = TestDir::new();
    let text = std::fs::read(real).unwrap();
    let copy = dir.path().join("log.md");
    std::fs::write(&copy, &text).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&dir.run(&["pending", "--json"]).stdout).unwrap();
    let tasks = json.as_array().unwrap();
    assert_eq!(tasks.len(), 19);
    for task in tasks {
        let item = task["text"].as_str().unwrap();
        assert!(dir.run(&["tick", "--log", "log.md", item]).status.success(), "{item}");
        let ticked = std::fs::read(&copy).unwrap();
        let differing: Vec<usize> = (0..text.len()).filter(|&at| text[at] != ticked[at]).collect();
        assert_eq!((ticked.len(), differing.len()), (text.len(), 1), "{item}");
        assert!(dir.run(&["tick", "--undo", item]).status.success());
        assert!(std::fs::read(&copy).unwrap() == text);
    }
}

/// Runs a command on this day; returns its standard output and standard error.
#[track_caller]
fn on(day: &str, dir: &TestDir, arguments: &[&str], status: i32) -> (String, String) {
    let output = program(dir.path()).args(arguments).env("PAPERS_TUI_TODAY", day).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(output.status.code(), Some(status), "{}", text(&output.stderr));
    (text(&output.stdout), text(&output.stderr))
}

const GRADE: &str = r#"{"key":"gnu: a model","time":"2031-05-18T09:00:00+08:00","day":"2031-05-18","grade":"good","elapsed":0,"stability":2.3065,"difficulty":2.118104,"due":"2031-05-20"}"#;

#[test]
fn reviews_are_listed_exported_and_imported() {
    let dir = TestDir::new();
    let new = "new         Gnu: A Model (again today, hard 1d, good 2d, easy 7d)\n";
    assert_eq!(on("2031-05-18", &dir, &["review"], 0), (new.into(), String::new()));
    assert_eq!(on("2031-05-18", &dir, &["review", "--export", "-"], 1), Default::default());
    assert!(!dir.path().join(".papers-tui").exists(), "listing must not create files");

    std::fs::write(dir.path().join("history"), format!("{GRADE}\n")).unwrap();
    let (out, _) = on("2031-05-18", &dir, &["review", "--import", "history"], 0);
    assert_eq!(out, "1 grade added, 0 already there\n");
    let (out, _) = on("2031-05-18", &dir, &["review", "--import", "history"], 0);
    assert_eq!(out, "0 grades added, 1 already there\n");
    assert_eq!(on("2031-05-18", &dir, &["review", "--export", "-"], 0).0, format!("{GRADE}\n"));

    let (out, error) = on("2031-05-18", &dir, &["review", "--due"], 1);
    assert_eq!((out.as_str(), error.as_str()), ("", "papers-tui: nothing is due; next: 1 on 2031.5.20\n"));
    let (out, _) = on("2031-05-20", &dir, &["review", "--due", "--json"], 0);
    let due: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((due[0]["title"].as_str(), due[0]["due"].as_str()), (Some("Gnu: A Model"), Some("2031-05-20")));
    assert_eq!((due[0]["grades"].as_u64(), due[0]["days"][0].as_u64()), (Some(1), Some(0)));

    std::fs::write(dir.path().join("history"), format!("{GRADE}\nnothing\n")).unwrap();
    dir.fails(&["review", "--import", "history"], &["history: line 2 is not a review; nothing was imported"]);
    std::fs::write(dir.path().join(".papers-tui/reviews.json"), "").unwrap();
    let (_, error) = on("2031-05-20", &dir, &["review"], 0);
    assert!(error.contains("reviews.json: empty") && error.lines().count() == 1, "{error}");
    assert_eq!(dir.log(), LOG);
}

#[test]
fn stats_and_week_count_what_was_read() {
    let dir = TestDir::new();
    let (out, _) = on("2031-05-18", &dir, &["stats"], 0);
    assert!(out.starts_with("papers          1, 0 notes, 1 draft, 1 figure\npending         1 of 5 done\n"), "{out}");
    let (out, _) = on("2031-05-18", &dir, &["stats", "--json"], 0);
    let stats: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((stats["months"]["2031-05"].as_u64(), stats["longest_gap"]["days"].as_u64()), (Some(1), None));
    assert_eq!(stats["reviews"]["unreviewed"], 1);
    let (week, _) = on("2031-05-18", &dir, &["week", "--goal", "3"], 0);
    assert!(week.starts_with("# 2031-W20: 2031.5.12 – 2031.5.18\n\nGoal: 1 of 3\n\n## Read (1)\n"), "{week}");
    assert_eq!(on("2031-06-18", &dir, &["week", "--date", "2031-05-13"], 0).0.lines().next(), week.lines().next());
    let json: serde_json::Value = serde_json::from_str(&on("2031-05-18", &dir, &["week", "--json"], 0).0).unwrap();
    assert_eq!((json["first"].as_str(), json["last"].as_str()), (Some("2031-05-12"), Some("2031-05-18")));
    assert_eq!(json["read"].as_array().map(Vec::len), Some(1));
    assert!(on("2031-06-18", &dir, &["week"], 1).0.starts_with("# 2031-W25"));
    assert!(on("yesterday", &dir, &["week"], 2).1.contains("PAPERS_TUI_TODAY"));
}

#[test]
fn add_writes_items_to_the_list() {
    let dir = TestDir::new();
    dir.check(&["add", "Ape\nand more"], 0, "added: Ape and more\n", "");
    let added = LOG.replace("second\n", "second\n- [ ] Ape and more\n");
    assert_eq!(dir.log(), added);
    dir.check(&["add", "Tit", "--under", "birds"], 0, "added: Tit\n", "");
    assert_eq!(dir.log(), added.replace("[x] Emu\n", "[x] Emu\n  - [ ] Tit\n"));
    dir.fails(&["add", " \n"], &["the text is empty"]);
    dir.fails(&["add", "Tit", "--under", "elk"], &["line:3 Elk: the first"]);
    let output = dir.run(&["add", "Tit", "--under", "zebra"]);
    assert_eq!((output.status.code(), output.stdout), (Some(1), Vec::new()));
}

#[test]
fn log_writes_an_entry_and_ticks_its_item() {
    let dir = TestDir::new();
    let folder = dir.path().canonicalize().unwrap();
    let place = |line: usize| format!("{}:{line}\n", folder.join("log.md").display());
    let body = "\n\nYYYY.M 机构的一篇文章，要点：\n\n1. \n2. \n3. \n\n总体上，\n\n";
    dir.check(&["log", "Ape: A Model", "--date", "2031-05-18", "--from", "Owl"], 0, &place(11), "");
    let logged = LOG
        .replace("[ ] Owl", "[x] Owl")
        .replace("## 2031.5.17", &format!("## 2031.5.18\n\n《Ape: A Model》{body}## 2031.5.17"));
    assert_eq!(dir.log(), logged);
    let output = program(dir.path()).args(["log", "《Bee》"]).env("PAPERS_TUI_TODAY", "2031-05-17").output().unwrap();
    let line = 1 + dir.log().lines().position(|line| line == "《Bee》").unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), place(line));
    assert_eq!(dir.log(), logged.replace("## 2031.5.2\n", &format!("《Bee》{body}## 2031.5.2\n")));
}

#[test]
fn check_lists_problems() {
    let dir = TestDir::new();
    let path = dir.path().canonicalize().unwrap().join("log.md").display().to_string();
    let found = "13: reference [5036]: unknown paper; press = in the summary to name it\nL:17: the figure pic/gnu.png is missing\nL:21: “Yak” has no summary yet\n";
    dir.check(&["check"], 1, &format!("L:{found}").replace("L:", &format!("{path}:")), "");
    let json: serde_json::Value = serde_json::from_slice(&dir.run(&["check", "--json"]).stdout).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 3);
    assert_eq!(
        json[1],
        serde_json::json!({ "path": path, "file": 0, "line": 17, "code": "missing-figure", "message": "the figure pic/gnu.png is missing" })
    );
    let export: serde_json::Value = serde_json::from_slice(&dir.run(&["export", "--format", "json"]).stdout).unwrap();
    assert_eq!(export["diagnostics"][1]["message"], json[1]["message"]);
    // A schedule without an entry is reported, unless it may belong to another log of the folder.
    std::fs::write(dir.path().join("history"), format!("{GRADE}\n").replace("gnu: a model", "zebra")).unwrap();
    dir.run(&["review", "--import", "history"]);
    let orphan = "“zebra” has been reviewed but is no longer in the log";
    assert!(String::from_utf8_lossy(&dir.run(&["check"]).stdout).starts_with(&format!("{path}:1: {orphan}\n")));
    std::fs::write(dir.path().join("clean.md"), "## 2031.5.17\n\n《Ant》\n\nx\n").unwrap();
    dir.check(&["check", "--log", "clean.md"], 0, "", "");
    assert!(!String::from_utf8_lossy(&dir.run(&["check", "--log", "log.md"]).stdout).contains(orphan));
}

#[test]
fn an_export_never_overwrites_the_log_and_leaves_no_temporary_file() {
    let dir = TestDir::new();
    dir.fails(&["export", "--format", "json", "-o", "./log.md"], &["log.md", "the log itself"]);
    assert_eq!(dir.log(), LOG);
    std::os::unix::fs::symlink("log.md", dir.path().join("link")).unwrap();
    dir.fails(&["export", "--format", "json", "-o", "link"], &["link", "the log itself"]);
    dir.check(&["export", "--format", "json", "-o", "/dev/null"], 0, "", "");
    let left = || std::fs::read_dir(dir.path()).unwrap().count();
    let before = left();
    dir.check(&["export", "--format", "json", "-o", "out.json"], 0, "", "");
    dir.check(&["export", "--format", "json", "-o", "out.json"], 0, "", "");
    assert_eq!(left(), before + 1);
}

#[test]
fn config_prints_the_settings_and_warns_of_problems() {
    let dir = TestDir::new();
    let folder = dir.path().join("home/.config/papers-tui");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config.toml");
    let run = |arguments: &[&str]| {
        let output = program(dir.path())
            .env("HOME", dir.path().join("home"))
            .env_remove("XDG_CONFIG_HOME")
            .args(arguments)
            .output()
            .unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap(), output.status.code())
    };
    let (text, error, status) = run(&["config"]);
    assert_eq!((error.as_str(), status), ("", Some(0)));
    assert!(text.starts_with(papers_tui::config::DEFAULTS) && text.contains("# [keys.panes]\n"));
    let path = format!("{}\n", file.display());
    assert_eq!(run(&["config", "--path"]), (path.clone(), String::new(), Some(0)));
    std::fs::write(&file, "logs = [\"~/log.md\"]\nmuose = false\n").unwrap();
    std::fs::copy(dir.path().join("log.md"), dir.path().join("home/log.md")).unwrap();
    let said = format!("papers-tui: {}:2:1: unknown key muose; did you mean mouse?\n", file.display());
    assert_eq!(run(&["config", "--path"]), (path, said.clone(), Some(0)));
    // The log named in the settings is used now.
    let (out, error, _) = run(&["tick", "Owl"]);
    assert_eq!((out.as_str(), error), ("ticked: Owl\n", said));
    assert_eq!(std::fs::read_to_string(dir.path().join("log.md")).unwrap(), LOG);
    assert_ne!(std::fs::read_to_string(dir.path().join("home/log.md")).unwrap(), LOG);
    // A missing file named by `--config` is reported, but the command still runs.
    let (_, error, status) = run(&["list", "--config", "none.toml"]);
    assert!(error.contains("none.toml") && status == Some(0), "{error}");
}

#[test]
fn settings_control_how_entries_and_ticks_are_written() {
    let dir = TestDir::new();
    let settings = "[entry]\ntemplate = \"points:\"\n[pending]\ndone-dates = true\nlogged = \"remove\"\n";
    std::fs::write(dir.path().join("own.toml"), settings).unwrap();
    let run = |arguments: &[&str]| {
        let all = arguments.iter().chain(&["--config", "own.toml"]);
        let status = program(dir.path()).env("PAPERS_TUI_TODAY", "2031-05-17").args(all).status().unwrap();
        assert!(status.success());
    };
    run(&["tick", "Owl"]);
    assert!(dir.log().contains("[x] Owl ✅ 2031-05-17\n"));
    run(&["log", "Elk: the first", "--from", "Elk: the first"]);
    assert!(dir.log().contains("\n《Elk: the first》\n\npoints:\n") && !dir.log().contains("- [ ] Elk: the first"));
}

#[test]
fn topics_in_the_settings_are_counted() {
    let dir = TestDir::new();
    std::fs::write(dir.path().join("own.toml"), "[topics]\nantelopes = [\"Gnu\"]\n").unwrap();
    let output = dir.run(&["stats", "--json", "--config", "own.toml"]);
    let stats: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = stats["tracks"].as_array().unwrap().iter().find(|track| track["name"] == "antelopes");
    assert_eq!(found.unwrap()["count"], 1, "{stats}");
}

#[test]
fn completion_scripts_and_the_man_page_are_printed() {
    let dir = TestDir::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = dir.run(&["completions", shell]);
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && script.contains("PAPERS_TUI_COMPLETE"), "{shell}");
    }
    assert_eq!(dir.run(&["completions", "abacus"]).status.code(), Some(2));
    let page = String::from_utf8(dir.run(&["man"]).stdout).unwrap();
    assert!(page.contains(".TH papers") && page.contains("pending"), "{page}");
    let page = String::from_utf8(dir.run(&["man", "--lang", "zh"]).stdout).unwrap();
    for heading in ["名称", "概述", "描述", "参数", "选项", "命令", "补充说明", "版本"] {
        assert!(page.contains(&format!(".SH {heading}\n")), "{heading} is not in\n{page}");
    }
    let is_english = |line: &str| line.strip_prefix(".SH ").is_some_and(|heading| heading.is_ascii());
    assert!(!page.lines().any(is_english), "{page}");
}

#[test]
fn usage_errors_are_in_the_chosen_language() {
    let dir = TestDir::new();
    let run = |arguments: &[&str]| {
        let output = program(dir.path()).args(["--lang", "zh"]).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    for (arguments, said) in [
        (
            &["list", "--sinse", "2031-05-01"][..],
            "错误：无法识别参数“--sinse”\n\n  提示：是不是想输入 --since？\n\n用法：papers-tui list",
        ),
        (
            &["week", "--date", "may"],
            "错误：“may”不能用作“--date <DATE>”的值：不是日期；请按 2031-05-17 的格式输入\n\n",
        ),
        (
            &["list", "--pictures", "photo"],
            "错误：“photo”不能用作“--pictures <PICTURES>”的值：应为 auto、off、kitty、sixel、iterm2 或 halfblocks\n",
        ),
        (&["list", "--since"], "错误：“--since <DATE>”需要一个值\n"),
        (&["show", "x", "--width", "0"], "错误：“0”不能用作“--width <N>”的值：应在 1..=65535 之内\n"),
        (&["show"], "错误：缺少必需的参数：<QUERY>\n\n用法：papers-tui show"),
        (&["export", "--format", "xml"], "错误：“xml”不能用作“--format <FORMAT>”的值\n  [可选值：json、"),
        (&["man", "list", "more"], "错误："),
        (&["list", "log.md"], "错误：无法识别参数“log.md”\n\n  提示：要指定日志，请用“--log log.md”\n"),
        (
            &["log.md", "--log", "log.md"],
            "错误：无法识别参数“--log”\n\n  提示：“--log”写在子命令之后；没有子命令时请写",
        ),
        (&["--foo"], "错误：无法识别参数“--foo”\n\n  提示：如果“--foo”是文件名，请写成“-- --foo”\n"),
        (&["show", "x", "--all"], "错误：“[QUERY]”不能与“--all”同时使用\n"),
        (&["list", "--json", "--json"], "错误：“--json”不能重复使用\n"),
        (&["review", "--import", "a", "--due"], "错误：“--import <FILE>”不能与“--due”同时使用\n"),
    ] {
        let error = run(arguments);
        assert!(error.starts_with(said) && error.ends_with("\n\n详见 --help。\n"), "{error}");
        for english in ["error:", "tip:", "Usage", "For more"] {
            assert!(!error.contains(english), "{error}");
        }
    }
    assert_eq!(dir.run(&["--lang", "zh", "help", "list"]).status.code(), Some(0));
}

#[test]
fn a_misplaced_log_argument_gives_a_tip() {
    let dir = TestDir::new();
    for (arguments, tip) in [
        (&["list", "log.md"][..], "tip: to name the log, use “--log log.md”\n"),
        (&["log.md", "--log", "log.md"], "tip: “--log” goes after the subcommand"),
    ] {
        let output = dir.run(arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && error.contains(tip), "{error}");
    }
}

#[test]
fn settings_before_the_command_set_the_language_of_help() {
    let dir = TestDir::new();
    std::fs::write(dir.path().join("own.toml"), "language = \"zh\"\n[topics]\nantelopes = [\"Gnu\"]\n").unwrap();
    let run = |arguments: &[&str]| {
        let output = program(dir.path()).env_remove("PAPERS_TUI_LANG").args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    };
    assert!(run(&["--config", "own.toml", "stats", "--json"]).contains("antelopes"));
    assert!(run(&["--config", "own.toml", "list", "--help"]).contains("列出读过的论文"));
    assert!(run(&["list", "--help", "--config=own.toml"]).contains("列出读过的论文"));
    assert!(run(&["--config", "own.toml", "lsit", "-x"]).starts_with("错误："));
    assert!(run(&["--config", "own.toml", "--lang", "en", "list", "--help"]).contains("List what was read"));
}

#[test]
fn commands_start_a_day_at_four() {
    let dir = TestDir::new();
    on("2031-05-19T01:00:00+08:00", &dir, &["log", "Owl: By Night"], 0);
    assert!(dir.log().contains("## 2031.5.18\n\n《Owl: By Night》"), "{}", dir.log());
    on("2031-05-19T04:00:00+08:00", &dir, &["log", "Emu: By Day"], 0);
    assert!(dir.log().contains("## 2031.5.19\n\n《Emu: By Day》"), "{}", dir.log());
    assert!(on("2031-05-19T01:00:00+08:00", &dir, &["week"], 0).0.starts_with("# 2031-W20"));
    assert!(on("noon", &dir, &["log", "Gnu"], 2).1.contains("PAPERS_TUI_TODAY"));
}
