//! Family 40: a workspace above it, which says for all its members what they are made with.

mod base;

pub use base::*;
