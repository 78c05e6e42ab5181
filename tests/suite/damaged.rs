//! Logs with invalid UTF-8 are shown as far as possible and never written; UTF-16 is refused.

use std::path::Path;
use std::process::{Command, Output};

use super::terminal::{Run, USERS_OWN};

/// An invalid byte in line 5.
const DAMAGED: &[u8] = b"## 2031.5.17\n\n\xE3\x80\x8AGnu\xE3\x80\x8B\n\na caf\xE9 of birds\n\n# todo\n\n- [ ] Elk\n";

fn dir(bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("log.md"), bytes).unwrap();
    super::of_long_ago(&folder.path().join("log.md"));
    super::of_long_ago(folder.path());
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_papers-tui"));
    USERS_OWN.iter().for_each(|name| _ = command.env_remove(name));
    command.args(arguments).current_dir(folder).env("HOME", folder).env("PAPERS_TUI_LANG", "en");
    command.output().unwrap()
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn invalid_utf_8_is_shown_with_its_position() {
    let dir = dir(DAMAGED);
    for arguments in
        [&["show", "--all"][..], &["list"], &["search", "gnu"], &["check"], &["export", "--format", "json"]]
    {
        let output = run(dir.path(), &[arguments, &["--log", "log.md"]].concat());
        let (out, error) = texts(&output);
        assert!(error.contains("log.md: invalid UTF-8 on line 5, at byte 30"), "{arguments:?} {error}");
        assert!(output.status.code() != Some(2), "{arguments:?} {error}");
        assert!(arguments[0] == "check" || out.contains("Gnu"), "{arguments:?} {out}");
    }
    let (out, _) = texts(&run(dir.path(), &["show", "Gnu", "--log", "log.md"]));
    assert!(out.contains("a caf\u{FFFD} of birds"), "{out}");
}

#[test]
fn a_log_with_invalid_utf_8_is_read_only() {
    let dir = dir(DAMAGED);
    for arguments in [&["tick", "Elk"][..], &["add", "Owl"], &["log", "Yak", "--date", "2031-05-17"]] {
        let output = run(dir.path(), &[arguments, &["--log", "log.md"]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(texts(&output).1.contains("byte 30"), "{arguments:?}");
        assert_eq!(std::fs::read(dir.path().join("log.md")).unwrap(), DAMAGED, "{arguments:?}");
    }
    let mut panes = Run::with(&[], &["log.md"], dir.path());
    panes.sees("Gnu").sees("byte 30").types("3x").sees("invalid UTF-8").types("q");
    panes.ends();
    assert_eq!(std::fs::read(dir.path().join("log.md")).unwrap(), DAMAGED);
}

#[test]
fn damage_by_another_program_and_its_repair_are_noticed() {
    let whole = String::from_utf8_lossy(DAMAGED).replace('\u{FFFD}', "é");
    let dir = dir(whole.as_bytes());
    let path = dir.path().join("log.md");
    // The test terminal does not show U+FFFD.
    let mut panes = Run::with(&[], &["log.md"], dir.path());
    panes.sees("a café of birds");
    std::fs::write(&path, DAMAGED).unwrap();
    panes.sees("byte 30");
    std::fs::write(&path, &whole).unwrap();
    panes.sees("edited").types("3x").sees("saved").types("q");
    assert_eq!(panes.ends(), 0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), whole.replace("[ ]", "[x]"));
}

#[test]
fn utf_16_is_reported_with_or_without_a_byte_order_mark() {
    let text = "## 2031.5.17\n\n《Gnu》\n\n大模型\n";
    for (mark, little) in [(true, true), (true, false), (false, true), (false, false)] {
        let units = mark.then_some(0xFEFF_u16).into_iter().chain(text.encode_utf16());
        let bytes: Vec<u8> =
            units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
        let dir = dir(&bytes);
        let output = run(dir.path(), &["list", "--log", "log.md"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(texts(&output).1.contains("log.md: this is UTF-16"), "{mark} {little}");
        assert_eq!(std::fs::read(dir.path().join("log.md")).unwrap(), bytes);
    }
}
