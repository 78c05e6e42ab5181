//! Caches the parsed files of folders, so that only changed files are parsed again.
//!
//! A file's role and forms depend on its siblings, so all files of a folder are judged again after each change, which
//! is cheap. A file whose verdict changes is cut into sections and entries again; all others are reused.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::analysed::{Analysed, Verdict, dismiss, judge};
use super::{FileParser, PASSES};
use crate::log::dialect::Dialect;
use crate::log::{Log, Source};

/// The parsed files of folders.
#[derive(Default)]
pub struct ParseCache {
    /// Whether files stay in the cache for the next call.
    keeps_files: bool,
    /// The dialect in which the files were parsed.
    dialect: Arc<Dialect>,
    /// The parsed files, by name.
    files: HashMap<String, CachedFile>,
}

/// A parsed file.
struct CachedFile {
    /// Its analysis, which does not depend on its siblings.
    analysed: Arc<Analysed>,
    /// (verdict, resulting log), once the file is judged.
    part: Option<(Verdict, Arc<Log>)>,
}

impl fmt::Debug for ParseCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.files.keys()).finish()
    }
}

impl ParseCache {
    /// A cache that keeps files from one call to the next.
    pub fn keeping() -> Self {
        Self { keeps_files: true, ..Self::default() }
    }

    /// Parses files as one log, like [`parse_folders`](super::parse_folders).
    pub fn read(
        &mut self,
        sources: impl IntoIterator<Item = Source>,
        folders: &[Range<usize>],
        dialect: &Arc<Dialect>,
        progress: &mut dyn FnMut(u64),
    ) -> Log {
        let mut before = std::mem::take(&mut self.files);
        if self.dialect != *dialect {
            before.clear();
            self.dialect = Arc::clone(dialect);
        }
        let mut log = Log { folders: folders.to_vec(), ..Log::default() };
        let mut done = 0;
        let mut siblings: Vec<CachedFile> = Vec::new();
        for (index, source) in sources.into_iter().enumerate() {
            let length = source.text.len();
            let mut tell = |bytes: usize| progress(done + bytes as u64);
            match folders.iter().find(|folder| folder.contains(&index)) {
                Some(folder) => {
                    let known = before.remove(&source.name).filter(|known| known.is_of(&source));
                    siblings.push(known.unwrap_or_else(|| CachedFile::new(source, dialect, &mut tell)));
                    if index + 1 == folder.end {
                        self.settle(std::mem::take(&mut siblings), &mut log);
                    }
                }
                None => {
                    let analysed = FileParser::new(source, dialect, &mut tell).analyse();
                    log.append(analysed.alone(&mut |bytes| tell(length + bytes)));
                }
            }
            done += (PASSES * length) as u64;
        }
        if !siblings.is_empty() {
            self.settle(siblings, &mut log);
        }
        log.name_entries();
        log.mark_pending();
        log
    }

    /// Adds the files of a folder to a log.
    fn settle(&mut self, siblings: Vec<CachedFile>, log: &mut Log) {
        let verdicts = judge(&siblings.iter().map(|sibling| &*sibling.analysed).collect::<Vec<_>>());
        let mut parts = Vec::with_capacity(siblings.len());
        for (CachedFile { analysed, part }, verdict) in siblings.into_iter().zip(verdicts) {
            if !self.keeps_files {
                parts.push(Arc::unwrap_or_clone(analysed).judged(verdict));
                continue;
            }
            let part = part.filter(|(before, _)| *before == verdict).map(|(_, part)| part);
            let part = part.unwrap_or_else(|| Arc::new(Analysed::clone(&analysed).judged(verdict.clone())));
            parts.push(Log::clone(&part));
            self.files.insert(analysed.name().to_owned(), CachedFile { analysed, part: Some((verdict, part)) });
        }
        dismiss(&mut parts);
        log.append_all(parts);
    }
}

impl CachedFile {
    fn new(source: Source, dialect: &Arc<Dialect>, progress: &mut dyn FnMut(usize)) -> Self {
        Self { analysed: Arc::new(FileParser::new(source, dialect, progress).analyse()), part: None }
    }

    /// Whether the file was parsed from this text.
    fn is_of(&self, source: &Source) -> bool {
        let text = self.analysed.text();
        text.is_same(&source.text) || *text == source.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::parse::parse_folders;

    /// A folder with one file per week and one file per paper.
    fn sources() -> Vec<Source> {
        let week = |at: usize| {
            let text =
                format!("# 2031\n\n## 2031.5.{at}\n\n《Emu {at}》\n\nx\n\n- [ ] Gnu {at}\n\n《Kea {at}》\n\ny\n");
            Source { name: format!("log/week{at}.md"), text: text.into() }
        };
        let paper = |at: usize| {
            let text = format!("---\ntitle: Owls of Night {at}\ntags: paper\n---\n\n# Summary\n\nx\n\n# Method\n\ny\n");
            Source { name: format!("log/papers/owl{at}.md"), text: text.into() }
        };
        (1..5).map(week).chain((1..5).map(paper)).collect()
    }

    /// Parses `before`, then `after`; returns the names of files that were reused.
    #[track_caller]
    fn stay(before: &[Source], after: &[Source]) -> Vec<String> {
        let read = |parse_cache: &mut ParseCache, sources: &[Source]| {
            let all = 0..sources.len();
            let folders = std::slice::from_ref(&all);
            let log = parse_cache.read(sources.iter().cloned(), folders, &Arc::default(), &mut |_| {});
            assert_eq!(log, parse_folders(sources.iter().cloned(), folders, &Arc::default(), &mut |_| {}));
            parse_cache
                .files
                .iter()
                .map(|(name, kept)| (name.clone(), Arc::clone(&kept.analysed)))
                .collect::<HashMap<_, _>>()
        };
        let mut parse_cache = ParseCache::keeping();
        let known = read(&mut parse_cache, before);
        let now = read(&mut parse_cache, after);
        let is_same = |name: &&String| known.get(*name).is_some_and(|analysed| Arc::ptr_eq(analysed, &now[*name]));
        let mut stay: Vec<String> = now.keys().filter(is_same).cloned().collect();
        stay.sort();
        stay
    }

    #[test]
    fn only_what_changed_is_read_again() {
        let before = sources();
        let all: Vec<String> = before.iter().map(|source| source.name.clone()).collect();
        let but = |name: &str| {
            let mut others: Vec<String> = all.iter().filter(|other| *other != name).cloned().collect();
            others.sort();
            others
        };
        assert_eq!(stay(&before, &before), but(""));
        let mut after = sources();
        after[1].text = after[1].text.replace("《Kea 2》", "《Yak》\n\nz\n\n《Kea 2》").into();
        assert_eq!(stay(&before, &after), but("log/week2.md"));
        after = sources();
        after.remove(5);
        assert_eq!(stay(&before, &after), but("log/papers/owl2.md"));
        assert_eq!(stay(&after, &before), but("log/papers/owl2.md"));
        after[0].name = "log/other.md".into();
        assert_eq!(stay(&after, &before).len(), before.len() - 2);
    }

    #[test]
    fn a_file_of_which_its_siblings_say_something_else_is_cut_again() {
        let day = |at: usize, text: &str| Source { name: format!("log/{at}.md"), text: text.into() };
        let plain = "## 2031.5.1\n\n**Emu**\n\nx\n";
        let marks = |at: usize| day(at, &format!("## 2031.5.{at}\n\n《Gnu {at}》\n\nx\n"));
        let bold = |at: usize| day(at, &format!("## 2031.5.{at}\n\n**Gnu {at}**\n\nx\n\n**Kea {at}**\n\ny\n"));
        let before: Vec<Source> = std::iter::once(day(1, plain)).chain((2..7).map(marks)).collect();
        let after: Vec<Source> = std::iter::once(day(1, plain)).chain((2..7).map(bold)).collect();
        assert_eq!(stay(&before, &after), ["log/1.md"]);
        assert_eq!(stay(&after, &before), ["log/1.md"]);
        let others = |at: usize| day(at, "# Meeting\n\nWe met.\n");
        let other: Vec<Source> = std::iter::once(day(1, plain)).chain((2..7).map(others)).collect();
        assert_eq!(stay(&before, &other), ["log/1.md"]);
    }
}
