//! Values by key, each with the time of its last use.

use std::collections::HashMap;

/// A map from keys to values that knows which was used last.
#[derive(Debug)]
pub(crate) struct Recency<V> {
    values: HashMap<u64, (u64, V)>,
    clock: u64,
}

impl<V> Recency<V> {
    pub(crate) fn new() -> Self {
        Recency {
            values: HashMap::new(),
            clock: 0,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// The value of `key`, which stays as old as it was.
    pub(crate) fn peek(&self, key: u64) -> Option<&V> {
        self.values.get(&key).map(|(_, value)| value)
    }

    /// The value of `key`, which is the newest from now on.
    pub(crate) fn touch(&mut self, key: u64) -> Option<&mut V> {
        self.clock += 1;
        let (used, value) = self.values.get_mut(&key)?;
        *used = self.clock;
        Some(value)
    }

    pub(crate) fn insert(&mut self, key: u64, value: V) {
        self.clock += 1;
        self.values.insert(key, (self.clock, value));
    }

    pub(crate) fn remove(&mut self, key: u64) -> Option<V> {
        self.values.remove(&key).map(|(_, value)| value)
    }

    pub(crate) fn remove_oldest(&mut self) -> Option<V> {
        let (&oldest, _) = self.values.iter().min_by_key(|(_, (used, _))| *used)?;
        self.remove(oldest)
    }
}
