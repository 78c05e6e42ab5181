//! Keys: rebinding, and where they are shown: hints, help and palette.

use papers_tui::app::keys::action::Action;
use papers_tui::app::keys::bindings::BINDINGS;
use papers_tui::app::keys::keymap::Keymap;
use papers_tui::app::keys::keymap::Rebinding;
use papers_tui::app::screen::layout::Size;
use papers_tui::app::{App, Message};
use papers_tui::log::{Source, parse};

use super::drive::{Drive, same};

const LOG: &str = "# todo\n\n- [ ] Elk\n- [ ] Owl\n\n## 2031.5.17\n\n《Gnu: A Model》\n\n正文\n\n《Yak》\n\nTBD\n";

/// The program with these bindings: context, action, keys.
fn with(rebindings: &[(&str, Action, &[&str])]) -> Drive {
    let rebinding = |&(places, action, keys): &(&str, Action, &[&str])| Rebinding {
        line: BINDINGS.iter().position(|line| (line.places(), line.action) == (places, action)).unwrap(),
        keys: keys.iter().map(|keys| keys.parse().unwrap()).collect(),
    };
    let rebindings: Vec<Rebinding> = rebindings.iter().map(rebinding).collect();
    let mut drive = Drive::new(LOG, 140, 42);
    drive.app.keymap = Keymap::with(&rebindings).0;
    drive
}

#[test]
fn a_rebound_key_works_and_is_shown_everywhere() {
    let mut drive = with(&[("panes", Action::Find, &["F2", "Ctrl-P"])]);
    drive
        .sees("F2 find")
        .keys("s")
        .sees_not("Find a paper")
        .keys("<c-p>")
        .sees("Find a paper")
        .sees("Gnu: A Model")
        .keys("<esc>");
    drive.keys("?").sees("F2  Ctrl-P").keys("<esc>");
    drive.keys(":words in its title").sees("F2  Ctrl-P");
}

#[test]
fn help_opens_at_the_current_context_and_can_be_filtered() {
    for size in [(80, 24), (140, 42)] {
        let mut drive = Drive::new(LOG, size.0, size.1);
        drive.keys("3?").sees("In the pending list");
        drive.keys("/delete").sees("delete the item and its sub-items").sees_not("half a page").sees("Show lines with");
        drive.keys("<enter>").sees("delete the item").keys("/zzz").sees("No matching line").keys("<esc>");
        drive.sees("In the pending list").sees("tick or untick").keys("<esc>").sees_not("In the pending list");
        drive.keys("2?").sees("In the summary").sees_not("In the pending list").keys("<esc>1?").sees("In the timeline");
        drive.keys("<esc>L3?/删除").sees("删除此项及其子项").sees_not("下翻半页");
    }
}

/// Help finds commands by the same words as the palette.
#[test]
fn help_can_be_searched_by_synonyms() {
    for (word, english, chinese) in [
        ("write", "write a new entry", "新建条目"),
        ("color", "choose a theme", "配色主题"),
        ("anki", "review what is due", "复习到期的论文"),
        ("剪贴板", "copy the title", "复制标题"),
        ("删掉", "delete the item and its sub-items", "删除此项及其子项"),
        ("undo", "undo the last change", "撤销上一次修改"),
    ] {
        for (language, wanted) in [("", english), ("L", chinese)] {
            let mut drive = Drive::new(LOG, 80, 24);
            drive.keys(language).keys(&format!("1?/{word}")).sees(wanted).sees_not("half a page").sees_not("下翻半页");
            drive.keys("<esc><esc>").keys(&format!("1:{word}")).sees(wanted);
        }
    }
}

#[test]
fn the_main_keys_are_among_the_hints() {
    for size in [(80, 24), (100, 24), (140, 42)] {
        let mut drive = Drive::new(LOG, size.0, size.1);
        drive.keys("1").sees("s find").sees("N new").sees("v review").sees("? help");
        drive.keys("2").sees("s find").sees("v review").sees("? help").keys("3").sees("Space tick").sees("? help");
        drive.keys("L<esc>1").sees("s 查找").sees("N 新建").sees("v 复习").sees("? 帮助");
    }
    // The palette shows the keys of a command.
    let mut drive = Drive::new(LOG, 80, 24);
    drive.keys("1:new entry").sees("N  Ctrl-N").keys("<esc>2:new entry").sees("Ctrl-N").sees_not("N  Ctrl-N");
    drive.keys("<esc>3<enter>").sees("press Space to tick it");
}

#[test]
fn the_to_do_list_hints_that_enter_goes_to_the_item() {
    let mut drive = Drive::new(LOG, 80, 24);
    drive.keys("W").sees("↵ go to it");
}

#[test]
fn the_help_keeps_its_columns_and_explains_the_marks() {
    let mut drive = Drive::new(LOG, 80, 24);
    drive.keys("?/alt-←").sees("Ctrl-O  Backspace  Alt-←  go back");
    let mut drive = Drive::new(LOG, 80, 24);
    drive.keys("?G").sees("Marks in the timeline").sees("draft: its summary is not written yet");
}

#[test]
fn the_palette_lists_commands_of_the_current_pane_first() {
    for word in ["delete", "remove", "del", "删除", "移除"] {
        for language in ["", "L"] {
            let mut drive = Drive::new(LOG, 80, 24);
            let wanted =
                if language.is_empty() { "delete the item and its sub-items" } else { "删除此项及其子项" };
            drive.keys(language).keys(&format!("3:{word}")).sees(wanted);
        }
    }
    let mut drive = Drive::new(LOG, 80, 24);
    drive.keys("3:").sees("tick or untick the item").sees("add an item after this one").sees_not("half a page");
    let screen = drive.keys("<esc>2:").sees("copy the title").sees_not("half a page").screen();
    let row = |text: &str| screen.lines().position(|line| line.contains(text));
    assert!(row("copy the title") < row("add an item after"), "{screen}");
}

#[test]
fn an_incomplete_key_sequence_is_shown() {
    let mut drive = with(&[("reading", Action::MoveToTop, &["g g"]), ("panes", Action::Quit, &["g q"])]);
    drive.keys("J").sees("━ Timeline ━").keys("g").sees("g…").keys("g").sees_not("g…");
    assert_eq!(drive.app.timeline.cursor, 0);
    drive.keys("gx").sees_not("g…").keys("g<esc>").sees_not("g…").sees_not("does nothing").keys("q");
    assert_eq!(drive.effects, []);
    drive.keys("gq");
    assert_eq!(drive.effects, [papers_tui::app::Effect::Quit]);
}

#[test]
fn a_count_waits_for_a_sequence() {
    let mut drive = with(&[("reading", Action::Move(1), &["z j"])]);
    let before = drive.app.timeline.cursor;
    drive.keys("4z").sees("4 z…").keys("j").sees_not("4 z…");
    assert_eq!(drive.app.timeline.cursor, (before + 4).min(drive.app.timeline.rows.len() - 1));
}

#[test]
fn a_command_without_a_key_can_be_bound() {
    let mut drive = with(&[("panes", Action::GoToRandom, &["Alt-r"])]);
    drive.sees("Gnu: A Model").keys("<a-r>").sees("still to be written");
}

#[test]
fn a_key_that_does_nothing_here_says_so() {
    let mut drive = Drive::new(LOG, 100, 30);
    drive.keys("1X").sees("X works in Pending (press 3)").keys("3").sees_not("works in");
    drive.keys("1x").sees("x works in Summary (press 2) and Pending (press 3)");
    drive.keys("Q").sees("Q does nothing here; press ? for the keys").keys("cQ").sees_not("does nothing");
    let mut drive = with(&[("reading", Action::MoveToTop, &["g g"])]);
    drive.keys("gx").sees("g x does nothing here");
    assert_eq!(drive.disk, LOG);
}

#[test]
fn hints_omit_keys_that_do_nothing() {
    let mut drive = Drive::new(LOG, 140, 30);
    drive.sees_not("undo").sees_not("figures").keys("3x").sees("U undo").keys("U<esc>").sees_not("U undo");
    Drive::new(&LOG.replace("正文", "![a](pic/a.png)"), 140, 30).sees("i figures");
}

#[test]
fn a_long_error_drops_the_folder() {
    let path = format!("/home/{}/log.md", "reader/".repeat(12));
    let log = parse::parse([Source { name: path.clone(), text: LOG.into() }]);
    let mut drive = Drive::new(LOG, 80, 24);
    drive.app = App::new(log, Size { width: 80, height: 24 }, None);
    drive.send(Message::Failed(same(format!("{path}: the file is read-only; “chmod u+w” allows it"))));
    drive.sees("! log.md: the file is read-only; “chmod u+w” allows it");
}
