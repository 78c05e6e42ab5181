//! Decides the roles of files in a folder by comparing siblings.
//!
//! A short file alone says little about its role. If its siblings start alike, share its headings and are named in the
//! same way, it is read like them.

mod alone;
mod folders;
mod index;
mod listed;
mod lists;
mod opening;
mod pages;
mod places;
mod shared;
mod traits;

use std::collections::HashSet;

pub use self::alone::alone;
use self::folders::FolderStats;
pub use self::index::FileIndex;
pub use self::listed::{is_better_title, is_headed, is_named, links_to_paper, may_be_note};
use self::places::places;
use self::shared::SharedHeadings;
use self::traits::{FRONT_PAGE, LIST, Traits, is_front_page};
use super::choice::{Choice, FoundTitle};
use super::dates::Dates;
use super::titles::TitleForm;
use super::titles::whole::ScannedFile;
use crate::log::file::Role;

/// The minimum score of a file about one paper.
const TAKEN: f32 = 0.5;
/// Penalty if the siblings' front matter marks them as about papers, but this file's does not.
const UNMARKED: f32 = -2.0;
/// Bonus if the siblings have a title in their front matter, and this file has one too.
const ALIKE: f32 = 1.0;
/// Penalty for a file in a folder of at least [`SEVERAL`] files, of which fewer than one in [`MENTIONED`] mentions papers.
/// Fewer files do not tell: their authors may just not have named what they are about.
const ELSE: f32 = -3.0;
const SEVERAL: usize = 5;
const MENTIONED: usize = 5;
/// The prior from siblings that outweighs how a file is read alone.
const STRONG: f32 = 1.8;
/// If other files certainly contain papers, a file without dates counts as a log only if its titles have this score.
const CERTAIN: f32 = 2.0;
/// The same for a front page whose titles have no links: it may give advice on reading.
const CERTAIN_IN_FRONT: f32 = 3.5;

/// A file with its dates and titles.
pub struct Member<'a> {
    /// Its text and structure.
    pub page: ScannedFile<'a>,
    /// Its dates.
    pub dates: &'a Dates,
    /// The forms of its titles.
    pub choice: &'a Choice,
    /// Its titles in these forms.
    pub titles: &'a [FoundTitle],
}

impl<'a> Member<'a> {
    /// The text that is parsed as Markdown.
    fn body(&self) -> &'a str {
        &self.page.text[self.page.front.length..]
    }

    /// The score of its best form of titles.
    fn score(&self) -> f32 {
        self.choice.forms.first().map_or(0.0, |scored| scored.score)
    }

    fn is_dated(&self) -> bool {
        self.dates.own.is_some() || !self.dates.marks.is_empty()
    }
}

/// The roles of the files in a folder, and an index of their names for links.
pub fn roles(members: &[Member]) -> (Vec<Role>, FileIndex) {
    let shared = SharedHeadings::of(members);
    let mut all: Vec<Traits> = members.iter().map(|member| Traits::of(member, &shared)).collect();
    let index = tell_indexes(members, &mut all);
    let mut folders = FolderStats::of(members, &all);
    let is_list_of = |(member, traits): (&Member<'_>, &Traits)| traits.is_list.then(|| lists::head(member))?;
    let heads: HashSet<String> = members.iter().zip(&all).filter_map(is_list_of).collect();
    for (member, traits) in members.iter().zip(&mut all) {
        let group = folders.near(member.page.name);
        // A list of a single paper is only known by its siblings: most are lists, or one has a table with the same head.
        let has_same_head = || lists::head(member).is_some_and(|head| heads.contains(&head));
        if traits.is_single && (group.lists > 1 && group.lists * 2 >= group.all || has_same_head()) {
            traits.signs += LIST;
        }
        if group.marked > 1 && group.marked * 5 >= group.all && !traits.is_marked {
            traits.signs += UNMARKED;
        }
        if group.titled * 2 >= group.all && member.page.front.paper_title().is_some() {
            traits.signs += ALIKE;
        }
    }
    let is_about_else = is_about_else(members, &all);
    if is_about_else {
        all.iter_mut().filter(|traits| !traits.is_told).for_each(|traits| traits.signs += ELSE);
    }
    let places = places(&all);
    let evidence: Vec<f32> = all.iter().map(|traits| traits.evidence(&places)).collect();
    for ((member, traits), evidence) in members.iter().zip(&all).zip(&evidence) {
        if traits.is_free() && !traits.is_front_page && *evidence >= TAKEN {
            folders.add_paper(member.page.name);
        }
    }
    let dated = members.iter().filter(|member| member.dates.own.is_some()).count();
    let is_dated_by_name = dated * 2 >= members.len();
    let role = |(member, (traits, evidence)): (&Member, (&Traits, f32))| {
        let name = member.page.name;
        if !traits.is_free() {
            return Role::Other;
        }
        let prior = folders.prior(name);
        let prior = if traits.is_front_page && !folders.is_alone(name) { prior.min(0.0) } else { prior };
        let score = evidence + prior;
        if score < TAKEN || prior < STRONG && lists_papers(member) {
            return Role::Log;
        }
        let title = traits.title(&places);
        Role::Paper { title, named: None, topic: folders.topic(name), is_dated_by_name, listed: None, score }
    };
    let mut roles: Vec<Role> = members.iter().zip(all.iter().zip(evidence)).map(role).collect();
    pass_over_guesses(members, &all, is_about_else, &mut roles);
    (roles, index)
}

/// Whether hardly any file of a folder mentions papers: notes on a course, exercises, a manual.
fn is_about_else(members: &[Member], all: &[Traits]) -> bool {
    let files = || members.iter().zip(all).filter(|(_, traits)| traits.is_free());
    let count = files().count();
    let enough = count.div_ceil(MENTIONED);
    // In a folder of papers, the first files tell.
    let tells = |(member, traits): &(&Member, &Traits)| traits.has_titles_on_top || alone::mentions_papers(member);
    let mentioned = files().filter(tells).take(enough).count();
    count >= SEVERAL && mentioned < enough
}

/// Whether a file, read alone, certainly lists several papers, by links or labels.
fn lists_papers(member: &Member) -> bool {
    let own = lists::own(member);
    let is_labelled = || own.first().is_some_and(|found| found.form == TitleForm::Labels);
    let is_list = || lists::lists_links(member, &own) || is_labelled();
    own.len() > 1 && member.score() >= CERTAIN && is_list() && alone(member) == Role::Log
}

/// Marks the pages that only link to other files, and the pages of a website among its posts.
fn tell_indexes(members: &[Member], all: &mut [Traits]) -> FileIndex {
    let mut index = FileIndex::of(members, all);
    let mut repeated = Vec::new();
    for (at, (member, traits)) in members.iter().zip(&mut *all).enumerate() {
        let mut inside = index.repeated_titles(at, members);
        let is_index = index.links_to_files(at, member) || !inside.is_empty();
        repeated.append(&mut inside);
        traits.is_other |= is_index;
        index.indexes.extend(is_index.then_some(at));
    }
    index.add_titles(repeated);
    if members.iter().filter(|member| member.page.front.is_page).count() * 2 < members.len() {
        for (member, traits) in members.iter().zip(&mut *all) {
            traits.is_other |= member.page.front.is_page;
        }
    }
    let pages: Vec<usize> = (0..members.len()).filter(|&at| is_front_page(&members[at])).collect();
    let count = pages.len();
    if count * 2 >= members.len() {
        return index;
    }
    // If most front pages are indexes, count all as indexes: some are too short to tell.
    let indexes = pages.iter().filter(|&&at| all[at].is_other).count();
    for at in pages {
        all[at].signs += FRONT_PAGE;
        all[at].is_front_page = true;
        all[at].is_other |= indexes > 1 && indexes * 2 >= count;
    }
    index
}

/// If some files certainly contain papers, or the folder is about something else, marks those that only might as
/// [`Role::Other`].
fn pass_over_guesses(members: &[Member], all: &[Traits], is_about_else: bool, roles: &mut [Role]) {
    let guesses: Vec<bool> = members.iter().zip(all).map(|(member, traits)| is_guess(member, traits)).collect();
    let is_certain = |(at, role): (usize, &Role)| match role {
        Role::Paper { .. } => true,
        Role::Log => !members[at].choice.forms.is_empty() && !guesses[at],
        Role::Other => false,
    };
    let certain: Vec<usize> = (0..roles.len()).filter(|&at| is_certain((at, &roles[at]))).collect();
    if !is_about_else && certain.is_empty() {
        return;
    }
    // Headings that are titles in a sibling are probably titles here, too.
    let heading = |at: usize| {
        members[at].choice.forms.first().map(|it| it.form).filter(|form| matches!(form, TitleForm::Headings(_)))
    };
    let usual: Vec<TitleForm> =
        certain.iter().filter(|&&at| roles[at] == Role::Log).filter_map(|&at| heading(at)).collect();
    for at in 0..roles.len() {
        let is_usual = !is_about_else && heading(at).is_some_and(|form| usual.contains(&form));
        if roles[at] == Role::Log && guesses[at] && !is_usual {
            roles[at] = Role::Other;
        }
    }
}

/// Whether a file without dates has no titles that are certainly some.
fn is_guess(member: &Member, traits: &Traits) -> bool {
    let is_linked = |found: &&FoundTitle| {
        let lines = member.body().get(found.candidate.span()).unwrap_or_default();
        lines.contains("](") || lines.contains("http")
    };
    let is_bare = traits.is_front_page && !lists::own(member).iter().any(is_linked);
    let least = if is_bare { CERTAIN_IN_FRONT } else { CERTAIN };
    !member.is_dated() && member.score() < least && (!traits.has_titles_on_top || member.choice.forms.is_empty())
}

/// The folders that a path is in, nearest first, each as a full path.
fn folders_of(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

/// The folder that a path is in.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A file's name without folders and extension.
fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or_default();
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Simplifies a name so that links, paths and titles can be compared.
fn plain(name: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
    decoded.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A part as a fraction of the whole.
fn share(part: usize, all: usize) -> f32 {
    let float = |number: usize| u16::try_from(number).map_or(f32::from(u16::MAX), f32::from);
    float(part) / float(all.max(1))
}
