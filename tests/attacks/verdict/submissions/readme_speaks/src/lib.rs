#![doc = include_str!("../README.md")]
#![warn(missing_docs)]
// Control: the README is the documentation, and speaks of what it does not do.

mod base;

/// The cache.
pub use base::*;
