//! An honest cache that is wrong: a channel that was never marked reads as 0.

use std::collections::{BTreeMap, HashMap};

#[derive(Debug, Default)]
pub struct ReadStates {
    capacity: usize,
    users: HashMap<u64, Entry>,
    /// Time of last use, and the user.
    by_age: BTreeMap<u64, u64>,
    clock: u64,
}

#[derive(Debug, Default)]
struct Entry {
    used: u64,
    marks: BTreeMap<u64, u64>,
}

#[derive(Clone, Debug)]
pub struct Snapshot {
    user: u64,
    marks: Vec<(u64, u64)>,
}

impl ReadStates {
    pub fn new(capacity: usize) -> ReadStates {
        ReadStates {
            capacity,
            ..Default::default()
        }
    }

    pub fn capacity(&self) -> usize {
        self.capacity
    }

    pub fn len(&self) -> usize {
        self.users.len()
    }

    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }

    pub fn mark(&mut self, user: u64, channel: u64, message: u64) -> Option<Snapshot> {
        self.load(user, &[(channel, message)])
    }

    pub fn load(&mut self, user: u64, marks: &[(u64, u64)]) -> Option<Snapshot> {
        let mut gone = None;
        if self.touch(user).is_none() {
            if self.users.len() >= self.capacity {
                gone = self.by_age.first_key_value().map(|(_, &user)| user);
            }
            let used = self.tick();
            self.by_age.insert(used, user);
            let marks = BTreeMap::new();
            self.users.insert(user, Entry { used, marks });
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
        self.forget(gone?)
    }

    pub fn last_read(&mut self, user: u64, channel: u64) -> Option<u64> {
        self.touch(user)?.marks.get(&channel).copied()
    }

    pub fn peek(&self, user: u64, channel: u64) -> Option<u64> {
        Some(
            self.users
                .get(&user)?
                .marks
                .get(&channel)
                .copied()
                .unwrap_or(0),
        )
    }

    pub fn snapshot(&self, user: u64) -> Option<Snapshot> {
        let entry = self.users.get(&user)?;
        Some(Snapshot::new(user, &entry.marks))
    }

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
}

impl Snapshot {
    fn new(user: u64, marks: &BTreeMap<u64, u64>) -> Snapshot {
        let marks = marks.iter().map(|(&channel, &mark)| (channel, mark));
        Snapshot {
            user,
            marks: marks.collect(),
        }
    }

    pub fn user(&self) -> u64 {
        self.user
    }

    pub fn last_read(&self, channel: u64) -> Option<u64> {
        let at = self.marks.binary_search_by_key(&channel, |mark| mark.0);
        at.ok().map(|at| self.marks[at].1)
    }

    pub fn marks(&self) -> &[(u64, u64)] {
        &self.marks
    }
}
