//! Finds the files of the log again, to notice those that were added, removed or renamed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::files::{FilesWorker, KnownFile};
use super::unavailable::{Unavailable, missing, unsettled};
use crate::io::choose::LogFiles;
use crate::io::read::read_shown;
use crate::io::stamp::FileStamp;
use crate::log::File;
use crate::words::Sentence;

/// With more files than this, a renamed and edited file is not recognised by its text.
const ALIKE: usize = 20;
/// A file missing from a folder for less than this may be about to be replaced.
const GONE: Duration = Duration::from_millis(200);

impl FilesWorker {
    /// Finds the log's files again. If the set of files has changed, returns each file's previous index, or `None`
    /// for a new file. The caller reports the change, together with changed contents.
    ///
    /// # Errors
    /// When files are missing or empty, but may be back in a moment.
    pub(super) fn rescan(&mut self, asked: bool) -> Result<Option<Vec<Option<usize>>>, Sentence> {
        let mut found = self.log_files.again().map_err(|lost| missing(&lost))?;
        if found.paths == self.log_files.paths {
            self.log_files = found;
            return Ok(None);
        }
        let before: HashMap<PathBuf, usize> =
            self.files.iter().enumerate().map(|(at, known)| (known.path.clone(), at)).collect();
        // Each new file is read only once.
        let mut new: BTreeMap<PathBuf, (String, Option<FileStamp>)> = BTreeMap::new();
        let mut unread = HashSet::new();
        for path in found.paths.iter().filter(|path| !before.contains_key(*path)) {
            let stamp = FileStamp::of(path);
            match read_shown(path).map(|shown| shown.text) {
                Ok(text) if text.is_empty() && self.may_come_back() && !asked => {
                    return Err(unsettled(&path.display().to_string(), true));
                }
                Ok(text) => _ = new.insert(path.clone(), (text, stamp)),
                Err(_) => _ = unread.insert(path.clone()),
            }
        }
        found.leave_out(&unread);
        if found.paths == self.log_files.paths {
            return Ok(None);
        }
        let found_paths: HashSet<&PathBuf> = found.paths.iter().collect();
        let gone: Vec<usize> =
            (0..self.files.len()).filter(|&at| !found_paths.contains(&self.files[at].path)).collect();
        let renamed = self.renamed(&gone, &new);
        if let Some(&lost) = gone.iter().find(|&at| !renamed.values().any(|old| old == at))
            && self.may_come_back()
            && !asked
        {
            return Err(missing(&self.files[lost].path));
        }
        Ok(Some(self.take(found, &before, new, &renamed)))
    }

    /// Whether missing files may still be back in a moment; starts the timer on the first call.
    fn may_come_back(&mut self) -> bool {
        self.lost.get_or_insert_with(Unavailable::new).since.elapsed() < GONE
    }

    /// Finds renamed files: maps each new path to the index of the missing file that it was. Compares inodes, then
    /// identical text (if unique), then similarity.
    fn renamed(&self, gone: &[usize], new: &BTreeMap<PathBuf, (String, Option<FileStamp>)>) -> HashMap<PathBuf, usize> {
        let mut by_inode: HashMap<(u64, u64), usize> = HashMap::new();
        let mut by_text: HashMap<&str, Vec<usize>> = HashMap::new();
        for &at in gone {
            by_inode.extend(self.files[at].stamp.map(|stamp| (stamp.inode, at)));
            by_text.entry(&self.files[at].file.text).or_default().push(at);
        }
        let mut renamed: HashMap<PathBuf, usize> = HashMap::new();
        for (path, (text, stamp)) in new {
            let same_file = stamp.and_then(|stamp| by_inode.get(&stamp.inode)).copied();
            let same_text =
                by_text.get(text.as_str()).filter(|all| all.len() == 1 && !text.is_empty()).map(|all| all[0]);
            if let Some(old) = same_file.or(same_text).filter(|old| !renamed.values().any(|taken| taken == old)) {
                renamed.insert(path.clone(), old);
            }
        }
        // The rest may have been renamed and edited at the same time.
        for (path, (text, _)) in new.iter().take(ALIKE).filter(|_| gone.len() <= ALIKE) {
            let left = gone.iter().filter(|old| !renamed.values().any(|taken| taken == *old));
            let most = left.map(|&old| (share(&self.files[old].file.text, text), old)).max();
            if let Some((_, old)) = most.filter(|(share, _)| *share > 50 && !renamed.contains_key(path)) {
                renamed.insert(path.clone(), old);
            }
        }
        renamed
    }

    /// Switches to these files; returns each file's previous index, or `None` for a new file.
    fn take(
        &mut self,
        found: LogFiles,
        before: &HashMap<PathBuf, usize>,
        mut new: BTreeMap<PathBuf, (String, Option<FileStamp>)>,
        renamed: &HashMap<PathBuf, usize>,
    ) -> Vec<Option<usize>> {
        let from: Vec<Option<usize>> =
            found.paths.iter().map(|path| before.get(path).or_else(|| renamed.get(path)).copied()).collect();
        for (path, &old) in renamed {
            let old = &self.files[old].path;
            self.store.follow(old, path);
            self.moved.values_mut().filter(|now| *now == old).for_each(|now| now.clone_from(path));
            self.moved.insert(old.clone(), path.clone());
        }
        self.moved.retain(|old, _| !found.paths.contains(old));
        let dialect = self.files.first().map(|known| known.file.dialect.of_log()).unwrap_or_default();
        let mut old: Vec<Option<KnownFile>> = std::mem::take(&mut self.files).into_iter().map(Some).collect();
        let known = |(path, name): (&PathBuf, &String)| {
            let mut known = before.get(path).and_then(|&at| old[at].take()).unwrap_or_else(|| {
                let (text, stamp) = new.remove(path).unwrap_or_default();
                KnownFile {
                    path: path.clone(),
                    file: File::unread(text.into(), Arc::clone(&dialect)),
                    stamp,
                    unavailable: None,
                }
            });
            known.file.name.clone_from(name);
            known
        };
        self.files = found.paths.iter().zip(&found.names).map(known).collect();
        self.undo_history.moved(&from);
        self.log_files = found;
        if let Some(corrections) = &mut self.corrections {
            corrections.follow(&self.log_files);
        }
        from
    }
}

/// The percentage of an old text's non-blank lines that the new text still has.
fn share(old: &str, new: &str) -> usize {
    let known: HashSet<&str> = new.lines().collect();
    let lines: Vec<&str> = old.lines().filter(|line| !line.trim().is_empty()).collect();
    100 * lines.iter().filter(|line| known.contains(*line)).count() / lines.len().max(1)
}
