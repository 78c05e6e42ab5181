//! The list of PDFs that are not in the log, to open, log, or add to the pending list.

use super::picker::{Picker, PickerChoice, PickerRow, PickerTarget};
use crate::app::{App, Effect, Overlay};
use crate::log::SectionKind;
use crate::log::edit::{InsertAt, PlannedEntry, clean_title, newest_file};
use crate::papers::index::Pdf;
use crate::say;

/// The most columns of a file name beside a title.
const FILE: usize = 24;

impl Picker {
    /// Whether this is the list of PDFs that are not in the log.
    pub(in crate::app) fn is_library(&self) -> bool {
        matches!(self.choice(), Some(PickerChoice { target: PickerTarget::Library(_), .. }))
    }
}

impl App {
    /// Lists the PDFs that belong to no entry or item.
    pub(in crate::app) fn list_library(&mut self) -> Vec<Effect> {
        let language = self.language;
        let row = |pdf: &Pdf| {
            let file = pdf.place.rsplit('/').next().unwrap_or_default().to_owned();
            let short = crate::text::cut(&file, FILE).into_owned();
            let target = PickerTarget::Library(pdf.place.clone());
            match pdf.about.is_read {
                true => PickerRow::choice(pdf.about.title.clone(), short, target),
                false => PickerRow::choice(file, language.pick("no title", "没有标题"), target),
            }
        };
        let rows: Vec<PickerRow> = self.papers.unlogged().map(row).collect();
        let title = say!(language, "PDFs that are not in the log ({})", "日志中没有的 PDF（{}）", rows.len());
        let none = match self.reading_papers {
            Some(_) => language.pick("The PDFs are still being read", "正在读取 PDF"),
            None if self.papers.has_pdfs() => language.pick("Every PDF found is in the log", "找到的 PDF 都已在日志中"),
            None => language.pick("No PDFs found", "没有找到 PDF"),
        };
        self.choose_from(&title, rows, none)
    }

    fn unlogged_here(&self) -> Option<Pdf> {
        match self.overlays.last() {
            Some(Overlay::Picker(picker)) => match &picker.choice()?.target {
                PickerTarget::Library(place) => self.papers.pdf(place).cloned(),
                _ => None,
            },
            _ => None,
        }
    }

    /// Logs the selected PDF.
    pub(in crate::app) fn log_pdf(&mut self) -> Vec<Effect> {
        let Some(pdf) = self.unlogged_here() else { return Vec::new() };
        self.overlays.pop();
        match clean_title(&pdf.about.title) {
            Ok(title) => {
                let file = newest_file(&self.log);
                self.ask_day(PlannedEntry { title, file, day: None, from: None, facts: pdf.about.facts })
            }
            Err(_) => self.tell(self.language.pick("No title, so nothing was written", "没有标题，未写入").into()),
        }
    }

    /// Adds the selected PDF to the end of the pending list and removes it from this list.
    pub(in crate::app) fn add_pdf(&mut self) -> Vec<Effect> {
        let Some(pdf) = self.unlogged_here() else { return Vec::new() };
        let Some(Overlay::Picker(mut picker)) = self.overlays.pop() else { return Vec::new() };
        let pending = self.log.sections.iter().find(|section| section.kind == SectionKind::Pending);
        let file = pending.map_or(0, |section| section.file());
        let before = self.log.tasks.len();
        let effects = self.add_item(file, InsertAt::End, &pdf.about.title);
        if self.log.tasks.len() > before && self.overlays.is_empty() {
            picker.rows.retain(
                |row| !matches!(row, PickerRow::Choice(choice) if choice.target == PickerTarget::Library(pdf.place.clone())),
            );
            picker.cursor = picker.cursor.min(picker.rows.len().saturating_sub(1));
            if !picker.rows.is_empty() {
                self.overlays.push(Overlay::Picker(picker));
            }
        }
        effects
    }
}
