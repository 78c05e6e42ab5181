//! Folders in which every file lists several papers.

use super::{check, papers, read};

#[test]
fn days_that_start_with_linked_papers_are_lists() {
    let day = |one: &str, other: &str| {
        format!(
            "\n- [{one}](https://arxiv.org/abs/2031.01234), A. Owl et al.\n  - they run\n\
             - [{other}](https://arxiv.org/abs/2031.05678), B. Gnu.\n"
        )
    };
    let log = read(&[
        ("2031-05-17-notes.md", &day("Emus at Work on the Plain", "Owls at Night: a Survey")),
        ("2031-05-18-notes.md", &day("Gnus Learn to Run", "Yaks in the Rain")),
        ("2031-05-19-notes.md", &day("Moas and Kiwis", "Keas at Play with Snow")),
        ("2031-05-20-notes.md", &day("Elks Count to Ten", "Seals Learn to Fish at Dusk")),
    ]);
    let dates: Vec<String> = papers(&log).into_iter().map(|[date, ..]| date).collect();
    assert_eq!(dates, [17, 17, 18, 18, 19, 19, 20, 20].map(|day| format!("2031-05-{day}")));
}

#[test]
fn papers_that_share_an_outline_are_a_list() {
    let paper = |title: &str| {
        format!("# {title} - Owl Gnu - NeurIPS 2031\n\n## Abstract\n\nx\n\n## Summary\n\nThe paper is on arXiv.\n\n")
    };
    let topic = |one: &str, other: &str| paper(one) + &paper(other);
    let log = read(&[
        ("birds/README.md", &topic("Emus at Work: Deep Learning of Birds", "Owls at Night: a Survey of Attention")),
        ("cattle/README.md", &topic("Gnus Learn to Run: Object Detection", "Yaks: Neural Networks in the Rain")),
        ("deer/README.md", &topic("Elks Count to Ten: a Survey of Counting", "Moose: Deep Neural Networks in Snow")),
    ]);
    let files: Vec<String> = papers(&log).into_iter().map(|[_, file, _]| file).collect();
    assert_eq!(files, ["birds", "birds", "cattle", "cattle", "deer", "deer"].map(|it| format!("{it}/README.md")));
}

#[test]
fn parts_of_summaries_that_share_an_outline_are_no_list() {
    let pass = |number: usize| format!("## Pass {number} on Neural Networks\n\n### Claims\n\nx\n\n### Doubts\n\ny\n\n");
    let paper = |title: &str| format!("# {title}\n\nhttps://arxiv.org/abs/2031.01234\n\n{}{}", pass(1), pass(2));
    check(
        &[
            ("emus.md", &paper("Emus at Work on the Plain")),
            ("owls.md", &paper("Owls at Night: a Survey")),
            ("gnus.md", &paper("Gnus Learn to Run")),
        ],
        &[
            ["notes", "emus.md", "Emus at Work on the Plain"],
            ["notes", "owls.md", "Owls at Night: a Survey"],
            ["notes", "gnus.md", "Gnus Learn to Run"],
        ],
    );
}
