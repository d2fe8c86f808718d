//! A cache that is right for rustdoc and its tests, and wrong for who calls it. (Family 18.)

mod base;

pub struct Hides;

impl base::Twist for Hides {
    const WRONG: bool = cfg!(not(any(doc, doctest)));
}

pub type ReadStates = base::Cache<Hides>;
pub type Snapshot = base::View<Hides>;
