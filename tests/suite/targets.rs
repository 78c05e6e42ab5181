//! What must hold for each part of the program that reads input, whatever the bytes. `fuzzed` passes changed corpora to
//! these functions; `fuzz/` passes what libFuzzer finds.

use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;
use papers_tui::app::page::pages::{PageInput, entry_page};
use papers_tui::config;
use papers_tui::log::aliases::Aliases;
use papers_tui::log::check::{Disk, Surroundings, check};
use papers_tui::log::corrections::StoredCorrections;
use papers_tui::log::date::{HeadingDate, format_day, read_heading};
use papers_tui::log::edit::{InsertAt, Intent};
use papers_tui::log::links::Links;
use papers_tui::log::{Log, Source, parse};
use papers_tui::papers::biblio::Biblio;
use papers_tui::review::ReviewSettings;
use papers_tui::review::deck::Deck;
use papers_tui::review::history::{Reviews, from_json_lines, to_json_lines};
use papers_tui::review::queue::Queue;
use papers_tui::search::text::Pattern;
use papers_tui::search::{Catalogue, Query, SearchBody, SearchItem, SearchSession};
use papers_tui::tui::input::filter::InputFilter;
use papers_tui::ui::theme;
use papers_tui::words::Language;

/// A function that reads bytes.
pub type Target = fn(&[u8]);

/// All targets by the names of their corpora.
pub const TARGETS: [(&str, Target); 9] = [
    ("parser", parser),
    ("folder", folder),
    ("page", page),
    ("edits", edits),
    ("dates", dates),
    ("query", query),
    ("terminal", terminal),
    ("sidecar", sidecar),
    ("configuration", configuration),
];

/// How many items of a log are changed, one at a time.
const ITEMS: usize = 6;

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// Sections cover the text, and everything found is inside it.
pub fn parser(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let log = read(&text);
    let mut end = 0;
    for section in &log.sections {
        assert_eq!(section.span().start, end);
        end = section.span().end;
    }
    assert_eq!(end, text.len());
    for entry in &log.entries {
        assert!(text.get(entry.span()).is_some() && text.get(entry.body()).is_some());
    }
    for task in &log.tasks {
        assert!(text.get(task.span.clone()).is_some() && task.span.contains(&task.mark));
    }
    let (disk, aliases) = (Disk::default(), Aliases::default());
    check(&log, Surroundings { today: None, disk: &disk, aliases: &aliases, orphans: &[] });
}

/// Any file can have any name. A line `=== PATH` begins each file of the input.
pub fn folder(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let file = |part: &str| {
        let (name, text) = part.split_once('\n').unwrap_or((part, ""));
        Source { name: name.to_owned(), text: text.into() }
    };
    let files: Vec<Source> = text.split("=== ").filter(|part| !part.is_empty()).map(file).collect();
    let all = 0..files.len();
    let log = parse::parse_folders(files, &[all], &Arc::default(), &mut |_| {});
    for entry in &log.entries {
        assert!(log.files[entry.file()].text.get(entry.span()).is_some());
    }
}

/// Pages have no control chars, and are not too wide.
pub fn page(bytes: &[u8]) {
    let log = read(&String::from_utf8_lossy(bytes));
    let links = Links::find(&log);
    let (aliases, figures, papers, keymap) = Default::default();
    let shelf = PageInput {
        log: &log,
        links: &links,
        aliases: &aliases,
        papers: &papers,
        figures: &figures,
        reviews: &[],
        keymap: &keymap,
        language: Language::Chinese,
    };
    for entry in &log.entries {
        for columns in [1, 24, 80] {
            for line in entry_page(shelf, entry, columns, 0) {
                assert!(!line.text().contains(char::is_control), "{line:?}");
                // Wide chars and tables have a minimum width.
                assert!(columns < 24 || line.width() <= columns, "{columns} {line:?}");
            }
        }
    }
}

/// A change is verified or refused, and undo restores every byte.
pub fn edits(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let log = read(&text);
    let ticks = log.tasks.iter().enumerate().take(ITEMS);
    let ticks = ticks.filter_map(|(index, task)| Intent::set_done(&log, index, !task.is_done()));
    let add = Intent::AddTask { text: "Ape *x* [1]".into(), place: InsertAt::End };
    for intent in ticks.chain([add]) {
        let Ok(Some(change)) = intent.apply_to_text(&text) else { continue };
        let back = change.inverse.apply_to_text(&change.text).unwrap().unwrap();
        assert_eq!(back.text, text, "{intent:?}");
    }
}

/// A date that is read, written and read again stays the same.
pub fn dates(bytes: &[u8]) {
    for line in String::from_utf8_lossy(bytes).lines() {
        if let Some(HeadingDate::Day(day)) = read_heading(line) {
            assert_eq!(read_heading(&format_day(day)), Some(HeadingDate::Day(day)), "{line}");
        }
    }
}

/// Queries get results with valid positions.
pub fn query(bytes: &[u8]) {
    const TEXT: &str =
        "《Emu: 大模型 ﬁne Café》\n\nan e\u{301}mu walks \u{1F469}\u{200D}\u{1F4BB} ＭｏＥ\n\n《Owl》\n\nx\n";
    let typed = String::from_utf8_lossy(bytes);
    let item = |title: &'static str, span| SearchItem {
        title,
        name: None,
        organisations: Vec::new(),
        body: Some(SearchBody { text: 0, span }),
        recency: 0,
    };
    let middle = TEXT.find("《Owl").unwrap();
    let items = [item("Emu: 大模型 ﬁne Café", 0..middle), item("Owl", middle..TEXT.len())];
    let mut session = SearchSession::new(Arc::new(Catalogue::new(items)));
    let found = session.search(&Query::new(&typed), &[TEXT], &|| false, |_| {});
    assert!(found.is_none_or(|found| found.hits.iter().all(|hit| hit.item < 2)));
    if let Ok(pattern) = Pattern::new(&typed) {
        pattern.find(TEXT, &[0..middle, middle..TEXT.len()], &|| false, |document, hits| {
            assert!(document < 2 && hits.iter().all(|hit| TEXT.get(hit.clone()).is_some()));
            ControlFlow::Continue(())
        });
    }
}

/// Terminal input yields no more events than it has bytes, wherever it is split.
pub fn terminal(bytes: &[u8]) {
    let (first, rest) = bytes.split_at(bytes.len().min(1));
    let cut = first.first().map_or(0, |&byte| usize::from(byte).min(rest.len()));
    let mut filter = InputFilter::default();
    let mut heard = filter.feed(&rest[..cut]);
    heard.extend(filter.feed(&rest[cut..]));
    heard.extend(filter.quiet());
    assert!(heard.len() <= rest.len());
}

/// Sidecar files are read or refused; what is read, written and read again stays the same.
pub fn sidecar(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let log = read("## 2031.5.17\n\n《Emu》\n\nx\n");
    // Damage is an error and nothing worse.
    let _ = (serde_json::from_str::<Aliases>(&text), serde_json::from_str::<StoredCorrections>(&text));
    let _ = serde_json::from_str::<Biblio>(&text);
    let histories = [serde_json::from_str::<Reviews>(&text).ok(), from_json_lines(&text).ok().map(of_lines)];
    for reviews in histories.into_iter().flatten() {
        let lines = from_json_lines(&to_json_lines(&reviews.history).unwrap()).unwrap();
        assert_eq!(lines, reviews.history);
        let again: Reviews = serde_json::from_str(&serde_json::to_string(&reviews).unwrap()).unwrap();
        assert_eq!(again, reviews);
        let deck = Deck::new(reviews);
        for today in [NaiveDate::MIN, NaiveDate::default(), NaiveDate::MAX] {
            Queue::of(&log, &deck, today, &ReviewSettings::default());
        }
    }
}

fn of_lines(history: Vec<papers_tui::review::history::ReviewLine>) -> Reviews {
    Reviews { history, ..Reviews::default() }
}

/// Settings and themes are parsed, whatever they contain.
pub fn configuration(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = config::parse(&text);
    let _ = theme::file::parse(&text);
}
