//! What the user says that numbered references stand for. Kept beside the log, not in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Titles of references.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Aliases {
    /// Which schema this is: [`Self::VERSION`] or an older one.
    pub version: u64,
    /// Titles by the digits of the reference.
    pub titles: BTreeMap<String, String>,
    /// What a newer version of this program has added.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Aliases {
    /// The version of the schema that this program writes.
    pub(crate) const VERSION: u64 = 1;

    /// What a reference stands for, if the user has said so.
    pub fn title(&self, id: &str) -> Option<&str> {
        self.titles.get(id).map(String::as_str)
    }

    /// Says what a reference stands for; an empty title undoes it.
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
