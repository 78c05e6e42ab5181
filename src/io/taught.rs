//! What was taught of a log's files, kept beside the log.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::located::Located;
use super::sidecar::{self, Sidecar, SidecarError};
use super::store::Patience;
use crate::log::dialect::Dialect;
use crate::log::parse::offer::Change;
use crate::log::taught::{Lesson, Taught};
use crate::say;
use crate::words::{Say, Sentence};

/// The lessons of one log.
#[derive(Debug, Clone)]
pub struct Lessons {
    sidecar: Sidecar<Taught>,
    /// For each file what it is called in the log, and where the lessons are kept.
    names: Vec<(String, String)>,
}

impl Lessons {
    /// Those of a log; `elsewhere` is the folder for what is otherwise kept beside it. None without a file.
    pub fn of(files: &Located, elsewhere: Option<&Path>, patience: Patience) -> Option<Self> {
        let folder = sidecar::folder(files.home()?, elsewhere);
        Some(Self { sidecar: Sidecar::new(folder, patience), names: names(files) })
    }

    /// Takes in what the files are called by now.
    pub fn follow(&mut self, files: &Located) {
        self.names = names(files);
    }

    /// What was taught, and what the reader must be told.
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
                    "{path}: {lessons} of a newer version of this program were passed over",
                    "{path}：有{lessons}属于更新版本的程序，已略过"
                )
            })
        });
        let lessons = loaded.document.lessons().into_iter().map(|lesson| self.called_by(lesson, true)).collect();
        (lessons, loaded.notice.map(|notice| notice.sentence()).or(unknown))
    }

    /// Keeps that what was taught has changed.
    ///
    /// # Errors
    /// When it cannot be kept; then nothing is changed.
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

    /// Where they are kept.
    pub fn path(&self) -> PathBuf {
        self.sidecar.path()
    }

    /// The dialect of the log: what the user has said of all logs, and what was taught of this one.
    pub fn dialect(&self, of_user: &Arc<Dialect>) -> (Arc<Dialect>, Option<Sentence>) {
        let (lessons, notice) = self.load();
        match lessons.is_empty() {
            true => (Arc::clone(of_user), notice),
            false => (Arc::new(Dialect::clone(of_user).with_lessons(lessons)), notice),
        }
    }

    /// A lesson with its file as the log calls it, or as it is kept. Of a file that is not of this log the
    /// name stays: it may be of one that was renamed.
    fn called_by(&self, mut lesson: Lesson, by_log: bool) -> Lesson {
        let found = self.names.iter().find(|(name, kept)| *(if by_log { kept } else { name }) == lesson.file);
        if let Some((name, kept)) = found {
            lesson.file.clone_from(if by_log { name } else { kept });
        }
        lesson
    }
}

/// What the files are called in the log, and where lessons are kept.
fn names(files: &Located) -> Vec<(String, String)> {
    files.names.iter().enumerate().map(|(at, name)| (name.clone(), kept_as(files, at))).collect()
}

/// What a file is called where lessons are kept, whatever folder the program runs in: by its place in the
/// folder that is the log, or by its name.
fn kept_as(files: &Located, at: usize) -> String {
    if files.folders.iter().any(|folder| folder.contains(&at)) {
        return files.names[at].clone();
    }
    let path = &files.paths[at];
    let target = path.canonicalize().unwrap_or_else(|_| path.clone());
    target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
