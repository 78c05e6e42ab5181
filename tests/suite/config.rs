//! Parsing the configuration: defaults, key bindings, problems and former names. `settings` tests the effects.

use std::collections::BTreeSet;

use papers_tui::app::keys::bindings::BINDINGS;
use papers_tui::app::keys::keymap::Keymap;
use papers_tui::config::{Config, DEFAULTS, listed_keys, parse};
use papers_tui::words::Language;

/// The problems in a text, in English.
fn problems(text: &str) -> Vec<String> {
    parse(text).1.iter().map(|problem| problem.say(Language::English)).collect()
}

#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    assert_eq!(problems(text), wanted, "{text}");
}

#[test]
fn the_printed_settings_are_the_defaults_and_complete() {
    assert_eq!(parse(DEFAULTS), (Config::default(), Vec::new()));
    let keys = |value: &serde_json::Value| -> BTreeSet<String> {
        let tables = value.as_object().unwrap().iter().flat_map(|(key, value)| match value.as_object() {
            Some(table) if !table.is_empty() => table.keys().map(|inner| format!("{key}.{inner}")).collect(),
            _ => vec![key.clone()],
        });
        tables.collect()
    };
    let listed: toml::Table = toml::from_str(DEFAULTS).unwrap();
    let listed = keys(&serde_json::to_value(listed).unwrap());
    assert_eq!(listed, keys(&serde_json::to_value(Config::default()).unwrap()));
    // Each key has a comment in both languages above it; `pending-width` shares that of `timeline-width`.
    let blocks = DEFAULTS.split("\n\n").flat_map(|block| block.split_inclusive('\n').collect::<Vec<_>>());
    let mut comment = String::new();
    for line in blocks {
        match line.strip_prefix('#') {
            Some(text) => comment.push_str(text),
            None if line.contains(" = ") => {
                let has_chinese = comment.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
                assert!(comment.contains(['.', ':']) && has_chinese || line.starts_with("pending-width"), "{line}");
                comment.clear();
            }
            None => {}
        }
    }
}

#[test]
fn the_printed_keys_are_the_keymap() {
    for language in [Language::English, Language::Chinese] {
        let listed = listed_keys(language);
        // The tables without their comment marks. The text before the first table is not TOML.
        let tables = &listed[listed.find("# [keys").unwrap()..];
        let text: String = tables.lines().map(|line| format!("{}\n", line.trim_start_matches("# "))).collect();
        let (config, problems) = parse(&text);
        assert_eq!((config.keymap, problems), (Keymap::default(), Vec::new()));
        assert_eq!(text.lines().filter(|line| line.contains(" = [")).count(), BINDINGS.len());
    }
}

#[test]
fn a_problem_affects_only_its_own_setting() {
    let text = "them = \"x\"\nmouse = \"no\"\n\n[review]\nretention = 2\nnew-per-day = 7\n[reviews]\nx = 1\n[pictures]\nshow = \"png\"\ncache = 8\n";
    let (config, _) = parse(text);
    assert_eq!((config.review.new_per_day, config.pictures.cache), (7, 8));
    assert_eq!((config.mouse, config.review.retention), (true, 0.9));
    check(
        text,
        &[
            "1:1: unknown key them; did you mean theme?",
            "2:9: mouse must be true or false; using the default, true",
            "5:13: review.retention must be a number from 0.7 to 0.99; using the default, 0.9",
            "7:2: unknown key reviews; did you mean review?",
            "10:8: pictures.show must be auto, off, kitty, sixel, iterm2 or halfblocks; using the default, \"auto\"",
        ],
    );
}

#[test]
fn invalid_toml_is_reported_and_the_rest_applies() {
    let (config, problems) = parse("mouse = false\ntheme = nord\n[review]\nnew-per-day = 9\n");
    assert_eq!((config.mouse, config.review.new_per_day), (false, 9));
    assert_eq!((problems[0].line, problems[0].column), (2, 9));
    check("editor = \"vi 'x\"", &["1:10: editor: it has an unclosed quote; using the default, \"\""]);
    check("[topics]\nbirds = \"emu\"", &["2:9: topics.birds must be a list, such as [\"emu\"]; ignored"]);
    check("\u{FEFF}mouse = true", &[]);
    check("", &[]);
}

#[test]
fn problems_with_values_say_what_the_value_must_be() {
    check("logs = \"a.md\"", &["1:8: logs must be a list, such as [\"a.md\"]; using the default, []"]);
    check("logs = 3", &["1:8: logs must be a list; using the default, []"]);
    check("language = \"fr\"", &["1:12: language must be auto, en or zh; using the default, \"auto\""]);
    check("theme = 3", &["1:9: theme must be text in quotes; using the default, \"auto\""]);
    let chinese = |text: &str| parse(text).1[0].say(Language::Chinese);
    assert_eq!(chinese("logs = \"a.md\""), "1:8: logs 应写成列表，如 [\"a.md\"]；改用默认值 []");
}

#[test]
fn keys_are_bound_by_context_and_action() {
    let (config, problems) =
        parse("[keys.panes]\nfind = [\"g f\", \"F2\"]\nquit = \"Ctrl-Q\"\n[keys.reading]\ntop = [\"g g\"]\n");
    assert_eq!(problems, []);
    let names = |action: &str| {
        let binding = BINDINGS.iter().find(|binding| (binding.places(), binding.action.name()) == ("panes", action));
        config.keymap.names(binding.unwrap())
    };
    assert_eq!((names("find").as_str(), names("quit").as_str()), ("g f  F2", "Ctrl-Q"));
}

#[test]
fn an_action_whose_keys_are_all_invalid_keeps_its_default() {
    let find = |text: &str| {
        let (config, _) = parse(text);
        let find = BINDINGS.iter().find(|binding| (binding.places(), binding.action.name()) == ("panes", "find"));
        config.keymap.names(find.unwrap())
    };
    let default = find("");
    assert_ne!(default, "");
    assert_eq!(find("[keys.panes]\nfind = [\"Crtl-x\", \"Hyper\"]"), default);
    assert_eq!(find("[keys.panes]\nfind = [\"Crtl-x\", \"F2\"]"), "F2");
    assert_eq!(find("[keys.panes]\nfind = []"), "");
}

#[test]
fn problems_with_keys_are_reported_with_their_position() {
    check("[keys.pane]\nfind = [\"x\"]", &["1:7: unknown key keys.pane; did you mean keys.panes?"]);
    check("[keys.panes]\nfnd = [\"x\"]", &["2:1: unknown key keys.panes.fnd; did you mean keys.panes.find?"]);
    let panes = "must be a table, such as [keys.panes]; using the default keys";
    check("keys = 3", &[&format!("1:8: keys {panes}")]);
    check("[keys]\npanes = 3", &[&format!("2:9: keys.panes {panes}")]);
    check(
        "[keys.panes]\nfind = 5",
        &["2:8: keys.panes.find must be a list of keys, such as [\"x\", \"Ctrl-P\", \"g g\"]; using the default keys"],
    );
    check(
        "[keys.panes]\nfind = [\"F2\", \"Crtl-x\"]",
        &["2:15: “Crtl-x” is not a key; keys are written x, X, Space, Enter, Esc, F1, Ctrl-P, Alt-Down"],
    );
    check(
        "[keys.panes]\nquit = [\"c\"]",
        &["2:9: “c” no longer runs keys.panes.calendar; to hide this message, set the keys of keys.panes.calendar too"],
    );
    check(
        "[keys.panes]\nquit = [\"F5\"]\nfind = [\"F2\", \"F5 x\"]\n",
        &["3:15: “F5 x” is also a key of keys.panes.quit, which keeps it"],
    );
    check(
        "[keys.line]\ncancel = [\"q\"]",
        &["2:11: “q” types text there; use a key with Ctrl or Alt, or a function key"],
    );
}

#[test]
fn former_names_of_keys_still_work() {
    let text = "[keys.panes]\nowed = [\"F5\"]\nsuspend = [\"F8\"]\n[keys.choice]\nmend-all = [\"F6\"]\n[keys.review]\n\
                take-back-grade = [\"F7\"]\n[keys.anywhere]\nstop = [\"F9\"]\n[keys.global]\nquit = [\"F10\"]";
    let (config, problems) = parse(text);
    let said = |old: &str, new: &str| format!("keys.{old} still works, but is called {new} now; please rename it");
    let problems: Vec<String> = problems.iter().map(|problem| problem.say(Language::English)).collect();
    let wanted = [
        ("2:1", "panes.owed", "to-do"),
        ("3:1", "panes.suspend", "suspend-review"),
        ("5:1", "choice.mend-all", "fix-all"),
        ("7:1", "review.take-back-grade", "undo-grade"),
        ("8:7", "anywhere", "global"),
        ("9:1", "anywhere.stop", "suspend"),
    ];
    assert_eq!(problems, wanted.map(|(place, old, new)| format!("{place}: {}", said(old, new))));
    let bound = [
        ("panes", "to-do", "F5"),
        ("choice", "fix-all", "F6"),
        ("review", "undo-grade", "F7"),
        ("panes", "suspend-review", "F8"),
        ("global", "suspend", "F9"),
        ("global", "quit", "F10"),
    ];
    for (places, name, key) in bound {
        let binding = BINDINGS.iter().find(|binding| (binding.places(), binding.action.name()) == (places, name));
        assert_eq!(config.keymap.names(binding.unwrap()), key);
    }
}

#[test]
fn former_names_of_settings_still_work() {
    let text = "[review]\nmost-a-day = 7\nnew-a-day = 3\nnew-per-day = 4\nday-turns-at = 25\n";
    let (config, _) = parse(text);
    let review = config.review;
    assert_eq!((review.max_per_day, review.new_per_day, review.day_starts_at), (7, 4, 4));
    check(
        text,
        &[
            "2:1: review.most-a-day still works, but is called max-per-day now; please rename it",
            "3:1: review.new-a-day still works, but is called new-per-day now; please rename it",
            "5:1: review.day-turns-at still works, but is called day-starts-at now; please rename it",
            "5:16: review.day-starts-at must be a number from 0 to 23; using the default, 4",
        ],
    );
}

#[test]
fn the_former_name_of_a_table_still_works() {
    let advice = "1:2: tracks still works, but is called topics now; please rename it";
    for text in ["[tracks]\nbirds = [\"emu\"]\n", "[tracks]\nbirds = [\"owl\"]\n[topics]\nbirds = [\"emu\"]\n"] {
        assert_eq!(parse(text).0.topics["birds"], ["emu"]);
        check(text, &[advice]);
    }
}

#[test]
fn causes_are_translated_to_chinese() {
    // Every key with values of every wrong type.
    let listed: toml::Table = toml::from_str(DEFAULTS).unwrap();
    let wrong = ["\"x\"", "7.5", "-3", "99999", "true", "[1]", "[[1]]", "{ x = 1 }", "2031-05-17", "\"'\""];
    let mut said = BTreeSet::new();
    for (table, value) in &listed {
        let keys: Vec<String> = match value.as_table() {
            Some(keys) if !keys.is_empty() => {
                keys.keys().map(|key| format!("[{table}]\n{key}")).chain([table.clone()]).collect()
            }
            Some(_) => vec![format!("[{table}]\nx"), table.clone()],
            None => vec![table.clone()],
        };
        for (key, value) in keys.iter().flat_map(|key| wrong.iter().map(move |value| (key, value))) {
            let problems = parse(&format!("{key} = {value}\n")).1;
            said.extend(problems.iter().map(|problem| problem.say(Language::Chinese)));
        }
    }
    let english = |text: &String| {
        let cause = text.split_once('：').map_or(text.as_str(), |(_, cause)| cause);
        [
            "invalid", "expected", "unknown", "string", "integer", "sequence", "map", "boolean", "number", "float",
            "struct", "date",
        ]
        .iter()
        .any(|word| cause.contains(word))
    };
    assert_eq!(said.iter().filter(|text| english(text)).collect::<Vec<_>>(), [""; 0]);
    let has = |text: &str| assert!(said.contains(text), "{text}: {said:#?}");
    has("1:9: mouse：值是字符串 \"x\"，应为 true 或 false；改用默认值 true");
    has("2:13: review.retention：值是 7.5，应为 0.7 到 0.99 之间的数字；改用默认值 0.9");
    has(
        "2:8: pictures.show：没有 `x` 这个选项，应为 `auto`、`off`、`kitty`、`sixel`、`iterm2`、`halfblocks`；改用默认值 \"auto\"",
    );
    has("1:10: editor：引号没有闭合；改用默认值 \"\"");
}
