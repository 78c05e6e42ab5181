//! Front pages that list papers by month: the dates are there, the notes in files.

use papers_tui::log::parse;

use super::{check, papers, read};

/// A note that a front page links to.
fn note(title: &str) -> String {
    format!("# [{title}](https://arxiv.org/abs/2031.01234)\n\n**TL;DR** They do.\n\n- one\n- two\n")
}

const INDEX: &str = "# Paper notes\n\n## 2031-05\n\
    - Emus at Work on the Plain [[arXiv](https://arxiv.org/abs/2031.01234)] [[notes](texts/emus.md)]\n\
    - Owls at Night: a Survey [[notes](texts/owls.md)]\n  - the maps are by hand\n\n\
    ## 2031-04\n- [Gnus Learn to Run](https://github.com/anna/notes/blob/main/texts/gnus.md)\n\
    - Yaks in the Rain [[arXiv](https://arxiv.org/abs/2031.05678)]\n";

#[test]
fn an_index_by_month_dates_the_notes_and_keeps_its_other_papers() {
    let (emus, owls, gnus) = (note("Emus at Work on the Plain"), note("Owls at Night"), note("Gnus Learn to Run"));
    let files = [("README.md", INDEX), ("texts/emus.md", &emus), ("texts/owls.md", &owls), ("texts/gnus.md", &gnus)];
    let log = check(
        &files,
        &[
            ["2031-04", "README.md", "Yaks in the Rain"],
            ["2031-05", "texts/emus.md", "Emus at Work on the Plain"],
            ["2031-05", "texts/owls.md", "Owls at Night"],
            ["2031-04", "texts/gnus.md", "Gnus Learn to Run"],
        ],
    );
    let may = log.sections.iter().find(|section| *section.heading == *"2031-05").unwrap();
    assert!(log.note(may).ends_with("- the maps are by hand"), "{}", log.note(may));
    assert!(!log.note(may).contains("Emus"), "{}", log.note(may));
    // If only the index is read again, it still omits the papers that have files of their own.
    let again = parse::reparse(&log.files[0], format!("{INDEX}- Moas and Kiwis\n").into());
    let titles: Vec<&str> = again.entries.iter().map(|entry| &*entry.title).collect();
    assert_eq!(titles, ["Yaks in the Rain", "Moas and Kiwis"]);
}

#[test]
fn an_index_by_year_of_publication_gives_no_dates() {
    let index = INDEX.replace("2031-05", "2031").replace("2031-04", "2030");
    let (emus, owls, gnus) = (note("Emus at Work on the Plain"), note("Owls at Night"), note("Gnus Learn to Run"));
    let files = [("README.md", index.as_str()), ("emus.md", &emus), ("owls.md", &owls), ("gnus.md", &gnus)];
    check(
        &files,
        &[
            ["2030-01-01", "README.md", "Yaks in the Rain"],
            ["notes", "emus.md", "Emus at Work on the Plain"],
            ["notes", "owls.md", "Owls at Night"],
            ["notes", "gnus.md", "Gnus Learn to Run"],
        ],
    );
}

#[test]
fn a_date_in_a_note_outweighs_the_index() {
    let front = "---\ntitle: Emus at Work on the Plain\ndate: 2031-05-17\n---\n\n## Method\n\nx\n";
    let (owls, gnus) = (note("Owls at Night"), note("Gnus Learn to Run"));
    let files = [("README.md", INDEX), ("texts/emus.md", front), ("texts/owls.md", &owls), ("texts/gnus.md", &gnus)];
    assert_eq!(papers(&read(&files))[1], ["2031-05-17", "texts/emus.md", "Emus at Work on the Plain"]);
}

#[test]
fn a_day_of_a_journal_that_links_to_notes_is_no_index() {
    let day =
        "## 2031-05-17\n\n- Wrote [[emus]] and [[owls]]\n- Moved [[gnus]] to the zoo\n\n## 2031-05-18\n\n- [[emus]]\n";
    let (emus, owls, gnus) = (note("Emus at Work on the Plain"), note("Owls at Night"), note("Gnus Learn to Run"));
    let files = [("2031-05-17.md", day), ("emus.md", &emus), ("owls.md", &owls), ("gnus.md", &gnus)];
    let of_day = papers(&read(&files)).into_iter().filter(|[_, file, _]| file == "2031-05-17.md").count();
    assert_eq!(of_day, 0);
}

#[test]
fn a_note_that_refers_to_others_is_no_index() {
    let note = |id: u8, related: &str| {
        format!(
            "**Paper URL:** [arXiv](https://arxiv.org/abs/2031.0000{id})\n**Github URL:** \n\n## Abstract\n\nx\n\n## Key Points\n\
             - a\n- b\n\n## Related Work\n{related}\n\n## Labels\n#Year-2031\n"
        )
    };
    let related = "[- [[Emus at Work on the Plain]]](https://arxiv.org/abs/2031.00001)\n\
                   [- [[Owls Seeing at Night]]](https://arxiv.org/abs/2031.00002)\n";
    let files = [
        ("Emus at Work on the Plain.md", note(1, "")),
        ("Owls Seeing at Night.md", note(2, "")),
        ("A Study of Gnus on the Plain.md", note(3, related)),
        ("The Long Way Home of Yaks.md", note(4, related)),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let found: Vec<String> = papers(&read(&files)).into_iter().map(|[_, _, title]| title).collect();
    assert_eq!(
        found,
        [
            "Emus at Work on the Plain",
            "Owls Seeing at Night",
            "A Study of Gnus on the Plain",
            "The Long Way Home of Yaks"
        ]
    );
}

#[test]
fn links_back_to_the_index_do_not_make_notes_indexes() {
    let back = "---\n\n[BACK](../index.md)\n\n[HOME](../../../index.md)\n";
    let text = |title: &str, by: &str| {
        format!(
            "{title}(https://arxiv.org/pdf/2031.00001.pdf)\n{by}\n---\n\n**Problem:**\n\nMarkers are rare.\n\n{back}"
        )
    };
    let cited = "[Gnu, Anna, Zoe Owl, Nina Yak, and Jim Emu. \"Learning still birds in pairs: from pictures to the place of the \
                 nest.\" In Proceedings of the Conference on Birds and Nests, pp. 191-200. 2031.]";
    let index = "\n[Emus at Work on the Plain (2031)](emu2031/summary.md)\n\n[Owls: Seeing at Night (2031)](owl2031/summary.md)\n\n\
                 [Learning still birds in pairs (2031)](gnu2031/summary.md)\n\n---\n[BACK](../index.md)\n\n[HOME]( ../../index.md)\n";
    let years = "2031 - Anna Gnu, Bert Owl\n";
    let log = check(
        &[
            ("birds/index.md", index),
            ("birds/emu2031/summary.md", &text("[Emus at Work on the Plain]", years)),
            ("birds/gnu2031/summary.md", &text(cited, "")),
            ("birds/owl2031/summary.md", &text("[Owls: Seeing at Night and by Day in the\nRain of Spring]", years)),
        ],
        &[
            ["birds", "birds/emu2031/summary.md", "Emus at Work on the Plain"],
            [
                "birds",
                "birds/gnu2031/summary.md",
                "Learning still birds in pairs: from pictures to the place of the nest",
            ],
            ["birds", "birds/owl2031/summary.md", "Owls: Seeing at Night and by Day in the Rain of Spring"],
        ],
    );
    assert_eq!(log.files[0].reading.role, papers_tui::log::Role::Other);
}

#[test]
fn notes_named_by_the_model_of_their_paper_are_found_by_the_index() {
    let note = |links: &str| {
        format!("{links}\n[代码](https://github.com/li/birds)\n\n# 网络结构\n![image](a.png)\n\n# 卷积\n很快。\n")
    };
    let item =
        |name: &str| format!("- [{name}](https://github.com/li/diary/blob/master/papers/{}.md)\n", name.to_lowercase());
    let index = format!(
        "# paper\n\n## 轻量级网络\n{}{}{}{}",
        item("EmuNet"),
        item("OwlNet_v1"),
        item("GnuNet"),
        item("YakMap")
    );
    let arxiv = |id: u8| note(&format!("[论文](https://arxiv.org/abs/2031.0000{id})"));
    check(
        &[
            ("README.md", &index),
            ("papers/emunet.md", &arxiv(1)),
            ("papers/gnunet.md", &arxiv(2)),
            ("papers/owlnet_v1.md", &arxiv(3)),
            ("papers/yakmap.md", &note("[速览](https://blog.example.org/li/2)")),
        ],
        &[
            ["papers", "papers/emunet.md", "EmuNet"],
            ["papers", "papers/gnunet.md", "GnuNet"],
            ["papers", "papers/owlnet_v1.md", "OwlNet_v1"],
            ["papers", "papers/yakmap.md", "YakMap"],
        ],
    );
}

#[test]
fn items_that_describe_files_are_no_papers() {
    let note =
        "\n**Link:** https://arxiv.org/abs/2031.00001\n**Authors:** A. Gnu\n\n## Problems\n\n- They do not agree.\n";
    let index = "# One Paper a Week\n\nA log of papers that I read.\n\n## Papers\n\n\
                 - April 9, 2031: [Papers/EmuReward.md](Papers/EmuReward.md)\n\
                 - April 10, 2031: [Papers/Growing Owls for Training.md](Papers/Growing%20Owls%20for%20Training.md)\n\n## Structure\n\n\
                 - [`Papers/EmuReward.md`](/Users/anna/week/Papers/EmuReward.md): summary notes for a paper\n\
                 - [`Papers/emureward.pdf`](/Users/anna/week/Papers/emureward.pdf): local PDF copy\n";
    check(
        &[("README.md", index), ("Papers/EmuReward.md", note), ("Papers/Growing Owls for Training.md", note)],
        &[
            ["2031-04-09", "Papers/EmuReward.md", "EmuReward"],
            ["2031-04-10", "Papers/Growing Owls for Training.md", "Growing Owls for Training"],
        ],
    );
}

#[test]
fn a_front_page_above_front_pages_is_an_index() {
    let note =
        |title: &str, id: u8| format!("# {title}\n\n源码逐行解读。\n\n论文：https://arxiv.org/abs/2031.0000{id}\n");
    let (emus, owls) = (note("Attention to the Last Emu（EmuA）", 1), note("Clocks in the Nest of Owls（OwlB）", 2));
    let wanted = [
        ["notes", "EmuA/README.md", "Attention to the Last Emu（EmuA）"],
        ["notes", "OwlB/README.md", "Clocks in the Nest of Owls（OwlB）"],
    ];
    let row = |name: &str| format!("| {name} | [Notebook](https://github.com/li/notes/tree/main/{name}) | birds |\n");
    let table = format!(
        "# Paper_notebook\n\n一些论文的中文笔记。\n\n* 方向：鸟类推荐\n* 欢迎讨论。\n\n| Birds | Notebook | Keywords |\n| --- | --- | --- |\n{}{}\
         | GnuX | --- | --- |\n",
        row("EmuA"),
        row("OwlB")
    );
    check(&[("README.md", &table), ("EmuA/README.md", &emus), ("OwlB/README.md", &owls)], &wanted);
    let list = "## 논문 리뷰 repository\n\n### 논문 리뷰 목록\n\n\
                #### [Attention to the Last Emu（EmuA）](https://arxiv.org/abs/2031.00001)\n- **저자:** Anna Gnu\n\n\
                #### [Clocks in the Nest of Owls（OwlB）](https://arxiv.org/abs/2031.00002)\n- **저자:** Bert Owl\n";
    check(&[("README.md", list), ("EmuA/README.md", &emus), ("OwlB/README.md", &owls)], &wanted);
}
