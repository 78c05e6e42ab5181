//! What the user has taught about a log's files (the lessons), kept beside the log.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::log_files::LogFiles;
use super::sidecar::{self, Sidecar, SidecarError};
use super::store::RetryPolicy;
use crate::log::dialect::Dialect;
use crate::log::parse::offer::Change;
use crate::log::taught::{Lesson, Taught};
use crate::say;
use crate::words::{Say, Sentence};

/// The lessons about one log.
#[derive(Debug, Clone)]
pub struct Lessons {
    sidecar: Sidecar<Taught>,
    /// For each file: its name in the log, and its name in the sidecar file.
    names: Vec<(String, String)>,
}

impl Lessons {
    /// The lessons about a log; `None` if it has no files. `elsewhere` overrides the folder for sidecar files.
    pub fn of(files: &LogFiles, elsewhere: Option<&Path>, retry: RetryPolicy) -> Option<Self> {
        let folder = sidecar::folder(files.home()?, elsewhere);
        Some(Self { sidecar: Sidecar::new(folder, retry), names: names(files) })
    }

    /// Updates the names of the files, after some were renamed.
    pub fn follow(&mut self, files: &LogFiles) {
        self.names = names(files);
    }

    /// Loads the lessons. Also returns a problem to report, if any.
    pub fn load(&self) -> (Vec<Lesson>, Option<Sentence>) {
        let loaded = match self.sidecar.load() {
            Ok(loaded) => loaded,
            Err(error) => return (Vec::new(), Some(error.sentence())),
        };
        let unknown = loaded.document.unknown();
        let unknown = (unknown > 0).then(|| {
            let path = self.path().display().to_string();
            Sentence::of(|language| {
                let lessons = language.counted(unknown, "form", "forms", "种写法");
                say!(
                    language,
                    "{path}: skipped {lessons} written by a newer version of papers-tui",
                    "{path}：有 {lessons}来自更高版本的 papers-tui，已跳过"
                )
            })
        });
        let lessons = loaded.document.lessons().into_iter().map(|lesson| self.called_by(lesson, true)).collect();
        (lessons, loaded.notice.map(|notice| notice.sentence()).or(unknown))
    }

    /// Saves a change to the lessons. Returns a notice to show, if any.
    ///
    /// # Errors
    /// If the change cannot be saved. Nothing is changed then.
    pub fn change(&self, change: &Change) -> Result<Option<Sentence>, SidecarError> {
        let kept = |lessons: &[Lesson]| -> Vec<Lesson> {
            lessons.iter().map(|lesson| self.called_by(lesson.clone(), false)).collect()
        };
        let (forgotten, learnt) = (kept(&change.forgotten), kept(&change.learnt));
        let loaded = self.sidecar.change(|taught| {
            forgotten.iter().for_each(|lesson| taught.forget(lesson));
            learnt.iter().for_each(|lesson| taught.learn(lesson));
        })?;
        Ok(loaded.notice.map(|notice| notice.sentence()))
    }

    /// The path of the sidecar file.
    pub fn path(&self) -> PathBuf {
        self.sidecar.path()
    }

    /// The user's dialect for all logs (`of_user`), plus the lessons about this one. Also returns a problem to
    /// report, if any.
    pub fn dialect(&self, of_user: &Arc<Dialect>) -> (Arc<Dialect>, Option<Sentence>) {
        let (lessons, notice) = self.load();
        match lessons.is_empty() {
            true => (Arc::clone(of_user), notice),
            false => (Arc::new(Dialect::clone(of_user).with_lessons(lessons)), notice),
        }
    }

    /// Converts the file name in a lesson: if `by_log`, from the sidecar file's name to the log's, otherwise back.
    /// Unknown files keep their names, since they may have been renamed.
    fn called_by(&self, mut lesson: Lesson, by_log: bool) -> Lesson {
        let found = self.names.iter().find(|(name, kept)| *(if by_log { kept } else { name }) == lesson.file);
        if let Some((name, kept)) = found {
            lesson.file.clone_from(if by_log { name } else { kept });
        }
        lesson
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
