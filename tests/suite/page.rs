//! The page: a summary reads as its author meant it.

use papers_tui::app::keys::keymap::Keymap;
use papers_tui::app::page::figures::Figures;
use papers_tui::app::page::flow::{BlockKind, PageLine};
use papers_tui::app::page::pages::{self, PageInput};
use papers_tui::log::aliases::Aliases;
use papers_tui::log::links::Links;
use papers_tui::log::markup::{self, Block, Link};
use papers_tui::log::{Entry, Log, Source, parse};
use papers_tui::words::Language;

/// An entry's page, without links from the rest of the log.
pub fn entry_page(log: &Log, entry: &Entry, columns: usize) -> Vec<PageLine> {
    let (links, aliases, figures) = (Links::default(), Aliases::default(), Figures::default());
    let keymap = Keymap::default();
    let shelf = PageInput {
        papers: &papers_tui::papers::index::PaperIndex::default(),
        log,
        links: &links,
        aliases: &aliases,
        figures: &figures,
        reviews: &[],
        keymap: &keymap,
        language: Language::English,
    };
    pages::entry_page(shelf, entry, columns, 0)
}

use super::real_log;

/// Wide enough that nothing wraps.
pub const UNWRAPPED: usize = 10_000;

pub fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// A log with one paper whose title is followed by `body`.
pub fn paper(body: &str) -> Log {
    read(&format!("## 2031.5.17\n\n《Emu》\n{body}"))
}

/// The lines of a page as shown.
fn shown(lines: &[PageLine]) -> Vec<String> {
    lines.iter().map(|line| format!("{}{}", " ".repeat(line.indent), line.text().trim_end())).collect()
}

/// Compares the page of a paper, below title and facts, with these lines.
#[track_caller]
fn check(body: &str, columns: usize, wanted: &[&str]) {
    let log = paper(body);
    let lines = shown(&entry_page(&log, &log.entries[0], columns));
    let head = lines.iter().position(String::is_empty).unwrap() + 1;
    assert_eq!(lines[head..], *wanted);
}

/// The unwrapped page of the entry at a line of the real log.
fn page_at(log: &Log, line: usize) -> Vec<PageLine> {
    let file = &log.files[0];
    let holds = |entry: &&Entry| (entry.line()..=file.line_of(entry.span().end - 1)).contains(&line);
    entry_page(log, log.entries.iter().find(holds).unwrap(), UNWRAPPED)
}

/// Checks that the page contains these texts and not those.
#[track_caller]
fn spot(log: &Log, line: usize, wanted: &[&str], unwanted: &[&str]) {
    let page = shown(&page_at(log, line)).join("\n");
    for text in wanted {
        assert!(page.contains(text), "line {line}: no {text:?} in\n{page}");
    }
    for text in unwanted {
        assert!(!page.contains(text), "line {line}: {text:?} in\n{page}");
    }
}

/// Whether a text on the page is italic, bold or code.
#[track_caller]
fn style(log: &Log, line: usize, text: &str) -> (bool, bool, bool) {
    let page = page_at(log, line);
    let span = page.iter().flat_map(|line| &line.spans).find(|span| span.text == text);
    let style = span.unwrap_or_else(|| panic!("no span {text:?}")).style;
    (style.italic, style.bold, style.code)
}

const ITALIC: (bool, bool, bool) = (true, false, false);
const BOLD: (bool, bool, bool) = (false, true, false);
const BOTH: (bool, bool, bool) = (true, true, false);
const CODE: (bool, bool, bool) = (false, false, true);

/// A test for each of the places in the real log where Markdown differs most from what the author meant.
macro_rules! hardest {
    ($($name:ident: $check:expr;)*) => {
        $(#[test] fn $name() {
            let Some(log) = real_log::log() else { return };
            let check: fn(&Log) = $check;
            check(&log);
        })*
    };
}

hardest! {
    line_125_stray_asterisks: |log| {
        spot(log, 125, &["interface with remarkable conv", "2. 模型，核心"], &["*"]);
        assert_eq!(style(log, 125, "多模态"), BOLD);
    };
    line_184_title_in_fragments: |log| spot(log, 184, &["Toolformer: Language Models Can Teach Themselves to Use Tools\n"], &["*"]);
    line_200_arrow: |log| spot(log, 200, &["ReAct→ CoT-SC 当"], &["*"]);
    line_234_paragraph_in_a_list: |log| spot(log, 234, &["（推理？）\n   通过synthesize精致"], &[]);
    line_283_mixed_runs: |log| spot(log, 283, &["优于 DPR-FiD；另外本文的方法"], &["*"]);
    line_331_one_flowing_item: |log| spot(log, 331, &["dataset called Code Alpaca. We", "20,000 samples to"], &[]);
    line_788_nested_runs: |log| {
        spot(log, 788, &["name of Florence as the", "exploring vision foundation models , as"], &["*"]);
        assert_eq!(style(log, 788, "Florence "), ITALIC);
        assert_eq!(style(log, 788, "vision foundation "), BOTH);
        assert_eq!(style(log, 788, "models"), BOLD);
    };
    line_872_literal_angles: |log| {
        spot(log, 872, &["80%~89%", "<image> 和 <|endofchunk|> 的"], &[]);
        assert_eq!(style(log, 872, "<image>"), CODE);
    };
    line_909_nested_list: |log| spot(log, 909, &["\n   1. Large scale", "（of later tuning for diff NLP tasks ）"], &["*"]);
    line_1040_times: |log| spot(log, 1040, &["uses 16× more parameters"], &["*"]);
    line_1404_unclosed_bold: |log| spot(log, 1404, &["2)不同head的"], &["*"]);
    line_1611_title_in_fragments: |log| {
        let title = "SNR: Sub-Network Routing for Flexible Parameter Sharing in Multi-Task Learning\n";
        spot(log, 1611, &[title], &["*"]);
    };
    line_2060_malformed_figure: |log| spot(log, 2060, &["pic/Inferring_the_Qoe1.png"], &["<img", "\">"]);
    line_2664_malformed_figure: |log| spot(log, 2664, &["pic/AE1.png · 400×200"], &["<img", "\">"]);
    line_2850_indented_prose: |log| {
        spot(log, 2850, &["published 2021.11", "\n  2021.11的一篇文章，一作是 ResNet 的作者 Kaiming He\n"], &[]);
        assert!(page_at(log, 2850).iter().all(|line| line.kind != BlockKind::Code));
    };
    line_2885_products_taken_for_emphasis: |log| spot(log, 2885, &["patch16X16作为", "2X2patch)"], &["*"]);
    line_3083_deeper_line: |log| {
        spot(log, 3083, &["\n  α：初始学习率，0.001\n    β1：0次项的加权系数，0.9\n  β2：1次项的加权系数，0.999\n"], &[]);
    };
    line_3114_products: |log| {
        spot(log, 3114, &["\n  1，3个3*3卷积层叠加，感受野与1个7*7是一样的，参数量却小得多 3*9*C^2 vs 49*C^2\n"], &[]);
        let (body, columns) = ("    1，3个3*3卷积层叠加，感受野与1个7*7一样\n", 30);
        check(body, columns, &["  1，3个3*3卷积层叠加，感受野", "     与1个7*7一样"]);
    };
    line_3133_a_line_each: |log| {
        spot(log, 3133, &["核心思想：\n▪ Figure 1 · GCN 的公式 · https://github.com/"], &["![image]"]);
        spot(log, 3133, &["\n  1，过平滑问题，如果使用太多层节点表示会趋向一致\n  2，增加要学习的参数量\n\n  为了解决"], &[]);
    };
    line_3182_bare_address: |log| {
        let url = "http://karpathy.github.io/2015/05/21/rnn-effectiveness/";
        let page = page_at(log, 3182);
        let links = page.iter().flat_map(|line| &line.spans).filter_map(|span| span.link.as_ref());
        assert_eq!(links.collect::<Vec<_>>(), [&Link::Url(url.into())]);
    };
}

/// The rules of the tests above on invented text.
#[test]
fn stray_asterisks_are_dropped_and_products_kept() {
    check("\n采用 *A then B *的方法，优于  *X**-Y；另外*它\n", 80, &["采用 A then B 的方法，优于 X-Y；另外它"]);
    check("\nx = a*b，面积 3*4 与 5*6，a * b，*孤\n", 80, &["x = a*b，面积 3*4 与 5*6，a * b，孤"]);
    check("\n**注意：**这里，**“甲”**和**“乙”**，****丙****\n", 80, &["注意：这里，“甲”和“乙”，丙"]);
    check("\n\\*甲\\* 和 &#42;乙&#42; `*丙*`\n", 80, &["*甲* 和 *乙* *丙*"]);
}

/// Checks the runs of the first paragraph's first line: (text, italic, bold).
#[track_caller]
fn runs(body: &str, wanted: &[(&str, bool, bool)]) {
    let log = paper(body);
    let blocks = markup::blocks(&log.files[0], log.entries[0].body(), &[]);
    let Some(Block::Paragraph(lines)) = blocks.first() else { panic!("{blocks:?}") };
    let runs: Vec<_> = lines[0].text.iter().map(|run| (run.text.as_str(), run.style.italic, run.style.bold)).collect();
    assert_eq!(runs, wanted);
}

#[test]
fn emphasis_works_next_to_chinese_punctuation() {
    runs("\n**注意：**这里", &[("注意：", false, true), ("这里", false, false)]);
    runs("\n**“甲”**和**“乙”**", &[("“甲”", false, true), ("和", false, false), ("“乙”", false, true)]);
    runs("\n**注意：**这里有**重点**", &[("注意：", false, true), ("这里有", false, false), ("重点", false, true)]);
    runs(
        "\n*斜。*体 and _a_ ***三。***个",
        &[
            ("斜。", true, false),
            ("体 and ", false, false),
            ("a", true, false),
            (" ", false, false),
            ("三。", true, true),
            ("个", false, false),
        ],
    );
    runs(
        "\na ****b**** *c* ~~d~~",
        &[
            ("a ", false, false),
            ("b", false, true),
            (" ", false, false),
            ("c", true, false),
            (" ", false, false),
            ("d", false, false),
        ],
    );
}

#[test]
fn hanging_and_indented_lines_keep_their_indentation() {
    check(
        "    一行 **粗**\n      更深\n    1，甲\n    a) 乙丙\n",
        12,
        &["  一行 粗", "   更深", "  1，甲", "  a) 乙丙"],
    );
    check("\n    2031.4 的 **一** 篇\n\n    再 3*3 到 7*7\n", 40, &["  2031.4 的 **一** 篇", "", "  再 3*3 到 7*7"]);
    check("\n优势：\n1，甲\n2，乙\n\n3，丙\n", 40, &["优势：", "1，甲", "2，乙", "3，丙"]);
    check("\n1. 甲\n\n   乙\n2. 丙\n", 40, &["1. 甲", "   乙", "2. 丙"]);
}

#[test]
fn code_and_angle_brackets_are_kept_and_formulas_use_unicode() {
    check("\n<vi, vj> 与 <|end|>、<14、2^n、~1、10^-5 `<i>`\n", 80, &["<vi, vj> 与 <|end|>、<14、2^n、~1、10^-5 <i>"]);
    check("\n损失 $L_{a} = x_i * y_i * \\{z\\}$，价 $5 和 $6\n", 80, &["损失 Lₐ = xᵢ * yᵢ * {z}，价 $5 和 $6"]);
    check("\n令\n$$\na_1 * b_1\n* c\n$$\n得\n", 80, &["令", "$$", "a₁ * b₁", "* c", "$$", "得"]);
    check("\n```\nlet $a$ = 'x$';\n```\n`$b$`\n", 80, &["  let $a$ = 'x$';", "", "$b$"]);
}

#[test]
fn links_keep_their_targets() {
    let log = paper("\n见[文](https://a.example/x)、https://b.example/y。与[5036]，<me@c.example>\n");
    let page = entry_page(&log, &log.entries[0], 30);
    let spans = page.iter().flat_map(|line| &line.spans);
    let links: Vec<_> = spans.filter_map(|span| Some((span.text.as_str(), span.link.clone()?))).collect();
    let url = |url: &str| Link::Url(url.into());
    assert_eq!(
        links,
        [
            ("文", url("https://a.example/x")),
            ("https://b.example/y", url("https://b.example/y")),
            ("[5036]", Link::Reference("5036".into())),
            ("me@c.example", url("mailto:me@c.example")),
            ("[5036]", Link::Reference("5036".into())),
        ]
    );
}

#[test]
fn tables_fit_any_width() {
    let body = "\n|名|说明|\n|-|-|\n|a|甲乙丙丁|\n|b|戊|\n";
    check(body, 20, &["名  说明", "──  ────────", "a   甲乙丙丁", "b   戊"]);
    let cut = ["名", "  a", "说明", "  甲", "  乙", "  丙", "  丁", "─────", "名", "  b", "说明", "  戊"];
    check(body, 5, &cut);
}

#[test]
fn control_characters_are_not_drawn_on_a_page() {
    let log = paper("\na&#27;[31mb &#x202E;c &#9;d&#0; [x](http://e.example/&#27;)\u{9b}\n");
    for line in entry_page(&log, &log.entries[0], 80) {
        assert!(!line.text().contains(|c: char| c.is_control() || c == '\u{202E}'), "{line:?}");
    }
}

#[test]
fn show_prints_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let log = "## 2031.5.17\n\n《Gnu: A Model》\n\n- [x] **甲** 乙\n\n![](a.png)\n\n## 2031.5.2\n\n《Yak》\n\n一\n";
    std::fs::write(folder.path().join("log.md"), log).unwrap();
    let show = |arguments: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_papers-tui"));
        program.env("PAPERS_TUI_LANG", "en");
        program.current_dir(folder.path()).args(["show", "--log", "log.md"]).args(arguments);
        let output = program.output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let gnu = "Gnu: A Model\nread 2031.5.17 · 1 figure\n\n☑ 甲 乙\n▪ Figure 1 · a.png\n";
    let yak = "Yak\nread 2031.5.2\n\n一\n";
    for query in ["Gnu: a  model", "GNU", "gn mod", "line:3", "line:7"] {
        assert_eq!(show(&[query]), (Some(0), gnu.into()), "{query}");
    }
    assert_eq!(show(&["line:11", "--width", "40"]), (Some(0), yak.into()));
    assert_eq!(show(&["--all"]), (Some(0), format!("{gnu}\n{yak}")));
    assert_eq!(show(&["zzz"]), (Some(1), String::new()));
    assert_eq!(show(&["line:99"]), (Some(1), String::new()));
    let (_, coloured) = show(&["yak", "--color", "always"]);
    assert!(coloured.starts_with("\u{1b}[1mYak\u{1b}[0m\n"), "{coloured}");
    let (_, json) = show(&["yak", "--json", "--width", "60"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["key"], &json["line"], &json["width"]), (&"yak".into(), &11.into(), &60.into()));
    assert_eq!(json["lines"][3], serde_json::json!({ "text": "一", "indent": 0, "kind": "text" }));
}
