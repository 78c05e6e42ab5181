//! Decides whether a file without siblings is about one paper.
//!
//! The weights are log-odds, on the same scale as the weights for files in a folder.

use super::shared::SharedHeadings;
use super::traits::{Traits, is_cited};
use super::{Member, lists, plain, stem};
use crate::log::file::{Role, TitleFrom};
use crate::log::forms::choice::FoundTitle;
use crate::log::forms::title;
use crate::log::forms::titles::TitleForm;
use crate::log::forms::words;
use crate::text::prefix;

/// The minimum score of a file about one paper.
const TAKEN: f32 = 2.5;
/// Bonus for a title in the front matter, and for one in a heading above all others.
const IN_FRONT: f32 = 2.5;
const ABOVE_ALL: f32 = 1.5;
/// Bonus for naming papers or venues.
const SPEAKS: f32 = 1.0;
/// Bonus for a file named like its first heading, which must have at least [`LETTERS`] letters.
const NAMED_ALIKE: f32 = 2.0;
const LETTERS: usize = 12;
/// Bonus for naming the authors directly below the title: it outweighs the parts of a summary that look like titles.
const AUTHORS: f32 = 4.5;
/// (number of signs, penalty): documentation of a program links to its parts, or shows source code.
const CODE: (usize, f32) = (2, -2.0);
/// The lowest likeness of a title in the front matter or a heading, and of one from the file name.
const LEAST_LIKE: f32 = -0.5;
const LEAST_LIKE_NAME: f32 = 1.5;
/// By how much the score as one paper must exceed that of the titles found in its lists or headings.
const MORE: f32 = 0.5;
/// Notes on one paper are at most this long, in bytes.
const LONGEST_NOTE: usize = 256 << 10;
/// How many lines below the title may name the authors.
const NEAR: usize = 8;
/// How many headings that are parts of a summary make notes on a paper.
const PARTS: usize = 2;
/// A file with this many titles is a list if the last words of its name, so many, say so.
const SEVERAL: usize = 3;
const LAST: usize = 2;
/// How much of a file is searched for words about papers, in bytes.
const CONTEXT: usize = 64_000;
/// Labels of authors.
const LABELS: &[&str] = &["author", "authors", "作者", "著者", "저자"];
/// Signs of source code that notes on papers lack.
const SIGNS: &[&str] = &["[`", "crate::", "```rust", "```sh", "```toml", "](crate", "docs.rs/", "```console", "npm "];

/// The role of a file without siblings.
pub fn alone(member: &Member) -> Role {
    let forms = &member.choice.forms;
    let is_list = member.dates.marks.len() > 1 || member.choice.is_corrected || member.page.text.len() > LONGEST_NOTE;
    let own = lists::own(member);
    let is_manual = words::is_documentation(&stem(member.page.name).replace(['_', '-'], " "));
    if is_list || is_manual || is_decided(member, &own) || lists::lists_links(member, &own) {
        return Role::Log;
    }
    let traits = Traits::of(member, &SharedHeadings::default());
    let Some((title, likeness, place)) = title_alone(member, &traits) else { return Role::Log };
    let speaks = speaks_of_papers(member.body());
    let seen = [
        (speaks, SPEAKS),
        (title == TitleFrom::Heading && speaks && is_named_alike(member), NAMED_ALIKE),
        (names_authors(member), AUTHORS),
        (shows_code(member.body()), CODE.1),
    ];
    let seen = seen.iter().filter(|(is_so, _)| *is_so).map(|(_, weight)| weight).sum::<f32>();
    let score = traits.signs + likeness + place + seen;
    let least = if forms.is_empty() || own.is_empty() { TAKEN } else { (member.score() + MORE).max(TAKEN) };
    match score >= least {
        true => Role::Paper { title, named: None, topic: String::new(), is_dated_by_name: true, listed: None, score },
        false => Role::Log,
    }
}

/// Whether the only title found is in `《》` or is the first heading: read as a log, the file is one paper too.
fn is_decided(member: &Member, own: &[&FoundTitle]) -> bool {
    let [only] = own else { return false };
    if matches!(only.form, TitleForm::Marks | TitleForm::InText) {
        return true;
    }
    member.page.outline.headings.first().is_some_and(|first| first.span().start == only.candidate.span().start)
}

/// (place of the title that the file would have, its likeness, bonus for its place).
fn title_alone(member: &Member, traits: &Traits) -> Option<(TitleFrom, f32, f32)> {
    let headings = &member.page.outline.headings;
    let is_above_all = headings.split_first().is_some_and(|(first, rest)| rest.iter().all(|it| it.level > first.level));
    let is_list = is_named_like_list(member);
    traits.titles.iter().filter(|(from, _)| !(is_list && *from == TitleFrom::Name)).find_map(|&(from, likeness)| {
        let (place, least) = match from {
            TitleFrom::Front => (IN_FRONT, LEAST_LIKE),
            TitleFrom::Heading => (if is_above_all { ABOVE_ALL } else { 0.0 }, LEAST_LIKE),
            TitleFrom::Name => (0.0, LEAST_LIKE_NAME),
            TitleFrom::Line | TitleFrom::Index => return None,
        };
        (likeness >= least).then_some((from, likeness, place))
    })
}

/// Whether a file with several titles is named like a list of them: `anna-paper-reading.md`.
fn is_named_like_list(member: &Member) -> bool {
    let name = stem(member.page.name);
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let last = words.len().checked_sub(LAST).map(|at| words[at..].join(" "));
    lists::own(member).len() >= SEVERAL && last.is_some_and(|last| words::is_name_of_list(&last))
}

/// Whether a file mentions papers, venues or archives, its path does, or it has the name, front matter or headings of
/// notes on a paper.
pub(super) fn mentions_papers(member: &Member) -> bool {
    let parts = member.page.outline.headings.iter().filter(|heading| words::is_part(heading.text.trim()));
    if parts.take(PARTS).count() == PARTS
        || member.page.front.paper_title().is_some()
        || is_cited(stem(member.page.name))
    {
        return true;
    }
    let text = prefix(member.body(), CONTEXT);
    let evidence = words::topic_evidence(text);
    evidence.links > 0
        || evidence.about_papers_firmly > 0
        || words::speaks_of_papers(member.page.name)
        || names_venue(text)
}

fn speaks_of_papers(text: &str) -> bool {
    words::topic_evidence(text).about_papers_firmly > 0 || names_venue(text)
}

/// Whether a venue is named with its year. Without one, `Cell` and `FAST` are also names in programs.
fn names_venue(text: &str) -> bool {
    let mut words = text.split(|c: char| !(c.is_alphanumeric() || "'’".contains(c))).filter(|word| !word.is_empty());
    let is_year = |word: &str| word.trim_start_matches(['\'', '’']).starts_with(|c: char| c.is_ascii_digit());
    let mut last = "";
    words.any(|word| {
        let venue = std::mem::replace(&mut last, word);
        is_year(word) && words::venue(venue).is_some() || word.ends_with(|c: char| c.is_ascii_digit()) && is_venue(word)
    })
}

/// Whether a word is a venue with its year: `NeurIPS31`.
fn is_venue(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && words::venue(word).is_some()
}

/// Whether the file is named like its first heading: `Emus at Work.md` over `# Emus at Work`.
fn is_named_alike(member: &Member) -> bool {
    let name = plain(stem(member.page.name));
    let heading = member.page.outline.headings.first();
    let title = heading.map(|heading| plain(&title::read(&heading.text).title)).unwrap_or_default();
    title.chars().count() >= LETTERS && name.ends_with(&title)
}

/// Whether one of the first lines, above the second heading, has a label for the authors.
fn names_authors(member: &Member) -> bool {
    let end = member.page.outline.headings.get(1).map_or(member.body().len(), |second| second.span().start);
    let lines = member.body()[..end].lines().filter(|line| !line.trim().is_empty()).take(NEAR);
    lines.filter_map(|line| line.split_once([':', '：'])).any(|(label, _)| {
        let label = label.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        LABELS.contains(&label.as_str())
    })
}

fn shows_code(text: &str) -> bool {
    SIGNS.iter().map(|sign| text.matches(sign).take(CODE.0).count()).sum::<usize>() >= CODE.0
}
