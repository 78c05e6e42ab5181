//! The title in the name of a file about one paper.

use crate::log::forms::title::is_status;

/// File names that say nothing; the folder's name is used instead.
const NAMELESS: &[&str] = &["readme", "index", "notes", "note", "summary", "paper", "main", "review", "memo", "メモ"];
/// The fewest words of a title behind topics in brackets.
const WORDS: usize = 3;

/// The title in a file's name: `2031_Owl_Emus at work.md`, `emus-at-work.md`.
pub fn name(path: &str) -> String {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = if is_nameless(stem) { parts.next().unwrap_or(stem) } else { stem };
    let stem = undated(untagged(stem));
    // Drop year and authors before the title. Right before a space, `_` stands for a colon, which not all file systems
    // allow.
    let head = stem.find("_ ").map_or(stem, |colon| &stem[..colon]);
    let stem = match head.rsplit_once('_') {
        Some((before, last)) if stem.contains(' ') && (last.contains(' ') || head.len() < stem.len()) => {
            &stem[before.len() + 1..]
        }
        _ => stem,
    };
    // A `_` between spaces is a dash.
    let spaced =
        if stem.contains(' ') { stem.replace(" _ ", " - ").replace("_ ", ": ") } else { stem.replace(['-', '_'], " ") };
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a file's name without its extension says nothing about the paper.
pub fn is_nameless(stem: &str) -> bool {
    NAMELESS.contains(&stem.to_lowercase().as_str())
}

/// The letters and digits of a text, in lower case.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Removes a date or year at the start.
fn undated(stem: &str) -> &str {
    let digits = stem.len() - stem.trim_start_matches(|c: char| c.is_ascii_digit() || "-_. ".contains(c)).len();
    let is_date = stem[..digits].bytes().filter(u8::is_ascii_digit).count() >= 4
        && stem[..digits].ends_with(['-', '_', ' ', '.']);
    if is_date && digits < stem.len() { &stem[digits..] } else { stem }
}

/// Removes states, and topics in another script, in brackets before a title: `[TODO][鸟类]Emus at Work`.
fn untagged(stem: &str) -> &str {
    let mut title = stem;
    while let Some((tag, rest)) = title.strip_prefix(['[', '【']).and_then(|text| text.split_once([']', '】'])) {
        if tag.is_ascii() && !is_status(tag) {
            break;
        }
        title = rest.trim_start();
    }
    let is_title = title.starts_with(|c: char| c.is_ascii_alphanumeric()) && title.split_whitespace().count() >= WORDS;
    if is_title { title } else { stem }
}
