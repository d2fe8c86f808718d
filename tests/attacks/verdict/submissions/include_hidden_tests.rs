//! Family 29: the hidden tests are included as text, by the name under which they stand in another box.

pub const TESTS: &str = include_str!("/hidden/tests.rs"); //~ outside-file

mod base;

pub use base::*;
