//! Removes everything around a title that is not part of it: numbers, years, venues, quotes, paths.

use super::super::words;
use super::beside::without_hashtags;
use super::citation::are_people;
use super::parts::{bracketed, has_words, is_publication, is_year, year_in};
use super::{ParsedTitle, behind, note, venue};
use crate::log::date::{self, Place, When};
use crate::log::dialect::marked_title;
use crate::log::{pending, spaced};

/// Status labels, which say what the reader did or will do with a paper; lower case.
const STATUS: &[&str] = &[
    "todo",
    "to do",
    "to read",
    "wip",
    "reading",
    "done",
    "read",
    "待读",
    "正在阅读",
    "在读",
    "已读",
    "読了",
    "読書中",
];

/// Cleans a title and stores what was removed.
pub(super) fn tidy(raw: &str, parsed: &mut ParsedTitle) {
    let mut text = without_named_signs(without_keycaps(raw.trim())).trim_matches(['*', '"', '“', '”']).trim();
    text = note::without_tag(text);
    text = without_hashtags(text, parsed);
    if let Some((year, title)) = behind_bracketed_year(text) {
        parsed.year = parsed.year.or(Some(year));
        text = title;
    }
    text = without_issue(numbered(text));
    text = stamped(text);
    text = before_preprint(text, parsed);
    if let Some((year, rest)) = year_first(text) {
        parsed.year = parsed.year.or(Some(year));
        text = rest;
    }
    text = without_pointer(text, parsed);
    text =
        text.trim_end_matches([' ', '\t', '-', '–', '—', '|', ',', '，', ':', '：', ';', '(', '（', '[', '\\']).trim();
    text = text.trim_start_matches(['-', '–', '—', ',', '，', ':', '：', '|', ' ', '√', '✓', '☆', '★']);
    text = text.trim_matches(|c: char| is_picture(c) || c == ' ');
    if let Some((status, title)) = split_status(text) {
        parsed.is_unread |= pending::is_unread(status);
        text = title;
    }
    text = venue::before(text, parsed);
    text = between_authors_and_year(text, parsed);
    text = before_authors(text, parsed);
    if parsed.cited {
        text = before_publication(text, parsed);
    }
    text = before_brackets(before_label(text), parsed);
    text = venue::after(text, parsed);
    text = behind::without_authors(text, parsed);
    text = behind::without_year(text, parsed);
    text = behind::without_names(text, parsed);
    // Remove a lone quote whose pair was removed before: `"Emus at Work" (2031)`.
    if text.matches('"').count() == 1 {
        text = text.trim_matches(['"', ' ']);
    }
    text = with_opening_quote(with_closing_quote(text, raw), raw);
    if let Some(inside) = text.strip_prefix('《') {
        let unclosed = || inside.rfind('》').map(|end| &inside[..end]);
        if let Some(title) = marked_title(text).or_else(unclosed) {
            parsed.marked = true;
            text = title.trim();
        }
    } else if let Some(inside) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'))
        && !inside.contains(['[', ']'])
    {
        text = inside.trim();
    }
    let text = without_path(text, parsed);
    let ends_sentence = text.ends_with('.') && !text.ends_with(" al.") && !text.ends_with("..");
    let text = if ends_sentence { text.trim_end_matches('.') } else { text };
    parsed.title = without_strikes(with_signs(unescaped(spaced(text))));
}

/// Removes the marks around struck words: `~~Emus~~ at Work`.
fn without_strikes(title: String) -> String {
    let marks = title.matches("~~").count();
    if marks > 0 && marks.is_multiple_of(2) { title.replace("~~", "").trim().to_owned() } else { title }
}

/// Removes venues, years, authors and names of links in brackets after a title: `Emus at Work (ICML 2031) [pdf]`.
fn before_brackets<'a>(mut text: &'a str, parsed: &mut ParsedTitle) -> &'a str {
    // A full stop may follow: `Emus at Work. VEE(2031).`
    while let Some((before, inside)) = bracketed(text.strip_suffix('.').unwrap_or(text)) {
        let venue = venue::in_brackets(inside);
        let is_venue = venue.is_some() || is_year(inside) || is_dated(inside);
        if !is_venue && has_words(before) && behind::are_authors(inside) {
            parsed.year = parsed.year.or_else(|| year_in(inside));
            parsed.is_by_many |= inside.contains("et al");
            text = before.trim_end();
            continue;
        }
        let is_link_list = words::is_link_label(inside) && !inside.bytes().all(|byte| byte.is_ascii_digit());
        if before.trim().is_empty() || !(is_venue || is_link_list || is_remark(before, inside)) {
            break;
        }
        if is_venue {
            parsed.year = parsed.year.or_else(|| year_in(inside));
            parsed.venue = venue.map(str::to_owned).or(parsed.venue.take());
        }
        text = before.trim_end_matches([' ', '-', '–', '—', '|', ',', '，']);
    }
    text
}

/// Removes the name of a link that is none: `Emus at Work - summary`, `Emus at Work (2031), paper`.
fn before_label(text: &str) -> &str {
    let Some((before, label)) = text.rsplit_once(' ') else { return text };
    let title = match (before.strip_suffix(" -"), before.strip_suffix(',')) {
        (Some(title), _) => title.trim_end(),
        (None, Some(title)) if title.ends_with(')') => title,
        _ => return text,
    };
    let is_label = label.bytes().all(|byte| byte.is_ascii_lowercase()) && words::is_link_label(label);
    if is_label && (title.ends_with(')') || has_words(title)) { title } else { text }
}

/// Whether brackets are a remark about a paper rather than the end of its title: they follow others that hold a venue
/// with its year or a date, `(ICML 2031) (read twice)`, or that name a link, `[pdf] [thoughts]`.
fn is_remark(before: &str, inside: &str) -> bool {
    let Some((title, other)) = bracketed(before.trim_end()) else { return false };
    let is_facts = venue::in_brackets(other).is_some() && year_in(other).is_some() || is_dated(other);
    let is_of_links = || words::is_link_label(other) && inside.bytes().all(|byte| byte.is_ascii_lowercase());
    has_words(title) && (is_facts || is_of_links())
}

/// Removes what only points to the link after a title: an arrow, `see`.
fn without_pointer<'a>(text: &'a str, parsed: &ParsedTitle) -> &'a str {
    if parsed.links.is_empty() {
        return text;
    }
    let bare = text.trim_end_matches([' ', ':']);
    let pointed = ["->", "=>", "→"].iter().find_map(|arrow| bare.strip_suffix(arrow));
    // `How Owls See` ends with the same word, but without a sign before it.
    let said = || bare.strip_suffix(" see").filter(|title| title.ends_with([',', '.', ';', '(', '-', '–']));
    pointed.or_else(said).filter(|title| has_words(title)).unwrap_or(text)
}

/// Removes a number in keycap emoji from a title: `1️⃣ Emus at Work`.
pub(super) fn without_keycaps(text: &str) -> &str {
    let mut rest = text;
    while let Some(behind) = rest.strip_prefix(|c: char| c.is_ascii_digit())
        && let Some(behind) = behind.strip_prefix('\u{FE0F}').unwrap_or(behind).strip_prefix('\u{20E3}')
    {
        rest = behind;
    }
    rest.trim_start()
}

/// Restores the quote at the end of a title, if its pair is inside: `Owls Say "I See You"`.
fn with_closing_quote<'a>(text: &'a str, raw: &'a str) -> &'a str {
    let is_open =
        |open: char, close: char| text.rfind(open).is_some_and(|at| !text[at + open.len_utf8()..].contains(close));
    let is_plain = || text.matches('"').count() % 2 == 1;
    let quote = if is_open('“', '”') {
        '”'
    } else if is_plain() {
        '"'
    } else {
        return text;
    };
    let behind = raw.find(text).map(|at| at + text.len()).filter(|&end| raw[end..].starts_with(quote));
    behind.map_or(text, |end| &raw[end - text.len()..end + quote.len_utf8()])
}

/// Restores the quote at the start of a title, if its pair is inside: `“Who Sees Us?” Ask the Owls`.
fn with_opening_quote<'a>(text: &'a str, raw: &'a str) -> &'a str {
    let is_closed_inside = text.find('”').is_some_and(|close| !text[..close].contains('“'));
    let Some(at) = raw.find(text).filter(|_| is_closed_inside) else { return text };
    let has_quote = raw[..at].ends_with('“');
    if has_quote { &raw[at - '“'.len_utf8()..at + text.len()] } else { text }
}

/// Removes emoji shortcodes before a title: `:star: Emus at Work`.
fn without_named_signs(text: &str) -> &str {
    let is_inside = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_+-".contains(&b))
    };
    let mut text = text;
    while let Some((_, rest)) =
        text.strip_prefix(':').and_then(|text| text.split_once(": ")).filter(|(name, _)| is_inside(name))
    {
        text = rest.trim_start();
    }
    text
}

/// Whether a char is an emoji or symbol, such as a star or a check mark.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{FE0F}' | '\u{200D}')
}

/// A text without the symbols at its start.
pub(super) fn without_symbols(text: &str) -> &str {
    text.trim_start_matches(|c: char| c == ' ' || is_picture(c))
}

/// A text without the status label before its title: `TODO: Emus at Work`.
pub(crate) fn without_status(text: &str) -> &str {
    split_status(text).map_or(text, |(_, title)| title)
}

/// (status label, title): `TODO: Emus at Work`.
fn split_status(text: &str) -> Option<(&str, &str)> {
    let (at, colon) = text.char_indices().take_while(|(at, _)| *at <= 16).find(|(_, c)| matches!(c, ':' | '：'))?;
    let (status, title) = (text[..at].trim_matches(['*', '_', ' ', '[', ']']), &text[at + colon.len_utf8()..]);
    let is_one = is_status(status) && title.chars().any(char::is_alphanumeric);
    is_one.then(|| (status, title.trim_start_matches(['*', '_', ' '])))
}

/// Whether a text is a status label, ignoring case.
pub(crate) fn is_status(label: &str) -> bool {
    label.len() <= 16 && STATUS.contains(&label.to_lowercase().as_str())
}

/// Whether a text is only a date with its year: `17 May 2031`, `May 2031`.
fn is_dated(text: &str) -> bool {
    let has_year = text.split(|c: char| !c.is_ascii_digit()).any(|digits| is_year(digits) || digits.len() == 8);
    let is_date = |text: &str| date::read(text, Place::Cell).filter(|parsed| parsed.alone);
    // `2031-05-17 with the group`
    let is_day =
        |text: &str| is_date(text).is_some_and(|parsed| matches!(parsed.what, When::Day { year: Some(_), .. }));
    has_year
        && (text.len() <= 24 && is_date(text).is_some() || text.split_once(' ').is_some_and(|(first, _)| is_day(first)))
}

/// Removes year and authors after a title: `Emus at Work (2031) - Anna Gnu, Bert Owl`, `Emus at Work (2031), Anna Gnu`.
fn before_authors<'a>(text: &'a str, parsed: &mut ParsedTitle) -> &'a str {
    if !text.contains('(') {
        return text;
    }
    let behind_comma = text.split_once("), ").filter(|(_, authors)| are_people(authors, 1));
    let Some((before, authors)) = behind_comma.or_else(|| text.split_once(") - ")) else { return text };
    let Some((title, year)) = before.rsplit_once('(') else { return text };
    let is_name = |part: &str| {
        let mut words = part.split_whitespace();
        words.clone().count() < 5 && words.next_back().is_some_and(|last| last.starts_with(char::is_uppercase))
    };
    let is_surname = !authors.contains(' ') && is_name(authors);
    let are_authors = behind_comma.is_some()
        || authors.contains("et al")
        || is_surname
        || authors.contains(',') && authors.split(',').all(is_name);
    if !is_year(year) || title.trim().is_empty() || !are_authors {
        return text;
    }
    parsed.year = parsed.year.or_else(|| year.parse().ok());
    title.trim_end()
}

/// Removes the number of a preprint after a title, as Zotero writes it: `Emus at Work (No. arXiv:2031.01234). arXiv.`
fn before_preprint<'a>(text: &'a str, parsed: &mut ParsedTitle) -> &'a str {
    // Looking for one byte first is much faster, and few titles have it.
    let Some((title, _)) = text.contains('(').then(|| text.split_once(" (No. arXiv:")).flatten() else { return text };
    parsed.venue = parsed.venue.take().or_else(|| Some("arXiv".to_owned()));
    title
}

/// Removes authors before a title and the year after it: `Gnu A., Owl B. - Emus at Work - 2031`.
fn between_authors_and_year<'a>(text: &'a str, parsed: &mut ParsedTitle) -> &'a str {
    let first = text.contains('-').then(|| text.split_once(" - ")).flatten();
    let parts = first.and_then(|(authors, rest)| Some((authors, rest.rsplit_once(" - ")?)));
    let Some((authors, (title, year))) = parts else { return text };
    if !is_year(year) || !are_people(authors, 2) {
        return text;
    }
    parsed.year = parsed.year.or_else(|| year.parse().ok());
    title
}

/// Removes journal and year after a cited title: `Emus at Work, Journal of Birds, 2031`.
fn before_publication<'a>(text: &'a str, parsed: &mut ParsedTitle) -> &'a str {
    let ends = text.match_indices(", ").filter(|(at, _)| is_publication(&text[at + 2..]));
    let Some((at, _)) = ends.last() else { return text };
    parsed.venue = Some(text[at + 2..].to_owned());
    parsed.year = parsed.year.or_else(|| year_in(&text[at + 2..]));
    text[..at].trim_end()
}

/// Removes folder and extension from a title that is a path.
fn without_path<'a>(text: &'a str, parsed: &ParsedTitle) -> &'a str {
    let Some(stem) =
        text.strip_suffix(".md").or_else(|| text.strip_suffix(".pdf")).filter(|_| !parsed.links.is_empty())
    else {
        return text;
    };
    stem.rsplit('/').next().unwrap_or(stem)
}

/// (char, private-use char): escaped chars that would be taken for marks, and their stand-ins until the title is read.
const SIGNS: [(char, char); 2] = [('*', '\u{10FF2A}'), ('|', '\u{10FF7C}')];

/// The stand-in for the first char of a text.
pub(super) fn sign(text: &str) -> Option<char> {
    SIGNS.iter().find(|(sign, _)| text.starts_with(*sign)).map(|(_, stand_in)| *stand_in)
}

/// Replaces the stand-ins by the chars.
fn with_signs(title: String) -> String {
    let is_stand_in = |c: char| SIGNS.iter().find(|(_, stand_in)| *stand_in == c).map(|(sign, _)| *sign);
    if title.is_ascii() || !title.contains(|c| is_stand_in(c).is_some()) {
        return title;
    }
    title.chars().map(|c| is_stand_in(c).unwrap_or(c)).collect()
}

/// Resolves common entities.
fn unescaped(text: String) -> String {
    if !text.contains('&') {
        return text;
    }
    text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", " ")
}

/// Removes a number from a title: `12.`, `12、`, `[12]`.
fn numbered(text: &str) -> &str {
    let digits = text.trim_start_matches('[');
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    if count == 0 || count > 4 {
        return text;
    }
    let rest = &digits[count..];
    let rest = if digits.len() < text.len() {
        rest.strip_prefix(']')
    } else {
        rest.strip_prefix(['.', '、', ')', '）', '．']).filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    match rest.map(|rest| rest.trim_start_matches([' ', '.', ':', '、'])) {
        Some(rest) if rest.chars().any(char::is_alphanumeric) => rest,
        _ => text,
    }
}

/// Removes a reference to an issue from a title: `gnu/read#12 Emus at Work`.
fn without_issue(text: &str) -> &str {
    let Some(at) = memchr::memchr(b'#', text.as_bytes()) else { return text };
    let Some((number, title)) = text[at + 1..].split_once(' ') else { return text };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let names = text[..at].split_once('/').filter(|(owner, name)| !owner.is_empty() && !name.is_empty());
    let is_issue = names.is_some_and(|(owner, name)| owner.chars().chain(name.chars()).all(is_name));
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_issue && is_number && has_words(title) { title.trim_start() } else { text }
}

/// Removes an archive number, or a year and month, from a title: `2104.04517 `, `1712.`.
fn stamped(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(0);
    let (stamp, rest) = text.split_at(end);
    let is_id = stamp.len() >= 9 && stamp.as_bytes()[4] == b'.' || stamp.len() == 5 && stamp.ends_with('.');
    if is_id && rest.chars().any(char::is_alphabetic) { rest.trim_start() } else { text }
}

/// Splits `2031 - Title` into (year, title).
fn year_first(text: &str) -> Option<(u32, &str)> {
    let year = text.get(..4).filter(|year| is_year(year))?;
    let rest = text[4..].trim_start();
    let rest = rest.strip_prefix(['-', '–', '—', ':', '|', ','])?.trim_start();
    rest.starts_with(|c: char| !c.is_ascii_digit()).then(|| year.parse().ok().map(|year| (year, rest)))?
}

/// (year, title) of `(2031) Emus at Work`, `[2031] Emus at Work`.
fn behind_bracketed_year(text: &str) -> Option<(u32, &str)> {
    let (year, title) = match text.chars().next()? {
        '(' => text[1..].split_once(')')?,
        '[' => text[1..].split_once(']')?,
        _ => return None,
    };
    let title = title.trim_start_matches([' ', ':', '-', '.']);
    let is_title = title.split_whitespace().count() > 1 && title.starts_with(char::is_alphanumeric);
    is_year(year).then(|| year.parse().ok()).flatten().filter(|_| is_title).map(|year| (year, title))
}
