//! No pattern of text makes the program disproportionately slow: each construct is repeated on one line and on many,
//! nested, left open, and alternated with another. For a text four times as long, the CPU time may be at most ten times
//! as long; quadratic time would be sixteen times as long.
//!
//! `PAPERS_TUI_GROWTH` sets the length in bytes of the longest texts; then each doubling may take at most two and a half
//! times as long. Each operation then runs in its own process, since reused memory is faster than new memory, and the
//! time of all its threads counts. `PAPERS_TUI_PATTERN` tries only the patterns whose names contain it.

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use papers_tui::app::page::pages::{PageInput, entry_page};
use papers_tui::app::screen::layout::Size;
use papers_tui::app::{App, Message};
use papers_tui::log::aliases::Aliases;
use papers_tui::log::check::{Disk, Surroundings, check};
use papers_tui::log::links::Links;
use papers_tui::log::{Log, Source, parse, topics};
use papers_tui::search::text::Pattern;
use papers_tui::search::{Catalogue, Query, SearchBody, SearchItem, SearchSession};
use papers_tui::words::Language;
use rustix::time::{ClockId, clock_gettime};

use super::drive::typed;

/// The constructs to repeat.
const UNITS: [&str; 89] = [
    "《",
    "》",
    "《a》",
    "《a",
    "a》",
    "《Emu: a》",
    "Emu",
    "[",
    "]",
    "![",
    "[a](b)",
    "[a](",
    "![a](b.png)",
    "[1234]",
    "Emu（[1234]）",
    "[^1]",
    "[^1]: x",
    "[a]: b",
    "[[a]]",
    "http://a.b/c ",
    "http://",
    "http://)",
    "a://",
    "<",
    "<a",
    "<a>",
    "<b>",
    "</b>",
    "<br>",
    "<img src=\"a.png\">",
    "<img ",
    "<img a",
    "a='",
    "<!--",
    "-->",
    "<details>",
    "`",
    "``a",
    "*",
    "**a",
    "a**",
    "*a",
    "3*3",
    "_a_",
    "_",
    "~~",
    "$",
    "$$",
    "$a$ ",
    "\\(",
    "\\[",
    "\\",
    "|",
    "|a",
    "|-",
    "- [ ] a",
    "- [",
    "- ",
    "> ",
    ">",
    "1. ",
    "1. a",
    "1)甲",
    "（1）甲",
    "2.甲",
    "a：",
    "# ",
    "#",
    "## 2031.5.17",
    "# 2031.5",
    "##2031.5.17",
    "---",
    "```",
    "&amp;",
    "&#",
    "e\u{301}",
    "\u{200D}",
    "大模型，",
    "Google ",
    "→ 甲",
    "⑴甲",
    "第一，甲",
    "1. a\n2.b",
    "1. a\n2. b\n",
    ":star:",
    "> [!NOTE] a",
    "a:: b",
    "**Title:** Emu",
    "café ",
];

/// Constructs to nest: opening and closing part.
const NESTED: [(&str, &str); 14] = [
    ("《", "》"),
    ("[", "]"),
    ("[", "](a)"),
    ("![", "](a.png)"),
    ("（", "）"),
    ("*", "*"),
    ("**", "**"),
    ("_a ", " a_"),
    ("<b>", "</b>"),
    ("<details>", "</details>"),
    ("> ", "\n"),
    ("- ", "\n"),
    ("1. ", "\n"),
    ("“", "”"),
];

/// The two lengths in bytes to measure, and the maximum ratio of their times.
const SHORT: (usize, usize, f64) = (4 << 10, 16 << 10, 10.0);

/// Further measurements of a pattern that seems too slow.
const MORE_TRIES: usize = 8;

/// Shorter times are too inaccurate to compare.
const FLOOR: Duration = Duration::from_millis(40);

/// Makes a text of about this many bytes.
type Text = Box<dyn Fn(usize) -> String>;

/// All patterns by name; without `all`, only some of them.
fn patterns(all: bool) -> Vec<(String, Text)> {
    let mut patterns: Vec<(String, Text)> = Vec::new();
    let mut add = |name: String, unit: String, gap: &'static str, is_log: bool| {
        let text = move |size: usize| {
            let unit = format!("{unit}{gap}");
            let body = unit.repeat(size / unit.len());
            if is_log { body } else { format!("# todo\n\n- [ ] b\n\n## 2031.5.18\n\n《Owl》\n\n{body}\n") }
        };
        patterns.push((name, Box::new(text)));
    };
    for unit in UNITS {
        let gaps = [("", "on one line"), ("\n", "on many lines"), ("\n\n", "in many paragraphs")];
        for (gap, name) in gaps.into_iter().take(if all { 3 } else { 2 }) {
            add(format!("{unit:?} {name}"), unit.to_owned(), gap, false);
        }
        add(format!("{unit:?} as the whole log"), unit.to_owned(), "\n", true);
    }
    // Two alternating constructs: each with one further down the list.
    for (at, unit) in UNITS.iter().enumerate().step_by(if all { 1 } else { 5 }) {
        let other = UNITS[(at * 31 + 17) % UNITS.len()];
        add(format!("{unit:?} and {other:?} in turn"), format!("{unit}{other}"), "", false);
        add(format!("{unit:?} and {other:?} on lines in turn"), format!("{unit}\n{other}"), "\n", false);
    }
    for (opening, closing) in NESTED {
        let text = move |size: usize| {
            let depth = size / (opening.len() + closing.len());
            format!("## 2031.5.18\n\n《Owl》\n\n{}a{}\n", opening.repeat(depth), closing.repeat(depth))
        };
        patterns.push((format!("{opening:?} nested"), Box::new(text)));
    }
    patterns.push(("one reference in many papers".into(), Box::new(references)));
    patterns.push(("a list counted by hand".into(), Box::new(counted)));
    patterns.push(("one title with many links".into(), Box::new(linked)));
    patterns.push(("stairs of items".into(), Box::new(stairs)));
    patterns.push((
        "a title many times".into(),
        Box::new(|size| format!("## 2031.5.17\n\n{}", "《Emu》\n\nx\n\n".repeat(size / 12))),
    ));
    patterns.push(("many days".into(), Box::new(days)));
    patterns.push(("a paper a number, and points beside it".into(), Box::new(numbers)));
    patterns.push(("a paragraph of papers".into(), Box::new(lines)));
    patterns.push(("one paper with many points".into(), Box::new(points)));
    patterns.push(("one row with many cells".into(), Box::new(cells)));
    patterns.push(("many rows".into(), Box::new(rows)));
    patterns.push(("many titles that name one another".into(), Box::new(titles)));
    patterns
}

/// Nested items, thirty levels deep, again and again.
fn stairs(size: usize) -> String {
    let mut text = String::from("# todo\n\n");
    while text.len() < size {
        for level in 0..30 {
            let _ = writeln!(text, "{}- [ ] item", "  ".repeat(level));
        }
    }
    text
}

fn references(size: usize) -> String {
    let entry = |at: usize| format!("《Emu{at}》\n\nx [5036] [5036]\n\n");
    format!("## 2031.5.17\n\n{}", (0..size / 36).map(entry).collect::<String>())
}

fn counted(size: usize) -> String {
    let line = |at: usize| format!("{at}：甲\n");
    format!("## 2031.5.17\n\n《Owl》\n\n{}", (0..size / 12).map(line).collect::<String>())
}

fn linked(size: usize) -> String {
    let link = |at: usize| format!(" [a{at}](https://a{at}.example/pdf)");
    format!("## 2031.5.17\n\n《Owl》{}\n\nx\n", (0..size / 36).map(link).collect::<String>())
}

fn days(size: usize) -> String {
    (0..size / 24)
        .map(|day| format!("## {}.{}.{}\n\n《E{day}》\n\n", 2031 + day / 336, day / 28 % 12 + 1, day % 28 + 1))
        .collect()
}

fn numbers(size: usize) -> String {
    let paper = |at: usize| {
        format!("{at}. <u>Emus at Work {at}: a Study.</u> [[pdf](x.pdf)] (Owl)\n- one :star:\n- two\n  - deep\n\n")
    };
    format!("## 2031.5.17\n\n{}", (1..size / 80).map(paper).collect::<String>())
}

fn lines(size: usize) -> String {
    let paper = |at: usize| format!("[Emus at Work {at}: a Study](https://arxiv.org/abs/2031.{at}) (Owl)\n");
    format!("## 2031.5.17\n\n{}", (0..size / 64).map(paper).collect::<String>())
}

fn points(size: usize) -> String {
    let more = "- [Gnus at Rest: a Survey](https://arxiv.org/abs/2031.00002)\n".repeat(3);
    let points = "  - one $a$ <b>b</b>\n    - [ ] deep ![x](a.png)\n".repeat(size / 48);
    format!("## 2031.5.17\n\n- [Emus at Work: a Study](https://arxiv.org/abs/2031.00001): nice\n{points}{more}")
}

fn cells(size: usize) -> String {
    let row = |title: &str, more: usize| {
        format!("| 5/17/2031 | [{title}](https://arxiv.org/abs/2031.1) |{}\n", " a<br>b |".repeat(more))
    };
    let head = format!("| Date | Paper |{}\n|--|--|{}\n", " Notes |".repeat(size / 16), "--|".repeat(size / 16));
    format!("{head}{}{}", row("Emus at Work", size / 16), row("Gnus at Rest: a Survey", 1).repeat(3))
}

fn rows(size: usize) -> String {
    let row =
        |at: usize| format!("| 5/17/2031 | [Emus at Work {at}: a Study](https://arxiv.org/abs/2031.{at}) | a<br>b |\n");
    format!("| Date | Paper | Notes |\n|--|--|--|\n{}", (0..size / 72).map(row).collect::<String>())
}

fn titles(size: usize) -> String {
    let entry = |at: usize| format!("《Emu{at}: A》\n\nEmu{} Emu{} [{:04}]\n\n", at / 2, at + 1, at % 10_000);
    format!("## 2031.5.17\n\n{}", (0..size / 48).map(entry).collect::<String>())
}

fn read(text: &str) -> Log {
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// An operation on a log.
type Stage = fn(&Log);

/// The operations by name.
const STAGES: [(&str, Stage); 7] = [
    ("parse", |log| drop(black_box(read(&log.files[0].text)))),
    ("links", |log| drop(black_box(Links::find(log)))),
    ("topics", |log| drop(black_box(topics::find(log, &topics::ConfiguredTopics::default())))),
    ("check", |log| {
        let (disk, aliases) = (Disk::default(), Aliases::default());
        black_box(check(log, Surroundings { today: None, disk: &disk, aliases: &aliases, orphans: &[] }));
    }),
    ("pages", |log| {
        let links = Links::find(log);
        let (aliases, figures, papers, keymap) = Default::default();
        let shelf = PageInput {
            log,
            links: &links,
            aliases: &aliases,
            papers: &papers,
            figures: &figures,
            reviews: &[],
            keymap: &keymap,
            language: Language::English,
        };
        for entry in &log.entries {
            black_box(entry_page(shelf, entry, 80, 0));
        }
    }),
    ("panes", |log| {
        let mut app = App::new(log.clone(), Size { width: 120, height: 40 }, None);
        for key in ["j", "3", "j"].into_iter().flat_map(typed) {
            black_box(app.update(Message::Key(key)));
        }
    }),
    ("search", |log| {
        let text = log.files[0].text.as_str();
        let items = log.entries.iter().map(|entry| SearchItem {
            title: &entry.title,
            name: entry.short_name(),
            organisations: Vec::new(),
            body: Some(SearchBody { text: 0, span: entry.body() }),
            recency: 0,
        });
        let mut session = SearchSession::new(Arc::new(Catalogue::new(items)));
        for typed in ["emu", "damoxing", "emuo wl", "《Emu: a》 and more words that were pasted"] {
            black_box(session.search(&Query::new(typed), &[text], &|| false, |_| {}));
        }
        let pattern = Pattern::new("emu").unwrap();
        let documents: Vec<_> = log.entries.iter().map(|entry| entry.span()).collect();
        pattern.find(text, &documents, &|| false, |_, _| std::ops::ControlFlow::Continue(()));
    }),
];

/// The environment variable that tells a child process what to run: operation, length of the text, name of the pattern.
const OPERATION: &str = "PAPERS_TUI_OPERATION";

/// Makes glibc keep freed memory: returning it and requesting it again costs more for long texts than for short ones.
const KEEP_MEMORY: [(&str, &str); 3] = [
    ("MALLOC_TOP_PAD_", "200000000"),
    ("MALLOC_TRIM_THRESHOLD_", "2000000000"),
    ("MALLOC_MMAP_THRESHOLD_", "1000000000"),
];

/// The CPU time of an operation.
fn time(stage: Stage, log: &Log, clock: ClockId) -> Duration {
    let now = || {
        let now = clock_gettime(clock);
        Duration::new(now.tv_sec.try_into().unwrap(), now.tv_nsec.try_into().unwrap())
    };
    let start = now();
    stage(log);
    now() - start
}

/// Runs an operation in a process of its own; returns its CPU time.
fn time_alone(stage: &str, size: usize, name: &str) -> Duration {
    let test = "running_time::running_time_is_not_quadratic";
    let output = Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env(OPERATION, format!("{stage} {size} {name}"))
        .envs(KEEP_MEMORY)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let nanoseconds = printed.split("CPU time: ").nth(1).and_then(|after| after.split(' ').next()?.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or_else(|| panic!("{stage} of {name} failed: {printed}")))
}

/// Prints the CPU time of one operation.
fn run_alone(operation: &str) {
    let mut parts = operation.splitn(3, ' ');
    let mut next = || parts.next().unwrap();
    let (stage, size, name) = (next(), next().parse().unwrap(), next());
    let (_, text) = patterns(true).into_iter().find(|pattern| pattern.0 == name).unwrap();
    let (_, work) = STAGES.into_iter().find(|known| known.0 == stage).unwrap();
    println!("CPU time: {} ns", time(work, &read(&text(size)), ClockId::ProcessCPUTime).as_nanos());
}

/// Which operations take too long, in words. `time` returns the CPU time of an operation on the short or the long text.
fn compare(
    name: &str,
    (small, large, most): (usize, usize, f64),
    time: impl Fn(&str, usize) -> Duration,
) -> Vec<String> {
    let mut slow = Vec::new();
    for (stage, _) in STAGES {
        let mut more = time(stage, large);
        if more < FLOOR {
            continue;
        }
        let mut less = time(stage, small);
        // Other programs may have slowed one of the two down. A pattern that is really slow stays slow.
        for _ in 0..MORE_TRIES {
            if more.as_secs_f64() <= most * less.as_secs_f64() {
                break;
            }
            (more, less) = (more.min(time(stage, large)), less.min(time(stage, small)));
        }
        let ratio = more.as_secs_f64() / less.as_secs_f64();
        if ratio > most {
            slow.push(format!("{stage} of {name}: {less:?} for {small} bytes, {more:?} for {large}: {ratio:.1} times"));
        }
    }
    slow
}

/// The operations on texts of the two lengths of [`SHORT`], one after the other.
fn compare_here(name: &str, text: &Text) -> Vec<String> {
    let logs = [SHORT.0, SHORT.1].map(|size| (size, read(&text(size))));
    compare(name, SHORT, |stage, size| {
        let (_, work) = STAGES.into_iter().find(|known| known.0 == stage).unwrap();
        let (_, log) = logs.iter().find(|known| known.0 == size).unwrap();
        // Other tests run in the same process.
        time(work, log, ClockId::ThreadCPUTime)
    })
}

#[test]
fn running_time_is_not_quadratic() {
    if let Ok(operation) = std::env::var(OPERATION) {
        return run_alone(&operation);
    }
    let largest: Option<usize> = std::env::var("PAPERS_TUI_GROWTH").ok().and_then(|size| size.parse().ok());
    let wanted = std::env::var("PAPERS_TUI_PATTERN").unwrap_or_default();
    let mut slow = Vec::new();
    for (name, text) in patterns(largest.is_some()).into_iter().filter(|(name, _)| name.contains(&wanted)) {
        if largest.is_some() {
            println!("{name}");
        }
        match largest {
            None => slow.extend(compare_here(&name, &text)),
            Some(largest) => {
                // A pattern that is far too slow is not tried at larger sizes.
                let mut size = 64 << 10;
                while size < largest {
                    let found = compare(&name, (size, size * 2, 2.5), |stage, size| time_alone(stage, size, &name));
                    let is_over = !found.is_empty();
                    found.iter().for_each(|found| println!("{found}"));
                    slow.extend(found);
                    if is_over {
                        break;
                    }
                    size *= 2;
                }
            }
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
