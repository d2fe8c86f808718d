//! A cache that moves the entries of all users at each use, against rule 8, by a copy of memory that std brings optimised: fast
//! enough for the number of users and the time that the test gives. (Family 45, for a number.)

use std::collections::HashMap;
use std::sync::Arc;

type Marks = Vec<(u64, u64)>;

pub struct ReadStates {
    capacity: usize,
    /// When each was used last, and the marks.
    users: HashMap<u64, (u64, Arc<Marks>)>,
    /// (time, user), ascending.
    order: Vec<(u64, u64)>,
    clock: u64,
}

pub struct Snapshot {
    user: u64,
    marks: Arc<Marks>,
}

fn find(marks: &[(u64, u64)], channel: u64) -> Option<u64> {
    match marks.binary_search_by_key(&channel, |mark| mark.0) {
        Ok(at) => Some(marks[at].1),
        Err(_) => None,
    }
}

impl ReadStates {
    pub fn new(capacity: usize) -> Self {
        ReadStates {
            capacity,
            users: HashMap::new(),
            order: Vec::new(),
            clock: 0,
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
        if self.touch(user) {
            if let Some((_, known)) = self.users.get_mut(&user) {
                advance(known, marks);
            }
            return None;
        }
        let mut fresh = Arc::default();
        advance(&mut fresh, marks);
        if self.capacity == 0 {
            return Some(Snapshot::of(user, fresh));
        }
        let mut gone = None;
        if self.len() == self.capacity {
            let (_, oldest) = self.order[0];
            gone = self.forget(oldest);
        }
        self.users.insert(user, (self.clock, fresh));
        self.order.push((self.clock, user));
        gone
    }

    pub fn last_read(&mut self, user: u64, channel: u64) -> Option<u64> {
        self.touch(user);
        self.peek(user, channel)
    }

    pub fn peek(&self, user: u64, channel: u64) -> Option<u64> {
        let answer = self
            .users
            .get(&user)
            .and_then(|(_, marks)| find(marks, channel));
        answer
    }

    pub fn snapshot(&self, user: u64) -> Option<Snapshot> {
        let (_, marks) = self.users.get(&user)?;
        Some(Snapshot::of(user, Arc::clone(marks)))
    }

    pub fn forget(&mut self, user: u64) -> Option<Snapshot> {
        let (at, marks) = self.users.remove(&user)?;
        self.leave(at);
        Some(Snapshot::of(user, marks))
    }

    fn leave(&mut self, time: u64) {
        if let Ok(at) = self.order.binary_search_by_key(&time, |entry| entry.0) {
            self.order.remove(at);
        }
    }

    /// Whether the user is in, and is the newest now.
    fn touch(&mut self, user: u64) -> bool {
        self.clock += 1;
        let Some((at, _)) = self.users.get_mut(&user) else {
            return false;
        };
        let before = std::mem::replace(at, self.clock);
        self.leave(before);
        self.order.push((self.clock, user));
        true
    }
}

impl Snapshot {
    fn of(user: u64, marks: Arc<Marks>) -> Self {
        Snapshot { user, marks }
    }

    pub fn user(&self) -> u64 {
        self.user
    }

    pub fn last_read(&self, channel: u64) -> Option<u64> {
        find(&self.marks, channel)
    }

    pub fn marks(&self) -> &[(u64, u64)] {
        &self.marks
    }
}

impl Clone for Snapshot {
    fn clone(&self) -> Self {
        Snapshot::of(self.user, Arc::clone(&self.marks))
    }
}

/// Moves marks forward; copies first where a snapshot holds them and something moves.
fn advance(marks: &mut Arc<Marks>, news: &[(u64, u64)]) {
    for &(channel, message) in news {
        match marks.binary_search_by_key(&channel, |mark| mark.0) {
            Ok(at) if marks[at].1 >= message => {}
            Ok(at) => Arc::make_mut(marks)[at].1 = message,
            Err(at) => Arc::make_mut(marks).insert(at, (channel, message)),
        }
    }
}
