//! Recognises pages that link to other files of their folder, and finds the files.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::traits::{Traits, is_front_page};
use super::{Member, folder_of, folders_of, lists, plain, stem};

/// The shortest name that a link can be matched by, in chars.
const LONG: usize = 3;

/// Extensions of files outside the log.
const ELSE: &[&str] = &[".pdf", ".html", ".htm", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".txt", ".bib", ".pptx"];

/// Pages that list others. A link to one in the same folder or above leads back.
const INDEXES: &[&str] = &["readme", "index", "_index", "home"];

/// The fewest words that a file's name and a longer title must share.
const WORDS: usize = 3;
/// How many words of a title are compared with the names of files.
const MOST_WORDS: usize = 25;

/// The files by path, name, folder and title.
#[derive(Debug)]
pub struct FileIndex {
    paths: HashMap<String, usize>,
    files: HashMap<String, NamedFile>,
    titles: HashMap<String, NamedFile>,
    /// The folder of each file, as a path.
    folders: Vec<String>,
    /// The files that are indexes.
    pub(super) indexes: HashSet<usize>,
}

/// The file that has a name.
#[derive(Debug, Clone, Copy)]
struct NamedFile {
    /// The first file with this name, as an index.
    file: usize,
    /// Whether other files have it too.
    is_shared: bool,
}

impl FileIndex {
    pub(super) fn of(members: &[Member], all: &[Traits]) -> Self {
        let mut names = Self {
            paths: members
                .iter()
                .zip(0..)
                .map(|(member, at)| (member.page.name.trim_start_matches('/').to_owned(), at))
                .collect(),
            files: HashMap::new(),
            titles: HashMap::new(),
            folders: members.iter().map(|member| folder_of(member.page.name).to_owned()).collect(),
            indexes: HashSet::new(),
        };
        let mut files: HashMap<&str, usize> = HashMap::new();
        members.iter().for_each(|member| *files.entry(folder_of(member.page.name)).or_default() += 1);
        for (at, (member, traits)) in members.iter().zip(all).enumerate() {
            let path = member.page.name;
            // The only file of a subfolder may be a note: `emus/README.md`.
            let is_note = folder_of(path).contains('/') && files.get(folder_of(path)) == Some(&1);
            let below = folders_of(path).filter(|folder| folder.contains('/'));
            let folders = below.filter_map(|folder| folder.rsplit('/').next());
            for name in folders.chain([stem(path)]) {
                note(&mut names.files, plain(name), at);
            }
            if !is_front_page(member) || is_note {
                let own = traits.names.iter().map(String::as_str).chain([stem(path)]);
                own.for_each(|title| note(&mut names.titles, plain(title), at));
            }
        }
        names
    }

    /// Whether a file is an index of others.
    pub fn is_index(&self, at: usize) -> bool {
        self.indexes.contains(&at)
    }

    /// Whether most items and lines in a file, or most papers it mentions, are links to other files of the folder.
    pub(super) fn links_to_files(&self, at: usize, member: &Member) -> bool {
        let text = member.body();
        let outline = member.page.outline;
        let (mut all, mut leading) = (0, 0);
        for item in outline.items.iter().filter(|item| !item.text().is_empty()) {
            let item = text[item.text()].trim();
            let begins = item.trim_start_matches(['*', '_', '`', '~', '#', ' ']).starts_with('[');
            all += 1;
            leading += usize::from(begins && self.linked(at, item).is_some());
        }
        let rows = outline.rows.iter().filter(|row| self.linked(at, &text[row.span()]).is_some()).count();
        // Beside a table of links, a front page may say more about the folder.
        if rows > 1 && rows * 2 > outline.rows.len() && is_front_page(member) {
            return true;
        }
        (all, leading) = (all + outline.rows.len(), leading + rows);
        for &paragraph in &outline.paragraphs {
            let lines = text[paragraph].lines().map(str::trim_start);
            let mut links = lines.take_while(|line| line.starts_with('[')).peekable();
            all += usize::from(links.peek().is_none());
            for line in links.filter(|line| !is_way_back(line)) {
                all += 1;
                leading += usize::from(self.linked(at, line).is_some());
            }
        }
        let leads = (leading > 1 || leading == 1 && is_front_page(member)) && leading * 2 > all;
        leads || self.names_files(at, member)
    }

    /// Whether most of the papers that a file mentions have their own files.
    fn names_files(&self, at: usize, member: &Member) -> bool {
        let text = member.body();
        let has_file = |found: &&super::FoundTitle| {
            let title = &text[found.candidate.text()];
            let line = text[found.candidate.span().start..].lines().next().unwrap_or_default();
            let title = super::super::title::read(title).title;
            self.linked(at, line).or_else(|| other(&self.titles, &plain(&title), at)).is_some()
        };
        // A note may refer to others.
        let own = lists::own(member);
        let count = own.iter().copied().filter(has_file).count();
        count > 1 && count * 2 >= own.len()
    }

    /// (title, file) for the titles in the files that a front page links to from its headings; empty unless the page
    /// repeats these titles below the headings.
    pub(super) fn repeated_titles(&self, at: usize, members: &[Member]) -> Vec<(String, usize)> {
        let member = &members[at];
        if !is_front_page(member) || member.titles.len() < 2 {
            return Vec::new();
        }
        let headings = member.page.outline.headings.iter().filter(|heading| heading.text.contains("]("));
        let named = headings.filter_map(|heading| self.linked(at, &heading.text)).filter(|named| !named.is_shared);
        let files: BTreeSet<usize> = named.map(|named| named.file).collect();
        if files.len() < 2 {
            return Vec::new();
        }
        let titles = |member: &Member| -> Vec<String> {
            let read = |text: &str| plain(&super::super::title::read(text).title);
            member.titles.iter().map(|found| read(&member.body()[found.candidate.text()])).collect()
        };
        let inside = |&file: &usize| titles(&members[file]).into_iter().map(move |title| (title, file));
        let known: HashMap<String, usize> = files.iter().flat_map(inside).collect();
        let own = titles(member);
        let is_repeated = |title: &&String| known.contains_key(*title) || other(&self.titles, title, at).is_some();
        let repeats = own.iter().filter(is_repeated).count() * 5 >= own.len() * 4;
        if repeats { known.into_iter().collect() } else { Vec::new() }
    }

    /// Adds titles within files.
    pub(super) fn add_titles(&mut self, titles: Vec<(String, usize)>) {
        titles.into_iter().for_each(|(title, file)| note(&mut self.titles, title, file));
    }

    /// The file that a text in file `at` links to, or else the one that is named like `title`. Names that several
    /// files share say nothing.
    pub fn file_of(&self, at: usize, title: &str, text: &str) -> Option<usize> {
        let named = self.linked(at, text).or_else(|| self.titled(at, title))?;
        (!named.is_shared).then_some(named.file)
    }

    /// The topic of a file: the name of its folder.
    pub fn topic(&self, file: usize) -> &str {
        self.folders.get(file).and_then(|folder| folder.rsplit('/').next()).unwrap_or_default()
    }

    /// The file with a title, or with the end or start of it as its name: `Emus at Work.md` for `Counting Emus at Work`.
    fn titled(&self, at: usize, title: &str) -> Option<NamedFile> {
        if let Some(name) = other(&self.titles, &plain(title), at) {
            return Some(name);
        }
        let words: Vec<&str> = title.split_whitespace().take(MOST_WORDS).collect();
        let length = words.concat().len();
        let is_long = |words: &&[&str]| words.len() >= WORDS && words.concat().len() * 5 >= length * 3;
        let ends = (1..words.len()).map(|from| &words[from..]).take_while(is_long);
        let starts = (1..words.len()).rev().map(|to| &words[..to]).take_while(is_long);
        let mut parts = ends.chain(starts).map(|words| plain(&words.concat()));
        parts.find_map(|part| self.titles.get(&part).filter(|name| name.file != at && !name.is_shared).copied())
    }

    /// The file with a path relative to file `at`, if there is one; `path` may lack its extension.
    fn resolved(&self, at: usize, path: &str) -> Option<usize> {
        let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
        let mut parts: Vec<&str> = self.folders.get(at)?.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "." | "" => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        let found = |path: &str| self.paths.get(path).copied().filter(|&file| file != at);
        found(&path).or_else(|| found(&format!("{path}.md")))
    }

    /// The other file of the folder that a text links to, directly or on a code host.
    fn linked(&self, at: usize, text: &str) -> Option<NamedFile> {
        // `[[pdf]](target)` is an ordinary link in brackets.
        let wiki = text.split("[[").skip(1).filter_map(|rest| rest.split_once("]]"));
        let wiki = wiki.filter(|(_, behind)| !behind.starts_with('(')).map(|(link, _)| link);
        let wiki = wiki.filter_map(|link| link.split(['|', '#']).next());
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let is_here = |link: &&str| !link.contains("://") || link.contains("/blob/") || link.contains("/tree/");
        wiki.chain(links.filter(is_here)).find_map(|link| {
            let path = link.split(['#', '?']).next().unwrap_or_default().trim_matches(['<', '>', ' ', '/']);
            let is_relative = !link.contains("://");
            if is_relative && leads_back(path) {
                return None;
            }
            if let Some(file) = is_relative.then(|| self.resolved(at, path)).flatten() {
                return Some(NamedFile { file, is_shared: false });
            }
            let file = path.rsplit('/').next().unwrap_or_default();
            let stem = [".md", ".markdown"].iter().find_map(|ending| file.strip_suffix(ending));
            let is_else = ELSE.iter().any(|ending| file.to_lowercase().ends_with(ending));
            let stem = stem.unwrap_or(if is_else { "" } else { file });
            other(&self.files, &plain(stem), at)
        })
    }
}

/// Whether a line is a link to the index of the file's own folder or of one above.
fn is_way_back(line: &str) -> bool {
    let target = line.split_once("](").and_then(|(_, rest)| rest.split(')').next());
    target.is_some_and(|target| leads_back(target.trim()))
}

/// Whether a path leads to the index of the file's own folder or of one above: `../index.md`.
fn leads_back(path: &str) -> bool {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let is_above = folders.split('/').all(|folder| matches!(folder, "" | "." | ".."));
    is_above && file.ends_with(".md") && INDEXES.contains(&stem(file).to_lowercase().as_str())
}

fn note(names: &mut HashMap<String, NamedFile>, name: String, at: usize) {
    let first = NamedFile { file: at, is_shared: false };
    names.entry(name).and_modify(|of| of.is_shared |= of.file != at).or_insert(first);
}

/// The file that has a name, unless only file `at` has it.
fn other(names: &HashMap<String, NamedFile>, name: &str, at: usize) -> Option<NamedFile> {
    name.chars().nth(LONG - 1)?;
    names.get(name).filter(|of| of.is_shared || of.file != at).copied()
}
