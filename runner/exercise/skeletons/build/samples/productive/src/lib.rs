//! Tells lines that come again from new ones.

use std::collections::{BTreeMap, HashSet};

/// What is held, and since when.
#[derive(Default)]
pub struct Recent {
    room: usize,
    lines: u64,
    by_age: BTreeMap<u64, u64>,
    ids: HashSet<u64>,
}

impl Recent {
    pub fn new(room: usize) -> Recent {
        Recent {
            room,
            ..Default::default()
        }
    }

    pub fn is_new(&mut self, id: u64) -> bool {
        if self.room == 0 {
            return true;
        }
        if !self.ids.insert(id) {
            return false;
        }
        self.lines += 1;
        self.by_age.insert(self.lines, id);
        if self.by_age.len() > self.room {
            if let Some((_, oldest)) = self.by_age.pop_first() {
                self.ids.remove(&oldest);
            }
        }
        true
    }

    pub fn held(&self) -> usize {
        self.ids.len()
    }
}
