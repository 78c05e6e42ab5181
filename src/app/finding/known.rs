//! Finds papers already read: entries that match the item or title being typed, or the selected item. Also finds the
//! item being typed in the pending list.

use std::collections::HashMap;

use memchr::memchr_iter;

use crate::app::keys::action::Action;
use crate::app::lists::picker::{PickerRow, PickerTarget};
use crate::app::panes::checklist::cited_by;
use crate::app::screen::layout::Pane;
use crate::app::{App, Effect, Overlay};
use crate::log::already_read::Titles;
use crate::log::date::format_day;
use crate::log::deadline::deadline;
use crate::log::item_dates::ItemDate;
use crate::log::wiki::{wiki, wiki_name};
use crate::log::{Entry, Log, normalise};
use crate::say;

/// The lookup table, built on first use, and the latest result.
#[derive(Debug, Default)]
pub(in crate::app) struct Lookup {
    /// (log revision, lookup table).
    titles: Option<(u64, Titles)>,
    /// (log revision, pending items by normalised text, as indices into [`Log::tasks`](crate::log::Log::tasks)).
    items: Option<(u64, HashMap<String, usize>)>,
    found: Option<KnownMatches>,
}

/// The matches for a text.
#[derive(Debug)]
struct KnownMatches {
    /// What was looked up, and in which log: (text, log revision).
    made: (String, u64),
    /// Matching papers, best first, as indices into [`Log::entries`](crate::log::Log::entries).
    entries: Vec<usize>,
    /// The pending item with the text of the new item being typed, as an index into
    /// [`Log::tasks`](crate::log::Log::tasks).
    item: Option<usize>,
}

/// The pending items by normalised text; of several with the same text, the first one that is open.
fn pending_by_text(log: &Log) -> HashMap<String, usize> {
    let mut items = HashMap::new();
    let (closed, open): (Vec<usize>, Vec<usize>) = (0..log.tasks.len())
        .rev()
        .filter(|&task| log.tasks[task].pending)
        .partition(|&task| log.tasks[task].is_closed());
    for task in closed.into_iter().chain(open) {
        items.insert(normalise(&log.tasks[task].text), task);
    }
    items
}

impl App {
    /// Looks up the text being typed or the selected item.
    pub(in crate::app) fn look_up(&mut self) {
        let text = match self.overlays.last() {
            Some(Overlay::Prompt(prompt)) if prompt.purpose.names_a_paper() => Some(prompt.field.text().to_owned()),
            None if self.focus == Pane::Pending => self.item().map(|task| self.log.tasks[task].text.clone()),
            _ => None,
        };
        let is_new_item = matches!(self.overlays.last(), Some(Overlay::Prompt(prompt)) if prompt.adds_item());
        let Lookup { titles, items, found } = &mut self.known;
        let made = text.map(|text| (text, self.revision));
        if found.as_ref().map(|known| &known.made) == made.as_ref() {
            return;
        }
        *found = made.map(|made| {
            let of_now = titles.take().filter(|(revision, _)| *revision == made.1);
            let (_, titles) = titles.insert(of_now.unwrap_or_else(|| (made.1, Titles::of(&self.log))));
            let item = is_new_item.then(|| {
                let of_now = items.take().filter(|(revision, _)| *revision == made.1);
                let (_, items) = items.insert(of_now.unwrap_or_else(|| (made.1, pending_by_text(&self.log))));
                items.get(&normalise(&made.0)).copied()
            });
            KnownMatches { entries: titles.already_read(&made.0), item: item.flatten(), made }
        });
    }

    /// A line that says that the item being typed is in the pending list already.
    pub(crate) fn listed_line(&self) -> Option<String> {
        let task = self.log.tasks.get(self.known.found.as_ref()?.item?)?;
        let text = &task.text;
        Some(match task.is_closed() {
            true => say!(self.language, "already ticked: {text}", "已勾选：{text}"),
            false => say!(self.language, "already in the list: {text}", "列表中已有：{text}"),
        })
    }

    /// Whether the typed text or the selected item matches a paper of the log.
    pub(in crate::app) fn is_known(&self) -> bool {
        self.known().next().is_some()
    }

    fn known(&self) -> impl Iterator<Item = &Entry> {
        let entries = self.known.found.as_ref().map(|known| known.entries.as_slice()).unwrap_or_default();
        entries.iter().filter_map(|&entry| self.log.entries.get(entry))
    }

    /// A line that names the papers matching the typed text or the selected item.
    pub(crate) fn known_line(&self) -> Option<String> {
        let mut known = self.known();
        let first = known.next()?;
        let more = match known.count() {
            0 => String::new(),
            more => {
                let all = more + 1;
                say!(self.language, " ({all} matches)", "（共 {all} 篇匹配）")
            }
        };
        let title = &first.title;
        Some(match first.date.map(format_day) {
            Some(date) => say!(self.language, "already read {date}{more}: {title}", "{date} 已读{more}：{title}"),
            None => say!(self.language, "already read{more}: {title}", "已读{more}：{title}"),
        })
    }

    /// The line below the checklist about the selected item: deadline, scheduled date, citations, papers
    /// already read.
    pub(crate) fn foot(&self) -> Option<String> {
        if self.focus != Pane::Pending || !self.overlays.is_empty() {
            return None;
        }
        let task = &self.log.tasks[self.item()?];
        let due = deadline(&task.text, None).and_then(|due| due.date).filter(|_| task.is_open());
        let due = due.map(|date| match self.today() {
            Some(today) if date < today => say!(self.language, "overdue since {}", "{} 截止，已逾期", format_day(date)),
            _ => say!(self.language, "due {}", "{} 截止", format_day(date)),
        });
        let scheduled = ItemDate::Scheduled.read(&task.text).filter(|_| task.is_open());
        let scheduled = scheduled.map(|date| say!(self.language, "scheduled for {}", "计划于 {}", format_day(date)));
        let cited = Some(cited_by(&self.log, &self.checklist, self.item()?)).filter(|&count| count > 0);
        let cited = cited.map(|count| {
            let papers = self.language.counted(count, "paper", "papers", "篇已读论文");
            say!(self.language, "cited by {papers} you have read", "被 {papers}引用")
        });
        let parts: Vec<String> = due.into_iter().chain(scheduled).chain(cited).chain(self.known_line()).collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }

    /// Follows the first `[[link]]` of the selected item that leads somewhere; `None` if there is none.
    pub(in crate::app) fn open_linked(&mut self) -> Option<Vec<Effect>> {
        let task = &self.log.tasks[self.item()?];
        let line = self.log.files[task.file].text[task.span.clone()].lines().next()?;
        let links = memchr_iter(b'[', line.as_bytes()).filter_map(|at| wiki(line, at));
        let link = links.filter_map(|link| self.links.note(task.file, wiki_name(&line[link]))).next()?.clone();
        Some(self.follow(&link))
    }

    /// Goes to the paper that the selected item matches, and asks which if there are several; `None` if there
    /// is none.
    pub(in crate::app) fn open_known(&mut self) -> Option<Vec<Effect>> {
        let rows: Vec<PickerRow> = self.known().map(PickerRow::entry).collect();
        match rows.as_slice() {
            [] => None,
            [PickerRow::Choice(only)] => {
                if let PickerTarget::Entry(key) = only.target.clone() {
                    self.go_to(&key);
                }
                Some(Vec::new())
            }
            _ => Some(self.choose_from(self.language.pick("Already read", "已读过"), rows, "")),
        }
    }

    pub(in crate::app) fn nothing_to_open(&mut self) -> Vec<Effect> {
        if self.item().is_none() {
            return self.no_item();
        }
        let (tick, log) = (self.call(Action::ToggleTask), self.call(Action::LogItem));
        self.tell(say!(
            self.language,
            "This item has nothing to open; press {tick} to tick it, {log} to log it",
            "此项没有可打开的内容；按 {tick} 勾选，按 {log} 记为已读"
        ))
    }
}
