//! Reads the title on a line, and its context: links, tags, venue, year.

mod behind;
mod beside;
mod citation;
mod ending;
mod lead;
pub(crate) mod note;
mod parts;
mod tidy;
mod venue;

pub(crate) use self::citation::{are_people, behind_sole_author};
use self::ending::ending;
use self::lead::{is_number, leading};
use self::parts::{is_year, second_half, year_in, year_in_brackets};
use self::tidy::tidy;
pub(crate) use self::tidy::{is_status, without_status};
pub(crate) use self::venue::without_venue;
use super::inline::{Piece, PieceKind, pieces};
use super::words;
use crate::text::is_han;

/// The longest title that may continue on the next line, in words.
const WRAPPED: usize = 30;

/// A line with a title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedTitle {
    /// The title, without marks, links, numbers and tags.
    pub title: String,
    /// The targets of the line's links, in order.
    pub links: Vec<String>,
    /// Words in code before or after the title, and topics in bold before it.
    pub tags: Vec<String>,
    /// The venue, from brackets at the end or text before the title.
    pub venue: Option<String>,
    /// The year before the title or with the venue.
    pub year: Option<u32>,
    /// Whether the title is a link or emphasised, unlike the text after it.
    pub set_off: bool,
    /// Where the title ends in the text, in bytes.
    pub end: usize,
    /// Whether the title was in `《》`.
    pub marked: bool,
    /// Whether the title was part of a full citation.
    pub cited: bool,
    /// Whether `et al.` was removed after the title.
    pub is_by_many: bool,
    /// Whether a label before the title says that the paper has not been read: `**TODO:** Emus at Work`.
    pub is_unread: bool,
}

/// Reads a line, or a few wrapped lines. The title is empty if there is none.
pub fn read(text: &str) -> ParsedTitle {
    let pieces = pieces(text);
    let mut parsed = ParsedTitle::default();
    let mut at = leading(&pieces, &mut parsed);
    let title = chunk(&pieces, &mut at, &mut parsed);
    for target in targets(&pieces) {
        // Save memory: most titles have only one link, and a large log has many titles.
        if parsed.links.is_empty() {
            parsed.links.reserve_exact(1);
        }
        parsed.links.push(target.to_owned());
    }
    let before = at.checked_sub(1).map(|at| pieces[at].kind);
    if parsed.set_off && matches!(before, Some(PieceKind::Link(_) | PieceKind::Wiki(_))) {
        beside::read(&pieces[at..], &mut parsed);
    }
    if parsed.end == 0 {
        parsed.end = pieces.get(at).map_or(text.len(), |piece| piece.at);
    }
    if let Some((quoted, end)) = quoted(&pieces) {
        // The closing quote is not a text after the title.
        let behind = text[end..].strip_prefix(['"', '”']).unwrap_or(&text[end..]);
        (parsed.cited, parsed.end) = (true, text.len() - behind.len());
        parsed.year = parsed.year.or_else(|| year_in_brackets(behind.lines().next().unwrap_or_default()));
        tidy(&quoted, &mut parsed);
        return parsed;
    }
    let cited = match parsed.set_off {
        true => citation::behind_year(&title).or_else(|| citation::quoted_behind_names(&title)),
        false => {
            // Signs may stand before the authors: `☑ A. Gnu, B. Emu. 2031. A Study of Owls`.
            let signs = title.len() - tidy::without_symbols(&title).len();
            citation::title_in(&title[signs..]).map(|found| found.start + signs..found.end + signs)
        }
    };
    parsed.cited |= cited.is_some();
    tidy(cited.map_or(title.as_str(), |range| &title[range]), &mut parsed);
    if parsed.marked {
        beside::read_behind_mark(text, &mut parsed);
    }
    parsed
}

/// Whether a line links to a paper, without reading its title.
pub fn links_to_paper(text: &str) -> bool {
    targets(&pieces(text)).any(words::is_paper_url)
}

fn targets<'a>(pieces: &'a [Piece<'a>]) -> impl Iterator<Item = &'a str> {
    pieces.iter().filter_map(|piece| match piece.kind {
        PieceKind::Link(to) | PieceKind::Wiki(to) => Some(to).filter(|to| !to.is_empty()),
        PieceKind::Address => Some(piece.text),
        _ => None,
    })
}

/// (title quoted in a citation, byte at which it ends in the source).
fn quoted(pieces: &[Piece]) -> Option<(String, usize)> {
    // The quotes may begin on the next line.
    let is_wrap = |at: usize| {
        let next = pieces.get(at + 1).filter(|next| next.kind == PieceKind::Text).map_or("", |next| next.text);
        pieces[at].kind == PieceKind::Wrap && next.trim_start().starts_with(citation::OPEN)
    };
    let is_text = |at: &usize| pieces[*at].kind == PieceKind::Text || is_wrap(*at);
    let texts = || (0..pieces.len()).take_while(is_text).map(|at| &pieces[at]);
    if !texts().any(|piece| piece.text.contains(citation::OPEN)) {
        return None;
    }
    let line: String = texts().map(|piece| piece.text).collect();
    let found = citation::quoted(&line)?;
    let mut length = 0;
    let last = texts().find(|piece| {
        length += piece.text.len();
        length >= found.end
    })?;
    Some((line[found.clone()].to_owned(), last.at + found.end - (length - last.text.len())))
}

/// The text of the title without marks; `at` becomes the index of the piece after it.
fn chunk(pieces: &[Piece], at: &mut usize, parsed: &mut ParsedTitle) -> String {
    let Some(first) = pieces.get(*at) else { return String::new() };
    match first.kind {
        PieceKind::Link(_) | PieceKind::Wiki(_) if !words::is_link_label(first.text) => {
            return linked(pieces, at, parsed);
        }
        _ if first.strong => return strong(pieces, at, parsed),
        _ => {}
    }
    let mut title = String::new();
    run_on(pieces, at, &mut title, parsed);
    // Both `Name: [Title](target)` and `Title ([pdf](target))` are covered.
    title
}

/// Reads a title that is a link. If the link is only a short name before a colon, the title continues after it.
fn linked(pieces: &[Piece], at: &mut usize, parsed: &mut ParsedTitle) -> String {
    let mut title = plain(emphasised(pieces[*at].text).unwrap_or(pieces[*at].text));
    *at += 1;
    let is_name = title.split_whitespace().nth(2).is_none();
    let next = pieces.get(*at).filter(|piece| piece.kind == PieceKind::Text).map_or("", |piece| piece.text);
    if is_name && runs_on(next) {
        run_on(pieces, at, &mut title, parsed);
    } else {
        parsed.set_off = true;
        let rest = pieces.get(*at + 1).is_none_or(|piece| matches!(piece.kind, PieceKind::Wrap | PieceKind::Break));
        if let Some(end) = second_half(next).filter(|_| rest && !pieces[*at].strong) {
            title.push_str(&next[..end]);
            parsed.end = pieces[*at].at + end;
        }
    }
    title
}

/// The emphasised title in a link's text that continues with authors: `*A Study of Emus*, Anna Gnu`.
fn emphasised(text: &str) -> Option<&str> {
    let (title, rest) = text.strip_prefix('*')?.split_once('*')?;
    rest.starts_with(',').then_some(title)
}

/// Whether a name continues as a title: `: a study of emus`.
fn runs_on(next: &str) -> bool {
    let rest = next.strip_prefix([':', '：']).unwrap_or_default().trim_start();
    rest.split_whitespace().count() >= 2 && rest.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Reads a title in emphasis. Titles such as `**[Emu]** A Study` and `**Emu:** a study` continue after the emphasis.
fn strong(pieces: &[Piece], at: &mut usize, parsed: &mut ParsedTitle) -> String {
    let mut title = String::new();
    while let Some(piece) = pieces.get(*at).filter(|piece| piece.strong) {
        match piece.kind {
            PieceKind::Text => put(&mut title, piece, piece.text.len()),
            PieceKind::Code => title.push_str(piece.text),
            PieceKind::Link(_) | PieceKind::Wiki(_) if !words::is_link_label(piece.text) || title.trim().is_empty() => {
                title.push_str(&plain(piece.text));
            }
            PieceKind::Wrap => title.push(' '),
            _ => break,
        }
        *at += 1;
    }
    let trimmed = title.trim();
    let is_name = trimmed.starts_with(['[', '【']) && trimmed.ends_with([']', '】', ':'])
        || trimmed.ends_with([':', '：']) && trimmed.split_whitespace().count() <= 4
        || trimmed.is_empty()
        || is_number(trimmed);
    let next = pieces
        .get(*at)
        .filter(|piece| matches!(piece.kind, PieceKind::Text | PieceKind::Link(_)))
        .map_or("", |it| it.text);
    let has_more = next.chars().any(char::is_alphanumeric);
    if is_name && has_more || trimmed.split_whitespace().count() <= 2 && runs_on(next) {
        if is_number(trimmed) || trimmed == "[]" {
            title.clear();
        }
        run_on(pieces, at, &mut title, parsed);
    } else {
        parsed.set_off = true;
    }
    title
}

/// Takes pieces up to the end of a title: a URL, a badge link, the end of the line.
fn run_on(pieces: &[Piece], at: &mut usize, title: &mut String, parsed: &mut ParsedTitle) {
    while let Some(piece) = pieces.get(*at) {
        match piece.kind {
            PieceKind::Text => {
                // An escaped char does not end the title.
                let from = usize::from(piece.escaped);
                match ending(&piece.text[from..], from > 0 || !title.trim().is_empty()) {
                    Some(end) => {
                        put(title, piece, from + end);
                        parsed.end = piece.at + from + end;
                        return;
                    }
                    None => put(title, piece, piece.text.len()),
                }
            }
            PieceKind::Code if is_complete(title) && are_tags(&pieces[*at..]) => {
                take_tags(&pieces[*at..], parsed);
                return;
            }
            PieceKind::Code => title.push_str(piece.text),
            PieceKind::Link(_) if words::is_link_label(piece.text) => return,
            PieceKind::Link(_) | PieceKind::Wiki(_) => {
                let before = title.trim_end();
                // A link after a complete title is something else: `Emus at Work [[emu.org](…)]`.
                let is_label = before.ends_with('[') && before.contains(char::is_alphanumeric);
                let is_long = before.split_whitespace().count() > 4;
                if is_label || is_long && !before.ends_with([':', '：', '-']) && !is_unfinished(before) {
                    return;
                }
                title.push_str(&plain(piece.text));
                if piece.text.split_whitespace().count() > 2 {
                    *at += 1;
                    return;
                }
            }
            PieceKind::Picture => {}
            PieceKind::Address | PieceKind::Break => {
                if !title.trim().is_empty() {
                    return;
                }
            }
            PieceKind::Wrap => {
                if !wraps(title, &pieces[*at + 1..]) {
                    return;
                }
                title.push(' ');
            }
        }
        *at += 1;
    }
}

/// Whether a title may end here, before code.
fn is_complete(title: &str) -> bool {
    let has_words = title.split_whitespace().nth(1).is_some() || title.chars().filter(|c| is_han(*c)).count() > 3;
    has_words && !is_unfinished(title)
}

/// Whether a line ends in the middle of a title: with a colon, a comma, or a word that needs another one after it.
pub(crate) fn is_broken_off(line: &str) -> bool {
    line.ends_with([':', '：', ',', '，', '-', '–', '—']) || is_unfinished(line)
}

/// Whether a text ends with a word that needs another one after it.
fn is_unfinished(text: &str) -> bool {
    const WORDS: [&str; 22] = [
        "a", "an", "the", "of", "for", "with", "and", "in", "on", "to", "by", "via", "from", "as", "using", "at",
        "into", "before", "after", "about", "between", "is",
    ];
    text.split_whitespace().last().is_some_and(|last| WORDS.contains(&last))
}

/// Whether code after a title is followed by nothing that belongs to the title: ``Emus at Work `birds` [pdf](…)``.
fn are_tags(pieces: &[Piece]) -> bool {
    let line = pieces.iter().take_while(|piece| !matches!(piece.kind, PieceKind::Wrap | PieceKind::Break));
    let mut behind = line.skip_while(|piece| piece.kind == PieceKind::Code || piece.text.trim().is_empty());
    behind.next().is_none_or(|piece| match piece.kind {
        PieceKind::Text => {
            let text = piece.text.trim_start();
            text.starts_with(['(', '（', '[', '【']) || !text.contains(char::is_alphanumeric)
        }
        PieceKind::Link(_) => words::is_link_label(piece.text),
        _ => true,
    })
}

/// Stores the words in code at the start of the pieces: a year, a venue, tags.
fn take_tags(pieces: &[Piece], parsed: &mut ParsedTitle) {
    for piece in pieces.iter().take_while(|piece| piece.kind == PieceKind::Code || piece.text.trim().is_empty()) {
        let tag = piece.text.trim();
        if parsed.venue.is_none() && words::venue(tag).is_some() {
            parsed.venue = Some(tag.to_owned());
        }
        parsed.year = parsed.year.or_else(|| year_in(tag));
        if piece.kind == PieceKind::Code && parsed.venue.as_deref() != Some(tag) && !is_year(tag) {
            parsed.tags.push(tag.to_owned());
        }
    }
}

/// Appends the first bytes of a piece to a title. An escaped asterisk or bar becomes a stand-in, so that it is not
/// taken for a mark.
fn put(title: &mut String, piece: &Piece, bytes: usize) {
    let text = &piece.text[..bytes];
    match tidy::sign(text).filter(|_| piece.escaped) {
        Some(sign) => {
            title.push(sign);
            title.push_str(&text[1..]);
        }
        None => title.push_str(text),
    }
}

/// Whether a title continues on the next line.
fn wraps(title: &str, next: &[Piece]) -> bool {
    let Some(first) = next.first().filter(|piece| piece.kind == PieceKind::Text) else { return false };
    let line = first.text.trim_start();
    let count = title.split_whitespace().count();
    let begins = line.chars().next();
    let open = title.matches(['(', '《', '[']).count() > title.matches([')', '》', ']']).count();
    let unfinished = title.trim_end().ends_with([':', ',', '-', '&', '：']) || open || is_unfinished(title);
    let length = line.split_whitespace().count();
    let is_short = count + length <= WRAPPED && !line.contains(['.', '。', '，']);
    let followed = next.get(1).is_some_and(|piece| matches!(piece.kind, PieceKind::Link(_) | PieceKind::Address));
    count > 0
        && count < WRAPPED
        && (unfinished || begins.is_some_and(char::is_lowercase) && is_short || followed && is_short && count > 4)
}

/// The text of a link without markup.
fn plain(text: &str) -> String {
    let text = text.trim();
    if !text.bytes().any(|byte| matches!(byte, b'*' | b'_' | b'`' | b'<' | b'[' | b'\\' | b'\n' | b'!')) {
        return text.to_owned();
    }
    let mut out = String::new();
    for piece in pieces(text) {
        match piece.kind {
            PieceKind::Picture => {}
            PieceKind::Wrap | PieceKind::Break => out.push(' '),
            _ => put(&mut out, &piece, piece.text.len()),
        }
    }
    out
}

#[cfg(test)]
mod tests;
