//! What is known about the papers behind entries and pending items. Entries are looked up by key and items by text,
//! both of which stay valid when lines move.

use std::collections::HashMap;

use super::Paper;
use super::about::About;
use super::matched::Matched;
use crate::log::{Key, Log, Task};

/// What the PDFs say about the papers of a log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperIndex {
    entries: HashMap<Key, EntryPaper>,
    items: HashMap<String, ItemPaper>,
    pdfs: Vec<Pdf>,
    near: HashMap<Key, Vec<Key>>,
}

/// A PDF in the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pdf {
    /// The PDF's path.
    pub place: String,
    /// Facts about the paper in it.
    pub about: About,
    /// Whether an entry or item is about it.
    pub is_logged: bool,
}

/// A paper that is cited but has not been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unread {
    /// The paper's entry, if any, as an index into [`Log::entries`].
    pub entry: Option<usize>,
    /// The paper's pending item, if any, as an index into [`Log::tasks`].
    pub task: Option<usize>,
    /// The number of entries whose PDFs cite it.
    pub count: usize,
}

impl Unread {
    /// The title of the entry, or the text of the item.
    pub fn title<'a>(&self, log: &'a Log) -> &'a str {
        match (self.entry, self.task) {
            (Some(entry), _) => &log.entries[entry].title,
            (None, Some(task)) => &log.tasks[task].text,
            (None, None) => "",
        }
    }
}

/// What is known about an entry's paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct EntryPaper {
    /// The paths of the paper's PDFs.
    pub pdfs: Vec<String>,
    /// The authors, from the PDF.
    pub authors: Vec<String>,
    /// The arXiv id.
    pub arxiv: Option<String>,
    /// The DOI.
    pub doi: Option<String>,
    /// The publication date: `2023-12` or `2023`.
    pub date: Option<String>,
    /// The entries that the paper cites.
    pub cites: Vec<Key>,
    /// The texts of the pending items that the paper cites.
    pub cites_items: Vec<String>,
    /// The entries that cite the paper.
    pub cited_by: Vec<Key>,
}

/// What is known about an item's paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ItemPaper {
    /// The paths of the paper's PDFs.
    pub pdfs: Vec<String>,
    /// The entries that cite the paper.
    pub cited_by: Vec<Key>,
}

impl PaperIndex {
    /// Builds the index from the result of matching. `pdfs` has a pair for each PDF: its path (`None` if not UTF-8) and
    /// what was read from it (`None` if unreadable).
    pub fn of(log: &Log, matched: &Matched, pdfs: &[(Option<String>, Option<&Paper>)]) -> Self {
        let keys =
            |entries: &[usize]| entries.iter().map(|&entry| log.entries[entry].key.clone()).collect::<Vec<Key>>();
        let places = |of: &[usize]| of.iter().filter_map(|&pdf| pdfs[pdf].0.clone()).collect::<Vec<String>>();
        let mut all = Self::default();
        for (index, entry) in log.entries.iter().enumerate() {
            let own = &matched.of_entries[index];
            let paper = own.iter().find_map(|&pdf| pdfs[pdf].1);
            let items = matched.cites_tasks[index].iter().map(|&task| log.tasks[task].text.clone());
            let of = EntryPaper {
                pdfs: places(own),
                authors: paper.map(|paper| paper.authors.clone()).unwrap_or_default(),
                arxiv: paper.and_then(|paper| paper.arxiv.clone()),
                doi: paper.and_then(|paper| paper.doi.clone()),
                date: paper.and_then(|paper| paper.date.clone()),
                cites: keys(&matched.cites[index]),
                cites_items: items.collect(),
                cited_by: keys(&matched.cited_by[index]),
            };
            if of != EntryPaper::default() {
                all.entries.insert(entry.key.clone(), of);
            }
        }
        for (index, task) in log.tasks.iter().enumerate() {
            let of =
                ItemPaper { pdfs: places(&matched.of_tasks[index]), cited_by: keys(&matched.tasks_cited_by[index]) };
            if of != ItemPaper::default() {
                all.items.insert(task.text.clone(), of);
            }
        }
        let pdf = |(at, (place, paper)): (usize, &(Option<String>, Option<&Paper>))| {
            let place = place.clone()?;
            let name = place.rsplit('/').next().unwrap_or_default();
            let about = About::of(*paper, name.rsplit_once('.').map_or(name, |(stem, _)| stem));
            Some(Pdf { about, is_logged: matched.unlogged.binary_search(&at).is_err(), place })
        };
        all.pdfs = pdfs.iter().enumerate().filter_map(pdf).collect();
        all
    }

    /// Sets the related entries of each entry.
    pub fn with_near(self, near: HashMap<Key, Vec<Key>>) -> Self {
        Self { near, ..self }
    }

    /// The entries with words similar to this one's, nearest first.
    pub(crate) fn near(&self, key: &Key) -> &[Key] {
        self.near.get(key).map_or(&[], Vec::as_slice)
    }

    /// The PDF with this path.
    pub(crate) fn pdf(&self, place: &str) -> Option<&Pdf> {
        self.pdfs.iter().find(|pdf| pdf.place == place)
    }

    /// A PDF with this arXiv id, preferably one whose title could be read, and with the id in its text rather than in its
    /// file name.
    pub(crate) fn with_arxiv(&self, id: &str) -> Option<&Pdf> {
        let is_it = |pdf: &&Pdf| pdf.about.arxiv.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(id));
        self.pdfs.iter().filter(is_it).min_by_key(|pdf| (!pdf.about.is_read, !pdf.about.has_stamp))
    }

    /// Whether any PDF was found.
    pub(crate) fn has_pdfs(&self) -> bool {
        !self.pdfs.is_empty()
    }

    /// The PDFs that belong to no entry and no item.
    pub(crate) fn unlogged(&self) -> impl Iterator<Item = &Pdf> {
        self.pdfs.iter().filter(|pdf| !pdf.is_logged)
    }

    /// What is known about an entry's paper.
    pub(crate) fn entry(&self, key: &Key) -> Option<&EntryPaper> {
        self.entries.get(key)
    }

    /// For each item that is cited: its text, and the number of entries that cite it.
    pub(crate) fn items_cited(&self) -> HashMap<String, usize> {
        let cited = self.items.iter().filter(|(_, of)| !of.cited_by.is_empty());
        cited.map(|(text, of)| (text.clone(), of.cited_by.len())).collect()
    }

    /// The unread papers that entries cite, most cited first.
    pub(crate) fn unread(&self, log: &Log) -> Vec<Unread> {
        let entries = log.entries.iter().enumerate().filter(|(_, entry)| !entry.read);
        let entries =
            entries.map(|(at, entry)| (Some(at), entry.task(), self.entry(&entry.key).map(|of| &of.cited_by)));
        let is_item = |task: &Task| task.pending && task.is_open() && task.entry.is_none();
        let items = log.tasks.iter().enumerate().filter(|(_, task)| is_item(task));
        let items = items.map(|(at, task)| (None, Some(at), self.item(&task.text).map(|of| &of.cited_by)));
        let mut all: Vec<Unread> = entries
            .chain(items)
            .map(|(entry, task, by)| Unread { entry, task, count: by.map_or(0, Vec::len) })
            .filter(|unread| unread.count > 0)
            .collect();
        all.sort_by_key(|unread| std::cmp::Reverse(unread.count));
        all
    }

    /// What is known about the paper of an item.
    pub(crate) fn item(&self, text: &str) -> Option<&ItemPaper> {
        self.items.get(text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::matched::PdfInput;
    use super::*;
    use crate::log::{Source, parse};

    #[test]
    fn an_id_in_the_text_wins_over_one_in_a_file_name() {
        let paper = |title: &str, arxiv: Option<&str>| Paper {
            titles: (!title.is_empty()).then(|| title.to_owned()).into_iter().collect(),
            arxiv: arxiv.map(str::to_owned),
            ..Paper::default()
        };
        let found = |pdfs: &[(&str, Paper)]| {
            let log = Log::default();
            let inputs = pdfs.iter().map(|(name, paper)| PdfInput { name, paper: Some(paper) });
            let matched = Matched::of(&log, inputs);
            let pdfs: Vec<_> = pdfs.iter().map(|(name, paper)| (Some(format!("/{name}.pdf")), Some(paper))).collect();
            let index = PaperIndex::of(&log, &matched, &pdfs);
            index.with_arxiv("3105.00001").map(|pdf| pdf.place.clone())
        };
        let (named, own) = ("3105.00001 supplement", Some("3105.00001"));
        let emu = || ("emu", paper("Emus at Work", own));
        assert_eq!(found(&[(named, paper("Proofs for Emus", None)), emu()]).as_deref(), Some("/emu.pdf"));
        assert_eq!(found(&[emu(), (named, paper("Proofs for Emus", None))]).as_deref(), Some("/emu.pdf"));
        // Another paper's id in the text.
        assert_eq!(found(&[("3105.00001", paper("Owls at Night", Some("3105.00002")))]), None);
        // Without a title, it is of less use.
        let untitled = ("emu", paper("", own));
        assert_eq!(found(&[untitled, ("3105.00001", paper("Emus at Work", None))]).as_deref(), Some("/3105.00001.pdf"));
    }

    #[test]
    fn papers_are_found_by_key_and_text() {
        let text =
            "# Pending list\n\n- [ ] Birds that walk by night\n\n## 2031.5.17\n\n《Emu: A Model of Birds》\n\n1\n";
        let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
        let paper = Paper {
            titles: vec!["A model of birds".into()],
            authors: vec!["Ada Emu".into()],
            references: "A. Gnu. Birds that walk by night. 2030.".into(),
            ..Paper::default()
        };
        let matched = Matched::of(&log, [PdfInput { name: "x", paper: Some(&paper) }]);
        let index = PaperIndex::of(&log, &matched, &[(Some("/x.pdf".into()), Some(&paper))]);
        let emu = Key("emu: a model of birds".into());
        let of = index.entry(&emu).expect("known");
        assert_eq!(
            (&of.pdfs[..], &of.cites_items[..]),
            (&["/x.pdf".to_owned()][..], &["Birds that walk by night".to_owned()][..])
        );
        assert_eq!(index.item("Birds that walk by night").map(|of| &of.cited_by[..]), Some(&[emu][..]));
        assert_eq!((index.entry(&Key("owl".into())), index.item("owl")), (None, None));
    }
}
