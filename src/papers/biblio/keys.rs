//! Keys of a bibliography, no two alike.

use std::collections::{HashMap, HashSet};

/// The keys that are used.
#[derive(Debug, Default)]
pub struct Keys {
    used: HashSet<String>,
    /// What is tried next behind a key: to try all numbers again would take long where thousands are alike.
    next: HashMap<String, usize>,
}

impl Keys {
    /// With keys that are used already.
    pub fn of(used: impl IntoIterator<Item = String>) -> Self {
        Self { used: used.into_iter().collect(), next: HashMap::new() }
    }

    /// The key, with a number behind it where it was used before.
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
    fn a_key_that_is_used_gets_a_number() {
        let mut keys = Keys::of(["emu-3".to_owned()]);
        assert_eq!(
            ["emu", "emu", "emu", "owl", "emu-2"].map(|key| keys.unused(key)),
            ["emu", "emu-2", "emu-4", "owl", "emu-2-2"]
        );
    }
}
