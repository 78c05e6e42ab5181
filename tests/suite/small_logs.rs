//! Logs of few papers, which have hardly any words about papers, and documents that look like them.

use papers_tui::log::{EntryKind, SectionKind, Source, parse};

use super::kinds::{check, read_as};

#[test]
fn titles_that_fill_the_days_are_papers() {
    check(
        "## 2031-05-17\n\n### EmuNet: Counting Birds at Work\nThey count what they see.\n",
        &["2031-05-17 EmuNet: Counting Birds at Work"],
    );
    check(
        "## 2031-05-17\n\n### EmuNet\nlow rank\n\n### OWL\n4 bit\n\n## 2031-05-18\n\n### GNUs\nno critic\n",
        &["2031-05-17 EmuNet", "2031-05-17 OWL", "2031-05-18 GNUs"],
    );
    check("## 2031-05-17\n\n- **EmuNet** low rank\n- **OWL** 4 bit\n", &["2031-05-17 EmuNet", "2031-05-17 OWL"]);
    check(
        "## 2031-05-17\n\n- Emu: Low-Rank Adaptation of Large Birds\n- Owls Are All You Need\n",
        &["2031-05-17 Emu: Low-Rank Adaptation of Large Birds", "2031-05-17 Owls Are All You Need"],
    );
}

/// A log that grows is read as before.
#[test]
fn each_day_more_leaves_the_form_as_it_is() {
    let names = ["EmuNet", "OWL", "Gnus", "Elk-2", "Yak: A Model of Snow", "Kea", "KiwiNet", "Auk", "ELK-3", "Tern"];
    let day = |(number, name): (usize, &&str)| {
        format!(
            "## 2031-05-{:02}\n\n### {name}\n{}\n\n",
            number + 1,
            "It is about birds that see at night. ".repeat(12)
        )
    };
    let days: Vec<String> = names.iter().enumerate().map(day).collect();
    for count in 1..=days.len() {
        let log = read_as("log.md", &days[..count].concat());
        assert_eq!(log.entries.len(), count, "{}", days[..count].concat());
    }
    // A day without a paper, too.
    let log = read_as("log.md", &(days.concat() + "## 2031-05-20\n\nNothing read.\n"));
    assert_eq!(log.entries.len(), names.len());
}

#[test]
fn a_year_behind_several_titles_is_left_out() {
    let item = |title: &str| format!("- [{title}](https://arxiv.org/abs/2031.00001)\n");
    let log = ["Emus improve memory in owls. 2024", "Emus and Owls at Work / 2019", "A fast denoiser of rivers. 2023"];
    let wanted = ["- Emus improve memory in owls", "- Emus and Owls at Work", "- A fast denoiser of rivers"];
    check(&format!("# Papers\n\n{}", log.map(item).concat()), &wanted);
    let one = ["Predicting the Olympics. 2028", "Emus and Owls at Work", "A fast denoiser of rivers"];
    check(
        &format!("# Papers\n\n{}", one.map(item).concat()),
        &one.map(|title| format!("- {title}")).each_ref().map(String::as_str),
    );
}

#[test]
fn numbers_that_count_up_before_titles_are_left_out() {
    let heading = |title: &str| format!("## {title}\n\nhttps://arxiv.org/abs/2031.00001\n\n");
    let text = ["1-Emus at Work", "2-Owls at Night", "3-Gnus and 8-bit Elks"].map(heading).concat();
    check(&format!("# Papers\n\n{text}"), &["- Emus at Work", "- Owls at Night", "- Gnus and 8-bit Elks"]);
    let text = ["1-bit Emus at Work", "2-bit Owls at Night", "3-D Gnus in Snow"].map(heading).concat();
    check(&format!("# Papers\n\n{text}"), &["- 1-bit Emus at Work", "- 2-bit Owls at Night", "- 3-D Gnus in Snow"]);
}

#[test]
fn a_diary_has_no_papers() {
    for text in [
        "# Diary\n\n## 2031-05-17\n\n### EmuNet\nran\n\n## 2031-05-18\n\n### OWL\nran\n",
        "## 2031-05-17\n\n### Morning\nWalked the dog.\n\n### Evening\nCooked.\n\n## 2031-05-18\n\n### Garden\nBeans.\n",
        "## 2031-05-17\n\n- **Dinner** with Anna\n- **Run** 5 km\n",
        "## 2031-05-17\n\n- walked the dog\n- cooked dinner\n\n## 2031-05-18\n\n- planted beans\n",
        "## 2031-05-17\n\nWalked the dog.\n\n### EmuNet\nran\n",
        "## 2031-05-17\n\n### Spicy Lentil Soup with Coconut Milk\nhot\n\n### Warm Potato Salad with Herbs\ncold\n",
        "## 2031-05-17\n\n### Fix Login Bug in the Admin Panel\ndone\n\n### Planning Meeting with the Team\nlong\n",
        "# Notes\n\n## 2031-05-17\n\n- **Dark Mode** is new\n- **Plugin System** is new\n",
        "# Changelog\n\n## [1.2.0] - 2031-05-17\n\n### EmuNet\n- A thing\n\n### OWL\n- A bug\n",
        "# Sync\n\n## 2031-05-17\n\nTopic: Budget Planning for the Third Quarter\n\nAttendees: Anna\n",
        "# Changelog\n\n## 1.2.0 - 2031-05-17\n\n### Added\n- A thing\n\n### Fixed\n- A bug\n",
        "# Changelog\n\n## 2031-05-17\n\n### Added\n- A thing\n\n### Fixed\n- A bug\n\n### Other\n- More\n",
    ] {
        let log = read_as("notes.md", text);
        assert!(log.entries.is_empty(), "{text}: {:?}", log.entries);
    }
}

#[test]
fn days_in_chinese_need_no_year() {
    let text = "5月17日\n1.《Emus at Work》：很好的论文\n2.《Owls》：不错\n\n5月18日\n1.《Gnus》：很好的论文\n";
    for (text, papers, days) in [(text, 3, 2), (text.split("\n\n").next().unwrap(), 2, 1)] {
        let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
        let is_day = |kind: SectionKind| matches!(kind, SectionKind::Yearless { day: Some(_), .. });
        assert_eq!(log.entries.len(), papers, "{text}");
        assert_eq!(log.sections.iter().filter(|section| is_day(section.kind)).count(), days, "{text}");
    }
}

#[test]
fn numbered_titles_need_no_remark() {
    check(
        "2031年5月17日\n1.《Emus at Work》：很好的论文\n2.《Owls》\n\n2031年5月18日\n1.《Gnus》\n2.《Elks》：不错\n",
        &["2031-05-17 Emus at Work", "2031-05-17 Owls", "2031-05-18 Gnus", "2031-05-18 Elks"],
    );
}

#[test]
fn headings_with_the_sections_of_a_paper_below_are_papers() {
    let paper = |name: &str| {
        format!(
            "## {name}\n\nhttps://arxiv.org/abs/2031.00001\n\n### Motivation\n\ntides\n\n### Method\n\n#### CPU\n\nx\n\n#### GPU\n\ny\n\n"
        )
    };
    let text = ["emuLM", "Pebbles", "OwlInference"].map(paper).concat();
    check(&format!("# Systems\n\n{text}"), &["- emuLM", "- Pebbles", "- OwlInference"]);
}

#[test]
fn labels_below_headings_hold_the_titles() {
    let talk = |week: &str, day: u32, topic: &str| {
        format!(
            "## {week} week paper sharing\n**Date**: 2031-05-{day} 9:00\n\n**Topic**: {topic}\n\n**Abstract**: x\n\n"
        )
    };
    let text = talk("First", 17, "Sparse Emus: Denoising Maps of Birds")
        + &talk("Second", 24, "Owl Encoders for Small Rivers");
    check(
        &format!("# Reading group\n\n{text}"),
        &["2031-05-17 Sparse Emus: Denoising Maps of Birds", "2031-05-24 Owl Encoders for Small Rivers"],
    );
    let paper = |number: u32, title: &str| {
        format!(
            "**paper{number}.**\ntitle : {title}\nlink : [[paper-link](https://arxiv.org/abs/2031.0000{number})]\n\n"
        )
    };
    let text = format!("## For May\n\n{}{}", paper(1, "Emus at Work: A Survey"), paper(2, "Recent Advances in Owls"));
    check(&text, &["- Emus at Work: A Survey", "- Recent Advances in Owls"]);
}

#[test]
fn a_column_of_publication_dates_dates_no_paper() {
    let rows = [
        ("Emus at Work", "_6 Dec 2027_"),
        ("Owls: A Survey", "2024"),
        ("Gnus at Rest", "_15 Jul 2026_"),
        ("Elks in Snow", "_8 Feb 2029_"),
    ];
    let row = |(title, date): (&str, &str)| format!("|{title}|Anna Owl|{date}|[arxiv](https://arxiv.org/abs/1)|\n");
    let text = rows.map(row).concat();
    let table = |date: &str| format!("# Papers\n\n|Title|Author|{date}|Paper|\n|---|---|---|---|\n{text}");
    check(&table("Date"), &["- Emus at Work", "- Owls: A Survey", "- Gnus at Rest", "- Elks in Snow"]);
    // Each topic has a table of its own.
    let topic = |name: &str, rows: &[(&str, &str)]| {
        let rows: String = rows.iter().copied().map(row).collect();
        format!("## {name}\n\n|Title|Author|Date|Paper|\n|---|---|---|---|\n{rows}\n")
    };
    let topics = format!("# Papers\n\n{}{}", topic("Birds", &rows[..3]), topic("Mammals", &rows[3..]));
    check(&topics, &["- Emus at Work", "- Owls: A Survey", "- Gnus at Rest", "- Elks in Snow"]);
    let log = read_as("log.md", &table("Date read"));
    assert!(log.entries.iter().all(|entry| log.sections[entry.section()].kind.is_dated()), "{:?}", log.sections);
}

#[test]
fn invitations_are_no_papers() {
    let text = "# Papers of the week\n\n[Follow us on Twitter](https://twitter.com/x)\n\n[Join our Discord](https://discord.gg/x)\n\n\
                ## 2031-05-17\n\n[Emus at Work: A Study](https://arxiv.org/abs/2031.00001)\n\n\
                [Owls at Night: A Study](https://arxiv.org/abs/2031.00002)\n";
    check(text, &["2031-05-17 Emus at Work: A Study", "2031-05-17 Owls at Night: A Study"]);
}

#[test]
fn a_pile_to_be_read_is_pending() {
    let text = "# Papers of 2031\n\n## To be sorted (the pile to be read)\n\n- [Emus at Work: A Study](https://arxiv.org/abs/2031.00001)\n\n\
                ## Read\n\n- [Owls at Night: A Study](https://arxiv.org/abs/2031.00002)\n  - good\n";
    let log = read_as("log.md", text);
    assert_eq!(log.tasks.iter().filter(|task| task.pending).count(), 1, "{:?}", log.tasks);
    assert!(log.entries.iter().all(|entry| entry.kind == EntryKind::Paper && entry.title.starts_with("Owls")));
}
