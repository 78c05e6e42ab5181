//! The date of a file as a whole: from its front matter, name or folders. Never from its modification time.

use super::{Hint, Place, Where, hint, read};
use crate::log::date::When;
use crate::log::date::sequence::{Order, Resolved, resolve};

/// The file's own date, and the year and month that its other dates can take from it.
pub(super) fn find(place: &Where) -> (Option<Resolved>, Hint) {
    let front = place.front.date.as_deref().and_then(|date| read(date, Place::FrontMatter));
    let mut parts = place.name.rsplit('/');
    let stem = parts.next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let name = read(stem, Place::Name);
    let of_folder = |folder| read(folder, Place::Name).map(|it| it.what).or_else(|| year_among(folder));
    let folders: Vec<When> = parts.take(3).filter_map(of_folder).collect();
    let mut from = Hint::default();
    let whens = name.iter().map(|it| it.what).chain(folders.iter().copied()).chain(front.iter().map(|it| it.what));
    for when in whens {
        let more = hint(&when);
        from.year = from.year.or(more.year);
        from.month = from.month.or(more.month);
    }
    let own = front.or(name).map(|reading| reading.what).and_then(|what| {
        let resolved = resolve(&[(what, from)], Order::MonthFirst);
        resolved.into_iter().next().filter(|resolved| *resolved != Resolved::Unknown)
    });
    (own, from)
}

/// The year among the words of a folder's name: `papers-2031`.
pub(super) fn year_among(folder: &str) -> Option<When> {
    let mut years = folder.split(|c: char| !c.is_alphanumeric()).filter(|word| {
        word.len() == 4
            && ["19", "20"].iter().any(|begin| word.starts_with(begin))
            && word.bytes().all(|b| b.is_ascii_digit())
    });
    years.next_back().and_then(|year| year.parse().ok()).map(When::Year)
}
