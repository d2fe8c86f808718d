//! A wrong cache leaves the test by `resume_unwind`, which no hook sees, with a payload that would bite when it is
//! dropped; before that, it leaves the words of another panic behind. (Family 13.)

mod base;

use std::panic::{catch_unwind, resume_unwind};

struct Bite;

impl Drop for Bite {
    fn drop(&mut self) {
        loop {
            std::thread::park();
        }
    }
}

pub struct Leaves;

impl base::Twist for Leaves {
    const WRONG: bool = true;

    fn answered(_: u64, _: u64, answer: Option<u64>) -> Option<u64> {
        if answer == Some(0) {
            let _ = catch_unwind(|| panic!("test result: ok"));
            resume_unwind(Box::new(Bite));
        }
        answer
    }
}

pub type ReadStates = base::Cache<Leaves>;
pub type Snapshot = base::View<Leaves>;
