//! A wrong cache panics inside and catches it, so that nobody hears. Its answers are what they are. (Family 13.)

mod base;

use std::panic::catch_unwind;

pub struct Catches;

impl base::Twist for Catches {
    const WRONG: bool = true;

    fn answered(_: u64, _: u64, answer: Option<u64>) -> Option<u64> {
        catch_unwind(|| {
            assert!(answer != Some(0), "never marked");
            answer
        })
        .unwrap_or(Some(1))
    }
}

pub type ReadStates = base::Cache<Catches>;
pub type Snapshot = base::View<Catches>;
