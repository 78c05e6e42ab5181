//! The user's corrections of how a log is read, kept beside the log.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::log_files::LogFiles;
use super::sidecar::{self, Sidecar, SidecarError};
use super::store::RetryPolicy;
use crate::log::corrections::{Correction, StoredCorrections};
use crate::log::dialect::Dialect;
use crate::log::parse::offer::CorrectionChange;
use crate::say;
use crate::words::{Say, Sentence};

/// The corrections about one log.
#[derive(Debug, Clone)]
pub struct Corrections {
    sidecar: Sidecar<StoredCorrections>,
    /// For each file: its name in the log, and its name in the sidecar file.
    names: Vec<(String, String)>,
}

impl Corrections {
    /// The corrections about a log; `None` if it has no files. `elsewhere` overrides the folder for sidecar files.
    pub fn of(files: &LogFiles, elsewhere: Option<&Path>, retry: RetryPolicy) -> Option<Self> {
        let folder = sidecar::folder(files.home()?, elsewhere);
        Some(Self { sidecar: Sidecar::new(folder, retry), names: names(files) })
    }

    /// Updates the names of the files, after some were renamed.
    pub(crate) fn follow(&mut self, files: &LogFiles) {
        self.names = names(files);
    }

    /// Loads the corrections. Also returns a problem to report, if any.
    pub(crate) fn load(&self) -> (Vec<Correction>, Option<Sentence>) {
        let loaded = match self.sidecar.load() {
            Ok(loaded) => loaded,
            Err(error) => return (Vec::new(), Some(error.sentence())),
        };
        let unknown = loaded.document.unknown();
        let unknown = (unknown > 0).then(|| {
            let path = self.path().display().to_string();
            Sentence::of(|language| {
                let forms = language.counted(unknown, "form", "forms", "种写法");
                say!(
                    language,
                    "{path}: skipped {forms} written by a newer version of papers-tui",
                    "{path}：有 {forms}来自更高版本的 papers-tui，已跳过"
                )
            })
        });
        let corrections =
            loaded.document.corrections().into_iter().map(|correction| self.called_by(correction, true)).collect();
        (corrections, loaded.notice.map(|notice| notice.sentence()).or(unknown))
    }

    /// Saves a change to the corrections. Returns a notice to show, if any.
    ///
    /// # Errors
    /// If the change cannot be saved. Nothing is changed then.
    pub fn change(&self, change: &CorrectionChange) -> Result<Option<Sentence>, SidecarError> {
        let kept = |corrections: &[Correction]| -> Vec<Correction> {
            corrections.iter().map(|correction| self.called_by(correction.clone(), false)).collect()
        };
        let (removed, added) = (kept(&change.removed), kept(&change.added));
        let loaded = self.sidecar.change(|stored| {
            removed.iter().for_each(|correction| stored.remove(correction));
            added.iter().for_each(|correction| stored.add(correction));
        })?;
        Ok(loaded.notice.map(|notice| notice.sentence()))
    }

    /// The path of the sidecar file.
    pub(crate) fn path(&self) -> PathBuf {
        self.sidecar.path()
    }

    /// The user's dialect for all logs (`of_user`), plus the corrections about this one. Also returns a problem to
    /// report, if any.
    pub fn dialect(&self, of_user: &Arc<Dialect>) -> (Arc<Dialect>, Option<Sentence>) {
        let (corrections, notice) = self.load();
        match corrections.is_empty() {
            true => (Arc::clone(of_user), notice),
            false => (Arc::new(Dialect::clone(of_user).with_corrections(corrections)), notice),
        }
    }

    /// Converts the file name in a correction: if `by_log`, from the sidecar file's name to the log's, otherwise back.
    /// Unknown files keep their names, since they may have been renamed.
    fn called_by(&self, mut correction: Correction, by_log: bool) -> Correction {
        let found = self.names.iter().find(|(name, kept)| *(if by_log { kept } else { name }) == correction.file);
        if let Some((name, kept)) = found {
            correction.file.clone_from(if by_log { name } else { kept });
        }
        correction
    }
}

/// For each file: its name in the log, and its name in the sidecar file.
fn names(files: &LogFiles) -> Vec<(String, String)> {
    files.names.iter().enumerate().map(|(at, name)| (name.clone(), kept_as(files, at))).collect()
}

/// The name of a file in the sidecar file, independent of the working directory: its path in the log's
/// folder, or its file name.
fn kept_as(files: &LogFiles, at: usize) -> String {
    if files.folders.iter().any(|folder| folder.contains(&at)) {
        return files.names[at].clone();
    }
    let path = &files.paths[at];
    let target = path.canonicalize().unwrap_or_else(|_| path.clone());
    target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
