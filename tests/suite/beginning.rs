//! The first changes to an empty or new log, and slips of a new user.

use chrono::NaiveDate;
use papers_tui::log::edit::{Intent, NewEntry, template};
use papers_tui::log::stats::Stats;
use papers_tui::log::topics::ConfiguredTopics;
use papers_tui::log::{EntryKind, Source, parse};
use papers_tui::words::Language;

use super::drive::Drive;

/// The text after these titles were logged, one a day.
fn logged(text: &str, language: Language, titles: &[&str]) -> String {
    let mut text = text.to_owned();
    for (day, title) in (17..).zip(titles) {
        let log = parse::parse([Source { name: "log.md".into(), text: text.as_str().into() }]);
        let date = NaiveDate::from_ymd_opt(2031, 5, day).unwrap();
        let body = template(&log, language).to_owned();
        let entry = NewEntry { title: (*title).into(), date, body, under: None };
        text = Intent::LogEntry(entry).apply_to_text(&text).unwrap().unwrap().text;
    }
    text
}

/// The lines that are not part of the template.
fn marks(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.starts_with(['#', '《', '-'])).collect()
}

#[test]
fn the_first_entries_are_headings_under_days() {
    let titles = ["Emus at Work: A Study", "Gnus at Rest", "Owl"];
    for (text, day, title) in [
        ("", "#", "##"),
        ("# My log\n", "##", "###"),
        ("# My log\n\n## To read\n\n- [ ] Elk\n", "##", "###"),
        ("# to read\n\n- [ ] Elk\n", "#", "##"),
        ("Some words about the log.\n", "#", "##"),
    ] {
        let new = logged(text, Language::English, &titles);
        let wanted: Vec<String> = (17..)
            .zip(titles)
            .flat_map(|(date, name)| [format!("{day} 2031-05-{date}"), format!("{title} {name}")])
            .collect();
        let lines: Vec<&str> = marks(&new).into_iter().skip(marks(text).len()).collect();
        // The newest day comes first, as in most logs.
        let mut days: Vec<&[&str]> = lines.chunks(2).collect();
        days.sort();
        assert_eq!(days.concat(), wanted, "{new}");
        let log = parse::parse([Source { name: "log.md".into(), text: new.as_str().into() }]);
        assert!(log.entries.iter().all(|entry| entry.kind == EntryKind::Draft && entry.date.is_some()), "{new}");
        assert_eq!(log.entries.len(), titles.len(), "{new}");
    }
}

#[test]
fn a_chinese_log_begins_with_titles_in_brackets() {
    for text in ["", "# 论文阅读\n", "# 待读\n\n- [ ] 综述\n"] {
        let new = logged(text, Language::Chinese, &["Emus at Work", "猫头鹰"]);
        assert!(new.contains("## 2031.5.17\n\n《Emus at Work》\n\nYYYY.M 机构的一篇文章"), "{new}");
        assert!(new.contains("## 2031.5.18\n\n《猫头鹰》\n"), "{new}");
    }
}

#[test]
fn the_first_entry_fits_where_days_were_written_by_hand() {
    let new = logged("# My log\n\n## 2031-05-16\n", Language::English, &["Emus at Work"]);
    assert_eq!(marks(&new), ["# My log", "## 2031-05-17", "### Emus at Work", "## 2031-05-16"]);
    let new = logged("# My log\n\n## 17 May 2031\n", Language::English, &["Emus at Work"]);
    assert_eq!(marks(&new), ["# My log", "## 17 May 2031", "### Emus at Work"]);
}

/// Ctrl-C quits from anywhere, except where that would lose what was typed.
#[test]
fn ctrl_c_does_not_lose_what_was_typed() {
    let log = "# to read\n\n- [ ] Elk\n\n## 2031-05-16\n\n### Gnus at Rest\n\nruns\n";
    let is_quit = |drive: &Drive| drive.effects.last() == Some(&papers_tui::app::Effect::Quit);
    for keys in ["aEmu", "NEmus at Work", "NEmus at Work<enter>", "3Ex"] {
        let mut drive = Drive::new(log, 80, 24);
        drive.keys("3").keys(keys).keys("<c-c>").sees("You have unsaved input");
        assert!(!is_quit(&drive), "{keys}");
        drive.keys("<esc><c-c>");
        assert!(is_quit(&drive), "{keys}:\n{}", drive.screen());
    }
    for keys in ["a", "N", "/gnu", "s"] {
        let mut drive = Drive::new(log, 80, 24);
        drive.keys("3").keys(keys).keys("<c-c>");
        assert!(is_quit(&drive), "{keys}:\n{}", drive.screen());
    }
}

#[test]
fn an_item_that_is_in_the_list_already_is_pointed_out() {
    let log = "# to read\n\n- [ ] Elk at Home\n- [x] [Gnus](https://example.org)\n\n## 2031-05-16\n\n### Owl\n\nsees\n";
    let mut drive = Drive::new(log, 80, 24);
    drive.keys("3aelk at").sees_not("already in the list").keys(" home").sees("already in the list: Elk at Home");
    drive.keys("<esc>agnus").sees("already ticked: Gnus");
    // It may be wanted twice.
    drive.keys("<enter>").sees("Added “gnus”");
}

#[test]
fn statistics_say_why_there_are_no_days() {
    let log = "# Papers\n\n## 5.17\n\n### Emus at Work: A Study\n\nThey count.\n\n## 5.19\n\n### Owls at Night: A Study\n\nsee\n";
    Drive::new(log, 80, 24).keys("S").sees("The dates in this log have no year");
    let stats = |text: &str| {
        Stats::of(&parse::parse([Source { name: "log.md".into(), text: text.into() }]), &ConfiguredTopics::default())
    };
    assert_eq!((stats(log).papers, stats(log).days.len()), (2, 0));
}
