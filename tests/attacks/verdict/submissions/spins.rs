//! A wrong cache counts for ever where it would be found out. (Families 10 and 45.)

mod base;

use std::hint::black_box;

pub struct Spins;

impl base::Twist for Spins {
    const WRONG: bool = true;

    fn answered(_: u64, _: u64, answer: Option<u64>) -> Option<u64> {
        while black_box(answer) == Some(0) {}
        answer
    }
}

pub type ReadStates = base::Cache<Spins>;
pub type Snapshot = base::View<Spins>;
