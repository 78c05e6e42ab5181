//! Nothing in a log, a file name or an argument can control the terminal.

use std::path::Path;
use std::process::Command;

use super::drive::Drive;
use crate::terminal::Run;

/// 7-bit and 8-bit controls, bidirectional marks, other format chars, tags.
const HOSTILE: &str = "\x1b]52;c;ZW11\x07\x1b[5m\x1b_Ga=q;AAAA\x1b\\\u{9b}5m\u{85}\u{202e}\u{600}\u{8e2}\u{110bd}\u{1d173}\u{e0061}\u{fe01}";

/// Parts of [`HOSTILE`] that must never be sent to a terminal.
const NEVER: &[&str] = &[
    "\x1b]52",
    "\x07",
    "\x1b[5m",
    "\x1b_",
    "\u{9b}",
    "\u{85}",
    "\u{202e}",
    "\u{600}",
    "\u{8e2}",
    "\u{110bd}",
    "\u{1d173}",
    "\u{e0061}",
    "\u{fe01}",
];

fn dir() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let name = "emu\x1b[5m\u{202e}.md".to_owned();
    let text = format!(
        "# todo\n\n- [ ] Elk{HOSTILE}\n\n## 2031.5.17\n\n《Emu{HOSTILE}: A Model》\n\n- (Gnu{HOSTILE}, 2030.1)\n\n\
         text[^a] [link](https://emu.example/{HOSTILE}) `code{HOSTILE}`\n\n![{HOSTILE}](pic{HOSTILE}.png)\n\n\
         [^x{HOSTILE}]: a note{HOSTILE}\n\n[^a]: another\n\n## 2031.5.16\n\n《Emu{HOSTILE}: A Model》\n"
    );
    std::fs::write(folder.path().join(&name), text).unwrap();
    (folder, name)
}

#[track_caller]
fn is_harmless(what: &str, sent: &str) {
    for bad in NEVER {
        assert!(!sent.contains(bad), "{what}: {bad:?} in {sent:?}");
    }
}

#[test]
fn every_command_is_safe_on_a_terminal() {
    let (folder, name) = dir();
    let bad = format!("Emu{HOSTILE}");
    let commands: &[&[&str]] = &[
        &["list"],
        &["list", "--json"],
        &["show", "--all"],
        &["show", "--all", "--color", "always"],
        &["show", "--all", "--json"],
        &["show", &bad],
        &["show", "line:\x1b[5m"],
        &["search", "emu"],
        &["search", "--text", "note", "--json"],
        &["search", "--text", "note"],
        &["pending", "--all"],
        &["pending", "--json"],
        &["tick", &bad],
        &["tick", "Elk"],
        &["add", &bad],
        &["stats"],
        &["stats", "--json"],
        &["week", "--date", "2031-05-17"],
        &["check"],
        &["check", "--json"],
        &["review", "--due"],
        &["review", "--due", "--json"],
        &["export", "--format", "json"],
        &["export", "--format", "csv"],
        &["export", "--format", "bibtex"],
        &["export", "--format", "html"],
        &["export", "--format", "csl-json"],
        &["export", "--format", "ris"],
        &["export", "--format", "csv", "-o", "/dev/tty"],
        &["export", "--format", "json", "-o", "/dev/tty"],
        &["check", "--explain"],
        &["check", "--explain", "--json"],
        &["check", "--fix", "--dry-run"],
        &["log", &bad],
        &["undo", "--list"],
        &["undo"],
        &["library"],
        &["refs", &bad],
        &["import", &bad],
        &["list", &bad],
        &["list", "--since", &bad],
        &[&bad],
    ];
    for language in ["en", "zh"] {
        for command in commands {
            let arguments: Vec<&str> = match command {
                [only] if *only == bad => vec![only],
                [first, rest @ ..] => [&[first, "--log", &name, "--lang", language], rest].concat(),
                [] => Vec::new(),
            };
            let mut run = Run::papers(&arguments, folder.path());
            run.ends();
            is_harmless(&format!("{command:?}"), &run.sent());
        }
    }
}

#[test]
fn the_panes_and_the_clipboard_are_safe() {
    let (folder, name) = dir();
    let mut run = Run::papers(&[&name], folder.path());
    run.sees("Emu").types("Y").sees("opied").types("2j3j?").sees("─ Keys").types("\x03");
    run.ends();
    // The clipboard is set by OSC 52, with its contents in base64.
    let sent = run.sent();
    let (before, copied) = sent.split_once("\x1b]52;c;").unwrap();
    let (_, after) = copied.split_once("\x1b\\").unwrap();
    is_harmless("the panes", &[before, after].concat());
}

/// Keys that lead to each view.
const VIEWS: [&str; 28] = [
    "",
    "1g",
    "2",
    "2d",
    "3",
    "3f",
    "s",
    "semu",
    "semu<enter>",
    "/e",
    ":",
    "?",
    "W",
    "c",
    "S",
    "T",
    "R",
    "!",
    "*",
    "i",
    "o",
    "t",
    "L",
    "3a",
    "3E",
    "3m",
    "N",
    "v<space>",
];

/// All controls, format characters, line and paragraph separators, and other invisible code points.
fn harmful() -> Vec<char> {
    let harmful =
        regex::Regex::new(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\x{115F}\x{1160}\x{3164}\x{FFA0}\x{FE00}-\x{FE0F}]").unwrap();
    ('\0'..=char::MAX).filter(|c| harmful.is_match(c.encode_utf8(&mut [0; 4]))).collect()
}

#[test]
fn no_view_shows_a_harmful_code_point() {
    let all = harmful();
    assert!(all.len() > 240, "{}", all.len());
    // Line breaks and tabs have their own meaning in Markdown.
    let text: Vec<char> = all.iter().copied().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
    for some in text.chunks(48) {
        let odd: String = some.iter().flat_map(|&c| ['a', c]).collect();
        let log = format!(
            "# todo\n\n- [ ] Elk{odd}\n\n# {odd}\n\n## 2031.5.17 {odd}\n\n《Emu{odd}: A Model{odd}》\n\ntext {odd} [link{odd}](https://emu.example/{odd})\n\n\
             | {odd} | b |\n|---|---|\n| `{odd}` | $x{odd}$ |\n\n![{odd}](pic{odd}.png)\n\n《Emu{odd}: A Model{odd}》\n\n> {odd}\n"
        );
        for language in ["", "L"] {
            for view in VIEWS {
                let mut drive = Drive::new(&log, 140, 42);
                let screen = drive.keys(language).keys(view).screen();
                let shown = all.iter().find(|c| **c != '\n' && screen.contains(**c));
                assert_eq!(shown, None, "{view}\n{}", screen.escape_unicode());
            }
        }
    }
}

#[test]
fn json_is_the_same_on_a_terminal_and_in_a_pipe() {
    let (folder, name) = dir();
    let arguments = ["export", "--log", &name, "--format", "json"];
    let mut run = Run::papers(&arguments, folder.path());
    run.ends();
    let program = Path::new(env!("CARGO_BIN_EXE_papers-tui"));
    let mut piped = Command::new(program);
    piped.args(arguments).env("PAPERS_TUI_TODAY", "2031-06-01").env("HOME", folder.path()).current_dir(folder.path());
    let piped = piped.output().unwrap().stdout;
    let piped: serde_json::Value = serde_json::from_slice(&piped).unwrap();
    // Progress may be printed before the JSON.
    let sent = run.sent();
    let shown: serde_json::Value = serde_json::from_str(&sent[sent.find('{').unwrap()..]).unwrap();
    assert_eq!(shown["entries"], piped["entries"]);
    assert!(piped["entries"][0]["title"].as_str().unwrap().contains("\u{202e}"));
}
