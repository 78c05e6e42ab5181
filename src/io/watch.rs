//! Says when a file may have changed.
//!
//! The folder is watched, not the file: an editor that saves by renaming puts another file
//! in its place, and a watch on the file would go deaf.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// Watches until it is dropped.
#[derive(Debug)]
pub struct Watch {
    _watcher: RecommendedWatcher,
}

/// Calls `touched` from a thread of its own whenever one of the files may have changed.
/// It is called often: whoever listens should wait for quiet, and compare content.
///
/// # Errors
/// When the system cannot watch a folder.
pub fn watch(files: &[PathBuf], touched: impl Fn() + Send + 'static) -> notify::Result<Watch> {
    let places: Vec<PathBuf> = files.iter().flat_map(|file| places(file)).collect();
    let names: BTreeSet<OsString> = places.iter().filter_map(|place| place.file_name()).map(Into::into).collect();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| concerns(&event, &names)) {
            touched();
        }
    })?;
    let folders: BTreeSet<&Path> = places.iter().filter_map(|place| place.parent()).collect();
    for folder in folders {
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
    }
    Ok(Watch { _watcher: watcher })
}

/// Where a file stands, and where it points to if it is a symbolic link.
fn places(file: &Path) -> Vec<PathBuf> {
    let here = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let target = here.canonicalize().ok().filter(|target| *target != here);
    std::iter::once(here).chain(target).collect()
}

/// Our own reading makes events too: they must not lead to reading again.
fn concerns(event: &Event, names: &BTreeSet<OsString>) -> bool {
    let is_ours = |path: &PathBuf| path.file_name().is_some_and(|name| names.contains(name));
    !matches!(event.kind, EventKind::Access(_)) && (event.need_rescan() || event.paths.iter().any(is_ours))
}
