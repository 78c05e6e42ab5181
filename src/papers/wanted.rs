//! Finds which entries and open pending items of a log a paper is, and which it cites.

use std::collections::{BTreeSet, HashMap};

use super::titles::TitleIndex;
use super::{Paper, facts};
use crate::log::{Entry, EntryKind, Log, Task};

/// An index of the entries and items of a log. Those with the same title are the same paper.
#[derive(Debug, Clone, Default)]
pub struct PaperLookup {
    titles: TitleIndex,
    /// For each title, the entries and items that bear it.
    bearers: Vec<LogMatches>,
    /// For each arXiv id and DOI, in lower case, the indices of the titles that it belongs to.
    ids: HashMap<String, Vec<usize>>,
}

/// Entries and items of a log, in file order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogMatches {
    /// Indices into [`Log::entries`].
    pub entries: Vec<usize>,
    /// Indices into [`Log::tasks`].
    pub tasks: Vec<usize>,
}

impl LogMatches {
    /// Whether there are no entries and no items.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.tasks.is_empty()
    }

    fn add(&mut self, other: &Self) {
        self.entries.extend(&other.entries);
        self.tasks.extend(&other.tasks);
    }
}

impl PaperLookup {
    /// Builds the index.
    pub fn of(log: &Log) -> Self {
        let mut all = Self::default();
        let mut titles: Vec<&str> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for (index, entry) in log.entries.iter().enumerate().filter(|(_, entry)| entry.kind != EntryKind::Note) {
            let at = *known.entry(entry.normalised_title().into_owned()).or_insert_with(|| {
                titles.push(&entry.title);
                all.bearers.push(LogMatches::default());
                titles.len() - 1
            });
            all.bearers[at].entries.push(index);
            ids_of_entry(log, entry).into_iter().for_each(|id| all.name(id, at));
        }
        let is_item = |task: &Task| task.pending && task.is_open() && task.entry.is_none();
        for (index, task) in log.tasks.iter().enumerate().filter(|(_, task)| is_item(task)) {
            let at = titles.len();
            titles.push(&task.text);
            all.bearers.push(LogMatches { tasks: vec![index], ..LogMatches::default() });
            ids(&task.text).into_iter().for_each(|id| all.name(id, at));
        }
        all.titles = TitleIndex::of(titles);
        all
    }

    fn name(&mut self, id: String, title: usize) {
        let titles = self.ids.entry(id).or_default();
        if !titles.contains(&title) {
            titles.push(title);
        }
    }

    /// The entries and items that are this paper, found by the title on its first page, else its arXiv id or DOI,
    /// else `name`, the file name without extension.
    pub fn are(&self, paper: &Paper, name: &str) -> LogMatches {
        self.bear(&self.own(paper, name))
    }

    /// The entries and items that the paper cites, except those that are the paper itself.
    pub fn cited(&self, paper: &Paper, name: &str) -> LogMatches {
        let own = self.own(paper, name);
        let cited: Vec<usize> =
            self.titles.cited(&paper.references).into_iter().filter(|title| !own.contains(title)).collect();
        self.bear(&cited)
    }

    fn bear(&self, titles: &[usize]) -> LogMatches {
        let mut found = LogMatches::default();
        titles.iter().for_each(|&title| found.add(&self.bearers[title]));
        found.entries.sort_unstable();
        found.tasks.sort_unstable();
        found
    }

    fn own(&self, paper: &Paper, name: &str) -> Vec<usize> {
        let of_title = self.titles.of_paper(paper);
        if !of_title.is_empty() {
            return of_title;
        }
        let doi = paper.doi.as_ref().map(|doi| doi.to_lowercase());
        let named = [paper.arxiv.as_ref(), doi.as_ref()].into_iter().flatten().find_map(|id| self.ids.get(id));
        if let Some(titles) = named {
            return titles.clone();
        }
        let by_id = facts::id_in(name).and_then(|id| self.ids.get(id)).cloned();
        let by_name = by_id.unwrap_or_else(|| self.titles.called(name));
        // A short name is ambiguous, so it counts only if the PDF has no text.
        if by_name.is_empty() && !paper.text { self.titles.named(name) } else { by_name }
    }
}

/// The ids in an entry's title line or, if there are none, the id in its text, if that is the only one.
fn ids_of_entry(log: &Log, entry: &Entry) -> Vec<String> {
    let beside: Vec<String> = entry.links().iter().map(String::as_str).chain([&*entry.title]).flat_map(ids).collect();
    if !beside.is_empty() {
        return beside;
    }
    let within: BTreeSet<String> = ids(log.body(entry)).into_iter().collect();
    if within.len() == 1 { within.into_iter().collect() } else { Vec::new() }
}

/// The arXiv ids and DOIs in a text, in lower case.
fn ids(text: &str) -> Vec<String> {
    let arxiv = facts::ids_in(text).map(str::to_owned);
    arxiv.chain(facts::dois(text).map(str::to_lowercase)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Source, parse};

    const LOG: &str = "# Pending list\n\n- [ ] Birds that walk by night\n- [x] Birds that walk by day\n\
        - [ ] owls https://arxiv.org/abs/2001.00001\n\n## 2031.5.17\n\n《Emu: A Model of Birds》\n\ntext\n\n\
        《Gnus at Rest and Emus at Work》\n\nsee https://doi.org/10.1000/GNU.1\n\n## 2031.5.16\n\n\
        《Emu: A Model of Birds》\n\nagain\n";

    fn log() -> Log {
        parse::parse([Source { name: "log.md".into(), text: LOG.into() }])
    }

    fn titles(log: &Log, found: &LogMatches) -> Vec<String> {
        let entries = found.entries.iter().map(|&entry| log.entries[entry].key.0.to_string());
        entries.chain(found.tasks.iter().map(|&task| log.tasks[task].text.clone())).collect()
    }

    #[test]
    fn a_paper_cites_entries_and_open_items_but_never_itself() {
        let log = log();
        let references = "[1] A. Emu. Gnus at rest and emus at work. 2030.\n[2] Birds that walk by night. 2029. \
            [3] Birds that walk by day. 2028. [4] Emu: A model of birds. 2027.";
        let paper = |title: &str| Paper {
            titles: vec![title.to_owned()],
            references: references.to_owned(),
            ..Paper::default()
        };
        let cited = |title: &str| titles(&log, &PaperLookup::of(&log).cited(&paper(title), ""));
        let all = [
            "emu: a model of birds #2",
            "gnus at rest and emus at work",
            "emu: a model of birds",
            "Birds that walk by night",
        ];
        assert_eq!(cited("Yaks"), all);
        assert_eq!(cited("Emu: a Model of Birds"), [all[1], all[3]]);
    }

    #[test]
    fn a_paper_is_recognised_by_title_ids_and_file_name() {
        let log = log();
        let wanted = PaperLookup::of(&log);
        let is = |paper: Paper, name: &str| titles(&log, &wanted.are(&paper, name));
        let owls = "owls https://arxiv.org/abs/2001.00001";
        let both = ["emu: a model of birds #2", "emu: a model of birds"];
        assert_eq!(is(Paper { titles: vec!["A model of birds".into()], ..Paper::default() }, "x"), both);
        assert_eq!(is(Paper { arxiv: Some("2001.00001".into()), ..Paper::default() }, "x"), [owls]);
        assert_eq!(
            is(Paper { doi: Some("10.1000/gnu.1".into()), ..Paper::default() }, "x"),
            ["gnus at rest and emus at work"]
        );
        assert_eq!(is(Paper::default(), "2001.00001v3"), [owls]);
        assert_eq!(is(Paper::default(), "Emu- A Model of Birds"), both);
        assert_eq!(is(Paper::default(), "EMU"), both);
        assert_eq!(is(Paper { text: true, ..Paper::default() }, "EMU"), [""; 0]);
        assert_eq!(is(Paper::default(), "yak"), [""; 0]);
    }
}
