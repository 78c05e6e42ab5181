//! A log in every form that people use is read as its author meant it.

use papers_tui::log::forms::titles::TitleForm;
use papers_tui::log::{EntryKind, Log, Source, parse};

/// A log in one form.
pub(crate) struct Fixture {
    /// Its name in messages.
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    /// The form of its titles.
    form: TitleForm,
    /// Its papers: the day or month they are under (`-` for none), and the title.
    pub(crate) papers: &'static [(&'static str, &'static str)],
}

pub(crate) const FIXTURES: &[Fixture] = &[
    Fixture {
        name: "headings under days",
        text: "# Reading log\n\n## 2031-05-17\n\n### Emus at Work\n\nThey do work.\n\n#### Method\n\nCounting.\n\n\
               ### Owls: Seeing at Night\n\nThey see.\n\n## 2031-05-18\n\n### A Study of Gnus\n\nGnus run.\n\n\
               ### The Long Way Home of Yaks\n\nFar.\n",
        form: TitleForm::Headings(3),
        papers: &[
            ("2031-05-17", "Emus at Work"),
            ("2031-05-17", "Owls: Seeing at Night"),
            ("2031-05-18", "A Study of Gnus"),
            ("2031-05-18", "The Long Way Home of Yaks"),
        ],
    },
    Fixture {
        name: "links in bullets under months",
        text: "# Papers I read\n\n## June 2031\n\n- [Emus at Work](https://arxiv.org/abs/2031.00001) `birds`\n  - they work\n\
               - [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n\n## May 2031\n\n\
               - [A Study of Gnus](https://arxiv.org/abs/2031.00003) [[code](https://github.com/gnu/gnu)]\n\
               - The Long Way Home of Yaks [[pdf](https://arxiv.org/pdf/2031.00004.pdf)]\n",
        form: TitleForm::Bullets,
        papers: &[
            ("2031-06", "Emus at Work"),
            ("2031-06", "Owls: Seeing at Night"),
            ("2031-05", "A Study of Gnus"),
            ("2031-05", "The Long Way Home of Yaks"),
        ],
    },
    Fixture {
        name: "bullets of which some have boxes",
        text: "# 5/17\n\n- **[Emu]** Emus at Work: Counting Birds\n  - they work\n- [x] **[Owl]** Owls: Seeing at Night\n  - ICCV 2031\n\
               - **[]** A Study of Gnus on the Plains\n- [ ] ask Anna for the code\n\n# 5/18\n\n\
               - **[Yak]** The Long Way Home of Yaks\n  - CVPR 2030\n- [x] **[Elk]** Elks: Deep Learning in Forests\n- **[]** Ravens and Their Tools\n",
        form: TitleForm::Bullets,
        papers: &[
            ("--05-17", "[Emu] Emus at Work: Counting Birds"),
            ("--05-17", "[Owl] Owls: Seeing at Night"),
            ("--05-17", "A Study of Gnus on the Plains"),
            ("--05-18", "[Yak] The Long Way Home of Yaks"),
            ("--05-18", "[Elk] Elks: Deep Learning in Forests"),
            ("--05-18", "Ravens and Their Tools"),
        ],
    },
    Fixture {
        name: "numbers in brackets over quotes",
        text: "# 论文\n\n## Birds\n\n[1] Emus at Work: Counting Birds\n> 数鸟\n> [pdf](https://arxiv.org/pdf/2031.00001)\n\n\
               [2] Owls: Seeing at Night\n> 夜里看\n\n[3] A Study of Gnus on the Plains\n> 跑得快\n",
        form: TitleForm::NumberedLines,
        papers: &[
            ("-", "Emus at Work: Counting Birds"),
            ("-", "Owls: Seeing at Night"),
            ("-", "A Study of Gnus on the Plains"),
        ],
    },
    Fixture {
        name: "headings over the title in another language",
        text: "## Emus at Work: Counting Birds\n[工作中的鸸鹋](https://arxiv.org/abs/2031.00001)\n\n数鸟。\n\n\
               ## Owls: Seeing at Night\n[夜间视物](https://arxiv.org/abs/2031.00002)\n\n看。\n\n\
               ## A Study of Gnus on the Plains\n[平原上的角马](https://arxiv.org/abs/2031.00003)\n\n跑。\n",
        form: TitleForm::Headings(2),
        papers: &[
            ("-", "Emus at Work: Counting Birds"),
            ("-", "Owls: Seeing at Night"),
            ("-", "A Study of Gnus on the Plains"),
        ],
    },
    Fixture {
        name: "bullets that introduce numbers",
        text: "# Papers\n\n## Birds\n\n* Emu系列：\n\n1. Emus at Work: Counting Birds\n\t* [code](https://github.com/emu/emu)\n\
               2. Emus at Rest: Sleeping Birds\n3. Emus in Rain: a Survey of Weather\n\n## Beasts\n\n* A Study of Gnus on the Plains\n\t* [Gnus](https://gnu.org)\n\n\
               * The Long Way Home of Yaks (CVPR 2031)\n\n* Elks: Deep Learning in Forests (ICLR 2031)\n\n* Ravens and Their Tools: a Review\n\n* Attention of Owls in the Dark\n",
        form: TitleForm::Bullets,
        papers: &[
            ("-", "Emus at Work: Counting Birds"),
            ("-", "Emus at Rest: Sleeping Birds"),
            ("-", "Emus in Rain: a Survey of Weather"),
            ("-", "A Study of Gnus on the Plains"),
            ("-", "The Long Way Home of Yaks"),
            ("-", "Elks: Deep Learning in Forests"),
            ("-", "Ravens and Their Tools: a Review"),
            ("-", "Attention of Owls in the Dark"),
        ],
    },
    Fixture {
        name: "references in bullets by topic",
        text: "# Papers\n\n## Birds\n\n- A. Emu, B. Owl. \"Emus at Work\". ICLR 2031.\n\
               - Gnu, C., & Yak, D. (2031). Owls see at night. In Proceedings of Birds.\n\n## Beasts\n\n\
               - Anna Elk, Bert Gnu, and Carl Yak. A Study of Gnus on the Plains. NeurIPS 2031.\n\
               - Yak et al. (2030). The Long Way Home. Nature.\n",
        form: TitleForm::Bullets,
        papers: &[
            ("-", "Emus at Work"),
            ("-", "Owls see at night"),
            ("-", "A Study of Gnus on the Plains"),
            ("-", "The Long Way Home"),
        ],
    },
    Fixture {
        name: "numbers under weeks",
        text: "# 论文阅读\n\n## 2031.5.12 - 2031.5.18\n\n1. Emus at Work: Counting Birds (ICLR 2031)\n\n   很好。\n\n\
               2. Owls: Seeing at Night, NeurIPS 2030\n\n## 2031.5.19 - 2031.5.25\n\n1. A Study of Gnus on the Plains (CVPR 2031)\n",
        form: TitleForm::Numbers,
        papers: &[
            ("2031-05-12", "Emus at Work: Counting Birds"),
            ("2031-05-12", "Owls: Seeing at Night"),
            ("2031-05-19", "A Study of Gnus on the Plains"),
        ],
    },
    Fixture {
        name: "boxes by topic",
        text: "# Papers\n\n## Birds\n\n- [x] [Emus at Work](https://arxiv.org/abs/2031.00001)\n\
               - [ ] [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n\n## Beasts\n\n\
               - [ ] [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n- [x] The Long Way Home of Yaks, ICML 2031\n",
        form: TitleForm::Tasks,
        papers: &[
            ("-", "Emus at Work"),
            ("-", "Owls: Seeing at Night"),
            ("-", "A Study of Gnus"),
            ("-", "The Long Way Home of Yaks"),
        ],
    },
    Fixture {
        name: "rows with a column of dates",
        text: "# Paper log\n\n| Date | Paper | Notes |\n|---|---|---|\n\
               | 2031-05-17 | [Emus at Work](https://arxiv.org/abs/2031.00001) | they work |\n\
               | 2031-05-18 | Owls: Seeing at Night | they see |\n| 2031-05-20 | A Study of Gnus on the Plains | |\n",
        form: TitleForm::Rows,
        papers: &[
            ("2031-05-17", "Emus at Work"),
            ("2031-05-18", "Owls: Seeing at Night"),
            ("2031-05-20", "A Study of Gnus on the Plains"),
        ],
    },
    Fixture {
        name: "rows with tabs, as generators write them",
        text: "# Paper list\n\n| Name \t| Paper \t|\n|------\t|-------\t|\n\
               | EmuNet \t| [Emus at Work: Counting Birds](https://arxiv.org/abs/2031.00001) \t|\n\
               | OwlNet \t| [Owls: Seeing at Night](https://arxiv.org/abs/2030.00002) \t|\n",
        form: TitleForm::Rows,
        papers: &[("-", "Emus at Work: Counting Birds"), ("-", "Owls: Seeing at Night")],
    },
    Fixture {
        name: "heads of what folds",
        text: "# Papers on birds\n\n## Seeing\n\n<details>\n<summary><b>Owls: Seeing at Night</b> <a href=\"https://arxiv.org/abs/2031.00002\">[Paper]</a></summary>\n<hr>\nThey see.\n</details>\n\n\
               <details>\n<summary><b>A Study of Gnus on the Plains</b> <a href=\"https://arxiv.org/abs/2031.00003\">[Paper]</a></summary>\n<hr>\nThey run.\n</details>\n\n\
               ## Work\n\n<details>\n <summary><b>Emus at Work: Counting Birds</b> <a href=\"https://arxiv.org/abs/2031.00001\">[Paper]</a></summary>\n<hr>\nThey do.\n</details>\n",
        form: TitleForm::StrongLines,
        papers: &[
            ("-", "Owls: Seeing at Night"),
            ("-", "A Study of Gnus on the Plains"),
            ("-", "Emus at Work: Counting Birds"),
        ],
    },
    Fixture {
        name: "rows of published papers",
        text: "# Paper list\n\n| Name | Published | Paper |\n|---|---|---|\n\
               | EmuNet | 2031-05 | [Emus at Work: Counting Birds](https://arxiv.org/abs/2031.00001) |\n\
               | OwlNet | 2030-01 | [Owls: Seeing at Night](https://arxiv.org/abs/2030.00002) |\n",
        form: TitleForm::Rows,
        papers: &[("-", "Emus at Work: Counting Birds"), ("-", "Owls: Seeing at Night")],
    },
    Fixture {
        name: "lines that are links",
        text: "# Papers\n\n## Birds\n\n[Emus at Work: Counting Birds](https://arxiv.org/abs/2031.00001)\n- they work\n\n\
               [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n- they see\n- well\n\n## Beasts\n\n\
               [A Study of Gnus on the Plains](https://arxiv.org/abs/2031.00003)\n",
        form: TitleForm::LinkLines,
        papers: &[
            ("-", "Emus at Work: Counting Birds"),
            ("-", "Owls: Seeing at Night"),
            ("-", "A Study of Gnus on the Plains"),
        ],
    },
    Fixture {
        name: "lines with numbers under dated lines",
        text: "论文阅读记录\n\n2031年5月17日\n\n1.Emus at Work: Counting Birds\n\n很好的论文。\n\n2031年5月18日\n\n\
               2.Owls: Seeing at Night\n\n2031年5月20日\n\n3.A Study of Gnus on the Plains\n\n跑得快。\n",
        form: TitleForm::NumberedLines,
        papers: &[
            ("2031-05-17", "Emus at Work: Counting Birds"),
            ("2031-05-18", "Owls: Seeing at Night"),
            ("2031-05-20", "A Study of Gnus on the Plains"),
        ],
    },
    Fixture {
        name: "strong lines",
        text: "# Paper notes\n\n**[1] Emus at Work: Counting Birds,** ICLR 2031.\n\n*A. Emu, B. Owl.*\n\nThey do work.\n\n\
               **[2] Owls: Seeing at Night,** NeurIPS 2030.\n\n*C. Gnu.*\n\nThey see.\n\n\
               **[3] A Study of Gnus on the Plains,** arXiv 2031.\n\n*D. Yak.*\n\nThey run.\n",
        form: TitleForm::StrongLines,
        papers: &[
            ("-", "Emus at Work: Counting Birds"),
            ("-", "Owls: Seeing at Night"),
            ("-", "A Study of Gnus on the Plains"),
        ],
    },
    Fixture {
        name: "plain lines with their links",
        text: "# Reading\n\n## 2031-05\n\nEmus at Work: Counting Birds -- [[IEEE]](https://ieeexplore.ieee.org/document/1)\n\n\
               Owls: Seeing at Night -- [[arXiv]](https://arxiv.org/abs/2031.00002)\n\n## 2031-06\n\n\
               A Study of Gnus on the Plains -- [[ACM]](https://dl.acm.org/citation.cfm?id=3)\n\n\
               The Long Way Home of Yaks -- [[arXiv]](https://arxiv.org/abs/2031.00004)\n",
        form: TitleForm::PlainLines,
        papers: &[
            ("2031-05", "Emus at Work: Counting Birds"),
            ("2031-05", "Owls: Seeing at Night"),
            ("2031-06", "A Study of Gnus on the Plains"),
            ("2031-06", "The Long Way Home of Yaks"),
        ],
    },
    Fixture {
        name: "labels",
        text: "# Weekly papers\n\n**2031-05-17**\n\n<i>Title</i>: <a href=\"https://arxiv.org/abs/2031.00001\">Emus at Work</a><br>\n\
               <i>Author</i>: Anna Emu<br>\nThey do work.\n\n**2031-05-24**\n\n\
               <i>Title</i>: <a href=\"https://arxiv.org/abs/2031.00002\">Owls: Seeing at Night</a><br>\n<i>Author</i>: Bert Owl<br>\n",
        form: TitleForm::Labels,
        papers: &[("2031-05-17", "Emus at Work"), ("2031-05-24", "Owls: Seeing at Night")],
    },
    Fixture {
        name: "titles in sentences",
        text: "# 读书笔记\n\n## 2031年5月17日\n\n今天读了《Emus at Work》这篇论文，讲的是鸟的工作。\n\n## 2031年5月18日\n\n\
               今天读了《Owls: Seeing at Night》，讲的是夜里看东西的方法。\n",
        form: TitleForm::InText,
        papers: &[("2031-05-17", "Emus at Work"), ("2031-05-18", "Owls: Seeing at Night")],
    },
    Fixture {
        name: "a label says when it was read",
        text: "### Emus at Work: Counting Birds\n* Author: Anna Emu\n* Reading date: 17/05/2031\n\nThey do work.\n\n\
               ### Owls: Seeing at Night\n* Author: Bert Owl\n* Reading date: 18/05/2031\n\nThey see.\n\n\
               ### A Study of Gnus on the Plains\n* Author: Carl Gnu, arXiv 2031.00003\n\nThey run.\n",
        form: TitleForm::Headings(3),
        papers: &[
            ("2031-05-17", "Emus at Work: Counting Birds"),
            ("2031-05-18", "Owls: Seeing at Night"),
            ("-", "A Study of Gnus on the Plains"),
        ],
    },
    Fixture {
        name: "days before titles",
        text: "# One paper a day\n\n- 310517: Emus at Work: Counting Birds [pdf](https://arxiv.org/pdf/2031.00001.pdf)\n\
               - 310518-: Owls: Seeing at Night [md](owls.md)\n- 310520: A Study of Gnus on the Plains\n\n## Links\n\n\
               - [A course](https://example.org)\n",
        form: TitleForm::Bullets,
        papers: &[
            ("2031-05-17", "Emus at Work: Counting Birds"),
            ("2031-05-18", "Owls: Seeing at Night"),
            ("2031-05-20", "A Study of Gnus on the Plains"),
        ],
    },
    Fixture {
        name: "days as items under years",
        text: "# Paper diary\n\n## 2031\n\n- 5/17\n  - [Emus at Work](https://arxiv.org/abs/2031.00001)\n- 5/18\n\
               \x20 - [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n  - [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n",
        form: TitleForm::Bullets,
        papers: &[
            ("2031-05-17", "Emus at Work"),
            ("2031-05-18", "Owls: Seeing at Night"),
            ("2031-05-18", "A Study of Gnus"),
        ],
    },
    Fixture {
        name: "weeks behind a name that they share",
        text: "# Papers of the week\n\n## Top papers (May 11 - May 17) - 2031\n\n1. [Emus at Work](https://arxiv.org/abs/2031.00001)\n\n\
               ## Top papers (May 4 - May 10) - 2031\n\n1. [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n\n\
               ## Top papers (April 27 - May 3) - 2031\n\n1. [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n",
        form: TitleForm::Numbers,
        papers: &[
            ("2031-05-11", "Emus at Work"),
            ("2031-05-04", "Owls: Seeing at Night"),
            ("2031-04-27", "A Study of Gnus"),
        ],
    },
    Fixture {
        name: "groups of items",
        text: "# Papers I read\n\n- Birds\n  - [Emus at Work](https://arxiv.org/abs/2031.00001)\n  - Seeing\n\
               \x20   - [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n    - [Emus in the Dark](https://arxiv.org/abs/2031.00004)\n\
               - Beasts\n  - [A Study of Gnus](https://arxiv.org/abs/2031.00003)\n  - [Yaks at Home](https://arxiv.org/abs/2031.00005)\n",
        form: TitleForm::Bullets,
        papers: &[
            ("-", "Emus at Work"),
            ("-", "Owls: Seeing at Night"),
            ("-", "Emus in the Dark"),
            ("-", "A Study of Gnus"),
            ("-", "Yaks at Home"),
        ],
    },
    Fixture {
        name: "Japanese, months and lists",
        text: "# 論文メモ\n\n## 2031年5月\n\n### Emus at Work: Counting Birds\n\n- 鳥の数を数える。\n- https://arxiv.org/abs/2031.00001\n\n\
               ### 夜のフクロウの視覚についての研究\n\n- フクロウはよく見える。\n\n## 2031年6月\n\n### A Study of Gnus on the Plains\n\n- 速い。\n",
        form: TitleForm::Headings(3),
        papers: &[
            ("2031-05", "Emus at Work: Counting Birds"),
            ("2031-05", "夜のフクロウの視覚についての研究"),
            ("2031-06", "A Study of Gnus on the Plains"),
        ],
    },
];

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// The papers of a log: date and title.
fn papers(log: &Log) -> Vec<(String, String)> {
    let is_paper = |kind| matches!(kind, EntryKind::Paper | EntryKind::Draft);
    let papers = log.entries.iter().filter(|entry| is_paper(entry.kind));
    papers
        .map(|entry| {
            let kind = log.sections[entry.section()].kind;
            (kind.stamp().unwrap_or_else(|| "-".into()), entry.title.to_string())
        })
        .collect()
}

fn wanted(fixture: &Fixture) -> Vec<(String, String)> {
    fixture.papers.iter().map(|(date, title)| ((*date).to_owned(), (*title).to_owned())).collect()
}

#[test]
fn every_form_of_log_is_read_as_intended() {
    for fixture in FIXTURES {
        let log = read(fixture.text);
        assert_eq!(papers(&log), wanted(fixture), "{}: {:?}", fixture.name, log.files[0].reading);
        assert_eq!(log.files[0].reading.titles.forms[0].form, fixture.form, "{}", fixture.name);
    }
}

#[test]
fn every_form_of_titles_has_a_fixture() {
    use papers_tui::log::forms::titles::FORMS;
    for entry in FORMS.iter().filter(|entry| !matches!(entry.form, TitleForm::Marks | TitleForm::Headings(_))) {
        assert!(FIXTURES.iter().any(|fixture| fixture.form == entry.form), "{:?}", entry.form);
    }
}

/// Removing a paper changes neither the form nor the other papers. Nor does adding it again, which gives the text that
/// was read first.
#[test]
fn adding_or_removing_an_entry_does_not_change_the_form() {
    for fixture in FIXTURES.iter().filter(|fixture| fixture.papers.len() > 2) {
        let log = read(fixture.text);
        for gone in 0..log.entries.len() {
            let span = log.entries[gone].span();
            let text = format!("{}{}", &fixture.text[..span.start], &fixture.text[span.end..]);
            let mut expected = wanted(fixture);
            expected.remove(gone);
            let fewer = read(&text);
            assert_eq!(fewer.files[0].reading.titles.forms[0].form, fixture.form, "{} without {gone}", fixture.name);
            let fewer = papers(&fewer);
            assert_eq!(fewer, expected, "{} without {}", fixture.name, log.entries[gone].title);
        }
    }
}

/// Headings, notes and entries together are the whole file.
#[test]
fn sections_cover_the_whole_log() {
    let others = std::env::var_os("PAPERS_TUI_LOGS").and_then(|folder| std::fs::read_dir(folder).ok());
    let files =
        others.into_iter().flatten().flatten().filter(|file| file.path().extension().is_some_and(|it| it == "md"));
    let others = files.filter_map(|file| std::fs::read_to_string(file.path()).ok());
    for text in FIXTURES.iter().map(|fixture| fixture.text.to_owned()).chain(others) {
        let log = read(&text);
        let mut whole = String::new();
        for section in &log.sections {
            let entries = log.entries[section.entries()].iter().map(|entry| entry.span());
            let mut parts: Vec<_> = entries.chain(section.notes.iter().map(|note| note.range())).collect();
            parts.sort_by_key(|part| part.start);
            let first = parts.first().map_or(section.span().end, |part| part.start);
            whole.push_str(&text[section.span().start..first]);
            parts.into_iter().for_each(|part| whole.push_str(&text[part]));
        }
        assert_eq!(whole, text);
    }
}

#[test]
fn other_documents_contain_no_papers() {
    for text in [
        "",
        "# Emu\n\nA library for emus.\n\n## Installation\n\n```\nemu install\n```\n\n## Usage\n\n- Call `emu::run`.\n- See the [docs](https://docs.rs/emu).\n",
        "# Changelog\n\n## 1.2.0 - 2031-05-17\n\n- Fix a crash in the parser\n- Add support for owls\n\n## 1.1.0 - 2031-04-01\n\n- Improve speed\n",
        "# 每日 arXiv 论文\n\n自动选出论文。\n\n## 主要功能\n\n- 选出论文\n\n## 部署方式\n\n1. 安装\n\n## 项目结构\n\n- `a.py`\n\n## 文件说明\n\n无\n",
        "# 논문 요약\n\n## 주요 기능\n\n- 논문을 모읍니다\n\n## 실행 방법\n\n1. 설치\n\n## 프로젝트 구조\n\n- `a.py`\n",
        "# Anna's Research Log\n\n## Week 2 (5/12 - 5/18)\n\n### Goals\n\n- [x] Start counting emus with the new model\n- [x] Prepare the slides for the owl paper\n\n\
         #### Friday (2 hours)\n\n- Met with the group to discuss ideas\n- Worked on the arXiv draft\n\n## Week 1 (5/5 - 5/11)\n\n### Goals\n\n\
         - [x] Finish reading papers about gnus\n- [x] Submit the owl paper to ICML\n\n#### Monday (3 hours)\n\n- Discussed emu data with Bert\n",
        "# Diary\n\n## 2031-05-17\n\nWe went to the zoo. It rained, and the emus were inside.\n\n## 2031-05-18\n\nSlept long. Then we had lunch.\n",
    ] {
        assert_eq!(papers(&read(text)), [], "{text}");
    }
    // In a diary, headings that do not look like titles say what was done that day.
    let day = |(index, what)| {
        let at = format!("## Day {}: May {}, 2031", index + 1, index + 17);
        format!("{at}\n\n### {what}\n\nRead [the paper](https://arxiv.org/abs/2031.0000{index}) and wrote code.\n\n")
    };
    let days = ["Trees", "Convolutions", "Clustering", "Embeddings", "Emu Regression", "Loops", "Lines", "Points"];
    let days = days.into_iter().enumerate().map(day);
    assert_eq!(papers(&read(&format!("# 100 days of emus\n\n{}", days.collect::<String>()))), []);
}

#[test]
fn model_names_as_headings_are_papers() {
    let text = "# Notes\n\n## EmuNet\n\nhttps://arxiv.org/abs/2031.00001\n\nIt counts.\n\n\
                ## OwlNet\n\nhttps://arxiv.org/abs/2031.00002\n\nIt sees.\n\n## GNU-2\n\nFast.\n";
    assert_eq!(papers(&read(text)), ["EmuNet", "OwlNet", "GNU-2"].map(|title| ("-".to_owned(), title.to_owned())));
}

#[test]
fn dates_under_numbered_weeks_are_used() {
    let text = "# Paper reading\n\n## Week 1\n\n2031-05-12\n\n- [Emus at Work](https://arxiv.org/abs/2031.00001)\n\n\
                ## Week 2\n\n2031-05-19\n\n- [Owls: Seeing at Night](https://arxiv.org/abs/2031.00002)\n";
    let wanted = [("2031-05-12", "Emus at Work"), ("2031-05-19", "Owls: Seeing at Night")];
    assert_eq!(papers(&read(text)), wanted.map(|(date, title)| (date.to_owned(), title.to_owned())));
}
