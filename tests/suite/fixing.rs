//! Fixing problems with a log: by the command, and from the list in the panes.

use std::collections::HashMap;
use std::path::Path;

use papers_tui::app::keys::key::{Code, KeyPress};
use papers_tui::app::{Effect, Message};
use papers_tui::io::choose::LogFiles;
use papers_tui::io::survey::survey;
use papers_tui::log::aliases::Aliases;
use papers_tui::log::check::{Disk, Surroundings, check};
use papers_tui::log::edit::{Fix, find_fixes};
use papers_tui::log::{Log, Source, parse};
use papers_tui::words::Sentence;

use super::cli::program;
use super::drive::Drive;
use super::real_log;

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

fn found(log: &Log, disk: &Disk) -> Vec<Fix> {
    let aliases = Aliases::default();
    let around = Surroundings { today: None, disk, aliases: &aliases, orphans: &[] };
    find_fixes(log, &check(log, around))
}

/// Fixes everything that is certain, one by one; undoing each restores the text.
#[track_caller]
fn fixed_with(text: &str, disk: &Disk) -> String {
    let mut log = read(text);
    let mut back = Vec::new();
    for _ in 0..20 {
        let before = log.files[0].text.to_string();
        let certain = found(&log, disk).into_iter().find(|fix| fix.is_certain);
        let Some(applied) = certain.and_then(|fix| fix.ways[0].apply(&mut log, 0).ok()) else { break };
        let mut again = log.clone();
        applied.inverse.apply(&mut again, 0).unwrap();
        assert_eq!(again.files[0].text.as_str(), before, "undo restores the text");
        back.push(before);
    }
    assert!(back.len() < 20, "{text}");
    log.files[0].text.to_string()
}

#[track_caller]
fn fixes(text: &str, wanted: &str) {
    assert_eq!(fixed_with(text, &Disk::default()), wanted);
    assert_eq!(fixed_with(wanted, &Disk::default()), wanted, "fixing twice changes nothing more");
}

/// No fix is certain; the alternatives of the first one result in these texts.
#[track_caller]
fn asks(text: &str, ways: &[&str]) {
    let log = read(text);
    let open = found(&log, &Disk::default());
    assert!(open.iter().all(|fix| !fix.is_certain), "{open:?}");
    let texts = open.first().map_or(&[][..], |fix| &fix.ways).iter().map(|way| {
        let mut log = log.clone();
        way.apply(&mut log, 0).unwrap();
        log.files[0].text.to_string()
    });
    assert_eq!(texts.collect::<Vec<_>>(), ways);
}

#[test]
fn invalid_html_tags_are_fixed() {
    let page = |tag: &str| format!("## 2031.5.17\n《Emu》\nx\n{tag}\n");
    fixes(
        &page("<img src=\"a.png\" width=400\" height=\"200\">"),
        &page("<img src=\"a.png\" width=\"400\" height=\"200\">"),
    );
    fixes(&page("<img src=\"a.png\" \">"), &page("<img src=\"a.png\">"));
    fixes(
        &page("<img src=\"a.png\" src=\"b.png\" alt='a & b' width=7>"),
        &page("<img src=\"a.png\" alt=\"a &amp; b\" width=\"7\">"),
    );
    fixes(
        &page("<img src=\"a.png\" width=400\"> and <img src=\"b.png\">"),
        &page("<img src=\"a.png\" width=\"400\"> and <img src=\"b.png\">"),
    );
    // A tag without a readable path is left alone.
    fixes(&page("<img width= \"7> 8\" src=\"a.png\">"), &page("<img width= \"7> 8\" src=\"a.png\">"));
}

#[test]
fn a_figure_path_with_one_candidate_is_fixed() {
    let page =
        |first: &str, second: &str| format!("## 2031.5.17\n《Emu》\nx\n<img src=\"{first}\">\n\n![y]({second})\n");
    let mut disk = Disk::default();
    disk.missing.insert((0, "Pic/A.png".into()), Some("pic/a.png".into()));
    disk.missing.insert((0, "b.png".into()), None);
    disk.elsewhere = HashMap::from([((0, "b.png".into()), vec!["my pic/b.png".into()])]);
    assert_eq!(fixed_with(&page("Pic/A.png", "b.png"), &disk), page("pic/a.png", "my%20pic/b.png"));
    // Either of two files may be meant.
    disk.elsewhere.insert((0, "b.png".into()), vec!["1/b.png".into(), "2/b.png".into()]);
    let log = read(&page("a.png", "b.png"));
    let open = found(&log, &disk);
    assert_eq!((open.len(), open[0].is_certain, open[0].ways.len()), (1, false, 2));
}

#[test]
fn figures_are_searched_by_name_below_the_log() {
    let dir = tempfile::tempdir().unwrap();
    for file in ["pic/a.png", "1/b.png", "2/B.png"] {
        std::fs::create_dir_all(dir.path().join(file).parent().unwrap()).unwrap();
        std::fs::write(dir.path().join(file), "").unwrap();
    }
    std::fs::write(dir.path().join("log.md"), "").unwrap();
    let log = read("## 2031.5.17\n《Emu》\n<img src=\"a.png\">\n<img src=\"old\\b.png\">\n<img src=\"c.png\">\n");
    let disk = survey(&log, &LogFiles::file(dir.path().join("log.md"), String::new()).bases());
    let files = |path: &str| disk.elsewhere.get(&(0, path.to_owned())).cloned().unwrap_or_default();
    assert_eq!(files("a.png"), ["pic/a.png"]);
    assert_eq!(files("old\\b.png"), ["1/b.png", "2/B.png"]);
    assert_eq!(files("c.png"), [""; 0]);
}

/// Days of a month, newest first.
fn days(year: i32, month: u32, days: impl Iterator<Item = u32>) -> String {
    days.map(|day| format!("## {year}.{month}.{day}\n\n《Paper {month} {day}》\n\nx\n\n")).collect()
}

#[test]
fn a_missing_month_heading_is_added() {
    let may = format!("# 2031.5\n\n{}", days(2031, 5, (10..16).rev()));
    let april = days(2031, 4, (20..23).rev());
    let march = format!("# 2031.3\n\n{}", days(2031, 3, 7..8));
    fixes(&format!("{may}{april}{march}"), &format!("{may}# 2031.4\n\n{april}{march}"));
    // Among days of one month, the date itself may be wrong.
    let typo = |day: &str| {
        format!(
            "# 2031.5\n\n{}## {day}\n\n《Owl》\n\nx\n\n{}",
            days(2031, 5, (16..20).rev()),
            days(2031, 5, (10..15).rev())
        )
    };
    asks(&typo("2031.4.15"), &[&typo("2031.5.15")]);
}

#[test]
fn a_wrong_year_is_fixed_from_its_neighbours() {
    let january = |year: i32| days(year, 1, (3..5).rev());
    let log = |year: i32| format!("{}{}{}", days(2031, 2, (1..9).rev()), january(year), days(2030, 12, (20..28).rev()));
    fixes(&log(2030), &log(2031));
    // At the top there is only one neighbour.
    let top = |year: i32| format!("{}{}", january(year), days(2030, 12, (15..28).rev()));
    let log = read(&top(2030));
    let open = found(&log, &Disk::default());
    assert_eq!(open.len(), 2);
    assert!(open.iter().all(|fix| !fix.is_certain));
}

#[test]
fn duplicate_day_headings_are_merged() {
    let more = days(2031, 5, (1..6).rev());
    let twice = "## 2031.5.17\n\n《Emu》\n\nx\n\n## 2031.5.17\n\n《Owl》\n\ny\n\n";
    fixes(&format!("{twice}{more}"), &format!("## 2031.5.17\n\n《Emu》\n\nx\n\n《Owl》\n\ny\n\n{more}"));
    let apart = "## 2031.5.17\n\n《Emu》\n\nx\n\n## 2031.5.16\n\n《Gnu》\n\nz\n\n## 2031.5.17\n\n《Owl》\n\ny\n\n";
    let together = "## 2031.5.17\n\n《Emu》\n\nx\n\n《Owl》\n\ny\n\n## 2031.5.16\n\n《Gnu》\n\nz\n\n";
    asks(&format!("{apart}{more}"), &[&format!("{together}{more}")]);
    // Not merged: the same day under another topic, and text outside entries, which would join the paper above.
    let topics =
        format!("# Birds\n\n{twice}").replacen("## 2031.5.17\n\n《Owl》", "# Gnus\n\n## 2031.5.17\n\n《Owl》", 1);
    fixes(&topics, &topics);
    let loose = twice.replace("《Owl》", "loose\n\n《Owl》");
    fixes(&loose, &loose);
}

#[test]
fn a_heading_in_another_style_is_rewritten() {
    let more = days(2031, 5, (1..9).rev());
    let log = |day: &str| format!("## {day}\n\n《Emu》\n\nx\n\n{more}");
    for other in ["2031-5-17", "2031/05/17", "2031年5月17日", "2031.05.17"] {
        fixes(&log(other), &log("2031.5.17"));
    }
    asks(&format!("#{}", log("2031.5.17")), &[&log("2031.5.17")]);
    fixes(&format!("{more}##2031.4.17\n\n《Emu》\n\nx\n"), &format!("{more}## 2031.4.17\n\n《Emu》\n\nx\n"));
}

#[test]
fn a_malformed_checkbox_is_fixed() {
    fixes("# todo\n\n- [ ] Elk\n- []Owl\n-[x] Gnu\n", "# todo\n\n- [ ] Elk\n- [ ] Owl\n- [x] Gnu\n");
}

#[test]
fn a_heading_stuck_to_a_line_needs_confirmation() {
    let log = |line: &str| format!("## 2031.6.1\n\n《Emu》\n\n{line}\n\n# 2031.5\n\n## 2031.5.17\n\n《Owl》\n\ny\n");
    asks(&log("学习率2031.5"), &[&log("学习率")]);
}

#[test]
fn check_fix_makes_separate_changes_and_asks_only_on_a_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let text = "# todo\n\n- []Owl\n\n## 2031.5.17\n\n《Emu》\n\n<img src=\"a.png\" \">\n\n学习率2031.5\n\n# 2031.5\n\n## 2031.5.2\n\n《Gnu》\n\nz\n";
    let path = dir.path().join("log.md");
    std::fs::write(&path, text).unwrap();
    let run = |arguments: &[&str]| run(&path, arguments);
    let dry = run(&["check", "--fix", "--dry-run"]);
    assert!(dry.contains("fix the <img> tag for a.png") && dry.contains("possible fix: "), "{dry}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    run(&["check", "--fix"]);
    let fixed = std::fs::read_to_string(&path).unwrap();
    assert_eq!(fixed, text.replace("[]Owl", "[ ] Owl").replace("\" \">", "\">"));
    run(&["check", "--fix"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), fixed);
    run(&["undo"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text.replace("[]Owl", "[ ] Owl"));
    run(&["undo"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

fn run(path: &Path, arguments: &[&str]) -> String {
    let folder = path.parent().unwrap();
    super::of_long_ago(path);
    super::of_long_ago(folder);
    let output = program(folder).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn many_missing_figures_are_summarized() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("log.md");
    let figures: String = (1..=9).map(|at| format!("<img src=\"{at}.png\">\n\n")).collect();
    std::fs::write(&path, format!("## 2031.5.17\n\n《Emu》\n\nx\n\n{figures}")).unwrap();
    let short = run(&path, &["check"]);
    assert!(short.lines().count() == 1 && short.contains("9 figures are missing"), "{short}");
    assert_eq!(run(&path, &["check", "--all"]).lines().count(), 9);
}

const LOG: &str = "# todo\n\n- [ ] Elk\n- []Owl\n\n## 2031.5.17\n\n《Gnu: A Model》\n\n<img src=\"GNU.png\" \">\n\n学习率2031.5\n\n# 2031.5\n\n## 2031.5.2\n\n《Yak》\n\nx\n";

#[test]
fn a_key_fixes_the_selected_problem() {
    for size in [(140, 42), (80, 24), (44, 18)] {
        let mut drive = Drive::new(LOG, size.0, size.1);
        drive.keys("!");
        let mut disk = Disk::default();
        for figure in 0..9 {
            disk.missing.insert((0, format!("{figure}.png")), None);
        }
        drive.send(Message::Surveyed(disk)).sees("Can be fixed (3)").sees("m fix");
        drive.keys("m").sees("Applied: ").sees("Can be fixed (2)");
        assert!(drive.app.log.files[0].text.contains("- [ ] Owl"));
        // An uncertain fix is shown before it is applied.
        drive.keys("jm").sees("Fix it like this?").sees("Cancel").keys("q").sees("Can be fixed (2)");
        drive.keys("M").sees("1 fixed");
        assert!(drive.app.log.files[0].text.contains("<img src=\"GNU.png\">"));
        drive.keys("qUU");
        assert_eq!(drive.app.log.files[0].text.as_str(), LOG);
    }
}

#[test]
fn a_refused_fix_stays_in_the_list() {
    let mut drive = Drive::new(LOG, 140, 42);
    drive.keys("!").send(Message::Surveyed(Disk::default())).sees("Can be fixed (3)");
    let effects = drive.app.update(Message::Key(KeyPress::plain(Code::Char('m'))));
    drive.sees("Can be fixed (2)");
    let id = effects.iter().find_map(|effect| match effect {
        Effect::Save { id, .. } => Some(*id),
        _ => None,
    });
    drive.send(Message::Refused(id.unwrap(), Sentence::of(|_| "read-only".to_owned()))).sees("Can be fixed (3)");
}

/// Every fix of the real log, counted by hand: eleven tags, the heading of April, and one that needs confirmation.
#[test]
fn fixing_the_real_log_twice_changes_nothing_more() {
    let Some(log) = real_log::log() else { return };
    let text = log.files[0].text.to_string();
    let disk = Disk::default();
    let open = found(&log, &disk);
    let certain = open.iter().filter(|fix| fix.is_certain).count();
    assert_eq!((certain, open.len()), (12, 13));
    let fixed = fixed_with(&text, &disk);
    let (old, new): (Vec<&str>, Vec<&str>) = (text.lines().collect(), fixed.lines().collect());
    assert_eq!(new.len(), old.len() + 2);
    assert_eq!(fixed_with(&fixed, &disk), fixed);
    let (before, after) = (read(&text), read(&fixed));
    let entries = |log: &Log| log.entries.iter().map(|entry| (entry.key.clone(), entry.date)).collect::<Vec<_>>();
    assert_eq!(entries(&before), entries(&after));
}
