//! The paths of a log's files, and reading them.

use std::collections::HashSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::album::Base;
use super::folder::{Below, GLANCED_AT, LOOKED_AT, Limit, markdown_below};
use super::read::{DisplayText, ReadError};
use super::watch::Places;
use crate::log::Source;
use crate::say;
use crate::words::{Say, Sentence};

/// The files of a log.
#[derive(Debug, Clone, Default)]
pub struct LogFiles {
    /// The files and folders that the user named.
    pub named: Vec<PathBuf>,
    /// The paths of all files.
    pub paths: Vec<PathBuf>,
    /// Display names, in the same order.
    pub names: Vec<String>,
    /// For each named folder, the index range of its files.
    pub folders: Vec<Range<usize>>,
    /// The named folders and their subfolders.
    below: Vec<PathBuf>,
    /// What was skipped in the folders, or is damaged.
    pub limits: Vec<Limit>,
}

/// The message for a file that is damaged but can be shown.
pub fn damage(flaw: &ReadError) -> Sentence {
    Sentence::of(|language| {
        let flaw = flaw.say(language);
        say!(
            language,
            "{flaw}. Until then, “\u{FFFD}” is shown there and the file cannot be changed",
            "{flaw}。在此之前，该处显示为“\u{FFFD}”，文件不能修改"
        )
    })
}

impl LogFiles {
    /// A log of a single file.
    pub fn file(path: PathBuf, name: String) -> Self {
        Self { named: vec![path.clone()], paths: vec![path], names: vec![name], ..Self::default() }
    }

    /// Finds the named files, and those in the named folders. Fails with the first folder that contains no Markdown.
    pub(super) fn find(named: &[PathBuf]) -> Result<Self, &Path> {
        let mut files = Self { named: named.to_vec(), ..Self::default() };
        for path in named {
            if path.is_dir() {
                files.add_folder(path, LOOKED_AT)?;
            } else {
                files.add(path.clone(), path.display().to_string());
            }
        }
        Ok(files)
    }

    /// The files of a folder that the user did not name. `None` if the folder is too large to examine unasked.
    pub(super) fn glance(folder: &Path) -> Option<Self> {
        let mut files = Self { named: vec![folder.to_owned()], ..Self::default() };
        files.add_folder(folder, GLANCED_AT).ok()?;
        files.limits.is_empty().then_some(files)
    }

    /// The path or name to print for a file, so that an editor can open it from the working directory.
    pub(crate) fn shown(&self, file: usize) -> String {
        let is_found = self.folders.iter().any(|folder| folder.contains(&file));
        if is_found { self.paths[file].display().to_string() } else { self.names[file].clone() }
    }

    /// The first named file or folder, which determines where sidecar files are.
    pub(crate) fn home(&self) -> Option<&Path> {
        self.named.first().map(PathBuf::as_path)
    }

    /// What to watch for changes to the log.
    pub(crate) fn places(&self) -> Places {
        Places { files: self.paths.clone(), folders: self.below.clone() }
    }

    /// The files, each with the folder that its figures may be in.
    pub fn bases(&self) -> Vec<Base> {
        // The named path is either a folder above the file, or the file itself.
        let opened = |file: &Path| self.named.iter().find(|named| *named != file && file.starts_with(named));
        self.paths.iter().map(|file| Base::of(file, opened(file).map(PathBuf::as_path))).collect()
    }

    /// Searches again for the named files, and for those in the named folders.
    ///
    /// # Errors
    /// If a folder is missing or contains no Markdown: its path.
    pub(crate) fn again(&self) -> Result<Self, PathBuf> {
        let is_lost = |path: &&PathBuf| self.below.contains(path) && !path.is_dir();
        if let Some(lost) = self.named.iter().find(is_lost) {
            return Err(lost.clone());
        }
        Self::find(&self.named).map_err(Path::to_owned)
    }

    /// Whether the log is one folder.
    pub(crate) fn is_folder(&self) -> bool {
        self.named.len() == 1 && !self.folders.is_empty()
    }

    fn add(&mut self, path: PathBuf, name: String) {
        // A file given twice counts once.
        if !self.paths.contains(&path) {
            self.paths.push(path);
            self.names.push(name);
        }
    }

    /// Adds the files of a folder. Their display names are the folder's name and their path in it.
    fn add_folder<'a>(&mut self, folder: &'a Path, most: usize) -> Result<(), &'a Path> {
        let Below { files, folders, limits } = markdown_below(folder, most);
        if files.is_empty() {
            return Err(folder);
        }
        let own = folder.canonicalize().ok().and_then(|folder| Some(folder.file_name()?.display().to_string()));
        let first = self.paths.len();
        for file in files {
            let below = file.strip_prefix(folder).unwrap_or(&file).display().to_string();
            let name = own.as_ref().map_or_else(|| below.clone(), |own| format!("{own}/{below}"));
            if first == 0 {
                // Files of one folder are distinct; checking would be slow in a large one.
                self.paths.push(file);
                self.names.push(name);
            } else {
                self.add(file, name);
            }
        }
        self.folders.push(first..self.paths.len());
        self.below.extend(folders);
        self.limits.extend(limits);
        Ok(())
    }

    /// Reads all files. Unreadable files from a folder are skipped and reported; damaged files are kept and reported.
    ///
    /// # Errors
    /// If a file that the user named cannot be read.
    pub(crate) fn read(
        &mut self,
        mut read: impl FnMut(&Path) -> Result<DisplayText, ReadError>,
    ) -> Result<Vec<Source>, ReadError> {
        let (mut sources, mut kept, mut lost) = (Vec::with_capacity(self.paths.len()), Vec::new(), None);
        let mut damaged = Vec::new();
        for (at, (path, name)) in self.paths.iter().zip(&self.names).enumerate() {
            match read(path) {
                Ok(DisplayText { text, flaw }) => {
                    damaged.extend(flaw.map(|flaw| Limit::Damaged(damage(&flaw))));
                    sources.push(Source { name: name.clone(), text: text.into() });
                    kept.push(at);
                }
                Err(error) if self.folders.iter().any(|folder| folder.contains(&at)) => {
                    let (_, count) = lost.get_or_insert_with(|| (error.sentence(), 0));
                    *count += 1;
                }
                Err(error) => return Err(error),
            }
        }
        // Reading again replaces the previous report.
        self.limits.retain(|limit| !matches!(limit, Limit::Damaged(_)));
        self.limits.extend(damaged);
        if let Some((first, count)) = lost {
            self.limits.push(Limit::Unreadable { first, more: count - 1 });
            self.keep(&kept);
        }
        Ok(sources)
    }

    /// Leaves these files out of the log.
    pub(crate) fn leave_out(&mut self, files: &HashSet<PathBuf>) {
        if !files.is_empty() {
            let kept: Vec<usize> = (0..self.paths.len()).filter(|&at| !files.contains(&self.paths[at])).collect();
            self.keep(&kept);
        }
    }

    /// Keeps only the files at these indices, which are ascending.
    pub(super) fn keep(&mut self, kept: &[usize]) {
        let at = |index: usize| kept.partition_point(|&kept| kept < index);
        for folder in &mut self.folders {
            *folder = at(folder.start)..at(folder.end);
        }
        self.paths = kept.iter().map(|&at| self.paths[at].clone()).collect();
        self.names = kept.iter().map(|&at| self.names[at].clone()).collect();
    }
}
