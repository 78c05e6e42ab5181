//! The header: the log's name, counts and state. A click on a part goes to what it counts.

use std::ops::Range;

use crate::app::keys::action::Action;
use crate::app::screen::layout::Pane;
use crate::app::{App, Effect};
use crate::log::Counts;
use crate::say;
use crate::text::{cut, width};
use crate::words::Language;

/// Columns between parts at the right.
const GAP: usize = 3;

/// Separates counts at the left.
const DOT: &str = " · ";

/// A part of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderPart {
    /// Its text.
    pub text: String,
    /// The action that a click runs, if any.
    pub action: Option<Action>,
    /// Whether it is the log's name.
    pub is_name: bool,
    /// The columns that it takes.
    pub columns: Range<u16>,
}

impl App {
    /// The parts of the header from left to right, once the log has loaded. If they do not all fit, the
    /// counts are left out and, if need be, the name is cut.
    pub(crate) fn header(&self) -> Vec<HeaderPart> {
        let end = usize::from(self.size.width.saturating_sub(1));
        let right = self.standing();
        let taken = |parts: &[(String, Option<Action>)]| {
            parts.iter().map(|(text, _)| width(text)).sum::<usize>() + GAP * parts.len().saturating_sub(1)
        };
        let begin = end.saturating_sub(taken(&right));
        let room = begin.saturating_sub(2);
        let mut parts = HeaderParts::default();
        let name = cut(&self.name(), room).into_owned();
        let mut at = parts.put(1, name, Some(Action::ListLogs), true);
        let counts = counts(self.counts(), self.language);
        let counted: usize = counts.iter().map(|(text, _)| width(DOT) + width(text)).sum();
        if at - 1 + counted <= room {
            for (text, action) in counts {
                at = parts.put(at, DOT.to_owned(), None, false);
                at = parts.put(at, text, Some(action), false);
            }
        }
        let mut at = begin;
        for (text, action) in right {
            at = parts.put(at, text, action, false) + GAP;
        }
        parts.0
    }

    /// The state at the right, as (text, action of a click): background work, reviews, pending items, saving.
    fn standing(&self) -> Vec<(String, Option<Action>)> {
        let language = self.language;
        let (done, all) = self.log.progress();
        let pending =
            if all == 0 { String::new() } else { say!(language, "☐ {} pending", "☐ {} 项待读", all - done) };
        let saved = match (self.is_saving(), self.has_saved()) {
            (true, _) => language.pick("saving…", "保存中…"),
            (false, true) => language.pick("saved", "已保存"),
            (false, false) => "",
        };
        let looks = self.poll_seconds.map_or_else(String::new, |seconds| {
            say!(language, "files checked every {seconds} s", "每 {seconds} 秒检查文件")
        });
        let pdfs = self.reading_papers.map_or_else(String::new, |(done, all)| {
            say!(language, "reading PDFs {done}/{all}", "正在读取 PDF {done}/{all}")
        });
        let parts = [
            (pdfs, None),
            (looks, None),
            (self.up(), Some(Action::Review)),
            (pending, Some(Action::Focus(Pane::Pending))),
            (saved.to_owned(), Some(Action::ListChanges)),
        ];
        parts.into_iter().filter(|(text, _)| !text.is_empty()).collect()
    }

    /// How many papers are due, and how many are new or, if the daily limit puts some off, how many are for
    /// today.
    fn up(&self) -> String {
        let (queue, language) = (&self.reviewing.queue, self.language);
        match (queue.due.len(), queue.new.len(), queue.put_off) {
            (0, 0, _) => String::new(),
            (due, 0, 0) => say!(language, "{due} due", "{due} 篇到期"),
            (0, new, _) => say!(language, "{new} new to review", "首次复习 {new} 篇"),
            (due, new, 0) => say!(language, "{due} due, {new} new", "到期 {due} 篇，首次复习 {new} 篇"),
            (due, _, put_off) if put_off == due => say!(language, "{due} due, all put off", "到期 {due} 篇，已顺延"),
            (due, _, put_off) => {
                say!(language, "{} to review, {due} due", "到期 {due} 篇，今天复习 {} 篇", due.saturating_sub(put_off))
            }
        }
    }

    /// Runs the action of the part at a column.
    pub(in crate::app) fn press_header(&mut self, column: u16) -> Vec<Effect> {
        if self.is_loading() {
            return Vec::new();
        }
        let part = self.header().into_iter().find(|part| part.columns.contains(&column));
        part.and_then(|part| part.action).map_or_else(Vec::new, |action| self.perform(action))
    }
}

#[derive(Default)]
struct HeaderParts(Vec<HeaderPart>);

impl HeaderParts {
    /// Adds a part at a column and returns the column after it.
    fn put(&mut self, at: usize, text: String, action: Option<Action>, is_name: bool) -> usize {
        let end = at + width(&text);
        let column = |column: usize| u16::try_from(column).unwrap_or(u16::MAX);
        self.0.push(HeaderPart { text, action, is_name, columns: column(at)..column(end) });
        end
    }
}

/// Counts of papers and of days, months, years or sections, as (text, action of a click).
fn counts(counts: Counts, language: Language) -> Vec<(String, Action)> {
    let Counts { papers, days, months, years, sections } = counts;
    let timeline = Action::Focus(Pane::Timeline);
    let under = if days == 0 && months == 0 && years == 0 {
        (sections > 1).then(|| (language.counted(sections, "section", "sections", "个章节"), timeline))
    } else if days >= months.max(years) {
        Some((language.counted(days, "day", "days", "天"), Action::ShowCalendar))
    } else if months >= years {
        Some((language.counted(months, "month", "months", "个月"), Action::ShowStatistics))
    } else {
        Some((language.counted(years, "year", "years", "年"), Action::ShowStatistics))
    };
    let papers = (language.counted(papers, "paper", "papers", "篇论文"), timeline);
    std::iter::once(papers).chain(under).collect()
}
