//! Other programs and processes that change the log, and system calls that fail.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use papers_tui::io::store::{RetryPolicy, Store, conflict_copies};
use papers_tui::log::edit::{InsertAt, Intent};
use papers_tui::log::{Log, Source, parse};

const LOG: &str = "# todo\n\n- [ ] Elk\n- [ ] birds\n  - [ ] Owl\n  - [x] Emu\n\n## 2031.5.17\n\n《Gnu》\n\n正文\n";

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

fn store(folder: &Path) -> Store {
    Store::new(folder.join("state"), RetryPolicy { pause: Duration::from_millis(1), attempts: 400 })
}

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|count| count.parse().ok()).unwrap_or(otherwise)
}

/// `is_as_written` holds until another program opens the file that we wrote.
#[test]
fn a_program_that_opens_our_file_is_detected() {
    let folder = tempfile::tempdir().unwrap();
    let (path, store) = (folder.path().join("log.md"), store(folder.path()));
    std::fs::write(&path, LOG).unwrap();
    let tick = |known: &str, task, done| {
        let intent = Intent::set_done(&read(known), task, done).unwrap();
        store.make(&path, known, &[intent]).unwrap().text
    };
    let known = tick(LOG, 0, true);
    if !store.is_as_written(&path, &known) {
        return println!("skipped: this file system does not report who opens a file");
    }
    assert!(!store.is_as_written(&path, LOG));
    let known = tick(&known, 0, false);
    assert!(store.is_as_written(&path, &known));
    let mut appender = File::options().append(true).open(&path).unwrap();
    assert!(!store.is_as_written(&path, &known), "even before it writes");
    tick(&known, 0, true);
    appender.write_all(b"appended\n").unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), LOG.replace("[ ] Elk", "[x] Elk") + "appended\n");
}

#[test]
fn a_git_checkout_during_a_save_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.md");
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(folder.path())
            .args(["-c", "user.name=a", "-c", "user.email=a@b.example"])
            .args(arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    let other = LOG.replace("正文", "theirs");
    std::fs::write(&path, LOG).unwrap();
    std::fs::write(folder.path().join(".gitignore"), "state\n").unwrap();
    if !(git(&["init", "-q", "-b", "one"]) && git(&["add", "."]) && git(&["commit", "-qm", "one"])) {
        return println!("skipped: no git");
    }
    assert!(git(&["checkout", "-qb", "two"]));
    std::fs::write(&path, &other).unwrap();
    assert!(git(&["commit", "-qam", "two"]));
    let store = store(folder.path());
    for round in 0..number("PAPERS_TUI_CHECKOUTS", 6) {
        let (branch, text) = if round % 2 == 0 { ("one", LOG) } else { ("two", other.as_str()) };
        std::thread::scope(|scope| {
            let checkout = scope.spawn(|| git(&["checkout", "-qf", branch]));
            let known = std::fs::read_to_string(&path).unwrap_or_default();
            let log = read(&known);
            if let Some(owl) = log.tasks.iter().position(|task| task.text == "Owl") {
                let intents: Vec<Intent> = Intent::set_done(&log, owl, !log.tasks[owl].is_done()).into_iter().collect();
                // The tick may be made, refused, or undone by the checkout; the branch's text must be there anyway.
                let _ = store.make(&path, &known, &intents);
            }
            assert!(checkout.join().unwrap());
        });
        let now = std::fs::read_to_string(&path).unwrap();
        assert_eq!(now.replace("[x] Owl", "[ ] Owl"), text, "round {round}");
        assert!(git(&["checkout", "-qf", branch]));
    }
}

#[test]
fn two_processes_can_save_at_once() {
    let each = number("PAPERS_TUI_TICKS", 25);
    let folder = tempfile::tempdir().unwrap();
    let items: String = (0..2 * each).map(|item| format!("- [ ] item {item}\n")).collect();
    std::fs::write(folder.path().join("log.md"), format!("# todo\n\n{items}")).unwrap();
    let start = |parity: usize| {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "outside::ticks_every_other_item", "--ignored", "--test-threads", "1"]);
        child.env("PAPERS_TUI_PARITY", parity.to_string()).env("PAPERS_TUI_VICTIM", folder.path());
        child.stdout(Stdio::null()).spawn().unwrap()
    };
    for mut child in [start(0), start(1)] {
        assert!(child.wait().unwrap().success());
    }
    let now = std::fs::read_to_string(folder.path().join("log.md")).unwrap();
    assert_eq!(now.matches("[x]").count(), 2 * each);
    assert_eq!(now.replace("[x]", "[ ]"), format!("# todo\n\n{items}"));
}

#[test]
#[ignore = "run by the test above"]
fn ticks_every_other_item() {
    let Some(folder) = std::env::var_os("PAPERS_TUI_VICTIM").map(PathBuf::from) else { return };
    let (parity, path) = (number("PAPERS_TUI_PARITY", 0), folder.join("log.md"));
    let mut known = std::fs::read_to_string(&path).unwrap();
    for task in (0..read(&known).tasks.len()).filter(|task| task % 2 == parity) {
        let intent = Intent::set_done(&read(&known), task, true).unwrap();
        known = store(&folder).make(&path, &known, &[intent]).unwrap().text;
    }
}

#[test]
fn a_change_lost_to_a_stale_save_is_reported_once() {
    let folder = tempfile::tempdir().unwrap();
    let (path, store) = (folder.path().join("log.md"), store(folder.path()));
    std::fs::write(&path, LOG).unwrap();
    let log = read(LOG);
    let tick = Intent::set_done(&log, 0, true).unwrap();
    let add = Intent::AddTask { text: "Ape".into(), place: InsertAt::End };
    let text = store.make(&path, LOG, std::slice::from_ref(&tick)).unwrap().text;
    let text = store.make(&path, &text, std::slice::from_ref(&add)).unwrap().text;
    // A text of another program that has both changes: nothing was lost.
    assert_eq!(store.undone(&path, &format!("hello\n\n{text}")), []);
    let inverse = add.apply_to_text(&text.replace("- [ ] Ape\n", "")).unwrap().unwrap().inverse;
    let text = store.make(&path, &text, &[inverse]).unwrap().text;
    // `add` was undone by us and made again. A stale buffer drops it: it is reported once, since our own undo does not count.
    store.make(&path, &text, std::slice::from_ref(&add)).unwrap();
    let stale = text.replace("正文", "an editor's");
    assert_eq!(store.undone(&path, &stale), [add]);
    assert_eq!(store.undone(&path, &stale), []);
}

#[test]
fn text_that_cannot_be_written_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (path, store) = (folder.path().join("log.md"), store(folder.path()));
    std::fs::write(&path, format!("{LOG}<<<<<<< ours\n")).unwrap();
    let add = Intent::AddTask { text: "a long thought".into(), place: InsertAt::End };
    let unmade = store.make(&path, LOG, &[add]).unwrap_err();
    let kept = unmade.kept.clone().unwrap();
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "a long thought");
    let said = unmade.to_string();
    assert!(said.contains("merge conflict") && said.ends_with(&kept.display().to_string()), "{said}");
}

#[test]
fn conflict_copies_of_sync_programs_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["log.sync-conflict-20310517-101112-ABCDEFG.md", "log (Ann's conflicted copy 2031-05-17).md"];
    for name in names.iter().chain(&["log.md", "other.sync-conflict-1.md", "logs.md"]) {
        std::fs::write(folder.path().join(name), "").unwrap();
    }
    assert_eq!(conflict_copies(&folder.path().join("log.md")), [names[1], names[0]]);
}

/// A folder with a log to run the program on.
struct TestDir {
    folder: tempfile::TempDir,
}

impl TestDir {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("log")).unwrap();
        std::fs::write(folder.path().join("log/log.md"), text).unwrap();
        Self { folder }
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log/log.md")
    }

    /// Runs `tick` through a command such as `strace`.
    fn tick(&self, before: &[&str]) -> Output {
        let log = self.log();
        let arguments = [env!("CARGO_BIN_EXE_papers-tui"), "tick", "--log", log.to_str().unwrap(), "Owl"];
        let mut all = before.iter().copied().chain(arguments);
        let mut command = Command::new(all.next().unwrap());
        command.args(all).env("XDG_STATE_HOME", self.folder.path().join("state"));
        command.env_remove("PAPERS_TUI_LOG").env("PAPERS_TUI_LANG", "en").output().unwrap()
    }

    fn beside(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("log")).unwrap().count() - 1
    }
}

/// Makes call number `at` fail; returns false if there are fewer calls.
#[track_caller]
fn fail(call: &str, error: &str, at: usize) -> bool {
    let dir = TestDir::new(LOG);
    let trace = dir.folder.path().join("trace");
    let inject = format!("inject={call}:error={error}:when={at}");
    let output =
        dir.tick(&["strace", "-f", "-o", trace.to_str().unwrap(), "-e", &format!("trace={call}"), "-e", &inject]);
    let was_injected = std::fs::read_to_string(&trace).unwrap_or_default().contains("(INJECTED)");
    let now = std::fs::read_to_string(dir.log()).unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let is_done = now == LOG.replace("[ ] Owl", "[x] Owl");
    let case = format!("{call} {at} {error}: {:?} {said}", output.status);
    assert!(is_done || now == LOG, "torn: {case}\n{now}");
    assert!(!output.status.success() || is_done, "false success: {case}");
    assert!(output.status.success() || !is_done || said.contains("but it is done"), "false failure: {case}");
    // A file that cannot be removed is cleaned up at the next start.
    assert!(dir.beside() == 0 || call.starts_with("unlink"), "something is left: {case}");
    was_injected
}

#[test]
fn failing_system_calls_are_reported_and_lose_nothing() {
    if Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        return println!("skipped: no strace");
    }
    if !fail("openat", "EACCES", 1) {
        return println!("skipped: strace cannot trace here");
    }
    let errors = ["EIO", "ENOSPC", "EDQUOT", "EACCES", "EINTR"];
    let is_long = std::env::var_os("PAPERS_TUI_FAULTS").is_some();
    let mut count = 0;
    for call in ["fsync", "renameat2", "rename", "write", "unlink", "openat", "close"] {
        for at in 1.. {
            // A short run tries one error at each position, and every fourth `openat` and `close`.
            let each: Vec<&str> = if is_long { errors.to_vec() } else { vec![errors[at % errors.len()]] };
            let at = if is_long || !matches!(call, "openat" | "close") { at } else { at * 4 };
            let any = each.into_iter().map(|error| fail(call, error, at)).fold(false, |any, was| any | was);
            count += 1;
            if !any {
                break;
            }
        }
    }
    println!("{count} positions");
}

#[test]
fn exceeding_the_file_size_limit_is_an_error() {
    let text = format!("{LOG}{}", "正文 text\n".repeat(1000));
    let dir = TestDir::new(&text);
    let output = dir.tick(&["sh", "-c", "ulimit -f 4; exec \"$@\"", "sh"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("not saved"), "{output:?}");
    assert_eq!(std::fs::read_to_string(dir.log()).unwrap(), text);
    assert_eq!(dir.beside(), 0);
}

#[test]
fn a_full_disk_is_an_error() {
    let dir = TestDir::new(LOG);
    let folder = dir.folder.path().join("log");
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(&folder).output();
    if !mount.is_ok_and(|output| output.status.success()) {
        return println!("skipped: only the superuser mounts file systems");
    }
    std::fs::write(dir.log(), LOG).unwrap();
    // Fill the disk; how far it gets does not matter.
    let _ = std::fs::write(folder.join("filler"), vec![b'x'; 1 << 20]);
    let output = dir.tick(&[]);
    let (now, beside) = (std::fs::read_to_string(dir.log()), dir.beside());
    assert!(Command::new("umount").arg(&folder).status().unwrap().success());
    assert_eq!(now.unwrap(), LOG);
    assert_eq!((output.status.code(), beside), (Some(2), 1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("not saved"), "{output:?}");
}

#[test]
fn a_log_in_a_read_only_folder_is_written_in_place() {
    let dir = TestDir::new(LOG);
    let folder = dir.folder.path().join("log");
    let mode = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(dir.folder.path(), 0o777);
    mode(&dir.log(), 0o666);
    mode(&folder, 0o555);
    let is_root = File::create(folder.join("probe")).is_ok();
    let user = ["setpriv", "--reuid=1234", "--regid=1234", "--clear-groups"];
    let output = if is_root {
        std::fs::remove_file(folder.join("probe")).unwrap();
        let program = Path::new(env!("CARGO_BIN_EXE_papers-tui"));
        let can = Command::new(user[0]).args(&user[1..]).arg(program).arg("--version").output();
        if !can.is_ok_and(|output| output.status.success()) {
            return println!("skipped: the superuser writes everywhere, and cannot become someone else here");
        }
        dir.tick(&user)
    } else {
        dir.tick(&[])
    };
    assert!(output.status.success(), "{output:?}");
    assert_eq!(std::fs::read_to_string(dir.log()).unwrap(), LOG.replace("[ ] Owl", "[x] Owl"));
    mode(&folder, 0o755);
}

#[test]
fn a_bind_mounted_file_is_written_in_place() {
    let dir = TestDir::new("");
    let real = dir.folder.path().join("real.md");
    std::fs::write(&real, LOG).unwrap();
    let mount = Command::new("mount").arg("--bind").args([&real, &dir.log()]).output();
    if !mount.is_ok_and(|output| output.status.success()) {
        return println!("skipped: only the superuser mounts file systems");
    }
    let output = dir.tick(&[]);
    let (now, beside) = (std::fs::read_to_string(&real), dir.beside());
    assert!(Command::new("umount").arg(dir.log()).status().unwrap().success());
    assert!(output.status.success(), "{output:?}");
    assert_eq!((now.unwrap(), beside), (LOG.replace("[ ] Owl", "[x] Owl"), 0));
}

#[test]
fn inode_flags_are_kept() {
    let dir = TestDir::new(LOG);
    let flags = || {
        let output = Command::new("lsattr").arg(dir.log()).output().ok()?;
        String::from_utf8(output.stdout).ok()?.split(' ').next().map(str::to_owned)
    };
    let is_set = Command::new("chattr").arg("+dSA").arg(dir.log()).output();
    if !is_set.is_ok_and(|output| output.status.success()) {
        return println!("skipped: the folder for temporary files has no such flags");
    }
    let before = flags().unwrap();
    assert!(before.contains('d') && before.contains('S') && before.contains('A'), "{before}");
    // Twice: the second save replaces a file that we wrote.
    let store = store(dir.folder.path());
    let tick = |done| {
        let known = std::fs::read_to_string(dir.log()).unwrap();
        let intent = Intent::set_done(&read(&known), 0, done).unwrap();
        store.make(&dir.log(), &known, &[intent]).unwrap();
    };
    tick(true);
    assert_eq!(flags().unwrap(), before);
    tick(false);
    assert_eq!(flags().unwrap(), before);
}

#[test]
fn chained_links_are_kept_and_a_broken_one_is_an_error() {
    let dir = TestDir::new(LOG);
    let folder = dir.folder.path().join("log");
    std::fs::create_dir(folder.join("real")).unwrap();
    std::fs::rename(dir.log(), folder.join("real/it.md")).unwrap();
    std::os::unix::fs::symlink("real/../real/it.md", folder.join("middle.md")).unwrap();
    std::os::unix::fs::symlink("./middle.md", dir.log()).unwrap();
    assert!(dir.tick(&[]).status.success());
    assert_eq!(std::fs::read_to_string(folder.join("real/it.md")).unwrap(), LOG.replace("[ ] Owl", "[x] Owl"));
    for link in ["log.md", "middle.md"] {
        assert!(std::fs::symlink_metadata(folder.join(link)).unwrap().is_symlink(), "{link}");
    }
    std::fs::remove_file(folder.join("real/it.md")).unwrap();
    let output = dir.tick(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no such file"), "{output:?}");
}

#[test]
fn access_control_lists_are_kept() {
    let dir = TestDir::new(LOG);
    // The binary form of an access list: version 2; owner, user 1234, group, mask, others.
    let entries: [(u16, u16, u32); 5] =
        [(1, 6, u32::MAX), (2, 4, 1234), (4, 4, u32::MAX), (16, 4, u32::MAX), (32, 0, u32::MAX)];
    let mut list = 2_u32.to_le_bytes().to_vec();
    for (tag, allowed, id) in entries {
        list.extend([tag.to_le_bytes(), allowed.to_le_bytes()].concat());
        list.extend(id.to_le_bytes());
    }
    let name = "system.posix_acl_access";
    if rustix::fs::setxattr(dir.log(), name, &list, rustix::fs::XattrFlags::empty()).is_err() {
        return println!("skipped: the folder for temporary files has no access lists");
    }
    assert!(dir.tick(&[]).status.success());
    let mut now = vec![0; 256];
    let length = rustix::fs::getxattr(dir.log(), name, &mut now[..]).unwrap();
    assert_eq!(&now[..length], list);
}
