//! Reads what precedes a title: tags, pictures, marks, numbers, dates, venues.

use super::ParsedTitle;
use super::citation::are_people;
use super::parts::{is_year, year_in};
use super::tidy::{is_status, sign, without_keycaps};
use super::venue::is_acronym_and_year;
use crate::log::date::{self, Place};
use crate::log::forms::inline::{Piece, PieceKind};
use crate::log::forms::words;
use crate::log::pending;

/// Skips what precedes a title, and returns the index of the first piece of the title.
pub(super) fn leading(pieces: &[Piece], parsed: &mut ParsedTitle) -> usize {
    let has_text_behind = |at: usize| has_text(&pieces[at..]);
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        match piece.kind {
            PieceKind::Code if has_text_behind(at + 1) => parsed.tags.push(piece.text.to_owned()),
            PieceKind::Picture | PieceKind::Break | PieceKind::Wrap => {}
            PieceKind::Link(_) if has_text_behind(at + 1) && words::is_link_label(piece.text) => {}
            // A venue as a link before a comma: `[CVPR 2031](…), Emus at Work`.
            PieceKind::Link(_) if words::venue(piece.text).is_some() && is_set_apart(pieces.get(at + 1)) => {
                parsed.year = parsed.year.or_else(|| year_in(piece.text));
                parsed.venue = Some(piece.text.to_owned());
            }
            PieceKind::Text if is_sign(piece.text.trim()) || is_box(piece.text.trim()) => {}
            // An escaped asterisk is the first char of the title.
            PieceKind::Text if piece.escaped && sign(piece.text).is_some() => break,
            // A venue in emphasis: `_emnlp2031_ Emus at Work`.
            PieceKind::Text if piece.strong && is_venue_and_year(piece.text) && has_words(&pieces[at + 1..]) => {
                parsed.year = parsed.year.or_else(|| year_in(piece.text));
                parsed.venue = Some(piece.text.trim().to_owned());
            }
            PieceKind::Text
                if !piece.text.chars().any(char::is_alphanumeric) && !piece.text.contains(['《', '[', '(', '（']) => {
            }
            PieceKind::Text if is_number(piece.text.trim()) && has_text_behind(at + 1) => {
                let is_in_brackets = piece.text.trim_start().starts_with(['[', '(']);
                parsed.year = parsed.year.or_else(|| year_in(piece.text).filter(|_| is_in_brackets));
            }
            PieceKind::Text if piece.strong && is_stamp(piece.text) && has_text_behind(at + 1) => {
                parsed.year = parsed.year.or_else(|| year_in(piece.text).filter(|_| is_year(piece.text.trim())));
            }
            // `**[ICML]** [Emus at Work](…)`
            PieceKind::Text if piece.strong && begins_with_link(&pieces[at + 1..]) && take_brackets(piece, parsed) => {}
            PieceKind::Text if piece.strong && is_topic(piece, &pieces[at + 1..]) => {
                parsed.tags.push(piece.text.trim().to_owned());
            }
            // `**TODO:** Emus at Work`
            PieceKind::Text
                if piece.strong && is_label_of_status(piece, pieces.get(at + 1)) && has_text_behind(at + 1) =>
            {
                parsed.is_unread |= pending::is_unread(piece.text.trim_end_matches([':', '：', ' ']));
            }
            PieceKind::Text if piece.strong && is_counted(piece.text) && has_text_behind(at + 1) => {}
            PieceKind::Text
                if pieces.get(at + 1).is_some_and(|next| is_title_piece(next) && is_lead(piece.text, next)) =>
            {
                parsed.year = parsed.year.or_else(|| year_in(piece.text));
                let lead = unnumbered(piece.text.trim());
                let venue = words::venue(lead).or(Some(lead).filter(|lead| is_acronym_and_year(lead)));
                let venue = venue.map(|venue| venue.trim_end_matches([',', ':', ' ']).to_owned());
                parsed.venue = venue.or(parsed.venue.take());
            }
            PieceKind::Text if is_author_of_book(piece.text, pieces.get(at + 1), pieces.get(at + 2)) => {
                parsed.cited = true;
            }
            _ => break,
        }
        at += 1;
    }
    at
}

fn has_text(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| match piece.kind {
        PieceKind::Text => piece.text.chars().any(char::is_alphanumeric),
        PieceKind::Link(_) | PieceKind::Wiki(_) => !words::is_link_label(piece.text),
        _ => false,
    })
}

/// Whether pieces have words other than dates, numbers such as `#12`, and names of links.
fn has_words(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| match piece.kind {
        PieceKind::Text => piece.text.replace("&nbsp;", " ").contains(char::is_alphabetic),
        PieceKind::Link(_) | PieceKind::Wiki(_) => !words::is_link_label(piece.text) && !piece.text.starts_with('#'),
        _ => false,
    })
}

/// Whether a piece is a status label: `TODO:`. The colon may also start the next piece.
fn is_label_of_status(piece: &Piece, next: Option<&Piece>) -> bool {
    let label = piece.text.trim().trim_end_matches([':', '：']);
    let has_colon = label.len() < piece.text.trim().len()
        || next.is_some_and(|next| next.kind == PieceKind::Text && next.text.starts_with([':', '：']));
    has_colon && is_status(label)
}

/// Whether a piece is text that starts with a comma or colon and has several words.
fn is_set_apart(piece: Option<&Piece>) -> bool {
    let text = piece.filter(|piece| piece.kind == PieceKind::Text).map_or("", |piece| piece.text.trim_start());
    text.strip_prefix([',', ':', '，', '：']).is_some_and(|rest| rest.split_whitespace().count() > 1)
}

/// Whether a text is only a symbol, as an entity or shortcode: `&#x20;`, `:scroll:`.
fn is_sign(text: &str) -> bool {
    let is_inside = |inside: &str| inside.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'#' | b'_' | b'-'));
    let entity = text.strip_prefix('&').and_then(|text| text.strip_suffix(';')).filter(|inside| inside.len() < 9);
    let named = text.strip_prefix(':').and_then(|text| text.strip_suffix(':')).filter(|inside| inside.len() > 1);
    entity.or(named).is_some_and(is_inside)
}

/// Whether a text is the checkbox of a line that is no list item: `[x] Emus at Work`.
fn is_box(text: &str) -> bool {
    matches!(text, "[ ]" | "[x]" | "[X]")
}

/// Whether a short text is a venue with its year, ignoring case.
fn is_venue_and_year(text: &str) -> bool {
    text.len() <= 24 && year_in(text).is_some() && words::venue(&text.to_ascii_uppercase()).is_some()
}

/// Whether a piece is a link or emphasised, as a title would be.
fn is_title_piece(piece: &Piece) -> bool {
    match piece.kind {
        PieceKind::Link(_) | PieceKind::Wiki(_) => !words::is_link_label(piece.text),
        PieceKind::Text => piece.strong,
        _ => false,
    }
}

/// Whether a short text before a link or emphasis is not part of the title: a venue, a date, a number, authors, a verb
/// such as `read`, or a text that ends in a separator.
fn is_lead(text: &str, title: &Piece) -> bool {
    let whole = title.text.split_whitespace().count() > 2 || title.text.chars().filter(|c| !c.is_ascii()).count() > 5;
    let text = unnumbered(text.trim());
    let is_short = text.len() <= 60 && text.split_whitespace().count() <= 8;
    let is_link = matches!(title.kind, PieceKind::Link(_));
    is_link && text.ends_with(':') && read_date(text)
        || is_link && whole && ends_authors(text)
        || whole
            && is_short
            && (words::venue(text.trim_end_matches([',', ':', '.', '-', ' '])).is_some()
                || is_acronym_and_year(text)
                || is_stamp(text)
                || read_date(text)
                || is_of_authors(text)
                || is_verb(text)
                || text.ends_with([',', '-', '–', '—', '|', '，', ']']) && !goes_on(title.text))
}

/// Whether the text of a link continues a phrase before it: `a similar idea, [in Birds of the Plain](…)`.
fn goes_on(text: &str) -> bool {
    ["in ", "on ", "at ", "by ", "from ", "of "].iter().any(|word| text.starts_with(word))
}

/// A text without the number of its item: `2. `, `1: `.
fn unnumbered(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    let behind = rest.strip_prefix(['.', ':', ')']).and_then(|rest| rest.strip_prefix(' '));
    behind.filter(|_| (1..=3).contains(&digits)).map_or(text, str::trim_start)
}

/// Whether a text is the author of a book in emphasis, however short its title is, since place and publisher follow:
/// `Anna Gnu, *Emus*. Oslo, Norway: Owl Press, 2031`.
fn is_author_of_book(text: &str, title: Option<&Piece>, behind: Option<&Piece>) -> bool {
    if !title.is_some_and(|title| title.strong && title.kind == PieceKind::Text) {
        return false;
    }
    let behind = behind.filter(|piece| piece.kind == PieceKind::Text).map_or("", |piece| piece.text);
    text.trim_end().ends_with(',')
        && behind.strip_prefix(". ").is_some_and(begins_with_publisher)
        && are_people(text, 1)
}

/// Whether a text begins with place, publisher and year: `Oslo, Norway: Owl Press, 2031`.
fn begins_with_publisher(text: &str) -> bool {
    let parts = text.split_once(": ").and_then(|(place, rest)| Some((place, rest.rsplit_once(", ")?)));
    parts.is_some_and(|(place, (publisher, year))| {
        place.split_whitespace().count() <= 4
            && place.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
            && publisher.starts_with(char::is_uppercase)
            && year.get(..4).is_some_and(is_year)
    })
}

/// Whether a text is the authors before a linked title: `Gnu, A., Owl, B. `, `Anna Gnu, Bert Owl "`.
fn ends_authors(text: &str) -> bool {
    let names = text.trim_end_matches(['"', '“', ' ']);
    let is_quoted = names.len() < text.len();
    let is_closed = names.ends_with(['.', ',', ':']);
    (is_quoted || is_closed) && are_people(names, if is_quoted { 1 } else { 2 })
}

/// Whether a text only says what was done with a paper: `read`, `Learned:`, `Started reading the first part of`.
fn is_verb(text: &str) -> bool {
    const VERBS: &[&str] = &[
        "read",
        "reading",
        "reread",
        "re-read",
        "skimmed",
        "skimming",
        "learned",
        "learnt",
        "studied",
        "studying",
        "finished",
        "started",
        "continued",
        "读",
        "读了",
        "阅读",
        "精读",
    ];
    const PARTS: &[&str] = &[
        "the", "a", "an", "this", "of", "through", "to", "paper", "article", "book", "chapter", "chapters", "part",
        "section", "first", "second", "third", "last", "half", "rest", "about", "on", "again", "more", "i",
    ];
    let text = text.trim_end_matches([':', '：']).to_lowercase();
    let mut words = text.split_whitespace();
    let is_part = |word: &str| PARTS.contains(&word) || VERBS.contains(&word);
    words.clone().any(|word| VERBS.contains(&word)) && words.all(is_part)
}

/// Whether a text names authors: `Gnu et al.`, `Gnu, Owl 2031`.
fn is_of_authors(text: &str) -> bool {
    let year = text.trim_end_matches([')', ']', '.', ':', ',']);
    text.contains("et al") || text.contains(',') && year.len() > 4 && year.get(year.len() - 4..).is_some_and(is_year)
}

/// Stores the venue or tag that a piece holds in square brackets: `[ICML]`. Returns `false` if it is something else.
fn take_brackets(piece: &Piece, parsed: &mut ParsedTitle) -> bool {
    let inside = piece.text.trim().strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let is_one = |inside: &&str| inside.contains(char::is_alphanumeric) && !inside.contains(['[', ']']);
    let Some(inside) = inside.filter(is_one) else { return false };
    parsed.year = parsed.year.or_else(|| year_in(inside));
    match words::venue(inside) {
        Some(venue) => parsed.venue = Some(venue.to_owned()),
        None => parsed.tags.push(inside.to_owned()),
    }
    true
}

/// Whether the next piece that is not blank is a link of several words.
fn begins_with_link(pieces: &[Piece]) -> bool {
    let next = pieces.iter().find(|piece| piece.kind != PieceKind::Text || !piece.text.trim().is_empty());
    next.is_some_and(|next| matches!(next.kind, PieceKind::Link(_)) && next.text.split_whitespace().nth(2).is_some())
}

/// Whether emphasised text is the topic of a title that follows as a link: `**Birds**: [Emus at Work](…)`.
fn is_topic(piece: &Piece, behind: &[Piece]) -> bool {
    let [colon, title, ..] = behind else { return false };
    let is_colon = colon.kind == PieceKind::Text && matches!(colon.text.trim(), ":" | "：");
    let is_long = matches!(title.kind, PieceKind::Link(_)) && title.text.split_whitespace().count() > 2;
    is_colon && is_long && piece.text.split_whitespace().count() < 4
}

/// Whether a text is a date or a counter, or begins with one: `Week 3`, `Week 3 and a half`.
fn is_counted(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let begins = [words.next(), words.next()].map(Option::unwrap_or_default).join(" ");
    read_date(text) || text.len() <= 40 && read_date(&begins)
}

/// Whether a text is a date, ignoring separators at its end.
pub(super) fn read_date(text: &str) -> bool {
    let date = text.trim_end_matches([':', '：', '-', '–', ' ', ',', '.']);
    date.len() <= 40 && date::read(date, Place::Cell).is_some()
}

/// Whether a text is a year, a year and month, or an archive number: `2031`, `2031.07`, `1712.`, `2104.04517`.
fn is_stamp(text: &str) -> bool {
    let text = text.trim_matches(['.', ',', ':', '-', ' ', '[', ']', '_']);
    text.len() >= 4 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Whether a text is an item's number: `12.`, `12、`, `[12]`, `1️⃣`.
pub(super) fn is_number(text: &str) -> bool {
    if text.ends_with('\u{20E3}') && without_keycaps(text).is_empty() {
        return true;
    }
    let inside = text.trim_matches(['[', ']', '.', '、', ')', '(', ':', '：', '#']);
    !inside.is_empty() && inside.len() <= 4 && inside.len() < text.len() && inside.bytes().all(|b| b.is_ascii_digit())
}
