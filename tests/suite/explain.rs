//! The explanation of how a log was read: by `check --explain` and in the panes.

use papers_tui::log::explain::Account;
use papers_tui::log::{Log, Source, parse};
use serde_json::{Value, json};

use super::cli::program;
use super::drive::Drive;
use super::export::conforms;
use super::forms::FIXTURES;

/// Headings with a day but no year; the last one is not a date.
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

/// Papers by topic, without dates.
pub const TOPICS: &str = "\
# Birds and beasts

## Birds

- A Survey of Emus https://arxiv.org/abs/3101.00001
- Owls Are All You Need https://arxiv.org/abs/3101.00002

## Beasts of burden

- Deep Yak Networks https://arxiv.org/abs/3101.00003
- On the Gait of Gnus https://arxiv.org/abs/3101.00004
";

/// A diary: days with text but no papers.
const DIARY: &str = "\
## 2031.5.17

rain, and nothing read

## 2031.5.16

sun, and nothing read either
";

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// The standard output of `check` with these arguments.
fn said(log: &str, arguments: &[&str]) -> String {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("log.md");
    std::fs::write(&path, log).unwrap();
    super::of_long_ago(&path);
    let output = program(dir.path()).args(["check", "--log", "log.md"]).args(arguments).output().unwrap();
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
fn explain_lists_forms_shares_and_guesses_of_each_file() {
    let text = said(YEARLESS, &["--explain"]);
    says(
        &text,
        &[
            "dates     headings (5, in chronological order)",
            "titles    list items (6 matches, score ",
            "found     6 entries; 4 days, 4 with entries",
        ],
    );
    says(&text, &["% entries", "4 dates have no year, the first on line 3", "“13 ?” on line 20 cannot be read"]);
    let text = said(TOPICS, &["--explain", "--lang", "zh"]);
    says(&text, &["日期      无：论文按章节列出", "论文标题  列表项（4 处匹配，得分 ", "4 个条目"]);
    let text = said(DIARY, &["--explain"]);
    says(&text, &["titles    none", "0 entries; 2 days, 0 with entries", "% notes"]);
}

/// Not all list items of this log look like titles.
#[test]
fn matches_of_a_form_and_entries_are_told_apart() {
    let log = format!("{TOPICS}\n## Notes\n\n- ok\n- and then we went home\n- nothing else\n");
    let text = said(&log, &["--explain"]);
    says(&text, &["titles    list items (7 matches, score ", "found     6 entries", "probably is not"]);
    let mut drive = Drive::new(&log, 140, 42);
    drive.keys("Tggjjjj<enter>").sees("6 entries");
}

#[test]
fn explain_as_json_has_the_same_content() {
    let json: Value = serde_json::from_str(&said(YEARLESS, &["--explain", "--json"])).unwrap();
    let file = &json["files"][0];
    assert_eq!(file["forms"]["dates"], json!([{ "form": "heading", "found": 5, "in_order": 1.0 }]));
    assert_eq!(file["forms"]["titles"][0]["form"], json!("list-item"));
    assert_eq!((&file["days"], &file["papers"], &file["dates_with_papers"]), (&json!(4), &json!(6), &json!(4)));
    let guesses: Vec<&Value> = file["guesses"].as_array().unwrap().iter().map(|guess| &guess["code"]).collect();
    assert_eq!(guesses, ["unread-date", "unknown-year"]);
    assert_eq!(json["findings"][0]["code"], json!("unknown-year"));
}

#[test]
fn the_json_of_explain_matches_its_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../assets/explain.schema.json")).unwrap();
    let texts = ["", YEARLESS, TOPICS, DIARY, "## 5/6/2031\n\n- 2031.5.6\n- 2031.5.7\n\n## 7/6/2031\n\nx\n"];
    for text in texts.into_iter().chain(FIXTURES.iter().map(|fixture| fixture.text)) {
        conforms(&schema, &serde_json::from_str(&said(text, &["--explain", "--json"])).unwrap(), "$");
    }
}

#[test]
fn explain_accounts_for_every_byte() {
    for text in ["", "x", "---\ntitle: Birds\n---\n\n# Birds\n", YEARLESS, TOPICS, DIARY] {
        let bytes = Account::of(&read(text), 0).bytes;
        let all = bytes.entries + bytes.notes + bytes.pending + bytes.front + bytes.dates + bytes.rest;
        assert_eq!(all, text.len(), "{bytes:?} of\n{text}");
    }
}

#[test]
fn a_heading_that_resembles_a_date_is_reported_and_kept_in_order() {
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
fn months_without_a_year_keep_the_order_of_the_log() {
    let mut drive = Drive::new(YEARLESS, 140, 42);
    drive.sees("Birds · 6 papers · 4 days").sees("28 A Survey of Emus").sees("read 11.28");
    let screen = drive.screen();
    assert!(screen.find("▾ November").unwrap() < screen.find("▾ December").unwrap(), "{screen}");
    drive.keys("L").sees("11月");
}

#[test]
fn unrecognized_text_is_reported_on_the_first_screen() {
    for (width, height) in [(140, 42), (80, 24)] {
        let mut drive = Drive::new(DIARY, width, height);
        drive.sees("2 days, 0 entries").keys("L").sees("2 个日期、0 个条目");
    }
}

/// A pending list made in the panes does not change how the rest is read.
#[test]
fn a_pending_list_does_not_affect_the_recognized_forms() {
    let boxes = "\
# Notes

## Birds

some words

* [ ] Vision
  * [ ] A Survey of Emus and Their Options
  * [ ] Owls in the Wild: A Benchmark

## Beasts

* [x] Deep Yak Networks for Mountain Roads
* [ ] On the Gait of Gnus
";
    for text in [boxes, TOPICS] {
        let titles = |log: &Log| log.entries.iter().map(|entry| entry.title.to_string()).collect::<Vec<_>>();
        let (before, after) = (read(text), read(&format!("{text}\n# pending list\n\n- [ ] Elk\n")));
        assert_eq!(titles(&before), titles(&after));
        let score = |log: &Log| log.files[0].reading.titles.forms.first().map(|form| form.score);
        assert_eq!(score(&before), score(&after), "{text}");
    }
}

#[test]
fn a_log_opened_for_the_first_time_is_introduced() {
    for (text, wide, narrow) in [
        (
            TOPICS,
            "No dates found: papers are listed by section; press R to see how",
            "No dates; listed by section; R for more",
        ),
        (
            YEARLESS,
            "4 dates without a year: months are in file order; press R to see how",
            "4 dates without a year; R for more",
        ),
        (DIARY, "found 2 days, 0 entries; press T and point at a title", "Press T and point at a title"),
    ] {
        for (size, wanted) in [((100, 30), wide), ((48, 18), narrow)] {
            let mut drive = Drive::new(text, size.0, size.1);
            drive.app.introduce();
            drive.sees(wanted).keys("j").sees_not(wanted);
        }
    }
    let mut usual = Drive::new("## 2031.5.17\n\n《Gnu》\n\nx\n", 80, 24);
    usual.app.introduce();
    usual.sees("j down");
}

#[test]
fn a_key_shows_how_the_log_was_read() {
    let mut drive = Drive::new(YEARLESS, 100, 30);
    drive
        .keys("R")
        .sees("How the log was read")
        .sees("dates     headings (5, in chronological order)")
        .sees("titles    list items (6 matches, score");
    drive.sees("guess     4 dates have no year").keys("q").sees_not("How the log was read");
    drive.keys("LR").sees("日志是怎样识别的").sees("论文标题  列表项（6 处匹配");
}

#[test]
fn an_empty_log_says_what_to_do_at_every_size() {
    for (width, height) in [(140, 42), (80, 24), (44, 18)] {
        let mut drive = Drive::new("", width, height);
        drive
            .sees("This log has no papers yet")
            .sees("Press N to write the first entry")
            .keys("L")
            .sees("按 N 输入标题");
    }
}

#[test]
fn years_and_months_taken_from_elsewhere_are_reported() {
    let above = "# 2031.5\n\n## 5.17\n\n《a》\n\nx\n\n## 5.16\n\n《b》\n\nx\n";
    says(&said(above, &["--explain"]), &["2 dates take their year from a heading above"]);
    let around = "## 2031.12.30\n\n《a》\n\nx\n\n## 12.29\n\n《b》\n\nx\n";
    says(&said(around, &["--explain"]), &["1 date takes its year from dates nearby"]);
    let order = "## 5/6/2031\n\n《a》\n\nx\n\n## 7/6/2031\n\n《b》\n\nx\n";
    says(
        &said(order, &["--explain"]),
        &["assuming the day comes before the month, because then the dates are in order"],
    );
    let ordered = "## 25/6/2031\n\n《a》\n\nx\n\n## 7/6/2031\n\n《b》\n\nx\n";
    assert!(!said(ordered, &["--explain"]).contains("comes before"));
}
