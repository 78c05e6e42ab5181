//! Removes what may stand after a title: its authors, its year.

use memchr::memmem;

use super::ParsedTitle;
use super::citation::are_people;
use super::parts::{has_words, is_year, year_in};
use crate::log::date::{self, Place};
use crate::log::forms::words;

/// The longest list of authors after a title, in bytes.
const AUTHORS: usize = 60;

/// Whether the brackets after a title hold its authors: `(2031, Gnu et al.)`, `(Gnu and Owl, 2031)`, `(Gnu et al.)`.
/// Names alone do not count: `(Anna Gnu)` may be part of the title.
pub(super) fn are_authors(inside: &str) -> bool {
    if inside.len() > AUTHORS {
        return false;
    }
    // In `(2031 Edition)`, no sign follows the year.
    let is_first = |year: &&str| is_year(year) && inside[4..].starts_with([',', ':', ';']);
    let first = inside.get(..4).filter(is_first).map(|_| &inside[4..]);
    let last =
        inside.len().checked_sub(4).and_then(|at| inside.get(at..).filter(|year| is_year(year)).map(|_| &inside[..at]));
    let names = first.or(last).unwrap_or(inside).trim_matches([',', ':', ';', ' ']);
    let is_dated = names.len() < inside.len();
    ends_in_others(names) || is_dated && (are_people(names, 1) || are_surnames(names))
}

/// Whether a text ends in `et al.`
fn ends_in_others(text: &str) -> bool {
    let names = text.trim_end_matches('.').strip_suffix("et al").map(str::trim_end);
    names.is_some_and(|names| names.starts_with(char::is_uppercase))
}

/// Whether a text is one or two surnames: `Gnu`, `Gnu and Owl`, `Gnu & Owl`.
fn are_surnames(text: &str) -> bool {
    let is_surname = |word: &str| word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[..] {
        [only] => is_surname(only),
        [one, "and" | "&", other] => is_surname(one) && is_surname(other),
        _ => false,
    }
}

/// Removes authors and year after a title: `Emus at Work, Gnu et al., 2031`, `Emus at Work by Anna Gnu et al.`
pub(super) fn without_authors<'a>(text: &'a str, parsed: &mut ParsedTitle) -> &'a str {
    // A quick check that rejects most titles.
    if !text.ends_with(|c: char| c == '.' || c == ')' || c == 'l' || c.is_ascii_digit()) {
        return text;
    }
    let from = text.len().saturating_sub(AUTHORS);
    let Some(at) = memmem::find(&text.as_bytes()[from..], b" et al").map(|at| from + at) else { return text };
    let (before, behind) = (&text[..at], text[at + " et al".len()..].trim_matches(['.', ',', ' ', '(', ')']));
    if !(behind.is_empty() || is_year(behind)) {
        return text;
    }
    let signs = [", ", ". ", "? ", " by ", " - ", " – "];
    // The full stop of an initial does not end the title.
    let is_initial = |at: usize| before[..at].rsplit([' ', '.']).next().is_some_and(|word| word.chars().count() == 1);
    let parted = signs.iter().filter_map(|sign| {
        let mut places = before.rmatch_indices(sign).map(|(at, _)| at);
        places.find(|&at| *sign != ". " || !is_initial(at)).map(|at| (at, *sign))
    });
    let parted = parted.max_by_key(|(at, _)| *at);
    let Some((end, sign)) = parted else { return text };
    let names = &before[end + sign.len()..];
    let are_names = names.split_whitespace().count() <= 3
        && names.split_whitespace().all(|name| name.starts_with(char::is_uppercase));
    // A question mark belongs to the title.
    let title = if sign == "? " { &text[..=end] } else { &text[..end] };
    // A line of authors is no title.
    if !are_names || !has_words(title) || sign == ", " && are_people(title, 1) {
        return text;
    }
    parsed.is_by_many = true;
    let dated = title.strip_suffix(')').and_then(|title| title.rsplit_once('(')).filter(|(_, year)| is_year(year));
    let (title, year) = dated.unwrap_or((title, behind));
    parsed.year = parsed.year.or_else(|| year_in(year));
    title.trim_end()
}

/// Removes the year after a title: `Emus at Work - 2031`, `Emus at Work, 2031`. The second year of a range and the year
/// of a date stay.
pub(super) fn without_year<'a>(text: &'a str, parsed: &mut ParsedTitle) -> &'a str {
    let year = text.len().checked_sub(4).and_then(|at| text.get(at..)).filter(|year| is_year(year));
    let Some(year) = year else { return text };
    let before = text[..text.len() - 4].trim_end();
    let is_apart = before.len() + 4 < text.len();
    let title = before.trim_end_matches([',', '，', '-', '–', '—', '|']).trim_end();
    let is_parted = is_apart && title.len() < before.len() || before.ends_with('，');
    // `May, 2031` is a date; in `In Birds. Oslo, 2031` more than the year belongs to no title; names are no title.
    let word = title.rfind(' ').map_or(0, |at| at + 1);
    let is_one = is_parted
        && has_words(title)
        && !title.ends_with(|c: char| c.is_ascii_digit())
        && !title.contains(". ")
        && date::read(&text[word..], Place::Cell).is_none()
        && !are_people(title, 2);
    if !is_one {
        return text;
    }
    parsed.year = parsed.year.or_else(|| year.parse().ok());
    // `Emus at Work, ICML, 2031`
    let venue = title.rsplit_once(", ").filter(|(title, venue)| has_words(title) && is_venue(venue));
    let Some((title, venue)) = venue else { return title };
    parsed.venue = parsed.venue.take().or_else(|| Some(venue.to_owned()));
    title
}

/// Removes several authors after a title whose year is known: `Emus at Work - Gnu, Owl (2031)`.
pub(super) fn without_names<'a>(text: &'a str, parsed: &ParsedTitle) -> &'a str {
    if parsed.year.is_none() {
        return text;
    }
    let parted = text.rsplit_once(" - ").filter(|(title, names)| {
        names.len() <= AUTHORS && names.contains([',', '&']) && has_words(title) && are_people(names, 1)
    });
    parted.map_or(text, |(title, _)| title.trim_end())
}

/// Whether a text names a venue in capitals.
fn is_venue(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase()) && words::venue(text).is_some()
}

/// Whether a text after ` -- ` is in title case and names nobody: `Emus Meet Owls -- Counting Birds of Many Kinds`.
pub(super) fn is_subtitle(text: &str) -> bool {
    let text = text.split(". ").next().unwrap_or_default();
    let long = || text.split_whitespace().filter(|word| word.len() > 3);
    let upper = long().filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase())).count();
    // `Bridging Owls and Yak Models` might be two people, but for its first word.
    let begins = || long().next().is_some_and(|first| first.len() > 6 && first.ends_with("ing"));
    upper >= 3
        && upper * 10 >= long().count() * 8
        && !text.contains([',', '='])
        && (begins() || !are_people(text, 2))
        && year_in(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_may_hold_authors() {
        for text in
            ["2031, Gnu et al.", "Gnu et al., 2031", "Gnu et al.", "Gnu and Owl, 2031", "Anna Gnu 2031", "Gnu 2031"]
        {
            assert!(are_authors(text), "{text}");
        }
        for text in
            ["Anna Gnu", "Gnu", "2031", "2031 Edition", "EMU, 2031", "a study of emus, 2031", "more emus et al."]
        {
            assert!(!are_authors(text), "{text}");
        }
    }
}
