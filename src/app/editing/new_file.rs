//! New entries in files of their own. The log contains such an entry only once its file has been created and
//! the log has been read again.

use super::editor::EditTarget;
use super::history::UnsavedChange;
use crate::app::keys::action::Action;
use crate::app::lists::picker::{PickerRow, PickerTarget};
use crate::app::screen::layout::Pane;
use crate::app::{App, Effect};
use crate::log::edit::{OwnFile, PlannedEntry, topics};
use crate::say;

/// A file that is being created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct NewFile {
    /// The file's name in the log.
    name: String,
    /// The entry's title.
    title: String,
    /// Part of the message: what happened to the pending item. Empty if the entry does not come from an item.
    settled: &'static str,
}

impl App {
    /// Remembers that a file is being created. Its path is relative to the log file with index `anchor`.
    pub(in crate::app) fn await_new_file(&mut self, anchor: usize, file: &OwnFile, settled: &'static str) {
        let name = file.name(&self.log.files[anchor].name);
        self.new_file = Some(NewFile { name, title: file.title.clone(), settled });
    }

    /// After the log's files changed: shows the new entry if its file has arrived, and opens the editor.
    pub(in crate::app) fn show_new_file(&mut self) -> Vec<Effect> {
        let is_it = |new_file: &mut NewFile| self.log.files.iter().any(|file| file.name == new_file.name);
        let Some(NewFile { name, title, settled }) = self.new_file.take_if(is_it) else { return Vec::new() };
        let entry = self.log.entries.iter().find(|entry| self.log.files[entry.file()].name == name);
        if let Some(key) = entry.map(|entry| entry.key.clone()) {
            self.go_to(&key);
            self.focus = Pane::Summary;
            self.pending_edit = Some(EditTarget::Entry(key));
        }
        let undo = self.call(Action::Undo);
        let mut effects = self.tell(say!(
            self.language,
            "Logged “{title}” in the new file {name}{settled}; press {undo} to undo",
            "已记录到新文件 {name}{settled}：“{title}”；按 {undo} 撤销"
        ));
        effects.extend(self.open_editor());
        effects
    }

    /// Stops waiting for a new file after its change was rejected.
    pub(in crate::app) fn forget_new_file(&mut self, change: &UnsavedChange) {
        if !change.intent.files().0.is_empty() {
            self.new_file = None;
        }
    }

    /// In a log with one file per paper and a folder per topic, asks for the topic of a new entry, listing
    /// the topic of the selected paper first. With a single topic, logs the entry there without asking.
    /// `None` in other logs.
    pub(in crate::app) fn ask_topic(&mut self, planned: &PlannedEntry) -> Option<Vec<Effect>> {
        let mut topics: Vec<(String, usize)> =
            topics(&self.log).into_iter().map(|(topic, count)| (topic.to_owned(), count)).collect();
        match topics.len() {
            0 => return None,
            1 => return Some(self.log_under(planned.clone(), topics.remove(0).0)),
            _ => {}
        }
        let current = self.page_section().map(|section| self.log.sections[section].heading.to_string());
        topics.sort_by_key(|(topic, _)| current.as_ref() != Some(topic));
        let row = |(topic, count): (String, usize)| {
            let papers = self.language.counted(count, "paper", "papers", "篇论文");
            PickerRow::choice(&topic, papers, PickerTarget::LogUnder(planned.clone(), topic.clone()))
        };
        let rows: Vec<PickerRow> = topics.into_iter().map(row).collect();
        let title = crate::text::cut(&planned.title, 40);
        Some(self.choose_from(
            &say!(self.language, "Which folder for “{title}”?", "“{title}”写到哪个文件夹？"),
            rows,
            "",
        ))
    }
}
