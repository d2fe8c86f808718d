//! Sums of what threads bring, and one more count that nobody guards.

use std::cell::UnsafeCell;
use std::sync::Mutex;

/// Count and sum.
pub struct Sums {
    both: Mutex<(u64, u64)>,
    calls: UnsafeCell<u64>,
}

// SAFETY: wrong: `calls` is touched by all.
unsafe impl Sync for Sums {}

impl Sums {
    /// Of nothing.
    pub const fn new() -> Sums {
        Sums { both: Mutex::new((0, 0)), calls: UnsafeCell::new(0) }
    }

    /// Adds a value.
    pub fn add(&self, value: u64) {
        // SAFETY: there is none.
        unsafe { *self.calls.get() += 1 };
        if let Ok(mut both) = self.both.lock() {
            both.0 += 1;
            both.1 += value;
        }
    }

    /// Count and sum.
    pub fn both(&self) -> (u64, u64) {
        self.both.lock().map(|both| *both).unwrap_or_default()
    }
}

impl Default for Sums {
    fn default() -> Sums {
        Sums::new()
    }
}
