//! A new entry is written in the file's style, reads back as intended, and undo restores every byte.

use chrono::{Days, NaiveDate};
use papers_tui::log::edit::{InsertAt, Intent, ItemOutcome, NewEntry, Refusal, headings, is_undated, template};
use papers_tui::log::{Log, SectionKind, Source, parse};
use papers_tui::words::Language;

use super::forms::FIXTURES;

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// The entries of a log: kind of section, and title.
fn entries(log: &Log) -> Vec<(SectionKind, String)> {
    log.entries.iter().map(|entry| (log.sections[entry.section()].kind, entry.title.to_string())).collect()
}

/// Whether a section covers a day.
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

/// Makes a change, reads the file again, and undoes it. Returns the new text, or why there is none.
fn there_and_back(text: &str, intent: &Intent) -> Result<String, Refusal> {
    let change = intent.apply_to_text(text)?.expect("something changes");
    let back = change.inverse.apply_to_text(&change.text).unwrap_or_else(|refusal| panic!("{refusal}: {intent:?}"));
    assert_eq!(back.expect("the change is undone").text, text);
    Ok(change.text)
}

/// Writes an entry; the log then has exactly one more, and the others are unchanged.
fn log_entry(text: &str, title: &str, date: NaiveDate) -> Result<String, String> {
    log_at(text, title, date, None)
}

/// Like [`log_entry`], but under a heading if the log has no days.
fn log_at(text: &str, title: &str, date: NaiveDate, under: Option<String>) -> Result<String, String> {
    let before = read(text);
    let is_there = |kind: SectionKind| under.is_some() || holds(kind, date);
    let entry = NewEntry {
        title: title.into(),
        date,
        body: template(&before, Language::English).to_owned(),
        under: under.clone(),
    };
    let new = there_and_back(text, &Intent::LogEntry(entry)).map_err(|refusal| refusal.to_string())?;
    let (old, mut now) = (entries(&before), entries(&read(&new)));
    let Some(at) = now.iter().position(|(kind, it)| it == title && is_there(*kind)) else {
        return Err(format!("the new entry is not found: {new}"));
    };
    now.remove(at);
    if now == old { Ok(new) } else { Err("other entries have changed".into()) }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Lines of `new` that `old` does not have.
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
fn new_entries_follow_every_form() {
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
        insta::assert_snapshot!(format!("new_entry_in_{name}"), written);
    }
}

/// How many of the sample logs may refuse a change.
const REFUSED: usize = 3;

/// Adds entries and an item to a log, then ticks or logs the item. Returns what was refused, and why.
fn write_all(text: &str) -> Vec<String> {
    let log = read(text);
    let mut refused = Vec::new();
    let newest = log.sections.iter().filter_map(|section| section.kind.date()).max();
    let past = newest.and_then(|newest| newest.checked_sub_days(Days::new(3)));
    let first = headings(&log, 0).into_iter().find(|section| !section.entries().is_empty());
    let under = first.map(|section| section.heading.to_string()).filter(|_| is_undated(&log, 0));
    let days = [("today", Some(day("2031-08-09"))), ("newest", newest), ("past", past)];
    for (what, date) in days.into_iter().filter_map(|(what, date)| Some((what, date?))) {
        if let Err(why) = log_at(text, "Apes at Play: A Study", date, under.clone()) {
            refused.push(format!("{what} {date}: {why}"));
        }
    }
    let item = "Ape [x](y) *z*";
    let with_item = match there_and_back(text, &Intent::AddTask { text: item.into(), place: InsertAt::End }) {
        Ok(new) => new,
        Err(why) => return [refused, vec![format!("item: {why}")]].concat(),
    };
    let log = read(&with_item);
    let task = log.tasks.iter().position(|task| task.pending && task.text.contains("Ape")).expect("the item is there");
    let tick = Intent::set_done(&log, task, true).expect("it is open");
    refused.extend(there_and_back(&with_item, &tick).err().map(|why| format!("tick: {why}")));
    let entry = NewEntry {
        title: "Apes at Play: A Study".into(),
        date: newest.unwrap_or(day("2031-08-09")),
        body: template(&log, Language::English).to_owned(),
        under,
    };
    let paper = Intent::promote(&log, task, ItemOutcome::Tick(None), false, entry);
    refused.extend(there_and_back(&with_item, &paper).err().map(|why| format!("paper of the item: {why}")));
    refused
}

#[test]
fn new_entries_follow_the_sample_logs() {
    let Some(logs) = super::teaching::logs_of_others() else { return };
    let mut refused = Vec::new();
    for (name, text) in &logs {
        let log = read(text);
        if !log.entries.is_empty() || log.sections.iter().any(|section| section.kind.is_dated()) {
            let reasons = write_all(text);
            reasons.iter().for_each(|why| println!("{name}: {}", why.lines().next().unwrap_or_default()));
            refused.extend((!reasons.is_empty()).then_some(name));
        }
    }
    assert!(refused.len() <= REFUSED, "{} of {} logs: {refused:?}", refused.len(), logs.len());
}

/// Titles with special chars of Markdown.
const ODD: [&str; 15] = [
    "A*: Search on the Plain",
    "Emus [and] Owls at Work",
    "Emus | Owls at Work",
    "Notes on 《Emus at Work》 and Owls",
    "C:\\Emus and \\alpha at Work",
    "Emus in `code` at Work",
    "C# for Emus at Work",
    "emu_at_work and owl_at_night at Play",
    "Emus <b> Owls at Work",
    "Emus *at* **Work** on the Plain",
    "*Emus: Search on the Plain",
    "**Emus at Work on the Plain",
    "*Emus* at Work on the Plain",
    "《Emus》 and 《Owls》 at Work on the Plain",
    "*Emu|Owl \\ 《Gnu》 [x] *y* at Work",
];

#[test]
fn odd_titles_read_back_in_every_form() {
    let mut faults = Vec::new();
    let mut count = 0;
    for fixture in FIXTURES {
        let dated = fixture.papers.iter().find(|(date, _)| date.len() == 10).map(|(date, _)| day(date));
        let under = headings(&read(fixture.text), 0)
            .iter()
            .find(|section| !section.entries().is_empty())
            .map(|it| it.heading.to_string());
        let mut ways = vec![(day("2031-08-09"), None)];
        ways.extend(dated.map(|date| (date, None)));
        if is_undated(&read(fixture.text), 0) {
            ways = under.into_iter().map(|under| (day("2031-08-09"), Some(under))).collect();
        }
        for (date, under) in ways {
            if log_at(fixture.text, "Apes at Play: A Study", date, under.clone()).is_err() {
                continue;
            }
            for title in ODD {
                count += 1;
                if let Err(why) = log_at(fixture.text, title, date, under.clone()) {
                    faults.push(format!("{}: {title}: {why}", fixture.name));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} of {count}: {faults:#?}", faults.len());
}
