//! Makes citation keys unique.

use std::collections::{HashMap, HashSet};

/// The keys in use.
#[derive(Debug, Default)]
pub struct Keys {
    used: HashSet<String>,
    /// The next suffix to try for each key. Starting from 2 each time would be slow with thousands of equal keys.
    next: HashMap<String, usize>,
}

impl Keys {
    /// Starts with keys already in use.
    pub fn of(used: impl IntoIterator<Item = String>) -> Self {
        Self { used: used.into_iter().collect(), next: HashMap::new() }
    }

    /// Returns the key, with a numeric suffix if it is in use.
    pub fn unused(&mut self, key: &str) -> String {
        if self.used.insert(key.to_owned()) {
            return key.to_owned();
        }
        let next = self.next.entry(key.to_owned()).or_insert(2);
        loop {
            let numbered = format!("{key}-{next}");
            *next += 1;
            if self.used.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duplicate_key_gets_a_number() {
        let mut keys = Keys::of(["emu-3".to_owned()]);
        assert_eq!(
            ["emu", "emu", "emu", "owl", "emu-2"].map(|key| keys.unused(key)),
            ["emu", "emu-2", "emu-4", "owl", "emu-2-2"]
        );
    }
}
