//! Compares bodies with the blocks they become.

use super::*;
use crate::log::{Source, parse};

/// Shows blocks as lines with kind, indentation and text.
fn show(blocks: &[Block], depth: usize, out: &mut Vec<String>) {
    let plain = |text: &Text| text.iter().map(|run| run.text.as_str()).collect::<String>();
    let pad = " ".repeat(depth);
    for block in blocks {
        match block {
            Block::Heading(level, text) => out.push(format!("{pad}h{level} {}", plain(text))),
            Block::Paragraph(lines) => {
                let line = |line: &Line| format!("{pad}p{} {}{}", line.indent, line.marker, plain(&line.text));
                out.extend(lines.iter().map(line));
            }
            Block::List(start, items) => {
                for item in items {
                    let mark = if item.mark.is_some() { " task" } else { "" };
                    let number = item.number.map(|number| format!(" {number}")).unwrap_or_default();
                    out.push(format!("{pad}item {start:?}{mark}{number}"));
                    show(&item.blocks, depth + 1, out);
                }
            }
            Block::Quote(blocks) => {
                out.push(format!("{pad}quote"));
                show(blocks, depth + 1, out);
            }
            Block::Code(lines) => out.extend(lines.iter().map(|line| format!("{pad}code {line}"))),
            Block::Figure(index) => out.push(format!("{pad}figure {index}")),
            Block::Table(rows) => out.extend(
                rows.iter().map(|row| format!("{pad}row {}", row.iter().map(plain).collect::<Vec<_>>().join("|"))),
            ),
            Block::Rule => out.push(format!("{pad}rule")),
            Block::Footnote(label, blocks) => {
                out.push(format!("{pad}note {label}"));
                show(blocks, depth + 1, out);
            }
        }
    }
}

#[track_caller]
fn check(body: &str, wanted: &[&str]) {
    let text = format!("## 2031.5.17\n\n《Emu》\n{body}");
    let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
    let entry = &log.entries[0];
    let mut out = Vec::new();
    show(&blocks(&log.files[0], entry.body(), &entry.figures), 0, &mut out);
    assert_eq!(out, wanted, "{body}");
}

#[test]
fn line_breaks_become_spaces_except_in_chinese() {
    check("\n模型\n结构 is\nnew", &["p0 模型结构 is new"]);
    check("\none  \ntwo<br>three", &["p0 one", "p0 two", "p0 three"]);
}

#[test]
fn hanging_lines_are_separate() {
    check("\n小组：\n    一行\n      *二*行", &["p0 小组：", "p2 一行", "p3 二行"]);
    check("    one 3*3*3\n      two\n", &["p2 one 3*3*3", "p3 two"]);
}

#[test]
fn indented_chinese_is_prose_and_english_is_code() {
    check("\n    矩阵 3*3…7*7\n\n      再一行\n", &["p2 矩阵 3*3…7*7", "p3 再一行"]);
    check("\n    let x = 1;\n", &["code let x = 1;"]);
}

#[test]
fn figures_are_blocks_of_their_own() {
    check("\n结构：\n<img src=\"a.png\" width=4\" height=\"2\">\n之后", &["p0 结构：", "figure 0", "p0 之后"]);
    check("    一行\n    ![x](a.png)\n    二行", &["p2 一行", "figure 0", "p2 二行"]);
    check("\n1. 一\n   <img src=\"a.png\">", &["item Some(1) 1", " p0 一", " figure 0"]);
    check("\n<p align=\"center\"><img src=\"a.png\"></p>", &["figure 0"]);
    check("\none ![[a.png]] two ![[Emus]] `![[b.png]]`", &["p0 one", "figure 0", "p0 two Emus ![[b.png]]"]);
}

#[test]
fn containers() {
    check("\n- [ ] 甲\n  - 乙\n", &["item None task", " p0 甲", " item None", "  p0 乙"]);
    check("\n---\n\n> 甲\n> 乙\n\n---\n丙\n\n---\n", &["quote", " p0 甲乙", "rule", "p0 丙"]);
    check("\n|a|b|\n|-|-|\n|1|2|\n", &["row a|b", "row 1|2"]);
    check("\n甲[^1]\n\n[^1]: 乙\n", &["p0 甲[1]", "note 1", " p0 乙"]);
    check("\n### 深\n\n<!-- x -->\n\n```\na\n  b\n```\n", &["h3 深", "code a", "code   b"]);
}

#[test]
fn line_breaks_in_cells_are_kept() {
    check("\n|a|b|\n|-|-|\n|x<br>y|z|\n", &["row a|b", "row x\ny|z"]);
    check("\n### a<br>b\n", &["h3 a b"]);
}

#[test]
fn callouts_have_titles() {
    check("\n> [!NOTE] Title\n> body\n", &["quote", " p0 Title", " p0 body"]);
    check("\n> [!warning]-\n> one\n> two\n", &["quote", " p0 Warning", " p0 one two"]);
    check("\n> [!] a\n> b\n", &["quote", " p0 [!] a b"]);
}

#[test]
fn hand_made_lists_are_items() {
    check("\n（1）甲\n（2）乙\n", &["p0 （1）甲", "p0 （2）乙"]);
    check("\n①甲\n②乙\n", &["p0 ①甲", "p0 ②乙"]);
    check("\n• a\n• b\n", &["p0 • a", "p0 • b"]);
    check("\n1.甲\n2.乙\n", &["p0 1.甲", "p0 2.乙"]);
    check("\n一、甲\n二、乙\n", &["p0 一、甲", "p0 二、乙"]);
    check("\n见下：b\n①\t甲\n②\t乙\n", &["p0 见下：b", "p0 ①\t甲", "p0 ②\t乙"]);
    check("\n*1. a\n2. b\n3. c\n5. d\n", &["p0 1. a", "p0 2. b", "p0 3. c 5. d"]);
}

#[test]
fn an_item_without_a_space_belongs_to_the_list() {
    let wanted = ["item Some(1) 1", " p0 甲", "item Some(1) 2", " p0 乙", "item Some(1) 3", " p0 丙"];
    check("\n1. 甲\n2.乙\n3. 丙\n", &wanted);
    check("\n1. a\n1. b\n", &["item Some(1) 1", " p0 a", "item Some(1) 2", " p0 b"]);
    check("\n1. a\n4. b\n", &["item Some(1) 1", " p0 a", "item Some(1) 4", " p0 b"]);
}

#[test]
fn lists_in_any_alphabet_are_items() {
    check("\n⑴甲\n⑵乙\n", &["p0 ⑴甲", "p0 ⑵乙"]);
    check("\n第一，甲\n第二，乙\n", &["p0 第一，甲", "p0 第二，乙"]);
    check("\n说明\n→ 甲\n→ 乙\n", &["p0 说明", "p0 → 甲", "p0 → 乙"]);
    check("\n前言\n1：甲\n  续\n2：乙\n", &["p0 前言", "p0 1：甲续", "p0 2：乙"]);
    check("\n> a. x\n> b. y\n", &["quote", " p0 a. x", " p0 b. y"]);
    check("\n比\n2.5 倍\n3.5 倍\n", &["p0 比 2.5 倍 3.5 倍"]);
}

#[test]
fn numbers_are_kept_with_or_without_a_space() {
    let number = |number: u64, text: &str| [format!("item Some(1) {number}"), format!(" p0 {text}")];
    let list = |items: &[(u64, &str)]| items.iter().flat_map(|(at, text)| number(*at, text)).collect::<Vec<_>>();
    let check_list = |body: &str, items: &[(u64, &str)]| {
        check(body, &list(items).iter().map(String::as_str).collect::<Vec<_>>());
    };
    check_list("\n1. one\n2.two\n3.three\n4. four\n", &[(1, "one"), (2, "two"), (3, "three"), (4, "four")]);
    check_list("\n1. x\n   y\n2.zz\n   w\n3. v\n", &[(1, "x y"), (2, "zz w"), (3, "v")]);
    check_list("\n1. a\n2. b\n\n1. c\n2. d\n", &[(1, "a"), (2, "b"), (1, "c"), (2, "d")]);
    check_list("\n1. it is\n2.5 times\n2. b\n", &[(1, "it is 2.5 times"), (2, "b")]);
}

#[test]
fn formulas_keep_their_asterisks() {
    check("\n$$ a*b*c $$\n", &["p0 a*b*c"]);
    check("\nso $$\na*b*c\n$$\n", &["p0 so $$", "p0 a*b*c", "p0 $$"]);
    check("\n> $$\n> a*b*c\n> $$\n", &["quote", " p0 $$", " p0 a*b*c", " p0 $$"]);
    check("\n\\(a*b*c\\) and \\[d*e*f\\]\n", &["p0 a*b*c and d*e*f"]);
}

/// Checks the page of a log's first entry, and that each mark on it belongs to a task.
#[track_caller]
fn check_entry(text: &str, wanted: &[&str]) {
    let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
    let entry = log.entries.first().expect("an entry");
    let blocks = body(&log, entry);
    let mut out = Vec::new();
    show(&blocks, 0, &mut out);
    assert_eq!(out, wanted, "{:?} {:?}", entry.form, entry.title);
    for mark in marks(&blocks) {
        assert!(log.task_at(0, mark).is_some(), "no box at {mark}");
    }
}

fn marks(blocks: &[Block]) -> Vec<usize> {
    let inside = |block: &Block| match block {
        Block::List(_, items) => {
            items.iter().flat_map(|item| item.mark.into_iter().chain(marks(&item.blocks))).collect()
        }
        Block::Quote(blocks) => marks(blocks),
        _ => Vec::new(),
    };
    blocks.iter().flat_map(inside).collect()
}

/// A list of papers; the first one has `below` under it.
fn listed(below: &str) -> String {
    let more = "- [Gnus at Rest: a Survey](https://arxiv.org/abs/2031.00002)\n".repeat(3);
    format!("## 2031.5.17\n\n- [Emus at Work: a Study](https://arxiv.org/abs/2031.00001){below}\n{more}")
}

#[test]
fn text_below_an_item_starts_at_the_margin() {
    let points = ["item None", " p0 one", "item None", " p0 two", " item None", "  p0 deep"];
    check_entry(&listed("\n  - one\n  - two\n    - deep"), &points);
    check_entry(&listed("\n\t- one\n\t- two\n\t\t- deep"), &points);
    check_entry(&listed("\n    - one\n    - two\n        - deep"), &points);
    check_entry(&listed("：没看懂\n  - one"), &["p0 没看懂", "item None", " p0 one"]);
    check_entry(&listed(" (Anna Owl, Bert Gnu)\n\n  it runs\n  on"), &["p0 (Anna Owl, Bert Gnu)", "p0 it runs on"]);
    check_entry(&listed("\n  ```\n  a\n    b\n  ```"), &["code a", "code   b"]);
    check_entry(&listed(" [[pdf](x.pdf)]"), &[]);
    check_entry(
        &listed(" nice\n  3. three\n  4. four"),
        &["p0 nice", "item Some(3) 3", " p0 three", "item Some(3) 4", " p0 four"],
    );
}

#[test]
fn the_title_is_not_repeated_in_the_body() {
    let day = |title: &str, below: &str| format!("## 2031.5.17\n\n### {title}\n\n{below}\n\n");
    let title = "Emus at Work: a Study of Birds";
    let others = ["Gnus at Rest: a Survey of Herds", "Owls at Night: a Review", "Elks: Deep Learning"];
    let others: String =
        others.iter().map(|other| day(&format!("[{other}](https://arxiv.org/abs/2031.2)"), "x")).collect();
    check_entry(&(day(title, &format!("**{title}**\n\ngood")) + &others), &["p0 good"]);
    check_entry(&(day(title, &format!("[{title}](https://arxiv.org/abs/2031.1)")) + &others), &["p0 arXiv 2031.1"]);
    check_entry(&(day(title, &format!("{title} is good")) + &others), &[&format!("p0 {title} is good")]);
}

#[test]
fn points_after_a_number_belong_to_it() {
    let paper = |at: usize, title: &str| {
        format!(
            "    {at}. <u>{title}.</u> [[PDF]](https://arxiv.org/pdf/2031.0000{at})\n    - one\n    - two:\n      - deep\n    \
             <p> <img src='{at}.png' height=\"9px\"> </p>\n\n    ![](more.png)\n\n"
        )
    };
    let papers = ["Emus at Work: a Study", "Gnus at Rest: a Survey", "Owls at Night: a Review"];
    let papers: String = papers.iter().zip(1..).map(|(title, at)| paper(at, title)).collect();
    let wanted = ["item None", " p0 one", "item None", " p0 two:", " item None", "  p0 deep", "  figure 0", "figure 1"];
    check_entry(&format!("- **2031/05/17**\n\n{papers}- **2031/05/18**\n\n    Nothing.\n"), &wanted);
    let log = parse::parse([Source {
        name: "log.md".into(),
        text: format!("- **2031/05/17**\n\n{papers}- **2031/05/18**\n\n{papers}").into(),
    }]);
    assert_eq!(log.entries.iter().filter(|entry| entry.figures.len() == 2).count(), 6);
    assert!(log.sections.iter().all(|section| log.note(section).is_empty()));
}

#[test]
fn boxes_figures_and_formulas_keep_their_position() {
    let below = "\n\t- [ ] run $a_i*b_i*c$\n\t\t- [x] deep\n\t\t\t- <img src=\"a.png\" width=4>\n\t- end";
    let wanted = [
        "item None task",
        " p0 run aᵢ*bᵢ*c",
        " item None task",
        "  p0 deep",
        "  item None",
        "   figure 0",
        "item None",
        " p0 end",
    ];
    check_entry(&listed(below), &wanted);
}

#[test]
fn a_table_row_becomes_a_line_per_cell() {
    let rows = "| 5/18 | [Gnus at Rest: a Survey](https://arxiv.org/abs/2031.2) | ECCV | - |\n".repeat(3);
    let text = format!(
        "| Date | Paper | Venue | Notes |\n|--|--|--|--|\n| 5/17/2031 | [Emus at Work](https://arxiv.org/abs/2031.1) [code](y) by Owl | | one<br>two [x \\| y](z) |\n{rows}"
    );
    check_entry(&text, &["p0 by Owl", "p0 Notes: one", "p2 two x | y"]);
}

#[test]
fn lines_after_labels_are_separate() {
    let day = |day: u32, title: &str| {
        format!("## 2031.5.{day}\n\n**Title:** {title}\n**Authors:** Owl\n**Year:** 2031\ngood\n\n")
    };
    let text = day(17, "Emus at Work: a Study of Birds")
        + &day(16, "Gnus at Rest: a Survey of Herds")
        + &day(15, "Owls at Night");
    check_entry(&text, &["p0 Authors: Owl", "p0 Year: 2031 good"]);
}

#[test]
fn other_markup_is_read_or_dropped() {
    check("\n<u>a</u> <b>b</b> <font color=\"red\">c</font> x<sup>2</sup>\n", &["p0 a b c x^2"]);
    check("\n<br>\n\none<br/>two\n", &["p0 one", "p0 two"]);
    check("\n<details>\n<summary>More</summary>\n\n- a\n\n</details>\n", &["p0 More", "item None", " p0 a"]);
    check("\n<details><summary>More</summary>\ntext **b**\n</details>\n", &["p0 More", "p0 text b"]);
    check("\nsee [[Emus]] and [[Gnus|the gnus]], [[1]] :star:\n", &["p0 see Emus and the gnus, [[1]] ⭐"]);
    check("\nid:: 64f1\ntags:: a, b\ntext std::vec\n", &["p0 tags: a, b", "p0 text std::vec"]);
    check("\nas ((64f1a2b3-0000-4000-8000-0123456789ab)) says ^1a2b3c\n", &["p0 as ((…)) says"]);
    check("\n<vi, vj> <i, j> a <b c <s> `<b>` $a<b>c$\n", &["p0 <vi, vj> <i, j> a <b c <s> <b> a<b>c"]);
}

#[test]
fn empty_markup_is_dropped() {
    check("\n```\n\n```\n\n- a\n-\n\n1. x\n2.\n", &["item None", " p0 a", "item Some(1) 1", " p0 x"]);
    check("\n-\n- [ ] \n", &["item None task"]);
    check(
        "\n::: tip\na\n:::\n\n::: details An example\n\n- b\n\n:::\n",
        &["p0 Tip", "p0 a", "p0 An example", "item None", " p0 b"],
    );
}

#[test]
fn badges_show_their_text_and_formulas_their_source() {
    let badge = "https://img.shields.io/badge/a-b";
    check(&format!("\n[![Stars]({badge})](https://emu.org) x\n"), &["p0 Stars x"]);
    check(&format!("\n[![]({badge})](https://emu.org) x\n"), &["p0 emu.org x"]);
    check(&format!("\n<a href=\"https://emu.org\"><img src=\"{badge}\" alt=\"Stars\"></a> x\n"), &["p0 Stars x"]);
    let formula = "https://render.githubusercontent.com/render/math?math=x_1%5E2";
    check(&format!("\nso ![equation]({formula}) is\n"), &["p0 so x₁² is"]);
    check(&format!("\nso <img src=\"{formula}\"> is\n"), &["p0 so x₁² is"]);
    check("\n[![](a.png)](https://emu.org)\n", &["figure 0"]);
}

#[test]
fn an_address_in_html_is_a_link() {
    let log = parse::parse([Source {
        name: "log.md".into(),
        text: "## 2031.5.17\n\n《Emu》\n\n<a href=\"https://emu.org\">here</a> <b>not</b>\n".into(),
    }]);
    let blocks = body(&log, &log.entries[0]);
    let [Block::Paragraph(lines)] = blocks.as_slice() else { panic!("{blocks:?}") };
    assert_eq!(lines[0].text[0].link, Some(Link::Url("https://emu.org".into())));
    assert!(lines[0].text.last().is_some_and(|run| run.style.bold && run.link.is_none()));
}
