//! The watch on systems other than Linux, with the `notify` crate.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Places, Touched, absolute, may_matter};

/// A running watch; stopped when dropped.
#[derive(Debug)]
pub struct Watch {
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Calls `touched` from another thread when something may have changed. Calls are frequent, so debounce them, and
    /// compare contents: a call does not mean that anything changed.
    ///
    /// # Errors
    /// If the system does not report changes there, or if a path leads through a symbolic link: systems do not report
    /// that a link was changed.
    pub fn start(places: &Places, touched: impl Fn(Touched) + Send + 'static) -> io::Result<Self> {
        if places.files.iter().any(|file| is_behind_link(file)) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let files: BTreeSet<PathBuf> = places.files.iter().flat_map(|file| both(file)).collect();
        let whole = places.whole();
        let names: BTreeSet<OsString> = files.iter().filter_map(|file| file.file_name()).map(Into::into).collect();
        let folders: BTreeSet<PathBuf> =
            files.iter().filter_map(|file| file.parent()).map(Path::to_owned).chain(whole.iter().cloned()).collect();
        let above: BTreeSet<PathBuf> =
            folders.iter().filter_map(|folder| folder.parent()).map(Path::to_owned).collect();
        let parts = folders.clone();
        let judge = move |event: &Event| {
            if matches!(event.kind, EventKind::Access(_)) {
                return None;
            }
            if event.need_rescan() || event.paths.iter().any(|path| parts.contains(path)) {
                return Some(Touched::Places);
            }
            let is_file = |path: &PathBuf| path.file_name().is_some_and(|name| names.contains(name));
            if event.paths.iter().any(is_file) {
                return Some(Touched::Files);
            }
            let is_new = |path: &PathBuf| {
                let name = path.file_name().unwrap_or_default();
                path.parent().is_some_and(|folder| whole.contains(folder))
                    && (may_matter(name, path.is_dir()) || name == ".gitignore")
            };
            event.paths.iter().any(is_new).then_some(Touched::Places)
        };
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            event.ok().and_then(|event| judge(&event)).into_iter().for_each(&touched);
        })
        .map_err(io::Error::other)?;
        for folder in folders.iter().chain(&above) {
            watcher.watch(folder, RecursiveMode::NonRecursive).map_err(io::Error::other)?;
        }
        Ok(Self { _watcher: watcher })
    }

    /// Always true, since starting fails if something is missing.
    pub fn is_whole(&self) -> bool {
        true
    }
}

/// Whether a path leads through a symbolic link, other than the system's own: on macOS, `/tmp` is a link into
/// `/private`.
fn is_behind_link(file: &Path) -> bool {
    let here = absolute(file);
    let of_system = here.strip_prefix("/").map(|path| Path::new("/private").join(path));
    here.canonicalize().is_ok_and(|target| target != here && of_system.as_ref() != Ok(&target))
}

/// The file's absolute path and, if that leads through a symbolic link, the resolved path.
fn both(file: &Path) -> Vec<PathBuf> {
    let here = absolute(file);
    let target = here.canonicalize().ok().filter(|target| *target != here);
    std::iter::once(here).chain(target).collect()
}
