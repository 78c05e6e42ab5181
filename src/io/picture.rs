//! Resolves the path of a figure to a file that may be opened.
//!
//! A log may come from a stranger, so paths must stay in the log's own folder or vault. Only regular files are
//! opened: a pipe would block, and a device could do worse.

use std::borrow::Cow;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf};

use crate::say;
use crate::words::{Language, Say};
use percent_encoding::percent_decode_str;
use rustix::fs::OFlags;

/// Why a figure is not shown. Paths are as written in the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum PictureRefusal {
    /// No path is given.
    NoPath,
    /// There is no such file.
    NotFound(String),
    /// A web URL; nothing is downloaded.
    Web(String),
    /// A URL with another scheme.
    Address(String),
    /// The file is outside of the log's folder.
    Outside(String),
    /// A folder, pipe or device.
    NotAFile(String),
    /// The file cannot be read: the path and the system error.
    Unreadable(String, String),
    /// Not a known picture format, whatever its extension.
    Format(String),
    /// Too large to decode: width and height in pixels.
    TooLarge(String, u32, u32),
    /// Damaged or truncated: the path and the decoder's error.
    Damaged(String, String),
}

impl Say for PictureRefusal {
    fn say(&self, language: Language) -> String {
        match self {
            Self::NoPath => language.pick("no file given", "没有指定文件").to_owned(),
            Self::NotFound(path) => say!(language, "file not found: {path}", "找不到文件：{path}"),
            Self::Web(path) => say!(language, "{path}: a web address; not downloaded", "{path}：网络图片，未下载"),
            Self::Address(path) => {
                say!(language, "{path}: addresses of this kind are not opened", "{path}：不打开这类地址")
            }
            Self::Outside(path) => say!(language, "{path}: outside the log's folder", "{path}：在日志所在文件夹之外"),
            Self::NotAFile(path) => say!(language, "{path}: not a file", "{path}：不是文件"),
            Self::Unreadable(path, error) => {
                say!(language, "{path}: cannot be read: {error}", "{path}：无法读取：{error}")
            }
            Self::Format(path) => say!(
                language,
                "{path}: not a PNG, JPEG, GIF or WebP picture",
                "{path}：不是 PNG、JPEG、GIF 或 WebP 图片"
            ),
            Self::TooLarge(path, width, height) => say!(
                language,
                "{path}: too large to show: {width}×{height} pixels",
                "{path}：图片太大，无法显示：{width}×{height} 像素"
            ),
            Self::Damaged(path, cause) => {
                say!(language, "{path}: the picture is damaged: {cause}", "{path}：图片已损坏：{cause}")
            }
        }
    }
}

/// Whether the path is an http or https URL.
pub(crate) fn is_web(path: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| path.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// The real path of the regular file that `path` names in the log file `log`. If there is no file of exactly this
/// name, also tries the name percent-decoded, and without a `?query` or `#fragment`.
///
/// # Errors
/// If there is no such file, or it must not be opened.
pub fn locate(log: &Path, path: &str) -> Result<PathBuf, PictureRefusal> {
    check_address(path)?;
    let folder = folder_of(log, path)?;
    locate_from(&folder, &folder, path)
}

/// The real path of the folder that a log file is in. `path` is the figure's path, for the error message.
pub(super) fn folder_of(file: &Path, path: &str) -> Result<PathBuf, PictureRefusal> {
    let real = file.canonicalize().map_err(|error| PictureRefusal::Unreadable(path.to_owned(), error.to_string()))?;
    real.parent().map(Path::to_owned).ok_or_else(|| PictureRefusal::Outside(path.to_owned()))
}

/// Checks that a figure's path is a file path, not a URL.
pub(super) fn check_address(path: &str) -> Result<(), PictureRefusal> {
    let named = || path.to_owned();
    match () {
        () if path.trim().is_empty() => Err(PictureRefusal::NoPath),
        () if is_web(path) => Err(PictureRefusal::Web(named())),
        () if has_scheme(path) => Err(PictureRefusal::Address(named())),
        () => Ok(()),
    }
}

/// Like [`locate`], but resolves the path from `folder`, and allows any file below `root`. Both are real paths, and
/// `folder` is `root` or below it.
pub(super) fn locate_from(folder: &Path, root: &Path, path: &str) -> Result<PathBuf, PictureRefusal> {
    let named = || path.to_owned();
    let unreadable = |error: io::Error| PictureRefusal::Unreadable(named(), error.to_string());
    let decode =
        |path: &str| percent_decode_str(path).decode_utf8().ok().filter(|decoded| decoded != path).map(Cow::into_owned);
    let bare = bare(path).filter(|bare| *bare != path);
    let written = [Some(path.to_owned()), decode(path), bare.map(str::to_owned), bare.and_then(decode)];
    let depth = folder.strip_prefix(root).map_or(0, |between| between.components().count());
    for candidate in written.iter().flatten() {
        if leaves(candidate, depth) {
            return Err(PictureRefusal::Outside(named()));
        }
        let real = match folder.join(candidate).canonicalize() {
            Ok(real) => real,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => continue,
            Err(error) => return Err(unreadable(error)),
        };
        if !real.starts_with(root) {
            return Err(PictureRefusal::Outside(named()));
        }
        return match real.metadata().map_err(unreadable)?.is_file() {
            true => Ok(real),
            false => Err(PictureRefusal::NotAFile(named())),
        };
    }
    Err(PictureRefusal::NotFound(named()))
}

/// The path without query and fragment; `None` if that leaves nothing.
pub(crate) fn bare(path: &str) -> Option<&str> {
    path.split(['?', '#']).next().filter(|bare| !bare.trim().is_empty())
}

/// Opens a regular file. Does not block, in case a pipe has replaced the file since it was located.
///
/// # Errors
/// If the file is not a regular file, or cannot be opened.
pub fn open(real: &Path) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW;
    let file = OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(real)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::other("not a file")),
    }
}

/// Whether the path starts with a scheme such as `mailto:`, `data:` or `file:`.
fn has_scheme(path: &str) -> bool {
    let scheme = path.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Whether the path is absolute, or `..` leads out of the root. It starts in a folder `depth` levels below the root.
fn leaves(path: &str, mut depth: usize) -> bool {
    for part in Path::new(path).components() {
        match part {
            Component::Normal(_) => depth += 1,
            Component::CurDir => {}
            Component::ParentDir if depth > 0 => depth -= 1,
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return true,
        }
    }
    false
}
