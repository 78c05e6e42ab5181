//! Lists and prompts that are open while files of the log are added, removed or renamed: they act on the same file, or
//! are closed with a message.

use papers_tui::app::Message;
use papers_tui::app::keys::key::{Code, KeyPress};
use papers_tui::log::check::Disk;
use papers_tui::log::{Log, Source, parse};

use super::drive::Drive;

/// Three lists of papers without dates; the second has a pending list.
fn files() -> [(&'static str, String); 3] {
    let list = |heading: &str, papers: [&str; 3]| {
        let paper = |title: &&str| format!("- [{title}](https://arxiv.org/abs/2031.0{}): they run\n", title.len());
        format!("# Papers on {heading}\n\n## {heading}\n\n{}", papers.iter().map(paper).collect::<String>())
    };
    let pending = "\n## To read\n\n- [ ] Elks Count to Ten\n- []Moas in the Rain\n";
    [
        ("a.md", list("Apes", ["Apes at Play: a Study", "Apes and Their Tools", "Apes in the Rain at Night"])),
        (
            "b.md",
            list("Birds", ["Emus at Work: a Study", "Owls and Their Young", "Keas in the Snow at Night"]) + pending,
        ),
        ("c.md", list("Cats", ["Cats at Rest: a Study", "Cats and Their Mice", "Cats in the Sun at Noon"])),
    ]
}

fn log(files: &[(&str, String)]) -> Log {
    parse::parse(files.iter().map(|(name, text)| Source { name: (*name).into(), text: text.as_str().into() }))
}

fn drive() -> Drive {
    let mut drive = Drive::of(log(&files()), 140, 42);
    drive.hold();
    drive
}

/// Removes the file with this index, or adds one before all others.
fn change(drive: &mut Drive, removed: Option<usize>) {
    let mut files = files().to_vec();
    let mut from: Vec<Option<usize>> = (0..files.len()).map(Some).collect();
    match removed {
        Some(file) => {
            files.remove(file);
            from.remove(file);
        }
        None => {
            files.insert(0, ("a0.md", files[0].1.replace("Apes", "Auks")));
            from.insert(0, None);
        }
    }
    drive.send(Message::Moved { log: Box::new(log(&files)), from });
    drive.app.drawn();
}

/// After these keys, another file is added or removed; then the last keys change only `b.md`, to contain `wanted`.
#[track_caller]
fn changes_the_same_file(keys: &str, last: &str, wanted: &str) {
    for removed in [Some(0), Some(2), None] {
        let mut drive = drive();
        open(&mut drive, keys);
        change(&mut drive, removed);
        let before: Vec<_> = drive.app.log.files.iter().map(|file| file.text.clone()).collect();
        drive.keys(last);
        for (file, before) in drive.app.log.files.iter().zip(before) {
            match &*file.name {
                "b.md" => {
                    assert!(file.text.contains(wanted), "{removed:?}\n{}\n{}", file.text.as_str(), drive.screen())
                }
                _ => assert_eq!(file.text, before, "{removed:?}"),
            }
        }
    }
}

/// Types keys. `!` is answered as if all figures were there.
fn open(drive: &mut Drive, keys: &str) {
    drive.keys(keys);
    if keys.ends_with('!') {
        drive.send(Message::Surveyed(Disk::default()));
    }
}

/// After these keys, `b.md` is removed; what was open is closed with a message.
#[track_caller]
fn is_closed(keys: &str) {
    let mut drive = drive();
    open(&mut drive, keys);
    change(&mut drive, Some(1));
    drive.sees("The file is gone");
    let before = log(&[files()[0].clone(), files()[2].clone()]);
    drive.keys("<enter>");
    for (file, before) in drive.app.log.files.iter().zip(&before.files) {
        assert_eq!(file.text, before.text);
    }
}

#[test]
fn a_fix_is_made_in_its_file() {
    changes_the_same_file("!", "m", "- [ ] Moas in the Rain");
    is_closed("!");
}

#[test]
fn a_new_entry_goes_to_its_file() {
    changes_the_same_file("semus<enter>NGnus Learn to Run<enter>", "<enter>", "Gnus Learn to Run");
    is_closed("semus<enter>NGnus Learn to Run<enter>");
}

#[test]
fn a_new_item_goes_to_its_file() {
    changes_the_same_file("3aGnus Learn to Run", "<enter>", "- [ ] Gnus Learn to Run");
}

#[test]
fn the_raw_text_stays_that_of_its_file() {
    for removed in [Some(0), Some(2), None] {
        let mut drive = drive();
        drive.keys("semus<enter>1T").sees("# Papers on Birds");
        change(&mut drive, removed);
        drive.sees("# Papers on Birds").keys("<enter>").sees("Emus at Work");
        // Also with the original files back.
        change_back(&mut drive, removed);
        drive.sees("# Papers on Birds");
    }
    is_closed("semus<enter>1T");
}

fn change_back(drive: &mut Drive, removed: Option<usize>) {
    let from = match removed {
        Some(0) => vec![None, Some(0), Some(1)],
        Some(_) => vec![Some(0), Some(1), None],
        None => vec![Some(1), Some(2), Some(3)],
    };
    drive.send(Message::Moved { log: Box::new(log(&files())), from });
}

#[test]
fn results_behind_the_help_are_dropped() {
    let mut drive = drive();
    drive.keys("<c-f>Owls").sees("Owls and Their Young").send(Message::Key(KeyPress::plain(Code::F(1))));
    change(&mut drive, Some(1));
    drive.keys("<esc>").sees_not("Owls and Their Young").keys("<enter>").sees_not("Owls and Their Young");
}
