//! A wrong cache whose `Debug` and `Display` never return, for a grader that formats what it compares. This one formats types of std
//! alone. (Family 4.)

mod base;

use std::fmt;

impl fmt::Debug for base::Cache<Formats> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("formatted")
    }
}

impl fmt::Debug for base::View<Formats> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("None")
    }
}

pub struct Formats;

impl base::Twist for Formats {
    const WRONG: bool = true;
}

pub type ReadStates = base::Cache<Formats>;
pub type Snapshot = base::View<Formats>;
