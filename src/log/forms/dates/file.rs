//! The date of a file as a whole, from its front matter or name; its folders may add the year. The modification time is
//! never used.

use super::{DateInput, Hint, Place, hint, read};
use crate::log::date::When;
use crate::log::date::sequence::{Order, Resolved, resolve};

/// The file's own date, and the year and month that its other dates can take from it.
pub(super) fn find(input: &DateInput) -> (Option<Resolved>, Hint) {
    let front = input.front.date.as_deref().and_then(|date| read(date, Place::FrontMatter));
    let mut parts = input.name.rsplit('/');
    let stem = parts.next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let name = read(stem, Place::Name).map(|it| it.what);
    let of_folder = |folder| read(folder, Place::Name).map(|it| it.what).or_else(|| year_among(folder));
    let folders: Vec<When> = parts.take(3).filter_map(of_folder).collect();
    let mut from = Hint::default();
    let whens = name.iter().copied().chain(folders.iter().copied()).chain(front.iter().map(|it| it.what));
    for when in whens {
        let more = hint(&when);
        from.year = from.year.or(more.year);
        from.month = from.month.or(more.month);
    }
    // Logs are often in folders by year, in files by month and day.
    let name = name.or_else(|| from.year.and_then(|_| month_and_day(stem)));
    let titled = input.front.title.as_deref().and_then(|title| read(title, Place::Cell)).map(|it| it.what);
    let own = front.map(|it| it.what).or(name).or(titled).and_then(|what| {
        let resolved = resolve(&[(what, from)], Order::MonthFirst);
        resolved.into_iter().next().filter(|resolved| *resolved != Resolved::Unknown)
    });
    (own, from)
}

/// The month and day before a title: `0517 - Emus at Work`.
fn month_and_day(stem: &str) -> Option<When> {
    let (digits, rest) = stem.split_at_checked(4)?;
    let is_apart = digits.bytes().all(|b| b.is_ascii_digit()) && rest.starts_with([' ', '-', '_']);
    let (month, day) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
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
