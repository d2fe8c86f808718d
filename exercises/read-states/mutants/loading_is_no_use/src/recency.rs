//! Values by key, in the order of their last use.
//!
//! The values lie in one `Vec`, without gaps; a doubly linked list of indices runs through it from the newest to the
//! oldest, and a map finds a key's index. Every operation touches at most the neighbours of one slot, and a warm map
//! allocates nothing.

use std::collections::HashMap;

/// A map from keys to values that knows which was used last.
#[derive(Debug)]
pub(crate) struct Recency<V> {
    index: HashMap<u64, usize>,
    slots: Vec<Slot<V>>,
    newest: Option<usize>,
    oldest: Option<usize>,
}

#[derive(Debug)]
struct Slot<V> {
    key: u64,
    value: V,
    newer: Option<usize>,
    older: Option<usize>,
}

impl<V> Recency<V> {
    pub(crate) fn new() -> Self {
        Recency {
            index: HashMap::new(),
            slots: Vec::new(),
            newest: None,
            oldest: None,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    /// The value of `key`, which stays as old as it was.
    pub(crate) fn peek(&self, key: u64) -> Option<&V> {
        let &at = self.index.get(&key)?;
        Some(&self.slots[at].value)
    }

    pub(crate) fn peek_mut(&mut self, key: u64) -> Option<&mut V> {
        let &at = self.index.get(&key)?;
        Some(&mut self.slots[at].value)
    }

    /// The value of `key`, which is the newest from now on.
    pub(crate) fn touch(&mut self, key: u64) -> Option<&mut V> {
        let &at = self.index.get(&key)?;
        if self.newest != Some(at) {
            self.unlink(at);
            self.link(at);
        }
        Some(&mut self.slots[at].value)
    }

    /// Adds `key` as the newest; an older value of the same key is dropped.
    pub(crate) fn insert(&mut self, key: u64, value: V) {
        if let Some(old) = self.touch(key) {
            *old = value;
            return;
        }
        let at = self.slots.len();
        self.slots.push(Slot {
            key,
            value,
            newer: None,
            older: None,
        });
        self.index.insert(key, at);
        self.link(at);
    }

    pub(crate) fn remove(&mut self, key: u64) -> Option<V> {
        let at = self.index.remove(&key)?;
        self.unlink(at);
        let removed = self.slots.swap_remove(at);
        self.settle(at);
        Some(removed.value)
    }

    pub(crate) fn remove_oldest(&mut self) -> Option<V> {
        let oldest = self.oldest?;
        self.remove(self.slots[oldest].key)
    }

    /// Makes the slot, which is in no list, the newest.
    fn link(&mut self, at: usize) {
        let second = self.newest.replace(at);
        self.slots[at].newer = None;
        self.slots[at].older = second;
        match second {
            Some(second) => self.slots[second].newer = Some(at),
            None => self.oldest = Some(at),
        }
    }

    /// Takes the slot out of the list.
    fn unlink(&mut self, at: usize) {
        let Slot { newer, older, .. } = self.slots[at];
        self.join(newer, older);
    }

    fn join(&mut self, newer: Option<usize>, older: Option<usize>) {
        match newer {
            Some(newer) => self.slots[newer].older = older,
            None => self.newest = older,
        }
        match older {
            Some(older) => self.slots[older].newer = newer,
            None => self.oldest = newer,
        }
    }

    /// The last slot was moved to `at`, where a gap was: tells its neighbours and the index.
    fn settle(&mut self, at: usize) {
        let Some(&Slot {
            key, newer, older, ..
        }) = self.slots.get(at)
        else {
            return; // the gap was at the end
        };
        self.index.insert(key, at);
        match newer {
            Some(newer) => self.slots[newer].older = Some(at),
            None => self.newest = Some(at),
        }
        match older {
            Some(older) => self.slots[older].newer = Some(at),
            None => self.oldest = Some(at),
        }
    }
}
