//! The Pending pane and entries logged from it: keys in; screen, bytes and effects out.

use chrono::NaiveDate;
use papers_tui::app::{EditOptions, Effect, Message};

use papers_tui::log::{Source, parse};

use super::drive::{Drive, same};

const LOG: &str = "\
# pending list

- [ ] Elk
- [ ] group
  - [ ] Owl
  - [ ] Fox by 2031-05-01
  - [x] Hen
- [ ] Gnu, once more

# 2031.5

loose line

## 2031.5.17

《Gnu: A Model》

2031.4 的一篇文章，要点：

1. 一

- [ ] try it
- [x] tell it

## 2031.5.2

《Yak: One More》

TBD
";

fn drive() -> Drive {
    let mut drive = Drive::new(LOG, 140, 42);
    drive.send(noon(2031, 5, 20));
    drive
}

/// Checks that keys typed in the Pending pane replace `from` with `to` in the file, that one undo restores the file,
/// and that one redo makes the change again.
#[track_caller]
fn check(keys: &str, from: &str, to: &str) -> Drive {
    let mut drive = drive();
    drive.keys("3").keys(keys);
    assert_eq!(drive.disk, LOG.replacen(from, to, 1), "{keys}");
    let made = drive.disk.clone();
    drive.keys("U");
    assert_eq!(drive.disk, LOG, "{keys}U");
    drive.keys("<c-r>");
    assert_eq!(drive.disk, made, "{keys}U<c-r>");
    drive
}

#[test]
fn items_are_added_reworded_and_deleted() {
    check("aEmu<enter>", "[ ] Elk\n", "[ ] Elk\n- [ ] Emu\n").sees("☐ Emu");
    check("jAEmu<enter>", "Hen\n", "Hen\n  - [ ] Emu\n").sees("☐ Emu");
    check("E!<enter>", "Elk", "Elk!").sees("☐ Elk!");
    check("X", "- [ ] Elk\n", "");
    check("jX", "- [ ] group\n  - [ ] Owl\n  - [ ] Fox by 2031-05-01\n  - [x] Hen\n", "");
    drive().keys("3jX").sees("Deleted “group” and its 3 sub-items; press U to undo").sees_not("Owl");
    for keys in ["a<enter>", "a  <enter>", "aEmu<esc>", "E<enter>", "E<c-u><enter>"] {
        let mut drive = drive();
        drive.keys("3").keys(keys);
        assert_eq!(drive.disk, LOG, "{keys}");
    }
}

#[test]
fn the_cursor_follows_a_moved_item() {
    let moved = "- [ ] group\n  - [ ] Owl\n  - [ ] Fox by 2031-05-01\n  - [x] Hen\n- [ ] Elk\n";
    let stood = "- [ ] Elk\n- [ ] group\n  - [ ] Owl\n  - [ ] Fox by 2031-05-01\n  - [x] Hen\n";
    check("<a-j>", stood, moved);
    check("j<a-up>", stood, moved);
    check("jjj>", "  - [ ] Fox", "    - [ ] Fox");
    check(
        "jj<",
        "  - [ ] Owl\n  - [ ] Fox by 2031-05-01\n  - [x] Hen\n",
        "  - [ ] Fox by 2031-05-01\n  - [x] Hen\n- [ ] Owl\n",
    );
    for (keys, ticked) in
        [("<a-j>x", "[x] Elk"), ("jjj>x", "[x] Fox"), ("jj<x", "[x] Owl"), ("aEmu<enter>x", "[x] Emu")]
    {
        let mut drive = drive();
        drive.keys("3").keys(keys);
        assert!(drive.disk.contains(ticked), "{keys}\n{}", drive.disk);
    }
    drive().keys("3<a-k>").sees("! ").sees("cannot move further that way");
}

#[test]
fn of_identical_items_the_selected_one_changes() {
    let mut drive = Drive::new("# todo\n\n- [ ] Elk\n- [ ] Elk\n- [ ] Elk\n", 100, 30);
    drive.keys("3jaEmu<enter>kx");
    assert_eq!(drive.disk, "# todo\n\n- [ ] Elk\n- [x] Elk\n- [ ] Emu\n- [ ] Elk\n");
}

#[test]
fn ticking_a_parent_asks_about_its_children() {
    drive().keys("3jx").sees("only this item").sees("this and its 2 sub-items");
    check("jx<enter>", "[ ] group", "[x] group");
    let to = "[x] group\n  - [x] Owl\n  - [x] Fox";
    check("jxj<enter>", "[ ] group\n  - [ ] Owl\n  - [ ] Fox", to).sees("3/3");
    let mut drive = drive();
    drive.keys("3jx<esc>");
    assert_eq!(drive.disk, LOG);
}

#[test]
fn a_done_date_is_written_if_enabled() {
    let mut drive = drive();
    drive.app.edit_options = EditOptions { writes_done_dates: true, ..EditOptions::default() };
    drive.keys("3x");
    assert_eq!(drive.disk, LOG.replace("[ ] Elk", "[x] Elk ✅ 2031-05-20"));
    drive.keys("x");
    assert_eq!(drive.disk, LOG);
}

#[test]
fn adding_an_item_creates_a_missing_list() {
    let mut drive = Drive::new("# 2031.5\n\n## 2031.5.17\n\n《Gnu》\n\nx\n", 140, 42);
    drive.keys("3").sees("press “a” here").keys("aEmu<enter>").sees("☐ Emu").keys("x").sees("☑ Emu");
    drive.keys("UU").sees("press “a” here");
    assert_eq!(drive.disk, "# 2031.5\n\n## 2031.5.17\n\n《Gnu》\n\nx\n");
}

#[test]
fn items_are_filtered_by_text_and_state() {
    drive()
        .keys("3/")
        .keys("owl")
        .sees("Pending · “owl”")
        .sees("☐ Owl")
        .sees("☐ group")
        .sees_not("☐ Elk")
        .keys("<esc>")
        .sees("☐ Elk");
    drive().keys("3/owl<enter>x").sees("☑ Owl").sees_not("Elk").keys("<esc>").sees("☐ Elk").sees("━ Pending ━");
    drive().keys("3/zebra").sees("No item matches").keys("<bs><bs><bs><bs><bs>").sees("Elk");
    let mut drive = drive();
    drive
        .keys("3O")
        .sees("Pending · open")
        .sees("☐ Owl")
        .sees_not("Hen")
        .keys("O")
        .sees("Pending · done")
        .sees("☑ Hen");
    drive.sees("☐ group").sees_not("Elk").keys("O").sees("☐ Elk");
    // A ticked item disappears if the filter shows only open ones, and the cursor moves to the next one.
    drive.keys("gOx").sees_not("☐ Elk").sees("☐ group").keys("U").sees("☐ Elk");
    assert_eq!(drive.disk, LOG);
    Drive::new(LOG, 44, 18).keys("3O/owl").keys("<enter>").sees("open · “owl” 100%");
    // The filter finds folded items and does not hide new ones.
    drive.keys("<esc><esc>jh").sees_not("Owl").keys("/owl").sees("☐ Owl").keys("<enter>aEmu<enter>").sees("☐ Emu");
}

#[test]
fn enter_on_an_item_without_a_target_says_so() {
    let mut drive =
        Drive::new("# todo\n\n- [ ] Elk\n- [ ] birds\n  - [ ] Owl\n\n## 2031.5.17\n\n《Gnu》\n\nx\n", 140, 24);
    drive.keys("3j").sees("↵ ").keys("k").sees_not("↵ ").keys("<enter>").sees("This item has nothing to open");
}

#[test]
fn tasks_in_a_summary_are_ticked_by_keys() {
    let mut drive = drive();
    drive.keys("2x").sees("Tick or untick").sees("☐ try it").sees("☑ tell it").keys("<enter>").sees("☑ try it");
    assert_eq!(drive.disk, LOG.replace("[ ] try", "[x] try"));
    drive.keys(" j<enter>").sees("☐ tell it").keys("UU");
    assert_eq!(drive.disk, LOG);
    drive.keys("Jx").sees("no task to tick");
    let one = "## 2031.5.17\n\n《Gnu》\n\n- [ ] try it\n";
    let mut drive = Drive::new(one, 100, 30);
    drive.keys("2x");
    assert_eq!(drive.disk, one.replace("[ ]", "[x]"));
}

#[test]
fn an_empty_list_says_so_when_opened() {
    let mut drive = Drive::new("## 2031.5.17\n\n《Gnu》\n\nx\n", 140, 24);
    drive.keys("3<enter>").sees("No item is selected").sees_not("nothing to open");
}

#[test]
fn logging_an_item_is_one_change() {
    let mut drive = drive();
    drive.keys("3m").sees("Which day for “Elk”?").sees("today").sees("2031.5.20").sees("tomorrow").sees("2031.5.21");
    drive
        .sees("the latest day in the log")
        .sees("another day")
        .keys("<enter>")
        .sees(" on 2031.5.20 and ticked the item");
    assert!(drive.disk.contains("- [x] Elk\n") && drive.disk.contains("## 2031.5.20\n\n《Elk》\n"), "{}", drive.disk);
    let line = drive.disk.lines().position(|line| line.starts_with("YYYY.M 机构")).unwrap() + 1;
    assert_eq!(edits(&drive), [(0, line)]);
    drive.sees("━ Elk ━").keys("U").sees("━ Gnu ━").sees("Undone: tick “Elk”, log “Elk” on 2031.5.20");
    assert_eq!(drive.disk, LOG);
    drive.keys("<c-r>").sees("☑ Elk").keys("U");
    assert_eq!(drive.disk, LOG);
}

#[test]
fn logging_an_item_follows_the_settings_and_asks_about_children() {
    let mut drive = drive();
    drive.keys("3jm").sees("only this item").sees("this and its 2 sub-items").keys("j<enter>jj<enter>");
    assert!(drive.disk.contains("[x] group\n  - [x] Owl\n  - [x] Fox"), "{}", drive.disk);
    assert!(drive.disk.contains("《group》") && !drive.disk.contains("2031.5.20"));
    drive.keys("U");
    assert_eq!(drive.disk, LOG);
    drive.app.edit_options =
        EditOptions { removes_logged: true, template: Some("to write\n".into()), ..EditOptions::default() };
    drive.keys("3gm<enter>").sees("and removed the item");
    assert!(!drive.disk.contains("- [ ] Elk") && drive.disk.contains("《Elk》\n\nto write\n"), "{}", drive.disk);
    drive.keys("U3gjm").sees("remove this and its 2 sub-items").sees("leave its sub-items").keys("<esc>");
    assert_eq!(drive.disk, LOG);
}

#[test]
fn a_new_entry_asks_for_its_title_and_day() {
    let mut drive = drive();
    drive
        .keys("N")
        .sees("New entry: title")
        .keys("《Emu: Two》<enter>")
        .sees("Which day for “Emu: Two”?")
        .keys("G<enter>");
    drive.sees("Date, such as").keys("soon<enter>").sees("! “soon” is not a date").keys("<c-u>2031-06-01<enter>");
    assert!(drive.disk.contains("# 2031.6\n\n## 2031.6.1\n\n《Emu: Two》\n"), "{}", drive.disk);
    drive.sees("━ Emu ━").keys("1U");
    assert_eq!(drive.disk, LOG);
}

#[test]
fn a_new_entry_can_be_started_while_searching_a_page() {
    let mut drive = drive();
    drive.keys("2/o<enter>N").sees_not("New entry").keys("<c-n>").sees("New entry: title").keys("<esc>");
    drive.keys("1N").sees("New entry: title").keys("<esc>");
}

#[test]
fn search_shows_a_filtered_item_before_it_is_ticked() {
    let mut drive = drive();
    // The filter shows only done items, but search leads to an open one.
    drive.keys("3OO").sees_not("Gnu, once").keys("<c-f>once more<enter>").sees("☐ Gnu, once more").keys("x");
    drive.sees("☑ Gnu, once more");
    assert_eq!(drive.disk, LOG.replace("[ ] Gnu", "[x] Gnu"));
}

#[test]
fn counts_are_updated_when_a_new_day_starts() {
    let mut drive = Drive::new("## 2031.5.17\n\n《Owls》\n\nThey see.\n", 140, 42);
    drive.send(noon(2031, 5, 17)).keys("S").sees("streak          1 day");
    drive.send(noon(2031, 5, 19)).sees("streak          0 days");
}

#[test]
fn logging_an_existing_title_asks_first() {
    let log = "## 2031.5.17\n\n《Emu: One》\n\nx\n\n## 2031.5.16\n\n《Owl》\n\ny\n";
    for size in [(80, 24), (140, 42)] {
        let mut drive = Drive::new(log, size.0, size.1);
        drive.keys("N《emu: one》<enter>").sees("“emu: one” is already in the log").sees("go to it").sees("2031.5.17");
        drive.keys("<esc>").sees_not("is already in the log");
        // The two answers: go to the entry, or add it again.
        drive.keys("GNEmu: One<enter><enter>").sees("Emu: One");
        assert_eq!((drive.app.log.entries.len(), drive.disk.as_str()), (2, log));
        drive.keys("L<c-n>Owl<enter>").sees("“Owl”已在日志中").keys("j<enter>").sees("记在哪一天").keys("<enter>");
        assert_eq!(drive.app.log.entries.iter().filter(|entry| *entry.title == *"Owl").count(), 2);
    }
}

#[test]
fn the_fallback_editor_is_named_beside_the_change() {
    let mut drive = Drive::new("## 2031.5.17\n\n《Emu》\n\nx\n", 80, 24);
    drive.send(Message::Noticed(same("Edited with nano, because $EDITOR is not set")));
    let text = drive.disk.replace("x\n", "x\ny\nz\n");
    let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
    drive
        .send(Message::Edited(Box::new(log)))
        .sees("Wrote Emu, 2 lines · Edited with nano, because $EDITOR is not set");
}

#[test]
fn an_item_that_was_already_read_is_marked() {
    drive()
        .keys("3a")
        .sees_not("read 2031.5.17:")
        .keys("about gnu")
        .sees_not("read 2031.5.17:")
        .keys("<c-u>Gnu")
        .sees("read 2031.5.17: Gnu: A Model");
    drive()
        .keys("3")
        .sees_not("read 2031.5.17:")
        .keys("G")
        .sees("read 2031.5.17: Gnu: A Model")
        .keys("<enter>")
        .sees("━ Gnu ━");
}

#[test]
fn logging_a_dropped_paper_ticks_it() {
    let text = "# Papers\n\n## Birds\n\n- [ ] [Emus at Work](https://arxiv.org/abs/2031.00001)\n\
                - [-] [Owls at Night](https://arxiv.org/abs/2031.00002)\n\n## Beasts\n\n\
                - [ ] [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n\
                - [x] [The Long Way of Yaks](https://arxiv.org/abs/2031.00004)\n";
    let mut drive = Drive::new(text, 140, 42);
    assert!(drive.app.log.entries.iter().any(|entry| *entry.title == *"Owls at Night" && !entry.read));
    drive.keys("3jm").sees("“Owls at Night” is already in the log, so the item was ticked");
    assert_eq!(drive.disk, text.replace("[-]", "[x]"));
    drive.keys("U");
    assert_eq!(drive.disk, text);
}

#[test]
fn deadlines_are_highlighted_and_overdue_ones_named() {
    let mut drive = drive();
    drive.keys("3jjj").sees("overdue since 2031.5.1");
    drive.send(noon(2031, 5, 1)).sees("due 2031.5.1").sees_not("overdue");
    drive.keys("x").sees_not("due 2031.5.1");
}

#[test]
fn a_deadline_at_the_edge_of_a_shortened_item_is_drawn() {
    for length in 0..120 {
        let item = format!("- [ ] {} by 2031-05-01 {}\n", "x ".repeat(length), "and more".repeat(40));
        let mut drive = Drive::new(&format!("# pending list\n\n- [ ] Elk\n{}", item.repeat(9)), 80, 24);
        drive.sees("…");
    }
}

#[test]
fn the_to_do_list_collects_everything_open() {
    drive()
        .keys("W")
        .sees("Drafts")
        .sees("Notes with a month but no day")
        .sees("Open tasks in summaries")
        .sees("Open items in Pending");
    drive().keys("W<enter>").sees("━ Yak ━");
    drive().keys("Wj<enter>").sees("loose line").sees("━ Summary ━");
    drive().keys("Wjj<enter>").sees("━ Gnu ━");
    let mut drive = drive();
    drive.keys("3jh1WGkk<enter>").sees("━ Pending").keys("x");
    assert!(drive.disk.contains("[x] Owl"), "{}", drive.disk);
    Drive::new("", 100, 30).keys("W").sees("Nothing left to do");
}

#[test]
fn text_typed_for_a_removed_item_is_kept() {
    for keys in ["3E, typed at length", "3aElk, typed at length", "3AElk, typed at length"] {
        let mut drive = drive();
        drive.keys(keys).outside("- [ ] Elk\n", "").keys("<enter>");
        drive
            .sees("no longer in the log")
            .sees("Add an item ─")
            .sees("│ Elk, typed at length")
            .keys("<enter>")
            .sees("☐ Elk, typed at length");
        assert!(drive.disk.contains("- [ ] Elk, typed at length\n"), "{}", drive.disk);
    }
    let mut drive = drive();
    drive.keys("3E, typed").outside("- [ ] Elk\n", "").keys("<enter><esc>").sees_not("typed");
}

#[test]
fn a_long_list_scrolls_with_its_cursor() {
    let items: String = (0..40).map(|number| format!("- [ ] item {number:02}\n")).collect();
    let mut drive = Drive::new(&format!("# pending list\n\n{items}"), 60, 16);
    drive.keys("W").sees_not("item 39");
    drive.keys("G").sees("item 39").sees_not("item 00");
    drive.keys("g").sees("item 00").keys("30j").sees("item 30");
}

#[test]
fn a_filtered_item_stays_visible_after_the_filter_is_cleared() {
    let items: String = (0..40).map(|number| format!("- [ ] item {number:02}\n")).collect();
    let mut drive = Drive::new(&format!("# pending list\n\n{items}"), 44, 16);
    drive.keys("3/item 30<enter>").sees_not("item 29").keys("<esc>").sees("item 30").sees("item 29");
}

#[test]
fn changes_are_listed() {
    let mut drive = drive();
    drive.keys("C").sees("Nothing to undo").keys("3xaEmu<enter>XU").keys("C");
    drive
        .sees("in a pane, Ctrl-R redoes the top")
        .sees("delete “Emu”")
        .sees("in a pane, U undoes the top")
        .sees("add “Emu”")
        .sees("tick “Elk”");
    drive.keys("G<enter>").sees("☑ Elk");
    drive.hold().keys("x").keys("C").sees("saving");
}

#[test]
fn a_lost_change_is_offered_for_redo_at_every_width() {
    for width in [140, 80, 44] {
        let mut drive = Drive::new(LOG, width, 18);
        drive.keys("3x");
        let Some(intent) = papers_tui::log::edit::Intent::set_done(&parsed(LOG), 0, true) else { panic!() };
        drive.outside("[x] Elk", "[ ] Elk").send(Message::Undone { file: 0, intent }).sees("Ctrl-R");
        drive.keys("<c-r>");
        assert_eq!(drive.disk, LOG.replace("[ ] Elk", "[x] Elk"));
    }
}

#[test]
fn the_editor_opens_at_the_selection_after_saving() {
    let line = |text: &str| (0, LOG.lines().position(|line| line == text).unwrap() + 1);
    for (keys, wanted) in [
        ("e", "《Gnu: A Model》"),
        ("2e", "《Gnu: A Model》"),
        ("Je", "TBD"),
        ("ge", "# 2031.5"),
        ("3jje", "  - [ ] Owl"),
    ] {
        let mut drive = drive();
        drive.keys(keys);
        assert_eq!(edits(&drive), [line(wanted)], "{keys}");
    }
    let mut drive = drive();
    drive.keys("3").hold().keys("xe");
    assert_eq!(edits(&drive), []);
    drive.release();
    assert_eq!(edits(&drive), [line("- [ ] Elk")]);
    // The editor does not open if the entry could not be written.
    let mut drive = self::drive();
    drive.keys("3").hold().keys("me<esc>m<enter>");
    drive.disk = drive.disk.replace("- [ ] Elk\n", "");
    drive.release().sees("! ");
    assert_eq!(edits(&drive), []);
}

#[test]
fn logging_an_item_of_the_real_log_can_be_undone() {
    let Ok(path) = std::env::var("PAPERS_TUI_REAL_LOG") else {
        return println!("skipped: PAPERS_TUI_REAL_LOG is not set");
    };
    let text = std::fs::read_to_string(path).unwrap();
    for down in [0, 3, 7, 12] {
        let mut drive = Drive::new(&text, 140, 42);
        drive.send(noon(2031, 5, 20));
        drive.keys("3").keys(&"j".repeat(down)).keys("m");
        // A group first asks about its children; Enter accepts the first answer of both lists.
        drive.keys("<enter>");
        if drive.screen().contains("Which day") {
            drive.keys("<enter>");
        }
        drive.sees(" on 2031.5.20");
        assert!(drive.disk.contains("# 2031.5.20\n") || drive.disk.contains("## 2031.05.20\n"), "{down}");
        assert_eq!(edits(&drive).len(), 1);
        drive.keys("U");
        assert!(drive.disk == text, "{down}: undo did not restore the log");
    }
}

fn edits(drive: &Drive) -> Vec<(usize, usize)> {
    let place = |effect: &Effect| match effect {
        Effect::Edit { file, line } => Some((*file, *line)),
        _ => None,
    };
    drive.effects.iter().filter_map(place).collect()
}

fn parsed(text: &str) -> papers_tui::log::Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// A message that sets the clock to noon of a day.
fn noon(year: i32, month: u32, day: u32) -> Message {
    let noon = NaiveDate::from_ymd_opt(year, month, day).unwrap().and_hms_opt(12, 0, 0).unwrap();
    Message::Time(noon.and_utc().fixed_offset())
}

/// A full address would fill the pane; the link and the file keep it.
#[test]
fn a_link_is_named_after_its_target() {
    let log = "# todo\n\n- [ ] Owls https://arxiv.org/abs/2031.01234\n  - [x] see https://emu.org/a/b\n\n\
               # Loose\n\n- [ ] [x](https://o.org) https://doi.org/10.1/2\n";
    let mut drive = Drive::new(log, 140, 42);
    drive.sees("Owls arXiv 2031.01234").sees("see emu.org/a/b").sees_not("https://");
    drive.keys("3x");
    assert_eq!(drive.disk, log.replacen("[ ]", "[x]", 1));
    let log =
        "## Birds\n\n- [ ] Owls at Night, a Study https://arxiv.org/abs/2031.01234\n- [x] Emus at Noon, a Study\n";
    Drive::new(log, 140, 42).sees("Owls at Night, a Study arXiv").sees_not("https://");
}
