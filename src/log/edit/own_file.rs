//! A file that a change creates and its undo removes. In a folder with a file for each paper or day, a new entry is a
//! new file.

use serde::{Deserialize, Serialize};

use super::{Intent, Refusal};
use crate::log::Log;

/// A file that a change creates or removes, relative to the anchor: the file whose journal records the change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFile {
    /// How many folders to go up from the anchor's folder.
    pub up: usize,
    /// The path down from there, with `/` between folders and file name.
    pub down: String,
    /// How many folders of the path were created too. They are removed with the file if they are empty.
    pub folders: usize,
    /// The title of its entry.
    pub title: String,
    /// The whole text. If the file has changed, it is not removed.
    pub text: String,
}

impl OwnFile {
    /// A file of the log, given by its name, relative to an anchor.
    pub(super) fn seen_from(anchor: &str, name: &str, folders: usize, title: &str, text: String) -> Self {
        let (from, to): (Vec<&str>, Vec<&str>) = (anchor.split('/').collect(), name.split('/').collect());
        let most = from.len().min(to.len()) - 1;
        let shared = (0..most).take_while(|&at| from[at] == to[at]).count();
        Self { up: from.len() - 1 - shared, down: to[shared..].join("/"), folders, title: title.to_owned(), text }
    }

    /// The file's name in the log, given the anchor's.
    pub fn name(&self, anchor: &str) -> String {
        let mut parts: Vec<&str> = anchor.split('/').collect();
        parts.truncate((parts.len() - 1).saturating_sub(self.up));
        parts.push(&self.down);
        parts.join("/")
    }

    /// Whether the file still exists; an error if its text has changed.
    fn stands(&self, log: &Log, anchor: usize) -> Result<bool, Refusal> {
        let Some(anchor) = log.files.get(anchor) else { return Ok(false) };
        let name = self.name(&anchor.name);
        match log.files.iter().find(|file| file.name == name) {
            None => Ok(false),
            Some(file) if file.text == *self.text.as_str() => Ok(true),
            Some(_) => Err(Refusal::Rewritten(name)),
        }
    }
}

impl Intent {
    /// (files that the intent creates, files that it removes).
    pub(crate) fn files(&self) -> (Vec<&OwnFile>, Vec<&OwnFile>) {
        match self {
            Self::CreateFile(file) => (vec![file], Vec::new()),
            Self::RemoveFile(file) => (Vec::new(), vec![file]),
            Self::All(all) => {
                let (made, removed): (Vec<_>, Vec<_>) = all.iter().map(Self::files).unzip();
                (made.concat(), removed.concat())
            }
            _ => (Vec::new(), Vec::new()),
        }
    }

    /// The part of the intent that changes the anchor file; `None` if there is none.
    pub(crate) fn within(&self) -> Option<Self> {
        match self {
            Self::CreateFile(_) | Self::RemoveFile(_) => None,
            Self::All(all) => {
                let mut within: Vec<Self> = all.iter().filter_map(Self::within).collect();
                if within.len() > 1 { Some(Self::All(within)) } else { within.pop() }
            }
            other => Some(other.clone()),
        }
    }

    /// The whole inverse of the intent, given the inverse of its change to the anchor file.
    pub(crate) fn inverse_with(&self, inverse: Option<Self>) -> Self {
        let (made, removed) = self.files();
        if made.is_empty() && removed.is_empty() {
            return inverse.unwrap_or(Self::All(Vec::new()));
        }
        let back = made.into_iter().cloned().map(Self::RemoveFile);
        let again = removed.into_iter().cloned().map(Self::CreateFile);
        let mut all: Vec<Self> = inverse.into_iter().chain(back).chain(again).collect();
        if all.len() == 1 { all.remove(0) } else { Self::All(all) }
    }

    /// Checks that files to be created do not exist, and that files to be removed are unchanged.
    ///
    /// # Errors
    /// If one exists or has changed.
    pub(super) fn may_change_files(&self, log: &Log, anchor: usize) -> Result<(), Refusal> {
        let (made, removed) = self.files();
        for file in made {
            let name = log.files.get(anchor).map(|anchor| file.name(&anchor.name)).unwrap_or_default();
            if log.files.iter().any(|other| other.name == name) {
                return Err(Refusal::Exists(name));
            }
        }
        removed.into_iter().try_for_each(|file| file.stands(log, anchor).map(|_| ()))
    }

    /// Whether one of the files to be removed exists.
    ///
    /// # Errors
    /// If the text of one has changed.
    pub(super) fn removes_something(&self, log: &Log, anchor: usize) -> Result<bool, Refusal> {
        let mut stands = false;
        for file in self.files().1 {
            stands |= file.stands(log, anchor)?;
        }
        Ok(stands)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_relative_to_another() {
        let check = |anchor: &str, name: &str, up: usize, down: &str| {
            let file = OwnFile::seen_from(anchor, name, 0, "", String::new());
            assert_eq!((file.up, file.down.as_str()), (up, down), "{anchor} {name}");
            assert_eq!(file.name(anchor), name);
        };
        check("notes/README.md", "notes/birds/emu.md", 0, "birds/emu.md");
        check("notes/2031/05/17.md", "notes/2031/06/01.md", 1, "06/01.md");
        check("notes/birds/emu.md", "notes/birds/owl.md", 0, "owl.md");
        check("a.md", "b.md", 0, "b.md");
    }
}
