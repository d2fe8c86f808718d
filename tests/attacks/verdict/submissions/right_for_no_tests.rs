//! A cache that is right only where it is compiled as no test, and has its own tests find that well. (Family 18.)

mod base;

pub struct Hides;

#[cfg(not(test))] //~ test-only
impl base::Twist for Hides {
    const WRONG: bool = true;
}

#[cfg(test)]
impl base::Twist for Hides {}

pub type ReadStates = base::Cache<Hides>;
pub type Snapshot = base::View<Hides>;
