//! Vaults: links by alias and citation key, tags, properties, dates of items.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use papers_tui::io::album::Album;
use papers_tui::io::choose::LogFiles;
use papers_tui::io::citations;
use papers_tui::log::edit::{Intent, added_on, writes_done_dates};
use papers_tui::log::links::{Citations, Links};
use papers_tui::log::{Entry, Key, Log, Source, parse};

use super::cli::program;
use super::drive::Drive;
use super::of_long_ago;

const BODY: &str = "\n## Method\n\nBirds run over the plain, and far.\n";

/// A note about one paper.
fn note(title: &str, properties: &str, text: &str) -> String {
    format!("---\ntitle: \"{title}\"\n{properties}---\n\n# {title}\n\n{text}\n{BODY}")
}

fn read(files: &[(&str, String)]) -> Log {
    let source = |(name, text): &(&str, String)| Source { name: format!("vault/{name}"), text: text.clone().into() };
    let folders = 0..files.len();
    parse::parse_folders(files.iter().map(source), &[folders], &Arc::default(), &mut |_| {})
}

fn vault() -> Vec<(&'static str, String)> {
    let emus = "aliases: [EM, \"The Runner\"]\ncitekey: \"@owl2031\"\ntags: [birds/large]\nyear: 2031\narxiv: 2031.00001\nvenue: Birds\n";
    vec![
        ("birds/emus.md", note("Emus at Work on the Plain", emus, "See [[owls|the owls]] #run/fast, `#code`.")),
        (
            "birds/owls.md",
            note("Owls at Night: a Survey", "tags: [birds]\n", "After [[EM]], [[The Runner#Method]], and @owl2031."),
        ),
        (
            "gnus/gnus.md",
            note("Gnus Learn to Run", "", "As in [@owl2031; @yak, p. 3], not a@owl2031 or @nobody. #herd"),
        ),
        ("gnus/yaks.md", note("Yaks in the Rain", "", "Alone.")),
    ]
}

fn entry<'a>(log: &'a Log, title: &str) -> &'a Entry {
    log.entries.iter().find(|entry| entry.title.starts_with(title)).unwrap()
}

fn citations() -> Citations {
    Citations::from([("yak".to_owned(), "Yaks in the rain".to_owned())])
}

#[test]
fn aliases_and_citation_keys_link_to_papers() {
    let log = read(&vault());
    let links = Links::citing(&log, &citations());
    let titles =
        |keys: &[Key]| keys.iter().map(|key| log.entries[log.find(key).unwrap()].title.to_string()).collect::<Vec<_>>();
    let mentions = |title: &str| titles(links.mentions(&entry(&log, title).key));
    assert_eq!(mentions("Owls"), ["Emus at Work on the Plain"]);
    assert_eq!(mentions("Gnus"), ["Emus at Work on the Plain", "Yaks in the Rain"]);
    assert_eq!(titles(links.mentioned_by(&entry(&log, "Emus").key)), ["Owls at Night: a Survey", "Gnus Learn to Run"]);
    assert_eq!(mentions("Yaks"), [""; 0]);
}

#[test]
fn front_matter_and_tags_are_read() {
    let log = read(&vault());
    let emus = entry(&log, "Emus");
    assert_eq!(*emus.tags(), ["birds/large", "run/fast"]);
    assert_eq!((emus.venue(), emus.published.map(|published| published.year)), (Some("Birds"), Some(2031)));
    assert_eq!(*emus.links(), ["https://arxiv.org/abs/2031.00001"]);
    assert_eq!(*entry(&log, "Gnus").tags(), ["herd"]);
}

#[test]
fn the_finder_filters_by_tag_file_and_folder() {
    let files = vault();
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in &files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        of_long_ago(&path);
    }
    std::fs::write(dir.path().join("gnus/all.bib"), "@misc{yak, title = {Yaks in the rain}}").unwrap();
    for folder in ["birds", "gnus", ""] {
        of_long_ago(&dir.path().join(folder));
    }
    let found = |query: &str| {
        let output = program(dir.path()).args(["search", "--log", ".", query]).output().unwrap();
        let mut lines: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
        lines.sort();
        let error = String::from_utf8(output.stderr).unwrap();
        if lines.is_empty() { vec![error] } else { lines }
    };
    let count = |query: &str| found(query).len();
    assert_eq!((count("tag:birds"), count("tag:#run/"), count("tag:herd")), (2, 1, 1));
    assert_eq!((count("file:owls"), count("folder:birds"), count("folder:gnus file:yaks")), (1, 2, 1));
    assert!(found("tag:nothing")[0].contains("no paper in this log has the tag"), "{:?}", found("tag:nothing"));
    // The bibliography beside the notes resolves citation keys.
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| dir.path().join(name)).collect();
    assert_eq!(citations::beside(&paths), citations());
    let shown = program(dir.path()).args(["show", "--log", ".", "Gnus"]).output().unwrap();
    assert!(String::from_utf8(shown.stdout).unwrap().contains("mentions Emus at Work on the Plain, Yaks in the Rain"));
}

#[test]
fn items_show_the_text_of_their_links() {
    let text = "# todo\n\n- [ ] read [[Emus]] and [[Gnus#Rest|the gnus]] soon\n- [ ] Owl\n";
    for size in [(140, 42), (80, 24), (44, 18)] {
        let mut drive = Drive::new(text, size.0, size.1);
        drive.keys("3").sees("read Emus and the gnus").sees_not("[[");
    }
}

#[test]
fn enter_follows_the_link_of_an_item() {
    let mut files = vault();
    files.insert(0, ("todo.md", "# To read\n\n- [ ] again: [[The Runner|that one]]\n- [ ] [[nothing]] new\n".into()));
    let mut drive = Drive::of(read(&files), 140, 42);
    drive.keys("3<enter>").sees("─ Emus at Work on the Plain ─");
}

fn read_log(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

#[track_caller]
fn ticks(done: &str, wanted: &str) {
    let log = |owl: &str| format!("# todo\n\n- [x] Elk{done}\n- [ ] Owl{owl}\n");
    let mut ticked = read_log(&log(""));
    let day = chrono::NaiveDate::from_ymd_opt(2031, 5, 17).filter(|_| writes_done_dates(&ticked, 0));
    let tick = Intent::set_done_on(&ticked, 1, true, day).unwrap();
    tick.apply(&mut ticked, 0).unwrap();
    let done = log(wanted).replace("[ ]", "[x]");
    assert_eq!(ticked.files[0].text.as_str(), done);
    // Reopening it removes the date.
    let mut open = read_log(&done);
    Intent::set_done_on(&open, 1, false, None).unwrap().apply(&mut open, 0).unwrap();
    assert_eq!(open.files[0].text.as_str(), log(""));
}

#[test]
fn done_dates_follow_the_style_of_the_file() {
    ticks(" ✅ 2031-05-01", " ✅ 2031-05-17");
    ticks("  [completion:: 2031-05-01]", " [completion:: 2031-05-17]");
    ticks(" (completion:: 2031-05-01)", " (completion:: 2031-05-17)");
    ticks("", "");
    // A block id stays at the end of its line.
    let mut log = read_log("- [x] Elk ✅ 2031-05-01\n- [ ] Owl ^a1b2c3\n");
    let day = chrono::NaiveDate::from_ymd_opt(2031, 5, 17);
    Intent::set_done_on(&log, 1, true, day).unwrap().apply(&mut log, 0).unwrap();
    assert!(log.files[0].text.as_str().ends_with("- [x] Owl ✅ 2031-05-17 ^a1b2c3\n"));
}

#[test]
fn a_new_item_is_dated_in_the_style_of_its_siblings() {
    for (elk, owl) in
        [(" ➕ 2031-05-01", " ➕ 2031-05-17"), (" (created:: 2031-05-01)", " (created:: 2031-05-17)"), ("", "")]
    {
        let log = read_log(&format!("# todo\n\n- [ ] Elk{elk}\n"));
        let text = added_on(&log, 0, "Owl", chrono::NaiveDate::from_ymd_opt(2031, 5, 17));
        assert_eq!(text, format!("Owl{owl}"));
    }
}

#[test]
fn fields_and_blocks_are_shown_as_text() {
    let id = "64f1a2b3-0001-4a5b-8c7d-1234567890ab";
    let log = format!(
        "# To read\n\n- [ ] Owl [due:: 2031-05-20] (p:: high)\n\n# 2031-05-17\n\n《Emus at Work》\n\n\
         It is in [venue:: Birds] and std::vec[0], ((({id}))), ((64f1a2b3-0001-4a5b-8c7d-1234567890ac)).\n\n\
         《Gnus at Rest》\n\n- Gnus sleep **standing**.\n  id:: {id}\n"
    );
    let mut drive = Drive::new(&log, 140, 42);
    let screen = drive.keys("3").screen();
    for wanted in ["Owl due: 2031-05-20", "p: high", "It is in venue: Birds and std::vec[0]", "(Gnus sleep", "((…))"]
    {
        assert!(screen.contains(wanted), "{wanted}\n{screen}");
    }
}

#[test]
fn pictures_are_found_anywhere_in_the_vault() {
    let dir = tempfile::tempdir().unwrap();
    let vault = dir.path().join("vault");
    let text = "![[emu.png|300x200]]\n\n![[sub/gnu.png]]\n\n![](../assets/owl.png)\n\n![[yak.png|a yak|120]]\n\n![](../../out.png)";
    let pictures = ["assets/deep/emu.png", "assets/emu.png", "birds/sub/gnu.png", "assets/owl.png", "../out.png"];
    let notes = vault.join("birds");
    std::fs::create_dir_all(vault.join("assets/deep")).unwrap();
    std::fs::create_dir_all(notes.join("sub")).unwrap();
    for picture in pictures {
        std::fs::write(vault.join(picture), "x").unwrap();
    }
    for (name, title) in [("emus.md", "Emus at Work"), ("gnus.md", "Gnus Learn to Run"), ("owls.md", "Owls at Night")] {
        std::fs::write(notes.join(name), note(title, "arxiv: 2031.00001\n", text)).unwrap();
    }
    let figures = |log: &Path| {
        let output = program(dir.path()).args(["export", "--format", "json", "--log"]).arg(log).output().unwrap();
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let all = json["entries"][0]["figures"].as_array().unwrap().clone();
        all.iter().map(|it| (it["path"].as_str().unwrap().to_owned(), it["width"].as_u64())).collect::<Vec<_>>()
    };
    let written = [
        ("emu.png", Some(300)),
        ("sub/gnu.png", None),
        ("../assets/owl.png", None),
        ("yak.png", Some(120)),
        ("../../out.png", None),
    ];
    assert_eq!(figures(&vault), written.map(|(path, width)| (path.to_owned(), width)));

    // A single file is shown with the pictures of its vault; outside a vault, with those below its folder.
    let file = notes.join("emus.md");
    let shown = |opened: LogFiles| {
        let base = opened.bases().into_iter().find(|base| base.file == file).unwrap();
        let find = |path: &str| Album::default().locate(&base, path).ok();
        let real = vault.canonicalize().unwrap();
        let below = |path: PathBuf| path.strip_prefix(&real).unwrap().display().to_string();
        written.map(|(path, _)| find(path).map(below).unwrap_or_default())
    };
    let alone = || LogFiles::file(file.clone(), "emus.md".into());
    assert_eq!(shown(alone()), ["", "birds/sub/gnu.png", "", "", ""]);
    std::fs::create_dir(vault.join(".obsidian")).unwrap();
    assert_eq!(shown(alone()), ["assets/emu.png", "birds/sub/gnu.png", "assets/owl.png", "", ""]);
}

/// Many notes, each with links by file, heading and alias: all of them resolve.
#[test]
fn every_link_of_a_large_vault_has_a_target() {
    let count = 300;
    let name = |at: usize| format!("{}/paper{at}.md", ["birds", "gnus", "gnus/small"][at % 3]);
    let text = |at: usize| {
        let (one, two, three) = (at * 7 % count, at * 11 % count, at * 13 % count);
        let text = format!(
            "On [[paper{one}]], [[paper{two}#Method|it]], ![[P{three}]], [x](paper{one}.md#method) and @key{two}."
        );
        note(&format!("Paper {at} of Many: a Study of Herds {at}"), &format!("aliases: [P{at}]\n"), &text)
    };
    let files: Vec<(String, String)> = (0..count).map(|at| (name(at), text(at))).collect();
    let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let log = read(&files);
    assert_eq!(log.entries.len(), count);
    let citations: Citations =
        (0..count).map(|at| (format!("key{at}"), format!("Paper {at} of Many: a Study of Herds {at}"))).collect();
    let links = Links::citing(&log, &citations);
    for at in 0..count {
        let (one, two, three) = (at * 7 % count, at * 11 % count, at * 13 % count);
        let of = |at: usize| entry(&log, &format!("Paper {at} of")).key.clone();
        let mentioned = links.mentions(&of(at));
        for other in [one, two, three].into_iter().filter(|&other| other != at) {
            assert!(mentioned.contains(&of(other)), "{at} {other}: {mentioned:?}");
        }
    }
}
