//! Reads the `.bib` files beside a log, to resolve citation keys.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::read::{names, read_text};
use crate::log::links::Citations;
use crate::papers::biblio::bibtex;

/// Maximum number of folders to search.
const FOLDERS: usize = 200;
/// Maximum size of a `.bib` file, in bytes.
const BYTES: u64 = 32 << 20;

/// Maps citation keys to titles, from all `.bib` files in the folders that contain `paths`. Unreadable files are
/// skipped.
pub fn beside(paths: &[PathBuf]) -> Citations {
    let folders: BTreeSet<&Path> = paths.iter().filter_map(|path| path.parent()).take(FOLDERS * FOLDERS).collect();
    let mut citations = Citations::new();
    for folder in folders.into_iter().take(FOLDERS) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        for name in names(folder).unwrap_or_default() {
            let path = folder.join(name);
            let is_bib = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("bib"));
            let fits = || path.metadata().is_ok_and(|found| found.is_file() && found.len() <= BYTES);
            if !is_bib || !fits() {
                continue;
            }
            let read = read_text(&path).ok().and_then(|text| bibtex::read(&text).ok());
            for record in read.unwrap_or_default().records {
                if let Some(title) = record.title() {
                    citations.entry(record.key.clone()).or_insert_with(|| title.to_owned());
                }
            }
        }
    }
    citations
}
