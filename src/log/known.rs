//! Has this been read already? Entries whose titles match the text of an item closely.

use memchr::memmem;

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
    let is_long = |part: &str| part.chars().count() >= SHORTEST_PART;
    let in_titles = is_long(&wanted).then(|| memmem::Finder::new(&wanted));
    let (in_wanted, in_text) = (Whole::new(&wanted), Whole::new(text));
    let mut by_title = Vec::new();
    let mut by_name = Vec::new();
    for (index, entry) in log.entries.iter().enumerate().filter(|(_, entry)| entry.kind != EntryKind::Note) {
        let title = entry.normalised_title();
        let is_meant = if title.len() > wanted.len() {
            in_titles.as_ref().is_some_and(|wanted| stands_in(&title, wanted))
        } else {
            *title == wanted || is_long(&title) && in_wanted.holds(&title)
        };
        if is_meant {
            by_title.push(index);
        } else if entry.short_name.as_deref().is_some_and(|name| name.len() >= SHORTEST_NAME && in_text.holds(name)) {
            by_name.push(index);
        }
    }
    by_title.extend(by_name);
    by_title
}

/// Whether a part stands somewhere in a text, and no letter or digit touches it.
fn stands_in(whole: &str, part: &memmem::Finder) -> bool {
    let length = part.needle().len();
    part.find_iter(whole.as_bytes()).any(|at| stands_alone(whole, at..at + length))
}

/// A text in which many parts are looked for. Most are none of it by their first two bytes.
struct Whole<'a> {
    text: &'a str,
    /// For each pair of bytes whether they stand beside one another.
    pairs: Vec<bool>,
}

impl<'a> Whole<'a> {
    fn new(text: &'a str) -> Self {
        let mut pairs = vec![false; 1 << 16];
        text.as_bytes().windows(2).for_each(|pair| pairs[pair_at(pair)] = true);
        Self { text, pairs }
    }

    /// Whether a part of two bytes or more stands in it.
    fn holds(&self, part: &str) -> bool {
        part.as_bytes().get(..2).is_some_and(|start| self.pairs[pair_at(start)])
            && stands_in(self.text, &memmem::Finder::new(part))
    }
}

/// The number of a pair of bytes.
fn pair_at(pair: &[u8]) -> usize {
    usize::from(u16::from_le_bytes([pair[0], pair[1]]))
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
