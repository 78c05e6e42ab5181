//! Notes whose first heading is short, part of a summary or missing.

use super::{check, papers, read};

#[test]
fn a_heading_that_is_the_name_of_the_file_is_a_title() {
    check(
        &[
            (
                "bert.md",
                "# Bert\n\nLink : https://arxiv.org/pdf/2031.00001.pdf\n\n* An owl.\n\n1. Wing vectors : kept fixed\n2. Tail vectors : tell left from right\n3. Beak vectors : tell how far\n",
            ),
            (
                "medusa.md",
                "# Medusa\n\n> Original Paper: https://arxiv.org/abs/2031.00002\n\n## Introduction\n\nx\n\n1. Heads: more of them\n2. Snakes: at a time\n",
            ),
            (
                "mixture-of-emus.md",
                "# Mixture Of Emus\n\n> Original Paper: https://arxiv.org/abs/2031.00003\n\n## Why Care?\n\nThey run.\n",
            ),
            (
                "owls.md",
                "# Uncertainty of Owls: A Simple Supervised Approach\n\n[Link](https://arxiv.org/abs/2031.00004)\n\n- A forest guesses.\n",
            ),
        ],
        &[
            ["notes", "bert.md", "Bert"],
            ["notes", "medusa.md", "Medusa"],
            ["notes", "mixture-of-emus.md", "Mixture Of Emus"],
            ["notes", "owls.md", "Uncertainty of Owls: A Simple Supervised Approach"],
        ],
    );
}

#[test]
fn a_note_beside_others_of_its_name_is_one_paper() {
    check(
        &[
            (
                "emu-dynamo/notes.md",
                "# Emu Dynamo\n\n## Motivation\n- Keep running, see https://arxiv.org/abs/2031.00001\n",
            ),
            (
                "five-stages/notes.md",
                "# Stage 1 : chick\n- eats\n\n# Stage 2 : fledgling\n- flies\n\n# Stage 3 : owl\n- sees\n",
            ),
            (
                "gnu-reduce/notes.md",
                "# GnuReduce - Simplified Running on Large Plains\n\n## Motivation\n- Many run faster.\n",
            ),
        ],
        &[
            ["notes", "emu-dynamo/notes.md", "Emu Dynamo"],
            ["notes", "five-stages/notes.md", "five stages"],
            ["notes", "gnu-reduce/notes.md", "GnuReduce - Simplified Running on Large Plains"],
        ],
    );
}

#[test]
fn files_elsewhere_in_the_tree_do_not_change_a_folder() {
    let note = |title: &str| format!("# {title}\n\nThey use a model.\n\n## 方法\n\nx\n\n## 实验\n\ny\n");
    let short = |title: &str| format!("# {title}\n\nThey use a model.\n\n## Terms\n- a word\n\n## How\nx\n");
    let manual =
        |title: &str| format!("# {title}\n\nSettings of the program.\n\n## Format\nA file.\n\n## Loading\nFirst.\n");
    let notes = [
        ("2031 Emus at Work on the Plain.md", note("Emus at Work on the Plain")),
        ("2031 Owls at Night.md", note("Owls at Night")),
        ("2032 Gnus Learn to Run.md", note("Gnus Learn to Run")),
        ("2032 Quiet Yaks.md", note("Quiet Yaks")),
        ("2033 Foldy The Moa.md", short("Foldy The Moa")),
    ];
    let manuals = ["Collider", "Config", "Energy", "Mesh", "Optimizer", "System"];
    let manuals = manuals.map(|name| (format!("docs/{name}.md"), manual(name)));
    let mut files: Vec<(&str, &str)> = notes.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let alone = papers(&read(&files));
    assert_eq!(alone.len(), notes.len(), "{alone:?}");
    files.extend(manuals.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let with: Vec<_> = papers(&read(&files)).into_iter().filter(|[_, file, _]| !file.starts_with("docs")).collect();
    assert_eq!(with, alone);
}

#[test]
fn a_numbered_heading_that_all_notes_share_is_no_title() {
    let note =
        |word: &str| format!("# 1. Reading Context\n\n- why {word}\n\n# 2. Problem\n\n- old\n\n# 3. Method\n\n- new\n");
    let log = read(&[
        ("01. Emus at Work on the Plain/README.md", &note("emus")),
        ("02. Owls at Night/README.md", &note("owls")),
        ("03. Gnus Learn to Run/README.md", &note("gnus")),
        ("04. Yaks in the Rain/README.md", &note("yaks")),
    ]);
    let titles: Vec<&str> = log.entries.iter().map(|entry| &*entry.title).collect();
    assert_eq!(titles, ["Emus at Work on the Plain", "Owls at Night", "Gnus Learn to Run", "Yaks in the Rain"]);
}

#[test]
fn notes_that_begin_with_an_abstract_are_papers() {
    let titled = |title: &str| format!("# {title}\n\n## Abstract\n\nx\n\n## 1. Introduction\n\ny\n");
    let log = read(&[
        (
            "birds/Emu-1 리뷰.md",
            "## Abstract\n\nx\n\n## 1. Introduction\n\ny\n\n1. few seeds\n2. high cost\n\n## 2. Method\n\nz\n",
        ),
        ("birds/Emu-2 리뷰.md", "\n# Abstract\n\nx\n\n## Introduction\n\ny\n\n## Method\n\nz\n"),
        ("birds/Gnus Learn to Run over the Plain.md", &titled("Gnus Learn to Run over the Plain")),
        ("birds/Owls at Night in Old Barns.md", &titled("Owls at Night in Old Barns")),
    ]);
    assert_eq!(log.entries.len(), 4, "{:?}", papers(&log));
}
