//! Has this been read already? Entries whose titles match the text of an item closely.

use super::dialect::stands_alone;
use super::{EntryKind, Log, normalise};

/// Shortest text, in characters, of which a part of a title is taken for the title.
const SHORTEST_PART: usize = 8;

/// Shortest short name, in bytes, that is looked for: a single letter would be noise.
const SHORTEST_NAME: usize = 2;

/// The papers that a text may be about, as indices into [`Log::entries`], best first: those
/// whose whole title it holds or that hold it, then those whose short name it holds.
///
/// Titles are compared normalised, short names in exact case; both only where no letter or
/// digit touches them.
pub fn already_read(log: &Log, text: &str) -> Vec<usize> {
    let wanted = normalise(text);
    let holds = |whole: &str, part: &str| {
        whole.match_indices(part).any(|(at, _)| !part.is_empty() && stands_alone(whole, at..at + part.len()))
    };
    let mut by_title = Vec::new();
    let mut by_name = Vec::new();
    for (index, entry) in log.entries.iter().enumerate().filter(|(_, entry)| entry.kind != EntryKind::Note) {
        let title = normalise(&entry.title);
        let is_long = |part: &str| part.chars().count() >= SHORTEST_PART;
        if title == wanted || is_long(&title) && holds(&wanted, &title) || is_long(&wanted) && holds(&title, &wanted) {
            by_title.push(index);
        } else if entry.short_name.as_deref().is_some_and(|name| name.len() >= SHORTEST_NAME && holds(text, name)) {
            by_name.push(index);
        }
    }
    by_title.extend(by_name);
    by_title
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Source, parse};

    #[test]
    fn titles_and_short_names() {
        let text = "## 2031.5.17\n《CLIP: Learning from Text》\nx\n《AI: A Survey of Minds》\nx\n《Emu》\nx\n";
        let log = parse::parse([Source { name: String::new(), text: text.into() }]);
        let check = |text: &str, wanted: &[usize]| assert_eq!(already_read(&log, text), wanted, "{text}");
        check("读 clip: learning  from text 一遍", &[0]);
        check("CLIP 得分", &[0]);
        check("BLIP and CLIPPER", &[]);
        check("a survey of minds", &[1]);
        check("emu", &[2]);
        check("emus and MAIL", &[]);
        check("CLIP, and AI: A Survey of Minds", &[1, 0]);
        check("", &[]);
    }
}
