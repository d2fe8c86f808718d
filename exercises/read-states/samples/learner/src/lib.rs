//! Read states cache

use std::collections::HashMap;

pub struct ReadStates {
    capacity: usize,
    users: HashMap<u64, HashMap<u64, u64>>,
    // least recently used user is first
    order: Vec<u64>,
}

#[derive(Clone)]
pub struct Snapshot {
    user: u64,
    marks: Vec<(u64, u64)>,
}

fn make_snapshot(user: u64, map: HashMap<u64, u64>) -> Snapshot {
    let mut marks: Vec<(u64, u64)> = Vec::new();
    for (channel, message) in map.iter() {
        marks.push((channel.clone(), message.clone()));
    }
    marks.sort();
    Snapshot { user: user, marks: marks }
}

impl ReadStates {
    pub fn new(capacity: usize) -> ReadStates {
        ReadStates { capacity: capacity, users: HashMap::new(), order: Vec::new() }
    }

    pub fn capacity(&self) -> usize {
        return self.capacity;
    }

    pub fn len(&self) -> usize {
        return self.users.len();
    }

    pub fn is_empty(&self) -> bool {
        return self.users.len() == 0;
    }

    // move the user to the end of the order
    fn touch(&mut self, user: u64) {
        self.order = self.order.clone().into_iter().filter(|u| *u != user).collect();
        self.order.push(user);
    }

    pub fn mark(&mut self, user: u64, channel: u64, message: u64) -> Option<Snapshot> {
        self.load(user, &vec![(channel, message)])
    }

    pub fn load(&mut self, user: u64, marks: &[(u64, u64)]) -> Option<Snapshot> {
        let mut evicted = None;
        if !self.users.contains_key(&user) {
            if self.capacity == 0 {
                let mut map = HashMap::new();
                for (channel, message) in marks.to_vec() {
                    map.insert(channel, message);
                }
                return Some(make_snapshot(user, map));
            }
            if self.users.len() >= self.capacity {
                // remove the oldest
                let oldest = self.order[0].clone();
                self.order.remove(0);
                let map = self.users.get(&oldest).unwrap().clone();
                self.users.remove(&oldest);
                evicted = Some(make_snapshot(oldest, map));
            }
            self.users.insert(user, HashMap::new());
        }
        self.touch(user);
        let mut map = self.users.get(&user).unwrap().clone();
        for (channel, message) in marks.to_vec() {
            if map.contains_key(&channel) {
                let old = map.get(&channel).unwrap().clone();
                if message > old {
                    map.insert(channel, message);
                }
            } else {
                map.insert(channel, message);
            }
        }
        self.users.insert(user, map);
        evicted
    }

    pub fn last_read(&mut self, user: u64, channel: u64) -> Option<u64> {
        if self.users.contains_key(&user) {
            self.touch(user);
        }
        self.peek(user, channel)
    }

    pub fn peek(&self, user: u64, channel: u64) -> Option<u64> {
        if self.users.contains_key(&user) {
            let map = self.users.get(&user).unwrap().clone();
            if map.contains_key(&channel) {
                return Some(map.get(&channel).unwrap().clone());
            }
        }
        None
    }

    pub fn snapshot(&self, user: u64) -> Option<Snapshot> {
        if self.users.contains_key(&user) {
            let map = self.users.get(&user).unwrap().clone();
            Some(make_snapshot(user, map))
        } else {
            None
        }
    }

    pub fn forget(&mut self, user: u64) -> Option<Snapshot> {
        let snapshot = self.snapshot(user);
        self.users.remove(&user);
        self.order = self.order.clone().into_iter().filter(|u| *u != user).collect();
        snapshot
    }
}

impl Snapshot {
    pub fn user(&self) -> u64 {
        return self.user;
    }

    pub fn last_read(&self, channel: u64) -> Option<u64> {
        for i in 0..self.marks.len() {
            if self.marks[i].0 == channel {
                return Some(self.marks[i].1);
            }
        }
        None
    }

    pub fn marks(&self) -> &[(u64, u64)] {
        &self.marks
    }
}
