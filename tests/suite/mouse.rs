//! The mouse: dragging dividers between panes, and clicking rows of overlays.

use chrono::DateTime;
use papers_tui::app::{Effect, Message, MouseKind};

use super::drive::Drive;

const LOG: &str = "# todo\n\n- [ ] Elk\n- [ ] birds\n  - [ ] Owl\n\n# 2031.5\n\n## 2031.5.20\n\n《Gnu: A Model》\n\nlike Yak, see \
    [1234]\n\n## 2031.5.19\n\n《Yak》\n\nwords\n\n# 2031.4\n\n## 2031.4.20\n\n《Emu》\n\nfar\n";

fn drive(width: u16, height: u16) -> Drive {
    let mut drive = Drive::new(LOG, width, height);
    drive.send(Message::Time(DateTime::parse_from_rfc3339("2031-05-20T10:00:00+00:00").unwrap()));
    drive.send(Message::Reviews(Box::default()));
    drive
}

/// The columns of the dividers.
fn dividers(drive: &Drive) -> Vec<usize> {
    let screen = drive.screen();
    let rule: Vec<char> = screen.lines().nth(1).unwrap().chars().collect();
    (0..rule.len()).filter(|&column| rule[column] == '┬').collect()
}

fn drag(drive: &mut Drive, from: u16, to: u16) {
    drive.send(Message::Mouse { at: (from, 10), kind: MouseKind::Press });
    drive.send(Message::Mouse { at: ((from + to) / 2, 12), kind: MouseKind::Drag });
    drive.send(Message::Mouse { at: (to, 12), kind: MouseKind::Drag });
}

#[test]
fn dividers_can_be_dragged() {
    let mut drive = drive(140, 42);
    assert_eq!(dividers(&drive), [35, 101]);
    drag(&mut drive, 35, 50);
    assert_eq!(dividers(&drive), [50, 101]);
    drag(&mut drive, 101, 90);
    assert_eq!(dividers(&drive), [50, 90]);
    // Every pane keeps some room, and the divider follows the mouse back.
    drag(&mut drive, 50, 2);
    assert_eq!(dividers(&drive), [24, 90]);
    drive.send(Message::Mouse { at: (30, 12), kind: MouseKind::Drag });
    assert_eq!(dividers(&drive), [30, 90]);
    // Keys continue from there, and the width is saved.
    drive.keys("1<c-right>");
    assert_eq!(dividers(&drive), [32, 90]);
    assert!(serde_json::to_string(&drive.app.session()).unwrap().contains("\"pending\":49"));
}

#[test]
fn dragging_elsewhere_moves_nothing() {
    let mut drive = drive(80, 24);
    assert_eq!(dividers(&drive), [28]);
    drag(&mut drive, 28, 40);
    assert_eq!(dividers(&drive), [40]);
    drag(&mut drive, 10, 60);
    assert_eq!(dividers(&drive), [40]);
    // An overlay that opens ends the drag; narrow screens have no dividers.
    drive.send(Message::Mouse { at: (40, 12), kind: MouseKind::Press }).keys("?");
    drive.send(Message::Mouse { at: (60, 12), kind: MouseKind::Drag }).keys("q");
    assert_eq!(dividers(&drive), [40]);
    let mut narrow = self::drive(60, 20);
    drag(&mut narrow, 20, 30);
    narrow.sees("1 Timeline");
}

#[test]
fn rows_of_overlays_can_be_clicked() {
    // The first click selects a row unless it is selected already; the next one accepts it.
    for (keys, row, clicks, seen) in [
        ("s", "2031.4.20 │", 2, "━ Emu ━"),
        ("<c-f>far", "   far", 1, "━ Emu ━"),
        (":calend", "the calendar", 1, "─ Calendar ─"),
        ("t", "nord", 2, "━ Timeline ━"),
        ("W", "Owl", 2, "━ Pending ━"),
        ("3jx", "this and its 1 sub-item", 2, "☑ Owl"),
    ] {
        let mut drive = drive(140, 42);
        drive.app.themes.names = ["auto", "nord"].map(str::to_owned).to_vec();
        drive.keys(keys);
        (0..clicks).for_each(|_| _ = drive.click(row, 3));
        assert!(drive.screen().contains(seen), "{keys}:\n{}", drive.screen());
        assert_eq!(drive.app.overlays.len(), usize::from(keys == ":calend"), "{keys}:\n{}", drive.screen());
    }
}

/// A click beside a prompt closes it, unless text would be lost.
#[test]
fn a_click_beside_a_prompt_keeps_the_text() {
    for size in [(140, 42), (80, 24), (44, 18)] {
        for (keys, title) in [("N", "New entry"), ("3a", "Add an item"), ("3E", "reword"), ("2/", "Search the summary")]
        {
            let mut drive = drive(size.0, size.1);
            drive.keys(keys);
            assert_eq!(drive.app.overlays.len(), 1, "{title}");
            drive.send(Message::Mouse { at: (0, 0), kind: MouseKind::Press });
            assert!(drive.app.overlays.is_empty(), "{}", drive.screen());
            drive.keys(keys).keys("Emu").send(Message::Mouse { at: (0, 0), kind: MouseKind::Press });
            drive.sees("Emu").sees("You have unsaved input").keys("<esc>");
            assert!(drive.app.overlays.is_empty() && drive.disk == LOG, "{}", drive.screen());
        }
    }
}

/// The counts above the panes lead to what they count.
#[test]
fn the_counts_in_the_header_can_be_clicked() {
    for (size, text, seen) in [
        ((140, 42), "new to review", " Review "),
        ((80, 24), "new to review", " Review "),
        ((44, 18), "new to review", " Review "),
        ((140, 42), "pending", "━ Pending ━"),
        ((80, 24), "pending", "━ Pending ━"),
        ((80, 24), "3 papers", "━ Timeline ━"),
        ((140, 42), "3 days", "─ Calendar ─"),
    ] {
        let mut drive = drive(size.0, size.1);
        drive.keys("2").click(text, 1);
        assert!(drive.screen().contains(seen), "{text} at {size:?}:\n{}", drive.screen());
    }
    let mut drive = drive(140, 42);
    drive.click(" · ", 1).sees("━ Timeline ━").keys("3x").click("saved", 1).sees("─ Changes");
    let mut drive = self::drive(140, 42);
    drive.click("log.md", 1);
    assert_eq!(drive.effects.last(), Some(&Effect::ListLogs));
}

#[test]
fn a_click_in_the_week_opens_a_paper_and_a_click_beside_closes_it() {
    let mut drive = drive(140, 42);
    drive.keys("w").sees("Read").click("• Yak", 3).sees("━ Yak ━").sees_not("The week");
    drive.keys("w").click("Read", 0).sees("The week");
    drive.send(Message::Mouse { at: (0, 0), kind: MouseKind::Press }).sees_not("The week");
    drive.keys("?").click("In the summary", 0).sees("In the summary");
    drive.send(Message::Mouse { at: (0, 41), kind: MouseKind::Press }).sees_not("In the summary");
}
