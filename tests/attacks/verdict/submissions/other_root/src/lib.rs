//! Family 40: another root of the crate, which is right, and the wrong one where everybody looks.

mod base;

pub use base::*;
