//! Finds the pictures of a log: below the folder of the file that shows them, or anywhere in its vault.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use super::folder::pictures_below;
use super::picture::{PictureRefusal, check_address, folder_of, locate, locate_from};
use crate::log::normalise;

/// A file of the log, and the vault that may contain its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The file of the log.
    pub file: PathBuf,
    /// The folder opened as one log, or the vault of a note-taking program around the file. `None` if there is
    /// neither: figures must then be below the file's own folder.
    pub vault: Option<PathBuf>,
}

impl Base {
    /// The base of a file. `opened` is the folder that was opened as a log, if any.
    pub(crate) fn of(file: &Path, opened: Option<&Path>) -> Self {
        let vault = opened.map(Path::to_owned).or_else(|| vault(file));
        Self { file: file.to_owned(), vault }
    }
}

/// The nearest folder above a file that contains the settings of Obsidian or Logseq.
fn vault(file: &Path) -> Option<PathBuf> {
    const MARKS: [&str; 2] = [".obsidian", "logseq/config.edn"];
    let file = std::path::absolute(file).ok()?;
    file.ancestors().skip(1).find(|folder| MARKS.iter().any(|mark| folder.join(mark).exists())).map(Path::to_owned)
}

/// Finds pictures. Lists each folder only once, so create a new `Album` to see new pictures.
#[derive(Debug, Default)]
pub struct Album {
    /// Relative paths of pictures, by folder searched and normalised file name.
    pictures: HashMap<PathBuf, HashMap<String, Vec<String>>>,
}

impl Album {
    /// The relative paths of pictures with this name below a folder, ignoring case and Unicode
    /// normalisation.
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

    /// The real path of a figure. Like [`locate`], but the figure may be anywhere in the vault. A bare file name is
    /// looked for in all of the vault's folders, and the shortest path wins, as in Obsidian.
    ///
    /// # Errors
    /// If there is no such file, or the file must not be opened.
    pub fn locate(&mut self, base: &Base, path: &str) -> Result<PathBuf, PictureRefusal> {
        let Some(vault) = &base.vault else { return locate(&base.file, path) };
        check_address(path)?;
        let folder = folder_of(&base.file, path)?;
        // If the file is in the vault only through a symbolic link, only its own folder counts.
        let root = vault.canonicalize().ok().filter(|root| folder.starts_with(root)).unwrap_or_else(|| folder.clone());
        match locate_from(&folder, &root, path) {
            Err(PictureRefusal::NotFound(named)) if !path.contains('/') => {
                let shortest = self.named(&root, path).iter().min_by_key(|path| path.len());
                locate_from(&root, &root, shortest.ok_or(PictureRefusal::NotFound(named))?)
            }
            found => found,
        }
    }
}
