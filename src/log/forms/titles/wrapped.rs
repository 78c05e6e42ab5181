//! Titles that are wrapped over several lines of text.

use crate::log::forms::title::is_broken_off;

/// Words within a title, but not within the names of people and places.
const JOINS: &[&str] = &["in", "for", "with", "on", "via", "from", "to", "using", "under", "through"];
/// The most words of a title.
const WORDS: usize = 30;
/// A line this long, in bytes, may have been wrapped.
const LONG: usize = 40;

/// (title, length of its lines in bytes) of a paragraph that begins with a wrapped title; `None` if the first line is
/// all of it.
pub(super) fn join(text: &str) -> Option<(String, usize)> {
    let mut lines = text.split_inclusive('\n').take_while(|line| !line.trim().is_empty());
    let first = lines.next()?;
    let (mut title, mut length, mut last) = (first.trim().to_owned(), first.len(), first.trim());
    for line in lines.map_while(|line| Some(line).filter(|line| goes_on(last, line.trim()))) {
        last = line.trim();
        title.push(' ');
        title.push_str(last);
        length += line.len();
    }
    let is_title = title.split_whitespace().count() <= WORDS && !ends_sentence(last);
    (is_title && length > first.len()).then_some((title, length))
}

/// Whether a line continues the title that `before` is a line of, rather than naming its authors or saying something
/// about it.
fn goes_on(before: &str, line: &str) -> bool {
    let is_text = line.starts_with(|c: char| c.is_alphanumeric() || "(\"“'‘".contains(c)) && !line.contains("://");
    if !is_text || ends_sentence(before) {
        return false;
    }
    // `published at ICLR 2031` and `has code, was read twice` say something about the title.
    let is_rest = line.starts_with(char::is_lowercase) && !line.contains(|c: char| c == ',' || c.is_ascii_digit());
    is_broken_off(before)
        || before.len() >= LONG && (is_rest || line.split_whitespace().any(|word| JOINS.contains(&word)))
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '。', '！', ';', '；'])
}
