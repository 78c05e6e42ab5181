//! Titles and dates of files with unusual names, headings or front matter.

use super::{check, papers, read};

#[test]
fn days_of_a_journal_are_not_papers() {
    let day = |title: &str, text: &str| format!("---\ntitle: {title}\n---\n\n{text}");
    let linked = |title: &str| format!("## read [{title}](https://arxiv.org/abs/2031.01234) #paper\n### they do\n");
    let log = check(
        &[
            ("journals/2031_05_17.md", &day("May 17th, 2031", "## long walk\n")),
            ("journals/2031_05_18.md", &day("May 18th, 2031", &linked("Emus at Work on the Plain"))),
            ("journals/2031_05_19.md", &day("May 19th, 2031", &linked("Owls at Night: a Survey"))),
            ("journals/2031_05_20.md", &day("May 20th, 2031", "## met Anna\n")),
        ],
        &[
            ["2031-05-18", "journals/2031_05_18.md", "Emus at Work on the Plain"],
            ["2031-05-19", "journals/2031_05_19.md", "Owls at Night: a Survey"],
        ],
    );
    assert_eq!(log.sections.len(), 4, "each day keeps its notes");
}

#[test]
fn items_of_journal_days_are_papers() {
    let day = |title: &str| {
        format!(
            "- ## Papers\n\t- [{title}](https://arxiv.org/abs/2031.01234) #paper\n\t\t- they do\n\
             \t- [{title}, Part 2](https://arxiv.org/abs/2031.05678) #paper\n"
        )
    };
    let log = read(&[
        ("journals/2031_05_17.md", &day("Emus at Work on the Plain")),
        ("journals/2031_05_18.md", &day("Owls at Night: a Survey")),
        ("journals/2031_05_19.md", &day("Gnus Learn to Run")),
    ]);
    let dates: Vec<String> = papers(&log).into_iter().map(|[date, ..]| date).collect();
    assert_eq!(dates, [17, 17, 18, 18, 19, 19].map(|day| format!("2031-05-{day}")));
}

#[test]
fn titles_below_a_label_and_dates_of_month_and_day() {
    let note = |title: &str| format!("# Title\n{title}\n\n# Info\nAuthor: A. Owl\n\n# Main\n- they do\n");
    check(
        &[
            ("2031/0517 - birds - Emus at Work.md", &note("Emus at work: a guide to counting")),
            ("2031/0520 - Owls.md", &note("Owls of old and their memory for places")),
            ("2031/1102 - Yaks.md", &note("Yaks in the rain and what they do")),
        ],
        &[
            ["2031-05-17", "2031/0517 - birds - Emus at Work.md", "Emus at work: a guide to counting"],
            ["2031-05-20", "2031/0520 - Owls.md", "Owls of old and their memory for places"],
            ["2031-11-02", "2031/1102 - Yaks.md", "Yaks in the rain and what they do"],
        ],
    );
}

#[test]
fn a_title_below_its_label_can_follow_the_authors() {
    let note = |day: &str, title: &str| {
        format!("05/{day}/31\n## Authors:\nOwl, A\n## Title:\n{title}\n## Keywords:\nbirds\n## Notes:\nThey do.\n")
    };
    check(
        &[
            ("Gnu2030GR.md", &note("19", "Gnus learn to run over the plain")),
            ("Owl2029ON.md", &note("17", "Owls at night and their memory for places")),
            ("Yak2031YR.md", &note("23", "Yaks in the rain: a survey of wet cattle")),
        ],
        &[
            ["2031-05-19", "Gnu2030GR.md", "Gnus learn to run over the plain"],
            ["2031-05-17", "Owl2029ON.md", "Owls at night and their memory for places"],
            ["2031-05-23", "Yak2031YR.md", "Yaks in the rain: a survey of wet cattle"],
        ],
    );
}

#[test]
fn a_table_of_papers_to_compare_is_part_of_a_note() {
    let row = |n: usize| format!("| Yaks in the Rain: a Survey, Part {n} | Owl et al. | 2030 | baseline |\n");
    let rows: String = (1..5).map(row).collect();
    let note = |title: &str| {
        format!(
            "# {title}\n\n- **Authors:** A. Gnu, B. Owl\n- **Published:** NeurIPS 2031 (arXiv:2031.01234)\n\n## First pass\n\n\
             They do.\n\n## Comparison Papers\n\n| Paper | Authors | Year | Relation |\n|---|---|---|---|\n{rows}"
        )
    };
    check(
        &[
            ("2031/emus/README.md", &note("Emus at Work: Counting on the Plain")),
            ("2031/gnus/README.md", &note("Gnus Learn to Run and to Rest")),
            ("2031/owls/README.md", &note("Owls of Old and Their Long Memory")),
        ],
        &[
            ["2031", "2031/emus/README.md", "Emus at Work: Counting on the Plain"],
            ["2031", "2031/gnus/README.md", "Gnus Learn to Run and to Rest"],
            ["2031", "2031/owls/README.md", "Owls of Old and Their Long Memory"],
        ],
    );
}

#[test]
fn a_folder_per_paper_holds_memos() {
    let log = read(&[
        ("Emus at Work: a Field Study of Birds/memo.md", "## Abstract\n\nx\n\n## Method\n\ny\n\n## Results\n\nz\n"),
        ("Owls/memo.md", "###### tags: `notes`\n\n# Owls at Night: a Survey\n\n## Abstract\n\nx\n\n## Method\n\ny\n"),
        ("Yaks in the Rain/memo.md", "# Yaks in the Rain\n\n## Abstract\n\nx\n\n## Results\n\nz\n"),
    ]);
    let titles: Vec<&str> = log.entries.iter().map(|entry| &*entry.title).collect();
    assert_eq!(titles, ["Emus at Work: a Field Study of Birds", "Owls at Night: a Survey", "Yaks in the Rain"]);
}

#[test]
fn files_named_after_years_list_the_papers_of_the_year() {
    let year = |year: u32| {
        let item = |n: usize| {
            let doi = format!("[doi: 10.1000/{n}](https://doi.org/10.1000/{n})");
            format!(
                "{n}. Owl, A. & Gnu, B. Emus at work and at rest, part {n}. *Journal of Birds* {n}, 1–20 ({year}). {doi}\n\n"
            )
        };
        format!(
            "---\ntitle: \"My papers {year}\"\n---\n\n## Papers read in {year}\n\n{}",
            (1..6).map(item).collect::<String>()
        )
    };
    let log = read(&[("2030.md", &year(2030)), ("2031.md", &year(2031))]);
    assert_eq!(log.entries.len(), 10, "{:?}", papers(&log));
}

#[test]
fn topics_before_the_title_in_a_name_are_no_part_of_it() {
    let note = |title: &str| {
        format!("# {title}\n\n## 背景\n\n见 https://arxiv.org/abs/2031.00001\n\n## 方法\n\n1. 数\n2. 看\n")
    };
    let plain = "# 背景\n多跳数数。\n# 问题\n离散。\n# 方法或模型\n先数后看。\n";
    let two = "# 问题形式\n# How to Ask Better Emus? A Study of Questions\n# 背景\n有些问题。\n\n参考 https://arxiv.org/abs/2031.00002\n";
    let log = read(&[
        ("[TODO][鸟类]EmuNet Towards End-to-End Counting.md", plain),
        ("[鸟类阅读]Dynamic Counting of Owls at Night.md", plain),
        ("[多标签]GnuRank Ranking of Gnus on the Plain.md", &note("GnuRank Ranking of Gnus on the Plain")),
        ("[知识表示]What is a Yak on the Way Home.md", &note("What is a Yak on the Way Home")),
        ("[问题形式]How to Ask Better Emus.md", two),
    ]);
    let mut titles: Vec<&str> = log.entries.iter().map(|entry| &*entry.title).collect();
    titles.sort_unstable();
    assert_eq!(
        titles,
        [
            "Dynamic Counting of Owls at Night",
            "EmuNet Towards End-to-End Counting",
            "GnuRank Ranking of Gnus on the Plain",
            "How to Ask Better Emus? A Study of Questions",
            "What is a Yak on the Way Home"
        ]
    );
}

#[test]
fn a_name_is_a_better_title_than_a_part_of_it_or_a_point() {
    let log = read(&[
        (
            "Emus, Water and Rest: Solving Long Journeys with Human-like Walking.md",
            "Emus, Water and Rest:\nSolving Long Journeys with Human-like\nWalking\n\n- 分解\n- 公開\n",
        ),
        (
            "OwlGPT: Integrating Seeing and Hearing at Night.md",
            "- 遅い鳥に高いレベルの仕事を分解してもらう\n- 温室で検証\n",
        ),
        (
            "Counting Gnus for Large Plains via Walking.md",
            "Counting Gnus for Large Plains via Walking\nhttps://arxiv.org/abs/2031.00001\n\n- 良い\n",
        ),
        ("The Long Way Home of Yaks and Emus.md", "https://arxiv.org/pdf/2031.00002\n\n- 短期\n- 長期\n"),
    ]);
    let titles: Vec<&str> = log.entries.iter().map(|entry| &*entry.title).collect();
    assert_eq!(
        titles,
        [
            "Emus, Water and Rest: Solving Long Journeys with Human-like Walking",
            "OwlGPT: Integrating Seeing and Hearing at Night",
            "Counting Gnus for Large Plains via Walking",
            "The Long Way Home of Yaks and Emus"
        ]
    );
}

#[test]
fn a_folder_named_after_a_month_dates_its_readme() {
    let month = |id: u8| {
        format!(
            "# EMU{id}\n[EMU{id}: Efficient Emus on the Plain](https://arxiv.org/abs/2031.0000{id})\n\n## 贡献\n+ 快\n\n\
             # OWL{id}\n[OWL{id}: Long-Range Owls at Night](https://arxiv.org/abs/2031.0001{id})\n\n## 贡献\n+ 少\n"
        )
    };
    let log = read(&[
        ("README.md", "# update\n八月论文\n# 项目介绍\n本项目记录本人看过的论文\n"),
        ("31_8/readme.md", &month(8)),
        ("31_9/readme.md", &month(9)),
        ("31_10/readme.md", &month(1)),
    ]);
    let dates: Vec<String> = papers(&log).into_iter().map(|[date, ..]| date).collect();
    assert_eq!(dates, ["2031-08", "2031-08", "2031-09", "2031-09", "2031-10", "2031-10"]);
}

#[test]
fn a_name_outweighs_a_link_to_another_page_on_the_first_line() {
    let front = |date: &str| format!("---\ntags:\n  - birds\ndate: {date}\n---\n\n");
    let points = "\n- 动机：计数太慢；\n- 方法：训练一个网络。\n";
    let numbered = format!(
        "{}[[2031.00002] Emus at Work on the Plain](https://arxiv.org/abs/2031.00002)\n[Data](https://data.example.org/emu)\n{points}",
        front("2031-05-06")
    );
    let code = format!(
        "{}[short-owl/code: the code](https://github.com/anna/short-owl)\n[[2031.00003] Owls Shortened by Rewards](https://arxiv.org/abs/2031.00003)\n{points}",
        front("2031-05-16")
    );
    let blog = format!("[两层技能的学习 - 某乎](https://zhuanlan.example.org/p/222)\n{points}");
    check(
        &[
            ("Emus at Work on the Plain.md", &numbered),
            ("Gnus in Two Layers.md", &blog),
            ("Owls Shortened by Rewards.md", &code),
        ],
        &[
            ["2031-05-06", "Emus at Work on the Plain.md", "Emus at Work on the Plain"],
            ["notes", "Gnus in Two Layers.md", "Gnus in Two Layers"],
            ["2031-05-16", "Owls Shortened by Rewards.md", "Owls Shortened by Rewards"],
        ],
    );
}
