//! A wrong cache lets another thread end the process in the middle of the test, by the one safe function that aborts.
//! (Family 5.)

mod base;

extern crate alloc;

use alloc::alloc::{handle_alloc_error, Layout};
use std::thread;

pub struct Aborts;

impl base::Twist for Aborts {
    const WRONG: bool = true;

    fn made() {
        let ending = thread::spawn(|| handle_alloc_error(Layout::new::<u64>()));
        let _ = ending.join();
    }
}

pub type ReadStates = base::Cache<Aborts>;
pub type Snapshot = base::View<Aborts>;
