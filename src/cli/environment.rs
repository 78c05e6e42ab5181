//! Environment variables that stand for options. An empty variable counts as unset.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::say;
use crate::words::Language;

/// The value of a variable; `None` if it is unset or empty.
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The log named in `PAPERS_TUI_LOG`.
pub fn log() -> Option<PathBuf> {
    variable("PAPERS_TUI_LOG").map(PathBuf::from)
}

/// The value of a variable that takes one of the `known` values.
///
/// # Errors
/// If it has another value. The error names the variable.
pub fn choice<T>(
    name: &str,
    known: &[&str],
    value: impl Fn(&str) -> Option<T>,
    language: Language,
) -> anyhow::Result<Option<T>> {
    let Some(text) = variable(name) else { return Ok(None) };
    match text.to_str().and_then(value) {
        Some(value) => Ok(Some(value)),
        None => {
            let (text, known) = (text.to_string_lossy(), known.join(language.comma()));
            anyhow::bail!(say!(
                language,
                "{name}: “{text}” is not one of {known}",
                "{name}：“{text}”无效；可用：{known}"
            ))
        }
    }
}
