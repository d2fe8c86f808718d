//! LRU cache of last-read marks. Nodes of a doubly linked list live in one pool (a Vec), links are indices, and a hash
//! table maps a user to its node, so every operation is O(1) in the number of users.

use std::collections::HashMap;
use std::sync::Arc;

/// Plays the role of a null pointer.
const NIL: usize = usize::MAX;

struct Node {
    user: u64,
    marks: Arc<Vec<(u64, u64)>>,
    prev: usize,
    next: usize,
}

/// The cache. `head` is the most recently used node, `tail` the next victim.
pub struct ReadStates {
    capacity: usize,
    pool: Vec<Node>,
    free_list: Vec<usize>,
    table: HashMap<u64, usize>,
    head: usize,
    tail: usize,
}

/// Immutable view of one user, like a `shared_ptr` to a const vector.
#[derive(Clone)]
pub struct Snapshot {
    user: u64,
    marks: Arc<Vec<(u64, u64)>>,
}

impl ReadStates {
    /// Constructor.
    pub fn new(capacity: usize) -> ReadStates {
        return ReadStates {
            capacity: capacity,
            pool: Vec::new(),
            free_list: Vec::new(),
            table: HashMap::new(),
            head: NIL,
            tail: NIL,
        };
    }

    /// Maximum number of users.
    pub fn capacity(&self) -> usize {
        return self.capacity;
    }

    /// Current number of users.
    pub fn len(&self) -> usize {
        return self.table.len();
    }

    /// True when there are no users.
    pub fn is_empty(&self) -> bool {
        return self.table.len() == 0;
    }

    /// Inserts or advances one mark. Returns the evicted user.
    pub fn mark(&mut self, user: u64, channel: u64, message: u64) -> Option<Snapshot> {
        let marks = [(channel, message)];
        return self.load(user, &marks);
    }

    /// Merges marks. Returns the evicted user.
    pub fn load(&mut self, user: u64, marks: &[(u64, u64)]) -> Option<Snapshot> {
        let mut evicted: Option<Snapshot> = None;
        if self.capacity == 0 {
            let mut fresh: Arc<Vec<(u64, u64)>> = Arc::new(Vec::new());
            for i in 0..marks.len() {
                merge(&mut fresh, marks[i].0, marks[i].1);
            }
            return Some(Snapshot { user: user, marks: fresh });
        }
        if self.table.contains_key(&user) {
            let index = self.table[&user];
            self.unlink(index);
            self.link_front(index);
        } else {
            if self.table.len() == self.capacity {
                let victim = self.pool[self.tail].user;
                evicted = self.forget(victim);
            }
            self.insert(user);
        }
        let index = self.table[&user];
        for i in 0..marks.len() {
            merge(&mut self.pool[index].marks, marks[i].0, marks[i].1);
        }
        return evicted;
    }

    /// Lookup that refreshes the user.
    pub fn last_read(&mut self, user: u64, channel: u64) -> Option<u64> {
        if !self.table.contains_key(&user) {
            return None;
        }
        let index = self.table[&user];
        self.unlink(index);
        self.link_front(index);
        return find(&self.pool[index].marks, channel);
    }

    /// Lookup that does not refresh the user.
    pub fn peek(&self, user: u64, channel: u64) -> Option<u64> {
        if !self.table.contains_key(&user) {
            return None;
        }
        return find(&self.pool[self.table[&user]].marks, channel);
    }

    /// Shares the marks; the next write detaches (copy on write).
    pub fn snapshot(&self, user: u64) -> Option<Snapshot> {
        if !self.table.contains_key(&user) {
            return None;
        }
        let node = &self.pool[self.table[&user]];
        return Some(Snapshot { user: user, marks: Arc::clone(&node.marks) });
    }

    /// Erases a user and hands the marks over.
    pub fn forget(&mut self, user: u64) -> Option<Snapshot> {
        if !self.table.contains_key(&user) {
            return None;
        }
        let index = self.table.remove(&user).unwrap();
        self.unlink(index);
        // the node goes back to the pool without keeping the marks alive
        let marks = std::mem::replace(&mut self.pool[index].marks, Arc::new(Vec::new()));
        self.free_list.push(index);
        return Some(Snapshot { user: user, marks: marks });
    }

    fn insert(&mut self, user: u64) {
        let node = Node { user: user, marks: Arc::new(Vec::new()), prev: NIL, next: NIL };
        let index: usize;
        if self.free_list.len() > 0 {
            index = self.free_list.pop().unwrap();
            self.pool[index] = node;
        } else {
            index = self.pool.len();
            self.pool.push(node);
        }
        self.table.insert(user, index);
        self.link_front(index);
    }

    fn unlink(&mut self, index: usize) {
        let prev = self.pool[index].prev;
        let next = self.pool[index].next;
        if prev != NIL {
            self.pool[prev].next = next;
        } else {
            self.head = next;
        }
        if next != NIL {
            self.pool[next].prev = prev;
        } else {
            self.tail = prev;
        }
    }

    fn link_front(&mut self, index: usize) {
        self.pool[index].prev = NIL;
        self.pool[index].next = self.head;
        if self.head != NIL {
            let head = self.head;
            self.pool[head].prev = index;
        } else {
            self.tail = index;
        }
        self.head = index;
    }
}

impl Snapshot {
    /// Getter.
    pub fn user(&self) -> u64 {
        return self.user;
    }

    /// Binary search.
    pub fn last_read(&self, channel: u64) -> Option<u64> {
        return find(&self.marks, channel);
    }

    /// Getter.
    pub fn marks(&self) -> &[(u64, u64)] {
        return &self.marks[..];
    }
}

fn lower_bound(marks: &Vec<(u64, u64)>, channel: u64) -> usize {
    return marks.partition_point(|mark| mark.0 < channel);
}

fn find(marks: &Vec<(u64, u64)>, channel: u64) -> Option<u64> {
    let at = lower_bound(marks, channel);
    if at < marks.len() && marks[at].0 == channel {
        return Some(marks[at].1);
    }
    return None;
}

fn merge(marks: &mut Arc<Vec<(u64, u64)>>, channel: u64, message: u64) {
    let at = lower_bound(marks, channel);
    if at < marks.len() && marks[at].0 == channel {
        if marks[at].1 < message {
            Arc::make_mut(marks)[at].1 = message;
        }
    } else {
        Arc::make_mut(marks).insert(at, (channel, message));
    }
}
