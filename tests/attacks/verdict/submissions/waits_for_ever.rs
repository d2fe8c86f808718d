//! A cache that is right, but waits for itself when a second one is made after many questions. The clock ends that. (Family
//! 10: nothing is left to stop but itself.)

mod base;

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::Mutex;

static ASKED: AtomicU64 = AtomicU64::new(0);
static LOCK: Mutex<()> = Mutex::new(());

pub struct Waits;

impl base::Twist for Waits {
    fn made() {
        if ASKED.load(Relaxed) > 30 {
            let held = LOCK.lock();
            let again = LOCK.lock();
            drop((held, again));
        }
    }

    fn answered(_: u64, _: u64, answer: Option<u64>) -> Option<u64> {
        ASKED.fetch_add(1, Relaxed);
        answer
    }
}

pub type ReadStates = base::Cache<Waits>;
pub type Snapshot = base::View<Waits>;
