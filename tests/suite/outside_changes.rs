//! A log of many files, changed from outside and inside at once: files are replaced, renamed, moved and relinked, their
//! folder is swapped, and meanwhile items are ticked, added and undone in the panes. Nothing may be lost, and
//! everything must be noticed.
//!
//! `PAPERS_TUI_MOVES=1000` sets the number of edits, and `PAPERS_TUI_SEED` chooses them. The delays until they are seen
//! are printed, also without the time spent waiting for a processor.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{Days, NaiveDate};
use tempfile::TempDir;

use super::terminal::Run;

/// The initial number of files.
const FILES: usize = 6;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|count| count.parse().ok()).unwrap_or(otherwise)
}

/// Random numbers, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The delay between an edit and its appearance.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    /// Wall-clock time.
    all: Duration,
    /// Without the time spent waiting for a processor.
    own: Duration,
}

/// A log, its expected contents, and the program that shows it.
struct Turmoil {
    folder: TempDir,
    run: Run,
    chance: Chance,
    /// Items, and whether they are ticked.
    items: BTreeMap<String, bool>,
    /// The titles of the papers.
    papers: BTreeSet<String>,
    /// The number of papers and items added so far.
    count: usize,
    /// Changes in the panes: item, and its state before; `None` if it was added.
    changes: Vec<(String, Option<bool>)>,
    seen: Vec<Seen>,
    /// The history, for finding out what went wrong.
    done: Vec<String>,
}

impl Turmoil {
    fn new(seed: u64, watch: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut items = BTreeMap::new();
        std::fs::create_dir_all(folder.path().join("one/sub")).unwrap();
        symlink("one", folder.path().join("vault")).unwrap();
        for file in 0..FILES {
            let names = [format!("item{file}a"), format!("item{file}b")];
            let text = format!(
                "# todo\n\n- [ ] {}\n- [ ] {}\n\n# 2031\n\n## 2031.1.1\n\n《First{file}》\n\nx\n",
                names[0], names[1]
            );
            std::fs::write(folder.path().join(format!("one/f{file}.md")), text).unwrap();
            items.extend(names.map(|name| (name, false)));
        }
        let run = Run::with(&[("PAPERS_TUI_WATCH", watch)], &["vault"], folder.path());
        let papers = (0..FILES).map(|file| format!("First{file}")).collect();
        let chance = Chance(seed);
        let mut turmoil = Self {
            folder,
            run,
            chance,
            items,
            papers,
            count: 0,
            changes: Vec::new(),
            seen: Vec::new(),
            done: Vec::new(),
        };
        turmoil.run.sees("First0").sees("item0a");
        turmoil
    }

    fn vault(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    /// All Markdown files of the log.
    fn files(&self) -> Vec<PathBuf> {
        let of = |folder: PathBuf| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<PathBuf> = of(self.vault()).chain(of(self.vault().join("sub"))).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
        files.sort();
        files
    }

    fn texts(&self) -> String {
        self.files().iter().map(|file| std::fs::read_to_string(file).unwrap_or_default()).collect()
    }

    /// The text of a file with a new paper added, and the paper's title.
    fn with_paper(&mut self, file: &Path) -> (String, String) {
        self.count += 1;
        let paper = format!("Paper{:04}", self.count);
        let day = NaiveDate::from_ymd_opt(2031, 1, 1).unwrap() + Days::new(u64::try_from(self.count).unwrap());
        let text = std::fs::read_to_string(file).unwrap();
        self.papers.insert(paper.clone());
        (format!("{text}\n## {}\n\n《{paper}》\n\nx\n", day.format("%Y.%-m.%-d")), paper)
    }

    /// A change by another program; returns the new paper.
    fn outside(&mut self) -> String {
        let files = self.files();
        let file = self.chance.of(&files).clone();
        let (text, paper) = self.with_paper(&file);
        let name = format!("g{:04}.md", self.count);
        let how = self.chance.below(7);
        self.done.push(format!("outside {how}: {paper} into {}", file.display()));
        match how {
            0 => std::fs::write(&file, text).unwrap(),
            1 => replace(&file, &text),
            2 => {
                // Renamed, then replaced.
                let to = self.vault().join(if self.count.is_multiple_of(2) { "sub" } else { "." }).join(name);
                std::fs::rename(&file, &to).unwrap();
                replace(&to, &text);
            }
            3 => {
                // A new file gets the paper.
                let before = std::fs::read_to_string(&file).unwrap();
                std::fs::write(self.vault().join("sub").join(name), &text[before.len()..]).unwrap();
            }
            4 => {
                let new = self.copied();
                replace(&new.join(file.strip_prefix(self.vault()).unwrap()), &text);
                let there = self.vault().canonicalize().unwrap();
                std::fs::rename(&there, self.folder.path().join(format!("old{}", self.count))).unwrap();
                std::fs::rename(&new, &there).unwrap();
            }
            5 => {
                let new = self.copied();
                replace(&new.join(file.strip_prefix(self.vault()).unwrap()), &text);
                symlink(&new, self.folder.path().join("link")).unwrap();
                std::fs::rename(self.folder.path().join("link"), self.vault()).unwrap();
            }
            _ => {
                // Appended to.
                use std::io::Write;
                let before = std::fs::read_to_string(&file).unwrap();
                let mut out = std::fs::File::options().append(true).open(&file).unwrap();
                out.write_all(&text.as_bytes()[before.len()..]).unwrap();
            }
        }
        paper
    }

    /// A copy of the log's folder.
    fn copied(&self) -> PathBuf {
        let new = self.folder.path().join(format!("copy{}", self.count));
        std::fs::create_dir_all(new.join("sub")).unwrap();
        for file in self.files() {
            std::fs::copy(&file, new.join(file.strip_prefix(self.vault()).unwrap())).unwrap();
        }
        new
    }

    /// Filters the list to one item, with the focus on it.
    fn select(&mut self, item: &str) {
        let (filter, prompt, finder) = (format!("━ Pending · “{item}”"), "Show items with", "Find a paper");
        // The screen may be older than the last keys, so check which overlay is open.
        let is_open = |screen: &str| screen.contains(prompt) || screen.contains(finder);
        self.run.types("3/").waits("what asks for words", is_open);
        while self.run.shows(finder) {
            self.run.types_until("\x1b", "the panes", |screen| !is_open(screen));
            self.run.types_until("3", "the pending list", |screen| screen.contains("━ Pending"));
            self.run.types("/").waits("what asks for words", is_open);
        }
        self.run.types(&format!("{item}\r")).sees_not(prompt).sees(&filter);
    }

    /// Types keys and waits for their effect. If the log has changed under the cursor, the program only says so; the
    /// keys are then typed again.
    fn acts(&mut self, keys: &str, what: &str, is_done: impl Fn(&str) -> bool) {
        const UNSEEN: &str = "has just changed the log, so nothing was done";
        loop {
            self.run.types(keys);
            self.run.types_until("", what, |screen| is_done(screen) || screen.contains(UNSEEN));
            if !self.run.shows(UNSEEN) {
                return;
            }
            // Any key dismisses the message.
            self.run.types("3").sees_not(UNSEEN);
        }
    }

    /// A change by the user in the panes.
    fn inside(&mut self) {
        let items: Vec<String> = self.items.keys().cloned().collect();
        let item = self.chance.of(&items).clone();
        let how = self.chance.below(4);
        let filter = format!("· “{item}”");
        self.done.push(format!("inside {how}: {item}, {:?}", self.changes.last()));
        let mut keys = "";
        match how {
            0 => {
                self.count += 1;
                let new = format!("added{:04}", self.count);
                self.select(&item);
                self.acts("a", "the question for an item", |screen| screen.contains("Add an item"));
                self.run.types(&format!("{new}\r"));
                self.items.insert(new.clone(), false);
                self.changes.push((new, None));
            }
            1 if !self.changes.is_empty() => {
                let (changed, before) = self.changes.pop().unwrap();
                match before {
                    Some(ticked) => _ = self.items.insert(changed, ticked),
                    None => _ = self.items.remove(&changed),
                }
                self.run.types("3");
                keys = "U";
            }
            _ => {
                self.select(&item);
                let ticked = self.items[&item];
                self.items.insert(item.clone(), !ticked);
                self.changes.push((item.clone(), Some(ticked)));
                keys = "x";
            }
        }
        let wanted = self.items.clone();
        let vault = self.vault();
        let texts = move || {
            let files =
                |folder: PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
            let all = files(vault.clone()).chain(files(vault.join("sub")));
            all.filter_map(|file| std::fs::read_to_string(file).ok()).collect::<String>()
        };
        let last = self.done[self.done.len().saturating_sub(8)..].join("\n");
        let what = format!("the change on the disk, after\n{last}\nof\n{wanted:?}");
        self.acts(keys, &what, |_| holds(&texts(), &wanted));
        // Wait until the filter is gone: a key right after Esc would be read as Alt.
        self.run.types_until("\x1b", "all items", |screen| !screen.contains(&filter));
    }

    /// Waits until the program shows a paper; returns how long that took.
    fn notices(&mut self, paper: &str) -> Seen {
        let delay = self.run.delay();
        let what = self.done[self.done.len().saturating_sub(8)..].join("\n");
        self.run.types_until("1{gg", &format!("{paper} after {what}"), |screen| screen.contains(paper));
        Seen { all: delay.all(), own: delay.own(&self.run) }
    }

    fn check(&self) {
        let text = self.texts();
        assert!(holds(&text, &self.items), "{text}\n{:?}", self.items);
        for paper in &self.papers {
            assert_eq!(text.matches(&format!("《{paper}》")).count(), 1, "{paper} in\n{text}");
        }
    }
}

/// Replaces a file, as most editors save.
fn replace(file: &Path, text: &str) {
    let new = file.with_extension("new");
    std::fs::write(&new, text).unwrap();
    std::fs::rename(new, file).unwrap();
}

/// Whether a text has exactly these items, each once.
fn holds(text: &str, items: &BTreeMap<String, bool>) -> bool {
    let is_there = |(item, ticked): (&String, &bool)| {
        let mark = if *ticked { "[x]" } else { "[ ]" };
        text.lines().filter(|line| *line == format!("- {mark} {item}")).count() == 1
    };
    text.matches("- [").count() == items.len() && items.iter().all(is_there)
}

fn turmoil(watch: &str, moves: u64, longest: Duration) {
    let mut turmoil = Turmoil::new(number("PAPERS_TUI_SEED", 7), watch);
    for _ in 0..number("PAPERS_TUI_MOVES", moves) {
        match turmoil.chance.below(4) {
            0 => turmoil.inside(),
            1 => {
                // The inside change follows before the outside one is noticed.
                let paper = turmoil.outside();
                turmoil.inside();
                turmoil.notices(&paper);
            }
            _ => {
                let paper = turmoil.outside();
                let delay = turmoil.notices(&paper);
                let how = turmoil.done.last().unwrap();
                assert!(delay.own <= longest, "{:?}, by the clock {:?}: {how}", delay.own, delay.all);
                turmoil.seen.push(delay);
            }
        }
        turmoil.check();
    }
    // A key right after Esc would be read as Alt.
    turmoil.run.types_until("1K", "the timeline", |screen| screen.contains("━ Timeline")).quits();
    turmoil.check();
    let mut say = |what: &str, of: fn(&Seen) -> Duration| {
        turmoil.seen.sort_by_key(of);
        let [half, most, all] =
            [50, 99, 100].map(|hundredth| turmoil.seen.get((turmoil.seen.len().max(1) - 1) * hundredth / 100).map(of));
        println!("{} edits from outside, {what}: median {half:?}, 99% {most:?}, longest {all:?}", turmoil.seen.len());
    };
    say("by the clock", |delay| delay.all);
    say("by its own time", |delay| delay.own);
}

#[test]
fn outside_changes_are_noticed_by_watching() {
    turmoil("", 24, Duration::from_millis(500));
}

#[test]
fn outside_changes_are_noticed_by_polling() {
    turmoil("1", 8, Duration::from_secs(5));
}
