//! Recognises what may stand beside a title: years, brackets, journals, its second half.

/// Whether a text is a year: `2031`.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20")) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The first year in a text.
pub(super) fn year_in(text: &str) -> Option<u32> {
    text.split(|c: char| !c.is_ascii_digit()).find(|digits| is_year(digits)).and_then(|year| year.parse().ok())
}

/// The first year that stands alone in brackets: `Gnu and Owl (2031)`.
pub(super) fn year_in_brackets(text: &str) -> Option<u32> {
    let inside = text.split('(').skip(1).filter_map(|rest| rest.split_once(')'));
    inside.map(|(inside, _)| inside).find(|inside| is_year(inside)).and_then(|year| year.parse().ok())
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

/// Whether a text is a numbered meeting: `11th Emu Workshop`.
pub(super) fn names_meeting(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let last = words.next_back();
    let is_numbered = text.starts_with(|c: char| c.is_ascii_digit());
    is_numbered
        && last.is_some_and(|last| matches!(last, "Workshop" | "Conference" | "Symposium"))
        && (1..6).contains(&words.clone().count())
        && words.all(|word| word.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()) || word.len() < 4)
}

/// Whether a text begins with the name of a journal or of proceedings: `Journal of Birds`, `J. Bird Sci.`, `Phil. Trans.`
pub(super) fn begins_publication(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "Journal ",
        "J. ",
        "Int. J",
        "International Journal",
        "Transactions ",
        "Trans. ",
        "Phil. Trans",
        "Proceedings ",
        "Proc. ",
        "In Proc",
        "IEEE Trans",
        "IEEE J",
        "ACM Trans",
        "ACM Comput",
        "Annals of ",
    ];
    STARTS.iter().any(|start| text.starts_with(start))
}

/// The length of the text after a link that belongs to the title in it: `[Emus](…) and Owls at Work (EOW)`. The text must
/// be all of the line, in title case.
pub(super) fn second_half(next: &str) -> Option<usize> {
    let rest = [" and ", " for ", " of "].iter().find_map(|word| next.strip_prefix(word))?;
    let rest = rest.split(" (").next().unwrap_or_default().trim_end();
    let end = next.find(rest)? + rest.len();
    let behind = next[end..].trim();
    let is_end = behind.is_empty() || behind.starts_with('(') && behind.ends_with(')');
    let is_of_title = |word: &str| word.len() <= 3 || word.starts_with(|c: char| c.is_ascii_uppercase());
    let are_words = rest.split_whitespace().nth(1).is_some() && rest.split_whitespace().all(is_of_title);
    let is_plain = rest.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'-'));
    (is_end && are_words && is_plain).then_some(end)
}

/// Whether a text has several words.
pub(super) fn has_words(text: &str) -> bool {
    text.split_whitespace().nth(1).is_some()
}
