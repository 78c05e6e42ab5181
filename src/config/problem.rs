//! What is wrong with a configuration, and where.

use std::borrow::Cow;

use super::cause;
use crate::app::keys::bindings::BINDINGS;
use crate::app::keys::keymap;
use crate::say;
use crate::words::Language;

/// A fault in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is not TOML; in the words of its reader.
    Syntax(String),
    /// There is no such key.
    Unknown {
        /// With the tables that it is in, as in `review.retention`.
        key: String,
        /// One that may be meant.
        nearest: Option<String>,
    },
    /// A key cannot take this.
    Value {
        /// With the tables that it is in.
        key: String,
        /// Why, in the words of the reader.
        cause: String,
        /// What is taken instead, as it is written; nothing for what has no default.
        default: Option<String>,
    },
    /// The keys of an action are no list of texts.
    NoKeys(String),
    /// It is no key of a keyboard.
    NoKey(String),
    /// Another action has it, or it is text.
    Clash {
        /// The key, or the keys, that were to be bound.
        key: String,
        /// Why they are not, or what has lost them.
        fault: keymap::Fault,
    },
}

impl Problem {
    /// In one line, without the name of the file.
    pub fn say(&self, language: Language) -> String {
        let Self { line, column, .. } = self;
        format!("{line}:{column}: {}", self.fault.say(language))
    }
}

impl Fault {
    fn say(&self, language: Language) -> String {
        match self {
            Self::Syntax(cause) => say!(language, "not TOML: {cause}", "不是有效的 TOML：{cause}"),
            Self::Unknown { key, nearest: Some(nearest) } => {
                say!(language, "unknown key {key}; did you mean {nearest}?", "没有 {key} 这一项，是否想写 {nearest}？")
            }
            Self::Unknown { key, nearest: None } => say!(
                language,
                "unknown key {key}; “papers-tui config” lists all",
                "没有 {key} 这一项；“papers-tui config” 列出全部设置"
            ),
            Self::Value { key, cause, default } => {
                let cause = language.pick(Cow::Borrowed(cause.as_str()), Cow::Owned(cause::chinese(cause)));
                match default {
                    None => say!(language, "{key}: {cause}; it is left out", "{key}：{cause}；忽略此项"),
                    Some(default) => say!(
                        language,
                        "{key}: {cause}; the default, {default}, is used",
                        "{key}：{cause}；改用默认值 {default}"
                    ),
                }
            }
            Self::NoKeys(action) => say!(
                language,
                "{action} wants a list of keys, as in [\"x\", \"Ctrl-P\", \"g g\"]; its default keys are used",
                "{action} 要写成按键列表，如 [\"x\", \"Ctrl-P\", \"g g\"]；改用默认按键"
            ),
            Self::NoKey(text) => say!(
                language,
                "“{text}” is not a key; keys are named x, X, Space, Enter, Esc, F1, Ctrl-P, Alt-Down",
                "没有叫 “{text}” 的键；写法如 x、X、Space、Enter、Esc、F1、Ctrl-P、Alt-Down"
            ),
            Self::Clash { key, fault } => clash(key, *fault, language),
        }
    }
}

fn clash(key: &str, fault: keymap::Fault, language: Language) -> String {
    let name = |line: usize| {
        let binding = &BINDINGS[line];
        format!("keys.{}.{}", binding.places(), binding.action.name())
    };
    match fault {
        keymap::Fault::Taken(line) => {
            let other = name(line);
            say!(
                language,
                "“{key}” is taken from {other}; to say so yourself, bind that as well",
                "“{key}” 原属 {other}，现已让出；给后者另设按键即可消除此提示"
            )
        }
        keymap::Fault::Twice(line) => {
            let other = name(line);
            say!(
                language,
                "“{key}” clashes with a key of {other}, which stays",
                "“{key}” 与 {other} 的按键冲突，以后者为准"
            )
        }
        keymap::Fault::Text => say!(
            language,
            "“{key}” is text there: bind a key with Ctrl or Alt, or one that is no letter",
            "“{key}” 在那里用于输入文字；请用带 Ctrl、Alt 的键或功能键"
        ),
    }
}
