//! Checks which rooms (top-level modules), crates and functions each file uses, that no files import each other in a
//! circle, and that files stay small. Also that the README beside the tests names only tests that exist.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Which rooms each room may use.
const ARROWS: [(&str, &[&str]); 12] = [
    ("log", &["text", "words"]),
    ("search", &["text", "words"]),
    ("text", &[]),
    ("words", &[]),
    ("app", &["review", "search", "papers", "log", "text", "words"]),
    ("ui", &["app", "search", "log", "text", "words"]),
    ("review", &["log", "words"]),
    ("config", &["app", "review", "log", "words"]),
    ("papers", &["log"]),
    ("io", &["review", "papers", "log", "words"]),
    ("tui", &["ui", "app", "io", "review", "papers", "log", "text", "words"]),
    ("cli", &["tui", "config", "app", "search", "io", "review", "papers", "log", "text", "words"]),
];

/// Which modules of `app` each of its lower modules may use. None of them may use `App`.
const APP_ARROWS: [(&str, &[&str]); 4] =
    [("screen", &[]), ("keys", &["screen"]), ("page", &["keys", "screen"]), ("panes", &["page", "keys", "screen"])];

/// The most files and folders directly in `app`.
const APP_BOXES: usize = 20;

/// The most lines in a file.
const LINES: usize = 450;

/// Text that must not occur in a room's code.
const NEVER: [(&str, &[&str]); 10] = [
    // Scoped threads only.
    ("log", &["std::fs", "std::io", "std::path", "thread::spawn", "ratatui", "crossterm", "Local::now", "Utc::now"]),
    ("papers", &["std::fs", "std::io", "std::path", "std::thread", "std::time", "ratatui", "crossterm", "Local::now"]),
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
    // Scoped threads only.
    ("search", &["std::fs", "std::io", "thread::spawn", "std::time", "ratatui", "crossterm"]),
    ("app", &["std::fs", "std::io", "std::thread", "std::time", "ratatui", "crossterm", "std::path"]),
    ("ui", &["std::fs", "std::io", "std::thread", "crossterm", "&mut App"]),
    ("config", &["std::fs", "std::io", "std::path", "std::env", "std::thread", "ratatui", "crossterm"]),
    // `fs::read_dir` aborts the program if closing a folder fails; `io::read::names` does not.
    ("io", &["fs::read_dir", "ratatui", "crossterm"]),
    ("cli", &["fs::read_dir"]),
    // A dropped effect would never be carried out.
    ("tui", &["_ = self.app.update", "drop(self.app.update", "_ = app.update", "drop(app.update"]),
];

/// Crates, functions and macros that only these files may use.
const ONE_USER: [(&str, &[&str]); 25] = [
    (
        "pulldown_cmark",
        &["log/markup/builder/mod.rs", "log/outline/mod.rs", "log/outline/pieces.rs", "log/outline/scan.rs"],
    ),
    ("fuzzy_matcher", &["search/fuzzy.rs"]),
    ("ToPinyin", &["search/pinyin.rs"]),
    ("toml::", &["ui/theme/file.rs", "config/keys.rs", "config/parse.rs"]),
    ("html5gum", &["log/figures/tag.rs"]),
    ("icu_segmenter", &["app/page/wrap.rs"]),
    ("biblatex::", &["papers/biblio/bibtex.rs"]),
    ("csv::Writer", &["cli/export/csv.rs"]),
    ("shell_words", &["tui/editor.rs", "config/value.rs"]),
    ("strsim", &["config/problem_list.rs"]),
    ("ratatui_image", &["tui/encode.rs"]),
    ("image::", &["io/decode.rs", "tui/encode.rs"]),
    ("lru::", &["tui/cache.rs"]),
    ("open::", &["io/outside.rs"]),
    ("pdfboss", &["io/reader/parse.rs"]),
    // Every way to write to the terminal; each file makes its text safe first.
    ("io::stdout()", &["cli/print.rs", "tui/mod.rs", "tui/terminal.rs", "io/reader/child.rs"]),
    ("io::stderr()", &["cli/print.rs", "cli/progress.rs"]),
    ("rustix::stdio", &["tui/rescue.rs"]),
    ("println!", &[]),
    (" print!(", &[]),
    ("set_symbol", &["ui/canvas.rs"]),
    ("CopyToClipboard", &["tui/terminal.rs"]),
    ("SetTitle", &[]),
    ("ratatui::text", &[]),
    ("ratatui::widgets", &["tui/encode.rs"]),
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

pub fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = files(&root);
    let name = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
    files.iter().map(|path| (name(path), code(&std::fs::read_to_string(path).unwrap()))).collect()
}

/// A file's code without comments and unit tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn room(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

/// Every path that a file's code uses, from the crate root.
fn paths(file: &str, code: &str) -> Vec<Vec<String>> {
    let here = module(file);
    let mut named = Vec::new();
    for (at, mark) in code.match_indices("use ") {
        let before = code[..at].rsplit('\n').next().unwrap().trim();
        if before.is_empty() || before.starts_with("pub") {
            flatten(code[at + mark.len()..].split(';').next().unwrap(), "", &mut named);
        }
    }
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(start) {
            let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
            let inside = code[..at].ends_with(is_path) || code[..at].ends_with("pub(in ");
            let path = code[at..].split(|c| !is_path(c)).next().unwrap();
            named.extend((!inside).then(|| path.trim_end_matches(':').to_owned()));
        }
    }
    named.iter().filter_map(|path| from_root(path, &here)).collect()
}

/// Splits the paths of a `use`: `a::{b, c::d}` into `a::b` and `a::c::d`.
fn flatten(tree: &str, before: &str, named: &mut Vec<String>) {
    let tree = tree.trim();
    let Some((start, inside)) = tree.split_once('{') else {
        named.push(format!("{before}{}", tree.split(' ').next().unwrap()));
        return;
    };
    let before = format!("{before}{}", start.trim());
    let (mut depth, mut from) = (0, 0);
    let inside = inside.rsplit_once('}').map_or(inside, |(inside, _)| inside);
    for (at, c) in inside.char_indices().chain([(inside.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !inside[from..at].trim().is_empty() {
                    flatten(&inside[from..at], &before, named);
                }
                from = at + 1;
            }
            _ => {}
        }
    }
}

fn from_root(path: &str, here: &[String]) -> Option<Vec<String>> {
    let mut parts = path.split("::").peekable();
    let mut whole = match parts.next()? {
        "crate" => Vec::new(),
        "self" => here.to_vec(),
        "super" => here[..here.len().checked_sub(1)?].to_vec(),
        // A child of this module, or another crate: no file is named like a crate.
        child => [here, &[child.to_owned()]].concat(),
    };
    while parts.next_if_eq(&"super").is_some() {
        whole.pop();
    }
    whole.extend(parts.map(str::to_owned));
    Some(whole)
}

/// The module path of a file: `app/keys/mod.rs` is `app::keys`.
fn module(file: &str) -> Vec<String> {
    let file = file.strip_suffix(".rs").unwrap();
    let file = file.strip_suffix("/mod").unwrap_or(file);
    if file == "lib" { Vec::new() } else { file.split('/').map(str::to_owned).collect() }
}

/// The modules that each module uses. Using an item of an ancestor module, such as `App`, does not count.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let sources = sources();
    let modules: BTreeSet<Vec<String>> = sources.iter().map(|(file, _)| module(file)).collect();
    let arrows = sources.iter().map(|(file, code)| {
        let here = module(file);
        let named = paths(file, code).into_iter().filter_map(|path| {
            let longest = (0..=path.len()).rev().map(|length| &path[..length]).find(|part| modules.contains(*part))?;
            (!here.starts_with(longest)).then(|| longest.join("::"))
        });
        (here.join("::"), named.collect())
    });
    arrows.collect()
}

#[test]
fn modules_import_only_from_lower_ones() {
    for (file, code) in sources() {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == room(&file)) else { continue };
        for path in paths(&file, &code) {
            let Some(name) = path.first().filter(|name| ARROWS.iter().any(|(room, _)| room == name)) else { continue };
            assert!(name == room(&file) || allowed.contains(&name.as_str()), "src/{file} must not use `{name}`");
        }
    }
}

#[test]
fn the_lower_modules_of_app_do_not_use_app() {
    for (file, code) in sources() {
        let Some((room, allowed)) =
            APP_ARROWS.iter().find(|(room, _)| file.strip_prefix("app/").is_some_and(|file| file.starts_with(room)))
        else {
            continue;
        };
        for path in paths(&file, &code).iter().filter(|path| path.first().is_some_and(|first| first == "app")) {
            let name = path.get(1).map_or("", String::as_str);
            assert!(name == *room || allowed.contains(&name), "src/{file} must not use `{}`", path.join("::"));
        }
    }
}

#[test]
fn files_have_no_import_cycles() {
    let mut arrows = arrows();
    // Modules that use nothing are not in a cycle; remove them repeatedly.
    while let Some(end) = arrows.iter().find(|(_, named)| named.is_empty()).map(|(name, _)| name.clone()) {
        arrows.remove(&end);
        arrows.values_mut().for_each(|named| _ = named.remove(&end));
    }
    // Nor are modules that nothing uses.
    let is_named =
        |name: &String, arrows: &BTreeMap<String, BTreeSet<String>>| arrows.values().any(|named| named.contains(name));
    while let Some(start) = arrows.keys().find(|name| !is_named(name, &arrows)).cloned() {
        arrows.remove(&start);
    }
    assert!(arrows.is_empty(), "{arrows:#?}");
}

#[test]
fn the_import_check_understands_every_form_of_path() {
    let code = "use crate::{a, b::{self, c::D}};\npub use super::e::*;\nmod f;\nuse f::G;\nlet x = crate::h::i();";
    let named = paths("app/keys/key.rs", code);
    let named: BTreeSet<String> = named.iter().map(|path| path.join("::")).collect();
    for path in ["a", "b::self", "b::c::D", "app::keys::e::*", "app::keys::key::f::G", "h::i"] {
        assert!(named.contains(path), "{path} in {named:?}");
    }
}

#[test]
fn app_and_source_files_stay_small() {
    let boxes: BTreeSet<String> = sources()
        .iter()
        .filter_map(|(file, _)| file.strip_prefix("app/").map(|file| file.split('/').next().unwrap().to_owned()))
        .collect();
    assert!(boxes.len() <= APP_BOXES, "{boxes:?}");
    for folder in ["src"] {
        for path in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) {
            if path.extension().is_some_and(|extension| extension == "rs") {
                let lines = std::fs::read_to_string(&path).unwrap().lines().count();
                assert!(lines <= LINES, "{} has {lines} lines", path.display());
            }
        }
    }
}

#[test]
fn modules_use_only_the_crates_they_may() {
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
fn every_room_has_an_import_rule() {
    let rooms: BTreeSet<String> = sources().iter().map(|(file, _)| room(file).to_owned()).collect();
    let known: BTreeSet<String> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let others: Vec<_> = rooms.difference(&known).collect();
    assert_eq!(others, ["lib", "main"]);
}

/// Every test named in the table of faults must exist.
#[test]
fn the_readme_names_existing_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(root.join("tests/suite/README.md")).unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| fault |"));
    let named: Vec<&str> = rows
        .flat_map(|row| row.trim_end_matches([' ', '|']).rsplit_once(" | ").unwrap().1.split('`').skip(1).step_by(2))
        .filter(|name| !name.starts_with("PAPERS_TUI_"))
        .collect();
    assert!(named.len() > 60, "{}", named.len());
    let read = |path: &Path| std::fs::read_to_string(path).unwrap_or_default();
    let is_test = |text: &str, test: &str| {
        let before = text.split_once(&format!("fn {test}(")).and_then(|(before, _)| before.rsplit_once("#[test]"));
        // Attributes may come in between.
        before.is_some_and(|(_, between)| !between.contains("fn "))
    };
    let is_there = |name: &&&str| match name.split_once("::") {
        Some((file, test)) => is_test(&read(&root.join(format!("tests/suite/{file}.rs"))), test),
        None => read(&root.join(name)).contains("#[test]"),
    };
    let gone: Vec<&&str> = named.iter().filter(|name| !is_there(name)).collect();
    assert!(gone.is_empty(), "{gone:#?}");
}
