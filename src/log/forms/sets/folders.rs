//! Statistics on the folders that files are in.

use std::collections::HashMap;

use super::traits::Traits;
use super::{Member, folders_of, share};

/// Fewer files than this say nothing about their siblings.
const GROUP: usize = 4;
/// (minimum share of papers among a file's siblings, prior for the file).
const SIBLINGS: &[(f32, f32)] = &[(0.7, 3.2), (0.55, 1.8), (0.25, 0.0), (0.0, -1.5)];

/// Statistics on the files in a folder and its subfolders.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Group {
    /// All files.
    files: usize,
    /// All files except indexes, templates and front pages.
    pub all: usize,
    /// Files whose front matter marks them as about papers.
    pub marked: usize,
    /// Files with a title in their front matter.
    pub titled: usize,
    papers: usize,
    /// The smallest depth of a paper, in folders.
    highest: Option<usize>,
}

impl Group {
    /// The prior for each of the files.
    fn prior(self) -> f32 {
        if self.all < GROUP {
            return 0.0;
        }
        let share = share(self.papers, self.all);
        SIBLINGS.iter().find(|(least, _)| share >= *least).map_or(0.0, |(_, prior)| *prior)
    }
}

/// All folders by path.
pub(super) struct Folders<'a> {
    /// With their subfolders.
    whole: HashMap<&'a str, Group>,
    /// Without them.
    direct: HashMap<&'a str, Group>,
}

impl<'a> Folders<'a> {
    pub fn of(members: &[Member<'a>], all: &[Traits]) -> Self {
        let mut folders = Self { whole: HashMap::new(), direct: HashMap::new() };
        for (member, traits) in members.iter().zip(all) {
            let counts = !traits.is_other && !traits.is_front_page;
            folders.count(member.page.name, |group| {
                group.files += 1;
                group.all += usize::from(counts);
                group.titled += usize::from(member.page.front.paper_title().is_some() && counts);
                group.marked += usize::from(traits.is_marked && counts);
            });
        }
        folders
    }

    /// Records that a file is about one paper, judging by its own evidence.
    pub fn add_paper(&mut self, path: &'a str) {
        let depth = folders_of(path).count();
        self.count(path, |group| {
            group.papers += 1;
            group.highest = Some(group.highest.map_or(depth, |highest| highest.min(depth)));
        });
    }

    fn count(&mut self, path: &'a str, mut count: impl FnMut(&mut Group)) {
        if let Some(folder) = folders_of(path).next() {
            count(self.direct.entry(folder).or_default());
        }
        for folder in folders_of(path) {
            count(self.whole.entry(folder).or_default());
        }
    }

    /// Of all folders above a file, the nearest with enough files to be meaningful, or else the topmost one.
    pub fn near(&self, path: &str) -> Group {
        let near: Vec<Group> = folders_of(path).filter_map(|folder| self.whole.get(folder)).copied().collect();
        near.iter().find(|group| group.all >= GROUP).or(near.last()).copied().unwrap_or_default()
    }

    /// The prior for a file from its siblings. What is in subfolders may add to it: papers beside the documentation of
    /// a program stay papers.
    pub fn prior(&self, path: &str) -> f32 {
        let group = self.near(path);
        // A page above all papers is an overview.
        let is_above = group.highest.is_some_and(|depth| folders_of(path).count() < depth);
        if is_above {
            return group.prior().min(0.0);
        }
        let beside = folders_of(path).next().and_then(|folder| self.direct.get(folder));
        beside.filter(|beside| beside.all >= GROUP).map_or(f32::MIN, |beside| beside.prior()).max(group.prior())
    }

    /// The topic of a file: its nearest folder that has several files.
    pub fn topic(&self, path: &str) -> String {
        let mut several =
            folders_of(path).filter(|folder| self.whole.get(*folder).is_some_and(|group| group.files > 1));
        several.next().and_then(|folder| folder.rsplit('/').next()).unwrap_or_default().to_owned()
    }
}
