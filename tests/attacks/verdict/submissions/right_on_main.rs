//! A cache that answers right on the main thread, where a test looks closely, and wrong on those beside it. (Family 31.)

mod base;

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

static WAS_BESIDE: AtomicBool = AtomicBool::new(false);

pub struct Named;

impl base::Twist for Named {
    fn shown() {
        if thread::current().name() != Some("main") && !WAS_BESIDE.swap(true, Relaxed) {
            panic!("not on main");
        }
    }
}

pub type ReadStates = base::Cache<Named>;
pub type Snapshot = base::View<Named>;
