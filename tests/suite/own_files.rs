//! A new entry in a file of its own, in folders with a file per paper or day: named and laid out like its siblings,
//! never overwriting a file, and removed by undo.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use papers_tui::log::edit::{NewEntry, Proposal, Refusal, Wanted, own_file, template, topics};
use papers_tui::log::{Log, Source, parse};
use papers_tui::words::Language;
use tempfile::TempDir;

use super::cli::program;
use super::terminal::Run;

type Files<'a> = &'a [(&'a str, String)];

fn read(files: Files) -> Log {
    let source = |(name, text): &(&str, String)| Source { name: format!("notes/{name}"), text: text.as_str().into() };
    let folders = 0..files.len();
    parse::parse_folders(files.iter().map(source), &[folders], &Arc::default(), &mut |_| {})
}

fn propose(log: &Log, title: &str, date: &str, under: Option<&str>) -> Result<Option<Proposal>, Refusal> {
    let (date, under): (NaiveDate, _) = (date.parse().unwrap(), under.map(str::to_owned));
    let entry = NewEntry { title: title.into(), date, body: template(log, Language::English).to_owned(), under };
    own_file(log, Wanted { entry: &entry, anchor: None, near: None, is_own_body: false })
}

/// Checks the name and text of the new file.
#[track_caller]
fn check(files: Files, title: &str, date: &str, under: Option<&str>, name: &str, text: &str) {
    let log = read(files);
    let proposed = propose(&log, title, date, under).unwrap().expect("a file of its own");
    let anchor = &log.files[proposed.anchor].name;
    assert_eq!((proposed.file.name(anchor).as_str(), proposed.file.text.as_str()), (name, text));
}

fn papers() -> Vec<(&'static str, String)> {
    let front = |title: &str, date: &str| {
        format!(
            "---\ntitle: \"{title}\"\ndate: {date}\nauthors:\n  - Anna Owl\ntags: [paper]\nstars: 3\n---\n\n# Summary\n\nx\n\n\
             # Thoughts\n\ny\n"
        )
    };
    vec![
        ("2031-05-16-emus-at-work.md", front("Emus at Work on the Plain", "2031-05-16 10:00")),
        ("2031-05-18-owls-at-night.md", front("Owls at Night: a Survey", "2031-05-18 11:30")),
        ("2031-05-20-gnus-learn.md", front("Gnus Learn to Run", "2031-05-20 09:00").replace("stars: 3", "stars: 5")),
        ("about.md", "---\ntitle: About\n---\n\nThis is where I keep notes.\n".to_owned()),
    ]
}

#[test]
fn a_new_file_has_front_matter_and_headings_like_its_siblings() {
    let text = "---\ntitle: \"Apes at Play: A Study\"\ndate: 2031-08-09\nauthors:\n  - Anna Owl\ntags: [paper]\nstars:\n---\n\n\
                # Summary\n\n# Thoughts\n";
    let name = "notes/2031-08-09-apes-at-play-a-study.md";
    check(&papers(), "Apes at Play: A Study", "2031-08-09", None, name, text);
    let odd = "A*: [x] \"C:\\y\" 《z》 | # w";
    let quoted = text.replace("Apes at Play: A Study", "A*: [x] \\\"C:\\\\y\\\" 《z》 | # w");
    check(&papers(), odd, "2031-08-09", None, "notes/2031-08-09-a-x-c-y-z-w.md", &quoted);
}

fn topical() -> Vec<(&'static str, String)> {
    let body = "\n## Motivation\n\nBirds run.\n\n## Method\n\n- [ ] try it\n\n## Results\n\nThey run far.\n";
    let paper = |title: &str| format!("# {title}\n\nhttps://arxiv.org/abs/2031.01234\n{body}");
    vec![
        (
            "README.md",
            "# Papers\n\n- [Emus](birds/Emus at Work.md)\n- [Owls](birds/Owls at Night.md)\n- [Gnus](gnus/Gnus.md)\n"
                .into(),
        ),
        ("birds/Emus at Work.md", paper("Emus at Work on the Plain")),
        ("birds/Owls at Night.md", paper("Owls at Night: a Survey")),
        ("gnus/Gnus A Model.md", paper("[Gnus: A Model](https://arxiv.org/abs/2031.05678)")),
        ("gnus/Yaks in the Rain.md", paper("Yaks and Gnus in the Rain")),
    ]
}

#[test]
fn an_undated_paper_goes_into_a_topic_folder() {
    let log = read(&topical());
    assert_eq!(topics(&log), [("birds", 2), ("gnus", 2)]);
    let refused = propose(&log, "Apes at Play", "2031-08-09", None);
    assert_eq!(refused, Err(Refusal::Undated("Apes at Play".into())));
    let text = |title: &str| format!("# {title}\n\n## Motivation\n\n## Method\n\n## Results\n");
    let title = "Apes at Play: A Study";
    check(&topical(), title, "2031-08-09", Some("gnus"), "notes/gnus/Apes at Play A Study.md", &text(title));
    check(&topical(), title, "2031-08-09", Some("birds"), "notes/birds/Apes at Play A Study.md", &text(title));
}

#[test]
fn a_new_day_gets_a_file_named_after_it() {
    let day = |date: &str, titles: [&str; 2]| {
        let [one, other] = titles.map(|title| format!("《{title}》\n\nthey run\n"));
        format!("---\ndate: {date} 10:00\nmood: good\n---\n# {date}\n\n{one}\n{other}")
    };
    let journal = [
        ("2031_05_16.md", day("2031-05-16", ["Emus at Work on the Plain", "A Study of Owls"])),
        ("2031_05_17.md", day("2031-05-17", ["Owls at Night: a Survey", "EmuNet: Learning to Run"])),
        ("2031_05_20.md", day("2031-05-20", ["Gnus Learn to Run", "Yaks in the Rain: A Model"])),
    ];
    let log = read(&journal);
    let proposed = propose(&log, "Apes at Play: A Study", "2031-08-09", None).unwrap().unwrap();
    let anchor = &log.files[proposed.anchor].name;
    assert_eq!(proposed.file.name(anchor), "notes/2031_08_09.md");
    let text = "---\ndate: 2031-08-09\nmood: good\n---\n# 2031-08-09\n\n《Apes at Play: A Study》\n";
    assert!(proposed.file.text.starts_with(text), "{}", proposed.file.text);
    // A day that has a file gets the entry in it.
    assert_eq!(propose(&log, "Apes at Play: A Study", "2031-05-17", None), Ok(None));
    // A day before all others gets a file too.
    let early = propose(&log, "Apes at Play: A Study", "2030-01-02", None).unwrap().unwrap();
    assert_eq!(early.file.down, "2030_01_02.md");
}

#[test]
fn a_new_journal_page_starts_like_the_others() {
    let page = |title: &str| format!("- [[{title}]] https://arxiv.org/abs/2031.01234\n  - a point\n- something else\n");
    let journal = [
        ("2031_05_16.md", page("Emus at Work on the Plain")),
        ("2031_05_17.md", page("Owls at Night: a Survey")),
        ("2031_05_20.md", page("Gnus Learn to Run")),
    ];
    let log = read(&journal);
    let proposed = propose(&log, "Apes at Play: A Study", "2031-08-09", None).unwrap().unwrap();
    assert_eq!(proposed.file.down, "2031_08_09.md");
    assert!(proposed.file.text.starts_with("- [[Apes at Play: A Study]]\n  "), "{}", proposed.file.text);
}

#[test]
fn a_new_file_goes_into_the_folders_of_its_year_and_month() {
    let paper =
        |title: &str| format!("# {title}\n\nhttps://arxiv.org/abs/2031.01234\n\n## Idea\n\nx\n\n## Doubt\n\ny\n");
    let files = [
        ("2031/05/2031-05-16-emus-at-work.md", paper("Emus at Work on the Plain")),
        ("2031/05/2031-05-18-owls-at-night.md", paper("Owls at Night: a Survey")),
        ("2031/06/2031-06-01-gnus-learn.md", paper("Gnus Learn to Run")),
    ];
    let log = read(&files);
    let proposed = propose(&log, "Apes at Play: A Study", "2032-01-02", None).unwrap().unwrap();
    let name = proposed.file.name(&log.files[proposed.anchor].name);
    assert_eq!(name, "notes/2032/01/2032-01-02-apes-at-play-a-study.md");
    assert_eq!(proposed.file.folders, 2);
}

#[test]
fn a_log_with_its_own_days_gets_no_new_files() {
    let mut files = papers();
    files.push(("log.md", "## 2031.5.17\n\n《Emu》\n\nx\n\n## 2031.5.16\n\n《Owl》\n\ny\n".into()));
    assert_eq!(propose(&read(&files), "Apes at Play", "2031-08-09", None), Ok(None));
}

/// A folder with a log of many files, and a user's state.
struct TestDir(TempDir);

impl TestDir {
    fn new(files: Files) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join("notes").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
            super::of_long_ago(&path);
        }
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.path().join("notes").join(name)
    }

    /// The exit status and the output.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let mut program = program(self.path());
        program.env("XDG_STATE_HOME", self.path().join("state")).env("PAPERS_TUI_LOG", self.path().join("notes"));
        let output = program.args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code().unwrap(), said)
    }

    #[track_caller]
    fn says(&self, arguments: &[&str], status: i32, wanted: &[&str]) {
        let (ended, said) = self.run(arguments);
        assert!(ended == status && wanted.iter().all(|words| said.contains(words)), "{ended}: {said}");
    }

    /// All files with their texts.
    fn all(&self) -> Vec<(PathBuf, String)> {
        let mut all = Vec::new();
        let mut folders = vec![self.path().join("notes")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                    all.push((entry.path(), String::new()));
                } else {
                    all.push((entry.path(), std::fs::read_to_string(entry.path()).unwrap()));
                }
            }
        }
        all.sort();
        all
    }
}

const NEW: &str = "2031-08-09-apes-at-play-a-study.md";

#[test]
fn a_command_creates_a_file_and_undo_removes_it() {
    let dir = TestDir::new(&papers());
    let before = dir.all();
    let log = ["log", "Apes at Play: A Study", "--date", "2031-08-09"];
    dir.says(&log, 0, &[&format!("{NEW}:2\n")]);
    dir.says(&["list"], 0, &["Apes at Play: A Study"]);
    dir.says(&["undo", "--list"], 0, &["log “Apes at Play: A Study” in a new file, 2031-08-09-apes"]);
    dir.says(&["undo"], 0, &["undone: log “Apes at Play: A Study”"]);
    assert_eq!(dir.all(), before);
    dir.says(&["undo"], 1, &["nothing to undo"]);
}

#[test]
fn undo_keeps_a_file_that_was_changed() {
    let dir = TestDir::new(&papers());
    dir.says(&["log", "Apes at Play: A Study", "--date", "2031-08-09"], 0, &[]);
    let text = std::fs::read_to_string(dir.file(NEW)).unwrap();
    std::fs::write(dir.file(NEW), format!("{text}\nthey play\n")).unwrap();
    dir.says(&["undo"], 2, &["cannot be undone", NEW, "has changed since and will not be removed"]);
    assert!(std::fs::read_to_string(dir.file(NEW)).unwrap().ends_with("they play\n"));
    // Removing it by hand counts as undone.
    std::fs::remove_file(dir.file(NEW)).unwrap();
    dir.says(&["undo"], 1, &["nothing to undo"]);
}

#[test]
fn an_existing_file_is_never_overwritten() {
    let dir = TestDir::new(&papers());
    let log = ["log", "Apes at Play: A Study", "--date", "2031-08-09"];
    dir.says(&log, 0, &[NEW]);
    dir.says(&log, 0, &["2031-08-09-apes-at-play-a-study-2.md"]);
    // A file that is not part of the log is not overwritten either.
    std::fs::write(dir.file(".gitignore"), "2031-08-10*\n").unwrap();
    std::fs::write(dir.file("2031-08-10-yaks.md"), "mine\n").unwrap();
    dir.says(&["log", "Yaks", "--date", "2031-08-10"], 2, &["2031-08-10-yaks.md", "already exists"]);
    assert_eq!(std::fs::read_to_string(dir.file("2031-08-10-yaks.md")).unwrap(), "mine\n");
}

#[test]
fn logging_an_item_creates_a_file_and_ticks_it_in_one_change() {
    let mut files = papers();
    files.push(("README.md", "# To read\n\n- [ ] Apes at Play: A Study\n- [ ] Yaks\n".into()));
    let dir = TestDir::new(&files);
    let before = dir.all();
    dir.says(&["log", "Apes at Play: A Study", "--date", "2031-08-09", "--from", "Apes"], 0, &[NEW]);
    assert!(std::fs::read_to_string(dir.file("README.md")).unwrap().contains("- [x] Apes at Play: A Study\n"));
    assert!(dir.file(NEW).exists());
    dir.says(&["undo"], 0, &["undone: tick “Apes at Play: A Study”, log “Apes at Play: A Study” in a new file"]);
    assert_eq!(dir.all(), before);
}

#[test]
fn the_topic_is_asked_for_if_there_are_several() {
    let dir = TestDir::new(&topical());
    let before = dir.all();
    dir.says(&["log", "Apes at Play"], 2, &["with --under TOPIC", "“birds”, “gnus”"]);
    dir.says(&["log", "Apes at Play", "--under", "Gnus"], 0, &["gnus/Apes at Play.md:1"]);
    dir.says(&["undo"], 0, &["undone"]);
    assert_eq!(dir.all(), before);
}

#[test]
fn keys_create_a_file_edit_it_and_undo_it() {
    let dir = TestDir::new(&topical());
    let before = dir.all();
    let set = [("EDITOR", "true"), ("XDG_STATE_HOME", "state"), ("PAPERS_TUI_LANG", "en")];
    let mut run = Run::with(&set, &["notes"], dir.path());
    run.sees("Owls at Night").types("N").sees("New entry").types("Apes at Play: A Study\r");
    run.sees("Which folder for").sees("birds").types("jk\r").sees("in the new file");
    run.sees("━ Apes at Play ━");
    assert_eq!(dir.all().len(), before.len() + 1);
    run.types("U").sees("Undone").wait_for("the file is gone", || dir.all() == before);
    run.sees_not("Apes at Play: A").types("q");
}
