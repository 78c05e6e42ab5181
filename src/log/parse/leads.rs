//! What stands before the titles of a file and is no part of them: the year of publication, or the only author.
//!
//! A single title tells neither: it may begin with a year (`2001 Nights of Owls`) or look like a name (`Deep Learning`).
//! So only what most titles begin with counts.

use super::FileParser;
use crate::log::forms::choice::FoundTitle;
use crate::log::forms::title::{self, ParsedTitle};
use crate::log::forms::titles::TitleForm;

/// How many titles are read, at most.
const SAMPLE: usize = 100;
/// The fewest titles that make a habit.
const FEWEST: usize = 3;

/// What most titles of a file begin with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Leads {
    /// `2031 Emus at Work`
    years: bool,
    /// `Anna Gnu. Emus at Work. 2031`
    authors: bool,
}

impl FileParser {
    pub(super) fn leads(&self, found: &[FoundTitle]) -> Leads {
        let (mut all, mut years, mut authors) = (0, 0, 0);
        for found in found.iter().step_by(found.len().div_ceil(SAMPLE).max(1)) {
            if matches!(found.form, TitleForm::Marks | TitleForm::InText) || found.candidate.joined.is_some() {
                continue;
            }
            let text = found.candidate.text.start + self.base..found.candidate.text.end + self.base;
            let parsed = title::read(&self.text()[text]);
            all += 1;
            years += usize::from(behind_year(&parsed.title).is_some());
            authors += usize::from(parsed.cited || behind_author(&parsed).is_some());
        }
        let is_habit = |count: usize| count >= FEWEST && count * 2 > all;
        Leads { years: is_habit(years), authors: is_habit(authors) }
    }
}

impl Leads {
    /// Removes the year or author that a title begins with, if most titles begin with one.
    pub fn remove_from(self, parsed: &mut ParsedTitle) {
        if let Some((year, title)) = behind_year(&parsed.title).filter(|_| self.years) {
            parsed.year = parsed.year.or(Some(year));
            parsed.title = title.to_owned();
        }
        if let Some((title, year)) = behind_author(parsed).filter(|_| self.authors) {
            let title = title.to_owned();
            (parsed.year, parsed.cited, parsed.title) = (parsed.year.or(year), true, title);
        }
    }
}

/// (year at the start of a title, title).
fn behind_year(title: &str) -> Option<(u32, &str)> {
    let (first, rest) = title.split_once(' ')?;
    let rest = rest.trim_start();
    let is_title = rest.split_whitespace().count() > 1 && rest.starts_with(char::is_alphabetic);
    year(first).filter(|_| is_title).map(|year| (year, rest))
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
