//! A theme of the user's own: a file in TOML with a colour for each thing, or for some.
//!
//! ```toml
//! base = "nord"              # gives what is not named here; without it “dark”
//! background = "#20242c"     # without it, of the base
//! accent = "#ff8800"
//! dim = "default"            # the terminal's own colour
//! error = "light-red"        # or one of its sixteen; or a number of the 256
//! ```

use std::fmt;

use ratatui::style::Color;
use toml::de::{DeTable, DeValue};

use super::choice::known;
use super::{Colours, known};
use crate::say;
use crate::words::Language;

/// What is wrong with a theme's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The line, from 1.
    pub line: usize,
    /// The column in chars, from 1.
    pub column: usize,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// No TOML, for this reason.
    Syntax(String),
    /// A key that means nothing here.
    Key(String),
    /// No colour.
    Colour(String),
    /// No theme of that name.
    Base(String),
}

impl Flaw {
    fn new(text: &str, at: usize, kind: Kind) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self { line: 1 + before.matches('\n').count(), column: 1 + line.chars().count(), kind }
    }

    /// What is wrong, and what would be right.
    pub fn say(&self, language: Language) -> String {
        match &self.kind {
            Kind::Syntax(reason) => say!(language, "this is not TOML: {reason}", "不是 TOML：{reason}"),
            Kind::Key(key) => {
                let keys = Colours::NAMES.join(", ");
                say!(
                    language,
                    "there is no colour “{key}”; there are base, {keys}",
                    "没有“{key}”这种颜色；可用：base、{keys}"
                )
            }
            Kind::Colour(value) => say!(
                language,
                "{value} is not a colour such as \"#1e66f5\", \"light-red\", \"default\" or \"208\"",
                "{value} 不是颜色；例如 \"#1e66f5\"、\"light-red\"、\"default\"、\"208\""
            ),
            Kind::Base(name) => say!(
                language,
                "there is no built-in theme “{name}”; there are {}",
                "没有内置主题“{name}”；可用：{}",
                known::ALL.map(|(name, _)| name).join(", ")
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

/// Reads a theme.
///
/// # Errors
/// The first thing in the file that is wrong.
pub fn parse(text: &str) -> Result<Colours, Flaw> {
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Flaw::new(text, at, Kind::Syntax(error.message().to_owned()))
    })?;
    let table = table.get_ref();
    let mut colours = match table.get("base") {
        None => known::DARK,
        Some(value) => {
            let name = value.get_ref().as_str().unwrap_or_default();
            known(name).ok_or_else(|| Flaw::new(text, value.span().start, Kind::Base(name.to_owned())))?
        }
    };
    for (key, value) in table {
        let name: &str = key.get_ref();
        if name == "base" {
            continue;
        }
        let slot = Colours::NAMES.iter().zip(colours.all_mut()).find(|(known, _)| **known == name);
        let Some((_, slot)) = slot else {
            return Err(Flaw::new(text, key.span().start, Kind::Key(name.to_owned())));
        };
        *slot = colour(value.get_ref()).ok_or_else(|| {
            let written = text.get(value.span()).unwrap_or_default();
            Flaw::new(text, value.span().start, Kind::Colour(written.to_owned()))
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
