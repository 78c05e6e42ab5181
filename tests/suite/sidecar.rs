//! The sidecar file: damage, versions, two processes, and kills.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset};
use papers_tui::io::sidecar::{self, Loaded, Notice, Sidecar, SidecarError};
use papers_tui::io::store::RetryPolicy;
use papers_tui::log::Key;
use papers_tui::review::ReviewSettings;
use papers_tui::review::deck::Deck;
use papers_tui::review::history::{Grade, Reviews};
use tempfile::TempDir;

struct TestDir {
    folder: TempDir,
}

impl TestDir {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(".papers-tui").join(name)
    }

    fn sidecar(&self) -> Sidecar<Reviews> {
        let folder = sidecar::folder(&self.folder.path().join("log.md"), None);
        Sidecar::new(folder, RetryPolicy { pause: Duration::from_millis(1), attempts: 5_000 })
    }

    /// Grades an entry, on the disk.
    fn grade(&self, name: &str) -> Result<Loaded<Reviews>, SidecarError> {
        let change = Deck::default().grade(&Key(name.into()), Grade::Good, now(), &ReviewSettings::default());
        self.sidecar().change(|reviews| reviews.apply(&change))
    }

    /// A document with two grades, and a backup with one.
    fn graded() -> Self {
        let dir = Self::new();
        dir.grade("emu").unwrap();
        dir.grade("owl").unwrap();
        dir
    }

    fn put(&self, bytes: &[u8]) {
        std::fs::create_dir_all(self.path("")).unwrap();
        std::fs::write(self.path("reviews.json"), bytes).unwrap();
    }

    fn names(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.path("")).into_iter().flatten();
        let mut names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != "reviews.json.lock");
        names.sort();
        names
    }
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2031-05-17T12:00:00+08:00").unwrap()
}

fn keys(reviews: &Reviews) -> Vec<&str> {
    reviews.history.iter().map(|line| line.key.0.as_ref()).collect()
}

#[test]
fn no_file_is_created_before_the_first_grade() {
    let dir = TestDir::new();
    assert_eq!(dir.sidecar().load().unwrap(), Loaded { document: Reviews::default(), notice: None });
    assert_eq!(std::fs::read_dir(dir.folder.path()).unwrap().count(), 0);
    let loaded = dir.grade("emu").unwrap();
    assert_eq!(loaded.notice, None);
    assert_eq!(dir.names(), ["reviews.json"]);
    assert_eq!(dir.sidecar().load().unwrap(), loaded);
    dir.grade("owl").unwrap();
    assert_eq!(dir.names(), ["reviews.json", "reviews.json.bak"]);
    let text = std::fs::read_to_string(dir.path("reviews.json")).unwrap();
    assert!(text.starts_with("{\n  \"version\": 1,\n  \"history\": [\n    {\"key\":\"emu\""), "{text}");
    assert_eq!(text.lines().count(), 9, "each grade must be on a line of its own: {text}");
}

/// Every kind of damage is reported on reading, which changes nothing; the next grade is added to the last good state,
/// and the damaged file is kept under another name.
#[test]
fn a_damaged_file_is_reported_and_kept() {
    let whole = {
        let dir = TestDir::graded();
        std::fs::read(dir.path("reviews.json")).unwrap()
    };
    let nested = format!("{{\"version\": 1, \"history\": {}", "[".repeat(200_000));
    let unknown_nested = format!("{{\"version\": 1, \"more\": {}{}}}", "[".repeat(200_000), "]".repeat(200_000));
    for (bytes, cause) in [
        (&b""[..], "empty"),
        (b" \n", "empty"),
        (b"\xEF\xBB\xBF", "empty"),
        (&whole[..whole.len() / 2], "invalid document"),
        (&whole[..whole.len() - 3], "invalid document"),
        (&[0; 4096], "nothing but NUL bytes"),
        (&[&whole[..40], &[0; 512][..]].concat(), "invalid document"),
        (nested.as_bytes(), "invalid document"),
        (unknown_nested.as_bytes(), "invalid document"),
        (b"[]", "not a review file"),
        (b"{}", "not a review file"),
        (b"{\"version\": -1}", "not a review file"),
        (b"{\"version\": 1} {}", "invalid document"),
        (b"\xff\xfe{\0}\0", "not UTF-8"),
        (b"{\"version\": 1, \"\xff\": 1}", "not UTF-8"),
    ] {
        for copy in [true, false] {
            let dir = TestDir::graded();
            if !copy {
                std::fs::remove_file(dir.path("reviews.json.bak")).unwrap();
            }
            dir.put(bytes);
            let names = dir.names();
            let loaded = dir.sidecar().load().unwrap();
            let notice = loaded.notice.unwrap();
            let message = notice.to_string();
            assert!(message.contains("reviews.json") && message.contains(cause), "{message}");
            assert!(!message.contains('\n') && message.len() < 400, "{message}");
            assert_eq!(matches!(notice, Notice::FromCopy { .. }), copy, "{message}");
            assert_eq!(keys(&loaded.document), if copy { vec!["emu"] } else { vec![] });
            assert_eq!((dir.names(), std::fs::read(dir.path("reviews.json")).unwrap()), (names, bytes.to_vec()));

            let loaded = dir.grade("yak").unwrap();
            assert!(matches!(loaded.notice, Some(Notice::SetAside { .. })), "{:?}", loaded.notice);
            assert_eq!(keys(&loaded.document), if copy { vec!["emu", "yak"] } else { vec!["yak"] });
            assert_eq!(std::fs::read(dir.path("reviews.json.damaged-1")).unwrap(), bytes);
            assert_eq!(dir.sidecar().load().unwrap(), Loaded { document: loaded.document, notice: None });
        }
    }
}

/// One record with an unknown grade or a bad date costs nothing but itself, and stays in the file.
#[test]
fn a_bad_record_is_kept_and_the_others_are_read() {
    let dir = TestDir::graded();
    let text = std::fs::read_to_string(dir.path("reviews.json")).unwrap();
    let first = text.lines().find(|line| line.contains("\"emu\"")).unwrap().trim().trim_end_matches(',');
    for (from, to) in [("\"good\"", "\"perfect\""), ("\"day\":\"2031-05-17\"", "\"day\":\"2031-05-99\"")] {
        let bad = first.replace(from, to);
        assert_ne!(bad, first);
        dir.put(text.replace(first, &bad).as_bytes());
        let loaded = dir.sidecar().load().unwrap();
        assert_eq!(keys(&loaded.document), ["owl"]);
        let said = loaded.notice.unwrap().to_string();
        assert!(said.ends_with("reviews.json: 1 record cannot be read; skipped here, and kept in the file"), "{said}");

        let loaded = dir.grade("yak").unwrap();
        assert_eq!((keys(&loaded.document), loaded.notice), (vec!["owl", "yak"], None));
        let written: serde_json::Value =
            serde_json::from_slice(&std::fs::read(dir.path("reviews.json")).unwrap()).unwrap();
        let bad: serde_json::Value = serde_json::from_str(&bad).unwrap();
        assert_eq!((written["history"].as_array().unwrap().len(), &written["history"][2]), (3, &bad));
    }
}

/// A file with conflict markers is neither read nor written, whether or not there is a backup.
#[test]
fn a_merge_conflict_is_left_for_the_user() {
    let dir = TestDir::graded();
    let text = std::fs::read_to_string(dir.path("reviews.json")).unwrap();
    let line = text.lines().find(|line| line.contains("\"owl\"")).unwrap();
    let both = format!("<<<<<<< HEAD\n{line}\n=======\n{}\n>>>>>>> other", line.replace("owl", "yak"));
    let conflict = text.replace(line, &both);
    dir.put(conflict.as_bytes());
    let names = dir.names();
    let said = dir.sidecar().load().unwrap_err().to_string();
    assert!(said.contains("reviews.json: line 5 begins a merge conflict"), "{said}");
    assert!(matches!(dir.grade("ape").unwrap_err(), SidecarError::Conflict { line: 5, .. }));
    assert_eq!(std::fs::read_to_string(dir.path("reviews.json")).unwrap(), conflict);
    assert_eq!(dir.names(), names);
}

#[test]
fn two_damaged_files_are_both_kept() {
    let dir = TestDir::graded();
    for bytes in [b"one", b"two"] {
        dir.put(bytes);
        dir.grade("yak").unwrap();
    }
    assert_eq!(std::fs::read(dir.path("reviews.json.damaged-1")).unwrap(), b"one");
    assert_eq!(std::fs::read(dir.path("reviews.json.damaged-2")).unwrap(), b"two");
}

#[test]
fn a_missing_file_is_restored_from_its_backup() {
    let dir = TestDir::graded();
    std::fs::remove_file(dir.path("reviews.json")).unwrap();
    let loaded = dir.sidecar().load().unwrap();
    assert!(matches!(loaded.notice, Some(Notice::Missing { .. })), "{:?}", loaded.notice);
    assert_eq!(keys(&dir.grade("yak").unwrap().document), ["emu", "yak"]);
    assert_eq!(dir.sidecar().load().unwrap().notice, None);
}

#[test]
fn a_file_of_a_newer_version_is_read_only() {
    let dir = TestDir::new();
    let text = br#"{"version": 2, "history": [], "suspended": ["emu"], "cards": [1]}"#;
    dir.put(text);
    let loaded = dir.sidecar().load().unwrap();
    assert!(loaded.document.suspended.contains(&Key("emu".into())), "known fields must be read");
    let error = dir.grade("yak").unwrap_err().to_string();
    assert!(error.contains("written by a newer papers-tui (version 2)") && !error.contains('\n'), "{error}");
    assert_eq!(std::fs::read(dir.path("reviews.json")).unwrap(), text);
    assert_eq!(dir.names(), ["reviews.json"]);
}

#[test]
fn byte_order_marks_and_unknown_fields_are_accepted() {
    let dir = TestDir::new();
    dir.put("\u{FEFF}{\"version\": 1, \"theme\": {\"a\": [1]}, \"history\": []}".as_bytes());
    assert_eq!(dir.grade("emu").unwrap().notice, None);
    let loaded = dir.sidecar().load().unwrap().document;
    assert_eq!(loaded.unknown["theme"]["a"][0], 1);
    assert_eq!(keys(&loaded), ["emu"]);
}

#[test]
fn an_infinite_number_does_not_damage_the_file() {
    let dir = TestDir::graded();
    let text = std::fs::read_to_string(dir.path("reviews.json")).unwrap();
    let endless = text.replacen("\"stability\":", "\"stability\":1e999,\"x\":-1e999,\"y\":", 1);
    assert_ne!(endless, text);
    dir.put(endless.as_bytes());
    let loaded = dir.grade("yak").unwrap();
    assert_eq!((keys(&loaded.document), loaded.notice), (vec!["emu", "owl", "yak"], None));
    assert!(loaded.document.history.iter().all(|line| line.stability.is_finite()));
}

#[test]
fn a_failed_save_is_reported() {
    let dir = TestDir::new();
    std::fs::write(dir.path("").parent().unwrap().join(".papers-tui"), "a file").unwrap();
    let error = dir.grade("emu").unwrap_err().to_string();
    assert!(error.contains("reviews.json") && !error.contains('\n'), "{error}");

    let dir = TestDir::new();
    std::fs::create_dir_all(dir.path("reviews.json")).unwrap();
    assert!(dir.grade("emu").unwrap_err().to_string().contains("not a file"));
}

#[test]
fn links_and_modes_are_kept() {
    let dir = TestDir::graded();
    let real = dir.path("real.json");
    std::fs::rename(dir.path("reviews.json"), &real).unwrap();
    std::os::unix::fs::symlink(&real, dir.path("reviews.json")).unwrap();
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(keys(&dir.grade("yak").unwrap().document), ["emu", "owl", "yak"]);
    assert!(std::fs::symlink_metadata(dir.path("reviews.json")).unwrap().is_symlink());
    assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    let copy = std::fs::read_to_string(dir.path("reviews.json.bak")).unwrap();
    assert!(copy.contains("owl") && !copy.contains("yak"));
}

#[test]
fn a_link_out_of_the_folder_is_refused() {
    for name in ["reviews.json", "reviews.json.bak", "reviews.json.lock"] {
        let dir = TestDir::graded();
        let outside = dir.folder.path().join("notes.txt");
        for text in [Some("precious"), None] {
            match text {
                Some(text) => std::fs::write(&outside, text).unwrap(),
                None => std::fs::remove_file(&outside).unwrap(),
            }
            let _ = std::fs::remove_file(dir.path(name));
            std::os::unix::fs::symlink(&outside, dir.path(name)).unwrap();
            let changed = dir.grade("yak");
            assert_eq!(std::fs::read_to_string(&outside).ok().as_deref(), text, "{name}");
            if name == "reviews.json" {
                let error = changed.unwrap_err().to_string();
                assert!(error.contains("reviews.json: this symbolic link leads out of its folder"), "{error}");
                assert!(dir.sidecar().load().is_err());
            }
        }
    }
}

#[test]
fn a_pipe_as_the_lock_does_not_block() {
    let dir = TestDir::graded();
    std::fs::remove_file(dir.path("reviews.json.lock")).unwrap();
    assert!(Command::new("mkfifo").arg(dir.path("reviews.json.lock")).status().unwrap().success());
    let error = dir.grade("yak").unwrap_err().to_string();
    assert!(error.contains("not saved"), "{error}");
    assert_eq!(keys(&dir.sidecar().load().unwrap().document), ["emu", "owl"]);
}

#[test]
fn the_folder_is_beside_the_log_or_as_configured() {
    let dir = TestDir::new();
    let log = dir.folder.path().join("log.md");
    std::fs::write(&log, "").unwrap();
    let here = dir.folder.path().canonicalize().unwrap();
    assert_eq!(sidecar::folder(&log, None), here.join(".papers-tui"));
    let elsewhere = sidecar::folder(&log, Some(std::path::Path::new("/state")));
    assert_eq!(elsewhere, std::path::Path::new("/state").join(here.strip_prefix("/").unwrap()));
}

/// Two threads write at once, each with its own lock, like two processes.
#[test]
fn two_writers_keep_all_grades() {
    let dir = TestDir::new();
    std::thread::scope(|scope| {
        for writer in 0..2 {
            let dir = &dir;
            scope.spawn(move || {
                for round in 0..25 {
                    dir.grade(&format!("{writer}-{round}")).unwrap();
                }
            });
        }
    });
    assert_eq!(dir.sidecar().load().unwrap().document.history.len(), 50);
}

/// The other program, such as a sync program, ignores our lock.
#[test]
fn a_concurrent_save_of_another_program_is_kept() {
    let (theirs, yak) = (TestDir::graded(), Key("yak".into()));
    theirs.grade("gnu").unwrap();
    let ours = Deck::default().grade(&yak, Grade::Good, now(), &ReviewSettings::default());
    for (is_there, renames) in [(true, true), (true, false), (false, true), (false, false)] {
        let dir = if is_there { TestDir::graded() } else { TestDir::new() };
        let mut rounds = 0;
        let loaded = dir.sidecar().change(|reviews| {
            rounds += 1;
            if rounds == 1 {
                let (path, new) = (dir.path("reviews.json"), dir.path("theirs"));
                std::fs::copy(theirs.path("reviews.json"), if renames { &new } else { &path }).unwrap();
                assert!(!renames || std::fs::rename(new, path).is_ok());
            }
            reviews.apply(&ours);
        });
        assert_eq!(keys(&loaded.unwrap().document), ["emu", "owl", "gnu", "yak"]);
        assert_eq!((rounds, dir.names()), (2, vec!["reviews.json".to_owned(), "reviews.json.bak".to_owned()]));
    }
    let dir = TestDir::graded();
    let mut rounds = 0;
    let error = dir.sidecar().change(|_| {
        rounds += 1;
        dir.put(format!("{{\"version\":1,\"round\":{rounds}}}").as_bytes());
    });
    assert!(matches!(error, Err(SidecarError::Unsettled(_))), "{error:?}");
    assert!(std::fs::read_to_string(dir.path("reviews.json")).unwrap().contains(&format!("\"round\":{rounds}")));
    assert_eq!(dir.names(), ["reviews.json", "reviews.json.bak"]);
}

/// The kill came before the other program's save was put back, so it still has a temporary name of ours.
#[test]
fn a_save_of_another_program_before_a_kill_is_kept() {
    let dir = TestDir::graded();
    let hash = |bytes: &[u8]| {
        let mut hasher = std::hash::DefaultHasher::new();
        std::hash::Hasher::write(&mut hasher, bytes);
        std::hash::Hasher::finish(&hasher)
    };
    let (name, base) = (hash(b"reviews.json"), hash(b"base"));
    let dead = dir.path(&format!(".papers-tui-2147483646-{name:016x}-{base:016x}-{base:016x}-a"));
    std::fs::write(&dead, "base").unwrap();
    assert_eq!(dir.sidecar().change(|_| ()).unwrap().notice, None);
    assert_eq!(dir.names(), ["reviews.json", "reviews.json.bak"]);
    std::fs::write(&dead, "theirs").unwrap();
    let notice = dir.sidecar().change(|_| ()).unwrap().notice;
    let Some(Notice::Kept { kept, .. }) = notice else { panic!("{notice:?}") };
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "theirs");
    assert_eq!(dir.names().len(), 3);
    assert!(kept.ends_with(".json"), "{kept}");
}

#[test]
fn waiting_for_the_lock_times_out() {
    let dir = TestDir::graded();
    let lock = std::fs::File::options().append(true).open(dir.path("reviews.json.lock")).unwrap();
    rustix::fs::flock(&lock, rustix::fs::FlockOperation::LockExclusive).unwrap();
    let sidecar: Sidecar<Reviews> = Sidecar::new(dir.path(""), RetryPolicy { pause: Duration::ZERO, attempts: 3 });
    let error = sidecar.change(|_| ()).unwrap_err();
    assert!(matches!(error, SidecarError::Locked(_)), "{error}");
}

/// How many processes to kill; `PAPERS_TUI_KILLS` sets it.
fn kills() -> u64 {
    std::env::var("PAPERS_TUI_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(20)
}

/// A killed process loses at most the grade that it has not confirmed.
#[test]
fn a_kill_loses_no_confirmed_grade() {
    let dir = TestDir::new();
    // A history that takes a while to write.
    dir.sidecar()
        .change(|reviews| {
            for at in 0..2_000 {
                reviews.apply(&Deck::default().grade(
                    &Key(format!("old-{at}").into()),
                    Grade::Good,
                    now(),
                    &ReviewSettings::default(),
                ));
            }
        })
        .unwrap();
    let mut known = 2_000;
    for round in 0..kills() {
        let mut victim = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "sidecar::child_that_grades", "--ignored", "--nocapture", "--test-threads", "1"])
            .env("PAPERS_TUI_VICTIM", dir.folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines();
        let mut saved = || while lines.next().unwrap().unwrap() != "saved" {};
        saved();
        let first = Instant::now();
        saved();
        let second = Instant::now();
        let moment = second + (second - first).mul_f64((round * 79 % 128) as f64 / 100.0);
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
        victim.kill().unwrap();
        victim.wait().unwrap();
        let confirmed = 2 + lines.map_while(Result::ok).filter(|line| line == "saved").count();
        let loaded = dir.sidecar().load().unwrap();
        assert_eq!(loaded.notice, None, "round {round}");
        let now = loaded.document.history.len();
        assert!(now == known + confirmed || now == known + confirmed + 1, "round {round}: {known} {confirmed} {now}");
        known = now;
    }
    dir.sidecar().change(|_| ()).unwrap();
    assert_eq!(dir.names(), ["reviews.json", "reviews.json.bak"], "files of killed processes must be removed");
}

#[test]
#[ignore = "run and killed by the test above"]
fn child_that_grades() {
    let Some(folder) = std::env::var_os("PAPERS_TUI_VICTIM").map(PathBuf::from) else { return };
    let sidecar: Sidecar<Reviews> =
        Sidecar::new(folder.join(".papers-tui"), RetryPolicy { pause: Duration::ZERO, attempts: 3 });
    println!();
    for grade in 0_u64.. {
        let key = Key(format!("{}-{grade}", std::process::id()).into());
        let change = Deck::default().grade(&key, Grade::Good, now(), &ReviewSettings::default());
        sidecar.change(|reviews| reviews.apply(&change)).unwrap();
        // Unbuffered: the process at the other end of the pipe waits for it.
        let mut out = std::fs::File::options().write(true).open("/dev/stdout").unwrap();
        out.write_all(b"saved\n").unwrap();
    }
}
