//! Tells which of the first headings of a file about one paper has the title.

use super::file_name::{letters, name};
use crate::log::forms::likeness;
use crate::log::forms::title::ParsedTitle;
use crate::log::forms::words;
use crate::log::outline::Heading;

/// The fewest words of a file's name that tells the heading with the title from one with its topic.
const SEVERAL: usize = 3;
/// The most words of a label in brackets.
const LABEL: usize = 3;
/// The fewest words of a heading that a file's name may be short for, and its least likeness.
const LONG: usize = 5;
const LIKE: f32 = -0.5;

/// (heading that has the title if one does, whether what is around it proves that). `text` is what the headings are in,
/// `path` is the file's.
pub(super) fn find<'a>(path: &str, text: &str, headings: &'a [Heading]) -> Option<(&'a Heading, bool)> {
    // HackMD keeps the tags of a note in a heading above all others.
    let is_tags = |heading: &&Heading| heading.text.trim_start().to_lowercase().starts_with("tags:");
    let at = headings.iter().position(|heading| !is_tags(&heading))?;
    let first = &headings[at];
    let is_right_below =
        |next: &&Heading| text.get(first.span().end..next.span().start).is_some_and(|gap| gap.trim().is_empty());
    let next = headings.get(at + 1).filter(is_right_below).filter(|next| match next.level == first.level {
        true => is_label(first, next) || is_named_like_file(path, first, next),
        false => is_spelled_out(first, next),
    });
    Some(next.map_or((first, false), |next| (next, true)))
}

/// Whether a heading is only a state or topic in brackets above the title: `# (draft)`, `# Emus at Work`.
fn is_label(first: &Heading, next: &Heading) -> bool {
    let pairs = [('(', ')'), ('[', ']'), ('（', '）'), ('【', '】')];
    let text = first.text.trim();
    let inside = pairs.iter().find_map(|(open, close)| {
        text.strip_prefix(*open)?.strip_suffix(*close).filter(|inside| !inside.contains(*close))
    });
    inside.is_some_and(|inside| inside.split_whitespace().count() <= LABEL)
        && !next.text.starts_with(|c: char| c.is_ascii_digit())
        && !words::is_part(&next.text)
        && !words::is_documentation(&next.text)
}

/// Whether the file is named after the second heading; the first is the topic.
fn is_named_like_file(path: &str, first: &Heading, next: &Heading) -> bool {
    let name = name(path);
    let is_named = |heading: &Heading| letters(&heading.text).starts_with(&letters(&name));
    name.split_whitespace().count() >= SEVERAL && is_named(next) && !is_named(first)
}

/// Whether a deeper heading is the title that the first is short for: `## Emus`, `### Emus: Birds at Work`.
fn is_spelled_out(first: &Heading, next: &Heading) -> bool {
    let short = letters(&first.text);
    let named = next.text.split_once([':', '：']);
    next.level > first.level
        && !short.is_empty()
        && named.is_some_and(|(name, rest)| letters(name) == short && rest.split_whitespace().count() >= SEVERAL)
}

/// Whether a heading above all others is the title that a file's name of one word is short for.
pub(super) fn is_long_form(path: &str, headings: &[Heading], heading: &Heading, parsed: &ParsedTitle) -> bool {
    let is_above_all = headings.iter().filter(|other| other.level <= heading.level).count() == 1;
    is_above_all
        && headings.len() > 1
        && parsed.title.split_whitespace().count() >= LONG
        && name(path).split_whitespace().count() == 1
        && !words::speaks_of_papers(&parsed.title)
        && likeness::of(parsed) >= LIKE
}
