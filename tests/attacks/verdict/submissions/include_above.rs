//! Family 29: the same, up and out of the submission.

pub const TESTS: &str = include_str!("../../hidden/tests.rs"); //~ outside-file

mod base;

pub use base::*;
