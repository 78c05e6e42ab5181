//! Review schedules survive the user's edits to titles, dates and summaries.

use chrono::{DateTime, FixedOffset};
use papers_tui::log::{EntryKind, Key, Log, Source, parse};
use papers_tui::review::ReviewSettings;
use papers_tui::review::deck::Deck;
use papers_tui::review::history::{Grade, ReviewChange};
use papers_tui::review::relink::{Relinked, relink};

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2031-09-01T12:00:00+08:00").unwrap()
}

/// A deck in which every paper of a log was graded once.
fn reviewed(log: &Log) -> Deck {
    let mut deck = Deck::default();
    for entry in log.entries.iter().filter(|entry| entry.kind == EntryKind::Paper) {
        deck.grade(&entry.key, Grade::Good, now(), &ReviewSettings::default());
    }
    deck
}

/// Checks that every schedule still has its entry after an edit.
#[track_caller]
fn keeps(before: &str, after: &str) {
    let deck = reviewed(&read(before));
    let log = read(after);
    assert_eq!(relink(&log, &deck), Relinked::default());
    let lost: Vec<_> = deck.cards().map(|(key, _)| key).filter(|key| log.find(key).is_none()).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

/// Checks the effect of an edited title: a rename, a question with these choices, or nothing.
#[track_caller]
fn edited(before: &[&str], after: &[&str], certain: &[(&str, &str)], asked: &[&[&str]]) {
    let text = |titles: &[&str]| {
        let entries = titles.iter().map(|title| format!("《{title}》\n\n正文\n\n"));
        format!("## 2031.5.17\n\n{}", entries.collect::<String>())
    };
    let mut deck = reviewed(&read(&text(before)));
    let found = relink(&read(&text(after)), &deck);
    let pairs: Vec<(&str, &str)> = found.certain.iter().map(|(from, to)| (&*from.0, &*to.0)).collect();
    assert_eq!(pairs, certain);
    let questions: Vec<Vec<&str>> =
        found.questions.iter().map(|it| it.candidates.iter().map(|key| key.0.as_ref()).collect()).collect();
    assert_eq!(questions, asked);
    for (from, to) in &found.certain {
        let memory = deck.card(from).unwrap().memory;
        deck.rename(vec![(from.clone(), to.clone())]);
        assert_eq!(deck.card(to).unwrap().memory, memory);
        assert!(deck.card(from).is_none());
    }
}

const LOG: &str = "\
# 2031.6

## 2031.6.2

《Gnu: Attention for Large Herds》

2031.4 的一篇文章，要点：

1. one
2. two

《Yak: Denser Coats》

正文

# 2031.5

## 2031.5.17

《Owl: Sparse Retrieval at Night》

正文
";

#[test]
fn schedules_survive_edits_to_days_and_summaries() {
    keeps(LOG, &LOG.replace("2031.6.2", "2031.6.4"));
    keeps(LOG, &LOG.replace("1. one\n2. two", "1. nothing of it is left"));
    let yak = "《Yak: Denser Coats》\n\n正文\n\n";
    keeps(LOG, &(LOG.replace(yak, "") + "\n" + yak));
    keeps(LOG, &LOG.replace("\n\n", "\n\n\n").replace("：", ":").replace('\n', "\r\n"));
    keeps(
        LOG,
        &LOG.replace("《Gnu: Attention for", "《Gnu:  **Attention** for").replace("Large Herds", "Large\nHerds"),
    );
}

#[test]
fn schedules_survive_edits_to_the_real_log() {
    let Some(path) = std::env::var_os("PAPERS_TUI_REAL_LOG") else {
        return println!("skipped: PAPERS_TUI_REAL_LOG names no log");
    };
    let text = std::fs::read_to_string(path).unwrap();
    let log = read(&text);
    keeps(&text, &text.replace("## 2023.", "## 2024."));
    keeps(&text, &text.replace("。", "").replace("总体上", "in all"));
    keeps(&text, &text.replace("\n\n", "\n\n\n").replace('\n', "\r\n"));
    // Move one entry at a time to another month.
    for entry in log.entries.iter().filter(|entry| !text[entry.span()].starts_with(' ')).step_by(20) {
        let moved = &text[entry.span()];
        if !moved.starts_with('《') {
            continue;
        }
        let rest = format!("{}{}", &text[..entry.span().start], &text[entry.span().end..]);
        keeps(&text, &format!("{rest}\n# 2024.1\n\n## 2024.1.1\n\n{moved}"));
    }
    // Put a typo into one title at a time: the schedule follows, or the user is asked.
    let deck = reviewed(&log);
    // One in six, or all in a long run.
    let step = if std::env::var_os("PAPERS_TUI_ALL_TITLES").is_some() { 1 } else { 6 };
    let (mut followed, mut asked) = (0, 0);
    for entry in log.entries.iter().filter(|entry| entry.kind == EntryKind::Paper).step_by(step) {
        let title = &text[entry.span().start..entry.body().start];
        let Some(space) = title.rfind(' ') else { continue };
        let edited =
            format!("{}{}x{}", &text[..entry.span().start], &title[..space], &text[entry.span().start + space + 1..]);
        let edited = read(&edited);
        let found = relink(&edited, &deck);
        followed += found.certain.len();
        asked += found.questions.len();
        let gone = deck.cards().filter(|(key, _)| edited.find(key).is_none()).count();
        assert_eq!(found.certain.len() + found.questions.len(), gone, "{title}");
    }
    println!("{followed} schedules followed their title, {asked} were asked about");
    assert!(followed * step > 100 && asked * 10 < followed, "{followed} {asked}");
}

#[test]
fn a_schedule_follows_an_edited_title() {
    let gnu = "gnu: attention for large herds";
    edited(
        &["Gnu: Attention for Large Herds"],
        &["Gnu — Attention for large Herds!"],
        &[(gnu, "gnu — attention for large herds!")],
        &[],
    );
    edited(
        &["Gnu: Attention for Large Herds"],
        &["Gnu: Attention for Lage Herds"],
        &[(gnu, "gnu: attention for lage herds")],
        &[],
    );
    edited(
        &["Attention for Large Herds"],
        &["Gnu: Attention for Large Herds"],
        &[("attention for large herds", gnu)],
        &[],
    );
    edited(
        &["大规模语言模型的注意力机制综述"],
        &["大规模语言模型注意力机制的综述"],
        &[("大规模语言模型的注意力机制综述", "大规模语言模型注意力机制的综述")],
        &[],
    );
    // A different title, and a deleted entry: neither is a rename.
    edited(&["Gnu: Attention for Large Herds"], &["Yak: Denser Coats"], &[], &[]);
    edited(&["Gnu: Attention for Large Herds"], &[], &[], &[]);
}

#[test]
fn an_uncertain_rename_is_asked() {
    let [a, b] = ["gnu: attention for large herd", "gnu: attention for large herdss"];
    edited(
        &["Gnu: Attention for Large Herds"],
        &["Gnu: Attention for Large Herd", "Gnu: Attention for Large Herdss"],
        &[],
        &[&[b, a]],
    );
    // A new version number may mean a different paper, so ask.
    edited(
        &["Gnu 2: Attention for Large Herds"],
        &["Gnu 3: Attention for Large Herds"],
        &[],
        &[&["gnu 3: attention for large herds"]],
    );
    // Two schedules may belong to the same entry.
    edited(
        &["Gnu: Attention for Large Herd", "Gnu: Attention for Large Herdss"],
        &["Gnu: Attention for Large Herds"],
        &[],
        &[&["gnu: attention for large herds"], &["gnu: attention for large herds"]],
    );
}

#[test]
fn a_schedule_follows_a_rename_and_its_undo() {
    let key = |name: &str| Key(name.into());
    let mut deck = reviewed(&read(LOG));
    let exported = deck.reviews().history.clone();
    let before = deck.clone();
    deck.suspend(&key("yak: denser coats"), true);
    deck.rename(vec![(key("yak: denser coats"), key("yak"))]);
    assert!(deck.is_suspended(&key("yak")) && deck.card(&key("yak")).is_some());
    // Importing an older export adds no duplicates.
    deck.apply(ReviewChange::Import(exported));
    assert_eq!(deck.reviews().history.len(), before.reviews().history.len());
    deck.suspend(&key("yak"), false);
    deck.rename(vec![(key("yak"), key("yak: denser coats"))]);
    assert_eq!(deck.reviews().history, before.reviews().history);

    // A process that has not seen the rename still writes the old name.
    deck.rename(vec![(key("yak: denser coats"), key("yak"))]);
    deck.grade(&key("yak: denser coats"), Grade::Good, now(), &ReviewSettings::default());
    let log = read(&LOG.replace("Yak: Denser Coats", "Yak"));
    assert_eq!(relink(&log, &deck).certain, [(key("yak: denser coats"), key("yak"))]);
}
