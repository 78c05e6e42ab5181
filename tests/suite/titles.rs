//! A title reads back as typed, or is refused with a reason.

use chrono::NaiveDate;
use papers_tui::log::edit::{Intent, NewEntry, Refusal, clean_title};
use papers_tui::log::{Source, parse};
use proptest::prelude::*;

use super::cli::program;

/// An empty log, and logs with titles in `《》`: plain, bold and numbered.
const LOGS: [&str; 4] = [
    "",
    "## 2031.5.17\n\n《Yak》\n\nx\n",
    "## 2031.5.17\n\n**《Yak》**\n\nx\n\n**《Elk》**\n\ny\n",
    "## 2031.5.17\n\n1. 《Yak》\n\nx\n",
];

/// The title of the written entry, or why it was refused.
fn written(log: &str, title: &str) -> Result<String, Refusal> {
    let title = clean_title(title)?;
    let date = NaiveDate::from_ymd_opt(2031, 5, 18).unwrap();
    let intent = Intent::LogEntry(NewEntry { title, date, body: "body".into(), under: None });
    let change = intent.apply_to_text(log)?.unwrap();
    let log = parse::parse([Source { name: String::new(), text: change.text.into() }]);
    let new = log.entries.iter().find(|entry| log.body(entry).trim() == "body").unwrap();
    Ok(new.title.to_string())
}

#[track_caller]
fn check(title: &str, wanted: &str) {
    for log in LOGS {
        assert_eq!(written(log, title).as_deref(), Ok(wanted), "{title} in {log:?}");
    }
}

#[test]
fn a_title_reads_back_as_typed() {
    for title in [
        "A*: search",
        "A*",
        "*emphasis* and `code`",
        "Notes on 《Emu》",
        "《Emu》 and 《Gnu》",
        "C:\\Emu and \\alpha\\",
        "a\\*b",
        "_x_ [y](z) <b> &amp; #1",
        "a》b《c",
        "- [ ] a",
        "$x_1$ | ~~y~~",
    ] {
        check(title, title);
    }
    check("《Emu》", "Emu");
    check("《On 《Emu》》", "On 《Emu》");
    check(" Emu:\n a\tmodel ", "Emu: a model");
    assert_eq!(written("", " \n"), Err(Refusal::Empty));
}

proptest! {
    #[test]
    fn random_titles_read_back_or_are_refused(
        title in "(Emu|owl|模型| |《|》|\\*|`|\\\\|_|#|:|：|-|\\[|\\]|\\(|<|>|&|!|1\\.|~){1,8}",
        log in prop::sample::select(LOGS.to_vec()),
    ) {
        match written(log, &title) {
            Ok(read) => {
                let plain = |text: &str| text.split_whitespace().collect::<String>();
                let typed = plain(&title);
                let inside = typed.strip_prefix('《').and_then(|text| text.strip_suffix('》'));
                prop_assert!(plain(&read) == typed || Some(plain(&read).as_str()) == inside, "{:?} {:?}", title, read);
            }
            Err(refusal) => prop_assert!(matches!(refusal, Refusal::Misread(_) | Refusal::Empty), "{:?}", refusal),
        }
    }
}

#[test]
fn the_command_says_why_a_title_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("log.md"), LOGS[1]).unwrap();
    let log = |title: &str| {
        let output = program(dir.path()).args(["log", "--date", "2031-05-18", title]).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(log("A*: search").0, Some(0));
    assert!(std::fs::read_to_string(dir.path().join("log.md")).unwrap().contains("《A\\*: search》"));
    let (status, said) = log(" ");
    assert!(status == Some(2) && said.contains("the text is empty"), "{said}");
}
