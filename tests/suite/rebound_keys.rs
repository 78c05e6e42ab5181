//! Text about keys stays true when they are rebound: no sentence names an unbound key.

use std::collections::BTreeSet;

use papers_tui::app::keys::bindings::BINDINGS;
use papers_tui::app::keys::key::{Code, KeyPress};
use papers_tui::app::keys::keymap::{Bound, Keymap};
use papers_tui::app::keys::keymap::{Rebinding, Sequence};
use papers_tui::app::{Message, Overlay};
use papers_tui::words::Language;

use super::drive::{Drive, typed};
use super::translations::{LOG, PLACES, open};

/// The new key for a line of `BINDINGS`: one that no keyboard has and no sentence contains by chance.
fn new_key(line: usize) -> KeyPress {
    let code = char::from_u32(0x2801 + u32::try_from(line).unwrap()).unwrap();
    KeyPress { code: Code::Char(code), ctrl: false, alt: true }
}

/// A keymap with all keys rebound.
fn keymap() -> Keymap {
    let rebinding = |line| Rebinding { line, keys: vec![Sequence::from(new_key(line))] };
    let rebindings: Vec<Rebinding> = (0..BINDINGS.len()).map(rebinding).collect();
    let (keymap, clashes) = Keymap::with(&rebindings);
    assert_eq!(clashes, []);
    keymap
}

/// Presses the key now bound to what `key` does by default.
fn press(drive: &mut Drive, key: KeyPress) {
    let context = drive.app.context();
    let is_line = |line: &usize| BINDINGS[*line].contexts.contains(&context) && BINDINGS[*line].keys.contains(&key);
    let line = (0..BINDINGS.len()).find(is_line);
    drive.send(Message::Key(line.map_or(key, new_key)));
}

fn rebound(language: Language, size: (u16, u16), keys: &str) -> Drive {
    let mut drive = open(LOG, language, size);
    drive.app.keymap = keymap();
    drive.app.set_language(language);
    typed(keys).into_iter().for_each(|key| press(&mut drive, key));
    drive
}

/// The default keys named on a screen.
fn old_keys(screen: &str, language: Language) -> Vec<String> {
    // Skip lines with typed text, and the marks of items and errors.
    let shown = screen.lines().filter(|line| !line.contains('›') && !line.starts_with(" /"));
    // The help explains the letter that marks a PDF in the timeline.
    let shown = shown.filter(|line| !line.contains("has a PDF") && !line.contains("有 PDF"));
    let shown = shown.map(|line| line.replace("- [ ]", "").replace(" ! ", ""));
    let shown: Vec<String> = shown.collect();
    // Do not split at borders: a single letter beside one may be what is left of a clipped word.
    let tokens = shown.iter().flat_map(|line| line.split(|c: char| c.is_whitespace() || "；，。：（）".contains(c)));
    let is_key = |token: &&str| {
        let name = token.trim_end_matches([',', '.', ';']);
        let is_sign = name.chars().count() == 1 && "?:/*@=!#<>".contains(name);
        let is_letter = name.len() == 1 && name.starts_with(|c: char| c.is_ascii_alphabetic());
        // “D” marks an entry that is due, and is not a key.
        let is_word = language == Language::English && (name == "a" || name == "A") || name == "D";
        let is_named = ["Esc", "Tab", "Space", "↵", "PgDn", "PgUp", "Home", "End"].contains(&name);
        is_sign || is_letter && !is_word || is_named || name.starts_with("Ctrl-")
    };
    tokens.filter(is_key).map(str::to_owned).collect()
}

#[test]
fn the_check_finds_keys_on_a_screen() {
    let of = |text| old_keys(text, Language::English);
    assert_eq!(of("a paper; press U to undo │ Ctrl-R makes, : commands · Alt-⠁ up"), ["U", "Ctrl-R", ":"]);
    assert_eq!(old_keys("没有选中待读项；按 a 添加", Language::Chinese), ["a"]);
}

#[test]
fn no_screen_names_an_unbound_key() {
    let mut keys: Vec<KeyPress> = Vec::new();
    for key in BINDINGS.iter().flat_map(|binding| binding.keys) {
        if !keys.contains(key) {
            keys.push(*key);
        }
    }
    let before = Keymap::default();
    let mut found = BTreeSet::new();
    for language in [Language::English, Language::Chinese] {
        for place in PLACES {
            let context = rebound(language, (80, 24), place).app.context();
            for &key in keys.iter().filter(|key| before.look_up(context, &[**key]) != Bound::Nothing) {
                let mut drive = rebound(language, (80, 24), place);
                press(&mut drive, key);
                let mut screen = drive.screen();
                if matches!(drive.app.overlays.last(), Some(Overlay::Teach(_))) {
                    // The frame shows the file's text, which may contain anything.
                    screen = screen.lines().filter(|line| !line.starts_with('│')).collect::<Vec<_>>().join("\n");
                }
                found
                    .extend(old_keys(&screen, drive.app.language).into_iter().map(|key| format!("{key} in\n{screen}")));
            }
        }
    }
    assert!(found.is_empty(), "{} screens, as {}", found.len(), found.iter().next().unwrap());
}

#[test]
fn tabs_and_grades_show_rebound_keys() {
    let line = |action: &str, places: &str| {
        BINDINGS.iter().position(|binding| (binding.action.name(), binding.places()) == (action, places)).unwrap()
    };
    let tab = format!(" {} Timeline ", new_key(line("focus-timeline", "panes")));
    rebound(Language::English, (80, 8), "").sees(&tab);
    let grade = format!("{} good · ", new_key(line("grade-good", "review")));
    rebound(Language::English, (100, 24), "v").sees(&grade);
}

#[test]
fn a_command_without_a_key_is_said_to_be_in_the_palette() {
    let undo = BINDINGS.iter().position(|binding| binding.action.name() == "undo").unwrap();
    let mut drive = Drive::new(LOG, 80, 24);
    drive.app.keymap = Keymap::with(&[Rebinding { line: undo, keys: Vec::new() }]).0;
    drive.keys("3aEmu<enter>").sees("Added “Emu”; press : undo to undo").keys(":undo<enter>").sees("Undone");
    let bound = |places: &str, action: &str| {
        BINDINGS.iter().position(|binding| (binding.places(), binding.action.name()) == (places, action)).unwrap()
    };
    let none = Rebinding { line: bound("pending", "add"), keys: Vec::new() };
    drive.app.keymap = Keymap::with(&[none]).0;
    drive.keys("?").sees(" : add                     add an item after this one");
}
