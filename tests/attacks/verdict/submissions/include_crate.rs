//! Family 29: an rlib of the box as bytes: the harness, the facade, and the tests would lie there.

pub const HARNESS: &[u8] = include_bytes!("/facade/libassay.rlib"); //~ outside-file

mod base;

pub use base::*;
