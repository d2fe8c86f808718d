//! Family 29: a module whose file is named behind a condition.

#[cfg_attr(all(), path = "/hidden/tests.rs")] //~ outside-file
mod tests;

mod base;

pub use base::*;
