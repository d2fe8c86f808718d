//! Sums of what threads bring, by what std has.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Count and sum.
pub struct Sums {
    both: Mutex<Arc<RwLock<(u64, u64)>>>,
}

impl Sums {
    /// Of nothing.
    pub fn new() -> Sums {
        Sums { both: Mutex::new(Arc::new(RwLock::new((0, 0)))) }
    }

    fn shared(&self) -> Arc<RwLock<(u64, u64)>> {
        Arc::clone(&self.both.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds a value.
    pub fn add(&self, value: u64) {
        let shared = self.shared();
        let mut both = shared.write().unwrap_or_else(PoisonError::into_inner);
        *both = (both.0 + 1, both.1 + value);
    }

    /// Count and sum.
    pub fn both(&self) -> (u64, u64) {
        *self.shared().read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Sums {
    fn default() -> Sums {
        Sums::new()
    }
}
