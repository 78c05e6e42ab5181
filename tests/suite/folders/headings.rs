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
    assert!(log.entries.iter().any(|entry| entry.title == "EMU: Context-Aware Counting for Relation Modeling"));
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
    let unread: Vec<&str> = log.entries.iter().filter(|it| !it.read).map(|it| it.title.as_str()).collect();
    assert_eq!((log.entries.len(), unread), (3, vec!["Emu Critic: Counting without Samples"]));
}
