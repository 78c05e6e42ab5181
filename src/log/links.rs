//! Links between entries: mentions by name, entries with the same title, numbered references.

mod matcher;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use self::matcher::Matcher;
use super::markup::{Block, Link, Run, Text};
pub use super::notes::Citations;
use super::notes::{Notes, holder};
use super::{Entry, EntryKind, Key, Log, SectionKind, SectionName};
use crate::text::Span;

/// The shortest name that is searched for, in bytes: single letters match too often.
const SHORTEST: usize = 2;
/// Names of up to this many chars are case-sensitive: `DIN` is a paper, `din` is a noise.
const EXACT: usize = 3;

/// The links between the entries of a log.
#[derive(Debug, Clone, Default)]
pub struct Links {
    names: ShortNames,
    mentions: HashMap<Key, Vec<Key>>,
    mentioned_by: HashMap<Key, Vec<Key>>,
    noted_in: HashMap<Key, Vec<SectionName>>,
    references: BTreeMap<String, Vec<Use>>,
    guesses: BTreeMap<String, String>,
    notes: Notes,
}

/// A place where a numbered reference is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Use {
    /// The entry that contains the reference.
    pub entry: Key,
    /// The line of the reference, counted from 1.
    pub line: usize,
}

impl Links {
    /// Searches all bodies and notes for links.
    pub fn find(log: &Log) -> Self {
        Self::citing(log, &Citations::default())
    }

    /// Like [`Links::find`], with a bibliography, so that citation keys link to entries with the titles they stand for.
    pub fn citing(log: &Log, citations: &Citations) -> Self {
        let mut links = Self { names: ShortNames::of(log), ..Self::default() };
        for entry in &log.entries {
            let mentioned = links.names.mentioned(log, entry);
            for other in &mentioned {
                links.mentioned_by.entry(other.clone()).or_default().push(entry.key.clone());
            }
            if !mentioned.is_empty() {
                links.mentions.insert(entry.key.clone(), mentioned);
            }
            for reference in &entry.references {
                let uses = links.references.entry(reference.id.to_string()).or_default();
                uses.push(Use { entry: entry.key.clone(), line: reference.line() });
                let before = &log.files[entry.file()].text[entry.body().start..reference.span().start];
                if let Some(name) = name_before(before) {
                    links.guesses.entry(reference.id.to_string()).or_insert_with(|| name.to_owned());
                }
            }
        }
        // Leave out the pending list, which has its own pane; other sections can be opened.
        for section in log.sections.iter().filter(|section| section.kind != SectionKind::Pending) {
            for key in links.names.in_text(&log.note(section)) {
                links.noted_in.entry(key).or_default().push(section.name());
            }
        }
        links.notes = Notes::find(log, citations, |file, at, to| {
            let Link::Entry(to) = to else { return };
            match holder(log, file, at) {
                (Some(from), _) if from.key != *to => {
                    add(links.mentions.entry(from.key.clone()).or_default(), to.clone());
                    add(links.mentioned_by.entry(to.clone()).or_default(), from.key.clone());
                }
                (None, Some(section)) if section.kind != SectionKind::Pending => {
                    add(links.noted_in.entry(to.clone()).or_default(), section.name());
                }
                _ => {}
            }
        });
        links
    }

    /// The place in the log that a link in a file points to; `None` if it points elsewhere.
    pub(crate) fn note(&self, file: usize, link: &str) -> Option<&Link> {
        self.notes.resolve(file, link)
    }

    /// The entries mentioned in an entry's body, in order of first mention.
    pub fn mentions(&self, key: &Key) -> &[Key] {
        self.mentions.get(key).map_or(&[], Vec::as_slice)
    }

    /// The entries whose bodies mention this entry, in file order.
    pub fn mentioned_by(&self, key: &Key) -> &[Key] {
        self.mentioned_by.get(key).map_or(&[], Vec::as_slice)
    }

    /// The days, months and other sections whose own text mentions this entry, in file order.
    pub fn noted_in(&self, key: &Key) -> &[SectionName] {
        self.noted_in.get(key).map_or(&[], Vec::as_slice)
    }

    /// All uses of a numbered reference.
    pub(crate) fn uses(&self, id: &str) -> &[Use] {
        self.references.get(id).map_or(&[], Vec::as_slice)
    }

    /// A guess at a reference's name, from the word before it somewhere in the log: `Emu（[5036]）` suggests that 5036 is
    /// Emu.
    pub(crate) fn guess(&self, id: &str) -> Option<&str> {
        self.guesses.get(id).map(String::as_str)
    }

    /// Turns names of entries and citation keys in a page into links, except the name of the page's own entry, and
    /// resolves links between notes.
    pub(crate) fn mark(&self, blocks: &mut [Block], file: usize, own: Option<&Key>) {
        let mark = |text: &mut Text| {
            for run in text.iter_mut() {
                match &run.link {
                    Some(Link::Url(link)) => run.link = self.note(file, link).or(run.link.as_ref()).cloned(),
                    Some(Link::Note(link)) => {
                        let block = self.notes.block(link).map(str::to_owned);
                        run.link = self.note(file, link).cloned();
                        run.text = block.unwrap_or_else(|| std::mem::take(&mut run.text));
                    }
                    _ => {}
                }
            }
            self.cite(text, file);
            self.names.mark(text, own);
        };
        for block in blocks {
            match block {
                Block::Heading(_, text) => mark(text),
                Block::Paragraph(lines) => lines.iter_mut().for_each(|line| mark(&mut line.text)),
                Block::List(_, items) => items.iter_mut().for_each(|item| self.mark(&mut item.blocks, file, own)),
                Block::Quote(blocks) | Block::Footnote(_, blocks) => self.mark(blocks, file, own),
                Block::Table(rows) => rows.iter_mut().flatten().for_each(mark),
                Block::Code(_) | Block::Figure(_) | Block::Rule => {}
            }
        }
    }

    /// Turns citation keys into links.
    fn cite(&self, text: &mut Text, file: usize) {
        let is_plain = |run: &Run| run.link.is_none() && !run.style.code && !run.style.formula;
        for at in (0..text.len()).rev().filter(|&at| is_plain(&text[at])).collect::<Vec<_>>() {
            let run = text[at].clone();
            let mut parts = Vec::new();
            let mut end = 0;
            for (span, link) in self.notes.cited(file, &run.text) {
                parts.push(Run { text: run.text[end..span.start].to_owned(), ..run.clone() });
                parts.push(Run { text: run.text[span.clone()].to_owned(), link: Some(link.clone()), ..run.clone() });
                end = span.end;
            }
            if end > 0 {
                parts.push(Run { text: run.text[end..].to_owned(), ..run });
                parts.retain(|part| !part.text.is_empty());
                text.splice(at..=at, parts);
            }
        }
    }
}

/// Adds an element unless it is already there.
fn add<T: PartialEq>(all: &mut Vec<T>, one: T) {
    if !all.contains(&one) {
        all.push(one);
    }
}

/// The other entries with the same title, in file order.
pub(crate) fn twins<'a>(log: &'a Log, entry: &'a Entry) -> impl Iterator<Item = &'a Entry> {
    let titled = log.titled(&entry.normalised_title()).into_iter().map(|index| &log.entries[index]);
    titled.filter(|other| other.key != entry.key)
}

/// (the `most` oldest other entries with the same title, in file order; how many more there are).
pub(crate) fn first_twins<'a>(log: &'a Log, entry: &'a Entry, most: usize) -> (Vec<&'a Entry>, usize) {
    let (first, all) = log.first_titled(&entry.normalised_title(), most + 1);
    let mut first: Vec<usize> = first.into_iter().filter(|&at| log.entries[at].key != entry.key).take(most).collect();
    first.sort_unstable();
    let more = all.saturating_sub(first.len() + 1);
    (first.into_iter().map(|index| &log.entries[index]).collect(), more)
}

/// The Latin word before an opening bracket at the end of a text.
fn name_before(text: &str) -> Option<&str> {
    let text = text.strip_suffix(['（', '('])?.trim_end();
    let start = text
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let name = &text[start..];
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(name)
}

/// The short names of all entries.
#[derive(Debug, Clone, Default)]
struct ShortNames {
    matcher: Matcher,
    names: Vec<ShortName>,
    /// The keys of the entries with each name, name by name.
    keys: Vec<Key>,
}

/// One spelling of a name.
#[derive(Debug, Clone)]
struct ShortName {
    text: Box<str>,
    /// Its entries, as indices into [`ShortNames::keys`].
    keys: Span,
}

impl ShortNames {
    /// If several entries share a name, it stands for the papers among them, or else for the first entry.
    fn of(log: &Log) -> Self {
        let is_paper = |entry: &&Entry| entry.kind == EntryKind::Paper;
        let (papers, others) = (log.entries.iter().filter(is_paper), log.entries.iter().filter(|it| !is_paper(it)));
        let named = papers.chain(others).filter_map(|entry| Some((entry, entry.short_name()?)));
        let named = named.filter(|(_, name)| name.len() >= SHORTEST).enumerate();
        // (spelling, which name this is, papers first; its entry)
        let mut spelt: Vec<(Cow<'_, str>, usize, &Entry)> = Vec::new();
        for (at, (entry, name)) in named {
            spelt.push((Cow::Borrowed(name), at, entry));
            spelt.extend(other_spelling(name).map(|other| (Cow::Owned(other), at, entry)));
        }
        spelt.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
        let mut groups: Vec<&[(Cow<'_, str>, usize, &Entry)]> = spelt.chunk_by(|one, next| one.0 == next.0).collect();
        groups.sort_by_key(|group| group[0].1);
        let (mut names, mut keys) = (Vec::with_capacity(groups.len()), Vec::with_capacity(spelt.len()));
        for group in groups {
            let first = keys.len();
            let bearers = group.iter().enumerate().filter(|(at, (.., entry))| *at == 0 || is_paper(entry));
            keys.extend(bearers.map(|(_, (.., entry))| entry.key.clone()));
            names.push(ShortName { text: (&*group[0].0).into(), keys: (first..keys.len()).into() });
        }
        let matcher = Matcher::of(names.len(), |at| &names[at].text);
        Self { matcher, names, keys }
    }

    /// The names in a text, as byte ranges, with their entries.
    fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, &'a [Key])> {
        let hits = self.matcher.find(text, |at| &self.names[at].text).into_iter();
        hits.filter_map(|(range, name)| {
            let ShortName { text: name, keys } = &self.names[name];
            let is_meant = is_spelt(&text[range.clone()], name) && !has_version(&text[range.end..]);
            is_meant.then_some((range, &self.keys[keys.range()]))
        })
    }

    /// The entries named in a text, without repetitions.
    fn in_text(&self, text: &str) -> Vec<Key> {
        let mut found: Vec<Key> = Vec::new();
        for key in self.find(text).flat_map(|(_, bearers)| bearers) {
            if !found.contains(key) {
                found.push(key.clone());
            }
        }
        found
    }

    fn mentioned(&self, log: &Log, entry: &Entry) -> Vec<Key> {
        let mut found: Vec<Key> = Vec::new();
        let mut title = None;
        for (range, bearers) in self.find(log.body(entry)) {
            let at = entry.body().start + range.start;
            if entry.figures.iter().any(|figure| figure.span.range().contains(&at)) {
                continue;
            }
            let title = title.get_or_insert_with(|| entry.normalised_title());
            let is_other = |key: &&Key| **key != entry.key && !is_twin(key, title);
            for key in bearers.iter().filter(is_other) {
                if !found.contains(key) {
                    found.push(key.clone());
                }
            }
        }
        found
    }

    /// Splits runs at names. Links, code and formulas are left alone.
    fn mark(&self, text: &mut Text, own: Option<&Key>) {
        let mut marked = Text::new();
        for run in text.drain(..) {
            if run.link.is_some() || run.style.code || run.style.formula {
                marked.push(run);
                continue;
            }
            let mut at = 0;
            for (range, bearers) in self.find(&run.text) {
                let is_own = own.is_some_and(|own| bearers.contains(own));
                let Some(key) = bearers.first().filter(|_| !is_own) else { continue };
                let part = |range: Range<usize>| Run { text: run.text[range].to_owned(), ..run.clone() };
                if at < range.start {
                    marked.push(part(at..range.start));
                }
                marked.push(Run { link: Some(Link::Entry(key.clone())), ..part(range.clone()) });
                at = range.end;
            }
            if at == 0 {
                marked.push(run);
            } else if at < run.text.len() {
                marked.push(Run { text: run.text[at..].to_owned(), ..run });
            }
        }
        *text = marked;
    }
}

/// Whether a key belongs to an entry with this normalised title, numbered or not.
fn is_twin(key: &Key, title: &str) -> bool {
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_numbered = |rest: &str| rest.strip_prefix(" #").is_some_and(is_number);
    key.0.strip_prefix(title).is_some_and(|rest| rest.is_empty() || is_numbered(rest))
}

/// The same name with or without a hyphen before its number: `BLIP2` and `BLIP-2`.
fn other_spelling(name: &str) -> Option<String> {
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &name[letters.len()..];
    if digits.is_empty() {
        return None;
    }
    if letters.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return Some(format!("{letters}-{digits}"));
    }
    letters.strip_suffix('-').filter(|letters| !letters.is_empty()).map(|letters| format!("{letters}{digits}"))
}

/// Whether a name goes on with a version, and so is another one: `GPT-3.5`, `Emu-2`. But `phi-1.0` is `phi-1`, and the
/// size in `ResNet-50` and `LLaMA-7B` is no version.
fn has_version(behind: &str) -> bool {
    match behind.as_bytes() {
        [b'.', b'1'..=b'9', ..] => true,
        [b'-', b'1'..=b'9', rest @ ..] => !rest.first().is_some_and(u8::is_ascii_alphanumeric),
        _ => false,
    }
}

/// Whether a text spells a name. Short names must match exactly; longer ones in any case, but with at least one
/// capital, since a text without capitals may be an ordinary word.
fn is_spelt(text: &str, name: &str) -> bool {
    text == name || name.chars().count() > EXACT && text.contains(|c: char| c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests;
