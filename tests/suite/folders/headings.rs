//! Notes on one paper each that are titled by their first headings, whatever their files are named.

use super::{check, read};

#[test]
fn a_heading_is_a_better_title_than_a_number() {
    let note = |title: &str| {
        format!("## {title}\n\n#### Anna Gnu. BirdConf 2031.\n\nThey count. Paper: https://arxiv.org/abs/2031.00001\n")
    };
    check(
        &[
            ("1.md", &note("Sparse Emus: Learning to Count over Dynamic Plains")),
            ("2.md", &note("Emu R-CNN.")),
            ("3.md", &note("How do owls draw maps?")),
            ("4.md", &note("Adversarial Gnus")),
        ],
        &[
            ["notes", "1.md", "Sparse Emus: Learning to Count over Dynamic Plains"],
            ["notes", "2.md", "Emu R-CNN"],
            ["notes", "3.md", "How do owls draw maps?"],
            ["notes", "4.md", "Adversarial Gnus"],
        ],
    );
}

#[test]
fn a_sure_title_in_a_heading_needs_no_siblings() {
    let log = read(&[
        (
            "emu.md",
            "# EMU: Context-Aware Counting for Relation Modeling.\n\n[paper](http://birds.example.edu/emu.pdf)\n\nThey differ.\n",
        ),
        ("gnu-tree.md", "# for classification\n\n[video](https://www.youtube.com/watch?v=abc)\n\n- split the plain\n"),
        ("bagging-gnus.md", "# basic idea\n\nmany weak gnus make a strong one\n"),
    ]);
    assert!(log.entries.iter().any(|entry| *entry.title == *"EMU: Context-Aware Counting for Relation Modeling"));
}

#[test]
fn a_linked_heading_may_lack_its_space() {
    let note = |title: &str| format!("{title}\n\n## Key ideas\n\n- The kernel counts, the library walks.\n");
    check(
        &[
            ("Emu.md", &note("#[Emu: an Architecture for Counting](https://arxiv.org/abs/2031.00001)")),
            ("Gnu.md", &note("#![Gnu: Maximizing Grass on a Shared Plain](https://arxiv.org/abs/2031.00002)")),
            ("Owls.md", &note("# [Fast Owls for Seeing at Night](https://arxiv.org/abs/2031.00003)")),
        ],
        &[
            ["notes", "Emu.md", "Emu: an Architecture for Counting"],
            ["notes", "Gnu.md", "Gnu: Maximizing Grass on a Shared Plain"],
            ["notes", "Owls.md", "Fast Owls for Seeing at Night"],
        ],
    );
}

#[test]
fn an_index_says_which_notes_are_on_unread_papers() {
    let note = |title: &str| format!("# {title}\n#### Gnu et al. (2031)\n\nTwo emus play a game.\n");
    let log = read(&[
        (
            "README.md",
            "# Papers\n\n### Winter 2032\n\n\
             * [**TODO:** Emu Critic (EC)](notes/EC/EC.md) &mdash; *Owl et al.* [[arXiv](https://arxiv.org/abs/2031.00001)]\n\n\
             * [Model-Free Owls with Policies](notes/owls/owls.md) &mdash; *Gnu et al.* [[arXiv](https://arxiv.org/abs/2031.00002)]\n\n\
             ### Fall 2031\n\n\
             * [Generative Adversarial Gnus](notes/GAG/GAG.md) &mdash; *Gnu et al.* [[arXiv](https://arxiv.org/abs/2031.00003)]\n",
        ),
        ("notes/EC/EC.md", "# Emu Critic: Counting without Samples\n#### Owl et al. (2032)\n\n"),
        ("notes/owls/owls.md", &note("Model-Free Owls with Policies")),
        ("notes/GAG/GAG.md", &note("Generative Adversarial Gnus")),
    ]);
    let unread: Vec<&str> = log.entries.iter().filter(|it| !it.read).map(|it| &*it.title).collect();
    assert_eq!((log.entries.len(), unread), (3, vec!["Emu Critic: Counting without Samples"]));
}

#[test]
fn several_papers_with_a_top_heading_each_are_a_list() {
    let long = |title: &str| format!("# {title}\n\n## 0. ABSTRACT\n\n讲了计数。\n\n## 1. INTRODUCTION\n\n很慢。\n\n");
    let short = |title: &str| format!("# {title}\n\n没有怎么看懂，先放着。\n\n");
    check(
        &[
            ("README.md", "# PaperNotes\n"),
            (
                "close.md",
                &[long("Local Counts of Very Large Emu Herds"), long("Merging Narrow Owls into Wide Ones")].concat(),
            ),
            (
                "far.md",
                &[
                    short("Guessing Which Gnus Will Run Next Week"),
                    short("Gnus that Predict the Rain"),
                    short("Quick Repair of Yaks before the Snow"),
                ]
                .concat(),
            ),
            ("once.md", "# Wombat: Counting Very Small Objects\n\n一页纸看完。\n"),
        ],
        &[
            ["", "close.md", "Local Counts of Very Large Emu Herds"],
            ["", "close.md", "Merging Narrow Owls into Wide Ones"],
            ["", "far.md", "Guessing Which Gnus Will Run Next Week"],
            ["", "far.md", "Gnus that Predict the Rain"],
            ["", "far.md", "Quick Repair of Yaks before the Snow"],
            ["notes", "once.md", "Wombat: Counting Very Small Objects"],
        ],
    );
}

#[test]
fn a_topic_above_a_single_linked_heading_is_not_the_title() {
    let paper = |title: &str, url: &str| format!("### {title}\n\n<{url}>\n\nBirds are counted.\n\n");
    let arxiv = "https://arxiv.org/abs/2031.00001";
    check(
        &[
            ("Day.md", &format!("# Birds by Day\n\n{}", paper("Round paths for gated emus", arxiv))),
            (
                "Night.md",
                &format!(
                    "# Birds by Night\n\n{}{}",
                    paper("Owls that Improve by Mutation", arxiv),
                    paper("Moths Found by Rival Teams", arxiv)
                ),
            ),
            (
                "Other.md",
                &[
                    paper("Gnus that Test Networks", arxiv),
                    paper("Fairness of Yaks", "https://people.example.edu/fair.pdf"),
                ]
                .concat(),
            ),
        ],
        &[
            ["Birds by Day", "Day.md", "Round paths for gated emus"],
            ["Birds by Night", "Night.md", "Owls that Improve by Mutation"],
            ["Birds by Night", "Night.md", "Moths Found by Rival Teams"],
            ["", "Other.md", "Gnus that Test Networks"],
            ["", "Other.md", "Fairness of Yaks"],
        ],
    );
}

#[test]
fn a_title_that_is_repeated_below_is_no_second_paper() {
    let note = |title: &str, below: &str| {
        format!("# {title}\n\nDate: 6/25/2031\n\nhttps://arxiv.org/abs/2031.00001\n\n- They count.\n\n{below}")
    };
    let again = note("Emus at Work: Counting Birds on the Plain", "# Emus at Work: Counting Birds\n\n- Many.\n");
    let files = [
        ("emus.md", again),
        ("elks.md", note("Elks Count to Ten", "")),
        ("gnus.md", note("Gnus Learn to Run", "")),
        ("moas.md", note("A Study of Moas and Kiwis", "")),
        ("owls.md", note("Owls at Night: a Survey", "")),
        ("yaks.md", note("Yaks: The Long Way Home", "")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let titles: Vec<String> = read(&files).entries.into_iter().map(|entry| entry.title.to_string()).collect();
    assert_eq!(titles.len(), files.len(), "{titles:?}");
    assert!(!titles.contains(&"Emus at Work: Counting Birds".to_owned()), "{titles:?}");
}

#[test]
fn a_state_or_topic_in_brackets_above_the_title_is_no_title() {
    let note = |title: &str| {
        format!("# {title}\n\n## Introduction\n\nBirds, https://arxiv.org/abs/2031.00001\n\n## Method\n\nx\n")
    };
    check(
        &[
            ("EMUS.md", &format!("# (미완)\n\n{}", note("EMUS: Counting with Extracted Birds"))),
            (
                "[鸟类]How Many Owls Are There_ A Survey.md",
                &format!("# [BirdConf]鸟\n{}", note("How Many Owls Are There?  A Survey")),
            ),
            ("gnus.md", &note("Gnus Learn to Run")),
            ("yaks.md", &format!("# [Yaks in Rain]\n\n{}", note("Method").replace("# Method\n\n## I", "# I"))),
        ],
        &[
            ["notes", "EMUS.md", "EMUS: Counting with Extracted Birds"],
            ["notes", "[鸟类]How Many Owls Are There_ A Survey.md", "How Many Owls Are There? A Survey"],
            ["notes", "gnus.md", "Gnus Learn to Run"],
            ["notes", "yaks.md", "Yaks in Rain"],
        ],
    );
}

#[test]
fn a_first_heading_is_the_title_that_the_name_of_the_file_is_short_for() {
    let note = |title: &str| {
        format!("# {title}\n\n[논문](https://arxiv.org/pdf/2031.00001)\n\n## Abstract\n\n* birds\n\n## Method\n\n* x\n")
    };
    check(
        &[
            (
                "EMUGAN.md",
                "## Counting beyond herds using a learned eye\n\n### EMU-GAN\n\n* count\n\n### Loss\n\n* sum\n",
            ),
            (
                "GNU.md",
                "## Gnu Tokens\n\n### *Gnu Tokens: Herds without Names in Grassland*\n\n* no labels\n\n### GNU\n\n* x\n",
            ),
            ("Owl.md", "## What we count and why\n\n* https://arxiv.org/abs/2031.00002\n\n## Loss\n\n* sum\n"),
            ("Yak1.md", &note("Yak 1: Adaptive Herds for Custom Rain")),
            ("Yak2.md", &note("Yak 2: Adaptive Herds for Custom Snow")),
            ("Yak3.md", &note("Yak 3: Adaptive Herds for Custom Hail")),
        ],
        &[
            ["notes", "EMUGAN.md", "Counting beyond herds using a learned eye"],
            ["notes", "GNU.md", "Gnu Tokens: Herds without Names in Grassland"],
            ["notes", "Owl.md", "Owl"],
            ["notes", "Yak1.md", "Yak 1: Adaptive Herds for Custom Rain"],
            ["notes", "Yak2.md", "Yak 2: Adaptive Herds for Custom Snow"],
            ["notes", "Yak3.md", "Yak 3: Adaptive Herds for Custom Hail"],
        ],
    );
}

#[test]
fn a_title_below_its_label_may_be_wrapped() {
    let note = |title: &str| format!("\n# Title\n{title}\n\n# Info\n\nBird Journal (2031)\n\n# Intro\n\nThey count.\n");
    check(
        &[
            (
                "2031/0517 - emus.md",
                &note(
                    "The Effect of Ignoring Emus in Counts of Birds\nConducted in Open Plains: An Example\nwith Herd Data",
                ),
            ),
            (
                "2031/0518 - gnus.md",
                &note("Control of Gnus in Studies of Open Grassland\nAnna Owl, Bert Yak and Cara Elk"),
            ),
            ("2031/0519 - owls.md", &note("Owls that See\nWe read it in the dark for a whole night.")),
        ],
        &[
            [
                "2031-05-17",
                "2031/0517 - emus.md",
                "The Effect of Ignoring Emus in Counts of Birds Conducted in Open Plains: An Example with Herd Data",
            ],
            ["2031-05-18", "2031/0518 - gnus.md", "Control of Gnus in Studies of Open Grassland"],
            ["2031-05-19", "2031/0519 - owls.md", "Owls that See"],
        ],
    );
}
