//! Control: a right cache that panics inside, catches it, and goes on; it asks whether it panics when it is dropped. (Families 2,
//! 3 and 13.)

mod base;

use std::panic::{catch_unwind, resume_unwind, AssertUnwindSafe};
use std::thread;

pub struct Catches;

impl base::Twist for Catches {
    fn answered(_: u64, _: u64, answer: Option<u64>) -> Option<u64> {
        let checked = catch_unwind(AssertUnwindSafe(|| {
            if answer.is_none() {
                resume_unwind(Box::new("nothing there"));
            }
            answer
        }));
        checked.unwrap_or(None)
    }

    fn ended() {
        if thread::panicking() {
            eprintln!("left by a panic");
        }
    }
}

pub type ReadStates = base::Cache<Catches>;
pub type Snapshot = base::View<Catches>;
