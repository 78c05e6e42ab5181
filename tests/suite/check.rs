//! Problems with a log, in the command and in the panes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use papers_tui::app::{Effect, Message};
use papers_tui::io::album::Base;
use papers_tui::io::choose::LogFiles;
use papers_tui::io::survey::survey;
use papers_tui::log::aliases::Aliases;
use papers_tui::log::check::{Disk, Surroundings, check};
use papers_tui::log::{Source, parse};

use super::drive::Drive;
use super::real_log;

const LOG: &str = "\
# todo

- [ ] Elk
- []Owl

# 2031.5

## 2031.4.17

《Gnu: A Model》

like Yak, see [5036]

<img src=\"pic/GNU.png\">

the end of the summary

## 2031.4.2

《Yak》
";

fn bases(path: &Path) -> Vec<Base> {
    LogFiles::file(path.to_owned(), String::new()).bases()
}

#[test]
fn figures_are_looked_up_on_disk() {
    let dir = tempfile::tempdir().unwrap();
    let figures = ["a.png", "B.png", "%E5%9B%BE.png", "../out.png", "https://x.y/z.png", "no/where.png", "", "C.png"];
    let tags: String = figures.iter().map(|path| format!("<img src=\"{path}\">\n")).collect();
    std::fs::create_dir(dir.path().join("no")).unwrap();
    for file in ["a.png", "b.png", "图.png"] {
        std::fs::write(dir.path().join(file), "").unwrap();
    }
    let path = dir.path().join("log.md");
    let log = format!("## 2031.5.17\n《a》\n{tags}");
    std::fs::write(&path, &log).unwrap();
    let read = parse::parse([Source { name: "log.md".into(), text: log.clone().into() }]);
    let disk = survey(&read, &bases(&path));
    let missing: BTreeMap<_, _> =
        disk.missing.iter().map(|((_, path), other)| (path.as_str(), other.as_deref())).collect();
    let wanted = [("B.png", Some("b.png")), ("C.png", None), ("no/where.png", None)];
    assert_eq!((missing, disk.has_other_logs), (BTreeMap::from(wanted), false));
    std::fs::write(dir.path().join("other.md"), log).unwrap();
    assert!(survey(&read, &bases(&path)).has_other_logs);
}

#[test]
fn the_panes_list_problems_and_go_to_them() {
    let mut drive = Drive::new(LOG, 140, 42);
    drive.keys("!");
    assert_eq!(drive.effects.pop(), Some(Effect::Survey));
    let mut disk = Disk::default();
    disk.missing.insert((0, "pic/GNU.png".into()), None);
    drive.send(Message::Surveyed(disk.clone()));
    drive.sees("Problems (6)").sees("“- []Owl” is not a checkbox").sees("line 14").sees("Figures (1)");
    drive.keys("G<enter>").sees_not("Problems").sees("pic/GNU.png");
    let entry = drive.app.timeline.entry().map(|entry| &*drive.app.log.entries[entry].title);
    assert_eq!(entry, Some("Gnu: A Model"));
    drive.send(Message::Surveyed(disk.clone())).keys("<enter>");
    assert_eq!(drive.app.focus, papers_tui::app::screen::layout::Pane::Pending);
    // The list of problems never covers another overlay.
    drive.keys("?").send(Message::Surveyed(disk)).sees_not("Problems");
    let mut clean = Drive::new("## 2031.5.17\n\n《Gnu》\n\nx\n", 140, 42);
    clean.send(Message::Surveyed(Disk::default())).sees("No problems found in the log");
}

/// The problems of the real log were counted by hand.
#[test]
fn the_real_log_has_the_known_problems() {
    let Some(log) = real_log::log() else { return };
    let path = PathBuf::from(std::env::var_os("PAPERS_TUI_REAL_LOG").unwrap());
    let (disk, aliases) = (survey(&log, &bases(&path)), Aliases::default());
    let around = Surroundings { today: None, disk: &disk, aliases: &aliases, orphans: &[] };
    let found = check(&log, around);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &found {
        *counts.entry(finding.problem.code()).or_default() += 1;
    }
    let wanted = [
        ("duplicate-title", 1),
        ("glued-heading", 1),
        ("malformed-tag", 11),
        ("missing-figure", 226),
        ("other-month", 6),
        ("placeholder", 1),
        ("unresolved-reference", 6),
    ];
    assert_eq!(counts, BTreeMap::from(wanted));
    let line = |code| found.iter().find(|finding| finding.problem.code() == code).map(|finding| finding.line);
    assert_eq!((line("glued-heading"), line("placeholder")), (Some(3088), Some(2942)));
}
