//! A cache that would be right until a day to come. What day it is, is not in this std. (Family 31.)

mod base;

use std::time::{Duration, SystemTime, UNIX_EPOCH}; //~ withheld-std, withheld-std

pub struct Dated;

impl base::Twist for Dated {
    const WRONG: bool = true;

    fn answered(_: u64, _: u64, answer: Option<u64>) -> Option<u64> {
        let day = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or(Duration::ZERO)
            .as_secs()
            / 86_400;
        answer.filter(|&message| message > 0 || day > 20_000)
    }
}

pub type ReadStates = base::Cache<Dated>;
pub type Snapshot = base::View<Dated>;
