//! Parses ten megabytes in each title form, and compares the time with the Markdown parser alone:
//! `cargo bench --bench forms`. Each line of output ends with the ratio of the two times; the goal is 1.3.
//! `ONLY=rows` measures only the form `rows`.

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use papers_tui::log::{Source, parse};
use pulldown_cmark::{Options, Parser};

/// Bytes of text for each form.
const SIZE: usize = 10 << 20;
/// Number of runs, of which the fastest counts.
const TIMES: usize = 5;

/// Appends a paper with this number and title.
type Paper = fn(&mut String, usize, &str);

/// The forms: name, marks of the date headings (empty if each row has its date), and how to write a paper.
const FORMS: &[(&str, &str, Paper)] = &[
    ("marks", "##", |out, _, title| _ = write!(out, "《{title}》\n\n{TEXT}\n\n{POINTS}\n")),
    ("headings", "##", |out, _, title| _ = write!(out, "### {title}\n\n{TEXT}\n\n{POINTS}\n")),
    ("bullets", "##", |out, n, title| _ = write!(out, "- [{title}](https://arxiv.org/abs/2031.{n:05})\n  - {TEXT}\n")),
    ("numbers", "##", |out, n, title| _ = write!(out, "{}. {title}\n\n   {TEXT}\n\n", n % 9 + 1)),
    ("boxes", "##", |out, n, title| _ = writeln!(out, "- [x] [{title}](https://arxiv.org/abs/2031.{n:05}) {TEXT}")),
    ("links", "##", |out, n, title| _ = write!(out, "[{title}](https://arxiv.org/abs/2031.{n:05})\n\n{TEXT}\n\n")),
    // With five digits, the line would be a plain line, not a numbered one.
    ("numbered lines", "##", |out, n, title| _ = write!(out, "{}.{title}\n\n{TEXT}\n\n", n % 9999 + 1)),
    ("strong lines", "##", |out, _, title| _ = write!(out, "**{title}**\n\n{TEXT}\n\n")),
    ("plain lines", "##", |out, _, title| {
        _ = write!(out, "{title} -- [[arXiv]](https://arxiv.org/abs/1)\n\n{TEXT}\n\n")
    }),
    ("labels", "##", |out, _, title| _ = write!(out, "**Title:** {title}\n\n**Notes:** {TEXT}\n\n")),
    ("rows", "", |out, n, title| {
        _ = writeln!(out, "| 2031-05-{:02} | [{title}](https://arxiv.org/abs/1) | {TEXT} |", n % 28 + 1)
    }),
];

const TEXT: &str =
    "The authors count what they see over a year, and compare it with what was said before; 结果表明该方法有效。";
const POINTS: &str =
    "- It counts birds without looking at each of them.\n- It is as good as people are, and **faster**.\n";

fn text(day: &str, paper: Paper) -> String {
    let mut out = String::from("# Papers read\n\n");
    if day.is_empty() {
        out.push_str("| Date | Paper | Notes |\n|---|---|---|\n");
    }
    let first = NaiveDate::from_ymd_opt(1990, 1, 1).expect("a day");
    let mut number = 0;
    while out.len() < SIZE {
        if number % 3 == 0 && !day.is_empty() {
            let date = first.checked_add_days(Days::new(number as u64 / 3)).expect("a day");
            _ = write!(out, "{day} {date}\n\n");
        }
        paper(&mut out, number, &format!("A Study of {number} Emus and What They See at Night"));
        number += 1;
    }
    out
}

fn fastest(mut what: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Instant::now();
        what();
        start.elapsed()
    };
    (0..TIMES).map(time).min().expect("some times")
}

fn main() {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let only = std::env::var("ONLY").unwrap_or_default();
    for (name, day, paper) in FORMS.iter().filter(|(name, ..)| name.contains(&only)) {
        let text = text(day, *paper);
        let bare = fastest(|| _ = black_box(Parser::new_ext(&text, options).into_offset_iter().count()));
        let source = || Source { name: "log.md".into(), text: text.as_str().into() };
        let whole = fastest(|| _ = black_box(parse::parse([source()])));
        let log = parse::parse([source()]);
        let ratio = whole.as_secs_f64() / bare.as_secs_f64();
        println!(
            "{name:>16}: {whole:6.1?} of {bare:6.1?} for Markdown alone, {} papers in {} sections: {ratio:.2}",
            log.entries.len(),
            log.sections.len(),
        );
    }
}
