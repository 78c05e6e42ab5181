//! Small logs, each in a form that was once misread.

use papers_tui::log::{EntryKind, Log, Source, parse};

pub(super) fn read_as(name: &str, text: &str) -> Log {
    parse::parse([Source { name: name.into(), text: text.into() }])
}

/// The papers of a log, each as its day or month and its title.
fn papers(log: &Log) -> Vec<String> {
    let is_paper = |kind| matches!(kind, EntryKind::Paper | EntryKind::Draft);
    let papers = log.entries.iter().filter(|entry| is_paper(entry.kind));
    let date = |section: usize| log.sections[section].kind.stamp().unwrap_or_else(|| "-".into());
    papers.map(|entry| format!("{} {}", date(entry.section()), entry.title)).collect()
}

#[track_caller]
fn check_as(name: &str, text: &str, wanted: &[&str]) {
    assert_eq!(papers(&read_as(name, text)), wanted, "{text}");
}

#[track_caller]
pub(super) fn check(text: &str, wanted: &[&str]) {
    check_as("log.md", text, wanted);
}

/// Checks the dates of two linked papers, one below each heading.
#[track_caller]
fn check_headings(first: &str, second: &str, dates: [&str; 2]) {
    let text = format!(
        "# Papers\n\n{first}\n\n- [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n\n{second}\n\n\
         - [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n"
    );
    let wanted = [format!("{} Emus at Work on the Plain", dates[0]), format!("{} Owls: Seeing at Night", dates[1])];
    assert_eq!(papers(&read_as("log.md", &text)), wanted, "{text}");
}

#[test]
fn six_digits_are_the_day_that_they_can_be() {
    check_headings("## 310510", "## 310517", ["2031-05-10", "2031-05-17"]);
    check_headings("## 200503", "## 200517", ["2020-05-03", "2020-05-17"]);
    check_headings("## 203105", "## 203106", ["2031-05", "2031-06"]);
}

#[test]
fn a_short_year_stands_where_it_changes_least() {
    check_headings("## [24-04-22] [paper 2]", "## [24-04-20] [paper 1]", ["2024-04-22", "2024-04-20"]);
    check_headings("## 22-04-24", "## 20-04-24", ["2024-04-22", "2024-04-20"]);
}

#[test]
fn seasons_and_years_before_are_dates() {
    check_headings("## Spring 2031", "## Fall 2030", ["2031-03-01", "2030-09-01"]);
    check_headings("## 2031", "## 2030 and earlier", ["2031-01-01", "2030-01-01"]);
    check_headings("## 2031-05/2031-06", "## 2031-07", ["2031-05-01", "2031-07"]);
}

#[test]
fn bold_lines_are_dated_like_headings() {
    check_headings(
        "**2031.05.10——鸟类基础模型**",
        "**2031.05.17——夜间视觉，以及关于鸟类的一切**",
        ["2031-05-10", "2031-05-17"],
    );
    check_headings(
        "**Sat May 10, 2031: emus, and all that was said about them in the reading group of this week**",
        "**Sat May 17, 2031: owls, and what they see by night, by day, in the rain and in the morning**",
        ["2031-05-10", "2031-05-17"],
    );
    check(
        "# Papers\n\n**2031-05-10: Emus at Work on the Plain**\n\nThey work, see https://arxiv.org/abs/2031.00001\n\n\
         **2031-05-17: Owls: Seeing at Night**\n\nThey see, see https://arxiv.org/abs/2031.00002\n",
        &["2031-05-10 Emus at Work on the Plain", "2031-05-17 Owls: Seeing at Night"],
    );
}

#[test]
fn the_year_in_the_name_of_a_list_is_that_of_its_days() {
    check(
        "# Reading 2031\n\n**Sun-Mon May 3-4**\n- [Emus at Work](https://arxiv.org/abs/2031.00001)\n\n**Tue May 5**\n\
         - [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n\n**Wed May 6**\n\
         - [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n\n**Thu May 7**\n- [Yaks](https://arxiv.org/abs/2031.00004)\n",
        &[
            "2031-05-03 Emus at Work",
            "2031-05-05 Owls: Seeing at Night",
            "2031-05-06 A Study of Gnus",
            "2031-05-07 Yaks",
        ],
    );
}

#[test]
fn a_day_after_a_title_is_its_date() {
    check(
        "# Paper notes\n\n### Emus at Work on the Plain (2031-05-17)\n\nGood, see arXiv.\n\n### Owls at Night (2031-05-10)\n\nThey see.\n\n\
         ### A Study of Gnus\n\nUndated.\n\n### Birds of a Feather [2031.5.3]\n\nThey flock.\n",
        &[
            "2031-05-17 Emus at Work on the Plain",
            "2031-05-10 Owls at Night",
            "- A Study of Gnus",
            "2031-05-03 Birds of a Feather",
        ],
    );
    check(
        "# Papers\n\n- [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001) (2031-05-17)\n\
         - [Owls at Night](https://arxiv.org/abs/2031.00002) - 2031-05-10\n  - they see\n\
         - A Study of Gnus (2031/5/3) [pdf](https://arxiv.org/abs/2031.00003) [[code](https://github.com/gnu/gnu)]\n",
        &["2031-05-17 Emus at Work on the Plain", "2031-05-10 Owls at Night", "2031-05-03 A Study of Gnus"],
    );
    // A month after a title is the month of publication.
    check(
        "# Papers\n\n- *Emus at Work on the Plain* (May 2031) [[arXiv](https://arxiv.org/abs/2031.00001)]\n\
         - \"Owls at Night\" (Jun 2030) [[arXiv](https://arxiv.org/abs/2030.00002)]\n",
        &["- Emus at Work on the Plain", "- Owls at Night"],
    );
}

#[test]
fn venues_and_marks_of_progress_are_no_part_of_a_title() {
    check(
        "# Papers\n\n- Emus at Work on the Plain. NeurIPS 2031. [[pdf]](https://arxiv.org/abs/2031.00001)\n\
         - Do Owls See Well?. EMNLP 2030. [[pdf]](https://arxiv.org/abs/2031.00002)\n\
         - A Study of Gnus at Night. VEE(2031) [[pdf]](https://arxiv.org/abs/2031.00003)\n\
         - ICML 2031, The Long Way Home of Yaks. [Website](https://arxiv.org/abs/2031.00004)\n\
         - [**TODO:** Birds of a Feather Flock Together](notes/birds.md) [pdf](https://arxiv.org/abs/2031.00005)\n\
         - learned [_Ravens: Tools of the Wild_](https://arxiv.org/abs/2031.00006)\n\
         - Rats, Mice and Men: a Study of Rats, ICLR 2031 [[pdf]](https://arxiv.org/abs/2031.00007)\n",
        &[
            "- Emus at Work on the Plain",
            "- Do Owls See Well?",
            "- A Study of Gnus at Night",
            "- The Long Way Home of Yaks",
            "- Birds of a Feather Flock Together",
            "- Ravens: Tools of the Wild",
            "- Rats, Mice and Men: a Study of Rats",
        ],
    );
}

#[test]
fn boxes_before_links_to_their_notes_are_papers() {
    let text = "# Papers\n\n- [ ] [Birds]()\n    - [x] [Emus at Work on the Plain](#emu)\n    - [ ] [Owls: Seeing at Night - 2030]()\n\
                - [ ] [Beasts]()\n    - [x] [A Study of Gnus on the Plain](#gnu)\n    - [x] [The Long Way Home of Yaks](#yak)\n\n\
                The notes are from papers on arXiv.\n";
    let wanted = [
        "- Emus at Work on the Plain",
        "- Owls: Seeing at Night",
        "- A Study of Gnus on the Plain",
        "- The Long Way Home of Yaks",
    ];
    check(text, &wanted);
    // Without boxes it is a table of contents.
    check(&text.replace("[ ] ", "").replace("[x] ", ""), &[]);
}

#[test]
fn a_note_opened_by_itself_is_one_paper() {
    let note = "# Emus at Work: Counting Birds on the Plain\n\n- **Authors:** Anna Gnu, Bert Owl\n- **Keywords:** birds\n\n\
                ## Pass 1 — A Bird's-Eye View\n\nThis paper counts.\n\n## Pass 2 — A Careful Read of the Whole\n\nIt counts well.\n\n\
                ## Pass 3 — The Virtual Re-implementation\n\nNot yet.\n\n## Verdict and What Comes Next\n\nGood, arXiv.\n";
    check(note, &["- Emus at Work: Counting Birds on the Plain"]);
    check_as(
        "Counting Emus from a Balloon.md",
        "# Counting Emus from a Balloon\n\nThis paper counts them.\n\n## keypoints\n\n- from above\n",
        &["- Counting Emus from a Balloon"],
    );
    check_as(
        "emus.md",
        "# Emus at Work: Counting Birds (EMU)\n#### Gnu, Owl et. al (2031)\n\nThis paper counts.\n\n### Keypoints\n\n- from above\n",
        &["- Emus at Work: Counting Birds (EMU)"],
    );
    // Documentation of programs may mention reading, but is not about papers.
    for (name, text) in [
        ("CODE_OF_CONDUCT.md", "# Code of Conduct\n\nBe kind when reading what others wrote.\n"),
        ("safe.md", "# Bit-Slice Thread Safety\n\nReading it in [`Emu`] and [`Owl`] is safe.\n"),
    ] {
        check_as(name, text, &[]);
    }
}

#[test]
fn a_link_after_a_date_on_its_line_is_the_paper() {
    check(
        "# 100 days of papers\n\n**Day 1** (17/05/31): [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n\nGood.\n\n\
         **Day 2** (18/05/31): [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n\nFine.\n\n\
         **Day 3** (19/05/31): [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n\nShort.\n",
        &["2031-05-17 Emus at Work on the Plain", "2031-05-18 Owls: Seeing at Night", "2031-05-19 A Study of Gnus"],
    );
    check(
        "# 每日论文\n\n* 5月17日 [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)：很好\n\
         * 5月18日 [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n\
         * 5月19日 [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n",
        &["--05-17 Emus at Work on the Plain", "--05-18 Owls: Seeing at Night", "--05-19 A Study of Gnus"],
    );
}

#[test]
fn a_dash_in_a_column_of_dates_is_no_date() {
    check(
        "# My papers\n\n| Paper | Status | Date |\n|---|---|---|\n\
         | [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001) | ✅ Done | May 17 2031 |\n\
         | [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002) | 🔄 Reading | - |\n\
         | 📄 [A Study of Gnus](https://arxiv.org/abs/2031.00003) | ⬜ Todo | |\n",
        &["2031-05-17 Emus at Work on the Plain", "- Owls: Seeing at Night", "- A Study of Gnus"],
    );
}

#[test]
fn one_link_below_a_title_leads_to_its_paper() {
    check(
        "# Papers\n\n## 2031-05-17\n\n- Emus at Work on the Plain\n  - See https://arxiv.org/abs/2031.00001\n\
         - Owls: Seeing at Night\n  - It sees, https://arxiv.org/abs/2031.00002\n- A Study of Gnus\n",
        &["2031-05-17 Emus at Work on the Plain", "2031-05-17 Owls: Seeing at Night", "2031-05-17 A Study of Gnus"],
    );
}

#[test]
fn items_after_tabs_are_on_their_own_lines() {
    for gap in ["\t", "  ", "    "] {
        let text = "- [[May 17th, 2031]]\n\t- [[Emus at Work on the Plain]] #paper\n\t\t- It works. https://arxiv.org/abs/2031.00001\n\
                    \t- [[Owls: Seeing at Night]] #paper\n- [[May 10th, 2031]]\n\t- [[A Study of Gnus]] #paper\n";
        check(
            &text.replace('\t', gap),
            &["2031-05-17 Emus at Work on the Plain", "2031-05-17 Owls: Seeing at Night", "2031-05-10 A Study of Gnus"],
        );
    }
}

#[test]
fn lone_carriage_returns_end_lines() {
    let text = include_str!("../../assets/sample.md");
    let read = |text: &str| parse::parse([Source { name: "log.md".into(), text: text.into() }]);
    let (log, old) = (read(text), read(&text.replace('\n', "\r")));
    assert_eq!((&old.entries, &old.tasks, &old.sections), (&log.entries, &log.tasks, &log.sections));
    assert_eq!(old.files[0].text.as_str(), text.replace('\n', "\r"));
    // Also mixed with newlines.
    for text in [
        "## Emus at Work\r- 2031-05-17 [Owls at Night](x.pdf)\n## Gnus at Rest\r- 2031-05-16 [Yaks at Night](y.pdf)\n",
        "# Emus at Work\r**2031-05-17** [Owls at Night](x.pdf)\n\n# Gnus at Rest\r**2031-05-16** [Yaks](y.pdf)\n",
        "## Emus\r\r2031-05-17 [Owls at Night](x.pdf)\n\n## Gnus\r\r2031-05-16 [Yaks at Night](y.pdf)\n",
    ] {
        assert_eq!(read(text).entries, read(&text.replace('\r', "\n")).entries, "{text:?}");
    }
}

#[test]
fn a_topic_beside_the_days_ends_the_last_day() {
    check(
        "# Papers\n\n## 2031-05-17\n- [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n\n## 2031-05-10\n\
         - [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n\n## Grazing\n\
         - [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n- [Yaks](https://arxiv.org/abs/2031.00004)\n\n\
         ### Far away\n- Elks on the Long Way Home\n",
        &[
            "2031-05-17 Emus at Work on the Plain",
            "2031-05-10 Owls: Seeing at Night",
            "- A Study of Gnus",
            "- Yaks",
            "- Elks on the Long Way Home",
        ],
    );
    // A topic below a month has that month as its date.
    check(
        "# 2031-05\n\n## 2031-05-17\n- [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n\n## Grazing\n\
         - [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n\n# Night\n\
         - [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n",
        &["2031-05-17 Emus at Work on the Plain", "2031-05 A Study of Gnus", "- Owls: Seeing at Night"],
    );
}

#[test]
fn a_day_does_not_end_at_its_own_parts() {
    // Parts that most days have.
    check(
        "## 2031-05-17\n## Read\n- [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n\n## 2031-05-10\n\
         ## Read\n- [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n\n## 2031-05-03\n\
         - [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n",
        &["2031-05-17 Emus at Work on the Plain", "2031-05-10 Owls: Seeing at Night", "2031-05-03 A Study of Gnus"],
    );
    // Titles at the same heading level as the day.
    check(
        "## 2031-05-17\n\n## Emus at Work on the Plain\n\nThey do, see arXiv.\n\n## Owls: Seeing at Night\n\nThey see.\n\n\
         ## 2031-05-10\n\n## A Study of Gnus\n\nThey graze.\n",
        &["2031-05-17 Emus at Work on the Plain", "2031-05-17 Owls: Seeing at Night", "2031-05-10 A Study of Gnus"],
    );
    // Any heading, if the day is the date of the whole file.
    check(
        "# 2031-05-17, reading group\n\n# Agenda\n\n- [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n\
         - [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n",
        &["2031-05-17 Emus at Work on the Plain", "2031-05-17 Owls: Seeing at Night"],
    );
}

#[test]
fn a_date_below_a_title_of_a_list_is_that_of_the_title() {
    let wanted = [
        "2031-05-03 Emus at Work on the Plain",
        "2031-05-10 Owls: Seeing at Night",
        "- A Study of Gnus",
        "2031-05-17 The Long Way Home of Yaks",
    ];
    for label in ["date：2031-05-", "阅读日期: 2031/05/", "date-read:: 2031.5."] {
        // Below the titles, or beside them if the indentation is too small.
        for (marker, indent) in [("-", "  "), ("1.", "  "), ("1.", "   ")] {
            check(
                &format!(
                    "# Papers\n## Birds\n{marker} **Emus at Work on the Plain**\n{indent}- they work\n{indent}- {label}03\n\
                     {marker} Owls: Seeing at Night\n{indent}- {label}10\n\n## Cattle\n{marker} A Study of Gnus\n\
                     {indent}- they graze\n{marker} The Long Way Home of Yaks\n{indent}- {label}17\n"
                ),
                &wanted,
            );
        }
    }
    for (open, close) in [("", ""), ("```", "```"), ("*", "*")] {
        check(
            &format!(
                "# Papers\n* [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)  \n  {open}03/05/2031, Birds{close}\n\
                 * [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)  \n  {open}10/05/2031{close}  \n  Bo Birch\n\
                 * [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n\
                 * [The Long Way Home of Yaks](https://arxiv.org/abs/2031.00004)\n  {open}17/05/2031, Cattle{close}\n"
            ),
            &wanted,
        );
    }
    // Dates without an order are publication dates.
    check(
        "# Papers\n- Emus at Work on the Plain\n  - date: 2029-05-03\n- Owls: Seeing at Night\n  - date: 2031-01-10\n\
         - A Study of Gnus\n  - date: 2027-08-02\n- The Long Way Home of Yaks\n  - date: 2030-02-17\n",
        &["- Emus at Work on the Plain", "- Owls: Seeing at Night", "- A Study of Gnus", "- The Long Way Home of Yaks"],
    );
}

#[test]
fn a_field_of_the_day_of_reading_dates_a_note() {
    let field = |field: &str| {
        format!(
            "# Emus at Work\n\nhttps://arxiv.org/abs/2031.00001\n\n## Summary\n\nThey work.\n\n## Details\n\n- the maps\n\n## Ideas\n\n- the plains\n\n{field}\n"
        )
    };
    for text in [
        field("Read date: [[2031-05-17]]"),
        field("Keywords: [[birds]]\nDate Read:: 2031-05-17"),
        field("date-read:: [[May 17th, 2031]]"),
        field("- **Last read:** 17 May 2031"),
        "---\ntitle: Emus at Work\nurl: https://arxiv.org/abs/2031.00001\ncreated: 2031-05-01\nread_date: 2031-05-17\n---\n\n## Summary\n\nThey work.\n"
            .into(),
        "---\ntitle: Emus at Work\nurl: https://arxiv.org/abs/2031.00001\nread: true\nfinished: 2031-05-17\n---\n\n## Summary\n\nThey work.\n".into(),
    ] {
        check_as("notes/emus.md", &text, &["2031-05-17 Emus at Work"]);
    }
}

#[test]
fn lists_named_after_years_are_dated() {
    for name in ["Papers read in 2031", "2031 papers", "2031 Reading Log", "Reading list 2031", "2031年论文阅读"] {
        check_headings(
            &format!("## {name}"),
            &format!("## {}", name.replace("2031", "2030")),
            ["2031-01-01", "2030-01-01"],
        );
    }
    // A single such heading may be the title of anything; years that repeat for each topic are publication years.
    check(
        "# Papers\n\n## 2031 papers\n\n- [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n",
        &["- Emus at Work on the Plain"],
    );
    check(
        "# Papers\n\n## 2031 bird papers\n\n- [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n\n\
         ## 2030 bird papers\n\n- [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n\n## 2031 gnu papers\n\n\
         - [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n\n## 2030 gnu papers\n\n\
         - [Gnus on the Long Way Home](https://arxiv.org/abs/2031.00004)\n",
        &["- Emus at Work on the Plain", "- Owls: Seeing at Night", "- A Study of Gnus", "- Gnus on the Long Way Home"],
    );
    // A list of papers to read is pending, even if its name contains a year.
    let log = read_as("log.md", "# Log\n\n## To read 2031\n\n- [ ] Emus\n\n## To read 2030\n\n- [ ] Owls\n");
    assert!(log.tasks.len() == 2 && log.tasks.iter().all(|task| task.pending));
}

#[test]
fn a_dated_heading_may_lack_its_space() {
    check(
        "# Papers\n\n### 2031-05-03\n\n- Emus at Work on the Plain\n  - they work\n\n###2031-05-10\n\n\
         - Owls: Seeing at Night\n  - they see\n\n### 2031-05-17\n\n- A Study of Gnus\n  - they graze\n",
        &["2031-05-03 Emus at Work on the Plain", "2031-05-10 Owls: Seeing at Night", "2031-05-17 A Study of Gnus"],
    );
}

#[test]
fn a_month_below_each_title_is_that_of_publication() {
    check(
        "# Birds\n\n### Emus at Work on the Plain\n\nThey do, see arXiv.\n\n* Nov 2030\n* https://arxiv.org/abs/2031.00001\n\n\
         ### Owls: Seeing at Night\n\nThey see.\n\n* Mar 2029\n* https://arxiv.org/abs/2031.00002\n\n\
         ### A Study of Gnus\n\nThey graze.\n\n* Aug 2030\n* https://arxiv.org/abs/2031.00003\n",
        &["- Emus at Work on the Plain", "- Owls: Seeing at Night", "- A Study of Gnus"],
    );
}

#[test]
fn days_of_items_are_more_exact_than_the_months_above() {
    check(
        "# Papers\n\n## 2031\n\n### May 2031\n\n- 2031-05-17 [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n\
         - 2031-05-10 [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n\n### April 2031\n\n\
         - 2031-04-03 [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n",
        &["2031-05-17 Emus at Work on the Plain", "2031-05-10 Owls: Seeing at Night", "2031-04-03 A Study of Gnus"],
    );
}

#[test]
fn a_date_and_a_title_may_stand_between_bars() {
    check(
        "# Papers\n\n## 2031\n\n### May 2031\n- 2031-05-17 | Emus at Work on the Plain: A Survey of Birds | [link](a.pdf) | Good\n\
         - 2031-05-10 | Counting Owls by Night with Models | [link](b.pdf) | Ran on toy data\n\n### April 2031\n\
         - 2031-04-03 | Yak Dreams of Gradient Descent | [link](c.pdf) | Nothing\n",
        &[
            "2031-05-17 Emus at Work on the Plain: A Survey of Birds",
            "2031-05-10 Counting Owls by Night with Models",
            "2031-04-03 Yak Dreams of Gradient Descent",
        ],
    );
}

#[test]
fn a_bold_date_may_have_words_before_the_link_of_its_title() {
    check(
        "# Papers\n\n**05/17/2031** [Emus at Work on the Plain](a.md) A. Gnu\n\n\
         **05/10/2031** Beyond Seeing: [Owls at Night](b.md) B. Yak\n\n**05/03/2031** [A Study of Gnus](c.md) C. Elk\n",
        &[
            "2031-05-17 Emus at Work on the Plain",
            "2031-05-10 Beyond Seeing: Owls at Night",
            "2031-05-03 A Study of Gnus",
        ],
    );
}

#[test]
fn a_year_may_begin_with_its_letter() {
    check(
        "Y2031 May\n- Emus at Work on the Plain [[paper](https://arxiv.org/pdf/2031.00001)]\n\nY2031 Apr\n\
         - Owls: Seeing at Night [[paper](https://arxiv.org/pdf/2031.00002)]\n\nY2030 Dec\n\
         - A Study of Gnus [[paper](https://arxiv.org/pdf/2031.00003)]\n",
        &["2031-05 Emus at Work on the Plain", "2031-04 Owls: Seeing at Night", "2030-12 A Study of Gnus"],
    );
}

#[test]
fn months_in_digits_are_a_range_among_days_in_digits() {
    check(
        "# Papers\n- 310503: Emus at Work on the Plain [pdf](a.pdf)\n- 310510-: Owls: Seeing at Night [pdf](b.pdf)\n\
         - 3106-3107: A Study of Gnus [pdf](c.pdf)\n- 310801: Yaks on the Long Way Home [pdf](d.pdf)\n",
        &[
            "2031-05-03 Emus at Work on the Plain",
            "2031-05-10 Owls: Seeing at Night",
            "2031-06-01 3106-3107: A Study of Gnus",
            "2031-08-01 Yaks on the Long Way Home",
        ],
    );
}

#[test]
fn a_remark_on_the_day_of_reading_dates_a_note() {
    let note =
        |remark: &str| format!("# Emus at Work\n\n## 论文信息\n\n* https://arxiv.org/abs/2031.00001\n* {remark}\n");
    check_as("notes/emus.md", &note("笔记记于2031/05/17, 24，与上一篇类似"), &["2031-05-17 Emus at Work"]);
    check_as("notes/emus.md", &note("读于 2031年5月17日"), &["2031-05-17 Emus at Work"]);
    check_as("notes/emus.md", &note("发表于2031/05/17"), &["- Emus at Work"]);
}
