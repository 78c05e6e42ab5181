//! First lines that are no titles of files named after their papers: a point of the notes, the first line of a wrapped
//! title.

use super::{Member, plain};
use crate::log::file::TitleFrom;
use crate::log::forms::title::{self, ParsedTitle};
use crate::log::forms::titles::whole::are_tags;
use crate::log::forms::words;

/// The fewest words of a name that can be the title beside a link.
const WORDS: usize = 3;
/// The minimum likeness of a name that is the title.
const SURE: f32 = 1.0;

/// Whether the first line is no title, but the name of the file is. `titles` are the titles that the file might have;
/// `likeness` is that of the name.
pub(super) fn is_no_title(
    member: &Member,
    titles: &[(TitleFrom, ParsedTitle)],
    likeness: impl FnOnce(&ParsedTitle) -> f32,
) -> bool {
    let title = |wanted: TitleFrom| titles.iter().find(|(from, _)| *from == wanted).map(|(_, parsed)| parsed);
    let (Some(line), Some(name)) = (title(TitleFrom::Line), title(TitleFrom::Name)) else { return false };
    let (first, _) = lines(member);
    let is_strong = first.trim().ends_with("**") && first.contains(" **");
    let are_points = are_bullets(member) && !is_strong && !is_outline(member) && likeness(name) >= SURE;
    let is_begun = || title::is_broken_off(first.trim()) && plain(&name.title).starts_with(&plain(&line.title));
    let is_named_after = || is_link_elsewhere(first.trim(), &line.title, &name.title);
    are_points || is_begun() || is_named_after()
}

/// The first two lines, without tags above them.
fn lines<'a>(member: &Member<'a>) -> (&'a str, &'a str) {
    let lines = member.body().lines().filter(|line| !line.trim().is_empty());
    let mut lines = lines.skip_while(|line| are_tags(line));
    (lines.next().unwrap_or_default(), lines.next().unwrap_or_default())
}

fn are_bullets(member: &Member) -> bool {
    let (first, second) = lines(member);
    is_bullet(first.trim()) && is_bullet(second.trim())
}

/// Whether a file is an outline with its title on top: all else is below the first item.
pub(super) fn is_outline(member: &Member) -> bool {
    let (first, second) = lines(member);
    let indentation = |line: &str| line.len() - line.trim_start().len();
    are_bullets(member) && indentation(second) > indentation(first)
}

/// Whether a line is nothing but a link to another page than the paper's, or its title is that of the file after a
/// number: `[[2031.01234] Emus at Work](…)`.
fn is_link_elsewhere(line: &str, title: &str, name: &str) -> bool {
    let target = line.strip_prefix('[').and_then(|line| line.strip_suffix(')')).and_then(|line| line.rsplit_once("]("));
    let Some((_, target)) = target.filter(|_| name.split_whitespace().count() >= WORDS) else { return false };
    !words::is_paper_url(target) && !plain(title).contains(&plain(name))
        || title.starts_with('[') && plain(title).ends_with(&plain(name))
}

fn is_bullet(line: &str) -> bool {
    line.strip_prefix(['-', '*', '+']).is_some_and(|rest| rest.starts_with(' '))
}
