//! A market feed publishes the last price: first the price, then that it is there.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

pub struct Last {
    price: AtomicU64,
    is_there: AtomicBool,
}

impl Last {
    pub fn publish(&self, price: u64) {
        self.price.store(price, Ordering::Relaxed);
        self.is_there.store(true, Ordering::Relaxed);
    }

    pub fn read(&self) -> Option<u64> {
        let is_there = self.is_there.load(Ordering::Relaxed);
        is_there.then(|| self.price.load(Ordering::Relaxed))
    }
}
