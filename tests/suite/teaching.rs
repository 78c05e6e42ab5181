//! A misread log is corrected by pointing at one of its lines.

use std::path::PathBuf;
use std::sync::Arc;

use papers_tui::io::choose::LogFiles;
use papers_tui::io::corrections::Corrections;
use papers_tui::io::store::RetryPolicy;
use papers_tui::log::corrections::{Correction, FormRule};
use papers_tui::log::dialect::Dialect;
use papers_tui::log::edit::{Intent, NewEntry};
use papers_tui::log::forms::dates::DateForm;
use papers_tui::log::forms::titles::{FORMS, TitleForm};
use papers_tui::log::parse::offer::{Offer, known, offers};
use papers_tui::log::parse::{self, Unfit};
use papers_tui::log::{Log, Source};
use papers_tui::words::{Language, Say};

use super::cli::program;
use super::drive::Drive;
use super::forms::FIXTURES;

fn source(text: &str) -> Source {
    Source { name: "log.md".into(), text: text.into() }
}

fn taught(text: &str, line: &str, rule: FormRule) -> Log {
    let dialect = Dialect::default().with_corrections(vec![Correction::new("log.md", text, line, rule)]);
    parse::parse_as([source(text)], &Arc::new(dialect))
}

/// The papers of a log, for comparison.
fn papers(log: &Log) -> Vec<(String, usize, std::ops::Range<usize>, Option<String>)> {
    let entry = |entry: &papers_tui::log::Entry| {
        let stamp = log.sections[entry.section()].kind.stamp();
        (entry.title.to_string(), entry.file(), entry.span(), stamp)
    };
    log.entries.iter().map(entry).collect()
}

fn titles(log: &Log) -> Vec<&str> {
    log.entries.iter().map(|entry| &*entry.title).collect()
}

/// What a line can be taught as.
#[track_caller]
fn rules(log: &Log, line: usize) -> Vec<Offer> {
    offers(log, 0, line).unwrap_or_else(|unfit| panic!("line {line}: {}", unfit.say(Language::English)))
}

/// The log after accepting this offer.
#[track_caller]
fn learn(log: &Log, line: usize, rule: FormRule) -> Log {
    let offers = rules(log, line);
    let found = offers.iter().find(|offer| offer.correction.rule == rule);
    let found = found.unwrap_or_else(|| {
        panic!("{rule:?} is not among {:?}", offers.iter().map(|it| it.correction.rule).collect::<Vec<_>>())
    });
    Log::clone(&found.log)
}

/// Forces each wrong form on a log, corrects it by pointing at the first real title, and returns what is still wrong.
fn put_right(text: &str, most: usize) -> Vec<String> {
    let right = parse::parse([source(text)]);
    let own = right.files[0].reading.titles.forms.iter().map(|scored| scored.form).collect::<Vec<_>>();
    let Some(entry) = right.entries.iter().find(|entry| Some(&entry.form) == own.first()) else { return Vec::new() };
    let common = [TitleForm::Headings(2), TitleForm::Bullets, TitleForm::PlainLines];
    let others = FORMS.iter().map(|entry| entry.form).chain([TitleForm::WholeFile]);
    let forms = common.into_iter().chain(others.filter(|form| !common.contains(form)));
    let wrong = forms.filter(|form| !own.contains(form)).take(most);
    let mut faults = Vec::new();
    for wrong in wrong {
        let forced = taught(text, "x", FormRule::Titles(wrong));
        let said = match offers(&forced, 0, entry.line()) {
            Ok(offers) if papers(&offers[0].log) == papers(&right) => continue,
            Ok(offers) => {
                let rules: Vec<FormRule> = offers.iter().map(|offer| offer.correction.rule).collect();
                let (found, all) = (papers(&offers[0].log), papers(&right));
                let odd = found.iter().find(|paper| !all.contains(paper)).or(all.iter().find(|it| !found.contains(it)));
                format!("{rules:?}: {} papers, not {}: {odd:?}", found.len(), all.len())
            }
            Err(unfit) => unfit.say(Language::English),
        };
        faults.push(format!("{wrong:?} forced, {own:?}, line {}: {said}", entry.line()));
    }
    faults
}

#[test]
fn pointing_at_one_title_corrects_every_form() {
    let faults = FIXTURES.iter().flat_map(|fixture| {
        put_right(fixture.text, usize::MAX).into_iter().map(|fault| format!("{}: {fault}", fixture.name))
    });
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Logs reserved for testing releases; not used here.
const HELD_OUT: [&str; 10] =
    ["DAVIAN", "tmgthb", "Vishal", "nafSadh", "take-o20", "mli", "zhdbwe", "hzwer", "Jo-wang", "kallaway"];

/// The folder `PAPERS_TUI_LOGS`; without it, says that the test is skipped.
pub(super) fn folder_of_logs() -> Option<PathBuf> {
    let folder = std::env::var_os("PAPERS_TUI_LOGS");
    if folder.is_none() {
        println!("skipped: PAPERS_TUI_LOGS names no folder of logs");
    }
    folder.map(PathBuf::from)
}

/// The logs in [`folder_of_logs`]: names and texts.
pub(super) fn logs_of_others() -> Option<Vec<(String, String)>> {
    let folder = folder_of_logs()?;
    let files = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let files = files.filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        !HELD_OUT.iter().any(|held| name.starts_with(held))
    });
    let mut logs: Vec<(String, String)> = files
        .filter_map(|path| Some((path.file_name()?.display().to_string(), std::fs::read_to_string(&path).ok()?)))
        .collect();
    logs.sort();
    assert!(!logs.is_empty());
    Some(logs)
}

#[test]
fn pointing_at_one_title_corrects_the_sample_logs() {
    let Some(logs) = logs_of_others() else { return };
    let faults = logs
        .into_iter()
        .flat_map(|(name, text)| put_right(&text, 3).into_iter().map(move |fault| format!("{name}: {fault}")));
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Lines that cannot be a title or date: prose, code, or places without papers.
const ODD: &[(&str, usize, Unfit)] = &[
    ("# Log\n\n## 2031-05-17\n\n```\nEmus at Work\n```\n", 6, Unfit::Hidden),
    ("# Log\n\n<!--\nEmus at Work\n-->\n\ntext\n", 4, Unfit::Hidden),
    ("# Log\n\n    => Emus at Work\n\ntext\n", 3, Unfit::Unknown),
    ("# Log\n\n$$ Emus at Work $$\n\ntext\n", 3, Unfit::Unknown),
    ("# Log\n\n![Emus at Work](emus.png)\n", 3, Unfit::Unknown),
    ("# Log\n\n@paper{emus, title = Emus at Work}\n", 3, Unfit::Unknown),
    ("# Log\n\n> Emus at Work\n", 3, Unfit::Unknown),
    ("---\nauthor: Emu\n---\n\n# Log\n", 2, Unfit::Front),
    ("# Log\n\n## 2031-05-17\n\ntext\n", 2, Unfit::Blank),
    ("# To read\n\n- Emus at Work\n\n# Log\n\ntext\n", 3, Unfit::Pending),
];

#[test]
fn a_line_that_fits_no_form_is_refused_with_advice() {
    for &(text, line, wanted) in ODD {
        let log = parse::parse([source(text)]);
        match offers(&log, 0, line) {
            Ok(offers) => {
                panic!("{text:?}: {:?}", offers.iter().map(|offer| offer.correction.rule).collect::<Vec<_>>())
            }
            Err(unfit) => assert_eq!(unfit, wanted, "{text:?}"),
        }
        for language in [Language::English, Language::Chinese] {
            assert!(wanted.say(language).contains(language.pick("Move to", "移到")) || wanted != Unfit::Unknown);
        }
    }
}

/// Days with papers on lines that are unlike titles.
const CURT: &str = "\
# What I saw

## Monday 5 May 2031
Emu at work :: a good one
=> it counts birds

## Tuesday 6 May 2031
Owl sees :: fine

Gnu runs :: hm

## Wed 7 May 2031
Yak walks :: ok
## Thu 8 May 2031
Elk swims :: ok
## Fri 9 May 2031
Ape climbs :: ok
";

#[test]
fn two_keys_teach_a_form_at_a_title() {
    let mut drive = Drive::new(CURT, 100, 30);
    drive.sees("0 papers").sees("Press T to see the raw text");
    drive.keys("T").sees("point at a title").sees("Emu at work :: a good one");
    // The cursor starts at the heading above the title.
    drive
        .keys("j<enter>")
        .sees("titles are plain lines")
        .sees("6 entries")
        .sees("Gnu runs")
        .sees("preview of the timeline");
    drive.keys("<enter>").sees("6 papers · 5 days").sees("Correction saved: titles are plain lines · 6 entries");
    drive.keys("R").sees("corrected titles are plain lines (learnt from “Emu at work :: a good one”)").keys("<esc>");
    drive.keys("Tx").sees("remove: titles are plain lines").sees("0 entries").keys("<enter>").sees("0 papers · 5 days");
    drive.keys("Tx").sees("This file has no corrections");
}

#[test]
fn cancelling_teaching_changes_nothing() {
    let mut drive = Drive::new(CURT, 100, 30);
    let before = drive.screen();
    drive.keys("Tj<enter>").sees("6 entries").keys("<esc>").sees("point at a title").keys("<esc>").sees("0 papers");
    assert_eq!(drive.screen(), before);
    drive.keys("Tjjj<enter>").sees("This line is empty").keys("<esc>").sees("0 papers");
}

#[test]
fn pointing_at_a_date_teaches_its_form() {
    let text = "# Log\n\nMay 7\n\n- [Emus at Work](https://arxiv.org/abs/3101.00001)\n\nMay 9\n\n\
                - [Owls at Night](https://arxiv.org/abs/3101.00002)\n";
    let log = parse::parse([source(text)]);
    assert!(log.sections.iter().all(|section| !section.kind.is_dated()));
    let log = learn(&log, 3, FormRule::Dates(DateForm::Lines));
    let stamps: Vec<_> = log.entries.iter().map(|entry| log.sections[entry.section()].kind.stamp()).collect();
    assert_eq!(stamps, [Some("--05-07".to_owned()), Some("--05-09".to_owned())]);
    let text = "# Log\n\n- May 7\n  - [Emus at Work](https://arxiv.org/abs/3101.00001)\n- May 9\n  - \
                [Owls at Night](https://arxiv.org/abs/3101.00002)\n";
    let log = learn(&parse::parse([source(text)]), 3, FormRule::Dates(DateForm::Items));
    assert_eq!(log.sections.iter().filter(|section| section.kind.is_dated()).count(), 2);
}

#[test]
fn pointing_at_a_heading_teaches_a_pending_list() {
    let text = "# Owls I want\n\n- Emus at Work\n- Owls at Night\n\n# Log\n\n## 2031-05-17\n\n《Gnu》\n\nruns\n";
    let log = parse::parse([source(text)]);
    assert_eq!(log.progress(), (0, 0));
    let log = learn(&log, 1, FormRule::Pending);
    assert_eq!((log.progress(), titles(&log)), ((0, 2), vec!["Gnu"]));
    let forgotten = known(&log, 0);
    assert_eq!((forgotten.len(), forgotten[0].log.progress()), (1, (0, 0)));
    // A second correction is added to the first.
    let log = learn(&log, 8, FormRule::Dates(DateForm::Headings));
    assert_eq!((log.progress(), log.files[0].dialect.own().len()), ((0, 2), 2));
}

#[test]
fn taught_forms_apply_to_a_large_log() {
    let days = (1..=28).flat_map(|day| (1..=12).map(move |month| (month, day)));
    let day =
        |(month, day)| format!("## 2031-{month:02}-{day:02}\nEmu {month} {day} :: ok\n{}\n\n", "text ".repeat(400));
    let text: String = days.map(day).collect();
    assert!(text.len() > 600_000);
    let log = taught(&text, "Emu 1 1 :: ok", FormRule::Titles(TitleForm::PlainLines));
    assert_eq!(log.entries.len(), 336);
}

#[test]
fn new_entries_use_the_taught_form() {
    let text = CURT.replace("=> it counts birds\n", "");
    let mut log = taught(&text, "Emu at work :: a good one", FormRule::Titles(TitleForm::PlainLines));
    let (before, date) = (log.entries.len(), "2031-05-08".parse().unwrap());
    let entry = NewEntry { title: "Moose at the Lake".into(), date, body: String::new(), under: None };
    let change = Intent::LogEntry(entry).apply_to_file(&mut log).unwrap().unwrap();
    let again = taught(&change.text, "Emu at work :: a good one", FormRule::Titles(TitleForm::PlainLines));
    assert_eq!(again.entries.len(), before + 1, "{}", change.text);
    assert!(again.entries.iter().any(|entry| *entry.title == *"Moose at the Lake" && entry.date == Some(date)));
}

/// Stores a correction as the panes do.
fn keep(folder: &std::path::Path, name: &str, line: usize) {
    let path = folder.join(name);
    let files = LogFiles::file(path.clone(), path.display().to_string());
    let corrections = Corrections::of(&files, None, RetryPolicy::DEFAULT).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let (dialect, _) = corrections.dialect(&Arc::default());
    let log = parse::parse_as([Source { name: path.display().to_string(), text: text.into() }], &dialect);
    corrections.change(&rules(&log, line)[0].change).unwrap();
}

fn lists(folder: &std::path::Path, log: &str) -> usize {
    let output = program(folder).args(["list", "--log", log]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().count()
}

#[test]
fn taught_forms_survive_a_rename_and_can_be_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("log.md"), CURT).unwrap();
    std::fs::write(at("other.md"), "# Other\n\n## 2031-05-17\nEmus :: ok\n").unwrap();
    assert_eq!(lists(folder.path(), "log.md"), 0);
    keep(folder.path(), "log.md", 4);
    assert_eq!((lists(folder.path(), "log.md"), lists(folder.path(), "other.md")), (6, 0));
    assert_eq!(std::fs::read_to_string(at("log.md")).unwrap(), CURT, "the log must not change");
    std::fs::write(at("birds.md"), format!("{CURT}Puffin dives :: ok\n")).unwrap();
    std::fs::remove_file(at("log.md")).unwrap();
    assert_eq!(lists(folder.path(), "birds.md"), 6);
    let explained =
        program(folder.path()).args(["check", "--explain", "--json", "--log", "birds.md"]).output().unwrap();
    let explained: serde_json::Value = serde_json::from_slice(&explained.stdout).unwrap();
    assert_eq!(explained["files"][0]["taught"][0]["form"], "plain-line", "{explained:#}");
    let forget = || program(folder.path()).args(["check", "--forget", "--log", "birds.md"]).output().unwrap();
    assert!(String::from_utf8(forget().stdout).unwrap().contains("removed: “titles are plain lines"));
    assert_eq!((forget().status.code(), lists(folder.path(), "birds.md")), (Some(1), 0));
}

#[test]
fn taught_forms_of_a_newer_version_are_skipped_with_a_message() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("log.md"), CURT).unwrap();
    keep(folder.path(), "log.md", 4);
    let path = folder.path().join(".papers-tui/taught.json");
    let kept = std::fs::read_to_string(&path).unwrap();
    let newer =
        kept.replacen("[\n", "[\n    {\"file\":\"log.md\",\"what\":\"dates\",\"form\":\"moon\",\"line\":\"x\"},\n", 1);
    std::fs::write(&path, newer).unwrap();
    let output = program(folder.path()).args(["list", "--log", "log.md"]).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("skipped 1 form written by a newer version"));
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 6);
}

#[test]
fn a_form_taught_for_one_file_applies_to_its_siblings() {
    let week = |week: u32| {
        let day = |day: u32| format!("## 2031-05-{:02}\nEmu {week} {day} :: ok\n", week * 4 + day);
        let text: String = (1..4).map(day).collect();
        Source { name: format!("weeks/{week}.md"), text: text.into() }
    };
    let read = |corrections: Vec<Correction>| {
        let dialect = Arc::new(Dialect::default().with_corrections(corrections));
        let folder = 0..4;
        parse::parse_folders((1..5).map(week), std::slice::from_ref(&folder), &dialect, &mut |_| {})
    };
    let log = read(Vec::new());
    assert_eq!(log.entries.len(), 0);
    let offer = rules(&log, 2).remove(0);
    assert_eq!(offer.correction.rule, FormRule::Titles(TitleForm::PlainLines));
    assert_eq!(offer.log.entries.len(), 12, "{:?}", titles(&offer.log));
}

/// The Markdown files below a folder, with relative paths.
fn below(folder: &std::path::Path, name: &str, found: &mut Vec<Source>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let name = format!("{name}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            below(&path, &name, found);
        } else if let Some(text) = std::fs::read_to_string(&path).ok().filter(|_| name.ends_with(".md")) {
            found.push(Source { name, text: text.into() });
        }
    }
}

#[test]
fn pointing_at_one_title_corrects_a_file_of_a_folder() {
    let Some(logs) = folder_of_logs() else { return };
    let Ok(folders) = std::fs::read_dir(logs.join("folders")) else {
        return println!("skipped: PAPERS_TUI_LOGS has no folder named “folders”");
    };
    let (mut faults, mut corrected) = (Vec::new(), 0);
    for folder in folders.flatten().map(|entry| entry.path()) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if HELD_OUT.iter().any(|held| name.starts_with(held)) {
            continue;
        }
        let mut sources = Vec::new();
        below(&folder, &name, &mut sources);
        let all = 0..sources.len();
        let read = |corrections: Vec<Correction>| {
            let dialect = Arc::new(Dialect::default().with_corrections(corrections));
            parse::parse_folders(sources.iter().cloned(), std::slice::from_ref(&all), &dialect, &mut |_| {})
        };
        let right = read(Vec::new());
        let Some(entry) = right.entries.first() else { continue };
        let file = &right.files[entry.file()];
        for wrong in [TitleForm::Headings(2), TitleForm::Bullets, TitleForm::PlainLines] {
            if file.reading.titles.forms.iter().any(|scored| scored.form == wrong) {
                continue;
            }
            let forced = read(vec![Correction::new(&file.name, &file.text, "x", FormRule::Titles(wrong))]);
            match offers(&forced, entry.file(), entry.line()) {
                Ok(offers) if papers(&offers[0].log) == papers(&right) => corrected += 1,
                Ok(offers) => {
                    let (found, all) = (papers(&offers[0].log), papers(&right));
                    let odd = found.iter().find(|it| !all.contains(it)).or(all.iter().find(|it| !found.contains(it)));
                    let rules: Vec<FormRule> = offers.iter().map(|offer| offer.correction.rule).collect();
                    faults.push(format!(
                        "{}: {wrong:?}: {rules:?}: {} of {}: {odd:?}",
                        file.name,
                        found.len(),
                        all.len()
                    ));
                }
                Err(unfit) => faults.push(format!("{}: {wrong:?}: line {}: {unfit:?}", file.name, entry.line())),
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(corrected > 0);
}
