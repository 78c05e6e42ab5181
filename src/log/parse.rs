//! Text → [`Log`]. Never fails.
//!
//! Headings with a date, or with the pending list's name, cut a file into sections; titles
//! cut sections into entries; everything else belongs to the one or the other.

use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

use super::date::{HeadingDate, Published, read_heading};
use super::dialect::Dialect;
use super::outline::{Heading, Outline};
use super::{
    Entry, EntryKind, Figure, File, Key, Log, Reference, Section, SectionKind, Source, Task, dialect, figures, spaced,
};

/// How often all bytes are gone through: for the outline, and for the entries.
pub const PASSES: usize = 2;

/// Reads files as one log.
pub fn parse(sources: impl IntoIterator<Item = Source>) -> Log {
    parse_as(sources, &Arc::default())
}

/// The same, written as their owner has said.
pub fn parse_as(sources: impl IntoIterator<Item = Source>, dialect: &Arc<Dialect>) -> Log {
    parse_and_tell(sources, dialect, &mut |_| {})
}

/// Reads files as one log. Now and then `progress` is told how many bytes are gone through by
/// then, of [`PASSES`] times all bytes in the end.
pub fn parse_and_tell(
    sources: impl IntoIterator<Item = Source>,
    dialect: &Arc<Dialect>,
    progress: &mut dyn FnMut(u64),
) -> Log {
    let mut log = Log::default();
    let mut before = 0;
    for source in sources {
        let length = source.text.len();
        let mut tell = |bytes: usize| progress(before + bytes as u64);
        FileParser::new(&mut log, source, dialect, &mut tell).run(&mut |bytes| tell(length + bytes));
        before += (PASSES * length) as u64;
    }
    log.name_entries();
    log
}

/// Where a title stands, and where its body begins.
struct Title {
    span: Range<usize>,
    text: Range<usize>,
    /// Written without `《》`, over a hanging body.
    bare: bool,
}

struct FileParser<'a> {
    log: &'a mut Log,
    file: usize,
    /// Bytes before the text that is parsed as Markdown: byte order mark and front matter.
    base: usize,
    outline: Outline,
}

impl<'a> FileParser<'a> {
    fn new(log: &'a mut Log, source: Source, dialect: &Arc<Dialect>, progress: &mut dyn FnMut(usize)) -> Self {
        let (base, title) = front_matter(&source.text);
        let outline = Outline::scan(&source.text[base..], progress);
        let file = log.files.len();
        log.files.push(File::new(source, title, Arc::clone(dialect)));
        Self { log, file, base, outline }
    }

    fn run(mut self, progress: &mut dyn FnMut(usize)) {
        let titles = self.titles();
        self.sections();
        self.entries(titles, progress);
        self.tasks();
    }

    fn text(&self) -> &str {
        &self.log.files[self.file].text
    }

    fn line_of(&self, offset: usize) -> usize {
        self.log.files[self.file].line_of(offset)
    }

    /// Cuts the file at every heading that structures the log. The parts cover all bytes.
    fn sections(&mut self) {
        let first = self.log.sections.len();
        let headings = std::mem::take(&mut self.outline.headings);
        let mut level = 0;
        self.open_section(SectionKind::Undated, "", 0, 0);
        let dialect = Arc::clone(&self.log.files[self.file].dialect);
        for heading in headings.iter().filter(|heading| !dialect.ignores(&heading.text)) {
            let date = read_heading(&heading.text);
            let at = heading.span.start + self.base;
            let current = self.log.sections.last().map_or(SectionKind::Undated, |section| section.kind);
            if let Some(kind) = section_kind(heading, date, current, level, &dialect) {
                level = heading.level;
                self.open_section(kind, &heading.text, at, heading.span.end + self.base);
            }
        }
        let end = self.text().len();
        if let Some(last) = self.log.sections.last_mut() {
            (last.span.end, last.note.end) = (end, end);
        }
        // A byte order mark alone is no section of its own.
        let opening = self.log.sections[first].span.clone();
        if opening.end <= self.base.min('\u{FEFF}'.len_utf8()) && self.log.sections.len() > first + 1 {
            self.log.sections.remove(first);
            self.log.sections[first].span.start = 0;
        }
    }

    fn open_section(&mut self, kind: SectionKind, heading: &str, at: usize, after: usize) {
        let (file, line) = (self.file, self.line_of(at));
        let end = self.text().len();
        if let Some(last) = self.log.sections.last_mut().filter(|last| last.file == file) {
            (last.span.end, last.note.end) = (at, at);
        }
        let entries = self.log.entries.len()..self.log.entries.len();
        let heading = dialect::clean_title(heading);
        let section =
            Section { file, kind, heading, line, span: at..end, note: after..end, figures: Vec::new(), entries };
        self.log.sections.push(section);
    }

    /// All titles of the file, in order.
    fn titles(&self) -> Vec<Title> {
        let text = self.text();
        let mut titles: Vec<Title> = Vec::new();
        for found in memmem::find_iter(&text.as_bytes()[self.base..], "《") {
            let at = self.base + found;
            let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1).max(self.base);
            if titles.last().is_some_and(|last| start < last.span.end) || self.outline.is_hidden(start - self.base) {
                continue;
            }
            let Some(inside) = dialect::book_title(&text[start..]) else { continue };
            let inside = start + inside.start..start + inside.end;
            let end = text[inside.end..].find('\n').map_or(text.len(), |newline| inside.end + newline + 1);
            titles.push(Title { span: start..end, text: inside, bare: false });
        }
        titles.extend(self.outline.hanging.iter().filter_map(|range| self.bare_title(range)));
        titles.sort_by_key(|title| title.span.start);
        titles
    }

    /// The last line in column 0 above the hanging lines, unless it is a title in `《》`.
    fn bare_title(&self, paragraph: &Range<usize>) -> Option<Title> {
        let text = &self.text()[paragraph.start + self.base..paragraph.end + self.base];
        let head = text.find("\n    ")?;
        let start = text[..head].rfind('\n').map_or(0, |newline| newline + 1);
        if text[start..head].starts_with([' ', '《', '<']) || dialect::book_title(&text[start..]).is_some() {
            return None;
        }
        let start = paragraph.start + self.base + start;
        let head = paragraph.start + self.base + head;
        Some(Title { span: start..head + 1, text: start..head, bare: true })
    }

    fn entries(&mut self, titles: Vec<Title>, progress: &mut dyn FnMut(usize)) {
        let sections = self.log.sections.iter().enumerate();
        let sections: Vec<_> = sections.filter(|(_, s)| s.file == self.file).map(|(index, _)| index).collect();
        let mut titles = titles.into_iter().peekable();
        for index in sections {
            let section = self.log.sections[index].clone();
            progress(section.span.start);
            let mut inside = Vec::new();
            while let Some(title) = titles.next_if(|title| title.span.start < section.span.end) {
                if title.span.start >= section.note.start
                    && title.span.end <= section.span.end
                    && accepts(&section, &title, &inside)
                {
                    inside.push(title);
                }
            }
            let first = self.log.entries.len();
            for (position, title) in inside.iter().enumerate() {
                let end = inside.get(position + 1).map_or(section.span.end, |next| next.span.start);
                self.entry(index, title, end);
            }
            let note = section.note.start..inside.first().map_or(section.note.end, |title| title.span.start);
            let figures = self.figures(note.clone());
            let section = &mut self.log.sections[index];
            section.entries = first..self.log.entries.len();
            (section.note, section.figures) = (note, figures);
        }
    }

    fn entry(&mut self, section: usize, title: &Title, end: usize) {
        let text = self.text();
        let clean = dialect::clean_title(&text[title.text.clone()]);
        let body = title.span.end..end;
        let first_line = text[body.clone()].lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        let kind = if dialect::is_placeholder(&text[body.clone()]) {
            EntryKind::Placeholder
        } else if title.bare && !dialect::is_about_a_paper(first_line) {
            EntryKind::Note
        } else {
            EntryKind::Paper
        };
        let entry = Entry {
            file: self.file,
            section,
            key: Key(String::new()),
            kind,
            short_name: if kind == EntryKind::Note { None } else { dialect::short_name(&clean) },
            date: match self.log.sections[section].kind {
                SectionKind::Day(date) | SectionKind::Range(date, _) => Some(date),
                _ => None,
            },
            line: self.line_of(title.span.start),
            span: title.span.start..end,
            published: Published::read(first_line),
            organisations: dialect::organisations(first_line),
            figures: self.figures(body.clone()),
            references: self.references(body.clone()),
            tasks: Vec::new(),
            title: clean,
            body,
        };
        self.log.entries.push(entry);
    }

    fn figures(&self, span: Range<usize>) -> Vec<Figure> {
        figures::find(&self.log.files[self.file], &self.outline, self.base, span)
    }

    /// `[5036]`: four digits in brackets, no link and no code.
    fn references(&self, span: Range<usize>) -> Vec<Reference> {
        let text = self.text();
        let candidates = memchr::memchr_iter(b'[', &text.as_bytes()[span.clone()]).map(|at| span.start + at);
        candidates
            .filter_map(|at| {
                let inside = text.get(at + 1..at + 5)?;
                let after = text.get(at + 5..)?.strip_prefix(']')?;
                let is_reference =
                    inside.bytes().all(|byte| byte.is_ascii_digit()) && !after.starts_with(['(', '[', ':']);
                (is_reference && !self.outline.is_literal(at - self.base)).then(|| Reference {
                    id: inside.to_owned(),
                    line: self.line_of(at),
                    span: at..at + 6,
                })
            })
            .collect()
    }

    fn tasks(&mut self) {
        let first = self.log.tasks.len();
        for raw in std::mem::take(&mut self.outline.tasks) {
            let mark = raw.mark + self.base;
            let index = self.log.tasks.len();
            let section = self.log.sections.partition_point(|s| (s.file, s.span.start) <= (self.file, mark)) - 1;
            let within = self.log.sections[section].entries.clone();
            let entry = within.clone().find(|&entry| self.log.entries[entry].span.contains(&mark));
            if let Some(entry) = entry {
                self.log.entries[entry].tasks.push(index);
            }
            self.log.tasks.push(Task {
                file: self.file,
                section,
                entry,
                text: spaced(&raw.text),
                done: raw.done,
                depth: raw.depth,
                line: self.line_of(mark),
                parent: raw.parent.map(|parent| parent + first),
                pending: self.log.sections[section].kind == SectionKind::Pending,
                mark,
                span: raw.span.start + self.base..raw.span.end + self.base,
            });
        }
    }
}

/// Whether a section takes the title: the pending list takes none, and a title without
/// `《》` counts only until the first one with.
fn accepts(section: &Section, title: &Title, before: &[Title]) -> bool {
    let dated = matches!(section.kind, SectionKind::Day(_) | SectionKind::Range(..));
    section.kind != SectionKind::Pending && (!title.bare || dated && before.iter().all(|title| title.bare))
}

/// What a heading opens, given the section it stands in; `None` when it is part of it.
///
/// A dated section runs to the next date whatever its level, or to a heading shallower than
/// its own; the pending list to the next date, or to a heading that is no deeper.
fn section_kind(
    heading: &Heading,
    date: Option<HeadingDate>,
    current: SectionKind,
    level: u8,
    dialect: &Dialect,
) -> Option<SectionKind> {
    match date {
        Some(HeadingDate::Day(date)) => return Some(SectionKind::Day(date)),
        Some(HeadingDate::Month(date)) => return Some(SectionKind::Month(date)),
        Some(HeadingDate::Range(first, last)) => return Some(SectionKind::Range(first, last)),
        Some(HeadingDate::Impossible) => return Some(SectionKind::Undated),
        None => {}
    }
    if dialect.is_pending(&heading.text) {
        return Some(SectionKind::Pending);
    }
    let closes = match current {
        SectionKind::Undated => true,
        SectionKind::Pending => heading.atx && heading.level <= level,
        _ => heading.atx && heading.level < level,
    };
    closes.then_some(SectionKind::Undated)
}

/// The length of a byte order mark and front matter, and the title that it gives.
pub(super) fn front_matter(text: &str) -> (usize, Option<String>) {
    let bom = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let Some(inside) = text[bom..].strip_prefix("---\n").or_else(|| text[bom..].strip_prefix("---\r\n")) else {
        return (bom, None);
    };
    let start = text.len() - inside.len();
    let mut at = start;
    let mut title = None;
    for line in inside.split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == "---" {
            return (at, title);
        }
        if let Some(value) = line.strip_prefix("title:") {
            title = Some(value.trim().trim_matches(['"', '\'']).to_owned());
        }
    }
    (bom, None)
}
