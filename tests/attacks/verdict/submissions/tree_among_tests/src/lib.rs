//! Family 44: what is graded lies among the tests, where few look. Uses there are counted.

mod base;
#[path = "../tests/support/mod.rs"]
mod support;

pub use base::*;
pub use support::copies;
