//! Reads a file about one paper: a single section with a single entry.

use super::FileParser;
use super::entries::EntryTitle;
use super::lists::first_line;
use super::sections::kind;
use crate::log::date::sequence::{Hint, Order, Resolved, resolve};
use crate::log::date::{Place, When, read};
use crate::log::forms::dates::{
    DateForm, DateMark, Dates, OrderGuess, day_of_folders, day_of_reading, month_among, order_guess,
};
use crate::log::forms::title::ParsedTitle;
use crate::log::forms::titles::{TitleForm, whole};
use crate::log::{Role, Section, SectionKind, TitleFrom};
use crate::text::{Span, prefix};

/// How far below the title its date may be, in bytes.
const NEAR: usize = 400;
/// Labels of a reading date.
const LABELS: &[&str] =
    &["date", "read", "read on", "date read", "reading date", "created", "日期", "阅读日期", "時間", "时间", "날짜"];

impl FileParser {
    /// Returns where the file takes its title from, if `line` is that title.
    pub(super) fn title_from(&self, line: &str) -> Option<TitleFrom> {
        [TitleFrom::Front, TitleFrom::Heading, TitleFrom::Line].into_iter().find(|&from| {
            let found = whole::find(self.page(), from);
            found.is_some_and(|found| self.text()[found.span].trim() == line)
        })
    }

    /// Reads the file as one entry, with a title from where its role says or else from elsewhere. Returns `false` if
    /// there is no title.
    pub(super) fn whole(&mut self, role: &Role, dates: &mut Dates) -> bool {
        let Role::Paper { title: from, named, topic, is_dated_by_name, listed, .. } = role else { return false };
        let (from, by_name) = (*from, *is_dated_by_name);
        let places = [from, TitleFrom::Front, TitleFrom::Heading, TitleFrom::Name];
        let Some(found) = places.into_iter().find_map(|from| whole::find(self.page(), from)) else { return false };
        let length = self.text().len();
        let own = dates.own.filter(|_| self.front.date.is_some() || by_name);
        let label = if own.is_none() { self.labelled(found.body) } else { None };
        let kind = self.date_of_whole(own, label, *listed, dates, found.body).unwrap_or(SectionKind::Undated);
        if let Some(label) = label {
            let (year, month) = self.hint_of_folders();
            dates.order = self.guessed_order(label, Hint { year, month });
        }
        // A title in the front matter has no text above it.
        let above = self.base..found.span.start.max(self.base);
        let above = Some(above).filter(|above| !self.text()[above.clone()].trim().is_empty());
        // Blank lines above the title belong to the head of the section.
        let body = if above.is_some() { self.base } else { found.span.start.max(self.base) };
        let figures = above.iter().flat_map(|above| self.figures(above.clone())).collect();
        let mut section = Section::new(self.file, kind, topic, 1, 0..length);
        section.set_body(body);
        section.set_entries(0..1);
        section.notes = above.into_iter().map(Span::from).collect();
        section.figures = figures;
        self.log.sections.push(section);
        let mut parsed = match named {
            Some(title) => ParsedTitle { title: title.clone(), ..ParsedTitle::default() },
            None => found.parsed,
        };
        let known = parsed.tags.clone();
        parsed.tags.extend(self.front.tags.iter().filter(|tag| !known.contains(tag)).cloned());
        let links = self.front.links.iter().filter(|link| !parsed.links.contains(link)).cloned();
        parsed.links.extend(links.collect::<Vec<_>>());
        parsed.venue = parsed.venue.take().or_else(|| self.front.venue.clone());
        parsed.year = parsed.year.or(self.front.year);
        self.is_unread |= self.front.is_unread;
        let title = EntryTitle {
            form: TitleForm::WholeFile,
            at: found.at,
            span: found.span,
            body: found.body,
            end: None,
            text: parsed.title.clone().into(),
            parsed,
            bare: false,
            task: None,
            level: 0,
            is_named: true,
            is_unread: false,
            has_link: false,
            has_own_file: false,
        };
        let entry = self.entry(0, title, length);
        self.log.entries.push(entry);
        true
    }

    /// The date of a file about one paper: its `own`, from front matter or its name; or that after a label, in an index,
    /// in the text below its title, or in its folders.
    fn date_of_whole(
        &self,
        own: Option<Resolved>,
        label: Option<When>,
        listed: Option<SectionKind>,
        dates: &Dates,
        body: usize,
    ) -> Option<SectionKind> {
        let near = |mark: &DateMark| mark.at + self.base < body + NEAR && !self.is_number_of_part(mark, body);
        let below = dates.marks.iter().zip(&dates.resolved).find(|(mark, _)| near(mark)).map(|(_, resolved)| *resolved);
        // A year alone is the year of publication.
        let is_day = |resolved: &Resolved| !matches!(resolved, Resolved::Range(first, last) if (*last - *first).num_days() > 300);
        let dated = |found: Option<Resolved>| found.filter(is_day).map(kind).filter(|kind| kind.is_dated());
        let said = own.or_else(|| self.resolved(label?));
        let below = below.or_else(|| self.directly_below(body));
        let of_folders = || dated(self.resolved(day_of_folders(&self.log.files[0].name)?));
        match listed {
            // If an index tells when the paper was read, a date below the title may be its publication date.
            Some(listed) => dated(said).or(Some(listed)),
            None => dated(said.or(below)).or_else(of_folders).or_else(|| self.month_of_folders()),
        }
    }

    /// Whether a heading without a year stands below one of the summary: `### 2.1` below `## Method` is no day.
    fn is_number_of_part(&self, mark: &DateMark, body: usize) -> bool {
        let has_year = matches!(
            mark.what,
            When::Day { year: Some(_), .. } | When::Ambiguous { year: Some(_), .. } | When::Month { year: Some(_), .. }
        );
        let is_below_part = || {
            let headings = self.outline.headings.iter().filter(|heading| heading.span().start + self.base >= body);
            headings.take_while(|heading| heading.span().start < mark.at).any(|heading| heading.level < mark.level)
        };
        mark.form == DateForm::Headings && !has_year && is_below_part()
    }

    /// The date after a label just below the title (`Date: 05/17/2031`), or after a label of a reading date anywhere.
    fn labelled(&self, body: usize) -> Option<When> {
        let near = prefix(&self.text()[body..], NEAR).lines().find_map(|line| {
            let line = line.trim_start_matches(['-', '*', '>', ' ', '_']);
            let (label, value) = line.split_once([':', '：'])?;
            let label = label.trim_end_matches(['*', '_', ' ']).to_lowercase();
            LABELS.contains(&label.as_str()).then(|| read(value.trim_matches(['*', '_', ' ']), Place::FrontMatter))?
        });
        near.map(|parsed| parsed.what).or_else(|| day_of_reading(&self.text()[self.base..]))
    }

    /// The day on the line directly below the title. The title can be plain text, so that both are one paragraph.
    fn directly_below(&self, body: usize) -> Option<Resolved> {
        let line = first_line(&self.text()[body..]).trim_matches(['*', '_', '(', ')', ' ', '\t', '\r']);
        let what = read(line, Place::Cell).filter(|parsed| parsed.alone && !line.is_empty())?.what;
        matches!(what, When::Day { year: Some(_), .. } | When::Ambiguous { year: Some(_), .. })
            .then(|| self.resolved(what))?
    }

    fn resolved(&self, what: When) -> Option<Resolved> {
        let (year, month) = self.hint_of_folders();
        let hint = Hint { year, month };
        let order = match what {
            When::Ambiguous { second, .. } if Some(second) == month => Order::DayFirst,
            _ => self.guessed_order(what, hint).map_or(Order::default(), |guess| guess.order),
        };
        resolve(&[(what, hint)], order).into_iter().next()
    }

    /// The assumed order of day and month of a single date.
    pub(super) fn guessed_order(&self, what: When, hint: Hint) -> Option<OrderGuess> {
        order_guess(&[what], &[hint], None, &self.date_input(self.known_order))
    }

    /// The month named by the file's folders: `2031/may`.
    fn month_of_folders(&self) -> Option<SectionKind> {
        let (year, month) = self.hint_of_folders();
        chrono::NaiveDate::from_ymd_opt(year?, month?, 1).map(SectionKind::Month)
    }

    fn hint_of_folders(&self) -> (Option<i32>, Option<u32>) {
        let (mut year, mut month) = (None, None);
        for folder in self.log.files[0].name.rsplit('/').skip(1).take(3) {
            match read(folder, Place::Name).map(|parsed| parsed.what).or_else(|| month_among(folder)) {
                Some(When::Month { year: of, month: named }) => {
                    month = month.or(Some(named));
                    year = year.or(of);
                }
                Some(When::Year(named)) if month.is_some() => year = year.or(Some(named)),
                _ => {}
            }
        }
        (year, month)
    }
}
