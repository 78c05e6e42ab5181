//! Finds the title in a full citation: `A. Gnu, B. Emu. (2031). A Study of Owls. In Proceedings …`.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::parts::{begins_publication, is_year, year_in};
use crate::log::forms::words;

/// (in quotes or after a year, otherwise): minimum number of words in a title.
const FEWEST: (usize, usize) = (2, 3);

/// Signs that open a quoted title: `"…"`, `“…”`, `„…“`, `«…»`, `»…«`.
pub(super) const OPEN: [char; 5] = ['"', '“', '„', '«', '»'];
/// Signs that close one.
const CLOSE: [char; 5] = ['"', '”', '“', '»', '«'];

/// Dashes between the year and the title.
const DASHES: [&str; 3] = ["- ", "– ", "— "];

/// The title in a citation, in bytes; `None` if the text is not a citation.
pub(super) fn title_in(text: &str) -> Option<Range<usize>> {
    if memchr::memchr3(b'.', b'"', b')', text.as_bytes()).is_none() && !text.contains(OPEN) {
        return between_commas(text);
    }
    let found = quoted(text)
        .or_else(|| behind_year(text))
        .or_else(|| behind_names(text))
        .or_else(|| behind_initials(text))
        .or_else(|| between_commas(text))?;
    let inside = &text[found.clone()];
    let start = found.start + inside.len() - inside.trim_start().len();
    Some(start..start + inside.trim().len())
}

/// `A. Gnu, B. Emu. "A Study of Owls". ICLR 2031`, `EmuNet: "A Study of Owls". ICLR 2031`.
pub(super) fn quoted(text: &str) -> Option<Range<usize>> {
    let marks = memchr::memchr3_iter(b'"', "“".as_bytes()[0], "«".as_bytes()[0], text.as_bytes());
    let (open, mark) = marks.filter_map(|at| Some((at, text[at..].chars().next()?))).find(|(_, c)| OPEN.contains(c))?;
    let start = open + mark.len_utf8();
    let close = match mark {
        '„' => text[start..].find(['“', '”', '"']),
        '«' => text[start..].find('»'),
        '»' => text[start..].find('«'),
        _ => text[start..].find(['"', '”']),
    }? + start;
    let before = text[..open].trim_end();
    let is_title = text[start..close].split_whitespace().count() >= FEWEST.0;
    let ends = text[close..].chars().all(|c| !c.is_alphanumeric());
    // `Gnu, “Owls of Old”`
    let surname = before.strip_suffix(',').unwrap_or_default();
    if ends && surname.starts_with(char::is_uppercase) && surname.chars().all(|c| c.is_alphabetic() || c == '-') {
        return Some(start..close);
    }
    if before.is_empty() && is_by_people(&text[close..]) {
        return Some(start..close);
    }
    let is_closed = before.ends_with(['.', ',', ':', ')']);
    let is_behind_names = is_closed && are_people(without_year(before), 1);
    let is_before_names = before.is_empty() && names_follow(&text[start..close], &text[close..]);
    let is_apart = text[close..].trim_start_matches(CLOSE).starts_with('.');
    let is_named = is_apart && before.strip_suffix(':').is_some_and(is_short_name);
    // A single word is a title behind names with initials: `Gnu, A., Emu, B. "EmuNet". ICLR 2031`.
    if is_behind_names && is_apart && before.ends_with('.') && are_people(before, usize::MAX) {
        return Some(start..close);
    }
    (is_title && (is_behind_names || is_before_names || is_named)).then_some(start..close)
}

/// The quoted title in a citation that begins with its authors.
pub(super) fn quoted_behind_names(text: &str) -> Option<Range<usize>> {
    quoted(text).filter(|found| text[..found.start].contains(',') && text.len() > found.end + 1)
}

/// Whether a text is the short name of a paper: `EmuNet`, `Mask Emu-2`.
fn is_short_name(text: &str) -> bool {
    let is_of_name = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let mut words = text.split_whitespace();
    words.clone().count() <= 2 && words.all(is_of_name)
}

/// Whether a quoted title is followed by names, a journal or a date: `"A Study of Owls", Anna Gnu, 2031`.
fn names_follow(title: &str, behind: &str) -> bool {
    let behind = behind.trim_start_matches(CLOSE);
    let rest = behind.trim_start_matches([',', '.', ' ']);
    let is_parted = behind.starts_with([',', '.']) || title.ends_with([',', '.']) && behind.starts_with(' ');
    is_parted && rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// Whether a quoted title is followed by its authors: `"A Study of Owls" by Gnu and Emu (2031)`.
fn is_by_people(behind: &str) -> bool {
    let Some(rest) = behind.trim_start_matches(CLOSE).strip_prefix(" by ") else { return false };
    let rest = rest.trim_end_matches([' ', '[', '(', '-', '–', '—']);
    let names = without_year(rest).trim_end();
    let is_surname = |text: &str| text.starts_with(char::is_uppercase) && !text.contains(' ');
    are_people(names, 1) || names.len() < rest.len() && is_surname(names)
}

/// Names without a year in brackets after them.
fn without_year(names: &str) -> &str {
    let inside = names.trim_end_matches(['.', ',', ':', ' ']).strip_suffix(')').and_then(|text| text.rsplit_once('('));
    match inside {
        Some((before, year)) if year.len() <= 5 && year.starts_with(|c: char| c.is_ascii_digit()) => before,
        _ => names,
    }
}

/// `Gnu, A., & Emu, B. (2031). A Study of Owls.`
pub(super) fn behind_year(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_year = |at: usize| {
        matches!(bytes.get(at..at + 2), Some(b"19" | b"20"))
            && bytes.get(at..at + 4).is_some_and(|year| year.iter().all(u8::is_ascii_digit))
            && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit)
            && at.checked_sub(1).is_some_and(|before| b" (,.".contains(&bytes[before]))
    };
    let at = memchr::memchr2_iter(b'1', b'2', &bytes[..bytes.len().saturating_sub(4)]).find(|&at| is_year(at))?;
    let rest = text[at + 4..].trim_start_matches(|c: char| c.is_ascii_lowercase());
    let behind = rest.trim_start_matches([')', '.', ',', ':', ' ']);
    let behind = DASHES.iter().find_map(|dash| behind.strip_prefix(dash)).unwrap_or(behind);
    let start = text.len() - behind.len();
    let names = text[..at].trim_end_matches(['(', ' ', ',']);
    // A single full name is enough before a full stop: `Anna Gnu. (2031). A Study of Owls`, `Anna Gnu. 2031. Owls`.
    let is_parted = text[..at].ends_with(". (") || text[..at].ends_with(". ") && rest.starts_with('.');
    // So are two surnames before a dash: `Gnu and Emu (2031) - A Study of Owls`.
    let are_two = || {
        DASHES.iter().any(|dash| rest.strip_prefix(") ").is_some_and(|rest| rest.starts_with(dash)))
            && (names.contains(['&', ',']) || names.contains(" and "))
            && behind.split_whitespace().count() > FEWEST.1
            && !are_people(behind, 1)
    };
    if rest.len() == behind.len() || !are_people(names, if is_parted || are_two() { 1 } else { 2 }) {
        return None;
    }
    let end = start + before_publication(&text[start..], title_length(behind));
    (text[start..end].split_whitespace().count() >= FEWEST.0).then_some(start..end)
}

/// `Anna Gnu, Bert Emu. A Study of Owls. In Proceedings …`
fn behind_names(text: &str) -> Option<Range<usize>> {
    static ET_AL: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("et al. "));
    let end = ET_AL.find(text.as_bytes()).map_or_else(|| sentence(text), |at| at + "et al".len());
    let rest = text[end..].strip_prefix('.')?;
    if !are_people(&text[..end], 2) {
        return None;
    }
    let title = behind_venue(rest.trim_start());
    let start = text.len() - title.len();
    let end = start + title_length(title);
    (text[start..end].split_whitespace().count() >= FEWEST.1).then_some(start..end)
}

/// A text without the venue at its start: `ICLR 2031. A Study of Owls.`
fn behind_venue(text: &str) -> &str {
    let (venue, behind) = text.split_at(sentence(text));
    let is_venue = venue.split_whitespace().count() <= 3 && words::venue(venue).is_some() && year_in(venue).is_some();
    behind.strip_prefix(". ").filter(|_| is_venue).unwrap_or(text)
}

/// `Anna Gnu, A Study of Owls, Journal of Birds, 2031`
fn between_commas(text: &str) -> Option<Range<usize>> {
    let comma = memchr::memchr(b',', text.as_bytes())?;
    let (name, rest) = (&text[..comma], text[comma + 1..].strip_prefix(' ')?);
    if !(2..=3).contains(&name.split_whitespace().count()) || !are_people(name, 1) {
        return None;
    }
    let end = rest.match_indices(", ").map(|(at, _)| at).find(|at| begins_publication(&rest[at + 2..]))?;
    let is_title = rest[..end].split_whitespace().count() >= FEWEST.1 && year_in(&rest[end..]).is_some();
    let start = name.len() + 2;
    is_title.then_some(start..start + end)
}

/// The length of a title in bytes, without the journal that follows it behind a comma: `A Study of Owls, Phil. Trans.`
/// `length` is that of the first sentence.
fn before_publication(text: &str, length: usize) -> usize {
    let mut ends = text[..length].match_indices(", ").map(|(at, _)| at);
    ends.find(|at| begins_publication(&text[at + 2..])).unwrap_or(length)
}

/// The length of the title at the start of a text, in bytes. After a question or call, a second sentence is part of it
/// if a venue or year follows that: `Do Owls See? A Study of Birds. ICLR 2031.`
fn title_length(text: &str) -> usize {
    let first = sentence(text);
    if !text[..first].ends_with(['?', '!']) {
        return first;
    }
    let start = text.len() - text[first..].trim_start().len();
    let end = start + sentence(&text[start..]);
    let second = &text[start..end];
    let behind = text[end..].trim_start_matches(['.', ' ']);
    let behind = behind[..sentence(behind)].trim_end_matches(['.', ' ']);
    let is_title = second.split_whitespace().count() >= FEWEST.1 && words::venue(second).is_none();
    let is_published = words::venue(behind).is_some() || behind.rsplit(' ').next().is_some_and(is_year);
    if is_title && is_published && !second.starts_with("In ") { end } else { first }
}

/// (title, text behind it) after a single full name: `Anna Gnu. A Study of Owls. 2031`.
pub(crate) fn behind_sole_author(text: &str) -> Option<(&str, &str)> {
    let end = sentence(text);
    let (name, rest) = (&text[..end], text[end..].strip_prefix('.')?.trim_start());
    let is_name = (2..=4).contains(&name.split_whitespace().count()) && !name.contains([',', ':', '(']);
    let (title, behind) = rest.split_at(sentence(rest));
    let is_title = title.split_whitespace().count() >= FEWEST.0;
    (is_name && is_title && are_people(name, 1)).then(|| (title, behind.trim_matches(['.', ' '])))
}

/// `Gnu, A., Emu, B. & Owl, C. Owls of Old. Nature 1, 2 (2031)`
fn behind_initials(text: &str) -> Option<Range<usize>> {
    let mut rest = text;
    let mut is_behind_one = false;
    while let Some(behind) = without_person(rest) {
        is_behind_one = true;
        let separators = [", & ", ", and ", " & ", " and ", ", "];
        match separators.iter().find_map(|separator| behind.strip_prefix(separator)) {
            Some(next) if without_person(next).is_some() => rest = next,
            _ => {
                rest = behind;
                break;
            }
        }
    }
    let title = rest.strip_prefix(' ').filter(|_| is_behind_one)?;
    let start = text.len() - title.len();
    let end = start + sentence(title);
    (text[start..end].split_whitespace().count() >= FEWEST.1).then_some(start..end)
}

/// A text without the person at its start, given as surname and initials: `Gnu, A. B.`
fn without_person(text: &str) -> Option<&str> {
    let (surname, behind) = text.split_once(", ")?;
    let is_letter = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | ' ');
    let is_name = surname.split(' ').count() <= 3
        && surname.chars().all(is_letter)
        && surname.rsplit(' ').next().is_some_and(|last| last.starts_with(char::is_uppercase));
    let mut rest = behind;
    while let Some(after) = without_initial(rest.trim_start_matches(['-', ' '])) {
        rest = after;
    }
    (is_name && rest.len() < behind.len()).then_some(rest)
}

fn without_initial(text: &str) -> Option<&str> {
    text.strip_prefix(char::is_uppercase)?.strip_prefix('.')
}

/// The length of the first sentence, in bytes, without a final full stop. The full stops in `A. Gnu` and
/// `et al.` do not end it.
fn sentence(text: &str) -> usize {
    for at in memchr::memchr3_iter(b'.', b'?', b'!', text.as_bytes()) {
        let is_stop = text.as_bytes()[at] == b'.';
        let behind = &text[at + 1..];
        let is_end = behind.starts_with([' ', '"', '”']) || behind.trim().is_empty();
        let word = || text[..at].rsplit([' ', '.', '-']).next().unwrap_or_default();
        let is_initial = |word: &str| word.chars().count() == 1 || ["al", "vs", "(No"].contains(&word);
        if is_end && !(is_stop && is_initial(word())) {
            return if is_stop { at } else { at + 1 };
        }
    }
    text.len()
}

/// Whether a text is a list of people: `A. Gnu, B. Emu`, `Anna Gnu and Bert Emu`, `Gnu et al.` Without initials there
/// must be at least `least` full names.
pub(crate) fn are_people(text: &str, least: usize) -> bool {
    let text = text.trim().trim_end_matches([',', ':', ';']);
    // Keep the full stop of a final initial: `Gnu, A.`
    let last = text.strip_suffix('.').and_then(|text| text.rsplit([' ', '.', '-']).next()).unwrap_or_default();
    let ends_in_initial = last.len() == 1 && last.starts_with(|c: char| c.is_ascii_uppercase());
    let text = if ends_in_initial { text } else { text.trim_end_matches(['.', ',', ':', ';']) };
    // Skip a leading name in brackets: `(EmuNet) Gnu, A.`
    let text = text.strip_prefix('(').and_then(|text| text.split_once(')')).map_or(text, |(_, names)| names);
    if text.len() > 1500 || text.is_empty() {
        return false;
    }
    if text.ends_with("et al") || text.contains("et al.,") {
        return text.split_whitespace().count() <= 12;
    }
    let is_initial = |word: &str| word.trim_end_matches('.').chars().count() <= 2 && word.contains('.');
    // `P.H.` alone between commas
    let are_initials = |words: &[&str]| {
        let is_one =
            |word: &str| word.contains('.') && word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-'));
        matches!(words, [only] if is_one(only))
    };
    let is_name = |word: &str| {
        let particles = ["de", "van", "der", "von", "di", "da", "la", "le", "den", "el", "al", "bin", "dos", "del"];
        word.starts_with(char::is_uppercase) || particles.contains(&word)
    };
    let (mut parts, mut people, mut initials, mut others) = (0, 0, 0, 0);
    for part in text.split([',', '&', ';']).flat_map(|part| part.split(" and ")) {
        let words: Vec<&str> = part.split_whitespace().filter(|word| *word != "and").collect();
        match words.len() {
            0 => {}
            1..=5 if words.iter().all(|word| is_name(word)) => {
                initials += usize::from(are_initials(&words) || words.iter().any(|word| is_initial(word)));
                people += usize::from(words.len() > 1);
                parts += 1;
            }
            _ => others += 1,
        }
    }
    others == 0 && (initials > 0 || people >= least || least < 2 && parts > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: Option<&str>) {
        assert_eq!(title_in(text).map(|range| &text[range]), wanted, "{text}");
    }

    #[test]
    fn references_of_every_style() {
        check("A. Gnu, B. Emu. \"A Study of Owls\". ICLR 2031.", Some("A Study of Owls"));
        check("Gnu, A., & Emu, B. (2031). Owls of Old. In Proceedings of Owls.", Some("Owls of Old"));
        check("Gnu, A. (2031). Owls of Old. In Proceedings.", Some("Owls of Old"));
        check("Gnu, A., & Emu, B. (2031). \"Owls of Old,\" Nature, 3", Some("Owls of Old,"));
        check("Anna Gnu and Bert Emu. 2031. Owls: a study of birds. In Proc. of Owls", Some("Owls: a study of birds"));
        check("Anna Gnu, Bert Emu, Carl Owl. A Study of Birds at Night.", Some("A Study of Birds at Night"));
        check("Anna Gnu. (2031). Owls of Old. CoRR", Some("Owls of Old"));
        check("\"Owls of Old\", Anna Gnu, May 17, 2031", Some("Owls of Old"));
        check("\"Owls of Old,\" Nature, 3", Some("Owls of Old,"));
        check("EmuNet: \"Owls of Old\". NAACL(2031)", Some("Owls of Old"));
        check("Mask Emu: \"Owls of Old\". arXiv(2031)", Some("Owls of Old"));
        check("Gnu et al. (2031) Do Owls See Well? Nature", Some("Do Owls See Well?"));
        check("Gnu, Owl, Emu (2031) – Owls of Old: where they sleep.", Some("Owls of Old: where they sleep"));
        check(
            "Cre\u{163}u, AM., Gnu, F. et al. Owls are seen across time. Nat 13, 313 (2031).",
            Some("Owls are seen across time"),
        );
    }

    #[test]
    fn titles_are_no_references() {
        check("Emus, Owls and Gnus. A Study of Birds", None);
        check("A Study of Owls in 2031: what they see", None);
        check("The Owl Says \"I See You All\" to Gnus", None);
        check("\"I See You All\" and other words of owls", None);
        check("Owls: \"I See You All\" and other words", None);
        check("Owls: \"Do You See Us All?\", label: 1 to 5", None);
        check("What owls say: \"I See You All\"", None);
        check("Attention is all owls need", None);
        check("", None);
    }
}
