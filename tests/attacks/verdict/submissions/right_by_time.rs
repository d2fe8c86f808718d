//! A wrong cache that was right until a day that is past. (Family 31. One that is right until a day to come is right on all days on
//! which anybody looks: no observation tells.)

mod base;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

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
