//! Finds the PDF of a paper in folders and their subfolders, by file name.

use std::path::{Path, PathBuf};

use super::read::names;
use crate::log::normalise;

/// Maximum depth of subfolders.
const DEPTH: usize = 8;
/// Maximum number of files to examine, in case the folder is a whole disk.
const FILES: usize = 50_000;
/// Minimum similarity of file name and title, from 0 to 1. Anything below is a guess.
const ALIKE: f64 = 0.8;

/// The PDF whose file name is most similar to the title, if any is similar enough.
pub fn find(folders: &[PathBuf], title: &str) -> Option<PathBuf> {
    let scored = below(folders).into_iter().map(|file| (likeness(&file, title), file));
    let best = scored
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, file)| file)
}

/// The PDFs in the folders and their subfolders, sorted, without duplicates.
pub fn below(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut left = FILES;
    for folder in folders {
        walk(folder, DEPTH, &mut left, &mut files);
    }
    files.sort();
    files.dedup();
    files
}

/// Collects PDFs. Skips hidden folders, and does not follow links.
fn walk(folder: &Path, depth: usize, left: &mut usize, files: &mut Vec<PathBuf>) {
    for name in names(folder).unwrap_or_default() {
        let Some(rest) = left.checked_sub(1) else { return };
        *left = rest;
        let path = folder.join(&name);
        let Ok(found) = std::fs::symlink_metadata(&path) else { continue };
        let is_hidden = name.as_encoded_bytes().starts_with(b".");
        if found.is_dir() && !is_hidden && depth > 0 {
            walk(&path, depth - 1, left, files);
        } else if found.is_file() && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf")) {
            files.push(path);
        }
    }
}

/// Dice's coefficient of the words in the file name and the title. A file name equal to the short name, before the
/// title's colon, counts as similar enough.
fn likeness(file: &Path, title: &str) -> f64 {
    let name = file.file_stem().map(|stem| words(&stem.to_string_lossy())).unwrap_or_default();
    let short = title.split_once([':', '：']).map(|(short, _)| words(short)).unwrap_or_default();
    let mut title = words(title);
    let count = name.len() + title.len();
    if name.is_empty() || title.is_empty() {
        return 0.0;
    }
    if name == short {
        return ALIKE;
    }
    let mut shared = 0;
    for word in &name {
        if let Some(at) = title.iter().position(|other| other == word) {
            title.swap_remove(at);
            shared += 1;
        }
    }
    f64::from(2 * shared) / count as f64
}

/// Splits text into ASCII words and single other letters, such as Chinese characters.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut goes_on = false;
    for c in normalise(text).chars() {
        match words.last_mut() {
            Some(word) if goes_on && c.is_ascii_alphanumeric() => word.push(c),
            _ if c.is_alphanumeric() => words.push(c.to_string()),
            _ => {}
        }
        goes_on = c.is_ascii_alphanumeric();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], title: &str, wanted: Option<&str>) {
        let folder = tempfile::tempdir().expect("a folder");
        for name in names {
            let file = folder.path().join(name);
            std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
            std::fs::write(file, "").expect("a file");
        }
        let found = find(&[folder.path().to_owned()], title);
        let found = found.map(|file| file.strip_prefix(folder.path()).expect("below").display().to_string());
        assert_eq!(found.as_deref(), wanted, "{title}");
    }

    #[test]
    fn a_title_finds_only_its_own_file() {
        let names = [
            "a/Emu_ A Model of Birds.pdf",
            "Emu2- A Model of Birds.PDF",
            "Gnu.pdf",
            "大模型综述.pdf",
            "x.md",
            ".git/Yak.pdf",
        ];
        check(&names, "Emu: A Model of Birds", Some("a/Emu_ A Model of Birds.pdf"));
        check(&names, "EMU2: a model of birds", Some("Emu2- A Model of Birds.PDF"));
        check(&names, "Gnu: Something Long about Hooves", Some("Gnu.pdf"));
        check(&names, "大模型综述", Some("大模型综述.pdf"));
        check(&names, "A Model of Fish and their Ponds", None);
        check(&names, "Yak", None);
        check(&names, "", None);
    }
}
