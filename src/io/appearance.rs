//! What was chosen in the panes of how they look, for the next start: a small document in the state
//! folder.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::sidecar::Document;

/// How the panes look.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Appearance {
    /// Which schema this is: [`Self::VERSION`](Document::VERSION) or an older one.
    pub version: u64,
    /// The name of the theme, if one was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// The code of the language, if one was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What newer programs keep here.
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

impl Document for Appearance {
    const NAME: &'static str = "appearance.json";
    const VERSION: u64 = 1;
}
