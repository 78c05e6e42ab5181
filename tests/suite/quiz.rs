//! Review, calendar, statistics and week, driven by keys.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use insta::assert_snapshot;
use papers_tui::app::{Effect, Message, MouseKind};
use papers_tui::io::sample;
use papers_tui::log::Key;
use papers_tui::review::fsrs::Memory;
use papers_tui::review::fuzz::{seed, spread};
use papers_tui::review::history::{Grade, ReviewChange, ReviewLine, Reviews};

use super::drive::{Drive, same};

/// The program with in-memory reviews and a settable clock.
struct ReviewSession {
    drive: Drive,
    disk: Reviews,
    now: DateTime<FixedOffset>,
    /// Whether changes wait for the disk.
    held: bool,
    waiting: Vec<Effect>,
}

fn moment(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl ReviewSession {
    fn new(text: &str, size: (u16, u16), now: &str, disk: Reviews) -> Self {
        let mut session = Self {
            drive: Drive::new(text, size.0, size.1),
            disk: disk.clone(),
            now: moment(now),
            held: false,
            waiting: Vec::new(),
        };
        session.send(Message::Time(session.now)).send(Message::Reviews(Box::new(disk)));
        session
    }

    fn send(&mut self, message: Message) -> &mut Self {
        self.drive.send(message);
        self.answer();
        self
    }

    /// Saves like the worker does, without a disk.
    fn answer(&mut self) {
        let effects = std::mem::take(&mut self.drive.effects);
        for effect in effects {
            match effect {
                Effect::Review { .. } if self.held => self.waiting.push(effect),
                Effect::Review { id, change } => {
                    self.disk.apply(&change);
                    self.send(Message::Reviewed(id));
                }
                Effect::LoadReviews => {
                    let reviews = Box::new(self.disk.clone());
                    self.send(Message::Reviews(reviews));
                }
                other => self.drive.effects.push(other),
            }
        }
    }

    /// Types keys, one per second.
    fn keys(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let end = if c == '<' { rest.find('>').unwrap() + 1 } else { c.len_utf8() };
            self.now += TimeDelta::seconds(1);
            self.send(Message::Time(self.now));
            self.drive.keys(&rest[..end]);
            self.answer();
            rest = &rest[end..];
        }
        self
    }

    /// Carries out the waiting changes, or refuses them.
    fn release(&mut self, refusal: Option<&str>) -> &mut Self {
        self.held = false;
        for effect in std::mem::take(&mut self.waiting) {
            let Effect::Review { id, change } = effect else { continue };
            if let Some(reason) = refusal {
                self.send(Message::ReviewRefused(id, same(reason)));
            } else {
                self.disk.apply(&change);
                self.send(Message::Reviewed(id));
            }
        }
        self
    }

    #[track_caller]
    fn sees(&mut self, text: &str) -> &mut Self {
        self.drive.sees(text);
        self
    }

    #[track_caller]
    fn sees_not(&mut self, text: &str) -> &mut Self {
        self.drive.sees_not(text);
        self
    }

    /// Checks that memory and disk agree.
    #[track_caller]
    fn is_kept(&mut self) -> &mut Self {
        assert_eq!(*self.drive.app.reviewing.deck.reviews(), self.disk);
        self
    }
}

const NOW: &str = "2031-06-01T10:00:00+08:00";

/// Papers, one per day, each with three points, a conclusion and a figure.
fn log(papers: usize) -> String {
    let paper = |number: usize| {
        let date = day("2031-05-01") + TimeDelta::days(i64::try_from(number).unwrap());
        let title = format!("《Paper{number:02}: About Subject Number {number:02}》");
        let body = "2030.4 Google 的一篇文章，要点：\n\n1. first\n2. second\n3. third\n\n总体上，good\n\n图：\n\n<img src=\"pic/a.png\" />";
        format!("## {}\n\n{title}\n\n{body}\n\n", date.format("%Y.%-m.%-d"))
    };
    (0..papers).map(paper).collect()
}

fn key(number: usize) -> Key {
    Key(format!("paper{number:02}: about subject number {number:02}").into())
}

/// Grades on one day, one per paper.
fn graded(papers: usize, on: &str, due: &str) -> Reviews {
    let mut reviews = Reviews::default();
    for number in 0..papers {
        let memory = Memory::first(Grade::Good);
        reviews.apply(&ReviewChange::Grade(ReviewLine {
            key: key(number),
            time: moment(&format!("{on}T10:00:00+08:00")) + TimeDelta::seconds(i64::try_from(number).unwrap()),
            day: day(on),
            grade: Grade::Good,
            elapsed: 0,
            stability: memory.stability,
            difficulty: memory.difficulty,
            due: day(due),
            unknown: serde_json::Map::new(),
        }));
    }
    reviews
}

#[test]
fn a_review_of_twenty_entries() {
    let mut session = ReviewSession::new(&log(20), (100, 30), NOW, graded(20, "2031-05-29", "2031-05-31"));
    session.sees("20 due").sees("Paper19                  D │").keys("v").sees("20 to go");
    let grades = [Grade::Good, Grade::Easy, Grade::Hard, Grade::Good];
    for number in 0..20 {
        let grade = grades[number % 4];
        session.sees(&format!("Paper{number:02}")).keys(if number % 2 == 0 { "   " } else { "<enter>" });
        session.keys(&grade.number().to_string()).sees("· saved").sees(&format!("{} done", number + 1));
    }
    session.sees("Done for today").sees("20 grades: 5 hard, 10 good, 5 easy").is_kept();
    session.sees("u undo").sees("Esc leave").sees_not("Space next").sees_not("suspend");
    // Three days after the first grade, which was “good” and gave the stability w₂ = 2.3065.
    let lines = session.disk.history[20..].to_vec();
    assert_eq!(lines.len(), 20);
    let mut due: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for (number, line) in lines.iter().enumerate() {
        let grade = grades[number % 4];
        let memory = Memory::first(Grade::Good).after(3, grade);
        assert_eq!((&line.key, line.grade, line.elapsed), (&key(number), grade, 3));
        assert_eq!((line.day, line.memory()), (day("2031-06-01"), memory));
        let days = spread(memory.interval(0.9), seed(&key(number).0, 1));
        assert_eq!(line.due, day("2031-06-01") + TimeDelta::days(i64::from(days)));
        *due.entry(line.due).or_default() += 1;
    }
    // Computed by hand from D₀ = 2.1181 and R(3 days) = 0.88095: S′ for good, easy and hard.
    for (line, by_hand) in lines.iter().zip([13.826_904, 23.883_064, 9.234_871]) {
        assert!((line.stability - by_hand).abs() < 1e-4, "{}", line.stability);
    }
    let (first, count) = due.first_key_value().unwrap();
    let days = (*first - day("2031-06-01")).num_days();
    let noun = if *count == 1 { "entry is".to_owned() } else { format!("{count} entries are") };
    session.sees(&format!("{noun} due in {days} days"));
    session.keys("<esc>").sees_not(" D │").keys("v").sees("Done for today");
}

#[test]
fn grading_before_revealing_reveals_first() {
    let mut session = ReviewSession::new(&log(2), (100, 30), NOW, Reviews::default());
    session.keys("v3").sees("要点").sees("0 done").keys("3").sees("Paper01").sees("1 done").is_kept();
    // Also by mouse.
    session.drive.click("3 good", 3);
    session.sees("要点").sees("1 done");
}

#[test]
fn reviews_after_a_long_break_are_spread_over_days() {
    // Thirty entries are due.
    let mut reviews = graded(30, "2031-05-01", "2031-05-03");
    for line in &mut reviews.history[..5] {
        line.grade = Grade::Hard;
    }
    let mut session = ReviewSession::new(&log(40), (100, 30), NOW, reviews);
    session.sees("20 to review, 30 due").keys("v").sees("20 to go").sees("10 put off").sees("Paper00");
    for _ in 0..20 {
        session.keys(" 3");
    }
    session.sees("Done for today").sees("10 more are put off (limit: 20 a day)").sees("20 grades").is_kept();
    // Tomorrow's count includes the postponed ones, so the numbers agree.
    session.sees("Tomorrow").sees("review 10 of the 10 due").sees_not("entries are due in");
    session.keys("<esc>").sees("10 due, all put off").keys("v").sees("Done for today").sees("10 more are put off");
    session.keys("<esc>sis:due<enter>").sees("10").keys("<esc><esc>SG").sees("10 due (10 put off)");
    // The next day has the postponed entries, and new ones if there is room.
    let mut next = ReviewSession::new(&log(40), (100, 30), "2031-06-02T10:00:00+08:00", session.disk.clone());
    next.keys("v").sees("12 to go").sees_not("put off");
}

#[test]
fn commands_wait_for_the_reviews_to_load() {
    for size in [(80, 24), (140, 42)] {
        let mut drive = Drive::new(&log(2), size.0, size.1);
        drive.keys("v ").sees("Loading reviews…").sees_not("to go");
        drive.send(Message::Time(moment(NOW))).send(Message::Reviews(Box::default()));
        drive.sees("2 to go").sees("要点");
        let mut drive = Drive::new(&log(2), size.0, size.1);
        drive.keys("v<esc>").send(Message::Time(moment(NOW))).send(Message::Reviews(Box::default()));
        drive.sees_not("to go");
        // A command of the palette waits too, by Enter and by click.
        let mut drive = Drive::new(&log(2), size.0, size.1);
        drive.keys(":review<enter> ").sees_not("to go");
        drive.send(Message::Time(moment(NOW))).send(Message::Reviews(Box::default()));
        drive.sees("2 to go").sees("要点");
        let mut drive = Drive::new(&log(2), size.0, size.1);
        drive.keys(":review").click("review what is due", 0).sees_not("to go");
        drive.send(Message::Time(moment(NOW))).send(Message::Reviews(Box::default())).sees("2 to go");
    }
}

#[test]
fn a_summary_is_revealed_step_by_step() {
    let mut session = ReviewSession::new(&log(1), (80, 24), NOW, Reviews::default());
    session.keys("v").sees("Paper00").sees("Google · published 2030 · read 2031.5.1").sees_not("要点").sees("0/6");
    session.keys(" ").sees("要点").sees_not("first").keys(" ").sees("1. first").sees_not("second");
    session.keys("  ").sees("3. third").sees_not("总体上").keys(" ").sees("总体上").sees_not("Figure");
    session.keys(" ").sees("Figure 1").sees("6/6").keys(" ").sees("6/6");
    session.keys("<esc>v<enter>").sees("Figure 1").sees("1 again · today").sees("3 good · 2 days").sees("4 easy");
}

#[test]
fn undoing_a_grade_restores_the_state() {
    let before = graded(3, "2031-05-29", "2031-05-31");
    let mut session = ReviewSession::new(&log(3), (100, 30), NOW, before.clone());
    let deck = session.drive.app.reviewing.deck.clone();
    session
        .keys("v 1 4")
        .sees("2 to go")
        .sees("2 done")
        .keys("u")
        .sees("Paper01")
        .sees("third")
        .keys("u")
        .sees("Paper00");
    assert_eq!(session.drive.app.reviewing.deck, deck);
    assert_eq!(session.disk, before);
    session.keys("u").sees("No grade to undo").sees("3 to go").is_kept();
    // Leaving loses nothing, not even undo.
    session.keys("3<esc>").sees("2 due").keys("v").sees("Paper01").sees("2 to go").keys("u").sees("Paper00");
    assert_eq!(session.disk, before);
}

#[test]
fn forgotten_entries_are_repeated() {
    let mut session = ReviewSession::new(&log(2), (100, 30), NOW, Reviews::default());
    session
        .keys("v 1")
        .sees("2 to go")
        .sees("again, comes back today")
        .keys(" 3")
        .sees("Paper00")
        .sees("1 to go")
        .keys(" 3");
    session.sees("3 grades: 1 again, 2 good").is_kept();
}

#[test]
fn suspended_entries_are_not_reviewed() {
    let mut session = ReviewSession::new(&log(2), (100, 30), NOW, Reviews::default());
    session.keys("v@").sees("Paper00 is no longer reviewed").sees("Paper01").sees("1 to go").is_kept();
    session.keys("<esc>").sees("1 new").keys("G").sees("Paper00: About").keys("@").sees("will be reviewed again");
    session.sees("2 new").is_kept();
}

#[test]
fn grading_waits_for_the_previous_save() {
    let mut session = ReviewSession::new(&log(3), (100, 30), NOW, Reviews::default());
    session.keys("v ");
    session.held = true;
    session.keys("3 4").sees("saving…").sees("Paper01").sees("1 done");
    assert_eq!((session.waiting.len(), session.disk.history.len()), (1, 0));
    session.release(None).sees("2 done").sees("easy").sees("saved").sees_not("saving").is_kept();
    // A refused grade is not shown as done.
    session.held = true;
    session.keys(" 3").release(Some("the disk is full")).sees("! Not saved: the disk is full").sees("1 new").is_kept();
    session.keys("v").sees("Paper02").keys(" 3").sees("saved").is_kept();
}

#[test]
fn grades_of_another_process_are_taken_in() {
    let mut session = ReviewSession::new(&log(3), (100, 30), NOW, Reviews::default());
    session.keys("v 3 ");
    session.held = true;
    session.keys("3");
    session.disk = graded(3, "2031-05-30", "2031-06-20");
    let reviews = Box::new(session.disk.clone());
    session.send(Message::Reviews(reviews)).release(None).is_kept();
    assert_eq!(session.disk.history.len(), 4);
}

#[test]
fn due_marks_follow_their_entries() {
    let mut session = ReviewSession::new(&log(2), (100, 30), NOW, graded(2, "2031-05-29", "2031-05-31"));
    session.sees("Paper00                  D │").sees("Paper01                  D │");
    session.keys("NHeron<enter><enter>").sees("Logged “Heron”");
    session
        .sees("Heron                    … │")
        .sees("Paper00                  D │")
        .sees("Paper01                  D │");
    session.keys("U").sees("Paper00                  D │").keys("v").sees("2 to go");
}

#[test]
fn a_new_day_adds_due_entries() {
    let mut session =
        ReviewSession::new(&log(2), (160, 30), "2031-05-31T03:00:00+08:00", graded(2, "2031-05-29", "2031-05-31"));
    session.sees_not("due").keys("G2").sees("review tomorrow").sees("reviewed once");
    session.now = moment("2031-05-31T04:00:00+08:00");
    session.keys("j").sees("2 due").sees("review due");
}

#[test]
fn a_changed_title_keeps_its_schedule() {
    let reviews = graded(2, "2031-05-29", "2031-07-31");
    let text = log(2).replace("Paper00: About Subject", "Paper00: About the Subject");
    let mut session = ReviewSession::new(&text, (100, 30), NOW, reviews.clone());
    session.sees("A renamed title keeps its review schedule").sees_not("due").keys("v").is_kept();
    assert!(session.disk.history.iter().any(|line| &*line.key.0 == "paper00: about the subject number 00"));

    // The user is asked about an ambiguous match.
    let twins = "## 2031.5.1\n\n《Paper00: About Subject, A》\n\nx\n\n《Paper00: About Subject, B》\n\ny\n";
    let mut session = ReviewSession::new(twins, (100, 30), NOW, graded(1, "2031-05-29", "2031-07-31"));
    session
        .keys("v")
        .sees("was reviewed")
        .sees("None of these")
        .sees("Subject, B")
        .keys("j<enter>")
        .sees("1 to go")
        .is_kept();
    assert_eq!(&*session.disk.history[0].key.0, "paper00: about subject, b");
    let mut session = ReviewSession::new(twins, (100, 30), NOW, graded(1, "2031-05-29", "2031-07-31"));
    session.keys("vG<enter>").sees("2 to go").keys("<esc>v").sees("2 to go").is_kept();
    assert_eq!(session.disk.history[0].key, key(0));
}

#[test]
fn a_removed_entry_leaves_the_review() {
    let mut session = ReviewSession::new(&log(2), (100, 30), NOW, Reviews::default());
    session.keys("v").sees("Paper00").drive.outside("《Paper00: About Subject Number 00》", "");
    session.sees("Paper01").sees("1 to go");
}

#[test]
fn an_empty_review_explains_how_to_start() {
    ReviewSession::new("", (80, 24), NOW, Reviews::default())
        .keys("v")
        .sees("Nothing is due")
        .sees("come up for review once their");
    let mut session = ReviewSession::new(&log(1), (80, 24), NOW, graded(1, "2031-05-29", "2031-06-12"));
    session.keys("v").sees("One entry is due in 11 days, on 2031.6.12.").keys("1234 <enter>u@").is_kept();
    let mut drive = Drive::new(&log(1), 80, 24);
    drive.keys("v").sees("Loading reviews…");
    drive.send(Message::NoReviews(same("reviews.json: no"))).keys("jv").sees("! reviews.json: no");
}

#[test]
fn the_mouse_reveals_and_grades() {
    let mut session = ReviewSession::new(&log(2), (100, 30), NOW, Reviews::default());
    session.keys("v").drive.click("Paper00", 0).sees("要点").click("3 good", 3);
    session.answer();
    session.sees("1 done").sees("good").is_kept();
}

#[test]
fn the_smallest_screen_shows_grades_title_and_the_selected_week() {
    for (language, key) in [("4 easy 6 days", ""), ("4 简单 6 天", "L")] {
        let mut session = ReviewSession::new(&log(20), (30, 8), NOW, Reviews::default());
        session.keys(key).keys("v").sees("Paper00: About Subject").sees("Number 00").sees(language);
        session.keys("<esc>c").sees("2031.5.20 · Paper19").sees("19¹ 20¹ 21").keys("kk").sees("Paper05").sees(" 6¹");
    }
}

#[test]
fn the_calendar_and_the_statistics_lead_to_each_other() {
    let mut session = ReviewSession::new(&log(20), (80, 24), NOW, graded(20, "2031-05-29", "2031-05-31"));
    let hints = "↵ go there  Esc close  h l day  j k week  { } month  S statistics";
    session.keys("ch").sees("─ Calendar ─").sees(hints);
    let screen = session.drive.screen();
    let day = screen.split('│').find(|part| part.contains(" · Paper")).map(|part| part.trim().to_owned()).unwrap();
    let hints = "↵ go there  Esc close  j k day  h l week  { } month  c calendar";
    session.keys("S").sees("─ Statistics ─").sees_not("─ Calendar ─").sees(hints);
    session.keys("c").sees("─ Calendar ─").sees_not("─ Statistics ─").sees(&day);
    session.keys("<esc>").sees_not("─ Calendar ─").sees_not("─ Statistics ─");
}

#[test]
fn the_calendar_opens_a_day() {
    let mut session = ReviewSession::new(&log(20), (140, 42), NOW, Reviews::default());
    session.keys("c").sees("2031.5").sees("2031.12").sees("2031.5.20 · Paper19").keys("h").sees("Paper18");
    session
        .keys("k")
        .sees("Paper11")
        .keys("jjj")
        .sees("2031.6.2 · nothing read")
        .keys("<enter>")
        .sees("Nothing was read on 2031.6.2");
    session.keys("kkk<enter>").sees_not("Calendar").sees("━ Timeline").sees("Paper11: About Subject");
    session.keys("c").drive.click("20¹", 0).sees("Paper19").click("20¹", 0).sees_not("Calendar");
    session.keys("c<esc>").sees_not("Calendar").keys("c9999}").keys("9999999{").sees("Calendar");
}

#[test]
fn the_heat_map_opens_a_day() {
    let mut session = ReviewSession::new(&log(20), (140, 42), NOW, Reviews::default());
    session.keys("S").sees("2031.5.20 · Paper19").keys("h").sees("Paper12").keys("k").sees("Paper11");
    session.keys("<enter>").sees_not("Statistics").sees("Paper11: About");
    let screen = session.keys("S").drive.screen();
    // The first of May is a Thursday.
    let row = screen.lines().position(|line| line.contains("│ Mon")).unwrap() + 3;
    let line = screen.lines().nth(row).unwrap();
    let column = papers_tui::text::width(&line[..line.find('▂').unwrap()]);
    let at = (u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
    session.send(Message::Mouse { at, kind: MouseKind::Press }).sees("Paper00");
    session.send(Message::Mouse { at, kind: MouseKind::Press }).sees_not("Statistics").sees("Paper00: About");
}

#[test]
fn keys_change_the_week() {
    let mut session = ReviewSession::new(&log(20), (140, 42), "2031-05-18T10:00:00+08:00", Reviews::default());
    session.keys("w").sees("2031-W21").sees("Read (2)").keys("[").sees("2031-W20").sees("Read (7)").keys("l");
    session.sees("2031-W21").keys("[[").sees("2031-W19").keys("w").sees_not("2031-W19");
}

/// The narrowest size; `languages` has the calendar and the week at larger ones.
const NARROW: (u16, u16) = (44, 18);

/// The screen of the sample after some keys, with a few grades.
fn screen(keys: &str, size: (u16, u16)) -> String {
    let mut session = ReviewSession::new(sample::TEXT, size, "2025-03-12T10:00:00+08:00", Reviews::default());
    session.keys("v 3 4 2<esc>").keys(keys);
    format!("--- {}×{}\n{}", size.0, size.1, session.drive.screen())
}

/// The same at all sizes.
fn screens(keys: &str) -> String {
    [(140, 42), (80, 24), NARROW].map(|size| screen(keys, size)).join("\n")
}

#[test]
fn panes_with_due_papers() {
    assert_snapshot!(screens(""));
}

#[test]
fn review_before_revealing() {
    assert_snapshot!(screens("v"));
}

#[test]
fn review_after_revealing() {
    assert_snapshot!(screens("v<enter>"));
}

#[test]
fn statistics_with_grades() {
    assert_snapshot!(screens("S"));
}

#[test]
fn statistics_with_grades_scrolled() {
    assert_snapshot!(screens("SG"));
}

#[test]
fn narrow_calendar() {
    assert_snapshot!(screen("c", NARROW));
}

#[test]
fn narrow_week() {
    assert_snapshot!(screen("w", NARROW));
}
