//! Recognises pages that only link to other files of their folder.

use std::collections::HashMap;

use super::traits::{Traits, is_front_page};
use super::{Member, folders_of, plain, stem};

/// The shortest name that a link can be matched by, in chars.
const LONG: usize = 3;

/// Extensions of files outside the log.
const ELSE: &[&str] = &[".pdf", ".html", ".htm", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".txt", ".bib", ".pptx"];

/// Indices of files by name, folder and title; `None` for a name that several files share.
pub(super) struct Names {
    files: HashMap<String, Option<usize>>,
    titles: HashMap<String, Option<usize>>,
}

impl Names {
    pub fn of(members: &[Member], all: &[Traits]) -> Self {
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
    pub fn is_index(&self, at: usize, member: &Member) -> bool {
        let text = member.body();
        let outline = member.page.outline;
        let (mut all, mut leading) = (0, 0);
        for item in outline.items.iter().filter(|item| !item.text.is_empty()) {
            let item = text[item.text.clone()].trim();
            let begins = item.trim_start_matches(['*', '_', '`', '~', '#', ' ']).starts_with('[');
            all += 1;
            leading += usize::from(begins && self.leads(at, item));
        }
        for row in &outline.rows {
            all += 1;
            leading += usize::from(self.leads(at, &text[row.span.clone()]));
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
            is_of_other(&self.titles, &plain(&title), at) || self.leads(at, line)
        };
        let count = member.titles.iter().filter(has_file).count();
        count > 1 && count * 2 >= member.titles.len()
    }

    /// Whether a text links to another file of the folder, directly or on a code host.
    fn leads(&self, at: usize, text: &str) -> bool {
        // `[[pdf]](target)` is an ordinary link in brackets.
        let wiki = text.split("[[").skip(1).filter_map(|rest| rest.split_once("]]"));
        let wiki = wiki.filter(|(_, behind)| !behind.starts_with('(')).map(|(link, _)| link);
        let wiki = wiki.filter_map(|link| link.split(['|', '#']).next());
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let is_here = |link: &&str| !link.contains("://") || link.contains("/blob/") || link.contains("/tree/");
        wiki.chain(links.filter(is_here)).any(|link| {
            let path = link.split(['#', '?']).next().unwrap_or_default().trim_matches(['<', '>', ' ', '/']);
            let file = path.rsplit('/').next().unwrap_or_default();
            let stem = [".md", ".markdown"].iter().find_map(|ending| file.strip_suffix(ending));
            let is_else = ELSE.iter().any(|ending| file.to_lowercase().ends_with(ending));
            let stem = stem.unwrap_or(if is_else { "" } else { file });
            is_of_other(&self.files, &plain(stem), at)
        })
    }
}

fn note(names: &mut HashMap<String, Option<usize>>, name: String, at: usize) {
    names.entry(name).and_modify(|of| *of = of.filter(|of| *of == at)).or_insert(Some(at));
}

/// Whether a name belongs to another file.
fn is_of_other(names: &HashMap<String, Option<usize>>, name: &str, at: usize) -> bool {
    name.chars().nth(LONG - 1).is_some() && names.get(name).is_some_and(|of| *of != Some(at))
}
