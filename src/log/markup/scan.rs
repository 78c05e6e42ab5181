//! Recognises what plain text means without markup: URLs, cross-references, hand-made list markers.

use std::ops::Range;

use super::hand_lists::is_enclosed;
use super::{Link, Run, Text};

/// Chars that end a URL: delimiters, and chars that are not valid in one.
const NOT_IN_URL: &str = "<>\"`{}|\\^";
/// Chars that belong to the sentence, not to the URL that they follow.
const NOT_LAST: &str = ".,;:!?'*_~";

/// The length in bytes of a hand-made list marker at the start of a line, with its space: `3，` `12、` `2）` `a)` `（1）`
/// `一、` `①` `•` `1.甲`.
pub fn marker(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let end = match first {
        '•' | '●' | '◦' | '▪' | '·' | '‣' => first.len_utf8(),
        _ if is_enclosed(first) && !matches!(first, '\u{2160}'..='\u{217F}') => first.len_utf8(),
        '(' | '（' => {
            let inside = first.len_utf8() + number(&line[first.len_utf8()..])?.0;
            line[inside..].strip_prefix([')', '）']).map(|rest| line.len() - rest.len())?
        }
        _ => {
            let (end, marks) = number(line)?;
            let mark = line[end..].chars().next().filter(|c| marks.contains(c))?;
            let after = end + mark.len_utf8();
            // `2.5` is a number, `a.png` a file name, and `1. a` already a Markdown list.
            let is_text = |c: char| crate::text::is_han(c) || c.is_ascii_uppercase() || "*《“‘（【\"".contains(c);
            if matches!(mark, '.' | '．') && !line[after..].is_empty() && !line[after..].starts_with(is_text) {
                return None;
            }
            after
        }
    };
    Some(end + line[end..].len() - line[end..].trim_start_matches(' ').len())
}

/// (length in bytes of the number or letter in a marker, signs that may follow it).
fn number(text: &str) -> Option<(usize, &'static [char])> {
    const HAN: &str = "一二三四五六七八九十";
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let han: usize = text.chars().take_while(|&c| HAN.contains(c)).map(char::len_utf8).sum();
    match digits {
        1 | 2 => Some((digits, &['，', '、', '）', ')', '.', '．'])),
        0 if (1..=3 * '一'.len_utf8()).contains(&han) => Some((han, &['、', '）', ')'])),
        0 if text.starts_with(|c: char| c.is_ascii_lowercase()) => Some((1, &['）', ')'])),
        _ => None,
    }
}

/// The number of a Markdown list marker: 12 for `12.`.
pub fn dotted(marker: &str) -> Option<u64> {
    let digits = marker.bytes().take_while(u8::is_ascii_digit).count();
    marker[digits..].starts_with(['.', '．', ')']).then(|| marker[..digits].parse().ok()).flatten()
}

/// Whether a line is a list item but for a missing space: `2.like this`.
pub fn is_unspaced_item(line: &str) -> bool {
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut chars = behind.chars().skip(1);
    let (first, second) = (chars.next(), chars.next());
    // `2.5` is a number and `3.x` a version.
    dotted(line).is_some()
        && first.is_some_and(|c| !c.is_ascii_digit() && !c.is_whitespace())
        && !(first.is_some_and(|c| c.is_ascii_alphanumeric()) && second.is_none_or(|c| !c.is_alphabetic()))
}

/// (kind for display, byte offset of the title) of a callout such as `[!NOTE] Title`. A fold sign after the bracket is
/// skipped.
pub fn callout(line: &str) -> Option<(String, usize)> {
    let (kind, rest) = line.strip_prefix("[!")?.split_once(']')?;
    let is_kind = !kind.is_empty() && kind.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    let title = rest.strip_prefix(['-', '+']).unwrap_or(rest).trim_start();
    let mut letters = kind.chars();
    let first = letters.next().filter(|_| is_kind)?;
    Some((first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect(), line.len() - title.len()))
}

/// Splits off URLs and cross-references as runs with links.
pub fn links(text: Text) -> Text {
    let is_plain = |run: &Run| run.style.code || run.style.formula || run.link.is_some();
    let mut out = Text::with_capacity(text.len());
    for run in text {
        if is_plain(&run) || !(run.text.contains("://") || run.text.contains('[')) {
            out.push(run);
            continue;
        }
        let part = |range: Range<usize>, link| Run { text: run.text[range].to_owned(), style: run.style, link };
        let mut at = 0;
        for (sign, _) in run.text.match_indices(['[', ':']) {
            let found = if sign < at { None } else { reference(&run.text, sign).or_else(|| url(&run.text, at, sign)) };
            let Some((found, link)) = found else { continue };
            if at < found.start {
                out.push(part(at..found.start, None));
            }
            at = found.end;
            out.push(part(found, Some(link)));
        }
        if at < run.text.len() {
            out.push(part(at..run.text.len(), None));
        }
    }
    out
}

/// The URL around a colon. It ends before Chinese text, and leaves out what belongs to the sentence: a full stop, or a
/// closing bracket that was not opened in the URL.
fn url(text: &str, from: usize, colon: usize) -> Option<(Range<usize>, Link)> {
    let before = &text.as_bytes()[from..colon];
    let is_scheme = |scheme: &&str| {
        let start = before.len().checked_sub(scheme.len());
        start.is_some_and(|start| before[start..].eq_ignore_ascii_case(scheme.as_bytes()))
    };
    let start = colon - ["https", "http"].iter().find(|scheme| is_scheme(scheme))?.len();
    if text[from..start].ends_with(|c: char| c.is_ascii_alphanumeric()) || !text[colon..].starts_with("://") {
        return None;
    }
    let body = &text[colon + "://".len()..];
    // Checked early: otherwise most text would be scanned in vain.
    if !body.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[') {
        return None;
    }
    let is_part = |byte: &u8| byte.is_ascii_graphic() && !NOT_IN_URL.contains(char::from(*byte));
    let mut length = body.bytes().take_while(is_part).count();
    let count = |wanted: u8| body[..length].bytes().filter(|&byte| byte == wanted).count();
    let mut unopened = [count(b')').saturating_sub(count(b'(')), count(b']').saturating_sub(count(b'['))];
    while let Some(&last) = body.as_bytes()[..length].last() {
        match last {
            b')' if unopened[0] > 0 => unopened[0] -= 1,
            b']' if unopened[1] > 0 => unopened[1] -= 1,
            _ if NOT_LAST.contains(char::from(last)) => {}
            _ => break,
        }
        length -= 1;
    }
    let end = colon + "://".len() + length;
    (length > 0).then(|| (start..end, Link::Url(text[start..end].into())))
}

/// A cross-reference: four digits in brackets, `[5036]`.
fn reference(text: &str, open: usize) -> Option<(Range<usize>, Link)> {
    let inside = text
        .get(open..)?
        .strip_prefix('[')?
        .get(..4)
        .filter(|inside| inside.bytes().all(|byte| byte.is_ascii_digit()))?;
    text[open + 5..].starts_with(']').then(|| (open..open + 6, Link::Reference(inside.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &[&str]) {
        let runs = links(vec![Run { text: text.to_owned(), ..Run::default() }]);
        assert_eq!(runs.iter().map(|run| run.text.as_str()).collect::<String>(), text);
        let found: Vec<&str> = runs.iter().filter(|run| run.link.is_some()).map(|run| run.text.as_str()).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn addresses_end_before_punctuation() {
        check(
            "见https://example.org/a_(b)，和 http://example.net.",
            &["https://example.org/a_(b)", "http://example.net"],
        );
        check("（https://example.org/a?b=c#d）", &["https://example.org/a?b=c#d"]);
        check("(HTTPS://example.org/x), [http://a.b/c]", &["HTTPS://example.org/x", "http://a.b/c"]);
        check("http:// xhttp://a ftp://b ://", &[]);
        check("http://a.b、http://c.d。", &["http://a.b", "http://c.d"]);
    }

    #[test]
    fn references_are_four_digits() {
        check("（[5036]）与[5097]，[503] [50365] [5036", &["[5036]", "[5097]"]);
    }

    #[test]
    fn markers() {
        let hung = [("3，a", 4), ("12、a", 5), ("2） a", 5), ("a) b", 3), ("a）b", 4), ("（1）甲", 7), ("(2) b", 4)];
        let more = [("①甲", 3), ("• a", 4), ("1.甲", 2), ("12.《a》", 3), ("一、甲", 6), ("（十一）甲", 12)];
        for (line, wanted) in hung.into_iter().chain(more) {
            assert_eq!(marker(line), Some(wanted), "{line}");
        }
        for line in
            ["123，a", "ab) c", "a，b", "A) b", "", "1. a", "，", "2.5 倍", "1.png", "a.甲", "（见）", "(see)", "一个"]
        {
            assert_eq!(marker(line), None, "{line}");
        }
    }
}
