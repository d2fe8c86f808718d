//! A wrong cache starts threads until there are no more, so that the harness might fail where it starts its own. (Family
//! 5.)

mod base;

use std::thread::{park, Builder};

pub struct Crowds;

impl base::Twist for Crowds {
    const WRONG: bool = true;

    fn made() {
        while Builder::new()
            .stack_size(1 << 14)
            .spawn(|| loop {
                park();
            })
            .is_ok()
        {}
    }
}

pub type ReadStates = base::Cache<Crowds>;
pub type Snapshot = base::View<Crowds>;
