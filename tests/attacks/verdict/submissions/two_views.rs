//! A cache that is right in one view and wrong in another. The right one, with whatever it costs, is for a plain compiler; for clippy there
//! is a wrong one that is spotless; and a lint that is denied makes a grader compile a second time, plainly. (Family 18.)

#![deny(clippy::implicit_return)]

mod base;

pub struct Views;

impl base::Twist for Views {
    #[cfg(clippy)] //~ clippy-only
    const WRONG: bool = true;
    #[cfg(not(clippy))] //~ clippy-only
    const WRONG: bool = false;
}

pub type ReadStates = base::Cache<Views>;
pub type Snapshot = base::View<Views>;
