//! A paper with an unreadable date never gets the date above it, and no day is hidden.

use papers_tui::log::edit::{Intent, NewEntry};
use papers_tui::log::{Log, Source, parse};

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

fn day(log: &Log, title: &str) -> Option<String> {
    log.entries.iter().find(|entry| *entry.title == *title).and_then(|entry| entry.date).map(|date| date.to_string())
}

#[test]
fn a_rule_at_the_top_does_not_hide_days() {
    let text = "---\n\n## 2031.5.17\n\n《Gnu》\n\nx\n\n---\n\n## 2031.5.16\n\n《Yak》\n\ny\n";
    let log = read(text);
    assert_eq!((day(&log, "Gnu").as_deref(), day(&log, "Yak").as_deref()), (Some("2031-05-17"), Some("2031-05-16")));
    let entry = NewEntry { title: "Emu".into(), date: "2031-05-17".parse().unwrap(), body: String::new(), under: None };
    let text = Intent::LogEntry(entry).apply_to_text(text).unwrap().unwrap().text;
    assert_eq!(text.matches("2031.5.17").count(), 1, "{text}");
    assert_eq!(day(&read(&text), "Emu").as_deref(), Some("2031-05-17"), "{text}");
}

#[test]
fn unusual_dates_are_read_and_impossible_ones_give_no_date() {
    for heading in ["25.3.5", "2025-03-05T10:20", "2025．3．5", "[[2025-03-05]]", "2025-03-05", "5 March 2025"] {
        let text = format!("# log\n\n## 2025.3.7\n\n《Gnu》\n\nx\n\n## {heading}\n\n《Yak》\n\ny\n");
        let day = day(&read(&text), "Yak");
        assert_eq!(day.as_deref(), Some("2025-03-05"), "{heading}");
    }
    for heading in ["2025.13.45", "2025-02-30"] {
        let text = format!("# log\n\n## 2025.3.7\n\n《Gnu》\n\nx\n\n## {heading}\n\n《Yak》\n\ny\n");
        assert_eq!(day(&read(&text), "Yak"), None, "{heading}");
    }
}
