//! Checks the figures of a log on disk, and whether there are other logs beside it, for
//! [`check`](crate::log::check).

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use super::album::{Album, Base};
use super::choose::has_others;
use super::picture::{PictureRefusal, bare};
use super::read::names;
use crate::log::check::Disk;
use crate::log::{Log, normalise};

/// Looks up every figure; `bases` has one item per file of the log, in order. Figures outside of the log's folder or
/// on the web are not checked.
pub fn survey(log: &Log, bases: &[Base]) -> Disk {
    let (mut album, mut folders) = (Album::default(), FolderListings::default());
    let paths: Vec<PathBuf> = bases.iter().map(|base| base.file.clone()).collect();
    let mut disk = Disk { has_other_logs: has_others(&paths), ..Disk::default() };
    for (file, figure) in log.figures() {
        let Some(base) = bases.get(file) else { continue };
        if let Err(PictureRefusal::NotFound(named)) = album.locate(base, &figure.path) {
            let folder = base.file.parent().unwrap_or(Path::new(""));
            let mut like = |path: &str| {
                let decoded = percent_decode_str(path).decode_utf8_lossy();
                folders.like(folder, path).or_else(|| folders.like(folder, &decoded))
            };
            let other = like(&named).or_else(|| like(bare(&named)?));
            disk.missing.insert((file, named), other);
        }
    }
    disk.elsewhere = elsewhere(&disk, &paths, &mut album);
    disk
}

/// For each missing figure, by file index and path: pictures of the same name elsewhere below the folder of its file.
fn elsewhere(disk: &Disk, paths: &[PathBuf], album: &mut Album) -> HashMap<(usize, String), Vec<String>> {
    let mut found = HashMap::new();
    for (file, path) in disk.missing.iter().filter(|(_, other)| other.is_none()).map(|(key, _)| key) {
        let folder = paths[*file].parent().unwrap_or(Path::new(""));
        let bare = bare(path).unwrap_or(path);
        let named = album.named(folder, bare.rsplit(['/', '\\']).next().unwrap_or(bare));
        if !named.is_empty() {
            found.insert((*file, path.clone()), named.to_vec());
        }
    }
    found
}

/// The names in each folder, keyed by normalised name. Each folder is listed once.
#[derive(Default)]
struct FolderListings(HashMap<PathBuf, HashMap<String, String>>);

impl FolderListings {
    /// The existing path in a folder that differs from `path` only in case or Unicode normalisation.
    fn like(&mut self, folder: &Path, path: &str) -> Option<String> {
        let mut found = PathBuf::new();
        for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
            let names = self.names(folder.join(&found));
            found.push(names.get(&normalise(part))?);
        }
        found.to_str().map(str::to_owned)
    }

    fn names(&mut self, folder: PathBuf) -> &HashMap<String, String> {
        self.0.entry(folder).or_insert_with_key(|folder| {
            // The parent of a bare file name is an empty path.
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            let names = names(folder).unwrap_or_default().into_iter().filter_map(|name| name.into_string().ok());
            names.map(|name| (normalise(&name), name)).collect()
        })
    }
}
