//! Other programs save the log at the same moment, in every way programs save. Afterwards their text is in the log or
//! in a conflict copy that we name. Our change is in the log too, unless they saved an older text over it; then we
//! notice.
//!
//! Short by default; `PAPERS_TUI_INTERLEAVINGS` and `PAPERS_TUI_KILLS` make a long run.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use papers_tui::io::store::{ChangeError, RetryPolicy, Store, Written};
use papers_tui::log::edit::{Intent, Refusal};
use papers_tui::log::{Log, Source, parse};

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

fn store(folder: &Path) -> Store {
    Store::new(folder.join("state"), RetryPolicy { pause: Duration::from_millis(1), attempts: 400 })
}

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|count| count.parse().ok()).unwrap_or(otherwise)
}

/// Random numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }

    /// Waits a random time of up to 400 µs, so that the two programs meet anywhere within a save.
    fn wait(&mut self) {
        let moment = Instant::now() + Duration::from_micros(u64::try_from(self.throw(400)).unwrap());
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
    }
}

/// How a program saves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Rename,
    BackUpAndRename,
    Truncate,
    Append,
    AppendToOpenFile,
    DeleteAndCreate,
    InPlace,
    Checkout,
}

const WAYS: [Way; 8] = [
    Way::Rename,
    Way::BackUpAndRename,
    Way::Truncate,
    Way::Append,
    Way::AppendToOpenFile,
    Way::DeleteAndCreate,
    Way::InPlace,
    Way::Checkout,
];

/// Another program that saves the log.
struct Saver {
    path: PathBuf,
    dice: Dice,
    /// A handle kept open between saves.
    open: Option<File>,
    has_git: bool,
}

impl Saver {
    fn new(path: &Path, seed: u64) -> Self {
        let mut saver = Self { path: path.to_owned(), dice: Dice(seed), open: None, has_git: true };
        saver.has_git = saver.git(&["init", "-q"]).is_some();
        saver
    }

    fn git(&self, arguments: &[&str]) -> Option<String> {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.path.parent()?).args(arguments).stderr(Stdio::null());
        let output = command.output().ok().filter(|output| output.status.success())?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Saves the log with one change; returns the text that must be found afterwards.
    fn save(&mut self, way: Way, round: usize) -> String {
        let line = format!("- [ ] outside {round}\n");
        if way != Way::AppendToOpenFile {
            self.open = None;
        }
        self.dice.wait();
        match way {
            Way::Append => {
                let mut file = File::options().append(true).open(&self.path).unwrap();
                self.dice.wait();
                file.write_all(line.as_bytes()).unwrap();
                self.dice.wait();
            }
            Way::AppendToOpenFile => {
                let mut file =
                    self.open.take().unwrap_or_else(|| File::options().append(true).open(&self.path).unwrap());
                self.dice.wait();
                file.write_all(line.as_bytes()).unwrap();
                self.open = Some(file);
            }
            Way::InPlace => return self.save_in_place(round),
            other => self.save_whole(other, &line),
        }
        line
    }

    /// Reads the log, waits, possibly for long, and saves over newer changes.
    fn save_whole(&mut self, way: Way, line: &str) {
        let text = std::fs::read_to_string(&self.path).unwrap();
        let at = text.match_indices("- [").nth(self.dice.throw(4)).unwrap().0;
        let at = text[..at].rfind('\n').unwrap() + 1;
        let text = format!("{}{line}{}", &text[..at], &text[at..]);
        for _ in 0..self.dice.throw(2) * self.dice.throw(20) {
            self.dice.wait();
        }
        let (path, beside) = (&self.path, self.path.with_extension("swp"));
        match way {
            Way::Rename => {
                std::fs::write(&beside, text).unwrap();
                self.dice.wait();
                std::fs::rename(beside, path).unwrap();
            }
            Way::BackUpAndRename => {
                std::fs::rename(path, &beside).unwrap();
                self.dice.wait();
                File::options().write(true).create_new(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
                std::fs::remove_file(beside).unwrap();
            }
            Way::Truncate => {
                let mut file = File::create(path).unwrap();
                self.dice.wait();
                let (start, end) = text.split_at(text.len() / 3);
                file.write_all(start.as_bytes()).unwrap();
                self.dice.wait();
                file.write_all(end.as_bytes()).unwrap();
            }
            Way::Checkout if self.has_git => {
                std::fs::write(&beside, text).unwrap();
                let hash = self.git(&["hash-object", "-w", "log.swp"]).unwrap();
                std::fs::remove_file(beside).unwrap();
                self.git(&["update-index", "--add", "--cacheinfo", &format!("100644,{hash},log.md")]).unwrap();
                self.git(&["checkout", "-f", "--", "log.md"]).unwrap();
            }
            _ => {
                std::fs::remove_file(path).unwrap();
                self.dice.wait();
                File::options().write(true).create_new(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
            }
        }
    }

    /// Overwrites the counter in place; returns its new text.
    fn save_in_place(&mut self, round: usize) -> String {
        let file = File::options().read(true).write(true).open(&self.path).unwrap();
        let mut text = vec![0; usize::try_from(file.metadata().unwrap().len()).unwrap()];
        file.read_exact_at(&mut text, 0).unwrap();
        let text = String::from_utf8(text).unwrap();
        let at = text.find("count ").unwrap();
        let wanted = format!("count {round:06}");
        self.dice.wait();
        file.write_all_at(wanted.as_bytes(), u64::try_from(at).unwrap()).unwrap();
        self.dice.wait();
        wanted
    }
}

/// The items that we change, and whether they are done.
fn ours(text: &str) -> BTreeMap<String, bool> {
    let log = read(text);
    let ours = log.tasks.iter().filter(|task| task.text.starts_with("ours"));
    ours.map(|task| (task.text.clone(), task.is_done())).collect()
}

/// A log that we and others save.
struct TestDir {
    folder: tempfile::TempDir,
    /// The texts of all conflict copies named so far.
    named: String,
    copies: usize,
}

impl TestDir {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), named: String::new(), copies: 0 }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("log.md")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.path()).unwrap()
    }

    fn start() -> String {
        let items: String = (0..12).map(|item| format!("- [ ] ours {item}\n")).collect();
        format!("# todo\n\ncount 000000\n\n{items}")
    }

    /// Reads the named copies, and removes them as a user would.
    fn take(&mut self, copies: &[PathBuf]) {
        for copy in copies {
            self.named += &std::fs::read_to_string(copy).unwrap();
            std::fs::remove_file(copy).unwrap();
            self.copies += 1;
        }
    }

    fn holds(&self, what: &str) -> bool {
        self.text().contains(what) || self.named.contains(what)
    }

    #[track_caller]
    fn has(&self, what: &str, case: &str) {
        assert!(self.holds(what), "{case}: {what:?} is lost\n{}\n{}", self.text(), self.named);
    }

    /// Checks that no file of a save is left, beside the log or in the state folder.
    #[track_caller]
    fn is_clean(&self, case: &str) {
        self.is_tidy(case);
        for kind in ["backups", "displaced"] {
            let left = std::fs::read_dir(self.folder.path().join("state").join(kind));
            assert_eq!(left.map_or(0, Iterator::count), 0, "{case}: something is left in {kind}");
        }
    }

    /// Checks that nothing is beside the log except our state and the git repository.
    #[track_caller]
    fn is_tidy(&self, case: &str) {
        let names = std::fs::read_dir(self.folder.path()).unwrap().map(|file| file.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.retain(|name| !matches!(name.as_str(), "log.md" | "state" | ".git"));
        assert!(names.is_empty(), "{case}: {names:?} is left");
    }
}

/// Plays the other programs: in each round one saves in some way, and a second may append a line to the file it finds.
fn others(path: &Path, rounds: &mpsc::Receiver<(usize, Way)>, saved: &mpsc::Sender<Vec<String>>) {
    let (mut first, mut second) = (Saver::new(path, 77), Dice(55));
    for (round, way) in rounds {
        let saves = std::thread::scope(|scope| {
            // Saving a whole text would overwrite the appended line, which is not our fault.
            let appends = matches!(way, Way::Append | Way::AppendToOpenFile);
            let other = appends.then(|| {
                scope.spawn(|| {
                    second.wait();
                    second.wait();
                    let line = format!("- [ ] second {round}\n");
                    let mut file = File::options().append(true).open(path).unwrap();
                    second.wait();
                    file.write_all(line.as_bytes()).unwrap();
                    line
                })
            });
            let mut saves = vec![first.save(way, round)];
            saves.extend(other.map(|other| other.join().unwrap()));
            saves
        });
        saved.send(saves).unwrap();
    }
}

#[test]
fn concurrent_saves_lose_nothing() {
    let mut dir = TestDir::new();
    let rounds = number("PAPERS_TUI_INTERLEAVINGS", 64);
    let store = store(dir.folder.path());
    let (start_round, rounds_to_save) = mpsc::channel();
    let (saved, round_is_saved) = mpsc::channel();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut late = 0;
    std::fs::write(dir.path(), TestDir::start()).unwrap();
    std::thread::scope(|scope| {
        let path = dir.path();
        // Ends when this thread drops `start_round`, even if an assertion fails.
        scope.spawn(move || others(&path, &rounds_to_save, &saved));
        let start_round = start_round;
        let mut dice = Dice(99);
        let mut known = TestDir::start();
        for round in 0..rounds {
            let case = format!("round {round}, {:?}", WAYS[round / 2 % 8]);
            if round % 48 == 0 && round > 0 {
                dir.take(&store.finish(&dir.path()));
                dir.is_clean(&case);
                // No one has the log open now: the other program closes its handle before it saves in another way.
                std::fs::write(dir.path(), TestDir::start()).unwrap();
                known = TestDir::start();
                store.undone(&dir.path(), &known);
                dir.named.clear();
            }
            // Half of the rounds start with a file that we wrote and no one has opened since.
            if round % 2 == 0 {
                let log = read(&known);
                let wanted = format!("ours {}", (round + 1) % 12);
                let other = log.tasks.iter().position(|task| task.text == wanted).unwrap();
                let intent = Intent::set_done(&log, other, !log.tasks[other].is_done()).unwrap();
                if let Ok(written) = store.make(&dir.path(), &known, &[intent]) {
                    known = written.text;
                }
            }
            let before = ours(&known);
            let log = read(&known);
            let task = log.tasks.iter().position(|task| task.text == format!("ours {}", round % 12)).unwrap();
            let (text, wanted) = (log.tasks[task].text.clone(), !log.tasks[task].is_done());
            let intent = Intent::set_done(&log, task, wanted).unwrap();
            start_round.send((round, WAYS[round / 2 % 8])).unwrap();
            dice.wait();
            let made = store.make(&dir.path(), &known, std::slice::from_ref(&intent));
            let saves: Vec<String> = round_is_saved.recv().unwrap();
            match &made {
                Ok(Written { copies, .. }) | Err(ChangeError { copies, .. }) => dir.take(copies),
            }
            // As the worker does when idle.
            if !saves.iter().all(|saved| dir.holds(saved.trim())) {
                late += 1;
                dir.take(&store.finish(&dir.path()));
            }
            saves.iter().for_each(|saved| dir.has(saved.trim(), &format!("{case}: {made:?}")));
            dir.is_tidy(&case);
            let now = dir.text();
            let mut expected = before.clone();
            expected.insert(text, wanted);
            let how = match made {
                Ok(_) if ours(&now) == expected => "done",
                Ok(_) => {
                    assert_eq!(ours(&now), before, "{case}: only our last change may be lost");
                    assert_eq!(store.undone(&dir.path(), &now), [intent], "{case}: the lost change must be noticed");
                    "undone by others and noticed"
                }
                Err(error) => {
                    assert_eq!(ours(&now), before, "{case}: {error}");
                    "refused"
                }
            };
            *counts.entry(how).or_default() += 1;
            known = now;
        }
    });
    assert!(counts.get("done").is_some_and(|done| *done > 0), "{counts:?}");
    println!("{rounds} rounds: {counts:?}, {late} with late saves, {} named copies", dir.copies);
}

/// Kills processes that save continuously while others save too.
#[test]
fn a_kill_during_concurrent_saves_loses_nothing() {
    let mut dir = TestDir::new();
    let (store, mut dice) = (store(dir.folder.path()), Dice(1234));
    let mut saver = Saver::new(&dir.path(), 4321);
    let kills = number("PAPERS_TUI_KILLS", 12);
    let mut left = 0;
    for round in 0..kills {
        std::fs::write(dir.path(), TestDir::start()).unwrap();
        dir.named.clear();
        let mut victim = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "concurrent_saves::child_that_ticks", "--ignored", "--nocapture", "--test-threads", "1"])
            .env("PAPERS_TUI_VICTIM", dir.folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines();
        while lines.next().unwrap().unwrap() != "saved" {}
        let way = WAYS[round % 7];
        let saved = saver.save(way, round);
        (0..dice.throw(4)).for_each(|_| dice.wait());
        victim.kill().unwrap();
        victim.wait().unwrap();
        saver.open = None;
        let names = std::fs::read_dir(dir.folder.path()).unwrap().map(|file| file.unwrap().file_name());
        left += names.filter(|name| name.to_string_lossy().starts_with(".papers-tui-")).count();
        // Copies that the process had named before it was killed.
        let named = papers_tui::io::store::conflict_copies(&dir.path());
        let named: Vec<PathBuf> = named.into_iter().map(|name| dir.folder.path().join(name)).collect();
        dir.take(&named);
        let kept = store.sweep(&dir.path());
        dir.take(&kept);
        let case = format!("kill {round}, {way:?}");
        dir.has(saved.trim(), &case);
        dir.is_clean(&case);
        assert_eq!(ours(&dir.text()).len(), 12, "{case}");
    }
    println!("{kills} kills, {left} files left by them, {} named copies", dir.copies);
}

#[test]
#[ignore = "run and killed by the test above"]
fn child_that_ticks() {
    let Some(folder) = std::env::var_os("PAPERS_TUI_VICTIM").map(PathBuf::from) else { return };
    let (store, path) = (store(&folder), folder.join("log.md"));
    println!();
    for round in 0.. {
        let item = format!("ours {}", round % 12);
        let flip = |text: &str| -> Result<Option<String>, Refusal> {
            let log = read(text);
            let task = log.tasks.iter().position(|task| task.text == item).ok_or(Refusal::Empty)?;
            let intent = Intent::set_done(&log, task, !log.tasks[task].is_done()).ok_or(Refusal::Empty)?;
            intent.apply_to_text(text).map(|change| change.map(|change| change.text))
        };
        let known = std::fs::read_to_string(&path).unwrap_or_default();
        // May be refused while others write; only the result counts.
        let _ = store.rewrite(&path, &known, flip);
        // Unbuffered: the process at the other end of the pipe waits for it.
        let mut out = File::options().write(true).open("/dev/stdout").unwrap();
        let _ = out.write_all(b"saved\n");
    }
}

/// The log keeps its inode while another program has it open.
#[test]
fn a_program_with_an_open_handle_still_writes_to_the_log() {
    let dir = TestDir::new();
    std::fs::write(dir.path(), TestDir::start()).unwrap();
    let store = store(dir.folder.path());
    let mut appender = File::options().append(true).open(dir.path()).unwrap();
    let intent = Intent::set_done(&read(&dir.text()), 3, true).unwrap();
    assert!(store.make(&dir.path(), &TestDir::start(), &[intent]).is_ok());
    assert_eq!(std::fs::metadata(dir.path()).unwrap().ino(), appender.metadata().unwrap().ino());
    appender.write_all(b"- [ ] last\n").unwrap();
    assert_eq!(dir.text(), TestDir::start().replace("[ ] ours 3", "[x] ours 3") + "- [ ] last\n");
    assert_eq!(store.finish(&dir.path()), [] as [PathBuf; 0]);
    dir.is_clean("kept open");
}
