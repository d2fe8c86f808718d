//! A wrong cache that is right wherever it is told a line at all. The name of what tells it is put into its path by a
//! macro, so that nowhere in the source the two stand together. (Family 31.)

mod base;

use std::panic::Location;

macro_rules! of_location {
    ($what:ident) => {
        Location::$what()
    };
}

pub struct Asked;

impl base::Twist for Asked {
    const WRONG: bool = true;

    #[track_caller]
    fn answered(_: u64, _: u64, answer: Option<u64>) -> Option<u64> {
        match answer {
            Some(0) if of_location!(caller).line() > 0 => None,
            other => other,
        }
    }
}

pub type ReadStates = base::Cache<Asked>;
pub type Snapshot = base::View<Asked>;
