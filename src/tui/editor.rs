//! The user's editor: which one, how it is told the line, and whether it ended well. It is run
//! by an argument vector, never through a shell, so that no file name can be a command.

use crate::say;
use crate::words::{Language, Say};
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::{Command, ExitStatus};

/// Why nothing was edited. One line each, with the way out.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say(Language::English))]
pub enum EditorError {
    /// The user has named none.
    Unset,
    /// What names it cannot be understood.
    Unclear(&'static str, String),
    /// It cannot be started.
    NotRun(String, std::io::Error),
    /// It says that it failed, or was killed.
    Failed(String, ExitStatus),
}

impl Say for EditorError {
    fn say(&self, language: Language) -> String {
        match self {
            Self::Unset => language
                .pick(
                    "To write in the log here, name your editor: set $VISUAL or $EDITOR, as in “export EDITOR=nvim”",
                    "要在此编辑日志，请指定编辑器：设置 $VISUAL 或 $EDITOR，例如“export EDITOR=nvim”",
                )
                .to_owned(),
            Self::Unclear(name, text) => say!(
                language,
                "${name} is “{text}”: a quote in it is not closed",
                "${name} 的值是“{text}”：其中的引号没有闭合"
            ),
            Self::NotRun(program, error) => say!(
                language,
                "{program}: the editor cannot be run: {error}; set $VISUAL or $EDITOR",
                "{program}：无法运行编辑器：{error}；请设置 $VISUAL 或 $EDITOR"
            ),
            Self::Failed(program, status) => say!(
                language,
                "{program}: the editor ended with {status}; shown is what the log holds now",
                "{program}：编辑器异常结束（{status}）；显示的是日志现在的内容"
            ),
        }
    }
}

/// Editors that are taken where the user has named none, in this order: nano says on its screen
/// how to leave it.
const USUAL: [&str; 2] = ["nano", "vi"];

/// The editor that is run.
#[derive(Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The words that run it.
    pub words: Vec<String>,
    /// Whether the user has named it.
    pub is_named: bool,
}

/// The words that run the editor: `own`, if there are any; those of `$VISUAL`, else of `$EDITOR`;
/// else one that most systems have.
///
/// # Errors
/// When none is set and none is there, or its quotes do not match.
pub fn chosen(own: &[String]) -> Result<Chosen, EditorError> {
    if !own.is_empty() {
        return Ok(Chosen { words: own.to_vec(), is_named: true });
    }
    let set = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
        let text = std::env::var(name).ok()?;
        (!text.trim().is_empty()).then_some((name, text))
    });
    let Some((name, text)) = set else {
        let folders = std::env::var_os("PATH").unwrap_or_default();
        let program = usual(&folders).ok_or(EditorError::Unset)?;
        return Ok(Chosen { words: vec![program.to_owned()], is_named: false });
    };
    let words = shell_words::split(&text).map_err(|_| EditorError::Unclear(name, text))?;
    Ok(Chosen { words, is_named: true })
}

/// The first of the usual editors that is in one of the folders of a `PATH`.
fn usual(folders: &OsStr) -> Option<&'static str> {
    let is_there = |program: &&str| std::env::split_paths(folders).any(|folder| folder.join(program).is_file());
    USUAL.into_iter().find(is_there)
}

/// Runs the editor on a line of a file, counted from 1, and waits until it ends.
///
/// # Errors
/// When it cannot be run, or does not end well.
pub fn run(words: &[String], file: &Path, line: usize) -> Result<(), EditorError> {
    let (program, given) = words.split_first().ok_or(EditorError::Unset)?;
    // An absolute path, so that no editor takes it for an option.
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let status = Command::new(program).args(given).args(arguments(program, given, &file, line)).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(EditorError::Failed(program.clone(), status)),
        Err(error) => Err(EditorError::NotRun(program.clone(), error)),
    }
}

/// What opens the file at the line, after the arguments that the user has given: in the
/// editor's own way, which its name tells; the file alone for one that is not known.
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
    fn without_a_named_editor_a_usual_one_is_taken() {
        let [first, second] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
        let path = std::env::join_paths([first.path(), second.path()]).expect("a path");
        assert_eq!(usual(&path), None);
        std::fs::write(first.path().join("vi"), "").expect("a file");
        assert_eq!(usual(&path), Some("vi"));
        std::fs::write(second.path().join("nano"), "").expect("a file");
        assert_eq!(usual(&path), Some("nano"));
    }

    #[test]
    fn each_editor_is_told_the_line_in_its_own_way() {
        for editor in ["vi", "/usr/bin/vim -n", "nvim", "emacs -nw", "emacsclient -t", "nano", "micro"] {
            check(editor, "+7|/a b/log.md");
        }
        check("hx", "/a b/log.md:7");
        check("code", "--wait|--goto|/a b/log.md:7");
        check("code -w", "--goto|/a b/log.md:7");
        check("'/opt/my editor/ed' -x", "/a b/log.md");
    }
}
