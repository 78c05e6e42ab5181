//! Small logs with dates that were once misread.

use super::kinds::{check, read_as};

/// A link to a paper.
fn paper(title: &str, id: u8) -> String {
    format!("[{title}](https://arxiv.org/abs/2031.0000{id})")
}

#[test]
fn two_weeks_of_a_young_log_are_dates() {
    let week = |dates: &str, title: &str, id: u8| {
        format!(
            "## Top Papers of the Week ({dates}) - 2031\n| **Paper** | **Links** |\n| --- | --- |\n\
             | 1) **{title}** - many emus. | [Paper](https://arxiv.org/abs/2031.0000{id}) |\n\n"
        )
    };
    let first = week("June 16 - June 22", "Owls: Seeing at Night", 2);
    let second = week("June 23 - June 29", "Emus at Work on the Plain", 1);
    check(&format!("# Papers\n\n{first}"), &["2031-06-16 Owls: Seeing at Night"]);
    check(
        &format!("# Papers\n\n{second}{first}"),
        &["2031-06-23 Emus at Work on the Plain", "2031-06-16 Owls: Seeing at Night"],
    );
}

#[test]
fn a_date_in_one_of_many_linked_titles_is_no_date() {
    let titles =
        ["Emus at Work on the Plain", "Owls: Seeing at Night", "Snapshot: Emu Hall, June 2031", "A Study of Gnus"];
    let text = titles.iter().zip(1..).map(|(title, id)| format!("## {}\n\n- Good.\n\n", paper(title, id)));
    let wanted: Vec<String> = titles.iter().map(|title| format!("- {title}")).collect();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    check(&format!("# Papers\n\n{}", text.collect::<String>()), &wanted);
    // Not in a link, it is one.
    let log = read_as("log.md", &format!("# Papers\n\n## Added 2031-05-17\n\n- {}\n", paper(titles[0], 1)));
    assert!(log.entries[0].date.is_some());
}

#[test]
fn the_first_line_below_each_day_is_its_title() {
    let day = |day: &str, title: &str| {
        format!(
            "#### [31-03-{day}] [paper]\n{title} [summary](https://github.com/gnu/read/{day})\n\n*Gnu Anna, Owl B.*\n\n\
             `Jan, 2030 [birds, counting]`\n\n"
        )
    };
    check(
        &format!(
            "# About\n\nSummaries of papers on birds.\n\n## Papers\n\n### Papers Read in Mar, 2031\n\n{}{}{}",
            day("14", "Self-Supervised Counting of Emus on the Plain Based on Networks"),
            day("11", "Finding the Features of Owls at Night with Random Forests"),
            day("08", "Deep Learning-Based Detection of Gnus in Videos"),
        ),
        &[
            "2031-03-14 Self-Supervised Counting of Emus on the Plain Based on Networks",
            "2031-03-11 Finding the Features of Owls at Night with Random Forests",
            "2031-03-08 Deep Learning-Based Detection of Gnus in Videos",
        ],
    );
}
