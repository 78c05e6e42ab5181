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
