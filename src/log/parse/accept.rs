//! Decides which title candidates are titles.

use super::FileParser;
use super::entries::EntryTitle;
use crate::log::forms::choice::FoundTitle;
use crate::log::forms::titles::TitleForm;
use crate::log::forms::{ADDRESS_BELOW, has_address_below, likeness, title, words};
use crate::log::{Section, SectionKind, dialect};

/// Likeness below which a candidate is not a title, even in the form of the titles.
const UNLIKE: f32 = -2.9;
/// The same for the undated sections of a log with dates, except topics beside dated headings.
const UNLIKE_OUTSIDE: f32 = -0.5;

/// The fewest candidates that make a habit.
const FEWEST: usize = 4;
/// Likeness below which a line or item that starts in lower case is a remark, among titles with links.
const ASIDE: f32 = -0.5;
/// Likeness below which a line of text that ends in a full stop is a sentence, unless other titles do.
const SAID: f32 = -1.0;

/// The bonus for a candidate that is marked as a title, or has a date of its own.
const ESTABLISHED: f32 = 1.5;

/// What nearly all titles of a file have in common.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Habits {
    /// Whether titles in dated sections have a link, and at least half of all titles are in such sections.
    linked: bool,
    /// The same for a date on the line of the title.
    dated: bool,
    /// Whether plain lines have a link, in all sections.
    linked_lines: bool,
    /// Whether bulleted and numbered items have a link, in all sections.
    linked_items: bool,
    /// Whether most headings have a link, in all sections.
    linked_headings: bool,
    /// Whether plain lines end without a full stop, in all sections.
    unended_lines: bool,
    /// Whether at most a third of the titles link to other files of the folder, in all sections.
    few_files: bool,
}

impl FileParser {
    pub(super) fn habits(&self, sections: &[(usize, &[FoundTitle])]) -> Habits {
        let (mut all, mut linked, mut dated) = (0, 0, 0);
        for &(index, found) in sections {
            let section = &self.log.sections[index];
            for FoundTitle { candidate, .. } in found.iter().filter(|_| section.kind.is_dated()) {
                let text = &self.text()[candidate.span().start + self.base..candidate.span().end + self.base];
                all += 1;
                linked += usize::from(text.contains("](") || text.contains("http"));
                dated += usize::from(candidate.span().start + self.base == section.span().start);
            }
        }
        let total: usize = sections.iter().map(|(_, found)| found.len()).sum();
        let is_habit = |count: usize| all >= 4 && all * 2 >= total && count * 5 >= all * 4;
        let all_found = || sections.iter().flat_map(|(_, found)| found.iter());
        let lines = || all_found().filter(|found| found.form == TitleForm::PlainLines);
        let ended = lines().filter(|found| ends_sentence(self.lines(found))).count();
        let files = all_found().filter(|found| self.lines(found).contains(".md)")).count();
        Habits {
            linked: is_habit(linked),
            dated: is_habit(dated),
            linked_lines: self.are_linked(lines()),
            linked_items: self.are_linked(all_found().filter(|found| is_item(found.form))),
            linked_headings: self.linked_headings(all_found()),
            unended_lines: ended > 0 && ended * 5 <= lines().count(),
            few_files: files > 0 && files * 3 <= total,
        }
    }

    /// The lines of a candidate's title.
    fn lines(&self, found: &FoundTitle) -> &str {
        &self.text()[found.candidate.span().start + self.base..found.candidate.span().end + self.base]
    }

    /// Whether a line is a sentence among titles without full stops, or an item in lower case is a link to another file
    /// among papers: `other lists of mine`.
    fn is_about_folder(&self, title: &EntryTitle, likeness: f32) -> bool {
        let text = &self.text()[title.span.clone()];
        match title.form {
            TitleForm::PlainLines => self.habits.unended_lines && likeness < SAID && ends_sentence(text),
            form if is_item(form) => {
                let is_low = title.text.starts_with(|c: char| c.is_ascii_lowercase());
                self.habits.few_files && is_low && likeness < ASIDE && text.contains(".md)")
            }
            _ => false,
        }
    }

    /// Whether nearly all candidates have a link.
    fn are_linked<'a>(&self, found: impl Iterator<Item = &'a FoundTitle>) -> bool {
        let (mut all, mut linked) = (0, 0);
        for found in found {
            all += 1;
            linked += usize::from(self.has_link(found));
        }
        all >= FEWEST && linked * 5 >= all * 4
    }

    /// Whether most headings have a link.
    fn linked_headings<'a>(&self, found: impl Iterator<Item = &'a FoundTitle>) -> bool {
        let (mut all, mut linked) = (0, 0);
        for found in found.filter(|found| matches!(found.form, TitleForm::Headings(_))) {
            all += 1;
            linked += usize::from(self.has_link(found));
        }
        linked >= FEWEST && linked * 2 > all
    }

    /// Whether a candidate has a link in its own lines or, in a list, below it.
    pub(super) fn has_link(&self, found: &FoundTitle) -> bool {
        let candidate = &found.candidate;
        let end = candidate.end().map_or(candidate.text().end, |end| end.max(candidate.text().end));
        let text = &self.text()[candidate.span().start + self.base..end + self.base];
        text.contains("](") || text.contains("http")
    }

    /// Whether a line or item that starts in lower case is a remark: nearly all titles have a link, and it has none.
    fn is_aside(&self, title: &EntryTitle, likeness: f32) -> bool {
        let is_among_linked = match title.form {
            TitleForm::PlainLines => self.habits.linked_lines,
            form => self.habits.linked_items && is_item(form),
        };
        // `word2vec` begins a title.
        let first = title.text.split_whitespace().next().unwrap_or_default();
        let is_low = first.chars().all(|c| c.is_ascii_lowercase());
        is_among_linked
            && is_low
            && likeness < ASIDE
            && !title.has_link
            && title.task.is_none()
            && self.least_likeness.is_none()
    }

    /// Whether a candidate in a section is a title. A line above indented text is one only below a day or range, if
    /// all titles before it are such lines too. Candidates that are unlike titles are rejected.
    pub(super) fn accepts(
        &self,
        section: &Section,
        title: &EntryTitle,
        before: &[EntryTitle],
        has_dates: bool,
    ) -> bool {
        let dated = matches!(section.kind, SectionKind::Day(_) | SectionKind::Range(..));
        match title.form {
            TitleForm::Marks => !title.bare || dated && before.iter().all(|title| title.bare) && self.is_said(title),
            TitleForm::InText => before.is_empty(),
            TitleForm::WholeFile => true,
            _ if title.text.is_empty() => false,
            _ if likeness::has_paper_link(&title.parsed) => true,
            _ => {
                let is_outside = has_dates && !section.kind.is_dated() && !is_undated_sibling(section, title);
                let is_about_folder = !section.kind.is_dated() && self.is_section_about_folder(section);
                if (is_outside || is_about_folder) && self.is_remark(section, title)
                    || is_about_folder && self.is_notice(title)
                {
                    return false;
                }
                let least = if is_outside { UNLIKE_OUTSIDE } else { UNLIKE };
                let likeness = match title.form {
                    TitleForm::Tasks => likeness::of_task(&title.text, &title.parsed),
                    _ => likeness::of_title(&title.text, &title.parsed),
                };
                // A line or row with a date of its own is no remark.
                let has_own_date = section.kind.is_dated() && title.span.start == section.span().start;
                let likeness = if title.is_named || has_own_date { likeness + ESTABLISHED } else { likeness };
                let is_rejected = self.is_aside(title, likeness)
                    || self.is_part_of_notes(title)
                    || self.is_about_folder(title, likeness)
                    || is_outside && self.is_sentence(title);
                if is_rejected && self.least_likeness.is_none() {
                    return false;
                }
                likeness > least
                    || self.has_address_below(title) && likeness + ADDRESS_BELOW > least
                    || self.least_likeness.is_some_and(|least| likeness >= least)
            }
        }
    }

    /// Whether a section is named like one about the folder, `License`. An item without a date among dated ones is a
    /// section without a name, so the heading above names it.
    fn is_section_about_folder(&self, section: &Section) -> bool {
        if !section.heading.is_empty() {
            return words::is_documentation(&section.heading);
        }
        let headings = &self.outline.headings;
        let next = headings.partition_point(|heading| heading.span().start + self.base <= section.span().start);
        next.checked_sub(1).is_some_and(|above| words::is_documentation(&headings[above].text))
    }

    /// Whether a paper's URL is directly below a heading.
    fn has_address_below(&self, title: &EntryTitle) -> bool {
        matches!(title.form, TitleForm::Headings(_)) && has_address_below(self.text(), title.span.end)
    }

    /// Whether a heading is a single plain word without a link, while most headings with titles are linked: `Acronyms`.
    fn is_part_of_notes(&self, title: &EntryTitle) -> bool {
        let is_word = |text: &str| {
            text.bytes().all(|byte| byte.is_ascii_alphabetic()) && !text.bytes().skip(1).any(|b| b.is_ascii_uppercase())
        };
        self.habits.linked_headings
            && matches!(title.form, TitleForm::Headings(_))
            && !title.has_link
            && is_word(&title.text)
            && !self.has_address_below(title)
    }

    /// Whether an item about the folder, such as its license, has a link that is not its title.
    fn is_notice(&self, title: &EntryTitle) -> bool {
        let is_told = title.is_named || self.least_likeness.is_some();
        (self.habits.linked || self.habits.dated) && is_item(title.form) && !title.parsed.set_off && !is_told
    }

    /// Whether a plain line without a link ends like a sentence.
    fn is_sentence(&self, title: &EntryTitle) -> bool {
        title.form == TitleForm::PlainLines && !title.has_link && ends_sentence(&self.text()[title.span.clone()])
    }

    /// Whether a candidate outside all dates has no link, although titles in this log have a link or a date: an item
    /// about the folder, a license.
    fn is_remark(&self, section: &Section, title: &EntryTitle) -> bool {
        let heading = section.heading.to_lowercase();
        let lists_papers = words::speaks_of_papers(&heading) || heading.contains("read");
        let is_told = title.is_named || self.least_likeness.is_some();
        (self.habits.linked || self.habits.dated) && title.parsed.links.is_empty() && !lists_papers && !is_told
    }

    /// The likeness of the title that the user pointed at.
    pub(super) fn least_likeness(&self, found: &[FoundTitle]) -> Option<f32> {
        let (form, line) = self.log.files[self.file].dialect.titles()?;
        let is_it = |found: &&FoundTitle| {
            let span = found.candidate.span().start + self.base..found.candidate.span().end + self.base;
            found.form == form && self.text()[span].lines().next().is_some_and(|first| first.trim() == line)
        };
        let found = found.iter().find(is_it)?;
        let text = found.candidate.text().start + self.base..found.candidate.text().end + self.base;
        Some(likeness::of(&title::read(&self.text()[text])))
    }

    /// Whether a line above indented text is a title: unless the form is established, the text must mention a paper.
    fn is_said(&self, title: &EntryTitle) -> bool {
        self.has_marks_form || {
            let below = self.text()[title.body..].lines().map(str::trim).find(|line| !line.is_empty());
            below.is_some_and(dialect::is_about_a_paper)
        }
    }
}

/// Whether a title in a heading lacks the date that its siblings have in or below their headings.
fn is_undated_sibling(section: &Section, title: &EntryTitle) -> bool {
    title.level > 0 && title.span.start == section.span().start && section.heading.is_empty()
}

/// Whether a line ends like a sentence.
fn ends_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['.', '!', '。', '！'])
}

/// Whether titles of a form are items of a list.
fn is_item(form: TitleForm) -> bool {
    matches!(form, TitleForm::Bullets | TitleForm::Numbers)
}
