//! Recognises what may stand beside a title: years, brackets, journals.

/// Whether a text is a year: `2031`.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20")) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The first year in a text.
pub(super) fn year_in(text: &str) -> Option<u32> {
    text.split(|c: char| !c.is_ascii_digit()).find(|digits| is_year(digits)).and_then(|year| year.parse().ok())
}

/// (text before, text inside) of brackets at the end of a text.
pub(super) fn bracketed(text: &str) -> Option<(&str, &str)> {
    let close = text.chars().next_back()?;
    let open = match close {
        ')' => '(',
        '）' => '（',
        ']' => '[',
        _ => return None,
    };
    let at = text.rfind(open)?;
    Some((&text[..at], text[at + open.len_utf8()..text.len() - close.len_utf8()].trim()))
}

/// Whether a text is a journal or proceedings with a year: `Journal of Birds 2031`.
pub(super) fn is_publication(text: &str) -> bool {
    const WORDS: &[&str] =
        &["Journal", "Transactions", "Proceedings", "Conference", "Workshop", "Symposium", "Letters"];
    let is_one = |word: &str| WORDS.contains(&word.trim_matches(','));
    text.split_whitespace().next_back().is_some_and(is_year) && text.split_whitespace().any(is_one)
}

/// Whether a text has several words.
pub(super) fn has_words(text: &str) -> bool {
    text.split_whitespace().nth(1).is_some()
}
