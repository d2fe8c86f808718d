//! A cache that is right in a debug build, as tests and graders make them, and wrong in the build that is shipped. (Family
//! 18.)

mod base;

pub struct Hides;

impl base::Twist for Hides {
    const WRONG: bool = cfg!(not(debug_assertions)); //~ build-only
}

pub type ReadStates = base::Cache<Hides>;
pub type Snapshot = base::View<Hides>;
