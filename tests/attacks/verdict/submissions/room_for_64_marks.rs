//! A cache that keeps 64 marks of a user, in place, and drops the rest without a word. Copying them needs no heap, so that copies
//! are free by the count of allocations. (Family 45, for a number.)

use std::collections::HashMap;

const ROOM: usize = 64;

#[derive(Clone)]
pub struct Snapshot {
    user: u64,
    count: usize,
    marks: [(u64, u64); ROOM],
}

struct Slot {
    state: Snapshot,
    newer: usize,
    older: usize,
}

/// Slot 0 holds nobody: what is newer than it is the oldest.
pub struct ReadStates {
    capacity: usize,
    places: HashMap<u64, usize>,
    slots: Vec<Slot>,
}

impl ReadStates {
    pub fn new(capacity: usize) -> Self {
        let nobody = Slot {
            state: Snapshot::of(0),
            newer: 0,
            older: 0,
        };
        ReadStates {
            capacity,
            places: HashMap::new(),
            slots: vec![nobody],
        }
    }

    pub fn capacity(&self) -> usize {
        self.capacity
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    pub fn mark(&mut self, user: u64, channel: u64, message: u64) -> Option<Snapshot> {
        self.load(user, &[(channel, message)])
    }

    pub fn load(&mut self, user: u64, marks: &[(u64, u64)]) -> Option<Snapshot> {
        if let Some(at) = self.touch(user) {
            self.slots[at].state.advance(marks);
            return None;
        }
        let mut state = Snapshot::of(user);
        state.advance(marks);
        if self.capacity == 0 {
            return Some(state);
        }
        let mut gone = None;
        if self.len() == self.capacity {
            let oldest = self.slots[0].newer;
            gone = self.forget(self.slots[oldest].state.user);
        }
        let at = self.slots.len();
        self.slots.push(Slot {
            state,
            newer: at,
            older: at,
        });
        self.places.insert(user, at);
        self.link(at);
        gone
    }

    pub fn last_read(&mut self, user: u64, channel: u64) -> Option<u64> {
        let at = self.touch(user)?;
        self.slots[at].state.last_read(channel)
    }

    pub fn peek(&self, user: u64, channel: u64) -> Option<u64> {
        let &at = self.places.get(&user)?;
        self.slots[at].state.last_read(channel)
    }

    pub fn snapshot(&self, user: u64) -> Option<Snapshot> {
        let &at = self.places.get(&user)?;
        Some(Snapshot {
            ..self.slots[at].state
        })
    }

    pub fn forget(&mut self, user: u64) -> Option<Snapshot> {
        let at = self.places.remove(&user)?;
        self.unlink(at);
        let last = self.slots.len() - 1;
        if at != last {
            self.unlink_and_move(last, at);
        }
        self.slots.pop().map(|slot| slot.state)
    }

    fn unlink_and_move(&mut self, last: usize, at: usize) {
        let (newer, older) = (self.slots[last].newer, self.slots[last].older);
        self.slots.swap(last, at);
        self.slots[newer].older = at;
        self.slots[older].newer = at;
        self.places.insert(self.slots[at].state.user, at);
    }

    fn touch(&mut self, user: u64) -> Option<usize> {
        let &at = self.places.get(&user)?;
        self.unlink(at);
        self.link(at);
        Some(at)
    }

    fn unlink(&mut self, at: usize) {
        let (newer, older) = (self.slots[at].newer, self.slots[at].older);
        self.slots[newer].older = older;
        self.slots[older].newer = newer;
    }

    fn link(&mut self, at: usize) {
        let newest = self.slots[0].older;
        self.slots[at].newer = 0;
        self.slots[at].older = newest;
        self.slots[newest].newer = at;
        self.slots[0].older = at;
    }
}

impl Snapshot {
    fn of(user: u64) -> Self {
        Snapshot {
            user,
            count: 0,
            marks: [(0, 0); ROOM],
        }
    }

    pub fn user(&self) -> u64 {
        self.user
    }

    pub fn last_read(&self, channel: u64) -> Option<u64> {
        let at = self.find(channel).ok()?;
        Some(self.marks[at].1)
    }

    pub fn marks(&self) -> &[(u64, u64)] {
        &self.marks[..self.count]
    }

    fn find(&self, channel: u64) -> Result<usize, usize> {
        self.marks().binary_search_by_key(&channel, |mark| mark.0)
    }

    fn advance(&mut self, news: &[(u64, u64)]) {
        for &(channel, message) in news {
            match self.find(channel) {
                Ok(at) => self.marks[at].1 = self.marks[at].1.max(message),
                Err(at) if self.count < ROOM => {
                    self.marks.copy_within(at..self.count, at + 1);
                    self.marks[at] = (channel, message);
                    self.count += 1;
                }
                Err(_) => {}
            }
        }
    }
}
