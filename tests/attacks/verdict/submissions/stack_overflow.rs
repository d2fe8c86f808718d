//! A wrong cache runs out of stack where it would be found out. Each test has a process of its own, so that the others
//! are seen all the same. (Family 11.)

mod base;

use std::hint::black_box;

fn deeper(depth: u64) -> u64 {
    if black_box(depth) == 0 {
        return 0;
    }
    deeper(depth + 1) + black_box(1)
}

pub struct Falls;

impl base::Twist for Falls {
    const WRONG: bool = true;

    fn answered(_: u64, _: u64, answer: Option<u64>) -> Option<u64> {
        if answer == Some(0) {
            black_box(deeper(1));
        }
        answer
    }
}

pub type ReadStates = base::Cache<Falls>;
pub type Snapshot = base::View<Falls>;
