//! The built-in sample: its entries, items, problems and pictures.

use papers_tui::io::sample;
use papers_tui::log::aliases::Aliases;
use papers_tui::log::check::{Disk, Surroundings, check};
use papers_tui::log::{EntryKind, Source, parse};
use papers_tui::words::Language;

#[test]
fn the_sample_shows_every_feature() {
    let log = parse::parse([Source { name: sample::NAME.into(), text: sample::TEXT.into() }]);
    let of = |kind| log.entries.iter().filter(|entry| entry.kind == kind).count();
    assert_eq!((of(EntryKind::Paper), of(EntryKind::Note), of(EntryKind::Draft)), (39, 2, 1));
    assert_eq!(log.progress(), (4, 16));
    assert_eq!(log.tasks.iter().map(|task| task.depth).max(), Some(3));
    assert_eq!(log.entries.iter().map(|entry| entry.references.len()).sum::<usize>(), 6);
    let (disk, aliases) = (Disk::default(), Aliases::default());
    let found = check(&log, Surroundings { today: None, disk: &disk, aliases: &aliases, orphans: &[] });
    let codes = found.iter().map(|finding| (finding.problem.code(), finding.line));
    let codes: Vec<(&str, usize)> = codes.filter(|(code, _)| *code != "unresolved-reference").collect();
    assert_eq!(codes, [("malformed-tag", 231), ("duplicate-title", 549), ("placeholder", 568), ("malformed-tag", 602)]);
}

#[test]
fn the_copy_of_the_sample_has_its_pictures() {
    let copy = sample::copy(Language::Chinese).unwrap();
    let folder = copy.path().parent().unwrap().to_owned();
    let log =
        parse::parse([Source { name: String::new(), text: std::fs::read_to_string(copy.path()).unwrap().into() }]);
    let figures = log.entries.iter().flat_map(|entry| log.figures_of(entry));
    let missing: Vec<String> =
        figures.filter(|figure| !folder.join(&figure.path).exists()).map(|figure| figure.path).collect();
    assert_eq!(missing, ["pic/vit_attention_distance.png"]);
    drop(copy);
    assert!(!folder.exists());
}

#[test]
fn the_english_sample_is_read_as_intended() {
    let log = parse::parse([Source { name: sample::NAME.into(), text: sample::ENGLISH.into() }]);
    let of = |kind| log.entries.iter().filter(|entry| entry.kind == kind).count();
    assert_eq!((of(EntryKind::Paper), of(EntryKind::Note), of(EntryKind::Draft)), (33, 0, 1));
    assert!(log.entries.iter().all(|entry| entry.date.is_some() && entry.links().len() == 1));
    assert_eq!(log.progress(), (4, 15));
    let (disk, aliases) = (Disk::default(), Aliases::default());
    let found = check(&log, Surroundings { today: None, disk: &disk, aliases: &aliases, orphans: &[] });
    let codes: Vec<&str> = found.iter().map(|finding| finding.problem.code()).collect();
    assert_eq!(codes, ["placeholder"]);
    let copy = sample::copy(Language::English).unwrap();
    let folder = copy.path().parent().unwrap().to_owned();
    let figures: Vec<_> = log.entries.iter().flat_map(|entry| log.figures_of(entry)).collect();
    assert!(figures.len() == 6 && figures.iter().all(|figure| folder.join(&figure.path).exists()));
}
