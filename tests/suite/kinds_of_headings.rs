//! Small logs with titles in headings that were once misread.

use super::kinds::{check, read_as};

#[test]
fn a_title_may_have_another_level_than_its_siblings() {
    let paper = |level: &str, title: &str, id: u8| {
        format!("{level} {title}\n\nhttps://arxiv.org/abs/2031.0000{id}\n\nGood.\n\n")
    };
    for level in ["##", "####"] {
        let text = |first: &str, second: &str| {
            format!(
                "# Papers\n\n{first}{}{}{second}{}{}",
                paper("###", "Emus at Work on the Plain", 1),
                paper("###", "Owls: Seeing at Night", 2),
                paper(level, "A Study of Gnus on the Plain", 3),
                paper("###", "The Long Way Home of Yaks", 4),
            )
        };
        check(
            &text("## 2031-05-17\n\n", "## 2031-05-10\n\n"),
            &[
                "2031-05-17 Emus at Work on the Plain",
                "2031-05-17 Owls: Seeing at Night",
                "2031-05-10 A Study of Gnus on the Plain",
                "2031-05-10 The Long Way Home of Yaks",
            ],
        );
        check(
            &text("## Birds\n\n", "## Cattle\n\n"),
            &[
                "- Emus at Work on the Plain",
                "- Owls: Seeing at Night",
                "- A Study of Gnus on the Plain",
                "- The Long Way Home of Yaks",
            ],
        );
    }
    // A topic with a few words is no paper, nor is a part of a summary.
    check(
        &format!(
            "# Papers\n\n## Birds of the Wide Plain\n\nSee also the papers of the zoo.\n\n{}#### Counting Birds from Above\n\nIt counts.\n\n{}{}",
            paper("###", "Emus at Work on the Plain", 1),
            paper("###", "Owls: Seeing at Night", 2),
            paper("###", "A Study of Gnus on the Plain", 3),
        ),
        &["- Emus at Work on the Plain", "- Owls: Seeing at Night", "- A Study of Gnus on the Plain"],
    );
}

#[test]
fn numbered_sections_of_papers_are_no_papers() {
    check(
        "# Emus at Work\n\n## 1. Background of Emus\n\nThey count.\n\n## 2. Learning to Count Birds from Above\n\n\
         ### 2.1 Deep Models of Emu Flocks\n\nDeep.\n\n### 2.2 Shallow Models of Emu Flocks\n\nShallow.\n\n\
         # Owls at Night\n\n## 1. Background of Owls\n\nThey see.\n\n## 2. Light and Shadow in the Eyes of Owls\n\n\
         ### 2.1 Neural Models of Owl Eyes\n\nSee the paper on arXiv.\n",
        &["- Emus at Work", "- Owls at Night"],
    );
    // Below topics, papers may be numbered.
    check(
        "# Birds\n\n## 1. Emus at Work on the Plain\n\nOn arXiv.\n\n## 2. Owls: Seeing at Night\n\nICML.\n\n\
         # Cattle\n\n## 1. A Study of Gnus on the Plain\n\nACL.\n\n## 2. The Long Way Home of Yaks\n\nA paper.\n",
        &[
            "- Emus at Work on the Plain",
            "- Owls: Seeing at Night",
            "- A Study of Gnus on the Plain",
            "- The Long Way Home of Yaks",
        ],
    );
}

#[test]
fn a_title_may_have_two_lines() {
    let wanted =
        ["- Emus at Work on the Plain: Counting Birds from Above", "- Owls: Seeing at Night", "- A Study of Gnus"];
    for [mark, end] in [["## ", "\n"], ["", "\n---\n"]] {
        let second = if mark.is_empty() { "" } else { "## " };
        check(
            &format!(
                "# Papers\n\n{mark}Emus at Work on the Plain:\n{second}Counting Birds from Above{end}\n\
                 They work, see https://arxiv.org/abs/2031.00001\n\n{mark}Owls: Seeing at Night{end}\n\
                 They see, see https://arxiv.org/abs/2031.00002\n\n{mark}A Study of Gnus{end}\nThey graze.\n"
            ),
            &wanted,
        );
    }
}

#[test]
fn a_deeper_title_may_have_parts() {
    check(
        "# 2031.5.17\n\n## Emus at Work on the Plain\n\n### Summary\n\nThey work, see arXiv.\n\n## Owls: Seeing at Night\n\n\
         ### Method\n\nNight.\n\n# 2031.5.10\n\n### A Study of Gnus on the Plain\n\nThey graze.\n\n#### Method\n\nWalking.\n\n\
         ## The Long Way Home of Yaks\n\n### Method\n\nWalking.\n",
        &[
            "2031-05-17 Emus at Work on the Plain",
            "2031-05-17 Owls: Seeing at Night",
            "2031-05-10 A Study of Gnus on the Plain",
            "2031-05-10 The Long Way Home of Yaks",
        ],
    );
}

#[test]
fn tasks_at_the_end_of_notes_are_no_titles() {
    let papers = ["Emus at Work on the Plain", "Owls: Seeing at Night", "A Study of Gnus on the Plain"];
    let paper = |(number, title): (usize, &&str), task: &str| {
        format!(
            "## 2031-05-{}\n\n### {title}\n\n- It counts birds.\n- {task} [The Long Way Home of Yaks {number}](https://arxiv.org/abs/2031.0000{number})\n\n",
            17 + number
        )
    };
    let wanted: Vec<String> = (17..).zip(papers).map(|(day, title)| format!("2031-05-{day} {title}")).collect();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    for task in ["[ ]", "[ ] read", "TODO: read", "**TODO:**"] {
        let text: String = papers.iter().enumerate().map(|it| paper(it, task)).collect();
        check(&format!("# Papers\n\n{text}"), &wanted);
    }
    // Below a topic they are papers.
    check(
        "# Papers\n\n## Counting Birds from a Balloon\n\n- [x] [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n\
         - [x] [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n\n## Walking Home at Night\n\n\
         - [x] [A Study of Gnus on the Plain](https://arxiv.org/abs/2031.00003)\n\
         - [x] [The Long Way Home of Yaks](https://arxiv.org/abs/2031.00004)\n",
        &[
            "- Emus at Work on the Plain",
            "- Owls: Seeing at Night",
            "- A Study of Gnus on the Plain",
            "- The Long Way Home of Yaks",
        ],
    );
}

#[test]
fn a_heading_that_only_counts_has_its_title_in_the_bold_line_below() {
    let paper = |number: usize, title: &str| {
        format!(
            "# Paper{number}\n\n**{title}**\n\n**#Tag**\n\n    birds\n\n**#Innovation**\n\n    They count emus.\n\n"
        )
    };
    let titles = ["Emus at Work on the Plain", "Owls at Night: A Survey（2031）", "Counting Gnus With Few Sensors"];
    let text: String = titles.iter().enumerate().map(|(at, title)| paper(3 - at, title)).collect();
    let log = read_as("notes.md", &text);
    let found: Vec<&str> = log.entries.iter().map(|entry| &*entry.title).collect();
    assert_eq!(found, ["Emus at Work on the Plain", "Owls at Night: A Survey", "Counting Gnus With Few Sensors"]);
    assert!(log.body(&log.entries[0]).starts_with("\n**#Tag**"), "{:?}", log.body(&log.entries[0]));
}

#[test]
fn headings_need_no_space_behind_their_marks() {
    let paper =
        |marks: &str, title: &str| format!("{marks}{title}\nhttps://arxiv.org/abs/2031.00001\n\nIt is good.\n\n");
    let titles = ["Emus at Work on the Plain", "Owls: Seeing at Night", "A Study of Gnus on the Plain"];
    let wanted = titles.map(|title| format!("- {title}"));
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    check(&titles.map(|title| paper("##", title)).concat(), &wanted);
    check(&format!("{}{}{}", paper("##", titles[0]), paper("## ", titles[1]), paper("##", titles[2])), &wanted);
    let numbered = |(number, title): (usize, &str)| paper(&format!("#{number}. "), title);
    check(&format!("# Papers\n\n{}", (1..).zip(titles).map(numbered).collect::<String>()), &wanted);
    let log = read_as(
        "log.md",
        "## 2031.5.17\n\n《Emu》\n\n#birds #labour\n#12 is fixed\n#include <emu>\n\n##2031.5.18\n\n《Owl》\n",
    );
    assert_eq!(log.sections.len(), 2);
    assert_eq!(log.entries.len(), 2);
}

#[test]
fn a_heading_without_a_space_ends_an_item() {
    let text = "## TODO\n\n- [ ] Read emus\n  - [ ] again\n##2031.5.17\n\n《Emu》\n\nfast\n###Method\nThey run.\n";
    let log = read_as("log.md", text);
    assert_eq!((log.sections.len(), log.entries.len()), (2, 1));
    assert_eq!(log.tasks[1].text, "again");
}

#[test]
fn a_title_is_on_its_own_line() {
    let bold = |name: &str| {
        format!(
            "**({name}) EMU**\n\n[Counting methods for the {name} of the plain]\n\nAnna Gnu, Bert Owl (2014)\n\n\
             [`PAPER`](https://arxiv.org/pdf/2031.00001.pdf)\n\n"
        )
    };
    let text = format!("### Emus\n\n{}{}{}", bold("emus"), bold("owls"), bold("gnus"));
    let lines: Vec<usize> = read_as("log.md", &text).entries.iter().map(|entry| entry.line()).collect();
    assert_eq!(lines, [5, 13, 21]);
}
