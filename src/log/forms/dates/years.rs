//! Headings that name the list of a year: `Papers read in 2031`, `2031 Reading Log`.

use std::collections::HashMap;

use super::words;
use crate::log::date::{ParsedDate, When};
use crate::log::outline::Heading;

/// The name of a list of read papers has at least one of these words, in lower case.
const READ: &[&str] = &["read", "reading", "readings", "paper", "papers"];
/// The same in Chinese, Japanese and Korean; found anywhere in the name.
const READ_HAN: &[&str] = &["阅读", "论文", "文献", "論文", "読", "논문", "읽"];
/// Words that show that a year is one of publication, in lower case.
const PUBLISHED: &[&str] = &["from", "published", "accepted", "released", "best", "award", "awards"];
/// Years in which papers may have been read.
const YEARS: std::ops::RangeInclusive<i32> = 1950..=2100;
/// The most words of such a heading.
const WORDS: usize = 6;

/// Adds dates for headings that differ only in their year, if the years are in order. Lists by topic repeat years.
/// Returns the ascending indices of these headings.
pub(super) fn add(headings: &[Heading], heading_dates: &mut [Option<ParsedDate>]) -> Vec<usize> {
    let mut alike: HashMap<(u8, String), Vec<(usize, i32)>> = HashMap::new();
    for (at, heading) in headings.iter().enumerate() {
        let is_open =
            heading_dates[at].as_ref().is_none_or(|parsed| matches!(parsed.what, When::Year(_)) && parsed.alone);
        if let Some((year, name)) = named(&heading.text).filter(|_| is_open) {
            alike.entry((heading.level, name)).or_default().push((at, year));
        }
    }
    let is_in_order = |all: &[(usize, i32)]| {
        let step = |sign: i32| all.windows(2).all(|pair| (pair[1].1 - pair[0].1) * sign > 0);
        all.len() > 1 && (step(1) || step(-1))
    };
    // `2031 papers on emus` and `2031 papers on owls` are years of publication.
    let mut counts: HashMap<(u8, i32), usize> = HashMap::new();
    for ((level, _), all) in &alike {
        all.iter().for_each(|(_, year)| *counts.entry((*level, *year)).or_default() += 1);
    }
    let mut found = Vec::new();
    for ((level, _), all) in alike {
        if !is_in_order(&all) || all.iter().any(|(_, year)| counts[&(level, *year)] > 1) {
            continue;
        }
        for (at, year) in all {
            heading_dates[at] =
                Some(ParsedDate { what: When::Year(year), span: 0..headings[at].text.len(), alone: true });
            found.push(at);
        }
    }
    found.sort_unstable();
    found
}

/// (year, the other words) of a heading that may name such a list.
fn named(text: &str) -> Option<(i32, String)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits = text[start..].split(|c: char| !c.is_ascii_digit()).next()?;
    let year = Some(digits).filter(|digits| digits.len() == 4)?.parse().ok().filter(|year| YEARS.contains(year))?;
    let (before, after) = (&text[..start], &text[start + digits.len()..]);
    let name = format!("{} {}", before.trim(), after.trim()).to_lowercase();
    let words = || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_read = words().any(|word| READ.contains(&word)) || READ_HAN.iter().any(|word| name.contains(word));
    let is_one = is_read
        && words().count() < WORDS
        && !name.contains(|c: char| c.is_ascii_digit())
        && !words().any(|word| PUBLISHED.contains(&word))
        && words::venue(text).is_none();
    is_one.then_some((year, name))
}
