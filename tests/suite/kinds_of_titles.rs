//! Small logs whose titles were once misread, or whose unread papers were taken for read ones.

use super::drive::Drive;
use super::kinds::{check, read_as};

/// The papers that are not read.
fn unread(text: &str) -> Vec<String> {
    let log = read_as("papers.md", text);
    log.entries.iter().filter(|entry| !entry.read).map(|entry| entry.title.to_string()).collect()
}

#[test]
fn a_column_says_which_papers_are_unread() {
    let table = |head: &str, states: [&str; 3]| {
        let titles = ["Emus at Work: a Study", "Owls: Seeing at Night", "Gnus of the Deep Plain"];
        let rows = titles.iter().zip(states).map(|(title, state)| format!("| {title} | {state} |\n"));
        format!("# Papers\n\n| Paper | {head} |\n|--|--|\n{}", rows.collect::<String>())
    };
    let wanted = ["Owls: Seeing at Night"];
    assert_eq!(unread(&table("Status", ["Done", "To read", "read"])), wanted);
    assert_eq!(unread(&table("状态", ["已读", "未读", "已读"])), wanted);
    assert_eq!(unread(&table("状態", ["完了", "未着手", "完了"])), wanted);
    assert_eq!(unread(&table("Read?", ["✅", "", "✅"])), wanted);
    assert_eq!(unread(&table("Read?", ["✅", "❌", "✅"])), wanted);
    assert!(unread(&table("Status", ["", "", ""])).is_empty());
    assert!(unread(&table("Year", ["2031", "no", "2030"])).is_empty());
}

#[test]
fn an_unread_paper_without_a_box_is_in_the_timeline() {
    let text = "# Papers\n\n| Paper | Status |\n|--|--|\n| Emus at Work: a Study | Done |\n\
                | Owls: Seeing at Night | To read |\n| Gnus of the Deep Plain | Done |\n\n## More\n\n\
                | Paper | Read? |\n|--|--|\n| Yaks on the Long Way Home | ✅ |\n| Elks: Dreams of Moss | ✅ |\n";
    let mut drive = Drive::new(text, 140, 42);
    drive.sees("▾ More").sees("☐").sees_not("| Paper").keys("j").sees("Owls: Seeing at Night").sees("not read yet");
}

#[test]
fn a_row_or_day_of_its_own_makes_a_short_name_a_title() {
    check(
        "# Papers\n\n| Paper | Venue |\n|--|--|\n| [EMU](-) | ICML |\n| [Emus at Work: a Study](-) | ICML |\n\
         | [Owls: Seeing at Night](-) | ACL |\n",
        &["- EMU", "- Emus at Work: a Study", "- Owls: Seeing at Night"],
    );
    let issue = "https://github.com/gnu/gnu/issues/1";
    check(
        &format!(
            "# Papers\n\n- 310408: Emus at Work: a Study [md](https://github.com/gnu/gnu/blob/main/a.md)\n\
             - 310415: Owls: Seeing at Night [md](https://github.com/gnu/gnu/blob/main/b.md)\n\
             - 310422: Owl Process [issue]({issue})\n- 310429: Gnus of the Deep Plain [issue]({issue})\n"
        ),
        &[
            "2031-04-08 Emus at Work: a Study",
            "2031-04-15 Owls: Seeing at Night",
            "2031-04-22 Owl Process",
            "2031-04-29 Gnus of the Deep Plain",
        ],
    );
}

#[test]
fn items_about_the_folder_are_no_papers() {
    let paper = |title: &str, id: u32| format!("- [{title}](https://arxiv.org/abs/2031.0000{id})\n");
    let text = format!(
        "# Paper log\n\n## How this folder is organised\n\n- Notes: every paper has its own file\n\
         - Figures: kept next to the notes, one folder per paper\n\n## 2031-05-02\n\n{}{}\n## 2031-05-09\n\n{}{}\n\
         ## License\n\n- Notes and pictures: CC BY 4.0\n",
        paper("Emus at Work: a Study", 1),
        paper("Owls: Seeing at Night", 2),
        paper("Gnus of the Deep Plain", 3),
        paper("Do Elks Dream of Moss?", 4),
    );
    check(
        &text,
        &[
            "2031-05-02 Emus at Work: a Study",
            "2031-05-02 Owls: Seeing at Night",
            "2031-05-09 Gnus of the Deep Plain",
            "2031-05-09 Do Elks Dream of Moss?",
        ],
    );
}

#[test]
fn items_without_dates_are_papers_if_few_have_dates() {
    let titles = ["Emus at Work: a Study", "Owls: Seeing at Night", "Gnus of the Deep Plain", "Elks Dream of Moss"];
    let dated = titles.map(|title| format!("- 2031-05-17: {title}\n")).concat();
    let others = titles.map(|title| format!("- More {title}\n")).concat();
    let log = read_as("papers.md", &format!("# Papers\n\n## Seen\n\n{others}\n{others}\n## Days\n\n{dated}"));
    assert_eq!(log.entries.len(), 12);
}

#[test]
fn a_symbol_before_a_linked_title_is_no_part_of_it() {
    check(
        "# Daily reading\n\n### 2031-08-01\n\n#### Counting\n\n🔗 [Emus at Work: a Study](https://emu.example/1)\n\nThey count.\n\n\
         ### 2031-08-02\n\n#### Seeing\n\n:link: [Owls: Seeing at Night](https://emu.example/2)\n\nThey see.\n",
        &["2031-08-01 Emus at Work: a Study", "2031-08-02 Owls: Seeing at Night"],
    );
}

#[test]
fn short_names_with_boxes_and_notes_are_papers() {
    check(
        "# paper-reading-notes\n\n- [x] [EMU](./notes/1.md)\n- [x] [ViOwl](./notes/2.md)\n\n## LLM\n\n- [x] [Gnu2](./notes/3.md)\n\
         - [x] [ElkLM](./notes/4.md)\n\n## AIGC\n\n- [x] [DreamYak](./notes/5.md)\n\n## VLM\n\n- [x] [BLIP-Cod](./notes/6.md)\n",
        &["- EMU", "- ViOwl", "- Gnu2", "- ElkLM", "- DreamYak", "- BLIP-Cod"],
    );
}

#[test]
fn a_label_before_a_linked_title_is_no_part_of_it() {
    check(
        "# 100 days of papers\n\n### Day 1: 2031-05-02\n\n**Paper: [Emus at Work: a Study](https://emu.example/1)**\n\n\
         * Made slides\n\n### Day 2: 2031-05-03\n\n**Paper: [Owls: Seeing at Night](https://emu.example/2)** by Anna\n\n* Read on\n",
        &["2031-05-02 Emus at Work: a Study", "2031-05-03 Owls: Seeing at Night"],
    );
}

#[test]
fn boxes_below_a_title_are_its_parts_and_below_a_topic_its_papers() {
    check(
        "# Papers\n\n- [ ] Emus at Work on the Plain\n  - [x] Introduction and Related Work on Birds\n  - [ ] Counting Birds from a Balloon\n\
         - [ ] Owls: Seeing at Night\n  - [x] The Eyes of Owls\n  - [ ] The Light of the Moon at Night\n\
         - [x] A Study of Gnus on the Plain\n\nOn arXiv.\n",
        &["- Emus at Work on the Plain", "- Owls: Seeing at Night", "- A Study of Gnus on the Plain"],
    );
    check(
        "# Papers\n\n- [ ] Birds\n  - [ ] Counting\n    - [x] Emus at Work on the Plain\n    - [ ] Owls: Seeing at Night\n\
         \x20 - [ ] Flying\n    - [x] Hens and the Art of Flight\n- [ ] Cattle\n  - [ ] A Study of Gnus on the Plain\n\
         \x20   - [x] read abstract\n    - [ ] read method\n  - [x] The Long Way Home of Yaks\n\nOn arXiv.\n",
        &[
            "- Emus at Work on the Plain",
            "- Owls: Seeing at Night",
            "- Hens and the Art of Flight",
            "- A Study of Gnus on the Plain",
            "- The Long Way Home of Yaks",
        ],
    );
}

/// Checks the titles of papers and the years of their publication.
#[track_caller]
fn check_years(text: &str, wanted: &[(&str, Option<u16>)]) {
    let log = read_as("papers.md", text);
    let years = log.entries.iter().map(|entry| (&*entry.title, entry.published.map(|it| it.year)));
    assert_eq!(years.collect::<Vec<_>>(), wanted, "{text}");
    assert!(log.sections.iter().all(|section| !section.kind.is_dated()), "{text}");
}

#[test]
fn a_year_before_a_title_is_that_of_publication() {
    let pdf = "[pdf](https://arxiv.org/abs/2031.00001)";
    let wanted = [
        ("Emus at Work on the Plain", Some(2005)),
        ("Owls: Seeing at Night", Some(2016)),
        ("A Study of Gnus", Some(2017)),
    ];
    for [open, close] in [["", ""], ["[", "]"], ["(", ")"], ["", ","], ["**", "**"]] {
        for mark in ["-", "###"] {
            let line = |(title, year): &(&str, Option<u16>)| {
                format!("{mark} {open}{}{close} {title} {pdf}\n\n", year.unwrap_or_default())
            };
            check_years(&format!("# Papers\n\n{}", wanted.iter().map(line).collect::<String>()), &wanted);
        }
    }
    // A single title may begin with a year.
    check_years(
        &format!("# Papers\n\n- 2001 Nights of Owls {pdf}\n- Emus at Work {pdf}\n- A Study of Gnus {pdf}\n"),
        &[("2001 Nights of Owls", None), ("Emus at Work", None), ("A Study of Gnus", None)],
    );
}

#[test]
fn a_single_author_before_a_title_is_no_part_of_it() {
    check_years(
        "# Papers\n\n- Anna Gnu. Emus at Work on the Plain. 2031\n- Bert Owl. Owls: Seeing at Night. 2030.\n\
         - Anna Gnu, Bert Owl. A Study of Birds at Rest. 2028.\n- Dora van Elk. The Long Way Home. ICML 2026\n",
        &[
            ("Emus at Work on the Plain", Some(2031)),
            ("Owls: Seeing at Night", Some(2030)),
            ("A Study of Birds at Rest", None),
            ("The Long Way Home", Some(2026)),
        ],
    );
    // A single title may look like a name.
    check_years(
        "# Papers\n\n- Deep Learning. A Book on Birds. 2031\n- Emus at Work on the Plain\n- A Study of Gnus\n\nOn arXiv.\n",
        &[
            ("Deep Learning. A Book on Birds. 2031", None),
            ("Emus at Work on the Plain", None),
            ("A Study of Gnus", None),
        ],
    );
}

#[test]
fn facts_about_a_paper_are_no_papers() {
    let facts = |authors: &str, venue: &str, tags: &str, id: u8| {
        format!("- {authors}\n- {venue}\n- {tags}\n- https://arxiv.org/abs/2031.0000{id}\n\n")
    };
    let emus = [
        facts("Anna Gnu, Bert Owl", "ICML 2031", "birds, counting", 1),
        facts("**Authors:** Anna Gnu", "**Venue**: ICML 2031", "#birds #counting", 1),
    ];
    let owls = [
        facts("Carl Elk, Dora Yak", "*NeurIPS 2030*", "owls, nights", 2),
        facts("Authors: Carl Elk", "Venue: NeurIPS 2030", "Tags: owls", 2),
    ];
    let wanted = ["2031-05-17 Emus at Work on the Plain", "2031-05-10 Owls: Seeing at Night"];
    for (emus, owls) in emus.iter().zip(&owls) {
        for [mark, end] in [[" ", "\n\n"], ["\n\n- ", "\n"], ["\n\n- **", "**\n"], ["\n\n### ", "\n\n"]] {
            check(
                &format!(
                    "# Log\n\n## 2031-05-17{mark}Emus at Work on the Plain{end}{emus}They work.\n\n\
                     ## 2031-05-10{mark}Owls: Seeing at Night{end}{owls}They see.\n"
                ),
                &wanted,
            );
        }
    }
    // A “Paper” label among the facts does not start another title.
    let link = |title: &str, id: u8| {
        format!("* **Venue**: ICML 2031\n* **Paper**: [{title}](https://arxiv.org/abs/2031.0000{id})\n\n")
    };
    check(
        &format!(
            "# Reading Log\n\n## [2031-05-17] Emus at Work on the Plain\n\n{}## [2031-05-10] Owls: Seeing at Night\n\n{}",
            link("arXiv", 1),
            link("Owls: Seeing at Night", 2),
        ),
        &wanted,
    );
}

#[test]
fn issues_and_repositories_are_no_papers() {
    let item = |title: &str, to: &str| format!("- **{title}** [link](https://github.com/{to})\n");
    let diary = |name: &str, last: &str| {
        format!(
            "# {name}\n\n### 2031-05-17\n\n{}{}\n### 2031-05-16\n\n{}{}\n### 2031-05-15\n\n{last}",
            item("Emu Feeding: Fix the Night Shift", "emu/emu/issues/12"),
            item("Owl Counting: Faster than Before", "emu/owl/pull/7"),
            item("Yak Library: Ready for the Cold", "emu/yak"),
            item("Gnu Tests: Run in the Rain", "emu/gnu/pull/3"),
        )
    };
    check(&diary("Log", &item("Elk Parser: Crashes on Empty Input", "emu/elk/issues/3")), &[]);
    let count = |text: &str| read_as("log.md", text).entries.len();
    // They are papers if the log's title says so, or if one item links to a paper.
    assert_eq!(count(&diary("Papers", &item("Elks Run: a Study", "emu/elk/issues/3"))), 5);
    assert_eq!(count(&diary("Log", "- **Elks Run: a Study** [pdf](https://arxiv.org/abs/2031.00001)\n")), 5);
}

#[test]
fn remarks_among_linked_titles_are_no_papers() {
    let wanted =
        ["- Emus at Work on the Plain", "- Owls: Seeing at Night", "- A Study of Gnus", "- The Long Way Home of Yaks"];
    let lines = |remark: &str, mark: &str| {
        let titles = wanted.iter().zip(1..).map(|(title, id)| {
            format!("{mark}{}\n{}https://arxiv.org/abs/2031.0000{id}\n\n", &title[2..], " ".repeat(mark.len()))
        });
        let mut titles: Vec<String> = titles.collect();
        titles.insert(2, format!("{remark}\n\n"));
        format!("# Papers\n\n{}", titles.concat())
    };
    check(&lines("nothing was read in this week", ""), &wanted);
    check(&lines("A Remark on Counting and Seeing Birds", "- "), &wanted);
    check(&lines("    An indented remark", "- "), &wanted);
    check(&lines("- nothing was read in this week", "- "), &wanted);
    // A title without a link is a paper.
    for (title, mark) in [("- Elks and the Dreams of Moss", "- "), ("Elks and the Dreams of Moss", "")] {
        assert_eq!(read_as("papers.md", &lines(title, mark)).entries.len(), 5);
    }
}

#[test]
fn a_full_date_before_a_title_in_an_item_is_its_date() {
    check(
        "# Papers\n\n- 2031-05-17 Emus at Work on the Plain https://arxiv.org/abs/2031.00001\n\
         - 2031-05-10 Owls: Seeing at Night https://arxiv.org/abs/2031.00002\n- 2031-05-03 A Study of Gnus\n",
        &["2031-05-17 Emus at Work on the Plain", "2031-05-10 Owls: Seeing at Night", "2031-05-03 A Study of Gnus"],
    );
}

#[test]
fn a_venue_with_its_year_around_a_title_is_no_part_of_it() {
    let wanted = [("Emus at Work", Some(2031)), ("Owls Seeing at Night", Some(2032)), ("A Study of Gnus", Some(2030))];
    let list =
        |[first, second, third]: [&str; 3]| format!("# 论文\n\n## 鸟\n\n- {first}\n- {second}\n\n## 牛\n\n- {third}\n");
    for text in [
        ["[2031 ICLR] Emus at Work", "[ICML 2032] Owls Seeing at Night", "[2030] A Study of Gnus"],
        ["(2031 SP) Emus at Work", "(2032 AsiaCCS)Owls Seeing at Night", "（2030 PoPETs）A Study of Gnus"],
        ["[**SANER 2031**] Emus at Work", "【2032 ICLR】Owls Seeing at Night", "[KDD 2030]: A Study of Gnus"],
        ["Emus at Work(SANER 2031)", "Owls Seeing at Night (S&P, 2032)", "A Study of Gnus（2030 PoPETs）"],
        [
            "2031 - NIPS - Emus at Work",
            "2032 - ICML - [Owls Seeing at Night](https://a.org/b)",
            "2030- KDD -  A Study of Gnus",
        ],
        [
            "Emus at Work, CVPR, 2031 [link](https://a.org/1.pdf)",
            "Owls Seeing at Night, ICML Deep Owl Workshop, 2032",
            "A Study of Gnus, Neural Information Processing Systems (NIPS), 2030",
        ],
        ["NIPS 2031 - Emus at Work", "ICML 2032, Owls Seeing at Night", "KDD 2030 - A Study of Gnus"],
        [
            "Emus at Work (2031), Anna Gnu",
            "Owls Seeing at Night (2032), Anna Gnu, Bert Emu",
            "A Study of Gnus (2030), A. Gnu et al.",
        ],
    ] {
        check_years(&list(text), &wanted);
    }
    check(
        &list(["[Emu] Learning to Run: a Study", "Owls Seeing at Night - NIPS", "(Re)counting Gnus in Nature, 2031"]),
        &["- [Emu] Learning to Run: a Study", "- Owls Seeing at Night - NIPS", "- (Re)counting Gnus in Nature"],
    );
}

#[test]
fn a_short_name_before_a_quoted_title_is_no_part_of_it() {
    check(
        "# Paper-Reading-list\n\n# 预训练模型\n+ **EMU**: \"Deep Folded Word Lattices\". NAACL(2031) [[pdf]](https://arxiv.org/abs/3102.05365)\n\
         + **Owl**: \"Owl: Pre-training of Slow Birds for Reading\". NAACL(2032) [[pdf]](https://arxiv.org/abs/3110.04805)\n\n\
         # MRC\n+ **MRC-G**: \"A Unified Framework for Gnu Recognition\". ACL(2033) [[pdf]](https://arxiv.org/abs/3110.11476) 把识别问题建模\n",
        &[
            "- Deep Folded Word Lattices",
            "- Owl: Pre-training of Slow Birds for Reading",
            "- A Unified Framework for Gnu Recognition",
        ],
    );
}

#[test]
fn a_number_in_keycaps_is_no_part_of_a_title() {
    check(
        "## 📝 논문 구현, 리뷰\n\n### 📚 논문 리뷰 목록\n\n#### 1️⃣ [Emus at Work on the Plain](https://arxiv.org/abs/3112.06114)\n\
         - **저자:** Anna Gnu\n\n#### 9️⃣ Owls: Seeing at Night\n- https://arxiv.org/abs/3206.00400\n\n\
         #### 1️⃣0️⃣ [A Study of Gnus](https://arxiv.org/abs/3206.00401)\n- **저자:** Bert Emu\n",
        &["- Emus at Work on the Plain", "- Owls: Seeing at Night", "- A Study of Gnus"],
    );
}

#[test]
fn boxes_with_links_below_are_papers() {
    let text = "# paperReview\n\n### paper list\n\n목록은 아래와 같습니다.\n\n- [x] Optimal Control of Emus at Work (INFOCOM 2031)\n  \
                - [Original Paper Link](https://ieee.example.org/1) / Paper Review Post / Paper Review Video\n\
                - [x] ~~Owls: Selective Processing of Light at Night (DCOSS 2032)~~\n  \
                - [Original Paper Link](https://arxiv.org/abs/3101.00001) / Paper Review Post / Paper Review Video\n\
                - [ ] Gnu Learning with Constraints in Quiet Worlds (IJCAI 2033)\n  \
                - [Original Paper Link](https://arxiv.org/abs/3301.00002) / Paper Review Post / Paper Review Video\n";
    check(
        text,
        &[
            "- Optimal Control of Emus at Work",
            "- Owls: Selective Processing of Light at Night",
            "- Gnu Learning with Constraints in Quiet Worlds",
        ],
    );
    assert_eq!(unread(text), ["Gnu Learning with Constraints in Quiet Worlds"]);
}

#[test]
fn long_plain_titles_may_be_wrapped() {
    let long = "Counting Emus on the Wide Plain via Analogical Generalization over Qualitative";
    let text = |second: &str| {
        format!(
            "# Paper_reading\n\n## CVPR 2031\n\n[Owls: Seeing at Night](http://cvf.example.org/1.html)\n\n\
             [A Study of Gnus](http://cvf.example.org/2.html)\n\n## AAAI 2032\n\n{long}\n{second}\n\n\
             Hens and the Art of Flight\n\nThe Long Way Home of Yaks\n\nDo Elks Dream of Moss?\n"
        )
    };
    let check_second = |second: &str, wanted: &str| {
        check(
            &text(second),
            &[
                "- Owls: Seeing at Night",
                "- A Study of Gnus",
                &format!("- {wanted}"),
                "- Hens and the Art of Flight",
                "- The Long Way Home of Yaks",
                "- Do Elks Dream of Moss?",
            ],
        );
    };
    check_second("Representations", &format!("{long} Representations"));
    check_second("Maps for Human-Emu Recognition", &format!("{long} Maps for Human-Emu Recognition"));
    check_second("Anna Gnu and Bert Emu", long);
    check_second("Good work.", long);
    check_second("NeurIPS 2031", long);
}
