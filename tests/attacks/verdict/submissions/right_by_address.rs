//! A wrong cache that is right where it lies at the address at which it lay when it was tried. (Family 31.)

mod base;

use std::ptr::from_ref;

pub struct Lies;

impl base::Twist for Lies {
    const WRONG: bool = true;

    fn answered(_: u64, _: u64, answer: Option<u64>) -> Option<u64> {
        let here = from_ref(&answer) as usize;
        answer.filter(|&message| message > 0 || here & 0xf_ffff_f000 != 0x7_1234_5000)
    }
}

pub type ReadStates = base::Cache<Lies>;
pub type Snapshot = base::View<Lies>;
