//! Family 42: what was built before comes along: a folder target, a cache of registries, a crate under the name of
//! the harness.

mod base;

pub use base::*;
