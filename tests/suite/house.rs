//! The arrows between the rooms, as the crate's documentation draws them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Which rooms a room may name.
const ARROWS: [(&str, &[&str]); 11] = [
    ("log", &["words"]),
    ("search", &["words"]),
    ("text", &[]),
    ("words", &[]),
    ("app", &["review", "search", "log", "text", "words"]),
    ("ui", &["app", "search", "log", "text", "words"]),
    ("review", &["log", "words"]),
    ("config", &["app", "review", "log", "words"]),
    ("io", &["review", "log", "words"]),
    ("tui", &["ui", "app", "io", "review", "log", "words"]),
    ("cli", &["tui", "config", "app", "search", "io", "review", "log", "text", "words"]),
];

/// What a room must not name, beside other rooms.
const NEVER: [(&str, &[&str]); 8] = [
    ("log", &["std::fs", "std::io", "std::path", "std::thread", "ratatui", "crossterm", "Local::now", "Utc::now"]),
    (
        "review",
        &[
            "std::fs",
            "std::io",
            "std::path",
            "std::thread",
            "std::time",
            "ratatui",
            "crossterm",
            "Local::now",
            "Utc::now",
        ],
    ),
    // Two threads may share one search; none outlives it.
    ("search", &["std::fs", "std::io", "thread::spawn", "std::time", "ratatui", "crossterm"]),
    ("app", &["std::fs", "std::io", "std::thread", "std::time", "ratatui", "crossterm", "std::path"]),
    ("ui", &["std::fs", "std::io", "std::thread", "crossterm", "&mut App"]),
    ("config", &["std::fs", "std::io", "std::path", "std::env", "std::thread", "ratatui", "crossterm"]),
    // It ends the program when a folder cannot be closed: `io::read::names` does not.
    ("io", &["fs::read_dir", "ratatui", "crossterm"]),
    ("cli", &["fs::read_dir"]),
];

/// Crates with one user each.
const ONE_USER: [(&str, &[&str]); 13] = [
    ("pulldown_cmark", &["log/markup/builder.rs", "log/outline.rs"]),
    ("fuzzy_matcher", &["search/fuzzy.rs"]),
    ("ToPinyin", &["search/pinyin.rs"]),
    ("toml::", &["ui/theme/file.rs", "config/keys.rs", "config/parse.rs"]),
    ("html5gum", &["log/figures.rs"]),
    ("icu_segmenter", &["app/page/wrap.rs"]),
    ("csv::Writer", &["cli/export/csv.rs"]),
    ("shell_words", &["tui/editor.rs", "config/value.rs"]),
    ("strsim", &["config/parse.rs"]),
    ("ratatui_image", &["tui/encode.rs"]),
    ("image::", &["io/decode.rs", "tui/encode.rs"]),
    ("lru::", &["tui/cache.rs"]),
    ("open::", &["io/outside.rs"]),
];

pub fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    let name = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
    files.iter().map(|path| (name(path), code(&std::fs::read_to_string(path).unwrap()))).collect()
}

/// The code without its comments and without its unit tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn room(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

#[test]
fn arrows_point_downwards_only() {
    for (file, code) in sources() {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == room(&file)) else { continue };
        let named: BTreeSet<&str> = code
            .match_indices("crate::")
            .map(|(at, mark)| code[at + mark.len()..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
            .filter(|name| ARROWS.iter().any(|(room, _)| room == name))
            .collect();
        for name in named {
            assert!(name == room(&file) || allowed.contains(&name), "src/{file} must not know `{name}`");
        }
    }
}

#[test]
fn rooms_do_only_what_they_are_for() {
    for (file, code) in sources() {
        for word in NEVER.iter().filter(|(name, _)| *name == room(&file)).flat_map(|(_, words)| *words) {
            assert!(!code.contains(word), "src/{file} must not use `{word}`");
        }
        for (name, users) in ONE_USER {
            assert!(!code.contains(name) || users.contains(&file.as_str()), "src/{file} must not use `{name}`");
        }
    }
}

#[test]
fn every_room_is_on_the_map() {
    let rooms: BTreeSet<String> = sources().iter().map(|(file, _)| room(file).to_owned()).collect();
    let known: BTreeSet<String> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let others: Vec<_> = rooms.difference(&known).collect();
    assert_eq!(others, ["lib", "main"]);
}
