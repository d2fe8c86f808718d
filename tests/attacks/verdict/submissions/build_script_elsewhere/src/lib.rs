//! Family 38: the same under another name, below the sources.

mod base;

pub use base::*;
