//! User-defined themes: TOML files that set all colours or some of them.
//!
//! ```toml
//! base = "nord"              # supplies missing colours; “dark” by default
//! background = "#20242c"
//! accent = "#ff8800"
//! dim = "default"            # the terminal's own colour
//! error = "light-red"        # a name of the sixteen ANSI colours, or a number up to 255
//! ```

use std::fmt;

use ratatui::style::Color;
use toml::de::{DeTable, DeValue};

use super::choice::known;
use super::{Colours, known};
use crate::say;
use crate::words::Language;

/// An error in a theme file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, in chars, counted from 1.
    pub column: usize,
    kind: ProblemKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum ProblemKind {
    /// Invalid TOML, with the reason.
    Syntax(String),
    /// An unknown key.
    Key(String),
    /// An invalid colour.
    Colour(String),
    /// An unknown base theme.
    Base(String),
}

impl Flaw {
    fn new(text: &str, at: usize, kind: ProblemKind) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self { line: 1 + before.matches('\n').count(), column: 1 + line.chars().count(), kind }
    }

    /// The error, and what would be valid.
    pub(crate) fn say(&self, language: Language) -> String {
        match &self.kind {
            ProblemKind::Syntax(reason) => say!(language, "invalid TOML: {reason}", "TOML 格式错误：{reason}"),
            ProblemKind::Key(key) => {
                let keys = Colours::NAMES.join(language.comma());
                say!(language, "unknown key “{key}”; valid keys: base, {keys}", "未知的键“{key}”；可用：base、{keys}")
            }
            ProblemKind::Colour(value) => say!(
                language,
                "{value} is not a colour; write \"#1e66f5\", \"light-red\", \"default\" or \"208\", for example",
                "{value} 不是颜色；例如 \"#1e66f5\"、\"light-red\"、\"default\"、\"208\""
            ),
            ProblemKind::Base(name) => say!(
                language,
                "unknown theme “{name}”; built-in themes: {}",
                "没有名为“{name}”的内置主题；可用：{}",
                known::ALL.map(|(name, _)| name).join(language.comma())
            ),
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.say(Language::English))
    }
}

impl std::error::Error for Flaw {}

/// Parses a theme file.
///
/// # Errors
/// The first error in the file.
pub fn parse(text: &str) -> Result<Colours, Flaw> {
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Flaw::new(text, at, ProblemKind::Syntax(error.message().to_owned()))
    })?;
    let table = table.get_ref();
    let mut colours = match table.get("base") {
        None => known::DARK,
        Some(value) => {
            let name = value.get_ref().as_str().unwrap_or_default();
            known(name).ok_or_else(|| Flaw::new(text, value.span().start, ProblemKind::Base(name.to_owned())))?
        }
    };
    for (key, value) in table {
        let name: &str = key.get_ref();
        if name == "base" {
            continue;
        }
        let slot = Colours::NAMES.iter().zip(colours.all_mut()).find(|(known, _)| **known == name);
        let Some((_, slot)) = slot else {
            return Err(Flaw::new(text, key.span().start, ProblemKind::Key(name.to_owned())));
        };
        *slot = colour(value.get_ref()).ok_or_else(|| {
            let written = text.get(value.span()).unwrap_or_default();
            Flaw::new(text, value.span().start, ProblemKind::Colour(written.to_owned()))
        })?;
    }
    Ok(colours)
}

fn colour(value: &DeValue<'_>) -> Option<Color> {
    match value.as_str()? {
        "default" => Some(Color::Reset),
        name => name.parse().ok(),
    }
}
