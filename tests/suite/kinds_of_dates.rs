//! Small logs with dates that were once misread.

use super::kinds::{check, read_as};

/// A link to a paper.
fn paper(title: &str, id: u8) -> String {
    format!("[{title}](https://arxiv.org/abs/2031.0000{id})")
}

#[test]
fn two_weeks_of_a_young_log_are_dates() {
    let week = |dates: &str, title: &str, id: u8| {
        format!(
            "## Top Papers of the Week ({dates}) - 2031\n| **Paper** | **Links** |\n| --- | --- |\n\
             | 1) **{title}** - many emus. | [Paper](https://arxiv.org/abs/2031.0000{id}) |\n\n"
        )
    };
    let first = week("June 16 - June 22", "Owls: Seeing at Night", 2);
    let second = week("June 23 - June 29", "Emus at Work on the Plain", 1);
    check(&format!("# Papers\n\n{first}"), &["2031-06-16 Owls: Seeing at Night"]);
    check(
        &format!("# Papers\n\n{second}{first}"),
        &["2031-06-23 Emus at Work on the Plain", "2031-06-16 Owls: Seeing at Night"],
    );
}

#[test]
fn a_date_in_one_of_many_linked_titles_is_no_date() {
    let titles =
        ["Emus at Work on the Plain", "Owls: Seeing at Night", "Snapshot: Emu Hall, June 2031", "A Study of Gnus"];
    let text = titles.iter().zip(1..).map(|(title, id)| format!("## {}\n\n- Good.\n\n", paper(title, id)));
    let wanted: Vec<String> = titles.iter().map(|title| format!("- {title}")).collect();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    check(&format!("# Papers\n\n{}", text.collect::<String>()), &wanted);
    // Not in a link, it is one.
    let log = read_as("log.md", &format!("# Papers\n\n## Added 2031-05-17\n\n- {}\n", paper(titles[0], 1)));
    assert!(log.entries[0].date.is_some());
}

#[test]
fn the_first_line_below_each_day_is_its_title() {
    let day = |day: &str, title: &str| {
        format!(
            "#### [31-03-{day}] [paper]\n{title} [summary](https://github.com/gnu/read/{day})\n\n*Gnu Anna, Owl B.*\n\n\
             `Jan, 2030 [birds, counting]`\n\n"
        )
    };
    check(
        &format!(
            "# About\n\nSummaries of papers on birds.\n\n## Papers\n\n### Papers Read in Mar, 2031\n\n{}{}{}",
            day("14", "Self-Supervised Counting of Emus on the Plain Based on Networks"),
            day("11", "Finding the Features of Owls at Night with Random Forests"),
            day("08", "Deep Learning-Based Detection of Gnus in Videos"),
        ),
        &[
            "2031-03-14 Self-Supervised Counting of Emus on the Plain Based on Networks",
            "2031-03-11 Finding the Features of Owls at Night with Random Forests",
            "2031-03-08 Deep Learning-Based Detection of Gnus in Videos",
        ],
    );
}

#[test]
fn plain_lines_above_the_days_only_introduce_them() {
    let day = |day: &str, title: &str| {
        format!(
            "#### [31-03-{day}] [paper]\n{title} [pdf] [code] [comments]\n\n*Gnu Anna, Owl B.*\n\n`Jan, 2030 [birds]`\n\n"
        )
    };
    check(
        &format!(
            "# About\n\nSummaries of papers I have read, most of them on birds, counting, and emus.\n\n\
             The /summaries folder contains comments, overview, ideas for each paper.\n\n## Index\nTODO\n\n## Papers\n\n\
             ### Papers Read in Mar, 2031\n\n{}{}{}",
            day("14", "Self-Supervised Counting of Emus on the Plain"),
            day("11", "Finding the Features of Owls at Night with Random Forests"),
            day("08", "Automated Detection of Gnus in Videos"),
        ),
        &[
            "2031-03-14 Self-Supervised Counting of Emus on the Plain",
            "2031-03-11 Finding the Features of Owls at Night with Random Forests",
            "2031-03-08 Automated Detection of Gnus in Videos",
        ],
    );
}

#[test]
fn a_month_in_brackets_before_a_title_is_its_date() {
    let log = |link: fn(u8) -> String| {
        format!(
            "# Summaries\n\n- (2031.05) Emus at Work on the Plain - {}\n- (2031.05) Owls: Seeing at Night - summary\n\
             - (2031.04) A Study of Gnus in Snow - {}\n- (2030.10) The Long Way Home of Yaks - {}\n",
            link(1),
            link(2),
            link(3),
        )
    };
    check(
        &log(|note| format!("[summary](note{note}.md)")),
        &[
            "2031-05 Emus at Work on the Plain",
            "2031-05 Owls: Seeing at Night",
            "2031-04 A Study of Gnus in Snow",
            "2030-10 The Long Way Home of Yaks",
        ],
    );
    // Beside a link to the paper, it is the month of publication.
    let published = read_as("log.md", &log(|id| format!("[pdf](https://arxiv.org/abs/2031.0000{id})")));
    assert!(published.entries.iter().all(|entry| entry.date.is_none()));
}

#[test]
fn a_day_in_a_tag_after_a_title_is_its_date() {
    let item = |title: &str, id: u8, day: &str| {
        format!(
            "- **{title}** <sup>[#0{id}](./notes/{id}.pdf)</sup><sub>&nbsp;2031.08.{day}</sub>\n  > Birds <br/>\n\n"
        )
    };
    check(
        &format!(
            "# Paper notes\n\n{}{}{}",
            item("Emus at Work on the Plain", 1, "03"),
            item("EmuNet-2", 2, "07"),
            item("Owls: Seeing at Night", 3, "21")
        ),
        &["2031-08-03 Emus at Work on the Plain", "2031-08-07 EmuNet-2", "2031-08-21 Owls: Seeing at Night"],
    );
}

#[test]
fn a_remark_may_follow_the_day_after_a_title() {
    let item = |title: &str, id: u8, day: &str| format!("{id}. {} ({day})\n\n很好。\n\n", paper(title, id));
    check(
        &format!(
            "# paper-read-list\n\n{}{}{}",
            item("Emus at Work on the Plain", 1, "2031.7.9"),
            item("Owls: Seeing at Night", 2, "2031.7.12"),
            item("A Study of Gnus", 3, "2031.11.9 某某组的论文"),
        ),
        &["2031-07-09 Emus at Work on the Plain", "2031-07-12 Owls: Seeing at Night", "2031-11-09 A Study of Gnus"],
    );
    check(
        "# Birds\n\n### Emus at Work on the Plain (FARM 2029) (2031-01-03)\n\nGood.\n\n\
         ### Owls: Seeing at Night (NEST 2029) (2031-04-26) (bad, For reference)\n\nBad.\n",
        &["2031-01-03 Emus at Work on the Plain", "2031-04-26 Owls: Seeing at Night"],
    );
}

#[test]
fn a_day_after_a_venue_dates_the_only_paper_of_a_file() {
    check(
        "# Network\n\n## Birds\n\n### EmuNet: Finding Emus on the Plain (ICML 2028) (2031-01-08)\n\nThey run.\n",
        &["2031-01-08 EmuNet: Finding Emus on the Plain"],
    );
}

#[test]
fn a_sentence_on_the_time_before_a_day_is_no_paper() {
    check(
        "# weekly-reading\n\n每周阅读计划。\n\n- 2031.9.27 以前的内容是过去的读书笔记\n\n- 2031.9.27 以后记录每周的读书笔记\n\n\
         ## Index\n\n* 2031/05/17 - [Emus: please do!](2031/5/17): 好。\n* 2031/04/21 - [Owls: Seeing at Night](2031/4/21): 好。\n\
         * 2031/04/19 - [A Study of Gnus that Everyone should Know](2031/4/19): 好。\n",
        &[
            "2031-05-17 Emus: please do!",
            "2031-04-21 Owls: Seeing at Night",
            "2031-04-19 A Study of Gnus that Everyone should Know",
        ],
    );
}

#[test]
fn a_short_year_is_that_of_the_dates_around_it() {
    let day = |day: &str, title: &str, id: u8| format!("### {day}\n\n- {}\n\n", paper(title, id));
    check(
        &[
            day("2020-09-10", "Emus at Work on the Plain", 1),
            day("2020 -09- 14", "Owls: Seeing at Night", 2),
            day("20-09-21", "A Study of Gnus", 3),
            day("2020-09-23", "The Long Way Home of Yaks", 4),
        ]
        .concat(),
        &[
            "2020-09-10 Emus at Work on the Plain",
            "2020-09-14 Owls: Seeing at Night",
            "2020-09-21 A Study of Gnus",
            "2020-09-23 The Long Way Home of Yaks",
        ],
    );
}

#[test]
fn months_before_a_colon_date_bullets() {
    let log = |[one, two, three]: [&str; 3]| {
        format!(
            "# Paper Reading\n\n* {one}: Emus at work on the plain\n* {two}: Owls seeing well at night\n\
             * {three}: A study of gnus and their kin\n"
        )
    };
    let wanted = [
        "2031-05 Emus at work on the plain",
        "2031-06 Owls seeing well at night",
        "2032-01 A study of gnus and their kin",
    ];
    check(&log(["31.05", "31.06", "32.01"]), &wanted);
    check(&log(["2031.05", "2031.06", "2032.01"]), &wanted);
    // Days of one month are further apart as months.
    let days = read_as("log.md", &log(["19.01", "23.01", "28.01"]));
    assert!(days.entries.iter().all(|entry| entry.date.is_none()));
}

#[test]
fn days_after_titles_count_in_their_own_section() {
    let log = read_as(
        "README.md",
        &format!(
            "# Paper Reading Log\n\n**Recently read**\n\n- {} — *Birds* (2031-05-22)\n- {} — *Birds* (2031-05-10)\n\
             - {} — *Herds* (2031-05-09)\n- {} — *Herds* (2031-05-02)\n\n## Reuse this log\n\n\
             - Use as template: click the button, then edit `data/papers.yml`.\n\
             - Time zone: set `ZONE` in the workflow (default `Asia/Tokyo`).\n\n## License\n\n- Code: MIT (`LICENSE`)\n\
             - Content (notes, charts): CC BY 4.0 — https://creativecommons.org/licenses/by/4.0/\n",
            paper("Emus at Work on the Plain", 1),
            paper("Owls: Seeing at Night", 2),
            paper("A Study of Gnus", 3),
            paper("The Long Way Home of Yaks", 4),
        ),
    );
    let dates: Vec<String> = log.entries.iter().map(|entry| format!("{} {:?}", entry.title, entry.date)).collect();
    assert_eq!(dates.len(), 4, "{dates:?}");
    assert!(dates.iter().all(|date| date.contains("2031-05-")), "{dates:?}");
}

#[test]
fn months_in_italics_date_the_items_below() {
    let items = |title: &str| format!("- [{title}](https://arxiv.org/abs/2031.00001) - [summary]()\n  - good\n\n");
    check(
        &format!(
            "# Notes\n\n## Section: Birds\n\n*06/ 2031*\n\n{}*05 / 2031*\n\n{}*04/ 2031*\n\n{}",
            items("Emus at Work on the Plain"),
            items("Owls: Seeing at Night"),
            items("A Study of Gnus on the Plain"),
        ),
        &["2031-06 Emus at Work on the Plain", "2031-05 Owls: Seeing at Night", "2031-04 A Study of Gnus on the Plain"],
    );
}
