//! The date of a file as a whole, from its front matter, its name, or a folder that is named after a day; other folders
//! may add the year. The modification time is never used.

use super::{DateInput, Hint, Place, hint, read};
use crate::log::date::When;
use crate::log::forms::titles::file_name::is_nameless;

/// How many folders above a file may tell its date.
const FOLDERS: usize = 3;

/// The file's own date as written, and the year and month that it and other dates can take from the file's place.
pub(super) fn find(input: &DateInput) -> (Option<When>, Hint) {
    let front = input.front.date.as_deref().and_then(|date| read(date, Place::FrontMatter));
    let mut parts = input.name.rsplit('/');
    let stem = parts.next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let name = read(stem, Place::Name).map(|it| it.what);
    let of_folder = |folder| read(folder, Place::Name).map(|it| it.what).or_else(|| year_among(folder));
    let folder = parts.clone().next().filter(|_| is_nameless(stem));
    let folders: Vec<When> = parts.take(FOLDERS).filter_map(of_folder).collect();
    let mut from = Hint::default();
    let whens = name.iter().copied().chain(folders.iter().copied()).chain(front.iter().map(|it| it.what));
    for when in whens {
        let more = hint(&when);
        from.year = from.year.or(more.year);
        from.month = from.month.or(more.month);
    }
    // Logs are often in folders by year, in files by month and day.
    let name = name.or_else(|| from.year.and_then(|_| month_and_day(stem))).or_else(|| folder.and_then(month));
    let of_day = day_of_folders(input.name);
    // A year in a file's name is the year of publication if the folder tells the day of reading.
    let name = name.filter(|what| of_day.is_none() || !matches!(what, When::Year(_)));
    let titled = input.front.title.as_deref().and_then(|title| read(title, Place::Cell)).map(|it| it.what);
    (front.map(|it| it.what).or(name).or(titled).or(of_day), from)
}

/// The day that the nearest folder with a full date is named after: `2031-05-17/emus.md`.
pub(crate) fn day_of_folders(path: &str) -> Option<When> {
    path.rsplit('/').skip(1).take(FOLDERS).find_map(|folder| {
        let parsed = read(folder, Place::Name).filter(|parsed| parsed.alone)?;
        matches!(parsed.what, When::Day { year: Some(_), .. } | When::Ambiguous { year: Some(_), .. })
            .then_some(parsed.what)
    })
}

/// The month that a folder is named after: `2031-05`, `May`, `31_5`.
fn month(folder: &str) -> Option<When> {
    let named = read(folder, Place::Name).filter(|parsed| parsed.alone).map(|parsed| parsed.what);
    named.filter(|what| matches!(what, When::Month { .. })).or_else(|| short_month(folder))
}

/// The month in `31_5`. The first years are left to the numbers of chapters.
fn short_month(folder: &str) -> Option<When> {
    let (year, month) = folder.split_once(['_', '-'])?;
    let is_number = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, month) = Some((year, month)).filter(|(year, month)| is_number(year) && is_number(month))?;
    let (year, month): (i32, u32) = (year.parse().ok()?, month.parse().ok()?);
    let is_month = (15..=45).contains(&year) && (1..=12).contains(&month);
    is_month.then_some(When::Month { year: Some(2000 + year), month })
}

/// The month among the words of a folder's name that also has a year: `【2031】论文笔记【5月份】`.
pub(crate) fn month_among(folder: &str) -> Option<When> {
    let Some(When::Year(year)) = year_among(folder) else { return None };
    let before = folder.split_once('月')?.0;
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let month = before[before.len() - digits..].parse().ok().filter(|month| (1..=12).contains(month))?;
    Some(When::Month { year: Some(year), month })
}

/// The month and day before a title: `0517 - Emus at Work`.
fn month_and_day(stem: &str) -> Option<When> {
    let (digits, rest) = stem.split_at_checked(4)?;
    let is_apart = digits.bytes().all(|b| b.is_ascii_digit()) && rest.starts_with([' ', '-', '_']);
    let (month, day) = digits.split_at_checked(2)?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let is_day = (1..=12).contains(&month) && (1..=31).contains(&day);
    (is_apart && is_day).then_some(When::Day { year: None, month, day })
}

/// The last year in a folder's name (`papers-2031`) or in a heading. The year must be a word of its own.
pub(super) fn year_among(folder: &str) -> Option<When> {
    let mut years = folder.split(|c: char| !c.is_alphanumeric()).filter(|word| {
        word.len() == 4
            && ["19", "20"].iter().any(|begin| word.starts_with(begin))
            && word.bytes().all(|b| b.is_ascii_digit())
    });
    years.next_back().and_then(|year| year.parse().ok()).map(When::Year)
}
