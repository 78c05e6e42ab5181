//! Which language the program speaks, and what it says when something fails.
//!
//! The language must be known before the arguments are understood, since the help is said in it.

use std::error::Error;
use std::ffi::{OsStr, OsString};

use clap::{Command, CommandFactory, FromArgMatches, ValueEnum};

use super::examples::with_examples;
use super::{Cli, chinese};
use crate::io::choose::ChooseError;
use crate::io::read::ReadError;
use crate::io::sidecar::SidecarError;
use crate::io::store::Unmade;
use crate::log::edit::Refusal;
use crate::search::text::BadPattern;
use crate::words::{Language, Say};

/// The languages, by their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English
    En,
    /// 简体中文
    Zh,
}

/// The language that the arguments or the environment ask for, if they do; and the arguments
/// without it, so that it may stand before a subcommand too.
pub fn asked(arguments: impl Iterator<Item = OsString>) -> (Option<Language>, Vec<OsString>) {
    let (code, arguments) = named(arguments);
    (code.or_else(|| language(&std::env::var_os("PAPERS_TUI_LANG")?)), arguments)
}

/// The language of the locale.
pub fn of_locale() -> Language {
    sys_locale::get_locale().map_or(Language::English, |locale| Language::of_locale(&locale))
}

/// What `--lang` before a `--` names, if it is a language, and the other arguments.
fn named(arguments: impl Iterator<Item = OsString>) -> (Option<Language>, Vec<OsString>) {
    let mut arguments: Vec<OsString> = arguments.collect();
    let end = arguments.iter().position(|argument| argument == "--").unwrap_or(arguments.len());
    let is_one = |argument: &OsString| argument.to_str().is_some_and(|argument| argument.starts_with("--lang"));
    let Some(at) = arguments[..end].iter().position(is_one) else { return (None, arguments) };
    let (code, count) = match arguments[at].to_str().and_then(|argument| argument.strip_prefix("--lang=")) {
        Some(code) => (Some(OsString::from(code)), 1),
        None => (arguments[..end].get(at + 1).cloned(), 2),
    };
    // One that is none is left for whoever says what is wrong with arguments.
    let code = code.as_deref().and_then(language);
    if code.is_some() {
        arguments.drain(at..at + count);
    }
    (code, arguments)
}

fn language(code: &OsStr) -> Option<Language> {
    Lang::from_str(code.to_str()?, true).ok().map(|lang| match lang {
        Lang::En => Language::English,
        Lang::Zh => Language::Chinese,
    })
}

/// The commands with their help, and examples, in the language.
pub fn command(language: Language) -> Command {
    let command = match language {
        Language::English => Cli::command(),
        Language::Chinese => chinese::translated(Cli::command()),
    };
    with_examples(command, language)
}

/// Understands the arguments; the help is in the language.
pub fn parse(arguments: Vec<OsString>, language: Language) -> Cli {
    let mut matches = command(language).get_matches_from(arguments);
    Cli::from_arg_matches_mut(&mut matches).unwrap_or_else(|error| error.exit())
}

/// An error with its causes, in one line. The errors of our own say their causes themselves.
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
        .or_else(|| error.downcast_ref::<Unmade>().map(|error| as_say(error)))
        .or_else(|| error.downcast_ref::<Refusal>().map(|error| as_say(error)))
        .or_else(|| error.downcast_ref::<SidecarError>().map(|error| as_say(error)))
        .or_else(|| error.downcast_ref::<BadPattern>().map(|error| as_say(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_known_before_all_else() {
        #[track_caller]
        fn check(arguments: &[&str], wanted: Option<Language>, rest: &[&str]) {
            let (found, left) = named(arguments.iter().map(OsString::from));
            assert_eq!((found, left), (wanted, rest.iter().map(OsString::from).collect()), "{arguments:?}");
        }
        check(&["--lang", "zh", "list"], Some(Language::Chinese), &["list"]);
        check(&["list", "--lang=EN", "a"], Some(Language::English), &["list", "a"]);
        check(&["show", "--", "--lang", "zh"], None, &["show", "--", "--lang", "zh"]);
        check(&["--lang", "xx"], None, &["--lang", "xx"]);
        check(&["--lang"], None, &["--lang"]);
    }
}
