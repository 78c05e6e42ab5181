//! Chooses the language of the interface, and formats errors in it.
//!
//! The language must be known before clap parses the arguments, because clap prints the help.

use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::{Command, CommandFactory, FromArgMatches, ValueEnum};

use super::environment::variable;
use super::examples::with_examples;
use super::refs::UnreadablePdf;
use super::{Cli, chinese};
use crate::io::choose::ChooseError;
use crate::io::read::ReadError;
use crate::io::sidecar::SidecarError;
use crate::io::store::ChangeError;
use crate::log::edit::Refusal;
use crate::search::text::BadPattern;
use crate::words::{Language, Say};

/// The languages of `--lang`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English
    En,
    /// 简体中文
    Zh,
}

/// The options that are read before clap parses the rest.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct EarlyOptions {
    /// The language set in the arguments or the environment.
    pub language: Option<Language>,
    /// The settings file set in the arguments or the environment.
    pub settings: Option<PathBuf>,
    /// The arguments without these two options, so that the options may also come before a subcommand.
    pub arguments: Vec<OsString>,
}

/// Reads the early options from the arguments, or else from the environment.
pub fn early_options(arguments: impl Iterator<Item = OsString>) -> EarlyOptions {
    let EarlyOptions { language: code, settings, arguments } = named(arguments);
    EarlyOptions {
        language: code.or_else(|| language(&variable("PAPERS_TUI_LANG")?)),
        settings: settings.or_else(|| variable("PAPERS_TUI_CONFIG").map(PathBuf::from)),
        arguments,
    }
}

/// The language of the locale.
pub fn of_locale() -> Language {
    sys_locale::get_locale().map_or(Language::English, |locale| Language::of_locale(&locale))
}

/// Takes `--lang` and `--config` out of the arguments, up to a `--`. Leaves an invalid language in place for clap to
/// report.
fn named(arguments: impl Iterator<Item = OsString>) -> EarlyOptions {
    let mut arguments: Vec<OsString> = arguments.collect();
    let language = take(&mut arguments, "--lang", language);
    let settings = take(&mut arguments, "--config", |file| (!file.is_empty()).then(|| PathBuf::from(file)));
    EarlyOptions { language, settings, arguments }
}

/// Removes an option and its value from the arguments, unless `read` rejects the value. Returns what `read` made of
/// the value.
fn take<T>(arguments: &mut Vec<OsString>, option: &str, read: impl Fn(&OsStr) -> Option<T>) -> Option<T> {
    let end = arguments.iter().position(|argument| argument == "--").unwrap_or(arguments.len());
    let joined =
        |argument: &OsString| Some(OsString::from(argument.to_str()?.strip_prefix(option)?.strip_prefix('=')?));
    let at = arguments[..end].iter().position(|argument| argument == option || joined(argument).is_some())?;
    let (value, count) = match joined(&arguments[at]) {
        Some(value) => (value, 1),
        None => (arguments[..end].get(at + 1)?.clone(), 2),
    };
    let value = read(&value)?;
    arguments.drain(at..at + count);
    Some(value)
}

fn language(code: &OsStr) -> Option<Language> {
    Lang::from_str(code.to_str()?, true).ok().map(|lang| match lang {
        Lang::En => Language::English,
        Lang::Zh => Language::Chinese,
    })
}

/// The clap command, with help and examples in a language.
pub fn command(language: Language) -> Command {
    let command = match language {
        Language::English => Cli::command(),
        Language::Chinese => chinese::translated(Cli::command()),
    };
    with_examples(command, language)
}

/// Parses the arguments.
///
/// # Errors
/// If the arguments are invalid, or ask for the help or the version.
pub fn parse(mut arguments: Vec<OsString>, language: Language) -> Result<Cli, clap::Error> {
    // After `help`, clap would take `--help` for the name of a command.
    if arguments.get(1).is_some_and(|name| name == "help") {
        arguments.retain(|argument| argument != "--help" && argument != "-h");
    }
    move_logs(&mut arguments);
    without_bullets(&mut arguments);
    let mut matches = command(language).try_get_matches_from(arguments)?;
    Cli::from_arg_matches_mut(&mut matches)
}

/// Moves each `--log` before a subcommand behind it, where clap takes it. Without a subcommand, the panes take the logs
/// by position.
fn move_logs(arguments: &mut Vec<OsString>) {
    let mut logs = Vec::new();
    while let Some(log) = arguments.get(1).filter(|first| first.to_str().is_some_and(is_log)) {
        let count = if log == "--log" { 2 } else { 1 };
        if arguments.len() <= count {
            break;
        }
        logs.push(arguments.drain(1..=count).collect::<Vec<_>>());
    }
    let is_subcommand = arguments.get(1).and_then(|name| name.to_str()).is_some_and(|name| {
        name == "help" || Cli::command().get_subcommands().any(|subcommand| subcommand.get_name() == name)
    });
    let by_position = |log: Vec<OsString>| match <[OsString; 2]>::try_from(log) {
        Ok([_, path]) => path,
        Err(joined) => joined[0].to_str().and_then(|log| log.strip_prefix("--log=")).unwrap_or_default().into(),
    };
    let moved: Vec<OsString> = match is_subcommand {
        true => logs.into_iter().flatten().collect(),
        false => logs.into_iter().map(by_position).collect(),
    };
    let at = if is_subcommand { 2 } else { 1 };
    arguments.splice(at..at, moved);
}

fn is_log(argument: &str) -> bool {
    argument == "--log" || argument.starts_with("--log=")
}

/// Drops the list marker of items pasted as arguments of `add`, `tick` and `log`, up to a `--`: clap would take
/// `- [ ] Owl` for options, and no option has a space after its dash. The values of options stay as they are.
fn without_bullets(arguments: &mut [OsString]) {
    let is_option = |argument: &OsString| argument.as_encoded_bytes().starts_with(b"-");
    let subcommand = arguments.iter().skip(1).find(|argument| !is_option(argument));
    if !subcommand.is_some_and(|name| ["add", "tick", "log"].iter().any(|it| name == it)) {
        return;
    }
    let end = arguments.iter().position(|argument| argument == "--").unwrap_or(arguments.len());
    for at in (1..end).filter(|&at| !arguments[at - 1].as_encoded_bytes().starts_with(b"--")).collect::<Vec<_>>() {
        if let Some(rest) = arguments[at].to_str().and_then(|text| text.strip_prefix("- ")) {
            arguments[at] = OsString::from(rest.trim_start());
        }
    }
}

/// Formats an error and its causes in one line. Stops at our own errors, whose messages include their causes.
pub fn said(error: &anyhow::Error, language: Language) -> String {
    let mut parts = Vec::new();
    for cause in error.chain() {
        if let Some(said) = own(cause, language) {
            parts.push(said);
            break;
        }
        parts.push(cause.to_string());
    }
    parts.join(language.pick(": ", "："))
}

fn own(error: &(dyn Error + 'static), language: Language) -> Option<String> {
    let as_say = |error: &dyn Say| error.say(language);
    None.or_else(|| error.downcast_ref::<ChooseError>().map(|error| as_say(error)))
        .or_else(|| error.downcast_ref::<ReadError>().map(|error| as_say(error)))
        .or_else(|| error.downcast_ref::<ChangeError>().map(|error| as_say(error)))
        .or_else(|| error.downcast_ref::<Refusal>().map(|error| as_say(error)))
        .or_else(|| error.downcast_ref::<SidecarError>().map(|error| as_say(error)))
        .or_else(|| error.downcast_ref::<UnreadablePdf>().map(|error| as_say(error)))
        .or_else(|| error.downcast_ref::<BadPattern>().map(|error| as_say(error)))
        .or_else(|| error.downcast_ref::<std::io::Error>().map(|error| as_say(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_known_before_parsing() {
        #[track_caller]
        fn check(arguments: &[&str], wanted: Option<Language>, rest: &[&str]) {
            let found = named(arguments.iter().map(OsString::from));
            assert_eq!((found.language, found.settings), (wanted, None), "{arguments:?}");
            assert_eq!(found.arguments, rest.iter().map(OsString::from).collect::<Vec<_>>(), "{arguments:?}");
        }
        check(&["--lang", "zh", "list"], Some(Language::Chinese), &["list"]);
        check(&["list", "--lang=EN", "a"], Some(Language::English), &["list", "a"]);
        check(&["show", "--", "--lang", "zh"], None, &["show", "--", "--lang", "zh"]);
        check(&["--lang", "xx"], None, &["--lang", "xx"]);
        check(&["--lang"], None, &["--lang"]);
        check(&["search", "--language", "zh"], None, &["search", "--language", "zh"]);
    }

    #[test]
    fn logs_may_be_named_before_a_subcommand() {
        for (arguments, wanted) in [
            ("--log a.md list", "list --log a.md"),
            ("--log=a.md --log b.md tick Owl", "tick --log=a.md --log b.md Owl"),
            ("--log a.md", "a.md"),
            ("--log=a.md b.md", "a.md b.md"),
            ("list --log a.md", "list --log a.md"),
            ("--log", "--log"),
        ] {
            let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
            let mut moved = words(&format!("papers-tui {arguments}"));
            move_logs(&mut moved);
            assert_eq!(moved[1..], words(wanted), "{arguments}");
        }
    }

    #[test]
    fn settings_are_accepted_anywhere_on_the_line() {
        for arguments in [["--config", "own.toml", "list"], ["list", "--config", "own.toml"]] {
            let found = named(arguments.iter().map(OsString::from));
            assert_eq!((found.settings, found.arguments), (Some("own.toml".into()), vec!["list".into()]));
        }
        assert_eq!(named(["list", "--config"].iter().map(OsString::from)).arguments.len(), 2);
    }
}
