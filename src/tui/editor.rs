//! Opens the user's editor at a line. The editor is started from an argument vector, never through a shell, so that
//! no file name can be run as a command.

use crate::say;
use crate::words::{Language, Say};
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::{Command, ExitStatus};

/// Why the editor did not run or failed; each message is one line and says what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum EditorError {
    /// No editor is set, and no fallback is installed.
    Unset,
    /// The environment variable (its name and value) has an unclosed quote.
    Unclear(&'static str, String),
    /// The editor cannot be started: its command and the error.
    NotRun(String, std::io::Error),
    /// The editor exited with an error or was killed: its command and exit status.
    Failed(String, ExitStatus),
}

impl Say for EditorError {
    fn say(&self, language: Language) -> String {
        match self {
            Self::Unset => language
                .pick(
                    "No editor found: set $VISUAL or $EDITOR, for example “export EDITOR=nvim”",
                    "没有找到编辑器；请设置 $VISUAL 或 $EDITOR，例如“export EDITOR=nvim”",
                )
                .to_owned(),
            Self::Unclear(name, text) => {
                say!(language, "${name} is “{text}”, with an unclosed quote", "${name} 的值“{text}”中有未闭合的引号")
            }
            Self::NotRun(program, error) => say!(
                language,
                "{program}: the editor cannot be run: {error}; set $VISUAL or $EDITOR",
                "{program}：无法运行编辑器：{error}；请设置 $VISUAL 或 $EDITOR"
            ),
            Self::Failed(program, status) => say!(
                language,
                "The editor failed ({program}, {}); the log was reloaded",
                "编辑器出错（{program}，{}）；已重新读取日志",
                crate::io::outside::ending(*status, language)
            ),
        }
    }
}

/// Fallback editors, in order of preference. nano comes first because it shows how to exit.
const USUAL: [&str; 2] = ["nano", "vi"];

/// The editor to run.
#[derive(Debug, PartialEq, Eq)]
pub struct EditorCommand {
    /// The editor's command line.
    pub words: Vec<String>,
    /// Whether the user has set it; false for a fallback.
    pub is_named: bool,
}

/// The editor from the configuration (`own`), `$VISUAL` or `$EDITOR`, or else a fallback.
///
/// # Errors
/// When no editor is set or found, or a quote is not closed.
pub fn chosen(own: &[String]) -> Result<EditorCommand, EditorError> {
    if !own.is_empty() {
        return Ok(EditorCommand { words: own.to_vec(), is_named: true });
    }
    let set = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
        let text = std::env::var(name).ok()?;
        (!text.trim().is_empty()).then_some((name, text))
    });
    let Some((name, text)) = set else {
        let folders = std::env::var_os("PATH").unwrap_or_default();
        let program = usual(&folders).ok_or(EditorError::Unset)?;
        return Ok(EditorCommand { words: vec![program.to_owned()], is_named: false });
    };
    let words = shell_words::split(&text).map_err(|_| EditorError::Unclear(name, text))?;
    Ok(EditorCommand { words, is_named: true })
}

/// The first fallback editor in the folders of a `PATH`.
fn usual(folders: &OsStr) -> Option<&'static str> {
    let is_there = |program: &&str| std::env::split_paths(folders).any(|folder| folder.join(program).is_file());
    USUAL.into_iter().find(is_there)
}

/// Opens a file in the editor at a line, counted from 1, and waits for the editor to exit.
///
/// # Errors
/// When the editor cannot be started or exits with an error.
pub fn run(words: &[String], file: &Path, line: usize) -> Result<(), EditorError> {
    let (program, given) = words.split_first().ok_or(EditorError::Unset)?;
    // An absolute path cannot be mistaken for an option.
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let status = Command::new(program).args(given).args(arguments(program, given, &file, line)).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(EditorError::Failed(program.clone(), status)),
        Err(error) => Err(EditorError::NotRun(program.clone(), error)),
    }
}

/// The arguments, after the user's own, that open a file at a line. Editors known by name get the line in their
/// syntax; others get only the file.
fn arguments(program: &str, given: &[String], file: &Path, line: usize) -> Vec<OsString> {
    let name = Path::new(program).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let at_line = || {
        let mut place = file.as_os_str().to_owned();
        place.push(format!(":{line}"));
        place
    };
    match name {
        "vi" | "vim" | "nvim" | "view" | "gvim" | "vimx" | "nvi" | "elvis" | "emacs" | "emacsclient" | "mg"
        | "nano" | "pico" | "micro" | "kak" | "joe" | "jmacs" | "ne" => vec![format!("+{line}").into(), file.into()],
        "hx" | "helix" | "subl" | "zed" => vec![at_line()],
        "code" | "code-insiders" | "code-oss" | "codium" | "vscodium" | "cursor" => {
            let waits = given.iter().any(|given| given == "--wait" || given == "-w");
            let wait = (!waits).then(|| OsString::from("--wait"));
            wait.into_iter().chain(["--goto".into(), at_line()]).collect()
        }
        _ => vec![file.into()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, wanted: &str) {
        let words = shell_words::split(words).unwrap_or_default();
        let (program, given) = words.split_first().expect("a program");
        let arguments = arguments(program, given, Path::new("/a b/log.md"), 7);
        assert_eq!(arguments.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join("|"), wanted);
    }

    #[test]
    fn without_a_configured_editor_a_common_one_is_used() {
        let [first, second] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
        let path = std::env::join_paths([first.path(), second.path()]).expect("a path");
        assert_eq!(usual(&path), None);
        std::fs::write(first.path().join("vi"), "").expect("a file");
        assert_eq!(usual(&path), Some("vi"));
        std::fs::write(second.path().join("nano"), "").expect("a file");
        assert_eq!(usual(&path), Some("nano"));
    }

    #[test]
    fn each_editor_gets_the_line_in_its_own_syntax() {
        for editor in ["vi", "/usr/bin/vim -n", "nvim", "emacs -nw", "emacsclient -t", "nano", "micro"] {
            check(editor, "+7|/a b/log.md");
        }
        check("hx", "/a b/log.md:7");
        check("code", "--wait|--goto|/a b/log.md:7");
        check("code -w", "--goto|/a b/log.md:7");
        check("'/opt/my editor/ed' -x", "/a b/log.md");
    }
}
