//! Whole pages: nothing is lost, and lines break correctly at any width.

use papers_tui::app::page::flow::{BlockKind, PageLine, flow};
use papers_tui::io::sample;
use papers_tui::log::markup::{self, Block};
use papers_tui::log::{Figure, FigurePlace, Log};
use papers_tui::text::width;
use papers_tui::words::Language;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::page::entry_page;
use super::page::{UNWRAPPED, paper, read};
use super::real_log;

/// Lines that are too wide, and line breaks that cut a word, part a number from its unit, or are wrong in Chinese.
/// `body` is the source.
fn faults(body: &str, lines: &[PageLine], columns: usize) -> Vec<String> {
    const CLOSING: &str = "，。、；：！？）》」』】”’…%‰,.;:!?)]}";
    const OPENING: &str = "《（「『【“‘([{";
    const UNITS: &str = "年月日个倍张层天";
    let source: String = body.replace('*', "").split_whitespace().collect::<Vec<_>>().join(" ");
    let mut faults = Vec::new();
    let mut above = String::new();
    for line in lines {
        let text = line.text().trim().to_owned();
        let is_prose = !matches!(line.kind, BlockKind::Code | BlockKind::Rule);
        if line.width() > columns {
            faults.push(format!("too wide: {text}"));
        }
        if is_prose && text.starts_with(|c| CLOSING.contains(c)) {
            faults.push(format!("begins: {text}"));
        }
        if is_prose && text.ends_with(|c| OPENING.contains(c)) {
            faults.push(format!("ends: {text}"));
        }
        if above.ends_with(|c: char| c.is_ascii_digit()) && text.starts_with(|c| UNITS.contains(c)) {
            faults.push(format!("number from unit: {above} | {text}"));
        }
        let is_letter = |c: char| c.is_ascii_alphanumeric();
        let tail = above.rsplit(|c| !is_letter(c)).next().unwrap_or_default();
        let head = text.split(|c| !is_letter(c)).next().unwrap_or_default();
        if !tail.is_empty()
            && !head.is_empty()
            // The whole word would fit on a line, also with a unit and a comma after it.
            && line.indent + width(tail) + width(head) + 4 <= columns
            && source.contains(&format!("{tail}{head}"))
            && !source.contains(&format!("{tail} {head}"))
        {
            faults.push(format!("cut word: {above} | {text}"));
        }
        above = text;
    }
    faults
}

#[test]
fn a_full_width_colon_ends_a_label() {
    let text = "# 2031-05-17\nTitle: Emu birds at work\nVenue: ICLR\n作者：鹅\n\nTitle: Gnus of hills\nVenue: ICLR\n";
    let log = read(text);
    assert_eq!(log.entries.len(), 2);
    for (source, blocks, figures) in bodies(&log) {
        let shown: String = flow(&blocks, 40, &figures, &[], Language::English).iter().map(PageLine::text).collect();
        assert!(!source.contains("作者") || shown.contains("作者：鹅"), "{shown}");
    }
}

/// All bodies and notes of a log: source, blocks, figures.
fn bodies(log: &Log) -> Vec<(&str, Vec<Block>, Vec<Figure>)> {
    let body = |file: usize, span: std::ops::Range<usize>, places: &[FigurePlace], figures: Vec<Figure>| {
        let file = &log.files[file];
        (&file.text[span.clone()], markup::blocks(file, span, places), figures)
    };
    let entries = log.entries.iter().map(|it| body(it.file(), it.body(), &it.figures, log.figures_of(it)));
    let notes = log.sections.iter().flat_map(|it| {
        it.notes.iter().map(move |note| body(it.file(), note.range(), &it.figures, log.figures_of_note(it)))
    });
    entries.chain(notes).collect()
}

/// Wraps everything at some widths; with `PAPERS_TUI_EVERY_WIDTH` at all from 20 to 200.
fn wraps_well(log: &Log) {
    let bodies = bodies(log);
    let all = std::env::var_os("PAPERS_TUI_EVERY_WIDTH").is_some();
    let widths: Vec<usize> = if all { (20..=200).collect() } else { vec![20, 33, 40, 60, 80, 100] };
    for columns in widths {
        for (body, blocks, figures) in &bodies {
            let faults = faults(body, &flow(blocks, columns, figures, &[], Language::English), columns);
            assert!(faults.is_empty(), "{columns} columns: {faults:#?}");
        }
    }
}

#[test]
fn the_sample_wraps_well() {
    wraps_well(&read(sample::TEXT));
}

#[test]
fn the_real_log_wraps_well() {
    if let Some(log) = real_log::log() {
        wraps_well(&log);
    }
}

#[test]
fn the_real_log_reads_as_intended() {
    let Some(log) = real_log::log() else { return };
    for columns in [40, 60, 80, 100, UNWRAPPED] {
        let pages: Vec<Vec<PageLine>> = log.entries.iter().map(|entry| entry_page(&log, entry, columns)).collect();
        let lines: Vec<&PageLine> = pages.iter().flatten().collect();
        let texts: Vec<String> = lines.iter().map(|line| line.text()).collect();
        // Thirteen asterisks are literal: seven in products, six in unparsed lines.
        let stars: usize = texts.iter().map(|text| text.matches('*').count()).sum();
        assert_eq!(stars, 13, "{:#?}", texts.iter().filter(|text| text.contains('*')).collect::<Vec<_>>());
        for kept in ["pCTR*pCVR", "ui*vj", "100*256", "16*16", "7*7", "3*3"] {
            assert!(texts.iter().any(|text| text.contains(kept)), "{kept}");
        }
        assert!(lines.iter().all(|line| line.kind != BlockKind::Code), "no passage of this log is code");
        let figures = texts
            .iter()
            .zip(&lines)
            .filter(|(text, line)| line.kind == BlockKind::Figure && text.starts_with("▪ Figure"));
        assert_eq!(figures.count(), 262);
    }
}

/// Indented lines that continue the line above, in order.
fn hanging(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    let mut is_open = false;
    for (at, line) in lines.iter().enumerate() {
        let is_indented = line.starts_with("    ") && !line.trim().is_empty();
        is_open = is_indented
            && at > 0
            && (is_open
                || !lines[at - 1].trim().is_empty()
                    && !lines[at - 1].starts_with([' ', '-', '#', '*'])
                    && !lines[at - 1].starts_with(|c: char| c.is_ascii_digit()));
        if is_open {
            found.push(line.trim());
        }
    }
    found
}

#[test]
fn hanging_lines_stay_separate() {
    let Some(log) = real_log::log() else { return };
    let wanted = hanging(&log.files[0].text);
    // `hanging` does not find the 88th line, “RNN & LSTM basics”, which is checked below.
    assert_eq!(wanted.len(), 87);
    let notes = log.sections.iter().map(|section| {
        flow(&markup::note(&log, section), UNWRAPPED, &log.figures_of_note(section), &[], Language::English)
    });
    let pages = log.entries.iter().map(|entry| entry_page(&log, entry, UNWRAPPED));
    let lines: Vec<String> = pages.chain(notes).flatten().map(|line| line.text().trim().to_owned()).collect();
    let others = ["RNN & LSTM basics", "The Unreasonable Effectiveness of Recurrent Neural Networks"];
    for line in wanted.iter().chain(&others).filter(|line| !line.starts_with("![")) {
        // A caption is in its figure's label, without the colon.
        let label = line.trim_end_matches(['：', ':']);
        let is_it = |shown: &String| shown == line || shown.starts_with('▪') && shown.contains(label);
        assert!(lines.iter().any(is_it), "{line}");
    }
}

/// The chars of a text except markup and white space.
fn characters(text: &str) -> Vec<char> {
    // A caption loses its colon in the figure's label.
    let is_markup = |c: char| c.is_ascii_punctuation() || c.is_whitespace() || c.is_control() || c == '：';
    // Superscripts and subscripts of formulas count as plain chars.
    text.nfkc().filter(|&c| !is_markup(c)).collect()
}

/// The first wanted chars missing from `shown`, with some context.
fn missing(wanted: &[char], shown: &[char]) -> Option<String> {
    let mut shown = shown.iter();
    let lost = wanted.iter().position(|c| !shown.any(|other| other == c))?;
    Some(wanted[lost.saturating_sub(10)..].iter().take(40).collect())
}

/// Every char of every body is on its page, in order, except markup.
#[track_caller]
fn nothing_is_lost(log: &Log) {
    for entry in &log.entries {
        let mut at = entry.body().start;
        let mut source = String::new();
        for figure in log.figures_of(entry) {
            source.push_str(&log.files[entry.file()].text[at..figure.span.start]);
            source.push('\n');
            at = figure.span.end;
        }
        source.push_str(&log.files[entry.file()].text[at..entry.body().end]);
        // List numbers may differ on the page, and the lines of fences are not shown.
        let line = |line: &str| {
            let line = line.trim_start().trim_start_matches("- [x]");
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let line = if line.starts_with("```") { "" } else { line };
            if line[digits.min(line.len())..].starts_with(". ") { line[digits..].to_owned() } else { line.to_owned() }
        };
        let wanted: String = source.lines().filter(|line| !line.starts_with("<!--")).map(line).collect();
        for columns in [40, 100, UNWRAPPED] {
            let lines = entry_page(log, entry, columns);
            // Cells that wrap side by side are not read line by line.
            if columns < UNWRAPPED && lines.iter().any(|line| line.kind == BlockKind::Table) {
                continue;
            }
            // The label of a figure contains its caption.
            let shown: String = lines.iter().map(PageLine::text).collect();
            let lost = missing(&characters(&wanted), &characters(&shown));
            assert_eq!(lost, None, "{}", entry.title);
        }
    }
}

#[test]
fn the_sample_is_shown_completely() {
    nothing_is_lost(&read(sample::TEXT));
}

#[test]
fn the_real_log_is_shown_completely() {
    if let Some(log) = real_log::log() {
        nothing_is_lost(&log);
    }
}

/// Bodies of known words with all kinds of markup.
fn marked_up() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["甲。", "乙", "“丙”", "alpha", "B2", "《丁》", "3", "个", "é", "が"]);
    let mark = prop::sample::select(vec![
        "*",
        "**",
        "***",
        "****",
        " ",
        "\n",
        "\n\n",
        "\n    ",
        "\n      ",
        "\n\n    ",
        "\n- ",
        "\n  - ",
        "\n> ",
        "\n### ",
        "~~",
        "_",
        "`",
        "$",
        "$$",
        "\n$$\n",
        "\n|a|b|\n|-|-|\n|",
        "|",
        "，",
        "[",
        "]",
        "[5036]",
        "\\*",
        " * ",
        "\n***\n",
        "1，",
        "\n2，",
    ]);
    prop::collection::vec((word, mark), 1..30)
        .prop_map(|parts| parts.into_iter().map(|(word, mark)| format!("{word}{mark}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_text_is_shown_completely(body in marked_up(), columns in 20_usize..200) {
        let log = paper(&format!("\n{body}\n"));
        let entry = &log.entries[0];
        let wanted: String = log.body(entry).lines().map(|line| line.trim_start_matches(|c: char| c.is_ascii_punctuation()).to_owned() + "\n").collect();
        let lines = entry_page(&log, entry, columns);
        let shown: String = lines.iter().map(PageLine::text).collect();
        let (mut wanted, mut on_page) = (characters(&wanted), characters(&shown));
        // Cells of a table are wrapped beside each other.
        if body.contains("\n|") {
            wanted.sort_unstable();
            on_page.sort_unstable();
        }
        prop_assert_eq!(missing(&wanted, &on_page), None, "{:?}", shown);
        for line in &lines {
            prop_assert!(line.width() <= columns, "{:?}", line);
        }
    }
}
