//! Bodies in, blocks out.

use super::*;
use crate::log::{Source, parse};

/// Blocks as lines: kind, indentation, text.
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
    show(&blocks(&log.files[0], entry.body.clone(), &entry.figures), 0, &mut out);
    assert_eq!(out, wanted, "{body}");
}

#[test]
fn line_ends_flow_and_chinese_joins_without_a_space() {
    check("\n模型\n结构 is\nnew", &["p0 模型结构 is new"]);
    check("\none  \ntwo<br>three", &["p0 one", "p0 two", "p0 three"]);
}

#[test]
fn lines_that_hang_are_lines() {
    check("\n小组：\n    一行\n      *二*行", &["p0 小组：", "p2 一行", "p3 二行"]);
    check("    one 3*3*3\n      two\n", &["p2 one 3*3*3", "p3 two"]);
}

#[test]
fn indented_chinese_is_prose_and_english_is_code() {
    check("\n    矩阵 3*3…7*7\n\n      再一行\n", &["p2 矩阵 3*3…7*7", "p3 再一行"]);
    check("\n    let x = 1;\n", &["code let x = 1;"]);
}

#[test]
fn figures_break_out() {
    check("\n结构：\n<img src=\"a.png\" width=4\" height=\"2\">\n之后", &["p0 结构：", "figure 0", "p0 之后"]);
    check("    一行\n    ![x](a.png)\n    二行", &["p2 一行", "figure 0", "p2 二行"]);
    check("\n1. 一\n   <img src=\"a.png\">", &["item Some(1) 1", " p0 一", " figure 0"]);
    check("\n<p align=\"center\"><img src=\"a.png\"></p>", &["p0 <p align=\"center\">", "figure 0", "p0 </p>"]);
}

#[test]
fn containers() {
    check("\n- [ ] 甲\n  - 乙\n", &["item None task", " p0 甲", " item None", "  p0 乙"]);
    check("\n> 甲\n> 乙\n\n---\n", &["quote", " p0 甲乙", "rule"]);
    check("\n|a|b|\n|-|-|\n|1|2|\n", &["row a|b", "row 1|2"]);
    check("\n甲[^1]\n\n[^1]: 乙\n", &["p0 甲[1]", "note 1", " p0 乙"]);
    check("\n### 深\n\n<!-- x -->\n\n```\na\n  b\n```\n", &["h3 深", "code a", "code   b"]);
}

#[test]
fn lines_of_a_cell_are_kept() {
    check("\n|a|b|\n|-|-|\n|x<br>y|z|\n", &["row a|b", "row x\ny|z"]);
    check("\n### a<br>b\n", &["h3 a b"]);
}

#[test]
fn a_callout_has_a_title_of_its_own() {
    check("\n> [!NOTE] Title\n> body\n", &["quote", " p0 Title", " p0 body"]);
    check("\n> [!warning]-\n> one\n> two\n", &["quote", " p0 Warning", " p0 one two"]);
    check("\n> [!] a\n> b\n", &["quote", " p0 [!] a b"]);
}

#[test]
fn lists_made_by_hand_have_lines() {
    check("\n（1）甲\n（2）乙\n", &["p0 （1）甲", "p0 （2）乙"]);
    check("\n①甲\n②乙\n", &["p0 ①甲", "p0 ②乙"]);
    check("\n• a\n• b\n", &["p0 • a", "p0 • b"]);
    check("\n1.甲\n2.乙\n", &["p0 1.甲", "p0 2.乙"]);
    check("\n一、甲\n二、乙\n", &["p0 一、甲", "p0 二、乙"]);
}

#[test]
fn an_item_without_a_space_is_one_of_its_list() {
    let wanted = ["item Some(1) 1", " p0 甲", "item Some(1) 2", " p0 乙", "item Some(1) 3", " p0 丙"];
    check("\n1. 甲\n2.乙\n3. 丙\n", &wanted);
    check("\n1. a\n1. b\n", &["item Some(1) 1", " p0 a", "item Some(1) 2", " p0 b"]);
    check("\n1. a\n4. b\n", &["item Some(1) 1", " p0 a", "item Some(1) 4", " p0 b"]);
}

#[test]
fn formulas_keep_their_asterisks() {
    check("\n$$ a*b*c $$\n", &["p0 $$ a*b*c $$"]);
    check("\nso $$\na*b*c\n$$\n", &["p0 so $$", "p0 a*b*c", "p0 $$"]);
    check("\n> $$\n> a*b*c\n> $$\n", &["quote", " p0 $$", " p0 a*b*c", " p0 $$"]);
    check("\n\\(a*b*c\\) and \\[d*e*f\\]\n", &["p0 \\(a*b*c\\) and \\[d*e*f\\]"]);
}
