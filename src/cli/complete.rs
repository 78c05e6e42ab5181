//! What shells complete: commands, options and files; and titles and items of the log. The
//! script that a shell reads asks this program at every Tab.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use clap_complete::engine::CompletionCandidate;
use clap_complete::env::{Bash, CompleteEnv, Elvish, EnvCompleter, Fish, Powershell, Zsh};

use super::config::Settings;
use super::{Opened, Outcome, language};
use crate::log::normalise;
use crate::text::safe;
use crate::words::Language;

/// Names the shell that asks.
const ASKS: &str = "PAPERS_TUI_COMPLETE";

/// Characters that mean nothing to a shell.
const PLAIN: &str = "-_./:,+@%";

/// The shells that can ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
    Elvish,
    #[value(name = "powershell")]
    Power,
}

/// Writes the script for a shell.
pub fn run(shell: Shell, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let completer: &dyn EnvCompleter = match shell {
        Shell::Bash => &Bash,
        Shell::Zsh => &Zsh,
        Shell::Fish => &Fish,
        Shell::Elvish => &Elvish,
        Shell::Power => &Powershell,
    };
    completer.write_registration(ASKS, "papers-tui", "papers-tui", "papers-tui", out)?;
    Ok(Outcome::Done)
}

/// Answers a shell that asks; `false` if none does.
///
/// # Errors
/// When the shell is not known, or the answer cannot be written.
pub fn answer(language: Language) -> Result<bool, clap::Error> {
    let here = std::env::current_dir().ok();
    CompleteEnv::with_factory(|| language::command(language))
        .var(ASKS)
        .try_complete(std::env::args_os(), here.as_deref())
}

/// Titles that begin like what is typed.
pub fn titles(typed: &OsStr) -> Vec<CompletionCandidate> {
    candidates(typed, |opened| opened.log.entries.iter().map(|entry| entry.title.clone()).collect())
}

/// Open items of the pending list that begin like what is typed.
pub fn open_items(typed: &OsStr) -> Vec<CompletionCandidate> {
    candidates(typed, |opened| {
        let open = opened.log.tasks.iter().filter(|task| task.pending && !task.done);
        open.map(|task| task.text.clone()).collect()
    })
}

/// Where the log cannot be read, or there is only the sample, nothing is offered.
fn candidates(typed: &OsStr, texts: impl Fn(&Opened) -> Vec<String>) -> Vec<CompletionCandidate> {
    let is_bash = std::env::var_os("_CLAP_COMPLETE_COMP_TYPE").is_some();
    let typed = typed.to_string_lossy();
    let typed = if is_bash { unescaped(&typed) } else { typed.into_owned() };
    let default_log = std::env::var_os("PAPERS_TUI_LOG").map(PathBuf::from);
    let asked = language::asked(std::env::args_os().skip_while(|argument| argument != "--").skip(1));
    let settings = Settings::read(asked.settings.as_deref(), None).with_log(default_log);
    let logs = logs(std::env::args_os().skip_while(|argument| argument != "--"));
    let Ok(opened) = Opened::open(&logs, &settings) else { return Vec::new() };
    if opened.chosen.sample.is_some() {
        return Vec::new();
    }
    let wanted = normalise(&typed);
    let texts = texts(&opened).into_iter().filter(|text| normalise(text).starts_with(&wanted));
    let values = texts.map(|text| if is_bash { escaped(&safe(&text)) } else { safe(&text).into_owned() });
    values.map(CompletionCandidate::new).collect()
}

/// The logs that the words of the command name.
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

/// As bash wants it on the line: it takes candidates letter for letter.
fn escaped(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || PLAIN.contains(c) || !c.is_ascii();
    text.chars().fold(String::new(), |mut out, c| {
        out.extend((!is_plain(c)).then_some('\\'));
        out.push(c);
        out
    })
}

/// What is meant by a word as it is typed in bash.
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
    fn what_bash_puts_on_the_line_is_read_back() {
        for text in ["Let's Verify: $(x) \"y\"", "对比 学习", "a\\b;c"] {
            assert_eq!(unescaped(&escaped(text)), text);
            assert_eq!(shell_words::split(&escaped(text)).ok(), Some(vec![text.to_owned()]));
        }
        assert_eq!(unescaped("\"Let's"), "Let's");
    }

    #[test]
    fn logs_are_found_among_the_words() {
        let words = ["papers-tui", "--log", "a.md", "show", "--log=b.md", "--log"].map(OsString::from);
        assert_eq!(logs(words.into_iter()), [PathBuf::from("a.md"), PathBuf::from("b.md")]);
    }
}
