//! Problems in a settings file, and their messages.

use super::cause;
use crate::app::keys::bindings::BINDINGS;
use crate::app::keys::keymap;
use crate::say;
use crate::words::Language;

/// A problem and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The line, from 1.
    pub line: usize,
    /// The char in the line, from 1.
    pub column: usize,
    /// The kind of problem.
    pub fault: Fault,
}

/// The kind of problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Invalid TOML, with the parser's message.
    Syntax(String),
    /// An unknown key.
    Unknown {
        /// The full name, such as `review.retention`.
        key: String,
        /// The closest known key.
        nearest: Option<String>,
    },
    /// A former name of a setting, an action or a table of key bindings. It still works.
    Renamed {
        /// The full name as written.
        old: String,
        /// The current name, without its table.
        new: String,
    },
    /// A value of the wrong type or out of range.
    Value {
        /// The full name of the key.
        key: String,
        /// The parser's message.
        cause: String,
        /// The default that is used instead, as written in `config.toml`.
        default: Option<String>,
    },
    /// The keys of an action are neither a string nor a list of strings. With the action's full name.
    NoKeys(String),
    /// `keys`, or a key in it, is not a table. With its full name.
    NoTable(String),
    /// A text that does not name a key.
    NoKey(String),
    /// The key is used elsewhere, or types text.
    Clash {
        /// The key or key sequence.
        key: String,
        /// What it clashes with.
        kind: keymap::ClashKind,
    },
}

impl ConfigProblem {
    /// Formats the problem in one line, without the file name.
    pub fn say(&self, language: Language) -> String {
        let Self { line, column, .. } = self;
        format!("{line}:{column}: {}", self.fault.say(language))
    }
}

impl Fault {
    fn say(&self, language: Language) -> String {
        match self {
            Self::Syntax(cause) => say!(language, "invalid TOML: {cause}", "TOML 格式错误：{cause}"),
            Self::Unknown { key, nearest: Some(nearest) } => {
                say!(
                    language,
                    "unknown key {key}; did you mean {nearest}?",
                    "没有 {key} 这个设置；是不是想写 {nearest}？"
                )
            }
            Self::Unknown { key, nearest: None } => say!(
                language,
                "unknown key {key}; “papers-tui config” lists all keys",
                "没有 {key} 这个设置；“papers-tui config”列出所有设置"
            ),
            Self::Renamed { old, new } => say!(
                language,
                "{old} still works, but is called {new} now; please rename it",
                "{old} 仍然有效，但现在叫 {new}；请改用新名称"
            ),
            Self::Value { key, cause, default } => {
                let is_list = match default {
                    Some(default) => default.starts_with('['),
                    // The values of tables in which any key is allowed are lists.
                    None => key.contains('.'),
                };
                let chinese = cause::chinese(cause);
                let gap = if chinese.starts_with("应写成") { " " } else { "：" };
                let said = language.pick(cause::english(key, cause, is_list), format!("{key}{gap}{chinese}"));
                match default {
                    None => say!(language, "{said}; ignored", "{said}；已忽略"),
                    Some(default) => {
                        say!(language, "{said}; using the default, {default}", "{said}；改用默认值 {default}")
                    }
                }
            }
            Self::NoKeys(action) => say!(
                language,
                "{action} must be a list of keys, such as [\"x\", \"Ctrl-P\", \"g g\"]; using the default keys",
                "{action} 必须是快捷键列表，如 [\"x\", \"Ctrl-P\", \"g g\"]；改用默认快捷键"
            ),
            Self::NoTable(table) => say!(
                language,
                "{table} must be a table, such as [keys.panes]; using the default keys",
                "{table} 必须是一个表，如 [keys.panes]；改用默认快捷键"
            ),
            Self::NoKey(text) => say!(
                language,
                "“{text}” is not a key; keys are written x, X, Space, Enter, Esc, F1, Ctrl-P, Alt-Down",
                "“{text}”不是有效的按键；写法如 x、X、Space、Enter、Esc、F1、Ctrl-P、Alt-Down"
            ),
            Self::Clash { key, kind } => clash(key, *kind, language),
        }
    }
}

fn clash(key: &str, kind: keymap::ClashKind, language: Language) -> String {
    let name = |line: usize| {
        let binding = &BINDINGS[line];
        format!("keys.{}.{}", binding.places(), binding.action.name())
    };
    match kind {
        keymap::ClashKind::Taken(line) => {
            let other = name(line);
            say!(
                language,
                "“{key}” no longer runs {other}; to hide this message, set the keys of {other} too",
                "“{key}”不再执行 {other}；为 {other} 另设快捷键，即可不再提示"
            )
        }
        keymap::ClashKind::Twice(line) => {
            let other = name(line);
            say!(
                language,
                "“{key}” is also a key of {other}, which keeps it",
                "“{key}”也是 {other} 的快捷键，仍归 {other} 使用"
            )
        }
        keymap::ClashKind::Text => say!(
            language,
            "“{key}” types text there; use a key with Ctrl or Alt, or a function key",
            "“{key}”在该界面用于输入文字；请用带 Ctrl 或 Alt 的组合键，或功能键"
        ),
    }
}
