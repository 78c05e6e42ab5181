//! A key acts on what was on the screen when it was pressed, or is refused, even while others change the log; and what
//! the user's own editor saves is the user's.

use papers_tui::app::{Message, MouseKind};
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
fn where_an_item_went_away_the_cursor_is_on_nothing() {
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
fn an_item_that_a_filter_hides_is_gone_too() {
    let mut drive = drive();
    drive.keys("3Oj").sees_not("☑").outside("[ ] Owl", "[x] Owl").sees_not("Owl");
    let before = drive.disk.clone();
    drive.keys("x").sees("“Owl” is gone");
    assert_eq!(drive.disk, before);
}

#[test]
fn items_that_change_places_keep_what_is_below_them() {
    let swapped = (
        "- [ ] group\n  - [ ] Ape\n- [ ] group\n  - [ ] Bee\n",
        "- [ ] group\n  - [ ] Bee\n- [ ] group\n  - [ ] Ape\n",
    );
    // Seen before the key.
    let mut seen = drive();
    seen.keys("3jjj").outside(swapped.0, swapped.1).keys("x<enter>");
    assert!(seen.disk.contains("- [ ] group\n  - [ ] Bee\n- [x] group\n  - [ ] Ape\n"), "{}", seen.disk);
    // Not seen before the key.
    let mut late = drive();
    late.keys("3jjj").hold().keys("x<enter>");
    late.disk = late.disk.replace(swapped.0, swapped.1);
    late.release();
    assert!(late.disk.contains("- [ ] group\n  - [ ] Bee\n- [x] group\n  - [ ] Ape\n"), "{}", late.disk);
}

#[test]
fn one_of_two_that_are_the_same_is_not_taken_for_the_other() {
    let mut drive = Drive::new("# todo\n\n- [ ] Elk\n\nwords\n\n- [ ] Elk\n", 100, 30);
    drive.keys("3j").outside("\nwords\n\n- [ ] Elk\n", "");
    let before = drive.disk.clone();
    drive.keys("x").sees("“Elk” is gone");
    assert_eq!(drive.disk, before);
}

#[test]
fn what_was_not_drawn_yet_is_not_acted_on() {
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
fn a_paper_that_went_away_gives_its_keys_to_no_other() {
    let mut drive = drive();
    drive.keys("2").outside("《Emu: A Model》\n\nwords\n\n- [ ] try Emu\n\n", "");
    let before = drive.disk.clone();
    drive.keys("x").sees("“Emu” is gone");
    assert_eq!(drive.disk, before);
    // Said once; after that the user has seen the screen.
    drive.keys("x");
    assert!(drive.disk.contains("[x] try Gnu"));
}

#[test]
fn what_ones_own_editor_leaves_is_told_as_written() {
    let mut drive = drive();
    edited(&mut drive, &LOG.replace("words\n", "one\ntwo\n\nthree\n"));
    drive.sees("Wrote Emu, 3 lines").sees_not("outside");
    edited(&mut drive, LOG);
    drive.sees("Wrote Emu, 1 line");
    let fewer = LOG.replace("words\n", "");
    edited(&mut drive, &fewer);
    drive.sees("Edited Emu");
    edited(&mut drive, &format!("{fewer}\n《Owl》\n\nx\n\n《Yak》\n\ny\n"));
    drive.sees("Wrote in 2 papers, 2 lines");
    let mut items = self::drive();
    edited(&mut items, &LOG.replace("- [ ] Owl\n", "- [ ] Owl\n- [ ] Hen\n"));
    items.sees("Wrote 1 line");
    let mut chinese = self::drive();
    chinese.app.language = papers_tui::words::Language::Chinese;
    edited(&mut chinese, &LOG.replace("words\n", "one\ntwo\n"));
    chinese.sees("已写入 Emu，2 行");
}

#[test]
fn a_change_that_was_written_over_in_the_editor_says_so() {
    let mut drive = drive();
    drive.keys("3jErenamed<enter>");
    let text = drive.disk.replace("Owlrenamed", "rewritten");
    assert_ne!(text, drive.disk);
    edited(&mut drive, &text);
    drive.keys("U").sees("you have changed these lines in your editor").sees_not("outside");
    assert_eq!(drive.disk, text);
}

/// Keys continue while the editor's changes are being read.
#[test]
fn a_change_that_is_being_saved_outlives_what_the_editor_has_left() {
    let mut drive = drive();
    drive.hold().keys("3jErenamed<enter>").sees("Owlrenamed");
    let text = drive.disk.replace("words\n", "one\ntwo\n");
    edited(&mut drive, &text);
    drive.sees("Wrote Emu, 2 lines").sees("Owlrenamed").release().sees("Owlrenamed").sees_not("outside");
    assert!(drive.disk.contains("Owlrenamed") && drive.disk.contains("one\ntwo\n"), "{}", drive.disk);
}
