//! Small logs with authors, years, venues or dates around titles that were once misread.

use super::kinds::{check, read_as};

/// The titles of a list with these items.
pub(super) fn titles(items: &[&str]) -> Vec<String> {
    let items: String = items.iter().map(|item| format!("- {item}\n")).collect();
    read_as("papers.md", &format!("# Papers\n\n{items}")).entries.into_iter().map(|entry| entry.title.into()).collect()
}

#[test]
fn a_linked_title_in_quotes_follows_its_authors() {
    let found = titles(&[
        "Gnu, Anna, Bert Owl, and Carl Yak. \"[Emus: a Network for Counting](https://arxiv.org/abs/2031.00001).\" arXiv (2031).",
        "Owl, Bert, and Carl Yak. “[Owls: Seeing at Night](https://arxiv.org/abs/2031.00002).” Trends in Owls (2031).",
        "Yak, Carl, Bert Owl, and Anna Gnu, \"[Is it Far to Walk?](https://arxiv.org/abs/2031.00003)\", arXiv, 2032.",
        "Anna Gnu, Carl Yak \"[The Long Way Home of Yaks](https://arxiv.org/abs/2031.00004)\", arXiv, 2033",
        "Anna Gnu, Carl Yak, Dora Elk, Emil Emu, and Bert Owl. [A Study of Gnus](https://arxiv.org/abs/2031.00005). 2033",
    ]);
    assert_eq!(
        found,
        [
            "Emus: a Network for Counting",
            "Owls: Seeing at Night",
            "Is it Far to Walk?",
            "The Long Way Home of Yaks",
            "A Study of Gnus"
        ]
    );
}

#[test]
fn a_date_may_begin_the_text_of_a_link() {
    let text = "# Papers\n\n## Birds\n\n1. [310517 Emus at Work on the Plain](birds/310517%20Emus.md)\n\
                1. [310610 Owls: Seeing at Night](birds/310610%20Owls.md) #night\n\n## Cattle\n\n\
                1. [310703 A Study of Gnus](gnus.md)\n1. [310710 The Long Way Home of Yaks](yaks.md)\n";
    check(
        text,
        &[
            "2031-05-17 Emus at Work on the Plain",
            "2031-06-10 Owls: Seeing at Night",
            "2031-07-03 A Study of Gnus",
            "2031-07-10 The Long Way Home of Yaks",
        ],
    );
    let log = read_as("papers.md", text);
    assert_eq!(*log.entries[0].links(), ["birds/310517%20Emus.md"]);
    check(
        "# Papers\n\n## [2031-05-17 Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n\nGood.\n\n\
         ## [2031-05-10 Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n\nGood.\n",
        &["2031-05-17 Emus at Work on the Plain", "2031-05-10 Owls: Seeing at Night"],
    );
}

#[test]
fn year_and_authors_after_a_title_are_no_part_of_it() {
    let found = titles(&[
        "[Emus at Work on the Plain- 2031](https://arxiv.org/abs/2031.00001)",
        "[Owls: Seeing at Night – 2032](https://arxiv.org/abs/2031.00002)",
        "[A Study of Gnus, 2033](https://arxiv.org/abs/2031.00003)",
        "[The Long Way Home of Yaks (2032, Gnu et al.)](https://arxiv.org/abs/2031.00004)",
        "[Counting Birds from Above (Gnu and Owl, 2031)](https://arxiv.org/abs/2031.00005)",
        "Walking Home in the Rain, Gnu et al., 2031 [pdf](https://arxiv.org/abs/2031.00006)",
        "Do Elks Dream of Moss? Elk et al. 2031 [pdf](https://arxiv.org/abs/2031.00007)",
        "Emus in the Snow by Anna Gnu et al. [pdf](https://arxiv.org/abs/2031.00008)",
        "[Learning to Count Emus, ICML, 2031](https://arxiv.org/abs/2031.00010)",
        "[Yaks in the Dark (2031), I. Gnu et al.](https://arxiv.org/abs/2031.00009)",
    ]);
    assert_eq!(
        found,
        [
            "Emus at Work on the Plain",
            "Owls: Seeing at Night",
            "A Study of Gnus",
            "The Long Way Home of Yaks",
            "Counting Birds from Above",
            "Walking Home in the Rain",
            "Do Elks Dream of Moss?",
            "Emus in the Snow",
            "Learning to Count Emus",
            "Yaks in the Dark"
        ]
    );
    let log = read_as(
        "papers.md",
        "# Papers\n\n- [Emus at Work, 2031](https://arxiv.org/abs/2031.00001)\n- [Owls, 2031](x.pdf)\n",
    );
    assert!(log.entries[0].published.is_some());
    // The end of a range or date, or a word with a number, stays.
    let same = [
        "The Year of the Emu: 2030 - 2031",
        "Notes from May 5, 2031",
        "Counting Emus with EMU-2031",
        "A Field Study of Emus in 2031",
        "Emus, 2031",
        "Persistent Emus, May, 2031",
        "Counting Emus (2031 Edition)",
    ];
    let linked: Vec<String> = same.iter().map(|title| format!("[{title}](https://arxiv.org/abs/2031.00001)")).collect();
    let linked: Vec<&str> = linked.iter().map(String::as_str).collect();
    assert_eq!(titles(&linked), same);
}

#[test]
fn a_venue_in_brackets_marks_a_title_below_a_topic() {
    let item = |venue: &str, title: &str, id: u8| {
        format!("- [**{venue}**] {title}.\n\n  > _Anna Gnu, et al._ [[paper]](https://arxiv.org/abs/2031.0000{id})\n\n")
    };
    check(
        &format!(
            "# Papers\n\n## Emu Sampling\n\n{}{}{}## Emu Processing\n\n{}{}",
            item("ASPLOS 2031", "EmuWalker: a Decoupled Architecture for Out-of-Core Walks", 1),
            item("ATC 2031", "OwlWalker: an Optimized Out-of-Core Bird Processing System", 2),
            item("SOSP 2032", "NightEmu: a Fast Distributed Walk Engine", 3),
            item("VLDB 2032", "EmuTrace: Efficient Access for Out-of-memory Traversal", 4),
            item("MLSys 2033", "Understanding Flocks: a Coordinated Perspective", 5),
        ),
        &[
            "- EmuWalker: a Decoupled Architecture for Out-of-Core Walks",
            "- OwlWalker: an Optimized Out-of-Core Bird Processing System",
            "- NightEmu: a Fast Distributed Walk Engine",
            "- EmuTrace: Efficient Access for Out-of-memory Traversal",
            "- Understanding Flocks: a Coordinated Perspective",
        ],
    );
}

#[test]
fn a_bold_venue_before_a_linked_title_is_no_part_of_it() {
    let line = |day: &str, venue: &str, title: &str| {
        format!(
            "**2031-03-{day}** : **[{venue}]** [{title}](http://example.org/{day}/) (2028 , A Gnu et al)\n\npaper : https://arxiv.org/abs/2031.000{day}\n\n---\n\n"
        )
    };
    check(
        &format!(
            "# reading-club\n\n---\n\n{}{}{}",
            line("14", "NIPS", "Do Emus Help Gnus to Walk?"),
            line("21", "ABCD", "Quick and Careful Counting"),
            line("28", "CVPR", "Generous Adversarial Owls"),
        ),
        &[
            "2031-03-14 Do Emus Help Gnus to Walk?",
            "2031-03-21 Quick and Careful Counting",
            "2031-03-28 Generous Adversarial Owls",
        ],
    );
}

#[test]
fn remarks_and_labels_after_a_title_are_no_part_of_it() {
    let found = titles(&[
        "Emus at Work on the Plain (ICML 2031) (read twice) [pdf](https://arxiv.org/abs/2031.00001)",
        "Owls, Seeing at Night(2031), paper [[pdf](https://arxiv.org/abs/2031.00002)]",
        "[A Study of Gnus(2031emnlp)](https://arxiv.org/abs/2031.00003)",
        "The Long Way Home of Yaks [pdf] [code] [thoughts]",
        "Counting Birds from Above - summary",
        "**USENIX ATC 2031** <sup>[#B01](https://arxiv.org/abs/2031.00004)</sup><sub>&nbsp;2031.06</sub>",
        "Walking Home in the Rain - a Quiet Model of Long Journeys through Deserts [pdf](https://arxiv.org/abs/2031.00005)",
    ]);
    assert_eq!(
        found,
        [
            "Emus at Work on the Plain",
            "Owls, Seeing at Night",
            "A Study of Gnus",
            "The Long Way Home of Yaks",
            "Counting Birds from Above",
            "USENIX ATC 2031",
            "Walking Home in the Rain - a Quiet Model of Long Journeys through Deserts",
        ]
    );
}

#[test]
fn a_venue_before_title_marks_is_no_part_of_the_title() {
    let paper = |head: &str| {
        format!("## {head}\n[代码](https://github.com/gnu/emu)\n\n### 大体思想\n+ 编码\n\n### 实验\n效果好。\n\n")
    };
    let log = read_as(
        "log.md",
        &format!(
            "# 鸟类论文\n识别鸟类是基本任务。\n\n{}{}{}",
            paper("ACL2031《Emus at Work on the Plain》"),
            paper("EMNLP2032 《Owls Seeing at Night》"),
            paper("ACL2030《A Study of Gnus》"),
        ),
    );
    let found: Vec<&str> = log.entries.iter().map(|entry| &*entry.title).collect();
    assert_eq!(found, ["Emus at Work on the Plain", "Owls Seeing at Night", "A Study of Gnus"]);
    assert_eq!(log.entries[0].venue(), Some("ACL2031"));
}

#[test]
fn a_phrase_before_several_linked_titles_is_no_part_of_them() {
    let found = titles(&[
        "[EmuNet(2025)](https://blog.example.org/1), paper [[pdf](https://arxiv.org/abs/2031.00001)]",
        "코드로 살펴보는 [Counting Emus(2024)](https://blog.example.org/2), paper [[pdf](https://arxiv.org/abs/2031.00002)]",
        "코드로 살펴보는 [OwlNet(2025)](https://blog.example.org/3), paper [[pdf](https://arxiv.org/abs/2031.00003)]",
        "코드로 살펴보는 [GnuNet(2026)](https://blog.example.org/4), paper [[pdf](https://arxiv.org/abs/2031.00004)]",
    ]);
    assert_eq!(found, ["EmuNet", "Counting Emus", "OwlNet", "GnuNet"]);
}
