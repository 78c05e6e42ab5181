use proptest::prelude::*;

use super::*;

const PLACES: [Place; 6] = [Place::Heading, Place::Line, Place::Cell, Place::Item, Place::Name, Place::FrontMatter];

fn year(year: Option<i32>) -> String {
    year.map_or_else(|| "-".to_owned(), |year| year.to_string())
}

fn shown(when: When) -> String {
    let day = |day: Partial| format!("{}-{:02}-{:02}", year(day.year), day.month, day.day);
    match when {
        When::Day { year, month, day: number } => day(Partial { year, month, day: number }),
        When::Ambiguous { year: known, first, second } => format!("{} {first}?{second}", year(known)),
        When::Month { year: known, month } => format!("{}-{month:02}", year(known)),
        When::Year(year) => year.to_string(),
        When::Range { first, last } => format!("{}..{}", day(first), day(last)),
        When::Week { year: known, month: None, week } => format!("{}-W{week}", year(known)),
        When::Week { year: known, month: Some(month), week } => format!("{}-{month:02}-W{week}", year(known)),
        When::Counter(number) => format!("day {number}"),
        When::Impossible => "impossible".to_owned(),
    }
}

/// Checks a parsed date; a `+` in `wanted` means that the text contains more than the date.
#[track_caller]
fn check_in(place: Place, text: &str, wanted: &str) {
    let found = read(text, place);
    let found = found.map(|found| shown(found.what) + if found.alone { "" } else { "+" });
    assert_eq!(found.as_deref().unwrap_or("none"), wanted, "{text:?} in a {place:?}");
}

#[track_caller]
fn heading(text: &str, wanted: &str) {
    check_in(Place::Heading, text, wanted);
}

/// Checks that all texts read the same in every place except file names.
#[track_caller]
fn everywhere(texts: &[&str], wanted: &str) {
    for text in texts {
        for place in PLACES {
            if place != Place::Name {
                check_in(place, text, wanted);
            }
        }
    }
}

#[test]
fn days_in_figures() {
    everywhere(
        &[
            "2031-05-17",
            "2031.5.17",
            "2031/5/17",
            "2031_05.17",
            "2031 05 17",
            "2031 - 05 - 17",
            "2031. 5. 17.",
            "20310517",
            "２０３１．５．１７",
            "2031／05／17",
            "2031–05–17",
            "2031-05-17T10:20",
            "2031-05-17 10:20",
            "2031-05-17 10:20:33 +0900",
            "2031-05-17T10:20:33.123Z",
            "**2031.5.17**",
            "<b>2031-05-17</b><br>",
            "🎉 2031.5.17 🎉",
            ":calendar: 2031-05-17",
            "[2031-05-17]",
            "[[2031-05-17]]",
            "[2031-05-17](notes/emus.md)",
            "【2031-05-17】",
            "（2031.5.17）",
            "\"2031-05-17\"",
            "2031-05-17:",
            "2031.05.17：",
            "__2031-05-17__  ",
        ],
        "2031-05-17",
    );
}

#[test]
fn days_in_words() {
    everywhere(
        &[
            "May 17, 2031",
            "May 17th, 2031",
            "May 17 2031",
            "MAY 17, 2031",
            "17 May 2031",
            "17th of May 2031",
            "17th May, 2031",
            "the 17th of May, 2031",
            "17-May-2031",
            "2031 May 17",
            "2031-May-17",
            "2031年5月17日",
            "2031 年 5 月 17 号",
            "2031年5月17",
            "二〇三一年五月十七日",
            "31年5月17日",
            "2031年5月17日 10:20",
            "令和13年5月17日",
            "2031년 5월 17일",
        ],
        "2031-05-17",
    );
    everywhere(
        &["5月17日", "5月17号", "五月十七日", "5월 17일", "May 17", "17 May", "May 17th", "17th of May"],
        "--05-17",
    );
    everywhere(&["Feb 1:", "feb. 1", "1 Feb"], "--02-01");
    everywhere(&["12月31日"], "--12-31");
}

#[test]
fn weekdays_and_counters() {
    everywhere(
        &[
            "2031-05-17 Saturday",
            "2031/05/17, Saturday.",
            "Sat, May 17, 2031",
            "Saturday 17 May 2031",
            "2031.5.17 周六",
            "2031.5.17（星期六）",
            "2031.5.17周六",
            "周六 2031.5.17",
            "2031年5月17日(土)",
            "2031年5月17日（土曜日）",
            "2031년 5월 17일 (토)",
            "2031년 5월 17일 토요일",
            "Day 4: May 17, 2031",
            "Day 4 (2031-05-17):",
            "Day-4 2031.5.17",
            "第4天 2031.5.17",
            "2031.5.17 Day 4",
            "2031.5.17 (第4天)",
            "D4 2031-05-17",
            "Day 4, Saturday 17 May 2031",
        ],
        "2031-05-17",
    );
    everywhere(
        &["Day 12", "day12", "DAY-12", "Day 12:", "第12天", "第十二天", "D12", "R1D12", "12日目", "12일차"],
        "day 12",
    );
    everywhere(&["Day 1-3", "Days 1-3"], "day 1");
    everywhere(&["Week of 5/17"], "- 5?17");
    heading("Day 12: Emus", "day 12+");
    heading("Day 12 Emus", "day 12+");
    heading("Day 12 of the emus", "none");
    heading("D4 data", "none");
}

#[test]
fn two_figures_of_a_year() {
    heading("Day 1 (09-09-18):", "2018 9?9");
    everywhere(&["9/04/24"], "2024 9?4");
    everywhere(&["25.3.5", "25-3-5", "25/3/5"], "2025-03-05");
    everywhere(&["May 17, '31"], "2031-05-17");
    check_in(Place::Name, "310517", "2031-05-17");
    heading("310517", "2031-05-17");
    heading("310541", "none");
    heading("1.2.10", "none");
    heading("3.1.4", "none");
}

#[test]
fn either_order() {
    everywhere(&["5/6", "5-6"], "- 5?6");
    everywhere(&["20/12"], "- 20?12");
    everywhere(&["05-06-2031", "05.06.2031", "5/6/2031"], "2031 5?6");
    everywhere(&["6.9", "６．９"], "--06-09");
    everywhere(&["9.6."], "- 9?6");
    everywhere(&["10/10"], "- 10?10");
    everywhere(&["13/13", "45/67", "0.5"], "none");
}

#[test]
fn months_and_years() {
    everywhere(
        &["2031.5", "2031-05", "2031年5月", "May 2031", "2031 May", "2031-May", "May, 2031", "2031년 5월"],
        "2031-05",
    );
    everywhere(&["2031/05/??", "2031-05-xx", "2031.5.?"], "2031-05");
    everywhere(&["05/2031"], "2031-05");
    everywhere(&["July", "7月", "07月", "七月", "7월", "Jul."], "--07");
    everywhere(&["2031", "2031年", "2031-??-??"], "2031");
    heading("2031.5 (ICLR)", "2031-05+");
    heading("2031/05: 36 papers.", "2031-05+");
    heading("2031年5月 论文", "2031-05+");
    heading("2031年5月论文", "2031-05+");
    heading("May 2031 Papers", "2031-05+");
    heading("July: emus", "--07+");
    heading("203105", "2031-05");
    for text in ["2031.5 billion tokens", "July emus", "May the emu win", "2031 emus", "2031年的鸸鹋", "1999 birds"]
    {
        heading(text, "none");
    }
}

#[test]
fn ranges() {
    everywhere(&["2031/05/01-05/07", "2031.5.1 ~ 2031.5.7", "2031-05-01 to 2031-05-07"], "2031-05-01..2031-05-07");
    everywhere(&["May 1 - May 7, 2031", "May 1-7, 2031", "1-7 May 2031", "2031年5月1日-7日"], "2031-05-01..2031-05-07");
    everywhere(&["2031年5月1日至5月7日", "2031.5.1～5.7", "(2031-05-01 – 2031-05-07)"], "2031-05-01..2031-05-07");
    everywhere(&["2031-W18（2031-05-01 ~ 2031-05-07）", "Week 18: 2031.5.1-5.7"], "2031-05-01..2031-05-07");
    everywhere(&["2031/12/28-01/03"], "2031-12-28..2032-01-03");
    everywhere(&["28 Dec - 3 Jan 2032"], "2031-12-28..2032-01-03");
    everywhere(&["2031.5.1 ~ 6.2"], "2031-05-01..2031-06-02");
    everywhere(&["5/12-5/18", "5.12 ~ 5.18", "5月12日-18日", "May 12-18", "12th-18th May"], "--05-12..--05-18");
    everywhere(&["5月12-18日"], "--05-12..--05-18");
    everywhere(&["Q2 2031", "2031Q2", "2031 Q2", "2031-Q2"], "2031-04-01..2031-06-30");
    everywhere(&["H2 2031", "2031 H2"], "2031-07-01..2031-12-31");
    everywhere(
        &[
            "Spring 2031",
            "2031 Spring",
            "spring semester 2031",
            "Spring '31",
            "2031春",
            "2031年春季",
            "2031年 春季学期",
        ],
        "2031-03-01..2031-05-31",
    );
    everywhere(&["Fall 2031", "Autumn of 2031", "2031秋"], "2031-09-01..2031-12-31");
    everywhere(&["Winter 2030-2031", "Winter 2030/31"], "2030-12-01..2031-02-28");
    everywhere(&["Winter 2031"], "2031-01-01..2031-02-28");
    everywhere(&["Spring", "Springs 2031", "Summary", "H3 2031", "Fall back to 2031 words"], "none");
    everywhere(&["2031-05/2031-06"], "2031-05-01..2031-06-30");
    everywhere(&["3/5/31 - 9/5/31"], "2031-05-03..2031-05-09");
    everywhere(&["12/30/30 - 1/5/31"], "2030-12-30..2031-01-05");
    everywhere(&["<2031-05-17 Sat>"], "2031-05-17");
    everywhere(&["Febuary 2031", "2031 Februar"], "2031-02");
    everywhere(&["Augustine 2031", "Decemvirs 2031", "Marches 2031"], "none");
    heading("05.12-05.18 周报", "--05-12..--05-18+");
    everywhere(&["12/5 - 18/5"], "--05-12..--05-18");
    everywhere(&["2031.5 - 2031.6", "May - June 2031"], "2031-05-01..2031-06-30");
    everywhere(&["2030-2031"], "2030-01-01..2031-12-31");
    check_in(Place::Name, "0512-0518", "--05-12..--05-18");
    check_in(Place::Name, "20310512-20310518", "2031-05-12..2031-05-18");
    heading("2031-05-17 - 3.1 Method", "2031-05-17+");
}

#[test]
fn weeks() {
    everywhere(&["2031-W18", "2031W18", "2031 Week 18", "Week 18, 2031", "2031年第18周"], "2031-W18");
    everywhere(&["W3", "Week 3", "week3", "WEEK-3", "第3周", "第三周", "第3週", "3주차", "제3주"], "--W3");
    everywhere(&["5月第2周", "5월 2주차", "May week 2", "Week 2 of May"], "--05-W2");
    check_in(Place::Name, "2031/May/week2", "2031-05-W2");
    check_in(Place::Heading, "2031年第20周（5.12-5.18）", "2031-05-12..2031-05-18");
    heading("Week 3 - Emus", "--W3+");
    heading("Week 3: Emus", "--W3+");
    heading("第3周 鸸鹋", "--W3+");
    heading("Week 3 of training", "none");
}

#[test]
fn what_no_calendar_holds() {
    everywhere(
        &["2031.2.30", "2031.13.1", "30/02/2031", "February 30, 2031", "2031年13月", "2031年2月30日"],
        "impossible",
    );
    everywhere(&["11 ?", "11/?"], "impossible");
}

#[test]
fn words_before_and_topics_after() {
    heading("Added 2031/05/17:", "2031-05-17+");
    heading("Read on 2031/05/17", "2031-05-17+");
    heading("更新于2031-05-17", "2031-05-17+");
    heading(
        "[0.3.1](https://example.com/emus/compare/emus-0.3.0-with-a-name...emus-0.3.1) - 2031-05-17",
        "2031-05-17+",
    );
    heading("日期：2031-05-17", "2031-05-17+");
    heading("鸸鹋笔记（2031.5.17）", "2031-05-17+");
    heading("Papers of May 2031", "2031-05+");
    heading("Reading list (May 2031)", "2031-05+");
    heading("Emus of May 2031 in the wild", "none");
    heading("2031.5.17 – Emus", "2031-05-17+");
    heading("2031-05-17: NLP", "2031-05-17+");
    heading("2031.5.17 Emus of the world", "2031-05-17+");
    heading("2031年5月17日鸸鹋", "2031-05-17+");
    heading("11/5: Emus", "- 11?5+");
    heading("11/5 鸸鹋", "- 11?5+");
    heading("5月17日 鸸鹋", "--05-17+");
    heading("May 17: emus", "--05-17+");
    heading("Added 2031/05/??:", "2031-05+");
    heading("10.1 - Emus", "none");
    heading("10.1: Emus", "--10-01+");
    heading("May 17, ten emus", "none");
    heading("[2031-05-17](#top)", "2031-05-17");
    check_in(Place::Item, "[2031-05-17](#2031)", "none");
    check_in(Place::Item, "**2031/05/15 - 2031/05/20, Fieldwork in 2031.**", "2031-05-15..2031-05-20+");
    check_in(Place::Item, "2031-05-17, when emus came.", "none");
    heading("We saw the emu of 2031-05-17", "none");
    heading("Emus seen 2031-05-17 by many", "none");
    for place in [Place::Line, Place::Item] {
        check_in(place, "2031-05-17: NLP", "2031-05-17+");
        check_in(place, "[2031-05-17] Emus", "2031-05-17+");
        check_in(place, "2031-05-17 was a good day for emus.", "none");
        check_in(place, "Added 2031-05-17", "none");
        check_in(place, "2031.5, Emu et al., a survey of birds", "none");
        check_in(place, "2031.5 的一篇文章", "none");
    }
    check_in(Place::Cell, "2031-05-17 (ICLR)", "2031-05-17+");
    check_in(Place::Cell, "2031-05-17: NLP", "none");
    check_in(Place::FrontMatter, "2031-05-17 # first", "2031-05-17+");
}

#[test]
fn names_of_files() {
    for (name, wanted) in [
        ("2031_05_17", "2031-05-17"),
        ("2031-0517", "2031-05-17"),
        ("20310517", "2031-05-17"),
        ("2031-05-17-emus", "2031-05-17+"),
        ("notes-2031-05-17", "2031-05-17+"),
        ("notes_20310517", "2031-05-17+"),
        ("周报2031-05-17", "2031-05-17+"),
        ("2031-05-notes", "2031-05+"),
        ("2031-05", "2031-05"),
        ("week1", "--W1"),
        ("Feb", "--02"),
        ("2031", "2031"),
        ("0517", "--05-17"),
        ("emu2031", "none"),
        ("2103.12345", "none"),
        ("emu-2031", "none"),
        ("3.1-method", "none"),
        ("resnet50", "none"),
    ] {
        check_in(Place::Name, name, wanted);
    }
}

#[test]
fn what_only_looks_like_a_date() {
    for text in [
        "3.1 Method",
        "3.1 方法",
        "3.1节",
        "1024x768",
        "GPT 4.5",
        "Section 2.1",
        "Chapter 3",
        "v1.2.3",
        "ICLR 2020",
        "AAAI 2020",
        "Scored 10/10",
        "12.5.2031x",
        "2031.12.291",
        "99.99",
        "Results",
        "",
        "5-6 papers",
        "50%",
        "1/2",
        "Sun et al.",
        "Mark",
        "Marching emus",
        "Days",
        "2031.45 loss",
        "16384",
        "日本",
        "#2031",
        "([#2031](https://example.com))",
        "2031](emus.md).",
        "2031)",
        "一种方法",
        "三维重建",
        "周报",
    ] {
        for place in PLACES {
            if text != "1/2" {
                check_in(place, text, "none");
            }
        }
    }
}

#[test]
fn the_span_is_the_date_with_what_belongs_to_it() {
    for (text, wanted) in [
        ("**2031.5.17** 周六: Emus", "2031.5.17** 周六"),
        ("🎉 [2031.5.17] Emus", "[2031.5.17]"),
        ("Day 4 (2031-05-17): Emus", "Day 4 (2031-05-17)"),
        ("Added 2031/05/17:", "2031/05/17"),
        ("[2031-05-17: Emus]", "2031-05-17"),
    ] {
        let found = read(text, Place::Heading).map(|found| &text[found.span]);
        assert_eq!(found, Some(wanted), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in any::<String>()) {
        for place in PLACES {
            if let Some(found) = read(&text, place) {
                prop_assert!(text.get(found.span).is_some());
            }
        }
    }

    #[test]
    fn any_text_of_the_parts_of_dates_is_read_without_panic(
        parts in prop::collection::vec(prop::sample::select(vec![
            "2031", "5", "17", "32", "0", "99999999999", "-", ".", "/", "_", " ", "年", "月", "日", "五", "十", "第", "周",
            "天", "May", "th", "of", "Day", "Week", "W", "T", "10:20", "?", "[", "]", "(", "）", "（", "~", "至", "to",
            "Sat", "土", "<b>", "**", ":", "：", "令和", "元", "월", "🎉", "２", "'", "x",
        ]), 0..12),
    ) {
        let text = parts.concat();
        for place in PLACES {
            if let Some(found) = read(&text, place) {
                prop_assert!(text.get(found.span).is_some_and(|date| !date.is_empty()));
            }
        }
    }
}
