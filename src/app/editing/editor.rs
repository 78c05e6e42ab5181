//! Opening the user's editor. It waits until every change is saved: an editor that had read the file
//! before would later overwrite them with older text.

use crate::app::panes::timeline::Row;
use crate::app::screen::layout::Pane;
use crate::app::{App, Effect};
use crate::log::{EntryKind, Key, Section};

/// A position in the log's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum Spot {
    /// The title line of an entry.
    Entry(Key),
    /// The first line to fill in of a draft.
    Text(Key),
    /// A file's index, and a line counted from 1.
    Line(usize, usize),
}

impl Spot {
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
            Pane::Checklist => self.checklist.lost().map(|text| crate::text::cut(text, 40).into_owned()),
            _ => self.gone.take(),
        };
        if let Some(lost) = lost {
            return self.tell_gone(&lost);
        }
        match self.spot() {
            Some(spot) => {
                self.wish = Some(self.where_to_write(spot));
                self.open_editor()
            }
            None => self.tell(self.language.pick("Nothing to edit here", "这里没有可编辑的内容").into()),
        }
    }

    /// For a draft, the line to start writing at; otherwise the position itself.
    fn where_to_write(&self, spot: Spot) -> Spot {
        let is_draft = |entry: usize| self.log.entries[entry].kind == EntryKind::Placeholder;
        match spot {
            Spot::Entry(key) if self.log.find(&key).is_some_and(is_draft) => Spot::Text(key),
            spot => spot,
        }
    }

    fn spot(&self) -> Option<Spot> {
        if self.focus == Pane::Checklist
            && let Some(task) = self.item()
        {
            let task = &self.log.tasks[task];
            return Some(Spot::Line(task.file, task.line));
        }
        let of = |section: &Section| Spot::Line(section.file, section.line);
        match self.page_row() {
            Some(Row::Entry(entry, _)) => Some(Spot::Entry(self.log.entries[entry].key.clone())),
            Some(Row::Section(section, _)) => Some(of(&self.log.sections[section])),
            Some(Row::Group(group)) => {
                self.timeline.groups[group].sections.iter().min().map(|&section| of(&self.log.sections[section]))
            }
            None => (!self.log.files.is_empty()).then_some(Spot::Line(0, 1)),
        }
    }

    /// Opens a line, counted from 1, in the editor.
    pub(in crate::app) fn edit_line(&mut self, file: usize, line: usize) -> Vec<Effect> {
        self.wish = Some(Spot::Line(file, line));
        self.open_editor()
    }

    /// The file and line, counted from 1, of the selection.
    pub(in crate::app) fn line_here(&self) -> Option<(usize, usize)> {
        self.line_of(self.spot()?)
    }

    fn line_of(&self, spot: Spot) -> Option<(usize, usize)> {
        match spot {
            Spot::Line(file, line) => Some((file, line)),
            Spot::Entry(key) => {
                let entry = &self.log.entries[self.log.find(&key)?];
                Some((entry.file, entry.line))
            }
            Spot::Text(key) => {
                let entry = &self.log.entries[self.log.find(&key)?];
                let body = self.log.body(entry);
                // Without text below the title, the next line may belong to another entry.
                if body.trim().is_empty() {
                    return Some((entry.file, entry.line));
                }
                let begin = entry.body.start + body.len() - body.trim_start().len();
                Some((entry.file, self.log.files[entry.file].line_of(begin)))
            }
        }
    }

    /// Opens the editor at the requested position, unless changes are still being saved.
    pub(in crate::app) fn open_editor(&mut self) -> Vec<Effect> {
        if self.history.is_saving() {
            return Vec::new();
        }
        let wish = self.wish.take();
        let place = wish.and_then(|spot| self.line_of(spot));
        place.map(|(file, line)| Effect::Edit { file, line }).into_iter().collect()
    }
}
