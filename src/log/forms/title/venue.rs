//! Recognises the venue beside a title, and removes it.

use super::parts::{begins_publication, bracketed, is_publication, is_year, names_meeting, year_in};
use super::{ParsedTitle, behind};
use crate::log::forms::words;

/// The longest venue with its year, in bytes.
const VENUE: usize = 32;
/// The longest acronym, in bytes.
const ACRONYM: usize = 12;

/// Whether a text is a venue with its year: a known one, or any acronym: `ICML 2031`, `2031 AsiaCCS`, `S&P'31`.
fn is_dated(text: &str) -> bool {
    year_in(text).is_some() && words::venue(text).is_some() || is_acronym_and_year(text)
}

/// Whether a text is nothing but an acronym and a year: `SANER 2031`, `2031, PoPETs`, `S&P'31`.
pub(super) fn is_acronym_and_year(text: &str) -> bool {
    let mut parts = text.split([' ', ',', '，', '\'', '’', '-', '_']).filter(|part| !part.is_empty());
    let (Some(first), Some(second), None) = (parts.next(), parts.next(), parts.next()) else { return false };
    let is_short_year = second.len() == 2 && text.contains(['\'', '’']) && second.bytes().all(|b| b.is_ascii_digit());
    is_year(first) && is_acronym(second) || is_acronym(first) && (is_year(second) || is_short_year)
}

/// Whether at least half of a word's letters are capitals, and more than one: `PoPETs`, `S&P`, but not `McGnu`.
fn is_acronym(word: &str) -> bool {
    let count = |is_one: fn(&u8) -> bool| word.bytes().filter(is_one).count();
    let (capitals, letters) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_alphabetic));
    word.len() <= ACRONYM
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'&')
        && capitals > 1
        && capitals * 2 >= letters
}

/// The venue in the brackets after a title, with or without a year.
pub(super) fn in_brackets(inside: &str) -> Option<&str> {
    let is_one = |text: &str| is_publication(text) || is_acronym_and_year(text) || is_glued(text);
    words::venue(inside).or(Some(inside).filter(|text| is_one(text)))
}

/// Whether a text is a year and a venue, in any case, without a space: `2031emnlp`.
fn is_glued(text: &str) -> bool {
    let Some((_, venue)) = text.split_at_checked(4).filter(|(year, _)| is_year(year)) else { return false };
    venue.len() <= ACRONYM
        && venue.bytes().all(|byte| byte.is_ascii_alphabetic())
        && words::venue(&venue.to_ascii_uppercase()).is_some()
}

/// Removes venue and year before a title: `ICML 2031, Emus at Work`, `(2031 USENIX)Emus at Work`, `[2031 SP] Emus at
/// Work`, `ICML 2031 - Emus at Work`, `ICML2031《Emus at Work》`. After a year, a known venue alone counts too:
/// `2031 - ICML - Emus at Work`.
pub(super) fn before<'a>(text: &'a str, parsed: &mut ParsedTitle) -> &'a str {
    let in_brackets = text
        .strip_prefix(['(', '（', '【', '['])
        .and_then(|text| text.split_once([')', '）', '】', ']']))
        .filter(|(venue, _)| is_dated(venue));
    let after_comma = || known(text, ", ").filter(|(venue, _)| year_in(venue).is_some());
    let after_dash = || {
        let is_behind_year = parsed.year.is_some();
        let is_alone = |venue: &str| venue.split(' ').count() <= if is_behind_year { 1 } else { 2 };
        let is_dated = |venue: &str| is_behind_year || year_in(venue).is_some();
        known(text, " - ").filter(|(venue, _)| is_alone(venue) && is_dated(venue))
    };
    let before_mark = || {
        let (venue, title) = known(text, "《")?;
        title.ends_with('》').then(|| (venue, &text[text.len() - title.len() - '《'.len_utf8()..]))
    };
    let Some((venue, title)) = in_brackets.or_else(after_comma).or_else(after_dash).or_else(before_mark) else {
        return text;
    };
    let title = title.trim_start_matches([' ', ':', '：', '-']);
    if venue.len() > VENUE || !has_words(title) {
        return text;
    }
    keep(venue, parsed);
    without_session(title)
}

/// Removes the session between a venue and a title: `CoRL 2031, Oral. Emus at Work`.
fn without_session(text: &str) -> &str {
    const SESSIONS: [&str; 5] = ["Oral", "Spotlight", "Poster", "Highlight", "Best Paper"];
    let behind = SESSIONS.iter().find_map(|session| text.strip_prefix(session)?.strip_prefix(['.', ',', ':']));
    behind.map(str::trim_start).filter(|title| has_words(title)).unwrap_or(text)
}

/// (known venue, title) on the two sides of a separator.
fn known<'a>(text: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    // Venues are short: most texts need not be searched to their end.
    let near = crate::text::prefix(text, VENUE + separator.len());
    // `str::find` would spend more time on the separator than on the text.
    let mut starts = memchr::memchr_iter(separator.as_bytes()[0], near.as_bytes());
    let at = starts.find(|&at| near.as_bytes()[at..].starts_with(separator.as_bytes()))?;
    words::venue(&text[..at]).map(|venue| (venue, &text[at + separator.len()..]))
}

/// Whether a text has several words, or a few CJK chars.
fn has_words(title: &str) -> bool {
    title.split_whitespace().nth(1).is_some()
        || title.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count() > 3
}

fn keep(venue: &str, parsed: &mut ParsedTitle) {
    parsed.year = parsed.year.or_else(|| year_in(venue));
    parsed.venue = parsed.venue.take().or_else(|| Some(venue.to_owned()));
}

/// Removes a venue after a title: `Emus at Work. NeurIPS 2031`, `Emus at Work, ICLR 2031 workshop`, `Emus at Work, ICLR,
/// 2031`. If the year is already known, a journal or any short name after a full stop counts: `Emus at Work. VEE(2031)`.
pub(super) fn after<'a>(text: &'a str, parsed: &mut ParsedTitle) -> &'a str {
    if let Some(at) = parsed.year.and_then(|_| journal(text)) {
        keep(&text[at + 2..], parsed);
        return text[..=at].trim_end_matches('.');
    }
    if let Some(title) = before_acronym(text, parsed) {
        return title;
    }
    let is_end = |two: &[u8]| matches!(two, [b'.' | b',' | b'?', b' ']);
    let Some(at) = text.as_bytes().windows(2).rposition(is_end) else { return text };
    let (before, venue) = (&text[..=at], text[at + 2..].trim_start().trim_end_matches('.'));
    if is_year(venue)
        && let Some((title, name)) = text[..at].rsplit_once(", ")
        && let Some(known) = words::venue(name).or_else(|| bracketed(name).and_then(|(_, short)| words::venue(short)))
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && has_words(title)
    {
        parsed.year = parsed.year.or_else(|| venue.parse().ok());
        keep(known, parsed);
        return title;
    }
    let words = venue.split_whitespace().count();
    let is_known = words::venue(venue).is_some();
    let has_year = year_in(venue).is_some();
    let ends_sentence = !before.ends_with(',');
    let is_name = is_known || venue.starts_with(|c: char| c.is_ascii_uppercase()) || !venue.is_ascii();
    if ends_sentence && parsed.year.is_some() && before.split_whitespace().nth(1).is_some() && names_meeting(venue) {
        keep(venue, parsed);
        return before.trim_end_matches(['.', ',', ' ']);
    }
    let is_one = is_name
        && venue.len() <= VENUE
        && (has_year && words <= 4 && (is_known || ends_sentence)
            || ends_sentence && words <= 2 && (is_known || parsed.year.is_some()));
    if !is_one || before.split_whitespace().count() < 2 {
        return text;
    }
    keep(venue, parsed);
    before.trim_end_matches(['.', ',', ' '])
}

/// Words after which a venue is part of a title.
const JOINED: &[&str] = &[
    "from",
    "with",
    "into",
    "than",
    "this",
    "that",
    "during",
    "since",
    "after",
    "before",
    "beyond",
    "revisiting",
    "towards",
    "toward",
    "through",
    "across",
    "within",
    "between",
    "under",
    "about",
    "over",
    "against",
    "past",
    "until",
];

/// The title before a known venue in capitals and its year, without a sign between them: `Emus at Work NIPS 2031`. After
/// a word such as `at`, or a single word, the venue is part of the title.
fn before_acronym<'a>(text: &'a str, parsed: &mut ParsedTitle) -> Option<&'a str> {
    let year = text.len().checked_sub(4).and_then(|at| text.get(at..)).filter(|year| is_year(year))?;
    let (title, venue) = text[..text.len() - year.len()].trim_end().rsplit_once(' ')?;
    let last = title.split_whitespace().next_back()?;
    let is_title = title.split_whitespace().nth(2).is_some()
        && last.len() > 3
        && !JOINED.contains(&last.to_lowercase().as_str())
        && last.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')');
    if !(is_title && is_acronym(venue) && words::venue(venue).is_some()) {
        return None;
    }
    keep(&text[title.len() + 1..], parsed);
    Some(title)
}

/// The byte at which the title before a journal ends: `Emus at Work. J. Bird Sci`.
fn journal(text: &str) -> Option<usize> {
    let mut ends = memchr::memchr2_iter(b'.', b'?', text.as_bytes());
    ends.find(|&at| {
        text[at + 1..].strip_prefix(' ').is_some_and(begins_publication)
            && text[..at].split_whitespace().nth(1).is_some()
    })
}

/// Removes venues, years and authors in brackets at the end of a title from front matter: `Emus at Work (ICML, 2031)`,
/// `Emus at Work (Gnu et al., 2031)`.
pub(crate) fn without_venue(title: String, parsed: &mut ParsedTitle) -> String {
    let mut text = title.as_str();
    while let Some((before, inside)) = bracketed(text) {
        let are_authors = behind::are_authors(inside) && year_in(inside).is_some();
        let is_venue = is_dated(inside) || is_year(inside) || is_publication(inside);
        if before.trim().is_empty() || !(is_venue || are_authors) {
            break;
        }
        parsed.year = parsed.year.or_else(|| year_in(inside));
        if is_venue {
            parsed.venue = in_brackets(inside).map(str::to_owned).or(parsed.venue.take());
        }
        text = before.trim_end();
    }
    if text.len() == title.len() { title } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acronym_beside_a_year_is_a_venue() {
        for text in ["SANER 2031", "2031 SP", "S&P'31", "2031, PoPETs", "EuroS&P 2031"] {
            assert!(is_acronym_and_year(text), "{text}");
        }
        for text in ["McGnu 2031", "Gnu 2031", "SANER", "2031", "EMU NET 2031", "EMU 31", "2031 2030"] {
            assert!(!is_acronym_and_year(text), "{text}");
        }
    }
}
