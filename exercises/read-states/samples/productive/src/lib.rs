//! A bounded cache of last-read marks with least-recently-used eviction.

use std::collections::{BTreeMap, HashMap};

/// The cache: at most `capacity` users, each with all of their marks.
#[derive(Debug, Default)]
pub struct ReadStates {
    capacity: usize,
    users: HashMap<u64, Entry>,
    /// Time of last use -> user. The first entry is the next to go.
    by_age: BTreeMap<u64, u64>,
    clock: u64,
}

#[derive(Debug, Default)]
struct Entry {
    used: u64,
    marks: BTreeMap<u64, u64>,
}

/// One user's marks at one moment, copied out of the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    user: u64,
    marks: Vec<(u64, u64)>,
}

impl ReadStates {
    /// An empty cache for at most `capacity` users.
    pub fn new(capacity: usize) -> ReadStates {
        ReadStates {
            capacity,
            ..Default::default()
        }
    }

    /// How many users there is room for.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// How many users are in the cache.
    pub fn len(&self) -> usize {
        self.users.len()
    }

    /// Whether nobody is in the cache.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }

    /// Records one mark; see [`ReadStates::load`].
    pub fn mark(&mut self, user: u64, channel: u64, message: u64) -> Option<Snapshot> {
        self.load(user, &[(channel, message)])
    }

    /// Merges marks into a user, who is brought in first if need be. Returns the user pushed out for that.
    pub fn load(&mut self, user: u64, marks: &[(u64, u64)]) -> Option<Snapshot> {
        let mut evicted = None;
        if self.touch(user).is_none() {
            if self.users.len() >= self.capacity {
                evicted = self.evict_oldest();
            }
            self.admit(user);
        }
        if let Some(entry) = self.users.get_mut(&user) {
            for &(channel, message) in marks {
                let mark = entry.marks.entry(channel).or_insert(message);
                *mark = message.max(*mark);
            }
        }
        if self.capacity == 0 {
            return self.forget(user);
        }
        evicted
    }

    /// The user's mark in a channel. Counts as a use.
    pub fn last_read(&mut self, user: u64, channel: u64) -> Option<u64> {
        self.touch(user)?.marks.get(&channel).copied()
    }

    /// The user's mark in a channel, without counting as a use.
    pub fn peek(&self, user: u64, channel: u64) -> Option<u64> {
        self.users.get(&user)?.marks.get(&channel).copied()
    }

    /// A copy of all marks of the user.
    pub fn snapshot(&self, user: u64) -> Option<Snapshot> {
        let entry = self.users.get(&user)?;
        Some(Snapshot::new(user, &entry.marks))
    }

    /// Removes the user and returns their marks.
    pub fn forget(&mut self, user: u64) -> Option<Snapshot> {
        let entry = self.users.remove(&user)?;
        self.by_age.remove(&entry.used);
        Some(Snapshot::new(user, &entry.marks))
    }

    fn tick(&mut self) -> u64 {
        self.clock += 1;
        self.clock
    }

    fn touch(&mut self, user: u64) -> Option<&mut Entry> {
        let now = self.tick();
        let entry = self.users.get_mut(&user)?;
        self.by_age.remove(&entry.used);
        self.by_age.insert(now, user);
        entry.used = now;
        Some(entry)
    }

    fn admit(&mut self, user: u64) {
        let used = self.tick();
        let marks = BTreeMap::new();
        self.by_age.insert(used, user);
        self.users.insert(user, Entry { used, marks });
    }

    fn evict_oldest(&mut self) -> Option<Snapshot> {
        let (_, user) = self.by_age.pop_first()?;
        self.forget(user)
    }
}

impl Snapshot {
    fn new(user: u64, marks: &BTreeMap<u64, u64>) -> Snapshot {
        let marks = marks.iter().map(|(&channel, &mark)| (channel, mark));
        Snapshot {
            user,
            marks: marks.collect(),
        }
    }

    /// Whose marks these are.
    pub fn user(&self) -> u64 {
        self.user
    }

    /// The mark in a channel at the time of the snapshot.
    pub fn last_read(&self, channel: u64) -> Option<u64> {
        let at = self.marks.binary_search_by_key(&channel, |mark| mark.0);
        at.ok().map(|at| self.marks[at].1)
    }

    /// (channel, message), ascending by channel.
    pub fn marks(&self) -> &[(u64, u64)] {
        &self.marks
    }
}
