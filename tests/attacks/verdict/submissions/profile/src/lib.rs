//! Family 40: a profile without checks, lints allowed by the package.

mod base;

pub use base::*;
