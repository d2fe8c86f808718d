//! Who has read what: a bounded cache of last-read marks.
//!
//! The entries form a ring of indices through a slab. Entry 0 is a sentinel: what follows it was used last, what precedes
//! it goes next. Places of users who left are kept in a stack and used again, so a warm cache never allocates.

#![warn(missing_docs, clippy::pedantic)]

use std::collections::HashMap;
use std::sync::Arc;

const SENTINEL: usize = 0;

/// The cache: at most a given number of users, each with all of their marks.
#[derive(Debug)]
pub struct ReadStates {
    capacity: usize,
    places: HashMap<u64, usize>,
    ring: Vec<Entry>,
    vacant: Vec<usize>,
}

/// One user's marks at one moment: a shared handle, cheap to take, clone and send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    user: u64,
    marks: Arc<Vec<(u64, u64)>>,
}

#[derive(Debug)]
struct Entry {
    state: Snapshot,
    before: usize,
    after: usize,
}

impl Entry {
    fn alone(state: Snapshot, at: usize) -> Self {
        Self {
            state,
            before: at,
            after: at,
        }
    }
}

impl ReadStates {
    /// An empty cache for at most `capacity` users.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity,
            places: HashMap::new(),
            ring: vec![Entry::alone(Snapshot::empty(0), SENTINEL)],
            vacant: Vec::new(),
        }
    }

    /// How many users there is room for.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// How many users are in the cache.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether nobody is in the cache.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// `user` has read `channel` up to `message`. Returns the user who had to go, if one had to.
    pub fn mark(&mut self, user: u64, channel: u64, message: u64) -> Option<Snapshot> {
        self.load(user, &[(channel, message)])
    }

    /// Merges what the database knows of `user`: the furthest message of each channel wins. Returns the user who had to
    /// go, if one had to.
    pub fn load(&mut self, user: u64, marks: &[(u64, u64)]) -> Option<Snapshot> {
        if let Some(state) = self.touch(user) {
            state.merge(marks);
            return None;
        }
        let mut state = Snapshot::empty(user);
        state.merge(marks);
        if self.capacity == 0 {
            return Some(state);
        }
        let oldest = self.ring[SENTINEL].before;
        let evicted = if self.len() < self.capacity {
            None
        } else {
            self.forget(self.ring[oldest].state.user)
        };
        self.admit(state);
        evicted
    }

    /// How far `user` has read `channel`; a use of the user.
    pub fn last_read(&mut self, user: u64, channel: u64) -> Option<u64> {
        self.touch(user)?.last_read(channel)
    }

    /// How far `user` has read `channel`; not a use.
    #[must_use]
    pub fn peek(&self, user: u64, channel: u64) -> Option<u64> {
        let &at = self.places.get(&user)?;
        self.ring[at].state.last_read(channel)
    }

    /// The marks of `user` as they are now; not a use. Costs one reference count.
    #[must_use]
    pub fn snapshot(&self, user: u64) -> Option<Snapshot> {
        let &at = self.places.get(&user)?;
        Some(self.ring[at].state.clone())
    }

    /// Takes `user` out of the cache.
    pub fn forget(&mut self, user: u64) -> Option<Snapshot> {
        let at = self.places.remove(&user)?;
        self.unlink(at);
        self.vacant.push(at);
        // what stays behind is empty, so the marks are gone from here when the caller drops them
        Some(std::mem::replace(
            &mut self.ring[at].state,
            Snapshot::empty(user),
        ))
    }

    fn touch(&mut self, user: u64) -> Option<&mut Snapshot> {
        let &at = self.places.get(&user)?;
        self.unlink(at);
        self.link(at);
        Some(&mut self.ring[at].state)
    }

    fn admit(&mut self, state: Snapshot) {
        let user = state.user;
        let at = if let Some(at) = self.vacant.pop() {
            self.ring[at].state = state;
            at
        } else {
            let at = self.ring.len();
            self.ring.push(Entry::alone(state, at));
            at
        };
        self.places.insert(user, at);
        self.link(at);
    }

    fn unlink(&mut self, at: usize) {
        let Entry { before, after, .. } = self.ring[at];
        self.ring[before].after = after;
        self.ring[after].before = before;
    }

    fn link(&mut self, at: usize) {
        let second = self.ring[SENTINEL].after;
        self.ring[at].before = SENTINEL;
        self.ring[at].after = second;
        self.ring[SENTINEL].after = at;
        self.ring[second].before = at;
    }
}

impl Snapshot {
    fn empty(user: u64) -> Self {
        Self {
            user,
            marks: Arc::default(),
        }
    }

    /// Whose marks these are.
    #[must_use]
    pub fn user(&self) -> u64 {
        self.user
    }

    /// How far the user had read `channel`.
    #[must_use]
    pub fn last_read(&self, channel: u64) -> Option<u64> {
        self.find(channel).ok().map(|at| self.marks[at].1)
    }

    /// (channel, message), ascending by channel.
    #[must_use]
    pub fn marks(&self) -> &[(u64, u64)] {
        &self.marks
    }

    fn find(&self, channel: u64) -> Result<usize, usize> {
        self.marks.binary_search_by_key(&channel, |mark| mark.0)
    }

    /// Copies the marks first, but only if a reader holds them and something really moves.
    fn merge(&mut self, news: &[(u64, u64)]) {
        for &(channel, message) in news {
            match self.find(channel) {
                Ok(at) if self.marks[at].1 < message => {
                    Arc::make_mut(&mut self.marks)[at].1 = message;
                }
                Ok(_) => {}
                Err(at) => Arc::make_mut(&mut self.marks).insert(at, (channel, message)),
            }
        }
    }
}
