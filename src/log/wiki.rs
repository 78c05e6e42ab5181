//! Wiki links: `[[note]]`, `[[note|text]]`, `![[note]]`.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr_iter;

/// The bytes of the wiki link whose first bracket is at byte `at`, with the `!` of an embed.
pub fn wiki(source: &str, at: usize) -> Option<Range<usize>> {
    let inside = source[at..].strip_prefix("[[")?;
    let length = inside.bytes().take(200).position(|byte| matches!(byte, b']' | b'[' | b'\n'))?;
    let (name, behind) = inside.split_at(length);
    // `[[1]]` is a number in brackets; `[[pdf]](…)` and `[[pdf](…)]` are ordinary links.
    let is_name = name.chars().any(char::is_alphabetic);
    let rest = behind.strip_prefix("]]").filter(|rest| is_name && !rest.starts_with(['(', '[']))?;
    let start = at - usize::from(source[..at].ends_with('!'));
    Some(start..source.len() - rest.len())
}

/// The target of a wiki link: the note, with `#heading` if written.
pub fn wiki_name(link: &str) -> &str {
    let inside = link.trim_start_matches('!').trim_start_matches('[').trim_end_matches(']');
    inside.split('|').next().unwrap_or_default().trim_end_matches('\\').trim()
}

/// The visible text of a wiki link.
pub fn wiki_text(link: &str) -> &str {
    let inside = link.trim_start_matches('!').trim_start_matches('[').trim_end_matches(']');
    inside.split_once('|').map_or(inside, |(_, shown)| shown).trim_end_matches('\\').trim()
}

/// A text with its wiki links replaced by their visible text.
pub fn without_wiki(text: &str) -> Cow<'_, str> {
    if !text.contains("[[") {
        return Cow::Borrowed(text);
    }
    let (mut out, mut end) = (String::with_capacity(text.len()), 0);
    for at in memchr_iter(b'[', text.as_bytes()) {
        if let Some(span) = wiki(text, at).filter(|_| at >= end) {
            out.push_str(&text[end..span.start.max(end)]);
            out.push_str(wiki_text(&text[span.clone()]));
            end = span.end;
        }
    }
    out.push_str(&text[end..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_shown_as_their_text() {
        for (text, wanted) in [
            ("read [[Emus]] and [[Gnus#Rest|the gnus]] ![[fig.png]]", "read Emus and the gnus fig.png"),
            ("[[1]] [[pdf]](x) [[open", "[[1]] [[pdf]](x) [[open"),
            ("none", "none"),
        ] {
            assert_eq!(without_wiki(text), wanted);
        }
    }
}
