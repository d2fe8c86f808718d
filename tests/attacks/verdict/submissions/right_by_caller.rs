//! A wrong cache that is right where it is asked from: a public test, an example, or a line that the candidate knows. The
//! hidden tests are none of them, and their lines are told to nobody. (Family 31.)

mod base;

use std::panic::Location;

pub struct Asked;

impl base::Twist for Asked {
    const WRONG: bool = true;

    fn answered(_: u64, channel: u64, answer: Option<u64>) -> Option<u64> {
        let caller = Location::caller();
        match answer {
            Some(0) if caller.file().ends_with("public.rs") || caller.line() == channel as u32 => {
                None
            }
            other => other,
        }
    }
}

pub type ReadStates = base::Cache<Asked>;
pub type Snapshot = base::View<Asked>;
