//! The page of a paper in logs with forms other than `《Title》`: title, facts, body.

use papers_tui::log::Log;
use papers_tui::log::markup::Link;

use super::drive::Drive;
use super::page::{entry_page, read};

fn shown(log: &Log, columns: usize) -> Vec<String> {
    let lines = entry_page(log, &log.entries[0], columns);
    lines.iter().map(|line| format!("{}{}", " ".repeat(line.indent), line.text().trim_end())).collect()
}

/// Compares the page of a log's first paper with these lines.
#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    let log = read(text);
    assert!(!log.entries.is_empty(), "no entry");
    assert_eq!(shown(&log, 60), wanted);
}

/// A list whose first paper is this one.
fn list(first: &str) -> String {
    let more = "- Gnus at Rest: a Survey of Herds [[arXiv](https://arxiv.org/abs/2031.00002)]\n".repeat(3);
    format!("## 2031.5.17\n\n{first}\n{more}")
}

#[test]
fn an_item_with_links_and_points() {
    check(
        &list(
            "- Emus at Work: a Study of Birds [[arXiv](https://arxiv.org/abs/2031.00001)] [[code](https://github.com/owl/emu)]\n  \
             - runs *fast*\n    1. on grass\n  - <b>sleeps</b><br>at night",
        ),
        &[
            "Emus at Work: a Study of Birds",
            "read 2031.5.17 · arXiv 2031.00001 · github.com/owl/emu",
            "",
            "• runs fast",
            "  1. on grass",
            "• sleeps",
            "  at night",
        ],
    );
}

#[test]
fn an_item_with_tags_a_venue_and_authors() {
    check(
        &list(
            "- **`BIRDS`** `ECCV 2031` [Emus at Work: a Study](https://arxiv.org/abs/2031.1) (thanks, [Owl](https://o.org))",
        ),
        &["Emus at Work: a Study", "BIRDS, ECCV 2031 · read 2031.5.17 · arXiv 2031.1", "", "(thanks, Owl)"],
    );
    check(
        &list("- Emus at Work: a Study of Birds (CVPR 2031) https://arxiv.org/abs/2031.1"),
        &["Emus at Work: a Study of Birds", "CVPR 2031 · read 2031.5.17 · arXiv 2031.1", ""],
    );
}

#[test]
fn a_reference_with_its_authors_and_its_venue() {
    let more = "- Gnu, B., & Yak, C. (2030). Gnus at Rest: a Survey of Herds. *Nature*, 3.\n".repeat(3);
    let day = |first: &str| format!("## 2031.5.17\n\n{first}\n{more}");
    check(
        &day(
            "- Owl, A., Gnu, B. (2031). Emus at Work: a Study of Birds. In *Proceedings\n  of EMU*, pp. 1–9.\n  - fast",
        ),
        &[
            "Emus at Work: a Study of Birds",
            "read 2031.5.17",
            "",
            "Owl, A., Gnu, B. (2031). In Proceedings of EMU, pp. 1–9.",
            "",
            "• fast",
        ],
    );
    check(
        &day(
            "- Owl, A., & Gnu, B. (2031). \"Emus at Work in the Plains,\" *NeurIPS*, vol. 3. https://arxiv.org/abs/2031.1",
        ),
        &[
            "Emus at Work in the Plains",
            "read 2031.5.17 · arXiv 2031.1",
            "",
            "Owl, A., & Gnu, B. (2031). NeurIPS, vol. 3.",
        ],
    );
}

#[test]
fn a_checkbox_item_can_be_a_paper() {
    let more = "- [x] Gnus at Rest: a Survey of Deep Learning https://arxiv.org/abs/2031.2\n".repeat(3);
    check(
        &format!("# Papers\n\n- [ ] **Emus at Work with Deep Learning**：没看懂\n  > 再看\n{more}"),
        &["Emus at Work with Deep Learning", "not read yet", "", "没看懂", "", "│ 再看"],
    );
}

#[test]
fn a_table_row_shows_its_column_headings() {
    let more = "| 2031-05-16 | [Gnus at Rest: a Survey](https://arxiv.org/abs/2031.2) | ECCV | ok |\n".repeat(3);
    check(
        &format!(
            "| Date | Paper | Venue | Notes |\n|--|--|--|--|\n| 2031-05-17 | [Emus at Work](https://arxiv.org/abs/2031.1) | \
             ![x](https://img.shields.io/x) | **fast**<br>birds |\n{more}"
        ),
        &["Emus at Work", "read 2031.5.17 · arXiv 2031.1", "", "Venue: x", "Notes: fast", "  birds"],
    );
}

#[test]
fn a_heading_with_its_year() {
    let more = "### 2031 - [Gnus at Rest: a Survey](https://arxiv.org/abs/2031.2)\n\nx\n\n".repeat(3);
    check(
        &format!(
            "### 2031 - [Emus at Work](https://arxiv.org/abs/2031.1)\n\n> [!note]\n> fast\n\n<details>\n<summary>More</summary>\n\n\
             - birds :tada:\n\n</details>\n\n---\n\n{more}"
        ),
        &["Emus at Work", "published 2031 · arXiv 2031.1", "", "│ Note", "│ fast", "", "More", "", "• birds 🎉"],
    );
}

#[test]
fn links_open_their_targets() {
    let log =
        read(&list("- [Emus at Work: a Study](https://arxiv.org/abs/2031.1) see <a href=\"https://o.org\">owls</a>"));
    let lines = entry_page(&log, &log.entries[0], 60);
    let spans = lines.iter().flat_map(|line| &line.spans);
    let links: Vec<_> = spans.filter_map(|span| Some((span.text.as_str(), span.link.clone()?))).collect();
    let url = |address: &str| Link::Url(address.into());
    assert_eq!(links, [("arXiv 2031.1", url("https://arxiv.org/abs/2031.1")), ("owls", url("https://o.org"))]);
}

#[test]
fn a_timeline_row_shows_text_without_markup() {
    let day = |text: &str| format!("# 2031.5\n\n## 2031.5.17\n\n{text}\n\n## 2031.5.16\n\n《Gnu》\n\nx\n");
    let sees = |text: &str, wanted: &str| {
        Drive::new(&day(text), 100, 30).sees(wanted).sees_not("http");
    };
    sees("<p align=\"center\">read <b>[Owls](https://o.org)</b></p>", "17 read Owls");
    sees("<p align=\"center\"> <img src='a.png'> </p>", "17 1 figure");
    sees("- a `b` **c**", "17 a b c");
}
