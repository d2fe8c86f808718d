//! Values that tell when they are dropped, for a test to pass through a submission's generic API.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Room for drops that are noted without asking the heap, so that [`crate::Test::allocations`] counts the submission's.
const ROOM: usize = 4096;

#[derive(Default)]
struct Log {
    alive: Vec<u64>,
    dropped: Vec<u64>,
    clones: usize,
}

/// What became of the items that it made ([`crate::Test::drops`]).
#[derive(Clone, Copy)]
pub struct Drops {
    /// Never freed: an item that is dropped twice, or after the test, is noted and does no further harm.
    log: &'static Mutex<Log>,
}

impl Drops {
    pub(crate) fn new() -> Drops {
        let log = Log { alive: Vec::with_capacity(ROOM), dropped: Vec::with_capacity(ROOM), clones: 0 };
        Drops { log: Box::leak(Box::new(Mutex::new(log))) }
    }

    fn log(&self) -> MutexGuard<'static, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new item. Numbers need not differ.
    pub fn item(&self, number: u64) -> Item {
        self.log().alive.push(number);
        Item { number, drops: *self }
    }

    /// The numbers of the items that were dropped, in that order, on whatever thread.
    pub fn order(&self) -> Vec<u64> {
        self.log().dropped.clone()
    }

    /// The numbers of the items that were not dropped, sorted: at the end of a test, what was leaked.
    pub fn alive(&self) -> Vec<u64> {
        let mut alive = self.log().alive.clone();
        alive.sort_unstable();
        alive
    }

    /// How often an item was cloned. Clones have the number of what they were cloned from.
    pub fn clones(&self) -> usize {
        self.log().clones
    }
}

/// Compares, sorts and hashes by its number, `Send` and `Sync`, and notes its end in the [`Drops`] that made it.
pub struct Item {
    number: u64,
    drops: Drops,
}

impl Item {
    pub fn number(&self) -> u64 {
        self.number
    }
}

impl Drop for Item {
    fn drop(&mut self) {
        let mut log = self.drops.log();
        log.dropped.push(self.number);
        if let Some(at) = log.alive.iter().position(|&number| number == self.number) {
            log.alive.swap_remove(at);
        }
    }
}

impl Clone for Item {
    fn clone(&self) -> Item {
        self.drops.log().clones += 1;
        self.drops.item(self.number)
    }
}

impl PartialEq for Item {
    fn eq(&self, other: &Item) -> bool {
        self.number == other.number
    }
}

impl Eq for Item {}

impl PartialOrd for Item {
    fn partial_cmp(&self, other: &Item) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Item {
    fn cmp(&self, other: &Item) -> Ordering {
        self.number.cmp(&other.number)
    }
}

impl Hash for Item {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl std::fmt::Debug for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Item({})", self.number)
    }
}
