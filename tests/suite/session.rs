//! A log opens where it was left, even if it has changed since.

use papers_tui::app::SavedSession;

use super::drive::Drive;

const LOG: &str = "\
# todo

- [ ] birds
  - [ ] Owl
  - [ ] Auk
- [ ] Elk

# 2031.5

## 2031.5.17

《Emu: A Model》

one two three

## 2031.5.2

《Gnu》

four five

# 2031.4

## 2031.4.30

《Yak》

six
";

/// The session saved after these keys, as JSON.
fn left(keys: &str) -> String {
    serde_json::to_string(&Drive::new(LOG, 140, 42).keys(keys).app.session()).unwrap()
}

/// A run with a saved session.
fn resumed(log: &str, left: &str) -> Drive {
    let mut drive = Drive::new(log, 140, 42);
    drive.app.resume(serde_json::from_str(left).unwrap());
    drive
}

/// A large log restores its session twice: with the beginning, and once all of it is read.
#[test]
fn text_above_the_list_stays_unfolded_if_a_session_is_restored_twice() {
    let log = LOG.replace("# todo\n", "# todo\n\nWhat I want to read next, and why I want to read it at all.\n");
    let mut before = Drive::new(&log, 140, 42);
    let folded = before.screen();
    let unfolded = before.keys(":fold the text<enter>").screen();
    assert_ne!(folded, unfolded);
    let session = before.app.session();
    let mut after = Drive::new(&log, 140, 42);
    after.app.resume(session.clone());
    after.app.resume(session.clone());
    assert_eq!(after.app.session(), session);
}

#[test]
fn a_session_is_restored() {
    let keys = "}hK3jjh/Owl<enter><c-left><c-left>1<c-right>2/five<enter>";
    let mut before = Drive::new(LOG, 140, 42);
    before.keys(keys);
    let mut after = resumed(LOG, &left(keys));
    assert_eq!(after.screen(), before.screen());
    assert_eq!(after.app.session(), before.app.session());
    let after_zoom = resumed(LOG, &left("2z")).screen();
    assert_eq!(after_zoom, Drive::new(LOG, 140, 42).keys("2z").screen());
    after.keys("z").sees("1 Timeline");
}

#[test]
fn a_removed_selection_falls_back_to_the_nearest() {
    let gnu = left("J");
    resumed(LOG, &gnu).sees("━ Timeline ━").sees("─ Gnu ─");
    resumed(&LOG.replace("《Gnu》\n\nfour five\n\n", ""), &gnu).sees("nothing yet");
    let shorter = LOG.replace("## 2031.5.2\n\n《Gnu》\n\nfour five\n\n", "");
    resumed(&shorter, &gnu).sees("─ Yak ─");
    resumed("# todo\n", &gnu).keys("jk3jk").sees("Pending");
    // The item is found below its group, wherever the group is now.
    let auk = left("3jj");
    let moved = LOG.replace("- [ ] Elk\n", "").replace("- [ ] birds", "- [ ] Elk\n- [ ] birds");
    let mut drive = resumed(&moved, &auk);
    drive.keys("x");
    assert!(drive.disk.contains("[x] Auk"));
    resumed(&LOG.replace("  - [ ] Auk\n", ""), &auk).keys("x").sees("Pending");
}

#[test]
fn unknown_fields_of_a_session_are_ignored() {
    for (kept, keys) in [("{}", ""), (r#"{"later":1}"#, ""), (r#"{"focus":"Page","zoomed":true,"later":1}"#, "2z")] {
        assert_eq!(resumed(LOG, kept).screen(), Drive::new(LOG, 140, 42).keys(keys).screen(), "{kept}");
    }
    assert!(serde_json::from_str::<SavedSession>("{\"focus\":\"Elsewhere\"}").is_err());
}

/// Version 1 saved folded months by their first day, and undated ones as `null`.
#[test]
fn a_session_of_an_older_version_is_used() {
    let now = left("gh");
    let old = now.replace("\"version\":2", "\"version\":1").replace("\"folded\":", "\"months\":");
    let old = old.replace("{\"Group\":", "{\"Month\":").replace("\"months\":[", "\"months\":[null,");
    assert!(old.contains("\"version\":1") && old.contains("{\"Month\":\"2031-"), "{old}");
    assert_eq!(resumed(LOG, &old).screen(), resumed(LOG, &now).screen());
}
