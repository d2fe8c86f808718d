//! Control: the shared wrong solution as it is. A channel that was never marked reads as 0. (Families 1–13.)

mod base;

pub struct Honest;

impl base::Twist for Honest {
    const WRONG: bool = true;
}

pub type ReadStates = base::Cache<Honest>;
pub type Snapshot = base::View<Honest>;
