//! A new entry is written as the file writes its others, reads back as the one that was meant, and is
//! taken back to the first byte.

use chrono::{Days, NaiveDate};
use papers_tui::log::edit::{Intent, NewEntry, Place, Refusal, template};
use papers_tui::log::{Log, SectionKind, Source, parse};

use super::forms::FIXTURES;

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// The entries of a log: what their section is, and the title.
fn entries(log: &Log) -> Vec<(SectionKind, String)> {
    log.entries.iter().map(|entry| (log.sections[entry.section].kind, entry.title.clone())).collect()
}

/// Whether a section is of a day.
fn holds(kind: SectionKind, date: NaiveDate) -> bool {
    let (month, day) = (date.format("%-m").to_string(), date.format("%-d").to_string());
    match kind {
        SectionKind::Day(of) => of == date,
        SectionKind::Month(of) => of.format("%Y-%m").to_string() == date.format("%Y-%m").to_string(),
        SectionKind::Range(first, last) => (first..=last).contains(&date),
        SectionKind::Yearless { month: of, day: None } => of.to_string() == month,
        SectionKind::Yearless { month: of, day: Some(own) } => of.to_string() == month && own.to_string() == day,
        SectionKind::Pending | SectionKind::Undated => false,
    }
}

/// Makes a change, reads the file anew, and takes it back. The new text, or why there is none.
fn there_and_back(text: &str, intent: &Intent) -> Result<String, Refusal> {
    let change = intent.carry_out(text)?.expect("something changes");
    let back = change.inverse.carry_out(&change.text).unwrap_or_else(|refusal| panic!("{refusal}: {intent:?}"));
    assert_eq!(back.expect("something is taken back").text, text);
    Ok(change.text)
}

/// Writes an entry; the log has it and no other more, and all others stand as they stood.
fn log_entry(text: &str, title: &str, date: NaiveDate) -> Result<String, String> {
    let before = read(text);
    let entry = NewEntry { title: title.into(), date, body: template(&before).to_owned() };
    let new = there_and_back(text, &Intent::LogEntry(entry)).map_err(|refusal| refusal.to_string())?;
    let (old, mut now) = (entries(&before), entries(&read(&new)));
    let Some(at) = now.iter().position(|(kind, it)| it == title && holds(*kind, date)) else {
        return Err(format!("read anew it is not there: {new}"));
    };
    now.remove(at);
    if now == old { Ok(new) } else { Err("read anew others are not as they were".into()) }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The lines of a text that another has not.
fn more(new: &str, old: &str) -> Vec<String> {
    let mut rest: Vec<&str> = old.lines().collect();
    let is_new = |line: &&str| match rest.iter().position(|other| other == line) {
        Some(at) => {
            rest.remove(at);
            false
        }
        None => true,
    };
    new.lines().filter(is_new).map(str::to_owned).collect()
}

#[test]
fn every_form_is_written_as_it_is() {
    for fixture in FIXTURES {
        let mut written = String::new();
        let dated = fixture.papers.iter().find(|(date, _)| date.len() == 10).map(|(date, _)| day(date));
        for date in [Some(day("2031-08-09")), dated].into_iter().flatten() {
            written.push_str(&format!("{} on {date}:\n", fixture.name));
            match log_entry(fixture.text, "Apes at Play: A Study", date) {
                Ok(new) => more(&new, fixture.text).iter().for_each(|line| written.push_str(&format!("    {line}\n"))),
                Err(why) => written.push_str(&format!("    refused: {why}\n")),
            }
        }
        let name = fixture.name.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        insta::assert_snapshot!(format!("in_the_form_of_{name}"), written);
    }
}

#[test]
fn every_log_of_others_is_written_as_it_is() {
    let Some(folder) = std::env::var_os("PAPERS_TUI_LOGS") else {
        return println!("skipped: PAPERS_TUI_LOGS names no folder of logs");
    };
    let held_out =
        ["DAVIAN", "tmgthb", "Vishal", "nafSadh", "take-o20", "mli", "zhdbwe", "hzwer", "Jo-wang", "kallaway"];
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "md")) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if held_out.iter().any(|held| name.starts_with(held)) {
            continue;
        }
        let text = std::fs::read_to_string(file).unwrap();
        let log = read(&text);
        let newest = log.sections.iter().filter_map(|section| section.kind.date()).max();
        let past = newest.and_then(|newest| newest.checked_sub_days(Days::new(3)));
        for (what, date) in [("today", Some(day("2031-08-09"))), ("newest", newest), ("past", past)] {
            let Some(date) = date else { continue };
            match log_entry(&text, "Apes at Play: A Study", date) {
                Ok(new) => println!("{name}: {what} made {:?}", more(&new, &text)),
                Err(why) => println!("{name}: {what} {date} refused: {why}"),
            }
        }
        let add = Intent::AddTask { text: "Ape [x](y) *z*".into(), place: Place::End };
        match there_and_back(&text, &add) {
            Ok(new) => println!("{name}: item made {:?}", more(&new, &text)),
            Err(why) => println!("{name}: item refused: {why}"),
        }
    }
}
