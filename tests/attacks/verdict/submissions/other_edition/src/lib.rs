//! Family 40: another edition than the exercise's, and features of cargo that are not yet ones.

mod base;

pub use base::*;
