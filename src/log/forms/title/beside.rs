//! Reads what stands after a title: `[Emus at Work](…) (ICML 2031) #birds`.

use super::parts::{has_words, is_year, year_in};
use super::{ParsedTitle, venue};
use crate::log::forms::inline::{Piece, PieceKind};
use crate::log::forms::{hashtags, words};

/// Stores venue, year and tags after a linked title, up to the first other words. The text stays where it is.
pub(super) fn read(pieces: &[Piece], parsed: &mut ParsedTitle) {
    // Code right behind the link is part of a name.
    let mut is_apart = false;
    for piece in pieces {
        let has_more = match piece.kind {
            PieceKind::Text => {
                is_apart = piece.text.ends_with(' ');
                facts(piece.text, parsed)
            }
            PieceKind::Code if is_apart => {
                match words::venue(piece.text).filter(|_| parsed.venue.is_none()) {
                    Some(venue) => parsed.venue = Some(venue.to_owned()),
                    None if is_year(piece.text) => {}
                    None => parsed.tags.push(piece.text.to_owned()),
                }
                parsed.year = parsed.year.or_else(|| year_in(piece.text));
                true
            }
            PieceKind::Link(_) => words::is_link_label(piece.text),
            _ => false,
        };
        if !has_more {
            return;
        }
    }
}

/// Reads the text after `《Title》`: a venue, or the start of the body.
pub(super) fn read_behind_mark(text: &str, parsed: &mut ParsedTitle) {
    let Some(mark) = text[..parsed.end].rfind('》') else { return };
    let end = mark + '》'.len_utf8();
    let line = text[end..].lines().next().unwrap_or_default();
    let said = line.trim_matches(|c: char| c.is_whitespace() || ",，.。;；:：()（）".contains(c));
    parsed.end = end;
    if parsed.venue.is_none() && said.split_whitespace().count() <= 2 && words::venue(said).is_some() {
        parsed.venue = Some(said.to_owned());
        parsed.year = parsed.year.or_else(|| year_in(said));
        parsed.end += line.len();
    }
}

/// Removes hashtags after a title, and stores them: `Emus at Work #birds #labour`.
pub(super) fn without_hashtags<'a>(text: &'a str, parsed: &mut ParsedTitle) -> &'a str {
    let (mut title, first) = (text, parsed.tags.len());
    while title.contains('#')
        && let Some((before, tag)) = title.rsplit_once(" #")
        && hashtags::first(&title[before.len() + 1..]) == Some(tag)
        && has_words(before)
        && !super::is_unfinished(before)
    {
        parsed.tags.insert(first, tag.to_owned());
        title = before.trim_end();
    }
    title
}

/// Stores the facts at the start of a text; returns whether the text has nothing else.
fn facts(text: &str, parsed: &mut ParsedTitle) -> bool {
    let mut rest = text.trim_start();
    while let Some(inside) = rest.strip_prefix(['(', '[', '（', '【'])
        && let Some((inside, behind)) = inside.split_once([')', ']', '）', '】'])
    {
        let found = venue::in_brackets(inside.trim());
        if found.is_none() && !is_year(inside.trim()) {
            return false;
        }
        parsed.year = parsed.year.or_else(|| year_in(inside));
        parsed.venue = parsed.venue.take().or_else(|| found.map(str::to_owned));
        rest = behind.trim_start();
    }
    while let Some(tag) = hashtags::first(rest) {
        parsed.tags.push(tag.to_owned());
        rest = rest[1 + tag.len()..].trim_start_matches([' ', ',', '，', '、']);
    }
    rest.trim().is_empty()
}
