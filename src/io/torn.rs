//! Finishes a save in place that a kill has interrupted.
//!
//! Such a save overwrites the file from the first byte that differs, so the kill leaves the start of the new text
//! followed by the rest of the old one. Neither text alone is enough to recognise that: both are kept in the state
//! folder until the save is verified. The next start then writes the rest of the new text; killed again, it leaves a
//! file of the same kind.

use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::leftover::{TextHashes, backup_marks, hash};
use super::read::{names, read_bytes};

/// The name of the folder for new texts, in the state folder; their file names are like those of backups.
pub(super) const FOLDER: &str = "unfinished";

/// The name of the folder for backups, in the state folder.
pub(super) const BACKUPS: &str = "backups";

/// A save that a kill has interrupted.
pub(super) struct Interrupted {
    /// The index of the log.
    pub log: usize,
    /// The file with the new text.
    new: PathBuf,
    /// The file with the old text.
    old: PathBuf,
    marks: TextHashes,
}

/// Whether any save may be unfinished; usually none is.
pub(super) fn is_any(state: &Path) -> bool {
    names(&state.join(FOLDER)).is_ok_and(|names| !names.is_empty())
}

/// The saves to these logs that may not be finished.
pub(super) fn interrupted(state: &Path, logs: &[PathBuf]) -> Vec<Interrupted> {
    let left = marked(&state.join(FOLDER));
    let backups = marked(&state.join(BACKUPS));
    let of_log = |(new, marks): (PathBuf, TextHashes)| {
        let log = logs.iter().position(|log| hash(log.as_os_str().as_encoded_bytes()) == marks.log)?;
        let old = backups.iter().find(|(_, other)| *other == marks);
        let Some((old, _)) = old else {
            // The backup is removed last, or has been kept as a conflict copy.
            let _ = std::fs::remove_file(&new);
            return None;
        };
        Some(Interrupted { log, new, old: old.clone(), marks })
    };
    left.into_iter().filter_map(of_log).collect()
}

fn marked(folder: &Path) -> Vec<(PathBuf, TextHashes)> {
    let marked = |name: std::ffi::OsString| Some((folder.join(&name), backup_marks(name.to_str()?)?));
    names(folder).unwrap_or_default().into_iter().filter_map(marked).collect()
}

impl Interrupted {
    /// Writes the rest of the new text, if the log is as such a save leaves it; returns whether it was. The caller
    /// holds the lock.
    pub fn finish(&self, log: &Path) -> io::Result<bool> {
        let is_finished = self.write(log)?;
        // If the log is anything else, the clean-up keeps the old text as a conflict copy.
        std::fs::remove_file(&self.new)?;
        Ok(is_finished)
    }

    fn write(&self, log: &Path) -> io::Result<bool> {
        let read = |path: &Path| read_bytes(path).map_err(io::Error::other);
        let (old, new) = (read(&self.old)?, read(&self.new)?);
        // A kill may have cut off either text, but then the log was not touched.
        if (hash(&old), hash(&new)) != (self.marks.before, self.marks.after) {
            return Ok(false);
        }
        let file = OpenOptions::new().read(true).write(true).open(log)?;
        let now = read(log)?;
        let Some(start) = torn_at(&now, &old, &new).filter(|_| now != old && now != new) else { return Ok(false) };
        file.write_all_at(&new[start..], start as u64)?;
        if new.len() < now.len() {
            file.set_len(new.len() as u64)?;
        }
        file.sync_all()?;
        Ok(true)
    }
}

/// Where the new text ends and the rest of the old one begins; `None` if `now` is anything else.
fn torn_at(now: &[u8], old: &[u8], new: &[u8]) -> Option<usize> {
    let done = now.iter().zip(new).take_while(|(now, new)| now == new).count();
    // The write goes on beyond the end of the old text.
    let is_longer = now.len() > old.len() && done == now.len();
    let is_rest_old = || now.len() == old.len() && now[done..] == old[done..];
    (is_longer || is_rest_old()).then_some(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_an_interrupted_save_leaves_is_finished() {
        for (old, new) in [
            ("- [ ] Elk\n- [ ] Owl\n", "- [ ] Elk\n- [ ] Hen\n- [ ] Owl\n"),
            ("- [ ] Elk\n- [ ] Owl\n", "- [ ] Owl\n"),
            ("- [ ] Elk\n- [ ] Owl\n", "- [ ] Elk\n- [x] Owl\n"),
            ("", "- [ ] Elk\n"),
            ("- [ ] Elk\n", ""),
        ] {
            let (old, new) = (old.as_bytes(), new.as_bytes());
            for written in 0..=new.len() {
                let torn = [&new[..written], old.get(written..).unwrap_or_default()].concat();
                let at = torn_at(&torn, old, new).expect("torn");
                assert!(at >= written && torn[..at] == new[..at]);
                let others = [&torn[..], b"theirs\n"].concat();
                assert_eq!(torn_at(&others, old, new), None, "someone has appended");
            }
        }
        assert_eq!(torn_at(b"- [ ] Elk\n- [ ] Own\n", b"- [ ] Elk\n- [ ] Owl\n", b"- [ ] Owl\n- [ ] Elk\n"), None);
    }
}
