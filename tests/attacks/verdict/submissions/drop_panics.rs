//! A wrong cache panics while a panic unwinds, which ends the process at once. That is an end by signal, not a pass.
//! (Family 3.)

mod base;

use std::thread;

pub struct Panics;

impl base::Twist for Panics {
    const WRONG: bool = true;

    fn answered(_: u64, _: u64, _: Option<u64>) -> Option<u64> {
        panic!("out of here")
    }

    fn ended() {
        assert!(!thread::panicking(), "and further out");
    }
}

pub type ReadStates = base::Cache<Panics>;
pub type Snapshot = base::View<Panics>;
