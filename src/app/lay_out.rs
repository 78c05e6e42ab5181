//! Layout that depends on the screen's size: the page's lines, the lists' scroll positions, messages.

use super::page::flow::{BlockKind, PageLine, SpanRole, paragraph};
use super::page::pages::PageInput;
use super::panes::checklist::{self, Room};
use super::panes::reader::LayoutKey;
use super::panes::timeline::TimelineRow;
use super::screen::layout::{self, Arrangement, Pane};
use super::{App, Overlay, Status, Tone};
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::say;
use crate::text::width;

/// The most rows that a message may add above the status line.
const MESSAGE_ROWS: u16 = 3;

/// A message may take one row per this many rows of the screen.
const SCREEN_ROWS_PER_MESSAGE_ROW: u16 = 7;

impl App {
    /// Lays out whatever depends on the selection or the screen's size.
    pub(super) fn lay_out(&mut self) {
        self.sizes.message = if self.overlays.is_empty() { self.message_rows() } else { 0 };
        let row = self.page_row();
        if let Some(area) = self.page_area() {
            let subject = row.map(|row| self.timeline.place_of(&self.log, row));
            let made = LayoutKey {
                columns: usize::from(area.width),
                rows: area.height,
                revision: self.revision,
                figures: self.figures.revision(),
                is_first: row.is_some() && row == self.timeline.rows.first().copied(),
            };
            let reviews = match row {
                Some(TimelineRow::Entry(entry, _)) => self.reviewing.facts(&self.log.entries[entry], self.language),
                _ => Vec::new(),
            };
            // Laying out the page borrows all of `self` except the reader.
            let mut reader = std::mem::take(&mut self.reader);
            reader.turn_to(
                PageInput { reviews: &reviews, ..self.page_input() },
                &self.timeline.groups,
                row,
                subject,
                made,
            );
            self.reader = reader;
            self.reader.view.clamp(usize::from(area.height), self.reader.lines.len());
        }
        self.lay_out_overlays();
        if let Some(columns) = self.checklist_columns() {
            self.fit_checklist(columns);
            self.sizes.list = self.list_rows(columns);
            self.fit_checklist(columns);
        }
        self.look_up();
    }

    fn fit_checklist(&mut self, columns: usize) {
        let rows = self.text_area(Pane::Pending).map_or(0, |area| usize::from(area.height));
        self.checklist.fit(&self.log, self.revision, Room { columns, rows }, self.language);
    }

    /// Rows that the whole checklist needs. `None` means the default height: while the user types or filters, or while the
    /// empty list has the focus, the pane must not follow the number of items.
    fn list_rows(&self, columns: usize) -> Option<u16> {
        let is_typed = matches!(self.overlays.last(), Some(Overlay::Prompt(_)));
        if is_typed || self.checklist.filter.is_on() {
            return None;
        }
        let rows = match self.checklist.full_rows() {
            0 if self.focus == Pane::Pending => return None,
            0 => 1 + self.empty_list(columns).len(),
            rows => 2 + rows,
        };
        Some(u16::try_from(rows).unwrap_or(u16::MAX))
    }

    /// The text in an empty checklist. When the checklist is below the timeline and not focused, the text is
    /// short, to leave rows for the timeline.
    pub(crate) fn empty_list(&self, columns: usize) -> Vec<PageLine> {
        let call = |action| self.keymap.call(action, Context::Pane(Pane::Pending));
        let text = if self.checklist.filter.is_on() {
            let (all, some) = (call(Action::Cancel), call(Action::CycleShow));
            say!(
                self.language,
                "No item matches. Press {all} to show all items, or {some} to switch between open, done and all.",
                "没有匹配的待读项。按 {all} 取消筛选，按 {some} 切换未完成、已完成、全部。"
            )
        } else if let open @ 1.. = self.log.tasks.iter().filter(|task| task.is_open()).count() {
            let list = call(Action::ListTodo);
            let tasks = self.language.counted(open, "open task", "open tasks", "个未完成的任务");
            say!(
                self.language,
                "No pending list here, but {tasks} in summaries. Press {list} to list them.",
                "这里没有待读清单。笔记中有 {tasks}，按 {list} 列出。"
            )
        } else if self.arrangement() == Arrangement::Medium && self.focus != Pane::Pending {
            let (focus, add) = (self.call(Action::Focus(Pane::Pending)), call(Action::AddItem));
            say!(
                self.language,
                "Nothing is pending. To add a paper, press “{focus}”, then “{add}”.",
                "待读清单是空的：先按 {focus}，再按 {add} 添加论文。"
            )
        } else {
            let add = call(Action::AddItem);
            say!(
                self.language,
                "Nothing is pending. To keep a list of what to read, press “{add}” here and type the title of a paper; \
                 or write a heading “# pending list” in the log, and below it items such as “- [ ] a paper”.",
                "待读清单是空的。在此按 {add} 输入论文标题即可添加；也可以在日志中写标题“# 待读清单”，在其下写“- [ ] 论文标题”。"
            )
        };
        paragraph(&text, SpanRole::Fact, BlockKind::Text, columns)
    }

    /// The status message wrapped to the screen's width; empty if there is none.
    pub(crate) fn message(&self) -> Vec<PageLine> {
        let text = self.message_text();
        let columns = usize::from(self.size.width.saturating_sub(2)).max(1);
        if text.is_empty() { Vec::new() } else { paragraph(&text, SpanRole::Body, BlockKind::Text, columns) }
    }

    /// The status message. If it is too long for a line, the paths of the log's files are cut to their names.
    pub(crate) fn message_text(&self) -> String {
        let Some(Status { text, tone }) = &self.status else { return String::new() };
        let mut text = format!("{}{text}", if *tone == Tone::Error { "! " } else { "" });
        if width(&text) > usize::from(self.size.width.saturating_sub(2)) {
            for path in self.log.files.iter().map(|file| file.name.as_str()) {
                if let Some((_, name)) = path.rsplit_once(['/', '\\']).filter(|(_, name)| !name.is_empty()) {
                    text = without_folders(&text, path, name);
                }
            }
        }
        text
    }

    /// Extra rows above the status line for a message, so that the key hints stay visible. 0 for news of one
    /// line, or if an overlay leaves no room.
    pub(crate) fn message_rows(&self) -> u16 {
        let lines = u16::try_from(self.message().len()).unwrap_or(u16::MAX);
        let is_brief = self.status.as_ref().is_some_and(|status| status.tone == Tone::News) && lines == 1;
        let end = self.size.height.saturating_sub(1);
        let free = match (self.overlays.last(), self.body()) {
            (None, _) => end / SCREEN_ROWS_PER_MESSAGE_ROW,
            (Some(_), Some(body)) => end.saturating_sub(body.frame.y + body.frame.height),
            (Some(_), None) => 0,
        };
        if is_brief { 0 } else { lines.min(free).min(MESSAGE_ROWS) }
    }

    /// Scrolls every list to its cursor.
    pub(super) fn show_cursors(&mut self) {
        if let Some(area) = self.text_area(Pane::Timeline) {
            let cursor = self.timeline.cursor;
            self.timeline.view.show(cursor..cursor + 1, usize::from(area.height), self.timeline.rows.len());
        }
        if let Some(area) = self.text_area(Pane::Pending) {
            self.checklist.reveal(usize::from(area.height));
        }
        self.go(|body| body.show_cursor());
    }

    /// Columns for the checklist's text, not counting the columns reserved at its right. `None` if the
    /// checklist is not on the screen.
    pub(super) fn checklist_columns(&self) -> Option<usize> {
        let area = self.pane_area(Pane::Pending).map(|area| layout::text(area, self.sizes));
        area.map(|area| usize::from(area.width).saturating_sub(checklist::beside(&self.log)))
    }
}

/// Replaces `path`, and longer paths that end in it, with the file name `name`. A match that starts inside a
/// file name is kept: it belongs to another file.
fn without_folders(text: &str, path: &str, name: &str) -> String {
    let (mut out, mut end) = (String::with_capacity(text.len()), 0);
    for (at, _) in text.match_indices(path) {
        let before = &text[end..at];
        let start = before
            .rfind([' ', '“', '：', '，'])
            .map_or(0, |space| space + before[space..].chars().next().map_or(0, char::len_utf8));
        if before[start..].is_empty() || before.ends_with(['/', '\\']) {
            out.push_str(&before[..start]);
            out.push_str(name);
            end = at + path.len();
        }
    }
    out.push_str(&text[end..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shortened_to_its_name_and_never_to_another_path() {
        for (text, wanted) in [
            ("! /home/emu/log/README.md: read-only", "! README.md: read-only"),
            ("Opened log/README.md; see “./log/README.md”", "Opened README.md; see “README.md”"),
            ("oldlog/README.md is another", "oldlog/README.md is another"),
        ] {
            assert_eq!(without_folders(text, "log/README.md", "README.md"), wanted);
        }
    }
}
