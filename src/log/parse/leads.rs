//! What stands before the titles of a file and is no part of them: the year of publication, the venue, the only author,
//! or a phrase that several linked titles share.
//!
//! A single title tells neither: it may begin with a year (`2001 Nights of Owls`) or look like a name (`Deep Learning`).
//! So only what most titles begin with counts.

use std::collections::HashMap;

use super::FileParser;
use crate::log::forms::choice::FoundTitle;
use crate::log::forms::title::{self, ParsedTitle};
use crate::log::forms::titles::TitleForm;
use crate::text::prefix;

/// How many titles are read, at most.
const SAMPLE: usize = 100;
/// The longest phrase before a link, in bytes, and the most phrases, since each title is compared with all.
const PHRASE: usize = 120;
const PHRASES: usize = 16;
/// The fewest titles that make a habit.
const FEWEST: usize = 3;
/// The longest venue with its year, in bytes, and the most words in it.
const VENUE: (usize, usize) = (48, 4);

/// What most titles of a file begin with.
#[derive(Debug, Clone, Default)]
pub(super) struct Leads {
    /// `2031 Emus at Work`, `2031-05 Emus at Work`
    years: bool,
    /// `Wild Birds 2031, Emus at Work`
    venues: bool,
    /// `Anna Gnu. Emus at Work. 2031`
    authors: bool,
    /// `1-Emus at Work`, `2-Owls at Night`
    numbers: bool,
    /// `Emus at Work. 2031`, `Emus at Work / 2031`: the year follows the titles.
    years_behind: bool,
    /// `코드로 살펴보는 [EmuNet](…)`
    phrases: Vec<String>,
}

impl FileParser {
    pub(super) fn leads(&self, found: &[FoundTitle]) -> Leads {
        let (mut all, mut years, mut venues, mut authors, mut numbers) = (0, 0, 0, 0, 0);
        let (mut last, mut behind) = (0, 0);
        for found in found.iter().step_by(found.len().div_ceil(SAMPLE).max(1)) {
            if matches!(found.form, TitleForm::Marks | TitleForm::InText) || found.candidate.joined.is_some() {
                continue;
            }
            let text = found.candidate.text().start + self.base..found.candidate.text().end + self.base;
            let text = &self.text()[text];
            let parsed = title::read(text);
            let is_behind_known = parsed.venue.as_deref().is_some_and(|venue| text.trim_start().starts_with(venue));
            all += 1;
            venues += usize::from(is_behind_known || behind_venue(&parsed.title).is_some());
            years += usize::from(behind_year(&parsed.title).is_some());
            behind += usize::from(before_year(&parsed.title).is_some());
            if let Some((number, _)) = behind_number(&parsed.title) {
                numbers += usize::from(number == last + 1 || number == 1);
                last = number;
            }
            authors += usize::from(parsed.cited || behind_author(&parsed).is_some());
        }
        let is_habit = |count: usize| count >= FEWEST && count * 2 > all;
        Leads {
            years: is_habit(years),
            venues: is_habit(venues),
            authors: is_habit(authors),
            numbers: is_habit(numbers),
            years_behind: behind >= FEWEST,
            phrases: self.phrases(found),
        }
    }

    /// The phrases in CJK before several links in Latin letters.
    fn phrases(&self, found: &[FoundTitle]) -> Vec<String> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for found in found {
            let text = found.candidate.text().start + self.base..found.candidate.text().end + self.base;
            if let Some(phrase) = phrase(&self.text()[text]) {
                *counts.entry(phrase).or_default() += 1;
            }
        }
        let mut shared: Vec<(usize, &str)> =
            counts.into_iter().filter(|(_, count)| *count > 1).map(|(phrase, count)| (count, phrase)).collect();
        shared.sort_unstable_by(|one, other| other.cmp(one));
        shared.into_iter().take(PHRASES).map(|(_, phrase)| phrase.to_owned()).collect()
    }
}

impl Leads {
    /// Removes the number, year, venue or author that a title begins with, if most titles begin with one.
    pub fn remove_from(&self, parsed: &mut ParsedTitle) {
        let behind =
            self.phrases.iter().find_map(|phrase| parsed.title.strip_prefix(phrase.as_str())?.strip_prefix(' '));
        if let Some(title) = behind.map(str::to_owned) {
            parsed.title = title;
        }
        if let Some((_, title)) = behind_number(&parsed.title).filter(|_| self.numbers) {
            parsed.title = title.to_owned();
        }
        if let Some((year, title)) = behind_year(&parsed.title).filter(|_| self.years) {
            parsed.year = parsed.year.or(Some(year));
            parsed.title = title.to_owned();
        }
        if let Some((title, year)) = before_year(&parsed.title).filter(|_| self.years_behind) {
            parsed.year = parsed.year.or(Some(year));
            parsed.title = title.to_owned();
        }
        if let Some((venue, title)) = behind_venue(&parsed.title).filter(|_| self.venues) {
            let (venue, title) = (venue.to_owned(), title.to_owned());
            parsed.year = parsed.year.or_else(|| venue.get(venue.len() - 4..).and_then(year));
            (parsed.venue, parsed.title) = (parsed.venue.take().or(Some(venue)), title);
        }
        if let Some((title, year)) = behind_author(parsed).filter(|_| self.authors) {
            let title = title.to_owned();
            (parsed.year, parsed.cited, parsed.title) = (parsed.year.or(year), true, title);
        }
    }
}

/// The phrase before a link: several words that end in CJK, before Latin letters.
fn phrase(text: &str) -> Option<&str> {
    let text = prefix(text, PHRASE);
    // A quick check that rejects most titles.
    if text.starts_with('[') || text.is_ascii() {
        return None;
    }
    let (phrase, link) = text.split_once(" [")?;
    let ends_in_cjk = phrase.ends_with(|c: char| c >= '\u{2E80}' && c.is_alphabetic());
    let is_one = ends_in_cjk && phrase.contains(' ') && link.starts_with(|c: char| c.is_ascii_alphabetic());
    is_one.then(|| phrase.trim_start())
}

/// (year at the start of a title, title).
fn behind_year(title: &str) -> Option<(u32, &str)> {
    let (first, rest) = title.split_once(' ')?;
    let rest = rest.trim_start();
    let is_title = rest.split_whitespace().count() > 1 && rest.starts_with(char::is_alphabetic);
    let first = first.split_once(['-', '.', '/']).filter(|(_, month)| is_month(month)).map_or(first, |(year, _)| year);
    year(first).filter(|_| is_title).map(|year| (year, rest))
}

/// (title, year behind it): `Emus at Work. 2031`, `Emus at Work / 2031`.
fn before_year(title: &str) -> Option<(&str, u32)> {
    let (title, last) = title.rsplit_once(' ')?;
    let title = title.trim_end().strip_suffix(['.', '/'])?.trim_end();
    title.contains(' ').then_some((title, year(last)?))
}

/// (number at the start of a title, title): `12-Emus at Work`.
fn behind_number(title: &str) -> Option<(u32, &str)> {
    let (number, title) = title.split_once('-').filter(|(number, _)| number.len() <= 3)?;
    // `1-bit Emus`, `3-D Owls`
    let first = title.split(' ').next().unwrap_or_default();
    let is_title = first.starts_with(char::is_uppercase) && first.len() > 1 && first.len() < title.len();
    number.parse().ok().filter(|_| is_title).map(|number| (number, title))
}

fn is_month(text: &str) -> bool {
    text.len() == 2 && text.parse().is_ok_and(|month: u32| (1..=12).contains(&month))
}

/// (venue with its year at the start of a title, title): `Wild Birds, 2031, Emus at Work`.
fn behind_venue(title: &str) -> Option<(&str, &str)> {
    let near = prefix(title, VENUE.0);
    let is_venue = |text: &str| {
        let name = text.get(..text.len().saturating_sub(4)).unwrap_or_default().trim_end_matches([' ', ',']);
        let is_dated = text.get(text.len().saturating_sub(4)..).and_then(year).is_some() && name.len() + 4 < text.len();
        is_dated && name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= VENUE.1
    };
    let at = near.match_indices(", ").map(|(at, _)| at).find(|&at| is_venue(&near[..at]))?;
    let behind = title[at + 2..].trim_start();
    behind.split_whitespace().nth(1).is_some().then_some((&title[..at], behind))
}

/// (title after its only author, year after the title); `None` if no year is known.
fn behind_author(parsed: &ParsedTitle) -> Option<(&str, Option<u32>)> {
    let (title, behind) = title::behind_sole_author(&parsed.title).filter(|_| !parsed.cited)?;
    let is_dated = if behind.is_empty() { parsed.year.is_some() } else { year(behind).is_some() };
    is_dated.then(|| (title, year(behind)))
}

fn year(word: &str) -> Option<u32> {
    let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    word.parse().ok().filter(|_| is_year)
}
