//! The week and the calendar open at the selected entry, skip empty periods and cross months; a digest quotes the text
//! of an entry, and dates look the same everywhere.

use chrono::DateTime;
use papers_tui::app::Message;
use papers_tui::review::reveal::point;

use super::drive::Drive;

const LOG: &str = "\
# 2031.5

## 2031.5.20

《Gnu》

2031.4 Google 的一篇文章，要点：

1. 羊驼之前都靠标注。本文不用标注
2. 其他

## 2031.5.2

《Yak》

words of a yak

# 2031.2

## 2031.2.11

《Emu》

2031.1 的一篇文章，研究鸸鹋怎么走路

# 2030.11

## 2030.11.30

《Owl》

an owl
";

fn drive(width: u16, height: u16) -> Drive {
    let mut drive = Drive::new(LOG, width, height);
    drive.send(Message::Time(DateTime::parse_from_rfc3339("2031-08-20T10:00:00+00:00").unwrap()));
    drive.send(Message::Reviews(Box::default()));
    drive
}

#[test]
fn the_week_opens_at_the_selection_and_skips_empty_weeks() {
    let mut drive = drive(140, 42);
    drive.keys("semu<enter>w").sees("2031.2.10 – 2031.2.16").sees("Emu (2031.2.11)");
    drive.keys("]").sees("2031.4.28 – 2031.5.4").sees("Yak").keys("l").sees("2031.5.19 – 2031.5.25");
    // The current week comes last, even without entries.
    drive.keys("]").sees("2031.8.18 – 2031.8.24").keys("]").sees("2031.8.18").keys("[").sees("2031.5.19");
    drive.keys("[[[").sees("2030.11.25 – 2030.12.1").keys("[").sees("2030.11.25");
    // A count skips that many weeks.
    drive.keys("3]").sees("2031.5.19 – 2031.5.25");
}

#[test]
fn week_and_calendar_move_by_months() {
    let mut drive = drive(140, 42);
    drive
        .keys("w")
        .sees("2031.5.19")
        .keys("{")
        .sees("2031.2.10")
        .keys("{")
        .sees("2030.11.25")
        .keys("}}")
        .sees("2031.5.");
    drive.keys("<esc>c").sees("2031.5.20 · Gnu").keys("{").sees("2031.2.11 · Emu").keys("{").sees("2030.11.30");
    drive.keys("}}}").sees("2031.8.20 · nothing read");
}

#[test]
fn the_calendar_skips_empty_days() {
    let mut drive = drive(140, 42);
    drive.keys("c").sees("2031.5.20 · Gnu").keys("h").sees("2031.5.2 · Yak").keys("h").sees("2031.2.11 · Emu");
    drive.keys("2l").sees("2031.5.20 · Gnu").keys("l").sees("2031.8.20 · nothing read").keys("l").sees("2031.8.20");
    // Up and down move by a week, even to an empty day.
    drive.keys("k").sees("2031.8.13 · nothing read").keys("h").sees("2031.5.20 · Gnu");
}

#[track_caller]
fn check(body: &str, wanted: &str) {
    assert_eq!(point(body), wanted, "{body}");
}

#[test]
fn a_digest_quotes_the_point_and_skips_the_introduction() {
    check("2031.4 Google 的一篇文章，要点：\n\n1. 羊驼之前都靠标注。本文不用\n", "羊驼之前都靠标注");
    check("2031.4 的一篇文章，研究鸸鹋怎么走路\n\n1. 一二三四五六七\n", "研究鸸鹋怎么走路");
    check("2031年的一篇文章，Google\n\n第一段说了些什么\n", "第一段说了些什么");
    check("2031.4，用于多模态领域的一篇文章\n", "用于多模态领域的一篇文章");
    check("Key points:\n\n- The model sees further. It walks.\n- b\n", "The model sees further");
    check("It is 3.5 times as fast as an emu. Really.\n", "It is 3.5 times as fast as an emu");
    check("要点：\n\n![](a.png)\n\n1) **模型**：比前人的都大\n", "**模型**：比前人的都大");
    check("2031.4 的一篇文章，要点：\n", "2031.4 的一篇文章，要点：");
    check("words of a yak", "words of a yak");
    check("", "");
    drive(140, 42).keys("w").sees("  羊驼之前都靠标注 ");
}

#[test]
fn digests_of_the_real_log_skip_introductions() {
    let Some(log) = super::real_log::log() else { return };
    let quotes: Vec<&str> = log.entries.iter().map(|entry| point(log.body(entry))).collect();
    let formulas = quotes.iter().filter(|quote| quote.ends_with("要点：") || quote.ends_with("：")).count();
    assert!(formulas <= 3, "{formulas} of {}", quotes.len());
}

#[test]
fn dates_look_the_same_everywhere() {
    let mut drive = drive(140, 42);
    drive
        .sees("▾ 2031.5 ")
        .sees("published 2031.4")
        .sees("read 2031.5.20")
        .keys("c")
        .sees("2031.2 ")
        .sees_not("2031.0");
    for keys in ["<esc>S", "<esc>w", "<esc>s", "<esc>W", "<esc>:on this day<enter>"] {
        drive.keys(keys).sees_not("2031.0").sees_not("2031-0");
    }
}
