//! Family 26: an empty block of foreign items that has a library of the machine linked with the tests.

#[link(name = "asan")] //~ foreign-code
extern "C" {} //~ foreign-code

mod base;

pub use base::*;
