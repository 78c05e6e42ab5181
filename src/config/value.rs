//! Deserialises values that have rules of their own.

use serde::de::{Deserializer, Error, Unexpected};
use serde::{Deserialize, Serialize};

/// The error for a command with an open quote.
pub const UNCLOSED: &str = "it has an unclosed quote";

/// A command line, split into words like a shell does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct CommandWords(pub Vec<String>);

impl TryFrom<String> for CommandWords {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        shell_words::split(&text).map(Self).map_err(|_| UNCLOSED)
    }
}

impl From<CommandWords> for String {
    fn from(words: CommandWords) -> Self {
        shell_words::join(words.0)
    }
}

/// An integer from `LEAST` to `MOST`.
pub fn within<'de, D: Deserializer<'de>, const LEAST: u16, const MOST: u16>(value: D) -> Result<u16, D::Error> {
    let number = i64::deserialize(value)?;
    let wanted = u16::try_from(number).ok().filter(|number| (LEAST..=MOST).contains(number));
    wanted.ok_or_else(|| {
        D::Error::invalid_value(Unexpected::Signed(number), &format!("a number from {LEAST} to {MOST}").as_str())
    })
}

/// A recall probability from 0.7 to 0.99: below, too much is forgotten; above, intervals hardly exceed a day.
pub fn retention<'de, D: Deserializer<'de>>(value: D) -> Result<f32, D::Error> {
    let number = f64::deserialize(value)?;
    if (0.7..=0.99).contains(&number) {
        #[expect(clippy::cast_possible_truncation, reason = "a probability needs no more digits")]
        return Ok(number as f32);
    }
    Err(D::Error::invalid_value(Unexpected::Other(&number.to_string()), &"a number from 0.7 to 0.99"))
}
