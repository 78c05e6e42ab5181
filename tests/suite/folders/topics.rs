//! Files that list the papers of a topic: a folder reads them no worse than each would be read alone.

use super::{check, papers, read};

fn count(files: &[(&str, &str)]) -> usize {
    let log = read(files);
    assert!(log.entries.iter().all(|entry| entry.line() > 1), "{:?}", papers(&log));
    log.entries.len()
}

#[test]
fn a_single_list_in_a_folder_is_a_list() {
    let list = "# Papers on Birds\n\n## Introduction\n\n* [Birds are Fun!](https://zoo.org/@anna/birds-are-fun)\n\n\
        ## Day\n\n* [Emus at Work on the Plain](https://arxiv.org/pdf/2031.00001.pdf)\n  * many of them\n\
        * [Gnus Learn to Run](https://zoo.org/cvpr2031.pdf)\n\n## Night\n\n\
        * [Owls at Night: a Survey](https://arxiv.org/pdf/2031.00002.pdf): with pictures\n";
    assert_eq!(count(&[("README.md", list)]), 4);
}

#[test]
fn topics_with_front_matter_list_papers() {
    let topic = |name: &str, titles: &[&str]| {
        let item = |title: &&str| format!("1. [ {title}](https://arxiv.org/abs/2031.00001)\n");
        let items: String = titles.iter().map(item).collect();
        format!(
            "---\nlayout: post\ntitle: \"{name}\"\ntags: [x]\n---\n\n<center> Update: 23/07/2031_15:12:13</center>\n\n{items}"
        )
    };
    let all = [
        ("day/day.md", topic("Models of the Day", &["Emus at Work on the Plain", "Gnus Learn to Run"])),
        ("night/night.md", topic("Night & Dusk", &["Owls at Night: a Survey", "Moths and the Moon"])),
        ("rain/rain.md", topic("Models of Rain", &["Yaks in the Rain"])),
        (
            "snow/snow.md",
            topic("Snow-to-snow models", &["Moas and Kiwis on Ice", "Elks Count to Ten", "Hares in White"]),
        ),
    ];
    let files: Vec<(&str, &str)> = all.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_eq!(count(&files), 8);
}

#[test]
fn headings_with_links_to_papers_are_a_list() {
    let paper = |title: &str| {
        format!(
            "## [{title}](https://arxiv.org/pdf/2031.00001.pdf) (CVPR 2031)\n\nThey do.\n\n### Method of {title}\n\nx\n\n"
        )
    };
    let two = |one: &str, other: &str| format!("\n{}{}", paper(one), paper(other));
    check(
        &[
            ("birds.md", &two("Emus at Work on the Plain", "Owls at Night: a Survey")),
            ("cattle.md", &paper("Gnus Learn to Run")),
            ("deer.md", &two("Elks Count to Ten", "Moose in the Snow of Spring")),
        ],
        &[
            ["", "birds.md", "Emus at Work on the Plain"],
            ["", "birds.md", "Owls at Night: a Survey"],
            ["notes", "cattle.md", "Gnus Learn to Run"],
            ["", "deer.md", "Elks Count to Ten"],
            ["", "deer.md", "Moose in the Snow of Spring"],
        ],
    );
}

#[test]
fn a_table_of_contents_above_papers_does_not_hide_them() {
    let topic = |titles: &[&str]| {
        let anchor = |title: &&str| format!("1. [{title}, 2031](#{})\n", title.to_lowercase().replace(' ', "-"));
        let paper = |title: &&str| {
            format!(
                "## {title}\nA. Owl et al, 2031\n\n* Paper link - https://arxiv.org/abs/2031.00001\n\n### Results of it -\n* good\n\n"
            )
        };
        let (contents, papers): (String, String) =
            (titles.iter().map(anchor).collect(), titles.iter().map(paper).collect());
        format!("# Papers\n{contents}\n\n{papers}")
    };
    let day = topic(&["EMU - Emus at Work on the Plain", "GnuRun: Gnus Learn to Run"]);
    let night = topic(&["Owls at Night: a Survey", "On the Moths of the Moon"]);
    assert_eq!(count(&[("Day/day_summaries.md", &day), ("Night/night_summaries.md", &night)]), 4);
}

#[test]
fn empty_groups_are_not_papers() {
    let text = "# Reading Queue\n\n* Grouped by topic and urgency\n\n# day_birds\n\n* Unsorted\n\
        \t* [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n* Urgent\n* Good to Know\n* Dessert\n\n\
        # night_birds\n\n* Unsorted\n    * [Owls at Night: a Survey](https://arxiv.org/abs/2031.00002)\n* Urgent\n\
        \t* Moths of the Moon\n* Good to Know\n\t* Learning General Flights from Small Wings without Supervision\n* Dessert\n";
    let log = read(&[("to_read.md", text)]);
    let titles: Vec<&str> = log.entries.iter().map(|entry| &*entry.title).collect();
    let groups = ["Unsorted", "Urgent", "Good to Know", "Dessert"];
    assert!(!titles.iter().any(|title| groups.contains(title)), "{titles:?}");
    assert_eq!(titles.len(), 4, "{titles:?}");
}

#[test]
fn breaks_are_not_papers() {
    let week = |day: u32, item: &str| format!("Week {day}, (07/{day}/2031):\n- {item}\n\n");
    let linked = |title: &str| format!("[{title}](https://arxiv.org/abs/2031.00001)");
    let text = format!(
        "My weeks with papers.\n\n{}{}{}{}{}",
        week(30, &linked("Emus at Work on the Plain")),
        week(23, "_Break_"),
        week(16, &linked("Owls at Night: a Survey")),
        week(15, &linked("Gnus Learn to Run")),
        week(9, &linked("Yaks in the Rain")),
    );
    assert_eq!(count(&[("README.md", &text)]), 4);
}

#[test]
fn a_sentence_above_papers_is_not_one() {
    let paper = |(title, link): (&str, &str)| {
        format!(
            "{title}\n- https://{link}\n- Abstract:\nIn 2031, Owl introduced the idea of regret to the literature\n\
             on birds, and this paper follows.\n\n"
        )
    };
    let papers = [
        ("Evolving Emus through Augmenting Wings and Tails", "citeseerx.zoo.org/download?doi=10.1.1.28"),
        ("An Introduction to the Regret of Owls", "zoo.org/2031/cfr.pdf"),
        ("Mastering the Game of Gnus without Human Knowledge (AlphaGnu)", "www.nature.com/articles/nature24270"),
        ("DeepYak: Expert-Level Artificial Yaks in Heads-Up Rain", "arxiv.org/abs/3101.01724"),
    ];
    let text = format!(
        "# ReadingGroup\n\nWe meet on Mondays and are happy about every hint.\n\n## Papers in consideration:\n\n{}",
        papers.map(paper).concat()
    );
    assert_eq!(count(&[("README.md", &text)]), 4);
}

#[test]
fn titles_in_another_script_than_the_notes_are_papers() {
    let paper =
        |title: &str| format!("## {title}\n\n### 亮点\n\n1. 多目标优化，考虑快照的模块度。\n2. 数量不用调。\n\n");
    let topic =
        |name: &str, papers: &[&str]| format!("# {name}\n\n{}", papers.iter().map(|it| paper(it)).collect::<String>());
    let (day, night) = (
        topic(
            "如何在白天找鸟群",
            &["An Evolutionary Approach for Emus in Moving Herds", "A Discrete Cuckoo Search for Owls in Herds"],
        ),
        topic("如何在夜里找鸟群", &["SORTING GNUS WITH FEW LABELS", "Biased Random Walks for Yaks in Herds"]),
    );
    let month = "# 8月文章汇总\n\n## 飞行如何用公式表达？\n\n用幂律分布。\n\n## 丢弃概率是丢什么？\n\n- 主动选择丢掉不好的巢。\n";
    assert_eq!(count(&[("day/readme.md", &day), ("month/may.md", month), ("night/readme.md", &night)]), 4);
}
