//! Statistics on reading, summaries revealed step by step, and the week.

use chrono::{DateTime, NaiveDate};
use papers_tui::log::stats::{DayRun, Stats};
use papers_tui::log::topics::ConfiguredTopics;
use papers_tui::log::{EntryKind, Key, Log, Source, parse};
use papers_tui::review::ReviewSettings;
use papers_tui::review::deck::Deck;
use papers_tui::review::history::Grade;
use papers_tui::review::reveal::{StepKind, steps};
use papers_tui::review::stats::ReviewStats;
use papers_tui::review::week::{Goal, Week};
use papers_tui::words::Language;
use proptest::prelude::*;

const LOG: &str = "\
# pending list

> paper1 = video 2
> 本周目标：6

领域主线：

1. 大模型（NLP, CV 等)
2. GNN系列
3. (!)

具体文章：

- [x] one ✅ 2031-05-13
- [ ] two ➕ 2031-05-12
- [x] three ➕ 2031-05-01 ✅ 2031-05-20

# 2031.5

## 2031.5.17

《Gnu: A Model》

2031.4 Google 的一篇文章，gnn 与 CVPR，要点：

1. 一
2. 二

总体上，很好。

结构：

<img src=\"pic/gnu.png\">

## 2031.5.16

《Owl》

2030 Google 和 Meta，关于 NLP

《Yak》

TBD

## 2031.5.12

《Elk》

大模型
";

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn notes_and_drafts_are_no_papers_of_an_organisation_or_year() {
    let paper = "2031.4 Google 的一篇文章，很好";
    let text =
        format!("## 2031.5.17\n\n《Emu: A Model》\n\n{paper}\n\n《Owl: A Model》\n\n2031.4 Google 的一篇文章，xxx\n");
    let mut log = read(&text);
    assert_eq!(log.entries[0].organisations.len(), 1);
    let counted = |log: &Log| {
        let stats = Stats::of(log, &ConfiguredTopics::new());
        (stats.years.values().sum::<usize>(), stats.organisations.iter().map(|(_, count)| count).sum::<usize>())
    };
    for kind in [EntryKind::Note, EntryKind::Draft] {
        log.entries[1].kind = kind;
        log.entries[0].kind = EntryKind::Paper;
        log.entries[1].organisations = log.entries[0].organisations.clone();
        assert_eq!(counted(&log), (1, 1), "{kind:?}");
        log.entries[0].kind = kind;
        assert_eq!(counted(&log), (0, 0), "{kind:?}");
    }
}

#[test]
fn counts_streaks_and_gaps() {
    let stats = Stats::of(&read(LOG), &ConfiguredTopics::new());
    assert_eq!((stats.papers, stats.notes, stats.drafts, stats.figures), (3, 0, 1, 1));
    assert_eq!(stats.pending, (2, 3));
    assert_eq!(stats.days.values().collect::<Vec<_>>(), [&1, &1, &1]);
    assert_eq!(stats.months[&day("2031-05-01")], 3);
    let run = |first, last, days| Some(DayRun { first: day(first), last: day(last), days });
    assert_eq!(stats.longest_streak, run("2031-05-16", "2031-05-17", 2));
    assert_eq!(stats.longest_gap, run("2031-05-12", "2031-05-16", 4));
    for (today, streak) in
        [("2031-05-17", 2), ("2031-05-18", 2), ("2031-05-19", 0), ("2031-05-12", 1), ("2030-01-01", 0)]
    {
        assert_eq!(stats.streak(day(today)), streak, "{today}");
    }
    assert_eq!(stats.years.iter().collect::<Vec<_>>(), [(&(2030, 2031), &1), (&(2031, 2031), &1)]);
    assert_eq!(stats.organisations, [("Google".to_owned(), 2), ("Meta".to_owned(), 1)]);
    let topics: Vec<(&str, &[usize])> =
        stats.topics.iter().map(|it| (it.name.as_str(), it.entries.as_slice())).collect();
    assert_eq!(topics, [("大模型（NLP, CV 等)", &[1, 3][..]), ("GNN系列", &[0])]);
    assert_eq!(stats.ticked.keys().collect::<Vec<_>>(), [&day("2031-05-13"), &day("2031-05-20")]);
    assert_eq!(stats.added.keys().collect::<Vec<_>>(), [&day("2031-05-01"), &day("2031-05-12")]);
    assert_eq!(Stats::of(&Log::default(), &ConfiguredTopics::new()), Stats::default());
}

#[test]
fn months_and_years_tell_no_day() {
    let paper = |title: &str| format!("《{title}》\n\n2030.5 Google\n\nx\n\n");
    let log = read(&format!(
        "# 2031.5\n\n{}# 2031.3\n\n{}{}# 2030\n\n{}",
        paper("Emu"),
        paper("Gnu"),
        paper("Owl"),
        paper("Elk")
    ));
    let stats = Stats::of(&log, &ConfiguredTopics::new());
    assert_eq!(stats.months.into_iter().collect::<Vec<_>>(), [(day("2031-03-01"), 2), (day("2031-05-01"), 1)]);
    assert!(stats.days.is_empty(), "{:?}", stats.days);
    assert_eq!((stats.longest_streak, stats.longest_gap), (None, None));
    assert_eq!(stats.years.into_iter().collect::<Vec<_>>(), [((2030, 2030), 1), ((2030, 2031), 3)]);
}

#[test]
fn statistics_of_the_real_log() {
    let Some(path) = std::env::var_os("PAPERS_TUI_REAL_LOG") else {
        return println!("skipped: PAPERS_TUI_REAL_LOG names no log");
    };
    let log = read(&std::fs::read_to_string(path).unwrap());
    let stats = Stats::of(&log, &ConfiguredTopics::new());
    assert_eq!((stats.papers, stats.notes, stats.drafts, stats.figures), (180, 2, 1, 262));
    assert_eq!((stats.months[&day("2023-11-01")], stats.months[&day("2023-12-01")]), (51, 42));
    assert_eq!(stats.longest_streak.map(|run| run.days), Some(12));
    assert_eq!(stats.longest_gap.map(|run| run.days), Some(21));
    // One of the days has only a draft.
    assert_eq!((stats.days.len(), stats.topics.len()), (116, 5));
    // Nearly all summaries are revealed point by point.
    let by_points = log
        .entries
        .iter()
        .filter(|entry| steps(log.body(entry)).iter().filter(|step| step.kind == StepKind::Point).count() > 1);
    assert!(by_points.count() > 150);
    log.entries.iter().for_each(|entry| covers(log.body(entry)));
}

/// Checks the steps as text.
#[track_caller]
fn reveals(body: &str, wanted: &[(StepKind, &str)]) {
    let shown: Vec<(StepKind, String)> = steps(body)
        .iter()
        .map(|step| {
            (step.kind, step.spans.iter().map(|span| body[span.clone()].trim()).collect::<Vec<_>>().join(" | "))
        })
        .collect();
    let shown: Vec<(StepKind, &str)> = shown.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    assert_eq!(shown, wanted);
    covers(body);
}

/// Checks that everything except blank lines is in exactly one step.
#[track_caller]
fn covers(body: &str) {
    let mut spans: Vec<_> = steps(body).into_iter().flat_map(|step| step.spans).collect();
    spans.sort_by_key(|span| span.start);
    let mut at = 0;
    for span in spans {
        assert!(at <= span.start && span.start < span.end, "{body:?}");
        assert!(body[at..span.start].trim().is_empty(), "{body:?}");
        at = span.end;
    }
    assert!(body[at..].trim().is_empty(), "{body:?}");
}

#[test]
fn a_summary_is_revealed_point_by_point() {
    use StepKind::{Conclusion, Figures, Lead, Point};
    reveals("", &[]);
    reveals(" \n\n", &[]);
    reveals(
        "\n2031 的一篇文章，要点：\n\n1. 一\n   - a\n\n   more\n2.二\nlazy\n\n结构：\n\n<img src=\"a.png\">\n\n总体上，很好。\n\n结果：\n<img src=\"b.png\">\n",
        &[
            (Lead, "2031 的一篇文章，要点："),
            (Point, "1. 一\n   - a\n\n   more"),
            (Point, "2.二\nlazy"),
            (Conclusion, "总体上，很好。"),
            (Figures, "结构： | <img src=\"a.png\"> | 结果： | <img src=\"b.png\">"),
        ],
    );
    // The oldest form: the whole body is indented.
    reveals(
        "    2031 年\n    1、一\n    2、二\n    Overall fine\n",
        &[(Lead, "2031 年"), (Point, "1、一"), (Point, "2、二\n    Overall fine")],
    );
    // Without numbers: paragraph by paragraph.
    reveals(
        "one\nmore\n\n**总之** two\n\nthree\n",
        &[(Point, "one\nmore"), (Point, "three"), (Conclusion, "**总之** two")],
    );
    // Numbers in prose and code are not points.
    reveals(
        "3.5 of them\n\n```\n1. code\n\n2. code\n```\n",
        &[(Point, "3.5 of them"), (Point, "```\n1. code\n\n2. code\n```")],
    );
    // A colon that does not introduce a picture.
    reveals("1. 一\n\n结构：\n\n见原文\n", &[(Point, "1. 一"), (Point, "结构："), (Point, "见原文")]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn revealing_shows_the_whole_summary(body in "([0-9①（(]{0,2}[.、)]? ?|[ \t]{0,5}|总体上|<img|```|a|：|\r?\n|\u{2028}|é){0,40}") {
        covers(&body);
    }
}

#[test]
fn the_week() {
    let log = read(LOG);
    let settings = ReviewSettings { new_per_day: 1, ..ReviewSettings::default() };
    let mut deck = Deck::default();
    let grade = |deck: &mut Deck, name: &str, grade, at| {
        deck.grade(&Key(name.into()), grade, DateTime::parse_from_rfc3339(at).unwrap(), &settings);
    };
    grade(&mut deck, "owl", Grade::Good, "2031-05-13T12:00:00+08:00");
    grade(&mut deck, "owl", Grade::Again, "2031-05-15T12:00:00+08:00");
    let (today, monday) = (day("2031-05-17"), day("2031-05-12"));
    let week = Week::of(&log, &deck, monday, today, None);
    assert_eq!((week.first, week.last), (monday, day("2031-05-18")));
    assert_eq!(week.goal, Some(Goal { wanted: 6, done: 6, units_per_paper: 2 }));
    assert_eq!((week.grades, week.reviewed, week.retention.rate()), (2, 1, Some(0.0)));
    let wanted = "\
# 2031-W20: 2031.5.12 – 2031.5.18

Goal: 6 of 6 (each paper counts as 2)

## Read (3)

- **Elk** (2031.5.12)

  大模型
- **Owl** (2031.5.16)

  2030 Google 和 Meta，关于 NLP
- **Gnu: A Model** (2031.5.17)

  一

  总体上，很好。

## Ticked (1)

- one ✅ 2031-05-13

## Added (1)

- two ➕ 2031-05-12

## Reviewed (1)

2 grades; 0% remembered in 1 repeat review

## Due (1)

- Owl

## Drafts in the whole log (1)

- Yak (line 41)
";
    assert_eq!(week.markdown(&log, &[], Language::English), wanted);
    // A past week has nothing due; a future week lists due entries but no new ones.
    assert!(Week::of(&log, &deck, day("2031-05-01"), today, Some(3)).due.is_empty());
    assert_eq!(Week::of(&log, &deck, day("2031-06-01"), today, None).due.len(), 1);
    for edge in [NaiveDate::MIN, NaiveDate::MAX] {
        Week::of(&log, &deck, edge, edge, None).markdown(&log, &[], Language::English);
    }
}

#[test]
fn review_statistics() {
    let log = read(LOG);
    let settings = ReviewSettings::default();
    let mut deck = Deck::default();
    let moments = ["2031-05-01T12:00:00+08:00", "2031-05-02T03:00:00+08:00", "2031-05-04T12:00:00+08:00"];
    for (at, grade) in moments.into_iter().zip([Grade::Good, Grade::Easy, Grade::Again]) {
        deck.grade(&Key("owl".into()), grade, DateTime::parse_from_rfc3339(at).unwrap(), &settings);
    }
    deck.grade(
        &Key("elk".into()),
        Grade::Easy,
        DateTime::parse_from_rfc3339("2031-05-04T12:00:00+08:00").unwrap(),
        &settings,
    );
    deck.suspend(&Key("gnu: a model".into()), true);
    let stats = ReviewStats::of(&log, &deck, day("2031-05-04"));
    assert_eq!(stats.grades, [1, 0, 1, 2]);
    // Three in the morning still belongs to the day before.
    assert_eq!(stats.days.into_iter().collect::<Vec<_>>(), [(day("2031-05-01"), 2), (day("2031-05-04"), 2)]);
    assert_eq!((stats.retention.remembered, stats.retention.recalls), (0, 1));
    assert_eq!((stats.reviewed, stats.unreviewed, stats.suspended, stats.due), (2, 0, 1, 1));
    assert_eq!(stats.forecast.iter().sum::<usize>(), 1);
}
