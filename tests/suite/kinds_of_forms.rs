//! Small logs in which the form of the titles, or what belongs to a form, was once misread.

use papers_tui::log::EntryKind;

use super::kinds::{check, read_as};

#[test]
fn a_bold_short_name_may_have_the_full_title_below() {
    let paper = |number: u8, name: &str, title: &str| {
        format!(
            "**({number}) {name}**\n\n[{title}]\n\nAnna Gnu, Bert Owl (2014)\n\n[`REVIEW`](./reviews/{name}.md)\t|\t\
             [`PAPER`](https://arxiv.org/pdf/2031.0000{number}.pdf)\n\n<br/>\n\n"
        )
    };
    check(
        &format!(
            "# bird-paper-review\n\n### Roadmap\n\n[`BIRDS`](https://example.org/1) < Link!!\n\n---\n\n### Emus\n\n{}{}{}{}---\n\n\
             ### Reference\n\n[someone's blog](http://blog.example.org/)\n",
            paper(1, "Plain EMU", "Counting methods for emus on the plain"),
            paper(2, "OWL", "Deterministic owl counting"),
            paper(3, "GNU", "Continuous counting of gnus with deep learning"),
            paper(4, "YAK", "A natural way home of yaks"),
        ),
        &[
            "- Counting methods for emus on the plain",
            "- Deterministic owl counting",
            "- Continuous counting of gnus with deep learning",
            "- A natural way home of yaks",
        ],
    );
}

#[test]
fn a_bare_url_below_a_heading_is_a_paper_among_linked_titles() {
    check(
        "## 目前难点\n+ EMU\n\n## EmuNet\n[Emus at Work on the Plain](http://arxiv.org/abs/2031.00001)\n### 贡献\n+ 好\n\
         ## OWLer\n[Owls: Seeing at Night](http://arxiv.org/abs/2031.00002)\n### 贡献\n+ 好\n\n## GNU\n\
         [A Study of Gnus](http://arxiv.org/abs/2031.00003)\n### 贡献\n+ 好\n\n## MOMO-Net\nhttp://arxiv.org/abs/2031.00004\n\
         ### 贡献\n+ 好\n## Restyak\nhttps://arxiv.org/abs/2031.00005\n### 贡献\n+ 好\n",
        &["- Emus at Work on the Plain", "- Owls: Seeing at Night", "- A Study of Gnus", "- MOMO-Net", "- Restyak"],
    );
}

#[test]
fn a_title_without_the_date_of_its_siblings_is_undated() {
    let paper = |title: &str, label: &str| {
        format!(
            "### {title}\n* Authors: Anna Gnu, Bert Owl\n* {label}/2031\n* Tag: Birds\n\nThey run far, and are counted.\n\n"
        )
    };
    check(
        &[
            paper("Emus at Work on the Plain", "Reading date: 19/11"),
            paper("Owls: Seeing at Night", "Reading date: 08/11"),
            paper("A Study of Gnus on the Plain", "Reading dazte: 28/10"),
            paper("The Long Way Home of Yaks", "Reading date: 27/10"),
            paper("Mask of Moss", "Reading date: 21/10"),
        ]
        .concat(),
        &[
            "2031-11-19 Emus at Work on the Plain",
            "2031-11-08 Owls: Seeing at Night",
            "- A Study of Gnus on the Plain",
            "2031-10-27 The Long Way Home of Yaks",
            "2031-10-21 Mask of Moss",
        ],
    );
}

#[test]
fn a_second_link_is_no_text_that_makes_others_drafts() {
    let drafts = |items: &str| {
        let log = read_as("papers.md", &format!("# Papers\n\n## Birds\n{items}"));
        assert_eq!(log.entries.len(), 3);
        log.entries.iter().filter(|entry| entry.kind == EntryKind::Draft).count()
    };
    let pdf = "[[pdf](https://arxiv.org/abs/2031.00001)]";
    let link = |name: &str| format!("- [{name}](https://blog.example.org/{name})");
    assert_eq!(drafts(&format!("{}, paper {pdf}\n{}, paper {pdf}\n{}\n", link("Emu"), link("Owl"), link("Gnu"))), 0);
    assert_eq!(drafts(&format!("{} {pdf}\n{}\n{} {pdf}\n", link("Emu"), link("Owl"), link("Gnu"))), 0);
    let noted = format!("{} {pdf}\n  - Runs far.\n{} {pdf}\n  - Sees.\n{}\n", link("Emu"), link("Owl"), link("Gnu"));
    assert_eq!(drafts(&noted), 1);
}

#[test]
fn links_and_sentences_around_checkboxes_are_no_titles() {
    let item = |number: u8, title: &str| {
        format!(
            "- [x] anna/shelf#{number} {title}\n  - [Original Paper Link](https://ieeexplore.ieee.org/document/{number}) / \
             Review Post / Review Video\n"
        )
    };
    check(
        &format!(
            "# paper shelf\n\n내가 읽은 논문을 짧게 정리하는 곳입니다.\n\n### paper list\n\n지금까지 읽은 논문입니다.\n\n{}{}{}\n---\n\n\
             ### Template\n\n리뷰에 쓰는 템플릿은 아래와 같습니다.\n\n### Rules\n\n커밋 규칙은 아래와 같습니다.\n",
            item(3, "Emus at Work on the Plain (INFOCOM 2018)"),
            item(4, "OwlNet: Seeing at Night (DCOSS 2022)"),
            item(12, "Gnus, Yaks and Other Old Friends"),
        ),
        &["- Emus at Work on the Plain", "- OwlNet: Seeing at Night", "- Gnus, Yaks and Other Old Friends"],
    );
}

#[test]
fn guides_plans_and_templates_hold_no_papers() {
    check(
        "# 如何读论文？\n## 读论文时遇到的困难\n一篇论文可以读很久，读完了也不知道讲了什么。\n\n## 读论文的目的\n\
         读论文是为了科研，要带着问题去读。\n\n## 实际操作\n### 1. 开始的时候，知道大意就可以\n先读综述。\n\n## 参考资料\n\
         - [大家怎么读文献？](https://example.org/1)\n",
        &[],
    );
    check(
        "# Learning Roadmap\n\nIt changes as I learn.\n\n## Guiding objective\n\nRead papers on birds, and rebuild figures.\n\n\
         ## Phase 1 — Foundations (now → next weeks)\n\n| Area | Target skill | Proof |\n|---|---|---|\n\
         | Math | Linear algebra, PCA | A notebook |\n| Birds | Counting of emus | A paper summary |\n\n\
         ## Phase 2 — Papers on birds (after Phase 1)\n\n1. **Ship something small.** A note, a summary.\n\n\
         ## Operating principles\n\n1. **Write every week.** A note on a paper.\n",
        &[],
    );
    check(
        "# Reading Log\n\nA dated list of papers, each with a takeaway.\n\n**Format for each entry:**\n\n```\n\
         ### YYYY-MM-DD — Title — Authors\n```\n\n---\n\n## Entries\n\n_No entries yet._\n",
        &[],
    );
    let part = |name: &str| {
        format!(
            "### {name} Functions\n- **{name} Interface Design**: cards that fold on small screens\n\
             - **{name} Folder Management**: papers are sorted by field\n- **{name} Paper Markers**: switch them at will\n\n"
        )
    };
    check(
        &format!(
            "# Scholar Shelf\n\nA web shelf for academic papers.\n\n## Features\n\n{}{}{}## Quick Start\n\nOpen it.\n\n\
             ## Usage\n\n- **Quick Category Search**: pick one in the menu\n\n## Contributing\n\nDo.\n\n## License\nMIT.\n",
            part("Calm"),
            part("Clever"),
            part("Quick")
        ),
        &[],
    );
}

#[test]
fn a_place_in_an_own_note_is_no_code() {
    let check_items = |item: &dyn Fn(&str, u8) -> String| {
        check(
            &format!(
                "# reading-papers\nMy notes on papers.\n## Talks\n### 31.05.14\n{}{}{}### 31.05.26\n",
                item("Counting Emus as Maps of Birds-augmented Learning", 1),
                item("Owl Network over Two Kinds of Trees", 2),
                item("Multi-Modal Learning of Gnus", 3)
            ),
            &[
                "2031-05-14 Counting Emus as Maps of Birds-augmented Learning",
                "2031-05-14 Owl Network over Two Kinds of Trees",
                "2031-05-14 Multi-Modal Learning of Gnus",
            ],
        );
    };
    let note = |number: u8| format!("https://github.com/anna/reading-papers/blob/main/1.md#{number}");
    check_items(&|title, number| format!("{number}. <a href=\"{}\">{title}</a>\n", note(number)));
    check_items(&|title, number| format!("{number}. [{title}]({})\n", note(number)));
}

#[test]
fn a_long_url_does_not_hide_a_title() {
    let key = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789".repeat(14);
    check(
        &format!(
            "# NAVIGATION\n\n## 2031-05\n\nSelling Emus on Small Markets -- [[IEEE]](https://ieeexplore.ieee.org/1)\n\n\
             ## 2031-06\n\nA comparison of two owls in villages -- [[Article]](https://storage.example.org/owls.pdf?Key={key})\n\n\
             Neural Credit for Gnus -- [[Arxiv]](https://arxiv.org/abs/2031.00001)\n\n## 2031-07\n\n\
             Half of a Yak is not a Yak -- [[Arxiv]](https://arxiv.org/pdf/2031.00002.pdf)\n"
        ),
        &[
            "2031-05 Selling Emus on Small Markets",
            "2031-06 A comparison of two owls in villages",
            "2031-06 Neural Credit for Gnus",
            "2031-07 Half of a Yak is not a Yak",
        ],
    );
}

#[test]
fn lines_that_end_in_a_url_below_a_date_are_titles() {
    check(
        "### Keywords\n_birds, counting_\n\n[2031.07.04-05]   \n\
         ~~Counting the Emus of Many-Tongued Models~~ (https://arxiv.org/pdf/2031.00001)   \n\
         ~~Owls without a Referee~~ (https://arxiv.org/pdf/2031.00002)   \n\n[2031.07.09-12]   \n\
         TinyGnu: Counting Large Herds (https://arxiv.org/pdf/2031.00003)  \n\n[2031.08.07-2031.08.10]\n\
         OneYak: Ways Home (https://arxiv.org/pdf/2031.00004)  \n\n**[Paraphrase Generation]**   \n\
         ~~Parrots for Paraphrasing~~ (https://aclanthology.org/2031.naacl-long.2.pdf)   \n",
        &[
            "2031-07-04 Counting the Emus of Many-Tongued Models",
            "2031-07-04 Owls without a Referee",
            "2031-07-09 TinyGnu: Counting Large Herds",
            "2031-08-07 OneYak: Ways Home",
            "2031-08-07 Parrots for Paraphrasing",
        ],
    );
}

#[test]
fn a_year_above_items_is_their_group() {
    check(
        "# Papers\n\n- **2030**\n  - 2030 Counting Emus with Deep Neural Networks - 最早的方法\n- **2031**\n\
         \x20 - 2031 A Network for the Long Way Home - 多尺度\n  - 2031 Attention Is All Owls Need - 夜间\n\
         \x20 - 2031 Owl Transformer: A Self-Attention Model - GPT 的论文\n",
        &[
            "- Counting Emus with Deep Neural Networks",
            "- A Network for the Long Way Home",
            "- Attention Is All Owls Need",
            "- Owl Transformer: A Self-Attention Model",
        ],
    );
}

#[test]
fn a_list_may_have_the_name_of_a_list() {
    let items = "- ☑ Emu Parsing: a Practical Linear-Time Bird\n\n- ☑ The Owl Tree: A Tree for Night Birds\n\n\
                 - 📖 Counting Gnus by Their Errors\n";
    let log = read_as("AnnaGnu-Paper-Reading.md", &format!("☑: finished\n\n📖: in progress\n\n{items}"));
    assert_eq!(log.entries.len(), 3);
}
