//! Changes to the reviews that several processes make: nothing is lost or doubled, and applying a change twice is
//! harmless.

use chrono::{DateTime, FixedOffset, TimeDelta};
use papers_tui::log::{Key, Log, Source, parse};
use papers_tui::review::ReviewSettings;
use papers_tui::review::deck::Deck;
use papers_tui::review::history::{Grade, LineId, ReviewChange, ReviewLine, Reviews};
use papers_tui::review::relink::relink;
use papers_tui::review::session::ReviewSession;
use proptest::prelude::*;

fn key(name: &str) -> Key {
    Key(name.into())
}

fn moment(hours: i64) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2031-03-01T09:00:00+08:00").unwrap() + TimeDelta::hours(hours)
}

/// A grade given `hours` after `moment(0)`.
fn line(name: &str, hours: i64) -> ReviewLine {
    let mut deck = Deck::default();
    let ReviewChange::Grade(line) = deck.grade(&key(name), Grade::Good, moment(hours), &ReviewSettings::default())
    else {
        panic!("not a grade");
    };
    line
}

fn pairs(names: &[(&str, &str)]) -> ReviewChange {
    ReviewChange::Rename(names.iter().map(|(from, to)| (key(from), key(to))).collect())
}

/// Checks the names and hours in the history after some changes, in order.
#[track_caller]
fn leaves(changes: &[ReviewChange], wanted: &[(&str, i64)]) -> Reviews {
    let mut reviews = Reviews::default();
    changes.iter().for_each(|change| reviews.apply(change));
    let hours = |line: &ReviewLine| (line.time - moment(0)).num_hours();
    let left: Vec<(&str, i64)> = reviews.history.iter().map(|line| (&*line.key.0, hours(line))).collect();
    assert_eq!(left, wanted);
    reviews
}

fn log_of(title: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: format!("## 2031.5.17\n\n《{title}》\n\n正文\n").into() }])
}

#[test]
fn a_chain_of_renames_moves_no_grade_to_the_wrong_entry() {
    let grades = [ReviewChange::Grade(line("a", 0)), ReviewChange::Grade(line("b", 1))];
    for chain in [pairs(&[("a", "b"), ("b", "c")]), pairs(&[("a", "b"), ("b", "a")])] {
        let changes = [&grades[..], &[chain.clone(), chain]].concat();
        leaves(&changes, &[("a", 0), ("b", 1)]);
    }
    let rename = pairs(&[("a", "c"), ("b", "b")]);
    leaves(&[&grades[..], &[rename.clone(), rename]].concat(), &[("c", 0), ("b", 1)]);
}

#[test]
fn a_grade_saved_again_after_a_rename_is_not_doubled() {
    let (grade, rename) = (ReviewChange::Grade(line("a", 0)), pairs(&[("a", "b")]));
    leaves(&[grade.clone(), rename.clone(), grade.clone()], &[("b", 0)]);
    // An earlier version saved it under both names.
    let both = [grade, ReviewChange::Grade(line("b", 0)), rename];
    leaves(&both, &[("b", 0)]);
}

#[test]
fn a_grade_is_undone_after_a_rename() {
    let undo = ReviewChange::Undo(LineId { key: key("a"), time: moment(0) });
    let grades = [ReviewChange::Grade(line("a", 0)), ReviewChange::Grade(line("a", 1)), pairs(&[("a", "b")])];
    leaves(&[&grades[..], &[undo.clone(), undo]].concat(), &[("b", 1)]);

    let (mut deck, mut session) = (Deck::default(), ReviewSession::new([key("a")]));
    session.grade(&mut deck, Grade::Good, moment(0), &ReviewSettings::default()).unwrap();
    deck.rename(vec![(key("a"), key("b"))]);
    assert!(deck.line(session.last().unwrap()).is_some());
    session.undo(&mut deck).unwrap();
    assert_eq!(deck.reviews().history, []);
}

#[test]
fn a_suspension_follows_a_rename() {
    let (rename, suspend) = (pairs(&[("emu", "emu ii")]), |is| ReviewChange::Suspend(key("emu"), is));
    let reviews = leaves(&[suspend(true), rename.clone(), suspend(false)], &[]);
    assert!(reviews.suspended.is_empty());
    // Another process, which has not seen the rename, suspends the entry.
    let mut deck = Deck::new(leaves(&[rename, suspend(true)], &[]));
    deck.rename(relink(&log_of("Emu II"), &deck).certain);
    assert!(deck.is_suspended(&key("emu ii")));
}

#[test]
fn an_import_with_old_and_new_names_adds_each_grade_once() {
    let both = ReviewChange::Import(vec![line("a", 0), line("b", 0), line("a", 1)]);
    leaves(&[pairs(&[("a", "b")]), both.clone(), both.clone()], &[("a", 0), ("a", 1)]);
    // Another process has added a grade under the old name.
    leaves(&[pairs(&[("a", "b")]), ReviewChange::Grade(line("a", 0)), both], &[("a", 0), ("a", 1)]);
}

#[test]
fn an_import_keeps_the_order_of_grades_after_the_clock_was_set_back() {
    let ours = [ReviewChange::Grade(line("a", 30)), ReviewChange::Grade(line("a", 10))];
    let (before, now) = (leaves(&ours, &[("a", 30), ("a", 10)]), ReviewSettings::default());
    let import = ReviewChange::Import(vec![line("b", 20), line("b", 20), line("b", 5), line("c", 40)]);
    let wanted = [("b", 20), ("b", 5), ("a", 30), ("a", 10), ("c", 40)];
    let after = leaves(&[&ours[..], &[import]].concat(), &wanted);
    let card = |reviews: &Reviews| Deck::new(reviews.clone()).card(&key("a")).cloned().unwrap();
    assert_eq!((card(&before).due, card(&before).memory), (card(&after).due, card(&after).memory));
    let choices = |reviews: Reviews| Deck::new(reviews).choices(&key("a"), moment(60), &now);
    assert_eq!(choices(before.clone()), choices(after));
    // Importing all of it gives the same order in an empty history and in one with either grade.
    let all = ReviewChange::Import(before.history);
    leaves(std::slice::from_ref(&all), &[("a", 30), ("a", 10)]);
    leaves(&[ours[0].clone(), all.clone()], &[("a", 30), ("a", 10)]);
    leaves(&[ours[1].clone(), all], &[("a", 30), ("a", 10)]);
}

fn change() -> impl Strategy<Value = ReviewChange> {
    let name = || prop::sample::select(vec!["a", "b", "c", "d"]);
    let graded = move || (name(), 0..6_i64).prop_map(|(name, hours)| line(name, hours));
    prop_oneof![
        4 => graded().prop_map(ReviewChange::Grade),
        2 => prop::collection::vec(graded(), 1..4).prop_map(ReviewChange::Import),
        1 => graded().prop_map(|line| ReviewChange::Undo(line.id())),
        1 => (name(), any::<bool>()).prop_map(|(name, is)| ReviewChange::Suspend(key(name), is)),
        2 => prop::collection::vec((name(), name()), 1..3).prop_map(|names| pairs(&names)),
    ]
}

proptest! {
    #[test]
    fn applying_a_change_twice_is_harmless(changes in prop::collection::vec(change(), 1..12)) {
        let mut reviews = Reviews::default();
        for change in &changes {
            reviews.apply(change);
            let once = reviews.clone();
            reviews.apply(change);
            prop_assert_eq!(&reviews, &once, "{:?}", change);
        }
    }
}
