//! Family 38: a program that runs before the compile and sets flags for it.

mod base;

pub use base::*;
