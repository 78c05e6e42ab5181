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

#[test]
fn a_table_of_one_paper_is_a_list_like_longer_ones() {
    let table = |topic: &str, titles: &[&str]| {
        let row =
            |title: &&str| format!("|[{title}](https://arxiv.org/pdf/2031.00001.pdf)|Paper|BirdConf|counts birds\n");
        let rows: String = titles.iter().map(row).collect();
        format!("# Birds - {topic}\n|Title|Type|Venue|Remarks\n|--|--|--|--|\n{rows}\n[Back](../README.md)\n")
    };
    check(
        &[
            ("day.md", &table("By Day", &["Emus at Work on the Plain", "Gnus Learn to Run", "Yaks in the Rain"])),
            ("night.md", &table("Night", &["Owls that See at Night"])),
        ],
        &[
            ["Birds - By Day", "day.md", "Emus at Work on the Plain"],
            ["Birds - By Day", "day.md", "Gnus Learn to Run"],
            ["Birds - By Day", "day.md", "Yaks in the Rain"],
            ["Birds - Night", "night.md", "Owls that See at Night"],
        ],
    );
}

#[test]
fn posts_with_several_headings_of_papers_are_lists() {
    let titles = [
        "Let's Go Counting (LGC)",
        "Closing the Emu Gap: Many Grains of Birds",
        "Chain-of-Gnu: Counting Tables of Fast Birds",
    ];
    let several: String = titles.iter().map(|title| format!("### {title}\n\nThey count.\n\n")).collect();
    let log = read(&[
        ("_posts/2031-5-17-several.md", &several),
        ("_posts/2031-5-18-owls.md", "Owls are Birds of Many States\n\nowls can be thought of as birds\n"),
    ]);
    let found: Vec<String> =
        papers(&log).into_iter().map(|[.., title]| title).filter(|it| !it.contains("Owls")).collect();
    assert_eq!(found, titles);
}

#[test]
fn files_of_several_papers_tell_what_a_folder_is_about() {
    let paper = |title: &str| format!("# {title}\n\n## Keypoints\n\n* few birds\n\n## Approaches\n\n* count them\n\n");
    let titles = ["Emus: Fully Counted One-Stage Birds", "Birds as Dots", "OwlBox: Beyond Nest-based Birds of Night"];
    let several = titles.map(paper).concat();
    let files = [
        ("birds/day.md", several),
        (
            "birds/even.md",
            [
                paper("Counting with even-sized wings and tails"),
                paper("Soft Convolutional Gnus"),
                paper("Soft Gnus v2: More Gnus, Better Counts"),
            ]
            .concat(),
        ),
        ("birds/far.md", paper("Round paths for gated emus")),
        ("herds/yaks.md", paper("Yaks Learn to Walk at Ten Miles with Long Legs")),
        ("words.md", "## 用法\n\n* 飞\n".to_owned()),
    ];
    let log = read(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    let count = |name: &str| papers(&log).iter().filter(|[_, file, _]| file == name).count();
    assert_eq!(files.each_ref().map(|(name, _)| count(name)), [3, 3, 1, 1, 0], "{:?}", papers(&log));
}
