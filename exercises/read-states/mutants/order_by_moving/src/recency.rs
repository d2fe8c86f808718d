//! Values by key, in the order of their last use.

use std::collections::HashMap;

/// A map from keys to values that knows which was used last.
#[derive(Debug)]
pub(crate) struct Recency<V> {
    /// When each was used last, and its value.
    values: HashMap<u64, (u64, V)>,
    /// (time, key), ascending, without gaps.
    order: Vec<(u64, u64)>,
    clock: u64,
}

impl<V> Recency<V> {
    pub(crate) fn new() -> Self {
        Recency {
            values: HashMap::new(),
            order: Vec::new(),
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
        let (used, value) = self.values.get_mut(&key)?;
        self.clock += 1;
        if let Ok(at) = self.order.binary_search(&(*used, key)) {
            self.order.remove(at);
        }
        *used = self.clock;
        self.order.push((self.clock, key));
        Some(value)
    }

    /// Adds `key` as the newest; an older value of the same key is dropped.
    pub(crate) fn insert(&mut self, key: u64, value: V) {
        self.remove(key);
        self.clock += 1;
        self.values.insert(key, (self.clock, value));
        self.order.push((self.clock, key));
    }

    pub(crate) fn remove(&mut self, key: u64) -> Option<V> {
        let (used, value) = self.values.remove(&key)?;
        if let Ok(at) = self.order.binary_search(&(used, key)) {
            self.order.remove(at);
        }
        Some(value)
    }

    pub(crate) fn remove_oldest(&mut self) -> Option<V> {
        let &(_, oldest) = self.order.first()?;
        self.remove(oldest)
    }
}
