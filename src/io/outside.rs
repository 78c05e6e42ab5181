//! Opens URLs and files in other programs.

use std::ffi::OsStr;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use super::album::{Album, Base};
use super::picture::{PictureRefusal, is_web};
use crate::say;
use crate::words::{Language, Say};

/// Why something was not opened.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum OpenError {
    /// The figure does not lead to a file that may be opened.
    Refused(#[from] PictureRefusal),
    /// The URL is misleading or contains invisible characters.
    Odd(String),
    /// The URL's scheme is not allowed, since it could do anything.
    Scheme(String),
    /// No program could be started: the target and the error.
    NoProgram(String, std::io::Error),
    /// The system's program failed at once: the target, the program and its exit status.
    Failed(String, String, ExitStatus),
}

impl Say for OpenError {
    fn say(&self, language: Language) -> String {
        match self {
            Self::Refused(refusal) => refusal.say(language),
            Self::Odd(address) => say!(
                language,
                "{address}: not opened: the address has a user name before an @, or invisible characters",
                "{address}：未打开：地址在 @ 前带有用户名，或含有不可见字符"
            ),
            Self::Scheme(address) => say!(
                language,
                "{address}: not opened: only http, https and mailto links are allowed",
                "{address}：未打开：只允许打开 http、https 和 mailto 链接"
            ),
            Self::NoProgram(address, error) => say!(
                language,
                "{address}: cannot open it in another program: {error}",
                "{address}：无法用其他程序打开：{error}"
            ),
            Self::Failed(target, program, status) => say!(
                language,
                "Cannot open {target}: {program} failed ({})",
                "无法打开 {target}：{program} 出错（{}）",
                ending(*status, language)
            ),
        }
    }
}

/// Opens a web URL or mail address, without waiting for the program.
///
/// # Errors
/// If the URL is not allowed, or no program could be started.
pub fn open_url(address: &str, opener: &[String]) -> Result<(), OpenError> {
    check(address)?;
    hand_over(address.as_ref(), opener)
}

/// Opens a file in another program, without waiting for the program.
///
/// # Errors
/// If no program could be started.
pub fn open_file(path: &Path, opener: &[String]) -> Result<(), OpenError> {
    // An absolute path cannot be mistaken for an option.
    hand_over(std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).as_os_str(), opener)
}

/// Opens a figure, which is a web URL or a file of the log, without waiting for the program.
///
/// # Errors
/// If the figure must not be opened, or no program could be started.
pub fn open_figure(album: &mut Album, base: &Base, path: &str, opener: &[String]) -> Result<(), OpenError> {
    if is_web(path) { open_url(path, opener) } else { open_file(&album.locate(base, path)?, opener) }
}

/// Opens a target with the user's opener or, if there is none, the system's.
fn hand_over(target: &OsStr, opener: &[String]) -> Result<(), OpenError> {
    let opened = match opener.split_first() {
        None => open::that_detached(target),
        Some((program, arguments)) => run(program, arguments, target),
    };
    let name = target.to_string_lossy().into_owned();
    opened.map_err(|error| match failure(&error.to_string()) {
        Some((program, status)) => OpenError::Failed(short(&name), program, status),
        None => OpenError::NoProgram(name, error),
    })
}

/// The program and its exit status, from the error of the `open` crate, which shows both as Rust values: `Launcher
/// "gio" "open" "…" failed with ExitStatus(unix_wait_status(512))`.
fn failure(error: &str) -> Option<(String, ExitStatus)> {
    let (program, rest) = error.strip_prefix("Launcher \"")?.split_once('"')?;
    let (_, status) = rest.rsplit_once("unix_wait_status(")?;
    let status = status.split(')').next()?.parse().ok()?;
    Some((program.to_owned(), ExitStatus::from_raw(status)))
}

/// A file by its name alone; a URL as it is.
fn short(target: &str) -> String {
    let name = Path::new(target).file_name().filter(|_| target.starts_with('/'));
    name.map_or_else(|| target.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// How a program ended: its exit status, or the signal that killed it.
pub(crate) fn ending(status: ExitStatus, language: Language) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => say!(language, "exit status {code}", "状态码 {code}"),
        (None, Some(signal)) => say!(language, "killed by signal {signal}", "被信号 {signal} 终止"),
        (None, None) => status.to_string(),
    }
}

/// Starts a program without output. A thread reaps it, so that no zombie stays.
fn run(program: &str, arguments: &[String], target: &OsStr) -> std::io::Result<()> {
    let mut command = Command::new(program);
    command.args(arguments).arg(target).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    std::thread::spawn(move || child.wait());
    Ok(())
}

/// Accepts http, https and mailto URLs without user name, spaces or invisible characters.
///
/// # Errors
/// If the URL is not allowed.
pub fn check(address: &str) -> Result<(), OpenError> {
    let (scheme, rest) = address.split_once(':').unwrap_or_default();
    let host = rest.strip_prefix("//").unwrap_or_default().split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let is_known = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => !host.is_empty(),
        "mailto" => true,
        _ => false,
    };
    if !is_known {
        return Err(OpenError::Scheme(address.to_owned()));
    }
    let shows = address.chars().all(|c| c.is_ascii_graphic() || c.is_alphanumeric());
    if host.contains('@') || !shows { Err(OpenError::Odd(address.to_owned())) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_program_is_named_with_its_exit_status() {
        let error = "Launcher \"gio\" \"open\" \"/a/bad.pdf\" failed with ExitStatus(unix_wait_status(512))";
        let (program, status) = failure(error).expect("a failure");
        let failed = OpenError::Failed(short("/a/bad.pdf"), program, status);
        assert_eq!(failed.to_string(), "Cannot open bad.pdf: gio failed (exit status 2)");
        assert_eq!(failed.say(Language::Chinese), "无法打开 bad.pdf：gio 出错（状态码 2）");
        assert!(failure("No such file or directory (os error 2)").is_none());
        assert_eq!(short("https://example.org/a"), "https://example.org/a");
        assert_eq!(ending(ExitStatus::from_raw(9), Language::English), "killed by signal 9");
    }

    #[test]
    fn only_safe_addresses_are_opened() {
        for address in ["https://example.org/a%20b?x=1&y=2#z", "http://例子.example/图", "mailto:a@example.org"] {
            assert!(check(address).is_ok(), "{address}");
        }
        for address in [
            "https://",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "vscode://x",
            "-x",
            "https://bank.example@evil.example/",
            "https://a.example/\u{202E}gnp.a",
            "http://a b/",
        ] {
            assert!(check(address).is_err(), "{address}");
        }
    }
}
