//! The targets of `fuzz/` without the fuzzer: their corpora with random changes.
//!
//! `PAPERS_TUI_FUZZ` sets the number of inputs per target: `PAPERS_TUI_FUZZ=1000000`.

use std::panic::catch_unwind;
use std::path::Path;

use super::targets::{TARGETS, Target};

use crate::random::Dice;

/// Pieces to insert: parts of logs, terminal input, JSON and settings.
const PIECES: [&str; 48] = [
    "《",
    "》",
    "# ",
    "## 2031.5.17",
    "- [ ] ",
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "> ",
    "1. ",
    "①",
    "→ ",
    "[",
    "](",
    "![",
    "<img src=\"",
    "<br>",
    "$$",
    "\\(",
    "`",
    "```",
    "*",
    "**",
    "|",
    "|-|-|\n",
    "\u{FEFF}",
    "\0",
    "\x1b[",
    "\x1b]11;",
    "\x1bP",
    "\x07",
    "\x1b\\",
    "\x1b[200~",
    "\x1b[<0;1;1M",
    "\u{202E}",
    "e\u{301}",
    "👩‍💻",
    "{\"version\":1",
    "1e39",
    "-1",
    "null",
    "\"",
    "}",
    "2031-02-30",
    "/(?",
    "org:",
    " = ",
];

/// An input with a few random changes.
fn changed(dice: &mut Dice, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = corpus[dice.below(corpus.len())].clone();
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(12)).min(bytes.len());
        match dice.below(6) {
            0 if at < bytes.len() => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let part = bytes[at..end].to_vec();
                let to = dice.below(bytes.len() + 1);
                bytes.splice(to..to, part);
            }
            3 => {
                let other = &corpus[dice.below(corpus.len())];
                let from = dice.below(other.len() + 1);
                bytes.truncate(at);
                bytes.extend(&other[from..]);
            }
            _ => {
                let piece = PIECES[dice.below(PIECES.len())].repeat(1 + dice.below(3));
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
    bytes
}

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

#[test]
fn random_input_breaks_no_target() {
    let count = std::env::var("PAPERS_TUI_FUZZ").ok().and_then(|count| count.parse().ok()).unwrap_or(250);
    std::thread::scope(|scope| {
        for (name, target) in TARGETS {
            scope.spawn(move || withstands(name, target, count));
        }
    });
}

fn withstands(name: &str, target: Target, count: usize) {
    let corpus = corpus(name);
    let mut dice = Dice(0x2031_0517);
    let inputs = (0..count).map(|_| changed(&mut dice, &corpus));
    for input in corpus.iter().cloned().chain(inputs) {
        let ended = catch_unwind(|| target(&input));
        assert!(ended.is_ok(), "{name}: {:?}", String::from_utf8_lossy(&input));
    }
}

/// libFuzzer runs each target tested above.
#[test]
fn every_fuzz_target_has_a_program_and_a_corpus() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    for (name, _) in TARGETS {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        let program = std::fs::read_to_string(folder.join(format!("fuzz_targets/{name}.rs"))).unwrap();
        assert!(program.contains(&format!("targets::{name}(bytes)")), "{name}");
        assert!(!corpus(name).is_empty(), "{name}");
    }
}
