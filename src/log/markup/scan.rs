//! What is meant in plain text without Markdown saying so: addresses, cross-references,
//! list markers made by hand.

use std::ops::Range;

use super::{Link, Run, Text};

/// Punctuation that ends a sentence or encloses an address rather than being part of it.
const NOT_IN_URL: &str = "<>\"`{}|\\^";
/// Not at the end of an address.
const NOT_LAST: &str = ".,;:!?'*_~";

/// The bytes of a list marker made by hand at the start of a line, with the space after it:
/// `3，` `12、` `2）` `a)`.
pub fn marker(line: &str) -> Option<usize> {
    let letters = line.bytes().take_while(u8::is_ascii_digit).count();
    let (end, marks): (usize, &[char]) = match letters {
        0 if line.starts_with(|c: char| c.is_ascii_lowercase()) => (1, &['）', ')']),
        1 | 2 => (letters, &['，', '、', '）', ')']),
        _ => return None,
    };
    let mark = line[end..].chars().next().filter(|c| marks.contains(c))?;
    let end = end + mark.len_utf8();
    Some(end + line[end..].len() - line[end..].trim_start_matches(' ').len())
}

/// Cuts addresses and cross-references out as runs that know where they lead.
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

/// The address around a colon. Chinese characters and punctuation end it, so does what can
/// only belong to the sentence: a full stop at its end, a bracket that it does not open.
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
    let has_host = body[..length].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[');
    has_host.then(|| (start..end, Link::Url(text[start..end].to_owned())))
}

/// `[5036]`: four digits in brackets.
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
    fn addresses_end_where_the_sentence_goes_on() {
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
        for (line, wanted) in [("3，a", 4), ("12、a", 5), ("2） a", 5), ("a) b", 3), ("a）b", 4)] {
            assert_eq!(marker(line), Some(wanted), "{line}");
        }
        for line in ["123，a", "ab) c", "a，b", "A) b", "", "1. a", "，"] {
            assert_eq!(marker(line), None, "{line}");
        }
    }
}
