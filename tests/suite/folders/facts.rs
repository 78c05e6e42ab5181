//! Facts about papers that are not where they usually stand.

use super::{check, read};

#[test]
fn a_table_of_facts_holds_the_title() {
    let note = |title: &str| {
        format!(
            "> {title}\n\n| Title    | {title} |\n| -------- | ---- |\n| Authors  | A. Gnu, B. Owl |\n\
             | Link     | https://arxiv.org/abs/2031.00001 |\n\nThey do.\n\n## Notes\n- one\n"
        )
    };
    let titles = [
        "Exploring Gardens: Comparing Emus with Owls in One Yard",
        "Investigating Emu Priors for Counting Birds",
        "Interval timing in deep owl agents",
    ];
    check(
        &[
            ("a-garden.md", &note(titles[0])),
            ("emu-priors.md", &note(titles[1])),
            ("timing-in-owls.md", &note(titles[2])),
        ],
        &[
            ["notes", "a-garden.md", titles[0]],
            ["notes", "emu-priors.md", titles[1]],
            ["notes", "timing-in-owls.md", titles[2]],
        ],
    );
}

#[test]
fn a_date_may_directly_follow_the_title() {
    check(
        &[
            (
                "emu_v5.md",
                "EMUv5: An Incremental Improvement\n4/7/2030\n\nhttps://example.org/EMUv3.pdf\n\n* 2018 work\n",
            ),
            (
                "owls.md",
                "# Self-Supervised Owl Learning From Image Collections\n\n4/24/2030\n\nhttps://x.org/a.pdf\n\n### Idea\nx\n",
            ),
            (
                "yaks.md",
                "# A Simple Framework for Contrastive Yaks\n\n1/11/2031\n\npaper: https://arxiv.org/abs/2031.00001\n\n## TLDR\nx\n",
            ),
        ],
        &[
            ["2030-04-07", "emu_v5.md", "EMUv5: An Incremental Improvement"],
            ["2030-04-24", "owls.md", "Self-Supervised Owl Learning From Image Collections"],
            ["2031-01-11", "yaks.md", "A Simple Framework for Contrastive Yaks"],
        ],
    );
}

#[test]
fn authors_after_a_title_are_no_part_of_it() {
    let note = |title: &str| format!("# {title}\n\n## Problem\nIt lacks emus.\n\n## Method\n - count\n");
    check(
        &[
            ("Counting_Emus_in_Gardens.md", &note("Counting Emus in Gardens - Gnu, et al., (2021)")),
            ("From_Owls_to_Meaning.md", &note("From Owls to Meaning: a Study - Gnu, Owl (2018)")),
            ("Rain_Is_All_Yaks_Have.md", &note("Rain Is All Yaks Have - Anna Yak et al., 2017")),
            ("Yaks_with_Deep_Ponds.md", &note("Yaks with Deep Ponds - Gnu, Owl, Yak., 2012")),
        ],
        &[
            ["notes", "Counting_Emus_in_Gardens.md", "Counting Emus in Gardens"],
            ["notes", "From_Owls_to_Meaning.md", "From Owls to Meaning: a Study"],
            ["notes", "Rain_Is_All_Yaks_Have.md", "Rain Is All Yaks Have"],
            ["notes", "Yaks_with_Deep_Ponds.md", "Yaks with Deep Ponds"],
        ],
    );
}

#[test]
fn a_file_of_papers_to_read_is_a_list() {
    let note = |title: &str| format!("# {title}\n\nAnna Gnu\n\n---\n\nThis paper shows small emus.\n\n- one\n- two\n");
    let listed = |title: &str| format!("## {title}\n\nBert Owl\n\n---\n\n- https://example.org/paper\n\n---\n\n");
    let list = format!(
        "# To Read\n\n{}{}{}",
        listed("Rain is not Weather (2031)"),
        listed("Emu Routing Between Gardens (2030)"),
        listed("Learning Owl Dynamics from Ponds (2029)")
    );
    let log = read(&[
        ("gardens-of-emus.md", &note("Gardens of Small Emus (2031)")),
        ("lakes-of-gnus.md", &note("Lakes of Sparse Gnus (2029)")),
        ("owls-as-memory.md", &note("Owls as Memory (2028)")),
        ("to-read.md", &list),
    ]);
    let unread: Vec<&str> = log.entries.iter().filter(|it| !it.read).map(|it| &*it.title).collect();
    assert_eq!(unread, ["Rain is not Weather", "Emu Routing Between Gardens", "Learning Owl Dynamics from Ponds"]);
    assert_eq!(log.entries.len(), 6);
}

#[test]
fn a_front_page_that_repeats_the_titles_in_its_files_is_an_index() {
    let paper = |title: &str| {
        format!(
            "## [{title}](https://arxiv.org/pdf/2031.00001.pdf) (CVPR 2031)\nWe count birds.\n\n### Training\nmore\n\n"
        )
    };
    let item = |title: &str| format!(" - [{title}](https://arxiv.org/pdf/2031.00001.pdf) (CVPR 2031)\n");
    let topics = [
        ["Emus at Work on the Plain", "Adaptive Owls for Seeing at Night"],
        ["The Gnu Loss: a Study of Walking", "Panoptic Yaks in the Rain"],
        ["Elks by Pace Prediction", "Cross-Stream Counting of Birds"],
    ];
    let file = |at: usize| topics[at].map(paper).concat();
    let index: String = topics
        .iter()
        .zip(["birds", "cattle", "deer"])
        .map(|(titles, name)| format!("### [{name}]({name}.md)\n{}\n", titles.map(item).concat()))
        .collect();
    let index = format!("# Short Paper Summaries\n\n## Contents\nPapers with a link have been summarized.\n\n{index}");
    let log = read(&[("README.md", &index), ("birds.md", &file(0)), ("cattle.md", &file(1)), ("deer.md", &file(2))]);
    let titles: Vec<&str> = log.entries.iter().map(|it| &*it.title).collect();
    assert_eq!(titles, topics.concat());
}
