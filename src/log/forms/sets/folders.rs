//! Statistics on the folders that files are in.

use std::collections::HashMap;

use super::traits::Traits;
use super::{Member, folders_of, pages, share, stem};
use crate::log::forms::titles::whole;

/// Fewer files than this say nothing about their siblings.
const GROUP: usize = 4;
/// The same for files of one name, each in its own folder: `emus/notes.md`, `owls/notes.md`.
const SAME_NAME: usize = 3;
/// Bonus for such a file if most others are about one paper.
const ALIKE: f32 = 1.0;
/// Penalty for a file in a folder of documentation, if there are papers outside and it has few siblings.
const DOCS: f32 = -2.0;
/// (minimum share of papers among a file's siblings, prior for the file).
const SIBLINGS: &[(f32, f32)] = &[(0.7, 3.2), (0.55, 1.8), (0.25, 0.0), (0.0, -1.5)];

/// Statistics on some files, such as those in a folder.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct FileStats {
    /// All files.
    files: usize,
    /// All files except indexes, templates and front pages.
    pub all: usize,
    /// Files whose front matter marks them as about papers.
    pub marked: usize,
    /// Files with a title in their front matter.
    pub titled: usize,
    /// Files that list several papers.
    pub lists: usize,
    papers: usize,
    /// The smallest depth of a paper, in folders.
    highest: Option<usize>,
}

impl FileStats {
    /// The prior for each of the files, if there are enough.
    fn prior(self, enough: usize) -> f32 {
        if self.all < enough {
            return 0.0;
        }
        let share = share(self.papers, self.all);
        SIBLINGS.iter().find(|(least, _)| share >= *least).map_or(0.0, |(_, prior)| *prior)
    }
}

/// Statistics on all folders.
pub(super) struct FolderStats<'a> {
    /// For each folder, the files in it and in its subfolders.
    below: HashMap<&'a str, FileStats>,
    /// For each folder, the files directly in it.
    inside: HashMap<&'a str, FileStats>,
    /// For each folder and name, the files of that name in its subfolders, if they are alone there.
    namesakes: HashMap<(&'a str, &'a str), FileStats>,
}

impl<'a> FolderStats<'a> {
    pub fn of(members: &[Member<'a>], all: &[Traits]) -> Self {
        let mut folders = Self { below: HashMap::new(), inside: HashMap::new(), namesakes: HashMap::new() };
        for (member, traits) in members.iter().zip(all) {
            let counts = !traits.is_other && !traits.is_front_page;
            folders.count(member.page.name, |stats| {
                stats.files += 1;
                stats.all += usize::from(counts);
                stats.titled += usize::from(member.page.front.paper_title().is_some() && counts);
                stats.marked += usize::from(traits.is_marked && counts);
                stats.lists += usize::from(traits.is_list && counts);
            });
        }
        for (member, traits) in members.iter().zip(all).filter(|(_, traits)| traits.is_free()) {
            if let Some(set) = folders.set_of(member.page.name) {
                let stats = folders.namesakes.entry(set).or_default();
                stats.all += 1;
                stats.lists += usize::from(traits.is_list);
            }
        }
        folders
    }

    /// Records that a file is about one paper, judging by its own evidence.
    pub fn add_paper(&mut self, path: &'a str) {
        let depth = folders_of(path).count();
        let add = |stats: &mut FileStats| {
            stats.papers += 1;
            stats.highest = Some(stats.highest.map_or(depth, |highest| highest.min(depth)));
        };
        self.count(path, add);
        let set = self.set_of(path);
        set.and_then(|set| self.namesakes.get_mut(&set)).into_iter().for_each(add);
    }

    fn count(&mut self, path: &'a str, mut count: impl FnMut(&mut FileStats)) {
        for folder in folders_of(path) {
            count(self.below.entry(folder).or_default());
        }
        folders_of(path).next().into_iter().for_each(|folder| count(self.inside.entry(folder).or_default()));
    }

    /// (folder, name) of the files like `notes.md` that are alone in neighbouring folders.
    fn set_of(&self, path: &'a str) -> Option<(&'a str, &'a str)> {
        let mut folders = folders_of(path);
        let (own, parent) = (folders.next()?, folders.next()?);
        let is_one = self.below.get(own).is_some_and(|stats| stats.files == 1);
        (is_one && whole::is_nameless(stem(path))).then(|| (parent, stem(path)))
    }

    /// Whether a file is the only one in its folder.
    pub fn is_alone(&self, path: &str) -> bool {
        let own = folders_of(path).next().and_then(|folder| self.below.get(folder));
        own.is_none_or(|stats| stats.files == 1)
    }

    /// The files directly beside a file, if they are enough to be meaningful. Otherwise, of all folders above it, the
    /// nearest with enough files, or else the topmost one.
    pub fn near(&self, path: &str) -> FileStats {
        let beside = folders_of(path).next().and_then(|folder| self.inside.get(folder));
        let near: Vec<FileStats> = folders_of(path).filter_map(|folder| self.below.get(folder)).copied().collect();
        let found = beside.into_iter().chain(&near).find(|stats| stats.all >= GROUP);
        found.or(near.last()).copied().unwrap_or_default()
    }

    /// The prior for a file from its siblings.
    pub fn prior(&self, path: &'a str) -> f32 {
        let stats = self.near(path);
        let namesakes = self.set_of(path).and_then(|set| self.namesakes.get(&set)).copied().unwrap_or_default();
        if namesakes.all >= SAME_NAME && namesakes.lists == 0 {
            let prior = namesakes.prior(SAME_NAME);
            return (prior + if prior > 0.0 { ALIKE } else { 0.0 }).max(stats.prior(GROUP));
        }
        // A page above all papers is an overview.
        let is_above = stats.highest.is_some_and(|depth| folders_of(path).count() < depth);
        let prior = if is_above { stats.prior(GROUP).min(0.0) } else { stats.prior(GROUP) };
        if self.is_documentation(path) { prior.min(0.0) + DOCS } else { prior }
    }

    /// Whether a file is among few in a folder of documentation, and the papers are elsewhere.
    fn is_documentation(&self, path: &str) -> bool {
        let beside = folders_of(path).next().and_then(|folder| self.inside.get(folder)).copied().unwrap_or_default();
        let all = folders_of(path).last().and_then(|folder| self.below.get(folder)).copied().unwrap_or_default();
        pages::is_in_docs(path) && beside.all < GROUP && all.papers > 2 * beside.papers
    }

    /// The topic of a file: its nearest folder that has several files.
    pub fn topic(&self, path: &str) -> String {
        let mut several =
            folders_of(path).filter(|folder| self.below.get(*folder).is_some_and(|stats| stats.files > 1));
        several.next().and_then(|folder| folder.rsplit('/').next()).unwrap_or_default().to_owned()
    }
}
