//! Finds the Markdown files in a folder and its subfolders.
//!
//! Skips hidden and ignored files, does not follow links, and stops at fixed limits, which are reported.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::leftover::are_originals;
use crate::log::embeds::is_picture;
use crate::say;
use crate::words::{Language, Say, Sentence};

/// Maximum depth of subfolders.
const DEPTH: usize = 16;
/// Maximum number of Markdown files.
const FILES: usize = 10_000;
/// Maximum number of files and folders to examine.
pub const LOOKED_AT: usize = 200_000;
/// Like [`LOOKED_AT`], for a folder that the user did not name.
pub const GLANCED_AT: usize = 5_000;
/// Maximum total size of the Markdown files, in bytes.
const BYTES: u64 = 128 << 20;

/// What was not read, or is damaged, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// A subfolder is too deep: its path.
    Depth(String),
    /// A folder has too many files: its path.
    Files(String),
    /// A folder has too much text: its path.
    Bytes(String),
    /// A file is damaged: it is shown, but cannot be changed.
    Damaged(Sentence),
    /// Some files or folders cannot be read.
    Unreadable {
        /// The error of the first.
        first: Sentence,
        /// The number of others.
        more: usize,
    },
}

impl Say for Limit {
    fn say(&self, language: Language) -> String {
        match self {
            Self::Depth(folder) => say!(
                language,
                "{folder}: more than {DEPTH} folders deep, skipped; open it separately",
                "{folder}：超过 {DEPTH} 层文件夹，已跳过；请单独打开"
            ),
            Self::Files(folder) => say!(
                language,
                "{folder}: too many files; only the first {FILES} Markdown files are read; open a subfolder",
                "{folder}：文件过多，只读取前 {FILES} 个 Markdown 文件；请打开其子文件夹"
            ),
            Self::Bytes(folder) => {
                let most = BYTES >> 20;
                say!(
                    language,
                    "{folder}: more than {most} MB of Markdown; the rest is skipped; open a subfolder",
                    "{folder}：Markdown 超过 {most} MB，其余已跳过；请打开其子文件夹"
                )
            }
            Self::Damaged(said) => said.get(language).clone(),
            Self::Unreadable { first, more: 0 } => first.get(language).clone(),
            Self::Unreadable { first, more } => {
                let first = first.get(language);
                say!(language, "{first} (and {more} more)", "{first}（另有 {more} 个）")
            }
        }
    }
}

/// A short message that some files were skipped or are damaged; `None` if there are none.
pub fn told(limits: &[Limit]) -> Option<Sentence> {
    let said = |language: Language| {
        language.pick(
            "Some files were skipped or are damaged; see “papers-tui check”",
            "有文件被跳过或已损坏；详见“papers-tui check”",
        )
    };
    match limits {
        [] => None,
        [Limit::Damaged(said)] => Some(said.clone()),
        _ => Some(Sentence::of(|language| said(language).to_owned())),
    }
}

/// The content of a folder.
#[derive(Debug, Default)]
pub struct Below {
    /// The Markdown files in natural order; files of a folder come before its subfolders.
    pub files: Vec<PathBuf>,
    /// The folder itself and its subfolders.
    pub folders: Vec<PathBuf>,
    /// What was skipped, and why.
    pub limits: Vec<Limit>,
}

/// Finds the Markdown files in a folder and its subfolders. Examines at most `most` files and folders of any kind.
pub fn markdown_below(folder: &Path, most: usize) -> Below {
    let (mut limits, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    let mut files: Vec<(PathBuf, u64)> = Vec::new();
    let mut lost = Vec::new();
    for (seen, entry) in walk(folder).build().enumerate() {
        if seen >= most || files.len() > FILES {
            limits.push(Limit::Files(folder.display().to_string()));
            break;
        }
        match entry {
            Err(error) => lost.push(error),
            Ok(entry) if is_folder(&entry) && entry.depth() > DEPTH => {
                limits.push(Limit::Depth(entry.path().display().to_string()));
            }
            Ok(entry) if is_markdown(entry.path()) && entry.file_type().is_some_and(|kind| kind.is_file()) => {
                let bytes = entry.metadata().map_or(0, |metadata| metadata.len());
                files.push((entry.into_path(), bytes));
            }
            Ok(entry) if is_folder(&entry) => folders.push(entry.into_path()),
            Ok(_) => {}
        }
    }
    if let Some(error) = lost.first() {
        let first = Sentence::of(|language| say!(language, "{error}: skipped", "{error}：已跳过"));
        limits.push(Limit::Unreadable { first, more: lost.len() - 1 });
    }
    let mut originals = are_originals(files.iter().map(|(path, _)| path.as_path())).into_iter();
    files.retain(|_| originals.next() == Some(true));
    files.sort_by(|(one, _), (other, _)| natural(one, other));
    files.truncate(FILES);
    let mut bytes = 0;
    let all = files.len();
    let fit = |(_, length): &(PathBuf, u64)| {
        bytes += length;
        bytes <= BYTES
    };
    let files: Vec<PathBuf> = files.into_iter().take_while(fit).map(|(path, _)| path).collect();
    if files.len() < all {
        limits.push(Limit::Bytes(folder.display().to_string()));
    }
    Below { files, folders, limits }
}

/// The pictures in a folder and its subfolders, by relative path in a fixed order. Examines at most
/// [`GLANCED_AT`] files and folders.
pub fn pictures_below(folder: &Path) -> Vec<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = walk(folder).build().take(GLANCED_AT).flatten();
    let is_shown = |path: &Path| path.to_str().is_some_and(is_picture);
    let files = entries.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()) && is_shown(entry.path()));
    files.filter_map(|file| Some(file.path().strip_prefix(folder).ok()?.to_str()?.to_owned())).collect()
}

/// Walks a folder in a fixed order, without hidden and ignored files.
fn walk(folder: &Path) -> WalkBuilder {
    let mut walk = WalkBuilder::new(folder);
    // A `.gitignore` above the folder does not apply, since the user named the folder.
    walk.parents(false).git_global(false).git_exclude(false).ignore(false).require_git(false);
    walk.follow_links(false)
        .max_depth(Some(DEPTH + 1))
        .sort_by_file_name(|one, other| natural_names(&one.to_string_lossy(), &other.to_string_lossy()));
    walk.filter_entry(|entry| !(is_folder(entry) && is_others(entry.path())));
    walk
}

fn is_folder(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_type().is_some_and(|kind| kind.is_dir())
}

/// Whether a folder holds another tool's backups or installed packages.
fn is_others(folder: &Path) -> bool {
    folder.ends_with("node_modules") || folder.ends_with("logseq/bak")
}

/// Whether a path has a Markdown extension.
pub fn is_markdown(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Natural order: files before folders, a folder's front page before its other files, `week2` before `week10`.
fn natural(one: &Path, other: &Path) -> Ordering {
    let (mut ones, mut others) = (one.components().peekable(), other.components().peekable());
    loop {
        let (Some(a), Some(b)) = (ones.next(), others.next()) else { return one.cmp(other) };
        if a == b {
            continue;
        }
        let by_kind = ones.peek().is_some().cmp(&others.peek().is_some());
        let names = (a.as_os_str().to_string_lossy(), b.as_os_str().to_string_lossy());
        let by_front = is_front_page(&names.1).cmp(&is_front_page(&names.0));
        return by_kind.then(by_front).then_with(|| natural_names(&names.0, &names.1));
    }
}

/// Whether this is the name of a folder's front page.
fn is_front_page(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    ["readme", "index"].iter().any(|front| stem.eq_ignore_ascii_case(front))
}

fn natural_names(one: &str, other: &str) -> Ordering {
    let (mut a, mut b) = (one, other);
    loop {
        let number = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (left, right) = (number(a), number(b));
        if left > 0 && right > 0 {
            let (x, y) = (a[..left].trim_start_matches('0'), b[..right].trim_start_matches('0'));
            match x.len().cmp(&y.len()).then_with(|| x.cmp(y)) {
                Ordering::Equal => (a, b) = (&a[left..], &b[right..]),
                unequal => return unequal,
            }
            continue;
        }
        let (mut x, mut y) = (a.chars(), b.chars());
        match (x.next(), y.next()) {
            (Some(left), Some(right)) if left == right => (a, b) = (x.as_str(), y.as_str()),
            (None, None) => return one.cmp(other),
            (left, right) => {
                let fold = |c: Option<char>| c.map(|c| c.to_lowercase().to_string());
                match fold(left).cmp(&fold(right)) {
                    Ordering::Equal => (a, b) = (x.as_str(), y.as_str()),
                    unequal => return unequal,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, "x").expect("a file");
        }
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let Below { files, limits, .. } = markdown_below(folder, LOOKED_AT);
        assert_eq!(limits, []);
        files.iter().map(|file| file.strip_prefix(folder).expect("in it").display().to_string()).collect()
    }

    #[test]
    fn files_are_in_natural_order_without_hidden_ones() {
        let folder = folder(&[
            "b/week10.md",
            "b/README.md",
            "b/week2.md",
            "b/A.markdown",
            "z.MD",
            "notes.txt",
            ".obsidian/x.md",
            ".trash/x.md",
            "node_modules/x/README.md",
            "logseq/bak/x.md",
            "logseq/pages/y.md",
            "drafts/x.md",
            "b/secret.md",
            "b/A (conflicted copy 2031-05-17 101112).markdown",
            "b/week2.sync-conflict-20310517-101112-ABCDEFG.md",
        ]);
        std::fs::write(folder.path().join(".gitignore"), "drafts/\nsecret.md\n").expect("a file");
        std::os::unix::fs::symlink("/", folder.path().join("everything")).expect("a link");
        std::os::unix::fs::symlink("z.MD", folder.path().join("again.md")).expect("a link");
        let wanted = ["z.MD", "b/README.md", "b/A.markdown", "b/week2.md", "b/week10.md", "logseq/pages/y.md"];
        assert_eq!(names(folder.path()), wanted);
    }

    #[test]
    fn an_ignored_folder_is_read_if_given() {
        let folder = folder(&["drafts/x.md"]);
        std::fs::write(folder.path().join(".gitignore"), "drafts/\n").expect("a file");
        assert_eq!(names(&folder.path().join("drafts")), ["x.md"]);
    }

    #[test]
    fn files_nested_too_deeply_are_reported() {
        let deep = "d/".repeat(DEPTH);
        let folder = folder(&[&format!("{deep}read.md"), &format!("{deep}d/not.md"), "a.md"]);
        let Below { files, limits, .. } = markdown_below(folder.path(), LOOKED_AT);
        assert_eq!(files.len(), 2, "{files:?}");
        assert!(matches!(&limits[..], [Limit::Depth(path)] if path.ends_with("d/d")), "{limits:?}");
        assert!(limits[0].say(Language::English).contains("16 folders deep"));
    }

    #[test]
    fn numbers_are_ordered_by_their_value() {
        let mut all = ["a10", "a2", "A3", "a02", "b", "a", "10", "9"];
        all.sort_by(|one, other| natural_names(one, other));
        assert_eq!(all, ["9", "10", "a", "a02", "a2", "A3", "a10", "b"]);
    }
}
