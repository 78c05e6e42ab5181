//! Where the pictures of a log are: beside its file, or anywhere in its vault.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use super::folder::pictures_below;
use super::picture::{Refusal, check_address, folder_of, locate, locate_from};
use crate::log::normalise;

/// A file of the log, and the folder that its figures may be in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The file of the log.
    pub file: PathBuf,
    /// The folder that was opened as one log, or the vault of a note-taking program that holds the
    /// file. `None` where there is neither: then figures are below the file's own folder.
    pub vault: Option<PathBuf>,
}

impl Base {
    /// The base of a file, given the folder with which it was opened, if it was.
    pub(crate) fn of(file: &Path, opened: Option<&Path>) -> Self {
        let vault = opened.map(Path::to_owned).or_else(|| vault(file));
        Self { file: file.to_owned(), vault }
    }
}

/// The nearest folder above a file that a note-taking program keeps its settings in.
fn vault(file: &Path) -> Option<PathBuf> {
    const MARKS: [&str; 2] = [".obsidian", "logseq/config.edn"];
    let file = std::path::absolute(file).ok()?;
    file.ancestors().skip(1).find(|folder| MARKS.iter().any(|mark| folder.join(mark).exists())).map(Path::to_owned)
}

/// Finds pictures. It lists each folder once, so it is made anew where new pictures are to be found.
#[derive(Debug, Default)]
pub struct Album {
    /// By folder and normalised name: the paths from that folder.
    pictures: HashMap<PathBuf, HashMap<String, Vec<String>>>,
}

impl Album {
    /// The pictures of a name below a folder, as paths from there. Letter case and Unicode's normal
    /// forms make no difference.
    pub(crate) fn named(&mut self, folder: &Path, name: &str) -> &[String] {
        let pictures = self.pictures.entry(folder.to_owned()).or_insert_with(|| {
            let mut pictures: HashMap<String, Vec<String>> = HashMap::new();
            for path in pictures_below(folder) {
                let name = path.rsplit('/').next().map(normalise);
                pictures.entry(name.unwrap_or_default()).or_default().push(path);
            }
            pictures
        });
        let decoded = percent_decode_str(name).decode_utf8_lossy();
        let found = pictures.get(&normalise(name)).or_else(|| pictures.get(&normalise(&decoded)));
        found.map(Vec::as_slice).unwrap_or_default()
    }

    /// The real path of a figure, as [`locate`] finds it, but anywhere in the
    /// vault. There, a bare name is looked for in all folders, and of several pictures the one with
    /// the shortest path is taken, as Obsidian does.
    ///
    /// # Errors
    /// When there is no such file, or it may not be read.
    pub fn locate(&mut self, base: &Base, path: &str) -> Result<PathBuf, Refusal> {
        let Some(vault) = &base.vault else { return locate(&base.file, path) };
        check_address(path)?;
        let folder = folder_of(&base.file, path)?;
        // A link can put a file into a vault that it is not in.
        let root = vault.canonicalize().ok().filter(|root| folder.starts_with(root)).unwrap_or_else(|| folder.clone());
        match locate_from(&folder, &root, path) {
            Err(Refusal::NotFound(named)) if !path.contains('/') => {
                let shortest = self.named(&root, path).iter().min_by_key(|path| path.len());
                locate_from(&root, &root, shortest.ok_or(Refusal::NotFound(named))?)
            }
            found => found,
        }
    }
}
