//! Cuts sections into entries and the text between them.

use std::collections::HashMap;
use std::ops::Range;

use super::lists::first_line;
use super::{FileParser, runs_on};
use crate::log::date::Published;
use crate::log::forms::choice::FoundTitle;
use crate::log::forms::hashtags;
use crate::log::forms::inline::{self, PieceKind};
use crate::log::forms::title;
use crate::log::forms::titles::TitleForm;
use crate::log::forms::words;
use crate::log::parallel::in_parallel;
use crate::log::{Beside, Entry, EntryKind, FigurePlace, Log, Place, Reference, SectionKind, State, dialect, figures};
use crate::text::Span;

/// How much text is processed before its results are moved into the log, in bytes.
const ROUND: usize = 16 << 20;

/// A body longer than this, in bytes, is more than links, and more than the name of a link.
const LINKS: usize = 600;
const NAME: usize = 60;

/// The entries of several sections.
#[derive(Default)]
struct EntryBatch {
    entries: Vec<Entry>,
    sections: Vec<SectionContent>,
    rejected: Vec<usize>,
}

/// The content of a section; `entries` are indices into [`EntryBatch::entries`].
struct SectionContent {
    section: usize,
    entries: Range<usize>,
    notes: Vec<Span>,
    figures: Vec<FigurePlace>,
}

/// A title that has been read.
pub(super) struct EntryTitle {
    pub(super) form: TitleForm,
    pub(super) span: Range<usize>,
    /// Byte at which its words start: above them may be a short name, or a heading such as `# Paper 3`.
    pub(super) at: usize,
    /// Byte at which the body starts.
    pub(super) body: usize,
    /// Byte at which the body must end, if known.
    pub(super) end: Option<usize>,
    pub(super) text: Box<str>,
    pub(super) parsed: title::ParsedTitle,
    pub(super) bare: bool,
    pub(super) task: Option<u32>,
    pub(super) level: u8,
    /// Whether something marks it as a title, such as the header of its column.
    pub(super) is_named: bool,
    /// Whether the log says, other than by an open checkbox, that the paper has not been read.
    pub(super) is_unread: bool,
    /// Whether its lines hold a link.
    pub(super) has_link: bool,
    /// Whether the paper has a file of its own, and thus no entry here.
    pub(super) has_own_file: bool,
}

impl FileParser {
    pub(super) fn entries(&mut self, found: Vec<FoundTitle>, progress: &mut dyn FnMut(usize)) {
        let mut sections = Vec::new();
        let mut rest = found.as_slice();
        let has_dates = self.log.sections.iter().any(|section| section.file() == self.file && section.kind.is_dated());
        for (index, section) in self.log.sections.iter().enumerate().filter(|(_, it)| it.file() == self.file) {
            let is_behind = |it: &FoundTitle| it.candidate.span().start + self.base >= section.span().end;
            let (inside, behind) = rest.split_at(rest.iter().position(is_behind).unwrap_or(rest.len()));
            sections.push((index, inside));
            rest = behind;
        }
        self.least_likeness = self.least_likeness(&found);
        self.habits = self.habits(&sections);
        self.leads = self.leads(&found);
        let first = self.log.entries.len();
        self.log.entries.reserve_exact(found.len());
        // In rounds, to limit how many results are in memory twice while they are moved into the log.
        let round = |&(index, _): &(usize, &[FoundTitle])| self.log.sections[index].span().start / ROUND;
        let rounds: Vec<&[(usize, &[FoundTitle])]> =
            sections.chunk_by(|one, other| round(one) == round(other)).collect();
        for sections in rounds {
            self.round(sections, has_dates, progress);
        }
        self.decide_drafts(first);
    }

    /// Cuts some sections into entries.
    fn round(&mut self, sections: &[(usize, &[FoundTitle])], has_dates: bool, progress: &mut dyn FnMut(usize)) {
        let this = &*self;
        let span = |&(index, _): &(usize, &[FoundTitle])| this.log.sections[index].span();
        let batches = in_parallel(sections, span, progress, |share, progress| {
            let mut batch = EntryBatch::default();
            batch.entries.reserve_exact(share.iter().map(|(_, found)| found.len()).sum());
            for &(index, found) in share {
                progress(this.log.sections[index].span().start);
                this.cut_section(index, found, has_dates, &mut batch);
            }
            batch
        });
        for mut batch in batches {
            let from = self.log.entries.len();
            self.log.entries.append(&mut batch.entries);
            self.rejected.append(&mut batch.rejected);
            for SectionContent { section, entries, notes, figures } in batch.sections {
                let section = &mut self.log.sections[section];
                section.set_entries(from + entries.start..from + entries.end);
                (section.notes, section.figures) = (notes.into(), figures.into());
            }
        }
    }

    /// Cuts a section into entries, given its candidates.
    fn cut_section(&self, index: usize, found: &[FoundTitle], has_dates: bool, batch: &mut EntryBatch) {
        let section = &self.log.sections[index];
        let has_dates = has_dates && self.topics.binary_search(&index).is_err();
        let mut inside: Vec<EntryTitle> = Vec::new();
        for next in found {
            if section.kind == SectionKind::Pending || next.candidate.span().start + self.base < section.span().start {
                continue;
            }
            let title = self.title(next);
            let is_inside = title.span.start >= section.body() || title.form != TitleForm::Marks;
            if is_inside && self.accepts(section, &title, &inside, has_dates) {
                inside.push(title);
            } else if !matches!(title.form, TitleForm::Marks | TitleForm::InText) {
                batch.rejected.push(title.span.start);
            }
        }
        let first = batch.entries.len();
        let mut notes: Vec<Span> = Vec::new();
        let mut at = section.body();
        let mut inside = inside.into_iter().peekable();
        while let Some(title) = inside.next() {
            let next = inside.peek().map_or(section.span().end, |next| next.span.start);
            let end = self.body_end(&title, next);
            if title.has_own_file {
                // A bare link to the file says nothing; comments beside it are a note.
                let is_bare = !has_words(&self.text()[title.body.min(end)..end])
                    && self.text()[at..title.span.start.max(at)].trim().is_empty();
                at = if is_bare { end } else { at };
                continue;
            }
            if at < title.span.start {
                notes.push((at..title.span.start).into());
            }
            batch.entries.push(self.entry(index, title, end));
            at = end.max(at);
        }
        if at < section.span().end {
            notes.push((at..section.span().end).into());
        }
        let figures = notes.iter().flat_map(|note| self.figures(note.range())).collect();
        batch.sections.push(SectionContent { section: index, entries: first..batch.entries.len(), notes, figures });
    }

    /// Decides which entries without text are drafts: those whose siblings in the same form mostly have text. In a list
    /// of links, most have none: neither further links nor the rest of a citation count. An entry alone in its form is a draft, unless the form is that of a list.
    fn decide_drafts(&mut self, first: usize) {
        let is_blank = |log: &Log, entry: &Entry| log.body(entry).trim_start().is_empty();
        let is_in_doubt = |entry: &Entry| entry.kind == EntryKind::Draft && is_blank(&self.log, entry);
        if !self.log.entries[first..].iter().any(is_in_doubt) {
            return;
        }
        let mut counts: HashMap<TitleForm, (usize, usize)> = HashMap::new();
        for entry in &self.log.entries[first..] {
            let (filled, all) = counts.entry(entry.form).or_default();
            let is_marked = entry.form == TitleForm::Marks;
            *filled += usize::from(has_text(if is_marked { self.log.body(entry) } else { said(&self.log, entry) }));
            *all += 1;
        }
        let is_draft = |form: TitleForm| match counts.get(&form) {
            // Nobody writes `《》` around the titles of a mere list.
            Some(&(filled, all)) if form == TitleForm::Marks => filled * 2 + 1 >= all,
            Some(&(filled, all)) if all > 1 => filled * 2 > all,
            _ => runs_on(form) && form != TitleForm::LinkLines,
        };
        for at in first..self.log.entries.len() {
            let entry = &self.log.entries[at];
            if entry.kind == EntryKind::Draft && is_blank(&self.log, entry) && !is_draft(entry.form) {
                self.log.entries[at].kind = EntryKind::Paper;
            }
        }
    }

    /// Reads a title; its offsets count from the start of the file.
    fn title(&self, found: &FoundTitle) -> EntryTitle {
        let (form, candidate) = (found.form, &found.candidate);
        let shift = |range: &Range<usize>| range.start + self.base..range.end + self.base;
        let (mut span, text) = (shift(&candidate.span()), shift(&candidate.text()));
        let raw = &self.text()[text.clone()];
        let is_marked = matches!(form, TitleForm::Marks | TitleForm::InText);
        let mut parsed = if is_marked { title::ParsedTitle::default() } else { title::read(raw) };
        self.leads.remove_from(&mut parsed);
        let known = candidate.joined.clone().or_else(|| is_marked.then(|| dialect::clean_title(raw).into()));
        let end = candidate.end().map(|end| end + self.base);
        let body = match form {
            // The title continues on the next line.
            _ if candidate.joined.is_some() => span.end,
            // The rest of the line is the start of the body.
            TitleForm::Bullets | TitleForm::Numbers | TitleForm::Tasks | TitleForm::Labels => {
                self.body_start(text.start + parsed.end, span.end.max(text.start + parsed.end))
            }
            TitleForm::LinkLines | TitleForm::NumberedLines | TitleForm::StrongLines | TitleForm::PlainLines => {
                self.body_start(text.start + parsed.end, self.line_end(text.start + parsed.end))
            }
            TitleForm::Rows => span.end,
            // The title is part of a sentence, so the body starts with its line.
            TitleForm::InText => span.start,
            _ => span.end,
        };
        span.end = span.end.max(body);
        let at = text.start;
        let text = known.unwrap_or_else(|| std::mem::take(&mut parsed.title).into());
        let first = first_line(&self.text()[span.start..]).trim();
        let has_own_file = self.with_own_files.binary_search_by(|line| line.as_str().cmp(first)).is_ok();
        EntryTitle {
            form,
            span,
            at,
            body,
            end,
            text,
            parsed,
            bare: candidate.bare,
            task: candidate.task,
            level: candidate.level,
            is_named: candidate.is_named,
            is_unread: candidate.is_unread,
            has_link: self.has_link(found),
            has_own_file,
        }
    }

    fn line_end(&self, at: usize) -> usize {
        self.text()[at..].find('\n').map_or(self.text().len(), |end| at + end + 1)
    }

    /// Where the body starts: after separators on the title's line, or on the next line if nothing else follows.
    fn body_start(&self, from: usize, line_end: usize) -> usize {
        let text = self.text();
        let rest = &text[from..line_end.max(from)];
        let is_sign = |c: char| {
            matches!(c, '：' | ':' | '-' | '–' | '—' | ',' | '，' | '.' | '*' | '_' | '|' | '\\' | ' ' | '\t' | '》')
        };
        let kept = rest.trim_start_matches(is_sign);
        let kept =
            kept.strip_prefix("</u>").or_else(|| kept.strip_prefix("</b>")).unwrap_or(kept).trim_start_matches(is_sign);
        if kept.trim().is_empty() { line_end.max(from) } else { from + rest.len() - kept.len() }
    }

    /// Where a title's body ends.
    fn body_end(&self, title: &EntryTitle, next: usize) -> usize {
        let end = match title.end {
            Some(end) => end,
            // A shallower heading ends the body: it is a group heading for the titles after it.
            None if title.level > 0 => {
                let headings = &self.outline.headings;
                let from = headings.partition_point(|heading| heading.span().start + self.base < title.span.end);
                let closing = headings[from..].iter().find(|heading| heading.level < title.level);
                closing.map_or(next, |heading| heading.span().start + self.base)
            }
            None => next,
        };
        end.min(next).max(title.body.min(next))
    }

    pub(super) fn entry(&self, section: usize, title: EntryTitle, end: usize) -> Entry {
        let text = self.text();
        let body = title.body.min(end)..end;
        let first_line = first_line(text[body.clone()].trim_start()).trim_end();
        let kind = if self.log.files[self.file].dialect.is_draft(&text[body.clone()]) {
            EntryKind::Draft
        } else if title.bare && !dialect::is_about_a_paper(first_line) {
            EntryKind::Note
        } else {
            EntryKind::Paper
        };
        let read = title.task.and_then(|task| self.outline.tasks.get(usize::try_from(task).unwrap_or(usize::MAX)));
        let title::ParsedTitle { links, mut tags, venue, year, is_unread, .. } = title.parsed;
        if memchr::memchr(b'#', &text.as_bytes()[body.clone()]).is_some() {
            for tag in hashtags::find(&text[body.clone()]) {
                if !tags.iter().any(|known| known.trim_start_matches('#').eq_ignore_ascii_case(&tag)) {
                    tags.push(tag);
                }
            }
        }
        // Index into the outline's tasks, until the file's tasks are collected.
        let task = title.task.and_then(|task| usize::try_from(task).ok());
        let place = Place::new(self.file, section, self.line_of(title.at));
        let place = place.covering(title.span.start..end, body.start).with_task(task);
        let has_beside = !links.is_empty() || !tags.is_empty() || venue.is_some();
        Entry {
            date: match self.log.sections[section].kind {
                SectionKind::Day(date) | SectionKind::Range(date, _) => Some(date),
                _ => None,
            },
            published: Published::read(first_line).or(year.map(Published::in_year)),
            organisations: dialect::organisations(first_line).into(),
            figures: self.figures(body.clone()).into(),
            references: self.references(body).into(),
            beside: has_beside
                .then(|| Box::new(Beside { links: links.into(), tags: tags.into(), venue: venue.map(Into::into) })),
            read: read.map_or(!(title.is_unread || is_unread || self.is_unread), |task| task.state == State::Done),
            ..Entry::new(place, title.text, kind, title.form)
        }
    }

    pub(super) fn figures(&self, span: Range<usize>) -> Vec<FigurePlace> {
        figures::find(&self.log.files[self.file], &self.outline, self.base, span)
    }

    /// The references `[5036]` in a span: four digits in brackets, outside links and code.
    fn references(&self, span: Range<usize>) -> Vec<Reference> {
        let text = self.text();
        let candidates = memchr::memchr_iter(b'[', &text.as_bytes()[span.clone()]).map(|at| span.start + at);
        candidates
            .filter_map(|at| {
                let inside = text.get(at + 1..at + 5)?;
                let after = text.get(at + 5..)?.strip_prefix(']')?;
                let is_reference =
                    inside.bytes().all(|byte| byte.is_ascii_digit()) && !after.starts_with(['(', '[', ':']);
                (is_reference && !self.outline.is_literal(at - self.base))
                    .then(|| Reference::new(inside, self.line_of(at), at..at + 6))
            })
            .collect()
    }
}

/// Whether a body has text beside links and their names, as in `, paper [[pdf](x.pdf)]`.
fn has_text(body: &str) -> bool {
    // A quick check that saves most bodies from being taken apart.
    let is_long = body.len() > LINKS || body.trim().len() > NAME && !body.contains("](") && !body.contains("http");
    if is_long {
        return true;
    }
    let is_text = |text: &str| {
        let parts = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, ' ' | '-' | '_')));
        parts.map(str::trim).any(|part| part.contains(char::is_alphanumeric) && !words::is_link_label(part))
    };
    inline::pieces(body).iter().any(|piece| match piece.kind {
        PieceKind::Text | PieceKind::Code => is_text(piece.text),
        PieceKind::Picture => true,
        _ => false,
    })
}

/// The text of an entry, without the rest of a citation on the line of the title.
fn said<'a>(log: &'a Log, entry: &Entry) -> &'a str {
    let (body, text) = (log.body(entry), &log.files[entry.file()].text);
    let line = text.get(entry.span().start..entry.body().start).unwrap_or_default();
    let is_cited = || {
        let item = first_line(&text[entry.span().start..]).trim_start_matches(['-', '*', '+', ' ', '\t']);
        title::read(item).cited
    };
    let is_same_line = !line.contains('\n') && !body.is_empty();
    if is_same_line && is_cited() { &body[first_line(body).len()..] } else { body }
}

/// Whether a text has words beside its links.
fn has_words(text: &str) -> bool {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let own = before.rfind('[').map_or(before, |at| &before[..at]);
        if own.contains(char::is_alphanumeric) {
            return true;
        }
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    rest.split_whitespace().any(|word| word.contains(char::is_alphanumeric) && !word.contains("://"))
}

#[cfg(test)]
mod tests {
    use crate::log::{EntryKind, Source, parse};

    #[test]
    fn hashtags_in_the_text_are_tags() {
        let text = "## 2031.5.17\n\n《Emu》\n\nfast #birds\n\n#labour #birds\n\n```c\n #include\n```\n\n《Owl》\n\nx\n";
        let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
        let tags: Vec<&[String]> = log.entries.iter().map(|entry| entry.tags()).collect();
        assert_eq!(tags, [&["birds".to_owned(), "labour".to_owned()][..], &[]]);
    }

    #[test]
    fn a_title_alone_is_a_draft_among_titles_with_text() {
        let drafts = |bodies: &[&str]| {
            let titles = [
                "Emus at Work: Deep Learning of Birds",
                "Gnus at Rest: Deep Neural Networks",
                "Owls at Night: a Survey of Attention",
                "Elks: Object Detection",
            ];
            let day =
                |(title, body): (&&str, &&str)| format!("### [{title}](https://arxiv.org/abs/2031.1)\n\n{body}\n\n");
            let text = format!("## 2031.5.17\n\n{}", titles.iter().zip(bodies).map(day).collect::<String>());
            let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
            assert_eq!(log.entries.len(), 4);
            log.entries.iter().filter(|entry| entry.kind == EntryKind::Draft).count()
        };
        assert_eq!(drafts(&["good", "it is slow", "bad", ""]), 1);
        assert_eq!(drafts(&["", "arXiv 2031", "", ""]), 0);
        assert_eq!(drafts(&["TBD", "", "", ""]), 1);
    }
}
