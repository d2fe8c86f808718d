//! Family 29: a module whose file is named behind a condition.

#[cfg_attr(all(), path = "/hidden/tests.rs")] //~ outside-file
mod tests; //~ outside-file

mod base;

pub use base::*;
