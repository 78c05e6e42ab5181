//! Names the temporary files of a save, and cleans up those that killed processes left.
//!
//! New text is written to a file whose name marks it as ours alone. Before that file is exchanged with the log it is
//! renamed, and the new name contains the hashes of the old and the new text: from then on the file may contain
//! another program's save. After a kill, a file is deleted only if it is ours alone, or if its text is the old text,
//! the new text or the current text of the log. Any other file is kept beside the log as a conflict copy, as sync
//! programs do. Replaced files wait a moment in a folder of their own ([`retired`](super::retired)), under names of
//! the same form.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{File, Permissions};
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, ErrorKind};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use tempfile::{NamedTempFile, TempPath};

use super::published::{folder_of, sync_folder};
use super::read::{names, read_bytes};
use super::writers::has_writer;

/// Prefix of all our temporary files; the process id follows.
pub(super) const PREFIX: &str = ".papers-tui-";

/// Follows the process id in the name of a file that is ours alone.
const OWN: &str = "new-";

/// The longest that we expect a program to take between looking up a name and opening the file; the scheduler may run
/// others in between.
pub(super) const GRACE: Duration = Duration::from_millis(50);

/// Creates a temporary file that no other program will write to.
pub(super) fn temp_file(permissions: u32, folder: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new()
        .prefix(&format!("{PREFIX}{}-{OWN}", std::process::id()))
        .permissions(Permissions::from_mode(permissions))
        .tempfile_in(folder)
}

/// Renames a new file to mark that it is about to replace the one at `path`, whose text is to change from `before` to
/// `after`.
pub(super) fn mark_for_exchange(new: TempPath, path: &Path, before: &[u8], after: &[u8]) -> io::Result<TempPath> {
    let own = new.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let random = own.rsplit('-').next().unwrap_or_default();
    let marks = format!("{:016x}-{:016x}-{:016x}", hash(name_of(path)), hash(before), hash(after));
    let ready = new.with_file_name(format!("{PREFIX}{}-{marks}-{random}", std::process::id()));
    std::fs::rename(&new, &ready)?;
    // Disarm the deletion under the old name.
    let _ = new.keep();
    TempPath::try_from_path(ready)
}

/// Moves a replaced file of `log` out of the log's folder into `folder`, or leaves it where it is if `folder` cannot
/// be used. `known` is the hash of the file's text. Returns the file's path.
pub(super) fn move_apart(file: TempPath, folder: &Path, log: &Path, known: u64) -> TempPath {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let random = name.rsplit('-').next().unwrap_or_default();
    let log = hash(log.as_os_str().as_bytes());
    let apart = folder.join(format!("{PREFIX}{}-{log:016x}-{known:016x}-{known:016x}-{random}", std::process::id()));
    let is_moved = match std::fs::rename(&file, &apart) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            std::fs::create_dir_all(folder).and_then(|()| std::fs::rename(&file, &apart))
        }
        moved => moved,
    };
    match is_moved.and_then(|()| TempPath::try_from_path(apart)) {
        Ok(apart) => {
            // Disarm the deletion under the old name.
            let _ = file.keep();
            apart
        }
        Err(_) => file,
    }
}

/// Hard-links the file at `path` beside a new file, if the file system supports it.
pub(super) fn second_name(new: &Path, path: &Path) -> Option<TempPath> {
    let mut name = new.file_name()?.to_owned();
    name.push("2");
    let second = new.with_file_name(name);
    std::fs::hard_link(path, &second).ok()?;
    TempPath::try_from_path(second).ok()
}

fn name_of(path: &Path) -> &[u8] {
    path.file_name().map(OsStrExt::as_bytes).unwrap_or_default()
}

/// A hash that is stable between runs of one build, and usually between builds.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

/// Deletes what killed processes left in a folder that only we write to.
pub(super) fn sweep_own(folder: &Path) {
    for (name, marks) in left_in(folder) {
        // Keep files with [`TextHashes`], which may hold the log's text. A failed deletion is harmless.
        if TextHashes::read(&marks).is_none() {
            let _ = std::fs::remove_file(folder.join(name));
        }
    }
}

/// Like [`sweep`] for several logs. Lists each folder only once, and skips logs that have nothing to clean up, as
/// most do.
pub(super) fn sweep_all(logs: &[PathBuf], backups: &Path, apart: &Path) -> Vec<PathBuf> {
    let is_there = |folder: &Path| names(folder).is_ok_and(|names| !names.is_empty());
    let is_left = is_there(backups) || is_there(apart);
    let mut folders: BTreeMap<&Path, bool> = BTreeMap::new();
    let mut kept = Vec::new();
    for log in logs {
        let folder = folder_of(log);
        let has_left = *folders.entry(folder).or_insert_with(|| !left_in(folder).is_empty());
        if is_left || has_left {
            kept.extend(sweep(log, backups, apart));
        }
    }
    kept
}

/// Cleans up after killed processes: temporary files beside the log, replaced files in the folder `apart`, and
/// backups. Returns the files that had to be kept.
pub(super) fn sweep(log: &Path, backups: &Path, apart: &Path) -> Vec<PathBuf> {
    let of = hash(log.as_os_str().as_bytes());
    let apart = left_in(apart).into_iter().filter_map(|(name, marks)| {
        let marks = TextHashes::read(&marks).filter(|marks| marks.log == of)?;
        Some((apart.join(name), vec![marks.before, marks.after]))
    });
    let now = read_bytes(log).map(|text| hash(&text)).ok();
    let backups = names(backups).unwrap_or_default().into_iter().filter_map(|name| {
        let marks = backup_marks(name.to_str()?).filter(|marks| marks.log == of)?;
        let file = backups.join(&name);
        match [Some(marks.before), Some(marks.after)].contains(&now) {
            // The save was either completed or not started.
            true => std::fs::remove_file(file).err().and(None),
            false => Some((file, vec![])),
        }
    });
    let others = apart.chain(backups).filter_map(|(file, known)| remove_or_keep(&file, log, &known));
    sweep_beside(log).into_iter().chain(others).collect()
}

/// Cleans up the temporary files beside a file. Returns those that had to be kept.
pub(super) fn sweep_beside(path: &Path) -> Vec<PathBuf> {
    let left = left_in(folder_of(path)).into_iter().filter_map(|(name, marks)| {
        let file = folder_of(path).join(&name);
        let known = match TextHashes::read(&marks) {
            _ if marks.starts_with(OWN) => return std::fs::remove_file(&file).err().and(None),
            Some(marks) if marks.log != hash(name_of(path)) => return None,
            Some(marks) => vec![marks.before, marks.after],
            None => Vec::new(),
        };
        Some((file, known))
    });
    left.filter_map(|(file, known)| remove_or_keep(&file, path, &known)).collect()
}

/// Deletes a file if its text is empty, has a hash in `known`, or equals the log's; otherwise keeps the file beside
/// the log and returns its path.
fn remove_or_keep(file: &Path, log: &Path, known: &[u64]) -> Option<PathBuf> {
    let is_file = std::fs::symlink_metadata(file).is_ok_and(|file| file.is_file());
    wait_for_grace(file);
    // If the file is still being written, leave it for the next clean-up.
    if !is_file || has_writer(file).unwrap_or(true) {
        return None;
    }
    let text = read_bytes(file).ok()?;
    if text.is_empty() || known.contains(&hash(&text)) || read_bytes(log).is_ok_and(|log| log == text) {
        let _ = std::fs::remove_file(file);
        return None;
    }
    // If moving the file fails, it stays where it is.
    Some(keep_beside(log, file).unwrap_or_else(|_| file.to_owned()))
}

/// Waits long enough for any program that looked up the file under its former name to have opened it.
fn wait_for_grace(file: &Path) {
    let moved = std::fs::symlink_metadata(file).ok().and_then(|file| {
        let since = Duration::new(file.ctime().try_into().ok()?, file.ctime_nsec().try_into().ok()?);
        SystemTime::UNIX_EPOCH.checked_add(since)
    });
    // A time in the future tells nothing, so do not wait.
    let age = moved.and_then(|moved| SystemTime::now().duration_since(moved).ok());
    std::thread::sleep(age.map_or(Duration::ZERO, |age| GRACE.saturating_sub(age)));
}

/// The hashes that the name of a temporary file encodes: of the log's name or path, and of the text before and after
/// the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextHashes {
    pub log: u64,
    pub before: u64,
    pub after: u64,
}

impl TextHashes {
    fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split('-').map(|number| u64::from_str_radix(number, 16).ok());
        Some(Self { log: numbers.next()??, before: numbers.next()??, after: numbers.next()?? })
    }
}

/// The files that dead processes left in a folder: each name, and the part of the name after the process id.
fn left_in(folder: &Path) -> Vec<(OsString, String)> {
    let left = |name: OsString| {
        let (process, marks) = name.to_str()?.strip_prefix(PREFIX)?.split_once('-')?;
        let marks = is_dead(process.parse().ok()?).then(|| marks.to_owned())?;
        std::fs::symlink_metadata(folder.join(&name)).is_ok_and(|file| file.is_file()).then_some((name, marks))
    };
    names(folder).unwrap_or_default().into_iter().filter_map(left).collect()
}

fn is_dead(process: i32) -> bool {
    let process = rustix::process::Pid::from_raw(process);
    process.is_some_and(|process| rustix::process::test_kill_process(process) == Err(Errno::SRCH))
}

/// The start of a backup's file name: the log's name, for people, then the hashes that [`backup_marks`] parses.
pub(super) fn backup_name(log: &Path, before: &str, after: &str) -> String {
    let name = log.file_name().unwrap_or_default().to_string_lossy();
    let name: String = name.chars().take(40).collect();
    let of = hash(log.as_os_str().as_bytes());
    format!("{name}-{}-{of:016x}-{:016x}-{:016x}-", std::process::id(), hash(before.as_bytes()), hash(after.as_bytes()))
}

/// Parses the name of a backup; `None` if the process that made it is still running.
pub(super) fn backup_marks(name: &str) -> Option<TextHashes> {
    let mut parts = name.rsplit('-').skip(1);
    let mut number = || u64::from_str_radix(parts.next()?, 16).ok();
    let (after, before, log) = (number()?, number()?, number()?);
    is_dead(parts.next()?.parse().ok()?).then_some(TextHashes { log, before, after })
}

/// Moves a file to an unused name beside the log; returns the new path.
pub(super) fn keep_beside(log: &Path, file: &Path) -> io::Result<PathBuf> {
    for number in 1.. {
        let copy = conflict_copy(log, number);
        match renameat_with(CWD, file, CWD, &copy, RenameFlags::NOREPLACE) {
            Err(Errno::EXIST) => continue,
            Err(Errno::XDEV) => copy_to(file, &copy)?,
            // This system cannot refuse to overwrite, but the name contains the time, so it is free.
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) if !copy.exists() => std::fs::rename(file, &copy)?,
            done => done?,
        }
        sync_folder(&copy)?;
        return Ok(copy);
    }
    Err(ErrorKind::AlreadyExists.into())
}

fn copy_to(file: &Path, copy: &Path) -> io::Result<()> {
    let mut new = File::create_new(copy)?;
    io::copy(&mut File::open(file)?, &mut new)?;
    new.sync_all()?;
    std::fs::remove_file(file)
}

/// A file name like those that sync programs give to conflict copies.
fn conflict_copy(log: &Path, number: usize) -> PathBuf {
    let stem = log.file_stem().unwrap_or_default().to_string_lossy();
    let extension = log.extension().map_or("md".into(), |extension| extension.to_string_lossy());
    let now = chrono::Local::now().format("%Y-%m-%d %H%M%S");
    let number = if number > 1 { format!(" {number}") } else { String::new() };
    log.with_file_name(format!("{stem} (conflicted copy {now}{number}).{extension}"))
}

/// The names of the conflict copies beside a file: ours, and those of Syncthing, Dropbox and Nextcloud. They are not
/// part of the log.
pub fn conflict_copies(path: &Path) -> Vec<String> {
    conflict_copies_of(std::slice::from_ref(&path))
}

/// Like [`conflict_copies`] for several files; lists each folder only once.
pub fn conflict_copies_of(paths: &[impl AsRef<Path>]) -> Vec<String> {
    let mut stems: BTreeMap<&Path, Vec<&str>> = BTreeMap::new();
    for path in paths.iter().map(AsRef::as_ref) {
        if let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) {
            stems.entry(folder_of(path)).or_default().push(stem);
        }
    }
    let mut copies: Vec<String> = Vec::new();
    for (folder, stems) in stems {
        let names = names(folder).unwrap_or_default().into_iter().filter_map(|name| name.into_string().ok());
        let mut found: Vec<String> = names.filter(|name| is_copy_of_any(name, &stems)).collect();
        found.sort();
        copies.append(&mut found);
    }
    copies
}

fn is_copy_of_any(name: &str, stems: &[&str]) -> bool {
    COPIES.iter().any(|mark| name.contains(mark)) && stems.iter().any(|stem| is_copy_of(name, stem))
}

/// For each file, whether it is an original: not a conflict copy of another file in the list.
pub(super) fn are_originals<'a>(files: impl Iterator<Item = &'a Path>) -> Vec<bool> {
    let files: Vec<&Path> = files.collect();
    let mut stems: BTreeMap<&Path, Vec<&str>> = BTreeMap::new();
    for file in &files {
        stems.entry(folder_of(file)).or_default().extend(file.file_stem().and_then(|stem| stem.to_str()));
    }
    let is_copy = |file: &&Path| {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        stems.get(folder_of(file)).is_some_and(|stems| is_copy_of_any(name, stems))
    };
    files.iter().map(|file| !is_copy(file)).collect()
}

/// Text by which the names of conflict copies are recognised.
const COPIES: [&str; 2] = [".sync-conflict-", "conflicted copy"];

/// Whether a file name marks a conflict copy of the file with this stem.
fn is_copy_of(name: &str, stem: &str) -> bool {
    name.strip_prefix(stem).is_some_and(|rest| COPIES.iter().any(|mark| rest.contains(mark)))
}
