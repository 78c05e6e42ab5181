//! Tests that every setting has an effect: each runs with a configuration and checks the result.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::DateTime;
use papers_tui::app::Message;
use papers_tui::config::{DEFAULTS, parse};

use super::cli::program;
use super::drive::Drive;
use super::terminal::Run;

/// The keys of the configuration, each with the test of its effect.
const EFFECTS: &[(&str, fn())] = &[
    ("logs", logs_setting),
    ("language", language_setting),
    ("theme", theme_setting),
    ("mouse", mouse_setting),
    ("editor", editor_setting),
    ("opener", opener_setting),
    ("pdf-folders", pdf_folders_setting),
    ("layout.reading-width", reading_width_setting),
    ("layout.timeline-width", pane_width_settings),
    ("layout.pending-width", pane_width_settings),
    ("pictures.show", show_pictures_setting),
    #[cfg(feature = "images")]
    ("pictures.cache", picture_cache_setting),
    ("dialect.pending-headings", pending_headings_setting),
    ("dialect.ignored-headings", ignored_headings_setting),
    ("entry.template", entry_template_setting),
    ("pending.logged", logged_items_setting),
    ("pending.children", children_setting),
    ("pending.done-dates", done_dates_setting),
    ("review.retention", retention_setting),
    ("review.max-per-day", max_per_day_setting),
    ("review.new-per-day", new_per_day_setting),
    ("review.new-first", new_first_setting),
    ("review.day-starts-at", day_starts_at_setting),
    ("review.state", review_state_setting),
    ("session.remember", remember_setting),
    ("topics", topics_setting),
    ("keys", keys_setting),
];

#[test]
fn every_setting_has_a_test() {
    let listed: toml::Table = toml::from_str(DEFAULTS).unwrap();
    let mut keys: BTreeSet<String> = BTreeSet::from(["keys".to_owned()]);
    for (key, value) in &listed {
        match value.as_table().filter(|table| !table.is_empty()) {
            Some(table) => keys.extend(table.keys().map(|inner| format!("{key}.{inner}"))),
            None => _ = keys.insert(key.clone()),
        }
    }
    // Without pictures there is no cache.
    keys.retain(|key| cfg!(feature = "images") || key != "pictures.cache");
    let tested: BTreeSet<String> = EFFECTS.iter().map(|(key, _)| (*key).to_owned()).collect();
    assert_eq!(keys, tested);
}

const LOG: &str = "# todo\n\n- [ ] Elk\n- [ ] birds\n  - [ ] Owl\n\n## 2031.5.17\n\n《Gnu: A Model》\n\nsee https://example.org/gnu\n\n\
    ## 2031.5.2\n\n《Yak》\n\nwords\n";

/// A folder with a log and a configuration.
struct TestDir(tempfile::TempDir);

impl TestDir {
    fn new(settings: &str) -> Self {
        let dir = Self(tempfile::tempdir().unwrap());
        dir.write("log.md", LOG).write("own.toml", settings);
        dir
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) -> &Self {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap_or_default()
    }

    /// A script that writes its arguments to `said`.
    fn script(&self) -> String {
        use std::os::unix::fs::PermissionsExt;
        let path = self.path().join("script");
        self.write("script", "#!/bin/sh\necho \"$@\" > said.new; mv said.new said\n");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path.display().to_string()
    }

    /// The output of a command with these settings.
    #[track_caller]
    fn run(&self, arguments: &[&str]) -> String {
        let output = program(self.path())
            .env_remove("PAPERS_TUI_LANG")
            .env("LC_ALL", "en_GB.UTF-8")
            .env("XDG_STATE_HOME", self.path().join("state"))
            .args(arguments)
            .args(["--config", "own.toml"])
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The panes with these settings.
    fn open(&self) -> Run {
        self.open_in((24, 80))
    }

    fn open_in(&self, size: (u16, u16)) -> Run {
        self.open_with("", size)
    }

    /// The panes with an additional environment variable.
    fn open_with(&self, variable: &str, size: (u16, u16)) -> Run {
        let script = format!(
            "exec env -u PAPERS_TUI_LANG -u VISUAL -u EDITOR LC_ALL=en_GB.UTF-8 COLORTERM=truecolor \
            XDG_STATE_HOME=\"$PWD/state\" {variable} \"$0\" log.md --config own.toml"
        );
        Run::start_in(Path::new("sh"), &["-c", &script, env!("CARGO_BIN_EXE_papers-tui")], self.path(), size)
    }

    /// Waits until the script has run; returns its arguments.
    #[track_caller]
    fn said(&self, run: &mut Run) -> String {
        run.wait_for("the script", || !self.read("said").is_empty());
        self.read("said")
    }
}

/// Runs a command with some settings on a log; returns (output, the log afterwards).
fn of_run(settings: &str, log: &str, arguments: &[&str]) -> (String, String) {
    let dir = TestDir::new(settings);
    dir.write("log.md", log);
    let out = dir.run(arguments);
    (out, dir.read("log.md"))
}

#[test]
fn logs_setting() {
    let dir = TestDir::new("logs = [\"deep/other.md\", \"deep/more.md\"]");
    dir.write("deep/other.md", "## 2031.5.3\n\n《Emu》\n\nx\n").write("deep/more.md", "## 2031.5.4\n\n《Auk》\n\nx\n");
    assert_eq!(dir.run(&["list"]), "2031.5.4    Auk\n2031.5.3    Emu\n");
    assert!(dir.run(&["list", "--log", "log.md"]).contains("Gnu"));
}

#[test]
fn language_setting() {
    for (settings, said) in
        [("", "ticked: Elk\n"), ("language = \"en\"", "ticked: Elk\n"), ("language = \"zh\"", "已勾选：Elk\n")]
    {
        assert_eq!(of_run(settings, LOG, &["tick", "Elk"]).0, said, "{settings}");
    }
    let dir = TestDir::new("language = \"zh\"");
    dir.open().sees("时间线").types("q").ends();
    // The help is also in the configured language.
    assert!(dir.run(&["list", "--help"]).contains("列出读过的论文"));
}

#[test]
fn theme_setting() {
    // The colour of the rule above the panes: from the theme, the terminal, or the user's own theme.
    for (name, wanted) in [
        ("nord", vt100::Color::Rgb(0x88, 0xc0, 0xd0)),
        ("none", vt100::Color::Default),
        ("mine", vt100::Color::Rgb(1, 2, 3)),
    ] {
        let dir = TestDir::new(&format!("theme = \"{name}\""));
        dir.write("themes/mine.toml", "accent = \"#010203\"\n");
        let mut run = dir.open();
        run.sees("Gnu: A Model").types("1");
        let colours = run.colours();
        let has = colours.contains(&wanted);
        assert!(has && (name != "none" || colours.len() == 1), "{name}: {colours:?}");
        run.types("q").ends();
    }
    let dir = TestDir::new("theme = \"nrod\"");
    dir.open().sees("Unknown theme “nrod”").types("q").ends();
}

#[test]
fn mouse_setting() {
    for (settings, is_used) in [("", true), ("mouse = false", false)] {
        let dir = TestDir::new(settings);
        let mut run = dir.open();
        run.sees("Gnu: A Model");
        assert_eq!(run.has_mouse(), is_used, "{settings}");
        run.types("q").ends();
    }
}

#[test]
fn editor_setting() {
    let dir = TestDir::new("");
    let script = dir.script();
    dir.write("own.toml", &format!("editor = \"'{script}' --wait 'two words'\""));
    let mut run = dir.open();
    run.sees("Gnu: A Model").types("e");
    let log = std::path::absolute(dir.path().join("log.md")).unwrap();
    assert_eq!(dir.said(&mut run), format!("--wait two words {}\n", log.display()));
    // Right after the editor closes, a key may be dropped as if it were meant for the editor.
    run.types_until("2", "the summary", |screen| screen.contains("━ Gnu")).types("q").ends();
    dir.write("own.toml", "");
    // With neither a configured nor a common editor.
    let mut run = dir.open_with("PATH=/nowhere", (24, 80));
    run.sees("Gnu: A Model").types("e").sees("No editor found").types("q").ends();
}

#[test]
fn opener_setting() {
    let dir = TestDir::new("");
    let script = dir.script();
    dir.write("own.toml", &format!("opener = \"'{script}' --new\""));
    let mut run = dir.open();
    run.sees("Gnu: A Model").types("o").sees("https://example.org/gnu").types("\r");
    assert_eq!(dir.said(&mut run), "--new https://example.org/gnu\n");
    run.types("q").ends();
}

#[test]
fn pdf_folders_setting() {
    let dir = TestDir::new("");
    let script = dir.script();
    dir.write("deep/notes/log.md", LOG).write("deep/shelf/Gnu A Model.pdf", "%PDF");
    let open = || {
        let arguments = ["deep/notes/log.md", "--config", "own.toml"];
        Run::papers(&arguments, dir.path())
    };
    dir.write("own.toml", &format!("opener = \"'{script}'\""));
    open().sees("Gnu: A Model").types("p").sees("No PDF in").types("q").ends();
    dir.write("own.toml", &format!("opener = \"'{script}'\"\npdf-folders = [\"../shelf\"]"));
    let mut run = open();
    run.sees("Gnu: A Model").types("p");
    assert!(dir.said(&mut run).ends_with("shelf/Gnu A Model.pdf\n"));
    run.types("q").ends();
}

#[test]
fn reading_width_setting() {
    let text = LOG.replace("words", &"many words ".repeat(40));
    let longest = |settings: &str| {
        let (out, _) = of_run(settings, &text, &["show", "yak", "--width", "200"]);
        out.lines().map(|line| line.chars().count()).max().unwrap()
    };
    // `--width` takes precedence over the setting; the panes follow the setting.
    assert!((190..=200).contains(&longest("[layout]\nreading-width = 40")));
    for (width, columns) in [(40, 30..=40), (90, 80..=90)] {
        let settings = parse(&format!("[layout]\nreading-width = {width}")).0;
        let dir = TestDir::new(&format!("[layout]\nreading-width = {width}"));
        dir.write("log.md", &text);
        let mut run = dir.open_in((40, 200));
        run.sees("Gnu: A Model").types("J").sees("many words");
        let longest = run.lines().iter().map(|line| line.matches("many words").count() * 11).max().unwrap();
        assert!(columns.contains(&longest), "{longest} with {settings:?}");
        run.types("q").ends();
    }
}

#[test]
fn pane_width_settings() {
    for (settings, timeline, pending) in [
        ("", 35, 38),
        ("[layout]\ntimeline-width = 50", 50, 38),
        ("[layout]\npending-width = 30", 35, 30),
        ("[layout]\ntimeline-width = 40\npending-width = 40", 40, 40),
    ] {
        let dir = TestDir::new(settings);
        let mut run = dir.open_in((42, 140));
        run.sees("Gnu: A Model").sees_lines("three panes", |lines| lines[1].matches('┬').count() == 2);
        let rule: Vec<char> = run.lines()[1].chars().collect();
        let at: Vec<usize> = (0..rule.len()).filter(|&at| rule[at] == '┬').collect();
        assert_eq!((at[0], 139 - at[1]), (timeline, pending), "{settings}");
        run.types("q").ends();
    }
}

/// Saves a picture with a fixed pattern of greys; `grey` is the shade of its first pixel.
#[cfg(feature = "images")]
fn picture(dir: &TestDir, name: &str, grey: u8) {
    let shade = |x: u32, y: u32| grey.wrapping_add(u8::try_from((x * 7 + y * 5) % 200).unwrap_or_default());
    let picture = image::GrayImage::from_fn(600, 400, |x, y| image::Luma([shade(x, y)]));
    picture.save(dir.path().join(name)).unwrap();
}

/// Three papers; the first two have a figure each.
#[cfg(feature = "images")]
const FIGURES: &str = "## 2031.5.17\n\n《Gnu》\n\n![](a.png)\n\n## 2031.5.2\n\n《Yak》\n\n![](b.png)\n\n## 2031.5.1\n\n《Emu》\n\nno figure\n";

#[test]
#[cfg(feature = "images")]
fn show_pictures_setting() {
    for (show, wanted) in
        [("kitty", "\x1b_G"), ("sixel", "\x1bP"), ("iterm2", "\x1b]1337;File"), ("halfblocks", "▀"), ("off", "")]
    {
        let dir = TestDir::new(&format!("[pictures]\nshow = \"{show}\""));
        dir.write("log.md", FIGURES);
        picture(&dir, "a.png", 10);
        let mut run = dir.open();
        run.sees("a.png").types("2").sends(wanted);
        run.types("q").ends();
        let raw = run.sent();
        for other in ["\x1b_G", "\x1bP", "\x1b]1337;File", "▀"].iter().filter(|other| **other != wanted) {
            assert!(!raw.contains(other), "{other:?} with {show}");
        }
    }
}

/// A program built without pictures shows labels, whatever the setting.
#[test]
#[cfg(not(feature = "images"))]
fn show_pictures_setting() {
    let dir = TestDir::new("[pictures]\nshow = \"kitty\"");
    dir.write("log.md", "## 2031.5.17\n\n《Gnu》\n\n![](a.png)\n").write("a.png", "");
    let mut run = dir.open();
    run.sends("a.png").types("q").ends();
    assert!(!run.sent().contains("\x1b_G"));
}

/// The placeholder of kitty's pictures.
#[cfg(feature = "images")]
const PLACEHOLDER: &str = "\u{10EEEE}";

/// A picture evicted from the cache is read again; its file is gone by then.
#[test]
#[cfg(feature = "images")]
fn picture_cache_setting() {
    for (cache, is_kept) in [(64, true), (1, false)] {
        let dir = TestDir::new(&format!("[pictures]\nshow = \"kitty\"\ncache = {cache}"));
        dir.write("log.md", FIGURES);
        picture(&dir, "a.png", 10);
        picture(&dir, "b.png", 200);
        let mut run = dir.open_in((60, 200));
        run.sees("─ Gnu ─").sees(PLACEHOLDER).types("J").sees("─ Yak ─").sees(PLACEHOLDER).types("J").sees("no figure");
        std::fs::remove_file(dir.path().join("a.png")).unwrap();
        run.types("KK").sees("─ Gnu ─").sees(if is_kept { PLACEHOLDER } else { "file not found: a.png" });
        run.types("q").ends();
    }
}

#[test]
fn pending_headings_setting() {
    let log = "# Later on\n\n- [ ] Elk\n- [ ] Owl\n\n## 2031.5.17\n\n《Gnu》\n\n正文\n";
    let dir = TestDir::new("[dialect]\npending-headings = [\"later on\"]\n");
    dir.write("log.md", log);
    assert_eq!(dir.run(&["pending", "--log", "log.md"]).lines().count(), 2);
    dir.run(&["tick", "Elk", "--log", "log.md"]);
    assert_eq!(dir.read("log.md"), log.replace("[ ] Elk", "[x] Elk"));
    dir.run(&["add", "Emu", "--log", "log.md"]);
    let with_emu = log.replace("[ ] Elk", "[x] Elk").replace("- [ ] Owl\n", "- [ ] Owl\n- [ ] Emu\n");
    assert_eq!(dir.read("log.md"), with_emu);
    let mut run = dir.open();
    run.sees("☑ Elk").types("3jx").sees("☑ Owl").types("aApe\r").sees("☐ Ape").sees("saved").types("q");
    assert_eq!(run.ends(), 0);
    let ticked = with_emu.replace("- [ ] Owl\n", "- [x] Owl\n- [ ] Ape\n");
    assert_eq!(dir.read("log.md"), ticked);
}

#[test]
fn ignored_headings_setting() {
    let dir = TestDir::new("[dialect]\nignored-headings = [\"Quick notes\"]\n");
    dir.write(
        "log.md",
        "## 2031.5.17\n\n《Gnu》\n\n正文\n\n# Quick notes\n\nstill of the gnu\n\n## 2031.5.2\n\n《Yak》\n\nwords\n",
    );
    assert!(dir.run(&["show", "Gnu", "--log", "log.md"]).contains("still of the gnu"));
    dir.open().sees("still of the gnu").types("q");
}

#[test]
fn entry_template_setting() {
    let template = "[entry]\ntemplate = \"points:\\n\\n1. \"";
    for (settings, body) in [("", "Emu》\n\nYYYY.M"), (template, "Emu》\n\npoints:\n\n1. \n")] {
        let (_, log) = of_run(settings, LOG, &["log", "Emu"]);
        assert!(log.contains(body), "{settings}: {log}");
    }
    let mut drive = drive(template);
    drive.keys("NEmu<enter><enter>");
    assert!(drive.disk.contains("《Emu》\n\npoints:\n\n1. \n"), "{}", drive.disk);
}

/// The application with some settings, on a day in May.
fn drive(settings: &str) -> Drive {
    let (config, problems) = parse(settings);
    assert_eq!(problems, []);
    let mut drive = Drive::new(LOG, 140, 42);
    drive.app.edit_options = config.habits();
    drive.app.reviewing.settings = config.review.settings();
    drive.app.keymap = config.keymap;
    drive.send(Message::Time(DateTime::parse_from_rfc3339("2031-05-19T03:00:00+00:00").unwrap()));
    drive.send(Message::Reviews(Box::default()));
    drive
}

#[test]
fn logged_items_setting() {
    for (settings, left) in [("", Some("- [x] Elk\n")), ("[pending]\nlogged = \"remove\"", None)] {
        let by_command = of_run(settings, LOG, &["log", "Elk", "--from", "Elk"]).1;
        let by_key = drive(settings).keys("3m<enter>").disk.clone();
        for log in [by_command, by_key] {
            assert!(log.contains("《Elk》"), "{log}");
            assert_eq!(log.lines().find(|line| line.ends_with("] Elk")), left.map(str::trim_end), "{settings}: {log}");
        }
    }
}

#[test]
fn children_setting() {
    for (children, owl) in [("ask", "  - [ ] Owl\n"), ("leave", "  - [ ] Owl\n"), ("tick", "  - [x] Owl\n")] {
        let settings = format!("[pending]\nchildren = \"{children}\"");
        let by_command = of_run(&settings, LOG, &["log", "Birds", "--from", "birds"]).1;
        let mut drive = drive(&settings);
        drive.keys("3jm");
        assert_eq!(drive.screen().contains("only this item"), children == "ask", "{}", drive.screen());
        drive.keys("<enter><enter>");
        for log in [&by_command, &drive.disk] {
            assert!(log.contains(&format!("- [x] birds\n{owl}")), "{children}: {log}");
        }
    }
}

#[test]
fn done_dates_setting() {
    let settings = "[pending]\ndone-dates = true";
    assert!(of_run(settings, LOG, &["tick", "Elk"]).1.contains("- [x] Elk ✅ 2031-05-18\n"));
    assert!(drive(settings).keys("3x").disk.contains("- [x] Elk ✅ 2031-05-18\n"));
    assert!(drive("").keys("3x").disk.contains("- [x] Elk\n"));
}

/// A log of ten papers, one a day.
fn ten() -> String {
    (1..=10).rev().map(|day| format!("## 2031.4.{day}\n\n《P{day:02}》\n\nwords\n\n")).collect()
}

#[test]
fn retention_setting() {
    // Days until a remembered paper is due again.
    let days = |retention: &str| {
        let (out, _) = of_run(&format!("[review]\nretention = {retention}"), &ten(), &["review", "--due", "--json"]);
        let due: serde_json::Value = serde_json::from_str(&out).unwrap();
        due[0]["days"][2].as_u64().unwrap_or_else(|| panic!("{out}"))
    };
    let all = ["0.97", "0.9", "0.8"].map(days);
    assert!(all[0] < all[1] && all[1] < all[2], "{all:?}");
}

#[test]
fn new_per_day_setting() {
    for (settings, count) in [("", 5), ("[review]\nnew-per-day = 1", 1), ("[review]\nnew-per-day = 7", 7)] {
        let dir = TestDir::new(settings);
        dir.write("log.md", &ten());
        assert_eq!(dir.run(&["review", "--due"]).matches("P0").count(), count, "{settings}");
    }
}

#[test]
fn max_per_day_setting() {
    for (settings, count) in [("new-per-day = 10", 10), ("new-per-day = 10\nmax-per-day = 3", 3)] {
        let dir = TestDir::new(&format!("[review]\n{settings}"));
        dir.write("log.md", &ten());
        let due = |dir: &TestDir| {
            dir.run(&["review", "--due"]).matches("P0").count() + dir.run(&["review", "--due"]).matches("P10").count()
        };
        assert_eq!(due(&dir), count, "{settings}");
    }
}

#[test]
fn new_first_setting() {
    for (first, paper) in [("oldest", "P01"), ("newest", "P10")] {
        let (out, _) = of_run(&format!("[review]\nnew-first = \"{first}\""), &ten(), &["review", "--due"]);
        assert!(out.lines().next().unwrap().contains(paper), "{out}");
    }
}

#[test]
fn day_starts_at_setting() {
    // It is three in the morning of the 19th.
    for (hour, day) in [(4, "2031.5.18"), (3, "2031.5.19"), (0, "2031.5.19")] {
        let mut drive = drive(&format!("[review]\nday-starts-at = {hour}"));
        drive.keys("NEmu<enter>").sees(day);
    }
}

#[test]
fn review_state_setting() {
    for (state, is_beside) in [("log", true), ("user", false)] {
        let dir = TestDir::new(&format!("[review]\nstate = \"{state}\""));
        let mut run = dir.open();
        run.sees("2 new to review")
            .types("v\r")
            .sees("words")
            .types("3")
            .sees("1 done")
            .types("q")
            .sees("─ Gnu ─")
            .types("q")
            .ends();
        let has_grades = |folder: &str| dir.path().join(folder).is_dir();
        assert_eq!(
            (has_grades(".papers-tui"), has_grades("state/papers-tui/sidecars")),
            (is_beside, !is_beside),
            "{state}"
        );
        assert!(dir.run(&["review", "--export", "-"]).contains("yak"));
    }
}

#[test]
fn remember_setting() {
    for (settings, seen) in [("", "─ Yak ─"), ("[session]\nremember = false", "─ Gnu ─")] {
        let dir = TestDir::new(settings);
        dir.open().sees("Gnu: A Model").types("J").sees("─ Yak ─").types("q").ends();
        dir.open().sees(seen).types("q").ends();
    }
}

#[test]
fn topics_setting() {
    let (out, _) = of_run("[topics]\nantelopes = [\"Gnu\", \"Yak\"]", LOG, &["stats", "--json"]);
    let stats: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&stats["tracks"][0]["name"], &stats["tracks"][0]["count"]), (&"antelopes".into(), &2.into()), "{out}");
}

#[test]
fn keys_setting() {
    let dir = TestDir::new("[keys.panes]\nfind = [\"Z f\"]\nquit = \"Q\"");
    let mut run = dir.open_in((24, 140));
    run.sees("Z f find").sees("Q quit").types("Zf").sees("› ").types("\x03");
    assert_eq!(run.ends(), 0);
    let mut run = dir.open();
    run.sees("Z f find").types("q").types("Q");
    assert_eq!(run.ends(), 0);
}
