//! Matches PDFs with a log: `cargo bench --bench papers`. 268 papers with 120 references each, against a log of 10,000
//! titles; the goal is half a second.

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use papers_tui::log::{Log, Source, parse};
use papers_tui::papers::Paper;
use papers_tui::papers::matched::{Matched, PdfInput};
use papers_tui::papers::near::near;

/// Number of titles in the log.
const TITLES: usize = 10_000;
/// Number of PDFs.
const PDFS: usize = 268;
/// Number of references in each PDF.
const REFERENCES: usize = 120;
/// Number of runs, of which the fastest counts.
const TIMES: usize = 5;

/// Parts of invented words. They combine into so few words that titles share some, as real titles do.
const PARTS: [&str; 16] = [
    "net", "graph", "vision", "token", "prompt", "speech", "logic", "scale", "query", "pixel", "robot", "cloud",
    "audio", "chain", "field", "cache",
];

/// One of 1,024 words, chosen by `n`.
fn word(n: usize) -> String {
    let n = n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let n = (n ^ n >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33;
    format!("{}{}{}", PARTS[n % 16], PARTS[n / 16 % 16], ["", "ing", "ed", "er"][n / 256 % 4])
}

/// A title in which some words are rare and some are in many titles.
fn title(n: usize) -> String {
    let [a, b, c, d, e] = [1, 2, 3, 4, 5].map(|at| word(n * 7 + at * 1013));
    format!("{a} {b} for Efficient {c} Learning with {d} {e}")
}

fn log() -> Log {
    let mut text = String::new();
    for n in 0..TITLES {
        if n % 4 == 0 {
            _ = write!(text, "## 2031.{}.{}\n\n", n / 4 % 12 + 1, n / 48 % 28 + 1);
        }
        _ = write!(text, "《{}》\n\nThey learn {} from what {} see.\n\n", title(n), word(n), word(n / 2));
    }
    parse::parse([Source { name: "log.md".into(), text: text.into() }])
}

/// A paper; a third of its references are in the log.
fn paper(at: usize) -> Paper {
    let reference = |n: usize| {
        let cited = if n.is_multiple_of(3) { title((at * 31 + n * 17) % TITLES) } else { title(TITLES + at * 131 + n) };
        format!(
            "[{n}] A. Emu, B. Gnu and C. Owl. {cited}. In Proceedings of the Meeting on Birds, pages {n}-99, 2019. "
        )
    };
    let references = (1..=REFERENCES).map(reference).collect();
    Paper { titles: vec![title(at * 37)], references, text: true, ..Paper::default() }
}

fn fastest(mut work: impl FnMut()) -> Duration {
    let once = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    std::iter::repeat_with(once).take(TIMES).min().unwrap_or_default()
}

fn main() {
    let (log, papers) = (log(), (0..PDFS).map(paper).collect::<Vec<_>>());
    let held = || papers.iter().map(|paper| PdfInput { name: "x", paper: Some(paper) });
    let matched = Matched::of(&log, held());
    let cited: usize = matched.cites.iter().map(Vec::len).sum();
    let bytes: usize = papers.iter().map(|paper| paper.references.len()).sum();
    let took = fastest(|| drop(black_box(Matched::of(&log, held()))));
    println!("{PDFS} PDFs with {bytes} bytes of references, {TITLES} titles, {cited} citations: {took:.1?}");
    let references = |entry: usize| Some(papers[*matched.of_entries[entry].first()?].references.as_str());
    let took = fastest(|| drop(black_box(near(&log, &references, 10))));
    println!("near by words: {took:.1?}");
}
