//! A real log of several years, named by `PAPERS_TUI_REAL_LOG`. The expected numbers were counted by hand.

use papers_tui::app::keys::key::{Code, KeyPress};
use papers_tui::log::links::Links;
use papers_tui::log::{EntryKind, Log, SectionKind, Source, parse};

use super::drive::Drive;

/// The log's text, or `None` with a message.
fn text() -> Option<String> {
    let Some(path) = std::env::var_os("PAPERS_TUI_REAL_LOG") else {
        println!("skipped: PAPERS_TUI_REAL_LOG names no log");
        return None;
    };
    Some(std::fs::read_to_string(path).unwrap())
}

/// The log, or `None` with a message.
pub fn log() -> Option<Log> {
    Some(parse::parse([Source { name: "README.md".into(), text: text()?.into() }]))
}

#[test]
fn the_real_log_is_fully_recognized() {
    let Some(log) = log() else { return };
    let of = |kind| log.entries.iter().filter(move |entry| entry.kind == kind);
    let lines = |kind| of(kind).map(|entry| entry.line()).collect::<Vec<_>>();
    assert_eq!(log.entries.len(), 183);
    assert_eq!(of(EntryKind::Paper).count(), 180);
    assert_eq!(lines(EntryKind::Note), [3036, 3073]);
    assert_eq!(lines(EntryKind::Draft), [2942]);
    assert_eq!(log.sections.iter().filter(|section| matches!(section.kind, SectionKind::Day(_))).count(), 117);
    let bare = log.entries.iter().filter(|entry| !log.files[0].line(entry.line()).contains('《'));
    assert_eq!(bare.count(), 9);
    assert!(log.entries.iter().filter(|entry| entry.short_name().is_some()).count() >= 124);
    assert_eq!(log.entries.iter().filter(|entry| entry.published.is_some()).count(), 165);
    assert_eq!(log.entries.iter().map(|entry| entry.references.len()).sum::<usize>(), 8);
    assert!(log.entries.iter().all(|entry| !entry.title.contains(['*', '《', '》']) && !entry.title.is_empty()));
}

#[test]
fn tasks_of_the_real_log_are_nested() {
    let Some(log) = log() else { return };
    let depth = |depth| log.tasks.iter().filter(|task| task.depth == depth && task.pending && task.is_open()).count();
    assert_eq!((log.tasks.len(), depth(1), depth(2)), (19, 8, 11));
}

#[test]
fn figures_of_the_real_log_have_path_size_and_caption() {
    let Some(log) = log() else { return };
    let figures: Vec<_> = log.entries.iter().flat_map(|entry| log.figures_of(entry)).collect();
    assert_eq!(figures.len(), 262);
    assert_eq!(figures.iter().filter(|figure| figure.malformed).count(), 11);
    assert!(figures.iter().all(|figure| !figure.path.is_empty()));
    // Eight tags have no size.
    assert_eq!(figures.iter().filter(|figure| figure.width.is_some()).count(), 254);
    // 193 are below a short paragraph with a colon, 28 below one without.
    assert_eq!(figures.iter().filter(|figure| figure.caption.is_some()).count(), 221);
}

#[test]
fn every_task_of_the_real_log_is_ticked_by_one_byte() {
    let Some(text) = text() else { return };
    let mut drive = Drive::new(&text, 140, 42);
    drive.keys("3");
    for index in 0..19 {
        let mark = drive.app.log.tasks[index].mark;
        assert_eq!(drive.app.checklist.cursor, Some(index));
        tick_this_alone(&mut drive);
        let differing: Vec<usize> =
            (0..text.len()).filter(|&at| text.as_bytes()[at] != drive.disk.as_bytes()[at]).collect();
        assert_eq!(differing, [mark]);
        tick_this_alone(&mut drive);
        assert!(drive.disk == text);
        drive.keys("j");
    }
}

/// Ticks the selected item; a group first asks about its items.
fn tick_this_alone(drive: &mut Drive) {
    drive.keys("x");
    if !drive.app.overlays.is_empty() {
        drive.sees("only this item").keys("<enter>");
    }
}

/// Every letter and digit of the file is shown on some page, row or item, except those of headings, figures and list
/// numbers.
#[test]
fn every_text_of_the_real_log_is_shown() {
    let Some(text) = text() else { return };
    let mut drive = Drive::new(&text, 140, 42);
    let mut seen = String::new();
    let rows = drive.app.timeline.rows.len();
    drive.keys("3P1g");
    for _ in 0..rows {
        let entry = drive.app.timeline.entry().map(|entry| drive.app.log.entries[entry].title.to_string());
        seen.extend(entry);
        seen.extend(drive.app.reader.lines.iter().map(papers_tui::app::page::flow::PageLine::text));
        drive.send(papers_tui::app::Message::Key(KeyPress::plain(Code::Down)));
    }
    seen.extend(drive.app.checklist.rows.iter().map(|row| row.line.text()));
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let seen = letters(&seen);
    let dates = |line: &str| line.starts_with('#');
    let mut missing = Vec::new();
    for line in text.lines().filter(|line| !line.contains("<img") && !line.contains("![") && !dates(line)) {
        let line = line.trim_start().trim_start_matches("- [ ]");
        let number = line.find(|c: char| !c.is_ascii_digit()).filter(|&end| line[end..].starts_with(". ")).unwrap_or(0);
        let wanted = letters(&line[number..]);
        if !seen.contains(&wanted) {
            missing.push(line.to_owned());
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// An entry whose body contains another's short name, in the same case and at word boundaries, mentions a paper of that
/// name.
#[test]
fn papers_of_the_real_log_mention_each_other() {
    let Some(log) = log() else { return };
    let links = Links::find(&log);
    let beside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let mut mentions = 0;
    for entry in &log.entries {
        let figures = entry.figures.iter().rev().map(|figure| figure.span.range());
        let mut body = log.body(entry).to_owned();
        figures
            .for_each(|span| body.replace_range(span.start - entry.body().start..span.end - entry.body().start, "▪"));
        for named in log.entries.iter().filter(|named| named.short_name() != entry.short_name()) {
            let Some(name) = named.short_name().filter(|name| name.len() > 1) else { continue };
            let is_alone =
                |at: usize| !beside(body[..at].chars().next_back()) && !beside(body[at + name.len()..].chars().next());
            if body.match_indices(name).any(|(at, _)| is_alone(at)) {
                let mut led_to = links.mentions(&entry.key).iter().filter_map(|key| log.find(key));
                assert!(
                    led_to.any(|at| log.entries[at].short_name() == named.short_name()),
                    "{name} in line {}",
                    entry.line()
                );
                mentions += 1;
            }
        }
    }
    assert_eq!(mentions, 87);
    let clip = log.entries.iter().find(|entry| entry.short_name() == Some("CLIP")).unwrap();
    // Ten papers, and one day's own text.
    assert_eq!((links.mentioned_by(&clip.key).len(), links.noted_in(&clip.key).len()), (10, 1));
}
