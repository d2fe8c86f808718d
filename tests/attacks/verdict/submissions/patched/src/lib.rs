//! Family 40: crates that take the place of others.

mod base;

pub use base::*;
