//! New entries in logs without days go under a chosen heading; and what the panes ask before they write one.

use std::collections::BTreeSet;
use std::process::Output;

use papers_tui::app::Effect;
use papers_tui::log::edit::{Intent, NewEntry, headings, is_undated, template};
use papers_tui::log::{Log, Source, parse};
use papers_tui::words::Language;

use super::cli::program;
use super::drive::Drive;
use super::explain::TOPICS;
use super::forms::FIXTURES;

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// The entries of a log: heading and title.
fn entries(log: &Log) -> Vec<(String, String)> {
    let entry =
        |entry: &papers_tui::log::Entry| (log.sections[entry.section()].heading.to_string(), entry.title.to_string());
    log.entries.iter().map(entry).collect()
}

#[test]
fn entries_are_added_to_every_undated_form_and_undone() {
    let (mut written, mut refused) = (0, BTreeSet::new());
    for fixture in FIXTURES {
        let before = read(fixture.text);
        if !is_undated(&before, 0) {
            continue;
        }
        for section in headings(&before, 0).into_iter().filter(|section| !section.entries().is_empty()) {
            let (title, under) = ("Apes at Play: A Study".to_owned(), Some(section.heading.to_string()));
            let date = "2031-05-17".parse().unwrap();
            let entry =
                NewEntry { title: title.clone(), date, body: template(&before, Language::English).to_owned(), under };
            let Ok(change) = Intent::LogEntry(entry).apply_to_text(fixture.text) else {
                refused.insert(fixture.name);
                continue;
            };
            let change = change.unwrap();
            let mut now = entries(&read(&change.text));
            let at = now.iter().position(|entry| *entry == (section.heading.to_string(), title.clone()));
            now.remove(at.unwrap_or_else(|| panic!("{}: {}", fixture.name, change.text)));
            assert_eq!(now, entries(&before), "{}", fixture.name);
            assert_eq!(change.inverse.apply_to_text(&change.text).unwrap().unwrap().text, fixture.text);
            written += 1;
        }
    }
    assert!(written > 3, "{written}");
    assert!(refused.is_empty(), "{refused:?}");
}

fn log(text: &str, arguments: &[&str]) -> (Output, String) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("log.md");
    std::fs::write(&path, text).unwrap();
    super::of_long_ago(&path);
    let output = program(dir.path()).args(["log", "--log", "log.md"]).args(arguments).output().unwrap();
    (output, std::fs::read_to_string(path).unwrap())
}

#[track_caller]
fn refused(arguments: &[&str], wanted: &str) {
    let (output, text) = log(TOPICS, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(wanted), "{said}");
    assert_eq!((output.status.code(), text.as_str()), (Some(2), TOPICS));
}

#[test]
fn log_under_chooses_a_heading() {
    let (output, text) = log(TOPICS, &["Moose at the Lake", "--under", "burden"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "log.md:12\n", "{text}");
    assert_eq!(text, format!("{TOPICS}- Moose at the Lake\n"));
    let (_, text) = log(TOPICS, &["Moose at the Lake", "--under", "Birds"]);
    assert!(text.contains("00002\n- Moose at the Lake\n\n## Beasts"), "{text}");
    refused(&["Moose"], "choose a heading with --under HEADING: “Birds and beasts”, “Birds”");
    refused(&["Moose", "--under", "plants"], "no heading matches “plants”");
    refused(
        &["Moose", "--under", "b"],
        "“b” matches several headings: “Birds and beasts”, “Birds”, “Beasts of burden”",
    );
}

#[test]
fn the_panes_ask_for_a_heading_starting_with_the_current_one() {
    let mut drive = Drive::new(TOPICS, 100, 30);
    drive.keys("G").sees("On the Gait of Gnus");
    drive.keys("NMoose at the Lake<enter>").sees("Which heading for").keys("<enter>");
    drive.sees("Logged “Moose at the Lake” under “Beasts of burden”");
    assert_eq!(drive.disk, format!("{TOPICS}- Moose at the Lake\n"));
    drive.keys("U");
    assert_eq!(drive.disk, TOPICS);
}

#[test]
fn the_panes_name_the_file_if_it_has_no_headings() {
    let item = |title: &str, id: usize| format!("- [{title}](https://arxiv.org/abs/3101.0000{id})\n");
    let text =
        [item("Emus at Work on the Plain", 1), item("Owls See at Night", 2), item("A Study of Gnus", 3)].concat();
    let mut drive = Drive::new(&text, 100, 30);
    drive.keys("NMoose at the Lake<enter><enter>").sees("Logged “Moose at the Lake” at the end of log.md; press U");
    let written = drive.disk.strip_prefix(&text).expect("the rest must stay");
    assert!(
        written.starts_with("- ") && written.contains("Moose at the Lake") && written.lines().count() == 1,
        "{written}"
    );
}

#[test]
fn a_date_typed_before_the_title_sets_the_day() {
    let text = "## 2031-05-16\n\n《Gnu》\n\nruns\n";
    let mut drive = Drive::new(text, 100, 30);
    drive.keys("N2031-05-17 Emu<enter>").sees("Logged “Emu” on 2031.5.17");
    assert!(drive.disk.contains("## 2031-05-17\n\n《Emu》"), "{}", drive.disk);
    let mut drive = Drive::new(text, 100, 30);
    drive.keys("N2001: A Space Odyssey<enter>").sees("Which day for “2001: A Space Odyssey”?");
}

#[test]
fn an_entry_that_cannot_be_verified_is_offered_to_the_editor() {
    let text = "---\ndate: 2031-05-17\n---\n\n- [A Survey of Emus](https://arxiv.org/abs/3101.00001)\n\
                - [Owls Are All You Need](https://arxiv.org/abs/3101.00002)\n";
    let mut drive = Drive::new(text, 100, 30);
    drive.keys("N2031-05-20 Moose at the Lake<enter>").sees("Not written: “Moose at the Lake”");
    drive.sees("write it in the editor, at line 6").sees("Nothing was written").keys("<enter>");
    assert_eq!(drive.effects.last(), Some(&Effect::Edit { file: 0, line: 6 }));
    assert_eq!(drive.disk, text);
}

#[test]
fn a_new_paper_gets_a_file_like_its_siblings() {
    let page =
        |title: &str| format!("---\ntitle: {title}\ntags: [paper]\n---\n\n# {title}\n\n## Method\n\nCounting.\n");
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("papers");
    std::fs::create_dir(&folder).unwrap();
    for title in ["Emus at Work on the Plain", "Owls See at Night", "A Study of Gnus", "The Long Way of Yaks"] {
        std::fs::write(folder.join(format!("{}.md", title.replace(' ', "-"))), page(title)).unwrap();
    }
    let before = || {
        let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
        names.sort();
        names.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect::<Vec<_>>()
    };
    let texts = before();
    let mut program = program(dir.path());
    program.env("XDG_STATE_HOME", dir.path().join("state"));
    let output = program.args(["log", "--log", "papers", "Moose at the Lake"]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "papers/Moose-at-the-Lake.md:2\n");
    let new = "---\ntitle: Moose at the Lake\ntags: [paper]\n---\n\n# Moose at the Lake\n\n## Method\n";
    assert_eq!(std::fs::read_to_string(folder.join("Moose-at-the-Lake.md")).unwrap(), new);
    let mut with_new = before();
    with_new.retain(|text| *text != new);
    assert_eq!(with_new, texts);
}
