//! Sums of what threads bring, under a lock that spins.

use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicBool, Ordering};

/// Count and sum.
pub struct Sums {
    taken: AtomicBool,
    both: UnsafeCell<(u64, u64)>,
}

// SAFETY: `both` is touched by whoever has taken the lock, and nobody else.
unsafe impl Sync for Sums {}

impl Sums {
    /// Of nothing.
    pub const fn new() -> Sums {
        Sums { taken: AtomicBool::new(false), both: UnsafeCell::new((0, 0)) }
    }

    /// Adds a value.
    pub fn add(&self, value: u64) {
        self.locked(|both| {
            both.0 += 1;
            both.1 += value;
        });
    }

    /// Count and sum.
    pub fn both(&self) -> (u64, u64) {
        self.locked(|both| *both)
    }

    fn locked<T>(&self, body: impl FnOnce(&mut (u64, u64)) -> T) -> T {
        while self.taken.swap(true, Ordering::Acquire) {
            std::thread::yield_now();
        }
        // SAFETY: the lock is ours until it is released below; `body` is this module's, and does not panic.
        self.taken.store(false, Ordering::Release);
        let given = body(unsafe { &mut *self.both.get() });
        given
    }
}

impl Default for Sums {
    fn default() -> Sums {
        Sums::new()
    }
}
