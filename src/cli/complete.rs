//! Shell completion: commands, options, files, and the titles and items of the log. The shell script runs this program
//! each time Tab is pressed.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::OnceLock;

use clap::ValueEnum;
use clap_complete::engine::CompletionCandidate;
use clap_complete::env::{Bash, CompleteEnv, Elvish, EnvCompleter, Fish, Powershell, Zsh};

use super::config::Settings;
use super::print::Printer;
use super::{Opened, Outcome, environment, language};
use crate::log::{edit, normalise};
use crate::text::safe;
use crate::words::Language;

/// The environment variable in which the script names its shell when it asks for candidates.
const REQUEST_VAR: &str = "PAPERS_TUI_COMPLETE";

/// The shell that is asking. Global because clap passes completers only the typed word.
static SHELL: OnceLock<String> = OnceLock::new();

/// Like the script of `clap_complete`, but also works for titles with a colon, at which bash splits words.
const BASH: &str = include_str!("../../assets/completions.bash");

/// The line of the zsh script that receives the candidates.
const ZSH: &str = "_describe -V 'values' other";
/// The option that makes this line ignore case.
const ANY_CASE: &str = "-M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}'";

/// ASCII punctuation that is not special to a shell.
const PLAIN: &str = "-_./:,+@%";

/// The supported shells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompletionShell {
    Bash,
    Zsh,
    Fish,
    Elvish,
    #[value(name = "powershell")]
    Power,
}

/// Prints the script for a shell.
pub fn run(shell: CompletionShell, out: &mut Printer) -> anyhow::Result<Outcome> {
    let completer: &dyn EnvCompleter = match shell {
        CompletionShell::Bash => &Bash,
        CompletionShell::Zsh => &Zsh,
        CompletionShell::Fish => &Fish,
        CompletionShell::Elvish => &Elvish,
        CompletionShell::Power => &Powershell,
    };
    let mut script = Vec::new();
    completer.write_registration(REQUEST_VAR, "papers-tui", "papers-tui", "papers-tui", &mut script)?;
    let script = String::from_utf8_lossy(&script);
    match shell {
        CompletionShell::Bash => out.document(BASH)?,
        CompletionShell::Zsh => out.document(&script.replace(ZSH, &format!("{ZSH} {ANY_CASE}")))?,
        CompletionShell::Fish | CompletionShell::Elvish | CompletionShell::Power => out.document(&script)?,
    }
    Ok(Outcome::Done)
}

/// If a completion script is asking, prints the candidates and returns `true`; otherwise returns `false`.
///
/// # Errors
/// If the shell is unknown, or the candidates cannot be written.
pub fn answer(language: Language) -> Result<bool, clap::Error> {
    // clap removes the variable before it calls the completers.
    let _ = SHELL.set(std::env::var(REQUEST_VAR).unwrap_or_default());
    let here = std::env::current_dir().ok();
    CompleteEnv::with_factory(|| language::command(language))
        .var(REQUEST_VAR)
        .try_complete(std::env::args_os(), here.as_deref())
}

/// The titles of entries that start with `typed`.
pub fn titles(typed: &OsStr) -> Vec<CompletionCandidate> {
    candidates(typed, |opened| opened.log.entries.iter().map(|entry| entry.title.to_string()).collect())
}

/// The open pending items that start with `typed`.
pub fn open_items(typed: &OsStr) -> Vec<CompletionCandidate> {
    candidates(typed, |opened| {
        let open = opened.log.tasks.iter().filter(|task| task.pending && task.is_open());
        open.map(|task| task.text.clone()).collect()
    })
}

/// The headings that start with `typed`, of files without dates.
pub fn headings(typed: &OsStr) -> Vec<CompletionCandidate> {
    candidates(typed, |opened| {
        let files = 0..opened.log.files.len();
        let found = files.flat_map(|file| edit::headings(&opened.log, file));
        found.map(|section| section.heading.to_string()).filter(|heading| !heading.is_empty()).collect()
    })
}

/// The texts that start with `typed`, escaped if the shell is bash; none if no log is found or readable.
fn candidates(typed: &OsStr, texts: impl Fn(&Opened) -> Vec<String>) -> Vec<CompletionCandidate> {
    let shell = SHELL.get().map_or("", String::as_str);
    let is_bash = shell == "bash";
    let word = typed.to_string_lossy();
    // Elvish and PowerShell pass the word unquoted; the others as typed.
    let typed = if matches!(shell, "bash" | "zsh" | "fish") { unescaped(&word) } else { word.to_string() };
    let asked = language::early_options(std::env::args_os().skip_while(|argument| argument != "--").skip(1));
    let settings = Settings::read(asked.settings.as_deref(), None).with_log(environment::log());
    let logs = logs(std::env::args_os().skip_while(|argument| argument != "--"));
    let Ok(opened) = Opened::open(&logs, &settings) else { return Vec::new() };
    let wanted = normalise(&typed);
    let texts = texts(&opened).into_iter().filter(|text| normalise(text).starts_with(&wanted));
    let values = texts.map(|text| match (is_bash, word.chars().next()) {
        (true, Some(quote @ ('"' | '\''))) => quoted(&safe(&text), quote),
        (true, _) => escaped(&safe(&text)),
        (false, _) => safe(&text).into_owned(),
    });
    values.map(CompletionCandidate::new).collect()
}

/// The logs given with `--log` on the command line.
fn logs(words: impl Iterator<Item = OsString>) -> Vec<PathBuf> {
    let mut logs = Vec::new();
    let mut words = words.peekable();
    while let Some(word) = words.next() {
        if word == "--log" {
            logs.extend(words.peek().map(PathBuf::from));
        } else if let Some(log) = word.to_str().and_then(|word| word.strip_prefix("--log=")) {
            logs.push(PathBuf::from(log));
        }
    }
    logs
}

/// Escapes a candidate for bash, which inserts candidates literally.
fn escaped(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || PLAIN.contains(c) || !c.is_ascii();
    text.chars().fold(String::new(), |mut out, c| {
        out.extend((!is_plain(c)).then_some('\\'));
        out.push(c);
        out
    })
}

/// Escapes a candidate for bash inside an open quote.
fn quoted(text: &str, quote: char) -> String {
    if quote == '\'' {
        return text.replace('\'', "'\\''");
    }
    text.chars().fold(String::new(), |mut out, c| {
        out.extend("\"$`\\".contains(c).then_some('\\'));
        out.push(c);
        out
    })
}

/// Removes the quoting from a word typed in bash, zsh or fish.
fn unescaped(typed: &str) -> String {
    let mut out = String::new();
    let mut chars = typed.trim_start_matches(['"', '\'']).chars();
    while let Some(c) = chars.next() {
        out.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bash_quoting_round_trips() {
        for text in ["Let's Verify: $(x) \"y\"", "对比 学习", "a\\b;c"] {
            assert_eq!(unescaped(&escaped(text)), text);
            assert_eq!(shell_words::split(&escaped(text)).ok(), Some(vec![text.to_owned()]));
        }
        assert_eq!(unescaped("\"Let's"), "Let's");
        for quote in ['"', '\''] {
            let text = "Let's Verify: $(x) \"y\"";
            let line = format!("{quote}{}{quote}", quoted(text, quote));
            assert_eq!(shell_words::split(&line).ok(), Some(vec![text.to_owned()]));
        }
    }

    #[test]
    fn log_paths_are_found_on_the_command_line() {
        let words = ["papers-tui", "--log", "a.md", "show", "--log=b.md", "--log"].map(OsString::from);
        assert_eq!(logs(words.into_iter()), [PathBuf::from("a.md"), PathBuf::from("b.md")]);
    }
}
