//! Small logs with tables that were once misread.

use super::kinds::check;

#[test]
fn days_in_a_column_are_more_exact_than_the_term_above() {
    let table = |rows: &[(&str, &str)]| {
        let rows = rows.iter().map(|(day, title)| format!("| {day} | {title} | Anna Gnu |\n"));
        format!("|**Date**|**Paper Title**|**Presenter**|\n|---|---|---|\n{}\n", rows.collect::<String>())
    };
    let spring = table(&[
        ("2.24", "Emus at Work on the Plain"),
        ("3.10", "[Owls: Seeing at Night](https://arxiv.org/abs/2031.1)"),
    ]);
    let fall = table(&[("9.20", "A Study of Gnus on the Plain"), ("11.8", "The Long Way Home of Yaks")]);
    let wanted = [
        "2031-02-24 Emus at Work on the Plain",
        "2031-03-10 Owls: Seeing at Night",
        "2031-09-20 A Study of Gnus on the Plain",
        "2031-11-08 The Long Way Home of Yaks",
    ];
    check(&format!("# Reading List\n\n### Spring 2031\n\n{spring}### Fall 2031\n\n{fall}"), &wanted);
    check(&format!("# Reading List\n\n### 2031\n\n{spring}{fall}"), &wanted);
    let with_gap =
        table(&[("-", "Emus at Work on the Plain"), ("1.18", "Owls: Seeing at Night"), ("-", "A Study of Gnus")]);
    check(
        &format!("# Reading List\n\n## 2031年1月\n\n{with_gap}## 2031年2月\n\nNothing.\n"),
        &["2031-01 Emus at Work on the Plain", "2031-01-18 Owls: Seeing at Night", "2031-01 A Study of Gnus"],
    );
    // Days elsewhere are something else, and so are those below a day.
    let published = table(&[("2029-11-20", "Emus at Work on the Plain"), ("2030-01-08", "Owls: Seeing at Night")]);
    let month = ["2031-05 Emus at Work on the Plain", "2031-05 Owls: Seeing at Night"];
    check(&format!("# Reading List\n\n### 2031-05\n\n{published}### 2031-04\n\nNothing.\n"), &month);
    let day = ["2031-05-17 Emus at Work on the Plain", "2031-05-17 Owls: Seeing at Night"];
    check(&format!("# Reading List\n\n### 2031-05-17\n\n{published}### 2031-05-10\n\nNothing.\n"), &day);
}

#[test]
fn topics_in_the_schedule_of_a_group_are_papers() {
    for topic in ["Topic", "主题"] {
        check(
            &format!(
                "# Weekly-Group-Meeting-Paper-List\n\n| Date | {topic} | Keywords | Summary |\n|:--:|:--:|:--:|:--:|\n\
                 | 2031-09-25 | Emu Recovery | birds, logs | [doc](./a/2031-09-25-emu.md) |\n\
                 | 2032-01-08 | Introduction of Bird Counting Methods | counting | [doc](./a/2032-01-08-counting.md) |\n\
                 | 2032-05-14 | Feasibility of Learned Counting Methods | counting | [doc](./a/2032-05-14-learned.md) |\n\
                 | 2033-01-06 | | | |\n| 2033-01-13 | | | |\n"
            ),
            &[
                "2031-09-25 Emu Recovery",
                "2032-01-08 Introduction of Bird Counting Methods",
                "2032-05-14 Feasibility of Learned Counting Methods",
            ],
        );
    }
}

#[test]
fn a_heading_above_a_table_of_papers_is_no_paper() {
    let row =
        |day: &str, title: &str| format!("| {day} | {title} [[paper]](https://arxiv.org/abs/2031.01892) | Ada | |\n");
    check(
        &format!(
            "# Emu Group Paper Reading List\n\n## 2031 Presentation Paper List\n\n| **Date** | **Paper** | **Presenter** | **Notes** |\n\
             |---|---|---|---|\n{}{}{}\n----\n\n## Terms in Zoology\n\nsee [this](/terms/zoo.md)\n\n\
             ## Bird Counting Material\n\nsee [this](/birds/material.md)\n\n## Plain Dwelling Material\n\nsee [this](/plain/material.md)\n",
            row("5.12", "Emus at Work on the Plain"),
            row("5.19", "Owls: Seeing at Night"),
            row("5.26", "A Study of Gnus on the Plain"),
        ),
        &[
            "2031-05-12 Emus at Work on the Plain",
            "2031-05-19 Owls: Seeing at Night",
            "2031-05-26 A Study of Gnus on the Plain",
        ],
    );
}

#[test]
fn the_column_named_title_holds_the_titles() {
    check(
        "# Papers\n\n|domain|model|booktitle|title|\n|--|--|--|--|\n|Emus|EmuE|NIPS2013|Emus at Work on the Plain|\n\
         |Owls|OwlH|AAAI2014|Owls: Seeing at Night|\n\n## eBooks\n\n|title|domain|detail|\n|--|--|--|\n|pgml|ML|基础理论及算法的讲解|\n",
        &["- Emus at Work on the Plain", "- Owls: Seeing at Night", "- pgml"],
    );
}

#[test]
fn the_month_of_a_calendar_is_not_that_of_the_table_below() {
    check(
        "# Papers\n\n## Calendar\n\n* 2031/9\n\n|Mon|Tue|Wed|\n|:-:|:-:|:-:|\n|1|2|3|\n|4|5|6|\n\n## Records\n\n\
         |#|Title|Tag|Date|\n|:-:|:-:|:-:|:-:|\n\
         |2|[Emus at Work on the Plain](https://example.org/issues/2)|`birds`|2031-05-17T05:43:25Z|\n\
         |1|[Owls: Seeing at Night](https://example.org/issues/1)|`birds`|2031-05-10T15:49:40Z|\n",
        &["2031-05-17 Emus at Work on the Plain", "2031-05-10 Owls: Seeing at Night"],
    );
}
