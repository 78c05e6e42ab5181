//! Opening things in other programs.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use super::album::{Album, Base};
use super::picture::{Refusal, is_web};
use crate::say;
use crate::words::{Language, Say};

/// Why something was not opened. One line each.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum OpenError {
    /// It leads nowhere.
    Refused(#[from] Refusal),
    /// It is not what an address looks like, or it hides where it leads.
    Odd(String),
    /// An address of another kind could do anything.
    Scheme(String),
    /// No other program takes it.
    NoProgram(String, std::io::Error),
}

impl Say for OpenError {
    fn say(&self, language: Language) -> String {
        match self {
            Self::Refused(refusal) => refusal.say(language),
            Self::Odd(address) => say!(
                language,
                "{address}: not opened: the address holds a name before an @, or characters that do not show",
                "{address}：未打开：地址在 @ 前带有名称，或含有不可见字符"
            ),
            Self::Scheme(address) => say!(
                language,
                "{address}: not opened: only http, https and mailto addresses are",
                "{address}：未打开：只打开 http、https 和 mailto 地址"
            ),
            Self::NoProgram(address, error) => say!(
                language,
                "{address}: cannot be opened in another program: {error}",
                "{address}：无法用其他程序打开：{error}"
            ),
        }
    }
}

/// Opens a web or mail address. Waits for no program.
///
/// # Errors
/// When it may not be opened, or nothing opens it.
pub fn open_url(address: &str, opener: &[String]) -> Result<(), OpenError> {
    check(address)?;
    hand_over(address.as_ref(), opener)
}

/// Opens a file in the program that is meant for it. Waits for no program.
///
/// # Errors
/// When nothing opens it.
pub fn open_file(path: &Path, opener: &[String]) -> Result<(), OpenError> {
    // An absolute path, so that no program takes it for an option.
    hand_over(std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).as_os_str(), opener)
}

/// Opens a figure of a log: an address of the web, or a file below the log's folder. Waits
/// for no program.
///
/// # Errors
/// When it may not be opened, or nothing opens it.
pub fn open_figure(album: &mut Album, base: &Base, path: &str, opener: &[String]) -> Result<(), OpenError> {
    if is_web(path) { open_url(path, opener) } else { open_file(&album.locate(base, path)?, opener) }
}

/// Gives a target to the user's opener: a program with its arguments; without one, to what the
/// system has for it.
fn hand_over(target: &OsStr, opener: &[String]) -> Result<(), OpenError> {
    let opened = match opener.split_first() {
        None => open::that_detached(target),
        Some((program, arguments)) => run(program, arguments, target),
    };
    opened.map_err(|error| OpenError::NoProgram(target.to_string_lossy().into_owned(), error))
}

/// Runs a program that writes nowhere; a thread waits for its end, so that it does not linger.
fn run(program: &str, arguments: &[String], target: &OsStr) -> std::io::Result<()> {
    let mut command = Command::new(program);
    command.args(arguments).arg(target).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    std::thread::spawn(move || child.wait());
    Ok(())
}

/// Whether an address leads where it seems to: no user name before its host, no blanks and
/// nothing that does not show; only http, https and mailto.
///
/// # Errors
/// When it may not be opened.
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
    fn addresses_lead_where_they_seem_to() {
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
