//! Links between the notes of a log: `[[name]]`, `[text](other.md)`, `[text](#heading)`.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem;
use percent_encoding::percent_decode_str;

use super::blocks::{self, IdBlock};
use super::forms::front;
use super::markup::{BLOCK_ID, Link, is_block_id, words};
use super::{Entry, Key, Log, Section, SectionKind, normalise};
use crate::text::prefix;

/// The longest name or path, in bytes.
const LONGEST: usize = 300;
/// Extensions of note files.
const ENDINGS: [&str; 3] = [".md", ".markdown", ".txt"];

/// Titles by citation key, from a bibliography beside the log.
pub type Citations = HashMap<String, String>;

/// Resolves links within a log.
#[derive(Debug, Clone, Default)]
pub struct Notes {
    /// Whether any citation key was resolved.
    cites: bool,
    /// Link targets by (file, link as written); `None` for links that lead nowhere.
    known: HashMap<(usize, String), Option<Link>>,
    /// The text of each block that a `((reference))` names, by the block's id.
    blocks: HashMap<String, String>,
}

impl Notes {
    /// Searches all files for links; calls `each` with the file, the byte offset and the target of each link.
    pub fn find(log: &Log, citations: &Citations, mut each: impl FnMut(usize, usize, &Link)) -> Self {
        let mut notes = Self::default();
        let mut targets: Option<Targets<'_>> = None;
        for (file, of) in log.files.iter().enumerate() {
            let text = of.text.as_str();
            let wiki =
                memmem::find_iter(text.as_bytes(), "[[").map(|at| (at, until(&text[at + 2..], &["]]", "|", "\n"])));
            let links =
                memmem::find_iter(text.as_bytes(), "](").map(|at| (at, until(&text[at + 2..], &[")", " ", "\n"])));
            let links = links.filter(|(_, link)| link.is_some_and(is_here));
            let cited = citations_in(text).map(|span| (span.start, Some(&text[span])));
            // Looking for the closing brackets also finds `(((id)))`.
            let blocks =
                memmem::find_iter(text.as_bytes(), "))").filter_map(|end| Some((end.checked_sub(BLOCK_ID)?, end)));
            let blocks = blocks.map(|(at, end)| (at, text.get(at..end)));
            let blocks = blocks.filter(|(_, id)| id.is_some_and(is_block_id));
            for (at, link) in wiki.chain(links).chain(cited).chain(blocks) {
                let Some(link) = link.filter(|link| !link.is_empty()) else { continue };
                let targets = &mut targets;
                let resolve = || targets.get_or_insert_with(|| Targets::of(log, citations)).resolve(file, link);
                if let Some(to) = notes.known.entry((file, link.to_owned())).or_insert_with(resolve) {
                    if let Some(block) = targets.as_ref().and_then(|targets| targets.blocks.get(link)) {
                        notes.blocks.entry(link.to_owned()).or_insert_with(|| words(block.text));
                    }
                    notes.cites |= link.starts_with('@');
                    each(file, at, to);
                }
            }
        }
        notes
    }

    /// The text of the block with an id.
    pub fn block(&self, id: &str) -> Option<&str> {
        self.blocks.get(id).map(String::as_str)
    }

    /// (byte range, target) of each citation in a text that resolves to a place in the log.
    pub fn cited<'a>(&'a self, file: usize, text: &'a str) -> impl Iterator<Item = (Range<usize>, &'a Link)> {
        let text = if self.cites { text } else { "" };
        citations_in(text).filter_map(move |span| Some((span.clone(), self.resolve(file, &text[span])?)))
    }

    /// The target of a link, given as written in a file.
    pub fn resolve(&self, file: usize, link: &str) -> Option<&Link> {
        // Most logs have no links; do not build a key for nothing.
        if self.known.is_empty() { None } else { self.known.get(&(file, link.to_owned()))?.as_ref() }
    }
}

/// Possible citation keys, with their `@`: `@doe2031`, `[@doe2031; @roe:30]`. Mail addresses do not match, and user
/// names do not resolve.
fn citations_in(text: &str) -> impl Iterator<Item = Range<usize>> {
    memchr::memchr_iter(b'@', text.as_bytes()).filter_map(move |at| {
        let before = text[..at].chars().next_back();
        if !before.is_none_or(|c| c.is_whitespace() || "[(;,-（，；".contains(c)) {
            return None;
        }
        let is_part = |c: &char| c.is_alphanumeric() || "_:.-/+".contains(*c);
        let key: &str = &text[at + 1..];
        let length: usize = key.chars().take_while(is_part).take(LONGEST / 4).map(char::len_utf8).sum();
        let key = key[..length].trim_end_matches([':', '.', '-', '/', '+']);
        (key.chars().nth(1).is_some()).then_some(at..at + 1 + key.len())
    })
}

/// A text up to the first of these signs, if one is near.
fn until<'a>(text: &'a str, signs: &[&str]) -> Option<&'a str> {
    let near = prefix(text, LONGEST);
    signs.iter().filter_map(|sign| near.find(sign)).min().map(|end| near[..end].trim())
}

/// Whether a link leads to another note or a heading, rather than out of the log.
fn is_here(address: &str) -> bool {
    let path = address.split('#').next().unwrap_or_default().to_ascii_lowercase();
    !address.contains("://") && (address.starts_with('#') || ENDINGS.iter().any(|ending| path.ends_with(ending)))
}

/// Everything that links can point to.
struct Targets<'a> {
    log: &'a Log,
    /// The first entry of each file.
    first: HashMap<usize, &'a Entry>,
    /// Files by name without folders and extension, and by alias, normalised.
    files: HashMap<String, usize>,
    /// Headings and named anchors, by (file, name).
    anchors: HashMap<(usize, String), Link>,
    /// Blocks by id.
    blocks: HashMap<&'a str, IdBlock<'a>>,
    citations: &'a Citations,
}

impl<'a> Targets<'a> {
    fn of(log: &'a Log, citations: &'a Citations) -> Self {
        let (first, files, anchors, blocks) = Default::default();
        let mut targets = Self { log, first, files, anchors, blocks, citations };
        for (file, of) in log.files.iter().enumerate() {
            targets.files.entry(stem(&of.name)).or_insert(file);
            targets.blocks.extend(blocks::find(&of.text).map(|(id, block)| (id, IdBlock { file, ..block })));
        }
        // A file's own name takes precedence over aliases.
        for (file, of) in log.files.iter().enumerate() {
            let front = front::read(&of.text);
            let keys = front.citekey.iter().map(|key| format!("@{}", normalise(key)));
            for name in front.aliases.iter().map(|name| normalise(name)).chain(keys) {
                targets.files.entry(name).or_insert(file);
            }
        }
        for entry in &log.entries {
            targets.first.entry(entry.file()).or_insert(entry);
            let heading = heading_at(log, entry);
            for name in [anchor(&entry.title), anchor(heading)] {
                targets.anchors.entry((entry.file(), name)).or_insert_with(|| Link::Entry(entry.key.clone()));
            }
            targets.ids(entry);
        }
        for section in log.sections.iter().filter(|section| section.kind != SectionKind::Pending) {
            let name = (section.file(), anchor(&section.heading));
            targets.anchors.entry(name).or_insert_with(|| Link::Section(section.name()));
        }
        targets
    }

    /// Adds the named anchors in an entry: `<span id="x">`, `<a name="x">`.
    fn ids(&mut self, entry: &Entry) {
        let text = &self.log.files[entry.file()].text[entry.span()];
        for sign in ["id=\"", "name=\"", "id='", "name='"] {
            for at in memmem::find_iter(text.as_bytes(), sign) {
                let Some(name) = until(&text[at + sign.len()..], &["\"", "'", "\n"]) else { continue };
                let name = (entry.file(), name.to_lowercase());
                self.anchors.entry(name).or_insert_with(|| Link::Entry(entry.key.clone()));
            }
        }
    }

    /// The target of a link in a file.
    fn resolve(&self, file: usize, link: &str) -> Option<Link> {
        if let Some(block) = self.blocks.get(link) {
            let link = match holder(self.log, block.file, block.at) {
                (Some(entry), _) => Link::Entry(entry.key.clone()),
                (None, section) => Link::Section(section?.name()),
            };
            return Some(link);
        }
        let link = percent_decode_str(link).decode_utf8_lossy();
        let (path, anchor) = link.split_once('#').map_or((&*link, None), |(path, anchor)| (path, Some(anchor)));
        let path = path.trim();
        let named = || self.files.get(&stem(path)).or_else(|| self.files.get(&normalise(path))).copied();
        let file = if path.is_empty() { Some(file) } else { named() };
        let by_anchor = anchor.zip(file).and_then(|(anchor, file)| {
            self.anchors.get(&(file, anchor.to_lowercase())).or_else(|| self.anchors.get(&(file, self::anchor(anchor))))
        });
        if let Some(found) = by_anchor {
            return Some(found.clone());
        }
        if path.is_empty() {
            return None;
        }
        if let Some(entry) = file.and_then(|file| self.first.get(&file)) {
            return Some(Link::Entry(entry.key.clone()));
        }
        if let Some(key) = path.strip_prefix('@') {
            let title = self.citations.get(key)?;
            return self.log.titled(&normalise(title)).first().map(|&at| Link::Entry(self.log.entries[at].key.clone()));
        }
        let keys = [Key(normalise(path).into()), Key(stem(path).into())];
        keys.into_iter().find(|key| self.log.find(key).is_some()).map(Link::Entry)
    }
}

/// The text of the line with an entry's title, without `#`.
fn heading_at<'a>(log: &'a Log, entry: &Entry) -> &'a str {
    log.files[entry.file()].line(entry.line()).trim_start_matches('#').trim()
}

/// A file's name without folders and extension, normalised.
fn stem(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    normalise(name)
}

/// The anchor of a heading, as GitHub generates it.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    heading.trim().chars().filter(kept).flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// (entry, section) at a byte of a file.
pub fn holder(log: &Log, file: usize, at: usize) -> (Option<&Entry>, Option<&Section>) {
    let after = log.entries.partition_point(|entry| (entry.file(), entry.span().start) <= (file, at));
    let entry = after.checked_sub(1).map(|entry| &log.entries[entry]);
    let entry = entry.filter(|entry| entry.file() == file && entry.span().contains(&at));
    let after = log.sections.partition_point(|section| (section.file(), section.span().start) <= (file, at));
    let section = after.checked_sub(1).map(|section| &log.sections[section]);
    (entry, section.filter(|section| section.file() == file && section.span().contains(&at)))
}
