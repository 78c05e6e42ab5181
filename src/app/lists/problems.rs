//! The list of problems in the log.

use std::collections::HashMap;

use super::picker::{Picker, PickerRow, PickerTarget};
use crate::app::page::search::{letters, letters_from};
use crate::app::panes::checklist::ItemId;
use crate::app::panes::timeline::RowId;
use crate::app::{App, Effect, Overlay};
use crate::log::SectionKind;
use crate::log::check::{Diagnostic, Disk, Problem, Surroundings, check};
use crate::log::edit::{Fix, find_fixes};
use crate::papers::published::notes;
use crate::review::relink::orphans;
use crate::say;

/// More missing figures than this are listed as one row.
const TOGETHER: usize = 3;

/// Chars of a line shown before a change. Twice as many are shown from the change on.
const AROUND: usize = 30;

impl App {
    /// Opens the list of problems once the files on disk have been examined, unless the user has opened
    /// something else meanwhile.
    pub(in crate::app) fn list_problems(&mut self, disk: Disk) -> Vec<Effect> {
        if !self.overlays.is_empty() {
            return Vec::new();
        }
        self.surveyed = disk;
        let (title, rows) = self.problem_rows();
        self.choose_from(&title, rows, self.language.pick("No problems found in the log", "日志没有问题"))
    }

    /// Updates the list of problems, keeping the cursor at its row number.
    pub(in crate::app) fn update_problems(&mut self) {
        let cursor = match self.overlays.pop() {
            Some(Overlay::Picker(picker)) => picker.cursor,
            other => {
                self.overlays.extend(other);
                return;
            }
        };
        let (title, rows) = self.problem_rows();
        if let Some(mut picker) = Picker::new(title, rows) {
            picker.select_near(cursor);
            self.overlays.push(Overlay::Picker(picker));
        }
    }

    /// All problems, given what was last known about the files on disk.
    pub(in crate::app) fn problems(&self) -> Vec<Diagnostic> {
        let orphans = orphans(&self.log, &self.reviewing.deck);
        let around =
            Surroundings { today: self.today(), disk: &self.surveyed, aliases: &self.aliases, orphans: &orphans };
        let mut found = check(&self.log, around);
        found.extend(notes(&self.log, &self.papers));
        found.sort_by_key(|finding| (finding.file, finding.line));
        found
    }

    fn problem_rows(&self) -> (String, Vec<PickerRow>) {
        let found = self.problems();
        let mut fixes: HashMap<usize, Fix> =
            find_fixes(&self.log, &found).into_iter().map(|fix| (fix.finding, fix)).collect();
        let found: Vec<(&Diagnostic, Option<Fix>)> =
            found.iter().enumerate().map(|(index, finding)| (finding, fixes.remove(&index))).collect();
        let all = found.len();
        // Fixable problems come first. Figures come last: there may be hundreds, and they must not hide the rest.
        let (fixable, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, fix)| fix.is_some());
        let is_of_a_figure = |finding: &&(&Diagnostic, Option<Fix>)| is_of_a_figure(&finding.0.problem);
        let (figures, text): (Vec<_>, Vec<_>) = others.iter().partition(is_of_a_figure);
        let language = self.language;
        let mut rows = Vec::new();
        self.add_problems(
            &mut rows,
            (language.pick("Can be fixed", "可修正"), ""),
            &fixable.iter().collect::<Vec<_>>(),
        );
        self.add_problems(
            &mut rows,
            (
                language.pick("Fix by hand", "需手动处理"),
                language.pick(": some go away when a problem above is fixed", "：修正其他问题后，有些会消失"),
            ),
            &text,
        );
        let is_missing =
            |finding: &&&(&Diagnostic, Option<Fix>)| matches!(finding.0.problem, Problem::MissingFigure(_));
        let (missing, figures): (Vec<_>, Vec<_>) = figures.iter().copied().partition(|finding| is_missing(&finding));
        let (missing, figures) = match missing.len() {
            0..=TOGETHER => (Vec::new(), [figures, missing].concat()),
            _ => (missing, figures),
        };
        self.add_problems(&mut rows, (language.pick("Figures", "图片"), ""), &figures);
        if !missing.is_empty() {
            let mut inside = Vec::new();
            let heading = language.pick("Missing figures", "缺少的图片");
            self.add_problems(&mut inside, (heading, ""), &missing);
            let label = say!(language, "{} figures are missing", "缺少 {} 张图片", missing.len());
            let detail = language.pick("show all", "逐一列出").to_owned();
            rows.push(PickerRow::Heading(heading.to_owned()));
            rows.push(PickerRow::choice(label, detail, PickerTarget::List { title: heading.to_owned(), rows: inside }));
        }
        (say!(language, "Problems ({})", "问题（{}）", all), rows)
    }

    /// Adds problems under a heading, which is followed by their number and a remark.
    fn add_problems(
        &self,
        rows: &mut Vec<PickerRow>,
        (heading, remark): (&str, &str),
        found: &[&(&Diagnostic, Option<Fix>)],
    ) {
        if found.is_empty() {
            return;
        }
        rows.push(PickerRow::Heading(say!(
            self.language,
            "{heading} ({}){remark}",
            "{heading}（{}）{remark}",
            found.len()
        )));
        for (Diagnostic { file, line, problem }, fix) in found {
            let place = match self.log.files.len() {
                1 => say!(self.language, "line {line}", "第 {line} 行"),
                _ => format!("{}:{line}", self.log.files[*file].name),
            };
            let (ways, is_certain) =
                fix.as_ref().map_or_else(Default::default, |fix| (fix.ways.clone(), fix.is_certain));
            let target = PickerTarget::Problem { file: *file, line: *line, ways, is_certain };
            rows.push(PickerRow::choice(problem.message(self.language), place, target));
        }
    }

    /// Goes to the entry, section or item that contains a line, and scrolls to it.
    pub(in crate::app) fn go_to_line(&mut self, file: usize, line: usize) {
        let log = &self.log;
        let is_above = |index: &usize| log.sections[*index].file() == file && log.sections[*index].line() <= line;
        let Some(section) = (0..log.sections.len()).rfind(is_above) else { return };
        if log.sections[section].kind == SectionKind::Pending {
            let is_here = |index: &usize| {
                let task = &log.tasks[*index];
                task.section == section && task.line <= line
            };
            if let Some(task) = (0..log.tasks.len()).rfind(is_here) {
                let item = ItemId::of(log, task);
                self.go_to_item(&item);
            }
            return;
        }
        match log.sections[section].entries().rfind(|&entry| log.entries[entry].line() <= line) {
            Some(entry) => {
                let key = log.entries[entry].key.clone();
                self.go_to(&key);
            }
            None => {
                let place = RowId::from(&log.sections[section].name());
                self.leave_for(&place);
            }
        }
        self.lay_out();
        self.show_line(file, line);
    }

    /// Scrolls the page to a line's figure, or else to the text most like the line.
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

/// The lines of a change, old before new. If there is one old line, each is cut to the part around the change; if there
/// are several, each is cut to its start. Empty lines are left out.
pub(super) fn preview_lines(now: &str, then: &str) -> Vec<String> {
    let same = now.chars().zip(then.chars()).take_while(|(one, other)| one == other).count();
    let from = if now.lines().count() <= 1 { same.saturating_sub(AROUND) } else { 0 };
    let line = |sign: char, line: &str| {
        let start = if from > 0 { "…" } else { "" };
        let text: String = line.chars().skip(from).take(3 * AROUND).collect();
        format!("{sign} {start}{text}")
    };
    let lines = |sign, text: &str| {
        text.lines().filter(|line| !line.is_empty()).map(|text| line(sign, text)).collect::<Vec<_>>()
    };
    [lines('-', now), lines('+', then)].concat()
}
