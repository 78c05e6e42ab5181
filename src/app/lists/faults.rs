//! What is wrong with the log, as a list from which one goes to each place.

use super::picker::{Row, Target};
use crate::app::page::search::{letters, letters_from};
use crate::app::panes::checklist::Item;
use crate::app::panes::timeline::Place;
use crate::app::{App, Effect};
use crate::log::SectionKind;
use crate::log::check::{Diagnostic, Disk, Problem, Surroundings, check};
use crate::review::relink::orphans;
use crate::say;

impl App {
    /// Lists what is wrong, now that the disk has been looked at; unless the user has gone on
    /// to something else by then.
    pub(in crate::app) fn list_faults(&mut self, disk: &Disk) -> Vec<Effect> {
        if !self.overlays.is_empty() {
            return Vec::new();
        }
        let orphans = orphans(&self.log, &self.reviewing.deck);
        let around = Surroundings { today: self.today(), disk, aliases: &self.aliases, orphans: &orphans };
        let found = check(&self.log, around);
        // Figures are many where a log came without them: they must not hide the rest.
        let (figures, text): (Vec<_>, Vec<_>) = found.iter().partition(|finding| is_of_a_figure(&finding.problem));
        let language = self.language;
        let mut rows = Vec::new();
        self.add_faults(&mut rows, language.pick("Text", "文字"), &text);
        self.add_faults(&mut rows, language.pick("Figures", "图片"), &figures);
        let title = say!(language, "What is wrong ({})", "问题（{}）", found.len());
        self.choose_from(&title, rows, language.pick("Nothing is wrong with the log", "日志没有问题"))
    }

    fn add_faults(&self, rows: &mut Vec<Row>, heading: &str, found: &[&Diagnostic]) {
        if found.is_empty() {
            return;
        }
        rows.push(Row::Heading(say!(self.language, "{heading} ({})", "{heading}（{}）", found.len())));
        for Diagnostic { file, line, problem } in found {
            let detail = match self.log.files.len() {
                1 => say!(self.language, "line {line}", "第 {line} 行"),
                _ => format!("{}:{line}", self.log.files[*file].name),
            };
            rows.push(Row::choice(problem.message(self.language), detail, Target::Line { file: *file, line: *line }));
        }
    }

    /// Goes to what a line of a file belongs to, and to the line in it.
    pub(in crate::app) fn go_to_line(&mut self, file: usize, line: usize) {
        let log = &self.log;
        let is_above = |index: &usize| log.sections[*index].file == file && log.sections[*index].line <= line;
        let Some(section) = (0..log.sections.len()).rfind(is_above) else { return };
        if log.sections[section].kind == SectionKind::Pending {
            let is_here = |index: &usize| {
                let task = &log.tasks[*index];
                task.section == section && task.line <= line
            };
            if let Some(task) = (0..log.tasks.len()).rfind(is_here) {
                let item = Item::of(log, task);
                self.go_to_item(&item);
            }
            return;
        }
        match log.sections[section].entries.clone().rfind(|&entry| log.entries[entry].line <= line) {
            Some(entry) => {
                let key = log.entries[entry].key.clone();
                self.go_to(&key);
            }
            None => {
                let place = Place::from(&log.sections[section].name());
                self.leave_for(&place);
            }
        }
        self.lay_out();
        self.show_line(file, line);
    }

    /// Scrolls the page to the figure of a line, or else to where its text begins most alike.
    fn show_line(&mut self, file: usize, line: usize) {
        let lines = &self.reader.lines;
        let figure = self.page_figures().1.iter().position(|figure| figure.line == line);
        let row = match figure {
            Some(figure) => lines.iter().position(|line| line.figure.is_some_and(|at| at.figure == figure)),
            None => {
                let wanted = letters(self.log.files[file].line(line));
                let alike = |row: &usize| {
                    let found = letters_from(lines, *row, 0);
                    found.chars().zip(wanted.chars()).take_while(|(a, b)| a == b).count()
                };
                (0..lines.len()).rev().max_by_key(alike).filter(|row| alike(row) > 0)
            }
        };
        let height = self.page_area().map_or(0, |area| usize::from(area.height));
        if let Some(row) = row {
            self.reader.view.show(row..row + 1, height, self.reader.lines.len());
        }
    }
}

fn is_of_a_figure(problem: &Problem) -> bool {
    use Problem::{FigureCase, MalformedTag, MissingFigure, NoFigure};
    matches!(problem, MissingFigure(_) | FigureCase { .. } | NoFigure | MalformedTag(_))
}
