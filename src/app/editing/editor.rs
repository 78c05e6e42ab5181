//! Opening the user's editor, once every change is saved: an editor that reads the file before a save would
//! later overwrite the change with older text.

use crate::app::panes::timeline::TimelineRow;
use crate::app::screen::layout::Pane;
use crate::app::{App, Effect};
use crate::log::{EntryKind, Key, Section};

/// A position in the log's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum EditTarget {
    /// The title line of an entry.
    Entry(Key),
    /// The line of a draft where writing starts.
    Text(Key),
    /// (index into [`Log::files`](crate::log::Log::files), line counted from 1).
    Line(usize, usize),
}

impl EditTarget {
    /// The position after file indices changed; `None` if the file is gone.
    pub(in crate::app) fn moved(self, now: impl Fn(usize) -> Option<usize>) -> Option<Self> {
        match self {
            Self::Line(file, line) => now(file).map(|file| Self::Line(file, line)),
            entry @ (Self::Entry(_) | Self::Text(_)) => Some(entry),
        }
    }
}

impl App {
    /// Opens the selection in the editor.
    pub(in crate::app) fn edit_here(&mut self) -> Vec<Effect> {
        if let Some((file, line)) = self.line_to_teach() {
            return self.edit_line(file, line);
        }
        let lost = match self.focus {
            Pane::Pending => self.checklist.lost().map(|text| crate::text::cut(text, 40).into_owned()),
            _ => self.vanished_entry.take(),
        };
        if let Some(lost) = lost {
            return self.tell_gone(&lost);
        }
        match self.target() {
            Some(target) => {
                self.pending_edit = Some(self.where_to_write(target));
                self.open_editor()
            }
            None => self.tell(self.language.pick("Nothing to edit here", "这里没有可编辑的内容").into()),
        }
    }

    /// For a draft, the line where writing starts; otherwise the position itself.
    fn where_to_write(&self, target: EditTarget) -> EditTarget {
        let is_draft = |entry: usize| self.log.entries[entry].kind == EntryKind::Draft;
        match target {
            EditTarget::Entry(key) if self.log.find(&key).is_some_and(is_draft) => EditTarget::Text(key),
            target => target,
        }
    }

    fn target(&self) -> Option<EditTarget> {
        if self.focus == Pane::Pending
            && let Some(task) = self.item()
        {
            let task = &self.log.tasks[task];
            return Some(EditTarget::Line(task.file, task.line));
        }
        let of = |section: &Section| EditTarget::Line(section.file(), section.line());
        match self.page_row() {
            Some(TimelineRow::Entry(entry, _)) => Some(EditTarget::Entry(self.log.entries[entry].key.clone())),
            Some(TimelineRow::Section(section, _)) => Some(of(&self.log.sections[section])),
            Some(TimelineRow::Group(group)) => {
                self.timeline.groups[group].sections.iter().min().map(|&section| of(&self.log.sections[section]))
            }
            None => (!self.log.files.is_empty()).then_some(EditTarget::Line(0, 1)),
        }
    }

    /// Opens a line, counted from 1, in the editor.
    pub(in crate::app) fn edit_line(&mut self, file: usize, line: usize) -> Vec<Effect> {
        self.pending_edit = Some(EditTarget::Line(file, line));
        self.open_editor()
    }

    /// The selection as (file index, line counted from 1).
    pub(in crate::app) fn line_here(&self) -> Option<(usize, usize)> {
        self.line_of(self.target()?)
    }

    fn line_of(&self, target: EditTarget) -> Option<(usize, usize)> {
        match target {
            EditTarget::Line(file, line) => Some((file, line)),
            EditTarget::Entry(key) => {
                let entry = &self.log.entries[self.log.find(&key)?];
                Some((entry.file(), entry.line()))
            }
            EditTarget::Text(key) => {
                let entry = &self.log.entries[self.log.find(&key)?];
                let body = self.log.body(entry);
                // Without text below the title, the next line may belong to another entry.
                if body.trim().is_empty() {
                    return Some((entry.file(), entry.line()));
                }
                let begin = entry.body().start + body.len() - body.trim_start().len();
                Some((entry.file(), self.log.files[entry.file()].line_of(begin)))
            }
        }
    }

    /// Opens the editor at the requested position, unless changes are still being saved.
    pub(in crate::app) fn open_editor(&mut self) -> Vec<Effect> {
        if self.history.is_saving() {
            return Vec::new();
        }
        let pending_edit = self.pending_edit.take();
        let place = pending_edit.and_then(|target| self.line_of(target));
        place.map(|(file, line)| Effect::Edit { file, line }).into_iter().collect()
    }
}
