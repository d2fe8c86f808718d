//! Family 37: another toolchain: a path of their own, and a nightly.

mod base;

pub use base::*;
