//! Figures: which paths are allowed, layout and keys.

use std::path::Path;

use papers_tui::app::page::figures::{FigureAnswer, FigureId, FigureRequest};
use papers_tui::app::screen::layout::Size;
use papers_tui::app::{Effect, Message, MouseKind};
use papers_tui::io::picture::locate;
use papers_tui::log::{Source, parse};
use papers_tui::words::Language;

use super::drive::{Drive, same};
use super::terminal::Run;

/// The size of a cell in these tests, in pixels.
const CELL: (u16, u16) = (10, 20);

/// A log in `log/`, and outside that folder a file that must not be read.
fn folder() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log/log.md");
    std::fs::create_dir_all(folder.path().join("log/pic")).unwrap();
    std::fs::write(&log, "").unwrap();
    std::fs::write(folder.path().join("secret.png"), "x").unwrap();
    std::fs::write(folder.path().join("log/pic/my pic.png"), "x").unwrap();
    std::fs::write(folder.path().join("log/pic/a%20b.png"), "x").unwrap();
    (folder, log)
}

#[track_caller]
fn leads(log: &Path, path: &str, wanted: Result<&str, &str>) {
    let found = locate(log, path).map_err(|refusal| refusal.to_string());
    let real = log.parent().unwrap().canonicalize().unwrap();
    assert_eq!(found, wanted.map(|file| real.join(file)).map_err(str::to_owned), "{path}");
}

#[test]
fn figure_paths_resolve_inside_the_folder_of_the_log() {
    let (_folder, log) = folder();
    leads(&log, "pic/my pic.png", Ok("pic/my pic.png"));
    leads(&log, "./pic/../pic/my pic.png", Ok("pic/my pic.png"));
    leads(&log, "pic/my%20pic.png", Ok("pic/my pic.png"));
    leads(&log, "pic/a%20b.png", Ok("pic/a%20b.png"));
    // A query or fragment is not part of the file name, unless such a file exists.
    for behind in ["#gh-dark-mode-only", "?raw=true", "?v=2#top"] {
        leads(&log, &format!("pic/my%20pic.png{behind}"), Ok("pic/my pic.png"));
    }
    leads(&log, "pic/x.png#top", Err("file not found: pic/x.png#top"));
    leads(&log, "#top", Err("file not found: #top"));
}

#[test]
fn figure_paths_never_leave_the_folder_of_the_log() {
    let (folder, log) = folder();
    let outside = |path: &str| format!("{path}: outside the log's folder");
    leads(&log, "pic/x.png", Err("file not found: pic/x.png"));
    leads(&log, "log.md/x.png", Err("file not found: log.md/x.png"));
    leads(&log, " ", Err("no file given"));
    leads(&log, "../secret.png", Err(&outside("../secret.png")));
    leads(&log, "pic/../../secret.png", Err(&outside("pic/../../secret.png")));
    leads(&log, "%2e%2e/secret.png", Err(&outside("%2e%2e/secret.png")));
    let absolute = folder.path().join("secret.png").display().to_string();
    leads(&log, &absolute, Err(&outside(&absolute)));
    leads(&log, "pic", Err("pic: not a file"));
    leads(&log, "/dev/zero", Err(&outside("/dev/zero")));
    leads(&log, "https://a.example/x.png", Err("https://a.example/x.png: a web address; not downloaded"));
    leads(&log, "file:///etc/passwd", Err("file:///etc/passwd: addresses of this kind are not opened"));
    leads(&log, "data:image/png;base64,AA", Err("data:image/png;base64,AA: addresses of this kind are not opened"));
    assert!(locate(&log, "a\0b").is_err() && locate(&log, &"x/".repeat(9_000)).is_err());
}

#[test]
fn links_and_pipes_are_not_followed_out_of_the_folder() {
    let (folder, log) = folder();
    let pictures = folder.path().join("log/pic");
    std::os::unix::fs::symlink("../../secret.png", pictures.join("out.png")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", pictures.join("zero.png")).unwrap();
    std::os::unix::fs::symlink("my pic.png", pictures.join("in.png")).unwrap();
    std::os::unix::fs::symlink("round.png", pictures.join("round.png")).unwrap();
    leads(&log, "pic/out.png", Err("pic/out.png: outside the log's folder"));
    leads(&log, "pic/zero.png", Err("pic/zero.png: outside the log's folder"));
    leads(&log, "pic/in.png", Ok("pic/my pic.png"));
    assert!(locate(&log, "pic/round.png").is_err());
    let pipe = pictures.join("pipe.png");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    leads(&log, "pic/pipe.png", Err("pic/pipe.png: not a file"));
    // A pipe that replaces the file after it was found does not block.
    assert!(papers_tui::io::picture::open(&pipe).is_err());
    // If the log is a link, figures are looked up beside its target.
    let link = folder.path().join("link.md");
    std::os::unix::fs::symlink(&log, &link).unwrap();
    assert!(locate(&link, "pic/my pic.png").is_ok() && locate(&link, "secret.png").is_err());
}

const LOG: &str = "\
## 2031.5.17

《Emu: A Model》

结构：

<img src=\"a.png\" width=\"300\" height=\"200\">

words between

![second](b.png)

<img src=\"https://a.example/c.png\">

the end

《Gnu: None》

x
";

/// The program with pictures enabled and none loaded.
fn drive() -> Drive {
    let mut drive = Drive::new(LOG, 100, 30);
    drive.send(Message::Pictures(Some(CELL)));
    drive
}

fn id(path: &str) -> FigureId {
    FigureId { file: 0, path: path.into() }
}

fn wanted(drive: &Drive) -> Vec<FigureRequest> {
    let mut lists = drive.effects.iter().filter_map(|effect| match effect {
        Effect::ShowFigures(wanted) => Some(wanted.clone()),
        _ => None,
    });
    lists.next_back().unwrap_or_default()
}

fn cells(width: u16, height: u16) -> Option<Size> {
    Some(Size { width, height })
}

#[test]
fn only_visible_unknown_figures_are_requested() {
    let mut drive = drive();
    let list = wanted(&drive);
    assert_eq!(list[0], FigureRequest { figure: id("a.png"), cells: cells(30, 10) });
    assert_eq!(list.last().unwrap(), &FigureRequest { figure: id("https://a.example/c.png"), cells: None });
    drive.send(Message::Figure(id("b.png"), FigureAnswer::File(Some((200, 40)))));
    assert!(wanted(&drive).contains(&FigureRequest { figure: id("b.png"), cells: cells(20, 2) }));
    drive.send(Message::Figure(
        id("https://a.example/c.png"),
        FigureAnswer::Refused(same("c: a web address; not downloaded")),
    ));
    drive.sees("▪ Figure 3 · c: a web address; not downloaded");
    assert!(wanted(&drive).iter().all(|wanted| wanted.figure.path != "https://a.example/c.png"));
    drive.keys("j");
    assert_eq!(wanted(&drive), [], "a page without figures wants none");
}

#[test]
fn text_stays_in_place_when_a_picture_size_becomes_known() {
    let mut drive = drive();
    drive.sees("▪ Figure 1 · 结构 · a.png").sees("┌");
    let lines = drive.app.reader.lines.clone();
    let of_first = lines.iter().filter(|line| line.figure.is_some_and(|line| line.figure == 0));
    assert_eq!(of_first.count(), 11, "a label and ten rows");
    // Every other line is blank.
    let top = |drive: &Drive| {
        let lines = &drive.app.reader.lines[drive.app.reader.view.top..];
        lines.iter().take(2).map(|line| line.text()).collect::<String>()
    };
    let more: String = (0..40).map(|line| format!("line {line}\n\n")).collect();
    let mut drive = Drive::new(&LOG.replace("the end\n", &format!("the end\n\n{more}")), 100, 12);
    drive.send(Message::Pictures(Some(CELL))).keys("2/line 20<enter>");
    let before = top(&drive);
    assert!(before.starts_with("line "), "{before}");
    let mut lengths = vec![drive.app.reader.lines.len()];
    for (path, found) in [
        ("b.png", FigureAnswer::File(Some((200, 40)))),
        ("b.png", FigureAnswer::Refused(same("file not found: b.png"))),
        ("https://a.example/c.png", FigureAnswer::Refused(same("web"))),
    ] {
        drive.send(Message::Figure(id(path), found));
        assert_eq!(top(&drive), before, "{path}: {}", drive.screen());
        lengths.push(drive.app.reader.lines.len());
    }
    assert!(lengths.is_sorted_by(|one, next| one > next), "{lengths:?}");
}

#[test]
fn without_pictures_a_figure_is_a_label() {
    let mut drive = Drive::new(LOG, 100, 30);
    drive.sees("▪ Figure 1 · 结构 · a.png · 300×200").sees_not("┌");
    assert_eq!(wanted(&drive), []);
    drive.send(Message::Pictures(None));
    assert!(wanted(&drive).iter().all(|wanted| wanted.cells.is_none()), "only whether they are there");
    drive.send(Message::Figure(id("a.png"), FigureAnswer::Refused(same("file not found: a.png"))));
    drive.sees("▪ Figure 1 · file not found: a.png · 结构").keys("i").sees("file not found: a.png").keys("J");
    drive.sees("b.png: pictures are off");
}

#[test]
fn keys_step_through_full_size_figures() {
    let mut drive = drive();
    drive.send(Message::Figure(id("a.png"), FigureAnswer::File(Some((300, 200)))));
    drive.keys("i").sees("Figure 1 of 3").sees("a.png · 300×200 pixels").sees("结构").sees("1/3");
    assert_eq!(wanted(&drive)[0], FigureRequest { figure: id("a.png"), cells: cells(60, 20) }, "twice as large fits");
    drive.keys("J").sees("Figure 2 of 3").sees("b.png").keys("JJ").sees("Figure 3 of 3").sees("c.png");
    drive.keys("k<up>K").sees("Figure 1 of 3").keys("<esc>").sees_not("Figure 1 of").sees("words between");
    let help = papers_tui::app::keys::guide::help(&drive.app.keymap, drive.app.context(), Language::English);
    let mut lines = help.iter().flat_map(|(_, lines)| lines);
    assert!(
        lines.any(|(_, binding)| *binding.about.get(Language::English) == "next figure"),
        "the keys of the overlay are in the help"
    );
    drive.keys("ji").sees("This summary has no figures");
}

#[test]
fn clicks_open_and_close_a_figure() {
    let mut drive = drive();
    drive.click("Figure 2", 0).sees("Figure 2 of 3");
    drive.send(Message::Mouse { at: (5, 5), kind: MouseKind::Wheel(3) }).sees("Figure 3 of 3");
    drive.send(Message::Mouse { at: (5, 5), kind: MouseKind::Press }).sees("words between");
}

#[test]
fn figures_open_in_other_programs() {
    let mut drive = drive();
    drive.send(Message::Figure(id("a.png"), FigureAnswer::File(Some((300, 200)))));
    drive.keys("o").sees("Open in another program").sees("a.png").keys("<enter>");
    assert_eq!(drive.effects.last(), Some(&Effect::OpenOutside(id("a.png"))));
    let opened = |drive: &Drive| drive.effects.iter().filter(|effect| matches!(effect, Effect::OpenOutside(_))).count();
    let web = "https://a.example/c.png";
    drive.send(Message::Figure(id("b.png"), FigureAnswer::Refused(same("file not found: b.png"))));
    drive.send(Message::Figure(id(web), FigureAnswer::Refused(same(format!("{web}: a web address; not downloaded")))));
    drive.keys("iJJ").sees(web);
    assert_eq!(opened(&drive), 1);
    drive.keys("o");
    assert_eq!(drive.effects.last(), Some(&Effect::OpenOutside(id(web))));
    drive.keys("<esc>jo").sees("no link or figure");
}

#[test]
fn an_outside_change_keeps_or_closes_the_figure() {
    let mut drive = drive();
    drive.keys("iJJ").outside("the end", "an end").sees("Figure 3 of 3");
    drive.outside("<img src=\"https://a.example/c.png\">\n\n", "").sees_not("Figure 3 of").sees("words between");
}

#[test]
fn the_sample_has_one_missing_figure() {
    let sample = papers_tui::io::sample::copy(Language::Chinese).unwrap();
    let text = std::fs::read_to_string(sample.path()).unwrap();
    let log = parse::parse([Source { name: "sample.md".into(), text: text.into() }]);
    let figures: Vec<_> = log.entries.iter().flat_map(|entry| log.figures_of(entry)).collect();
    let missing = figures.iter().filter(|figure| locate(&sample.path(), &figure.path).is_err());
    assert_eq!((figures.len() - missing.clone().count(), missing.count()), (6, 1));
}

#[test]
fn figures_of_the_real_log_are_found_or_reported() {
    let Some(path) = std::env::var_os("PAPERS_TUI_REAL_LOG") else {
        println!("skipped: PAPERS_TUI_REAL_LOG names no log");
        return;
    };
    let text = std::fs::read_to_string(&path).unwrap();
    let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
    let figures: Vec<_> = log.entries.iter().flat_map(|entry| log.figures_of(entry)).collect();
    assert!(!figures.is_empty());
    for figure in figures {
        if let Err(refusal) = locate(Path::new(&path), &figure.path) {
            assert!(refusal.to_string().contains(&*figure.path), "{refusal}");
        }
    }
}

#[test]
fn a_missing_figure_is_reported_even_without_pictures() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("log.md"), "## 2031.5.17\n\n《Owls》\n\n![](img/owl.png)\n").unwrap();
    let mut run = Run::papers(&["--pictures=off", "log.md"], folder.path());
    run.sees("file not found: img/owl.png").types("q");
    assert_eq!(run.ends(), 0);
}
