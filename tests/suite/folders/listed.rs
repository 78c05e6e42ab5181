//! Indexes whose papers have files only in part, and files whose titles are only in an index.

use super::{check, papers, read};

fn titles(files: &[(&str, &str)]) -> Vec<String> {
    papers(&read(files)).into_iter().map(|[_, _, title]| title).collect()
}

#[test]
fn a_paper_in_an_index_and_a_note_is_one_paper() {
    let index = "# summaries\n\nSummaries of papers on birds.\n\n\
        * Emus at Work on the Plain. [Paper](https://arxiv.org/abs/2031.00001) [Slides](https://zoo.org/1)\n\n\
        * Gnus Learn to Run. [Paper](https://arxiv.org/abs/2031.00002) [Summary](https://github.com/anna/x/blob/main/gnus.pdf)\n\n\
        * Owls at Night: a Survey. [Paper](https://arxiv.org/abs/2031.00003) [Summary](https://github.com/anna/x/blob/main/owls.md)\n\n\
        * Yaks in the Rain. [Paper](https://arxiv.org/abs/2031.00004)\n";
    check(
        &[
            ("README.md", index),
            ("owls.md", "# [Owls at Night: a Survey](https://arxiv.org/abs/2031.00003)\n\n* They see.\n"),
        ],
        &[
            ["summaries", "README.md", "Emus at Work on the Plain"],
            ["summaries", "README.md", "Gnus Learn to Run"],
            ["summaries", "README.md", "Yaks in the Rain"],
            ["notes", "owls.md", "Owls at Night: a Survey"],
        ],
    );
}

#[test]
fn links_are_resolved_from_the_folder_of_the_index() {
    let index = |month: &str, one: &str, other: &str, outside: &str| {
        format!(
            "# 2031 {month}\n## Full list of papers - updated weekly\n* {one} ([Anna](./notes/anna_1.md))\n* {other} ([Anna](./notes/anna_2.md))\n\
             * {outside} ([Bert](https://zoo.org/{month}))\n"
        )
    };
    let note = |title: &str| format!("# {title}\n## A. Owl - NeurIPS 2031\n---\n\n* They do.\n");
    let may = index("May", "Emus at Work on the Plain", "Owls at Night: a Survey", "Gnus Learn to Run");
    let june = index("June", "Yaks in the Rain", "Moas and Kiwis on Islands", "Elks Count to Ten: a Survey");
    check(
        &[
            ("2031/05/README.md", &may),
            ("2031/05/notes/anna_1.md", &note("Emus at Work on the Plain")),
            ("2031/05/notes/anna_2.md", &note("Owls at Night: a Survey")),
            ("2031/06/README.md", &june),
            ("2031/06/notes/anna_1.md", &note("Yaks in the Rain")),
            ("2031/06/notes/anna_2.md", &note("Moas and Kiwis on Islands")),
        ],
        &[
            ["2031-05", "2031/05/README.md", "Gnus Learn to Run"],
            ["2031-05", "2031/05/notes/anna_1.md", "Emus at Work on the Plain"],
            ["2031-05", "2031/05/notes/anna_2.md", "Owls at Night: a Survey"],
            ["2031-06", "2031/06/README.md", "Elks Count to Ten: a Survey"],
            ["2031-06", "2031/06/notes/anna_1.md", "Yaks in the Rain"],
            ["2031-06", "2031/06/notes/anna_2.md", "Moas and Kiwis on Islands"],
        ],
    );
}

#[test]
fn papers_of_an_index_without_files_are_kept() {
    let index = "# papers-i-read\n\n## List of papers\n\n- [Emus at Work on the Plain](https://zoo.org/emus)\n\
        - [Owls at Night: a Survey](https://zoo.org/owls)\n- [Gnus Learn to Run](https://zoo.org/gnus)\n\
        - [Yaks in the Rain of Spring](https://gist.github.com/anna/1)\n\n## More\n\n- [All of my talks](talks/)\n";
    let post = |title: &str| format!("---\nlayout: post\ntitle: \"{title}\"\n---\n\n## Introduction\n\n* They do.\n");
    check(
        &[
            ("README.md", index),
            ("_posts/2031-05-17-emus.md", &post("Emus at Work on the Plain")),
            ("_posts/2031-05-18-owls.md", &post("Owls at Night: a Survey")),
            ("_posts/2031-05-19-gnus.md", &post("Gnus Learn to Run")),
        ],
        &[
            ["List of papers", "README.md", "Yaks in the Rain of Spring"],
            ["2031-05-17", "_posts/2031-05-17-emus.md", "Emus at Work on the Plain"],
            ["2031-05-18", "_posts/2031-05-18-owls.md", "Owls at Night: a Survey"],
            ["2031-05-19", "_posts/2031-05-19-gnus.md", "Gnus Learn to Run"],
        ],
    );
}

#[test]
fn notes_without_titles_take_those_of_the_index() {
    let index = "# papers\n1. EMU https://arxiv.org/pdf/2031.00001\n2. A Long Look at Owls at Night https://arxiv.org/pdf/2031.00002\n\
        3. Gnus Learn to Run https://arxiv.org/pdf/2031.00003\n4. Yaks are all you Need https://arxiv.org/pdf/2031.00004\n";
    let found = titles(&[
        ("README.md", index),
        ("EMU.md", "# Architecture\nOnly the left half.\n"),
        ("Look_at_Owls_at_Night.md", "# Abstract\nOwls see.\n\n# Two Stages\nThey look twice.\n"),
        ("Yaks-are-all-you-Need.md", "# Architecture\nA picture of the yak.\n"),
    ]);
    assert_eq!(found, ["Gnus Learn to Run", "EMU", "A Long Look at Owls at Night", "Yaks are all you Need"]);
}

#[test]
fn the_table_of_an_index_has_the_titles() {
    let row = |title: &str, file: &str, year: u32| {
        format!("| {title} | A. Owl | [Summary](./texts/{file}.md) | [Paper](https://arxiv.org/abs/{year}.00001) |\n")
    };
    let head = "| Title | Authors | Summary | Link |\n|---|---|---|---|\n";
    let index = format!(
        "# Papers on Birds\n\n## Day\n\n{head}{}{}\n## Night\n\n{head}{}",
        row("Emus at Work on the Plain", "day/FastEmus", 2031),
        row("Three scenarios for gnus", "day/three-gnus", 2030),
        row("Owls at Night and their memory", "night/OWL", 2029),
    );
    let note = |word: &str| format!("### Abstract\n- They {word}.\n\n### Method\n- See section 3 of the paper.\n");
    check(
        &[
            ("README.md", &index),
            ("texts/day/FastEmus.md", &note("run")),
            ("texts/day/three-gnus.md", &note("count")),
            ("texts/night/OWL.md", &note("see")),
        ],
        &[
            ["day", "texts/day/FastEmus.md", "Emus at Work on the Plain"],
            ["day", "texts/day/three-gnus.md", "Three scenarios for gnus"],
            ["texts", "texts/night/OWL.md", "Owls at Night and their memory"],
        ],
    );
}

#[test]
fn a_dated_index_names_notes_that_only_hold_points() {
    let index = "## paper-notes\n\n#### 2031-05\n\
        * Emus at Work on the Plain [[Link](https://arxiv.org/abs/2031.00001)] [[Notes](papers/emus.md)]\n\
        * Owl Dimming [[Notes](papers/owl-dimming.md)] [[link](https://arxiv.org/abs/2031.00002)]\n\n\
        #### 2031-06\n* Do You Have the Right Gnu? Tailoring Herds via Counting [[Notes](papers/gnu.md)]\n";
    let points = "\n* Older work looks at each bird alone.\n* Here two are compared feather by feather.\n";
    let gnu = format!("## Do You Have the Right Gnu? Tailoring Herds via Counting\n{points}");
    check(
        &[
            ("README.md", index),
            ("papers/emus.md", &format!("### Notes\n{points}")),
            ("papers/gnu.md", &gnu),
            ("papers/owl-dimming.md", &format!("### Notes\n{points}")),
        ],
        &[
            ["2031-05", "papers/emus.md", "Emus at Work on the Plain"],
            ["2031-06", "papers/gnu.md", "Do You Have the Right Gnu? Tailoring Herds via Counting"],
            ["2031-05", "papers/owl-dimming.md", "Owl Dimming"],
        ],
    );
}

#[test]
fn a_file_that_several_entries_of_an_index_link_to_is_a_list() {
    let index = "# papers\n\n- [Emus at Work on the Plain](birds.md#emus) https://arxiv.org/abs/2031.00001\n\
        - [Owls at Night: a Survey](birds.md#owls) https://arxiv.org/abs/2031.00002\n\
        - [Gnus Learn to Run](gnus.md) https://arxiv.org/abs/2031.00003\n";
    let birds = "## Emus\n\nThey run.\n\n## Owls\n\nThey see.\n";
    let found = titles(&[("README.md", index), ("birds.md", birds), ("gnus.md", "# Gnus Learn to Run\n\nThey do.\n")]);
    assert!(!found.contains(&"birds".to_owned()), "{found:?}");
}
