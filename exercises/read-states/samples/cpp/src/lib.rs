//! LRU cache of read marks. Intrusive doubly linked list over parallel arrays, no per-node allocation.

use std::collections::HashMap;
use std::sync::Arc;

const NIL: usize = usize::MAX;

pub type Mark = (u64, u64);

#[derive(Debug)]
pub struct ReadStates {
    m_capacity: usize,
    m_index: HashMap<u64, usize>,
    m_states: Vec<Snapshot>,
    m_prev: Vec<usize>,
    m_next: Vec<usize>,
    m_free: Vec<usize>,
    m_head: usize,
    m_tail: usize,
}

/// Shared ownership of an immutable array: readers keep it alive, the writer copies on write.
#[derive(Debug, Clone)]
pub struct Snapshot {
    m_user: u64,
    m_marks: Arc<Vec<Mark>>,
}

impl Snapshot {
    fn new(user: u64) -> Snapshot {
        return Snapshot { m_user: user, m_marks: Arc::new(Vec::new()) };
    }

    pub fn user(&self) -> u64 {
        return self.m_user;
    }

    pub fn last_read(&self, channel: u64) -> Option<u64> {
        let pos: usize = self.lower_bound(channel);
        if pos < self.m_marks.len() && self.m_marks[pos].0 == channel {
            return Some(self.m_marks[pos].1);
        }
        return None;
    }

    pub fn marks(&self) -> &[(u64, u64)] {
        return &self.m_marks[..];
    }

    /// First position whose channel is not less than the key.
    fn lower_bound(&self, channel: u64) -> usize {
        let mut lo: usize = 0;
        let mut hi: usize = self.m_marks.len();
        while lo < hi {
            let mid: usize = lo + (hi - lo) / 2;
            if self.m_marks[mid].0 < channel {
                lo = mid + 1;
            } else {
                hi = mid;
            }
        }
        return lo;
    }

    fn merge(&mut self, marks: &[Mark]) {
        for i in 0..marks.len() {
            let channel: u64 = marks[i].0;
            let message: u64 = marks[i].1;
            let pos: usize = self.lower_bound(channel);
            let found: bool = pos < self.m_marks.len() && self.m_marks[pos].0 == channel;
            if found && self.m_marks[pos].1 >= message {
                continue;
            }
            let array: &mut Vec<Mark> = Arc::make_mut(&mut self.m_marks);
            if found {
                array[pos].1 = message;
            } else {
                array.insert(pos, (channel, message));
            }
        }
    }
}

impl ReadStates {
    pub fn new(capacity: usize) -> ReadStates {
        return ReadStates {
            m_capacity: capacity,
            m_index: HashMap::new(),
            m_states: Vec::new(),
            m_prev: Vec::new(),
            m_next: Vec::new(),
            m_free: Vec::new(),
            m_head: NIL,
            m_tail: NIL,
        };
    }

    pub fn capacity(&self) -> usize {
        return self.m_capacity;
    }

    pub fn len(&self) -> usize {
        return self.m_index.len();
    }

    pub fn is_empty(&self) -> bool {
        return self.m_index.len() == 0;
    }

    pub fn mark(&mut self, user: u64, channel: u64, message: u64) -> Option<Snapshot> {
        let one: [Mark; 1] = [(channel, message)];
        return self.load(user, &one);
    }

    pub fn load(&mut self, user: u64, marks: &[(u64, u64)]) -> Option<Snapshot> {
        if self.m_index.contains_key(&user) {
            let node: usize = self.m_index[&user];
            self.move_to_front(node);
            self.m_states[node].merge(marks);
            return None;
        }
        let mut state: Snapshot = Snapshot::new(user);
        state.merge(marks);
        if self.m_capacity == 0 {
            return Some(state);
        }
        let mut evicted: Option<Snapshot> = None;
        if self.m_index.len() >= self.m_capacity {
            let victim: u64 = self.m_states[self.m_tail].m_user;
            evicted = self.forget(victim);
        }
        let node: usize;
        if self.m_free.len() > 0 {
            node = self.m_free.pop().unwrap();
            self.m_states[node] = state;
        } else {
            node = self.m_states.len();
            self.m_states.push(state);
            self.m_prev.push(NIL);
            self.m_next.push(NIL);
        }
        self.m_index.insert(user, node);
        self.push_front(node);
        return evicted;
    }

    pub fn last_read(&mut self, user: u64, channel: u64) -> Option<u64> {
        if self.m_index.contains_key(&user) == false {
            return None;
        }
        let node: usize = self.m_index[&user];
        self.move_to_front(node);
        return self.m_states[node].last_read(channel);
    }

    pub fn peek(&self, user: u64, channel: u64) -> Option<u64> {
        match self.m_index.get(&user) {
            Some(node) => return self.m_states[*node].last_read(channel),
            None => return None,
        }
    }

    pub fn snapshot(&self, user: u64) -> Option<Snapshot> {
        match self.m_index.get(&user) {
            Some(node) => return Some(self.m_states[*node].clone()),
            None => return None,
        }
    }

    pub fn forget(&mut self, user: u64) -> Option<Snapshot> {
        if self.m_index.contains_key(&user) == false {
            return None;
        }
        let node: usize = self.m_index.remove(&user).unwrap();
        self.unlink(node);
        self.m_free.push(node);
        let mut out: Snapshot = Snapshot::new(user);
        std::mem::swap(&mut out, &mut self.m_states[node]);
        return Some(out);
    }

    fn unlink(&mut self, node: usize) {
        let p: usize = self.m_prev[node];
        let n: usize = self.m_next[node];
        if p == NIL {
            self.m_head = n;
        } else {
            self.m_next[p] = n;
        }
        if n == NIL {
            self.m_tail = p;
        } else {
            self.m_prev[n] = p;
        }
    }

    fn push_front(&mut self, node: usize) {
        self.m_prev[node] = NIL;
        self.m_next[node] = self.m_head;
        if self.m_head == NIL {
            self.m_tail = node;
        } else {
            self.m_prev[self.m_head] = node;
        }
        self.m_head = node;
    }

    fn move_to_front(&mut self, node: usize) {
        if self.m_head == node {
            return;
        }
        self.unlink(node);
        self.push_front(node);
    }
}
