//! Changing a file: what stays as it was, concurrent changes by others, and leftovers of a kill.

use std::cell::RefCell;
use std::fs::{File, Permissions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use papers_tui::io::read::read_text;
use papers_tui::io::store::{RetryPolicy, Store, WriteError, Written};
use papers_tui::log::edit::{Intent, Refusal, revise};
use papers_tui::log::{Log, Source, parse};
use proptest::prelude::*;
use tempfile::TempDir;

const LOG: &str = "# todo\n\n- [ ] Elk\n- [ ] birds\n  - [ ] Owl\n  - [x] Emu\n\n## 2031.5.17\n\n《Gnu》\n\n正文\n";

struct TestDir {
    folder: TempDir,
}

impl TestDir {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("log.md"), text).unwrap();
        Self { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("log.md")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.path()).unwrap()
    }

    fn backups(&self) -> PathBuf {
        self.folder.path().join("state/backups")
    }

    fn store(&self) -> Store {
        Store::new(self.folder.path().join("state"), RetryPolicy { pause: Duration::ZERO, attempts: 3 })
    }

    /// Everything in the folder except the log and our state.
    fn others(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.folder.path()).unwrap().map(|file| file.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.retain(|name| name != "log.md" && name != "state");
        names.sort();
        names
    }

    /// Ticks an item of the current text.
    fn tick(&self, item: &str) -> Result<Written, WriteError<Refusal>> {
        self.tick_known(&self.text(), item)
    }

    /// Ticks an item from the view of someone who last saw `known`.
    fn tick_known(&self, known: &str, item: &str) -> Result<Written, WriteError<Refusal>> {
        set(&self.store(), &self.path(), known, item, true)
    }

    #[track_caller]
    fn refuses(&self, known: &str, item: &str, reason: &str) {
        let before = std::fs::read(self.path()).ok();
        let error = self.tick_known(known, item).unwrap_err().to_string();
        assert!(error.contains(reason) && !error.contains('\n'), "{error}");
        assert_eq!(std::fs::read(self.path()).ok(), before);
        assert!(self.others().is_empty(), "{:?}", self.others());
    }
}

fn model(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

fn intent(text: &str, item: &str, done: bool) -> Intent {
    let log = model(text);
    let task = log.tasks.iter().position(|task| task.text == item).unwrap();
    Intent::set_done(&log, task, done).unwrap()
}

fn set(store: &Store, path: &Path, known: &str, item: &str, done: bool) -> Result<Written, WriteError<Refusal>> {
    let intents = [intent(known, item, done)];
    store.rewrite(path, known, |text| revise(text, &intents))
}

#[test]
fn a_tick_changes_one_byte_in_any_file() {
    let crlf = LOG.replace('\n', "\r\n");
    let mixed = LOG.replacen('\n', "\r\n", 3);
    let unfinished = LOG.trim_end().to_owned();
    let marked = format!("\u{feff}{LOG}");
    let spaces = LOG.replace("正文", "正文  \n\t\u{a0}\u{3000}");
    for text in [LOG, &crlf, &mixed, &unfinished, &marked, &spaces] {
        let dir = TestDir::new(text);
        let written = dir.tick("Owl").unwrap();
        assert_eq!(dir.text(), text.replace("[ ] Owl", "[x] Owl"));
        assert_eq!(
            written,
            Written { text: dir.text(), changed_outside: false, copies: vec![], is_kept: false, no_undo: None }
        );
        set(&dir.store(), &dir.path(), &dir.text(), "Owl", false).unwrap();
        assert_eq!(dir.text(), text);
        assert!(dir.others().is_empty());
    }
}

#[test]
fn the_mode_is_kept() {
    for mode in [0o600, 0o640, 0o664, 0o755] {
        let dir = TestDir::new(LOG);
        std::fs::set_permissions(dir.path(), Permissions::from_mode(mode)).unwrap();
        dir.tick("Owl").unwrap();
        assert_eq!(std::fs::metadata(dir.path()).unwrap().mode() & 0o7777, mode);
    }
}

#[test]
fn extended_attributes_are_kept() {
    let dir = TestDir::new(LOG);
    let name = "user.papers.colour";
    if rustix::fs::setxattr(dir.path(), name, b"blue", rustix::fs::XattrFlags::empty()).is_err() {
        return println!("skipped: the folder for temporary files has no extended attributes");
    }
    dir.tick("Owl").unwrap();
    let mut value = [0; 16];
    let length = rustix::fs::getxattr(dir.path(), name, &mut value[..]).unwrap();
    assert_eq!(&value[..length], b"blue");
}

#[test]
fn the_owner_is_kept() {
    let dir = TestDir::new(LOG);
    if std::os::unix::fs::chown(dir.path(), Some(1234), Some(1235)).is_err() {
        return println!("skipped: only the superuser gives files away");
    }
    dir.tick("Owl").unwrap();
    let metadata = std::fs::metadata(dir.path()).unwrap();
    assert_eq!((metadata.uid(), metadata.gid()), (1234, 1235));
}

#[test]
fn a_symbolic_link_is_kept() {
    let dir = TestDir::new(LOG);
    let folder = dir.folder.path().join("elsewhere");
    std::fs::create_dir(&folder).unwrap();
    std::fs::rename(dir.path(), folder.join("real.md")).unwrap();
    std::os::unix::fs::symlink("elsewhere/real.md", dir.path()).unwrap();
    dir.tick("Owl").unwrap();
    assert!(std::fs::symlink_metadata(dir.path()).unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(folder.join("real.md")).unwrap(), LOG.replace("[ ] Owl", "[x] Owl"));
}

#[test]
fn a_hard_link_is_kept() {
    let dir = TestDir::new(LOG);
    let twin = dir.folder.path().join("twin.md");
    std::fs::hard_link(dir.path(), &twin).unwrap();
    dir.tick("Owl").unwrap();
    assert_eq!(dir.text(), LOG.replace("[ ] Owl", "[x] Owl"));
    assert_eq!(std::fs::read_to_string(&twin).unwrap(), dir.text());
    assert_eq!(std::fs::read_dir(dir.backups()).unwrap().count(), 0, "the backup must be removed");
}

#[test]
fn a_read_only_file_is_not_replaced() {
    let dir = TestDir::new(LOG);
    std::fs::set_permissions(dir.path(), Permissions::from_mode(0o444)).unwrap();
    dir.refuses(LOG, "Owl", "log.md: the file is read-only; nothing was changed (“chmod u+w” makes it writable)");
}

#[test]
fn an_outside_edit_is_kept_and_the_right_item_ticked() {
    let now = LOG.replace("- [ ] Elk\n", "- [ ] Ape\n- [ ] Elk\n").replace("正文", "more");
    let dir = TestDir::new(&now);
    let written = dir.tick_known(LOG, "Elk").unwrap();
    assert_eq!(dir.text(), now.replace("[ ] Elk", "[x] Elk"));
    assert!(written.changed_outside);

    // The item moved in the list, and is the only one with its text.
    let now = LOG.replace("  - [ ] Owl\n", "").replace("- [ ] Elk\n", "- [ ] Elk\n- [ ] Owl\n");
    let dir = TestDir::new(&now);
    dir.tick_known(LOG, "Owl").unwrap();
    assert_eq!(dir.text(), now.replace("[ ] Owl", "[x] Owl"));

    // Someone else has ticked it already.
    let now = LOG.replace("[ ] Owl", "[x] Owl");
    let dir = TestDir::new(&now);
    assert_eq!(
        dir.tick_known(LOG, "Owl").unwrap(),
        Written { text: now.clone(), changed_outside: true, copies: vec![], is_kept: false, no_undo: None }
    );
}

#[test]
fn an_ambiguous_change_is_refused() {
    let gone = LOG.replace("  - [ ] Owl\n", "");
    TestDir::new(&gone).refuses(LOG, "Owl", "“Owl” is no longer in the log");
    let reworded = LOG.replace("Owl", "Owl, the second edition");
    TestDir::new(&reworded).refuses(LOG, "Owl", "“Owl” is no longer in the log");
    let twins = LOG.replace("- [ ] Elk\n", "").replace("## 2031", "- [ ] Elk\n- [ ] Elk\n\n## 2031");
    TestDir::new(&twins).refuses(LOG, "Elk", "“Elk” is now in the log 2 times");
}

#[test]
fn a_half_written_file_is_not_taken_for_the_log() {
    TestDir::new("").refuses(
        LOG,
        "Owl",
        "another program seems to be writing this file; nothing was changed, try again",
    );
    TestDir::new(&LOG[..LOG.len() / 3]).refuses(LOG, "Owl", "another program seems to be writing this file");
    let dir = TestDir::new(LOG);
    std::fs::remove_file(dir.path()).unwrap();
    dir.refuses(LOG, "Owl", "log.md: no such file");
}

#[test]
fn a_save_during_ours_wins_and_ours_is_repeated() {
    for other_name in [false, true] {
        let dir = TestDir::new(LOG);
        if other_name {
            std::fs::hard_link(dir.path(), dir.folder.path().join("state.md")).unwrap();
        }
        let theirs = LOG.replace("正文", "theirs");
        let intents = [intent(LOG, "Owl", true)];
        let calls = RefCell::new(0);
        let written = dir.store().rewrite(&dir.path(), LOG, |text| {
            if calls.replace_with(|calls| *calls + 1) == 0 {
                std::fs::write(dir.path(), &theirs).unwrap();
            }
            revise(text, &intents)
        });
        assert_eq!(written.unwrap().text, theirs.replace("[ ] Owl", "[x] Owl"));
        assert_eq!(dir.text(), theirs.replace("[ ] Owl", "[x] Owl"));
        assert_eq!(calls.into_inner(), 2);
    }
}

#[test]
fn a_program_that_keeps_writing_is_not_fought() {
    let dir = TestDir::new(LOG);
    let intents = [intent(LOG, "Owl", true)];
    let mut round = 0;
    let written = dir.store().rewrite(&dir.path(), LOG, |text| {
        round += 1;
        std::fs::write(dir.path(), format!("{LOG}{round}\n")).unwrap();
        revise(text, &intents)
    });
    assert!(matches!(written, Err(WriteError::Unsettled(_))), "{written:?}");
    assert_eq!(dir.text(), format!("{LOG}{round}\n"));
    assert!(dir.others().is_empty());
}

#[test]
fn only_files_of_dead_processes_are_deleted() {
    let dir = TestDir::new(LOG);
    // Names with the id of a dead process, without an id, and with the id of this process.
    let (dead, nobody) = (".papers-tui-2147483646-ab", ".papers-tui-notes.md");
    let alive = format!(".papers-tui-{}-ab", std::process::id());
    for name in [dead, nobody, &alive] {
        std::fs::write(dir.folder.path().join(name), "").unwrap();
    }
    assert!(dir.store().sweep(&dir.path()).is_empty());
    let mut left = vec![alive, nobody.to_owned()];
    left.sort();
    assert_eq!(dir.others(), left);
}

#[test]
fn an_unreadable_file_is_a_one_line_error() {
    let folder = tempfile::tempdir().unwrap();
    let check = |name: &str, bytes: &[u8], reason: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(read_text(&path).unwrap_err().to_string(), format!("{}: {reason}", path.display()));
    };
    check("wide.md", b"\xff\xfe#\0", "this is UTF-16; save it as UTF-8 in your editor");
    check("latin.md", b"# a\n\nna\xefve\n", "invalid UTF-8 on line 3, at byte 7; save it as UTF-8 in your editor");
    let pipe = folder.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    // Reading a pipe does not wait for a writer.
    assert!(read_text(&pipe).unwrap_err().to_string().contains("not a file"));
    assert!(read_text(folder.path()).unwrap_err().to_string().contains("not a file"));
    assert!(read_text(&folder.path().join("none")).unwrap_err().to_string().contains("no such file"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    /// Replacing and writing in place both leave exactly the new text.
    #[test]
    fn written_text_reads_back(before in "[a-c\n文]{0,40}", after in "[a-c\n文]{0,40}", twin in any::<bool>()) {
        let dir = TestDir::new(&before);
        if twin {
            std::fs::hard_link(dir.path(), dir.folder.path().join("twin.md")).unwrap();
        }
        let written: Result<Written, WriteError<Refusal>> =
            dir.store().rewrite(&dir.path(), &before, |_| Ok(Some(after.clone())));
        prop_assert_eq!(written.unwrap().text, after.clone());
        prop_assert_eq!(dir.text(), after);
    }
}

/// How many processes to kill; `PAPERS_TUI_KILLS` sets it.
fn kills() -> u64 {
    std::env::var("PAPERS_TUI_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(20)
}

/// A log that takes a while to write.
fn large_log() -> String {
    LOG.to_owned() + &"正文 a line of the text\n".repeat(20_000)
}

/// Kills processes that save continuously, each at a different moment.
fn kill_in_the_middle(dir: &TestDir) {
    let (open, done) = (large_log(), large_log().replace("[ ] Owl", "[x] Owl"));
    let mut caught = 0;
    for round in 0..kills() {
        let mut victim = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "store::child_that_saves", "--ignored", "--nocapture", "--test-threads", "1"])
            .env("PAPERS_TUI_VICTIM", dir.folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines();
        let mut saved = || while lines.next().unwrap().unwrap() != "saved" {};
        saved();
        let first = Instant::now();
        saved();
        // A random moment of the next save, which should take about as long.
        let second = Instant::now();
        let moment = second + (second - first).mul_f64((round * 79 % 128) as f64 / 100.0);
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
        victim.kill().unwrap();
        victim.wait().unwrap();
        let now = dir.text();
        assert!(now == open || now == done, "round {round}: {} bytes", now.len());
        caught += usize::from(dir.others().iter().any(|name| name.starts_with(".papers-tui-")));
        assert!(dir.store().sweep(&dir.path()).is_empty(), "our temporary files must not be kept as another program's");
        assert!(dir.others().iter().all(|name| name == "twin.md"), "round {round}: {:?}", dir.others());
    }
    println!("killed {} processes, {caught} of them with a temporary file", kills());
}

#[test]
fn a_kill_leaves_the_old_or_the_new_file() {
    kill_in_the_middle(&TestDir::new(&large_log()));
}

#[test]
fn a_kill_during_an_in_place_save_is_recovered() {
    let dir = TestDir::new(&large_log());
    std::fs::hard_link(dir.path(), dir.folder.path().join("twin.md")).unwrap();
    kill_in_the_middle(&dir);
}

#[test]
#[ignore = "run and killed by the tests above"]
fn child_that_saves() {
    let Some(folder) = std::env::var_os("PAPERS_TUI_VICTIM").map(PathBuf::from) else { return };
    let store = Store::new(folder.join("state"), RetryPolicy { pause: Duration::ZERO, attempts: 3 });
    let path = folder.join("log.md");
    let flip = |text: &str| {
        let (now, then) = if text.contains("[x] Owl") { ("[x] Owl", "[ ] Owl") } else { ("[ ] Owl", "[x] Owl") };
        text.replace(now, then)
    };
    println!();
    loop {
        let known = std::fs::read_to_string(&path).unwrap();
        let written: Result<Written, WriteError<Refusal>> = store.rewrite(&path, &known, |text| Ok(Some(flip(text))));
        written.unwrap();
        // Unbuffered: the process at the other end of the pipe waits for it.
        let mut out = File::options().write(true).open("/dev/stdout").unwrap();
        out.write_all(b"saved\n").unwrap();
    }
}
