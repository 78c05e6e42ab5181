//! Reviews in the real program, in a terminal and when it is killed.

use std::path::Path;

use serde_json::Value;

use super::terminal::{Run, dir};

fn grades(folder: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join(".papers-tui/reviews.json")).unwrap_or_default();
    let document: Value = serde_json::from_str(&text).unwrap_or_default();
    let history = document["history"].as_array().cloned().unwrap_or_default();
    history.iter().map(|line| line["grade"].as_str().unwrap_or_default().to_owned()).collect()
}

/// A grade confirmed on the screen is on the disk, whatever happens next.
#[test]
fn a_confirmed_grade_survives_a_kill() {
    let dir = dir();
    let log = std::fs::read(dir.path().join("log.md")).unwrap();
    let mut run = Run::papers(&["review", "--log", "log.md"], dir.path());
    run.sees("1 to go").sees("Space next").types("\r").sees("3 good");
    assert_eq!(grades(dir.path()), [""; 0], "before the first grade");
    run.types("3").sees("· saved").kill();
    assert_eq!(grades(dir.path()), ["good"]);
    let mut run = Run::papers(&["review", "--log", "log.md"], dir.path());
    run.sees("0 to go").sees("Esc leave").types("\x1b").sees("Pending").types("q");
    assert_eq!(run.ends(), 0);
    run.is_restored();
    assert_eq!(std::fs::read(dir.path().join("log.md")).unwrap(), log, "a review never touches the log");
}
