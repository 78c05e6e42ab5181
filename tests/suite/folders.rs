//! A folder as one log: a file's siblings decide whether it is a paper, a day, a week or an index, and how it is dated.

mod days;
mod documents;
mod facts;
mod headings;
mod indexes;
mod keys;
mod listed;
mod lists;
mod names;
mod notes;
mod other_subjects;
mod short_notes;
mod siblings;
mod topics;
mod unread;

use std::path::Path;
use std::process::Output;
use std::sync::Arc;

use papers_tui::log::edit::{Intent, Target, file_of_list};
use papers_tui::log::{Log, Role, SectionKind, Source, parse};
use tempfile::TempDir;

use super::cli::program;
use super::of_long_ago;
use super::terminal::Run;

fn read(files: &[(&str, &str)]) -> Log {
    let source = |(name, text): &(&str, &str)| Source { name: format!("notes/{name}"), text: (*text).into() };
    let folders = 0..files.len();
    parse::parse_folders(files.iter().map(source), &[folders], &Arc::default(), &mut |_| {})
}

/// The entries: date or heading of the section, file, title.
fn papers(log: &Log) -> Vec<[String; 3]> {
    let one = |entry: &papers_tui::log::Entry| {
        let section = &log.sections[entry.section()];
        let file = log.files[entry.file()].name.trim_start_matches("notes/").to_owned();
        [section.kind.stamp().unwrap_or_else(|| section.heading.to_string()), file, entry.title.to_string()]
    };
    log.entries.iter().map(one).collect()
}

#[track_caller]
fn check(files: &[(&str, &str)], wanted: &[[&str; 3]]) -> Log {
    let log = read(files);
    assert_eq!(papers(&log), wanted);
    log
}

#[test]
fn one_file_per_paper_in_folders_by_topic() {
    let body = "\n## Motivation\n\nBirds run.\n\n## Method\n\n- [ ] try it\n\n## Results\n\nThey run far.\n";
    let paper = |title: &str| format!("# {title}\n\nhttps://arxiv.org/abs/2031.01234\n{body}");
    let index = "# Papers\n\n- [Emus at Work on the Plain](birds/emus.md)\n- [Owls at Night](birds/owls.md)\n\
                 - [Gnus: A Model](gnus/gnu.md)\n";
    check(
        &[
            ("README.md", index),
            ("birds/emus.md", &paper("Emus at Work on the Plain")),
            ("birds/owls.md", &paper("Owls at Night: a Survey")),
            ("birds/README.md", "# Birds\n\nAll that fly, or do not.\n"),
            ("gnus/gnu.md", &paper("[Gnus: A Model](https://arxiv.org/abs/2031.05678)")),
            ("gnus/short.md", "# Yaks and Gnus in the Rain\n\nNot read yet.\n"),
        ],
        &[
            ["birds", "birds/emus.md", "Emus at Work on the Plain"],
            ["birds", "birds/owls.md", "Owls at Night: a Survey"],
            ["gnus", "gnus/gnu.md", "Gnus: A Model"],
            ["gnus", "gnus/short.md", "Yaks and Gnus in the Rain"],
        ],
    );
}

#[test]
fn titles_and_dates_from_front_matter_and_names() {
    let front = |title: &str, date: &str| {
        format!("---\ntitle: \"{title}\"\ndate: {date}\ntags: [paper]\n---\n\n# Summary\n\nx\n\n# Thoughts\n\ny\n")
    };
    check(
        &[
            ("2031-05-17-emus.md", &front("Emus at Work on the Plain", "2031-05-16 10:00")),
            ("2031-05-18-owls.md", &front("Owls at Night: a Survey", "2031-05-18")),
            ("2031-05-20-gnus.md", "---\ntitle: Gnus Learn to Run\n---\n\n# Summary\n\nx\n\n# Thoughts\n\ny\n"),
            ("2031-06-01-yaks-in-the-rain.md", "# Summary\n\nx\n\n# Thoughts\n\ny\n"),
            ("about.md", "---\ntitle: About\n---\n\nThis is where I keep notes.\n"),
        ],
        &[
            ["2031-05-16", "2031-05-17-emus.md", "Emus at Work on the Plain"],
            ["2031-05-18", "2031-05-18-owls.md", "Owls at Night: a Survey"],
            ["2031-05-20", "2031-05-20-gnus.md", "Gnus Learn to Run"],
            ["2031-06-01", "2031-06-01-yaks-in-the-rain.md", "yaks in the rain"],
        ],
    );
}

#[test]
fn files_named_by_author_and_year() {
    let toml = |title: &str| format!("+++\ntitle = \"{title}\"\nauthors = \"Anna Owl\"\nyear = 2031\n+++\n\nx\n");
    check(
        &[
            ("README.md", "# Literature notes\n\nNotes on what I read.\n"),
            ("owlEmusAtWork2031.md", &toml("Emus at Work on the Plain")),
            ("owlDusk2029.md", &toml("Dusk")),
            ("gnuRunning2030b.md", &toml("Learning to Run from Emus")),
            ("yakRain2030.md", "# Bert Yak - Yaks in the Rain - 2030\n\nRain.\n\n## What it is\n\nWater.\n"),
        ],
        &[
            ["notes", "owlEmusAtWork2031.md", "Emus at Work on the Plain"],
            ["notes", "owlDusk2029.md", "Dusk"],
            ["notes", "gnuRunning2030b.md", "Learning to Run from Emus"],
            ["notes", "yakRain2030.md", "Yaks in the Rain"],
        ],
    );
}

#[test]
fn headings_shared_by_all_files_are_not_papers() {
    let plan = "## What is the problem?\n\nx\n\n## What is the main idea?\n\ny\n\n## What is still open?\n\nz\n";
    check(
        &[
            ("EmuNet.md", plan),
            ("Gnus Learn to Run.md", plan),
            ("Owls at Night.md", plan),
            ("YAKv2.md", &format!("# Yaks: A Model of Rain\n\n{plan}")),
        ],
        &[
            ["notes", "EmuNet.md", "EmuNet"],
            ["notes", "Gnus Learn to Run.md", "Gnus Learn to Run"],
            ["notes", "Owls at Night.md", "Owls at Night"],
            ["notes", "YAKv2.md", "Yaks: A Model of Rain"],
        ],
    );
}

#[test]
fn a_heading_shared_by_all_files_is_not_a_title() {
    let report = |body: &str| {
        format!(
            "# Reading group of the zoo\n\nhttps://arxiv.org/abs/2031.01234\n\n## Abstract\n\n{body}\n\n## Results\n\nx\n"
        )
    };
    check(
        &[
            ("Emus at Work on the Plain.md", &report("a")),
            ("Gnus Learn to Run.md", &report("b")),
            ("Owls at Night.md", &report("c")),
            ("Yaks: A Model of Rain.md", &report("d")),
        ],
        &[
            ["notes", "Emus at Work on the Plain.md", "Emus at Work on the Plain"],
            ["notes", "Gnus Learn to Run.md", "Gnus Learn to Run"],
            ["notes", "Owls at Night.md", "Owls at Night"],
            ["notes", "Yaks: A Model of Rain.md", "Yaks: A Model of Rain"],
        ],
    );
}

#[test]
fn one_file_per_week_in_folders_by_month() {
    let week = |one: &str, other: &str| {
        format!(
            "# {one}\n\n1. [Emus at Work on the Plain](https://arxiv.org/abs/2031.01234)\n\n   They run.\n\n\
             2. [Owls at Night: a Survey](https://arxiv.org/abs/2031.05678)\n\n# {other}\n\n\
             1. [Gnus Learn to Run](https://arxiv.org/abs/2031.09999)\n"
        )
    };
    let log = read(&[
        ("2031/May/week3.md", &week("May 17", "May 18")),
        ("2031/May/week4.md", &week("May 24", "May 25")),
        ("2031/June/week1.md", &week("June 1", "June 2")),
        // Alone, this could be any list.
        ("2031/June/week2.md", "# June 8\n\n1. Yaks in the rain\n\n   They are wet.\n"),
    ]);
    let dates: Vec<String> = papers(&log).into_iter().map(|[date, ..]| date).collect();
    let wanted = ["17", "17", "18", "24", "24", "25"].map(|day| format!("2031-05-{day}"));
    assert_eq!(dates[..6], wanted);
    assert_eq!(dates[6..], ["2031-06-01", "2031-06-01", "2031-06-02", "2031-06-08"]);
}

#[test]
fn one_file_per_day() {
    let day = |title: &str| format!("- [[{title}]] https://arxiv.org/abs/2031.01234\n  - a point\n- something else\n");
    let log = read(&[
        ("journals/2031_05_17.md", &day("Emus at Work on the Plain")),
        ("journals/2031_05_18.md", "- nothing read, only slept\n"),
        ("journals/2031_05_19.md", &day("Owls at Night: a Survey")),
    ]);
    let days: Vec<Option<String>> = log.sections.iter().map(|section| section.kind.stamp()).collect();
    let wanted = ["2031-05-17", "2031-05-18", "2031-05-19"].map(|day| Some(day.to_owned()));
    assert_eq!(days, wanted);
    assert_eq!(papers(&log).len(), 2, "{:?}", papers(&log));
}

#[test]
fn other_files_in_the_folder_do_not_change_a_log() {
    let text = "# todo\n\n- [ ] Moa\n\n## 2031.5.17\n\n《Emu》\n\nx\n\n## 2031.5.18\n\n《Owl: A Model》\n\n- [x] y\n";
    let program = "# emu-tools\n\n## Installation\n\nRun it.\n\n## Usage\n\nRun it again.\n\n## License\n\nMIT\n";
    let log = check(
        &[("CONTRIBUTING.md", program), ("README.md", program), ("docs/api.md", program), ("log.md", text)],
        &[["2031-05-17", "log.md", "Emu"], ["2031-05-18", "log.md", "Owl: A Model"]],
    );
    let alone = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
    let spans = |log: &Log| log.entries.iter().map(|entry| (entry.key.clone(), entry.span())).collect::<Vec<_>>();
    assert_eq!(spans(&log), spans(&alone));
    assert_eq!(log.tasks.len(), alone.tasks.len());
    assert!(log.sections.iter().all(|section| section.file() == 3), "other files must have no sections");
}

#[test]
fn readmes_and_diaries_contain_no_papers() {
    let program = "# emu-tools\n\n## Installation\n\nRun it.\n\n## Usage\n\nRun it again.\n\n## License\n\nMIT\n";
    check(&[("CHANGELOG.md", "# Changelog\n\n## 1.2.0\n\n- Add emus\n"), ("README.md", program)], &[]);
    let diary = |day: &str| format!("Slept long on {day}, then walked the dog.\n\nRain in the evening.\n");
    let log = check(
        &[
            ("2031-05-17.md", &diary("a Saturday")),
            ("2031-05-18.md", &diary("a Sunday")),
            ("2031-05-19.md", &diary("a Monday")),
            ("2031-05-20.md", &diary("a Tuesday")),
        ],
        &[],
    );
    assert_eq!(log.sections.len(), 4, "each day keeps its notes");
}

#[test]
fn a_list_of_papers_by_topic_is_not_a_paper() {
    let list = |topic: &str| {
        let row = |n: usize| format!("| {topic}s at Work, Part {n} | [pdf](https://arxiv.org/abs/2031.0{n}234) |\n");
        format!("## 2031\n\n| Title | Link |\n|---|---|\n{}\n## 2030\n\nNone.\n", (1..5).map(row).collect::<String>())
    };
    let files = [
        ("birds/Emus and what they do.md", list("Emu")),
        ("birds/Owls and what they do.md", list("Owl")),
        ("gnus/Gnus and what they do.md", list("Gnu")),
        ("gnus/Yaks and what they do.md", list("Yak")),
    ];
    let log = read(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    assert_eq!(log.entries.len(), 16, "{:?}", papers(&log));
}

#[test]
fn rereading_a_file_keeps_its_role() {
    let paper = |title: &str, item: &str| {
        format!("# {title}\n\nhttps://arxiv.org/abs/2031.01234\n\n## Method\n\n- [ ] {item}\n\n## Results\n\nx\n")
    };
    let files = [
        ("birds/emus.md", paper("Emus at Work on the Plain", "run")),
        ("birds/owls.md", paper("Owls at Night: a Survey", "fly")),
        ("gnus/gnu.md", paper("Gnus: A Model", "eat")),
        ("gnus/index.md", "- [Gnus: A Model](gnu.md)\n- [Emus](../birds/emus.md)\n".to_owned()),
    ];
    let mut log = read(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    for (at, file) in log.files.iter().enumerate() {
        let again = parse::reparse(file, file.text.clone());
        assert_eq!(again.files[0].reading.role, file.reading.role);
        let own = |log: &Log, at: usize| {
            let own = log.entries.iter().filter(|entry| entry.file() == at);
            own.map(|entry| (entry.title.to_string(), entry.span())).collect::<Vec<_>>()
        };
        assert_eq!(own(&again, 0), own(&log, at), "{}", file.name);
    }
    // A file keeps its role even if its new text does not suggest it.
    let bare = parse::reparse(&log.files[1], "Owls.\n".into());
    assert!(matches!(bare.files[0].reading.role, Role::Paper { .. }));
    assert_eq!(bare.entries.len(), 1);
    // An edit changes only its own file.
    let before = log.clone();
    let task = log.tasks.iter().position(|task| task.text == "fly").unwrap();
    let add = Intent::EditTask { target: Target::of(&log, task), text: "fly far away".into() };
    add.apply(&mut log, 1).unwrap();
    assert_eq!(papers(&log), papers(&before));
    assert_eq!(log.tasks[task].text, "fly far away");
    assert_eq!(log, {
        let changed = |file: &papers_tui::log::File| Source { name: file.name.clone(), text: file.text.clone() };
        parse::parse_folders(log.files.iter().map(changed), &before.folders, &Arc::default(), &mut |_| {})
    });
}

#[test]
fn adding_a_file_does_not_change_the_others() {
    let paper = |title: &str| format!("# {title}\n\n## Method\n\nx\n\n## Results\n\ny\n");
    let names =
        ["Emus at Work", "Owls at Night", "Gnus: A Model", "Yaks in the Rain", "Moas and Kiwis", "Keas at Play"];
    let files: Vec<(String, String)> =
        names.iter().map(|name| (format!("{}.md", name.to_lowercase()), paper(name))).collect();
    let all: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let whole = papers(&read(&all));
    for count in 3..all.len() {
        assert_eq!(papers(&read(&all[..count])), whole[..count], "the first {count}");
    }
    assert!(whole.iter().zip(names).all(|([.., title], name)| title == name), "{whole:?}");
}

#[test]
fn without_a_pending_list_the_front_page_takes_a_new_item() {
    let year = "# 2031\n\n## 2031.5.17\n\n《Emu: A Model》\n\nwords\n";
    let front = "# Reading log\n\nWhat I read.\n";
    let takes = |files: &[(&str, &str)], wanted: &str| {
        let log = parse::parse(files.iter().map(|(name, text)| Source { name: (*name).into(), text: (*text).into() }));
        assert_eq!(&*log.files[file_of_list(&log)].name, wanted, "{files:?}");
    };
    takes(&[("2031.md", year), ("README.md", front)], "README.md");
    takes(&[("logs/2031.md", year), ("logs/index.md", front)], "logs/index.md");
    takes(&[("2031.md", year), ("2032.md", "# 2032\n")], "2031.md");
    // The README of another folder is not the front page.
    takes(&[("2031.md", year), ("code/README.md", front)], "2031.md");
    takes(&[("2031.md", year), ("README.md", front), ("todo.txt.md", "# To read\n\n- [ ] Owl\n")], "todo.txt.md");
}

#[test]
fn sections_cover_each_file() {
    let log = read(&[
        ("README.md", "# Notes\n\n- [Emus at Work](emus.md)\n- [x] a task of the index\n"),
        ("emus.md", "# Emus at Work\n\nhttps://arxiv.org/abs/2031.01234\n\n## Method\n\nx\n\n## Results\n\ny\n"),
        ("log.md", "## 2031.5.17\n\n《Owl》\n\nx\n"),
    ]);
    for (at, file) in log.files.iter().enumerate() {
        let spans: Vec<_> = log.sections.iter().filter(|it| it.file() == at).map(|it| it.span()).collect();
        let mut end = 0;
        for span in &spans {
            assert_eq!(span.start, end, "{}", file.name);
            end = span.end;
        }
        assert!(spans.is_empty() || end == file.text.len(), "{}", file.name);
    }
    assert!(log.sections.iter().any(|section| section.kind == SectionKind::Undated));
    assert_eq!(log.tasks.len(), 1);
}

/// A folder with these files, last changed long ago.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        of_long_ago(&path);
    }
    of_long_ago(folder.path());
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder).args(arguments).output().unwrap()
}

#[track_caller]
fn says(output: &Output, out: &[&str], error: &[&str]) {
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(out.iter().all(|wanted| said.contains(wanted)), "{said}\n{errors}");
    assert!(error.iter().all(|wanted| errors.contains(wanted)), "{said}\n{errors}");
    assert_eq!(errors.is_empty(), error.is_empty(), "{errors}");
}

const EMU: &str = "# Emus at Work on the Plain\n\nhttps://arxiv.org/abs/2031.01234\n\n## Method\n\nx\n";
const OWL: &str = "# Owls at Night: a Survey\n\nhttps://arxiv.org/abs/2031.05678\n\n## Method\n\n- [ ] fly\n";
const GNU: &str = "# Gnus Learn to Run\n\nhttps://arxiv.org/abs/2031.09876\n\n## Method\n\nz\n";

#[test]
fn unreadable_files_of_a_folder_are_reported_and_skipped() {
    let dir = folder(&[("notes/birds/emu.md", EMU), ("notes/birds/owl.md", OWL), ("notes/gnu.md", GNU)]);
    let at = |name: &str| dir.path().join("notes").join(name);
    std::fs::write(at("birds/bad.md"), b"# Bad\n\xFF").unwrap();
    std::fs::write(at("birds/wide.md"), b"\xFF\xFEa\0").unwrap();
    std::fs::write(at("wide.md"), b"\xFF\xFEa\0").unwrap();
    std::os::unix::fs::symlink("..", at("birds/up")).unwrap();
    std::os::unix::fs::symlink("nowhere.md", at("lost.md")).unwrap();
    let deep = "d/".repeat(20);
    std::fs::create_dir_all(at(&deep)).unwrap();
    std::fs::write(at(&format!("{deep}deep.md")), GNU).unwrap();
    let list = run(dir.path(), &["list", "--log", "notes"]);
    says(
        &list,
        &["Emus at Work", "Owls at Night", "Gnus Learn"],
        &["byte 6", "UTF-16", "and 1 more", "16 folders deep"],
    );
    assert_eq!(String::from_utf8_lossy(&list.stdout).lines().count(), 4);
    // A tick changes the file that contains the item.
    let tick = run(dir.path(), &["tick", "--log", "notes", "fly"]);
    assert_eq!(tick.status.code(), Some(0), "{}", String::from_utf8_lossy(&tick.stderr));
    assert!(std::fs::read_to_string(at("birds/owl.md")).unwrap().contains("- [x] fly"));
    let check = run(dir.path(), &["check", "--explain", "--log", "notes"]);
    assert!(String::from_utf8_lossy(&check.stdout).contains("one paper, with its title in the first heading"));
    let mut panes = Run::papers(&["notes"], dir.path());
    panes.sees("Emus at Work").sees("papers-tui check").types("q");
    assert_eq!(panes.ends(), 0);
}

#[test]
fn a_folder_whose_files_form_a_log_is_opened_by_default() {
    let index = "# Papers\n\n## 2031\n\n- [Emus at Work on the Plain](birds/emu.md)\n- [Owls at Night](birds/owl.md)\n";
    let dir = folder(&[("birds/emu.md", EMU), ("birds/owl.md", OWL), ("gnu.md", GNU), ("README.md", index)]);
    says(&run(dir.path(), &["list"]), &["Emus at Work", "Owls at Night", "Gnus Learn"], &[]);
    // Started in a subfolder, the program opens the whole repository.
    std::fs::create_dir_all(dir.path().join(".git")).unwrap();
    std::fs::create_dir_all(dir.path().join("pictures")).unwrap();
    says(&run(&dir.path().join("pictures"), &["list"]), &["Emus at Work", "Gnus Learn"], &[]);
    let mut panes = Run::papers(&[], dir.path());
    panes.sees("Emus at Work").sees("birds").sees("1 open task in").types("q");
    assert_eq!(panes.ends(), 0);
    // Files named after days form one log.
    let day = |title: &str| format!("《{title}》\n\nx\n");
    let days =
        folder(&[("2031-05-17.md", &day("Emu")), ("2031-05-18.md", &day("Owl")), ("2031-05-19.md", &day("Gnu"))]);
    says(&run(days.path(), &["list"]), &["2031.5.17   Emu", "2031.5.18   Owl", "2031.5.19   Gnu"], &[]);
}

#[test]
fn a_single_log_among_other_files_is_opened_by_default() {
    let log = "## 2031.5.17\n\n《Emu》\n\nx\n";
    let program = "# emu-tools\n\n## Installation\n\nRun it.\n\n## License\n\nMIT\n";
    let dir = folder(&[("log.md", log), ("README.md", program), ("docs/api.md", program), ("docs/use.md", program)]);
    says(&run(dir.path(), &["list"]), &["2031.5.17   Emu"], &[]);
    says(&run(dir.path(), &["list", "--log", "."]), &["2031.5.17   Emu"], &[]);
    let other = folder(&[("README.md", program), ("docs/api.md", program), ("docs/use.md", program)]);
    says(&run(other.path(), &["list"]), &[], &["no log was given, and none was found here"]);
    says(&run(other.path(), &["list", "--log", "docs"]), &[], &["docs", "no log found", "give the file itself"]);
    let mut panes = Run::papers(&[], other.path());
    panes.sees("papers-tui FILE").types("q");
    assert_eq!(panes.ends(), 0);
}

/// The title of a file that is opened by itself, if all of it is about one paper.
fn title_alone(text: &str) -> Option<String> {
    let log = parse::parse([Source { name: "note.md".into(), text: text.into() }]);
    let is_one = matches!(log.files[0].reading.role, Role::Paper { .. });
    is_one.then(|| log.entries[0].title.to_string())
}

#[test]
fn text_above_a_title_is_kept() {
    let text = "From Anna: ![](a.png)\n\n# Counting Emus at Work\n\n[paper url](https://arxiv.org/abs/2031.00001)\n\n## Notes\n\nx\n";
    let log = parse::parse([Source { name: "note.md".into(), text: text.into() }]);
    assert_eq!(&*log.entries[0].title, "Counting Emus at Work");
    let section = &log.sections[0];
    assert_eq!((log.note(section).trim(), section.figures.len()), ("From Anna: ![](a.png)", 1));
}

#[test]
fn a_file_about_one_paper_is_recognized_by_itself() {
    for text in [
        "# Counting Emus at Work\n\n[paper url](https://arxiv.org/abs/2031.00001)\n\n## Notes\n\nThey count.\n\n- one\n- two\n",
        "## Counting Emus at Work\n\nThe paper counts.\n\n### Overview\n\n- Emus Run over the Plains\n- Owls See\n\n### Results\n\nMany.\n",
        "---\ntitle: Counting Emus at Work\n---\n\n## 1. どんなもの？\n\n鳥の論文。\n\n## 2. 議論はある？\n\nない。\n",
    ] {
        assert_eq!(title_alone(text).as_deref(), Some("Counting Emus at Work"), "{text}");
    }
    for text in [
        "# Code of Conduct of Emus\n\n## Our Pledge\n\nWe are kind.\n\n## Scope\n\nAll.\n",
        "# Papers on Emus\n\n## Notes\n\n- [Emus at Work](https://arxiv.org/abs/2031.00001)\n- [Owls](https://arxiv.org/abs/2031.00002)\n",
        "# Emu\n\n[![CI](x.svg)](x)\n\nA library. The paper is on arXiv.\n\n## Installation\n\n## Usage\n",
        "# Reading log\n\nPapers that I read.\n",
        "",
    ] {
        assert_eq!(title_alone(text), None, "{text}");
    }
}

#[test]
fn day_and_month_have_the_order_that_other_files_prove() {
    let note =
        |date: &str, title: &str| format!("{date}\n## Authors:\nGnu, A\n## Title:\n{title}\n## Notes:\nThey do.\n");
    let dates = |proof: &str| {
        let files = [
            ("Elk2030OW.md", note("11/05/31", "Owls of old and their long memory for places")),
            ("Gnu2030EB.md", note(proof, "Emus at work: counting what they see in the bush")),
            ("Hen2031SL.md", note("12/05/30", "Snow on the line: delays in alpine railways")),
        ];
        let log = read(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
        log.entries.iter().filter_map(|entry| entry.date).map(|date| date.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(dates("02/26/31"), ["2031-11-05", "2031-02-26", "2030-12-05"]);
    assert_eq!(dates("26/02/31"), ["2031-05-11", "2031-02-26", "2030-05-12"]);
}
