//! Narrowing the timeline to a part of the log.

use super::picker::{PickerRow, PickerTarget};
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::panes::part::{Part, parts};
use crate::app::screen::layout::Pane;
use crate::app::{App, Effect};
use crate::say;

/// Labels for the part of the log that is shown.
#[derive(Debug, Default)]
pub struct PartLabels {
    /// The part's name.
    pub name: String,
    /// How many of the log's read entries are in the part: `12/345`.
    pub shown: String,
    /// The key that shows everything again, with a word: `Esc all`.
    pub reset_hint: String,
}

impl App {
    /// Lists the parts of the log, starting with the parts that contain the selection.
    pub(in crate::app) fn list_parts(&mut self) -> Vec<Effect> {
        let language = self.language;
        let [folders, tags, files] = parts(&self.log);
        let all = [&folders[..], &tags[..], &files[..]].concat();
        let current = self.page_file().map(|file| self.log.files[file].name.clone());
        let entry = self.timeline.entry().map(|entry| &self.log.entries[entry]);
        let is_here = |part: &Part| match (part, &current) {
            (Part::Tag(tag), _) => entry.is_some_and(|entry| entry.tags().contains(tag)),
            (Part::File(name), Some(current)) => name == current,
            (Part::Folder(name), Some(current)) => current.starts_with(name.as_str()),
            _ => false,
        };
        let row = |(part, count): &(Part, usize)| {
            let label = match part {
                Part::File(name) | Part::Folder(name) => name.clone(),
                Part::Tag(_) => part.label(),
            };
            let count = language.counted(*count, "entry", "entries", "个条目");
            PickerRow::choice(label, count, PickerTarget::Part(Some(part.clone())))
        };
        let mut rows = Vec::new();
        if self.timeline.part.is_some() {
            rows.push(PickerRow::choice(language.pick("everything", "全部"), "", PickerTarget::Part(None)));
        }
        let near: Vec<&(Part, usize)> = all.iter().filter(|(part, _)| is_here(part)).collect();
        for (heading, part) in [
            (language.pick("selected paper", "与所选条目相关"), near),
            (language.pick("folders", "文件夹"), folders.iter().collect()),
            (language.pick("tags", "标签"), tags.iter().collect()),
            (language.pick("files", "文件"), files.iter().collect()),
        ] {
            if !part.is_empty() {
                rows.push(PickerRow::Heading(heading.to_owned()));
                rows.extend(part.into_iter().map(row));
            }
        }
        self.choose_from(
            language.pick("Show only", "只显示"),
            rows,
            language.pick("This log is a single file without tags", "此日志只有一个文件，也没有标签"),
        )
    }

    /// Narrows the timeline, or shows everything again.
    pub(in crate::app) fn show_part(&mut self, part: Option<Part>) {
        let place = self.timeline.place(&self.log);
        let is_narrowed = part.is_some();
        self.timeline.part = part;
        self.timeline.rebuild(&self.log, place.as_ref());
        if is_narrowed {
            self.focus = Pane::Timeline;
            // The old place may be outside the part.
            if self.timeline.place(&self.log) != place {
                self.timeline.start();
            }
        }
    }

    /// The labels of the shown part; `None` if all of the log is shown.
    pub(crate) fn part(&self) -> Option<PartLabels> {
        let part = self.timeline.part.as_ref()?;
        let shown = self.log.read().filter(|entry| part.has(&self.log, entry)).count();
        let key = self.keymap.call(Action::Cancel, Context::Pane(Pane::Timeline));
        Some(PartLabels {
            name: part.label(),
            shown: format!("{shown}/{}", self.log.read().count()),
            reset_hint: say!(self.language, "{key} all", "{key} 显示全部"),
        })
    }
}
