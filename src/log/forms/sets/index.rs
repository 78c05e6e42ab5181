//! Recognises pages that link to other files of their folder, and finds the files.

use std::collections::HashMap;

use super::traits::{Traits, is_front_page};
use super::{Member, folders_of, plain, stem};

/// The shortest name that a link can be matched by, in chars.
const LONG: usize = 3;

/// Extensions of files outside the log.
const ELSE: &[&str] = &[".pdf", ".html", ".htm", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".txt", ".bib", ".pptx"];

/// The files by name, folder and title.
#[derive(Debug)]
pub struct Names {
    files: HashMap<String, Name>,
    titles: HashMap<String, Name>,
}

/// The file that has a name.
#[derive(Debug, Clone, Copy)]
struct Name {
    /// The first file with this name, as an index.
    file: usize,
    /// Whether other files have it too.
    is_shared: bool,
}

impl Names {
    pub(super) fn of(members: &[Member], all: &[Traits]) -> Self {
        let mut names = Self { files: HashMap::new(), titles: HashMap::new() };
        for (at, (member, traits)) in members.iter().zip(all).enumerate() {
            let path = member.page.name;
            let below = folders_of(path).filter(|folder| folder.contains('/'));
            let folders = below.filter_map(|folder| folder.rsplit('/').next());
            for name in folders.chain([stem(path)]) {
                note(&mut names.files, plain(name), at);
            }
            if !is_front_page(member) {
                let own = traits.names.iter().map(String::as_str).chain([stem(path)]);
                own.for_each(|title| note(&mut names.titles, plain(title), at));
            }
        }
        names
    }

    /// Whether most items in a file, or most papers it mentions, are links to other files of the folder.
    pub(super) fn is_index(&self, at: usize, member: &Member) -> bool {
        let text = member.body();
        let outline = member.page.outline;
        let (mut all, mut leading) = (0, 0);
        for item in outline.items.iter().filter(|item| !item.text.is_empty()) {
            let item = text[item.text.clone()].trim();
            let begins = item.trim_start_matches(['*', '_', '`', '~', '#', ' ']).starts_with('[');
            all += 1;
            leading += usize::from(begins && self.linked(at, item).is_some());
        }
        for row in &outline.rows {
            all += 1;
            leading += usize::from(self.linked(at, &text[row.span.clone()]).is_some());
        }
        let leads = (leading > 1 || leading == 1 && is_front_page(member)) && leading * 2 > all;
        leads || self.names_files(at, member)
    }

    /// Whether most of the papers that a file mentions have their own files.
    fn names_files(&self, at: usize, member: &Member) -> bool {
        let text = member.body();
        let has_file = |found: &&super::Found| {
            let title = &text[found.candidate.text.clone()];
            let line = text[found.candidate.span.start..].lines().next().unwrap_or_default();
            let title = super::super::title::read(title).title;
            self.linked(at, line).or_else(|| other(&self.titles, &plain(&title), at)).is_some()
        };
        let count = member.titles.iter().filter(has_file).count();
        count > 1 && count * 2 >= member.titles.len()
    }

    /// The file that a text in file `at` links to, or else the one that is named like `title`. Names that several
    /// files share say nothing.
    pub fn file_of(&self, at: usize, title: &str, text: &str) -> Option<usize> {
        let named = self.linked(at, text).or_else(|| other(&self.titles, &plain(title), at))?;
        (!named.is_shared).then_some(named.file)
    }

    /// The other file of the folder that a text links to, directly or on a code host.
    fn linked(&self, at: usize, text: &str) -> Option<Name> {
        // `[[pdf]](target)` is an ordinary link in brackets.
        let wiki = text.split("[[").skip(1).filter_map(|rest| rest.split_once("]]"));
        let wiki = wiki.filter(|(_, behind)| !behind.starts_with('(')).map(|(link, _)| link);
        let wiki = wiki.filter_map(|link| link.split(['|', '#']).next());
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let is_here = |link: &&str| !link.contains("://") || link.contains("/blob/") || link.contains("/tree/");
        wiki.chain(links.filter(is_here)).find_map(|link| {
            let path = link.split(['#', '?']).next().unwrap_or_default().trim_matches(['<', '>', ' ', '/']);
            let file = path.rsplit('/').next().unwrap_or_default();
            let stem = [".md", ".markdown"].iter().find_map(|ending| file.strip_suffix(ending));
            let is_else = ELSE.iter().any(|ending| file.to_lowercase().ends_with(ending));
            let stem = stem.unwrap_or(if is_else { "" } else { file });
            other(&self.files, &plain(stem), at)
        })
    }
}

fn note(names: &mut HashMap<String, Name>, name: String, at: usize) {
    let first = Name { file: at, is_shared: false };
    names.entry(name).and_modify(|of| of.is_shared |= of.file != at).or_insert(first);
}

/// The file that has a name, unless only file `at` has it.
fn other(names: &HashMap<String, Name>, name: &str, at: usize) -> Option<Name> {
    name.chars().nth(LONG - 1)?;
    names.get(name).filter(|of| of.is_shared || of.file != at).copied()
}
