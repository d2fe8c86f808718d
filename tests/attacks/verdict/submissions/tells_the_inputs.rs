//! A wrong cache puts what it is asked into the words of a panic, to learn the questions by handing in again. The words are
//! in the report; whether a candidate sees them is for the manifest to say. (Family 34.)

mod base;

use std::panic::Location;

pub struct Tells;

impl base::Twist for Tells {
    const WRONG: bool = true;

    fn answered(user: u64, channel: u64, _: Option<u64>) -> Option<u64> {
        let caller = Location::caller();
        panic!("asked for {user} and {channel} at {caller}")
    }
}

pub type ReadStates = base::Cache<Tells>;
pub type Snapshot = base::View<Tells>;
