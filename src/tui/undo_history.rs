//! The undo history kept on disk: which changes this run of the program has made, and what other processes have added
//! or undone since.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::app::{ChangeId, Message, UndoId};
use crate::io::store::ChangeKind;
use crate::io::undo;
use crate::log::edit::{ChangeKey, ChangeRecord};

/// The changes that can be undone, as last read from disk.
#[derive(Debug)]
pub(super) struct UndoHistory {
    /// The id of this run of the program.
    run: u64,
    /// Stored changes of this run, each with the index and path of its file.
    own: BTreeMap<ChangeId, (usize, PathBuf)>,
    /// The history as last read, by file index.
    made: BTreeMap<usize, Vec<ChangeRecord>>,
}

fn resolved(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

impl Default for UndoHistory {
    fn default() -> Self {
        Self { run: undo::run(), own: BTreeMap::new(), made: BTreeMap::new() }
    }
}

impl UndoHistory {
    /// How to record a save in the history.
    pub fn change_kind(&self, id: ChangeId, undoes: Option<UndoId>) -> ChangeKind {
        match undoes {
            None => ChangeKind::New(self.name(id)),
            Some(UndoId::Own(id)) => ChangeKind::Undo { name: self.name(id), is_own: true },
            Some(UndoId::Kept(name)) => ChangeKind::Undo { name, is_own: false },
        }
    }

    fn name(&self, ChangeId(number): ChangeId) -> ChangeKey {
        ChangeKey { run: self.run, number }
    }

    /// Records that a change was saved; `is_kept` if it is in the history on disk.
    pub fn saved(&mut self, id: ChangeId, (file, path): (usize, &Path), undoes: Option<UndoId>, is_kept: bool) {
        if is_kept {
            self.own.insert(id, (file, resolved(path)));
        }
        if let Some(UndoId::Own(undone)) = undoes {
            self.own.remove(&undone);
        }
    }

    /// Updates file indices; `from` holds each file's previous index, or `None` for a new file.
    pub fn moved(&mut self, from: &[Option<usize>]) {
        let mut made = std::mem::take(&mut self.made);
        let own = std::mem::take(&mut self.own);
        for (new, old) in from.iter().enumerate().filter_map(|(new, old)| Some((new, (*old)?))) {
            self.made.extend(made.remove(&old).map(|made| (new, made)));
            let own_of_file = own.iter().filter(|(_, (file, _))| *file == old);
            self.own.extend(own_of_file.map(|(id, (_, path))| (*id, (new, path.clone()))));
        }
    }

    /// Takes in the history just read for some files; returns a message if it has changed. `files` are their indices,
    /// and indices in `read` count from the first of them.
    pub fn read(
        &mut self,
        files: Range<usize>,
        paths: &[PathBuf],
        read: Vec<(usize, ChangeRecord)>,
    ) -> Option<Message> {
        let before: BTreeMap<usize, Vec<ChangeRecord>> =
            files.clone().filter_map(|file| self.made.remove_entry(&file)).collect();
        for (file, made) in read {
            self.made.entry(files.start + file).or_default().push(made);
        }
        let kept: BTreeSet<ChangeKey> = self.made.values().flatten().map(|made| made.name).collect();
        // A change is gone if the file's current history lacks it. If a link now leads to another file, nothing is
        // known about the old one.
        let is_gone = |(id, (file, path)): &(&ChangeId, &(usize, PathBuf))| {
            let current = file.checked_sub(files.start).and_then(|at| paths.get(at));
            current.is_some_and(|current| resolved(current) == *path) && !kept.contains(&self.name(**id))
        };
        let gone: Vec<ChangeId> = self.own.iter().filter(is_gone).map(|(id, _)| *id).collect();
        self.own.retain(|id, _| !gone.contains(id));
        if gone.is_empty() && files.clone().all(|file| self.made.get(&file) == before.get(&file)) {
            return None;
        }
        let mut made: Vec<(usize, ChangeRecord)> =
            self.made.iter().flat_map(|(&file, all)| all.iter().map(move |made| (file, made.clone()))).collect();
        made.sort_by_key(|(_, made)| made.when);
        let which = |name: ChangeKey| {
            if name.run == self.run { UndoId::Own(ChangeId(name.number)) } else { UndoId::Kept(name) }
        };
        let made = made.into_iter().map(|(file, made)| (file, which(made.name), made)).collect();
        Some(Message::Changes { made, gone })
    }
}
