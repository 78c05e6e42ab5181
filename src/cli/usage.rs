//! Prints usage errors in Chinese or English; clap has only English messages.

use std::error::Error as _;
use std::path::Path;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Error};

use super::Cli;
use super::chinese::with_wide_colons;
use super::print::{self, Printer};
use crate::config::nearest;
use crate::say;
use crate::text::{is_safe, safe};
use crate::words::{Language, Sentence};

/// Prints a usage error, or the help or version that was asked for. Returns the exit status.
pub fn say(mut error: Error, language: Language) -> ExitCode {
    if let Some(tip) = tip(&error, language) {
        // Whatever option clap finds similar, it is not what was meant.
        error.remove(ContextKind::SuggestedArg);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    } else if let Some(name) = option_like(&error).filter(|_| language == Language::Chinese) {
        // clap gives this tip too, but in English.
        let tip = format!("如果“{name}”是文件名，请写成“-- {name}”");
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    let error = &error;
    // There is nowhere left to report a failure.
    let _ = match (language, error.use_stderr()) {
        (Language::Chinese, true) => chinese(error).map_or_else(|| print_english(error), |text| write(&text)),
        (Language::Chinese, false) => write_help(error),
        _ => print_english(error),
    };
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Prints clap's own text. If the arguments contain unsafe characters, makes the text safe, which drops its colours.
fn print_english(error: &Error) -> std::io::Result<()> {
    let log = std::env::var_os("PAPERS_TUI_LOG");
    let is_harmless = std::env::args_os().chain(log).all(|given| is_safe(&given.to_string_lossy()));
    if is_harmless { error.print() } else { write(&error.render().to_string()) }
}

/// Prints the help in Chinese.
fn write_help(help: &Error) -> std::io::Result<()> {
    let text = help.render();
    print::help(&with_wide_colons(&text.to_string()), &with_wide_colons(&text.ansi().to_string()))
}

fn write(text: &str) -> std::io::Result<()> {
    let mut out = Printer::stderr();
    write!(out, "{text}")?;
    out.flush()
}

/// A tip on how to name the log, if the user named it in the wrong way.
fn tip(error: &Error, language: Language) -> Option<String> {
    let argument = list(error, ContextKind::InvalidArg).into_iter().next()?;
    match error.kind() {
        ErrorKind::UnknownArgument if argument == "--log" => Some(say!(
            language,
            "“--log” goes after the subcommand; without a subcommand, write “papers-tui FILE”",
            "“--log”写在子命令之后；没有子命令时请写“papers-tui 文件”"
        )),
        ErrorKind::UnknownArgument if Path::new(&argument).exists() => {
            Some(say!(language, "to name the log, use “--log {argument}”", "要指定日志，请用“--log {argument}”"))
        }
        ErrorKind::MissingRequiredArgument => named_like_subcommand(language),
        ErrorKind::UnknownArgument => mistyped_subcommand(language),
        _ => None,
    }
}

/// A tip on how to open a file or folder with the name of the subcommand that was given; `None` if there is no such
/// file.
pub fn named_like_subcommand(language: Language) -> Option<String> {
    let command = Cli::command();
    let mut arguments = std::env::args_os().skip(1).filter_map(|argument| argument.into_string().ok());
    let given = arguments.find(|argument| command.find_subcommand(argument).is_some())?;
    Path::new(&given).exists().then(|| {
        say!(
            language,
            "“{given}” is a subcommand here; to open the file or folder of that name, write “papers-tui ./{given}”",
            "这里的“{given}”是子命令；要打开同名的文件或文件夹，请写“papers-tui ./{given}”"
        )
    })
}

/// A tip on the subcommand that the first argument probably means; `None` if that is a file, or no subcommand is close.
pub fn mistyped_subcommand(language: Language) -> Option<String> {
    let command = Cli::command();
    let is_word = |given: &String| !given.starts_with('-') && !given.contains(['.', '/']);
    let given =
        std::env::args_os().nth(1)?.into_string().ok().filter(is_word).filter(|given| !Path::new(given).exists())?;
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    let name = nearest(&given, names.iter().copied()).filter(|name| *name != given)?;
    Some(say!(language, "did you mean “papers-tui {name}”?", "是不是想输入“papers-tui {name}”？"))
}

/// The whole message in Chinese; `None` for kinds of errors that cannot occur with our arguments.
fn chinese(error: &Error) -> Option<String> {
    let mut text = format!("错误：{}\n", what(error)?);
    let known = list(error, ContextKind::ValidValue);
    if !known.is_empty() {
        text.push_str(&format!("  [可选值：{}]\n", known.join("、")));
    }
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let near: Vec<String> = near.into_iter().flat_map(|kind| list(error, kind)).collect();
    if !near.is_empty() {
        text.push_str(&format!("\n  提示：是不是想输入 {}？\n", near.join("、")));
    }
    for tip in list(error, ContextKind::Suggested) {
        text.push_str(&format!("\n  提示：{tip}\n"));
    }
    let usage = error.get(ContextKind::Usage).map(|usage| usage.to_string()).unwrap_or_default();
    if let Some(usage) = usage.trim().strip_prefix("Usage: ") {
        text.push_str(&format!("\n用法：{usage}\n"));
    }
    text.push_str("\n详见 --help。\n");
    Some(text)
}

fn what(error: &Error) -> Option<String> {
    let all = |kind| list(error, kind).join("、");
    let (argument, value) = (all(ContextKind::InvalidArg), all(ContextKind::InvalidValue));
    Some(match error.kind() {
        ErrorKind::UnknownArgument => format!("无法识别参数“{argument}”"),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", all(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少必需的参数：{argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”需要一个值"),
        ErrorKind::InvalidValue => format!("“{value}”不能用作“{argument}”的值"),
        ErrorKind::ValueValidation => format!("“{value}”不能用作“{argument}”的值{}", reason(error)),
        ErrorKind::TooManyValues => format!("“{argument}”的值太多，“{value}”是多余的"),
        ErrorKind::ArgumentConflict => match all(ContextKind::PriorArg) {
            prior if prior.is_empty() || prior == argument => format!("“{argument}”不能重复使用"),
            prior => format!("“{argument}{}”不能与“{prior}”同时使用", all(ContextKind::InvalidSubcommand)),
        },
        _ => return None,
    })
}

/// Why a value is invalid: our own message, or the range that the value must be in.
fn reason(error: &Error) -> String {
    let Some(source) = error.source() else { return String::new() };
    if let Some(sentence) = source.downcast_ref::<Sentence>() {
        return format!("：{}", sentence.get(Language::Chinese));
    }
    let text = source.to_string();
    text.split_once(" is not in ").map_or_else(String::new, |(_, range)| format!("：应在 {range} 之内"))
}

/// The unknown option, if clap suggests that it may be meant as a file name.
fn option_like(error: &Error) -> Option<String> {
    error.get(ContextKind::Suggested)?;
    list(error, ContextKind::InvalidArg).into_iter().next()
}

fn list(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![safe(text).into_owned()],
        Some(ContextValue::Strings(texts)) => texts.iter().map(|text| safe(text).into_owned()).collect(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}
