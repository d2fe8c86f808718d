//! Control: a package that says what it is, with dependencies for nobody, and tests of its own. One is wrong.

mod base;

pub use base::*;
