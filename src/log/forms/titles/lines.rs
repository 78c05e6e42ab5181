//! Titles as lines of paragraphs: links, numbers, emphasis, or nothing but their words.

use std::ops::Range;

use super::{Candidate, Material};
use crate::log::forms::words;

/// Longest line that is a title, in bytes, its addresses not counted.
const LONGEST: usize = 400;

/// How many lines a title may go on in, and one for what is behind it: a paragraph of a thousand titles is
/// not read to its end for each of them.
const WRAPPED: usize = 6;

/// Which lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// That begin with a link.
    Links,
    /// That begin with a number.
    Numbers,
    /// Emphasised from end to end.
    Strong,
    /// Any other, where a paragraph begins.
    Plain,
}

/// The lines of a sort.
pub(super) fn find(material: &Material, sort: Sort) -> Vec<Candidate> {
    let mut found = Vec::new();
    for paragraph in &material.outline.paragraphs {
        if material.is_pending_list(paragraph.start) {
            continue;
        }
        each_line(material.text, paragraph, |line, is_first| {
            let text = material.text[line.clone()].trim();
            let is_plain = sort == Sort::Plain && !is_first;
            if !is_plain && is_sort(text, sort) && !material.is_date(line.start) {
                let below = material.text[line.end..paragraph.end].match_indices('\n').nth(WRAPPED);
                let end = below.map_or(paragraph.end, |(at, _)| line.end + at + 1);
                found.push(Candidate::new(line.clone(), line.start..end));
            }
        });
    }
    found
}

/// Calls for each line of a range, and whether it is the first.
pub(super) fn each_line(text: &str, range: &Range<usize>, mut each: impl FnMut(Range<usize>, bool)) {
    let mut at = range.start;
    for line in text[range.clone()].split_inclusive('\n') {
        each(at..at + line.len(), at == range.start);
        at += line.len();
    }
}

fn is_sort(line: &str, sort: Sort) -> bool {
    let unmarked = line.trim_start_matches(['*', '_', ' ']);
    match sort {
        Sort::Links => {
            let unmarked =
                unmarked.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', '、', ')', ' ']);
            let is_image = unmarked.starts_with("[![");
            (unmarked.starts_with('[') && unmarked.contains("](") || unmarked.starts_with("<a ")) && !is_image
        }
        Sort::Numbers => {
            let in_brackets = line.strip_prefix('[').and_then(|rest| rest.split_once("] "));
            if let Some((number, _)) = in_brackets {
                return (1..=4).contains(&number.len())
                    && number.bytes().all(|byte| byte.is_ascii_digit())
                    && line.len() < LONGEST;
            }
            let digits = unmarked.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &unmarked[digits..];
            let behind = rest.strip_prefix(['.', '、', '．', ')', '）']);
            let is_title = behind.is_some_and(|text| !text.starts_with(|c: char| c.is_ascii_digit()));
            (1..=4).contains(&digits) && is_title && line.len() < LONGEST
        }
        Sort::Strong => {
            // An emoji may stand before it, as an entity too.
            let line = line.strip_prefix('&').and_then(|rest| rest.split_once(';')).map_or(line, |(_, rest)| rest);
            let line = line.trim_start_matches(|c: char| !c.is_ascii() && !c.is_alphabetic() || c == ' ');
            // The head of what folds: `<summary><b>Emus at Work</b></summary>`.
            let line = line.strip_prefix("<summary>").map_or(line, str::trim_start);
            let strong = ["**", "__", "<b>", "<strong>", "<u>", "<i>"].iter().any(|mark| line.starts_with(mark));
            strong && line.len() < LONGEST && ends_strong(line)
        }
        Sort::Plain => {
            let letters = line.trim_start_matches(['“', '"', '‘', ' ']).trim_start_matches("\\*");
            line.len() < LONGEST && letters.starts_with(char::is_alphanumeric)
        }
    }
}

/// Whether emphasis that opens a line is closed at its end, or right before its links or its venue.
fn ends_strong(line: &str) -> bool {
    let end = line.rfind("**").filter(|&end| end > 2).map_or("", |end| &line[end + 2..]);
    if !end.is_empty() && words::venue(end.trim_matches([' ', ',', '.', '(', ')'])).is_some() {
        return true;
    }
    let line = line.strip_suffix("</summary>").unwrap_or(line);
    let ends = [" [", "<a ", "http"].into_iter().find_map(|sign| line.find(sign));
    let line = line[..ends.unwrap_or(line.len())].trim_end_matches(['\\', ' ', '.', ':', '：']);
    ["**", "__", "</b>", "</strong>", "</u>", "</i>", "<br>", "<br/>"].iter().any(|mark| line.ends_with(mark))
}
