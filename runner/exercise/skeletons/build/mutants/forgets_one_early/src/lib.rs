//! Tells lines that come again from new ones.

use std::collections::VecDeque;

/// The ids of the last lines that were new, the oldest first.
pub struct Recent {
    ids: VecDeque<u64>,
    room: usize,
}

impl Recent {
    /// A window of `room` ids; all memory is taken here.
    pub fn new(room: usize) -> Recent {
        Recent {
            ids: VecDeque::with_capacity(room),
            room,
        }
    }

    /// Whether `id` is not held; it is from now on.
    pub fn is_new(&mut self, id: u64) -> bool {
        if self.ids.contains(&id) {
            return false;
        }
        if self.ids.len() + 1 >= self.room {
            self.ids.pop_front();
        }
        if self.room > 0 {
            self.ids.push_back(id);
        }
        true
    }

    /// How many ids are held.
    pub fn held(&self) -> usize {
        self.ids.len()
    }
}
