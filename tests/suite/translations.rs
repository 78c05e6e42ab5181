//! Both languages: no sentence exists in only one, and none is cut.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;
use papers_tui::app::keys::key::{Code, KeyPress};
use papers_tui::app::keys::keymap::{Bound, Keymap};
use papers_tui::app::keys::{bindings, guide};
use papers_tui::app::screen::layout::{inside, overlay};
use papers_tui::app::{Message, Overlay};
use papers_tui::text::width;
use papers_tui::words::Language;

use super::architecture;
use super::drive::Drive;

pub const LANGUAGES: [Language; 2] = [Language::English, Language::Chinese];
pub const SIZES: [(u16, u16); 2] = [(140, 42), (80, 24)];

/// Files with sentences for the user, by the start of their names.
const SPEAKING: [&str; 7] = ["app/", "ui/", "tui/", "io/", "cli/", "log/edit/", "review/week"];

/// String literals with several words that are not sentences: a file, or a file and the start of the literal.
const NO_SENTENCES: [&str; 14] = [
    // Help texts of the command line are translated by a table.
    "cli/chinese.rs",
    "cli/arguments.rs: \\\nEnvironment:",
    // HTML markup and example commands; their explanations are translated elsewhere.
    "cli/export/html/",
    "cli/examples.rs",
    "tui/protocol.rs: not one of",
    // A line for a shell.
    "cli/complete.rs: _describe",
    // Part of a message of the argument parser.
    "cli/usage.rs:  is not in ",
    // Values and text in the log's own language.
    "cli/search.rs: first line",
    "log/edit/day.rs: {} pending list",
    "log/edit/day.rs: pending list",
    "log/edit/entry.rs: YYYY.M, by whom",
    "io/leftover.rs: conflicted copy",
    "io/leftover.rs: {stem} (conflicted copy",
    // Stands for a message of the system.
    "io/picture.rs: not a file",
];

/// Calls that take both languages, or text that no user sees.
const BOTH: [&str; 10] =
    ["say!", "pick", "counted", "Both::new", "Sentence::new", "bind!", "expect", "#[", "arm!", "thread::Builder"];

/// String literals that are not in a call of [`BOTH`].
fn lone_literals(code: &str) -> Vec<String> {
    let chars: Vec<char> = code.chars().collect();
    let mut open: Vec<bool> = Vec::new();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match chars[at] {
            '\'' if chars.get(at + 1) == Some(&'\\') => at += 3,
            '\'' if chars.get(at + 2) == Some(&'\'') => at += 2,
            '(' | '[' => {
                let before: String = chars[at.saturating_sub(16)..=at].iter().collect();
                let before = before.trim_end_matches(['(']);
                open.push(BOTH.iter().any(|name| before.ends_with(name)));
            }
            ')' | ']' => _ = open.pop(),
            '"' => {
                let start = at + 1;
                at = start;
                while chars.get(at).is_some_and(|c| *c != '"') {
                    at += if chars[at] == '\\' { 2 } else { 1 };
                }
                if !open.contains(&true) {
                    found.push(chars[start..at.min(chars.len())].iter().collect());
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The runs of two or more ASCII letters.
pub fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1).collect()
}

fn is_sentence(literal: &str) -> bool {
    let spoken = literal.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    let spoken: String = spoken.collect();
    let spoken = spoken.replace("papers-tui", "");
    spoken.contains(' ') && words(&spoken).len() > 1
}

#[test]
fn every_sentence_has_both_languages() {
    let mut alone = Vec::new();
    for (file, code) in architecture::sources() {
        if file.ends_with("tests.rs") || !SPEAKING.iter().any(|room| file.starts_with(room)) {
            continue;
        }
        for literal in lone_literals(&code).into_iter().filter(|literal| is_sentence(literal)) {
            let place = format!("{file}: {literal}");
            if !NO_SENTENCES.iter().any(|known| place.starts_with(known)) {
                alone.push(place);
            }
        }
    }
    assert!(alone.is_empty(), "in one language only:\n{}", alone.join("\n"));
}

#[test]
fn the_check_finds_untranslated_sentences() {
    let code =
        "a(say!(l, \"two words\", \"二\"), \"one two\"); b.pick(\"x y\", '\"', \"z w\"); c('(', \"three (four\")";
    assert_eq!(lone_literals(code), ["one two", "three (four"]);
    assert!(is_sentence("{n} papers read") && !is_sentence("{a} {b}") && !is_sentence("one"));
}

/// A log without Latin letters, except in file names.
pub const LOG: &str = "# 待读\n\n> 目标：6\n\n- [ ] 甲乙\n  - [ ] 丙丁，2031.5.20 截止\n- [x] 戊己\n\n# 2031.5\n\n另记一笔\n\n\
    ## 2031.5.17\n\n《庚辛：一个模型》\n\n2030.2 的一篇文章，要点：\n\n1. 第一点，见《壬癸：另一个模型》与 [1234]\n2. 第二点\n\n\
    - [ ] 试一试\n- [ ] 再试\n\n![](图.png)\n\n总体上，很好\n\n## 2031.5.2\n\n《壬癸：另一个模型》\n\n要点：一二三四五六七八九十\n\n《待写》\n";

/// Words that are the same in both languages: keys (`Pg` is `PgUp`, cut by a prompt over the help), filters, formats,
/// themes; and text of the log: its template, and the heading of a new list.
pub const NAMES: &str = "Esc Tab Space Ctrl Alt Shift Pg PgUp PgDn Home End Del Backspace PDF English interface png date is \
    note org pending list auto nord Markdown YYYY log md papers tui check explain";

/// The log in a language, with the time set and nothing reviewed.
pub fn open(text: &str, language: Language, (width, height): (u16, u16)) -> Drive {
    let mut drive = Drive::new(text, width, height);
    drive.app.set_language(language);
    drive.app.themes.names = ["auto", "nord"].map(str::to_owned).to_vec();
    drive.send(Message::Time(DateTime::parse_from_rfc3339("2031-05-19T10:00:00+00:00").unwrap()));
    drive.send(Message::Reviews(Box::default()));
    drive
}

/// Keys that lead to every context of the program.
#[rustfmt::skip]
pub const PLACES: [&str; 31] = [
    "", "2", "3", "s", "s癸癸癸", "s庚", "<c-f>", "<c-f>癸癸癸", ":", ":癸癸", "?", "W", "C", "t", "*", "o", "2/", "3/庚", "3a", "N",
    "i", "v", "v ", "c", "w", "S", "3x", "3m", "3x<enter>U<c-r>C", "N庚<enter>", "3XC",
];

/// Presses every bound key in every context, and calls `look` after each.
fn walk(language: Language, mut look: impl FnMut(&str, KeyPress, &Drive)) {
    let mut keys: Vec<KeyPress> = Vec::new();
    for key in bindings::BINDINGS.iter().flat_map(|binding| binding.keys) {
        if !keys.contains(key) {
            keys.push(*key);
        }
    }
    let keymap = Keymap::default();
    for place in PLACES {
        let context = open(LOG, language, (80, 24)).keys(place).app.context();
        for &key in keys.iter().filter(|key| keymap.look_up(context, &[**key]) != Bound::Nothing) {
            let mut drive = open(LOG, language, (80, 24));
            drive.keys(place).send(Message::Key(key));
            if drive.app.language == language {
                look(place, key, &drive);
            }
        }
    }
}

#[test]
fn every_screen_is_translated_to_chinese() {
    let mut seen = BTreeMap::new();
    walk(Language::Chinese, |place, key, drive| {
        let screen = drive.screen();
        let words = words(&screen).into_iter().map(|word| (word.to_owned(), format!("{place} {key:?}\n{screen}")));
        seen.extend(words.filter(|(word, _)| !NAMES.split(' ').any(|name| name == word)));
    });
    let english: Vec<String> = seen.iter().map(|(word, screen)| format!("{word} after {screen}")).collect();
    assert!(english.is_empty(), "not in Chinese: {}", english.join("\n"));
}

#[test]
fn messages_and_hints_fit_in_the_status_line() {
    let mut cut = BTreeSet::new();
    for language in LANGUAGES {
        walk(language, |_, _, drive| match &drive.app.status {
            Some(status) if width(&status.text) > 76 => _ = cut.insert(status.text.clone()),
            Some(_) => {}
            None if drive.app.count.is_some() || is_typed(drive) => {}
            None => {
                let hints = guide::hints(&drive.app.keymap, drive.app.context(), language);
                let hint = hints.into_iter().find(|(action, ..)| drive.app.is_of_use(*action));
                let line = drive.screen().lines().last().unwrap_or_default().to_owned();
                assert!(hint.is_none_or(|(_, key, word)| line.contains(&format!("{key} {word}"))), "{line}");
            }
        });
    }
    assert!(cut.is_empty(), "too long:\n{cut:#?}");
}

fn is_typed(drive: &Drive) -> bool {
    matches!(drive.app.overlays.last(), Some(Overlay::Prompt(_)))
}

#[test]
fn help_is_never_cut() {
    for language in LANGUAGES {
        for (columns, rows) in SIZES {
            let mut drive = open(LOG, language, (columns, rows));
            let mut seen = String::new();
            drive.keys("?");
            for _ in 0..200 {
                seen.push_str(&drive.screen());
                drive.send(Message::Key(KeyPress::plain(Code::Down)));
            }
            for (title, lines) in guide::help(&drive.app.keymap, drive.app.context(), language) {
                assert!(seen.contains(title), "{title}");
                for (keys, binding) in lines {
                    let about = *binding.about.get(language);
                    assert!(seen.contains(&keys) && seen.contains(about), "{keys} {about}");
                }
            }
            assert!(inside(overlay(drive.app.size, u16::MAX, u16::MAX)).width > 60);
        }
    }
}

#[test]
fn switching_the_language_takes_effect_at_once() {
    let mut drive = open(LOG, Language::English, (80, 24));
    drive.sees("Timeline").sees("published 2030.2").keys("L").sees("时间线").sees("发表于 2030.2").sees("待读清单");
    drive.keys("?").sees("向下").keys("<esc>L").sees("Timeline").sees("published 2030.2");
}
