//! Family 42: a package of others in the submission, settings and a program to be run in it.

mod base;

pub use base::*;
