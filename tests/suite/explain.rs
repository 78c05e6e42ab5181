//! How a log was read, as it is told: by `check --explain`, and in the panes.

use papers_tui::log::explain::Account;
use papers_tui::log::{Log, Source, parse};
use serde_json::{Value, json};

use super::cli::program;
use super::drive::Drive;

/// Days without a year, and among them something that is none.
const YEARLESS: &str = "\
# Birds

## 11/28

- A Survey of Emus https://arxiv.org/abs/3101.00001
- Owls Are All You Need https://arxiv.org/abs/3101.00002

## 11/30

- Deep Yak Networks https://arxiv.org/abs/3101.00003

## 12/2

- On the Gait of Gnus https://arxiv.org/abs/3101.00004

## 12/9

- Elk Meets Elk https://arxiv.org/abs/3101.00005

## 13 ?

- Learning from Larks https://arxiv.org/abs/3101.00006
";

/// Papers by topic, without any date.
const TOPICS: &str = "\
# Birds and beasts

## Birds

- A Survey of Emus https://arxiv.org/abs/3101.00001
- Owls Are All You Need https://arxiv.org/abs/3101.00002

## Beasts of burden

- Deep Yak Networks https://arxiv.org/abs/3101.00003
- On the Gait of Gnus https://arxiv.org/abs/3101.00004
";

/// A diary: days with text, and no paper.
const DIARY: &str = "\
## 2031.5.17

rain, and nothing read

## 2031.5.16

sun, and nothing read either
";

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// Standard output of `check` with these arguments.
fn said(log: &str, arguments: &[&str]) -> String {
    let desk = tempfile::tempdir().unwrap();
    let path = desk.path().join("log.md");
    std::fs::write(&path, log).unwrap();
    super::of_long_ago(&path);
    let output = program(desk.path()).args(["check", "--log", "log.md"]).args(arguments).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn says(text: &str, wanted: &[&str]) {
    for wanted in wanted {
        assert!(text.contains(wanted), "no {wanted:?} in\n{text}");
    }
}

#[test]
fn forms_shares_and_guesses_are_told_of_each_file() {
    let text = said(YEARLESS, &["--explain"]);
    says(&text, &["dates     headings (5)", "titles    list items (6, score ", "found     4 days, 6 papers"]);
    says(&text, &["papers 8", "nothing tells the year of 4 dates, from line 3 on", "“13 ?” in line 20 cannot be read"]);
    let text = said(TOPICS, &["--explain", "--lang", "zh"]);
    says(&text, &["日期      没有", "标题      列表项（4 个，得分 ", "4 篇论文"]);
    let text = said(DIARY, &["--explain"]);
    says(&text, &["titles    none", "2 days, 0 papers; 0 of 2 dates have a paper", "notes 6"]);
}

#[test]
fn the_same_is_told_to_programs() {
    let json: Value = serde_json::from_str(&said(YEARLESS, &["--explain", "--json"])).unwrap();
    let file = &json["files"][0];
    assert_eq!(file["forms"]["dates"], json!([{ "form": "heading", "found": 5 }]));
    assert_eq!(file["forms"]["titles"][0]["form"], json!("list-item"));
    assert_eq!((&file["days"], &file["papers"], &file["dates_with_papers"]), (&json!(4), &json!(6), &json!(4)));
    let guesses: Vec<&Value> = file["guesses"].as_array().unwrap().iter().map(|guess| &guess["code"]).collect();
    assert_eq!(guesses, ["unread-date", "unknown-year"]);
    assert_eq!(json["findings"][0]["code"], json!("unknown-year"));
}

#[test]
fn every_byte_belongs_to_something() {
    for text in ["", "x", "---\ntitle: Birds\n---\n\n# Birds\n", YEARLESS, TOPICS, DIARY] {
        let bytes = Account::of(&read(text), 0).bytes;
        let all = bytes.entries + bytes.notes + bytes.pending + bytes.front + bytes.dates + bytes.rest;
        assert_eq!(all, text.len(), "{bytes:?} of\n{text}");
    }
}

#[test]
fn a_heading_that_looks_dated_is_told_and_stands_between_its_neighbours() {
    says(&said(YEARLESS, &[]), &["log.md:20: “13 ?” cannot be read as a date"]);
    let text = "## 2031.5.4\n\n《a》\n\nx\n\n## 2031.5.3\n\n《b》\n\nx\n\n## 3 ?\n\n《c》\n\nx\n\n## 2031.5.2\n\n《d》\n\nx\n\n## 2031.5.1\n\n《e》\n\nx\n";
    says(&said(text, &[]), &["log.md:13: “3 ?” cannot be read as a date"]);
    let screen = Drive::new(text, 140, 42).screen();
    let at = |text: &str| screen.find(text).unwrap_or_else(|| panic!("no {text:?} on\n{screen}"));
    assert!(at("  3 b") < at(" 3 ? ") && at(" 3 ? ") < at(" c ") && at(" c ") < at("  2 d"), "{screen}");
}

#[test]
fn sections_without_dates_are_listed_by_name() {
    let mut drive = Drive::new(TOPICS, 140, 42);
    drive.sees("Birds and beasts · 4 papers · 2 sections").sees("▾ Birds  ").sees("▾ Beasts of burden");
    drive.keys("g").sees("2 entries").keys("}").sees("│ Beasts of burden ").keys("<enter>").sees("▸ Beasts of burden");
    drive.sees_not("      Deep Yak");
}

#[test]
fn months_of_no_year_stand_as_in_the_log() {
    let mut drive = Drive::new(YEARLESS, 140, 42);
    drive.sees("Birds · 6 papers · 4 days").sees("28 A Survey of Emus").sees("read 11.28");
    let screen = drive.screen();
    assert!(screen.find("▾ November").unwrap() < screen.find("▾ December").unwrap(), "{screen}");
    drive.keys("L").sees("11月");
}

#[test]
fn what_was_not_understood_is_said_on_the_first_screen() {
    for (width, height) in [(140, 42), (80, 24)] {
        let mut drive = Drive::new(DIARY, width, height);
        drive.sees("2 days, 0 papers").keys("L").sees("2 天，0 篇论文");
    }
}
