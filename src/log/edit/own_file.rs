//! A file that a change makes, and that taking the change back removes: where each file of a log is about
//! one paper or of one day, a new entry is a new file.

use serde::{Deserialize, Serialize};

use super::{Intent, Refusal};
use crate::log::Log;

/// A file that a change makes or removes, seen from the file that the change is kept with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFile {
    /// How many folders to go up from that file's folder.
    pub up: usize,
    /// The way down from there: folders and the file's name, with `/` between them.
    pub down: String,
    /// How many folders on the way were not there before: they go with the file where they are empty.
    pub folders: usize,
    /// The title of its entry.
    pub title: String,
    /// All that is in it. With any other byte in it, it is not removed.
    pub text: String,
}

impl OwnFile {
    /// A file with this name in the log, seen from another one.
    pub(super) fn seen_from(anchor: &str, name: &str, folders: usize, title: &str, text: String) -> Self {
        let (from, to): (Vec<&str>, Vec<&str>) = (anchor.split('/').collect(), name.split('/').collect());
        let most = from.len().min(to.len()) - 1;
        let shared = (0..most).take_while(|&at| from[at] == to[at]).count();
        Self { up: from.len() - 1 - shared, down: to[shared..].join("/"), folders, title: title.to_owned(), text }
    }

    /// What the log calls it, by the name of the file from which it is seen.
    pub fn name(&self, anchor: &str) -> String {
        let mut parts: Vec<&str> = anchor.split('/').collect();
        parts.truncate((parts.len() - 1).saturating_sub(self.up));
        parts.push(&self.down);
        parts.join("/")
    }

    /// Whether it stands as it was made; not so where it is gone.
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
    /// The files that it makes, and those that it removes.
    pub fn files(&self) -> (Vec<&OwnFile>, Vec<&OwnFile>) {
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

    /// What it changes in the file that it is kept with; `None` where that is nothing.
    pub fn within(&self) -> Option<Self> {
        match self {
            Self::CreateFile(_) | Self::RemoveFile(_) => None,
            Self::All(all) => {
                let mut within: Vec<Self> = all.iter().filter_map(Self::within).collect();
                if within.len() > 1 { Some(Self::All(within)) } else { within.pop() }
            }
            other => Some(other.clone()),
        }
    }

    /// What takes all of it back, where `inverse` does so within the file.
    pub fn taken_back_by(&self, inverse: Option<Self>) -> Self {
        let (made, removed) = self.files();
        if made.is_empty() && removed.is_empty() {
            return inverse.unwrap_or(Self::All(Vec::new()));
        }
        let back = made.into_iter().cloned().map(Self::RemoveFile);
        let again = removed.into_iter().cloned().map(Self::CreateFile);
        let mut all: Vec<Self> = inverse.into_iter().chain(back).chain(again).collect();
        if all.len() == 1 { all.remove(0) } else { Self::All(all) }
    }

    /// Whether the files that it makes are not there, and those that it removes are as they were made.
    ///
    /// # Errors
    /// When that is not so.
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

    /// Whether one of the files that it removes is there.
    ///
    /// # Errors
    /// When one holds something else by now.
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
    fn a_file_is_found_from_another_one() {
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
