//! A wrong cache answers by chance where it does not know, and is handed in again until it passes, or tells a bit each time.
//! (Families 34 and 35.)

mod base;

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

pub struct Flips;

impl base::Twist for Flips {
    const WRONG: bool = true;

    fn answered(user: u64, _: u64, answer: Option<u64>) -> Option<u64> {
        let coin = RandomState::new().hash_one(user) % 2;
        answer.filter(|&message| message > 0 || coin == 0)
    }
}

pub type ReadStates = base::Cache<Flips>;
pub type Snapshot = base::View<Flips>;
