//! A key acts on what was on the screen when it was pressed, or is refused, even while others change the log; and
//! changes from the user's own editor are reported as the user's.

use chrono::DateTime;
use papers_tui::app::{Effect, Message, MouseKind};
use papers_tui::log::{Source, parse};

use super::drive::Drive;

const LOG: &str = "\
# pending list

- [ ] Elk
- [ ] Owl
- [ ] Fox
- [ ] group
  - [ ] Ape
- [ ] group
  - [ ] Bee

# 2031.5

## 2031.5.17

《Emu: A Model》

words

- [ ] try Emu

《Gnu: Another》

- [ ] try Gnu
";

fn drive() -> Drive {
    Drive::new(LOG, 120, 40)
}

/// The user's editor has saved another text.
fn edited(drive: &mut Drive, text: &str) {
    drive.disk = text.to_owned();
    let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
    drive.send(Message::Edited(Box::new(log)));
}

#[test]
fn no_item_is_selected_after_the_selected_one_was_removed() {
    for key in ["x", "d", "m", "e", "a", "A", "E", ">"] {
        let mut drive = drive();
        drive.keys("3j").outside("- [ ] Owl\n", "");
        let before = drive.disk.clone();
        drive.keys(key);
        assert_eq!(drive.disk, before, "{key}");
        assert!(drive.effects.iter().all(|effect| !format!("{effect:?}").contains("Edit")), "{key}");
    }
    drive().keys("3j").outside("- [ ] Owl\n", "").keys("x").sees("“Owl” is gone");
    // A resize does not select anything; moving does.
    let mut moved = drive();
    moved.keys("3j").outside("- [ ] Owl\n", "");
    moved.send(Message::Resized(papers_tui::app::screen::layout::Size { width: 100, height: 30 })).keys("jx");
    assert!(moved.disk.contains("[x] Fox"), "{}", moved.disk);
    let mut up = drive();
    up.keys("3j").outside("- [ ] Owl\n", "").keys("kx");
    assert!(up.disk.contains("[x] Elk"), "{}", up.disk);
}

#[test]
fn an_item_hidden_by_a_filter_cannot_be_changed() {
    let mut drive = drive();
    drive.keys("3Oj").sees_not("☑").outside("[ ] Owl", "[x] Owl").sees_not("Owl");
    let before = drive.disk.clone();
    drive.keys("x").sees("“Owl” is gone");
    assert_eq!(drive.disk, before);
}

#[test]
fn swapped_items_keep_their_children() {
    let swapped = (
        "- [ ] group\n  - [ ] Ape\n- [ ] group\n  - [ ] Bee\n",
        "- [ ] group\n  - [ ] Bee\n- [ ] group\n  - [ ] Ape\n",
    );
    // The swap is drawn before the key.
    let mut seen = drive();
    seen.keys("3jjj").outside(swapped.0, swapped.1).keys("x<enter>");
    assert!(seen.disk.contains("- [ ] group\n  - [ ] Bee\n- [x] group\n  - [ ] Ape\n"), "{}", seen.disk);
    // The swap follows the key, before the save.
    let mut late = drive();
    late.keys("3jjj").hold().keys("x<enter>");
    late.disk = late.disk.replace(swapped.0, swapped.1);
    late.release();
    assert!(late.disk.contains("- [ ] group\n  - [ ] Bee\n- [x] group\n  - [ ] Ape\n"), "{}", late.disk);
}

#[test]
fn identical_items_are_not_confused() {
    let mut drive = Drive::new("# todo\n\n- [ ] Elk\n\nwords\n\n- [ ] Elk\n", 100, 30);
    drive.keys("3j").outside("\nwords\n\n- [ ] Elk\n", "");
    let before = drive.disk.clone();
    drive.keys("x").sees("“Elk” is gone");
    assert_eq!(drive.disk, before);
}

#[test]
fn keys_do_not_act_on_undrawn_changes() {
    let mut drive = drive();
    let screen = drive.screen();
    let row = screen.lines().position(|line| line.contains("☐ Owl")).unwrap();
    let column = papers_tui::text::width(screen.lines().nth(row).unwrap().split("☐ Owl").next().unwrap());
    let at = (u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
    drive.outside_unseen("- [ ] Elk\n", "");
    let before = drive.disk.clone();
    drive.send(Message::Mouse { at, kind: MouseKind::Press }).sees("has just changed the log");
    drive.keys("3jx");
    assert_eq!(drive.disk, before);
    drive.app.drawn();
    drive.keys("x");
    assert_ne!(drive.disk, before);
}

#[test]
fn reviews_of_an_undrawn_paper_are_not_suspended_or_graded() {
    let time = DateTime::parse_from_rfc3339("2031-06-01T10:00:00+08:00").unwrap();
    let removed = "《Emu: A Model》\n\nwords\n\n- [ ] try Emu\n\n";
    let drive = || {
        let mut drive = drive();
        drive.send(Message::Time(time)).send(Message::Reviews(Box::default()));
        drive
    };
    let sent = |drive: &Drive| drive.effects.iter().any(|effect| matches!(effect, Effect::Review { .. }));
    let mut suspends = drive();
    suspends.keys("2").outside_unseen(removed, "").keys("@").sees("has just changed the log");
    assert!(!sent(&suspends));
    // The neighbour is on the screen now, but the first key only says what happened.
    suspends.app.drawn();
    suspends.keys("@").sees("“Emu” is gone");
    assert!(!sent(&suspends));
    suspends.keys("@").sees("Gnu is no longer reviewed");
    // In a review, the next paper has come up.
    let mut grades = drive();
    grades.keys("v").sees("2 to go").keys("f").outside_unseen("《Gnu: Another》", "《Rhea》");
    grades.outside_unseen(removed, "").keys("3").sees("has just changed the log");
    assert!(!sent(&grades));
}

#[test]
fn keys_do_not_act_on_the_neighbour_of_a_removed_paper() {
    let mut drive = drive();
    drive.keys("2").outside("《Emu: A Model》\n\nwords\n\n- [ ] try Emu\n\n", "");
    let before = drive.disk.clone();
    drive.keys("x").sees("“Emu” is gone");
    assert_eq!(drive.disk, before);
    // The message comes once; the next key acts on what is now on the screen.
    drive.keys("x");
    assert!(drive.disk.contains("[x] try Gnu"));
}

#[test]
fn a_redone_tick_that_adds_a_checkbox_moves_what_is_below() {
    let text = "# pending list\n\n- [ ] a\n\n## 2031.5.17\n\n《Emu》\n\nwords\n\n- [ ] try it\n";
    let mut drive = Drive::new(text, 140, 42);
    drive.keys("3xU").outside("- [ ] a", "- a").keys("<c-r>").sees("Redone: tick “a”").sees("☑ a");
    drive.keys("2x").sees("☑ try it");
    assert_eq!(drive.disk, text.replace("[ ]", "[x]"));
}

#[test]
fn changes_from_the_users_editor_are_reported_as_such() {
    let mut drive = drive();
    edited(&mut drive, &LOG.replace("words\n", "one\ntwo\n\nthree\n"));
    drive.sees("Wrote Emu, 3 lines").sees_not("Changed by another program");
    edited(&mut drive, LOG);
    drive.sees("Wrote Emu, 1 line");
    let fewer = LOG.replace("words\n", "");
    edited(&mut drive, &fewer);
    drive.sees("Edited Emu");
    edited(&mut drive, &format!("{fewer}\n《Owl》\n\nx\n\n《Yak》\n\ny\n"));
    drive.sees("Wrote 2 lines in 2 papers");
    let mut items = self::drive();
    edited(&mut items, &LOG.replace("- [ ] Owl\n", "- [ ] Owl\n- [ ] Hen\n"));
    items.sees("Wrote 1 line");
    let mut chinese = self::drive();
    chinese.app.language = papers_tui::words::Language::Chinese;
    edited(&mut chinese, &LOG.replace("words\n", "one\ntwo\n"));
    chinese.sees("已在 Emu 中写入 2 行");
}

#[test]
fn undo_says_if_the_editor_changed_the_lines() {
    let mut drive = drive();
    drive.keys("3jErenamed<enter>");
    let text = drive.disk.replace("Owlrenamed", "rewritten");
    assert_ne!(text, drive.disk);
    edited(&mut drive, &text);
    drive.keys("U").sees("you have since edited the lines of this change").sees_not("Changed by another program");
    assert_eq!(drive.disk, text);
}

/// The change is not saved yet when the editor's text arrives.
#[test]
fn a_change_being_saved_survives_the_editor() {
    let mut drive = drive();
    drive.hold().keys("3jErenamed<enter>").sees("Owlrenamed");
    let text = drive.disk.replace("words\n", "one\ntwo\n");
    edited(&mut drive, &text);
    drive
        .sees("Wrote Emu, 2 lines")
        .sees("Owlrenamed")
        .release()
        .sees("Owlrenamed")
        .sees_not("Changed by another program");
    assert!(drive.disk.contains("Owlrenamed") && drive.disk.contains("one\ntwo\n"), "{}", drive.disk);
}
