//! Every screen in both languages and at two sizes; nothing is cut.

use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;
use papers_tui::app::{Message, Overlay};
use papers_tui::io::sample;
use papers_tui::log::check::Disk;
use papers_tui::text::width;

use super::drive::Drive;
use super::translations::{LANGUAGES, LOG, PLACES, SIZES, open};

/// Shows the sample after some keys, in each language and size, with a label.
fn of_each<T>(keys: &str, mut show: impl FnMut(&mut Drive) -> T) -> Vec<(String, T)> {
    let mut screens = Vec::new();
    for language in LANGUAGES {
        for (columns, rows) in SIZES {
            let mut drive = open(sample::TEXT, language, (columns, rows));
            drive.send(Message::Pictures(Some((10, 20)))).keys(keys);
            screens.push((format!("{} {columns}×{rows}", language.code()), show(&mut drive)));
        }
    }
    screens
}

/// The results of [`of_each`] joined into one text.
fn each(keys: &str, show: impl FnMut(&mut Drive) -> String) -> String {
    let screens = of_each(keys, show).into_iter().map(|(of, screen)| format!("--- {of}\n{screen}"));
    screens.collect::<Vec<_>>().join("\n")
}

/// Makes a text fit for a file name.
fn name_of(text: &str) -> String {
    text.replace(|c: char| !c.is_ascii_alphanumeric(), "_")
}

fn screens(keys: &str) -> String {
    each(keys, |drive| drive.screen())
}

/// The part of the screen that covers the panes.
fn overlay(drive: &Drive) -> String {
    let screen = drive.screen();
    let corner = |c: char| {
        let mut lines = screen.lines().zip(0..);
        lines.find_map(|(line, row): (&str, usize)| Some((row, width(line.split_once(c)?.0))))
    };
    let (Some((top, left)), Some((_, right)), Some((bottom, _))) = (corner('┌'), corner('┐'), corner('└')) else {
        return screen;
    };
    let part = |line: &str| -> String {
        let mut columns = 0;
        let within = |c: &char| {
            let at = columns;
            columns += width(&c.to_string());
            (left..=right).contains(&at)
        };
        line.chars().filter(within).collect()
    };
    let rows = screen.lines().skip(top).take(bottom - top + 1);
    rows.map(part).collect::<Vec<_>>().join("\n")
}

#[test]
fn panes() {
    assert_snapshot!(screens("3jjx"));
}

/// The bottom line in every context, or the frame of a prompt.
#[test]
fn status_lines() {
    let places = [
        ("timeline", "1"),
        ("summary", "2"),
        ("pending", "3"),
        ("finder", "s"),
        ("everywhere", "<c-f>"),
        ("commands", ":"),
        ("search in the page", "2/"),
        ("add", "3a"),
        ("reword", "3jjE"),
        ("filter", "3/"),
        ("choice", "t"),
        ("figure", "sattention mask<enter>i"),
        ("review", "v"),
        ("calendar", "c"),
        ("statistics", "S"),
        ("week", "w"),
        ("help", "?"),
    ];
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (name, keys) in places {
        let line = |drive: &mut Drive| match drive.app.overlays.last() {
            Some(Overlay::Prompt(_)) => overlay(drive),
            _ => drive.screen().lines().last().unwrap_or_default().to_owned(),
        };
        for (of, line) in of_each(keys, line) {
            texts.entry(of).or_default().push_str(&format!("{name}\n{line}\n\n"));
        }
    }
    for (of, text) in texts {
        assert_snapshot!(format!("status_lines_{}", name_of(&of)), text);
    }
}

#[test]
fn help_with_all_its_pages() {
    let help = of_each("?", |drive| {
        let mut pages = vec![overlay(drive)];
        loop {
            let page = overlay(drive.keys("<pgdn>"));
            if pages.last() == Some(&page) {
                return pages;
            }
            pages.push(page);
        }
    });
    for (of, pages) in help {
        for (page, text) in (1..).zip(pages) {
            assert_snapshot!(format!("help_{}_page_{page}", name_of(&of)), text);
        }
    }
}

#[test]
fn finder() {
    assert_snapshot!(screens("szhuyili"));
}

#[test]
fn everywhere() {
    assert_snapshot!(screens("<c-f>attention"));
}

#[test]
fn commands() {
    assert_snapshot!(each(":", |drive| overlay(drive)));
}

/// Lists to choose from, without the panes behind them.
#[test]
fn lists() {
    for (name, keys) in [("themes", "t"), ("to_do", "W"), ("changes", "3xjxUC"), ("links", "2*"), ("addresses", "o")] {
        assert_snapshot!(format!("list_of_{name}"), each(keys, |drive| overlay(drive)));
    }
    let check = each("!", |drive| overlay(drive.send(Message::Surveyed(Disk::default()))));
    assert_snapshot!("list_of_problems", check);
}

/// Questions answered from a list, before a change.
#[test]
fn choices() {
    let top = |drive: &mut Drive| overlay(drive).lines().take(6).collect::<Vec<_>>().join("\n");
    assert_snapshot!(asked(&[("tick", "3jjjx"), ("log", "3jjjm"), ("day", "3m")], top));
}

/// Questions answered by typing: the frame, or the bottom lines.
#[test]
fn questions() {
    let last = |drive: &mut Drive| {
        let screen = overlay(drive);
        let lines: Vec<&str> = screen.lines().collect();
        let rows = if drive.app.overlays.is_empty() { 2 } else { lines.len() };
        lines[lines.len() - rows..].join("\n")
    };
    assert_snapshot!(asked(
        &[("add", "3aFlashAttention"), ("title", "N"), ("name", "2jjJ="), ("delete", "3jjX")],
        last
    ));
}

fn asked(questions: &[(&str, &str)], part: impl Fn(&mut Drive) -> String) -> String {
    questions.iter().map(|(name, keys)| format!("{name}\n{}\n\n", each(keys, &part))).collect()
}

#[test]
fn review() {
    assert_snapshot!(screens("v <enter>"));
}

#[test]
fn calendar() {
    assert_snapshot!(each("c", |drive| overlay(drive)));
}

#[test]
fn statistics() {
    assert_snapshot!(each("S", |drive| overlay(drive)));
}

#[test]
fn week() {
    assert_snapshot!(each("w", |drive| overlay(drive)));
}

#[test]
fn figure() {
    assert_snapshot!(screens("slora<enter>i"));
}

/// Words that end in an ellipsis also end in one on a screen wide enough to show everything.
#[test]
fn nothing_is_cut_at_the_smaller_size() {
    let cut = |drive: &Drive| -> BTreeSet<String> {
        let screen = drive.screen();
        let words = screen.split(|c: char| c.is_whitespace() || "│▐".contains(c));
        words.filter(|word| word.ends_with('…')).map(str::to_owned).collect()
    };
    let more = ["!", "2=", "3jX", "3jjm", "N庚", "3E", "#", "y", "S", "3jx<enter>C"];
    for language in LANGUAGES {
        for keys in PLACES.into_iter().chain(more) {
            let wide = cut(open(LOG, language, (400, 100)).keys(keys));
            for size in SIZES {
                let mut drive = open(LOG, language, size);
                let here = cut(drive.keys(keys));
                assert!(here.is_subset(&wide), "{keys}: {here:?}\n{}", drive.screen());
            }
        }
    }
}
