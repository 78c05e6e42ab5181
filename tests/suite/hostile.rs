//! Nothing in a log, a file name or an argument can control the terminal.

use std::path::Path;
use std::process::Command;

use crate::terminal::Run;

/// 7-bit and 8-bit controls, bidirectional marks, other format chars, tags.
const HOSTILE: &str = "\x1b]52;c;ZW11\x07\x1b[5m\x1b_Ga=q;AAAA\x1b\\\u{9b}5m\u{85}\u{202e}\u{600}\u{8e2}\u{110bd}\u{1d173}\u{e0061}\u{fe01}";

/// Parts of it that must never be sent to a terminal.
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

fn desk() -> (tempfile::TempDir, String) {
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
    let (folder, name) = desk();
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
        &["export", "--format", "csv", "-o", "/dev/tty"],
        &["export", "--format", "json", "-o", "/dev/tty"],
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
fn the_panes_and_what_they_copy_are_safe() {
    let (folder, name) = desk();
    let mut run = Run::papers(&[&name], folder.path());
    run.sees("Emu").types("Y").sees("opied").types("2j3j?").sees("─ Keys").types("\x03");
    run.ends();
    // The clipboard is set by OSC 52, with its contents in base64.
    let sent = run.sent();
    let (before, copied) = sent.split_once("\x1b]52;c;").unwrap();
    let (_, after) = copied.split_once("\x1b\\").unwrap();
    is_harmless("the panes", &[before, after].concat());
}

#[test]
fn json_is_the_same_for_a_terminal_and_for_programs() {
    let (folder, name) = desk();
    let arguments = ["export", "--log", &name, "--format", "json"];
    let mut run = Run::papers(&arguments, folder.path());
    run.ends();
    let program = Path::new(env!("CARGO_BIN_EXE_papers-tui"));
    let mut piped = Command::new(program);
    piped.args(arguments).env("PAPERS_TUI_TODAY", "2031-06-01").env("HOME", folder.path()).current_dir(folder.path());
    let piped = piped.output().unwrap().stdout;
    let piped: serde_json::Value = serde_json::from_slice(&piped).unwrap();
    // Progress may be printed before it.
    let sent = run.sent();
    let shown: serde_json::Value = serde_json::from_str(&sent[sent.find('{').unwrap()..]).unwrap();
    assert_eq!(shown["entries"], piped["entries"]);
    assert!(piped["entries"][0]["title"].as_str().unwrap().contains("\u{202e}"));
}
