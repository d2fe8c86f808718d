//! Family 29: a file that includes itself.

include!("lib.rs");

mod base;

pub use base::*;
