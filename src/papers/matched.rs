//! Matches a log with PDFs: which PDF belongs to which entry, and which papers cite which.

use super::Paper;
use super::wanted::PaperLookup;
use crate::log::Log;

/// A PDF to match.
#[derive(Debug, Clone, Copy)]
pub struct PdfInput<'a> {
    /// The file name without extension.
    pub name: &'a str,
    /// The paper; `None` if it could not be read.
    pub paper: Option<&'a Paper>,
}

/// The result of matching. PDFs are given as indices, in the order of the input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matched {
    /// For each entry, its PDFs.
    pub of_entries: Vec<Vec<usize>>,
    /// For each task, its PDFs.
    pub of_tasks: Vec<Vec<usize>>,
    /// For each entry, the entries that its PDFs cite, ascending.
    pub cites: Vec<Vec<usize>>,
    /// For each entry, the entries whose PDFs cite it.
    pub cited_by: Vec<Vec<usize>>,
    /// For each entry, the open items that its PDFs cite.
    pub cites_tasks: Vec<Vec<usize>>,
    /// For each task, the entries whose PDFs cite it.
    pub tasks_cited_by: Vec<Vec<usize>>,
    /// The PDFs that belong to no entry and no item.
    pub unlogged: Vec<usize>,
}

impl Matched {
    /// Matches the log with the PDFs.
    pub fn of<'a>(log: &Log, pdfs: impl IntoIterator<Item = PdfInput<'a>>) -> Self {
        let (entries, tasks) = (vec![Vec::new(); log.entries.len()], vec![Vec::new(); log.tasks.len()]);
        let mut all = Self {
            of_entries: entries.clone(),
            of_tasks: tasks.clone(),
            cites: entries.clone(),
            cited_by: entries.clone(),
            cites_tasks: entries,
            tasks_cited_by: tasks,
            unlogged: Vec::new(),
        };
        let (wanted, unread) = (PaperLookup::of(log), Paper::default());
        for (index, pdf) in pdfs.into_iter().enumerate() {
            let paper = pdf.paper.unwrap_or(&unread);
            let own = wanted.are(paper, pdf.name);
            own.entries.iter().for_each(|&entry| all.of_entries[entry].push(index));
            own.tasks.iter().for_each(|&task| all.of_tasks[task].push(index));
            if own.is_empty() {
                all.unlogged.push(index);
            }
            if own.entries.is_empty() {
                continue;
            }
            let cited = wanted.cited(paper, pdf.name);
            for &entry in &own.entries {
                all.cites[entry].extend(&cited.entries);
                all.cites_tasks[entry].extend(&cited.tasks);
            }
        }
        all.turn_round();
        all
    }

    /// Sorts the citations, and fills `cited_by` and `tasks_cited_by` from them.
    fn turn_round(&mut self) {
        for entry in 0..self.cites.len() {
            for list in [&mut self.cites[entry], &mut self.cites_tasks[entry]] {
                list.sort_unstable();
                list.dedup();
            }
            self.cites[entry].iter().for_each(|&cited| self.cited_by[cited].push(entry));
            self.cites_tasks[entry].iter().for_each(|&task| self.tasks_cited_by[task].push(entry));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Source, parse};

    const LOG: &str = "# Pending list\n\n- [ ] Birds that walk by night\n- [ ] Birds that swim by day\n\n\
        ## 2031.5.17\n\n《Emu: A Model of Birds》\n\ntext\n\n《Gnus at Rest and Emus at Work》\n\ntext\n";

    fn paper(title: &str, references: &[&str]) -> Paper {
        let references = references.iter().map(|title| format!("A. Emu. {title}. 2030. ")).collect();
        Paper { titles: vec![title.to_owned()], references, text: true, ..Paper::default() }
    }

    #[test]
    fn papers_are_matched_to_entries_and_items() {
        let log = parse::parse([Source { name: "log.md".into(), text: LOG.into() }]);
        let (night, emu) = ("Birds that walk by night", "Emu: a model of birds");
        let papers = [
            paper("Gnus at rest and emus at work", &[emu, night, "Yaks"]),
            paper("Gnus at rest and emus at work", &[emu]),
            paper("A paper on yaks", &[emu]),
            paper("Birds that swim by day", &[emu]),
        ];
        let held = papers.iter().map(|paper| PdfInput { name: "x", paper: Some(paper) });
        let unread = PdfInput { name: "Emu- A Model of Birds", paper: None };
        let matched = Matched::of(&log, held.chain([unread]));
        assert_eq!(matched.of_entries, [vec![4], vec![0, 1]]);
        assert_eq!(matched.of_tasks, [vec![], vec![3]]);
        assert_eq!((&matched.cites, &matched.cited_by), (&vec![vec![], vec![0]], &vec![vec![1], vec![]]));
        assert_eq!((&matched.cites_tasks[1], &matched.tasks_cited_by[0]), (&vec![0], &vec![1]));
        assert_eq!(matched.unlogged, [2]);
    }
}
