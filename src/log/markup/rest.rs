//! The rest of a line after the title.

use std::ops::Range;

use crate::log::forms::inline::{Piece, PieceKind, pieces};
use crate::log::forms::words;

/// The meaningful part of the rest of a title's line: without separators next to the title, and without links and URLs
/// at its ends, which are shown as facts.
pub fn of(rest: &str) -> Range<usize> {
    let pieces = pieces(rest);
    let ends: Vec<usize> = pieces.iter().skip(1).map(|piece| piece.at).chain([rest.len()]).collect();
    let says = |piece: &Piece| match piece.kind {
        PieceKind::Text => piece.text.chars().any(char::is_alphanumeric) && !is_filler(piece.text),
        PieceKind::Link(to) => !to.is_empty() && !words::is_link_label(piece.text) || to.is_empty(),
        PieceKind::Code | PieceKind::Wiki(_) => true,
        PieceKind::Address | PieceKind::Picture | PieceKind::Break | PieceKind::Wrap => false,
    };
    let (Some(first), Some(last)) = (pieces.iter().position(says), pieces.iter().rposition(says)) else { return 0..0 };
    let (mut start, mut end) = (pieces[first].at, ends[last]);
    // Include emphasis marks before the text.
    start = if first == 0 { 0 } else { rest[..start].trim_end_matches(['*', '_']).len() };
    let opens = |c: char| c.is_whitespace() || ":：-–—,，.;；|\\".contains(c);
    // Brackets around a dropped link are dropped with it.
    let closes = |c: char| opens(c) || ")]）】>".contains(c);
    let said = &rest[start..end];
    let said = if first > 0 { said.trim_start_matches(closes) } else { said.trim_start_matches(opens) };
    start = end - said.len();
    let ended = |c: char| c.is_whitespace() || "([（【|<\\-–—,，".contains(c);
    end = if last + 1 < pieces.len() {
        start + said.trim_end_matches(ended).len()
    } else {
        start + said.trim_end().trim_end_matches('\\').trim_end().len()
    };
    whole(rest, start..end)
}

/// Extends a part of a line to include brackets that belong to it.
fn whole(rest: &str, part: Range<usize>) -> Range<usize> {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('（', '）'), ('【', '】')];
    let (mut open, mut unopened) = (Vec::new(), Vec::new());
    for c in rest[part.clone()].chars() {
        if PAIRS.iter().any(|pair| pair.0 == c) {
            open.push(c);
        } else if let Some(pair) = PAIRS.iter().find(|pair| pair.1 == c) {
            match open.last() {
                Some(&last) if last == pair.0 => drop(open.pop()),
                _ => unopened.push(pair.0),
            }
        }
    }
    let Range { mut start, mut end } = part;
    for opening in unopened {
        start -= if rest[..start].ends_with(opening) { opening.len_utf8() } else { 0 };
    }
    for opening in open.into_iter().rev() {
        let closing = PAIRS.iter().find(|pair| pair.0 == opening).map_or(opening, |pair| pair.1);
        end += if rest[end..].starts_with(closing) { closing.len_utf8() } else { 0 };
    }
    start..end
}

/// Whether a text consists of words that only separate links.
fn is_filler(text: &str) -> bool {
    let is_sign = |c: char| !c.is_alphanumeric();
    let mut words = text.split(is_sign).filter(|word| !word.is_empty());
    words.all(|word| ["and", "or", "和", "及"].contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rest: &str, wanted: &str) {
        assert_eq!(&rest[of(rest)], wanted, "{rest}");
    }

    #[test]
    fn the_rest_of_a_line_without_markers() {
        check("：没太看懂\n", "没太看懂");
        check(" (Anna Owl, Bert Gnu)\n", "(Anna Owl, Bert Gnu)");
        check(" [[pdf](x)] [[code](y)]\n", "");
        check("[[pdf](x)] (Anna Owl)", "(Anna Owl)");
        check("Owl et al. [[pdf](x)] and [code](y)", "Owl et al.");
        check(" - nice, see [the owls at night](z)\n", "nice, see [the owls at night](z)");
        check(" \\\n", "");
        check("https://arxiv.org/abs/2031.01234", "");
        check("— **good** work", "**good** work");
        check(" (thanks, [Owl](x.org))\n", "(thanks, [Owl](x.org))");
        check(" [[pdf](x)] [[code]()] (soon)\n", "[[code]()] (soon)");
    }
}
