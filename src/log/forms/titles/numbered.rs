//! Numbered sections of several papers in one file: `# Emus at Work`, `## 1 Introduction`, `## 2 Counting`.
//!
//! Papers may be numbered too, below topics or dates. Numbered headings are sections if the numbering restarts below
//! several titles, and each time either begins with a part such as an introduction or is nested (`2.1`).

use std::collections::HashSet;

use super::TitleInput;
use crate::log::forms::words;
use crate::log::outline::Heading;

/// How many titles must have numbered sections.
const FEWEST: usize = 2;

/// The starts of all headings that are numbered sections, in bytes, if any heading of this level has a number.
pub(super) fn sections(input: &TitleInput, level: u8) -> HashSet<usize> {
    let headings = &input.outline.headings;
    let mut sections = HashSet::new();
    if !headings.iter().any(|heading| heading.level == level && number(&heading.text).is_some()) {
        return sections;
    }
    let mut papers = 0;
    for (at, title) in headings.iter().enumerate() {
        let below = headings[at + 1..].iter().take_while(|heading| heading.level > title.level);
        let below: Vec<&Heading> = below.collect();
        let is_paper = number(&title.text).is_none() && !input.is_date(title.span().start) && is_outline(&below);
        if is_paper {
            papers += 1;
            sections.extend(below.iter().filter(|heading| number(&heading.text).is_some()).map(|it| it.span().start));
        }
    }
    if papers < FEWEST { HashSet::new() } else { sections }
}

/// Whether the numbered headings below a title are sections: there are at least two, numbered from 1, and either the
/// first is named like a part of a paper, or deeper ones have numbers such as `2.1`.
fn is_outline(below: &[&Heading]) -> bool {
    let Some(level) = below.first().map(|first| first.level) else { return false };
    let numbers = || below.iter().filter_map(|heading| Some((heading, number(&heading.text)?)));
    let own: Vec<(&str, &str)> = numbers().filter(|(heading, _)| heading.level == level).map(|(_, it)| it).collect();
    let is_counted = own.len() > 1 && own.iter().zip(1_usize..).all(|((number, _), at)| *number == at.to_string());
    let is_nested = numbers().any(|(heading, (number, _))| heading.level > level && number.contains('.'));
    let begins = own
        .first()
        .is_some_and(|(_, name)| words::is_part(name) || name.split_whitespace().next().is_some_and(words::is_part));
    is_counted && (begins || is_nested)
}

/// (number, name) of a heading such as `1 Introduction`, `2. Method`, `2.1 Counting`.
fn number(heading: &str) -> Option<(&str, &str)> {
    let end = heading.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, name) = (heading[..end].trim_end_matches('.'), &heading[end..]);
    let name = name.trim_start_matches([' ', ')', '、', ':']);
    let is_number = !number.is_empty() && number.split('.').all(|part| (1..=2).contains(&part.len()));
    (is_number && name.len() < heading[end..].len() && !name.is_empty()).then_some((number, name))
}
