//! Tells lines that come again from new ones, with a ring of ids that never grows.

/// The ids of the last lines that were new.
pub struct Recent {
    ring: Box<[u64]>,
    held: usize,
    /// Where the next id goes: the place of the oldest, once the ring is full.
    next: usize,
}

impl Recent {
    pub fn new(room: usize) -> Recent {
        Recent {
            ring: vec![0; room].into_boxed_slice(),
            held: 0,
            next: 0,
        }
    }

    pub fn is_new(&mut self, id: u64) -> bool {
        if self.ring[..self.held].contains(&id) {
            return false;
        }
        if let Some(place) = self.ring.get_mut(self.next) {
            *place = id;
            self.next = (self.next + 1) % self.ring.len();
            self.held = self.ring.len().min(self.held + 1);
        }
        true
    }

    pub fn held(&self) -> usize {
        self.held
    }
}
