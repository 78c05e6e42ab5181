//! Compares the schedule with the reference implementation of FSRS-6, and with a session computed by hand.

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use fsrs::{FSRS, FSRSItem, FSRSReview};
use papers_tui::log::{Key, Log, Source, parse};
use papers_tui::review::card::choices;
use papers_tui::review::day::DayStart;
use papers_tui::review::deck::Deck;
use papers_tui::review::fsrs::Memory;
use papers_tui::review::history::{Grade, ReviewChange, ReviewLine, Reviews, from_json_lines, to_json_lines};
use papers_tui::review::queue::{Queue, next_due};
use papers_tui::review::session::ReviewSession;
use papers_tui::review::{NewFirst, ReviewSettings};
use proptest::prelude::*;

/// How many histories are compared with the reference.
const HISTORIES: u32 = 100_000;

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// A log with papers `Emu1`, `Emu2`, …, one a day from 2031.1.1, newest first.
fn papers(count: u64) -> Log {
    let first = NaiveDate::from_ymd_opt(2031, 1, 1).unwrap();
    let day = |at: u64| format!("## {}\n\n《Emu{}》\n\n正文\n\n", first + Days::new(at), at + 1);
    read(&(0..count).rev().map(day).collect::<String>())
}

fn moment(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn key(name: &str) -> Key {
    Key(name.into())
}

fn grade() -> impl Strategy<Value = Grade> {
    prop::sample::select(Grade::ALL.to_vec())
}

#[track_caller]
fn close(ours: f32, theirs: f32) {
    assert!((ours - theirs).abs() <= 1e-4, "{ours} {theirs}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(HISTORIES) })]

    /// Compares every intermediate state, and the next interval for each grade.
    #[test]
    fn schedules_match_the_reference(
        first in grade(),
        steps in prop::collection::vec((prop_oneof![Just(0_u32), 1..400_u32, 0..40_000_u32], grade()), 0..24),
        retention in 0.7..0.99_f32,
        then in 0..1000_u32,
    ) {
        let reference = FSRS::default();
        let mut reviews = vec![FSRSReview { rating: u32::from(first.number()), delta_t: 0 }];
        let mut memory = Memory::first(first);
        let mut ours = vec![memory];
        for (elapsed, grade) in steps {
            reviews.push(FSRSReview { rating: u32::from(grade.number()), delta_t: elapsed });
            memory = memory.after(elapsed, grade);
            ours.push(memory);
        }
        let theirs = reference.historical_memory_states(FSRSItem { reviews }, None).unwrap();
        prop_assert_eq!(ours.len(), theirs.len());
        for (ours, theirs) in ours.iter().zip(&theirs) {
            close(ours.stability, theirs.stability);
            close(ours.difficulty, theirs.difficulty);
        }
        let next = reference.next_states(theirs.last().copied(), retention, then).unwrap();
        for (grade, theirs) in Grade::ALL.into_iter().zip([next.again, next.hard, next.good, next.easy]) {
            let ours = memory.after(then, grade);
            close(ours.stability, theirs.memory.stability);
            close(ours.interval(retention), theirs.interval);
        }
    }
}

#[test]
fn first_grades_match_the_reference() {
    let next = FSRS::default().next_states(None, 0.9, 0).unwrap();
    for (grade, theirs) in Grade::ALL.into_iter().zip([next.again, next.hard, next.good, next.easy]) {
        let ours = Memory::first(grade);
        close(ours.stability, theirs.memory.stability);
        close(ours.difficulty, theirs.memory.difficulty);
        close(ours.interval(0.9), theirs.interval);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    /// With any clock: no interval is negative or infinite, no day precedes the one it was counted from, and everything
    /// can be recomputed.
    #[test]
    fn extreme_clocks_are_handled(
        moments in prop::collection::vec((-2_000_000_000_i64..8_000_000_000, -12..14_i32, grade()), 1..30)
    ) {
        let settings = ReviewSettings::default();
        let mut deck = Deck::default();
        let emu = key("emu");
        for (seconds, hours, grade) in moments {
            let zone = FixedOffset::east_opt(hours * 3600).unwrap();
            let now = DateTime::from_timestamp(seconds, 0).unwrap().with_timezone(&zone);
            for choice in deck.choices(&emu, now, &settings) {
                prop_assert!(choice.days <= 36_500 && choice.memory.stability.is_finite());
                prop_assert!(choice.days >= 1 || choice.grade == Grade::Again);
            }
            deck.grade(&emu, grade, now, &settings);
            let line = deck.history(&emu).next_back().unwrap();
            prop_assert!(line.due >= line.day);
            prop_assert_eq!(line.day, DayStart::default().day_of(now));
        }
        let again = Deck::new(deck.reviews().clone());
        prop_assert_eq!(&again, &deck, "cards follow from the history alone");
        let memory = deck.card(&emu).unwrap().memory;
        prop_assert_eq!(deck.history(&emu).next_back().unwrap().memory(), memory);
    }
}

#[test]
fn a_corrected_clock_is_handled() {
    let (settings, log) = (ReviewSettings::default(), papers(1));
    let emu = key("emu1");
    let due = |deck: &Deck, day: &str| Queue::of(&log, deck, day.parse().unwrap(), &settings).due.len();
    // Graded in a future year: due as soon as the clock is right again.
    let mut deck = Deck::default();
    deck.grade(&emu, Grade::Easy, moment("2099-06-01T12:00:00+08:00"), &settings);
    assert_eq!(due(&deck, "2031-06-01"), 1);
    deck.grade(&emu, Grade::Good, moment("2031-06-01T12:00:00+08:00"), &settings);
    assert_eq!(deck.history(&emu).next_back().unwrap().elapsed, 0);
    assert_eq!(due(&deck, "2031-06-01"), 0);
    // Travelling west: yesterday repeats, and nothing is due because of it.
    let mut deck = Deck::default();
    deck.grade(&emu, Grade::Easy, moment("2031-06-02T05:00:00+12:00"), &settings);
    assert_eq!(due(&deck, "2031-06-01"), 0);
    // Two grades at the same moment, after the clock was set back: both are kept.
    deck.grade(&emu, Grade::Good, moment("2031-06-02T05:00:00+12:00"), &settings);
    assert_eq!(deck.history(&emu).count(), 2);
}

#[test]
fn new_entries_follow_the_settings() {
    let mut settings = ReviewSettings { new_per_day: 2, ..ReviewSettings::default() };
    let log = read(
        "## 2031.1.3\n\n《Ape》\n\n正文\n\n《Bat》\n\nTBD\n\n## 2031.1.2\n\n《Cat》\n\n正文\n\n## 2031.1.1\n\n《Dog》\n\n正文\n\n《Eel》\n\n正文\n",
    );
    let mut deck = Deck::default();
    let names = |queue: &Queue| queue.entries().map(|it| &*log.entries[it].title).collect::<Vec<_>>();
    let now = moment("2031-02-01T12:00:00+00:00");
    let today = settings.day_start.day_of(now);
    assert_eq!(names(&Queue::of(&log, &deck, today, &settings)), ["Dog", "Eel"]);
    settings.new_first = NewFirst::Newest;
    assert_eq!(names(&Queue::of(&log, &deck, today, &settings)), ["Ape", "Cat"]);
    // A paper read today is not new before tomorrow, but counts as never reviewed.
    let then = Queue::of(&log, &deck, "2031-01-02".parse().unwrap(), &settings);
    assert_eq!((names(&then), then.unreviewed.len()), (vec!["Dog", "Eel"], 4));
    // One of today's two new papers was graded and is due again today, before the other.
    deck.grade(&key("cat"), Grade::Again, now, &settings);
    assert_eq!(names(&Queue::of(&log, &deck, today, &settings)), ["Cat", "Ape"]);
    deck.suspend(&key("ape"), true);
    assert_eq!(names(&Queue::of(&log, &deck, today, &settings)), ["Cat", "Dog"]);
    deck.suspend(&key("ape"), false);
    // The longest overdue comes first.
    deck.grade(&key("dog"), Grade::Hard, moment("2031-01-05T12:00:00+00:00"), &settings);
    assert_eq!(names(&Queue::of(&log, &deck, today, &settings)), ["Dog", "Cat", "Ape"]);
    assert_eq!(next_due(&log, &deck, "2031-01-03".parse().unwrap()), None, "both were graded in days to come");
    assert_eq!(next_due(&log, &deck, "2031-01-05".parse().unwrap()), Some(("2031-01-06".parse().unwrap(), 1)));
}

/// Twenty entries, five of each grade, computed by hand: after a first grade the stability is 0.212, 1.2931, 2.3065 or
/// 8.2956 days; the intervals at 0.9 are the same in whole days, the last one fuzzed over 6 to 10 (8.2956 ± (1 + 0.15·4.5
/// + 0.1·1.2956)).
#[test]
fn a_session_of_twenty_reviews() {
    let settings = ReviewSettings { new_per_day: 20, ..ReviewSettings::default() };
    let log = papers(20);
    let mut deck = Deck::default();
    let now = moment("2031-03-01T09:00:00+08:00");
    let today = NaiveDate::from_ymd_opt(2031, 3, 1).unwrap();
    let queue = Queue::of(&log, &deck, today, &settings);
    let mut session = ReviewSession::new(queue.entries().map(|it| log.entries[it].key.clone()));
    assert_eq!(session.left(), 20);
    let mut before = Vec::new();
    for at in 0..20 {
        assert_eq!(session.current(), Some(&key(&format!("emu{}", at + 1))));
        before.push((session.clone(), deck.clone()));
        session.grade(&mut deck, Grade::ALL[at % 4], now, &settings).unwrap();
    }
    assert_eq!(session.tally(), [5; 4]);
    // The forgotten ones come up again in order: the same-day stability of a second “good” is 0.212·max(1,
    // e^(0.5425·0.0912)·0.212^-0.0658) = 0.212·1.05073·1.10746 = 0.246687.
    assert_eq!(session.left(), 5);
    for at in [1, 5, 9, 13, 17] {
        let emu = key(&format!("emu{at}"));
        assert_eq!(session.current(), Some(&emu));
        before.push((session.clone(), deck.clone()));
        session.grade(&mut deck, Grade::Good, now, &settings).unwrap();
        let card = deck.card(&emu).unwrap();
        assert!((card.memory.stability - 0.246_687).abs() < 1e-4, "{card:?}");
        assert_eq!((card.lines.len(), card.due), (2, today + Days::new(1)));
    }
    assert_eq!(session.current(), None);
    let wanted = [(0.246_687, 1..=1), (1.2931, 1..=1), (2.3065, 2..=2), (8.2956, 6..=10)];
    for at in 0..20 {
        let card = deck.card(&key(&format!("emu{}", at + 1))).unwrap();
        let (stability, days) = &wanted[at % 4];
        assert!((card.memory.stability - stability).abs() < 1e-4, "{at}: {card:?}");
        assert!(days.contains(&(card.due - today).num_days()), "{at}: {card:?}");
    }
    assert!(Queue::of(&log, &deck, today, &settings).is_empty());
    assert_eq!(next_due(&log, &deck, today), Some((today + Days::new(1), 10)));

    // After undoing all, everything is bitwise as before.
    while let Some((session_before, deck_before)) = before.pop() {
        session.undo(&mut deck).unwrap();
        assert_eq!((&session, &deck), (&session_before, &deck_before));
    }
    assert_eq!(session.undo(&mut deck), None);
    assert_eq!(deck, Deck::default());
}

#[test]
fn grades_show_their_intervals() {
    let (settings, mut deck, emu) = (ReviewSettings::default(), Deck::default(), key("emu"));
    let mut now = moment("2031-03-01T09:00:00+08:00");
    for round in 0..12 {
        let grade = Grade::ALL[(round * 7 + 2) % 4];
        let shown = deck.choices(&emu, now, &settings);
        assert!(shown.is_sorted_by_key(|choice| choice.days), "{shown:?}");
        deck.grade(&emu, grade, now, &settings);
        let line = deck.history(&emu).next_back().unwrap();
        let choice = shown[usize::from(grade.number()) - 1];
        assert_eq!((line.due - line.day).num_days(), i64::from(choice.days));
        assert_eq!(line.memory(), choice.memory);
        now = now + Days::new(u64::from(choice.days));
    }
    let card = deck.card(&emu);
    assert_eq!(choices(&emu, card, settings.day_start.day_of(now), &settings), deck.choices(&emu, now, &settings));
}

#[test]
fn a_history_survives_export_and_import() {
    let settings = ReviewSettings::default();
    let mut deck = Deck::default();
    for (at, name) in ["emu", "owl", "emu", "《引》\"\n"].into_iter().enumerate() {
        let now = moment("2031-03-01T09:00:00.250+08:00") + Days::new(at as u64);
        deck.grade(&key(name), Grade::ALL[at], now, &settings);
    }
    let text = to_json_lines(&deck.reviews().history).unwrap();
    assert_eq!(text.lines().count(), 4);
    let lines = from_json_lines(&format!("\u{FEFF}\n{text}")).unwrap();
    assert_eq!(lines, deck.reviews().history);
    let first = r#"{"key":"emu","time":"2031-03-01T09:00:00.250+08:00","day":"2031-03-01","grade":"again","elapsed":0,"stability":0.212,"difficulty":6.4133,"due":"2031-03-01"}"#;
    assert_eq!(text.lines().next().unwrap(), first);

    // Into an empty deck, and twice: no duplicates. Into the middle of a history: sorted by time.
    let mut other = Deck::default();
    other.apply(ReviewChange::Import(lines.clone()));
    assert_eq!(other, deck);
    other.apply(ReviewChange::Import(lines.clone()));
    assert_eq!(other, deck);
    let mut other = Deck::new(Reviews { history: vec![lines[0].clone(), lines[3].clone()], ..Reviews::default() });
    other.apply(ReviewChange::Import(lines));
    assert_eq!(other, deck);

    let error = from_json_lines(&format!("{first}\n{{\"key\":\"emu\"}}\n")).unwrap_err().to_string();
    assert!(error.starts_with("line 2: missing field"), "{error}");
}

#[test]
fn fields_of_newer_versions_are_kept() {
    let text = r#"{"key":"emu","time":"2031-03-01T09:00:00+08:00","day":"2031-03-01","grade":"good","elapsed":0,"stability":2.3065,"difficulty":2.118104,"due":"2031-03-03","seconds":12}"#;
    let lines: Vec<ReviewLine> = from_json_lines(text).unwrap();
    assert_eq!(lines[0].unknown["seconds"], 12);
    assert_eq!(to_json_lines(&lines).unwrap().trim_end(), text);
}

#[test]
fn numbers_and_dates_out_of_range_are_limited() {
    let line = |stability: &str, due: &str| {
        format!(
            "{{\"key\":\"emu1\",\"time\":\"2031-05-17T10:00:00+08:00\",\"day\":\"2031-05-17\",\"grade\":\"good\",\
             \"elapsed\":0,\"stability\":{stability},\"difficulty\":-{stability},\"due\":\"{due}\"}}"
        )
    };
    for stability in ["3", "1e39", "1e300", "1e999", "0"] {
        let read = from_json_lines(&line(stability, "2031-05-20")).unwrap();
        assert_eq!(from_json_lines(&to_json_lines(&read).unwrap()).unwrap(), read, "{stability}");
        assert!(read[0].stability.is_finite() && read[0].difficulty.is_finite());
    }
    // Written by an older version.
    let older = line("1", "2031-05-20").replace("\"stability\":1", "\"stability\":null");
    assert!(from_json_lines(&older).unwrap()[0].stability.is_finite());
    // An entry with a due day out of range is due within a hundred years.
    for due in ["9999-12-31", "+262142-12-31", "-262143-01-01"] {
        let lines = from_json_lines(&line("3", due)).unwrap();
        let deck = Deck::new(Reviews { history: lines, ..Reviews::default() });
        let card = deck.card(&key("emu1")).unwrap();
        assert!(card.is_due(moment("2131-06-01T12:00:00+08:00").date_naive()), "{due}");
        assert!(!Queue::of(&papers(1), &deck, NaiveDate::MAX, &ReviewSettings::default()).due.is_empty());
    }
}
