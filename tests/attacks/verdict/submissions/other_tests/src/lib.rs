//! Family 40: tests that are theirs, a harness that is none, and no tests found by name.

mod base;

pub use base::*;
