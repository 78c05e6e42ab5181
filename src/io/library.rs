//! The user's PDFs and what was read from them, cached in the state folder. Files that were moved, renamed
//! or only touched are found in the cache by their content hash, and not read again.

use std::collections::HashMap;
use std::fs::File;
use std::hash::Hasher;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::dirs;
use super::pdf;
use super::read::read_text;
use super::reader::{PdfError, PdfReader, VERSION};
use crate::papers::Paper;
use crate::papers::matched::PdfInput;

/// Save the cache whenever this many files were newly read, in case the program is killed.
const SAVE_EVERY: usize = 32;
/// How many bytes to hash at a time.
const CHUNK: usize = 1 << 16;

/// PDFs, sorted by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Library {
    /// The files.
    pub pdfs: Vec<LibraryPdf>,
}

/// A PDF and what was read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryPdf {
    /// The path of the file.
    pub path: PathBuf,
    /// The file name without extension.
    pub name: String,
    /// The paper in it, or why it cannot be read.
    pub known: Result<Paper, PdfError>,
}

/// A cache entry.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct CachedPdf {
    /// `None` if the path is not UTF-8.
    path: Option<String>,
    stamp: SizeAndTime,
    hash: u64,
    found: Result<Paper, PdfError>,
}

/// Size and modification time, to detect that a file has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct SizeAndTime {
    /// In bytes.
    size: u64,
    /// In nanoseconds since 1970.
    modified: u64,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct PdfCache {
    version: u32,
    pdfs: Vec<CachedPdf>,
}

/// Finds the PDFs in the folders and their subfolders, and reads those that are not in the cache. `progress` receives
/// the number of finished files and of all files, and returns whether to go on. After a stop, the cache keeps what
/// was read so far.
pub fn scan(folders: &[PathBuf], progress: &mut dyn FnMut(usize, usize) -> bool) -> Library {
    scan_by(folders, &cache_path(folders), PdfReader::new(), progress)
}

/// The cache file for these folders.
fn cache_path(folders: &[PathBuf]) -> PathBuf {
    let mut hasher = std::hash::DefaultHasher::new();
    folders.iter().for_each(|folder| std::hash::Hash::hash(folder, &mut hasher));
    dirs::state().join("pdfs").join(format!("{:016x}.json", hasher.finish()))
}

fn scan_by(
    folders: &[PathBuf],
    cache_path: &Path,
    mut reader: PdfReader,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Library {
    let paths = pdf::below(folders);
    let before = read_cache(cache_path);
    let by_path: HashMap<&str, &CachedPdf> =
        before.pdfs.iter().filter_map(|record| Some((record.path.as_deref()?, record))).collect();
    let mut by_hash: HashMap<(u64, u64), Result<Paper, PdfError>> =
        before.pdfs.iter().map(|record| ((record.hash, record.stamp.size), record.found.clone())).collect();
    let mut now = PdfCache { version: VERSION, pdfs: Vec::new() };
    let mut library = Library::default();
    let (mut read, mut changed) = (0, before.pdfs.len() != paths.len());
    for (done, path) in paths.iter().enumerate() {
        if !progress(done, paths.len()) {
            // Keep the cache entries of the other files.
            let rest = paths[done..].iter().filter_map(|path| by_path.get(path.to_str()?));
            now.pdfs.extend(rest.map(|&record| record.clone()));
            break;
        }
        let Some(stamp) = stamp(path) else { continue };
        let known = path.to_str().and_then(|path| by_path.get(path)).filter(|record| record.stamp == stamp);
        let record = match known {
            Some(&record) => record.clone(),
            None => {
                changed = true;
                let hash = hash(path);
                let same = hash.and_then(|hash| by_hash.get(&(hash, stamp.size)).cloned());
                read += usize::from(same.is_none());
                let found = same.unwrap_or_else(|| reader.read(path));
                if let Some(hash) = hash {
                    by_hash.insert((hash, stamp.size), found.clone());
                }
                CachedPdf { path: path.to_str().map(str::to_owned), stamp, hash: hash.unwrap_or(0), found }
            }
        };
        library.pdfs.push(LibraryPdf { path: path.clone(), name: stem(path), known: record.found.clone() });
        if is_cacheable(&record) {
            now.pdfs.push(record);
        }
        if read >= SAVE_EVERY {
            read = 0;
            write_cache(cache_path, &now);
        }
    }
    if changed {
        write_cache(cache_path, &now);
    }
    library
}

/// Whether reading the unchanged file again would give the same result.
fn is_cacheable(record: &CachedPdf) -> bool {
    record.hash != 0 && !matches!(record.found, Err(PdfError::File(_) | PdfError::Crashed | PdfError::NotBuilt))
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn stamp(path: &Path) -> Option<SizeAndTime> {
    let found = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    let modified = found.modified().ok()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Some(SizeAndTime { size: found.len(), modified: u64::try_from(modified.as_nanos()).unwrap_or(u64::MAX) })
}

/// Hashes the content of a file; `None` if the file cannot be read. Never 0, which means unreadable in a [`CachedPdf`].
fn hash(path: &Path) -> Option<u64> {
    let mut file = File::open(path).ok()?;
    let mut hasher = std::hash::DefaultHasher::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        match file.read(&mut chunk) {
            Ok(0) => return Some(hasher.finish().max(1)),
            Ok(count) => hasher.write(&chunk[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}

/// Reads the cache; empty if the cache is missing, damaged or of another version.
fn read_cache(path: &Path) -> PdfCache {
    let kept: Option<PdfCache> = read_text(path).ok().and_then(|text| serde_json::from_str(&text).ok());
    kept.filter(|kept| kept.version == VERSION).unwrap_or_default()
}

/// Writes the cache. Errors are ignored; without a cache, the PDFs are read again next time.
fn write_cache(path: &Path, kept: &PdfCache) {
    let written = || -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("/"));
        std::fs::create_dir_all(folder)?;
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        new.write_all(&serde_json::to_vec(kept)?)?;
        new.persist(path)?;
        Ok(())
    };
    let _ = written();
}

impl Library {
    /// The PDFs, as input for matching them to entries.
    pub fn held(&self) -> impl Iterator<Item = PdfInput<'_>> {
        self.pdfs.iter().map(|pdf| PdfInput { name: &pdf.name, paper: pdf.known.as_ref().ok() })
    }
}
