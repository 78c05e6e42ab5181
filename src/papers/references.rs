//! Finds the lists of references in the text of a paper.
//!
//! Does not split lists into single references: to find titles, the start and end of each list are enough.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::squash::squash;

/// A heading starts a list if at least `YEARS` years follow within `WITHIN` bytes.
const YEARS: usize = 3;
const WITHIN: usize = 1500;
/// A list ends where fewer than two years occur within this many bytes.
const SPARSE: usize = 3000;
/// A heading such as `Appendix` ends a list if fewer than `FEW` years follow within `AFTER` bytes.
const FEW: usize = 4;
const AFTER: usize = 1200;
/// How many bytes to keep after the last year of a list, for the rest of the last reference.
const TAIL: usize = 400;
/// Minimum number of numbered lines in a list without a heading.
const NUMBERED: usize = 8;
/// Maximum number of lines of one reference.
const LONGEST: usize = 14;
/// A line at the top or bottom of at least this many pages is a running header or footer.
const RUNNING: usize = 3;
/// Maximum size of the result in bytes.
const MOST: usize = 1 << 20;

const HEADINGS: [&str; 8] = [
    "references",
    "reference",
    "bibliography",
    "referencesandnotes",
    "literaturecited",
    "workscited",
    "参考文献",
    "主要参考文献",
];

const ENDS: [&str; 11] = [
    "appendix",
    "appendices",
    "supplement",
    "supplementary",
    "supplementarymaterial",
    "supplementarymaterials",
    "supplementalmaterial",
    "acknowledgement",
    "acknowledgements",
    "acknowledgments",
    "附录",
];

static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:19|20)\d\d").ok());
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\s*(?:\[(\d{1,3})\]|(\d{1,3})\.)\s*\S").ok());
static SECTION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[A-H](?:\.|\s)\s*[A-Z][^,]{2,60}$").ok());

/// The lists of references in a paper, each on one line.
pub fn lists(pages: &[String]) -> String {
    let lines = body(pages);
    let mut out = String::new();
    let mut from = 0;
    while let Some(start) = (from..lines.len()).find(|&at| is_heading(lines[at]) && begins(&lines[at + 1..])) {
        let count = add(&lines[start + 1..], &mut out);
        from = start + 1 + count.max(1);
    }
    if out.is_empty()
        && let Some(start) = numbered(&lines)
    {
        add(&lines[start..], &mut out);
    }
    out
}

/// The byte offset at which a list starts in the text of a page, if one does.
pub fn beginning(page: &str) -> Option<usize> {
    let mut at = 0;
    page.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        is_heading(line.trim()).then_some(start)
    })
}

/// The lines of all pages without page numbers and running headers.
fn body(pages: &[String]) -> Vec<&str> {
    let key = |line: &str| {
        let mut key = squash(line);
        key.retain(|c| !c.is_ascii_digit());
        key
    };
    let edges = |page: &str| -> Vec<String> {
        let lines: Vec<&str> = page.lines().filter(|line| !line.trim().is_empty()).collect();
        let last = lines.len().saturating_sub(2).max(2).min(lines.len());
        lines.iter().take(2).chain(&lines[last..]).map(|line| key(line)).filter(|key| key.len() > 3).collect()
    };
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in pages {
        edges(page).into_iter().for_each(|edge| *seen.entry(edge).or_default() += 1);
    }
    seen.retain(|edge, count| *count >= RUNNING && !HEADINGS.contains(&edge.as_str()));
    let is_text = |line: &&str| {
        let is_number = !line.chars().any(|c| c.is_alphabetic() || matches!(c, '[' | '('));
        !is_number && (seen.is_empty() || line.len() > 300 || !seen.contains_key(&key(line)))
    };
    pages.iter().flat_map(|page| page.lines()).map(str::trim).filter(is_text).collect()
}

/// The letters of a line without section and page numbers; empty if the line is too long for a heading.
fn letters(line: &str) -> String {
    if line.len() > 60 {
        return String::new();
    }
    let mut letters = squash(line);
    letters.retain(|c| !c.is_ascii_digit());
    letters
}

fn is_heading(line: &str) -> bool {
    let letters = letters(line);
    let is = |letters: &str| HEADINGS.contains(&letters);
    let roman = || letters.trim_start_matches(['i', 'v', 'x']);
    // Such a word may also be part of a sentence that continues on the next line.
    !line.ends_with([',', ';', '-']) && (is(&letters) || line.contains('.') && is(roman()))
}

/// Whether these lines contain enough years to start a list.
fn begins(lines: &[&str]) -> bool {
    years_within(lines, WITHIN) >= YEARS
}

fn years(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_digit = move |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let found = YEAR.iter().flat_map(move |year| year.find_iter(text)).map(|found| found.start());
    found.filter(move |&at| !is_digit(at.checked_sub(1)) && !is_digit(Some(at + 4)))
}

/// Counts the years in the first `bytes` bytes of these lines.
fn years_within(lines: &[&str], bytes: usize) -> usize {
    let mut left = bytes;
    let mut count = 0;
    for line in lines {
        count += years(line).filter(|&at| at < left).count();
        let Some(rest) = left.checked_sub(line.len() + 1) else { break };
        left = rest;
    }
    count
}

/// Whether a list ends before this line.
fn ends(lines: &[&str], at: usize) -> bool {
    let line = lines[at];
    let letters = letters(line);
    let is_named = || ENDS.iter().any(|end| letters == *end || letters.strip_prefix(['a', 'b']) == Some(end));
    let starts =
        |word: &str| line.len() < 60 && line.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', ':', '.']));
    let is_section = || {
        let before = at.checked_sub(1).map_or("", |at| lines[at]);
        !line.ends_with(['.', '-', ':'])
            && (before.is_empty() || before.ends_with(|c: char| c == '.' || c.is_ascii_digit()))
            && SECTION.as_ref().is_some_and(|section| section.is_match(line))
    };
    let is_end = is_named() || starts("Appendix") || starts("APPENDIX") || starts("Supplementary") || is_section();
    let rest = || {
        lines[at + 1..]
            .iter()
            .scan(0, |sum, line| {
                *sum += line.len() + 1;
                Some(*sum)
            })
            .any(|sum| sum >= AFTER)
    };
    is_end && rest() && years_within(&lines[at + 1..], AFTER) < FEW
}

/// Appends the list that starts at the first line to `out`. Returns the number of lines in the list.
fn add(lines: &[&str], out: &mut String) -> usize {
    let mut list = String::new();
    // The length of the list after each line.
    let mut lengths = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if list.len() > MOST || at > 0 && (ends(lines, at) || is_heading(line) && begins(&lines[at + 1..])) {
            break;
        }
        join(line, &mut list);
        lengths.push(list.len());
    }
    let end = dense(&list);
    let mut end = (end + TAIL).min(list.len());
    while !list.is_char_boundary(end) {
        end -= 1;
    }
    let room = MOST.saturating_sub(out.len());
    if end <= room {
        out.push_str(&list[..end]);
        out.push('\n');
    }
    lengths.partition_point(|&length| length <= end)
}

/// The byte offset of the last year before the years become sparse.
fn dense(list: &str) -> usize {
    let years: Vec<usize> = years(list).collect();
    let mut last = 0;
    for (index, &year) in years.iter().enumerate() {
        if year - last > SPARSE {
            break;
        }
        let next = years.get(index + 1).copied();
        if next.is_some_and(|next| next - last > SPARSE) {
            return if year - last < SPARSE / 2 { year } else { last };
        }
        last = year;
    }
    last
}

/// Appends a line to a list, rejoining a hyphenated word.
fn join(line: &str, list: &mut String) {
    let line = line.trim_end_matches('\u{AD}');
    let is_parted = list.ends_with('-');
    match line.chars().next() {
        Some(c) if is_parted && c.is_lowercase() => _ = list.pop(),
        Some(_) if !is_parted && !list.is_empty() => list.push(' '),
        _ => {}
    }
    list.push_str(line);
}

/// The index of the line that starts a list without a heading: lines numbered from 1, at least half of them with a
/// year.
fn numbered(lines: &[&str]) -> Option<usize> {
    let number = |line: &str| -> Option<usize> {
        let found = NUMBER.as_ref()?.captures(line)?;
        found.get(1).or_else(|| found.get(2))?.as_str().parse().ok()
    };
    let numbers: Vec<(usize, usize)> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((at, number(line)?))).collect();
    let mut best = None;
    for (index, &(start, _)) in numbers.iter().enumerate().filter(|(_, (_, number))| *number == 1) {
        let (mut count, mut last) = (1, start);
        for &(at, number) in &numbers[index + 1..] {
            if at - last > LONGEST {
                break;
            }
            if number == count + 1 {
                (count, last) = (number, at);
            }
        }
        let years = lines[start..=last].iter().filter(|line| years(line).next().is_some()).count();
        if count >= NUMBERED && 2 * years >= count {
            best = Some(start);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "[N] Ada Emu and Bo Gnu. On the walking of em-\nus. In Birds, pages 1–9, 2019.\n";

    fn entries(count: usize) -> String {
        (1..=count).map(|number| ENTRY.replace('N', &number.to_string())).collect()
    }

    #[track_caller]
    fn check(pages: &[&str], starts: &str, holds: &[&str], lacks: &[&str]) {
        let pages: Vec<String> = pages.iter().map(|page| (*page).to_owned()).collect();
        let found = lists(&pages);
        assert!(found.starts_with(starts), "{found}");
        for part in holds {
            assert!(found.contains(part), "{part:?} in {found}");
        }
        for part in lacks {
            assert!(!found.contains(part), "{part:?} not in {found}");
        }
    }

    #[test]
    fn a_list_begins_at_its_heading_and_its_lines_are_joined() {
        for heading in
            ["References", "7. REFERENCES", "R E F E R E N C E S", "Bibliography 12", "参考文献", "VI. References"]
        {
            let page = format!("We cite references\nin 2001, 2002, 2003.\n{heading}\n{}", entries(4));
            check(&[&page], "[1] Ada Emu", &["walking of emus. In Birds", "[4] Ada"], &["We cite", heading]);
        }
    }

    #[test]
    fn a_table_of_contents_is_not_a_reference_list() {
        let contents = format!("1 Introduction 3\nReferences 90\nA Proofs 95\n{}", "Words without years.\n".repeat(90));
        check(&[&contents, &format!("References\n{}", entries(3))], "[1] Ada Emu", &["[3]"], &["Proofs", "without"]);
    }

    #[test]
    fn a_list_ends_at_an_appendix_or_where_years_end() {
        let rest = "No years are in this text of many words.\n".repeat(100);
        for end in ["A Proofs of All", "Appendix", "B. More Results", "Acknowledgements", "Supplementary Material"] {
            let page = format!("References\n{}{end}\n{rest}", entries(5));
            check(&[&page], "[1] Ada", &["[5] Ada"], &["No years", end]);
        }
        let page = format!("References\n{}{rest}", entries(5));
        let found = lists(&[page]);
        assert!(found.len() < 5 * ENTRY.len() + TAIL + 50, "{}", found.len());
    }

    #[test]
    fn a_reference_is_not_an_appendix() {
        let page = format!("References\n{}A Survey of Owls\nby night, 2020.\n{}", entries(4), entries(9));
        check(&[&page], "[1] Ada", &["Survey of Owls by night", "[9]"], &[]);
    }

    #[test]
    fn there_may_be_two_lists_and_none() {
        let rest = "No years are in this text of many words.\n".repeat(100);
        let page = format!("References\n{}Appendix\n{rest}References\n[1] Owl. Second. 2001, 2002, 2003.", entries(3));
        check(&[&page], "[1] Ada", &["[3] Ada", "\n[1] Owl. Second."], &["No years"]);
        assert_eq!(lists(&[rest]), "");
    }

    #[test]
    fn numbers_in_order_make_a_list_without_a_heading() {
        let nature: String = (1..=9).map(|at| format!("{at}. Emu, A. On gnus. Birds {at},\n3–9 (2019).\n")).collect();
        check(
            &[&format!("Text of a paper\n1. A list\n2. of two\n{nature}")],
            "1. Emu",
            &["9. Emu"],
            &["Text", "of two"],
        );
    }

    #[test]
    fn running_heads_do_not_split_titles() {
        let pages: Vec<String> = (1..=4)
            .map(|page| format!("Under review at BIRDS 2031\nA text.\n{page}\n"))
            .chain([
                format!("Under review at BIRDS 2031\nReferences\n{}[4] Owl. On the\n14\n", entries(3)),
                "Under review at BIRDS 2031\nflying of owls, 2020.\n15\n".to_owned(),
            ])
            .collect();
        assert!(lists(&pages).contains("On the flying of owls"), "{}", lists(&pages));
    }
}
