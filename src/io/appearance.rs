//! Remembers the theme and language chosen in the interface. Stored in the state folder.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::sidecar::Document;

/// The last choices in the interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Appearance {
    /// The schema version: [`Self::VERSION`](Document::VERSION) or older.
    pub version: u64,
    /// The name of the theme, if one was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// The code of the language, if one was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Fields of newer versions.
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

impl Document for Appearance {
    const NAME: &'static str = "appearance.json";
    const VERSION: u64 = 1;
}
