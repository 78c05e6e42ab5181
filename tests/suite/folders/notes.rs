//! Notes on one paper each, with words around the title that are no part of it, or a title behind a label.

use super::{check, papers, read};

/// The titles of a folder.
fn titles(files: &[(&str, &str)]) -> Vec<String> {
    papers(&read(files)).into_iter().map(|[.., title]| title).collect()
}

#[test]
fn words_that_only_name_a_note_are_no_part_of_its_title() {
    let note = |title: &str| format!("\n# {title}\n\n## 摘要\n\n提出了新的滤波器。\n\n## 方法\n\n两级结构。\n");
    let files = [
        ("Emus at work on the plain 阅读笔记.md", note("Emus at work on the plain 阅读笔记")),
        ("Owls: seeing at night 论文笔记.md", note("Owls: seeing at night 论文笔记")),
        ("论文深度解读：A study of gnus.md", note("论文深度解读：A study of gnus: a patient law")),
        ("The long way home.md", note("[论文精读] The long way home of yaks")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let mut found = titles(&files);
    found.sort();
    assert_eq!(
        found,
        [
            "A study of gnus: a patient law",
            "Emus at work on the plain",
            "Owls: seeing at night",
            "The long way home of yaks"
        ]
    );
}

#[test]
fn a_tag_before_a_title_says_that_the_file_is_a_note() {
    let note = |title: &str| format!("## [논문정리]{title}\n\n### Problem statement\n- 준지도 학습을 다룬다\n");
    check(
        &[
            ("EMU/README.md", &note("Counting Variational Emus (2031), Anna Gnu, Bert Emu")),
            ("OWL/README.md", &note("Seeing with Deep Owls at Night (2033), Bert Emu")),
            ("GNU/README.md", &note("A Study of Gnus (2032), Carl Yak")),
        ],
        &[
            ["notes", "EMU/README.md", "Counting Variational Emus"],
            ["notes", "OWL/README.md", "Seeing with Deep Owls at Night"],
            ["notes", "GNU/README.md", "A Study of Gnus"],
        ],
    );
}

#[test]
fn a_title_may_stand_below_a_heading_named_paper() {
    let note = |label: &str, title: &str| {
        format!(
            "### {label}\n\n{title}\n\n### Author:\n\nAnna Gnu, Bert Emu\n\n### Journal or Conference:\n\nNeurIPS, 2031\n\n### 笔记：\n\n去噪。\n"
        )
    };
    let found = titles(&[
        ("emus-at-work-2030-a.md", &note("Paper:", "Emus at Work on the Plain")),
        ("owls-seeing-2031-b.md", &note("论文：", "Owls: Seeing Well at Night")),
        ("study-of-gnus-2031-c.md", &note("題目", "A Soft Study of Gnus")),
        ("way-home-2031-d.md", &note("Paper:", "The Long Way Home of Yaks")),
    ]);
    assert_eq!(
        found,
        [
            "Emus at Work on the Plain",
            "Owls: Seeing Well at Night",
            "A Soft Study of Gnus",
            "The Long Way Home of Yaks"
        ]
    );
}

#[test]
fn a_title_may_stand_behind_its_label_in_a_later_heading() {
    let note = |title: &str| {
        format!(
            "### The progress of the reading plan: \n02 / 50\n\n## Paper Information\n#### Paper Title : {title}\n\n#### Conference : \nCVPR 2031\n\n## 笔记\n两级结构。\n"
        )
    };
    let found = titles(&[
        ("01-Emu.md", &note("\n[Emus with Folded Convolutions](https://arxiv.org/abs/3109.02983)")),
        ("02-DuOwl.md", &note("[Dual Owl Network for Scene Segmentation](https://arxiv.org/abs/3109.02984)")),
        ("03-Gnu.md", &note("\n[Gnus: Feature Fusion on the Plain](https://arxiv.org/abs/3109.02985)")),
    ]);
    assert_eq!(
        found,
        [
            "Emus with Folded Convolutions",
            "Dual Owl Network for Scene Segmentation",
            "Gnus: Feature Fusion on the Plain"
        ]
    );
}

#[test]
fn a_title_may_stand_behind_its_label_in_the_first_lines() {
    let note = |id: &str, title: &str| {
        format!(
            "download: [https://arxiv.org/pdf/{id}]\n\ntitle: \n{title}\n\nauthors: Anna Gnu\n\n---\n\n### Abstract\n\n新的检测方法。\n\n### 方法\n\n候选框。\n"
        )
    };
    let log = read(&[
        ("3104.08083/README.md", &note("3104.08083", "Slow R-EMU")),
        ("3106.01497/README.md", &note("3106.01497", "Slower R-EMU: Patient Detection")),
        ("3201.09392/README.md", &note("3201.09392", "Owl-Net: Inpainting by Rearrangement")),
    ]);
    let found: Vec<&str> = log.entries.iter().map(|entry| &*entry.title).collect();
    assert_eq!(found, ["Slow R-EMU", "Slower R-EMU: Patient Detection", "Owl-Net: Inpainting by Rearrangement"]);
    assert_eq!(log.entries[0].links()[..], ["https://arxiv.org/pdf/3104.08083"]);
}

#[test]
fn a_venue_is_no_part_of_a_title_in_front_matter() {
    let note = |title: &str, day: u8| format!("---\ntitle: {title}\ndate: 2033-01-0{day}\n---\n\n静かな検出。\n");
    let found = titles(&[
        ("n1.md", &note("EMU: Learning Object Folds（ICCV, 2031）", 1)),
        ("n2.md", &note("Owl-RCNN: Patient Boxes (CVPR 2032)", 2)),
        ("n3.md", &note("Gnus (and Yaks) at Work: a Study", 3)),
        ("n4.md", &note("Yak-Net: Quiet Boxes（2033）", 4)),
    ]);
    assert_eq!(
        found,
        [
            "EMU: Learning Object Folds",
            "Owl-RCNN: Patient Boxes",
            "Gnus (and Yaks) at Work: a Study",
            "Yak-Net: Quiet Boxes"
        ]
    );
}

#[test]
fn a_first_heading_that_siblings_share_is_no_title() {
    let note = "# 1. Reading Context(사전 맥락)\n\n- 이유를 정리한다\n\n# 2. Problem Re-definition\n\n- 너무 많이 쓴다\n\n# 3. Core Contributions\n\n- 줄어든다\n";
    let found = titles(&[
        ("01. Sparse Emu Memory for Agents/README.md", note),
        ("02. Owl-Scale Vision Pretraining/README.md", note),
        ("03. Gnu Weather Maps/README.md", note),
        ("04. Tiny Yaks for Long Context/README.md", note),
    ]);
    assert_eq!(
        found,
        [
            "Sparse Emu Memory for Agents",
            "Owl-Scale Vision Pretraining",
            "Gnu Weather Maps",
            "Tiny Yaks for Long Context"
        ]
    );
}

#[test]
fn days_at_the_ends_of_names_are_dates_if_most_siblings_have_one() {
    let note = |title: &str| format!("# {title}\n\n一种新的方法。\n\n## 方法\n\n先去噪。\n");
    let files = |last: &'static str| {
        [
            ("a-soft-study-of-gnus-320328.md", note("A Soft Study of Gnus")),
            ("emus-at-work-320129.md", note("Emus at Work on the Plain")),
            ("owls-seeing-320118.md", note("Owls Seeing at Night")),
            (last, note("The Long Way Home of Yaks")),
        ]
    };
    let dates = |files: &[(&str, String)]| {
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        papers(&read(&files)).into_iter().map(|[date, ..]| date).collect::<Vec<_>>()
    };
    assert_eq!(dates(&files("yaks-321230.md")), ["2032-03-28", "2032-01-29", "2032-01-18", "2032-12-30"]);
    let mut few = files("yaks-the-long-way-home.md");
    (few[0].0, few[1].0) = ("a-soft-study-of-gnus.md", "emus-at-work.md");
    assert_eq!(dates(&few), ["notes"; 4]);
}

#[test]
fn a_week_may_be_written_in_six_digits_each() {
    let week = |days: &str| {
        format!(
            "# {days} 论文阅读总结\n\n本周一共读了 4 篇论文。\n\n## 论文列表\n\n- [Emus at Work on the Plain](https://git.example.org/a.md)\n\
             - [Owls Seeing at Night](https://git.example.org/b.md)\n- A Study of Gnus Using 3D Networks\n- [The Long Way Home](https://git.example.org/c.md)\n\n## 论文总结\n\n方法很多。\n"
        )
    };
    let log = read(&[
        ("200105-200111-papers-reading.md", &week("200105-200111")),
        ("200112-200118-papers-reading.md", &week("200112-200118")),
        ("200223-200229-papers-reading.md", &week("200223-200229")),
    ]);
    let dates: Vec<String> = log.entries.iter().filter_map(|entry| entry.date).map(|date| date.to_string()).collect();
    assert_eq!(dates, ["2020-01-05", "2020-01-12", "2020-02-23"].map(|date| [date; 4]).concat());
}

#[test]
fn a_subtitle_behind_a_dash_is_part_of_the_title_and_a_venue_before_it_is_not() {
    let found = titles(&[
        (
            "emus_at_work.md",
            "# Emus at Work - an Efficient Model for Counting, Surface Analysis, and Walking\n\n论文。\n",
        ),
        ("owls.md", "论文名称：Owls Seeing at Night\n\n论文地址：https://arxiv.org/pdf/2031.00001.pdf\n\n好。\n"),
        (
            "鸟.md",
            "论文名称：CVPR2028 The Gnu-Softmax loss: a surrogate\n\n论文链接：https://arxiv.org/pdf/2031.00002.pdf\n\n好。\n",
        ),
    ]);
    assert_eq!(
        found,
        [
            "Emus at Work - an Efficient Model for Counting, Surface Analysis, and Walking",
            "Owls Seeing at Night",
            "The Gnu-Softmax loss: a surrogate"
        ]
    );
}
