//! A least-recently-used cache bounded by memory.

use std::hash::Hash;

use lru::LruCache;

/// A cache of values, each with its size in bytes.
pub struct Cache<K: Hash + Eq, V> {
    values: LruCache<K, (V, usize)>,
    bytes: usize,
    bound: usize,
}

impl<K: Hash + Eq, V> Cache<K, V> {
    /// An empty cache of at most `bound` bytes.
    pub fn new(bound: usize) -> Self {
        Self { values: LruCache::unbounded(), bytes: 0, bound }
    }

    /// Returns a value and marks it as just used.
    pub fn get(&mut self, key: &K) -> Option<&V> {
        self.values.get(key).map(|(value, _)| value)
    }

    /// Whether a value is cached; does not count as use.
    pub fn contains(&self, key: &K) -> bool {
        self.values.contains(key)
    }

    /// Inserts a value and evicts the least recently used until the cache fits its bound. Keys in `needed`, most
    /// urgent first, count as just used, so they are evicted last. The last value left stays, even if it is larger
    /// than the bound.
    pub fn insert<'a>(&mut self, key: K, value: V, bytes: usize, needed: impl DoubleEndedIterator<Item = &'a K>)
    where
        K: 'a,
    {
        if let Some((_, before)) = self.values.put(key, (value, bytes)) {
            self.bytes -= before;
        }
        self.bytes += bytes;
        for key in needed.rev() {
            self.values.promote(key);
        }
        while self.bytes > self.bound && self.values.len() > 1 {
            let Some((_, (_, bytes))) = self.values.pop_lru() else { break };
            self.bytes -= bytes;
        }
    }

    /// Drops all values.
    pub fn clear(&mut self) {
        self.values.clear();
        self.bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_recently_used_is_evicted() {
        let mut cache = Cache::new(10);
        for key in ["a", "b"] {
            cache.insert(key, (), 5, [].iter());
        }
        assert!(cache.get(&"a").is_some());
        cache.insert("c", (), 5, [].iter());
        assert_eq!(["a", "b", "c"].map(|key| cache.contains(&key)), [true, false, true]);
        cache.insert("c", (), 1, [].iter());
        assert_eq!(cache.bytes, 6, "what is put in again is counted once");
        cache.insert("huge", (), 50, [].iter());
        assert_eq!((cache.values.len(), cache.bytes), (1, 50));
        cache.clear();
        assert_eq!((cache.contains(&"huge"), cache.bytes), (false, 0));
    }

    #[test]
    fn needed_pictures_stay_most_urgent_longest() {
        let mut cache = Cache::new(10);
        for key in ["seen", "next", "later"] {
            cache.insert(key, (), 5, ["seen", "next", "later"].iter());
        }
        assert_eq!(["seen", "next", "later"].map(|key| cache.contains(&key)), [true, true, false]);
    }
}
