//! Runs the commands that read a log on random documents, each a file of one folder, so that one process reads many.
//!
//! `PAPERS_TUI_DOCUMENTS` sets their number: `PAPERS_TUI_DOCUMENTS=100000`.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::terminal::USERS_OWN;

use crate::random::Dice;

/// How many files one command reads.
const AT_ONCE: usize = 200;

/// Pieces of documents, with special chars.
const PIECES: [&str; 64] = [
    "# ",
    "## ",
    "### ",
    "2031.5.17",
    "2031-05-17",
    "5/17",
    "May 17, 2031",
    "2031年5月",
    "《Emu: A Model》",
    "《",
    "》",
    "- [ ] ",
    "- [x] ",
    "  - [ ] ",
    "- ",
    "* ",
    "1. ",
    "2.",
    "> ",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\r\n",
    "    ",
    "\t",
    "| a | b |\n|--|--|\n",
    "|",
    "`",
    "```\n",
    "~~~\n",
    "$$",
    "$a*b$",
    "\\(",
    "**",
    "*",
    "_",
    "~~",
    "[5036]",
    "[a](https://a.example)",
    "![x](a.png)",
    "<img src=\"a.png\" width=4\">",
    "<br>",
    "<details>",
    "</details>",
    "<!--",
    "-->",
    "&#27;",
    "[^1]",
    "[^1]: ",
    "[[Owl]]",
    "TBD",
    "大模型，",
    "（1）",
    "①",
    "→ ",
    "word ",
    "Google ",
    "\u{FEFF}",
    "\0",
    "\x1b[31m",
    "\u{202E}",
    "e\u{301}👩‍💻",
    "\u{85}\u{2028}",
];

/// Commands that read a log.
const COMMANDS: [&[&str]; 14] = [
    &["list"],
    &["list", "--json"],
    &["show", "--all"],
    &["show", "--all", "--json"],
    &["pending", "--all"],
    &["check"],
    &["check", "--explain"],
    &["stats"],
    &["search", "--text", "emu"],
    &["export", "--format", "json"],
    &["export", "--format", "csv"],
    &["export", "--format", "bibtex"],
    &["export", "--format", "ris"],
    &["export", "--format", "html"],
];

fn document(dice: &mut Dice) -> String {
    (0..dice.below(80)).map(|_| PIECES[dice.below(PIECES.len())]).collect()
}

#[test]
fn commands_handle_random_documents() {
    let count = std::env::var("PAPERS_TUI_DOCUMENTS").ok().and_then(|count| count.parse().ok()).unwrap_or(120);
    let is_long = std::env::var_os("PAPERS_TUI_DOCUMENTS").is_some();
    let mut dice = Dice(0x2031_0517);
    for first in (0..count).step_by(AT_ONCE) {
        let folder = tempfile::tempdir().unwrap();
        for number in first..(first + AT_ONCE).min(count) {
            let path = folder.path().join(format!("log/{number:07}.md"));
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, document(&mut dice)).unwrap();
            super::of_long_ago(&path);
        }
        super::of_long_ago(&folder.path().join("log"));
        for arguments in COMMANDS {
            let start = Instant::now();
            reads(folder.path(), arguments, first);
            // No command may take a second for a whole folder; only long runs measure it.
            let elapsed = start.elapsed();
            assert!(!is_long || elapsed < Duration::from_secs(1), "{arguments:?} of {first}: {elapsed:?}");
        }
    }
}

fn reads(folder: &Path, arguments: &[&str], first: usize) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_papers-tui"));
    USERS_OWN.iter().for_each(|name| _ = command.env_remove(name));
    command.args(arguments).args(["--log", "log"]).current_dir(folder).env("HOME", folder).env("PAPERS_TUI_LANG", "en");
    let output = command.output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?} of {first}: {:?} {error}", output.status);
    assert!(!error.contains("panicked"), "{arguments:?} of {first}: {error}");
}
