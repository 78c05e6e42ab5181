//! Files that an index lists as papers.

use super::traits::{is_front_page, is_url, liken, top};
use super::{CERTAIN, Member, lists, pages, plain, stem};
use crate::log::file::TitleFrom;
use crate::log::forms::choice::FoundTitle;
use crate::log::forms::title::{self, ParsedTitle};
use crate::log::forms::titles::{TitleForm, whole};
use crate::log::forms::{likeness, words};

/// With this many items, a file is a list.
const SEVERAL: usize = 4;
/// How much more an entry of an index must be like a title than the heading of its file to replace it.
const BETTER: f32 = 1.5;

/// Whether a file can be the notes on a paper that an index lists by this title: it does not list papers itself.
pub fn may_be_note(member: &Member, title: &str) -> bool {
    let own = lists::own(member);
    let is_text = !member.body().trim().is_empty() && !is_front_page(member);
    is_text
        && !pages::is_template(member)
        && !pages::is_document(member.page.name)
        && member.dates.marks.len() < 2
        && !lists::lists_links(member, &own)
        && (own.len() < 2 || member.score() < CERTAIN || are_points(&own) && is_headed(member, title))
}

/// Whether what could be titles are a few items: points about the paper that the file is named after.
fn are_points(own: &[&FoundTitle]) -> bool {
    own.len() < SEVERAL && own.iter().all(|found| matches!(found.form, TitleForm::Bullets | TitleForm::Numbers))
}

/// Whether the first heading of a file is this title.
pub fn is_headed(member: &Member, title: &str) -> bool {
    let first = member.page.outline.headings.first();
    first.is_some_and(|first| plain(&title::read(&first.text).title) == plain(title))
}

/// Whether a file is named after this title.
pub fn is_named(member: &Member, title: &str) -> bool {
    let title = plain(title);
    !title.is_empty() && plain(stem(member.page.name)) == title
}

/// Whether a paper's URL is near the top of a file.
pub fn links_to_paper(member: &Member) -> bool {
    is_url(top(member.body()))
}

/// Whether the title that an index gives a file is better than the file's own in one place: a name without capitals, or
/// a heading such as `Notes`.
pub fn is_better_title(member: &Member, from: TitleFrom, title: &str) -> bool {
    if words::is_link_label(title) || is_front_page(member) {
        return false;
    }
    let own = whole::find(member.page, from).map(|found| found.parsed).unwrap_or_default();
    let alone = ParsedTitle { title: title.to_owned(), ..ParsedTitle::default() };
    let (old, new) = (liken(&own, from, Some(member.page.name)), likeness::of(&alone));
    match from {
        TitleFrom::Front | TitleFrom::Index => false,
        TitleFrom::Heading | TitleFrom::Line => new > old + BETTER,
        TitleFrom::Name => new > old || plain(title).contains(&plain(&own.title)),
    }
}
