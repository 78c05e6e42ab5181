//! The timeline limited to a file, folder or tag of a log of many files.

use papers_tui::app::{Message, SavedSession};
use papers_tui::log::{Log, Source, parse};
use papers_tui::words::Language;

use super::drive::Drive;

fn vault(files: &[(String, String)]) -> Log {
    let source = |(name, text): &(String, String)| Source { name: name.clone(), text: text.as_str().into() };
    let folder = 0..files.len();
    parse::parse_folders(
        files.iter().map(source),
        std::slice::from_ref(&folder),
        &std::sync::Arc::default(),
        &mut |_| {},
    )
}

fn paper(title: &str, day: u32, tags: &str) -> String {
    let front = format!("---\ntitle: \"{title}: A Model of It\"\ndate: 2031-05-0{day}\ntags: [{tags}]\n---\n");
    format!("{front}\nabout {title}, as https://arxiv.org/abs/2105.0{day}123 says\n\n## Summary\n\nwords\n")
}

fn files() -> Vec<(String, String)> {
    [
        ("vault/owl.md", paper("Owl", 1, "near")),
        ("vault/deep/yak.md", paper("Yak", 2, "near")),
        ("vault/deep/er/gnu.md", paper("Gnu", 3, "near")),
        ("vault/birds/rhea.md", paper("Rhea", 7, "birds")),
        ("vault/birds/moa.md", paper("Moa", 8, "birds")),
        ("vault/birds/kiwi.md", paper("Kiwi", 9, "birds, far")),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .to_vec()
}

fn log() -> Log {
    vault(&files())
}

fn drive() -> Drive {
    let mut drive = Drive::of(log(), 140, 42);
    for paper in ["Owl", "Yak", "Gnu", "Kiwi", "Moa"] {
        drive.sees(paper);
    }
    drive
}

#[test]
fn a_folder_is_shown_until_esc() {
    let mut drive = drive();
    drive.keys("F").sees("Show only").sees("vault/deep/").sees("2 entries").sees("#birds").sees("vault/owl.md");
    // The first choice is the folder of the selected entry.
    drive.keys("<enter>").sees("━ birds/ ").sees("3/6 · Esc all").sees("Moa").sees_not("Gnu").sees_not("Owl");
    drive.keys("jj").sees("━ birds/ ").keys("<tab><esc>").sees("Gnu").sees("Owl").sees_not("Esc all");
}

#[test]
fn a_tag_or_a_file_can_be_shown_alone() {
    let mut drive = drive();
    drive.keys("skiwi<enter>F").keys("jj").sees("#far").keys("<enter>");
    drive.sees("━ #far ").sees("1/6").sees("Kiwi").sees_not("Moa").sees_not("Yak");
    drive.keys("F").sees("everything").keys("<enter>").sees("Yak").sees_not("Esc all");
    drive.keys("sowl<enter>Fj<enter>").sees("━ owl.md ").sees("Owl").sees_not("Yak");
    // Going to an entry outside the view shows everything again.
    drive.keys("syak<enter>").sees("Yak").sees("Kiwi").sees_not("Esc all");
}

#[test]
fn unread_papers_are_counted_with_the_rows_but_not_as_read() {
    let mut files = files();
    files.push(("vault/birds/tui.md".into(), paper("Tui", 6, "birds").replacen("---\n", "---\nstatus: to-read\n", 1)));
    let mut drive = Drive::of(vault(&files), 140, 42);
    let rows = |drive: &Drive| drive.app.timeline.groups.iter().map(|group| group.entries).collect::<Vec<_>>();
    assert_eq!(rows(drive.sees("6 Tui")), [7]);
    drive.keys("skiwi<enter>F<enter>").sees("━ birds/ ").sees("6 Tui").sees("Moa").sees_not("Owl").sees("3/6");
    assert_eq!(rows(&drive), [4]);
}

#[test]
fn a_partial_view_survives_a_reload_and_ends_with_its_file() {
    let mut drive = drive();
    drive.keys("sowl<enter>Fj<enter>").sees("━ owl.md ");
    let mut more = files();
    more[0].1 = paper("Ibis", 4, "near");
    drive.send(Message::Loaded(Box::new(vault(&more)))).sees("━ owl.md ").sees("Ibis").sees_not("Yak");
    let from = (1..more.len()).map(Some).collect();
    drive.app.drawn();
    drive.send(Message::Moved { log: Box::new(vault(&more[1..])), from });
    drive.sees("1 file removed").sees("Yak").sees_not("Esc all");
}

#[test]
fn a_partial_view_is_named_on_narrow_screens_and_in_chinese() {
    let mut drive = drive();
    drive.app.set_language(Language::Chinese);
    drive.keys("F<enter>").sees("━ birds/ ").sees("3/6 · Esc 显示全部");
    for (width, height) in [(80, 24), (44, 18)] {
        drive.send(Message::Resized(papers_tui::app::screen::layout::Size { width, height })).sees("Esc 显示全部");
    }
    let mut alone = Drive::new("## 2031.5.17\n\n《Emu》\n\nx\n", 80, 24);
    alone.keys("F").sees("This log is a single file without tags");
    // A new start shows everything.
    let session: SavedSession = drive.app.session();
    let mut again = Drive::of(log(), 140, 42);
    again.app.resume(session);
    again.sees("Yak").sees("Kiwi");
}

#[test]
fn a_new_entry_goes_into_the_file_that_is_shown() {
    let file = |name: &str, day: u32, title: &str| Source {
        name: name.into(),
        text: format!("## 2031.5.{day}\n\n《{title}》\n\nx\n").into(),
    };
    let log = parse::parse([file("a.md", 9, "Emu"), file("b.md", 3, "Gnu")]);
    let mut drive = Drive::of(log, 100, 30);
    drive.keys("NHeron<enter>").sees("Which day for “Heron”, in a.md?").keys("<esc>");
    drive.keys("sgnu<enter>F<enter>").sees("━ b.md ");
    drive.keys("NHeron<enter>").sees("Which day for “Heron”, in b.md?");
}
