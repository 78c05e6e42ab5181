//! What the disk says of a log, for [`check`](crate::log::check): which figures have no file,
//! and whether other logs stand beside it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use super::choose::has_others;
use super::folder::pictures_below;
use super::picture::{Refusal, bare, locate};
use super::read::names;
use crate::log::check::Disk;
use crate::log::{Log, normalise};

/// Looks every figure of the log up; `paths` are the log's files, in its order. What lies
/// outside the log's folder or on the web is not looked for, and not missed.
pub fn survey(log: &Log, paths: &[PathBuf]) -> Disk {
    let of_entries = log.entries.iter().flat_map(|entry| entry.figures.iter().map(|figure| (entry.file, figure)));
    let of_notes = log.sections.iter().flat_map(|section| section.figures.iter().map(|figure| (section.file, figure)));
    let mut folders = Folders::default();
    let mut disk = Disk { has_other_logs: has_others(paths), ..Disk::default() };
    for (file, figure) in of_entries.chain(of_notes) {
        let Some(path) = paths.get(file) else { continue };
        if let Err(Refusal::NotFound(named)) = locate(path, &figure.path) {
            let folder = path.parent().unwrap_or(Path::new(""));
            let mut like = |path: &str| {
                let decoded = percent_decode_str(path).decode_utf8_lossy();
                folders.like(folder, path).or_else(|| folders.like(folder, &decoded))
            };
            let other = like(&named).or_else(|| like(bare(&named)?));
            disk.missing.insert((file, named), other);
        }
    }
    disk.elsewhere = elsewhere(&disk, paths);
    disk
}

/// Where pictures of the same name stand below the folder of a file, for those that are missing.
fn elsewhere(disk: &Disk, paths: &[PathBuf]) -> HashMap<(usize, String), Vec<String>> {
    let mut known: HashMap<&Path, HashMap<String, Vec<String>>> = HashMap::new();
    let mut found = HashMap::new();
    for (file, path) in disk.missing.iter().filter(|(_, other)| other.is_none()).map(|(key, _)| key) {
        let folder = paths[*file].parent().unwrap_or(Path::new(""));
        let pictures = known.entry(folder).or_insert_with(|| {
            let mut pictures: HashMap<String, Vec<String>> = HashMap::new();
            for below in pictures_below(folder) {
                let name = below.rsplit('/').next().map(normalise);
                pictures.entry(name.unwrap_or_default()).or_default().push(below);
            }
            pictures
        });
        let bare = bare(path).unwrap_or(path);
        let name = bare.rsplit(['/', '\\']).next().unwrap_or(bare);
        let decoded = percent_decode_str(name).decode_utf8_lossy();
        let named = pictures.get(&normalise(name)).or_else(|| pictures.get(&normalise(&decoded)));
        if let Some(files) = named {
            found.insert((*file, path.clone()), files.clone());
        }
    }
    found
}

/// What folders hold: by normalised name, the name.
#[derive(Default)]
struct Folders(HashMap<PathBuf, HashMap<String, String>>);

impl Folders {
    /// The path below a folder that is `path` but for letter case or Unicode's normal forms.
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
            // The path of a log in this folder has no parent to be read.
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            let names = names(folder).unwrap_or_default().into_iter().filter_map(|name| name.into_string().ok());
            names.map(|name| (normalise(&name), name)).collect()
        })
    }
}
