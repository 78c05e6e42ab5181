//! Names that the user gave to numbered references. Kept beside the log, not in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The user's titles for numbered references.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Aliases {
    /// Schema version: [`Self::VERSION`] or older.
    pub version: u64,
    /// Titles by reference id.
    pub titles: BTreeMap<String, String>,
    /// Fields written by a newer version; kept on saving.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Aliases {
    /// The current schema version.
    pub(crate) const VERSION: u64 = 1;

    /// The title given to a reference, if any.
    pub(crate) fn title(&self, id: &str) -> Option<&str> {
        self.titles.get(id).map(String::as_str)
    }

    /// Names a reference; an empty title removes the name.
    pub fn name(&mut self, id: &str, title: &str) {
        if title.is_empty() {
            self.titles.remove(id);
        } else {
            self.titles.insert(id.to_owned(), title.to_owned());
        }
    }
}

impl Default for Aliases {
    fn default() -> Self {
        Self { version: Self::VERSION, titles: BTreeMap::new(), unknown: Map::new() }
    }
}
